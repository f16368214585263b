"""What rules read of facts that share a value with their subject."""

from __future__ import annotations

from policy_rules.language import count, each
from policy_rules.language.reads import Read, Reads, Sharing
from policy_rules.testing.made_up import Claim, Office
from tests.support.made_up_rules import directive, office, value_is


def test_members_that_share_a_value_are_read_by_it() -> None:
    claims = each(Claim, on=office.founded)
    rules = directive(value_is(int, count(claims, claims.urgent), office)).rules
    (definition,) = rules.definitions.values()
    sharing = (Sharing(Office, Claim, "founded", "on"),)
    assert Reads(rules).of_definition(definition) >= {
        Read(sharing, Claim, "id"), Read(sharing, Claim, "urgent"),
    }  # fmt: skip
