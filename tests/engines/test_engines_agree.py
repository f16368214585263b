"""The engines give equal answers: on this directive, and on any other that loads.

`benchmarks/compare_engines.py` compares a million; what it once found different is kept here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, reject, settings

import policy_rules as pr
from policy_rules.engines.counting import counted_by
from policy_rules.engines.evaluator import Scope, evaluate
from policy_rules.engines.recurring import from_its_beginning
from policy_rules.engines.sql.lowering import NotLoweredError
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    BOOLEAN,
    DATE,
    Clause,
    Directive,
    each,
    first_known,
    load,
    none,
    subject,
)
from policy_rules.language.expressions import Expression, subject_variable
from policy_rules.language.folding import folded
from policy_rules.language.rails import rails
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Provision
from policy_rules.policy import EngineName, LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import compared, said
from policy_rules.testing.made_up import Claim, Clerk, Office
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import (
    Setting,
    random_exemptions,
    random_facts,
    random_setting,
)
from policy_rules.testing.strategies import chosen
from tests.support.present import COMPILED, QUICK
from tests.support.two_valued import two_valued
from tests.support.writing import at, defining, says

PUTIAN = pr.load("putian-2019-52")
Scene = tuple[LoadedDirective, Setting, list[pr.Facts], tuple[pr.Exemption, ...]]


def scene(choose: Chooser, directive: LoadedDirective) -> Scene:
    """A policy on a directive, and some facts to ask it about."""
    setting = random_setting(choose, directive.rules)
    facts = [
        random_facts(choose, directive.rules, setting.as_of, known=choose.chance(15), most=4)
        for _ in range(3)
    ]
    held = random_exemptions(choose, directive.rules, facts[0], setting.as_of)
    return directive, setting, facts, held


def made_up_scene(choose: Chooser) -> Scene:
    """The same on a random directive, over made-up classes or real ones."""
    classes = choose.pick(VOCABULARIES)
    return scene(choose, LoadedDirective(load(random_directive(choose, classes, depth=2))))


def policy_on(engine: EngineName, of: Scene) -> Policy:
    """The policy on an engine."""
    directive, setting, _, held = of
    return directive.policy(
        as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
        exemptions=held, engine=engine,
    )  # fmt: skip


def agree_on_answers(of: Scene, engines: Iterable[EngineName]) -> None:
    """The engines answer as the interpreter does."""
    one = policy_on("interpreter", of)
    for other in (policy_on(engine, of) for engine in engines):
        for facts in of[2]:
            assert compared(one, other, facts)[1] == []


@settings(max_examples=12)
@given(chosen(lambda choose: scene(choose, PUTIAN)))
def test_engines_agree_on_the_directive(of: Scene) -> None:
    """Every decision, verdict and finding, with its needs, numbers and reasons."""
    agree_on_answers(of, QUICK)


@settings(max_examples=25)
@given(chosen(made_up_scene))
def test_engines_agree_on_any_directive(of: Scene) -> None:
    """The same over directives that no one has written."""
    agree_on_answers(of, QUICK)


@settings(max_examples=2)
@given(chosen(lambda choose: scene(choose, PUTIAN)))
def test_sql_agrees_on_the_directive(of: Scene) -> None:
    """The same on a database."""
    agree_on_answers(of, ["sql"])


@settings(max_examples=20)
@given(chosen(made_up_scene))
def test_sql_agrees_on_any_directive(of: Scene) -> None:
    """The same over directives that no one has written, of which SQL can say all."""
    try:
        agree_on_answers(of, ["sql"])
    except NotLoweredError:
        reject()


def agree_on_rails(of: Scene) -> None:
    """Each condition's rails, evaluated as two-valued expressions, give what Kleene logic gives."""
    policy = policy_on("interpreter", of)
    rules = policy.rules
    for facts in of[2]:
        for provision in (*rules.rules, *rules.definitions.values()):
            for fact in facts.all(provision.subject.fact_class):
                bound = {subject_variable(type(fact)): fact}
                scope = Scope(policy.regime, facts, policy.exemption_index, bound)
                for part in expressions_of(provision):
                    if part.type == BOOLEAN:
                        agree(counted_by(part, policy.as_of), scope)


def agree(condition: Any, scope: Scope) -> None:
    """One condition's rails agree with the interpreter."""
    begun = from_its_beginning(condition, scope.regime)
    ready = folded(begun, lambda node: evaluate(node, scope), lambda node: node)
    both = rails(ready)
    expected = evaluate(condition, scope)
    assert evaluate(ready, scope) is expected
    assert two_valued(both.true, scope) is (expected is True)
    assert two_valued(both.false, scope) is (expected is False)
    assert two_valued(both.known, scope) is (expected is not None)


@settings(max_examples=15)
@given(chosen(lambda choose: scene(choose, PUTIAN)))
def test_rails_agree_with_the_interpreter_on_the_directive(of: Scene) -> None:
    """Neither rail holds exactly where the condition is unknown."""
    agree_on_rails(of)


@given(chosen(made_up_scene))
def test_rails_agree_with_the_interpreter_on_any_condition(of: Scene) -> None:
    """The same over random conditions."""
    agree_on_rails(of)


# What random directives once broke.

WORDS: dict[str, Any] = {"quote": "字", "zh": "规则", "en": "a rule"}
office, clerk, claim = subject(Office), subject(Clerk), subject(Claim)
OPEN_TRUTH = says("1/1", **WORDS).leaves_open("open_truth", bool)
OPEN_DAY = says("1/1", **WORDS).leaves_open("open_day", date)


def directive_of(*provisions: Provision) -> LoadedDirective:
    """A directive of a few rules."""
    clause = Clause(heading="1", zh="章", en="clause", provisions=provisions)
    sentences = {f"1/{place}": "" for place in range(1, 10)}
    written = Directive(
        id="kept", number="1", zh="例", en="kept", issued=date(2019, 7, 16), clauses=[clause],
        sentences=sentences, fact_classes=[Office, Clerk, Claim],
    )  # fmt: skip
    return LoadedDirective(load(written))


def told(of: Expression, type_: Any, fact: Fact, facts: pr.Facts = pr.NO_FACTS) -> pr.Decision:
    """What the engines say of an expression, as the value of a definition."""
    made = defining(subject(type(fact)), "told", type_)("值", "told").by(at("1/1")("字").makes(of))
    return same(directive_of(made), fact, "told", facts)


def same(
    directive: LoadedDirective, fact: Fact, name: str, facts: pr.Facts = pr.NO_FACTS
) -> pr.Decision:
    """The decision that every engine gives."""
    one, *others = (
        directive.policy(as_of=date(2019, 10, 1), engine=engine).decide(fact, name, facts)
        for engine in ("interpreter", *COMPILED)
    )
    assert [said(other) for other in others] == [said(one)] * len(others)
    return one


def test_a_conjunction_with_an_unknown_part_can_be_a_known_value() -> None:
    """It is false, not unknown, where the part that is known is false."""
    assert told(office.open & office.large, bool, Office(id="O", large=False)).value is False
    assert told(office.large & office.open, bool, Office(id="O", large=False)).value is False


def test_a_count_in_a_defined_truth_uses_its_bounds() -> None:
    """No claim of a list that is partial is no certain "none"."""
    answer = told(none(each(Claim)), bool, Office(id="O"))
    assert (answer.value, answer.needs) == (None, ("complete.claims",))


def test_two_conditions_can_be_compared() -> None:
    """Either can be known while its parts are not, or rest on a parameter without a value."""
    compared_ = (office.open | office.large).is_(office.founded > OPEN_DAY)
    answer = told(compared_, bool, Office(id="O", large=True))
    assert answer.needs == ("offices/O.founded", "parameters.open_day")
    always_true = (OPEN_TRUTH | office.large).is_(office.large)
    assert told(always_true, bool, Office(id="O", large=True)).value is True


@pytest.mark.parametrize("known", [False, True])
def test_a_parameter_without_a_value_can_have_a_fallback_and_be_one(known: bool) -> None:
    """To need `first_known` is to need the first, also where that is a parameter."""
    fact = Office(id="O", open=True if known else None)
    first = told(first_known(OPEN_TRUTH, office.open), bool, fact)
    assert first.value is (True if known else None)
    assert first.needs == (() if known else ("parameters.open_truth",))
    second = told(first_known(office.open, OPEN_TRUTH), bool, fact)
    assert second.value is (True if known else None)
    assert second.needs == (() if known else ("offices/O.open",))
    day = Office(id="O", founded=date(2019, 1, 1) if known else None)
    assert told(first_known(office.founded, OPEN_DAY) < AS_OF, bool, day).value is (
        True if known else None
    )


def test_a_defined_constant_can_settle_a_condition() -> None:
    """A condition can come to rest on no fact once definitions are put in."""
    defined = defining(office, "day", DATE)("日", "day").by(
        at("1/1")("字").makes(date(2019, 7, 16))
    )
    asked = defining(office, "asked", bool)("问", "asked").by(
        at("1/2")("字").makes(defined.of(office) <= AS_OF)
    )
    assert same(directive_of(defined, asked), Office(id="O"), "asked").value is True


def test_a_rule_out_of_force_needs_nothing() -> None:
    """What is open because of `otherwise` needs the conditions of the rules that are in force."""
    past = evolve(at("1/1")("字").makes(1, when=office.large), valid_until=date(2019, 9, 15))
    made = defining(office, "number", int)("数", "number").by(
        past, at("1/2")("字").makes(2, when=office.open), otherwise=at("1/3")("字").makes(3)
    )
    assert same(directive_of(made), Office(id="O"), "number").needs == ("offices/O.open",)


@pytest.mark.parametrize("value", [True, False])
def test_a_parameter_of_any_type_can_be_set(value: bool) -> None:
    """Also one that has no order."""
    made = defining(office, "truth", bool)("真", "truth").by(at("1/1")("字").makes(OPEN_TRUTH))
    for engine in ("interpreter", *COMPILED):
        policy = directive_of(made).policy(
            as_of=date(2019, 10, 1), parameters={"open_truth": value}, engine=engine
        )
        assert policy.decide(Office(id="O"), "truth").value is value


def test_a_conflict_names_every_rule_that_takes_part_whatever_their_order() -> None:
    """The citations of all that apply, in the order of the text."""
    rules = [at(f"1/{c}")("字").makes(n, when=office.open) for n, c in ((1, 3), (2, 1), (1, 2))]
    for written in (rules, rules[::-1]):
        other = at("1/4")("字").makes(0)
        made = defining(office, "number", int)("数", "number").by(*written, otherwise=other)
        (conflict,) = conflicts(directive_of(made), Office(id="O", open=True))
        assert [str(cite) for cite in conflict] == ["1/1", "1/2", "1/3"]


def test_a_conflict_that_a_fact_could_set_aside_is_not_yet_the_answer() -> None:
    """Else to learn that fact would reverse what was said."""
    rules = [at(f"1/{n}")("字").makes(n, when=office.open) for n in (1, 2)]
    other = at("1/3")("字").makes(0)
    number = defining(office, "number", int)("数", "number").by(*rules, otherwise=other)
    both = at("1/4")("字").makes((number.of(office) > 0) & office.large)
    truth = defining(office, "truth", bool)("真", "truth").by(both)
    directive = directive_of(number, truth)
    assert same(directive, Office(id="O", open=True), "truth").needs == ("offices/O.large",)
    assert same(directive, Office(id="O", open=True, large=False), "truth").value is False
    assert len(conflicts(directive, Office(id="O", open=True, large=True))) == 2


def conflicts(directive: LoadedDirective, fact: Fact) -> list[tuple[pr.Cite, ...]]:
    """The citations of each decision in conflict, on which the engines agree."""
    one, *others = (
        directive.policy(as_of=date(2019, 10, 1), engine=engine)
        for engine in ("interpreter", *COMPILED)
    )
    facts = pr.Facts(others=[fact])
    for other in others:
        assert compared(one, other, facts)[1] == []
    return [each.conflict.cites for each in one.decisions_of(facts) if each.conflict]
