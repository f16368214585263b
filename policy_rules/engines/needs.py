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
    Held,
    InYear,
    Node,
    Parameter,
    Total,
    Variable,
    children,
)
from ..language.rules import Definition
from .conditions import settle
from .interpreter import (
    Scope,
    conditions_and_values,
    evaluate,
    fact_of,
    members,
    of_subject,
    tallied,
)

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
            return frozenset([_named(node, scope)])
        case Parameter():
            return frozenset([f"parameters.{node.name}"])
        case Derived():
            inner = of_subject(node, scope)
            if inner is None:
                return frozenset([_reference(node.of, scope)])
            return definition_needs(scope.regime.rules.definition(node), inner)
        case InYear() if evaluate(node.item, scope) is not None:
            year = scope.regime.as_of.year + node.offset
            return frozenset([f"{_named(node.item, scope)}.{year}"])
        case FirstKnown():
            return needs(node.first, scope)
        case Count() | Total():
            return _aggregate_needs(node, scope)
        case Held():
            return _recurrence_needs(node, scope)
        case _:
            return frozenset().union(*(needs(child, scope) for child in children(node)))


def _named(node: Attribute, scope: Scope) -> str:
    """A field by the fact it is of; of a fact that is not known, the reference to it."""
    fact = fact_of(node.of, scope)
    return _reference(node.of, scope) if fact is None else f"{fact.key}.{node.spec.name}"


def _reference(variable: Variable, scope: Scope) -> str:
    """The first unknown reference on the way to a fact."""
    assert variable.of is not None  # only references lead to what is not known
    source = fact_of(variable.of, scope)
    return _reference(variable.of, scope) if source is None else f"{source.key}.{variable.via}"


def _recurrence_needs(node: Held, scope: Scope) -> frozenset[Need]:
    tally = tallied(node, scope)
    found = _of_list(node, scope) | needs(node.every, scope)
    for inner, linked in members(node, scope):
        if evaluate(node.where, inner) is False:
            continue
        if tally is not None and not tally.matters(evaluate(node.on, inner)):
            continue
        if linked is None:
            found.add(f"{inner.bound[node.member].key}.{node.member.link}")
        found |= needs(node.where, inner) | needs(node.on, inner)
    return frozenset(found)


def _of_list(node: Aggregate, scope: Scope) -> set[Need]:
    whole = scope.facts.is_complete(node.member.fact_class)
    return set() if whole else {f"complete.{node.member.fact_class.collection}"}


def _aggregate_needs(node: Count | Total, scope: Scope) -> frozenset[Need]:
    found = _of_list(node, scope)
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
