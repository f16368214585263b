"""Calendars of working days: days off and the weekend days that are worked, year by year.

They are dated data, given from outside: nobody knows the days off of a year before they are
announced, so a year that is not given is unknown.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import ClassVar, Final

from attrs import field, frozen

from .recurrences import Period, Recurrence

_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5
_YEARS: Final = range(1900, 2200)


def _years(given: Iterable[int]) -> frozenset[int]:
    return frozenset(given)


def _dates(given: Iterable[date]) -> frozenset[date]:
    return frozenset(given)


class WorkCalendarError(ValueError):
    """What is given as a calendar of working days is none; `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en


@frozen
class WorkCalendar:
    """The days on which people work, for the years that are known.

    A day is worked from Monday to Friday unless it is among the days `off`, and on Saturday and
    Sunday if it is among those `worked` (as for 调休). `years` are those of which all such days
    are given; days of other years are refused. Raises WorkCalendarError, also for a day in both.
    """

    EXAMPLE: ClassVar = (
        '{"2021": {"off": ["2021-10-01/2021-10-07"], "worked": ["2021-09-26", "2021-10-09"]}}'
    )

    years: frozenset[int] = field(converter=_years)
    off: frozenset[date] = field(converter=_dates)
    worked: frozenset[date] = field(default=frozenset(), converter=_dates)

    def __attrs_post_init__(self) -> None:
        beyond = [year for year in self.years if year not in _YEARS]
        if beyond:
            raise WorkCalendarError(
                f"年份应在1900至2199之间，实为 {min(beyond)}",
                f"a year is from 1900 to 2199, found {min(beyond)}",
            )
        for day in sorted(self.off | self.worked):
            if day.year not in self.years:
                raise WorkCalendarError(
                    f"{day} 所在年份未列出；请列出该年全部放假、调休日期",
                    f"{day} is of a year that is not given; give all days off of that year",
                )
        both = self.off & self.worked
        if both:
            raise WorkCalendarError(
                f"{min(both)} 既为放假又为上班", f"{min(both)} is both a day off and worked"
            )
        for day in sorted(self.worked):
            if day.weekday() < _SATURDAY:
                raise WorkCalendarError(
                    f"{day} 不是周六、周日，本为工作日",
                    f"{day} is no weekend day, and worked as it is",
                )

    @classmethod
    def parse(cls, given: object) -> WorkCalendar:
        """The calendar that JSON gives: `{"2021": {"off": ["2021-10-01/2021-10-07"],
        "worked": ["2021-09-26"]}}`.

        A stretch of days is written by its first and last. Raises WorkCalendarError.
        """
        if not isinstance(given, Mapping):
            raise _no_calendar(given)
        years, off, worked = [], list[date](), list[date]()
        for year, listed in given.items():
            if not (isinstance(year, str) and year.isdecimal() and isinstance(listed, Mapping)):
                raise _no_calendar({year: listed})
            unknown = set(listed) - {"off", "worked"}
            if unknown:
                raise _no_calendar({year: listed})
            years.append(int(year))
            off += _days(listed.get("off", []))
            worked += _days(listed.get("worked", []))
        return cls(years, off, worked)

    def as_json(self) -> dict[str, dict[str, list[str]]]:
        """The same as JSON has it, which `parse` reads."""
        return {
            str(year): {
                name: [str(each) for each in _stretches(day for day in days if day.year == year)]
                for name, days in (("off", self.off), ("worked", self.worked))
            }
            for year in sorted(self.years)
        }

    def __str__(self) -> str:
        """The years that are known."""
        return ", ".join(str(year) for year in sorted(self.years))

    def is_off(self, day: date) -> bool | None:
        """Whether it is among the days off, which an ordinary weekend is not; None: not known."""
        return day in self.off if day.year in self.years else None

    def later(self, day: date, number: int) -> date | None:
        """The day that many working days later, the day itself not counted; None: not known.

        Earlier where the number is negative; the day itself, also one off, where it is 0.
        """
        if number == 0:
            return day
        first = _next(day, 1 if number > 0 else -1)
        stretch = self.stretch(first)
        if stretch is None:
            return None
        place = stretch.place(first) + number - 1 if number > 0 else stretch.after(first) + number
        return stretch.days[place] if 0 <= place < len(stretch.days) else None

    def between(self, start: date, end: date) -> int | None:
        """The working days after `start`, up to and with `end`; None: not known.

        Where the end comes first, as many, negative.
        """
        if end < start:
            back = self.between(end, start)
            return None if back is None else -back
        if start == end:
            return 0
        stretch = self.stretch(start + _DAY)
        if stretch is None or end > stretch.last:
            return None
        return stretch.after(end) - stretch.place(start + _DAY)

    def unknown_after(self, day: date, later: bool) -> int:
        """The first year that is not known, from the day on that follows a day (or is before it).

        It is what has to be given next, where something is counted that goes beyond the calendar.
        """
        step = 1 if later else -1
        year = _next(day, step).year
        while year in self.years:
            year += step
        return year

    def stretch(self, day: date) -> Stretch | None:
        """The known years around a day, if its own is."""
        return next((each for each in stretches(self) if each.first <= day <= each.last), None)


@frozen
class RecurrenceWithout(Recurrence):
    """A recurrence less the days off of a calendar, as EXDATE takes days away in RFC 5545.

    `calendar` is None where none is given; `named` is what it is called.
    """

    calendar: WorkCalendar | None
    named: str

    def takes_away(self, period: Period) -> bool | None:
        """Whether every day of a period is a day off, so that nothing is asked; None: not known."""
        known = [self._is_off(day) for day in _days_of(period)]
        return False if False in known else None if None in known else True

    def unknown_years(self, period: Period) -> frozenset[str]:
        """The years of a period of which the days off are not known: `holidays.2021`."""
        days = (day for day in _days_of(period) if self._is_off(day) is None)
        return frozenset(f"{self.named}.{day.year}" for day in days)

    def _is_off(self, day: date) -> bool | None:
        return None if self.calendar is None else self.calendar.is_off(day)


def _days_of(period: Period) -> Iterator[date]:
    return (period.first + of * _DAY for of in range((period.last - period.first).days + 1))


@frozen
class Stretch:
    """Years that follow each other, all known, with their working days."""

    first: date
    last: date
    days: tuple[date, ...]

    def place(self, day: date) -> int:
        """How many working days are before the day."""
        return bisect_left(self.days, day)

    def after(self, day: date) -> int:
        """How many working days there are up to and with the day."""
        return bisect_right(self.days, day)


@lru_cache(maxsize=64)
def stretches(calendar: WorkCalendar) -> tuple[Stretch, ...]:
    """The stretches of years that a calendar knows, in their order."""
    found = []
    for year in sorted(calendar.years):
        if year - 1 in calendar.years:
            continue
        end = year
        while end + 1 in calendar.years:
            end += 1
        first, last = date(year, 1, 1), date(end, 12, 31)
        every = (first + number * _DAY for number in range((last - first).days + 1))
        found.append(Stretch(first, last, tuple(day for day in every if _is_worked(calendar, day))))
    return tuple(found)


def _next(day: date, step: int) -> date:
    """The day after, or before; at an end of the calendar itself."""
    return day if day == (date.max if step > 0 else date.min) else day + step * _DAY


def _is_worked(calendar: WorkCalendar, day: date) -> bool:
    if day.weekday() < _SATURDAY:
        return day not in calendar.off
    return day in calendar.worked


def _no_calendar(given: object) -> WorkCalendarError:
    form = WorkCalendar.EXAMPLE
    return WorkCalendarError(
        f"应为工作日历，如 {form}，实为 {str(given)[:80]}",
        f"expected a calendar such as {form}, found {str(given)[:80]}",
    )


def _days(given: object) -> Iterator[date]:
    if not isinstance(given, list):
        raise _no_calendar(given)
    for each in given:
        if not isinstance(each, str):
            raise _no_calendar(given)
        first, _, last = each.partition("/")
        try:
            day, end = date.fromisoformat(first), date.fromisoformat(last or first)
        except ValueError:
            raise _no_calendar(each) from None
        if not 0 <= (end - day).days < 366:
            raise _no_calendar(each)
        while day <= end:
            yield day
            day += _DAY


def _stretches(days: Iterable[date]) -> Iterator[Period]:
    listed = sorted(days)
    while listed:
        length = 1
        while length < len(listed) and listed[length] == listed[0] + length * _DAY:
            length += 1
        yield Period(listed[0], listed[length - 1])
        listed = listed[length:]
