"""What came before a directive was in force, and is left out where it says so.

An act of an earlier day is under none of its rules; a duty of calendar years does not apply where
the latest of them had ended.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from ..facts import Fact, act_day_of
from .directives import Directive
from .expressions import (
    AS_OF,
    TRUE,
    Attribute,
    BeforeForce,
    Comparison,
    InYear,
    Node,
    ReadingIs,
    YearNumber,
    lift,
    subject_variable,
)
from .logic import conjunction, negation
from .none_values import guarded
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


def years_in_time(directive: Directive, read: Iterable[Node]) -> Node:
    """That not all of the calendar years are left out of which a duty reads."""
    offsets = [node.offset for node in read if isinstance(node, InYear)]
    if directive.earlier is None or not offsets or max(offsets) >= 0:
        return TRUE
    ended = directive.in_force_from.year - max(offsets)
    return _not_left_out(directive, Comparison("<", YearNumber(AS_OF), lift(ended)))


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
