"""Small wrong changes to an expression: what a slip of its author looks like."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import combinations
from typing import Any, Final, cast, get_args
from typing import Literal as OneOf

from attrs import evolve, fields

from ..facts import Kind, Labelled, fields_of
from ..language import Recurrence, WorkCalendar
from ..language.expressions import (
    AS_OF,
    NEGATED,
    TRUE,
    Aggregate,
    AllStartWith,
    And,
    Arithmetic,
    Attribute,
    Average,
    ByChoice,
    Comparison,
    Constant,
    Contains,
    Count,
    Deadline,
    Derived,
    Elapsed,
    EndsWith,
    Expression,
    Extreme,
    ExtremeOf,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    IsNone,
    Moved,
    NamedIn,
    Node,
    Not,
    Operator,
    Or,
    Overlaps,
    ReadingIs,
    RecurrenceLess,
    Rounded,
    Rounding,
    SomeStartWith,
    StartsWith,
    Subset,
    Tiers,
    Total,
    Variable,
    WorkingDays,
    WorkingDaysLater,
    absence,
    at_least,
    has_steps,
)
from ..language.substitution import with_variable
from ..language.trees import children
from ..language.types import BOOLEAN, DATE, MOMENT, NUMERIC, RATIONAL, RuleTypeError, Type

# Shares are written in percent, so a slip in one is a percent.
FRACTION_STEP: Final = Fraction(1, 100)
_DAY: Final = timedelta(days=1)
_NEAR: Final[Mapping[Operator, tuple[Operator, ...]]] = {
    ">=": (">",), ">": (">=",), "<=": ("<",), "<": ("<=",), "==": (">=", "<="), "!=": ("<", ">"),
}  # fmt: skip
_OPPOSITE: Final[Mapping[str, OneOf["+", "-", "*", "/"]]] = {
    "+": "-", "-": "+", "*": "/", "/": "*",
}  # fmt: skip
_Leaf = (
    Attribute | Derived | Contains | Subset | Overlaps | AllStartWith | SomeStartWith | StartsWith
    | EndsWith | NamedIn | IsKnown
)  # fmt: skip


def variants(
    node: Node, attributes: Iterable[Attribute] = (), *, negated: bool = False
) -> Iterator[tuple[str, Node]]:
    """Every expression that differs by one small change, with what the change is.

    `attributes` are those that could be mistaken for one another; `negated` says that the
    expression stands under a negation, whose own change already is to drop it, or that it is
    asked only whether it is known, which to deny it does not change.
    """
    if isinstance(node, IsNone):
        yield from _of_none(node, attributes, negated)
        return
    yield from _without_a_part(node)
    yield from _mistaken(node, attributes)
    yield from _of_another_fact(node)
    for changed in _changed(node, negated):
        yield f"`{node}` becomes `{changed}`", changed
    for place, part in enumerate(children(node)):
        for what, changed in variants(part, attributes, negated=isinstance(node, Not | IsKnown)):
            try:
                whole = with_part(node, place, changed)
            except RuleTypeError:
                continue  # a change that its author would be told of is not a slip
            yield what, whole


def _mistaken(node: Node, attributes: Iterable[Attribute]) -> Iterator[tuple[str, Node]]:
    if isinstance(node, Attribute):
        for other in attributes:
            alike = other.of is node.of and other.type == node.type
            if alike and other.spec is not node.spec:
                yield f"`{node}` becomes `{other}`", other


def _of_none(
    node: IsNone, attributes: Iterable[Attribute], negated: bool
) -> Iterator[tuple[str, Node]]:
    """That there is none of it is asked of something else, or denied: no value stands for it."""
    if not negated:
        yield f"`{node}` becomes `{Not(node)}`", Not(node)
    for what, other in _mistaken(node.left, attributes):
        none = absence(other)
        if none is not None:
            yield what, none


def _of_another_fact(node: Node) -> Iterator[tuple[str, Node]]:
    """What is read through a reference, read without it or through another one instead."""
    if not isinstance(node, Attribute | Derived) or node.of.via is None or node.of.of is None:
        return
    source, target = node.of.of, node.of.fact_class
    if isinstance(node, Derived):
        if source.fact_class is target:
            yield f"`{node}` without its reference", evolve(node, of=source)
    else:
        spec = fields_of(source.fact_class).get(node.spec.name)
        if spec is not None and spec.kind is not Kind.ID:
            bare = Attribute(source, spec)
            if bare.type == node.type:
                yield f"`{node}` without its reference", bare
    for name, spec in fields_of(source.fact_class).items():
        if spec.target == target.collection and name != node.of.via:
            changed = evolve(node, of=evolve(node.of, via=name))
            yield f"`{node}` through `{name}` instead of `{node.of.via}`", changed


def with_part(node: Node, place: int, part: Node) -> Node:
    """The expression with another child at a place of its `children`."""
    if isinstance(node, And | Or | ExtremeOf | Tiers | ByChoice):
        return evolve(node, items=(*node.items[:place], part, *node.items[place + 1 :]))
    names = [f.name for f in fields(type(node)) if isinstance(getattr(node, f.name), Expression)]
    whole: Node = evolve(cast(Any, node), **{names[place]: part})
    return whole


def values_near(value: object, of: Type) -> Iterator[Any]:
    """The values that a slip would put in the place of one: one step off, one member off."""
    match value:
        case bool():
            yield not value
        case int() | Fraction():
            step = FRACTION_STEP if of == RATIONAL else 1
            yield from (value + step, value - step)
        case date():
            yield from (value + _DAY, value - _DAY)
        case Recurrence():
            yield from _recurrences_near(value)
        case WorkCalendar():
            yield from _calendars_near(value)
        case Labelled():
            yield from (member for member in type(value) if member is not value)
        case str():
            yield value + "0"
            if value:
                yield value[:-1]
        case frozenset():
            ordered: list[Any] = list(of.choices) if of.choices else sorted(value)
            for member in ordered:
                yield value - {member} if member in value else value | {member}


def _calendars_near(value: WorkCalendar) -> Iterator[WorkCalendar]:
    """Without a day off, without a weekend day that is worked."""
    for day in sorted(value.off):
        yield evolve(value, off=value.off - {day})
    for day in sorted(value.worked):
        yield evolve(value, worked=value.worked - {day})


_FREQUENCIES: Final = ("DAILY", "WEEKLY", "MONTHLY", "YEARLY")
_WEEK: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def _recurrences_near(value: Recurrence) -> Iterator[Recurrence]:
    """Another frequency, interval or day; days are the same in every frequency."""
    parts = dict(part.split("=") for part in value.rule.split(";"))
    changes: list[tuple[str, object]] = []
    if not value.on_days:
        place = _FREQUENCIES.index(parts["FREQ"])
        near = _FREQUENCIES[max(place - 1, 0) : place + 2]
        changes += [("FREQ", each) for each in near if each != parts["FREQ"]]
    interval = int(parts.get("INTERVAL", "1"))
    changes += [("INTERVAL", each) for each in (interval + 1, interval - 1) if each > 0]
    for name in ("BYDAY", "BYMONTHDAY", "BYMONTH"):
        listed = parts[name].split(",") if name in parts else []
        for place, day in enumerate(listed):
            before, after = listed[:place], listed[place + 1 :]
            changes.append((name, ",".join([*before, _next(day), *after])))
            if len(listed) > 1:
                changes.append((name, ",".join([*before, *after])))
    for name, changed in changes:
        rule = ";".join(f"{key}={of}" for key, of in {**parts, name: changed}.items())
        yield Recurrence(rule)


def _next(day: str) -> str:
    """The next day of the week, or the next day of a month or month of a year, or that before."""
    if day[-2:] in _WEEK:
        return day[:-2] + _WEEK[(_WEEK.index(day[-2:]) + 1) % 7]
    number = int(day)
    return str(number + 1 if number < -1 or 0 < number < 12 else number - 1)


def _without_a_part(node: Node) -> Iterator[tuple[str, Node]]:
    match node:
        case And() | Or():
            for place, item in enumerate(node.items):
                kept = node.items[:place] + node.items[place + 1 :]
                joined = kept[0] if len(kept) == 1 else evolve(node, items=kept)
                yield f"without `{item}`", joined
        case Aggregate():
            if node.where is not TRUE:
                yield f"`{node}` without its condition", evolve(node, where=TRUE)
            if node.member.link is not None:
                alone = Variable(node.member.fact_class)
                yield f"`{node}` without its link", with_variable(node, node.member, alone)
        case _:
            pass


def _changed(node: Node, negated: bool) -> Iterator[Node]:
    if not negated and isinstance(node, _Leaf) and node.type == BOOLEAN:
        yield Not(node)
    match node:
        case Constant():
            yield from (Constant(near, node.type) for near in values_near(node.value, node.type))
        case ReadingIs():
            for option in node.reading.options:
                if option.name != node.option:
                    yield ReadingIs(node.reading, option.name)
        case Comparison():
            yield from _comparisons(node, negated)
        case And() | Or():
            yield (Or if isinstance(node, And) else And)(node.items)
        case Not():
            yield node.item
        case Arithmetic():
            if node.op != "*" or at_least(node.right, 1):
                yield evolve(node, op=_OPPOSITE[node.op])
            yield from (node.left, node.right)
        case ByChoice():
            yield from _looked_up_otherwise(node)
        case ExtremeOf():
            yield evolve(node, pick="least" if node.pick == "greatest" else "greatest")
            yield from node.items
        case Rounded():
            yield from (evolve(node, how=how) for how in get_args(Rounding) if how != node.how)
            yield node.item
        case Subset():
            yield Subset(node.right, node.left)
        case Overlaps():
            yield Subset(node.left, node.right)
        case AllStartWith():
            yield SomeStartWith(node.item, node.prefix)
        case SomeStartWith():
            yield AllStartWith(node.item, node.prefix)
        case NamedIn():
            yield Contains(node.names, node.item)
        case StartsWith():
            yield EndsWith(node.item, node.prefix)
        case EndsWith():
            yield StartsWith(node.item, node.suffix)
        case Deadline():
            yield AS_OF
        case RecurrenceLess():
            yield node.every
        case Held():
            for spec in fields_of(node.member.fact_class).values():
                on = Attribute(node.member, spec)
                if spec.kind is Kind.DATE and str(on) != str(node.on):
                    yield evolve(node, on=on)
        case Moved():
            yield node.item
            if node.unit in ("months", "days"):
                yield evolve(node, unit="days" if node.unit == "months" else "months")
        case WorkingDaysLater():
            yield from (node.item, Moved(node.item, node.by, "days"))
        case WorkingDays():
            yield evolve(node, start=node.end, end=node.start)
            yield Elapsed(node.start, node.end, "days")
        case Elapsed():
            yield Elapsed(node.end, node.start, node.unit)
        case InYear():
            yield from (InYear(node.item, node.offset + 1), InYear(node.item, node.offset - 1))
        case FirstKnown():
            yield from (FirstKnown(node.second, node.first), node.first, node.second)
        case Total():
            yield Count(node.member, node.where)
        case Extreme():
            yield evolve(node, pick="least" if node.pick == "greatest" else "greatest")
        case Average() if has_steps(node.otherwise):
            yield Extreme(node.member, node.where, node.value, node.otherwise, "greatest")
        case _:
            pass


def _looked_up_otherwise(node: ByChoice) -> Iterator[Node]:
    """With the values of two choices exchanged."""
    for one, other in combinations(range(len(node.values)), 2):
        values = list(node.values)
        values[one], values[other] = values[other], values[one]
        yield node.with_values(values)


def _comparisons(node: Comparison, negated: bool) -> Iterator[Comparison]:
    ordered = node.left.type in (*NUMERIC, DATE, MOMENT)
    operators = [] if negated else [NEGATED[node.op]]
    if ordered or node.op not in ("==", "!="):
        operators += _NEAR[node.op]
    yield from (evolve(node, op=op) for op in operators)
