"""Small wrong changes to an expression: what a slip of its author looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from typing import Any, Final, cast
from typing import Literal as OneOf

from attrs import evolve, fields

from ..facts import Labelled
from ..language.expressions import (
    NEGATED,
    TRUE,
    AllStartWith,
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Count,
    Derived,
    Expression,
    FirstKnown,
    FullYears,
    InYear,
    IsKnown,
    Node,
    Not,
    Operator,
    Or,
    PlusYears,
    ReadingIs,
    Subset,
    Total,
    Variable,
    at_least,
    children,
)
from ..language.rewriting import with_variable
from ..language.types import BOOLEAN, DATE, MOMENT, NUMERIC, RATIONAL, RuleTypeError, Type

# Shares are written in percent, so a slip in one is a percent.
FRACTION_STEP: Final = Fraction(1, 100)
_DAY: Final = timedelta(days=1)
_NEAR: Final[Mapping[Operator, tuple[Operator, ...]]] = {
    ">=": (">",), ">": (">=",), "<=": ("<",), "<": ("<=",), "==": (">=", "<="), "!=": ("<", ">"),
}  # fmt: skip
_OPPOSITE: Final[Mapping[str, OneOf["+", "-", "*", "/"]]] = {
    "+": "-", "-": "+", "*": "/", "/": "*",
}  # fmt: skip
_Leaf = Attribute | Derived | Contains | Subset | AllStartWith | IsKnown


def variants(
    node: Node, attributes: Iterable[Attribute] = (), *, negated: bool = False
) -> Iterator[tuple[str, Node]]:
    """Every expression that differs by one small change, with what the change is.

    `attributes` are those that could be mistaken for one another; `negated` says that the
    expression stands under a negation, whose own change already is to drop it.
    """
    yield from _without_a_part(node)
    yield from _mistaken(node, attributes)
    for changed in _changed(node, negated):
        yield f"`{node}` becomes `{changed}`", changed
    for place, part in enumerate(children(node)):
        for what, changed in variants(part, attributes, negated=isinstance(node, Not)):
            try:
                whole = with_part(node, place, changed)
            except RuleTypeError:
                continue  # a change that its author would be told of is not a slip
            yield what, whole


def _mistaken(node: Node, attributes: Iterable[Attribute]) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Attribute):
        for other in attributes:
            alike = other.of is node.of and other.type == node.type
            if alike and other.spec is not node.spec:
                yield f"`{node}` becomes `{other}`", other


def with_part(node: Node, place: int, part: Node) -> Node:
    """The expression with another child at a place of its `children`."""
    if isinstance(node, And | Or):
        return evolve(node, items=(*node.items[:place], part, *node.items[place + 1 :]))
    names = [f.name for f in fields(type(node)) if isinstance(getattr(node, f.name), Expression)]
    whole: Node = evolve(cast(Any, node), **{names[place]: part})
    return whole


def values_near(value: object, of: Type) -> Iterator[Any]:
    """The values that a slip would put in the place of one: one step off, one member off."""
    match value:
        case bool():
            yield not value
        case int() | Fraction():
            step = FRACTION_STEP if of == RATIONAL else 1
            yield from (value + step, value - step)
        case date():
            yield from (value + _DAY, value - _DAY)
        case Labelled():
            yield from (member for member in type(value) if member is not value)
        case str():
            yield value + "0"
            if value:
                yield value[:-1]
        case frozenset():
            ordered: list[Any] = list(of.choices) if of.choices else sorted(value)
            for member in ordered:
                yield value - {member} if member in value else value | {member}


def _without_a_part(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case And() | Or():
            for place, item in enumerate(node.items):
                kept = node.items[:place] + node.items[place + 1 :]
                joined = kept[0] if len(kept) == 1 else evolve(node, items=kept)
                yield f"without `{item}`", joined
        case Count() | Total():
            if node.where is not TRUE:
                yield f"`{node}` without its condition", evolve(node, where=TRUE)
            if node.member.link is not None:
                alone = Variable(node.member.fact_class)
                yield f"`{node}` without its link", with_variable(node, node.member, alone)
        case _:
            pass


def _changed(node: Node, negated: bool) -> Iterator[Node]:
    if not negated and isinstance(node, _Leaf) and node.type == BOOLEAN:
        yield Not(node)
    match node:
        case Constant():
            yield from (Constant(near, node.type) for near in values_near(node.value, node.type))
        case ReadingIs():
            for option in node.reading.options:
                if option.name != node.option:
                    yield ReadingIs(node.reading, option.name)
        case Comparison():
            yield from _comparisons(node, negated)
        case And() | Or():
            yield (Or if isinstance(node, And) else And)(node.items)
        case Not():
            yield node.item
        case Arithmetic():
            if node.op != "*" or at_least(node.right, 1):
                yield evolve(node, op=_OPPOSITE[node.op])
            yield from (node.left, node.right)
        case Subset():
            yield Subset(node.right, node.left)
        case PlusYears():
            yield node.item
        case FullYears():
            yield FullYears(node.end, node.start)
        case InYear():
            yield from (InYear(node.item, node.offset + 1), InYear(node.item, node.offset - 1))
        case FirstKnown():
            yield from (FirstKnown(node.second, node.first), node.first, node.second)
        case Total():
            yield Count(node.member, node.where)
        case _:
            pass


def _comparisons(node: Comparison, negated: bool) -> Iterator[Comparison]:
    ordered = node.left.type in (*NUMERIC, DATE, MOMENT)
    operators = [] if negated else [NEGATED[node.op]]
    if ordered or node.op not in ("==", "!="):
        operators += _NEAR[node.op]
    yield from (evolve(node, op=op) for op in operators)
