"""`--set` of a calendar of working days: JSON, a file of it, or a library."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from policy_rules.cli.choices import parameters_of
from policy_rules.facts import Fault
from policy_rules.language import WorkCalendar, subject
from policy_rules.police import Station
from tests.support.found import directive
from tests.support.writing import says

station = subject(Station)
OPEN = says("1/1", quote="工作日", zh="日历", en="calendar").leaves_open("days", WorkCalendar)
RULES = directive(
    says("1/2").demands(
        station, station.relocated_on.working_days_until(station.relocated_on, OPEN) <= 3
    )
).rules
GIVEN = {"2021": {"off": ["2021-10-01/2021-10-07"], "worked": ["2021-10-09"]}}


def test_json_here_or_in_a_file(tmp_path: Path) -> None:
    faults: list[Fault] = []
    path = tmp_path / "days.json"
    path.write_text(json.dumps(GIVEN), "utf-8-sig")
    for text in (json.dumps(GIVEN), str(path)):
        assert parameters_of(RULES, [f"days={text}"], faults) == {"days": WorkCalendar.parse(GIVEN)}
    of_china = parameters_of(RULES, ["days=china:2020-2021"], faults)["days"]
    assert isinstance(of_china, WorkCalendar)
    assert of_china.years == {2020, 2021}
    one = parameters_of(RULES, ["days=china:2020"], faults)["days"]
    assert isinstance(one, WorkCalendar)
    assert one.years == {2020}
    assert faults == []


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("nowhere.json", 'or china:2019-2021, cannot read "nowhere.json"'),
        ("{", "expected JSON or a file of it"),
        ('{"2021": 5}', "expected a calendar such as"),
        ("china:2199", "the days off of 2199 are not known"),
    ],
)
def test_what_is_no_calendar(text: str, fault: str) -> None:
    faults: list[Fault] = []
    assert parameters_of(RULES, [f"days={text}"], faults) == {}
    assert [each.place for each in faults] == ["--set days"]
    assert fault in faults[0].en
