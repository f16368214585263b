"""Working days in SQL: of each year that a calendar knows, the number of those up to each day.

They stand in one text a year, three digits for each day, and the days of the year on which people
work in another. Each stretch of years that follow each other is counted from a beginning of its
own, far from the others, so that a way that leads beyond it finds nothing: it is unknown.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from attrs import frozen
from sqlglot import exp

from ...language.expressions import (
    ByCalendar,
    Constant,
    WorkingDays,
    WorkingDaysLater,
    as_node,
)
from ...language.work_calendars import Stretch, WorkCalendar, stretches
from .context import Context
from .days import elapsed, moved
from .dialects import (
    SQL_NULL,
    atom,
    case,
    cast,
    equal,
    is_given,
    is_null,
    number,
    sql_and,
)
from .places import RowScope

_DAY: Final = timedelta(days=1)
_DIGITS: Final = 3
_APART: Final = 1_000_000
_MOST: Final = 366 * 300  # no calendar knows more days


@frozen
class _Year:
    """A year that is known: how many working days of its stretch come before it, and its own."""

    first: date
    before: int
    days: tuple[date, ...]

    @property
    def last(self) -> date:
        return date(self.first.year, 12, 31)

    def up_to(self) -> str:
        """How many working days of the year there are up to each day, one after the other."""
        every = [self.first + of * _DAY for of in range((self.last - self.first).days + 1)]
        return "".join(f"{sum(day <= each for day in self.days):0{_DIGITS}}" for each in every)

    def places(self) -> str:
        """The days after the first of the year on which people work, one after the other."""
        return "".join(f"{(day - self.first).days:0{_DIGITS}}" for day in self.days)


def _years(place: int, stretch: Stretch) -> Iterator[_Year]:
    for year in range(stretch.first.year, stretch.last.year + 1):
        first = date(year, 1, 1)
        own = tuple(day for day in stretch.days if day.year == year)
        yield _Year(first, place * _APART + stretch.place(first), own)


class WorkingDaysOf:
    """What a query works out by calendars, each once for its rows."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dialect = context.dialect
        self._values: dict[object, exp.Expression] = {}
        self._counted: dict[object, exp.Expression] = {}

    def value(self, node: ByCalendar, scope: RowScope) -> exp.Expression:
        """The day, or the number of working days; NULL where it is unknown."""
        identity = self._context.identity(as_node(node), scope)
        found = self._values.get(identity)
        if found is None:
            found = self._values[identity] = self._value(node, scope)
        return found

    def _value(self, node: ByCalendar, scope: RowScope) -> exp.Expression:
        asked = self._asked(node, scope)
        if asked is None:
            return SQL_NULL
        calendar, first, second = asked
        if isinstance(node, WorkingDays):
            begun = self._up_to(calendar, scope, first)
            ended = self._up_to(calendar, scope, second)
            passed = exp.Paren(this=exp.Sub(this=ended, expression=begun))
            within = exp.LT(this=exp.Abs(this=passed), expression=number(_APART // 2))
            return case([(equal(first, second), number(0)), (within, passed)])
        return self._later(calendar, scope, first, second)

    def _asked(
        self, node: ByCalendar, scope: RowScope
    ) -> tuple[WorkCalendar, exp.Expression, exp.Expression] | None:
        """The calendar and the two values, or None where one is plainly unknown."""
        assert isinstance(node, WorkingDays | WorkingDaysLater)
        parts = (node.start, node.end) if isinstance(node, WorkingDays) else (node.item, node.by)
        first, second = (self._context.value(part, scope) for part in parts)
        if first is SQL_NULL or second is SQL_NULL or not isinstance(node.calendar, Constant):
            return None
        return node.calendar.value, first, second

    def _up_to(
        self, calendar: WorkCalendar, scope: RowScope, day: exp.Expression
    ) -> exp.Expression:
        """How many working days there are up to a day of a stretch, or the day before it."""
        identity = scope.relation, calendar, day
        found = self._counted.get(identity)
        if found is None:
            found = scope.relation.add("working_days", self._counting(calendar, day))
            self._counted[identity] = found
        return found

    def _counting(self, calendar: WorkCalendar, day: exp.Expression) -> exp.Expression:
        dialect = self._dialect
        branches: list[tuple[exp.Expression, exp.Expression]] = []
        for place, each in enumerate(stretches(calendar)):
            for year in _years(place, each):
                first, last = dialect.day(year.first), dialect.day(year.last)
                within = exp.Between(this=atom(day), low=first, high=last)
                offset = elapsed(dialect, dialect.day(year.first), day, "days")
                read = self._read(year.up_to(), offset)
                branches.append((within, exp.Add(this=number(year.before), expression=read)))
            eve = dialect.day(each.first - _DAY)
            branches.append((equal(day, eve), number(place * _APART)))
        return case(branches)

    def _read(self, text: str, place: exp.Expression) -> exp.Expression:
        """The number that stands at a place of a text."""
        start = exp.Add(
            this=exp.Mul(this=number(_DIGITS), expression=atom(place)), expression=number(1)
        )
        literal = exp.Literal.string(text)
        part = exp.Substring(this=literal, start=start, length=number(_DIGITS))
        return cast(part, "int")

    def _later(
        self, calendar: WorkCalendar, scope: RowScope, day: exp.Expression, by: exp.Expression
    ) -> exp.Expression:
        dialect, relation = self._dialect, scope.relation
        eve = moved(dialect, day, -1, "days", near=False)
        forward, back = (self._up_to(calendar, scope, each) for each in (day, eve))
        far = exp.GT(this=exp.Abs(this=by), expression=number(_MOST))
        ahead = exp.GT(this=atom(by), expression=number(0))
        behind = exp.LT(this=atom(by), expression=number(0))
        after = exp.Add(this=forward, expression=atom(by))
        before = exp.Add(this=exp.Add(this=back, expression=atom(by)), expression=number(1))
        target = case([(far, cast(SQL_NULL, "bigint")), (ahead, after), (behind, before)])
        column = relation.add("working_day", cast(target, "bigint"))
        branches: list[tuple[exp.Expression, exp.Expression]] = [(equal(by, number(0)), day)]
        for place, each in enumerate(stretches(calendar)):
            for year in _years(place, each):
                low, high = number(year.before + 1), number(year.before + len(year.days))
                within = exp.Between(this=column, low=low, high=high)
                # PostgreSQL takes no bigint for a place in a text.
                offset = cast(exp.Sub(this=column, expression=low.copy()), "int")
                days = self._read(year.places(), offset)
                found = moved(dialect, dialect.day(year.first), days, "days", near=False)
                branches.append((within, found))
        return case(branches, cast(SQL_NULL, "date"))

    def unknown_years(
        self, node: ByCalendar, scope: RowScope, when: exp.Expression
    ) -> list[tuple[exp.Expression, exp.Expression]]:
        """The year that the calendar does not know, as what is needed, and when it is."""
        asked = self._asked(node, scope)
        if asked is None:
            return []
        calendar, first, second = asked
        value = self.value(node, scope)
        unknown = sql_and(when, is_null(value), is_given(first), is_given(second))
        if isinstance(node, WorkingDays):
            start = case([(exp.LT(this=atom(second), expression=atom(first)), second)], first)
            return [(unknown, self._year_text(node, calendar, start, 1))]
        ahead = exp.GT(this=atom(second), expression=number(0))
        behind = exp.LT(this=atom(second), expression=number(0))
        return [
            (sql_and(unknown, side), self._year_text(node, calendar, first, step))
            for side, step in ((ahead, 1), (behind, -1))
        ]

    def _year_text(
        self, node: ByCalendar, calendar: WorkCalendar, day: exp.Expression, step: int
    ) -> exp.Expression:
        dialect = self._dialect
        year = dialect.part("YEAR", moved(dialect, day, step, "days", near=False))
        branches = []
        for each in stretches(calendar):
            low, high = number(each.first.year), number(each.last.year)
            beyond = each.last.year + 1 if step > 0 else each.first.year - 1
            within = exp.Between(this=atom(year), low=low, high=high)
            branches.append((within, number(beyond)))
        written = cast(case(branches, year), dialect.text_type)
        return exp.DPipe(this=dialect.text(f"parameters.{node.named}."), expression=written)
