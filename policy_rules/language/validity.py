"""Validity: the days on which rules are in force, and what a definition covers in each period."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Final

from attrs import evolve, frozen

from .coverage import MOST_SETTLED, GivenUpError, covers_everything, never_both
from .expressions import (
    AS_OF,
    TRUE,
    AsOf,
    Comparison,
    Constant,
    Constitutive,
    Definition,
    Expression,
    Held,
    Node,
    Periods,
    Source,
    all_of,
    any_of,
)
from .rules import RuleException
from .substitution import rewritten

DAY: Final = timedelta(days=1)


@frozen
class Span:
    """A stretch of days, both ends included; without a last one it goes on."""

    first: date
    last: date | None = None

    def __str__(self) -> str:
        return f"from {self.first}" + (f" to {self.last}" if self.last else "")

    @property
    def zh(self) -> str:
        """The stretch in Chinese."""
        return f"自 {self.first} 起" + (f"至 {self.last} " if self.last else "")


def spans(since: date, sources: Iterable[Source]) -> tuple[Span, ...]:
    """The stretches from a day on within which none of the rules begins or ends."""
    begins = {since}
    for source in sources:
        if source.valid_from is not None and source.valid_from > since:
            begins.add(source.valid_from)
        if source.valid_until is not None and since <= source.valid_until < date.max:
            begins.add(source.valid_until + DAY)
    ordered = sorted(begins)
    ends: list[date | None] = [day - DAY for day in ordered[1:]]
    return tuple(map(Span, ordered, [*ends, None]))


def has_dates(source: Source) -> bool:
    """Whether a rule holds from or until a day of its own."""
    return source.valid_from is not None or source.valid_until is not None


def within_validity(condition: Node, source: Source) -> Node:
    """The condition on the days on which a rule holds, and false on others."""
    parts = [condition]
    if source.valid_from is not None:
        parts.append(source.valid_from <= AS_OF)
    if source.valid_until is not None:
        parts.append(source.valid_until >= AS_OF)
    return all_of(*parts)


def on_day(condition: Node, day: date) -> Node:
    """The condition as it is on a day, as far as it compares the policy's date with a fixed one."""

    def settled(node: Expression) -> Expression | None:
        match node:
            case Comparison(op=">=" | "<=", left=AsOf(), right=Constant(value=fixed)):
                return Constant(fixed <= day if node.op == ">=" else day <= fixed)
        return None

    return rewritten(condition, settled)


def begun(node: Node, since: date | None) -> Node:
    """What a duty asks for that holds from a day on: what recurs is judged from then."""

    def later(part: Expression) -> Expression | None:
        match part:
            case Held():
                where, on = rewritten(part.where, later), rewritten(part.on, later)
                return evolve(part, where=where, on=on, since=since)
            case Periods():
                return evolve(part, since=since)
        return None

    return node if since is None else rewritten(node, later)


def in_other_cases(definition: Definition, since: date) -> Definition:
    """The definition with `otherwise` as a rule like any other, where it is not always the same.

    Its condition is that none of the rules applies which hold on the same days.
    """
    last = [definition.otherwise] if definition.otherwise is not None else []
    others = (*definition.formerly, *last)
    if not any(map(has_dates, others)):
        return definition
    rules = list(definition.rules)
    for span in spans(since, definition.outcomes()):
        holding = [r.condition for r in definition.rules if r.in_force(span.first)]
        condition = ~any_of(*holding) if holding else TRUE
        for each in others:
            if each.in_force(span.first):
                alone = evolve(each, valid_from=span.first, valid_until=span.last)
                rules.append(evolve(alone, condition=condition))
    return evolve(definition, rules=tuple(rules), formerly=(), otherwise=None)


def uncovered(
    definition: Definition, since: date, exceptions: Iterable[RuleException]
) -> Iterator[tuple[str, str]]:
    """Each stretch in which the rules that hold are not shown to cover everything.

    It is said in English and Chinese. A stretch in which there is no rule is none of them: the
    attribute is then not in force.
    """
    stretches = spans(since, (*definition.outcomes(), *exceptions))
    for span in stretches:
        holding = [each for each in definition.outcomes() if each.in_force(span.first)]
        rules = [each for each in definition.rules if each in holding]
        conditions = [on_day(each.condition, span.first) for each in rules]
        if len(rules) < len(holding) or not rules:
            continue
        too_many = too_many_zh = ""
        try:
            if covers_everything(conditions):
                continue
        except GivenUpError:
            too_many = f", since they have too many combinations (more than {MOST_SETTLED:,} tried)"
            too_many_zh = f"（组合过多，已试 {MOST_SETTLED:,} 种）"
        cites = ", ".join(str(rule.cite) for rule in rules)
        name, of = f"`{definition.name}`", definition.subject
        when, when_zh = ("", "") if len(stretches) == 1 else (f"{span} ", span.zh)
        yield (
            f"{name} of {of}: {when}its rules ({cites}) are not "
            f"shown to cover everything{too_many}; say what holds `otherwise`",
            f"{of.fact_class.zh}的 {name}：{when_zh}不能证明其规则（{cites}）涵盖所有情形"
            f"{too_many_zh}；请用 `otherwise` 写明其余情形",
        )


def gaps(definition: Definition, since: date) -> Iterator[Span]:
    """The stretches in which no rule of a definition holds."""
    outcomes = tuple(definition.outcomes())
    if all(map(has_dates, outcomes)):
        for span in spans(since, outcomes):
            if not any(each.in_force(span.first) for each in outcomes):
                yield span


def meets(source: Source, span: Span) -> bool:
    """Whether a rule holds on some day of a stretch."""
    begins_in_time = (
        source.valid_from is None or span.last is None or source.valid_from <= span.last
    )
    return begins_in_time and (source.valid_until is None or span.first <= source.valid_until)


def may_conflict(definition: Definition, *, by_its_day: bool = False) -> bool:
    """Whether two rules with different values are not shown never to apply together.

    `by_its_day`: amendments judge its facts by days of their own, so that a rule that has ended
    still holds for some; until when it does is part of its condition.
    """
    return not all(
        not (by_its_day or _ever_both(one, other))
        or never_both(one.condition, other.condition)
        or _same_value(one, other)
        for place, one in enumerate(definition.rules)
        for other in definition.rules[:place]
    )


def _ever_both(one: Source, other: Source) -> bool:
    first = one.valid_from or date.min
    return meets(other, Span(first, one.valid_until))


def _same_value(one: Constitutive, other: Constitutive) -> bool:
    match one.value, other.value:
        case Constant(value=first), Constant(value=second):
            return bool(first == second)
        case _:  # what else has a part called `value`, such as a total, is not known before
            return False
