"""Rails: each condition as a pair of two-valued bounds, certainly true and certainly false.

Where neither rail holds the condition is unknown. A reader of rails needs no three-valued logic of
its own: negation has been pushed down to the atoms, every atom is guarded by what it must know, a
list that may be incomplete has become a lower and an upper bound, and rational comparisons have
become comparisons of whole numbers.

Besides the nodes of the language, rails use `Bound`; `IsKnown` stands only over inputs (attributes,
derived attributes, bounds, ...), and `Not` only over atoms that are guarded.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import reduce
from math import lcm
from typing import Literal as OneOf

from attrs import frozen

from .exhaustive import assert_never
from .expressions import (
    FALSE,
    NEGATED,
    TRUE,
    Additive,
    Aggregate,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Average,
    ByCalendar,
    ByChoice,
    Comparison,
    Condition,
    Constant,
    Deadline,
    Derived,
    Exempted,
    Expression,
    ExtremeOf,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Operation,
    Operator,
    Or,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Rounded,
    Term,
    ValueAggregate,
    as_node,
)
from .logic import conjunction, disjunction
from .ranges import HOLDS_BY, Bound, BoundTest, bounds_compared, ranged
from .trees import children, key
from .types import BOOLEAN, INTEGER, NUMERIC, RATIONAL, Type


@frozen(eq=False)
class Rails:
    """The two rails of a condition."""

    true: Node
    false: Node

    @property
    def known(self) -> Node:
        """The condition is one or the other."""
        return disjunction(self.true, self.false)


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
            return Rails(
                conjunction(*(p.true for p in parts)), disjunction(*(p.false for p in parts))
            )
        case Or():
            parts = [rails(item) for item in node.items]
            return Rails(
                disjunction(*(p.true for p in parts)), conjunction(*(p.false for p in parts))
            )
        case IsKnown():
            inside = known(node.item)
            return Rails(inside, Not(inside))
        case FirstKnown():
            first, second = rails(node.first), rails(node.second)
            later = Not(first.known)
            return Rails(
                disjunction(first.true, conjunction(later, second.true)),
                disjunction(first.false, conjunction(later, second.false)),
            )
        case Comparison() if node.left.type == BOOLEAN:
            # A junction can be known while its parts are not, so its own rails are compared.
            left, right = rails(node.left), rails(node.right)
            same = disjunction(
                conjunction(left.true, right.true), conjunction(left.false, right.false)
            )
            unlike = disjunction(
                conjunction(left.true, right.false), conjunction(left.false, right.true)
            )
            return Rails(same, unlike) if node.op == "==" else Rails(unlike, same)
        case Comparison() if ranged(node.left) or ranged(node.right):
            return _bounded(node)
        case Comparison():
            guard = conjunction(known(node.left), known(node.right))
            opposite = Comparison(NEGATED[node.op], node.left, node.right)
            return Rails(
                conjunction(guard, whole_numbers(node)), conjunction(guard, whole_numbers(opposite))
            )
        case Attribute() | Derived() | Exempted():
            return Rails(conjunction(IsKnown(node), node), conjunction(IsKnown(node), Not(node)))
        case Operation():
            guard = _all_known(node)
            return Rails(conjunction(guard, node), conjunction(guard, Not(node)))
        case ReadingIs() | Term():  # pragma: no cover - folded away, or no condition
            raise AssertionError(node)
    return assert_never(node)


def known(node: Node) -> Node:
    """The node has a value."""
    if node.type == BOOLEAN:
        return rails(node).known
    match node:
        case Parameter():
            return FALSE
        case Attribute() | Derived() | InYear() | Aggregate() | ByCalendar():
            return IsKnown(node)
        case RecurrenceLess():
            return known(node.every)
        case FirstKnown():
            return disjunction(known(node.first), known(node.second))
        case ByChoice():
            return conjunction(known(node.of), _looked_up(node))
        case Constant() | Operation() | Periods():
            return _all_known(node)
        case Noted() | AsOf() | Deadline() | Condition():  # pragma: no cover - folded, or above
            raise AssertionError(node)
    return assert_never(node)


def _looked_up(node: ByChoice) -> Node:
    """The value that stands for the choice, which is known, has a value."""
    each = [(node.is_among(choices), known(value)) for choices, value in node.entries]
    if all(there is TRUE for _, there in each):
        return TRUE
    return disjunction(*(conjunction(within, there) for within, there in each))


def _all_known(node: Node) -> Node:
    """Everything that a node is made of has a value."""
    return conjunction(*map(known, children(node)))


def _bounded(node: Comparison) -> Rails:
    return Rails(_certainly(node.op, node), _certainly(NEGATED[node.op], node))


def _certainly(op: Operator, node: Comparison) -> Node:
    """The bounds of both sides settle that a comparison by `op` holds."""
    join = disjunction if op == "!=" else conjunction
    return join(*(_tested(test, node) for test in HOLDS_BY[op]))


def _tested(test: BoundTest, node: Comparison) -> Node:
    left, right = bounds_compared(test, node.left, node.right)
    compared = whole_numbers(Comparison(test.op, left, right))
    return conjunction(_has_bound(left), _has_bound(right), compared)


def _has_bound(node: Expression) -> Node:
    if isinstance(node, Bound):
        always = node.side == "low" and isinstance(node.item, Additive | Held)
        return TRUE if always else IsKnown(as_node(node))
    return known(as_node(node))


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
            (left, right), under = _over_one((node.left, node.right))
            return Arithmetic(node.op, left, right), under
        case ExtremeOf() if node.type == RATIONAL:
            items, under = _over_one(node.items)
            return ExtremeOf(tuple(items), node.pick), under
        case Rounded() if node.type == RATIONAL:
            steps = Rounded(node.in_steps, 1, node.how)
            return product(Constant(node.steps_of), steps), Constant(node.to.denominator)
        case ByChoice() if node.type in NUMERIC and all(
            isinstance(value, Constant) for value in node.values
        ):
            overs, under = _over_one(node.values)
            return node.with_values(overs), under
        case _ if node.type != RATIONAL:
            return node, Constant(1)
        case _:
            one = steps_of_one(node)
            if one is None:
                return as_node(PartOf(node, "numerator")), as_node(PartOf(node, "denominator"))
            return as_node(PartOf(node, "steps", one)), Constant(one)


def steps_of_one(node: Node | Bound) -> int | None:
    """How many of its steps make one, of a number that is not taken apart further; None: that
    hangs on the facts."""
    match node:
        case Attribute():
            return int(10 ** (node.spec.places or 0))
        case Derived():
            places = node.definition.places
            return None if places is None else int(10**places)
        case Bound():
            return _steps_of(node.item)
        case FirstKnown():
            return _steps_of(node.first, node.second)
        case ByChoice():
            return _steps_of(*node.values)
        case ValueAggregate() if not isinstance(node, Average):
            return gathered_steps(node)
        case _:  # an average, or a parameter without a value
            return None


def _steps_of(*nodes: Node) -> int | None:
    """Those that some numbers have in common; one that is never known has any."""
    unders = [fraction(node)[1] for node in nodes if known(node) is not FALSE]
    constant = [int(under.value) for under in unders if isinstance(under, Constant)]
    return lcm(*constant) if len(constant) == len(unders) else None


def in_steps(node: Node, steps: int) -> Node:
    """A number counted in steps, of which so many make one; any other value as it is."""
    if node.type != RATIONAL and steps == 1:
        return node
    over, under = fraction(node)
    # What it is divided by is no constant only where it has no value.
    times = Constant(steps // under.value) if isinstance(under, Constant) else under
    return product(over, times)


def gathered_steps(node: ValueAggregate) -> int:
    """How many of the steps in which the values are gathered make one."""
    return _steps_of(*node.compared) or 1


def _over_one(nodes: Sequence[Node]) -> tuple[list[Node], Node]:
    """Numbers as whole numbers over one positive whole number, as small as it is seen to be."""
    parts = [fraction(node) for node in nodes]
    factors = [_factors(under) for _, under in parts]
    common = lcm(*(times for times, _ in factors))
    others: dict[object, tuple[Node, int]] = {}
    for _, counted in factors:
        for identity, (factor, often) in counted.items():
            known = others.get(identity, (factor, 0))[1]
            others[identity] = factor, max(often, known)
    overs = []
    for (over, _), (times, counted) in zip(parts, factors, strict=True):
        lacking = [
            factor
            for identity, (factor, often) in others.items()
            for _ in range(often - counted.get(identity, (factor, 0))[1])
        ]
        overs.append(reduce(product, lacking, product(over, Constant(common // times))))
    every = [factor for factor, often in others.values() for _ in range(often)]
    whole: Node = Constant(common)
    return overs, reduce(product, every, whole)


def _factors(under: Node) -> tuple[int, dict[object, tuple[Node, int]]]:
    """What a divisor is the product of: a constant, and how often each of the other factors."""
    times, counted = 1, dict[object, tuple[Node, int]]()
    waiting = [under]
    while waiting:
        each = waiting.pop()
        match each:
            case Constant():
                times *= each.value
            case Arithmetic(op="*"):
                waiting += [each.right, each.left]
            case _:
                counted[key(each)] = each, counted.get(key(each), (each, 0))[1] + 1
    return times, counted


@frozen(eq=False, repr=False)
class PartOf(Expression):
    """The numerator or denominator of a rational number that is not taken apart further.

    Or how many `steps` it has, such as hundredths, where `steps_of_one` make one.
    """

    item: Node
    part: OneOf["numerator", "denominator", "steps"]
    steps_of_one: int = 1

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
