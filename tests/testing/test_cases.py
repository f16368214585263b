"""What case files say of a policy's parameters, and attestations in them that hit nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.language import WorkCalendar, WorkCalendarError
from policy_rules.police import Team
from policy_rules.testing.cases import differences, parameters_of, read_cases

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


ATTESTED = """
as_of = 2020-01-01

[[case]]
name = "by letter"
sentence = "3.3/1"
why = "the sentence rests on an attestation under its letter"

[case.facts]
cities = [{ id = "350300" }]
attestations = [
    { id = "A1", cite = "3.3/1", subject_id = "350300", holds = true },
    { id = "A2", cite = "3.3/1b", subject_id = "350304", holds = true },
    { id = "A3", cite = "3.3/1b", subject_id = "350300", holds = false },
]

[[case.finding]]
subject = "cities/350300"
cite = "3.3/1b"
status = "breached"
"""


def _differences(tmp_path: Path, text: str) -> list[str]:
    file = tmp_path / "cases.toml"
    file.write_text(text, "utf-8")
    (case,) = read_cases(file)
    return differences(case, STUDY)


def test_attestations_that_hit_nothing_are_refused(tmp_path: Path) -> None:
    with pytest.raises(pr.FactError) as error:
        _differences(tmp_path, ATTESTED)
    assert [each.text("en") for each in error.value.faults] == [
        "cases: by letter: attestations/A1.cite: expected the citation of what rests on an "
        'attestation, found "3.3/1"; did you mean `3.3/1b`? correct it',
        "cases: by letter: attestations/A2.subject_id: expected the id of one of the given "
        '`cities`, found "350304"; give the id alone, or add what it is about',
    ]
    named = ATTESTED.replace("why =", 'stray = ["A1", "A2"]\nwhy =')
    assert _differences(tmp_path, named) == []


@pytest.mark.parametrize("id_", ["A3", "A4"])
def test_what_does_hit_is_not_stray(tmp_path: Path, id_: str) -> None:
    """Nor is what is not there: each is told, in both languages."""
    named = ATTESTED.replace("why =", f'stray = ["A1", "A2", "{id_}"]\nwhy =')
    with pytest.raises(pr.FactError) as error:
        _differences(tmp_path, named)
    (fault,) = error.value.faults
    assert fault.text("en") == (
        f"cases: by letter: stray: expected attestations/{id_} to hit nothing, found that it does "
        "hit, or is not there; leave it out of `stray`, or correct the facts"
    )
    assert "实际并未落空" in fault.text("zh")
