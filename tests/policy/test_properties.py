"""What must hold of every answer, whatever the facts and whatever the directive."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier
from typing import Any

import pytest
from attrs import evolve
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import policy_rules as pr
from policy_rules.answers import Agreement, Consistency, Decision, Finding, Verdict
from policy_rules.directives.putian_2019_52 import DIRECTIVE
from policy_rules.engines.evaluator import Scope, conditions_and_values
from policy_rules.facts import Fact
from policy_rules.facts.fields import known_fields
from policy_rules.formats.documents import parse, to_json
from policy_rules.language import (
    Directive,
    load,
)
from policy_rules.language.expressions import Definition, Derived, subject_variable
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Excuse, Provision
from policy_rules.language.trees import walk
from policy_rules.police import POLICE
from policy_rules.policy import EngineName, LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser, Seeded, shuffled
from policy_rules.testing.comparing import answers_of, said
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import (
    Setting,
    container,
    random_exemptions,
    random_facts,
    random_setting,
)
from policy_rules.testing.strategies import chosen, containers, facts_of, settings_of
from tests.support.asking import (
    DAY,
    PUTIAN,
    Errand,
    by_question,
    errand,
    loaded,
    outcome,
    policy_of,
)
from tests.support.learning import learned
from tests.support.present import EVERY_ENGINE

# Learning


def lesson(choose: Chooser) -> tuple[Policy, pr.Facts, pr.Facts]:
    """A policy, some facts, and facts that say more."""
    directive = loaded(choose)
    setting = random_setting(choose, directive.rules)
    facts = random_facts(choose, directive.rules, setting.as_of, most=4)
    policy = policy_of(directive, setting)
    return policy, facts, learned(choose, policy, facts, choose.pick([20, 50, 90]))


@settings(max_examples=60)
@given(chosen(lesson))
def test_learning_never_reverses_a_settled_answer(of: tuple[Policy, pr.Facts, pr.Facts]) -> None:
    """What is settled stays so, and certain reasons and missing steps stay with it."""
    policy, facts, more = of
    after = by_question(policy, more)
    for question, before in by_question(policy, facts).items():
        now = after[question]
        # Some accounts are compared once both are given, and not applicable until then.
        nothing = isinstance(before, Agreement) and before.status is Consistency.NOT_APPLICABLE
        if outcome(before) is not None and not nothing:
            assert outcome(now) == outcome(before), (before, now)
        if isinstance(before, Verdict) and isinstance(now, Verdict):
            assert set(before.reasons) <= set(now.reasons)
            assert set(before.missing_steps) <= set(now.missing_steps)


# Order


def in_other_order(choose: Chooser, directive: Directive) -> Directive:
    """The same rules, written in another order."""

    def turned(provision: Provision) -> Provision:
        if not isinstance(provision, Definition):
            return provision
        return evolve(provision, rules=tuple(shuffled(choose, provision.rules)))

    # An attribute that is read must be made anew with those that read it, so only the rules of
    # definitions that nothing reads are turned.
    read = {
        node.definition
        for clause in directive.clauses
        for provision in clause.provisions
        if not isinstance(provision, Excuse)
        for part in expressions_of(provision)
        for node in walk(part)
        if isinstance(node, Derived)
    }
    clauses = [
        clause.with_provisions(
            provision if provision in read else turned(provision)
            for provision in shuffled(choose, clause.provisions)
        )
        for clause in shuffled(choose, directive.clauses)
    ]
    return evolve(directive, clauses=clauses)


def reordered(choose: Chooser) -> tuple[Policy, pr.Facts, Policy, pr.Facts]:
    """A policy and facts, and the same in another order."""
    written = random_directive(choose, depth=2) if choose.chance(50) else DIRECTIVE
    directive = LoadedDirective(load(written))
    setting = random_setting(choose, directive.rules)
    facts = random_facts(choose, directive.rules, setting.as_of, most=4)
    held = random_exemptions(choose, directive.rules, facts, setting.as_of)
    other = LoadedDirective(load(in_other_order(choose, written)))
    turned = container(
        [fact for cls in facts.classes() for fact in shuffled(choose, facts.all(cls))],
        [cls for cls in (*POLICE.classes, *written.fact_classes) if facts.is_complete(cls)],
    )
    held_turned = tuple(shuffled(choose, held))
    return (
        policy_of(directive, setting, held),
        facts,
        policy_of(other, setting, held_turned),
        turned,
    )


@settings(max_examples=50)
@given(chosen(reordered))
def test_the_order_of_facts_and_of_rules_changes_nothing(
    of: tuple[Policy, pr.Facts, Policy, pr.Facts],
) -> None:
    """Every answer is the same in all its parts."""
    one, facts, other, turned = of
    before, after = by_question(one, facts), by_question(other, turned)
    assert {question: said(answer) for question, answer in before.items()} == {
        question: said(answer) for question, answer in after.items()
    }


# Of this directive


@settings(max_examples=200)
@given(facts_of(pr.Station, PUTIAN.rules, known=True), settings_of(PUTIAN.rules))
def test_a_fully_known_station_has_exactly_one_duty_mode(
    station: pr.Station, setting: Setting
) -> None:
    """The rules of 5.1 cover every station, and no two of them apply to one."""
    policy = policy_of(PUTIAN, setting)
    assume(policy.regime.in_force)
    decision = policy.decide(station, "duty_mode")
    assert isinstance(decision.value, pr.DutyMode)
    assert len(decision.cites) == 1
    bound = {subject_variable(pr.Station): station}
    scope = Scope(policy.regime, pr.NO_FACTS, policy.exemption_index, bound)
    truths, _ = conditions_and_values(decision.definition, scope)
    assert sorted(map(bool, truths)) == [False, False, True]


@settings(max_examples=50)
@given(facts_of(pr.Station, PUTIAN.rules, known=True), settings_of(PUTIAN.rules))
def test_more_community_officers_never_breach(station: pr.Station, setting: Setting) -> None:
    """What was satisfied stays so, or no longer applies."""
    policy = policy_of(PUTIAN, setting)
    assert station.community_officers is not None
    known = known_fields(station)
    more = pr.Station(**{**known, "community_officers": station.community_officers + 1})
    before = policy.audit(pr.Facts(stations=[station]))
    after = policy.audit(pr.Facts(stations=[more]))
    for one, other in zip(before, after, strict=True):
        if one.status is pr.Status.SATISFIED:
            assert other.status in (pr.Status.SATISFIED, pr.Status.NOT_APPLICABLE)


BETTER = (
    (pr.Outcome.PROHIBITED,),
    (pr.Outcome.EXEMPTION_NEEDED,),
    (pr.Outcome.UNDETERMINED, pr.Outcome.CONFLICT),
    (pr.Outcome.AWAITING,),
    (pr.Outcome.PERMITTED,),
)


def exempted(choose: Chooser) -> tuple[Policy, Policy, pr.Facts]:
    """A policy without exemptions and with some, and facts."""
    random_ = choose.chance(50)
    directive = LoadedDirective(load(random_directive(choose, depth=2))) if random_ else PUTIAN
    setting = random_setting(choose, directive.rules)
    facts = random_facts(choose, directive.rules, setting.as_of, most=3)
    held = random_exemptions(choose, directive.rules, facts, setting.as_of)
    return policy_of(directive, setting), policy_of(directive, setting, held), facts


@settings(max_examples=50)
@given(chosen(exempted))
def test_an_exemption_never_makes_anything_worse(of: tuple[Policy, Policy, pr.Facts]) -> None:
    """A verdict gets no worse; a finding changes only from deviating to exempt."""
    without, with_, facts = of
    for one, other in zip(answers_of(without, facts), answers_of(with_, facts), strict=True):
        if isinstance(one, Verdict) and isinstance(other, Verdict):
            assert other.outcome is one.outcome or _rank(other) > _rank(one)
            against = {reason for reason in other.reasons if reason.exemption is None}
            assert against <= set(one.reasons)
            assert other.missing_steps == one.missing_steps
        elif said(one) != said(other):
            assert isinstance(one, Finding)
            assert isinstance(other, Finding)
            assert one.status is pr.Status.DEVIATES
            assert other.status is pr.Status.EXEMPT
            assert other.exemption is not None


def _rank(verdict: Verdict) -> int:
    return next(place for place, of in enumerate(BETTER) if verdict.outcome in of)


# Documents and answers as JSON


@given(containers(PUTIAN.rules))
def test_facts_survive_a_round_trip_through_json(facts: pr.Facts) -> None:
    """A document read back gives the facts, the whole lists and the exemptions it was made of."""
    cases = facts.all(pr.CriminalCase)
    held = [pr.Exemption(id=f"E{case.id}", cite="3.1/2", subject=case.key) for case in cases]
    document = json.loads(json.dumps(to_json(facts, held, DAY), ensure_ascii=False))
    parsed = parse(document)
    assert parsed.facts == facts
    assert parsed.facts.complete == facts.complete
    assert list(parsed.exemptions) == held
    assert parsed.as_of == DAY


@pytest.mark.parametrize("fact_class", POLICE.classes, ids=lambda cls: str(cls.collection))
@settings(max_examples=30)
@given(data=st.data())
def test_a_fact_of_any_class_survives_a_round_trip(
    fact_class: type[Fact], data: st.DataObject
) -> None:
    """With any of its fields unknown."""
    fact = data.draw(facts_of(fact_class))
    document = json.loads(json.dumps(to_json(container([fact]))))
    assert list(parse(document).facts) == [fact]


KEYS = {
    Decision: {"subject", "name", "value", "cites", "conflict", "needs"},
    Verdict: {"subject", "outcome", "reasons", "missing_steps", "needs"},
    Finding: {
        "subject", "cite", "status", "actual", "required", "shortfall", "due", "met_on",
        "retroactive", "periods", "exemption", "responsible", "name", "bodies", "heading", "quote",
        "modality", "needs", "zh", "en",
    },
    Agreement: {
        "subject", "cite", "status", "first", "second", "responsible", "name", "bodies", "heading",
        "quote", "needs", "zh", "en",
    },
}  # fmt: skip


@given(chosen(errand))
def test_every_answer_has_all_its_keys(of: Errand) -> None:
    """Also where there is no value; and what JSON cannot hold is not among them."""
    directive, setting, facts = of
    for answer in answers_of(policy_of(directive, setting), facts):
        as_json = answer.as_json()
        assert as_json.keys() == KEYS[type(answer)]
        assert json.loads(json.dumps(as_json)) == as_json
        if isinstance(answer, Finding) and answer.status is not pr.Status.SATISFIED:
            assert answer.shortfall is None or answer.actual is not None


# Threads


# The engine `sql` has a test of its own: it takes minutes to write all queries while it is traced.
@pytest.mark.parametrize("engine", [each for each in EVERY_ENGINE if each != "sql"])
def test_a_policy_can_be_shared_between_threads(engine: EngineName) -> None:
    """Threads that ask one fresh policy at the same moment get the answers that one alone gets."""
    choose = Seeded("threads")
    setting = Setting(date(2019, 9, 1))
    # The others take long, the more so while they are traced and threads change so often.
    rounds, sets = (2, 3) if engine == "python" else (1, 1)
    facts = [random_facts(choose, PUTIAN.rules, setting.as_of) for _ in range(sets)]
    expected = [
        [said(answer) for answer in answers_of(policy_of(PUTIAN, setting), f)] for f in facts
    ]
    number = 8
    barrier = Barrier(number)

    def ask(directive: LoadedDirective) -> list[list[tuple[Any, ...]]]:
        barrier.wait()
        policy = directive.policy(as_of=setting.as_of, engine=engine)
        return [[said(answer) for answer in answers_of(policy, f)] for f in facts]

    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(number) as pool:
            for _ in range(rounds):
                fresh = LoadedDirective(load(DIRECTIVE))
                for found in pool.map(ask, [fresh] * number):
                    assert found == expected
    finally:
        sys.setswitchinterval(interval)
