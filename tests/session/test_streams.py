"""Dated changes: in any order, more than once, too early, too late, and wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policy_rules as pr
from policy_rules.facts import Fault
from policy_rules.facts.faults import FaultCode
from policy_rules.session import Applied, ChangeEvent, EventError, Outcome, Session

PUTIAN = pr.load("putian-2019-52")
DAY = date(2019, 9, 1)
STATION = pr.Station(id="S1", name="黄石派出所", pilot=False, officers=14)


def session(*stations: pr.Station, as_of: date = DAY, **lists: Any) -> Session:
    """A session of the directive of Putian over some stations."""
    return Session(PUTIAN.policy(as_of=as_of), pr.Facts(stations=stations, **lists))


def one(of: Session, **event: Any) -> Applied:
    """Apply one event, and what became of it."""
    (applied,) = of.apply([event])
    return applied


def outcomes(applied: Sequence[Applied]) -> list[str]:
    """What became of events."""
    return [str(each.outcome) for each in applied]


# Admission of a task: sentences 2 and 3 of 3.3

TASK = {
    "id": "T1", "station_id": "S1", "issuer": "police_branch", "issuer_level": "county",
    "within_statutory_duty": True, "branch_duty": True, "quota": False, "assignee": "officer",
    "report_sections": [], "guarantees": [], "reviewed_by": "none", "approved_by": "none",
    "starts_on": "2019-10-08",
}  # fmt: skip
STEPS = [
    "report_necessity", "report_feasibility", "report_operability", "guarantee_personnel",
    "guarantee_funds", "guarantee_equipment", "public_order_review", "municipal_committee_approval",
]  # fmt: skip
# One event for each step, in the order of the sentence.
OBTAINED: list[dict[str, Any]] = [
    {"report_sections": ["necessity"], "reported_on": "2019-08-05"},
    {"report_sections": ["necessity", "feasibility"]},
    {"report_sections": ["necessity", "feasibility", "operability"]},
    {"guarantees": ["personnel"]},
    {"guarantees": ["personnel", "funds"]},
    {"guarantees": ["personnel", "funds", "equipment"]},
    {"reviewed_by": "public_order", "review_level": "county", "reviewed_on": "2019-08-20"},
    {"approved_by": "municipal_committee", "approved_on": "2019-08-30"},
]


def test_a_task_goes_from_request_to_permitted_through_its_eight_steps() -> None:
    """Each event obtains one step: it is missing no more, and all those after it still are."""
    stream = session(STATION)
    requested = one(stream, id="request", at="2019-08-01", add={"tasks": [TASK]})
    (verdict,) = (change.after for change in requested.changes if change.kind == "verdict")
    assert isinstance(verdict, pr.Verdict)
    assert (str(verdict.outcome), list(verdict.missing_steps)) == ("awaiting", STEPS)
    told = []
    for number, fields in enumerate(OBTAINED, 1):
        at = f"2019-08-{number + 4:02}"
        applied = one(stream, id=f"step-{number}", at=at, update={"tasks/T1": fields})
        # Beside it, whether the days and who gave them agree.
        (change,) = (each for each in applied.changes if each.kind == "verdict")
        assert isinstance(change.before, pr.Verdict)
        assert isinstance(change.after, pr.Verdict)
        assert list(change.before.missing_steps) == STEPS[number - 1 :]
        assert change.because == ("tasks/T1",)
        told.append((str(change.after.outcome), list(change.after.missing_steps)))
    assert told == [("awaiting", STEPS[number:]) for number in range(1, 8)] + [("permitted", [])]
    assert stream.check("tasks/T1").permitted


def test_a_step_of_a_day_to_come_is_obtained_when_that_day_has_come() -> None:
    """An approval of 20 September is none on the 1st, and is one on the 20th."""
    stream = session(STATION)
    one(stream, id="request", add={"tasks": [TASK]})
    for number, fields in enumerate(OBTAINED[:-1]):
        one(stream, id=f"step-{number}", update={"tasks/T1": fields})
    approval = {"approved_by": "municipal_committee", "approved_on": "2019-09-20"}
    approved = one(stream, id="approval", update={"tasks/T1": approval}).changes
    assert {change.kind for change in approved} == {"agreement"}  # of its day and who gave it
    assert list(stream.check("tasks/T1").missing_steps) == STEPS[-1:]
    applied = one(stream, id="day", as_of="2019-09-20")
    (change,) = (change for change in applied.changes if change.subject == "tasks/T1")
    assert change.after is not None
    assert change.because == ()
    assert stream.check("tasks/T1").permitted
    assert stream.policy.as_of == date(2019, 9, 20)


def test_a_step_that_is_missing_on_the_day_of_the_act_prohibits_it() -> None:
    """The eighth step is still missing when the task is to begin."""
    stream = session(STATION)
    one(stream, id="request", add={"tasks": [TASK]})
    for number, fields in enumerate(OBTAINED[:-1]):
        one(stream, id=f"step-{number}", update={"tasks/T1": fields})
    stream.apply([{"id": "day-1", "as_of": "2019-10-07"}])
    assert str(stream.check("tasks/T1").outcome) == "awaiting"
    stream.apply([{"id": "day-2", "as_of": "2019-10-08"}])
    assert str(stream.check("tasks/T1").outcome) == "prohibited"


# A transfer: sentence 2 of 2.1, out only once a replacement is in


def test_a_transfer_goes_from_request_through_arrival_to_departure() -> None:
    """The departure awaits a replacement at the same station; one elsewhere is none."""
    officer = pr.Officer(id="P1", station_id="S1", recruit=False)
    stream = session(STATION, pr.Station(id="S2"), officers=[officer], complete=["transfers"])
    out = {"id": "C1", "station_id": "S1", "officer_id": "P1", "direction": "out",
           "on": "2019-09-16"}  # fmt: skip
    one(stream, id="request", at="2019-08-20", add={"transfers": [out]})
    awaiting = stream.check("transfers/C1")
    assert (str(awaiting.outcome), awaiting.missing_steps) == ("awaiting", ("replacement_arrived",))
    elsewhere = {"id": "C2", "station_id": "S2", "direction": "in", "on": "2019-08-28"}
    one(stream, id="elsewhere", add={"transfers": [elsewhere | {"replaces": "C1"}]})
    assert str(stream.check("transfers/C1").outcome) == "awaiting"
    here = {"id": "C3", "station_id": "S1", "direction": "in", "on": "2019-08-30", "replaces": "C1"}
    applied = one(stream, id="arrival", at="2019-08-30", add={"transfers": [here]})
    verdicts = {
        change.subject: str(change.after.outcome)
        for change in applied.changes
        if isinstance(change.after, pr.Verdict)
    }
    assert verdicts == {"transfers/C1": "permitted", "transfers/C3": "permitted"}
    one(stream, id="departure", as_of="2019-09-16")
    assert stream.check("transfers/C1").permitted


def test_a_departure_whose_day_comes_without_a_replacement_is_prohibited() -> None:
    """The replacement comes a day late."""
    stream = session(STATION)
    out = {"id": "C1", "station_id": "S1", "direction": "out", "on": "2019-09-16"}
    late = {"id": "C2", "station_id": "S1", "direction": "in", "on": "2019-09-17", "replaces": "C1"}
    stream.apply(
        [
            {"id": "1", "add": {"transfers": [out]}, "complete": ["transfers"]},
            {"id": "2", "add": {"transfers": [late]}},
            {"id": "3", "as_of": "2019-09-17"},
        ]
    )
    assert str(stream.check("transfers/C1").outcome) == "prohibited"


def test_changes_are_told_in_a_fixed_order() -> None:
    """Those of what the event is about first, then the others, each by its key."""
    stations = [pr.Station(id=f"S{n}", bureau_id=f"B{n % 2}", officers=n) for n in range(1, 7)]
    bureaus = [pr.Bureau(id=f"B{n}", officers=20) for n in range(2)]
    stream = session(*stations, bureaus=bureaus, complete=["stations"])
    more = {f"stations/S{n}": {"officers": 14} for n in (5, 2, 6, 1)}
    applied = one(stream, id="1", update=more)
    subjects = list(dict.fromkeys(change.subject for change in applied.changes))
    assert subjects == [*(f"stations/S{n}" for n in (1, 2, 5, 6)), "bureaus/B0", "bureaus/B1"]


# The same event again


def test_an_event_is_applied_once() -> None:
    """Also where it comes again with other words, and where it has changed nothing."""
    stream = session(STATION)
    told: list[object] = []
    stream.subscribe(told.append)
    event = {"id": "1", "update": {"stations/S1": {"officers": 11}}}
    first, again = stream.apply([event, event])
    assert first.outcome is Outcome.APPLIED
    assert first.changes
    assert again == Applied(event="1", outcome=Outcome.REPEATED)
    assert one(stream, id="1", remove=["stations/S1"]).outcome is Outcome.REPEATED
    assert one(stream, id="2", update={"stations/S1": {"officers": 11}}).changes == ()
    assert one(stream, id="2", update={"stations/S1": {"officers": 9}}).outcome is Outcome.REPEATED
    assert str(stream.decide("stations/S1", "duty_mode").value) == "zoned"
    assert len(told) == 1


def test_an_event_that_waits_is_not_kept_twice() -> None:
    """It has been seen, whether it has applied or not."""
    stream = session(STATION)
    early = {"id": "1", "update": {"stations/S2": {"officers": 14}}}
    assert outcomes(stream.apply([early, early])) == ["waiting", "repeated"]
    one(stream, id="2", add={"stations": [{"id": "S2"}]})
    assert one(stream, **early).outcome is Outcome.REPEATED
    assert not stream.waiting


def test_an_event_that_was_refused_can_be_put_right() -> None:
    """Nothing of it was applied, so its id is free."""
    stream = session(STATION)
    wrong = {"id": "1", "add": {"stations": [{"id": "S1"}]}, "complete": ["stations"]}
    with pytest.raises(EventError):
        stream.apply([wrong])
    assert stream.facts == pr.Facts(stations=[STATION])
    assert one(stream, id="1", add={"stations": [{"id": "S2"}]}).outcome is Outcome.APPLIED


# Too late: a later change of the same field came before


def test_of_two_changes_of_a_field_the_later_one_holds() -> None:
    """An event is overtaken field by field, and as a whole where nothing of it is left."""
    stream = session(STATION)
    of = {"stations/S1": {"officers": 11, "auxiliaries": 3}}
    assert one(stream, id="1", at="2019-08-20", update=of).outcome is Outcome.APPLIED
    assert one(
        stream, id="2", at="2019-08-10", update={"stations/S1": {"officers": 30}}
    ) == Applied(event="2", outcome=Outcome.OVERTAKEN)
    partly = {"stations/S1": {"officers": 31, "villages": 7}}
    assert one(stream, id="3", at="2019-08-15", update=partly).outcome is Outcome.APPLIED
    now = stream.facts.named(pr.Station, "S1")
    assert (now.officers, now.auxiliaries, now.villages) == (11, 3, 7)
    one(stream, id="4", at="2019-08-20T00:01", update={"stations/S1": {"officers": None}})
    assert stream.facts.named(pr.Station, "S1").officers is None


def test_what_a_fact_is_added_with_is_dated_too() -> None:
    """An earlier change says what was not known of it, and nothing that was."""
    stream = session(STATION)
    new = {"stations": [{"id": "S2", "officers": 12}]}
    one(stream, id="1", at="2019-08-20", add=new)
    earlier = {"stations/S2": {"officers": 30, "villages": 7}}
    one(stream, id="2", at="2019-08-10", update=earlier)
    now = stream.facts.named(pr.Station, "S2")
    assert (now.officers, now.villages) == (12, 7)


def test_what_is_not_dated_is_as_of_now() -> None:
    """It holds over what came before it, and gives way to whatever comes after."""
    stream = session(STATION)
    one(stream, id="1", at="2019-08-20", update={"stations/S1": {"officers": 11}})
    one(stream, id="2", update={"stations/S1": {"officers": 20}})
    assert stream.facts.named(pr.Station, "S1").officers == 20
    one(stream, id="3", at="2019-08-01", update={"stations/S1": {"officers": 9}})
    assert stream.facts.named(pr.Station, "S1").officers == 9
    stream.update("stations/S1", officers=21)
    one(stream, id="4", at="2019-07-20", update={"stations/S1": {"officers": 8}})
    assert stream.facts.named(pr.Station, "S1").officers == 8


def test_a_date_that_has_passed_does_not_come_back() -> None:
    """An event takes the session forward only."""
    stream = session(STATION)
    one(stream, id="1", as_of="2019-09-20")
    assert one(stream, id="2", as_of="2019-09-10").changes == ()
    assert stream.policy.as_of == date(2019, 9, 20)


# Too early: what an event is about is still to come


def test_events_wait_for_what_they_are_about_and_wake_one_another() -> None:
    """A change of an officer waits for the officer, who waits for the station: a chain."""
    stream = session(STATION)
    officer = {"id": "P1", "station_id": "S2", "role": "case"}
    early = stream.apply(
        [
            {"id": "role", "at": "2019-08-20", "update": {"officers/P1": {"role": "patrol"}}},
            {"id": "officer", "at": "2019-08-10", "add": {"officers": [officer]}},
        ]
    )
    assert outcomes(early) == ["waiting", "waiting"]
    assert [each.waits_for for each in early] == [("officers/P1",), ("stations/S2",)]
    assert dict(stream.waiting) == {"role": ("officers/P1",), "officer": ("stations/S2",)}
    assert len(stream.facts) == 1
    told: list[str] = []
    stream.subscribe(lambda changes: told.extend(change.subject for change in changes))
    applied = one(stream, id="station", at="2019-08-01", add={"stations": [{"id": "S2"}]})
    assert (applied.outcome, applied.woken) == (Outcome.APPLIED, ("officer", "role"))
    assert {"stations/S2", "officers/P1"} <= {change.subject for change in applied.changes}
    assert told == [change.subject for change in applied.changes]
    assert str(stream.facts.named(pr.Officer, "P1").role) == "patrol"
    assert not stream.waiting


def test_an_event_about_several_facts_waits_for_all_of_them() -> None:
    """It applies as a whole, when the last has come."""
    stream = session(STATION)
    both = {"stations/S2": {"officers": 12}, "stations/S3": {"officers": 11}}
    assert one(stream, id="1", update=both).waits_for == ("stations/S2", "stations/S3")
    assert one(stream, id="2", add={"stations": [{"id": "S3"}]}).woken == ()
    assert dict(stream.waiting) == {"1": ("stations/S2",)}
    assert stream.facts.named(pr.Station, "S3").officers is None
    assert one(stream, id="3", add={"stations": [{"id": "S2"}]}).woken == ("1",)
    assert stream.facts.named(pr.Station, "S3").officers == 11


def test_changes_by_hand_wake_events_too() -> None:
    """A transaction brings what an event waits for, and tells of both."""
    stream = session(STATION)
    one(stream, id="1", update={"stations/S2": {"pilot": False, "officers": 12}})
    changes = stream.add(pr.Station(id="S2"))
    assert ("stations/S2", "duty_mode") in {(each.subject, each.name) for each in changes}
    assert str(stream.decide("stations/S2", "duty_mode").value) == "two_teams_one_room"


def test_woken_events_are_applied_in_the_order_of_their_time() -> None:
    """Whichever came first while they waited; and a removal after what it follows."""
    stream = session(STATION)
    waiting = stream.apply(
        [
            {"id": "gone", "at": "2019-08-20", "remove": ["stations/S3"]},
            {"id": "c", "at": "2019-08-12", "update": {"stations/S2": {"officers": 12}}},
            {"id": "b", "at": "2019-08-11", "update": {"stations/S2": {"officers": 11}}},
            {"id": "b3", "at": "2019-08-11", "update": {"stations/S3": {"officers": 11}}},
        ]
    )
    assert outcomes(waiting) == ["waiting"] * 4
    new = {"stations": [{"id": "S2"}, {"id": "S3"}]}
    assert one(stream, id="new", at="2019-08-01", add=new).woken == ("b", "b3", "c", "gone")
    assert {each.id for each in stream.facts} == {"S1", "S2"}
    assert stream.facts.named(pr.Station, "S2").officers == 12


def test_facts_that_can_only_come_together_do() -> None:
    """The first bureau is refused while a station refers to another, and so would the other be."""
    stations = [pr.Station(id="S1", bureau_id="B1"), pr.Station(id="S2", bureau_id="B2")]
    stream = session(*stations)
    first = one(stream, id="1", add={"bureaus": [{"id": "B1"}]})
    assert (first.outcome, first.waits_for) == (Outcome.WAITING, ("bureaus/B2",))
    renamed = {"bureaus/B1": {"name": "荔城分局"}}
    assert one(stream, id="2", update=renamed).outcome is Outcome.WAITING
    second = one(stream, id="3", add={"bureaus": [{"id": "B2"}]})
    assert (second.outcome, second.woken) == (Outcome.APPLIED, ("1", "2"))
    assert stream.facts.named(pr.Bureau, "B1").name == "荔城分局"
    assert not stream.waiting


def test_several_facts_that_can_only_come_together_wait_for_the_last() -> None:
    """Three bureaus, one at a time; a fourth that is wrong keeps none of them back."""
    stations = [pr.Station(id=f"S{n}", bureau_id=f"B{n}") for n in (1, 2, 3)]
    stream = session(*stations)
    for number in (1, 2):
        one(stream, id=str(number), add={"bureaus": [{"id": f"B{number}"}]})
    wrong = {"bureaus": [{"id": "B3"}], "stations": [{"id": "S1"}]}
    with pytest.raises(EventError, match=r"^events 1: stations/S1: expected an id that is not th"):
        one(stream, id="3", add=wrong)
    assert one(stream, id="4", add={"bureaus": [{"id": "B3"}]}).woken == ("1", "2")
    assert len(stream.facts) == 6


def test_facts_that_contradict_each_other_do_not_come_together() -> None:
    """Each waits for a bureau of the other, and both add the same officer."""
    stations = [pr.Station(id="S1", bureau_id="B1"), pr.Station(id="S2", bureau_id="B2")]
    stream = session(*stations)
    for number in (1, 2):
        both = {"bureaus": [{"id": f"B{number}"}], "officers": [{"id": "P1"}]}
        assert one(stream, id=str(number), add=both).outcome is Outcome.WAITING
    assert dict(stream.waiting) == {"1": ("bureaus/B2",), "2": ("bureaus/B1",)}
    assert len(stream.facts) == 2


# Refused


def test_what_cannot_be_applied_stops_there_and_says_what_was() -> None:
    """The events before it have applied, it has not at all, those after it have not been tried."""
    stream = session(STATION)
    with pytest.raises(EventError) as caught:
        stream.apply(
            [
                {"id": "1", "update": {"stations/S1": {"officers": 11}}},
                {"id": "2", "add": {"stations": [{"id": "S1"}]}, "complete": ["stations"]},
                {"id": "3", "update": {"stations/S1": {"officers": 12}}},
            ],
            source="roster line",
        )
    assert str(caught.value) == (
        "roster line 2: stations/S1: expected an id that is not there yet, found it given; "
        "`update` it, or remove it first"
    )
    assert [each.event for each in caught.value.applied] == ["1"]
    eleven = pr.Station(id="S1", name="黄石派出所", pilot=False, officers=11)
    assert stream.facts == pr.Facts(stations=[eleven])


def test_what_others_refer_to_is_not_taken_away() -> None:
    """It does not wait: what an event takes away itself will not come."""
    stream = session(STATION, officers=[pr.Officer(id="P1", station_id="S1")])
    more = {"stations": [{"id": "S2"}]}
    with pytest.raises(EventError, match=r"^events 1: officers/P1\.station_id: expected "):
        one(stream, id="1", add=more, remove=["stations/S1"])
    assert not stream.waiting
    assert len(stream.facts) == 2


def test_what_had_waited_and_is_then_wrong_is_refused_with_why() -> None:
    """Of two that were to add the same fact, the one that had waited; the facts stay sound."""
    stream = session(STATION)
    late = {"officers": [{"id": "P1", "station_id": "S2"}]}
    assert one(stream, id="1", add=late).outcome is Outcome.WAITING
    one(stream, id="2", add={"officers": [{"id": "P1", "station_id": "S1"}]})
    applied = one(stream, id="3", add={"stations": [{"id": "S2"}]})
    assert applied.woken == ()
    assert {id: str(error) for id, error in stream.refused.items()} == {
        "1": "officers/P1: expected an id that is not there yet, found it given; `update` it, or "
        "remove it first"
    }
    assert not stream.waiting
    assert stream.facts.named(pr.Officer, "P1").station_id == "S1"
    again = one(stream, id="1", update={"officers/P1": {"station_id": "S2"}})
    assert again.outcome is Outcome.APPLIED, "corrected, it applies"


def test_what_is_only_passed_through_is_not_told() -> None:
    """A conclusion that a woken event turns back again has not changed: 12 officers, 11, 12."""
    stream = session(pr.Station(id="S1", pilot=False, officers=12))
    back = {"stations/S1": {"officers": 12}, "tasks/T1": {"quota": True}}
    assert one(stream, id="2", at="2019-09-03", update=back).outcome is Outcome.WAITING
    applied = one(
        stream, id="1", at="2019-09-02",
        update={"stations/S1": {"officers": 11}}, add={"tasks": [{"id": "T1"}]},
    )  # fmt: skip
    assert applied.woken == ("2",)
    assert {change.subject for change in applied.changes} == {"tasks/T1"}
    about = [(change.kind, change.name) for change in applied.changes]
    assert len(about) == len(set(about)), "each conclusion once"
    gone = one(stream, id="4", remove=["cases/A1"])
    assert gone.outcome is Outcome.WAITING
    assert one(stream, id="3", add={"cases": [{"id": "A1"}]}).changes == (), "come and gone"


def test_one_event_may_be_given_as_it_is() -> None:
    """A text is one event, not the characters that it is made of; so is an object."""
    stream = session(STATION)
    assert len(stream.apply('{"id": "1", "update": {"stations/S1": {"officers": 11}}}')) == 1
    assert len(stream.apply({"id": "2", "update": {"stations/S1": {"officers": 12}}})) == 1
    assert stream.facts.named(pr.Station, "S1").officers == 12


def test_a_subscriber_s_own_error_is_not_the_event_s() -> None:
    """It reaches whoever applied the event, as it is; the event has applied."""
    stream = session(STATION)

    def fail(_: object) -> None:
        raise pr.FactError([Fault(place="elsewhere", code=FaultCode.OTHER, zh="错", en="wrong")])

    stream.subscribe(fail)
    with pytest.raises(pr.FactError, match=r"^elsewhere: wrong$") as raised:
        one(stream, id="1", update={"stations/S1": {"officers": 11}})
    assert not isinstance(raised.value, EventError)
    assert stream.facts.named(pr.Station, "S1").officers == 11


def test_a_removal_that_had_waited_is_refused_while_others_refer_to_what_it_removes() -> None:
    """Once the fact has come it would wait for itself for ever."""
    stream = session(STATION)
    officer = {"id": "P1", "station_id": "S2"}
    stream.apply(
        [
            {"id": "come", "at": "2019-08-10", "add": {"officers": [officer]}},
            {"id": "gone", "at": "2019-08-20", "remove": ["stations/S2"]},
        ]
    )
    applied = one(stream, id="new", at="2019-08-01", add={"stations": [{"id": "S2"}]})
    assert applied.woken == ("come",)
    assert list(stream.refused) == ["gone"]
    assert not stream.waiting


# Bad events

_BAD: list[tuple[object, list[str]]] = [
    (
        '{"id": "1", "update": {"stations/S1": {"officers": "many", "zone": 3}}}',
        [
            'update stations/S1.officers: expected a whole number from 0 to 10000000, found "many"',
            'update stations/S1: expected a known field, found "zone"; did you mean `zones`?',
        ],
    ),
    ('{"id": "2", "update": ', ["expected JSON, found an error at 1:23"]),
    ("[1]", ["expected an object, found a list; give an event such as"]),
    ('{"at": "2019-08-01"}', ["id: expected the id of the event, found nothing"]),
    (
        {"id": "a b", "at": "yesterday", "as_of": "2019-13-01"},
        [
            "id: expected ",
            "at: expected ",
            "as_of: expected ",
        ],
    ),
    (
        {"id": "3", "add": {"station": [{}]}, "remove": "stations/S1", "complete": ["towns"]},
        [
            'add: expected a known collection, found "station"; did you mean `stations`?',
            "remove: expected a list of texts, found ",
            'complete: expected a known collection, found "towns"',
        ],
    ),
    (
        {"id": "4", "ad": {}, "add": {"stations": [{"id": "S9", "pilot": "maybe"}, 7]}},
        [
            'expected a known part, found "ad"; did you mean `add`?',
            "add.stations[0].pilot: expected ",
            "add.stations[1]: expected an object, found 7",
        ],
    ),
    (
        {"id": "5", "update": {"S1": {}, "stations/S1": 3}, "remove": ["stations/"]},
        [
            'expected a key such as `bureaus/ID`, found "S1"',
            "update stations/S1: expected an object, found 3",
            'expected a key such as `bureaus/ID`, found "stations/"',
        ],
    ),
    (
        '{"id": "6", "id": "7", "编号": "8", "事件编号": "9"}',
        [
            'expected "id" once, found it given twice',
            'expected a known part, found "编号"',
            'expected "事件编号" once, found it given twice (as `id`)',
        ],
    ),
    (
        {"id": "7", "update": {"stations/S1": {}, "派出所/S1": {"officers": 1, "民警数": 2}}},
        [
            'update: expected "派出所/S1" once, found it given twice (as `stations/S1`)',
            'update stations/S1: expected "民警数" once, found it given twice (as `officers`)',
        ],
    ),
    ({"id": "8", "update": {"stations/S1": {"id": None}}}, ["update stations/S1.id: expected "]),
    # No fact can ever come with such an id: they would wait for ever.
    (
        {"id": "9", "update": {"stations/S1/x": {"officers": 3}}, "remove": ["stations/ "]},
        [
            '"stations/S1/x".id: expected a text of 1 to 64 characters without white space, '
            'slashes or invisible characters, found "S1/x"; correct it',
            '"stations/␣".id: expected a text of 1 to 64 characters',
        ],
    ),
    (
        '{"id": "10", "update": {"stations/S\\ud800": {"name": "\\ud800"}, "派出所/a\u200bb": 3}}',
        [
            r'"stations/S\ud800".id: expected a text of 1 to 64 characters',
            r'update stations/S\ud800.name: expected whole characters, found "\ud800"',
            r'"派出所/a\u200bb".id: expected a text of 1 to 64 characters',
            r"update stations/a\u200bb: expected an object, found 3",
        ],
    ),
    (
        ChangeEvent(id="11", update={"stations/S9": {"name": "\ud800"}, "stations/a/b": {}}),
        [
            r'update stations/S9.name: expected whole characters, found "\ud800"',
            '"stations/a/b".id: expected a text of 1 to 64 characters',
        ],
    ),
    (
        ChangeEvent(id="12", at=datetime(2019, 9, 1, 8, 30, 0, 5)),
        ["at: expected a local date and time from 1900-01-01 to 2199-12-31, to the second"],
    ),
    (b"\xff", ["expected JSON, found an error at 1:1"]),
    ("", ["expected a JSON object, found an empty file"]),
]


def test_all_faults_of_all_events_are_told_before_any_is_applied() -> None:
    """Each with its line and field; the good events among them are not applied either."""
    stream = session(STATION)
    good = {"id": "good", "update": {"stations/S1": {"officers": 3}}}
    lines: list[Any] = [good, *(line for line, _ in _BAD)]
    with pytest.raises(pr.FactError) as caught:
        stream.apply(lines, source="feed.jsonl line")
    assert not isinstance(caught.value, EventError)
    assert all(fault.code is not FaultCode.OTHER for fault in caught.value.faults)
    told: dict[int, list[str]] = {}
    for fault in caught.value.faults:
        place, _, rest = fault.text().removeprefix("feed.jsonl line ").partition(":")
        number, _, field = place.partition(".")
        told.setdefault(int(number), []).append((f"{field}:" if field else "") + rest)
        assert fault.text("zh").startswith(f"feed.jsonl line {place}")
    for at, (line, expected) in enumerate(_BAD, 2):
        found = [each.strip() for each in told.pop(at)]
        assert len(found) == len(expected), (line, found)
        for words in expected:
            assert any(each.startswith(words) for each in found), (words, found)
    assert not told
    assert stream.facts == pr.Facts(stations=[STATION])


def test_an_event_made_in_python_is_taken() -> None:
    """Checked as one that is read, and with an id: else what came twice could not be told."""
    stream = session(STATION)
    event = ChangeEvent(id="1", update={"stations/S1": {"officers": 11}}, as_of=date(2019, 9, 2))
    assert outcomes(stream.apply([event])) == ["applied"]
    with pytest.raises(pr.FactError, match=r"^events 2\.id: expected the id of the event"):
        stream.apply([ChangeEvent(id="2"), ChangeEvent(complete=("stations",))])


def test_keys_and_values_are_taken_by_their_chinese_labels() -> None:
    """The same event in Chinese and in English comes to the same facts."""
    chinese, english = session(STATION), session(STATION)
    one(
        chinese,
        事件编号="1", 时间="2019-08-20", 新增={"民警": [{"编号": "P1", "岗位": "所长"}]},
        修改={"派出所/S1": {"民警数": 11, "用房状况": "危房"}}, 完整列表=["民警"],
        基准日期="2019-09-03",
    )  # fmt: skip
    one(
        english,
        id="1", at="2019-08-20", add={"officers": [{"id": "P1", "role": "chief"}]},
        update={"stations/S1": {"officers": 11, "premises": "dangerous"}}, complete=["officers"],
        as_of="2019-09-03",
    )  # fmt: skip
    assert chinese.facts == english.facts
    assert chinese.facts.is_complete("officers")
    assert chinese.policy.as_of == english.policy.as_of == date(2019, 9, 3)
    one(chinese, 事件编号="2", 删除=["民警/P1"])
    assert len(chinese.facts) == 1


# Any order

_STREAM: list[dict[str, Any]] = [
    {"id": "bureau-1", "at": "2019-07-20", "add": {"bureaus": [{"id": "B1"}]}},
    {"id": "bureau-2", "at": "2019-07-21", "add": {"bureaus": [{"id": "B2", "officers": 50}]}},
    {
        "id": "station", "at": "2019-07-22",
        "add": {"stations": [{"id": "S3", "bureau_id": "B2", "pilot": False, "officers": 10}]},
    },
    {
        "id": "officers", "at": "2019-07-23", "complete": ["officers"],
        "add": {"officers": [{"id": "P1", "station_id": "S3", "recruit": False},
                             {"id": "P2", "station_id": "S1"}]},
    },
    {"id": "grew", "at": "2019-07-24", "update": {"stations/S3": {"officers": 12}}},
    {
        "id": "shrank", "at": "2019-07-25", "as_of": "2019-09-05",
        "update": {"stations/S3": {"officers": 11, "villages": 4}},
    },
    {"id": "moved", "at": "2019-07-26", "update": {"officers/P1": {"station_id": "S1"}}},
    {
        "id": "moved-back", "at": "2019-07-27",
        "update": {"officers/P1": {"station_id": "S3"}, "stations/S3": {"villages": None}},
    },
    {"id": "promoted", "at": "2019-07-28", "update": {"officers/P2": {"role": "chief"}}},
    {"id": "left", "at": "2019-07-29", "remove": ["officers/P2"]},
    {"id": "request", "at": "2019-08-01", "add": {"tasks": [TASK | {"station_id": "S3"}]}},
    *(
        {"id": f"step-{n}", "at": f"2019-08-{n + 1:02}", "update": {"tasks/T1": fields}}
        for n, fields in enumerate(OBTAINED, 1)
    ),
    {
        "id": "out", "at": "2019-08-20",
        "add": {"transfers": [{"id": "C1", "station_id": "S3", "officer_id": "P1",
                               "direction": "out", "on": "2019-09-16"}]},
    },
    {
        "id": "in", "at": "2019-08-28", "as_of": "2019-09-02",
        "add": {"transfers": [{"id": "C2", "station_id": "S3", "direction": "in",
                               "on": "2019-08-28", "replaces": "C1"}]},
    },
]  # fmt: skip
_FIRST = [pr.Station(id="S1", bureau_id="B1"), pr.Station(id="S2", bureau_id="B2")]
# What the events come to, by hand: the last word on each field.
_LAST = pr.Facts(
    bureaus=[pr.Bureau(id="B1"), pr.Bureau(id="B2", officers=50)],
    stations=[*_FIRST, pr.Station(id="S3", bureau_id="B2", pilot=False, officers=11)],
    officers=[pr.Officer(id="P1", station_id="S3", recruit=False)],
    tasks=[
        pr.Task(
            id="T1", station_id="S3", issuer=pr.Issuer.POLICE_BRANCH,
            issuer_level=pr.Level.COUNTY, within_statutory_duty=True, branch_duty=True,
            quota=False, assignee=pr.Assignee.OFFICER,
            report_sections=frozenset(pr.ReportSection), guarantees=frozenset(pr.Guarantee),
            reviewed_by=pr.Reviewer.PUBLIC_ORDER, review_level=pr.Level.COUNTY,
            approved_by=pr.Approver.MUNICIPAL_COMMITTEE,
            reported_on=date(2019, 8, 5), reviewed_on=date(2019, 8, 20),
            approved_on=date(2019, 8, 30), starts_on=date(2019, 10, 8),
        )
    ],
    transfers=[
        pr.Transfer(id="C1", station_id="S3", officer_id="P1", direction=pr.Direction.OUT,
                    on=date(2019, 9, 16)),
        pr.Transfer(id="C2", station_id="S3", direction=pr.Direction.IN, on=date(2019, 8, 28),
                    replaces="C1"),
    ],
    complete=["officers"],
)  # fmt: skip


def said(answers: Any) -> dict[tuple[str, str], Mapping[str, Any]]:
    """Answers by what they are about, but for whose that is: it is the fact's, no conclusion."""
    return {
        (type(each).__name__, f"{each.subject} {getattr(each, 'name', getattr(each, 'cite', ''))}"):
        {key: value for key, value in each.as_json().items() if key != "bodies"} for each in answers
    }  # fmt: skip


_ANSWERS = said(Session(PUTIAN.policy(as_of=date(2019, 9, 5)), _LAST).answers)


@settings(max_examples=20)
@given(st.permutations(_STREAM), st.lists(st.sampled_from(_STREAM), max_size=5))
def test_dated_events_come_to_the_same_in_any_order(
    order: list[dict[str, Any]], again: list[dict[str, Any]]
) -> None:
    """The facts, the answers and the view kept by what was told, however they arrive."""
    # The order has nothing to do with the engine, and the compiler would take most of the time.
    policy = PUTIAN.policy(as_of=DAY, engine="interpreter")
    stream = Session(policy, pr.Facts(stations=_FIRST))
    view = said(stream.answers)

    def told(changes: Sequence[pr.Change]) -> None:
        for change in changes:
            ((key, answer),) = said([change.answer]).items()
            view.pop(key, None)
            if change.after is not None:
                view[key] = answer

    stream.subscribe(told)
    for event in (*order, *again):
        stream.apply([event])
    facts = {fact.key: fact for fact in stream.facts}
    assert facts == {fact.key: fact for fact in _LAST}
    assert stream.facts.complete == _LAST.complete
    assert stream.policy.as_of == date(2019, 9, 5)
    assert said(stream.answers) == _ANSWERS
    assert view == _ANSWERS
    # An officer who has left is not heard of again.
    assert set(stream.waiting) <= {"promoted"}
    assert not stream.refused


def test_the_answers_at_the_end_are_those_of_the_text() -> None:
    """By hand, of what all orders come to: eleven officers, all steps, one out and one in."""
    stream = session(*_FIRST)
    stream.apply(_STREAM)
    assert str(stream.decide("stations/S3", "duty_mode").value) == "zoned"
    assert stream.check("tasks/T1").permitted
    assert stream.check("transfers/C1").permitted
    (roster,) = (each for each in stream.findings("stations/S3") if str(each.cite) == "2.1/7a")
    assert (str(roster.status), roster.actual, roster.required) == ("breached", 11, 1)
