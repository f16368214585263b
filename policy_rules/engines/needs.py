"""What an undetermined answer still needs.

These are the input facts that remain in its condition once everything known has been put in: what
is already settled on the way needs nothing more.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..answers import Conflict
from ..language.exhaustive import assert_never
from ..language.expressions import (
    Aggregate,
    AggregateNode,
    And,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Deadline,
    Definition,
    Derived,
    Exempted,
    FirstKnown,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Operation,
    Or,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Variable,
)
from ..language.trees import children
from .calendar import unknown_year
from .evaluator import (
    Scope,
    conditions_and_values,
    evaluate,
    fact_of,
    gathered_by,
    members,
    of_subject,
    once,
)
from .recurring import Tally
from .settling import settle

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
        case RecurrenceLess():
            return needs(node.every, scope)
        case FirstKnown():
            return needs(node.first, scope)
        case ByChoice():
            choice = evaluate(node.of, scope)
            may = node.values if choice is None else (node.value_of(choice),)
            return needs(node.of, scope).union(*(needs(value, scope) for value in may))
        case ByCalendar():
            values = [evaluate(child, scope) for child in children(node)]
            if None not in values:
                return frozenset([f"parameters.{node.named}.{unknown_year(node, *values)}"])
            return frozenset().union(*(needs(child, scope) for child in children(node)))
        case Aggregate():
            return _aggregate_needs(node, scope)
        case (
            And() | Or() | Not() | Noted() | Comparison() | Operation() | Exempted() | InYear()
            | Periods()
        ):  # fmt: skip
            return frozenset().union(*(needs(child, scope) for child in children(node)))
        case (  # pragma: no cover - never unknown
            Constant() | ReadingIs() | IsKnown() | AsOf() | Deadline()
        ):  # fmt: skip
            raise AssertionError(node)
    return assert_never(node)


def _named(node: Attribute, scope: Scope) -> str:
    """A field by the fact it is of; of a fact that is not known, the reference to it."""
    fact = fact_of(node.of, scope)
    return _reference(node.of, scope) if fact is None else f"{fact.key}.{node.spec.name}"


def _reference(variable: Variable, scope: Scope) -> str:
    """The first unknown reference on the way to a fact."""
    assert variable.of is not None  # only references lead to what is not known
    source = fact_of(variable.of, scope)
    return _reference(variable.of, scope) if source is None else f"{source.key}.{variable.via}"


def _aggregate_needs(node: AggregateNode, scope: Scope) -> frozenset[Need]:
    gathered = gathered_by(node, scope)
    found: set[Need] = set()
    if not scope.facts.is_complete(node.member.fact_class):
        found.add(f"complete.{node.member.fact_class.collection}")
    if gathered is None or gathered.asked():
        found = found.union(*(needs(part, scope) for part in node.asked_once))
    if isinstance(gathered, Tally):
        found.update(f"parameters.{each}" for each in gathered.days_off())
    for inner, linked in members(node, scope):
        if evaluate(node.where, inner) is False:
            continue
        if gathered is not None and not gathered.matters(evaluate(node.gathered, inner)):
            continue
        if linked is None:
            found.add(f"{inner.bound[node.member].key}.{node.member.link}")
        found = found.union(*(needs(part, inner) for part in node.of_member))
    return frozenset(found)


def definition_needs(definition: Definition, scope: Scope) -> frozenset[Need]:
    """What an undetermined attribute still needs; a conflict is a need that nothing settles."""

    def work_out(definition: Definition) -> frozenset[Need]:
        return _definition_needs(definition, scope)

    found: frozenset[Need] = once(scope, "needs", definition, work_out)
    return found


def _definition_needs(definition: Definition, scope: Scope) -> frozenset[Need]:
    settled = settle(*conditions_and_values(definition, scope))
    outcomes = tuple(definition.outcomes())
    if settled.conflicting:
        (subject,) = scope.bound.values()
        cites = tuple(sorted({outcomes[place].cite for place in settled.conflicting}))
        return frozenset([Conflict(subject.key, definition.written_name, cites)])
    found: frozenset[Need] = frozenset()
    for place in settled.open_rules:
        if place < len(definition.rules):
            found |= needs(outcomes[place].condition, scope)
        else:
            valid = [rule for rule in definition.rules if scope.regime.holds(rule)]
            found = found.union(*(needs(rule.condition, scope) for rule in valid))
        found |= needs(outcomes[place].value, scope)
    return found
