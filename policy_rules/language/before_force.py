"""What came before a directive was in force, and is left out where it says so.

An act of an earlier day is under none of its rules; a duty of calendar years does not apply where
the latest of them had ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ..facts import Fact, act_day_of
from .caching import once_for_each
from .directives import Directive
from .expressions import (
    AS_OF,
    TRUE,
    Attribute,
    BeforeForce,
    Comparison,
    Definition,
    InYear,
    Node,
    ReadingIs,
    YearNumber,
    lift,
    subject_variable,
)
from .logic import conjunction, negation
from .none_values import guarded
from .rewriting import nodes_of
from .rules import Rule
from .types import MOMENT


def act_in_time(directive: Directive, fact_class: type[Fact]) -> Node:
    """That an act is not left out; true of what is no act."""
    day = act_day_of(fact_class)
    if directive.earlier is None or day is None:
        return TRUE
    on, since = Attribute(subject_variable(fact_class), day), directive.in_force_from
    first: date = since
    if on.type == MOMENT:
        first = datetime(since.year, since.month, since.day)
    return _not_left_out(directive, guarded(Comparison("<", on, lift(first))))


def years_in_time(directive: Directive, resting_on: Iterable[Rule | Definition]) -> Node:
    """That not all calendar years are left out of which a duty, or what it rests on, reads."""
    offsets = [offset for each in resting_on for offset in _offsets(each)]
    if directive.earlier is None or not offsets or max(offsets) >= 0:
        return TRUE
    ended = directive.in_force_from.year - max(offsets)
    return _not_left_out(directive, Comparison("<", YearNumber(AS_OF), lift(ended)))


@once_for_each
def _offsets(provision: Rule | Definition) -> tuple[int, ...]:
    """How many years before or after that of `as_of` those are of which a provision reads."""
    return tuple(node.offset for node in nodes_of(provision) if isinstance(node, InYear))


def _not_left_out(directive: Directive, before: Node) -> Node:
    earlier = directive.earlier
    assert earlier is not None
    left_out = ReadingIs(earlier.reading, earlier.left_out)
    noted = BeforeForce(
        conjunction(left_out, before), str(earlier.reading.cite), "",
        "在文件施行之前（法不溯及既往）",
        "before the directive was in force (law is not retroactive)",
    )  # fmt: skip
    return negation(noted)
