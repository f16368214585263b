"""Dates moved: anniversaries as dateutil counts them, 29 February plus a year is 28 February."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from dateutil.relativedelta import relativedelta


def plus_years(day: date, years: int) -> date:
    """The same day that many years later; beyond the calendar, its last (or first) day.

    A number of years can be set by the user, so any number has to come to a date.
    """
    try:
        return day + relativedelta(years=years)
    except (OverflowError, ValueError):
        return date.max if years > 0 else date.min


def full_years(start: date, end: date) -> int:
    """The whole years between two dates; 0 or less where the end comes first."""
    return relativedelta(end, start).years


def plus_minutes(moment: datetime, minutes: int) -> datetime:
    """The moment that many minutes later; beyond the calendar, its last (or first) moment."""
    try:
        return moment + timedelta(minutes=minutes)
    except OverflowError:
        return datetime.max if minutes > 0 else datetime.min
