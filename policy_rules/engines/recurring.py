"""What recurs: the periods that a policy judges, and which of them have what they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from attrs import evolve

from ..language.expressions import (
    Constant,
    Expression,
    Held,
    Node,
    Parameter,
    Periods,
    RecurrenceLess,
)
from ..language.recurrences import Period, Recurrence
from ..language.regimes import Regime
from ..language.substitution import rewritten
from ..language.trees import walk
from ..language.work_calendars import RecurrenceWithout
from .calendar import plus_years

_DAY: Final = timedelta(days=1)


class Judged:
    """The periods of a recurrence that a policy judges, found by a day in them.

    Those that are only days off are left out. Of those that are `open`, by their place, it is not
    known whether they are, since the days off of those years are not: what was held in them counts,
    and where nothing was they may ask for nothing. `ended`: some have, days off or not.
    """

    def __init__(self, every: Recurrence, periods: Iterable[Period]) -> None:
        all_ = tuple(periods)
        self.ended = bool(all_)
        self.periods = asking(every, all_)
        self.open: Mapping[int, frozenset[str]] = {}
        if isinstance(every, RecurrenceWithout):
            self.open = {
                place: every.unknown_years(period)
                for place, period in enumerate(self.periods)
                if every.takes_away(period) is None
            }
        self.place_of: Mapping[date, int] = {
            period.first + timedelta(days=number): place
            for place, period in enumerate(self.periods)
            for number in range((period.last - period.first).days + 1)
        }


def judged(regime: Regime, node: Held | Periods) -> Judged | None:
    """The periods that a policy judges, or None where the text leaves open how often.

    They are those of the twelve months before its date that have ended, or the last one where a
    period is longer; of them those that began when the directive was in force, and so were the rule
    and how often it asks.
    """
    every = how_often(node.every, regime)
    return None if every is None else _judged(beginning(regime, node), regime.as_of, every)


def how_often(node: Constant | Parameter | RecurrenceLess, regime: Regime) -> Recurrence | None:
    """How often something recurs, or None where the text leaves it open."""
    if isinstance(node, RecurrenceLess):
        every = how_often(node.every, regime)
        days_off = node.days_off
        given = days_off.value if isinstance(days_off, Constant) else regime.value(days_off)
        return None if every is None else RecurrenceWithout(every.rule, given, node.named)
    found = node.value if isinstance(node, Constant) else regime.value(node)
    assert found is None or isinstance(found, Recurrence)
    return found


def asking(every: Recurrence, periods: Iterable[Period]) -> tuple[Period, ...]:
    """The periods that are not certainly taken away."""
    if not isinstance(every, RecurrenceWithout):
        return tuple(periods)
    return tuple(each for each in periods if not every.takes_away(each))


def beginning(regime: Regime, node: Held | Periods) -> date:
    """The day from which on something that recurs is judged."""
    days = [regime.rules.directive.in_force_from, node.since]
    every = node.every.every if isinstance(node.every, RecurrenceLess) else node.every
    if isinstance(every, Parameter):
        days.append(regime.since(every))
    return max(day for day in days if day is not None)


def from_its_beginning(node: Node, regime: Regime) -> Node:
    """The expression with the day from which each thing that recurs in it is judged.

    For those who put values in the place of parameters, with which that day would be lost.
    """

    def begun(part: Expression) -> Expression | None:
        if not isinstance(part, Held):
            return None
        where, on = rewritten(part.where, begun), rewritten(part.on, begun)
        return evolve(part, where=where, on=on, since=beginning(regime, part))

    return rewritten(node, begun) if any(isinstance(part, Held) for part in walk(node)) else node


@lru_cache(maxsize=256)
def _judged(begun: date, as_of: date, every: Recurrence) -> Judged:
    if as_of <= begun:
        return Judged(every, ())
    ended = every.periods(min(plus_years(as_of, -1), every.before(as_of)), as_of - _DAY)
    return Judged(every, (period for period in ended if period.first >= begun))


class Tally:
    """The periods that certainly have their event, and those that may have it."""

    __slots__ = ("_anywhere", "_certain", "_judged", "_possible")

    def __init__(self, judged: Judged) -> None:
        self._judged = judged
        self._certain: set[int] = set()
        self._possible: set[int] = set()
        self._anywhere = False

    def certain(self, day: date | None) -> None:
        """Count an event; one without a date may be in any period."""
        if day is None:
            self._anywhere = True
        else:
            place = self._judged.place_of.get(day)
            if place is not None:
                self._certain.add(place)

    def possible(self, day: date | None) -> None:
        """Count what may be such an event."""
        if day is None:
            self._anywhere = True
        else:
            place = self._judged.place_of.get(day)
            if place is not None:
                self._possible.add(place)

    def bounds(self, whole: bool) -> tuple[int, int]:
        """In how many periods there is an event, at least and at most."""
        low = len(self._certain)
        if not whole or self._anywhere:
            return low, len(self._judged.periods)
        return low, len(self._certain | self._possible | self._judged.open.keys())

    def matters(self, day: date | None) -> bool:
        """Whether an event on the day could be the first of its period."""
        if day is None:
            return len(self._certain) < len(self._judged.periods)
        place = self._judged.place_of.get(day)
        return place is not None and place not in self._certain

    def asked(self) -> bool:
        """How often something recurs always matters."""
        return True

    def days_off(self) -> frozenset[str]:
        """The years of which the days off can still matter, by the calendar: `holidays.2021`."""
        certain = self._certain
        open_ = (years for place, years in self._judged.open.items() if place not in certain)
        return frozenset[str]().union(*open_)

    def lacking(self) -> tuple[Period, ...]:
        """The periods of which nothing may be the event, where the list is whole."""
        return tuple(
            period
            for place, period in enumerate(self._judged.periods)
            if place not in self._certain | self._possible | self._judged.open.keys()
        )
