"""Conditions deep within each other: read by every engine up to a limit, beyond it refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.facts import Facts
from policy_rules.language import Clause, Directive, DirectiveError, count, each, greatest
from policy_rules.language.depths import MOST_LEVELS, MOST_LEVELS_IN_ALL
from policy_rules.language.expressions import Definition, Expression, Subject
from policy_rules.language.types import BOOLEAN
from policy_rules.policy import EngineName, Language
from policy_rules.render.directive_tables import clause_tables
from policy_rules.testing.made_up import CLASSES, Office
from tests.support.chosen_values import chosen, forbidden
from tests.support.made_up_rules import DAY, O, directive, must, office, value_is
from tests.support.present import EVERY_ENGINE

GIVEN: Final = (
    O(open=True, large=True, desks=3),
    O(open=False, large=False, desks=3),
    O(large=True, desks=3),
    O(open=True, desks=9),
    O(desks=3),
    O(),
)


def alternating(times: int, negated: int = 0, of: Subject = office) -> Expression:
    """So many ands and ors, each within the next; the negation of every `negated`-th."""
    found: Expression = of.open
    for number in range(times):
        leaf = of.desks >= number % 9 if number % 3 else of.large
        found = (found & leaf) if number % 2 else (found | leaf)
        if negated and number % negated == 0:
            found = ~found
    return found


def expected(times: int, fact: Office) -> bool | None:
    """The same worked out step by step, in strong Kleene logic."""
    found: bool | None = fact.open
    for number in range(times):
        desks = None if fact.desks is None else fact.desks >= number % 9
        leaf = desks if number % 3 else fact.large
        decisive = number % 2 == 0
        if decisive in (found, leaf):
            found = decisive
        elif found is None or leaf is None:
            found = None
        else:
            found = not decisive
    return found


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_hundred_ands_and_ors_are_decided_and_explained(engine: EngineName) -> None:
    rules = directive(value_is(bool, alternating(100)))
    policy, reference = (rules.policy(as_of=DAY, engine=e) for e in (engine, "interpreter"))
    for fact in GIVEN:
        answer = policy.decide(fact, "told")
        assert answer.value is expected(100, fact)
        assert answer.needs == reference.decide(fact, "told").needs
        assert policy.explain(answer, "zh").count("\n") > 100
        assert answer.readings == {}


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_hundred_ands_and_ors_are_required(engine: EngineName) -> None:
    policy = must(alternating(100)).policy(as_of=DAY, engine=engine)
    statuses = {True: "satisfied", False: "breached", None: "undetermined"}
    for fact in GIVEN:
        (finding,) = policy.audit(Facts(others=[fact]))
        assert str(finding.status) == statuses[expected(100, fact)]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_as_deep_as_may_be(engine: EngineName) -> None:
    """With negations, which engines push down, and two levels of comparison at the bottom."""
    deep = alternating(MOST_LEVELS - 2 - 29, negated=4)
    policies = [
        directive(value_is(bool, deep)).policy(as_of=DAY, engine=e) for e in (engine, "interpreter")
    ]
    for fact in GIVEN:
        one, other = (policy.decide(fact, "told") for policy in policies)
        assert (one.value, one.needs) == (other.value, other.needs)


@pytest.mark.parametrize("times", [MOST_LEVELS, 300, 1000])
def test_what_is_deeper_is_refused_with_its_citation_and_the_limit(times: int) -> None:
    says = "more than 120 expressions stand within each other; define a part of them under a name"
    with pytest.raises(DirectiveError) as error:
        directive(value_is(bool, alternating(times)))
    (fault,) = error.value.faults
    assert fault.en == f"`told` of office (1/1): {says} of its own"
    assert fault.zh == "`told` of office (1/1)：表达式嵌套超过 120 层；请将其中一部分另行定义"
    with pytest.raises(DirectiveError) as error:
        must(alternating(times))
    (fault,) = error.value.faults
    assert fault.en == f"1/1: {says} of its own"


@pytest.mark.parametrize(
    ("start", "step"),
    [
        (office.desks, lambda so_far: so_far + office.desks),
        (office.desks, lambda so_far: greatest(so_far, office.desks)),
        (office.founded, lambda so_far: so_far.plus_days(1)),
        (office.open, lambda so_far: ~so_far),
    ],
)
def test_other_expressions_that_are_too_deep(start: Any, step: Callable[[Any], Any]) -> None:
    """A sum of a thousand terms was a RecursionError of Python's own, where it was written."""
    deep = reduce(lambda so_far, _: step(so_far), range(1100), start)
    condition = deep if deep.type == BOOLEAN else deep >= start
    with pytest.raises(DirectiveError) as error:
        must(condition)
    assert "more than 120 expressions stand within each other" in str(error.value)


def test_what_is_too_deep_is_told_with_its_line() -> None:
    clause = Clause("1", "章", "clause")
    (s1,) = clause.sentences(1)
    s1("字")("事", "thing").demands(office, alternating(MOST_LEVELS))
    written = Directive(
        id="deep", number="1", zh="例", en="deep", issued=DAY, clauses=[clause],
        sentences={"1/1": ""}, fact_classes=CLASSES,
    )  # fmt: skip
    with pytest.raises(DirectiveError) as error:
        pr.load(written)
    (fault,) = error.value.faults
    assert fault.place.startswith(f"{__file__}:")


def chain(length: int) -> list[Definition]:
    """Definitions, each of which uses the one before."""
    found = [chosen("d0", bool, [(office.open, True)], False)]
    for number in range(1, length):
        used = found[-1].of(office) & (office.desks >= number % 9)
        found.append(chosen(f"d{number}", bool, [(used | office.large, True)], False))
    return found


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_thirty_definitions_that_build_on_each_other(engine: EngineName) -> None:
    """Only the first is open; with no desk too few, all are."""
    policy = directive(*chain(30)).policy(as_of=DAY, engine=engine)
    for is_open in (True, False):
        answer = policy.decide(O(open=is_open, large=False, desks=9), "d29")
        assert answer.value is is_open
        assert policy.explain(answer)


@pytest.mark.parametrize("order", [1, -1])
@pytest.mark.parametrize("length", [60, 1000])
def test_definitions_that_build_on_too_many_others_are_refused(length: int, order: int) -> None:
    """In whatever order they are written."""
    with pytest.raises(DirectiveError) as error:
        directive(*chain(length)[::order])
    assert error.value.faults[0].en.endswith(
        f": more than {MOST_LEVELS_IN_ALL} expressions stand within each other, with those of the "
        "definitions that it uses; let fewer of them build on each other"
    )


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_deep_conditions_of_acts_and_of_what_is_counted(engine: EngineName) -> None:
    """The condition of the act itself, and that of each office that is counted, are as deep."""
    act = directive(forbidden(alternating(100), office)).policy(as_of=DAY, engine=engine)
    outcomes = {True: "prohibited", False: "permitted", None: "undetermined"}
    offices = each(Office)
    some = count(offices, alternating(100, of=offices)) >= 1
    counting = directive(value_is(bool, some)).policy(as_of=DAY, engine=engine)
    for fact in GIVEN:
        assert str(act.check(fact).outcome) == outcomes[expected(100, fact)]
        facts = Facts(others=[fact], complete=[Office])
        assert counting.decide(fact, "told", facts).value is expected(100, fact)


@pytest.mark.long
def test_every_other_reader_takes_a_hundred() -> None:
    rules = must(alternating(100))
    policy = rules.policy(as_of=DAY)
    for name in DIALECTS:
        assert pr.to_sql(policy, dialect=name)
    langs: tuple[Language, ...] = ("zh", "en")
    for lang in langs:
        assert clause_tables(rules.rules, lang)
    assert rules.policy(as_of=DAY, lost=[(Office, "desks")]).audit(Facts(others=[O()]))
    session = pr.Session(policy, Facts(others=[O()]))
    session.apply([{"id": "1", "update": {"offices/O": {"open": True, "large": True}}}])
    assert [each.as_json()["status"] for each in session.answers] == ["undetermined"]
