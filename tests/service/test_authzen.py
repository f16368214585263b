"""AuthZEN 1.0: evaluations, their semantics, searches and metadata."""

from __future__ import annotations

import json
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.service import Service, application
from tests.support.asgi import Reply, ask

PUTIAN: Final = pr.load("putian-2019-52")
STATIONS: Final = [pr.Station(id="S1"), pr.Station(id="S2")]
APP: Final = application(
    Service(directive=PUTIAN, known=pr.Facts(stations=STATIONS, officers=[pr.Officer(id="P1")]))
)
CASE: Final = {
    "causation_clear": True, "simple": True, "means": ["image"], "place_codes": ["350304"],
    "complex": False, "category": "ordinary", "role": "lead",
}  # fmt: skip
CONTEXT: Final = {"as_of": "2019-09-01"}


def question(**changed: object) -> dict[str, Any]:
    """May the county bureau have a station handle a simple case?"""
    return {
        "subject": {"type": "county_bureau", "id": "350304"},
        "action": {"name": "criminal_case", "properties": {**CASE, **changed}},
        "resource": {"type": "station", "id": "S1"},
        "context": CONTEXT,
    }


def evaluated(content: object, path: str = "evaluation") -> Reply:
    """The reply to a question."""
    return ask(APP, f"/access/v1/{path}", content)


def test_only_what_is_permitted_is_decided_yes() -> None:
    assert evaluated(question()).json == {
        "decision": True,
        "context": {"outcome": "permitted", "reasons": [], "missing_steps": [], "needs": []},
    }
    # 3.1/1 forbids a case that needs forensic means; 3.1/2 in principle a complex one.
    for changed, outcome in (
        ({"means": ["forensic"]}, "prohibited"),
        ({"complex": True}, "exemption_needed"),
        ({"simple": None}, "undetermined"),
    ):
        found = evaluated(question(**changed)).json
        assert (found["decision"], found["context"]["outcome"]) == (False, outcome)
    needs = evaluated(question(simple=None)).json["context"]["needs"]
    assert needs == ["cases/asked.simple"]


def test_what_cannot_be_asked_permits_nothing() -> None:
    other = question() | {"action": {"name": "arrest"}}
    found = evaluated(other)
    assert (found.status, found.json["decision"]) == (200, False)
    assert found.json["context"]["error"]["errors"][0]["pointer"] == "/action/name"
    wrong = evaluated(question(simple="perhaps"))
    assert (wrong.status, wrong.json["decision"]) == (200, False)
    for elsewhere in ("station", "officer", "helicopter"):
        content = question() | {"resource": {"type": elsewhere, "id": "S9"}}
        assert evaluated(content).json["decision"] is False


@pytest.mark.parametrize(
    "lacking",
    [
        {"subject": None}, {"action": None}, {"resource": None}, {"subject": {"type": "officer"}},
        {"subject": {"id": "1"}}, {"action": {}}, {"resource": {"type": "station"}},
        {"resource": "station"}, {"context": []}, {"action": {"name": 1}},
        {"subject": {"type": "officer", "id": "P1", "properties": []}},
    ],
)  # fmt: skip
def test_what_every_question_has_is_asked_for(lacking: dict[str, object]) -> None:
    content = {name: each for name, each in (question() | lacking).items() if each is not None}
    reply = evaluated(content)
    assert (reply.status, reply.json["type"]) == (400, "urn:policy-rules:problem:malformed")


def test_properties_of_a_resource_are_those_of_the_fact() -> None:
    # 2.1/2 asks of a transfer out which arrival makes it good; the day says whether it is overdue.
    long_there = {"recruit": False, "specialist": False, "station_since": "2010-01-01"}
    content: dict[str, Any] = {
        "subject": {"type": "officer", "id": "P1", "properties": long_there},
        "action": {"name": "transfer", "properties": {"direction": "out", "on": "2019-08-01"}},
        "resource": {"type": "station", "id": "S3", "properties": {"officers": 14}},
        "context": {
            **CONTEXT,
            "facts": {"transfers": [
                {"id": "T1", "station_id": "S3", "direction": "in", "on": "2019-07-30",
                 "replaces": "asked"},
            ], "complete": ["transfers"]},
        },
    }  # fmt: skip
    assert evaluated(content).json["context"]["outcome"] == "permitted"
    del content["context"]["facts"]["transfers"]
    assert evaluated(content).json["context"]["outcome"] == "prohibited"


@pytest.mark.parametrize(
    ("semantics", "expected"),
    [
        (None, [True, False, True, False]),
        ("execute_all", [True, False, True, False]),
        ("deny_on_first_deny", [True, False]),
        ("permit_on_first_permit", [True]),
    ],
)
def test_several_evaluations(semantics: str | None, expected: list[bool]) -> None:
    shared = question()
    several = [
        {}, {"action": question(simple=False)["action"]},
        {"resource": {"type": "station", "id": "S2"}}, 5,
    ]  # fmt: skip
    content: dict[str, Any] = shared | {"evaluations": several}
    if semantics is not None:
        content["options"] = {"evaluations_semantic": semantics}
    found = evaluated(content, "evaluations").json["evaluations"]
    assert [each["decision"] for each in found] == expected


def test_several_of_none_are_one() -> None:
    assert evaluated(question(), "evaluations").json["decision"] is True
    wrong = question() | {"evaluations": [{}], "options": {"evaluations_semantic": "any"}}
    assert evaluated(wrong, "evaluations").status == 400
    assert evaluated(question() | {"evaluations": {}}, "evaluations").status == 400


def test_searches() -> None:
    asked = question() | {"resource": {"type": "station"}}
    assert evaluated(asked, "search/resource").json == {
        "results": [{"type": "station", "id": "S1"}, {"type": "station", "id": "S2"}]
    }
    forbidden = question(simple=False) | {"resource": {"type": "station"}}
    assert evaluated(forbidden, "search/resource").json == {"results": []}
    unknown = question() | {"resource": {"type": "helicopter"}}
    assert evaluated(unknown, "search/resource").json == {"results": []}
    subject = question() | {"subject": {"type": "officer"}}
    assert evaluated(subject, "search/subject").json == {
        "results": [{"type": "officer", "id": "P1"}]
    }
    action = {key: each for key, each in question().items() if key != "action"}
    # Without properties, no act is known well enough to be permitted.
    assert evaluated(action, "search/action").json == {"results": []}
    assert evaluated({**action, "subject": 1}, "search/action").status == 400


def test_properties_that_mean_nothing_are_passed_over_and_named() -> None:
    content = question(colour="red") | {"subject": {"type": "person", "id": "P", "properties": {}}}
    content["resource"] = {"type": "station", "id": "S1", "properties": {"oficers": 14}}
    found = evaluated(content).json
    assert found["decision"] is True
    assert found["context"]["ignored"] == ["action.colour", "resource.oficers"]
    # What is misspelt is unknown, and permits nothing that the right word forbids.
    misspelt = question(complx=False) | {"context": CONTEXT}
    del misspelt["action"]["properties"]["complex"]
    found = evaluated(misspelt).json
    assert (found["decision"], found["context"]["needs"]) == (False, ["cases/asked.complex"])


def test_an_act_and_its_resource_speak_of_one_thing() -> None:
    found = evaluated(question(station_id="S2")).json
    assert found["decision"] is False
    assert found["context"]["error"]["errors"][0]["pointer"] == "/resource/id"
    assert evaluated(question(station_id="S1")).json["decision"] is True
    # A station that is not among those that are known.
    elsewhere = question() | {"resource": {"type": "station", "id": "S9"}}
    (error,) = evaluated(elsewhere).json["context"]["error"]["errors"]
    assert (error["pointer"], error["code"]) == ("/resource/id", "dangling_reference")


def test_faults_have_their_places_in_the_question() -> None:
    def pointers(content: object) -> list[str]:
        errors = evaluated(content).json["context"]["error"]["errors"]
        return [each["pointer"] for each in errors]

    assert pointers(question(simple="perhaps")) == ["/action/properties/simple"]
    both_names = question(复杂案件=True)
    assert pointers(both_names) == ["/action/properties"]
    of_context = {"as_of": "soon", "facts": {"stations": [{"id": "S3", "officers": "many"}]}}
    assert pointers(question() | {"context": of_context}) == [
        "/context/facts/stations/0/officers", "/context/as_of",
    ]  # fmt: skip
    exempt = {"id": "E1", "cite": "3.1/2", "subject": "cases/other"}
    assert pointers(question() | {"context": {**CONTEXT, "facts": {"exemptions": [exempt]}}}) == [
        "/context/facts/exemptions/subject"
    ]


def test_keys_that_are_given_twice_are_refused() -> None:
    text = json.dumps(question())
    for once, twice in (
        ('"resource":', '"resource": {"type": "station", "id": "S2"}, "resource":'),
        ('"id": "S1"', '"id": "S2", "id": "S1"'),
        ('"simple":', '"simple": false, "simple":'),
    ):
        assert once in text
        reply = ask(APP, "/access/v1/evaluation", body=text.replace(once, twice).encode())
        assert (reply.status, reply.json["errors"][0]["code"]) == (400, "repeated_name")


def test_parts_of_what_a_search_finds() -> None:
    asked = question() | {"resource": {"type": "station"}, "page": {"limit": 1}}
    first = evaluated(asked, "search/resource").json
    assert first["results"] == [{"type": "station", "id": "S1"}]
    token = first["page"]["next_token"]
    more = asked | {"page": {"limit": 1, "token": token}}
    assert evaluated(more, "search/resource").json == {
        "page": {"next_token": "", "count": 1}, "results": [{"type": "station", "id": "S2"}],
    }  # fmt: skip
    none = evaluated(asked | {"page": {"limit": 0}}, "search/resource").json
    assert none["results"] == []
    assert none["page"]["next_token"]
    # A token is of one request, and of the limit that it gave.
    for changed in (
        more | {"page": {"limit": 2, "token": token}}, more | {"context": {}},
        asked | {"page": {"limit": 1, "token": "x"}}, asked | {"page": {"token": 5}},
        asked | {"page": {"limit": -1}}, asked | {"page": {"limit": True}}, asked | {"page": 1},
    ):  # fmt: skip
        assert evaluated(changed, "search/resource").status == 400


def test_too_many_evaluations_are_refused() -> None:
    asked = question() | {"evaluations": [{}] * 1001}
    reply = evaluated(asked, "evaluations")
    assert (reply.status, reply.json["errors"][0]["pointer"]) == (413, "/evaluations")


def test_an_evaluation_does_not_take_the_properties_of_another_resource() -> None:
    # Of the second, the number of officers is not that of the first.
    shared = question() | {
        "resource": {"type": "station", "id": "S1", "properties": {"name": "a"}},
        "evaluations": [{}, {"resource": {"id": "S2"}}, {"resource": {"id": "S9"}}],
    }
    found = evaluated(shared, "evaluations").json["evaluations"]
    assert [each["decision"] for each in found] == [True, True, False]


def test_metadata() -> None:
    told = ask(APP, "/.well-known/authzen-configuration").json
    assert told["policy_decision_point"] == "http://station.example"
    assert told["access_evaluations_endpoint"] == "http://station.example/access/v1/evaluations"


def test_replies_carry_the_id_of_the_request() -> None:
    reply = ask(APP, "/access/v1/evaluation", question(), x_request_id="bfe9eb29")
    assert reply.headers["x-request-id"] == "bfe9eb29"
