"""Dates and moments: columns that hold them, and texts of them in the forms they are read in."""

from __future__ import annotations

from datetime import datetime

from sqlglot import exp

from ..engines.sql.dialects import Dialect, call, case, cast, literal, number
from ..facts.specs import EARLIEST, LATEST
from ..formats.date_forms import DateForm
from .reading import NUMBERS, TEXTS, Converted, Reading, Unconvertible, within
from .schema import Family
from .texts import joined, matches, part_of


def day_of(reading: Reading) -> Converted:
    dialect = reading.dialect
    said: exp.Expression | None = None
    if reading.family is Family.DATE:
        value = reading.raw
    elif reading.family in (Family.MOMENT, Family.ZONED):
        value = cast(_local(reading), "date")
    else:
        said, value = _written(reading, "date")
    return reading.conversion(within(value, dialect.day(EARLIEST), dialect.day(LATEST)), said)


def moment_of(reading: Reading) -> Converted:
    dialect = reading.dialect
    said: exp.Expression | None = None
    if reading.family in (Family.MOMENT, Family.ZONED):
        value: exp.Expression = exp.TimestampTrunc(this=_local(reading), unit=exp.var("SECOND"))
    else:
        said, value = _written(reading, "timestamp")
    first = datetime(EARLIEST.year, 1, 1)
    last = datetime(LATEST.year, 12, 31, 23, 59, 59)
    return reading.conversion(within(value, dialect.moment(first), dialect.moment(last)), said)


def _local(reading: Reading) -> exp.Expression:
    """A date and time by the clocks of the forms' zone."""
    if reading.family is Family.MOMENT:
        return reading.raw
    return exp.AtTimeZone(this=reading.raw, zone=literal(reading.forms.zone))


def _written(reading: Reading, type_: str) -> tuple[exp.Expression, exp.Expression]:
    """What a text says, and the date, or date and time, that it is of."""
    forms, dialect = reading.forms, reading.dialect
    if reading.family not in (*TEXTS, *NUMBERS):
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

    day = joined(part("year"), "-", part("month"), "-", part("day"))
    if "offset" not in form.parts:
        if type_ == "date":
            return dialect.read_time(day, "date")
        time = joined(part("hour"), ":", part("minute"), ":", part("second"))
        return dialect.read_time(joined(day, " ", time), "timestamp")
    time = joined(part("hour"), ":", part("minute"), ":", part("second"))
    local = dialect.at_offset(joined(day, " ", time), part("offset"), zone)
    return cast(local, "date") if type_ == "date" else local
