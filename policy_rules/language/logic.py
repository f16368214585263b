"""And, or and not of nodes, simplified where a part is plainly true or false."""

from __future__ import annotations

from .expressions import (
    FALSE,
    NEGATED,
    TRUE,
    And,
    Comparison,
    Node,
    Not,
    Or,
    all_of,
    any_of,
)


def conjunction(*items: Node) -> Node:
    """All of two-valued items, without what is plainly true; plainly false if one is."""
    kept = [item for item in items if item is not TRUE]
    return FALSE if any(item is FALSE for item in kept) else all_of(*kept)


def disjunction(*items: Node) -> Node:
    """Any of two-valued items, without what is plainly false; plainly true if one is."""
    kept = [item for item in items if item is not FALSE]
    return TRUE if any(item is TRUE for item in kept) else any_of(*kept)


def negation(node: Node) -> Node:
    """The condition does not hold, said of its smallest parts."""
    match node:
        case And():
            return any_of(*map(negation, node.items))
        case Or():
            return conjunction(*map(negation, node.items))
        case Not():
            return node.item
        case Comparison():
            return Comparison(NEGATED[node.op], node.left, node.right)
        case _ if node is TRUE or node is FALSE:
            return FALSE if node is TRUE else TRUE
        case _:
            return Not(node)
