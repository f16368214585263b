"""When a duty applies, and by which day facts count towards it."""

from __future__ import annotations

from datetime import date

from ..language.expressions import DEADLINE, FALSE, Constant, Held, Node
from ..language.regimes import Regime
from ..language.rules import Requirement
from ..language.substitution import rewritten
from ..language.trees import walk
from .recurring import judged


def counted(regime: Regime, rule: Requirement) -> tuple[date | None, Node, Node]:
    """When a duty is due, where it applies, and what it requires, with facts counted by a day."""
    due = None if rule.due is None else regime.value(rule.due)
    counting = regime.as_of if due is None else min(due, regime.as_of)
    applies = counted_by(_applicable(regime, rule), counting)
    return due, applies, counted_by(rule.must, counting)


def counted_by(node: Node, day: date) -> Node:
    """The condition with facts counted by that day."""
    return rewritten(node, lambda part: Constant(day) if part is DEADLINE else None)


def recurring(node: Node) -> tuple[Held, ...]:
    """What recurs in a condition."""
    return tuple(part for part in walk(node) if isinstance(part, Held))


def _applicable(regime: Regime, rule: Requirement) -> Node:
    """Where a rule applies; what recurs is judged from the end of its first period."""
    for part in recurring(rule.must):
        found = judged(regime, part)
        if found is not None and not found.periods:
            return FALSE
    return rule.applies
