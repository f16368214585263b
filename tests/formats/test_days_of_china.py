"""The working days that China announced, which a library knows."""

from __future__ import annotations

import sys
from datetime import date

import pytest

from policy_rules.formats.days_of_china import days_of_china
from policy_rules.language import WorkCalendarError


def test_days_off_and_weekend_days_worked() -> None:
    """国办发明电〔2020〕27号: 1 to 7 October off, 26 September and 9 October worked."""
    calendar = days_of_china([2021])
    assert calendar.years == {2021}
    assert calendar.later(date(2021, 9, 30), 1) == date(2021, 10, 8)
    assert calendar.later(date(2021, 10, 8), 1) == date(2021, 10, 9)
    assert calendar.later(date(2021, 9, 24), 1) == date(2021, 9, 26)
    assert calendar.is_off(date(2021, 4, 5)) is True
    assert calendar.later(date(2021, 12, 31), 1) is None


def test_a_year_that_is_not_announced_is_refused() -> None:
    with pytest.raises(WorkCalendarError, match="the days off of 2199 are not known, but those of"):
        days_of_china([2021, 2199])


def test_without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    with pytest.raises(WorkCalendarError, match="pip install 'policy-rules"):
        days_of_china([2021])
