"""Sets of choices and of codes: lists, masks, and texts with something between their members."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_NULL,
    Dialect,
    Feature,
    case,
    cast,
    equal,
    is_given,
    is_null,
    literal,
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
from .texts import folded, joined, matches, or_null


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
    if reading.family is Family.LIST and Feature.LISTS not in dialect.unsupported:
        listed = dialect.joined_list(reading.raw, _MARK * 2, DAMAGE)
        text = reading.kept(_spaced(folded(listed, verbatim=False, dialect=dialect), dialect))
        return None, _marked(text), equal(dialect.length_of_list(reading.raw), number(0))
    if reading.family not in (*TEXTS, *NUMBERS) or (reading.family in NUMBERS and not coded):
        raise Unconvertible("文本或文本列表", "a text, or a list of texts")
    said = reading.folded()
    between = "|".join(_escaped(each) for each in forms.separators)
    divided = dialect.regex_replaced(said, f" *({between}) *", _MARK * 2)
    if forms.spec.kind is Kind.CODES:
        # As the rules read a set of codes, it need not be looked at, nor taken apart.
        own = f"{CODES_MARK}{CODE_OPENS}%{CODE_CLOSES}"
        is_own = exp.Like(this=reading.as_text(), expression=literal(own))
        said = reading.folded(is_own)
        divided = case([(or_null(reading.as_text(), is_own), SQL_NULL)], divided)
    said, parts = reading.kept(said), reading.kept(divided)
    return said, _marked(parts), is_any(said, forms.nothing, dialect)


def _spaced(text: exp.Expression, dialect: Dialect) -> exp.Expression:
    """A marked text without blanks around its members."""
    return dialect.regex_replaced(text, f" *{_MARK}{_MARK} *", _MARK * 2)


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
    return reading.conversion(case([(or_null(said, own), said.copy())], value), said)


def _sorted(parts: exp.Expression, dialect: Dialect) -> exp.Expression:
    """The members of a marked text once each and in order, as a set of codes is written.

    Databases without lists leave them as they are given.
    """
    length = exp.Sub(this=exp.Length(this=parts), expression=number(2 * len(_MARK)))
    inner = exp.Substring(this=parts, start=number(1 + len(_MARK)), length=length)
    twice, between = literal(_MARK * 2), literal(CODE_CLOSES + CODE_OPENS)
    listed = dialect.sorted_words(inner, twice, between)
    return joined(literal(CODES_MARK + CODE_OPENS), listed, CODE_CLOSES)


def _escaped(text: str) -> str:
    """A text as a regular expression that is the text."""
    return "".join(rf"\{each}" if each in r"\^" else f"[{each}]" for each in text)
