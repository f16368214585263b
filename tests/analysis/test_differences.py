"""What two policies answer differently: by hand, and random ones against random facts."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import policy_rules as pr
from benchmarks.changes import wrong_on_random_facts
from policy_rules.analysis.differences import Differences, Region, differences
from policy_rules.answers import Outcome, Status
from policy_rules.language import TRUE, Recurrence, each, held, subject
from policy_rules.render.difference_tables import where_words
from tests.support.found import LABELS, SAYS, directive
from tests.support.writing import says

DIRECTIVE = pr.load("putian-2019-52")
DAY = date(2022, 4, 1)
PLAIN = DIRECTIVE.policy(as_of=DAY)
MONTHLY = says("1/1", quote="每月", **LABELS).sets("often", Recurrence("FREQ=MONTHLY"))


def told(region: Region, lang: str) -> tuple[str, str, Any, Any]:
    """A region in short, its boundary in words."""
    words = where_words(region.literals, region.question.subject, lang, DAY.year)  # type: ignore[arg-type]  # one of two
    return region.question.name, "; ".join(words), region.before.comes_to, region.after.comes_to


@pytest.fixture(scope="module")
def found() -> Differences:
    """The threshold of two teams moved by one, and a year more asked of recruits."""
    parameters = {"two_team_strength": 13, "station_years": 4}
    return differences(PLAIN, DIRECTIVE.policy(as_of=DAY, parameters=parameters))


def test_twelve_to_thirteen_is_one_region_of_the_duty_mode(found: Differences) -> None:
    decided = [each for each in found if each.question.name == "duty_mode"]
    (region,) = decided
    modes = pr.DutyMode.TWO_TEAMS_ONE_ROOM, pr.DutyMode.ZONED
    assert told(region, "en") == ("duty_mode", "not a pilot; strength is 12 officers", *modes)
    assert told(region, "zh") == ("duty_mode", "非改革试点; 警力为12人", *modes)
    assert list(map(str, region.before.cites + region.after.cites)) == ["5.1/2", "5.1/3"]
    assert (region.subject.pilot, region.subject.officers) == (False, 12)  # type: ignore[attr-defined]  # a station


def test_what_follows_from_it_is_told_by_the_same_boundary(found: Differences) -> None:
    assert not [each for each in found.open if each.question.name]
    modes = {told(each, "en") for each in found if each.question.name == "5.1/4"}
    assert modes == {
        ("5.1/4", f"not a pilot; duty mode in use is {mode}; strength is 12 officers", *turned)
        for mode, turned in (
            ("two teams and one room", (Status.SATISFIED, Status.BREACHED)),
            ("zoned", (Status.BREACHED, Status.SATISFIED)),
        )
    }
    of_stations = [each for each in found if each.question.subject.fact_class is pr.Station]
    assert {each.question.name for each in of_stations} == {
        "duty_mode", "teams", "5.1/2", "5.1/3a", "5.1/3b", "5.1/4",
    }  # fmt: skip


def test_given_facts_of_a_region_are_counted(found: Differences) -> None:
    facts = pr.Facts(
        stations=[
            pr.Station(id="S1", pilot=False, officers=12),
            pr.Station(id="S2", pilot=False, officers=13),
            pr.Station(id="S3", pilot=True, officers=12),
            pr.Station(id="S4", pilot=False, officers=12),
        ]
    )
    region = next(iter(found))
    assert [each.id for each in found.affected(region, facts)] == ["S1", "S4"]


def test_what_changes_nothing_is_proved_equal() -> None:
    """A station counts from twelve officers on, however it is written."""
    same = differences(PLAIN, DIRECTIVE.policy(as_of=DAY, parameters={"two_team_strength": 12}))
    assert same.equal
    assert same.asked > 80


def test_verdicts_change_too(found: Differences) -> None:
    """What was permitted for three years, but not for four, is prohibited now."""
    verdicts = {
        (each.question.subject.fact_class, each.before.comes_to, each.after.comes_to)
        for each in found
        if each.question.kind == "verdict"
    }
    assert (pr.Posting, Outcome.PERMITTED, Outcome.PROHIBITED) in verdicts
    assert (pr.Posting, Outcome.PROHIBITED, Outcome.PERMITTED) not in verdicts
    assert {cls for cls, *_ in verdicts} == {pr.Posting, pr.Transfer}


def test_what_recurs_is_no_condition_of_two_days_alike() -> None:
    """Issued in July 2019: as of 1 August no whole month is over yet; as of 5 September, August is,
    so that a study in August meets the duty, and one of July does not."""
    station = subject(pr.Station)
    event = each(pr.Event, station_id=station)
    studies = held(event, TRUE, on=event.on, every=MONTHLY).called(**LABELS)
    of = directive(says("1/1", **SAYS).demands(station, studies))
    found = differences(*(of.policy(as_of=date(2019, *day)) for day in ((8, 1), (9, 5))))
    facts = pr.Facts(
        stations=[pr.Station(id="S1"), pr.Station(id="S2")],
        events=[
            pr.Event(id="E1", station_id="S1", on=date(2019, 8, 20)),
            pr.Event(id="E2", station_id="S2", on=date(2019, 7, 20)),
        ],
        complete=[pr.Event],
    )
    told = {each.after.comes_to: found.affected(each, facts) for each in found}
    assert [each.before.comes_to for each in found] == [Status.NOT_APPLICABLE] * 2
    assert {status: [fact.id for fact in facts] for status, facts in told.items()} == {
        Status.SATISFIED: ["S1"], Status.BREACHED: ["S2"],
    }  # fmt: skip


@pytest.mark.parametrize("seed", ["a", "b", "c"])
def test_no_change_is_missed_and_none_is_told_that_is_none(seed: str) -> None:
    """Answers differ of random facts only where a region says so, and as it says."""
    wrong, _, _ = wrong_on_random_facts(seed, 20)
    assert wrong == []
