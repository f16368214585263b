"""Sets of choices and of codes: lists, masks, and texts with something between their members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_NULL,
    Dialect,
    case,
    cast,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
    sql_not,
    sql_or,
)
from ..engines.sql.sources import bit_of, mask_of
from ..facts import Kind
from ..formats.forms import CODE_CLOSES, CODE_OPENS, CODES_MARK, DAMAGE
from .reading import (
    NUMBERS,
    TEXTS,
    Converted,
    Reading,
    Unconvertible,
    is_any,
    unknown_words,
    within,
)
from .schema import Family
from .texts import call, folded, joined, literal, matches, replaced_by


def choices_of(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    choices = forms.spec.choices
    assert choices is not None
    if reading.family is Family.WHOLE and reading.by_name and not forms.own_words:
        most = number(mask_of(choices))
        return Converted(within(reading.whole(), number(0), most), is_given(reading.raw))
    members = {str(member.value): bit_of(member) for member in choices}
    said, parts, empty = _members(reading, coded=forms.own_words)

    def marked(word: str) -> exp.Expression:
        return literal(f"{_MARK}{word}{_MARK}")

    def holds(word: str) -> exp.Expression:
        return exp.GT(this=dialect.place_in(parts, marked(word)), expression=number(0))

    rest: exp.Expression = parts
    bits: exp.Expression | None = None
    for member, spelt in _grouped(forms.words).items():
        has = sql_or(*(holds(word) for word in spelt))
        bit = case([(has, number(members[member]))], number(0))
        bits = bit if bits is None else exp.Add(this=bits, expression=bit)
        for word in spelt:
            rest = dialect.without(marked(word), rest)
    nothing = equal(rest, dialect.text("")) if dialect.empty_text else is_null(rest)
    value = cast(case([(empty, number(0)), (nothing, bits or SQL_NULL)]), "bigint")
    made = reading.conversion(value, said)
    # A set that says of a member that it is unknown is unknown itself, and that is meant.
    meant = [sql_not(holds(word)) for word in unknown_words(forms)]
    return Converted(made.value, sql_and(made.says, *meant))


def _grouped(words: Mapping[str, object]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, member in words.items():
        if member is not None:
            found.setdefault(str(member), []).append(word)
    return found


# What is put on either side of each member of a set.
_MARK: Final = ";"


def _members(
    reading: Reading, coded: bool
) -> tuple[exp.Expression | None, exp.Expression, exp.Expression]:
    """What a set says; the same with the mark on both sides of each member; when it is empty."""
    forms, dialect = reading.forms, reading.dialect
    if reading.family is Family.LIST:
        listed = _list_as_text(reading.raw, dialect)
        text = reading.kept(_spaced(folded(listed, verbatim=False, dialect=dialect), dialect))
        return None, _marked(text), equal(_length_of(reading.raw, dialect), number(0))
    if reading.family not in (*TEXTS, *NUMBERS) or (reading.family in NUMBERS and not coded):
        raise Unconvertible("文本或文本列表", "a text, or a list of texts")
    said = reading.said()
    between = "|".join(_escaped(each) for each in forms.separators)
    divided = replaced_by(reading.folded(), f" *({between}) *", _MARK * 2, dialect)
    if forms.spec.kind is Kind.CODES:
        # As the rules read a set of codes, it need not be taken apart.
        is_own = exp.Like(this=reading.as_text(), expression=literal(f"{CODES_MARK}{CODE_OPENS}%"))
        divided = case([(sql_not(is_own), divided)])
    parts = reading.kept(divided)
    return said, _marked(parts), is_any(said, forms.nothing, dialect)


def _list_as_text(listed: exp.Expression, dialect: Dialect) -> exp.Expression:
    """The members of a list with two marks between; those that are NULL stand as damage."""
    match dialect.name:
        case "spark":
            return call("ARRAY_JOIN", listed, literal(_MARK * 2), literal(DAMAGE))
        case "postgres":
            return call("ARRAY_TO_STRING", listed, literal(_MARK * 2), literal(DAMAGE))
        case _:
            joined = call("ARRAY_TO_STRING", listed, literal(_MARK * 2))
            whole = equal(call("LIST_COUNT", listed), _length_of(listed, dialect))
            return case([(whole, joined), (is_given(listed), literal(DAMAGE))])


def _length_of(listed: exp.Expression, dialect: Dialect) -> exp.Expression:
    names = {"spark": "SIZE", "postgres": "CARDINALITY"}
    return call(names.get(dialect.name, "LEN"), listed.copy())


def _spaced(text: exp.Expression, dialect: Dialect) -> exp.Expression:
    """A marked text without blanks around its members."""
    return replaced_by(text, f" *{_MARK}{_MARK} *", _MARK * 2, dialect)


def _marked(text: exp.Expression) -> exp.Expression:
    return exp.Paren(this=joined(literal(_MARK), text, _MARK))


def codes_of(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    code = f"({forms.spec.pattern})" if forms.pattern is None else f"({forms.pattern})"
    said, parts, empty = _members(reading, coded=True)
    value = case(
        [
            (empty, dialect.text(CODES_MARK)),
            (matches(parts, f"({_MARK}{code}{_MARK})+", dialect), _sorted(parts, dialect)),
        ]
    )
    if said is None:
        return reading.conversion(value, said)
    own = matches(said, f"{CODES_MARK}({CODE_OPENS}{code}{CODE_CLOSES})*", dialect)
    return reading.conversion(case([(own, said.copy())], value), said)


def _sorted(parts: exp.Expression, dialect: Dialect) -> exp.Expression:
    """The members of a marked text once each and in order, as a set of codes is written.

    Databases without lists leave them as they are given.
    """
    length = exp.Sub(this=exp.Length(this=parts), expression=number(2 * len(_MARK)))
    inner = exp.Substring(this=parts, start=number(1 + len(_MARK)), length=length)
    twice, between = literal(_MARK * 2), literal(CODE_CLOSES + CODE_OPENS)
    listed: exp.Expression
    match dialect.name:
        case "duckdb":
            once = call("LIST_SORT", call("LIST_DISTINCT", call("STR_SPLIT", inner, twice)))
            listed = call("ARRAY_TO_STRING", once, between)
        case "spark":
            once = call("ARRAY_SORT", call("ARRAY_DISTINCT", call("SPLIT", inner, twice)))
            listed = call("ARRAY_JOIN", once, between)
        case "postgres":
            listed = _aggregated(inner, twice, between)
        case _:
            listed = call("REPLACE", inner, twice, between)
    return joined(literal(CODES_MARK + CODE_OPENS), listed, CODE_CLOSES)


def _aggregated(
    inner: exp.Expression, mark: exp.Expression, between: exp.Expression
) -> exp.Expression:
    # By the codes' own characters, whatever language the database sorts by.
    code = exp.Collate(
        this=exp.column("code", table="codes"), expression=exp.to_identifier("C", quoted=True)
    )
    listed = exp.Order(
        this=exp.Distinct(expressions=[code]), expressions=[exp.Ordered(this=code.copy())]
    )
    joined = exp.GroupConcat(this=listed, separator=between)
    codes = exp.Unnest(
        expressions=[call("STRING_TO_ARRAY", inner, mark)],
        alias=exp.TableAlias(this=exp.to_identifier("codes"), columns=[exp.to_identifier("code")]),
    )
    return exp.Subquery(this=exp.select(joined).from_(codes))


def _escaped(text: str) -> str:
    """A text as a regular expression that is the text."""
    return "".join(rf"\{each}" if each in r"\^" else f"[{each}]" for each in text)
