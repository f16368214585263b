"""What can be known to be none in the facts that the directive speaks of."""

from __future__ import annotations

from datetime import date
from typing import Any

import policy_rules as pr

POLICY = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))


def test_a_posting_without_an_end() -> None:
    """FOUND 3.6: it was undetermined for ever; now its end can be known to be none."""
    known: dict[str, Any] = {
        "id": "P",
        "specialist": False,
        "special_post": False,
        "to_station": True,
    }
    begun = date(2019, 8, 1)
    for until, outcome in (
        (pr.NONE, "permitted"),
        (None, "undetermined"),
        (date(2020, 8, 1), "prohibited"),
    ):
        posting = pr.Posting(**known, from_date=begun, until_date=until)
        assert str(POLICY.check(posting).outcome) == outcome


def test_a_task_that_was_not_reviewed_is_awaited() -> None:
    """FOUND 2.9: its review could only be unknown, and the verdict undetermined."""
    known: dict[str, Any] = {
        "id": "T",
        "branch_duty": True,
        "quota": False,
        "within_statutory_duty": True,
        "assignee": "officer",
        "issuer": "police_branch",
        "issuer_level": "county",
        "reviewed_by": "public_order",
        "review_level": "county",
        "approved_by": "municipal_committee",
        "report_sections": {"necessity", "feasibility", "operability"},
        "guarantees": {"personnel", "funds", "equipment"},
        "reported_on": date(2022, 1, 1),
        "starts_on": date(2022, 6, 1),
    }
    assert str(POLICY.check(pr.Task(**known)).outcome) == "undetermined"
    never = pr.Task(**known, reviewed_on=pr.NONE, approved_on=pr.NONE)
    verdict = POLICY.check(never)
    assert str(verdict.outcome) == "awaiting"
    assert set(verdict.missing_steps) == {"public_order_review", "municipal_committee_approval"}
