"""What a finding says beyond its status: when a duty was met late, and what lacks its event."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Final

from ..answers import Status
from ..language.expressions import (
    DEADLINE,
    Aggregate,
    Comparison,
    Node,
    children,
)
from ..language.recurrences import Period
from .conditions import FindingConditions, counted_by, recurring
from .interpreter import Scope, evaluate, members, tallied

_UNMET: Final = (Status.BREACHED, Status.MISSED, Status.DEVIATES, Status.PENDING)


def met_on(conditions: FindingConditions, status: Status, scope: Scope) -> date | None:
    """The day after its due date on which a duty was met, if it was and that is certain."""
    if conditions.due is None or status not in _UNMET:
        return None
    must = conditions.rule.must
    days = {day for day in _counted_days(must, scope) if day is not None}
    for day in sorted(days):
        if conditions.due < day <= scope.regime.as_of:
            truth = evaluate(counted_by(must, day), scope)
            if truth is not False:
                return day if truth else None
    return None


def _counted_days(node: Node, scope: Scope) -> Iterator[date | None]:
    """The dates that a condition compares with the deadline."""
    if isinstance(node, Comparison) and DEADLINE in (node.left, node.right):
        yield evaluate(node.left if node.right is DEADLINE else node.right, scope)
        return
    scopes = [scope]
    if isinstance(node, Aggregate):
        scopes = [inner for inner, _ in members(node, scope)]
    for each in scopes:
        for child in children(node):
            yield from _counted_days(child, each)


def lacking(conditions: FindingConditions, status: Status, scope: Scope) -> tuple[Period, ...]:
    """The periods that certainly lack what recurs, where a duty is therefore not met."""
    if status not in _UNMET:
        return ()
    tallies = (tallied(node, scope) for node in recurring(conditions.must))
    return tuple(
        sorted({period for tally in tallies if tally is not None for period in tally.lacking()})
    )
