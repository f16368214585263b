"""Hypothesis strategies for facts, containers of facts and directives.

For our own tests, and for those who embed the library and test what they built around it:

    from hypothesis import given
    import policy_rules as pr
    from policy_rules.testing.strategies import facts_of

    policy = pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1))

    @given(facts_of(pr.Station, policy.rules, known=True))
    def test_every_station_has_a_duty_mode(station): ...

Values are drawn near the bounds that the rules of the directive name, which finds an `>=` that
should be an `>` far sooner than plain integers do; they follow the rules when these change.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from functools import lru_cache
from typing import Final, TypeVar

from hypothesis import strategies as st

from ..facts import Fact, Facts
from ..language import Directive, RuleSet
from .choosing import Chooser
from .made_up import CLASSES
from .named_values import plain_values
from .random_directives import random_directive
from .random_facts import (
    Setting,
    random_fact,
    random_facts,
    random_setting,
    references,
    values_of,
)

_T = TypeVar("_T")
_F = TypeVar("_F", bound=Fact)
_AS_OF: Final = date(2019, 9, 1)


def facts_of(
    fact_class: type[_F],
    rules: RuleSet | None = None,
    *,
    as_of: date = _AS_OF,
    known: bool = False,
) -> st.SearchStrategy[_F]:
    """Facts of a class, with values near the bounds that the `rules` name.

    `known` leaves no field unknown. Dates lie around `as_of`. References name facts that are not
    given: for facts that refer to each other, see `containers`.
    """
    if rules is None:
        values = plain_values(fact_class, as_of)
    else:
        values = values_of(rules, fact_class, as_of)
    refers_to = references(fact_class, {fact_class: ["F1"]})

    def draw(choose: Chooser) -> _F:
        unknown = 0 if known else choose.pick((0, 10, 40))
        return random_fact(choose, fact_class, "F1", values, unknown=unknown, references=refers_to)

    return chosen(draw)


def containers(
    rules: RuleSet, *, as_of: date = _AS_OF, known: bool = False, most: int = 4
) -> st.SearchStrategy[Facts]:
    """Containers of facts of every class that the rules read, linked to each other.

    Some fields are unknown and some lists partial, unless they are to be `known`. There are up to
    `most` facts of a class that the rules count.
    """
    return chosen(lambda choose: random_facts(choose, rules, as_of, known=known, most=most))


def settings_of(rules: RuleSet) -> st.SearchStrategy[Setting]:
    """What a policy can be built with: dates around which the rules change, readings, parameters.

    To build one: `directive.policy(as_of=s.as_of, readings=s.readings, parameters=s.parameters)`.
    """
    return chosen(lambda choose: random_setting(choose, rules))


def directives(
    classes: tuple[type[Fact], ...] = CLASSES, *, monotone: bool = False, depth: int = 2
) -> st.SearchStrategy[Directive]:
    """Directives over the classes, by default made-up ones, with rules of every form.

    In a `monotone` one nothing asks whether something is known. `depth` bounds the expressions.
    """
    return chosen(lambda choose: random_directive(choose, classes, monotone=monotone, depth=depth))


def chosen(make: Callable[[Chooser], _T]) -> st.SearchStrategy[_T]:
    """What is made by choices that Hypothesis makes, so that it shrinks."""

    @st.composite
    def drawn(draw: st.DrawFn) -> _T:
        return make(_Drawn(draw))

    return drawn()


class _Drawn:
    """Choices made by Hypothesis. The first option is what it shrinks to; a chance, to false."""

    def __init__(self, draw: st.DrawFn) -> None:
        self._draw = draw

    def number(self, low: int, high: int) -> int:
        return self._draw(_numbers(low, high))

    def pick(self, options: Sequence[_T]) -> _T:
        return options[self.number(0, len(options) - 1)]

    def chance(self, percent: int) -> bool:
        return self.number(1, 100) > 100 - percent


@lru_cache(maxsize=1024)
def _numbers(low: int, high: int) -> st.SearchStrategy[int]:
    return st.integers(low, high)
