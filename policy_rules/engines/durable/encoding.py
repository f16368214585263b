"""Values as durable-rules compares them exactly: whole numbers of 32 bits, one of them unknown.

Every field of an event is always there. What is unknown is the least number of all, so that a lower
bound excludes it by itself; an upper one is joined by "more than unknown".
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any, Final, TypeAlias

from ...facts import NONE, Labelled
from ...language.expressions import Arithmetic, ExtremeOf, Node, Rounded
from ...language.rails import PartOf
from ...language.ranges import Bound
from ...language.trees import children
from ...language.types import RATIONAL
from ..evaluator import bounds, computed, evaluate
from ..kleene import Truth
from .scope import ChainScope, Computed, Part

UNKNOWN: Final = -(2**31 - 1)
_GREATEST: Final = 2**31 - 2

Operand: TypeAlias = Node | Bound | PartOf
Read: TypeAlias = Callable[[ChainScope], int]


def named(operand: Operand, constant: object) -> int | None:
    """The number by which a rule can name a constant with which an operand is compared.

    None where the operand is computed, or the constant is too great or has no such number.
    """
    read = operand.item if isinstance(operand, Bound) else operand
    if isinstance(operand, Arithmetic | ExtremeOf | Rounded) or read.type == RATIONAL:
        return None
    match constant:
        case datetime():
            return None
        case int():
            return constant if -_GREATEST < constant < _GREATEST else None
        case date() | Labelled():
            return _number(constant)
        case _:
            return None


def truth_of(node: Node) -> Read:
    """The truth of an expression, computed as it stands."""
    if isinstance(node, Part):
        slot = node.slot
        return lambda scope: _encoded(scope.found(slot))
    expression = node.node if isinstance(node, Computed) else node
    return lambda scope: _encoded(evaluate(expression, scope))


def _encoded(truth: Truth) -> int:
    return UNKNOWN if truth is None else int(truth)


def number_of(operand: Operand) -> Read:
    """A number, a date or a choice.

    In the place of one beyond all that rules name stands the greatest, or the least.
    """

    def read(scope: ChainScope) -> int:
        value = value_of(operand, scope)
        if value is None:
            return UNKNOWN
        return max(-_GREATEST, min(_GREATEST, _number(value)))

    return read


def _number(value: Any) -> int:
    if isinstance(value, date):
        return value.toordinal()
    if isinstance(value, Labelled):
        return -1 if value is NONE else _places(type(value))[value]
    number: int = value
    return number


@cache
def _places(choices: type[Labelled]) -> dict[Labelled, int]:
    return {choice: place for place, choice in enumerate(choices)}


def knownness_of(operand: Operand) -> Read:
    """One where there is a value."""
    return lambda scope: UNKNOWN if value_of(operand, scope) is None else 1


def order_of(left: Operand, right: Operand, ordered: bool) -> Read:
    """How two values compare: 0 where they are equal, -1 where the left one is less, else 1."""

    def read(scope: ChainScope) -> int:
        one, other = value_of(left, scope), value_of(right, scope)
        if one is None or other is None:
            return UNKNOWN
        if one == other:
            return 0
        return -1 if ordered and one < other else 1

    return read


def value_of(node: Any, scope: ChainScope) -> Any:
    """The value of an operand of a rail, or None."""
    match node:
        case Bound():
            interval = bounds(node.item, scope)
            return None if interval is None else interval[node.side == "high"]
        case PartOf():
            value = value_of(node.item, scope)
            if value is None or node.part != "steps":
                return None if value is None else getattr(value, node.part)
            return int(value * node.steps_of_one)
        case Arithmetic() | ExtremeOf():
            values = [value_of(part, scope) for part in children(node)]
            return None if None in values else computed(node)(*values)
        case _:
            return evaluate(node, scope)
