"""Dates and moments moved, and the time between them: anniversaries as dateutil counts them.

29 February plus a year is 28 February, 31 January plus a month the last day of February. A number
can be set by the user or come of facts, so any number has to come to a date: beyond the calendar it
is its last day, or its first.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from ..language.expressions import ByCalendar, WorkingDays, WorkingDaysLater
from ..language.weekdays import Weekday
from ..language.work_calendars import WorkCalendar

_MINUTE: Final = timedelta(minutes=1)
_WEEK: Final = tuple(Weekday)


def plus_years(day: date, years: int) -> date:
    """The same day that many years later."""
    try:
        return day + relativedelta(years=years)
    except (OverflowError, ValueError):
        return date.max if years > 0 else date.min


def plus_months(day: date, months: int) -> date:
    """The same day that many months later, or the last of that month."""
    try:
        return day + relativedelta(months=months)
    except (OverflowError, ValueError):
        return date.max if months > 0 else date.min


def plus_days(day: date, days: int) -> date:
    """The day that many days later."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def plus_minutes(moment: datetime, minutes: int) -> datetime:
    """The moment that many minutes later."""
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        return datetime.max if minutes > 0 else datetime.min


def full_years(start: date, end: date) -> int:
    """The whole years between two dates; 0 or less where the end comes first."""
    return relativedelta(end, start).years


def full_days(start: date, end: date) -> int:
    """The days between two dates; 0 or less where the end comes first."""
    return (end - start).days


def full_minutes(start: datetime, end: datetime) -> int:
    """The whole minutes between two moments; 0 or less where the end comes first."""
    return (end - start) // _MINUTE if end >= start else -((start - end) // _MINUTE)


def weekday(day: date) -> Weekday:
    """The day of the week of a date."""
    return _WEEK[day.weekday()]


MOVED: Final[Mapping[str, Callable[[Any, int], Any]]] = {
    "years": plus_years, "months": plus_months, "days": plus_days, "minutes": plus_minutes,
}  # fmt: skip
ELAPSED: Final[Mapping[str, Callable[[Any, Any], int]]] = {
    "years": full_years, "days": full_days, "minutes": full_minutes,
}  # fmt: skip


def plus_working_days(calendar: WorkCalendar, day: date, days: int) -> date | None:
    """The day that many working days later; None where the calendar does not know."""
    return calendar.later(day, days)


def working_days(calendar: WorkCalendar, start: date, end: date) -> int | None:
    """The working days between two dates; None where the calendar does not know."""
    return calendar.between(start, end)


BY_CALENDAR: Final[Mapping[type[ByCalendar], Callable[..., Any]]] = {
    WorkingDaysLater: plus_working_days, WorkingDays: working_days,
}  # fmt: skip


def unknown_year(node: ByCalendar, calendar: WorkCalendar, first: date, second: Any) -> int:
    """The first year that a calendar does not know, on the way that is asked for."""
    if isinstance(node, WorkingDaysLater):
        return calendar.unknown_after(first, second > 0)
    return calendar.unknown_after(min(first, second), True)
