"""Where all is known, what several conditions ask first is asked once: the answers stay."""

from __future__ import annotations

from itertools import product
from typing import Final

import pytest

from policy_rules.language.expressions import TRUE, Definition, Expression
from policy_rules.policy import EngineName, LoadedDirective
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, LABELS, QUOTE, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import defining, quoted

# More than the levels of indentation that a condition may add.
BANDS: Final = 60


def banded(*conditions: Expression) -> Definition:
    """The number of the condition that holds, from 1; 0 where none does."""
    rules = [quoted("1/1", **QUOTE).makes(n, when=each) for n, each in enumerate(conditions, 1)]
    none = quoted("1/1", **QUOTE).makes(0)
    return defining(office, "told", int)(**LABELS).by(*rules, otherwise=none)


def first_of(*conditions: Expression) -> Definition:
    """The first that holds, each written with the denial of all before it."""
    written = []
    before: Expression = TRUE
    for each in conditions:
        written.append(before & each)
        before = before & ~each
    return banded(*written)


def expected(open: bool | None, desks: int | None, large: bool | None) -> int | None:
    """1: open; 2: closed, five desks or more; 3: closed, fewer, large; 0: closed, fewer, small."""
    if open is None:
        return None
    if open:
        return 1
    if desks is None:
        return None
    if desks >= 5:
        return 2
    return {True: 3, False: 0, None: None}[large]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_each_question_is_asked_once(engine: EngineName) -> None:
    rules = directive(first_of(office.open, office.desks >= 5, office.large))
    policy = rules.policy(as_of=DAY, engine=engine)
    for open, desks, large in product((True, False, None), (4, 5, None), (True, False, None)):
        fact = O(open=open, desks=desks, large=large)
        assert policy.decide(fact, "told").value == expected(open, desks, large), fact


def test_more_than_python_can_nest() -> None:
    bands = [office.desks * 9 + office.floors <= number for number in range(1, BANDS + 1)]
    ask = directive(first_of(*bands)).policy(as_of=DAY).decide
    for desks, floors in product(range(7), (1, 4, 9)):
        number = desks * 9 + floors
        value = ask(O(desks=desks, floors=floors), "told").value
        assert value == (number if number <= BANDS else 0)


def test_a_branch_on_the_opposite_comparison() -> None:
    rules = directive(banded(office.desks >= 5, (office.desks < 5) & office.large))
    ask = rules.policy(as_of=DAY).decide
    told = {(6, True): 1, (6, False): 1, (4, True): 2, (4, False): 0}
    for (desks, large), value in told.items():
        assert ask(O(desks=desks, large=large), "told").value == value


def read_by_another(value: object, otherwise: object) -> LoadedDirective:
    """`told`: whether a yes or no holds that is `value` where the office is open."""
    yes = chosen("yes", bool, [(office.open, value)], otherwise)
    reading = quoted("1/2", **QUOTE).makes(yes.of(office))
    return directive(yes, defining(office, "told", bool)(**LABELS).by(reading))


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("value", "otherwise", "expected"),
    [
        (True, False, {True: True, False: False, None: None}),
        (False, True, {True: False, False: True, None: None}),
        (office.large, False, {True: False, False: False, None: None}),
        (office.large, True, {True: False, False: True, None: None}),
        (True, office.large, {True: True, False: False, None: None}),
        (True, True, {True: True, False: True, None: None}),
    ],
)
def test_a_yes_or_no_that_another_rule_reads(
    engine: EngineName, value: object, otherwise: object, expected: dict[bool | None, bool | None]
) -> None:
    policy = read_by_another(value, otherwise).policy(as_of=DAY, engine=engine)
    for open, told in expected.items():
        assert policy.decide(O(open=open, large=False), "told").value is told
