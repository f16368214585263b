"""What aggregates gather of their members, one after the other (accumulators)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol, TypeAlias

from ..language.exhaustive import assert_never
from ..language.expressions import Additive, AggregateNode, Held
from ..language.regimes import Regime
from .recurring import Tally, judged

# The least and the greatest that a number can be; None: it is not known to have such a bound.
Interval: TypeAlias = tuple[Any, Any]


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


def gathering(node: AggregateNode, regime: Regime) -> Callable[[], Gathering] | None:
    """What gathers the members of an aggregate; None where the text leaves open what."""
    match node:
        case Additive():
            return Sum
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
