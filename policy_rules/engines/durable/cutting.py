"""Conditions cut into parts that durable-rules can take: each part is settled by its own event."""

from __future__ import annotations

from collections.abc import Callable
from math import prod
from typing import Final, TypeAlias

from attrs import evolve, frozen

from ...language.expressions import (
    And,
    ByChoice,
    Comparison,
    FirstKnown,
    IsKnown,
    Node,
    Not,
    Or,
    all_of,
    any_of,
)
from ...language.ranges import ranged
from ...language.trees import walk
from ...language.types import BOOLEAN

# The alternatives of one event are matched at once, on a stack of 64 that does not grow.
MOST_ALTERNATIVES: Final = 32
_MOST_ITEMS: Final = 24
_MOST_OF_AN_ATOM: Final = 8

Replace: TypeAlias = Callable[[Node], Node]


class TooWideError(ValueError):
    """A condition that is not to be asked about, however it is cut."""


@frozen
class Cutting:
    """How conditions are cut.

    `cut_off` gives what stands for a part that has an event of its own, `compute` what stands for
    one that durable-rules is not asked about.
    """

    cut_off: Replace
    compute: Replace

    def cut(self, node: Node) -> Node:
        """The condition with what would make it too wide cut off."""
        match node:
            case Not():
                return Not(self.cut(node.item))
            case And() | Or():
                return self._junction(type(node), [self.cut(item) for item in node.items])
            case Comparison() if node.left.type == BOOLEAN:
                return evolve(node, left=self._single(node.left), right=self._single(node.right))
            case FirstKnown():
                return FirstKnown(self._single(node.first), self._single(node.second))
            case IsKnown() if node.item.type == BOOLEAN:
                return IsKnown(self._single(node.item))
            case _:
                return self.compute(node) if sum(width(node)) > _MOST_OF_AN_ATOM else node

    def _single(self, node: Node) -> Node:
        return self._narrow(self.cut(node))

    def _narrow(self, node: Node) -> Node:
        return node if width(node) == (1, 1) else self.cut_off(node)

    def _junction(self, kind: type[And] | type[Or], items: list[Node]) -> Node:
        join = all_of if kind is And else any_of
        if sum(width(join(*items))) > MOST_ALTERNATIVES:
            items = [self._narrow(item) for item in items]
        while len(items) > _MOST_ITEMS:
            chunks = (items[at : at + _MOST_ITEMS] for at in range(0, len(items), _MOST_ITEMS))
            items = [self.cut_off(join(*chunk)) for chunk in chunks]
        return join(*items)


def width(node: Node) -> tuple[int, int]:
    """In how many alternatives a condition holds at most, and in how many it does not."""
    match node:
        case Not():
            true, false = width(node.item)
            return false, true
        case And():
            parts = [width(item) for item in node.items]
            return prod(true for true, _ in parts), sum(false for _, false in parts)
        case Or():
            parts = [width(item) for item in node.items]
            return sum(true for true, _ in parts), prod(false for _, false in parts)
        case Comparison() if node.left.type == BOOLEAN:
            return 2, 2
        case FirstKnown():
            return 2, 2
        case IsKnown() if node.item.type == BOOLEAN:
            return 2, 1
        case IsKnown():
            return _ways(node), sum(1 for _ in walk(node.item))
        case Comparison(op="==" | "!=") if ranged(node.left) or ranged(node.right):
            ways = _ways(node)
            return (ways, 2 * ways) if node.op == "==" else (2 * ways, ways)
        case _:
            return _ways(node), _ways(node)


def _ways(node: Node) -> int:
    """In how many ways what it reads can be known."""
    looked_up = prod(len(each.values) for each in walk(node) if isinstance(each, ByChoice))
    return looked_up * int(2 ** sum(isinstance(each, FirstKnown) for each in walk(node)))
