"""Numbers and dates that are known in part, as a range (an interval): how they are compared.

One that comes from a list that may be incomplete has a least and a greatest value that it can be,
of which either may be unknown. A comparison holds where bounds of its sides settle it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final, TypeAlias
from typing import Literal as OneOf

from attrs import frozen

from .caching import once_for_each
from .exhaustive import assert_never
from .expressions import (
    Aggregate,
    AsOf,
    Attribute,
    Average,
    ByCalendar,
    ByChoice,
    Condition,
    Constant,
    Deadline,
    Definition,
    Derived,
    FirstKnown,
    InYear,
    Node,
    Noted,
    Operation,
    Operator,
    Parameter,
    Periods,
    RecurrenceLess,
    Term,
    as_node,
)
from .types import ORDERED, Type

Side: TypeAlias = OneOf["low", "high"]


@frozen(eq=False, repr=False)
class Bound(Term):
    """The least, or the greatest, that a number or date can be, where that is known."""

    item: Node
    side: Side

    @property
    def type(self) -> Type:
        return self.item.type

    def __str__(self) -> str:
        return f"{self.side}({self.item})"


@frozen
class BoundTest:
    """A bound of one side of a comparison held against a bound of the other.

    With `swapped` the right side comes first.
    """

    side: Side
    op: OneOf[">=", "<"]
    other: Side
    swapped: bool = False


_GE: Final = BoundTest("low", ">=", "high")
_LT: Final = BoundTest("high", "<", "low")
_LE: Final = BoundTest("low", ">=", "high", swapped=True)
_GT: Final = BoundTest("high", "<", "low", swapped=True)
# Of two ranges, a comparison certainly holds where all of its tests do; `!=`, where any does. It
# certainly fails where its negation certainly holds.
HOLDS_BY: Final[Mapping[Operator, tuple[BoundTest, ...]]] = {
    ">=": (_GE,), "<": (_LT,), "<=": (_LE,), ">": (_GT,), "==": (_GE, _LE), "!=": (_LT, _GT),
}  # fmt: skip


def ranged(node: Node) -> bool:
    """Whether something can be known in part, as a range: it comes from a list that may be partial.

    A range is used by a direct comparison, also through a definition, and by nothing else.
    """
    match node:
        case Average():
            return False
        case Aggregate():
            return True
        case FirstKnown():
            return node.type in ORDERED and ranged(node.second)
        case ByChoice():
            return node.type in ORDERED and any(map(ranged, node.values))
        case Derived():
            return node.type in ORDERED and _gives_ranges(node.definition)
        case Constant() | Parameter() | Attribute() | Noted() | Condition() | Operation():
            return False
        case AsOf() | Deadline() | InYear() | RecurrenceLess() | Periods() | ByCalendar():
            return False
    return assert_never(node)


@once_for_each
def _gives_ranges(definition: Definition) -> bool:
    return any(ranged(each.value) for each in definition.outcomes())


def bound(node: Node, side: Side) -> Node:
    """The bound of a number; what is no range is its own bound."""
    return as_node(Bound(node, side)) if ranged(node) else node


def bounds_compared(test: BoundTest, left: Node, right: Node) -> tuple[Node, Node]:
    """The two bounds that a test holds against each other."""
    one, other = (right, left) if test.swapped else (left, right)
    return bound(one, test.side), bound(other, test.other)
