"""Folding (partial evaluation): what a regime settles is evaluated before an engine compiles."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .expressions import (
    FALSE,
    TRUE,
    And,
    ByChoice,
    Constant,
    Deadline,
    Derived,
    Exempted,
    Expression,
    FirstKnown,
    Node,
    Not,
    Noted,
    Or,
    Tiers,
    as_node,
)
from .logic import conjunction, disjunction
from .substitution import with_parts
from .trees import key, variables, walk

Evaluate = Callable[[Node], Any]
Replace = Callable[[Derived | Exempted], Node]


def folded(node: Node, evaluate: Evaluate, replace: Replace) -> Node:
    """The expression with parameters, readings and the date put in, and constants worked out.

    `evaluate` gives the value of an expression that speaks of no fact; `replace` may put another
    node in the place of a derived attribute or an exemption. What remains of the parameters has no
    value. Notes and brackets are gone.
    """

    def fold(node: Expression) -> Node:
        node = as_node(node)
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
            case Tiers():
                return fold(node.sum)
            case And():
                return conjunction(*map(fold, node.items))
            case Or():
                return disjunction(*map(fold, node.items))
            case Not():
                inner = fold(node.item)
                if inner is TRUE or inner is FALSE:
                    return FALSE if inner is TRUE else TRUE
                return Not(inner)
            case FirstKnown():
                first = fold(node.first)
                if isinstance(first, Constant):
                    return first
                second = fold(node.second)
                return first if key(first) == key(second) else FirstKnown(first, second)
            case ByChoice() if isinstance(chosen := fold(node.of), Constant):
                return fold(node.value_of(chosen.value))
            case Exempted():
                return replace(with_parts(node, fold))
            case Derived():
                return replace(node)
            case _:
                return with_parts(node, fold)

    return fold(node)


def _constant(value: Any, node: Node) -> Node:
    if value is True or value is False:
        return TRUE if value else FALSE
    return Constant(value, node.type)


def closed(node: Node) -> bool:
    """Whether an expression speaks of no fact."""
    return not any(isinstance(each, Deadline) or any(variables(each)) for each in walk(node))
