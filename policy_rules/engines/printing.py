"""Python source of expressions: rails are printed, nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..language.expressions import (
    FALSE,
    AllStartWith,
    And,
    Arithmetic,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Count,
    Derived,
    Exempted,
    FirstKnown,
    FullYears,
    Held,
    InYear,
    IsKnown,
    Node,
    Not,
    Or,
    PlusMinutes,
    PlusYears,
    Subset,
    Total,
    YearNumber,
)
from ..language.rails import Bound, PartOf, known, whole_numbers


class Constants:
    """The values that generated source refers to by name."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self._names: dict[tuple[type, Any], str] = {}

    def name(self, value: Any, prefix: str = "c") -> str:
        """The name under which the source finds the value."""
        key = (type(value), value)
        if key not in self._names:
            self._names[key] = f"{prefix}{len(self._names)}"
            self.values[self._names[key]] = value
        return self._names[key]


def source(node: Node, local: Callable[[Node | Bound], str], constants: Constants) -> str:
    """An expression as Python source; `local` names the variable that holds an input.

    Inputs that the expression reads are taken to be known, as its rails have made sure.
    """

    def write(node: Any) -> str:
        match node:
            case Constant(value=bool() | int() as value):
                return repr(value)
            case Constant(value=value):
                return constants.name(value)
            case (
                Attribute()
                | Derived()
                | InYear()
                | Count()
                | Total()
                | Held()
                | Bound()
                | Exempted()
            ):
                return local(node)
            case PartOf():
                return f"{write(node.item)}.{node.part}"
            case IsKnown():
                return f"{local(node.item)} is not None"
            case And():
                return "(" + " and ".join(write(item) for item in node.items) + ")"
            case Or():
                return "(" + " or ".join(write(item) for item in node.items) + ")"
            case Not():
                return f"(not {write(node.item)})"
            case Comparison():
                node, op = whole_numbers(node), str(node.op)
                if op in ("==", "!=") and node.left.type.name in ("choice", "boolean"):
                    op = "is" if op == "==" else "is not"
                return f"({write(node.left)} {op} {write(node.right)})"
            case Arithmetic():
                if node.op == "/":
                    return f"Fraction({write(node.left)}, {write(node.right)})"
                return f"({write(node.left)} {node.op} {write(node.right)})"
            case Contains():
                return f"({write(node.member)} in {write(node.container)})"
            case Subset():
                return f"({write(node.left)} <= {write(node.right)})"
            case AllStartWith():
                return f"all_start_with({write(node.item)}, {write(node.prefix)})"
            case PlusYears():
                return f"plus_years({write(node.item)}, {write(node.years)})"
            case PlusMinutes():
                return f"plus_minutes({write(node.item)}, {write(node.minutes)})"
            case FullYears():
                return f"full_years({write(node.start)}, {write(node.end)})"
            case YearNumber():
                return f"{write(node.item)}.year"
            case FirstKnown() if known(node.first) is FALSE:
                return write(node.second)
            case FirstKnown() if known(node.second) is FALSE:
                return write(node.first)
            case FirstKnown():
                return (
                    f"({write(node.first)} if {write(known(node.first))} else {write(node.second)})"
                )
        # Parameters, readings, the date and notes are folded away, or cut off by the rails.
        raise AssertionError(node)  # pragma: no cover - the rails have no other nodes

    return write(node)
