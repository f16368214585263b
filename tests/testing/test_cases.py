"""What case files say, and what is wrong with one that would test nothing."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.language import WorkCalendar, WorkCalendarError
from policy_rules.police import Station, Task, Team
from policy_rules.testing.case_keys import ANSWERED
from policy_rules.testing.cases import differences, parameters_of, read_cases

STUDY = pr.load("putian-2019-52")
_FILE = """
as_of = 2021-12-31

[[case]]
name = "a calendar"
sentence = "1/1"
why = "days off are a stretch, the days that are worked are TOML's own dates"
facts = { stations = [{ id = "S" }] }
decision = [{ subject = "stations/S", name = "duty_mode", value = "none" }]

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
    given = "parameters = { three_teams = ['case', '综合勤务指挥室'], unheard = ['x'] }\n"
    file.write_text(_FILE[: _FILE.index("[case.parameters")] + given, "utf-8")
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


_MISSPELT = """
as_off = 2021-12-31

[[case]]
name = "misspelt"
sentence = "1/1"
why = "nothing would be compared"
paramters = { threshold = 3 }
facts = { stations = [{ id = "S" }], exemptions = [{ id = "E", cite = "1.1/1" }] }
[[case.decisions]]
subject = "stations/S"
name = "duty_mode"

[[case]]
name = "half"
sentense = "1/1"
why = 3
as_of = 2021-12-31
facts = []
decision = [{ subject = "stations/S", name = "duty_mode" }, { subject = 3, valeu = "none" }]
finding = { subject = "stations/S", status = "met" }
"""


def test_a_case_that_would_test_nothing_is_refused(tmp_path: Path) -> None:
    file, other = tmp_path / "a.toml", tmp_path / "b.toml"
    file.write_text(_MISSPELT, "utf-8")
    other.write_text("[[cases]]\nname = 'none'", "utf-8")
    (tmp_path / "c.toml").write_text("[[case", "utf-8")
    (tmp_path / "d.toml").write_text("case = 3", "utf-8")
    with pytest.raises(pr.FactError) as raised:
        read_cases(tmp_path)
    misspelt, half = f'{file}: case "misspelt"', f'{file}: case "half"'
    said = set(str(raised.value).splitlines())
    (broken,) = (line for line in said if line.startswith(f"{tmp_path / 'c.toml'}: "))
    assert "expected TOML, found what cannot be read (" in broken
    every = "`[[case.decision]]`, `[[case.verdict]]`, `[[case.finding]]`, `[[case.agreement]]`"
    values = "`value`, `cites`, `conflict`, `needs`, `amended_by`"
    assert said - {broken} == {
        f'{file}: expected a known key, found "as_off"; did you mean `as_of`? correct it',
        f'{misspelt}: expected a known key, found "paramters"; did you mean `parameters`? '
        "correct it",
        f'{misspelt}: expected a known key, found "decisions"; did you mean `decision`? correct it',
        f"{misspelt}.as_of: expected `as_of`, found none; give it",
        f"{misspelt}.facts.exemptions: expected exemptions beside `facts`, found them in it; give "
        "them as `exemptions = […]` of the case",
        f"{misspelt}: expected what is to be answered, found nothing; give one of {every}",
        f'{half}: expected a known key, found "sentense"; did you mean `sentence`? correct it',
        f"{half}.sentence: expected `sentence`, found none; give it",
        f"{half}.why: expected a text, found 3; correct it",
        f"{half}.facts: expected a table, found a list; correct it",
        f"{half}: decision[0]: expected what is to be answered, found nothing; give one of "
        f"{values}",
        f'{half}: decision[1]: expected a known key, found "valeu"; did you mean `value`? '
        "correct it",
        f"{half}: decision[1].subject: expected a text, found 3; correct it",
        f"{half}: decision[1].name: expected a text, found nothing; correct it",
        f"{half}.finding: expected tables, each headed `[[case.finding]]`, found an object; "
        "correct it",
        f'{other}: expected a known key, found "cases"; did you mean `case`? correct it',
        f"{other}.case: expected `[[case]]`, found none; give it",
        f"{tmp_path / 'd.toml'}.case: expected tables, each headed `[[case]]`, found 3; correct it",
    }


def test_what_a_case_names_is_there(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    text = _FILE.replace('"1/1"', '"nine"').replace('subject = "stations/S"', 'subject = "S"')
    file.write_text(
        text.replace("}]\n", "}]\nfinding = [{ subject = 'stations/s', cite = '1', due = '' }]\n"),
        "utf-8",
    )
    (case,) = read_cases(file)
    with pytest.raises(pr.FactError) as raised:
        differences(case, STUDY)
    place = f'{file}: case "a calendar"'
    sentence, decision, finding = str(raised.value).splitlines()
    assert sentence.startswith(
        f'{place}.sentence: expected a sentence of the directive, found "nine"; '
    )
    assert decision == (
        f'{place}: decision[0].subject: expected a fact of the case, found "S"; '
        "there are: `stations/S`"
    )
    assert finding == (
        f'{place}: finding[0].subject: expected a fact of the case, found "stations/s"; '
        "did you mean `stations/S`? correct it"
    )


def test_every_key_of_an_answer_can_be_expected() -> None:
    station = Station(id="S")
    request = Task(id="T", station_id="S")
    facts = pr.Facts(stations=[station], tasks=[request])
    policy = STUDY.policy(as_of=date(2021, 12, 31))
    report = policy.audit(facts)
    answers = {
        "decision": policy.decide(station, "duty_mode", facts),
        "verdict": policy.check(request, facts),
        "finding": report.findings[0],
        "agreement": next(iter(report.agreements)),
    }
    # What is said of the fact and the sentence, which a case names, is no answer.
    named = {"name", "bodies", "heading", "quote", "modality"}
    for kind, answer in answers.items():
        own = {"strengths"} if kind == "verdict" else set()
        expected = {*ANSWERED[kind], *named, "subject", "cite"}
        assert answer.as_json().keys() <= expected, kind
        assert {*ANSWERED[kind]} - own - {"amended_by"} <= answer.as_json().keys(), kind
