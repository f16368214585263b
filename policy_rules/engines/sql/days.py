"""How each database computes with days and moments: moved, and the time between them.

A number by which something is moved can be any: beyond the calendar, which ends with the year 9999,
it is the calendar's last day or moment, or its first.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Final

from sqlglot import exp

from .dialects import (
    Dialect,
    atom,
    case,
    equal,
    is_given,
    number,
    sql_and,
    sql_not,
    sql_or,
)

# The longest way there is, from one end of the calendar to the other.
_LONGEST: Final[Mapping[str, int]] = {
    "years": 9_998, "months": 119_987, "days": 3_652_058, "minutes": 5_258_964_959,
}  # fmt: skip
# From the years 1900 to 2199, in which facts lie, no such way leads beyond the calendar.
_NEAR: Final[Mapping[str, int]] = {
    "years": 1_800, "months": 21_600, "days": 650_000, "minutes": 900_000_000,
}  # fmt: skip
_ENDS: Final[Mapping[str, tuple[date, date]]] = {
    **dict.fromkeys(("years", "months", "days"), (date.min, date.max)),
    "minutes": (datetime.min, datetime.max),
}


def moved(
    dialect: Dialect, of: exp.Expression, by: int | exp.Expression, unit: str, *, near: bool
) -> exp.Expression:
    """A day or a moment moved; `near`: it certainly lies in the years in which facts lie."""
    first, last = ends = _ENDS[unit]

    def at(end: date) -> exp.Expression:
        return dialect.moment(end) if isinstance(end, datetime) else dialect.day(end)

    if not isinstance(by, int):
        later = exp.GT(this=atom(by), expression=_way(dialect, of, last, unit))
        earlier = exp.LT(this=atom(by), expression=_way(dialect, of, first, unit))
        within = dialect.moved(of, by, unit)
        return case([(later, at(last)), (earlier, at(first))], within)
    end = ends[by > 0]
    if abs(by) > _LONGEST[unit]:
        return case([(is_given(of), at(end))])
    within = dialect.moved(of, number(by), unit)
    if by == 0 or (near and abs(by) < _NEAR[unit]):
        return within
    compared = exp.GT if by > 0 else exp.LT
    beyond = compared(this=number(by), expression=_way(dialect, of, end, unit))
    return case([(beyond, at(end))], within)


def _way(dialect: Dialect, of: exp.Expression, end: date, unit: str) -> exp.Expression:
    """How far it is to an end of the calendar, back where that is the first."""
    if isinstance(end, datetime):
        return dialect.minutes_between(of, dialect.moment(end))
    if unit == "days":
        return dialect.days_between(of, dialect.day(end))
    year = dialect.part("YEAR", of)
    if unit == "years":
        return exp.Paren(this=exp.Sub(this=number(end.year), expression=year))
    months = exp.Mul(this=number(12), expression=year)
    place = exp.Paren(this=exp.Add(this=months, expression=dialect.part("MONTH", of)))
    return exp.Paren(this=exp.Sub(this=number(12 * end.year + end.month), expression=place))


def elapsed(
    dialect: Dialect, start: exp.Expression, end: exp.Expression, unit: str
) -> exp.Expression:
    """The whole years, days or minutes from one day or moment to another."""
    if unit == "years":
        return _full_years(dialect, start, end)
    between = dialect.days_between if unit == "days" else dialect.minutes_between
    return between(start, end)


def day_of_week(dialect: Dialect, day: exp.Expression) -> exp.Expression:
    """The days since Monday."""
    return dialect.since_monday(day)


def _full_years(dialect: Dialect, start: exp.Expression, end: exp.Expression) -> exp.Expression:
    years = exp.Sub(this=dialect.part("YEAR", end), expression=dialect.part("YEAR", start))
    begun, ended = dialect.day_of_year(start), dialect.day_of_year(end)
    # A 29 February is kept on the 28th in years that have none.
    kept = sql_and(
        equal(begun, number(229)), equal(ended, number(228)), sql_not(_leap(dialect, end))
    )
    early = sql_and(exp.GT(this=begun, expression=ended), sql_not(kept))
    late = exp.LT(this=begun, expression=ended)
    forward = exp.GTE(this=atom(end), expression=atom(start))
    return case(
        [
            (sql_and(forward, early), exp.Sub(this=years, expression=number(1))),
            (sql_and(sql_not(forward), late), exp.Add(this=years, expression=number(1))),
        ],
        years,
    )


def _leap(dialect: Dialect, day: exp.Expression) -> exp.Expression:
    def divides(by: int) -> exp.Expression:
        rest = exp.Mod(this=dialect.part("YEAR", day), expression=number(by))
        return equal(rest, number(0))

    return sql_and(divides(4), sql_or(sql_not(divides(100)), divides(400)))
