"""Where prohibitions apply: all engines, and one line of an explanation for those that do not."""

from __future__ import annotations

from typing import Final

import pytest

from policy_rules.language import Modality
from policy_rules.policy import EngineName
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import says

LARGE, DESKS = "offices/O.large", "offices/O.desks"
# Whether it applies, how many desks there are (more than 3 are forbidden), the outcome, its needs.
FORBIDDEN: Final = [
    (True, 4, "prohibited", []),
    (True, 3, "permitted", []),
    (False, 4, "permitted", []),
    (False, None, "permitted", []),
    (None, 4, "undetermined", [LARGE]),
    (None, 3, "permitted", []),
    (True, None, "undetermined", [DESKS]),
    (None, None, "undetermined", [DESKS, LARGE]),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_prohibition_that_applies_to_some(engine: EngineName) -> None:
    rule = says("1/1", **SAYS).forbids(office, office.desks > 3, applies=office.large)
    policy = directive(rule).policy(as_of=DAY, engine=engine)
    for large, desks, outcome, needs in FORBIDDEN:
        verdict = policy.check(O(large=large, desks=desks))
        assert (str(verdict.outcome), list(verdict.needs)) == (outcome, needs), (large, desks)


def test_what_does_not_apply_is_one_line_of_an_explanation() -> None:
    """FOUND 2.1: forty rules that do not concern a request took five lines each."""
    rules = [
        says(f"1/{place}", **SAYS).forbids(office, office.desks > 3, applies=office.floors.is_(9))
        for place in range(1, 8)
    ]
    step = says("1/8", **SAYS).step("asked", office.open)
    needed = says("1/8", **SAYS).needs(
        office, step, on=office.founded, applies=office.floors.is_(8)
    )
    concerning = says("1/9", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
        office, office.desks > 5, applies=office.large
    )
    policy = directive(*rules, needed, concerning).policy(as_of=DAY)
    verdict = policy.check(O(large=True, desks=4, floors=2))
    assert policy.explain(verdict, "en").splitlines() == [
        "office (offices/O): permitted",
        "  ✓ thing [1 sentence 9: “字”]",
        "    ✓ applies where",
        "      ✓ large",
        "    ✗ prohibited where",
        "      ✗ the number of desks is more than 5 pieces (it is 4 pieces)",
        "  ✓ rules that do not apply (8): 1/1, 1/2, 1/3, 1/4, 1/5, 1/6, 1/7, 1/8",
    ]
    shown = policy.explain(verdict, "zh").splitlines()
    sentences = "、".join(f"第一部分第{each}句" for each in "一二三四五六七八")
    assert shown[-1] == f"  ✓ 不适用的规则（8条）：{sentences}"
    against = policy.check(O(large=True, desks=6, floors=2))
    assert "do not apply" not in policy.explain(against, "en")
