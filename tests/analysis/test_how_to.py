"""How to reach an aim: the least change, by hand and against brute force."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import policy_rules as pr
from benchmarks.ways import some_trials, tried
from policy_rules.analysis.changes import Change
from policy_rules.analysis.how_to import Advice, Result, how_to
from policy_rules.analysis.latitude import Latitude
from policy_rules.facts import Exemption, Fact, circumstances_of, fact, identity
from policy_rules.language import ChoiceError, count, each, subject
from policy_rules.testing.made_up import Claim, Clerk, Office
from tests.analysis.broken_directives import demand
from tests.support.made_up_rules import directive

DIRECTIVE = pr.load("putian-2019-52")
POLICY = DIRECTIVE.policy(as_of=date(2020, 6, 1))
CASE = pr.CriminalCase(
    id="A1", causation_clear=False, simple=True, means=frozenset(), complex=False,
    place_codes=frozenset({"350304"}), category=pr.CaseCategory.ORDINARY, role=pr.CaseRole.LEAD,
)  # fmt: skip


def changes(advice: Advice, way: int = 0) -> list[tuple[Any, ...]]:
    """What changes, from what to what, by which sentences."""
    return [told(each) for each in advice.ways[way].changes]


def told(change: Change) -> tuple[Any, ...]:
    """A change in short."""
    cites = tuple(map(str, change.cites))
    if change.spec is None:
        return f"+{change.number} {change.name}", cites
    return change.fact.key, change.name, change.before, change.after, cites


def roster(*roles: pr.Role) -> pr.Facts:
    """A station whose roster is whole, with officers of these roles."""
    return pr.Facts(
        stations=[pr.Station(id="S1")],
        officers=[
            pr.Officer(id=f"O{place}", station_id="S1", role=role)
            for place, role in enumerate(roles, 1)
        ],
        complete=["stations", "officers"],
    )


def test_a_request_becomes_permitted_by_what_somebody_can_decide() -> None:
    """That its causation is not clear is found, not decided: but the station can assist."""
    found = how_to(POLICY, CASE, "permitted")
    assert found.result is Result.POSSIBLE
    assert changes(found) == [
        ("cases/A1", "cases.role", pr.CaseRole.LEAD, pr.CaseRole.ASSIST, ("3.1/1",))
    ]
    assert not found.bounded
    assert POLICY.check(found.ways[0].subject).permitted


def test_nothing_more_is_sought_after_so_many_seconds() -> None:
    found = how_to(POLICY, CASE, "permitted", seconds=0)
    assert found.result is Result.OPEN
    assert found.why == ("求解器在时限内没有结论", "the solver found no answer in time")


def test_what_is_named_may_change_and_nothing_else() -> None:
    found = how_to(POLICY, CASE, "permitted", may_change=["cases.causation_clear"])
    assert changes(found)[0][1:4] == ("cases.causation_clear", False, True)
    without = how_to(POLICY, CASE, "permitted", may_change=["cases.category"])
    assert without.result is Result.IMPOSSIBLE
    (obstacle,) = without.obstacles
    assert [str(part.cite) for part in obstacle.parts] == ["3.1/1"]
    held = {spec.name for _, spec, _ in obstacle.held}
    assert held == {"role", "causation_clear"}
    assert not obstacle.passed


def test_a_decision_is_reached_with_the_smallest_step() -> None:
    """Below twelve officers a station is zoned: eleven is the nearest such number."""
    station = pr.Station(id="S1", pilot=False, officers=14)
    found = how_to(POLICY, station, "duty_mode=按片划责")
    assert changes(found) == [("stations/S1", "stations.officers", 14, 11, ("5.1/3",))]
    assert how_to(POLICY, station, "duty_mode=two_teams_one_room").result is Result.REACHED


def test_officers_are_moved_to_community_posts() -> None:
    """Two of five are 40 %; the five are alike, so that any two of them would do."""
    facts = roster(*[pr.Role.PATROL] * 5)
    (station,) = facts.all(pr.Station)
    found = how_to(POLICY, station, "2.1/1b", facts, may_change=["officers.role"])
    (way,) = found.ways
    assert way.cost == 2
    assert [each.after for each in way.changes] == [pr.Role.COMMUNITY] * 2
    assert {each.alike for each in way.changes} == {3}
    assert {each.fact.id for each in way.changes} == {"O1", "O2"}


def test_officers_are_added() -> None:
    """Of three, one community officer is a third; a second one among four is a half."""
    facts = roster(pr.Role.COMMUNITY, pr.Role.PATROL, pr.Role.PATROL)
    (station,) = facts.all(pr.Station)
    found = how_to(POLICY, station, "2.1/1b", facts, may_change=["officers"])
    assert changes(found) == [("+1 officers", ("2.1/1b",))]
    (added,) = found.ways[0].changes
    assert added.as_json()["fields"] == {"station_id": "S1", "role": "community"}
    assert len(found.ways[0].facts.all(pr.Officer)) == 4


def test_a_fact_is_added_whose_id_is_asked_for() -> None:
    """No clerk of the office is without claims, and there is none: with claims that may go to
    others, each is compared with the new clerk by its id; the claim that there is stays with K."""
    office = subject(Office)
    clerks = each(Clerk, office_id=office)
    idle = count(clerks, count(each(Claim, clerk_id=clerks)) < 1) >= 1
    policy = directive(demand("1/1", idle)).policy(as_of=date(2020, 6, 1))
    others = [Office(id="O"), Office(id="P"), Clerk(id="K", office_id="P")]
    facts = pr.Facts(others=[*others, Claim(id="C", clerk_id="K")], complete=[Clerk, Claim])
    found = how_to(policy, others[0], "1/1", facts, may_change=["clerks", "claims.clerk_id"])
    assert changes(found) == [("+1 clerks", ("1/1",))]
    (added,) = found.ways[0].changes
    assert added.as_json()["fields"] == {"office_id": "O"}


def test_workstations_are_opened_from_the_day_on() -> None:
    """Two are needed by the end of 2020: nothing is opened on a day that has passed."""
    facts = pr.Facts(
        stations=[pr.Station(id="S1", pilot=True, setting=pr.Setting.RURAL)],
        complete=["stations", "workstations"],
    )
    (station,) = facts.all(pr.Station)
    found = how_to(POLICY, station, "4.2/4", facts)
    assert changes(found) == [("+2 workstations", ("4.2/4",))]
    assert found.ways[0].changes[0].as_json()["fields"] == {
        "station_id": "S1", "opened_on": "2020-06-01",
    }  # fmt: skip
    late = how_to(DIRECTIVE.policy(as_of=date(2021, 6, 1)), station, "4.2/4", facts)
    assert late.result is Result.IMPOSSIBLE
    assert late.obstacles[0].passed


def test_all_duties_at_once_but_those_that_cannot_be_met() -> None:
    """A station of ten has beds, terminals and cameras for all; what was due last year is past."""
    station = pr.Station(
        id="S1", officers=10, beds=10, setting=pr.Setting.URBAN, mobile_terminals=7, body_cameras=9
    )
    found = how_to(POLICY, station, "satisfied", may_change=[
        "stations.mobile_terminals", "stations.body_cameras",
    ])  # fmt: skip
    assert found.result is Result.IMPOSSIBLE
    assert found.obstacles
    assert {told(each)[1:4] for way in found.ways for each in way.changes} == {
        ("stations.mobile_terminals", 7, 10), ("stations.body_cameras", 9, 10),
    }  # fmt: skip


def test_ways_at_one_cost_are_all_told_and_costs_are_the_callers() -> None:
    """One camera is lacking: another one is bought, or an officer fewer counted."""
    station = pr.Station(id="S1", officers=10, body_cameras=9)
    both = how_to(POLICY, station, "4.3/1c")
    assert {(way.changes[0].name, way.changes[0].after) for way in both.ways} == {
        ("stations.body_cameras", 10), ("stations.officers", 9),
    }  # fmt: skip
    dear = how_to(POLICY, station, "4.3/1c", costs={"stations.officers": "3/2"})
    assert [way.changes[0].name for way in dear.ways] == ["stations.body_cameras"]
    cheap = how_to(POLICY, station, "4.3/1c", costs={"stations.officers": Fraction(1, 3)})
    assert [(way.changes[0].name, way.cost) for way in cheap.ways] == [
        ("stations.officers", Fraction(1, 3))
    ]


def test_what_is_kept_stays_as_it_is() -> None:
    """With eleven officers the station would be zoned: so the cameras are bought."""
    station = pr.Station(id="S1", pilot=False, officers=12, body_cameras=11, mobile_terminals=12)
    kept = how_to(POLICY, station, "4.3/1c", keep=["duty_mode"])
    assert [way.changes[0].name for way in kept.ways] == ["stations.body_cameras"]
    # A zoned station has duties of its own, which are not known to be met.
    dear = how_to(POLICY, station, "4.3/1c", keep=["all"], costs={"stations.body_cameras": 5})
    assert [(way.changes[0].name, way.cost) for way in dear.ways] == [
        ("stations.body_cameras", Fraction(5))
    ]


def test_an_exemption_that_is_held_counts() -> None:
    policy = DIRECTIVE.policy(
        as_of=date(2020, 6, 1),
        exemptions=[Exemption(id="E1", cite="3.1/2", subject="cases/A2", authority="市局",
                              document="1", reason="r")],
    )  # fmt: skip
    case = pr.CriminalCase(
        id="A2", causation_clear=True, simple=True, complex=False,
        means=frozenset({pr.Means.FORENSIC}),
        place_codes=frozenset({"110101"}), category=pr.CaseCategory.ORDINARY, role=pr.CaseRole.LEAD,
    )  # fmt: skip
    allowed = ["cases.means", "cases.place_codes"]
    found = how_to(policy, case, "permitted", may_change=allowed)
    assert [each.name for each in found.ways[0].changes] == ["cases.means"]
    without = how_to(POLICY, case, "permitted", may_change=allowed)
    assert {each.name for each in without.ways[0].changes} == set(allowed)


def test_everything_that_is_wrong_is_said_at_once() -> None:
    with pytest.raises(ChoiceError) as caught:
        how_to(
            POLICY, pr.Station(id="S1"), "2.1/1x",
            may_change=["station.officers", "stations.id"], costs={"stations.officers": 0},
            keep=["duty_modes"],
        )  # fmt: skip
    said = [en for _, en in caught.value.faults]
    assert said[0].startswith("no goal `2.1/1x` of a fact of `stations`; did you mean `2.1/1")
    assert said[1].startswith("no goal `duty_modes`")
    assert said[2].startswith("what may change is `LIST.FIELD`")
    assert said[3].startswith("of `stations` no field `id` can change; there are `name`")
    assert said[4] == (
        "the cost of `stations.officers` is a number above 0, such as 2 or 1/2, found `0`"
    )


@pytest.mark.parametrize(
    ("subject", "goal", "said"),
    [
        (pr.Station(id="S1"), "permitted", "nothing is prohibited or needed of any police station"),
        (CASE, "satisfied", "nothing measured is required of any criminal case"),
        (pr.Station(id="S1"), "duty_mode=four", "`duty_mode` is one of three_teams_one_room, "),
        (pr.Station(id="S1"), "5.3/1", "no goal `5.3/1`"),
        (pr.Bureau(id="B1"), "2.1/2c", "`2.1/2c` rests on an attestation"),
    ],
)
def test_an_aim_that_there_is_not(subject: Fact, goal: str, said: str) -> None:
    with pytest.raises(ChoiceError, match=said):
        how_to(POLICY, subject, goal)


def test_before_the_directive_nothing_is_reached() -> None:
    with pytest.raises(ChoiceError, match="not in force on 2019-01-01"):
        how_to(DIRECTIVE.policy(as_of=date(2019, 1, 1)), CASE, "permitted")


def test_circumstances_are_fields_that_there_are() -> None:
    assert "pilot" in circumstances_of(pr.Station)
    with pytest.raises(TypeError, match="`Thing` has no field `size`: name its circumstances"):

        @fact(collection="things", en="thing", circumstances="size")
        class Thing(Fact):
            id: str = identity()


def test_acts_whose_day_has_come_do_not_change() -> None:
    """A departure is history for others; as a subject, its own day has passed too."""
    gone = pr.Transfer(id="T1", on=date(2020, 1, 1))
    latitude = Latitude(
        as_of=date(2020, 6, 1), about=CASE, links=frozenset(), lists=frozenset(), named=None,
        costs={},
    )  # fmt: skip
    specs = pr.facts.fields_of(pr.Transfer)
    assert not latitude.may_change(gone, specs["to_organ"], None)
    assert latitude.may_change(pr.Transfer(id="T2"), specs["to_organ"], None)


@pytest.mark.long
def test_of_random_subjects_nothing_costs_less() -> None:
    """Every way was put to the engines when it was found; brute force finds none for less."""
    for name, own in (("putian-2019-52", DIRECTIVE), ("random", None)):
        found = tried(some_trials(8, name, own))
        assert sum(found.results.values()) == 8
        assert found.results["possible"] > 1
        assert found.cheaper == []
