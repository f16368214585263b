"""From what a column holds to what the rules read, in the SQL of each database.

It reads the same forms as cells are read by (`formats/forms.py`). Every conversion gives NULL for
what is in none of them, and says where a column says something, so that NULL is a loss.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Final

from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_FALSE,
    SQL_NULL,
    amount,
    case,
    cast,
    equal,
    is_given,
    is_one_of,
    literal,
    number,
    sql_and,
    sql_not,
    sql_or,
)
from ..facts import Kind
from ..facts.specs import MOST_DIGITS
from ..formats.forms import (
    DAMAGE,
    DECIMAL,
    FORMULA,
    NO_VALUE,
    NUMBER_LIKE,
    SEPARATORS,
    TOTAL,
    WHOLE,
)
from .reading import (
    NUMBERS,
    TEXTS,
    Converted,
    Reading,
    Unconvertible,
    is_any,
    not_empty,
    unknown_words,
    within,
)
from .schema import Family
from .sets import choices_of, codes_of
from .texts import identities, joined, matches, or_null, part_of
from .times import day_of, moment_of

# An id that needs no looking at.
_USUAL_ID: Final = "[0-9A-Za-z][0-9A-Za-z_-]{0,63}"


def converted(reading: Reading) -> Converted:
    """How a column gives a field, or the number of a year.

    Raises `Unconvertible` where the type of the column cannot give the field.
    """
    return _CONVERSIONS[reading.forms.spec.kind](reading)


def _identity(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*TEXTS, Family.WHOLE):
        raise Unconvertible("文本", "a text")
    said = reading.folded()
    # Digits are lost in what looks like a number; what is left of it is no id.
    whole = dialect.regex_replaced(said, f"^({NUMBER_LIKE}|{NO_VALUE}|{FORMULA}|{TOTAL})$", "")
    proper = forms.pattern or identities(dialect)
    value = not_empty(part_of(whole, f"({proper})", dialect), dialect)
    if forms.nothing:
        value = case([(is_any(said, forms.nothing, dialect), dialect.text(""))], value)
    made = reading.conversion(value, said)
    text = reading.as_text()
    usual = or_null(text, matches(text, forms.pattern or _USUAL_ID, dialect))
    if len(forms.unknown) > 1:  # a usual one may be a word for unknown
        return made
    return Converted(case([(usual, text)], made.value), made.says)


def _text(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*TEXTS, Family.WHOLE):
        raise Unconvertible("文本", "a text")
    said = reading.said()
    whole = equal(dialect.place_in(said, literal(DAMAGE)), number(0))
    sound = sql_and(whole, sql_not(matches(said, NO_VALUE, dialect)))
    value = case([(sound, not_empty(said.copy(), dialect))])
    if forms.nothing:
        value = case([(is_any(said, forms.nothing, dialect), dialect.text(""))], value)
    return reading.conversion(value, said)


def _boolean(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    if reading.family is Family.BOOLEAN:
        return Converted(reading.raw, SQL_FALSE)
    if reading.family not in (*TEXTS, *NUMBERS):
        raise Unconvertible("是非、文本或 1 和 0", "yes or no, as a boolean, text, 1 or 0")
    said = reading.said()
    blank = "" in forms.words
    if blank:
        said = exp.Coalesce(this=said, expressions=[dialect.text("")])
    branches = [
        (is_any(said, [word for word, each in forms.words.items() if each is meant], dialect),
         dialect.boolean(meant))
        for meant in (True, False)
    ]  # fmt: skip
    return reading.conversion(case(branches), said)


def _integer(reading: Reading) -> Converted:
    spec, dialect = reading.forms.spec, reading.dialect
    said: exp.Expression | None = None
    if reading.family in NUMBERS:
        value = reading.whole()
    elif reading.family in TEXTS:
        said = reading.said()
        digits = dialect.regex_replaced(said, "[.]0+$", "")
        value = case([(matches(said, WHOLE, dialect), cast(digits, "bigint"))])
    else:
        raise Unconvertible("整数或写有整数的文本", "a whole number, or a text of one")
    assert isinstance(spec.minimum, int)
    assert isinstance(spec.maximum, int)
    bounded = within(value, number(spec.minimum), number(spec.maximum))
    return reading.conversion(bounded, said)


def _decimal(reading: Reading) -> Converted:
    spec, dialect = reading.forms.spec, reading.dialect
    low, high, places = spec.minimum, spec.maximum, spec.places
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    said: exp.Expression | None = None
    number_: exp.Expression = reading.raw
    if reading.family in NUMBERS and not reading.floats:
        exact = equal(number_, exp.Round(this=number_.copy(), decimals=number(places or 0)))
    elif reading.family in (*TEXTS, *NUMBERS):
        # Of a float, the shortest decimal that is that number.
        said = reading.as_text() if reading.floats else reading.said()
        exact = matches(said, f"[+-]?[0-9]{{1,18}}([.][0-9]{{1,{places}}}0*)?", dialect)
        wide = f"decimal(38,{places})"
        number_ = case([(matches(said, DECIMAL, dialect), cast(said.copy(), wide))])
    else:
        raise Unconvertible("数或写有数的文本", "a number, or a text of one")
    inside = exp.Between(this=number_.copy(), low=amount(low), high=amount(high))
    value = cast(number_, f"decimal({MOST_DIGITS},{places})")
    return reading.conversion(case([(sql_and(exact, inside), value)]), said)


def _choice(reading: Reading) -> Converted:
    forms, dialect = reading.forms, reading.dialect
    coded = forms.own_words or forms.mapping.preset is not None
    if reading.family not in (*TEXTS, *NUMBERS):
        raise Unconvertible("文本或代码", "a text or code")
    if reading.family in NUMBERS and not coded:
        raise Unconvertible(
            "文本，数字须有 `codes` 选项说明代码",
            "a text; for numbers, give their meaning with `codes`",
        )
    said = reading.folded()
    members = [
        exp.If(this=dialect.text(word), true=literal(str(member)))
        for word, member in forms.words.items()
        if member is not None
    ]
    # A mapping may know of codes only that they say nothing.
    value: exp.Expression = (
        exp.Case(this=said.copy(), ifs=members) if members else cast(SQL_NULL, "text")
    )
    if reading.family in TEXTS and not forms.own_words and len(forms.unknown) == 1:
        assert forms.spec.choices is not None
        text = reading.as_text()
        usual = is_one_of(text, [literal(str(member.value)) for member in forms.spec.choices])
        value = case([(or_null(text, usual), text)], value)
    return reading.conversion(value, said, unknown_words(forms))


_EACH_YEAR: Final = "(19[0-9][0-9]|2[01][0-9][0-9])"
_BETWEEN_YEARS: Final = f"[{SEPARATORS}]"
_NUMBER: Final = "[+-]?[0-9]{1,18}"


def _by_year(reading: Reading) -> Converted:
    if not reading.years:
        return _integer(reading)
    (year,) = reading.years
    spec, dialect = reading.forms.spec, reading.dialect
    known = given_by_year(reading)
    found = not_empty(part_of(_led(reading), _naming(year, f"({_NUMBER})"), dialect), dialect)
    value = case([(is_given(known.value), cast(found, "bigint"))])
    assert isinstance(spec.minimum, int)
    assert isinstance(spec.maximum, int)
    inside = within(value, number(spec.minimum), number(spec.maximum))
    return Converted(inside, is_given(value))


def given_by_year(reading: Reading) -> Converted:
    """Whether a text gives numbers by year at all: yes, or NULL.

    Of the `years` of the reading, each may be given once.
    """
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in TEXTS:
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
            (is_any(said, forms.nothing, dialect), dialect.boolean(True)),
            (sql_and(proper, sql_not(sql_or(*repeated))), dialect.boolean(True)),
        ]
    )
    return reading.conversion(value, said)


def _led(reading: Reading) -> exp.Expression:
    """A text of numbers by year in which something stands before each of them."""
    return exp.Paren(this=joined(literal(SEPARATORS[0]), reading.said()))


def _naming(year: int, number_: str) -> str:
    """A regular expression of texts that give the number of a year."""
    return f".*{_BETWEEN_YEARS} *{year} *: *{number_}.*"


_CONVERSIONS: Final[Mapping[Kind, Callable[[Reading], Converted]]] = {
    Kind.ID: _identity,
    Kind.REFERENCE: _identity,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: day_of,
    Kind.MOMENT: moment_of,
    Kind.CHOICE: _choice,
    Kind.CHOICES: choices_of,
    Kind.CODES: codes_of,
    Kind.BY_YEAR: _by_year,
}
