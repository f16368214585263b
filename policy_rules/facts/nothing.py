"""Known to be none, which is not unknown: a posting that has no last day, a house without a number.

What is asked for is one object, `NONE`. A fact holds in its place a value of the field's own kind
that the field can else not have (a day after all days, a number above all numbers), so that every
engine and every column of a database can hold and compare it as any other. It is equal to `NONE`,
and rules see to it that no comparison takes it for a value.
"""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from typing import Any, Final

from .labelled import Labelled

WORD: Final = "none"


class Nothing(Labelled):
    """That there is none."""

    NONE = (WORD, "无", "none")

    def __repr__(self) -> str:
        return "NONE"


# A field takes it in the place of a value, whatever the type of that is.
NONE: Final[Any] = Nothing.NONE


class _Stands:
    """Stands for `NONE` in a field, and is equal to it."""

    __slots__ = ()

    def __eq__(self, other: object) -> Any:
        return other is NONE or super().__eq__(other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return super().__hash__()

    def __repr__(self) -> str:
        return "NONE"


class _NoDay(_Stands, date):
    __slots__ = ()


class _NoMoment(_Stands, datetime):
    __slots__ = ()


class _NoNumber(_Stands, int):
    __slots__ = ()


class _NoDecimal(_Stands, Decimal):
    __slots__ = ()


class _NoShare(_Stands, Fraction):  # type: ignore[misc]  # as of the others, a hash is a whole number
    __slots__ = ()


class _NoText(_Stands, str):
    __slots__ = ()


NO_DAY: Final = _NoDay(9999, 12, 31)
NO_MOMENT: Final = _NoMoment(9999, 12, 31, 23, 59, 59)
# Of numbers that rules work out, which have no greatest: beyond what is counted or paid, and exact
# in every database.
NO_NUMBER: Final = _NoNumber(10**15)
NO_SHARE: Final = _NoShare(10**15)
NO_TEXT: Final = _NoText()


@cache
def no_number(maximum: int) -> int:
    """What stands for none in a field with a greatest whole number: one more."""
    return _NoNumber(maximum + 1)


@cache
def no_decimal(maximum: Decimal, places: int) -> Decimal:
    """The same of a decimal: one step more."""
    return _NoDecimal(maximum + Decimal(1).scaleb(-places))


def is_none(value: object) -> bool:
    """Whether a value is `NONE`, or stands for it in a fact. An empty text or set is not."""
    return value is NONE or isinstance(value, _Stands)


def value_for_none(none: object) -> date | None:
    """The day or moment that `NONE` is held as, by itself; of all else, None.

    To compare with it calls no Python function, which to compare with what is equal to `NONE` does.
    """
    match none:
        case _NoMoment():
            return datetime.fromisoformat(none.isoformat())
        case _NoDay():
            return date.fromordinal(none.toordinal())
        case _:
            return None
