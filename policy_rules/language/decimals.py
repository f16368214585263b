"""Decimals: after how many places numbers certainly end, and definitions that say so."""

from __future__ import annotations

from typing import Final

from .exact import number_text
from .expressions import (
    Arithmetic,
    Attribute,
    Average,
    ByChoice,
    Constant,
    Definition,
    Derived,
    ExtremeOf,
    FirstKnown,
    Node,
    Noted,
    Rounded,
    Tiers,
    ValueAggregate,
    is_no_value,
)
from .trees import children
from .types import INTEGER, RATIONAL, RuleTypeError, Type

# More have no room beside the digits before the point, in the 38 that databases have.
_MOST: Final = 12


def places_of(node: Node) -> int | None:
    """After how many places a number certainly ends; None: perhaps it never does."""
    if node.type == INTEGER:
        return 0
    match node:
        case Constant() if node.type == RATIONAL:
            return _places(number_text(node.value))
        case Attribute():
            return node.spec.places
        case Derived():
            return node.definition.places
        case Rounded():
            return _places(number_text(node.to))
        case Tiers():
            return places_of(node.sum)
        case Arithmetic() if node.op == "/":
            return None
        case ValueAggregate() if not isinstance(node, Average):
            return _most_places([places_of(each) for each in node.compared])
        case Arithmetic() | ExtremeOf() | FirstKnown() | ByChoice() | Noted():
            parts = node.values if isinstance(node, ByChoice) else children(node)
            each = [places_of(part) for part in parts]
            if isinstance(node, Arithmetic) and node.op == "*":
                return None if None in each else sum(places or 0 for places in each)
            return _most_places(each)
        case _:
            return None


def _most_places(each: list[int | None]) -> int | None:
    known = [places for places in each if places is not None]
    return max(known) if len(known) == len(each) else None


def _places(text: str) -> int | None:
    return None if "/" in text else len(text.partition(".")[2])


def expect_places(name: str, type_: Type, places: int | None) -> None:
    """Refuse a number of places that a definition cannot have."""
    if places is not None and not (type_ == RATIONAL and 0 < places <= _MOST):
        raise RuleTypeError(
            f"`{name}`: `places` are 1 to {_MOST}, of a number that need not be whole; "
            f"found {places}, of {type_}",
            f"`{name}`：`places` 为 1 至 {_MOST}，用于不必为整数的数；"
            f"实为 {places}，类型为 {type_}",
        )


def expect_within(definition: Definition, value: Node, cite: str) -> None:
    """Refuse a value that may have more places than its definition says."""
    places = definition.places
    found = 0 if places is None else places_of(value)
    if places is None or is_no_value(value) or (found is not None and found <= places):
        return
    step = f"0.{'1':0>{places}}"
    raise RuleTypeError(
        f"{cite}: `{definition.name}` has {places} decimal places, `{value}` may have more: "
        f'round it with `rounded(…, Decimal("{step}"), how=…)`',
        f"{cite}：`{definition.name}` 有 {places} 位小数，`{value}` 可能更多："
        f'请写 `rounded(…, Decimal("{step}"), how=…)`',
    )
