"""Exceptions from exceptions, to any depth, on all engines; FOUND 2.5."""

from __future__ import annotations

from typing import Final

import pytest

from policy_rules.facts import NO_FACTS
from policy_rules.language import Modality
from policy_rules.language.loading import DirectiveError
from policy_rules.language.rules import Provision
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Office
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import says

# A large office has at least 3 desks; but not an open one; but an open one of one floor has; but
# not where it is that and has been founded.
DEMAND: Final = says("1/1", **SAYS).demands(office, office.desks >= 3, applies=office.large)
OPEN: Final = says("1/2", quote="字", zh="开放的除外", en="not if open").excepts("1/1", office.open)
LOW: Final = says("1/3", quote="字", zh="一层的不除外", en="but if low").excepts(
    "1/2", office.floors <= 1
)
FOUNDED: Final = says("1/4", **SAYS).excepts(LOW, office.founded.is_known())
DIRECTIVE: Final = directive(DEMAND, OPEN, LOW, FOUNDED)

# Open, floors, founded; whether the duty applies to a large office with 2 desks.
DEEP: Final = [
    (False, 5, None, "breached", []),
    (True, 5, None, "not_applicable", []),
    (True, 1, None, "breached", []),
    (True, 1, DAY, "not_applicable", []),
    (True, 5, DAY, "not_applicable", []),
    (False, 1, DAY, "breached", []),
    (True, None, None, "undetermined", ["offices/O.floors"]),
    (None, 1, None, "breached", []),
    (None, 5, None, "undetermined", ["offices/O.open"]),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_exceptions_of_three_levels(engine: EngineName) -> None:
    policy = DIRECTIVE.policy(as_of=DAY, engine=engine)
    auditor = policy.auditor(Office, policy.rules.requirements_of(Office))
    for open_, floors, founded, status, needs in DEEP:
        given = O(large=True, desks=2, open=open_, floors=floors, founded=founded)
        (finding,) = auditor(given, NO_FACTS)
        told = str(finding.status), list(finding.needs)
        assert told == (status, needs), (open_, floors, founded)


def test_the_proof_names_each() -> None:
    policy = DIRECTIVE.policy(as_of=DAY)
    auditor = policy.auditor(Office, policy.rules.requirements_of(Office))
    (finding,) = auditor(O(large=True, desks=2, open=True, floors=1), NO_FACTS)
    shown = policy.explain(finding, "en")
    assert "the exception does not apply: not if open [1 sentence 2: “字”]" in shown
    assert "the exception applies: but if low [1 sentence 3: “字”]" in shown


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_of_a_definition(engine: EngineName) -> None:
    size = chosen("size", int, [(office.large, 2)], 1)  # its rule is 1/1
    rules: list[Provision] = [
        size, says("1/7", **SAYS).excepts("1/1", office.open),
        says("1/8", **SAYS).excepts("1/7", office.desks > 5),
    ]  # fmt: skip
    policy = directive(*rules).policy(as_of=DAY, engine=engine)
    found = [
        policy.decide(O(large=True, open=open_, desks=desks), "size").value
        for open_, desks in ((False, 0), (True, 0), (True, 6))
    ]
    assert found == [2, 1, 2]


def test_a_rule_and_an_exception_of_one_sentence() -> None:
    """A citation that a rule has means the rule; the exception itself can be given instead."""
    ban = says("1/1", **SAYS, modality=Modality.MUST_NOT).forbids(office, office.large)
    open_ = says("1/1", **SAYS).excepts("1/1", office.open)
    low = says("1/2", **SAYS).excepts(open_, office.floors <= 1)
    policy = directive(ban, open_, low).policy(as_of=DAY)
    outcomes = [
        str(policy.check(O(large=True, open=open_, floors=floors)).outcome)
        for open_, floors in ((False, 5), (True, 5), (True, 1))
    ]
    assert outcomes == ["prohibited", "permitted", "prohibited"]


@pytest.mark.parametrize(
    ("provisions", "fault"),
    [
        (
            [DEMAND, says("1/2", **SAYS).excepts("1/3", office.open),
             says("1/3", **SAYS).excepts("1/2", office.open)],
            "exceptions that are from each other: 1/2 → 1/3 → 1/2",
        ),
        (
            [DEMAND, says("1/2", **SAYS).excepts("1/1", office.open),
             says("1/2", **SAYS).excepts("1/3", office.open),
             says("1/3", **SAYS).excepts("1/2", office.open)],
            "exceptions that are from each other: 1/2 → 1/3 → 1/2",
        ),
        (
            [DEMAND, says("1/2", **SAYS).excepts("1/2", office.open)],
            "exceptions that are from each other: 1/2 → 1/2",
        ),
        (
            [DEMAND, says("1/2", **SAYS).excepts("1/5", office.open)],
            "1/2: is an exception to 1/5, which is no rule and no exception",
        ),
    ],
)  # fmt: skip
def test_what_is_refused_with_one_message(provisions: list[Provision], fault: str) -> None:
    with pytest.raises(DirectiveError) as error:
        directive(*provisions)
    assert [each.en for each in error.value.faults] == [fault]
