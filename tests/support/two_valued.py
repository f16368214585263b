"""A small evaluator of rails, with Python's own two-valued `and`, `or` and `not`.

It takes the values of inputs (fields, definitions, counts) from the interpreter, and works out for
itself what the rails make of them: what it tests is the lowering. An expression that the rails
leave unguarded meets a None here and fails.
"""

from __future__ import annotations

from operator import add, eq, ge, gt, le, lt, mul, ne, sub
from typing import Any

from policy_rules.engines.calendar import ELAPSED, MOVED, weekday
from policy_rules.engines.evaluator import Scope, bounds, evaluate
from policy_rules.language.expressions import (
    Aggregate,
    AllStartWith,
    And,
    Arithmetic,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Contains,
    DayOfWeek,
    Derived,
    Elapsed,
    EndsWith,
    Exempted,
    ExtremeOf,
    FirstKnown,
    InYear,
    IsKnown,
    Moved,
    NamedIn,
    Not,
    Or,
    Overlaps,
    Rounded,
    SomeStartWith,
    StartsWith,
    Subset,
    Tiers,
    YearNumber,
    as_node,
)
from policy_rules.language.rails import PartOf, known
from policy_rules.language.ranges import Bound

_OPERATIONS = {
    "<": lt, "<=": le, "==": eq, "!=": ne, ">=": ge, ">": gt, "+": add, "-": sub, "*": mul,
}  # fmt: skip


def two_valued(node: Any, scope: Scope) -> Any:
    """The value of a rail, or of a part of one."""

    def value(node: Any) -> Any:
        match node:
            case Constant():
                return node.value
            case And():
                return all(value(item) for item in node.items)
            case Or():
                return any(value(item) for item in node.items)
            case Not():
                return not value(node.item)
            case IsKnown():
                return _input(node.item, scope) is not None
            case Comparison() | Arithmetic() if node.op in _OPERATIONS:
                left, right = value(node.left), value(node.right)
                assert not isinstance(left, float)
                return _OPERATIONS[node.op](left, right)
            case Contains():
                return value(node.member) in value(node.container)
            case Overlaps():
                return not value(node.left).isdisjoint(value(node.right))
            case Subset():
                return value(node.left) <= value(node.right)
            case AllStartWith():
                return all(text.startswith(value(node.prefix)) for text in value(node.item))
            case SomeStartWith():
                return any(text.startswith(value(node.prefix)) for text in value(node.item))
            case StartsWith():
                return value(node.item).startswith(value(node.prefix))
            case EndsWith():
                return value(node.item).endswith(value(node.suffix))
            case NamedIn():
                text, names = value(node.item), value(node.names)
                ends = tuple(word + name for name in names for word in node.after)
                return text in names or text.endswith(ends)
            case Moved():
                return MOVED[node.unit](value(node.item), value(node.by))
            case Elapsed():
                return ELAPSED[node.unit](value(node.start), value(node.end))
            case DayOfWeek():
                return weekday(value(node.item))
            case YearNumber():
                return value(node.item).year
            case ExtremeOf():
                return (max if node.pick == "greatest" else min)(map(value, node.items))
            case ByChoice():
                return value(node.value_of(value(node.of)))
            case FirstKnown():
                return value(node.first if value(known(node.first)) else node.second)
            case PartOf(part="steps"):
                return int(value(node.item) * node.steps_of_one)
            case PartOf():
                return getattr(value(node.item), node.part)
            case _:
                found = _input(node, scope)
                assert found is not None, f"unguarded: {node}"
                return found

    return value(node)


def _input(node: Any, scope: Scope) -> Any:
    match node:
        case Bound():
            interval = bounds(node.item, scope)
            return None if interval is None else interval[node.side == "high"]
        case (
            Attribute() | Derived() | InYear() | Aggregate() | Exempted() | Rounded() | Tiers()
            | ByCalendar()
        ):  # fmt: skip
            return evaluate(as_node(node), scope)
    raise AssertionError(f"not an input of rails: {node}")
