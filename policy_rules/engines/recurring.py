"""What recurs: the periods that a policy judges, and which of them have what they ask for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache

from ..language.recurrences import Period, Recurrence
from ..language.regimes import Regime
from .calendar import plus_years


class Judged:
    """The periods of a recurrence that a policy judges, found by a day in them."""

    def __init__(self, periods: Iterable[Period]) -> None:
        self.periods = tuple(periods)
        self.place_of: Mapping[date, int] = {
            period.first + timedelta(days=number): place
            for place, period in enumerate(self.periods)
            for number in range((period.last - period.first).days + 1)
        }


def judged(regime: Regime, every: Recurrence) -> Judged:
    """The periods that a policy judges.

    They are those of the twelve months before its date that have ended, and that began when the
    directive was in force.
    """
    return _judged(regime.rules.directive.issued, regime.as_of, every)


@lru_cache(maxsize=256)
def _judged(issued: date, as_of: date, every: Recurrence) -> Judged:
    if as_of <= issued:
        return Judged(())
    ended = every.periods(plus_years(as_of, -1), as_of - timedelta(days=1))
    return Judged(period for period in ended if period.first >= issued)


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
        return low, len(self._certain | self._possible)

    def matters(self, day: date | None) -> bool:
        """Whether an event on the day could be the first of its period."""
        if day is None:
            return len(self._certain) < len(self._judged.periods)
        place = self._judged.place_of.get(day)
        return place is not None and place not in self._certain

    def lacking(self) -> tuple[Period, ...]:
        """The periods of which nothing may be the event, where the list is whole."""
        return tuple(
            period
            for place, period in enumerate(self._judged.periods)
            if place not in self._certain | self._possible
        )
