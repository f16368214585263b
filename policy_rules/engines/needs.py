"""What an undetermined answer still needs.

These are the input facts that remain in its condition once everything known has been put in: what
is already settled on the way needs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..answers import Conflict
from ..language.expressions import (
    Aggregate,
    Attribute,
    Count,
    Derived,
    FirstKnown,
    InYear,
    Node,
    Parameter,
    Total,
    children,
)
from ..language.rules import Definition
from .conditions import settle
from .interpreter import Scope, conditions_and_values, evaluate, members, of_subject

Need = str | Conflict


def told_apart(found: Iterable[Need]) -> tuple[tuple[str, ...], Conflict | None]:
    """The needs, sorted, or else the first conflict, which no further fact can settle.

    While something else is needed too, a further fact can make the conflict beside the point.
    """
    needed = set(found)
    needs = tuple(sorted(need for need in needed if isinstance(need, str)))
    conflicts = [need for need in needed if isinstance(need, Conflict)]
    if needs or not conflicts:
        return needs, None
    return (), min(conflicts, key=lambda each: (each.subject, each.name))


def needs(node: Node, scope: Scope) -> frozenset[Need]:
    """The input facts that remain in an unknown expression; settling all of them settles it."""
    if evaluate(node, scope) is not None:
        return frozenset()
    match node:
        case Attribute():
            return frozenset([f"{scope.bound[node.of].key}.{node.spec.name}"])
        case Parameter():
            return frozenset([f"parameters.{node.name}"])
        case Derived():
            definition = scope.regime.rules.definition(node)
            return definition_needs(definition, of_subject(node, definition, scope))
        case InYear() if evaluate(node.item, scope) is not None:
            name = f"{scope.bound[node.item.of].key}.{node.item.spec.name}"
            return frozenset([f"{name}.{scope.regime.as_of.year + node.offset}"])
        case FirstKnown():
            return needs(node.first, scope)
        case Count() | Total():
            return _aggregate_needs(node, scope)
        case _:
            return frozenset().union(*(needs(child, scope) for child in children(node)))


def _aggregate_needs(node: Aggregate, scope: Scope) -> frozenset[Need]:
    found: set[Need] = set()
    if not scope.facts.is_complete(node.member.fact_class):
        found.add(f"complete.{node.member.fact_class.collection}")
    for inner, linked in members(node, scope):
        if evaluate(node.where, inner) is False:
            continue
        if linked is None:
            found.add(f"{inner.bound[node.member].key}.{node.member.link}")
        found |= needs(node.where, inner)
        if isinstance(node, Total):
            found |= needs(node.value, inner)
    return frozenset(found)


def definition_needs(definition: Definition, scope: Scope) -> frozenset[Need]:
    """What an undetermined attribute still needs; a conflict is a need that nothing settles."""
    settled = settle(*conditions_and_values(definition, scope))
    outcomes = tuple(definition.outcomes())
    if settled.conflicting:
        (subject,) = scope.bound.values()
        cites = tuple(sorted({outcomes[place].cite for place in settled.conflicting}))
        return frozenset([Conflict(subject.key, definition.name, cites)])
    found: frozenset[Need] = frozenset()
    for place in settled.open_rules:
        if place < len(definition.rules):
            found |= needs(outcomes[place].condition, scope)
        else:
            valid = [rule for rule in definition.rules if scope.regime.holds(rule)]
            found = found.union(*(needs(rule.condition, scope) for rule in valid))
        found |= needs(outcomes[place].value, scope)
    return found
