"""The calendar as arithmetic: years, months and days of a day's number, and back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Final

import z3
from attrs import frozen

from .terms import Term, both, chosen, either, evaluated

FIRST: Final = date.min.toordinal()
LAST: Final = date.max.toordinal()
_BEFORE: Final = (0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334)
_SHORT: Final = (4, 6, 9, 11)


@frozen(eq=False)
class Civil:
    """A day as its year, month and day of the month."""

    year: Term
    month: Term
    day: Term


class Days:
    """Takes days apart; what holds of the parts, which are `fresh`, is told by `assume`."""

    def __init__(self, assume: Callable[[Term], None], fresh: Callable[[str], Term]) -> None:
        self._assume = assume
        self._fresh = fresh
        self._known: dict[int, tuple[Term, Civil]] = {}

    def civil(self, day: Term) -> Civil:
        """The parts of a day, one and the same each time."""
        if z3.is_int_value(day):
            fixed = date.fromordinal(day.as_long())
            return Civil(*map(z3.IntVal, (fixed.year, fixed.month, fixed.day)))
        found = self._known.get(day.get_id())
        if found is None:
            parts = Civil(*map(self._fresh, ("year", "month", "day")))
            self._assume(
                both(
                    parts.year >= date.min.year, parts.year <= date.max.year,
                    parts.month >= 1, parts.month <= 12,
                    parts.day >= 1, parts.day <= _length(parts.year, parts.month),
                    day == ordinal(parts),
                )
            )  # fmt: skip
            found = self._known[day.get_id()] = day, parts
        return found[1]

    def moved_by_years(self, day: Term, years: Term) -> Term:
        """The same day that many years later; from 29 February, 28 February where there is none."""
        of = self.civil(day)
        year = evaluated(of.year + years, of.year, years)
        return self._within(year, years, of.month, of.day)

    def moved_by_months(self, day: Term, months: Term) -> Term:
        """The same day that many months later, or the last of that month where there is none."""
        of = self.civil(day)
        number = evaluated(of.year * 12 + (of.month - 1) + months, of.year, of.month, months)
        year, month = evaluated(number / 12, number), evaluated(number % 12 + 1, number)
        return self._within(year, months, month, of.day)

    def _within(self, year: Term, by: Term, month: Term, day: Term) -> Term:
        last = _length(year, month)
        moved = ordinal(Civil(year, month, z3.If(day <= last, day, last)))
        outside = either(year < date.min.year, year > date.max.year)
        within = z3.If(outside, z3.If(by > 0, LAST, FIRST), moved)
        return evaluated(within, year, by, month, day)

    def moved_by_days(self, day: Term, days: Term) -> Term:
        """The day that many days later."""
        moved = day + days
        within = z3.If(moved > LAST, LAST, z3.If(moved < FIRST, FIRST, moved))
        return evaluated(within, day, days)

    def full_years(self, start: Term, end: Term) -> Term:
        """The whole years between two days; 0 or less where the end comes first."""
        between = self.civil(end).year - self.civil(start).year
        there = self.moved_by_years(start, between)
        forwards = between - z3.If(end < there, 1, 0)
        backwards = between + z3.If(end > there, 1, 0)
        return z3.If(end >= start, forwards, backwards)


def ordinal(of: Civil) -> Term:
    """The number of a day."""
    before = of.year - 1
    months: Term = z3.IntVal(_BEFORE[-1])
    for month in range(11, 0, -1):
        months = chosen(of.month == month, z3.IntVal(_BEFORE[month - 1]), months)
    leap = z3.If(both(of.month > 2, _leap(of.year)), 1, 0)
    return 365 * before + before / 4 - before / 100 + before / 400 + months + leap + of.day


def _leap(year: Term) -> Term:
    return both(year % 4 == 0, either(year % 100 != 0, year % 400 == 0))


def _length(year: Term, month: Term) -> Term:
    february = z3.If(_leap(year), 29, 28)
    short = either(*(month == each for each in _SHORT))
    return z3.If(month == 2, february, z3.If(short, 30, 31))
