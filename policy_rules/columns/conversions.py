"""From what a column holds to what the rules read, in the SQL of each database.

Every conversion gives NULL for what it cannot take, and says where a value was due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

from attrs import frozen
from sqlglot import exp

from ..engines.sql.dialects import (
    FALSE,
    NULL,
    Dialect,
    both,
    case,
    cast,
    either,
    equal,
    is_given,
    is_null,
    is_one_of,
    negated,
    number,
)
from ..engines.sql.sources import CODE_CLOSES, CODE_OPENS, CODES_MARK, bit_of
from ..facts import FieldSpec, Kind, Labelled
from ..formats.csv_values import NO_WORDS, NOTHING, YES_WORDS
from ..formats.date_forms import ISO_DAY, ISO_SECOND, DateForm
from ..formats.mapping import ColumnMapping
from .schema import Column, Family

_TEXTS: Final = (Family.TEXT, Family.NAMED)
_NUMBERS: Final = (Family.WHOLE, Family.NUMBER)
_SEPARATOR: Final = ";"
_OTHER_SEPARATORS: Final = "；、|"
# Numbers of more digits are beyond all bounds, and beyond what a BIGINT holds.
_WHOLE: Final = "[+-]?[0-9]{1,18}"
_MOST: Final = 10**18
# Types whose numbers are never beyond it.
_SMALL: Final = frozenset({"tinyint", "smallint", "int", "integer", "bigint"})


class Unconvertible(Exception):
    """A column that cannot give a field: what was expected instead."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__()
        self.zh = zh
        self.en = en


@frozen
class Converted:
    """`value` is what the rules read; where it is NULL and `says` holds, something was lost."""

    value: exp.Expression
    says: exp.Expression


def converted(
    spec: FieldSpec, column: Column, mapping: ColumnMapping, dialect: Dialect, ready: bool
) -> Converted:
    """How a column gives a field, or each number of a field that has one by year.

    `ready` says that the column has the name, and so the form, in which rules read it. Raises
    `Unconvertible` where the type of the column cannot give the field.
    """
    return _CONVERSIONS[spec.kind](_Reading(spec, column, mapping, dialect, ready))


def matches(text: exp.Expression, pattern: str) -> exp.Expression:
    """The text is as a regular expression says, from end to end."""
    return exp.RegexpLike(this=text, expression=exp.Literal.string(f"^({pattern})$"))


def codes_form(pattern: str) -> str:
    """What a set of codes, each as a pattern says, is written like: as a regular expression."""
    return f"{CODES_MARK}({CODE_OPENS}({pattern}){CODE_CLOSES})*"


def raw_of(column: Column) -> exp.Expression:
    """What a column holds, as it stands."""
    return exp.column(exp.to_identifier(column.name, quoted=True))


@frozen
class _Reading:
    spec: FieldSpec
    column: Column
    mapping: ColumnMapping
    dialect: Dialect
    ready: bool

    @property
    def raw(self) -> exp.Expression:
        return raw_of(self.column)

    @property
    def family(self) -> Family:
        return self.column.family

    @property
    def mark(self) -> str:
        """What is put on either side of each member of a set."""
        return self.mapping.separator or _SEPARATOR

    def text(self) -> exp.Expression:
        """The column as a text without blanks around it."""
        if self.family is Family.TEXT:
            return exp.Trim(this=self.raw)
        if self.family is Family.NUMBER:
            return self.as_text(self.whole())
        return exp.Trim(this=self.as_text(self.raw))

    def as_text(self, value: exp.Expression) -> exp.Expression:
        if self.dialect.name == "oracle":
            return exp.Anonymous(this="TO_CHAR", expressions=[value])
        return cast(value, "text")

    def whole(self) -> exp.Expression:
        """A number as a whole one, NULL if it is none."""
        small = exp.LT(this=exp.Abs(this=self.raw), expression=number(_MOST))
        fits = both(equal(self.raw, exp.Floor(this=self.raw)), small)
        return case([(fits, cast(self.raw, "bigint"))])

    def says(self, unknown: Iterable[str] = ()) -> exp.Expression:
        """The column says something; `unknown` are texts that say it is unknown."""
        nothing = set(unknown)
        if self.family in _TEXTS and self.dialect.empty_text:
            nothing.add("")
        there = is_given(self.raw)
        if not nothing:
            return there
        return both(there, negated(_is_any(self.text(), nothing, self.dialect)))


def _text(reading: _Reading) -> Converted:
    family, dialect = reading.family, reading.dialect
    if family is Family.TEXT and reading.ready:
        return Converted(reading.raw, FALSE)
    if family not in (*_TEXTS, Family.WHOLE):
        raise Unconvertible("文本", "a text")
    text = reading.text()
    if reading.spec.may_be_empty:
        nothing = _is_any(text, NOTHING, dialect)
        return Converted(case([(nothing, dialect.text(""))], text), FALSE)
    if family is Family.WHOLE or not dialect.empty_text:
        return Converted(text, FALSE)
    return Converted(exp.Nullif(this=text, expression=dialect.text("")), FALSE)


def _boolean(reading: _Reading) -> Converted:
    family, mapping, dialect = reading.family, reading.mapping, reading.dialect
    if family is Family.BOOLEAN and not mapping.yes:
        return Converted(reading.raw, FALSE)
    if family not in (*_TEXTS, *_NUMBERS):
        raise Unconvertible("是非、文本或 1 和 0", "yes or no, as a boolean, text, 1 or 0")
    if family is Family.WHOLE and not mapping.yes and not dialect.booleans and reading.ready:
        return Converted(reading.raw, FALSE)
    text = reading.text()
    yes, no = mapping.yes, mapping.no
    if not yes:
        yes, no = YES_WORDS, NO_WORDS
        text = exp.Lower(this=text)
    value = case(
        [(_is_any(text, words, dialect), dialect.boolean(is_yes))
         for words, is_yes in ((yes, True), (no, False))]
    )  # fmt: skip
    return Converted(value, reading.says())


def _is_any(text: exp.Expression, words: Iterable[str], dialect: Dialect) -> exp.Expression:
    return is_one_of(text, [dialect.text(each) for each in sorted(words)])


def _integer(reading: _Reading) -> Converted:
    if reading.family is Family.WHOLE and reading.column.type.lower() in _SMALL:
        plain = reading.column.type.lower() == "bigint"
        return Converted(reading.raw if plain else cast(reading.raw, "bigint"), FALSE)
    if reading.family in _NUMBERS:
        value = reading.whole()
    elif reading.family is Family.TEXT:
        text = reading.text()
        value = case([(matches(text, _WHOLE), cast(text, "bigint"))])
    else:
        raise Unconvertible("整数或写有整数的文本", "a whole number, or a text of one")
    return Converted(value, reading.says())


def _day(reading: _Reading) -> Converted:
    form = next(iter(reading.mapping.dates), None)
    if reading.family is Family.DATE:
        return Converted(reading.raw, FALSE)
    if reading.family is Family.MOMENT:
        return Converted(cast(reading.raw, "date"), FALSE)
    return _written(reading, form or ISO_DAY, "date")


def _moment(reading: _Reading) -> Converted:
    if reading.family is Family.MOMENT:
        return Converted(reading.raw, FALSE)
    return _written(reading, next(iter(reading.mapping.dates), ISO_SECOND), "timestamp")


def _written(reading: _Reading, form: DateForm, type_: str) -> Converted:
    if reading.family not in (Family.TEXT, *_NUMBERS):
        kind = ("日期", "a date") if type_ == "date" else ("时间", "a date and time")
        raise Unconvertible(
            f"{kind[0]}，或写作 `{form.written}` 的文本",
            f"{kind[1]}, or a text of one that is written `{form.written}`",
        )
    if reading.family in _NUMBERS and not reading.mapping.dates:
        raise Unconvertible(
            "日期，数字须有 `date` 选项说明写法",
            "a date; for numbers, say with `date` how it is written",
        )
    text = reading.text()
    value = case([(matches(text, form.pattern), _time_in(text, form, type_, reading.dialect))])
    return Converted(value, reading.says())


def _time_in(text: exp.Expression, form: DateForm, type_: str, dialect: Dialect) -> exp.Expression:
    """The date or moment that a text of a form says."""
    parts: list[exp.Expression] = [
        exp.Substring(this=text, start=number(start + 1), length=number(4 if index == 0 else 2))
        for index, start in enumerate(form.starts)
    ]
    if type_ == "date":
        parts = parts[:3]
    elif len(parts) == 5:
        parts.append(exp.Literal.string("00"))
    joined: exp.Expression = parts[0]
    for between, part in zip("-- ::", parts[1:], strict=False):
        joined = exp.DPipe(this=joined, expression=exp.Literal.string(between))
        joined = exp.DPipe(this=joined, expression=part)
    standard = type_ == "date" and form == ISO_DAY
    if dialect.name == "oracle":
        form_ = "YYYY-MM-DD" if type_ == "date" else "YYYY-MM-DD HH24:MI:SS"
        name = "TO_DATE" if type_ == "date" else "TO_TIMESTAMP"
        return exp.Anonymous(this=name, expressions=[joined, exp.Literal.string(form_)])
    # The pattern has only let days of the calendar through; some databases cast before they test.
    safe = dialect.name in ("duckdb", "spark")
    kind = exp.TryCast if safe else exp.Cast
    return kind(this=text if standard else joined, to=exp.DataType.build(type_))


def _choice(reading: _Reading) -> Converted:
    dialect, choices = reading.dialect, reading.spec.choices
    assert choices is not None
    mapping = reading.mapping
    if reading.family not in (*_TEXTS, *_NUMBERS):
        raise Unconvertible("文本或代码", "a text or code")
    coded = mapping.codes is not None or mapping.preset is not None
    if reading.family in _NUMBERS and not coded:
        raise Unconvertible(
            "文本，数字须有 `codes` 选项说明代码",
            "a text; for numbers, give their meaning with `codes`",
        )
    if reading.ready and not coded and reading.family is Family.TEXT:
        return Converted(reading.raw, FALSE)
    codes = _codes(reading, choices)
    text = reading.text()
    value = case(
        (_is_any(text, spelt, dialect), dialect.text(member))
        for member, spelt in _grouped(codes).items()
    )
    unknown = [code for code, member in codes.items() if member is None]
    return Converted(value, reading.says(unknown))


def _codes(reading: _Reading, choices: type[Labelled]) -> Mapping[str, str | None]:
    """What texts stand for which members."""
    mapping = reading.mapping
    if mapping.codes is not None:
        return mapping.codes
    spellings = {
        text: str(member.value)
        for text, member in choices.spellings().items()
        if isinstance(text, str)
    }
    return spellings | dict(mapping.preset.codes) if mapping.preset is not None else spellings


def _grouped(codes: Mapping[str, str | None]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, member in codes.items():
        if member is not None:
            found.setdefault(member, []).append(code)
    return found


def _choices(reading: _Reading) -> Converted:
    dialect, choices = reading.dialect, reading.spec.choices
    assert choices is not None
    coded = reading.mapping.codes is not None
    if reading.family is Family.WHOLE and reading.ready and not coded:
        return Converted(reading.raw, FALSE)
    members = {str(member.value): bit_of(member) for member in choices}
    codes = _codes(reading, choices)
    parts, empty = _members(reading, coded)

    def marked(code: str) -> exp.Expression:
        return exp.Literal.string(f"{reading.mark}{code}{reading.mark}")

    def holds(code: str) -> exp.Expression:
        return exp.GT(this=dialect.place_in(parts, marked(code)), expression=number(0))

    rest: exp.Expression = parts
    bits: exp.Expression | None = None
    for member, spelt in _grouped(codes).items():
        has = either(*(holds(code) for code in spelt))
        bit = case([(has, number(members[member]))], number(0))
        bits = bit if bits is None else exp.Add(this=bits, expression=bit)
        for code in spelt:
            rest = dialect.without(marked(code), rest)
    unknown = [code for code, member in codes.items() if member is None]
    nothing = equal(rest, dialect.text("")) if dialect.empty_text else is_null(rest)
    value = case([(empty, number(0)), (nothing, bits or NULL)])
    value = cast(value, "bigint")
    # A set that says of a member that it is unknown is unknown itself, and that is meant.
    meant = [negated(holds(code)) for code in unknown]
    return Converted(value, both(reading.says(), *meant))


def _members(reading: _Reading, coded: bool) -> tuple[exp.Expression, exp.Expression]:
    """A set as a text that has the mark before and after each member; when the set is empty."""
    dialect, mark = reading.dialect, reading.mark
    if reading.family is Family.LIST:
        name = "ARRAY_JOIN" if dialect.name == "spark" else "ARRAY_TO_STRING"
        text = _call(name, reading.raw, exp.Literal.string(mark * 2))
        return _marked(text, mark), equal(text, dialect.text(""))
    if reading.family not in (*_TEXTS, Family.WHOLE) or (
        reading.family is Family.WHOLE and not coded
    ):
        raise Unconvertible("文本或文本列表", "a text, or a list of texts")
    text = reading.text()
    return _marked(_split(text, reading), mark), _is_any(text, NOTHING, dialect)


def _split(text: exp.Expression, reading: _Reading) -> exp.Expression:
    """A text with the mark twice for each separator, and for a blank on either side of it."""
    mark = reading.mark
    if reading.mapping.separator is None:
        for each in _OTHER_SEPARATORS:
            text = _replaced(text, each, mark)
    text = _replaced(_replaced(text, f" {mark}", mark), f"{mark} ", mark)
    return _replaced(text, mark, mark * 2)


def _replaced(text: exp.Expression, part: str, by: str) -> exp.Expression:
    return _call("REPLACE", text, exp.Literal.string(part), exp.Literal.string(by))


def _marked(text: exp.Expression, mark: str) -> exp.Expression:
    before, after = exp.Literal.string(mark), exp.Literal.string(mark)
    return exp.Paren(this=exp.DPipe(this=exp.DPipe(this=before, expression=text), expression=after))


def _codes_of_places(reading: _Reading) -> Converted:
    dialect, pattern = reading.dialect, reading.spec.pattern
    if reading.ready and reading.family is Family.TEXT and reading.mapping.separator is None:
        return Converted(reading.raw, FALSE)
    parts, empty = _members(reading, coded=True)
    mark = _escaped(reading.mark)
    each_fits = matches(parts, f"({mark}({pattern}){mark})+")
    members = _sorted(parts, reading.mark, dialect)
    value = case([(empty, dialect.text(CODES_MARK)), (each_fits, members)])
    return Converted(value, reading.says())


def _sorted(parts: exp.Expression, mark: str, dialect: Dialect) -> exp.Expression:
    """The members of a marked text once each and in order, as a set of codes is written.

    Databases without lists leave them as they are given.
    """
    length = exp.Sub(this=exp.Length(this=parts), expression=number(2 * len(mark)))
    inner = exp.Substring(this=parts, start=number(1 + len(mark)), length=length)
    twice, between = exp.Literal.string(mark * 2), exp.Literal.string(CODE_CLOSES + CODE_OPENS)
    joined: exp.Expression
    match dialect.name:
        case "duckdb":
            once = _call("LIST_SORT", _call("LIST_DISTINCT", _call("STR_SPLIT", inner, twice)))
            joined = _call("ARRAY_TO_STRING", once, between)
        case "spark":
            once = _call(
                "ARRAY_SORT",
                _call(
                    "ARRAY_DISTINCT", _call("SPLIT", inner, exp.Literal.string(_escaped(mark * 2)))
                ),
            )
            joined = _call("ARRAY_JOIN", once, between)
        case "postgres":
            joined = _aggregated(inner, twice, between)
        case _:
            joined = _call("REPLACE", inner, twice, between)
    before = exp.Literal.string(CODES_MARK + CODE_OPENS)
    return exp.DPipe(
        this=exp.DPipe(this=before, expression=joined),
        expression=exp.Literal.string(CODE_CLOSES),
    )


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
        expressions=[_call("STRING_TO_ARRAY", inner, mark)],
        alias=exp.TableAlias(this=exp.to_identifier("codes"), columns=[exp.to_identifier("code")]),
    )
    return exp.Subquery(this=exp.select(joined).from_(codes))


def _escaped(text: str) -> str:
    """A text as a regular expression that is the text."""
    return "".join(rf"\{each}" if each in r"\^" else f"[{each}]" for each in text)


def _call(name: str, *words: exp.Expression) -> exp.Expression:
    return exp.Anonymous(this=name, expressions=list(words))


_CONVERSIONS: Final[Mapping[Kind, Callable[[_Reading], Converted]]] = {
    Kind.ID: _text,
    Kind.REFERENCE: _text,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes_of_places,
    Kind.BY_YEAR: _integer,
}
