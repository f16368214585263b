"""Calendars of working days: what is known of which year, and what is no calendar."""

from __future__ import annotations

import pickle
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_rules.language import WorkCalendar, WorkCalendarError

OF_2021 = {"off": ["2021-10-01/2021-10-07"], "worked": ["2021-09-26", "2021-10-09"]}
CALENDAR = WorkCalendar.parse({"2021": OF_2021, "2020": {}, "2023": {"off": []}})


def test_it_is_read_and_written() -> None:
    written = CALENDAR.as_json()
    assert written["2021"] == OF_2021
    assert written["2020"] == {"off": [], "worked": []}
    assert WorkCalendar.parse(written) == CALENDAR
    assert pickle.loads(pickle.dumps(CALENDAR)) == CALENDAR
    assert str(CALENDAR) == "2020, 2021, 2023"


def test_an_ordinary_weekend_is_no_day_off() -> None:
    assert CALENDAR.is_off(date(2021, 10, 2)) is True
    assert CALENDAR.is_off(date(2021, 10, 16)) is False
    assert CALENDAR.is_off(date(2022, 10, 2)) is None


def test_the_ends_of_time() -> None:
    assert CALENDAR.later(date.max, 1) is None
    assert CALENDAR.later(date.min, -1) is None
    assert CALENDAR.unknown_after(date.max, True) == 9999
    assert CALENDAR.unknown_after(date.min, False) == 1
    assert CALENDAR.unknown_after(date(2019, 12, 31), True) == 2022
    assert CALENDAR.unknown_after(date(2022, 1, 1), False) == 2019


@pytest.mark.parametrize(
    ("given", "fault"),
    [
        (5, "expected a calendar such as"),
        ([], "expected a calendar such as"),
        ({"21": 5}, "expected a calendar such as"),
        ({"x": {}}, "expected a calendar such as"),
        ({"2021": {"holidays": []}}, "expected a calendar such as"),
        ({"2021": {"off": "2021-10-01"}}, "expected a calendar such as"),
        ({"2021": {"off": [5]}}, "expected a calendar such as"),
        ({"2021": {"off": ["1 October"]}}, "expected a calendar such as"),
        ({"2021": {"off": ["2021-10-07/2021-10-01"]}}, "expected a calendar such as"),
        ({"1021": {}}, "a year is from 1900 to 2199, found 1021"),
        ({"2021": {"off": ["2022-01-01"]}}, "2022-01-01 is of a year that is not given"),
        ({"2021": {"worked": ["2021-10-08"]}}, "2021-10-08 is no weekend day"),
        (
            {"2021": {"off": ["2021-10-09"], "worked": ["2021-10-09"]}},
            "2021-10-09 is both a day off and worked",
        ),
    ],
)
def test_what_is_no_calendar(given: object, fault: str) -> None:
    with pytest.raises(WorkCalendarError, match=fault) as raised:
        WorkCalendar.parse(given)
    assert raised.value.zh


@given(
    day=st.dates(date(2020, 1, 2), date(2021, 12, 30)),
    number=st.integers(-60, 60).filter(bool),
)
def test_as_many_days_are_passed_as_were_asked(day: date, number: int) -> None:
    """Where the day that is reached is known, and is worked, as each that is reached is."""
    reached = CALENDAR.later(day, number)
    if reached is None:
        return
    assert CALENDAR.later(reached, 0) == reached
    passed = CALENDAR.between(day, reached)
    assert passed is not None
    # Backwards the first day that is passed is the day itself, where that is worked.
    own = CALENDAR.between(date.fromordinal(day.toordinal() - 1), day)
    assert passed == (number if number > 0 else number + 1 - (own or 0))
