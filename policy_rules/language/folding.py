"""Folding (partial evaluation): what a regime settles is evaluated before an engine compiles."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from attrs import evolve

from .expressions import (
    FALSE,
    TRUE,
    And,
    ByChoice,
    Comparison,
    Constant,
    Deadline,
    Derived,
    Exempted,
    Expression,
    FirstKnown,
    IsNone,
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
                return conjunction(*_said_once(And, map(fold, node.items), evaluate))
            case Or():
                return disjunction(*_said_once(Or, map(fold, node.items), evaluate))
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


def _said_once(
    junction: type[And | Or], items: Iterable[Node], evaluate: Evaluate
) -> Iterable[Node]:
    """The operands, those of inner junctions among them, each once; in a conjunction without that a
    value is not none where another operand compares it with a constant and would not hold of none.

    That is joined to each comparison, so that most of it is said more than once.
    """
    flat = [
        part for item in items for part in (item.items if isinstance(item, junction) else (item,))
    ]
    once = {key(each): each for each in flat}
    if junction is And:
        compared: dict[object, list[Comparison]] = {}
        for each in flat:
            if type(each) is Comparison and isinstance(each.right, Constant):
                compared.setdefault(key(each.left), []).append(each)
        for known, each in tuple(once.items()):
            if isinstance(each, Not) and isinstance(each.item, IsNone):
                of, none = each.item.left, each.item.right
                others = (evolve(other, left=none) for other in compared.get(key(of), ()))
                if any(evaluate(other) is False for other in others):
                    del once[known]
    return once.values()


def _constant(value: Any, node: Node) -> Node:
    if value is True or value is False:
        return TRUE if value else FALSE
    return Constant(value, node.type)


def closed(node: Node) -> bool:
    """Whether an expression speaks of no fact."""
    return not any(isinstance(each, Deadline) or any(variables(each)) for each in walk(node))
