"""Folding: what a regime settles is put into an expression before an engine reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from attrs import evolve

from .expressions import (
    FALSE,
    TRUE,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Count,
    Deadline,
    Derived,
    Exempted,
    FirstKnown,
    FullYears,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Noted,
    Or,
    Parameter,
    Periods,
    PlusMinutes,
    PlusYears,
    ReadingIs,
    Subset,
    Total,
    YearNumber,
    walk,
)
from .rails import both_of, either_of

Evaluate = Callable[[Node], Any]
Replace = Callable[[Derived | Exempted], Node]


def folded(node: Node, evaluate: Evaluate, replace: Replace) -> Node:
    """The expression with parameters, readings and the date put in, and constants worked out.

    `evaluate` gives the value of an expression that speaks of no fact; `replace` may put another
    node in the place of a derived attribute or an exemption. What remains of the parameters has no
    value. Notes are gone.
    """

    def fold(node: Node) -> Node:
        if closed(node):
            value = evaluate(node)
            if value is not None:
                return _constant(value, node)
        made = fold_parts(node)
        # What stood for a derived attribute or an exemption may have closed the expression.
        if made is not node and not isinstance(made, Constant) and closed(made):
            value = evaluate(made)
            if value is not None:
                return _constant(value, made)
        return made

    def fold_parts(node: Node) -> Node:
        match node:
            case Noted():
                return fold(node.item)
            case And():
                return both_of(*(fold(item) for item in node.items))
            case Or():
                return either_of(*(fold(item) for item in node.items))
            case Not():
                inner = fold(node.item)
                if inner is TRUE or inner is FALSE:
                    return FALSE if inner is TRUE else TRUE
                return Not(inner)
            case Comparison() | Arithmetic() | Subset():
                return evolve(node, left=fold(node.left), right=fold(node.right))
            case Contains():
                return evolve(node, container=fold(node.container), member=fold(node.member))
            case AllStartWith():
                return evolve(node, item=fold(node.item), prefix=fold(node.prefix))
            case PlusYears():
                return evolve(node, item=fold(node.item), years=fold(node.years))
            case PlusMinutes():
                return evolve(node, item=fold(node.item), minutes=fold(node.minutes))
            case FullYears():
                return evolve(node, start=fold(node.start), end=fold(node.end))
            case YearNumber():
                return evolve(node, item=fold(node.item))
            case IsKnown():
                return evolve(node, item=fold(node.item))
            case Count():
                return evolve(node, where=fold(node.where))
            case Total():
                return evolve(node, where=fold(node.where), value=fold(node.value))
            case Held():
                every = cast(Constant | Parameter, fold(node.every))  # nothing else can stand there
                return evolve(node, where=fold(node.where), on=fold(node.on), every=every)
            case FirstKnown():
                first = fold(node.first)
                if isinstance(first, Constant):
                    return first
                return FirstKnown(first, fold(node.second))
            case Exempted():
                return replace(evolve(node, on=fold(node.on)))
            case Derived():
                return replace(node)
            case (  # pragma: no branch - the match is exhaustive
                Constant()
                | Parameter()
                | ReadingIs()
                | AsOf()
                | Deadline()
                | Periods()
                | Attribute()
                | InYear()
            ):
                return node

    return fold(node)


_OF_FACTS = (Attribute, Derived, Count, Total, Held, Exempted, Deadline)


def _constant(value: Any, node: Node) -> Node:
    if value is True or value is False:
        return TRUE if value else FALSE
    return Constant(value, node.type)


def closed(node: Node) -> bool:
    """Whether an expression speaks of no fact."""
    return not any(isinstance(each, _OF_FACTS) for each in walk(node))
