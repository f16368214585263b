"""Related facts that share a value with the fact around them, found in what an aggregate asks.

They are written as an equality among its conditions, and mean no more than that; who looks members
up by it need not try each of them.
"""

from __future__ import annotations

from typing import Final

from attrs import frozen

from .expressions import Aggregate, And, Attribute, Comparison, Node
from .types import DATE, INTEGER, MOMENT, TEXT

_LOOKED_UP: Final = (TEXT, INTEGER, DATE, MOMENT)


@frozen(eq=False)
class Join:
    """The members' `field` equals an attribute of a fact around them."""

    field: str
    other: Attribute


def joined_by(node: Aggregate) -> Join | None:
    """The first equality by which members without a link are joined to a fact around them."""
    if node.member.link is not None:
        return None
    for part in node.where.items if isinstance(node.where, And) else (node.where,):
        if isinstance(part, Comparison) and part.op == "==":
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if found := _joined(node, one, other):
                    return found
    return None


def _joined(node: Aggregate, one: Node, other: Node) -> Join | None:
    if (
        isinstance(one, Attribute)
        and isinstance(other, Attribute)
        and one.of is node.member
        and other.of.root is not node.member
        and (one.type in _LOOKED_UP or one.type.name == "choice")
    ):
        return Join(one.spec.name, other)
    return None
