"""From what a column holds to what the rules read, in the SQL of each database.

It reads the same forms as cells are read by (`formats/forms.py`). Every conversion gives NULL for
what is in none of them, and says where a column says something, so that NULL is a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
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
from ..engines.sql.sources import bit_of, mask_of
from ..facts import Kind
from ..facts.specs import EARLIEST, LATEST
from ..formats.date_forms import DateForm
from ..formats.forms import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    DAMAGE,
    NUMBER_LIKE,
    SEPARATORS,
    WHOLE,
    Forms,
)
from .schema import Column, Family
from .texts import call, folded, identities, literal, matches, part_of, raw_of, replaced_by

_TEXTS: Final = (Family.TEXT, Family.NAMED)
_NUMBERS: Final = (Family.WHOLE, Family.NUMBER)
# Numbers of more digits are beyond all bounds, and beyond what a BIGINT holds.
_MOST: Final = 10**18
# Types whose numbers are never beyond it.
_SMALL: Final = frozenset({"tinyint", "smallint", "int", "integer", "bigint"})
# What needs nothing but to be short enough.
_USUAL_ID: Final = "[0-9A-Za-z][0-9A-Za-z_-]{0,63}"


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


@frozen
class Reading:
    """A column that is to give a field, in its forms.

    `years` are those whose numbers are read, where it gives the numbers of several as one text.
    `kept` keeps what is long beside the column and gives it a name, so that it is written and
    worked out once. `by_name` says that no mapping speaks of the table, so that a column of whole
    numbers that has the name of a set is the sum of the bits of its members.
    """

    forms: Forms
    column: Column
    dialect: Dialect
    kept: Callable[[exp.Expression], exp.Expression]
    years: tuple[int, ...] = ()
    by_name: bool = True

    @property
    def raw(self) -> exp.Expression:
        """What the column holds, as it stands."""
        return raw_of(self.column)

    @property
    def family(self) -> Family:
        """What sort of value the column holds."""
        return self.column.family

    def as_text(self) -> exp.Expression:
        """What the column holds as a text, not looked at yet."""
        if self.family is Family.TEXT:
            return self.raw
        value = self.whole() if self.family is Family.NUMBER else self.raw
        if self.dialect.name == "oracle":
            return call("TO_CHAR", value)
        return cast(value, self.dialect.type("text"))

    def folded(self) -> exp.Expression:
        """The same as it is looked at."""
        if self.family in _NUMBERS:
            return self.as_text()
        return folded(self.as_text(), self.forms.verbatim, self.dialect)

    def said(self) -> exp.Expression:
        """The same, worked out once."""
        return self.kept(self.folded())

    def whole(self) -> exp.Expression:
        """A number as a whole one, NULL if it is none."""
        if self.column.type.lower() in _SMALL:
            return self.raw if self.column.type.lower() == "bigint" else cast(self.raw, "bigint")
        small = exp.LT(this=exp.Abs(this=self.raw), expression=number(_MOST))
        fits = both(equal(self.raw, exp.Floor(this=self.raw)), small)
        return case([(fits, cast(self.raw, "bigint"))])

    def says(self, said: exp.Expression | None, unknown: Iterable[str] = ()) -> exp.Expression:
        """The column says something; `unknown` are more texts that say that it is unknown."""
        if said is None:
            return is_given(self.raw)
        nothing = {*self.forms.unknown, *unknown}
        if not self.dialect.empty_text:
            nothing.discard("")
        return both(is_given(said.copy()), negated(_is_any(said, nothing, self.dialect)))


def converted(reading: Reading) -> Converted:
    """How a column gives a field, or the number of a year.

    Raises `Unconvertible` where the type of the column cannot give the field.
    """
    return _CONVERSIONS[reading.forms.spec.kind](reading)


def _made(
    reading: Reading,
    value: exp.Expression,
    said: exp.Expression | None,
    unknown: Iterable[str] = (),
) -> Converted:
    """A conversion of what a column says; what says that it is unknown is."""
    named = sorted({each for each in reading.forms.unknown if each})
    if named:
        said = reading.as_text() if said is None else said
        is_unknown = is_one_of(said, [literal(each) for each in named])
        value = case([(is_unknown, NULL)], value) if value is not said else value
    return Converted(value, reading.says(said, unknown))


def _identity(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*_TEXTS, Family.WHOLE):
        raise Unconvertible("文本", "a text")
    said = reading.folded()
    # Digits are lost in what looks like a number; what is left of it is no id.
    whole = replaced_by(said, f"^({NUMBER_LIKE})$", "", dialect)
    proper = forms.pattern or identities(dialect)
    value = _not_empty(part_of(whole, f"({proper})", dialect), dialect)
    if forms.nothing:
        value = case([(_is_any(said, forms.nothing, dialect), dialect.text(""))], value)
    made = _made(reading, value, said)
    usual = matches(reading.as_text(), forms.pattern or _USUAL_ID, dialect)
    if len(forms.unknown) > 1:  # a usual one may be a word for unknown
        return made
    return Converted(case([(usual, reading.as_text())], made.value), made.says)


def _text(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*_TEXTS, Family.WHOLE):
        raise Unconvertible("文本", "a text")
    said = reading.said()
    sound = equal(dialect.place_in(said, literal(DAMAGE)), number(0))
    value = case([(sound, _not_empty(said.copy(), dialect))])
    if forms.nothing:
        value = case([(_is_any(said, forms.nothing, dialect), dialect.text(""))], value)
    return _made(reading, value, said)


def _not_empty(text: exp.Expression, dialect: Dialect) -> exp.Expression:
    if not dialect.empty_text:
        return text
    return exp.Nullif(this=text, expression=literal(""))


def _is_any(text: exp.Expression, words: Iterable[str], dialect: Dialect) -> exp.Expression:
    return is_one_of(text.copy(), [dialect.text(each) for each in sorted(words)])


def _boolean(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family is Family.BOOLEAN:
        return Converted(reading.raw, FALSE)
    if reading.family not in (*_TEXTS, *_NUMBERS):
        raise Unconvertible("是非、文本或 1 和 0", "yes or no, as a boolean, text, 1 or 0")
    said = reading.said()
    blank = "" in forms.words
    if blank:
        said = exp.Coalesce(this=said, expressions=[dialect.text("")])
    branches = [
        (_is_any(said, [word for word, each in forms.words.items() if each is meant], dialect),
         dialect.boolean(meant))
        for meant in (True, False)
    ]  # fmt: skip
    return _made(reading, case(branches), said)


def _integer(reading: Reading) -> Converted:
    spec, dialect = reading.forms.spec, reading.dialect
    said: exp.Expression | None = None
    if reading.family in _NUMBERS:
        value = reading.whole()
    elif reading.family in _TEXTS:
        said = reading.said()
        digits = replaced_by(said, "[.]0+$", "", dialect)
        value = case([(matches(said, WHOLE, dialect), cast(digits, "bigint"))])
    else:
        raise Unconvertible("整数或写有整数的文本", "a whole number, or a text of one")
    assert isinstance(spec.minimum, int)
    assert isinstance(spec.maximum, int)
    bounded = _within(value, number(spec.minimum), number(spec.maximum))
    return _made(reading, bounded, said)


def _within(value: exp.Expression, low: exp.Expression, high: exp.Expression) -> exp.Expression:
    """A value between two, NULL for others."""
    between = exp.Between(this=value.copy(), low=low, high=high)
    return case([(between, value)])


def _day(reading: Reading) -> Converted:
    dialect = reading.dialect
    said: exp.Expression | None = None
    if reading.family is Family.DATE:
        value = reading.raw
    elif reading.family in (Family.MOMENT, Family.ZONED):
        value = cast(_local(reading), "date")
    else:
        said, value = _written(reading, "date")
    return _made(reading, _within(value, dialect.day(EARLIEST), dialect.day(LATEST)), said)


def _moment(reading: Reading) -> Converted:
    dialect = reading.dialect
    said: exp.Expression | None = None
    if reading.family in (Family.MOMENT, Family.ZONED):
        value: exp.Expression = exp.TimestampTrunc(this=_local(reading), unit=exp.var("SECOND"))
    else:
        said, value = _written(reading, "timestamp")
    first = datetime(EARLIEST.year, 1, 1)
    last = datetime(LATEST.year, 12, 31, 23, 59, 59)
    return _made(reading, _within(value, dialect.moment(first), dialect.moment(last)), said)


def _local(reading: Reading) -> exp.Expression:
    """A date and time by the clocks of the forms' zone."""
    if reading.family is Family.MOMENT:
        return reading.raw
    return exp.AtTimeZone(this=reading.raw, zone=literal(reading.forms.zone))


def _written(reading: Reading, type_: str) -> tuple[exp.Expression, exp.Expression]:
    """What a text says, and the date, or date and time, that it is of."""
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*_TEXTS, *_NUMBERS):
        kind = ("日期", "a date") if type_ == "date" else ("时间", "a date and time")
        raise Unconvertible(f"{kind[0]}，或其文本", f"{kind[1]}, or a text of one")
    said = reading.said()
    branches = [
        (matches(said, form.pattern, dialect), _time_in(said, form, type_, forms.zone, dialect))
        for form in forms.dates
    ]
    return said, case(branches)


def _time_in(
    said: exp.Expression, form: DateForm, type_: str, zone: str, dialect: Dialect
) -> exp.Expression:
    """The date, or date and time, that a text of a form is of."""

    def part(name: str) -> exp.Expression:
        if name not in form.parts:
            return literal("00")
        found = part_of(said, form.parts[name], dialect)
        return found if name in ("year", "offset") else call("LPAD", found, number(2), literal("0"))

    day = _joined(part("year"), "-", part("month"), "-", part("day"))
    if "offset" not in form.parts:
        if type_ == "date":
            return _cast_safely(day, "date", dialect)
        time = _joined(part("hour"), ":", part("minute"), ":", part("second"))
        return _cast_safely(_joined(day, " ", time), "timestamp", dialect)
    time = _joined(part("hour"), ":", part("minute"), ":", part("second"))
    local = _with_offset(_joined(day, " ", time), part("offset"), zone, dialect)
    return cast(local, "date") if type_ == "date" else local


def _joined(first: exp.Expression, *rest: exp.Expression | str) -> exp.Expression:
    for each in rest:
        first = exp.DPipe(this=first, expression=literal(each) if isinstance(each, str) else each)
    return first


def _cast_safely(text: exp.Expression, type_: str, dialect: Dialect) -> exp.Expression:
    if dialect.name == "oracle":
        form = "YYYY-MM-DD" if type_ == "date" else "YYYY-MM-DD HH24:MI:SS"
        return call("TO_DATE" if type_ == "date" else "TO_TIMESTAMP", text, literal(form))
    if dialect.name == "spark" and type_ == "timestamp":
        type_ = "timestampntz"
    # Only days of the calendar come here; but some databases cast before they look.
    kind = exp.TryCast if dialect.name in ("duckdb", "spark") else exp.Cast
    return kind(this=text, to=exp.DataType.build(type_))


def _with_offset(
    text: exp.Expression, offset: exp.Expression, zone: str, dialect: Dialect
) -> exp.Expression:
    """The local date and time of a text with an offset from UTC."""
    if dialect.name == "spark":
        moment = _cast_safely(text, "timestamp", dialect)
        return call("CONVERT_TIMEZONE", offset, literal(zone), moment)
    kind = exp.TryCast if dialect.name == "duckdb" else exp.Cast
    moment = kind(this=_joined(text, offset), to=exp.DataType.build("timestamptz"))
    return exp.AtTimeZone(this=moment, zone=literal(zone))


def _choice(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    coded = forms.own_words or forms.mapping.preset is not None
    if reading.family not in (*_TEXTS, *_NUMBERS):
        raise Unconvertible("文本或代码", "a text or code")
    if reading.family in _NUMBERS and not coded:
        raise Unconvertible(
            "文本，数字须有 `codes` 选项说明代码",
            "a text; for numbers, give their meaning with `codes`",
        )
    said = reading.folded()
    value: exp.Expression = exp.Case(
        this=said.copy(),
        ifs=[
            exp.If(this=dialect.text(word), true=literal(str(member)))
            for word, member in forms.words.items()
            if member is not None
        ],
    )
    if reading.family in _TEXTS and not forms.own_words and len(forms.unknown) == 1:
        assert forms.spec.choices is not None
        usual = [literal(str(member.value)) for member in forms.spec.choices]
        value = case([(is_one_of(reading.as_text(), usual), reading.as_text())], value)
    return _made(reading, value, said, _unknown_words(forms))


def _unknown_words(forms: Forms) -> list[str]:
    return [word for word, member in forms.words.items() if member is None]


def _choices(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    choices = forms.spec.choices
    assert choices is not None
    if reading.family is Family.WHOLE and reading.by_name and not forms.own_words:
        most = number(mask_of(choices))
        return Converted(_within(reading.whole(), number(0), most), is_given(reading.raw))
    members = {str(member.value): bit_of(member) for member in choices}
    said, parts, empty = _members(reading, coded=forms.own_words)

    def marked(word: str) -> exp.Expression:
        return literal(f"{_MARK}{word}{_MARK}")

    def holds(word: str) -> exp.Expression:
        return exp.GT(this=dialect.place_in(parts, marked(word)), expression=number(0))

    rest: exp.Expression = parts
    bits: exp.Expression | None = None
    for member, spelt in _grouped(forms.words).items():
        has = either(*(holds(word) for word in spelt))
        bit = case([(has, number(members[member]))], number(0))
        bits = bit if bits is None else exp.Add(this=bits, expression=bit)
        for word in spelt:
            rest = dialect.without(marked(word), rest)
    nothing = equal(rest, dialect.text("")) if dialect.empty_text else is_null(rest)
    value = cast(case([(empty, number(0)), (nothing, bits or NULL)]), "bigint")
    made = _made(reading, value, said)
    # A set that says of a member that it is unknown is unknown itself, and that is meant.
    meant = [negated(holds(word)) for word in _unknown_words(forms)]
    return Converted(made.value, both(made.says, *meant))


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
    if reading.family not in (*_TEXTS, *_NUMBERS) or (reading.family in _NUMBERS and not coded):
        raise Unconvertible("文本或文本列表", "a text, or a list of texts")
    said = reading.said()
    between = "|".join(_escaped(each) for each in forms.separators)
    divided = replaced_by(reading.folded(), f" *({between}) *", _MARK * 2, dialect)
    # What a set is written like as the rules read it need not be taken apart.
    is_own = exp.Like(this=reading.as_text(), expression=literal(f"{CODES_MARK}{CODE_OPENS}%"))
    parts = reading.kept(case([(negated(is_own), divided)]))
    return said, _marked(parts), _is_any(said, forms.nothing, dialect)


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
    return exp.Paren(this=_joined(literal(_MARK), text, _MARK))


def _codes(reading: Reading) -> Converted:
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
        return _made(reading, value, said)
    own = matches(said, f"{CODES_MARK}({CODE_OPENS}{code}{CODE_CLOSES})*", dialect)
    return _made(reading, case([(own, said.copy())], value), said)


def _sorted(parts: exp.Expression, dialect: Dialect) -> exp.Expression:
    """The members of a marked text once each and in order, as a set of codes is written.

    Databases without lists leave them as they are given.
    """
    length = exp.Sub(this=exp.Length(this=parts), expression=number(2 * len(_MARK)))
    inner = exp.Substring(this=parts, start=number(1 + len(_MARK)), length=length)
    twice, between = literal(_MARK * 2), literal(CODE_CLOSES + CODE_OPENS)
    joined: exp.Expression
    match dialect.name:
        case "duckdb":
            once = call("LIST_SORT", call("LIST_DISTINCT", call("STR_SPLIT", inner, twice)))
            joined = call("ARRAY_TO_STRING", once, between)
        case "spark":
            once = call("ARRAY_SORT", call("ARRAY_DISTINCT", call("SPLIT", inner, twice)))
            joined = call("ARRAY_JOIN", once, between)
        case "postgres":
            joined = _aggregated(inner, twice, between)
        case _:
            joined = call("REPLACE", inner, twice, between)
    return _joined(literal(CODES_MARK + CODE_OPENS), joined, CODE_CLOSES)


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


_EACH_YEAR: Final = "(19[0-9][0-9]|2[01][0-9][0-9])"
_BETWEEN_YEARS: Final = f"[{SEPARATORS}]"
_NUMBER: Final = "[+-]?[0-9]{1,18}"


def _by_year(reading: Reading) -> Converted:
    if not reading.years:
        return _integer(reading)
    (year,) = reading.years
    spec, dialect = reading.forms.spec, reading.dialect
    known = given_by_year(reading)
    found = _not_empty(part_of(_led(reading), _naming(year, f"({_NUMBER})"), dialect), dialect)
    value = case([(is_given(known.value), cast(found, "bigint"))])
    assert isinstance(spec.minimum, int)
    assert isinstance(spec.maximum, int)
    inside = _within(value, number(spec.minimum), number(spec.maximum))
    return Converted(inside, is_given(value))


def given_by_year(reading: Reading) -> Converted:
    """Whether a text gives numbers by year at all: yes, or NULL.

    Of the `years` of the reading, each may be given once.
    """
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in _TEXTS:
        raise Unconvertible(
            "每年一列，或如 2018:1;2019:2 的文本",
            "a column for each year, or a text such as 2018:1;2019:2",
        )
    said = reading.said()
    one = f"{_EACH_YEAR} *: *{_NUMBER}"
    proper = matches(said, f"{one}( *{_BETWEEN_YEARS} *{one})*", dialect)
    twice = (_naming(year, _naming(year, _NUMBER)) for year in reading.years)
    repeated = (matches(_led(reading), each, dialect) for each in twice)
    value = case(
        [
            (_is_any(said, forms.nothing, dialect), dialect.boolean(True)),
            (both(proper, negated(either(*repeated))), dialect.boolean(True)),
        ]
    )
    return _made(reading, value, said)


def _led(reading: Reading) -> exp.Expression:
    """A text of numbers by year in which something stands before each of them."""
    return exp.Paren(this=_joined(literal(SEPARATORS[0]), reading.said()))


def _naming(year: int, number_: str) -> str:
    """A regular expression of texts that give the number of a year."""
    return f".*{_BETWEEN_YEARS} *{year} *: *{number_}.*"


_CONVERSIONS: Final[Mapping[Kind, Callable[[Reading], Converted]]] = {
    Kind.ID: _identity,
    Kind.REFERENCE: _identity,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes,
    Kind.BY_YEAR: _by_year,
}
