"""Mutants of what recurs, of deadlines, references and attestations."""

from __future__ import annotations

from datetime import date

import pytest

from policy_rules.facts import Fact, fact, identity, reference
from policy_rules.language import (
    DEADLINE,
    Modality,
    Recurrence,
    count,
    each,
    held,
    subject,
    the,
)
from policy_rules.language.rules import Provision
from policy_rules.language.types import RECURRENCE
from policy_rules.police import Event, EventKind, Incident, Officer, Station, Transfer, Workstation
from policy_rules.testing.cases import Case
from policy_rules.testing.killing import outcomes
from policy_rules.testing.made_up import Office
from policy_rules.testing.mutants import mutants
from policy_rules.testing.variants import values_near, variants
from tests.support.found import LABELS, SAYS, directive
from tests.support.writing import at, defining, says

station, officer, transfer = subject(Station), subject(Officer), subject(Transfer)
event = each(Event, station_id=station)
workstation = each(Workstation, station_id=station)
BY = says("1/2", quote="年底前", **LABELS).sets("by", date(2019, 12, 31))
MONTHLY = says("1/3", quote="每月", **LABELS).sets("often", Recurrence("FREQ=MONTHLY"))


def changes(*provisions: Provision) -> list[str]:
    """The mutants of a directive, by what they change."""
    return [str(mutant) for mutant in mutants(directive(*provisions).rules.directive)]


@pytest.mark.parametrize(
    ("rule", "near"),
    [
        ("FREQ=DAILY", ["FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=2"]),
        ("FREQ=WEEKLY", ["FREQ=DAILY", "FREQ=MONTHLY", "FREQ=WEEKLY;INTERVAL=2"]),
        (
            "FREQ=MONTHLY;INTERVAL=3",
            [
                "FREQ=WEEKLY;INTERVAL=3", "FREQ=YEARLY;INTERVAL=3",
                "FREQ=MONTHLY;INTERVAL=4", "FREQ=MONTHLY;INTERVAL=2",
            ],
        ),
        ("FREQ=YEARLY", ["FREQ=MONTHLY", "FREQ=YEARLY;INTERVAL=2"]),
        # Tuesdays are the same in every frequency
        ("FREQ=WEEKLY;BYDAY=SU", ["FREQ=WEEKLY;BYDAY=SU;INTERVAL=2", "FREQ=WEEKLY;BYDAY=MO"]),
        (
            "FREQ=WEEKLY;BYDAY=TU,TH",
            [
                "FREQ=WEEKLY;BYDAY=TU,TH;INTERVAL=2", "FREQ=WEEKLY;BYDAY=WE,TH",
                "FREQ=WEEKLY;BYDAY=TH", "FREQ=WEEKLY;BYDAY=TU,FR", "FREQ=WEEKLY;BYDAY=TU",
            ],
        ),
        (
            "FREQ=MONTHLY;BYDAY=-1FR",
            ["FREQ=MONTHLY;BYDAY=-1FR;INTERVAL=2", "FREQ=MONTHLY;BYDAY=-1SA"],
        ),
        (
            "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1,-1",
            [
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1,-1;INTERVAL=2",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=2,-1", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=-1",
                "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1,-2", "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=1",
                "FREQ=YEARLY;BYMONTH=11;BYMONTHDAY=1,-1",
            ],
        ),
        (
            "FREQ=MONTHLY;BYMONTHDAY=-31",
            ["FREQ=MONTHLY;BYMONTHDAY=-31;INTERVAL=2", "FREQ=MONTHLY;BYMONTHDAY=-30"],
        ),
    ],
)  # fmt: skip
def test_recurrences_that_a_slip_would_write(rule: str, near: list[str]) -> None:
    assert [str(each) for each in values_near(Recurrence(rule), RECURRENCE)] == near


def test_mutants_of_what_recurs() -> None:
    studies = event.kind.is_(EventKind.POLITICAL_STUDY)
    rule = says("1/1", **SAYS).demands(
        station, held(event, studies, on=event.on, every=MONTHLY).called(**LABELS)
    )
    found = changes(rule)
    written = "held(event where (event.kind == political_study) on event.on, often)"
    assert f"1/1: must: `{written}` without its condition" in found
    assert f"1/1: must: `{written}` without its link" in found
    assert "1/1: must: `political_study` becomes `risk_screening`" in found
    assert found[-3:] == [
        "1/3: parameter `often`: FREQ=MONTHLY becomes FREQ=WEEKLY",
        "1/3: parameter `often`: FREQ=MONTHLY becomes FREQ=YEARLY",
        "1/3: parameter `often`: FREQ=MONTHLY becomes FREQ=MONTHLY;INTERVAL=2",
    ]
    assert not any("event.on` becomes" in text for text in found)  # an event has one date only


def test_mutants_of_the_date_of_what_recurs() -> None:
    """Another date of the same fact could be mistaken for it."""
    arrived = each(Officer, station_id=station)
    rule = says("1/1", **SAYS).demands(
        station,
        held(arrived, arrived.recruit, on=arrived.station_since, every=MONTHLY).called(**LABELS),
    )
    texts = [text for text in changes(rule) if "becomes `held(" in text]
    assert [text.rpartition(" on ")[2] for text in texts] == [
        "officer.birth_date, often)`", "officer.service_since, often)`",
    ]  # fmt: skip


def test_mutants_of_deadlines() -> None:
    rule = says("1/1", **SAYS).demands(
        station, count(workstation, workstation.opened_on <= DEADLINE) >= 1, due=BY
    )
    found = changes(rule)
    assert "1/1: must: `deadline` becomes `as_of`" in found
    assert "1/1: due: dropped" in found
    (dropped,) = [
        mutant
        for mutant in mutants(directive(rule).rules.directive)
        if mutant.change == "due: dropped"
    ]
    assert "(workstation.opened_on <= as_of)" in str(dropped.rules.rules[0].must)  # type: ignore[union-attr]


def test_mutants_of_dates_that_need_not_be_known() -> None:
    """To deny what is only asked to be known makes no difference."""
    late = station.relocated_on.is_known() & (station.relocated_on > DEADLINE)
    found = changes(says("1/1", **SAYS).demands(station, ~late, due=BY))
    assert "1/1: must: `deadline` becomes `as_of`" in found
    assert any(text.startswith("1/1: must: `known(police_station.relocated_on)`") for text in found)
    asked = changes(says("1/1", **SAYS).demands(station, station.pilot.is_known()))
    assert not any("`police_station.pilot` becomes" in text for text in asked)


def test_mutants_of_moments() -> None:
    incident = subject(Incident)
    limit = says("1/2", quote="五分钟", **LABELS).sets("limit", 5)
    in_time = incident.transferred_at <= incident.received_at.plus_minutes(limit)
    found = changes(says("1/1", **SAYS).demands(incident, in_time))
    assert (
        "1/1: must: `(incident.received_at + limit minutes)` becomes `incident.received_at`"
    ) in found
    assert "1/2: parameter `limit`: 5 becomes 6" in found


def test_mutants_of_references() -> None:
    size = defining(officer, "size", int)(**LABELS).by(at("1/2")("一").makes(1))
    mover = the(Officer, transfer.officer_id)
    home = the(Station, mover.station_id)
    there = mover.station_id.is_(transfer.station_id) & (home.officers > 1)
    found = changes(says("1/1", **SAYS).demands(transfer, there), size)
    assert "1/1: must: `officer.station_id` without its reference" in found
    # the station of the transfer is another one than that of the officer; an officer has one only
    assert not any("police_station.officers` without" in text for text in found)
    assert not any("through" in text for text in found)


def test_mutants_of_references_to_facts_of_the_same_kind() -> None:
    one = subject(Event)
    begun = defining(one, "begun", bool)(**LABELS).by(at("1/2")("字").makes(True))
    occasion = the(Event, one.for_event_id)
    must = (one.on >= occasion.on) & begun.of(occasion)
    found = changes(says("1/1", **SAYS).demands(one, must), begun)
    assert found.count("1/1: must: `event.on` without its reference") == 1
    assert found.count("1/1: must: `event.begun` without its reference") == 1


@fact(collection="swaps", zh="对调", en="swap")
class Swap(Fact):
    """A fact that refers to two others of a kind."""

    id: str = identity()
    one_id: str | None = reference("offices", zh="甲", en="one", meaning="The one office.")
    other_id: str | None = reference("offices", zh="乙", en="other", meaning="The other office.")


def test_mutants_of_which_reference_is_followed() -> None:
    """An id is no field that could be read without a reference."""
    one = the(Office, subject(Swap).one_id)
    assert [what for what, _ in variants(one.open)] == [
        "`office.open` through `other_id` instead of `one_id`",
        "`office.open` becomes `~office.open`",
    ]
    assert [what for what, _ in variants(one.id)] == [
        "`office.id` through `other_id` instead of `one_id`"
    ]


def test_mutants_of_attestations() -> None:
    assert changes(says("1/1", **SAYS).attests(station)) == [
        "1/1: applies: `True` becomes `False`",
        "1/1: becomes in principle",
        "1/1: becomes target",
    ]
    pilots = says("1/1", **SAYS, modality=Modality.TARGET).attests(station, applies=station.pilot)
    assert changes(pilots) == [
        "1/1: applies: `police_station.pilot` becomes `~police_station.pilot`",
        "1/1: becomes must",
        "1/1: becomes in principle",
    ]


def test_a_denial_notices_how_strong_the_words_of_an_attestation_are() -> None:
    """And an attested duty, where it applies."""
    rule = says("1/1", **SAYS).attests(station, applies=station.pilot)
    stations = [{"id": "S", "pilot": True}]

    def case(name: str, holds: bool, status: str) -> Case:
        shown = [{"id": "A", "subject_id": "S", "cite": "1/1", "holds": holds}]
        finding = [{"subject": "stations/S", "cite": "1/1", "status": status}]
        facts = {"stations": stations, "attestations": shown}
        content = {"as_of": date(2019, 9, 1), "facts": facts, "finding": finding}
        return Case("made up", name, "1/1", "by hand", content)

    cases = [case("held", True, "satisfied"), case("denied", False, "breached")]
    killers = {str(m): k and k.name for m, k in outcomes(directive(rule).rules.directive, cases)}
    assert killers == {
        "1/1: applies: `police_station.pilot` becomes `~police_station.pilot`": "held",
        "1/1: becomes in principle": "denied",
        "1/1: becomes target": "denied",
    }
