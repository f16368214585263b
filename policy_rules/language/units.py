"""What a number is counted or measured in, and with how many decimal places it is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..facts.fields import COUNTER
from .decimals import places_of
from .exhaustive import assert_never
from .expressions import (
    Arithmetic,
    AsOf,
    Attribute,
    ByCalendar,
    ByChoice,
    Condition,
    Constant,
    Count,
    Deadline,
    Derived,
    Elapsed,
    ExtremeOf,
    FirstKnown,
    Held,
    InYear,
    Node,
    Noted,
    Operation,
    Parameter,
    Periods,
    RecurrenceLess,
    Rounded,
    Tiers,
    ValueAggregate,
    YearNumber,
)
from .trees import children
from .types import INTEGER, RATIONAL

# What time is measured in.
TIMES: Final[Mapping[str, tuple[str, str]]] = {
    "years": ("年", "years"),
    "months": ("个月", "months"),
    "days": ("天", "days"),
    "minutes": ("分钟", "minutes"),
}
WORKING_DAYS: Final = ("个工作日", "working days")


def scales_of(value: Node, unit: tuple[str, str]) -> dict[Tiers, tuple[str, str]]:
    """The brackets that a value in a unit consists of, if what is in brackets has another one.

    Their rates are of the unit of the value for each of the other: 0.20 dollars a day.
    """
    match value:
        case Tiers():
            return {value: unit} if unit not in (("", ""), unit_of(value.of)) else {}
        case Rounded() | ExtremeOf() | FirstKnown() | Arithmetic(op="+" | "-"):
            scales: dict[Tiers, tuple[str, str]] = {}
            for child in children(value):
                scales |= scales_of(child, unit)
            return scales
        case _:
            return {}


def unit_of(node: Node) -> tuple[str, str]:
    """The Chinese and the English unit of a number, or nothing.

    What is counted has a measure word in Chinese only.
    """
    match node:
        case Attribute():
            return (node.spec.unit.zh, node.spec.unit.en) if node.spec.unit else ("", "")
        case Derived():
            return node.definition.unit_zh, node.definition.unit_en
        case Parameter():
            return node.unit_zh, node.unit_en
        case InYear():
            return unit_of(node.item)
        case FirstKnown():
            return unit_of(node.first)
        case Elapsed():
            return TIMES[node.unit]
        case YearNumber():
            return "年", ""
        case ByCalendar():
            return WORKING_DAYS
        case Count():
            return node.member.fact_class.counter, ""
        case Held() | Periods():
            return "期", ""
        case ValueAggregate():
            return unit_of(node.value)
        case Tiers():  # what comes of rates with a unit (yuan a metre) is in another one
            united = any(unit_of(rate) != ("", "") for _, rate in node.brackets)
            return ("", "") if united else unit_of(node.of)
        case Arithmetic(op="/") if "" not in (unit_of(node.left)[0], unit_of(node.right)[0]):
            return "", ""  # people by people to an officer are no people
        case Arithmetic(op="*") if (unit := unit_of(node.left))[0] and unit == unit_of(node.right):
            return "", ""  # people times people are none either
        case Arithmetic() | ExtremeOf() | ByChoice():
            units = map(unit_of, children(node))
            return next((unit for unit in units if unit != ("", "")), ("", ""))
        case Rounded():
            return unit_of(node.item)
        case Constant() | Condition() | Noted() | AsOf() | Deadline() | Operation():
            return "", ""
        case RecurrenceLess():
            return "", ""
    return assert_never(node)


def unit_beside(node: Node, beside: Node) -> tuple[str, str]:
    """The unit of a number beside another: its own; that of the other, where it has none.

    What is counted in 个, the measure word of all that has none of its own, is counted in that of
    the parameter that bounds it: 不少于2次（实有1次）.
    """
    unit, other = unit_of(node), unit_of(beside)
    if unit == ("", ""):
        return other
    if unit == (COUNTER, "") and isinstance(beside, Parameter):
        return other[0] or COUNTER, ""
    return unit


def places_shown(node: Node) -> int:
    """With how many decimal places a number is shown at least: money with its cents, also where
    they are 0. It has more where its exact value does."""
    if node.type != RATIONAL:
        return 0
    match node:
        case Attribute():
            return node.spec.places or 0
        case Derived():
            return node.definition.places or 0
        case ValueAggregate():
            return places_shown(node.value)
        case Rounded():
            return places_of(node) or 0
        case Arithmetic(op="/"):  # of two amounts it is a share
            return places_shown(node.left) if node.right.type == INTEGER else 0
        case Arithmetic() | ExtremeOf() | FirstKnown() | ByChoice() | Tiers():
            return max(map(places_shown, children(node)))
        case _:
            return 0
