"""Policies and answers in other processes: pickled by the name of their directive."""

from __future__ import annotations

import copy
import pickle
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from fractions import Fraction
from multiprocessing import get_context
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.formats import parse
from policy_rules.language.caution import cautious
from policy_rules.policy import EngineName, Policy
from tests.support.made_up_rules import DAY, O, directive, must, office
from tests.support.present import EVERY_ENGINE

PUTIAN: Final = pr.load("putian-2019-52")
EXEMPTION: Final = pr.Exemption(
    id="E1", cite="3.1/2", subject="cases/A1", authority="市委", reason="专案"
)
POLICY: Final = PUTIAN.policy(
    as_of=date(2022, 4, 1),
    readings={"strength_counts": "sworn_and_auxiliary"},
    parameters={"county_share": Fraction(1, 2)},
    exemptions=[EXEMPTION],
)
FACTS: Final = parse(
    {
        "stations": [{"id": "S", "pilot": True, "officers": 14, "auxiliaries": 3}],
        "cases": [
            {
                "id": "A1", "role": "lead", "category": "ordinary", "complex": False,
                "place_codes": ["350102"], "causation_clear": True, "simple": True,
                "means": ["image"],
            }
        ],
        "tasks": [
            {
                "id": "T", "issuer": "government", "issuer_level": "county", "branch_duty": True,
                "quota": False, "report_sections": ["necessity"], "guarantees": [],
                "reviewed_by": "none", "approved_by": "none", "assignee": "auxiliary",
                "within_statutory_duty": True, "starts_on": "2022-12-01",
            }
        ],
    }
).facts  # fmt: skip


def again(value: Any) -> Any:
    """What a pickle of it gives."""
    return pickle.loads(pickle.dumps(value))


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_policy_is_rebuilt_from_its_pickle(engine: EngineName) -> None:
    given = {"as_of": date(2022, 4, 1), "readings": {"strength_counts": "sworn_and_auxiliary"}}
    policy = PUTIAN.policy(**given, engine=engine)  # type: ignore[arg-type]
    assert again(policy) is policy


def test_a_pickled_policy_has_all_that_it_was_built_with() -> None:
    made = again(POLICY)
    assert made is not POLICY  # one with exemptions is not kept
    for name in ("as_of", "readings", "exemptions", "engine"):
        assert getattr(made, name) == getattr(POLICY, name)
    assert made.rules is POLICY.rules
    assert dict(made.regime.parameters) == {"county_share": Fraction(1, 2)}
    assert again(PUTIAN) is PUTIAN
    assert len(pickle.dumps(POLICY)) < 2_000


def test_policies_and_directives_are_copied_as_themselves() -> None:
    own = directive(must(office.open).rules.rules[0])
    policy = own.policy(as_of=DAY)
    for each in (own, policy, PUTIAN, POLICY):
        assert copy.copy(each) is copy.deepcopy(each) is each


def test_a_pickled_answer_is_explained_by_an_equal_policy() -> None:
    report = POLICY.audit(FACTS)
    answers = [*report, *report.decisions, *report.verdicts]
    assert {str(answer.outcome) for answer in report.verdicts} == {"permitted", "awaiting"}
    equal: Policy = again(POLICY)
    for answer, pickled in zip(answers, again(answers), strict=True):
        assert pickled == answer
        assert pickled.readings == answer.readings
        assert equal.explain(pickled) == POLICY.explain(answer)
    assert [*again(report)] == [*report]


def test_the_same_directive_by_any_name_is_one() -> None:
    named = "policy_rules.directives.putian_2019_52:DIRECTIVE"
    assert pr.load(named) is pr.load("putian-2019-52") is PUTIAN


def test_what_is_in_use_stays_the_same_however_many_others_are_loaded() -> None:
    """A pickled answer is explained by the policy that gave it, which has its very rules."""
    careful = PUTIAN.policy(as_of=date(2022, 4, 1), lost=[(pr.Station, "officers")])
    decided = [each.decide(pr.Station(id="S"), "duty_mode") for each in (POLICY, careful)]
    pickled = pickle.dumps(decided)
    for _ in range(40):
        other = directive(must(office.open).rules.rules[0]).rules
        pr.load(other.directive)
        cautious(other, frozenset({(pr.Station, "officers")}))
    assert pr.load("putian-2019-52") is PUTIAN
    for policy, answer in zip((POLICY, careful), pickle.loads(pickled), strict=True):
        assert policy.explain(answer) == policy.explain(decided.pop(0))


def test_rules_for_lost_facts_are_careful_after_pickling_too() -> None:
    lost = [(pr.Station, "officers")]
    policy = PUTIAN.policy(as_of=date(2022, 4, 1), lost=lost)
    assert policy.rules is not PUTIAN.rules
    assert again(policy) is policy
    decided = policy.decide(pr.Station(id="S", pilot=False), "duty_mode")
    assert policy.explain(again(decided)) == policy.explain(decided)


def test_a_directive_without_a_name_says_why_it_cannot_be_pickled() -> None:
    policy = must(office.open).policy(as_of=DAY)
    (finding,) = policy.audit(pr.Facts(others=[O(open=True)]))
    for each in (policy, finding):
        with pytest.raises(pickle.PicklingError) as error:
            pickle.dumps(each)
        assert str(error.value) == (
            "directive `made-up` cannot be pickled, nor its policies and answers: no module has "
            "it under a name by which it could be loaded again; keep it in one (`module:NAME`)"
        )


def test_some_of_the_rules_cannot_be_pickled_as_if_they_were_all() -> None:
    some = PUTIAN.rules.only(PUTIAN.rules.rules[:3])
    with pytest.raises(pickle.PicklingError, match="a part of directive `putian-2019-52`"):
        pickle.dumps(some)


def _audited(policy: Policy, stations: list[pr.Station]) -> list[Any]:
    return list(policy.audit(pr.Facts(stations=stations)))


def test_a_pool_of_processes_shares_a_policy() -> None:
    """Each process is a new Python, which loads the directive by its name."""
    some = [pr.Station(id=str(number), officers=number) for number in range(1, 5)]
    # A pool that says so when what comes back cannot be read; another waits for ever.
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        found = list(pool.map(_audited, [POLICY] * len(some), [[each] for each in some]))
    expected = [_audited(POLICY, [each]) for each in some]
    assert found == expected
    assert POLICY.explain(found[0][0]) == POLICY.explain(expected[0][0])


def test_an_answer_is_explained_by_a_policy_that_gives_it() -> None:
    """FOUND: a policy under another reading proved that the same station is zoned."""
    directive = PUTIAN
    station = pr.Station(id="S", pilot=False, officers=10, auxiliaries=4)
    usual = directive.policy(as_of=date(2022, 4, 1))
    wider = directive.policy(
        as_of=date(2022, 4, 1), readings={"strength_counts": "sworn_and_auxiliary"}
    )
    answer = wider.decide(station, "duty_mode")
    assert answer.value is pr.DutyMode.TWO_TEAMS_ONE_ROOM
    with pytest.raises(pr.QuestionError, match="of a policy like this one"):
        usual.explain(answer)
    for other in (
        directive.policy(as_of=date(2022, 1, 3)),
        directive.policy(as_of=date(2022, 4, 1), parameters={"county_share": Fraction(1, 2)}),
    ):
        with pytest.raises(pr.QuestionError, match="of a policy like this one"):
            other.explain(usual.decide(station, "duty_mode"))
    interpreted = directive.policy(as_of=date(2022, 4, 1), engine="interpreter")
    assert interpreted.explain(usual.decide(station, "duty_mode"))


def test_exemptions_are_part_of_what_an_answer_rests_on() -> None:
    directive = PUTIAN
    exemption = pr.Exemption(
        id="E", cite="3.1/2", subject="cases/A", authority="市公安局", reason="r"
    )
    without = directive.policy(as_of=date(2022, 4, 1))
    exempting = directive.policy(as_of=date(2022, 4, 1), exemptions=[exemption])
    case = pr.CriminalCase(
        id="A", role=pr.CaseRole.LEAD, causation_clear=True, simple=True, means={pr.Means.IMAGE},
        complex=True, category=pr.CaseCategory.ORDINARY, place_codes={"350302"},
    )  # fmt: skip
    for policy, other in ((without, exempting), (exempting, without)):
        verdict = policy.check(case)
        assert policy.explain(verdict)
        with pytest.raises(pr.QuestionError, match="of a policy like this one"):
            other.explain(verdict)
    other_case = pr.CriminalCase(id="B", role=pr.CaseRole.ASSIST, causation_clear=True)
    assert exempting.explain(without.check(other_case))
