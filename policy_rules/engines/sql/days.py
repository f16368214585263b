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
    cast,
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
_IN_A_DAY: Final = 24 * 60


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
        within = _moved(dialect, of, by, unit)
        return case([(later, at(last)), (earlier, at(first))], within)
    end = ends[by > 0]
    if abs(by) > _LONGEST[unit]:
        return case([(is_given(of), at(end))])
    within = _moved(dialect, of, number(by), unit)
    if by == 0 or (near and abs(by) < _NEAR[unit]):
        return within
    compared = exp.GT if by > 0 else exp.LT
    beyond = compared(this=number(by), expression=_way(dialect, of, end, unit))
    return case([(beyond, at(end))], within)


def _way(dialect: Dialect, of: exp.Expression, end: date, unit: str) -> exp.Expression:
    """How far it is to an end of the calendar, back where that is the first."""
    if isinstance(end, datetime):
        return _minutes(dialect, of, dialect.moment(end))
    if unit == "days":
        return _days(dialect, of, dialect.day(end))
    year = dialect.part("YEAR", of)
    if unit == "years":
        return exp.Paren(this=exp.Sub(this=number(end.year), expression=year))
    months = exp.Mul(this=number(12), expression=year)
    place = exp.Paren(this=exp.Add(this=months, expression=dialect.part("MONTH", of)))
    return exp.Paren(this=exp.Sub(this=number(12 * end.year + end.month), expression=place))


def _moved(dialect: Dialect, of: exp.Expression, by: exp.Expression, unit: str) -> exp.Expression:
    """The same where it stays within the calendar."""
    match dialect.name:
        case "duckdb" | "postgres":
            return _by_interval(dialect, of, by, unit)
        case "spark":
            return _in_spark(dialect, of, by, unit)
        case "oracle":
            return _in_oracle(dialect, of, by, unit)
        case _ if unit == "minutes":
            return exp.TimestampAdd(this=of, expression=by, unit=exp.var("MINUTE"))
        case _:
            later = exp.DateAdd(this=of, expression=by, unit=exp.var(unit[:-1].upper()))
            return cast(later, "date")


def _by_interval(
    dialect: Dialect, of: exp.Expression, by: exp.Expression, unit: str
) -> exp.Expression:
    if unit == "days":
        days = by if _literal(by) is not None else cast(by, "int")
        return exp.Paren(this=exp.Add(this=atom(of), expression=days))
    literal = _literal(by)
    span: exp.Expression
    if literal is not None:
        span = exp.Interval(this=exp.Literal.string(literal), unit=exp.var(unit[:-1].upper()))
    elif dialect.name == "duckdb":
        of_type = "bigint" if unit == "minutes" else "int"
        span = exp.Anonymous(this=f"TO_{unit.upper()}", expressions=[cast(by, of_type)])
    else:
        nothing = number(0)
        parts = {
            "years": [cast(by, "int")],
            "months": [nothing, cast(by, "int")],
            "minutes": [nothing, nothing, nothing, *_days_and_minutes(dialect, by)],
        }
        span = exp.Anonymous(this="MAKE_INTERVAL", expressions=parts[unit])
    later = exp.Add(this=atom(of), expression=span)
    return exp.Paren(this=later) if unit == "minutes" else cast(later, "date")


def _literal(by: exp.Expression) -> str | None:
    """A number as it is written, where it is one."""
    bare = by.this if isinstance(by, exp.Paren) else by
    if isinstance(bare, exp.Neg):
        return f"-{bare.this.this}"
    return str(bare.this) if isinstance(bare, exp.Literal) else None


def _days_and_minutes(dialect: Dialect, by: exp.Expression) -> list[exp.Expression]:
    """A number of minutes as days, no hours, and minutes, which are small numbers."""
    minutes = cast(by, "bigint")
    whole = exp.Paren(this=exp.Mod(this=minutes, expression=number(_IN_A_DAY)))
    days = dialect.whole_part(
        exp.Paren(this=exp.Sub(this=minutes, expression=whole)), number(_IN_A_DAY)
    )
    return [cast(days, "int"), number(0), cast(whole, "int")]


def _in_spark(
    dialect: Dialect, of: exp.Expression, by: exp.Expression, unit: str
) -> exp.Expression:
    if unit == "minutes":
        literal = _literal(by)
        span: exp.Expression
        if literal is not None:
            span = exp.Interval(this=exp.Literal.string(literal), unit=exp.var("MINUTE"))
        else:
            parts = _days_and_minutes(dialect, by)
            span = exp.Anonymous(this="MAKE_DT_INTERVAL", expressions=parts)
        return exp.Paren(this=exp.Add(this=atom(of), expression=span))
    whole = by if _literal(by) is not None else cast(by, "int")
    if unit == "days":
        return exp.Anonymous(this="DATE_ADD", expressions=[of, whole])
    return exp.Anonymous(this="ADD_MONTHS", expressions=[of, _months(whole, unit)])


def _months(by: exp.Expression, unit: str) -> exp.Expression:
    if unit == "months":
        return by
    literal = _literal(by)
    return number(12 * int(literal)) if literal else exp.Mul(this=number(12), expression=atom(by))


def _in_oracle(
    dialect: Dialect, of: exp.Expression, by: exp.Expression, unit: str
) -> exp.Expression:
    if unit == "minutes":
        words: list[exp.Expression] = [by, exp.Literal.string("MINUTE")]
        span = exp.Anonymous(this="NUMTODSINTERVAL", expressions=words)
        return exp.Paren(this=exp.Add(this=of, expression=span))
    if unit == "days":
        return exp.Paren(this=exp.Add(this=of, expression=by))
    later = exp.Anonymous(this="ADD_MONTHS", expressions=[of, _months(by, unit)])
    # The last day of a month becomes that of another, which may be longer: 28 stays 28.
    day, other = dialect.part("DAY", of), dialect.part("DAY", later)
    back = exp.Sub(this=later, expression=exp.Paren(this=exp.Sub(this=other, expression=day)))
    return case([(exp.LT(this=day, expression=other), back)], later)


def elapsed(
    dialect: Dialect, start: exp.Expression, end: exp.Expression, unit: str
) -> exp.Expression:
    """The whole years, days or minutes from one day or moment to another."""
    if unit == "years":
        return _full_years(dialect, start, end)
    return (_days if unit == "days" else _minutes)(dialect, start, end)


def _days(dialect: Dialect, start: exp.Expression, end: exp.Expression) -> exp.Expression:
    match dialect.name:
        case "duckdb":
            parts: list[exp.Expression] = [exp.Literal.string("day"), start, end]
            return exp.Anonymous(this="DATE_DIFF", expressions=parts)
        case "postgres" | "oracle":
            return exp.Paren(this=exp.Sub(this=atom(end), expression=atom(start)))
        case "tsql":
            return exp.Anonymous(this="DATEDIFF", expressions=[exp.var("DAY"), start, end])
        case _:
            return exp.Anonymous(this="DATEDIFF", expressions=[end, start])


def _minutes(dialect: Dialect, start: exp.Expression, end: exp.Expression) -> exp.Expression:
    """Whole minutes, of which there are none in 59 seconds, back and forth."""
    span = exp.Paren(this=exp.Sub(this=atom(end), expression=atom(start)))
    match dialect.name:
        case "duckdb":  # counts whole ones; DATE_DIFF would count how often the minute changes
            parts: list[exp.Expression] = [exp.Literal.string("minute"), start, end]
            return exp.Anonymous(this="DATE_SUB", expressions=parts)
        case "postgres":
            seconds = cast(exp.Extract(this=exp.var("EPOCH"), expression=span), "decimal")
            whole = exp.Anonymous(this="DIV", expressions=[seconds, number(60)])
            return cast(whole, "bigint")
        case "spark" | "oracle":
            days, hours, minutes = (
                exp.Extract(this=exp.var(of), expression=span) for of in ("DAY", "HOUR", "MINUTE")
            )
            big = cast(days, "bigint") if dialect.name == "spark" else days
            in_days = exp.Mul(this=big, expression=number(_IN_A_DAY))
            in_hours = exp.Mul(this=hours, expression=number(60))
            found = exp.Add(this=in_days, expression=in_hours)
            return exp.Paren(this=exp.Add(this=found, expression=minutes))
        case "tsql":
            unit = exp.var("MICROSECOND")
            of = exp.Anonymous(this="DATEDIFF_BIG", expressions=[unit, start, end])
            return exp.Paren(this=exp.Div(this=of, expression=number(60_000_000), typed=True))
        case _:
            unit = exp.var("MINUTE")
            return exp.Anonymous(this="TIMESTAMPDIFF", expressions=[unit, start, end])


def day_of_week(dialect: Dialect, day: exp.Expression) -> exp.Expression:
    """The days since Monday."""
    if dialect.name == "oracle":  # whose calendar differs from ours before 1582
        monday = exp.Anonymous(this="TRUNC", expressions=[day, exp.Literal.string("IW")])
        return exp.Sub(this=atom(day), expression=monday)
    # The first day of the calendar was a Monday.
    since = _days(dialect, dialect.day(date.min), day)
    return exp.Mod(this=atom(since), expression=number(7))


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
