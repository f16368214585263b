"""Schemathesis over the whole OpenAPI document: what it lets be asked, and what it does not.

More of them: `POLICY_RULES_EXAMPLES=500 pytest -m external tests/external/test_openapi.py`.
"""

from __future__ import annotations

import os
from datetime import date
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import positive_data_acceptance

import policy_rules as pr
from policy_rules.service import Service, application
from policy_rules.service.tokens import Tokens

pytestmark = pytest.mark.external

TOKEN: Final = "0123456789abcdefghij"
HEADERS: Final = {"authorization": f"Bearer {TOKEN}"}
SERVICE: Final = Service(
    directive=pr.load("putian-2019-52"),
    as_of=date(2020, 1, 1),
    known=pr.Facts(stations=[pr.Station(id="S1")], officers=[pr.Officer(id="P1")]),
)
SCHEMA: Final = schemathesis.openapi.from_asgi(
    "/openapi.json", application(SERVICE, Tokens.of([f"tester {TOKEN}"])), headers=HEADERS
)
OPERATIONS: Final = {
    each.ok().label: each.ok() for each in SCHEMA.get_all_operations() if isinstance(each, Ok)
}
TRIED: Final = settings(
    max_examples=int(os.environ.get("POLICY_RULES_EXAMPLES", "3")),
    # One failure is all that is needed; to look for the smallest takes minutes.
    phases=[Phase.generate],
    suppress_health_check=[*HealthCheck],
    deadline=None,
    derandomize=True,
    database=None,
)
# What a schema cannot say: ids that are unique and lead somewhere, one name for each key, which
# letters can be seen. Everything else that it allows is answered.
BEYOND_SCHEMAS: Final = {
    "dangling_reference", "duplicate_id", "repeated_name", "unknown_subject", "unreadable_value",
}  # fmt: skip
# Their values depend on the directive.
FREE: Final = {
    "parameters", "subject", "cite", "page", "goal", "may_change", "costs", "keep",
}  # fmt: skip


def test_every_address_is_described() -> None:
    app: Any = application(SERVICE)
    described = {label.partition(" ")[2] for label in OPERATIONS}
    assert described == app.paths - {"/openapi.json"}


@pytest.mark.parametrize("label", OPERATIONS)
def test_what_the_document_allows_is_answered(label: str) -> None:
    def refused(reply: Any) -> None:
        for each in reply.json()["errors"]:
            name = each["pointer"].split("/")[1]
            assert each["code"] in BEYOND_SCHEMAS or name in FREE, each

    @TRIED
    @given(OPERATIONS[label].as_strategy(generation_mode=GenerationMode.POSITIVE))
    def tried(case: Any) -> None:
        reply = case.call(headers=HEADERS)
        if reply.status_code in (400, 422):
            refused(reply)
        case.validate_response(reply, headers=HEADERS, excluded_checks=[positive_data_acceptance])

    tried()


@pytest.mark.parametrize("label", [each for each in OPERATIONS if each.startswith("POST")])
def test_what_it_does_not_allow_is_refused(label: str) -> None:
    @TRIED
    @given(OPERATIONS[label].as_strategy(generation_mode=GenerationMode.NEGATIVE))
    def tried(case: Any) -> None:
        reply = case.call(headers=HEADERS)
        case.validate_response(reply, headers=HEADERS)

    tried()
