"""A column that is to give a field: what it holds as a text, as a number, and what it says."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from attrs import frozen
from sqlglot import exp

from ..engines.sql.dialects import (
    SQL_NULL,
    Dialect,
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
)
from ..facts.specs import MOST_DIGITS
from ..formats.forms import Forms
from .schema import Column, Family
from .texts import folded, or_null, raw_of

TEXTS: Final = (Family.TEXT, Family.NAMED)
NUMBERS: Final = (Family.WHOLE, Family.NUMBER)
# Numbers of more digits are beyond all bounds, and beyond what a BIGINT holds.
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
    def floats(self) -> bool:
        """Whether the column holds binary numbers, which only their text shows as decimals."""
        exact = ("decimal", "numeric", "number")
        return self.family is Family.NUMBER and not self.column.type.lower().startswith(exact)

    @property
    def family(self) -> Family:
        """What sort of value the column holds."""
        return self.column.family

    def as_text(self) -> exp.Expression:
        """What the column holds as a text, not looked at yet."""
        if self.family is Family.TEXT:
            return self.dialect.by_letters(self.raw)
        text = self.dialect.as_text(self.raw)
        if self.family is not Family.NUMBER:
            return text
        return exp.Coalesce(this=self.dialect.as_text(self.whole()), expressions=[text])

    def folded(self, plain: exp.Expression | None = None) -> exp.Expression:
        """The same as it is looked at; what is `plain` is so already."""
        if self.family in NUMBERS:
            return self.as_text()
        return folded(self.as_text(), self.forms.verbatim, self.dialect, plain)

    def said(self) -> exp.Expression:
        """The same, worked out once."""
        return self.kept(self.folded())

    def whole(self) -> exp.Expression:
        """A number as a whole one, NULL if it is none."""
        if self.column.type.lower() in _SMALL:
            return self.raw if self.column.type.lower() == "bigint" else cast(self.raw, "bigint")
        # The magnitude of the least number of a type may be none of it.
        above = exp.GT(this=self.raw, expression=number(-_MOST))
        below = exp.LT(this=self.raw, expression=number(_MOST))
        fits = sql_and(equal(self.raw, exp.Floor(this=self.raw)), above, below)
        return case([(fits, cast(self.raw, "bigint"))])

    def says(self, said: exp.Expression | None, unknown: Iterable[str] = ()) -> exp.Expression:
        """The column says something; `unknown` are more texts that say that it is unknown."""
        if said is None:
            return is_given(self.raw)
        nothing = {*self.forms.unknown, *unknown}
        if not self.dialect.empty_text:
            nothing.discard("")
        return sql_and(is_given(said.copy()), sql_not(is_any(said, nothing, self.dialect)))

    def conversion(
        self,
        value: exp.Expression,
        said: exp.Expression | None,
        unknown: Iterable[str] = (),
    ) -> Converted:
        """A conversion of what the column says; what says that it is unknown, or none, is."""
        none = sorted(self.forms.nothing if said is not None else self.forms.mapping.none)
        if self.forms.spec.may_be_none and none:
            text = self.as_text() if said is None else said
            value = case([(is_any(text, none, self.dialect), self._none())], value)
        named = sorted({each for each in self.forms.unknown if each})
        if named:
            said = self.as_text() if said is None else said
            is_unknown = is_one_of(said, [literal(each) for each in named])
            value = case([(is_unknown, SQL_NULL)], value)
        return Converted(value, self.says(said, unknown))

    def _none(self) -> exp.Expression:
        """What stands for none, in the form in which rules read it."""
        none = self.forms.spec.none
        match none:
            case datetime():
                return self.dialect.moment(none)
            case date():
                return self.dialect.day(none)
            case int():
                return cast(number(int(none)), self.dialect.type("bigint"))
            case Decimal():
                return cast(amount(none), f"decimal({MOST_DIGITS},{self.forms.spec.places})")
            case _:
                return self.dialect.text(str(none))


def not_empty(text: exp.Expression, dialect: Dialect) -> exp.Expression:
    if not dialect.empty_text:
        return text
    return exp.Nullif(this=text, expression=literal(""))


def is_any(text: exp.Expression, words: Iterable[str], dialect: Dialect) -> exp.Expression:
    return is_one_of(text.copy(), [dialect.text(each) for each in sorted(words)])


def within(value: exp.Expression, low: exp.Expression, high: exp.Expression) -> exp.Expression:
    """A value between two, NULL for others."""
    inside: exp.Expression = exp.Between(this=value.copy(), low=low, high=high)
    if isinstance(value, exp.Column):
        inside = or_null(value, inside)
    return case([(inside, value)])


def unknown_words(forms: Forms) -> list[str]:
    return [word for word, member in forms.words.items() if member is None]
