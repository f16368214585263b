"""Related facts that share a value with the fact around them, found in what an aggregate asks.

They are written as an equality among its conditions, and mean no more than that; who looks members
up by it need not try each of them.
"""

from __future__ import annotations

from typing import Final

from attrs import evolve, frozen

from .expressions import Aggregate, And, Attribute, Comparison, Node, Or, Variable
from .types import DATE, INTEGER, MOMENT, TEXT

_LOOKED_UP: Final = (TEXT, INTEGER, DATE, MOMENT)


@frozen(eq=False)
class Join:
    """The members' `field` equals an attribute of a fact around them, and `also` holds."""

    field: str
    other: Attribute
    also: tuple[Node, ...] = ()


def joined_by(node: Aggregate) -> Join | None:
    """The first equality by which members without a link are joined to a fact around them."""
    return None if node.member.link is not None else _first(node.member, _parts(node.where))


def joined_by_one_of(node: Aggregate) -> tuple[Join, ...]:
    """The equalities by one of which members without a link are joined, none where there are none.

    Those of an alternative each say what is asked besides.
    """
    if node.member.link is not None:
        return ()
    parts = _parts(node.where)
    if (only := _first(node.member, parts)) is not None:
        return (only,)
    for part in parts:
        if isinstance(part, Or):
            branches = [_parts(each) for each in part.items]
            found = [_first(node.member, each) for each in branches]
            joins = [
                evolve(join, also=(*parts, *branch))
                for join, branch in zip(found, branches, strict=True)
                if join is not None
            ]
            if len(joins) == len(branches):
                return tuple(joins)
    return ()


def _parts(condition: Node) -> tuple[Node, ...]:
    return condition.items if isinstance(condition, And) else (condition,)


def _first(member: Variable, parts: tuple[Node, ...]) -> Join | None:
    for part in parts:
        if isinstance(part, Comparison) and part.op == "==":
            for one, other in ((part.left, part.right), (part.right, part.left)):
                if found := _joined(member, one, other):
                    return found
    return None


def _joined(member: Variable, one: Node, other: Node) -> Join | None:
    if (
        isinstance(one, Attribute)
        and isinstance(other, Attribute)
        and one.of is member
        and other.of.root is not member
        and (one.type in _LOOKED_UP or one.type.name == "choice")
    ):
        return Join(one.spec.name, other)
    return None
