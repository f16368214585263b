"""Dates and moments moved and the time between them, by every engine; derived by hand."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Final

import pytest

from policy_rules.facts import Fact
from policy_rules.language import DATE, Weekday, choice_of, subject
from policy_rules.language.expressions import Expression
from policy_rules.language.types import MOMENT
from policy_rules.testing.made_up import Claim, Office
from tests.support.found import LABELS, decided, directive
from tests.support.writing import at, defining, says

DAY: Final = date(2019, 9, 1)
office = subject(Office)
claim = subject(Claim)
OPEN: Final = says("1/1", quote="若干", **LABELS).leaves_open("open", int)


def value(of: Expression, type_: Any, fact: Fact) -> tuple[Any, tuple[str, ...]]:
    """What every engine makes of an expression, and what it needs."""
    told = defining(subject(type(fact)), "told", type_)(**LABELS).by(at("1/1")("字").makes(of))
    answer = decided(directive(told), "told", DAY, [fact])
    return answer.value, answer.needs


def on(year: int, month: int, day: int, desks: int | None = None) -> Office:
    """An office that was founded on a day."""
    return Office(id="O", founded=date(year, month, day), desks=desks)


@pytest.mark.parametrize(
    ("moved", "fact", "expected"),
    [
        # the last day of a month, where the month has no such day
        (office.founded.plus_months(1), on(2019, 1, 31), date(2019, 2, 28)),
        (office.founded.plus_months(1), on(2020, 1, 31), date(2020, 2, 29)),
        (office.founded.plus_months(1), on(2019, 2, 28), date(2019, 3, 28)),
        (office.founded.plus_months(13), on(2019, 1, 30), date(2020, 2, 29)),
        (office.founded.plus_months(-1), on(2019, 3, 31), date(2019, 2, 28)),
        (office.founded.plus_months(-2), on(2020, 1, 15), date(2019, 11, 15)),
        (office.founded.plus_months(0), on(2019, 1, 31), date(2019, 1, 31)),
        (office.founded.plus_days(1), on(2019, 2, 28), date(2019, 3, 1)),
        (office.founded.plus_days(1), on(2020, 2, 28), date(2020, 2, 29)),
        (office.founded.plus_days(-1), on(2019, 1, 1), date(2018, 12, 31)),
        (office.founded.plus_days(365), on(2019, 7, 16), date(2020, 7, 15)),
        # by a number of the fact
        (office.founded.plus_days(office.desks), on(2019, 2, 27, 3), date(2019, 3, 2)),
        (office.founded.plus_months(office.desks), on(2019, 1, 31, 3), date(2019, 4, 30)),
        (office.founded.plus_years(office.desks), on(2016, 2, 29, 3), date(2019, 2, 28)),
        (office.founded.plus_years(office.desks), on(2016, 2, 29, 4), date(2020, 2, 29)),
        (office.founded.plus_days(0 - office.desks), on(2019, 3, 1, 1), date(2019, 2, 28)),
        (office.founded.plus_months(0 - office.desks), on(2019, 3, 31, 1), date(2019, 2, 28)),
        (office.founded.plus_years(0 - office.desks), on(2020, 2, 29, 1), date(2019, 2, 28)),
        # beyond the calendar, its ends
        (office.founded.plus_years(office.desks * 1_000), on(2019, 7, 16, 7), date(9019, 7, 16)),
        (office.founded.plus_years(office.desks * 1_000), on(2019, 7, 16, 8), date.max),
        (office.founded.plus_years(office.desks * -1_000), on(2019, 7, 16, 2), date(19, 7, 16)),
        (office.founded.plus_years(office.desks * -1_000), on(2019, 7, 16, 3), date.min),
        (office.founded.plus_years(office.desks * 10**15), on(2019, 7, 16, 9), date.max),
        (office.founded.plus_months(office.desks * 10**20), on(2019, 7, 16, 9), date.max),
        (office.founded.plus_days(office.desks * -(10**20)), on(2019, 7, 16, 9), date.min),
        (office.founded.plus_months(95_765), on(2019, 7, 16), date(9999, 12, 16)),
        (office.founded.plus_months(95_766), on(2019, 7, 16), date.max),
        (office.founded.plus_months(-24_222), on(2019, 7, 16), date(1, 1, 16)),
        (office.founded.plus_months(-24_223), on(2019, 7, 16), date.min),
        (office.founded.plus_days(10**12), on(2019, 7, 16), date.max),
        (office.founded.plus_days(-(10**12)), on(2019, 7, 16), date.min),
        # each of five steps is near, all of them are not
        (
            office.founded.plus_years(1_799).plus_years(1_799).plus_years(1_799)
            .plus_years(1_799).plus_years(1_799),
            on(2019, 7, 16), date.max,
        ),
        (
            office.founded.plus_years(1_799).plus_years(1_799).plus_years(-1_799),
            on(2019, 7, 16), date(3818, 7, 16),
        ),
    ],
)  # fmt: skip
def test_dates_moved(moved: Expression, fact: Office, expected: date) -> None:
    assert value(moved, DATE, fact) == (expected, ())


@pytest.mark.parametrize(
    ("moved", "needs"),
    [
        (office.founded.plus_days(office.desks), ("offices/O.desks", "offices/O.founded")),
        (office.founded.plus_months(OPEN), ("offices/O.founded", "parameters.open")),
        (office.founded.plus_years(OPEN + 1), ("offices/O.founded", "parameters.open")),
    ],
)
def test_what_a_date_moved_needs(moved: Expression, needs: tuple[str, ...]) -> None:
    assert value(moved, DATE, Office(id="O")) == (None, needs)


@pytest.mark.parametrize(
    ("desks", "expected"),
    [
        (0, datetime(2019, 12, 31, 23, 57, 30)),
        (3, datetime(2020, 1, 1, 0, 0, 30)),
        (9, datetime(2020, 1, 1, 0, 6, 30)),
    ],
)
@pytest.mark.parametrize("sign", [1, -1])
def test_moments_moved_by_a_number_of_the_fact(desks: int, expected: datetime, sign: int) -> None:
    at_ = datetime(2019, 12, 31, 23, 57, 30) if sign > 0 else expected
    moved = office.checked_at.plus_minutes(office.desks * sign)
    other = expected if sign > 0 else datetime(2019, 12, 31, 23, 57, 30)
    assert value(moved, MOMENT, Office(id="O", checked_at=at_, desks=desks)) == (other, ())


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        # 9999-12-31 23:59 less 2019-09-01 12:00 are 2,914,756 days and 719 minutes
        (4_197_249_359, datetime(9999, 12, 31, 23, 59)),
        (4_197_249_360, datetime.max),
        (10**18, datetime.max),
        (-(10**18), datetime.min),
        # 737,302 days after 0001-01-01
        (-737_302 * 1_440 - 720, datetime(1, 1, 1)),
        (-737_302 * 1_440 - 721, datetime.min),
    ],
)
def test_moments_moved_to_the_ends_of_the_calendar(step: int, expected: datetime) -> None:
    fact = Office(id="O", checked_at=datetime(2019, 9, 1, 12), desks=1)
    assert value(office.checked_at.plus_minutes(step), MOMENT, fact) == (expected, ())
    assert value(office.checked_at.plus_minutes(office.desks * step), MOMENT, fact)[0] == expected


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2019, 2, 28), date(2019, 3, 1), 1),
        (date(2020, 2, 28), date(2020, 3, 1), 2),
        (date(2019, 3, 1), date(2019, 3, 1), 0),
        (date(2019, 3, 1), date(2018, 3, 1), -365),
        (date(1900, 1, 1), date(2199, 12, 31), 109_572),
    ],
)
def test_days_between(start: date, end: date, days: int) -> None:
    between = office.founded.days_until(end)
    assert value(between, int, Office(id="O", founded=start)) == (days, ())


@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        (datetime(2019, 9, 1, 8), datetime(2019, 9, 1, 8, 5), 5),
        (datetime(2019, 9, 1, 8, 0, 30), datetime(2019, 9, 1, 8, 5, 29), 4),
        (datetime(2019, 9, 1, 8, 0, 30), datetime(2019, 9, 1, 8, 5, 30), 5),
        (datetime(2019, 9, 1, 8, 0, 59), datetime(2019, 9, 1, 8, 1), 0),
        (datetime(2019, 9, 1, 8, 1), datetime(2019, 9, 1, 8, 0, 59), 0),
        (datetime(2019, 9, 1, 8, 5), datetime(2019, 9, 1, 8, 3, 30), -1),
        (datetime(2019, 9, 1, 8, 5), datetime(2019, 9, 1, 8, 3), -2),
        (datetime(2019, 12, 31, 23, 59), datetime(2020, 1, 2), 1_441),
        (datetime(2019, 9, 1), datetime(2019, 9, 1, 0, 0, 59), 0),
        # 300 years less one second: 109,572 days and 1,439 minutes
        (datetime(1900, 1, 1), datetime(2199, 12, 31, 23, 59, 59), 157_785_119),
        (datetime(2199, 12, 31, 23, 59, 59), datetime(1900, 1, 1), -157_785_119),
    ],
)
def test_minutes_between(start: datetime, end: datetime, minutes: int) -> None:
    between = office.checked_at.minutes_until(end)
    assert value(between, int, Office(id="O", checked_at=start)) == (minutes, ())


def test_what_the_time_between_needs() -> None:
    assert value(office.founded.days_until(DAY), int, Office(id="O")) == (
        None, ("offices/O.founded",),
    )  # fmt: skip
    assert value(office.founded.days_until(claim_day()), int, on(2019, 1, 1)) == (
        None, ("parameters.day",),
    )  # fmt: skip


def claim_day() -> Expression:
    """A day that the text leaves open."""
    return says("1/1", quote="某日", **LABELS).leaves_open("day", date)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2019, 9, 1), Weekday.SUNDAY),
        (date(2019, 9, 2), Weekday.MONDAY),
        (date(2020, 2, 29), Weekday.SATURDAY),
        (date(1900, 1, 1), Weekday.MONDAY),
        (date(2199, 12, 31), Weekday.TUESDAY),
    ],
)
def test_the_day_of_the_week(day: date, expected: Weekday) -> None:
    fact = Office(id="O", founded=day)
    assert value(office.founded.weekday(), choice_of(Weekday), fact) == (expected, ())
    weekend = office.founded.weekday().is_in({Weekday.SATURDAY, Weekday.SUNDAY})
    assert value(weekend, bool, fact)[0] is (expected in (Weekday.SATURDAY, Weekday.SUNDAY))
    assert value(weekend, bool, Office(id="O")) == (None, ("offices/O.founded",))
    assert value(office.founded.plus_days(1).weekday().is_(expected), bool, fact)[0] is False
    assert value(claim_day().weekday().is_(expected), bool, fact) == (None, ("parameters.day",))
