"""One world in which all requirements are met, judged by the engines; or what is in the way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

import pytest

from policy_rules.analysis.one_world import OneWorld, one_world
from policy_rules.analysis.verification import Result, times, verify
from policy_rules.answers import Consistency, Outcome, Status
from policy_rules.language import (
    Cite,
    Recurrence,
    WorkCalendar,
    count,
    each,
    held,
    set_of,
    the,
    total,
)
from policy_rules.language.rules import Judged, Provision
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from tests.analysis.broken_directives import claim, clerk, clerks, demand, forbid, office
from tests.support.made_up_rules import directive
from tests.support.writing import says

DAY: Final = date(2021, 7, 1)
WELL: Final = (Status.SATISFIED, Status.NOT_APPLICABLE)
_JUNIOR: Final = count(clerks, ~clerks.senior)
_DESKS_OF_OFFICE: Final = the(Office, clerk.office_id).desks


def world_of(*provisions: Provision, day: date = DAY) -> tuple[LoadedDirective, OneWorld]:
    """The directive, and the world that is found."""
    made = directive(*provisions)
    return made, one_world(made, day)


def told(against: Mapping[Judged, Sequence[Cite]]) -> dict[str, str]:
    """What is said to be in the way of what."""
    return {str(rule.cite): " ".join(map(str, cites)) for rule, cites in against.items()}


@pytest.mark.parametrize(
    ("provisions", "named"),
    [
        # Three floors, and two at most.
        ([demand("1/1", office.floors >= 3), demand("1/2", office.floors <= 2)], "1/1 1/2"),
        # Two clerks that are not senior, of clerks who all must be.
        ([demand("1/1", _JUNIOR >= 2), demand("1/2", clerk.senior, clerk)], "1/1 1/2"),
        # Five files, of clerks who may have none.
        (
            [
                demand("1/1", total(clerks, clerks.files) >= 5),
                demand("1/3", office.open),
                demand("1/2", clerk.files <= 0, clerk),
            ],
            "1/1 1/2",
        ),
        # A duty of clerks on their office, and one of offices.
        (
            [demand("1/1", office.desks <= 5), demand("1/2", _DESKS_OF_OFFICE >= 8, clerk)],
            "1/1 1/2",
        ),
        # Claims are to be urgent, and may not.
        ([demand("1/1", claim.urgent, claim), forbid("1/2", claim.urgent)], "1/1 1/2"),
        # A sentence by itself.
        ([demand("1/1", office.desks >= 12), demand("1/2", office.open)], "1/1"),
    ],
)
def test_what_cannot_be_met_together_is_named_and_there_is_no_world(
    provisions: list[Provision], named: str
) -> None:
    """No more sentences are named than are in the way, of however many classes they speak."""
    _, found = world_of(*provisions)
    assert found.facts is None
    assert not found.met
    assert {" ".join(sorted(each.split())) for each in told(found.against).values()} == {named}


def test_what_applies_to_no_fact_is_named_with_what_is_in_the_way() -> None:
    """Open offices need two clerks who are not senior; so there is a world without open ones."""
    must = demand("1/1", _JUNIOR >= 2, applies=office.open)
    of, found = world_of(must, demand("1/2", clerk.senior, clerk))
    assert found.facts is not None
    assert {str(rule.cite) for rule in found.met} == {"1/2"}
    assert sorted(told(found.against)["1/1"].split()) == ["1/1", "1/2"]
    (open_,) = verify(of).of(Result.OPEN)
    assert [str(each) for each in open_.cites] == ["1/1"]
    assert open_.why[1].startswith("no facts were found that meet ")


def test_offices_of_more_than_one_kind_carry_what_one_cannot() -> None:
    """By hand: an open office of six desks, a closed one of two, and the clerks of each."""
    _, found = world_of(
        demand("1/1", office.desks >= 6, applies=office.open),
        demand("1/2", office.desks <= 2, applies=~office.open),
        demand("1/3", count(clerks) >= 2),
        demand("1/4", clerk.files >= 3, clerk),
    )
    assert found.facts is not None
    assert not found.against
    offices = found.facts.all(Office)
    assert sorted((each.open, (each.desks or 0) >= 6) for each in offices) == [
        (False, False), (True, True),
    ]  # fmt: skip
    listed = [each.office_id for each in found.facts.all(Clerk)]
    assert all(listed.count(each.id) >= 2 for each in offices)


def test_what_recurs_is_attested_agrees_or_is_a_step_is_there() -> None:
    """Every quarter has its clerk, on a day in it; and every engine says that all is met."""
    quarterly = says("1/1").sets("quarterly", Recurrence("FREQ=MONTHLY;INTERVAL=3"))
    kept = held(clerks, clerks.senior, on=clerks.since, every=quarterly)
    step = says("1/3").step("heard", claim.amount >= 5)
    of, found = world_of(
        demand("1/1", kept.called(zh="会", en="a meeting")),
        says("1/2").attests(office),
        says("1/3").needs(claim, step, applies=claim.urgent, on=claim.on),
        says("1/4").agrees(office, office.desks, count(clerks)),
        demand("1/5", office.desks >= 1),
    )
    assert found.facts is not None
    assert not found.against
    (made,) = found.facts.all(Office)
    assert made.desks == len(found.facts.all(Clerk)) >= 4
    assert any(each.urgent and (each.amount or 0) >= 5 for each in found.facts.all(Claim))
    engines: tuple[EngineName, ...] = "interpreter", "python"
    for engine in engines:
        policy = of.policy(as_of=DAY, engine=engine)
        assert {each.status for each in policy.audit(found.facts)} == {Status.SATISFIED}
        assert {each.status for each in policy.agreements_of(found.facts)} == {
            Consistency.CONSISTENT
        }
        assert {e.outcome for e in policy.verdicts_of(found.facts)} == {Outcome.PERMITTED}


def test_what_the_text_leaves_open_is_set_to_something() -> None:
    """A number, a day, yes or no, choices, how often, a calendar: the world says to what."""
    often = says("1/5").leaves_open("often", Recurrence)
    days_off = says("1/6").leaves_open("days_off", WorkCalendar)
    weekly = Recurrence("FREQ=MONTHLY")
    kept = [
        held(clerks, clerks.senior, on=clerks.since, every=every).called(zh="会", en="a meeting")
        for every in (often, says("1/6").sets("weekly", weekly).without(days_off))
    ]
    of, found = world_of(
        demand("1/1", office.desks >= says("1/1").leaves_open("fewest", int)),
        demand("1/2", office.founded <= says("1/2").leaves_open("latest", date)),
        demand("1/3", office.open | says("1/3").leaves_open("closed_too", bool)),
        demand("1/4", ~office.colours.overlaps(says("1/4").leaves_open("bad", set_of(Colour)))),
        demand("1/5", kept[0]),
        demand("1/6", kept[1]),
    )
    assert found.facts is not None
    assert not found.against
    assert found.record()["parameters"] == {
        "often": "FREQ=YEARLY", "fewest": 1, "latest": "2021-07-01", "closed_too": True, "bad": [],
        "days_off": {"2020": {"off": [], "worked": []}, "2021": {"off": [], "worked": []}},
    }  # fmt: skip
    policy = of.policy(as_of=DAY, parameters=found.parameters)
    assert {each.status for each in policy.audit(found.facts)} == {Status.SATISFIED}


def test_the_world_of_a_directive_of_clerks_claims_and_offices_is_told() -> None:
    """It is a document that other commands read, of the last day that is asked about."""
    of = directive(demand("1/1", count(each(Claim, office_id=office)) >= 1))
    found = verify(of).as_json()["world"]
    assert found["as_of"] == times(of)[0].day.isoformat()
    assert [len(found["facts"][name]) for name in ("offices", "claims")] == [1, 1]
    assert {"claims", "clerks", "offices"} <= {*found["facts"]["complete"]}
