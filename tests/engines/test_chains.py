"""Definitions that build on each other: each is worked out once in a question, on every engine.

Each link reads the one before in its condition and in both of its values; so the ways to the first
grow with every link, by a factor of two to three.
"""

from __future__ import annotations

from collections import Counter
from functools import cache
from typing import Any, Final

import pytest

import policy_rules as pr
from policy_rules.engines.evaluator import Scope
from policy_rules.engines.memo import remembering
from policy_rules.language import count, each, subject, the
from policy_rules.language.expressions import Definition, Expression
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.testing.made_up import Clerk, Office
from policy_rules.testing.random_facts import container
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, O, directive, office
from tests.support.present import COMPILED

LONG: Final = (10, 30, 60)
ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
clerks = each(Clerk, office_id=office)


@cache
def numbers(length: int) -> LoadedDirective:
    """One more than the one before, from 5 on; else the same. The first reads the desks."""
    made: list[Definition] = []
    before: Expression = office.desks
    for place in range(length):
        made.append(chosen(f"d{place}", int, [(before >= 5, before + 1)], before))
        before = made[-1].of(office)
    return directive(*made)


@cache
def counts(length: int) -> LoadedDirective:
    """The same over the number of a list that may be partial: bounds go through each link."""
    made: list[Definition] = []
    before: Expression = count(clerks)
    for place in range(length):
        made.append(chosen(f"d{place}", int, [(before >= 1, before)], before))
        before = made[-1].of(office)
    return directive(*made)


@cache
def two_before(length: int) -> LoadedDirective:
    """The greater of the two before, of which the first are the desks and the floors."""
    made: list[Definition] = []
    before: list[Expression] = [office.floors, office.desks]
    for place in range(length):
        one, other = before[-1], before[-2]
        made.append(chosen(f"d{place}", int, [(one >= other, one)], other))
        before.append(made[-1].of(office))
    return directive(*made)


@pytest.mark.parametrize(
    ("engine", "length"),
    # The plan of a query of so many steps takes a database longer than the answer.
    [(engine, length) for engine in ENGINES for length in LONG if (engine, length) != ("sql", 60)],
)
def test_a_chain_with_one_unknown_fact(engine: EngineName, length: int) -> None:
    last = f"d{length - 1}"
    policy = numbers(length).policy(as_of=DAY, engine=engine)
    assert policy.decide(O(desks=5), last).value == 5 + length
    assert policy.decide(O(desks=4), last).value == 4
    assert policy.decide(O(), last).needs == ("offices/O.desks",)
    policy = two_before(length).policy(as_of=DAY, engine=engine)
    assert policy.decide(O(desks=5, floors=7), last).value == 7
    assert policy.decide(O(desks=5), last).needs == ("offices/O.floors",)
    policy = counts(length).policy(as_of=DAY, engine=engine)
    facts = container([O(), Clerk(id="a", office_id="O")])
    assert policy.decide(O(), last, facts).needs == ("complete.clerks",)


@pytest.mark.parametrize("engine", [each for each in ENGINES if each not in ("python", "sql")])
@pytest.mark.parametrize("made", [numbers, counts, two_before])
def test_the_evaluator_asks_each_definition_once(
    engine: EngineName, made: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: Counter[str] = Counter()
    truths = Scope.truths

    def counting(scope: Scope, definition: Definition) -> Any:
        asked[definition.name] += 1
        return truths(scope, definition)

    monkeypatch.setattr(Scope, "truths", counting)
    policy = made(60).policy(as_of=DAY, engine=engine)
    assert policy.decide(O(), "d59").value is None
    assert set(asked.values()) <= {1}


@pytest.mark.parametrize("made", [numbers, two_before])
def test_generated_code_settles_each_definition_a_few_times(made: Any) -> None:
    """Once for its value, once for what it needs, in each of the few places that ask for it: the
    answer asks the one before it, and so does what the answer needs."""
    policy = made(60).policy(as_of=DAY)
    engine: Any = policy._engine
    asked: Counter[str] = Counter()
    settled = engine._namespace["settled"]

    def counting(definition: Definition, *rest: Any) -> Any:
        asked[definition.name] += 1
        return settled(definition, *rest)

    engine._namespace["settled"] = counting
    assert policy.decide(O(), "d59").value is None
    assert max(asked.values()) <= 4


@pytest.mark.long
def test_what_is_written_grows_with_the_number_of_definitions() -> None:
    """The generated Python and the explanation twice; a query, each step of which carries on what
    the steps before it have found, squared."""

    def lengths(length: int) -> list[int]:
        of = two_before(length)
        policy = of.policy(as_of=DAY)
        answer = policy.decide(O(), f"d{length - 1}")
        engine: Any = policy._engine
        python = sum(map(len, engine._module.functions))
        sql = len(pr.to_sql(policy, "duckdb", only=[f"offices_d{length - 1}"]))
        return [python, sql, len(policy.explain(answer, "en").splitlines())]

    short, long = lengths(30), lengths(60)
    most = [3, 5, 3]
    assert [more < limit * less for less, more, limit in zip(short, long, most, strict=True)] == [
        True
    ] * 3


def test_an_explanation_unfolds_what_is_large_once() -> None:
    policy = numbers(10).policy(as_of=DAY, engine="interpreter")
    text = policy.explain(policy.decide(O(), "d9"), "en")
    assert "thing: unknown (as shown above)" in text
    assert "事：未知（见上文）" in policy.explain(policy.decide(O(), "d9"), "zh")


@pytest.mark.parametrize("engine", ENGINES)
def test_a_chain_through_facts_that_are_referred_to_and_not_given(engine: EngineName) -> None:
    """Of one that is not there only the id is known, and it is one and the same fact."""
    clerk_ = subject(Clerk)
    home, made = the(Office, clerk_.office_id), []
    before: Expression = office.desks
    for place in range(12):
        made.append(chosen(f"d{place}", int, [(before >= 5, before + 1)], before))
        before = made[-1].of(office)
    last = made[-1].of(home)
    of_home = chosen("of_home", int, [(last >= 9, last)], last, of=clerk_)
    policy = directive(*made, of_home).policy(as_of=DAY, engine=engine)
    clerk = Clerk(id="a", office_id="O")
    assert policy.decide(clerk, "of_home").needs == ("offices/O.desks",)
    facts = container([clerk, O(desks=6)])
    assert policy.decide(clerk, "of_home", facts).value == 18


def test_a_fact_that_is_not_given_is_the_same_object_within_a_question() -> None:
    around = remembering(container([]))
    assert around.named(Office, "x") is around.named(Office, "x")
    assert remembering(around) is around
