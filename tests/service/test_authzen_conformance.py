"""The scenarios of the conformance suite of AuthZEN 1.0, each under the suite's own name for it.

The suite asks a demonstration policy of its own; `record_office` is one of the same shape. What is
asked and expected is put here in our own words and code.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve, frozen

import policy_rules as pr
from policy_rules.service import Service, application
from policy_rules.service.tokens import Tokens
from tests.service.record_office import DIRECTIVE, KNOWN
from tests.support.asgi import Reply, ask

SERVICE: Final = Service(directive=pr.load(DIRECTIVE), as_of=date(2025, 6, 27), known=KNOWN)
APP: Final = application(SERVICE)
GUARDED: Final = application(SERVICE, Tokens.of(["gateway 0123456789abcdefghij"]))
PATHS: Final = {
    "evaluation": "/access/v1/evaluation",
    "evaluations": "/access/v1/evaluations",
    "subject-search": "/access/v1/search/subject",
    "resource-search": "/access/v1/search/resource",
    "action-search": "/access/v1/search/action",
}
Content = dict[str, Any]


@frozen(kw_only=True)
class Scenario:
    """What is asked, and what is to come back.

    `permitted` is the decision, or those of several evaluations; `found` are the ids or names that
    a search finds at least.
    """

    asked: object = None
    body: bytes | None = None
    method: str = "POST"
    headers: Mapping[str, str] = {}
    statuses: tuple[int, ...] = (200,)
    permitted: bool | list[bool] | None = None
    found: frozenset[str] | None = None
    guarded: bool = False
    times: int = 1


def user(id: str, **properties: object) -> Content:
    """A subject."""
    return {"type": "user", "id": id} | ({"properties": properties} if properties else {})


def record(id: str, **properties: object) -> Content:
    """A resource."""
    return {"type": "record", "id": id} | ({"properties": properties} if properties else {})


def act(name: str, **properties: object) -> Content:
    """An action."""
    return {"name": name} | ({"properties": properties} if properties else {})


ALICE, BOB = user("alice"), user("bob")
ADMIN: Final = user("bob", role="admin")
ACTIVE, ARCHIVED = record("record-1", status="active"), record("record-2", status="archived")
FIRST: Final = record("record-1")
USERS, RECORDS = {"type": "user"}, {"type": "record"}
CONTEXT: Final = {"time": "2025-06-27T18:03-07:00", "ip": "192.168.1.1"}
UNKNOWN: Final[Content] = {"foo": "bar", "futureField": {"nested": True}}

# A request of each kind that is answered, and its answer.
READS: Final = Scenario(
    asked={"subject": ALICE, "action": act("read"), "resource": FIRST}, permitted=True
)
BOTH: Final = Scenario(
    asked={
        "subject": ALICE, "action": act("read"),
        "evaluations": [{"resource": FIRST}, {"resource": record("record-2")}],
    },
    permitted=[True, True],
)  # fmt: skip
READERS: Final = Scenario(
    asked={"subject": USERS, "action": act("read"), "resource": FIRST},
    found=frozenset({"alice", "bob"}),
)
READABLE: Final = Scenario(
    asked={"subject": ALICE, "action": act("read"), "resource": RECORDS},
    found=frozenset({"record-1"}),
)
ALLOWED: Final = Scenario(
    asked={"subject": ALICE, "resource": FIRST}, found=frozenset({"read", "write"})
)
USUAL: Final = {
    "evaluation": READS, "evaluations": BOTH, "subject-search": READERS,
    "resource-search": READABLE, "action-search": ALLOWED,
}  # fmt: skip
# Bob reads a record, and may not change it.
READ_AND_WRITE: Final = Scenario(
    asked={
        "subject": BOB, "resource": FIRST,
        "evaluations": [{"action": act("read")}, {"action": act("write")}],
    },
    permitted=[True, False],
)  # fmt: skip


def having(usual: Scenario, **changed: object) -> Scenario:
    """A usual request in which some of its parts are others, or are left out (None)."""
    assert isinstance(usual.asked, dict)
    asked = {key: part for key, part in (usual.asked | changed).items() if part is not None}
    return evolve(usual, asked=asked)


def refused(usual: Scenario, **changed: object) -> Scenario:
    """The same, which is a bad request."""
    return evolve(having(usual, **changed), statuses=(400,), permitted=None, found=None)


def of_transport(kind: str) -> Iterator[tuple[str, Scenario]]:
    """What is asked of each kind of request alike."""
    usual = evolve(USUAL[kind], permitted=None, found=None)
    bad = evolve(usual, asked=None, statuses=(400,))
    yield (
        "accept-content-type-with-charset",
        evolve(USUAL[kind], headers={"content_type": "application/json; charset=utf-8"}),
    )
    yield "idempotency", evolve(USUAL[kind], times=3)
    yield "reject-empty-body", evolve(bad, body=b"")
    yield "reject-get-method", evolve(usual, method="GET", statuses=(400, 404, 405))
    yield "reject-malformed-json", evolve(bad, body=b'{"subject": {"type": "user"} , broken')
    yield (
        "reject-non-json-content-type",
        evolve(usual, headers={"content_type": "text/plain"}, statuses=(400, 415)),
    )
    yield "reject-put-method", evolve(usual, method="PUT", statuses=(400, 404, 405))
    yield "reject-top-level-array", evolve(bad, body=json.dumps([usual.asked]).encode())
    of_several = READ_AND_WRITE if kind == "evaluations" else USUAL[kind]
    yield "unknown-top-level-fields-ignored", having(of_several, **UNKNOWN)
    yield "x-request-id-echoed", evolve(USUAL[kind], headers={"x_request_id": "bfe9eb29-ab87"})


def of_evaluation() -> Iterator[tuple[str, Scenario]]:
    """One question."""

    def case(subject: Content, action: Content, resource: Content, permitted: bool) -> Scenario:
        changed = having(READS, subject=subject, action=action, resource=resource)
        return evolve(changed, permitted=permitted)

    yield "fixture-request-permit-decision", READS
    yield "fixture-request-deny-decision", case(BOB, act("write"), FIRST, False)
    yield "fixture-request-deny-based-on-properties", case(ALICE, act("write"), ARCHIVED, False)
    yield (
        "fixture-request-permit-based-on-subject-properties",
        case(ADMIN, act("write"), ARCHIVED, True),
    )
    yield (
        "fixture-request-permit-based-on-action-properties",
        case(ALICE, act("delete", soft=True), FIRST, True),
    )
    yield (
        "fixture-request-deny-based-on-action-properties",
        case(ALICE, act("delete", soft=False), FIRST, False),
    )
    yield "request-with-additional-properties", case(
        user("alice", department="Sales", role="manager"), act("read", method="GET"),
        record("record-1", status="active", owner="bob"), True,
    )  # fmt: skip
    yield "request-with-optional-context", having(READS, context=CONTEXT)
    for entity in ("subject", "action", "resource"):
        yield f"missing-{entity}", refused(READS, **{entity: None})
    yield "subject-is-string", refused(READS, subject="alice")
    yield "subject-missing-id", refused(READS, subject=USERS)
    yield "subject-missing-type", refused(READS, subject={"id": "alice"})
    yield "resource-missing-id", refused(READS, resource=RECORDS)
    yield "resource-missing-type", refused(READS, resource={"id": "record-1"})
    yield "action-missing-name", refused(READS, action={})
    yield "action-name-is-number", refused(READS, action={"name": 123})
    more = {"customAttr": "ignored", "anotherUnknown": [1, 2, 3]}
    yield "unknown-subject-fields-ignored", having(READS, subject=ALICE | more)
    yield "unknown-action-fields-ignored", having(READS, action=act("read") | more)
    yield "unknown-resource-fields-ignored", having(READS, resource=FIRST | more)
    unknown = evolve(READS, guarded=True, statuses=(401,), permitted=None)
    yield "missing-credentials-returns-401", unknown
    yield (
        "invalid-credentials-returns-401",
        evolve(unknown, headers={"authorization": "Bearer jihgfedcba9876543210"}),
    )


def of_evaluations() -> Iterator[tuple[str, Scenario]]:
    """Several questions."""

    def case(permitted: list[bool], evaluations: list[object], **shared: object) -> Scenario:
        return Scenario(asked=shared | {"evaluations": evaluations}, permitted=permitted)

    def under(semantics: str, permitted: list[bool], names: Iterable[str]) -> Scenario:
        several: list[object] = [{"action": act(name)} for name in names]
        options = {"evaluations_semantic": semantics}
        return case(permitted, several, subject=BOB, resource=FIRST, options=options)

    yield "batch-request-with-evaluations-array", BOTH
    later = {"resource": record("record-2"), "context": {"time": "2025-06-27T19:00-07:00"}}
    yield (
        "batch-with-context-inheritance",
        having(BOTH, context=CONTEXT, evaluations=[{"resource": FIRST}, later]),
    )
    whole = [
        {"subject": ALICE, "action": act("read"), "resource": FIRST},
        {"subject": BOB, "action": act("write"), "resource": FIRST},
    ]
    yield "batch-with-fully-specified-evaluations", case([True, False], [*whole])
    of_no_type = {key: part for key, part in ACTIVE.items() if key != "type"}
    yield "batch-with-default-value-merging", case(
        [True, False], [{"resource": of_no_type}, {"resource": ARCHIVED}],
        subject=ALICE, action=act("write"), resource=RECORDS,
    )  # fmt: skip
    yield "batch-with-properties-validated", case(
        [True, False], [{"resource": ACTIVE}, {"resource": ARCHIVED}],
        subject=ALICE, action=act("write"),
    )  # fmt: skip
    yield "batch-with-subject-properties-validated", case(
        [False, True], [{"subject": ALICE}, {"subject": ADMIN}],
        action=act("write"), resource=ARCHIVED,
    )  # fmt: skip
    yield "batch-with-fixture-decisions-validated", READ_AND_WRITE
    yield "per-eval-overrides-default", case(
        [True, False], [{"action": act("read")}, {}],
        subject=BOB, action=act("write"), resource=FIRST,
    )  # fmt: skip
    yield "default-semantic-is-execute-all", READ_AND_WRITE
    yield "execute-all-explicit", under("execute_all", [True, False], ["read", "write"])
    yield (
        "deny-on-first-deny",
        under("deny_on_first_deny", [True, False], ["read", "write", "read"]),
    )
    yield (
        "permit-on-first-permit",
        under("permit_on_first_permit", [False, True], ["write", "read", "write"]),
    )
    yield (
        "unknown-semantic-value",
        evolve(under("bogus_value", [], ["read"]), statuses=(400,), permitted=None),
    )
    yield (
        "evaluation-level-errors",
        case([True, False], [{"resource": FIRST}, {}], subject=ALICE, action=act("read")),
    )
    yield (
        "missing-subject-returns-decision-false",
        case([False], [{"resource": FIRST}], action=act("read")),
    )
    yield "empty-evaluations-array-backward-compat", having(READS, evaluations=[])
    yield "missing-evaluations-array-backward-compat", READS


def of_subject_search() -> Iterator[tuple[str, Scenario]]:
    """Who may."""
    yield "valid-subject-search-request-with-non-empty-results", READERS
    yield "subject-search-with-subject-id-omitted", READERS
    yield "extra-subject-id-ignored", having(READERS, subject=user("ignored-stray-id"))
    yield "subject-search-with-context", having(READERS, context=CONTEXT)
    yield (
        "subject-search-with-resource-properties",
        evolve(having(READERS, action=act("write"), resource=ARCHIVED), found=frozenset({"bob"})),
    )
    yield (
        "unknown-entity-type",
        evolve(having(READERS, subject={"type": "spaceship"}), found=frozenset()),
    )
    yield "request-with-page-limit", having(READERS, page={"limit": 1})
    yield "unknown-page-fields-ignored", having(READERS, page={"limit": 10, "customAttr": "x"})
    yield "missing-action", refused(READERS, action=None)
    yield "missing-resource", refused(READERS, resource=None)
    yield "action-is-string", refused(READERS, action="read")
    yield "action-missing-name", refused(READERS, action={})
    yield "resource-missing-id", refused(READERS, resource=RECORDS)
    yield "resource-missing-type", refused(READERS, resource={"id": "record-1"})
    yield "subject-missing-type", refused(READERS, subject={})


def of_resource_search() -> Iterator[tuple[str, Scenario]]:
    """On what it may be done."""
    yield "valid-resource-search-request-with-non-empty-results", READABLE
    yield "resource-search-with-resource-id-omitted", READABLE
    yield "extra-resource-id-ignored", having(READABLE, resource=record("ignored-stray-id"))
    yield (
        "resource-search-with-subject-properties",
        evolve(having(READABLE, subject=ADMIN, action=act("write")), found=frozenset({"record-2"})),
    )
    yield "missing-subject", refused(READABLE, subject=None)
    yield "missing-action", refused(READABLE, action=None)
    yield "missing-resource", refused(READABLE, resource=None)
    yield "action-missing-name", refused(READABLE, action={})
    yield "resource-missing-type", refused(READABLE, resource={})
    yield "subject-missing-id", refused(READABLE, subject=USERS)


def of_action_search() -> Iterator[tuple[str, Scenario]]:
    """What may be done."""
    yield "valid-action-search-request-with-non-empty-results", ALLOWED
    yield "action-search-with-context", having(ALLOWED, context=CONTEXT)
    yield (
        "action-search-with-properties",
        evolve(having(ALLOWED, subject=ADMIN, resource=ARCHIVED), found=frozenset({"write"})),
    )
    yield "extra-action-ignored", having(ALLOWED, action=act("read"))
    yield (
        "unknown-entity-identifier",
        evolve(having(ALLOWED, subject=user("nonexistent-user")), found=frozenset()),
    )
    yield "missing-subject", refused(ALLOWED, subject=None)
    yield "missing-resource", refused(ALLOWED, resource=None)
    yield "subject-is-string", refused(ALLOWED, subject="alice")
    yield "subject-missing-id", refused(ALLOWED, subject=USERS)
    yield "subject-missing-type", refused(ALLOWED, subject={"id": "alice"})
    yield "resource-missing-id", refused(ALLOWED, resource=RECORDS)
    yield "resource-missing-type", refused(ALLOWED, resource={"id": "record-1"})


OWN: Final = {
    "evaluation": of_evaluation, "evaluations": of_evaluations,
    "subject-search": of_subject_search, "resource-search": of_resource_search,
    "action-search": of_action_search,
}  # fmt: skip
SCENARIOS: Final = [
    pytest.param(kind, scenario, id=f"authzen-pdp-{kind}-{name}")
    for kind, own in OWN.items()
    for name, scenario in (*of_transport(kind), *own())
]


def test_each_scenario_of_the_suite_is_here_once() -> None:
    # So many are in its five plans of evaluations and searches.
    assert len({each.id for each in SCENARIOS}) == len(SCENARIOS) == 127


@pytest.mark.parametrize(("kind", "scenario"), SCENARIOS)
def test_the_scenario(kind: str, scenario: Scenario) -> None:
    replies = [_asked(kind, scenario) for _ in range(scenario.times)]
    assert {reply.status for reply in replies} <= {*scenario.statuses}
    assert all(reply.json == replies[0].json for reply in replies)
    if "x_request_id" in scenario.headers:
        assert replies[0].headers["x-request-id"] == scenario.headers["x_request_id"]
    if replies[0].status == 401:
        assert replies[0].headers["www-authenticate"] == "Bearer"
    answer = replies[0].json
    if isinstance(scenario.permitted, list):
        assert list(answer) == ["evaluations"]
        assert [each["decision"] for each in answer["evaluations"]] == scenario.permitted
    elif scenario.permitted is not None:
        assert answer["decision"] is scenario.permitted
        assert "evaluations" not in answer
    if scenario.found is not None:
        found = [*_results(kind, scenario, answer)]
        assert scenario.found <= {*found}
        assert len({*found}) == len(found)
        assert bool(found) is bool(scenario.found)


def _asked(kind: str, scenario: Scenario) -> Reply:
    app = GUARDED if scenario.guarded else APP
    return ask(
        app, PATHS[kind], scenario.asked, method=scenario.method, body=scenario.body,
        **scenario.headers,
    )  # fmt: skip


def _results(kind: str, scenario: Scenario, answer: Any) -> Iterator[str]:
    """What a search found, on this page and those that follow."""
    while True:
        for each in answer["results"]:
            assert each.keys() == ({"name"} if kind == "action-search" else {"type", "id"})
            yield each.get("id") or each["name"]
        assert isinstance(scenario.asked, dict)
        page = answer.get("page", {"next_token": ""})
        if not page["next_token"]:
            return
        assert next(iter(answer)) == "page"
        assert page["count"] == len(answer["results"]) <= scenario.asked["page"]["limit"]
        asked = {**scenario.asked, "page": {**scenario.asked["page"], "token": page["next_token"]}}
        answer = ask(APP, PATHS[kind], asked).json
