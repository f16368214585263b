"""What recurs: the periods that end within a stretch of days, and how each of them stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from attrs import frozen

from ..engines.counting import counted_by, counting_day, recurring
from ..engines.evaluator import Scope, evaluate, members
from ..engines.kleene import Truth, kleene_and
from ..engines.needs import Need, needs, told_apart
from ..engines.recurring import asking, beginning, how_often
from ..facts import Exemption, Fact
from ..language import Modality, Period, Recurrence, Regime
from ..language.expressions import (
    FALSE,
    TRUE,
    Comparison,
    Expression,
    Held,
    Node,
)
from ..language.rules import Requirement
from ..language.substitution import rewritten
from ..language.trees import children, key
from ..language.work_calendars import RecurrenceWithout
from .due import Due, DueKind, DueStatus


@frozen(eq=False)
class Series:
    """What one rule asks for again and again, with the periods that are asked about.

    Without an `every`, no one has set how often. `without` is what the rule asks for where nothing
    of it happens: where that is met all the same, nothing is due. `place_of` finds a period by
    those of its days that have come.
    """

    regime: Regime
    rule: Requirement
    recurring: tuple[Held, ...]
    every: Recurrence | None
    periods: tuple[Period, ...]
    place_of: Mapping[date, int]
    applies: Node
    without: Node

    def dues(self, fact: Fact, scope: Scope) -> Iterator[Due]:
        """Each period as it stands for a subject; none where the rule does not apply to it."""
        applies, spared = evaluate(self.applies, scope), evaluate(self.without, scope)
        if applies is False or spared:
            return
        open_ = needs(self.applies, scope) | needs(self.without, scope)
        if self.every is None:
            # All that recurs in a series does so by one parameter.
            how_often = needs(self.recurring[0].every, scope)
            yield self._undetermined(fact, None, open_ | how_often)
            return
        records = [_Records(node, self.place_of, scope) for node in self.recurring]
        for place, period in enumerate(self.periods):
            held: Truth = True
            for each in records:
                held = kleene_and(held, each.held(place))
            # What may still happen in a period that is not over settles itself.
            open_held = held is None and period.last < self.regime.as_of
            open_duty = applies is None or (spared is None and not held)
            days_off = frozenset[Need]() if held else self._days_off(period)
            if open_held or open_duty or days_off:
                found = days_off | open_ if open_duty else days_off
                if open_held:
                    found = found.union(*(each.needs(place) for each in records))
                yield self._undetermined(fact, period, found)
            else:
                yield self._settled(fact, period, bool(held), scope)

    def _days_off(self, period: Period) -> frozenset[Need]:
        """The years to be known to say whether a period asks for something, or nothing."""
        if not isinstance(self.every, RecurrenceWithout) or self.every.takes_away(period) is False:
            return frozenset()
        return frozenset(f"parameters.{year}" for year in self.every.unknown_years(period))

    def _undetermined(self, fact: Fact, period: Period | None, found: frozenset[Need]) -> Due:
        needed, conflict = told_apart(found)
        status = DueStatus.CONFLICT if conflict else DueStatus.UNDETERMINED
        return self._due(fact, period, status, needed)

    def _settled(self, fact: Fact, period: Period, held: bool, scope: Scope) -> Due:
        """A period of which it is known how it stands."""
        if held:
            return self._due(fact, period, DueStatus.MET)
        if self.rule.modality is Modality.IN_PRINCIPLE:
            cite = str(self.rule.cite)
            exemption = scope.exemptions.named(fact.key, cite, period.last)
            if exemption is not None:
                return self._due(fact, period, DueStatus.EXEMPT, exemption=exemption)
        if period.last >= self.regime.as_of:
            return self._due(fact, period, DueStatus.OPEN)
        target = self.rule.modality is Modality.TARGET
        return self._due(fact, period, DueStatus.MISSED if target else DueStatus.OVERDUE)

    def _due(
        self,
        fact: Fact,
        period: Period | None,
        status: DueStatus,
        needed: tuple[str, ...] = (),
        exemption: Exemption | None = None,
    ) -> Due:
        return Due(
            fact=fact, rule=self.rule, kind=DueKind.RECURRENCE, status=status, period=period,
            every=self.every, exemption=exemption, needs=needed,
        )  # fmt: skip


class _Records:
    """What is on record of one thing that recurs, by period."""

    def __init__(self, node: Held, place_of: Mapping[date, int], scope: Scope) -> None:
        self._node = node
        self._facts = scope.facts
        self._certain: set[int] = set()
        # What may count; what has no date stands under None, since it may be in any period.
        self._possible: dict[int | None, list[tuple[Scope, Truth]]] = {}
        if not place_of:
            return
        for inner, linked in members(node, scope):
            day = evaluate(node.on, inner)
            place = None if day is None else place_of.get(day)
            if day is not None and place is None:
                continue
            counts = kleene_and(linked, evaluate(node.where, inner))
            if counts and place is not None:
                self._certain.add(place)
            elif counts is not False:
                self._possible.setdefault(place, []).append((inner, linked))

    def held(self, place: int) -> Truth:
        """Whether it happened in a period."""
        if place in self._certain:
            return True
        whole = self._facts.is_complete(self._node.member.fact_class)
        return False if whole and not self._open(place) else None

    def needs(self, place: int) -> frozenset[Need]:
        """What would settle whether it happened in a period."""
        if place in self._certain:
            return frozenset()
        member = self._node.member
        found: set[Need] = set()
        if not self._facts.is_complete(member.fact_class):
            found.add(f"complete.{member.fact_class.collection}")
        for inner, linked in self._open(place):
            if linked is None:
                found.add(f"{inner.bound[member].key}.{member.link}")
            found |= needs(self._node.where, inner) | needs(self._node.on, inner)
        return frozenset(found)

    def _open(self, place: int) -> Sequence[tuple[Scope, Truth]]:
        return [*self._possible.get(place, ()), *self._possible.get(None, ())]


def series_of(regime: Regime, rule: Requirement, since: date, until: date) -> tuple[Series, ...]:
    """What recurs under a rule, with the periods that end from one day to another.

    As in a finding, periods that began before the rule was in force are left out; and so are those
    that end when it no longer is.
    """
    counting = counting_day(regime, rule)
    applies, must = counted_by(rule.applies, counting), counted_by(rule.must, counting)
    last = regime.last_day(rule, until)
    together: dict[tuple[object, date], list[Held]] = {}
    for node in recurring(must):
        together.setdefault((key(node.every), beginning(regime, node)), []).append(node)
    found = []
    for (_, first), nodes in together.items():
        every = how_often(nodes[0].every, regime)
        ending = () if every is None else every.periods(since, last)
        periods = () if every is None else asking(every, (p for p in ending if p.first >= first))
        place_of = _places(periods, regime.as_of)
        without = _without(must, nodes)
        found.append(Series(regime, rule, tuple(nodes), every, periods, place_of, applies, without))
    return tuple(found)


def _places(periods: Sequence[Period], as_of: date) -> dict[date, int]:
    """The place of the period that a day is in, for the days that have come."""
    return {
        period.first + timedelta(days=number): place
        for place, period in enumerate(periods)
        for number in range((min(period.last, as_of) - period.first).days + 1)
    }


def _without(must: Node, nodes: Sequence[Held]) -> Node:
    """What a rule asks for if these never happen, and all else that recurs does."""

    def settled(part: Expression) -> Expression | None:
        if isinstance(part, Comparison):
            found = [child for child in children(part) if isinstance(child, Held)]
            if found:
                return FALSE if found[0] in nodes else TRUE
        return None

    return rewritten(must, settled)
