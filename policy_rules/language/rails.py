"""Rails: each condition as two ordinary two-valued expressions, certainly true and certainly false.

Where neither rail holds the condition is unknown. A reader of rails needs no three-valued logic of
its own: negation has been pushed down to the atoms, every atom is guarded by what it must know, a
list that may be incomplete has become a lower and an upper bound, and rational comparisons have
become comparisons of whole numbers.

Besides the nodes of the language, rails use `Bound`; `IsKnown` stands only over inputs (attributes,
derived attributes, bounds, ...), and `Not` only over atoms that are guarded.
"""

from __future__ import annotations

from typing import Literal as OneOf

from attrs import frozen

from .expressions import (
    FALSE,
    NEGATED,
    TRUE,
    Aggregate,
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Constant,
    Count,
    Derived,
    Exempted,
    Expression,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Or,
    Parameter,
    Total,
    all_of,
    any_of,
    as_node,
    children,
)
from .types import BOOLEAN, INTEGER, NUMERIC, RATIONAL, Type


@frozen(eq=False, repr=False)
class Bound(Expression):
    """The least, or the greatest, that a number can be, where that is known."""

    item: Node
    side: OneOf["low", "high"]

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"{self.side}({self.item})"


@frozen(eq=False)
class Rails:
    """The two rails of a condition."""

    true: Node
    false: Node

    @property
    def known(self) -> Node:
        """The condition is one or the other."""
        return either_of(self.true, self.false)


def rails(node: Node) -> Rails:
    """The rails of a condition. Parameters left in it have no value and are unknown."""
    match node:
        case Constant():
            return Rails(TRUE, FALSE) if node.value else Rails(FALSE, TRUE)
        case Parameter():
            return Rails(FALSE, FALSE)
        case Noted():
            return rails(node.item)
        case Not():
            inner = rails(node.item)
            return Rails(inner.false, inner.true)
        case And():
            parts = [rails(item) for item in node.items]
            return Rails(both_of(*(p.true for p in parts)), either_of(*(p.false for p in parts)))
        case Or():
            parts = [rails(item) for item in node.items]
            return Rails(either_of(*(p.true for p in parts)), both_of(*(p.false for p in parts)))
        case IsKnown():
            inside = known(node.item)
            return Rails(inside, Not(inside))
        case FirstKnown():
            first, second = rails(node.first), rails(node.second)
            later = Not(first.known)
            return Rails(
                either_of(first.true, both_of(later, second.true)),
                either_of(first.false, both_of(later, second.false)),
            )
        case Comparison() if node.left.type == BOOLEAN:
            # A junction can be known while its parts are not, so its own rails are compared.
            left, right = rails(node.left), rails(node.right)
            same = either_of(both_of(left.true, right.true), both_of(left.false, right.false))
            unlike = either_of(both_of(left.true, right.false), both_of(left.false, right.true))
            return Rails(same, unlike) if node.op == "==" else Rails(unlike, same)
        case Comparison() if ranged(node.left) or ranged(node.right):
            return _bounded(node)
        case Comparison():
            guard = both_of(known(node.left), known(node.right))
            opposite = Comparison(NEGATED[node.op], node.left, node.right)
            return Rails(
                both_of(guard, whole_numbers(node)), both_of(guard, whole_numbers(opposite))
            )
        case Attribute() | Derived() | Exempted():
            return Rails(both_of(IsKnown(node), node), both_of(IsKnown(node), Not(node)))
        case _:
            guard = both_of(*(known(child) for child in children(node)))
            return Rails(both_of(guard, node), both_of(guard, Not(node)))


def known(node: Node) -> Node:
    """The node has a value."""
    if node.type == BOOLEAN:
        return rails(node).known
    match node:
        case Parameter():
            return FALSE
        case Attribute() | Derived() | InYear() | Count() | Total() | Held():
            return IsKnown(node)
        case FirstKnown():
            return either_of(known(node.first), known(node.second))
        case _:
            return both_of(*(known(child) for child in children(node)))


def _bounded(node: Comparison) -> Rails:
    left, right = node.left, node.right
    match node.op:
        case ">=":
            return _at_least(left, right)
        case "<=":
            return _at_least(right, left)
        case ">":
            return _swapped(_at_least(right, left))
        case "<":
            return _swapped(_at_least(left, right))
        case "==" | "!=":  # pragma: no branch - the match is exhaustive
            up, down = _at_least(left, right), _at_least(right, left)
            equal = Rails(both_of(up.true, down.true), either_of(up.false, down.false))
            return equal if node.op == "==" else _swapped(equal)


def _swapped(of: Rails) -> Rails:
    return Rails(of.false, of.true)


def _at_least(left: Node, right: Node) -> Rails:
    return Rails(
        _certain(">=", _bound(left, "low"), _bound(right, "high")),
        _certain("<", _bound(left, "high"), _bound(right, "low")),
    )


def _certain(op: OneOf[">=", "<"], left: Node, right: Node) -> Node:
    return both_of(_has_bound(left), _has_bound(right), whole_numbers(Comparison(op, left, right)))


def _bound(node: Node, side: OneOf["low", "high"]) -> Node:
    return as_node(Bound(node, side)) if ranged(node) else node


def _has_bound(node: Expression) -> Node:
    if isinstance(node, Bound):
        always = node.side == "low" and isinstance(node.item, Aggregate)
        return TRUE if always else IsKnown(as_node(node))
    return known(as_node(node))


def ranged(node: Node) -> bool:
    """Whether a number can be known in part, as a range: it comes from a list that may be partial.

    A range is used by a direct comparison, also through a definition, and by nothing else.
    """
    match node:
        case Count() | Total() | Held():
            return True
        case FirstKnown():
            return node.type in NUMERIC and ranged(node.second)
        case Derived():
            return node.type in NUMERIC and any(
                ranged(each.value) for each in node.definition.outcomes()
            )
        case _:
            return False


def whole_numbers(node: Comparison) -> Comparison:
    """The same comparison without fractions: both sides times what they are divided by."""
    if RATIONAL not in (node.left.type, node.right.type):
        return node
    left, left_divisor = fraction(node.left)
    right, right_divisor = fraction(node.right)
    return Comparison(node.op, product(left, right_divisor), product(right, left_divisor))


def fraction(node: Node) -> tuple[Node, Node]:
    """A number as a whole number over a positive whole number."""
    match node:
        case Constant() if node.type in NUMERIC:
            return Constant(node.value.numerator), Constant(node.value.denominator)
        case Arithmetic(op="*"):
            (left, under_left), (right, under_right) = fraction(node.left), fraction(node.right)
            return product(left, right), product(under_left, under_right)
        case Arithmetic(op="/"):
            (left, under_left), (right, under_right) = fraction(node.left), fraction(node.right)
            return product(left, under_right), product(under_left, right)
        case Arithmetic():
            (left, under_left), (right, under_right) = fraction(node.left), fraction(node.right)
            parts = (product(left, under_right), product(right, under_left))
            return Arithmetic(node.op, *parts), product(under_left, under_right)
        case Derived() | FirstKnown() | Parameter() if node.type == RATIONAL:
            return as_node(PartOf(node, "numerator")), as_node(PartOf(node, "denominator"))
        case _:
            return node, Constant(1)


@frozen(eq=False, repr=False)
class PartOf(Expression):
    """The numerator or denominator of a rational number that is not taken apart further."""

    item: Node
    part: OneOf["numerator", "denominator"]

    @property
    def type(self) -> Type:
        return INTEGER

    def __str__(self) -> str:
        return f"{self.item}.{self.part}"


def product(left: Node, right: Node) -> Node:
    if isinstance(left, Constant) and isinstance(right, Constant):
        return Constant(left.value * right.value)
    if isinstance(left, Constant) and left.value == 1:
        return right
    if isinstance(right, Constant) and right.value == 1:
        return left
    return Arithmetic("*", left, right)


def both_of(*items: Node) -> Node:
    """All of two-valued items, without what is plainly true; plainly false if one is."""
    kept = [item for item in items if item is not TRUE]
    return FALSE if any(item is FALSE for item in kept) else all_of(*kept)


def either_of(*items: Node) -> Node:
    """Any of two-valued items, without what is plainly false; plainly true if one is."""
    kept = [item for item in items if item is not FALSE]
    return TRUE if any(item is TRUE for item in kept) else any_of(*kept)
