"""The reference engine: a plain walk over the expressions, short enough to be the specification.

A value of None is unknown. Logic is strong Kleene logic; a number read from a list that may be
incomplete is an interval, which only a direct comparison uses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction
from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any, Final

from attrs import evolve, frozen

from ..facts import Fact, Facts
from ..language.expressions import (
    Aggregate,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Count,
    Derived,
    Exempted,
    FirstKnown,
    FullYears,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Or,
    Parameter,
    Periods,
    PlusMinutes,
    PlusYears,
    ReadingIs,
    Subset,
    Total,
    Variable,
    YearNumber,
    children,
)
from ..language.regimes import Regime
from ..language.rules import Definition
from ..language.types import NUMERIC
from .calendar import full_years, plus_minutes, plus_years
from .conditions import Truth, both, either, negation, settle, with_otherwise
from .exemptions import Exemptions
from .recurring import Tally, judged

Interval = tuple[int | Fraction, int | Fraction | None]
ARITHMETIC: Final[Mapping[str, Callable[[Any, Any], Any]]] = {
    "+": add,
    "-": sub,
    "*": mul,
    "/": Fraction,
}
_COMPARE: Final = {"==": eq, "!=": ne, "<": lt, "<=": le, ">": gt, ">=": ge}


@frozen(eq=False)
class Scope:
    """What an expression is evaluated against; `bound` gives each variable its fact."""

    regime: Regime
    facts: Facts
    exemptions: Exemptions
    bound: Mapping[Variable, Fact]

    def having(self, variable: Variable, fact: Fact) -> Scope:
        """The same, with one more variable bound."""
        return evolve(self, bound={**self.bound, variable: fact})

    def truth(self, condition: Node) -> Truth:
        """The truth of a condition that a question asks about."""
        truth: Truth = evaluate(condition, self)
        return truth

    def truths(self, definition: Definition) -> list[Truth]:
        """The truth of the condition of each rule of a definition."""
        holds = self.regime.holds
        return [holds(rule) and evaluate(rule.condition, self) for rule in definition.rules]

    def values(self, definition: Definition) -> list[Any]:
        """The value of each rule of a definition, the one for all other cases last."""
        return [evaluate(rule.value, self) for rule in definition.outcomes()]


def evaluate(node: Node, scope: Scope) -> Any:
    """The value of an expression, or None where it is unknown."""
    match node:
        case Constant():
            return node.value
        case Parameter():
            return scope.regime.value(node)
        case ReadingIs():
            return scope.regime.chooses(node)
        case AsOf():
            return scope.regime.as_of
        case Attribute():
            fact = fact_of(node.of, scope)
            return None if fact is None else getattr(fact, node.spec.name)
        case Derived():
            inner = of_subject(node, scope)
            return None if inner is None else settle(*_defined(node, inner)).value
        case InYear():
            by_year = evaluate(node.item, scope)
            return None if by_year is None else by_year.get(_year(node, scope))
        case Comparison():
            return _compare(node, scope)
        case And():
            return negation(either(negation(evaluate(item, scope)) for item in node.items))
        case Or():
            return either(evaluate(item, scope) for item in node.items)
        case Not():
            return negation(evaluate(node.item, scope))
        case Noted():
            return evaluate(node.item, scope)
        case FirstKnown():
            first = evaluate(node.first, scope)
            return evaluate(node.second, scope) if first is None else first
        case IsKnown():
            return evaluate(node.item, scope) is not None
        case Count() | Total() | Held():
            low, high = bounds(node, scope)
            return low if low == high else None
        case Periods():
            found = judged(scope.regime, node)
            return None if found is None else len(found.periods)
        case Exempted():
            on = evaluate(node.on, scope)
            return scope.exemptions.displaces(scope.bound[node.of].key, node.cite, on)
        case _:
            values = [evaluate(child, scope) for child in children(node)]
            return None if None in values else _apply(node, *values)


def _apply(node: Node, *values: Any) -> Any:
    """The operations that are unknown as soon as one operand is."""
    match node, values:
        case Arithmetic(), (left, right):
            return ARITHMETIC[node.op](left, right)
        case Contains(), (container, member):
            return member in container
        case Subset(), (left, right):
            return left <= right
        case AllStartWith(), (item, prefix):
            return all(each.startswith(prefix) for each in item)
        case PlusYears(), (item, years):
            return plus_years(item, years)
        case PlusMinutes(), (item, minutes):
            return plus_minutes(item, minutes)
        case FullYears(), (start, end):
            return full_years(start, end)
        case YearNumber(), (item,):
            return item.year
    raise AssertionError(node)  # pragma: no cover - `evaluate` knows the other nodes


def _year(node: InYear, scope: Scope) -> int:
    return scope.regime.as_of.year + node.offset


def _compare(node: Comparison, scope: Scope) -> Truth:
    left, right = bounds(node.left, scope), bounds(node.right, scope)
    if left is None or right is None:
        return None
    if node.left.type not in NUMERIC:
        return bool(_COMPARE[node.op](left[0], right[0]))
    match node.op:
        case ">=":
            return _at_least(left, right)
        case "<=":
            return _at_least(right, left)
        case ">":
            return negation(_at_least(right, left))
        case "<":
            return negation(_at_least(left, right))
        case "==":
            return both(_at_least(left, right), _at_least(right, left))
        case "!=":  # pragma: no branch - the match is exhaustive
            return negation(both(_at_least(left, right), _at_least(right, left)))


def _at_least(left: Interval, right: Interval) -> Truth:
    if right[1] is not None and left[0] >= right[1]:
        return True
    return False if left[1] is not None and left[1] < right[0] else None


def bounds(node: Node, scope: Scope) -> Any:
    """The interval in which a number certainly lies (without an upper end: None), or None."""
    if isinstance(node, FirstKnown) and evaluate(node.first, scope) is None:
        return bounds(node.second, scope)
    if isinstance(node, Derived):
        definition = scope.regime.rules.definition(node)
        inner = of_subject(node, scope)
        if inner is None:
            return None
        truths = with_otherwise(definition, inner.truths(definition))
        only = [place for place, truth in enumerate(truths) if truth is not False]
        if len(only) == 1 and truths[only[0]] is True:
            return bounds(tuple(definition.outcomes())[only[0]].value, inner)
    if not isinstance(node, Aggregate):
        value = evaluate(node, scope)
        return None if value is None else (value, value)
    if isinstance(node, Held):
        tally = tallied(node, scope)
        whole = scope.facts.is_complete(node.member.fact_class)
        return (0, None) if tally is None else tally.bounds(whole)
    low, certain = 0, scope.facts.is_complete(node.member.fact_class)
    for inner, linked in members(node, scope):
        counts = both(linked, evaluate(node.where, inner))
        if counts is False:
            continue
        value = evaluate(node.value, inner) if isinstance(node, Total) else 1
        certain = certain and counts is True and value is not None
        low += value if counts and value is not None else 0
    return low, (low if certain else None)


def members(node: Aggregate, scope: Scope) -> Iterator[tuple[Scope, Truth]]:
    """The facts that an aggregate ranges over: certain members, then those that may be ones."""
    member = node.member
    if member.link is None or member.of is None:
        for fact in scope.facts.all(member.fact_class):
            yield scope.having(member, fact), True
        return
    for fact in scope.facts.related(member.fact_class, member.link, scope.bound[member.of].id):
        yield scope.having(member, fact), True
    for fact in scope.facts.unlinked(member.fact_class, member.link):
        yield scope.having(member, fact), None


def tallied(node: Held, scope: Scope) -> Tally | None:
    """Which periods have their event, or None where the text leaves open how often."""
    found = judged(scope.regime, node)
    if found is None:
        return None
    tally = Tally(found)
    for inner, linked in members(node, scope):
        counts = both(linked, evaluate(node.where, inner))
        if counts is not False:
            (tally.certain if counts else tally.possible)(evaluate(node.on, inner))
    return tally


def fact_of(variable: Variable, scope: Scope) -> Fact | None:
    """The fact that a variable stands for, or None where a reference to it is unknown.

    Of a fact that is referred to but not given, only its id is known.
    """
    if variable.via is None or variable.of is None:
        return scope.bound[variable]
    source = fact_of(variable.of, scope)
    named = None if source is None else getattr(source, variable.via)
    return None if named is None else scope.facts.named(variable.fact_class, named)


def _defined(node: Derived, scope: Scope) -> tuple[list[Truth], list[Any]]:
    return conditions_and_values(scope.regime.rules.definition(node), scope)


def of_subject(node: Derived, scope: Scope) -> Scope | None:
    """The scope in which a derived attribute's own rules are evaluated, if its fact is known."""
    fact = fact_of(node.of, scope)
    if fact is None:
        return None
    return evolve(scope, bound={scope.regime.rules.definition(node).subject: fact})


def conditions_and_values(definition: Definition, scope: Scope) -> tuple[list[Truth], list[Any]]:
    """The truth of each rule's condition, and each value."""
    return scope.truths(definition), scope.values(definition)
