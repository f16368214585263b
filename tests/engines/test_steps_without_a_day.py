"""Steps before acts that have no day, and before those whose class names it."""

from __future__ import annotations

from datetime import date

import pytest

from policy_rules.language import subject
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Colour
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import says

claim = subject(Claim)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("opened", "large", "outcome", "needs"),
    [
        (True, True, "permitted", ()),
        (False, True, "awaiting", ()),  # certainly missing; it never counts as done already
        (None, True, "undetermined", ("offices/O.open",)),
        (False, False, "permitted", ()),
        (False, None, "undetermined", ("offices/O.large",)),
    ],
)
def test_an_act_of_a_class_without_a_day_is_still_to_be_done(
    engine: EngineName, opened: bool | None, large: bool | None, outcome: str, needs: tuple[str]
) -> None:
    step = says("1/1", **SAYS).step("opened", office.open)
    rule = says("1/1", **SAYS).needs(office, step, applies=office.large)
    policy = directive(rule).policy(as_of=DAY, engine=engine)
    verdict = policy.check(O(open=opened, large=large))
    assert (str(verdict.outcome), verdict.needs) == (outcome, needs)
    assert [*verdict.missing_steps] == (["opened"] if outcome == "awaiting" else [])
    assert "the date of the act" not in policy.explain(verdict, "en")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_the_day_of_the_class_is_that_of_the_act(engine: EngineName) -> None:
    step = says("1/1", **SAYS).step("red", claim.colours.has(Colour.RED))
    policy = directive(says("1/1", **SAYS).needs(claim, step)).policy(as_of=DAY, engine=engine)
    for on, outcome in (
        (date(2019, 10, 1), "prohibited"),
        (date(2019, 10, 2), "awaiting"),
        (None, "undetermined"),
    ):
        verdict = policy.check(Claim(id="C", colours=set(), on=on))
        assert (str(verdict.outcome), verdict.needs) == (outcome, () if on else ("claims/C.on",))
