"""Branches where all that conditions read is known: what they ask first is asked once for all."""

from __future__ import annotations

from attrs import evolve

from ..language.expressions import (
    FALSE,
    NEGATED,
    TRUE,
    AllStartWith,
    And,
    Comparison,
    IsNone,
    NamedIn,
    Node,
    Not,
    Or,
    SomeStartWith,
)
from ..language.logic import conjunction, disjunction, negation
from ..language.trees import key, walk

_CALLED = (AllStartWith, NamedIn, SomeStartWith)


def asked_first(node: Node) -> Node:
    """The part of a condition that Python evaluates first."""
    match node:
        case And() | Or():
            return asked_first(node.items[0])
        case Not():
            return asked_first(node.item)
        case _:
            return node


def splits(atom: Node, node: Node) -> bool:
    """A condition begins with a part and is settled by it one way at least, so that a branch on it
    says nothing of the condition twice."""
    if key(asked_first(node)) not in _both(atom):
        return False
    ways = (given(atom, truth, node) for truth in (True, False))
    return any(way is TRUE or way is FALSE for way in ways)


def given(atom: Node, truth: bool, node: Node) -> Node:
    """What a two-valued condition comes to where a part of it holds, or does not."""
    same, opposite = _both(atom)

    def put_in(node: Node) -> Node:
        match node:
            case And():
                return conjunction(*map(put_in, node.items))
            case Or():
                return disjunction(*map(put_in, node.items))
            case Not():
                inner = put_in(node.item)
                return negation(inner) if inner is TRUE or inner is FALSE else Not(inner)
        if key(node) == same:
            return TRUE if truth else FALSE
        if key(node) == opposite:
            return FALSE if truth else TRUE
        return node

    return put_in(node)


def _both(atom: Node) -> tuple[object, object]:
    """The keys of a part and of its opposite, where the opposite is a part of its own."""
    if type(atom) is Comparison:
        return key(atom), key(Comparison(NEGATED[atom.op], atom.left, atom.right))
    return key(atom), None


def calls_last(node: Node) -> Node:
    """The condition with what takes a call asked last.

    The order is kept where a part asks whether a value is none: that guards what follows it.
    """

    def ordered(node: Node) -> Node:
        match node:
            case Not():
                inner = ordered(node.item)
                return node if inner is node.item else Not(inner)
            case And() | Or():
                items = tuple(sorted(map(ordered, node.items), key=_takes_a_call))
                return evolve(node, items=items)
        return node

    return node if any(isinstance(each, IsNone) for each in walk(node)) else ordered(node)


def _takes_a_call(node: Node) -> bool:
    return any(isinstance(each, _CALLED) for each in walk(node))
