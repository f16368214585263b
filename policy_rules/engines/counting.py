"""When a duty applies, and by which day facts count towards it."""

from __future__ import annotations

from datetime import date

from ..language.expressions import DEADLINE, FALSE, Constant, ExtremeOf, Held, Node, Parameter
from ..language.regimes import Regime
from ..language.rules import Requirement
from ..language.substitution import rewritten
from ..language.trees import walk
from .recurring import judged


def counted(regime: Regime, rule: Requirement) -> tuple[date | None, Node, Node]:
    """When a duty is due, where it applies, and what it requires, with facts counted by a day.

    Where each fact has a date of its own by which it is due, that is not said here. Worked out
    once, so that the nodes are the same each time, and so is what is known of them.
    """
    key = "counted", rule
    found: tuple[date | None, Node, Node] | None = regime.known.get(key)
    if found is None:
        counting = counting_day(regime, rule)
        applies = counted_by(_applicable(regime, rule), counting)
        found = due_of_all(regime, rule), applies, counted_by(rule.must, counting)
        found = regime.known.setdefault(key, found)
    return found


def due_of_all(regime: Regime, rule: Requirement) -> date | None:
    """When a duty is due that is due for all facts on one day."""
    if not isinstance(rule.due, Parameter):
        return None
    day: date | None = regime.value(rule.due)
    return day


def counting_day(regime: Regime, rule: Requirement) -> date | Node:
    """By which day facts count: when it is due, or the policy's date if that is earlier."""
    if rule.due_of_fact is not None:
        return ExtremeOf((rule.due_of_fact, Constant(regime.as_of)), "least")
    due = due_of_all(regime, rule)
    return regime.as_of if due is None else min(due, regime.as_of)


def counted_by(node: Node, day: date | Node) -> Node:
    """The condition with facts counted by that day."""
    counting = Constant(day) if isinstance(day, date) else day
    return rewritten(node, lambda part: counting if part is DEADLINE else None)


def recurring(node: Node) -> tuple[Held, ...]:
    """What recurs in a condition."""
    return tuple(part for part in walk(node) if isinstance(part, Held))


def _applicable(regime: Regime, rule: Requirement) -> Node:
    """Where a rule applies; what recurs is judged from the end of its first period."""
    for part in recurring(rule.must):
        found = judged(regime, part)
        if found is not None and not found.ended:
            return FALSE
    return rule.applies
