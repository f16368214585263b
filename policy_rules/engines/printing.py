"""Python source of expressions: rails are printed, nothing is decided here."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..facts import is_none, value_for_none
from ..language.exhaustive import assert_never
from ..language.expressions import (
    FALSE,
    Aggregate,
    AllStartWith,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Comparison,
    Constant,
    Contains,
    DayOfWeek,
    Deadline,
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
    Node,
    Not,
    Noted,
    Or,
    Overlaps,
    Parameter,
    Periods,
    ReadingIs,
    RecurrenceLess,
    Rounded,
    SomeStartWith,
    StartsWith,
    Subset,
    Tiers,
    YearNumber,
)
from ..language.rails import PartOf, fraction, known, whole_numbers
from ..language.ranges import Bound
from ..language.types import INTEGER, RATIONAL


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

    def write(node: Node | Bound | PartOf) -> str:
        match node:
            case Constant():
                plain = isinstance(node.value, int) and not is_none(node.value)
                return repr(node.value) if plain else constants.name(node.value)
            case (
                Attribute() | Derived() | InYear() | Aggregate() | ByCalendar() | Bound()
                | Exempted()
            ):  # fmt: skip
                return local(node)
            case PartOf(part="steps"):
                item = write(node.item)
                return f"({item}.numerator * ({node.steps_of_one} // {item}.denominator))"
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
                right = node.right
                if isinstance(right, Constant) and (none := value_for_none(right.value)):
                    return f"({write(node.left)} {op} {constants.name(none)})"
                return f"({write(node.left)} {op} {write(right)})"
            case Arithmetic():
                if node.op == "/":
                    return f"Fraction({write(node.left)}, {write(node.right)})"
                return f"({write(node.left)} {node.op} {write(node.right)})"
            case ExtremeOf():
                items = ", ".join(map(write, node.items))
                picked = f"{'max' if node.pick == 'greatest' else 'min'}({items})"
                return f"Fraction({picked})" if node.type == RATIONAL else picked
            case Rounded():
                over, under = map(write, fraction(node.in_steps))
                steps = f"rounded({over}, {under}, {node.how!r})"
                if node.type == INTEGER:
                    return steps if node.to == 1 else f"({node.steps_of} * {steps})"
                return f"Fraction({node.steps_of} * {steps}, {node.to.denominator})"
            case ByChoice():
                return write_looked_up(node)
            case Contains():
                return f"({write(node.member)} in {write(node.container)})"
            case Overlaps():
                return f"(not {write(node.left)}.isdisjoint({write(node.right)}))"
            case Subset():
                return f"({write(node.left)} <= {write(node.right)})"
            case AllStartWith():
                return f"all_start_with({write(node.item)}, {write(node.prefix)})"
            case SomeStartWith():
                return f"some_start_with({write(node.item)}, {write(node.prefix)})"
            case StartsWith():
                return f"{write(node.item)}.startswith({write(node.prefix)})"
            case EndsWith():
                return f"{write(node.item)}.endswith({write(node.suffix)})"
            case NamedIn():
                return f"named_in({node.before_names!r}, {write(node.item)}, {write(node.names)})"
            case Moved():
                return f"plus_{node.unit}({write(node.item)}, {write(node.by)})"
            case Elapsed():
                return f"full_{node.unit}({write(node.start)}, {write(node.end)})"
            case YearNumber():
                return f"{write(node.item)}.year"
            case DayOfWeek():
                return f"weekday({write(node.item)})"
            case FirstKnown() if known(node.first) is FALSE:
                return write(node.second)
            case FirstKnown() if known(node.second) is FALSE:
                return write(node.first)
            case FirstKnown():
                return (
                    f"({write(node.first)} if {write(known(node.first))} else {write(node.second)})"
                )
            case (  # pragma: no cover - folded away, or cut off by the rails
                Parameter() | ReadingIs() | AsOf() | Deadline() | Noted() | Periods() | Tiers()
                | RecurrenceLess()
            ):  # fmt: skip
                raise AssertionError(node)
        return assert_never(node)

    def write_looked_up(node: ByChoice) -> str:
        """The value that stands for a choice; what is never known is cut off by the rails."""
        entries = [each for each in node.entries if known(each[1]) is not FALSE]
        *tested, (_, last) = entries
        parts = [f"{write(value)} if {write(node.is_among(of))} else " for of, value in tested]
        found = f"({''.join(parts)}{write(last)})"
        return f"Fraction({found})" if node.type == RATIONAL else found

    return write(node)
