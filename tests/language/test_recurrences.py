"""Recurrences: how they are written, and their periods."""

from __future__ import annotations

import re
import sys
from datetime import date

import pytest

from policy_rules.language import DEADLINE, Recurrence, each, first_known, held
from policy_rules.language.expressions import Periods
from policy_rules.language.types import RuleTypeError
from policy_rules.testing.made_up import Clerk
from tests.support.found import LABELS
from tests.support.writing import says

# How they are written


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("daily", "FREQ=DAILY"),
        ("每日", "FREQ=DAILY"),
        ("weekly", "FREQ=WEEKLY"),
        ("每周", "FREQ=WEEKLY"),
        ("monthly", "FREQ=MONTHLY"),
        ("每月", "FREQ=MONTHLY"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("每季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("half-yearly", "FREQ=MONTHLY;INTERVAL=6"),
        ("每半年", "FREQ=MONTHLY;INTERVAL=6"),
        ("yearly", "FREQ=YEARLY"),
        ("每年", "FREQ=YEARLY"),
        (" Weekly ", "FREQ=WEEKLY"),
        ("freq=weekly;byday=tu,th", "FREQ=WEEKLY;BYDAY=TU,TH"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "FREQ=MONTHLY;BYDAY=1MO,-1FR"),
        ("FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1,-1", "FREQ=YEARLY;BYMONTH=6,12;BYMONTHDAY=1,-1"),
        ("FREQ=DAILY;INTERVAL=999", "FREQ=DAILY;INTERVAL=999"),
    ],
)
def test_a_recurrence_is_a_word_or_a_rule(text: str, rule: str) -> None:
    assert Recurrence.parse(text) == Recurrence(rule)
    assert str(Recurrence.parse(text)) == rule


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("OFTEN", "`OFTEN=` cannot stand in a recurrence, `{}`"),
        ("", "`=` cannot stand in a recurrence, `{}`"),
        ("FREQ=HOURLY", "`FREQ=HOURLY` cannot stand in a recurrence, `{}`"),
        ("FREQ=DAILY;", "`=` cannot stand in a recurrence, `{}`"),
        ("FREQ=DAILY;COUNT=3", "`COUNT=3` cannot stand in a recurrence, `{}`"),
        ("FREQ=DAILY;UNTIL=20200101", "`UNTIL=20200101` cannot stand in a recurrence, `{}`"),
        ("FREQ=DAILY;INTERVAL=0", "`INTERVAL=0` cannot stand in a recurrence, `{}`"),
        ("FREQ=DAILY;INTERVAL=1000", "`INTERVAL=1000` cannot stand in a recurrence, `{}`"),
        ("FREQ=WEEKLY;BYDAY=DI", "`BYDAY=DI` cannot stand in a recurrence, `{}`"),
        ("FREQ=MONTHLY;BYDAY=6MO", "`BYDAY=6MO` cannot stand in a recurrence, `{}`"),
        ("FREQ=MONTHLY;BYMONTHDAY=32", "`BYMONTHDAY=32` cannot stand in a recurrence, `{}`"),
        ("FREQ=MONTHLY;BYMONTHDAY=0", "`BYMONTHDAY=0` cannot stand in a recurrence, `{}`"),
        ("FREQ=YEARLY;BYMONTH=13", "`BYMONTH=13` cannot stand in a recurrence, `{}`"),
        ("INTERVAL=2", "`{}` is not a recurrence such as `FREQ=MONTHLY`"),
        ("FREQ=DAILY;FREQ=DAILY", "`{}` is not a recurrence such as `FREQ=MONTHLY`"),
        ("FREQ=WEEKLY;BYMONTHDAY=1", "`BYMONTHDAY` goes with months and years only, in `{}`"),
        ("FREQ=WEEKLY;BYDAY=1MO", "numbered days go with months and years only, in `{}`"),
        ("FREQ=YEARLY;BYMONTH=6", "`BYMONTH` goes with days (`BYDAY`, `BYMONTHDAY`), in `{}`"),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "`{}` falls on no day"),
    ],
)
def test_what_is_no_recurrence_is_refused_with_the_reason(text: str, fault: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(fault.format(text))}$"):
        Recurrence.parse(text)


def test_only_a_constant_or_a_parameter_says_how_often() -> None:
    number = says("1/1", quote="三", **LABELS).sets("number", 3)
    with pytest.raises(RuleTypeError, match="how often something recurs must be recurrence"):
        Periods(number)
    with pytest.raises(RuleTypeError, match=r"expected an expression.*found Recurrence"):
        Periods(Recurrence("FREQ=DAILY"))  # type: ignore[arg-type]
    text = says("1/1", quote="每日", **LABELS).sets("often", Recurrence("FREQ=DAILY"))
    with pytest.raises(RuleTypeError, match="a recurrence is a constant or a parameter, found"):
        Periods(first_known(text, text))  # type: ignore[arg-type]
    with pytest.raises(RuleTypeError, match="recurrence cannot be compared"):
        text.is_(Recurrence("FREQ=DAILY"))


# Their periods


def periods(rule: str, since: str, until: str) -> list[str]:
    """The periods that end from one day to another."""
    found = Recurrence(rule).periods(date.fromisoformat(since), date.fromisoformat(until))
    return [str(period) for period in found]


@pytest.mark.parametrize(
    ("rule", "since", "until", "expected"),
    [
        # 30 December 2019 is a Monday: the week runs into the new year
        (
            "FREQ=WEEKLY", "2019-12-29", "2020-01-11",
            ["2019-12-23/2019-12-29", "2019-12-30/2020-01-05"],
        ),
        # every other week is counted from 3 January 2000, a Monday: 9 December 2019 is 520 pairs on
        (
            "FREQ=WEEKLY;INTERVAL=2", "2019-12-20", "2020-01-05",
            ["2019-12-09/2019-12-22", "2019-12-23/2020-01-05"],
        ),
        ("FREQ=DAILY", "2020-02-28", "2020-03-01", ["2020-02-28", "2020-02-29", "2020-03-01"]),
        # 1 January 2000 and every other day: 31 December 2019 is 7304 days on
        (
            "FREQ=DAILY;INTERVAL=2", "2019-12-30", "2020-01-03",
            ["2019-12-29/2019-12-30", "2019-12-31/2020-01-01", "2020-01-02/2020-01-03"],
        ),
        (
            "FREQ=MONTHLY", "2019-12-31", "2020-03-30",
            ["2019-12-01/2019-12-31", "2020-01-01/2020-01-31", "2020-02-01/2020-02-29"],
        ),
        ("FREQ=MONTHLY", "2021-02-28", "2021-02-28", ["2021-02-01/2021-02-28"]),
        ("FREQ=MONTHLY", "2021-02-01", "2021-02-27", []),
        (
            "FREQ=MONTHLY;INTERVAL=3", "2019-12-31", "2020-06-29",
            ["2019-10-01/2019-12-31", "2020-01-01/2020-03-31"],
        ),
        (
            "FREQ=MONTHLY;INTERVAL=6", "2019-06-30", "2019-12-31",
            ["2019-01-01/2019-06-30", "2019-07-01/2019-12-31"],
        ),
        # five months at a time from January 2000: 240 months on is January 2020
        (
            "FREQ=MONTHLY;INTERVAL=5", "2019-12-31", "2020-10-31",
            ["2019-08-01/2019-12-31", "2020-01-01/2020-05-31", "2020-06-01/2020-10-31"],
        ),
        ("FREQ=YEARLY", "2019-01-01", "2020-12-31",
         ["2019-01-01/2019-12-31", "2020-01-01/2020-12-31"]),
        ("FREQ=YEARLY;INTERVAL=2", "2019-01-01", "2021-12-30", ["2018-01-01/2019-12-31"]),
        # days
        (
            "FREQ=WEEKLY;BYDAY=TU,TH", "2019-12-30", "2020-01-07",
            ["2019-12-31", "2020-01-02", "2020-01-07"],
        ),
        (
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "2019-12-20", "2020-01-14",
            ["2019-12-24", "2020-01-07"],
        ),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "2020-01-31", "2020-03-30", ["2020-01-31", "2020-02-29"]),
        ("FREQ=MONTHLY;BYMONTHDAY=29", "2021-01-01", "2021-03-31", ["2021-01-29", "2021-03-29"]),
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29", "2019-01-01", "2021-12-31", ["2020-02-29"]),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", "2020-02-01", "2020-02-29", ["2020-02-03", "2020-02-28"]),
        ("FREQ=YEARLY;BYDAY=1MO", "2019-01-01", "2020-12-31", ["2019-01-07", "2020-01-06"]),
        # the ends of the calendar: what would have begun before it is no period
        ("FREQ=WEEKLY", "0001-01-01", "0001-01-14",
         ["0001-01-01/0001-01-07", "0001-01-08/0001-01-14"]),
        ("FREQ=MONTHLY", "0001-01-01", "0001-02-28",
         ["0001-01-01/0001-01-31", "0001-02-01/0001-02-28"]),
        ("FREQ=MONTHLY;INTERVAL=999", "0001-01-01", "0001-12-31", []),
        ("FREQ=DAILY;INTERVAL=999", "0001-01-01", "0001-12-31", []),
        ("FREQ=WEEKLY;INTERVAL=999", "0001-01-01", "0001-12-31", []),
        ("FREQ=YEARLY", "9998-01-01", "9999-12-30", ["9998-01-01/9998-12-31"]),
        ("FREQ=MONTHLY;BYMONTHDAY=31", "9999-12-01", "9999-12-31", ["9999-12-31"]),
    ],
)  # fmt: skip
def test_periods_are_whole_and_keep_their_step(
    rule: str, since: str, until: str, expected: list[str]
) -> None:
    assert periods(rule, since, until) == expected


@pytest.mark.parametrize(
    "rule", ["FREQ=DAILY", "FREQ=WEEKLY", "FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=MO"]
)
def test_periods_far_from_now_take_no_longer(rule: str) -> None:
    """Nothing is counted up from the first day on, which for days would take many seconds."""
    calls = 0

    def count(*_: object) -> None:
        nonlocal calls
        calls += 1

    sys.setprofile(count)
    try:
        found = periods(rule, "9998-01-01", "9998-12-31")
    finally:
        sys.setprofile(None)
    assert len(found) in (12, 52, 365)
    assert calls < 100 * len(found)


def test_what_recurs_is_shown_by_form() -> None:
    clerk = each(Clerk)
    every = says("1/1", quote="每月", **LABELS).sets("every", Recurrence("FREQ=MONTHLY"))
    assert str(held(clerk, clerk.senior, on=clerk.since, every=every).called(**LABELS)) == (
        "(held(clerk where clerk.senior on clerk.since, every) >= periods(every))"
    )
    assert str(DEADLINE) == "deadline"


def test_a_word_is_parsed() -> None:
    with pytest.raises(
        ValueError, match=r"write `Recurrence.parse\('monthly'\)`, or its rule, `FREQ"
    ):
        Recurrence("monthly")


def test_what_is_no_text_is_no_rule() -> None:
    with pytest.raises(ValueError, match="expected a recurrence such as `FREQ=MONTHLY`, found 5"):
        Recurrence(5)  # type: ignore[arg-type]
