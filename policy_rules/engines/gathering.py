"""What aggregates gather of their members, one after the other (accumulators)."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial
from typing import Any, Final, Protocol, TypeAlias

from ..language.exhaustive import assert_never
from ..language.expressions import Additive, AggregateNode, Average, Extreme, Held
from ..language.regimes import Regime
from .recurring import Tally, judged

# The least and the greatest that a number can be; None: it is not known to have such a bound.
Interval: TypeAlias = tuple[Any, Any]
OPEN: Final[Interval] = None, None


class Gathering(Protocol):
    """Gathers the members that count, and those that may."""

    def certain(self, value: Any) -> None:
        """Take in a member that counts, with what is gathered of it (None: unknown)."""

    def possible(self, value: Any) -> None:
        """Take in a member that may count."""

    def bounds(self, whole: bool) -> Interval:
        """The least and the greatest that it can come to; `whole`: there are no other members."""

    def matters(self, value: Any) -> bool:
        """Whether a member with that value, of which something is unknown, can change it."""

    def asked(self) -> bool:
        """Whether what is asked once, whatever the members are, can change it."""


def gathering(node: AggregateNode, regime: Regime) -> Callable[..., Gathering] | None:
    """What gathers the members of an aggregate; None where the text leaves open what.

    What has an `otherwise` takes its interval, and intervals for the values of members.
    """
    match node:
        case Additive():
            return Sum
        case Extreme(pick=pick):
            return Greatest if pick == "greatest" else Least
        case Average():
            return Mean
        case Held():
            found = judged(regime, node)
            return None if found is None else partial(Tally, found)
    return assert_never(node)


class Sum:
    """A count or a sum of what cannot be negative: what certainly counts bounds it from below."""

    __slots__ = ("_low", "_open")

    def __init__(self) -> None:
        self._low = 0
        self._open = False

    def certain(self, value: int | None) -> None:
        """Add the value of a member."""
        if value is None:
            self._open = True
        else:
            self._low += value

    def possible(self, value: int | None) -> None:
        """Leave open what is added."""
        self._open = True

    def bounds(self, whole: bool) -> Interval:
        """What certainly counts; no more than that, where nothing else may."""
        return self._low, self._low if whole and not self._open else None

    def matters(self, value: int | None) -> bool:
        """Each member does."""
        return True

    def asked(self) -> bool:
        """Nothing is."""
        return False


class OrElse:
    """What some values come to, and what it is otherwise, where no member counts.

    The members are kept as intervals: those that certainly count, and those that may.
    """

    __slots__ = ("_certain", "_otherwise", "_possible")

    def __init__(self, otherwise: Interval) -> None:
        self._otherwise = otherwise
        self._certain: list[Interval] = []
        self._possible: list[Interval] = []

    def certain(self, value: Interval) -> None:
        """Take in a member that counts."""
        self._certain.append(value)

    def possible(self, value: Interval) -> None:
        """Take in a member that may count."""
        self._possible.append(value)

    def matters(self, value: Interval) -> bool:
        """Each member does."""
        return True

    def asked(self) -> bool:
        """What it is otherwise can change it while no member certainly counts."""
        return not self._certain


class Greatest(OrElse):
    """The greatest value. A member that certainly counts bounds it from below, whatever others
    there are; from above it is bound where all that may count are known."""

    __slots__ = ()

    def bounds(self, whole: bool) -> Interval:
        """The least and the greatest that it can be."""
        if self._certain:
            low = max(_given(self._certain, 0), default=None)
            ends = [high for _, high in (*self._certain, *self._possible)]
            return low, max(ends) if whole and None not in ends else None
        return _widened(self._possible, self._otherwise, whole)


class Least(OrElse):
    """The least value: the mirror of the greatest."""

    __slots__ = ()

    def bounds(self, whole: bool) -> Interval:
        """The least and the greatest that it can be."""
        if self._certain:
            high = min(_given(self._certain, 1), default=None)
            ends = [low for low, _ in (*self._certain, *self._possible)]
            return min(ends) if whole and None not in ends else None, high
        return _widened(self._possible, self._otherwise, whole)


def _given(values: list[Interval], end: int) -> list[Any]:
    return [value[end] for value in values if value[end] is not None]


def _widened(possible: list[Interval], otherwise: Interval, whole: bool) -> Interval:
    """Where perhaps no member counts: all that it may be, one of them or what it is otherwise."""
    if not whole:
        return OPEN
    lows, highs = zip(*possible, otherwise, strict=True)
    return None if None in lows else min(lows), None if None in highs else max(highs)


class Mean(OrElse):
    """The exact mean, known where everything about the members is."""

    __slots__ = ()

    def bounds(self, whole: bool) -> Interval:
        """The mean as both, or neither."""
        if not whole or self._possible:
            return OPEN
        listed = self._certain or [self._otherwise]
        known = [low for low, high in listed if low is not None and low == high]
        if len(known) < len(listed):
            return OPEN
        mean = Fraction(sum(known), len(known))
        return mean, mean
