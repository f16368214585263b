"""What case files say of a policy's parameters."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.language import WorkCalendar, WorkCalendarError
from policy_rules.police import Team
from policy_rules.testing.cases import parameters_of, read_cases

STUDY = pr.load("putian-2019-52")
_FILE = """
as_of = 2021-12-31

[[case]]
name = "a calendar"
sentence = "1/1"
why = "days off are a stretch, the days that are worked are TOML's own dates"
facts = {}

[case.parameters.working_days.2021]
off = ["2021-10-01/2021-10-07"]
worked = [2021-10-09]
"""


def test_a_calendar_of_working_days(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_text(_FILE, "utf-8")
    (case,) = read_cases(file)
    calendar = parameters_of(case, STUDY)["working_days"]
    assert isinstance(calendar, WorkCalendar)
    # Off from Friday 1 October, worked on Saturday the 9th: the second working day is a Saturday.
    assert calendar.later(date(2021, 9, 30), 2) == date(2021, 10, 9)


def test_what_is_no_calendar(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    file.write_text(_FILE.replace("off =", "holidays ="), "utf-8")
    (case,) = read_cases(file)
    with pytest.raises(WorkCalendarError):
        parameters_of(case, STUDY)


def test_a_set_is_a_list(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    given = "{ three_teams = ['case', '综合勤务指挥室'], unheard = ['x'] }"
    table = "[case.parameters.working_days.2021]\noff"
    file.write_text(_FILE.replace(table, f"parameters = {given}\nparameter"), "utf-8")
    (case,) = read_cases(file)
    assert parameters_of(case, STUDY) == {
        "three_teams": frozenset({Team.CASE, Team.COMMAND}),
        "unheard": frozenset({"x"}),
    }
