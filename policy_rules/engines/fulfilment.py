"""What a finding says beyond its status: when a duty was met late, and what lacks its event."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from ..answers import Status
from ..language.expressions import DEADLINE, Aggregate, Comparison, Held, Node
from ..language.recurrences import Period
from ..language.trees import children
from .conditions import FindingConditions
from .counting import counted_by
from .evaluator import Scope, evaluate, members, tallied
from .recurring import Tally

_DAY: Final = timedelta(days=1)


def met_on(conditions: FindingConditions, status: Status, scope: Scope) -> date | None:
    """The day after its due date on which a duty was met, if it was and that is certain."""
    due = due_on(conditions, scope) if status.standing.unmet else None
    if due is None:
        return None
    must = conditions.rule.must
    counted = {day for day in _counted_days(must, scope) if day is not None}
    # What has to come before the deadline counts from the day after its own.
    days = counted | {day + _DAY for day in counted if day < date.max}
    for day in sorted(days):
        if due < day <= scope.regime.as_of:
            truth = evaluate(counted_by(must, day), scope)
            if truth is not False:
                return day if truth else None
    return None


def due_on(conditions: FindingConditions, scope: Scope) -> date | None:
    """When a duty is due for a fact, if it is on any day, and that is known."""
    if conditions.due_of_fact is None:
        return conditions.due
    day: date | None = evaluate(conditions.due_of_fact, scope)
    return day


def _counted_days(node: Node, scope: Scope) -> Iterator[date | None]:
    """The dates that a condition compares with the deadline."""
    if isinstance(node, Comparison) and DEADLINE in (node.left, node.right):
        other = node.left if node.right is DEADLINE else node.right
        yield evaluate(counted_by(other, scope.regime.as_of), scope)
        return
    scopes = [scope]
    if isinstance(node, Aggregate):
        scopes = [inner for inner, _ in members(node, scope)]
    for each in scopes:
        for child in children(node):
            yield from _counted_days(child, each)


def lacking(status: Status, tallies: Iterable[Tally | None]) -> tuple[Period, ...]:
    """The periods that certainly lack what recurs, where a duty is therefore not met."""
    if not status.standing.unmet:
        return ()
    return tuple(
        sorted({period for tally in tallies if tally is not None for period in tally.lacking()})
    )


def tallies(conditions: FindingConditions, scope: Scope) -> Iterator[Tally | None]:
    """Which periods have what recurs for the subject."""
    return (tallied(node, scope) for node in of_subject(conditions.must))


def of_subject(node: Node) -> Iterator[Held]:
    """What recurs for the subject itself, not for each fact of an aggregate."""
    if isinstance(node, Held):
        yield node
    elif not isinstance(node, Aggregate):
        for child in children(node):
            yield from of_subject(child)
