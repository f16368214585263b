"""Working days by a calendar of given years, by every engine; derived by hand.

In 2019 China had 1 to 7 October off, and 29 September and 12 October, a Sunday and a Saturday, were
worked. 2020 is not known.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from policy_rules.facts import Fact
from policy_rules.language import DATE, RuleTypeError, WorkCalendar, subject
from policy_rules.language.expressions import Expression
from policy_rules.testing.made_up import Office
from tests.support.found import LABELS, decided, directive
from tests.support.writing import at, defining, says

DAY: Final = date(2019, 9, 1)
OFF: Final = [date(2019, 10, day) for day in range(1, 8)]
WORKED: Final = [date(2019, 9, 29), date(2019, 10, 12)]
KNOWN: Final = WorkCalendar({2019}, OFF, WORKED)
office = subject(Office)
CALENDAR: Final = says("1/1", quote="工作日", **LABELS).sets("working_days", KNOWN)
TWO: Final = says("1/1", quote="工作日", **LABELS).sets(
    "two", WorkCalendar({2018, 2019, 2021}, OFF, WORKED)
)
OPEN: Final = says("1/1", quote="工作日", **LABELS).leaves_open("open", WorkCalendar)


def value(of: Expression, type_: Any, fact: Fact) -> tuple[Any, tuple[str, ...]]:
    """What every engine makes of an expression, and what it needs."""
    told = defining(subject(type(fact)), "told", type_)(**LABELS).by(at("1/1")("字").makes(of))
    answer = decided(directive(told), "told", DAY, [fact])
    return answer.value, answer.needs


@pytest.mark.parametrize(
    ("day", "number", "expected"),
    [
        (date(2019, 9, 27), 1, date(2019, 9, 29)),  # Friday; the Sunday is worked
        (date(2019, 9, 27), 2, date(2019, 9, 30)),
        (date(2019, 9, 27), 3, date(2019, 10, 8)),
        (date(2019, 9, 30), 1, date(2019, 10, 8)),
        (date(2019, 10, 3), 1, date(2019, 10, 8)),
        (date(2019, 10, 3), 0, date(2019, 10, 3)),
        (date(2019, 10, 3), -1, date(2019, 9, 30)),
        (date(2019, 10, 8), -1, date(2019, 9, 30)),
        (date(2019, 10, 8), -2, date(2019, 9, 29)),
        (date(2019, 10, 11), 1, date(2019, 10, 12)),  # a Saturday that is worked
        (date(2019, 10, 12), 1, date(2019, 10, 14)),
        (date(2019, 12, 30), 1, date(2019, 12, 31)),
        (date(2018, 12, 31), 1, date(2019, 1, 1)),  # 2018 is not known, and not asked
        (date(2020, 1, 1), -1, date(2019, 12, 31)),
        (date(2020, 1, 1), 0, date(2020, 1, 1)),
    ],
)
def test_a_day_that_many_working_days_later(day: date, number: int, expected: date) -> None:
    fact = Office(id="O", founded=day, desks=abs(number))
    constant = office.founded.plus_working_days(number, CALENDAR)
    assert value(constant, DATE, fact) == (expected, ())
    by = office.desks if number >= 0 else 0 - office.desks
    assert value(office.founded.plus_working_days(by, CALENDAR), DATE, fact) == (expected, ())


@pytest.mark.parametrize(
    ("day", "number", "year"),
    [
        (date(2019, 12, 31), 1, 2020),
        (date(2019, 12, 31), 10**9, 2020),
        (date(2019, 1, 1), -1, 2018),
        (date(2019, 6, 1), -200, 2018),
        (date(2018, 12, 30), 1, 2018),
        (date(2020, 1, 2), -1, 2020),
        (date(2021, 5, 1), 1, 2021),
    ],
)
def test_a_year_that_is_not_known_is_needed(day: date, number: int, year: int) -> None:
    moved = office.founded.plus_working_days(number, CALENDAR)
    needs = (f"parameters.working_days.{year}",)
    assert value(moved, DATE, Office(id="O", founded=day)) == (None, needs)
    assert value(moved <= date(2019, 10, 8), bool, Office(id="O", founded=day)) == (None, needs)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2019, 9, 27), date(2019, 9, 30), 2),
        (date(2019, 9, 30), date(2019, 10, 7), 0),
        (date(2019, 9, 30), date(2019, 10, 8), 1),
        (date(2019, 10, 8), date(2019, 9, 30), -1),
        (date(2019, 10, 8), date(2019, 10, 8), 0),
        (date(2020, 10, 8), date(2020, 10, 8), 0),
        (date(2018, 12, 31), date(2019, 1, 4), 4),
        # 52 weeks and a Tuesday have 261 weekdays; less 1 to 4 and 7 October, and 2 more
        (date(2018, 12, 31), date(2019, 12, 31), 258),
    ],
)
def test_working_days_between(start: date, end: date, days: int) -> None:
    between = office.founded.working_days_until(end, CALENDAR)
    assert value(between, int, Office(id="O", founded=start)) == (days, ())
    assert str(between) == f"working_days(office.founded, {end}, working_days)"


@pytest.mark.parametrize(
    ("start", "end", "year"),
    [
        (date(2019, 12, 31), date(2020, 1, 1), 2020),
        (date(2020, 1, 1), date(2019, 12, 31), 2020),
        (date(2018, 12, 30), date(2019, 6, 1), 2018),
        (date(2022, 5, 1), date(2022, 6, 1), 2022),
    ],
)
def test_years_between_that_are_not_known(start: date, end: date, year: int) -> None:
    between = office.founded.working_days_until(end, CALENDAR)
    fact = Office(id="O", founded=start)
    assert value(between, int, fact) == (None, (f"parameters.working_days.{year}",))


def test_a_year_in_between_is_not_skipped() -> None:
    """2018, 2019 and 2021 are known: what is counted across 2020 is not."""
    fact = Office(id="O", founded=date(2019, 12, 31))
    over = office.founded.plus_working_days(1, TWO)
    assert value(over, DATE, fact) == (None, ("parameters.two.2020",))
    between = office.founded.working_days_until(date(2021, 1, 4), TWO)
    assert value(between, int, fact) == (None, ("parameters.two.2020",))
    back = office.founded.plus_working_days(-261, TWO)
    assert value(back, DATE, fact) == (date(2018, 12, 26), ())


def test_what_else_is_needed() -> None:
    moved = office.founded.plus_working_days(office.desks, OPEN)
    assert value(moved, DATE, Office(id="O")) == (
        None, ("offices/O.desks", "offices/O.founded", "parameters.open"),
    )  # fmt: skip
    unknown = office.founded.plus_working_days(office.desks, CALENDAR)
    assert value(unknown, DATE, Office(id="O", desks=10**0)) == (None, ("offices/O.founded",))
    assert value(office.founded.working_days_until(DAY, OPEN), int, Office(id="O"))[1] == (
        "offices/O.founded", "parameters.open",
    )  # fmt: skip


def test_what_is_no_calendar_is_refused() -> None:
    number = says("1/1", quote="3", **LABELS).sets("three", 3)
    with pytest.raises(RuleTypeError, match="must be calendar of working days, found integer"):
        office.founded.plus_working_days(3, number)
    with pytest.raises(RuleTypeError, match="the number of working days must be integer"):
        office.founded.plus_working_days(office.desks / 2, CALENDAR)
    with pytest.raises(RuleTypeError, match="calendar of working days cannot be compared"):
        CALENDAR.is_(CALENDAR)
    with pytest.raises(RuleTypeError, match="the end must be date"):
        office.founded.working_days_until(office.desks, CALENDAR)


def test_two_questions_about_one_day() -> None:
    """Within three working days, and on the second of them at the earliest."""
    within = office.founded.plus_working_days(3, CALENDAR) >= date(2019, 10, 8)
    passed = office.founded.working_days_until(date(2019, 10, 8), CALENDAR) >= 2
    for day, expected in ((date(2019, 9, 27), True), (date(2019, 9, 30), False)):
        assert value(within & passed, bool, Office(id="O", founded=day)) == (expected, ())
