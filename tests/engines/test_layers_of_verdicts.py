"""The layers of a verdict: strict prohibitions, those in principle, and missing steps, in order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

import pytest

import policy_rules as pr
from policy_rules.language import Modality
from policy_rules.policy import EngineName
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import says

STRICT: Final = says("1/1", **SAYS).forbids(office, office.open)
IN_PRINCIPLE: Final = says("1/2", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
    office, office.large
)
STEP: Final = says("1/3", **SAYS).step("desk", office.desks >= 1)
STEPS: Final = says("1/3", **SAYS).needs(office, STEP, on=office.founded)
LATER: Final = DAY + timedelta(days=1)
OPEN, LARGE, DESKS, FOUNDED = (
    f"offices/O.{name}" for name in ("open", "large", "desks", "founded")
)

# What is strictly prohibited, prohibited in principle, how many desks there are (the step needs
# one); the outcome, why, what is missing, what it needs. Worked out by hand from the order.
LAYERS: Final = [
    (False, False, 1, "permitted", "", "", []),
    (False, False, 0, "awaiting", "", "desk", []),
    (False, False, None, "undetermined", "", "", [DESKS]),
    (False, True, 1, "exemption_needed", "1/2", "", []),
    (False, True, 0, "exemption_needed", "1/2", "desk", []),
    (False, True, None, "exemption_needed", "1/2", "", []),
    (False, None, 1, "undetermined", "", "", [LARGE]),
    (False, None, 0, "undetermined", "", "desk", [LARGE]),
    (False, None, None, "undetermined", "", "", [DESKS, LARGE]),
    (None, False, 1, "undetermined", "", "", [OPEN]),
    (None, False, 0, "undetermined", "", "desk", [OPEN]),
    (None, False, None, "undetermined", "", "", [DESKS, OPEN]),
    (None, True, 1, "undetermined", "1/2", "", [OPEN]),
    # What holds in principle hides the step, whatever becomes of what is strict.
    (None, True, None, "undetermined", "1/2", "", [OPEN]),
    (None, None, None, "undetermined", "", "", [DESKS, LARGE, OPEN]),
    (True, False, 1, "prohibited", "1/1", "", []),
    (True, True, 0, "prohibited", "1/1 1/2", "desk", []),
    (True, None, None, "prohibited", "1/1", "", []),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_the_first_layer_that_can_decides(engine: EngineName) -> None:
    policy = directive(STRICT, IN_PRINCIPLE, STEPS).policy(as_of=DAY, engine=engine)
    for strict, in_principle, desks, outcome, reasons, missing, needs in LAYERS:
        given = O(open=strict, large=in_principle, desks=desks, founded=LATER)
        verdict = policy.check(given)
        told = (
            str(verdict.outcome),
            " ".join(str(reason.cite) for reason in verdict.reasons),
            " ".join(verdict.missing_steps),
            list(verdict.needs),
        )
        assert told == (outcome, reasons, missing, needs), given
        assert verdict.permitted is (outcome == "permitted")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("founded", "outcome", "needs"),
    [
        (DAY, "prohibited", []),  # a step that is overdue is a strict prohibition
        (None, "undetermined", [FOUNDED]),
        (LATER, "exemption_needed", []),
    ],
)
def test_a_step_that_is_overdue_comes_before_what_holds_in_principle(
    engine: EngineName, founded: date | None, outcome: str, needs: list[str]
) -> None:
    policy = directive(IN_PRINCIPLE, STEPS).policy(as_of=DAY, engine=engine)
    verdict = policy.check(O(large=True, desks=0, founded=founded))
    assert (str(verdict.outcome), list(verdict.needs)) == (outcome, needs)
    assert [reason.strength for reason in verdict.reasons if str(reason.cite) == "1/2"] == [
        "in_principle"
    ]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_only_what_holds_in_principle_and_no_steps(engine: EngineName) -> None:
    policy = directive(IN_PRINCIPLE).policy(as_of=DAY, engine=engine)
    told = [
        (str(verdict.outcome), list(verdict.needs))
        for verdict in map(policy.check, (O(large=True), O(), O(large=False)))
    ]
    assert told == [("exemption_needed", []), ("undetermined", [LARGE]), ("permitted", [])]


def test_the_labels_and_what_is_said_of_it() -> None:
    outcome = pr.Outcome.EXEMPTION_NEEDED
    assert (outcome.zh, outcome.en) == ("须报批豁免", "exemption needed")
    assert (outcome.standing.truth, outcome.standing.wrong) == (False, True)
    assert (outcome.standing.open, outcome.standing.unmet) == (False, False)
