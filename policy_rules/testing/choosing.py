"""How random facts and directives are drawn: from a seed, or by Hypothesis so that they shrink.

What is drawn is written once, against `Chooser`.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Protocol, TypeVar

_T = TypeVar("_T")


class Chooser(Protocol):
    """What makes the choices. The first of the options is the simplest."""

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred."""


class Seeded:
    """Choices made by Python's `random`: fast, and repeatable from the seed."""

    def __init__(self, seed: int | str) -> None:
        self._random = Random(seed).random

    def number(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random() * (high - low + 1))

    def pick(self, options: Sequence[_T]) -> _T:
        """One of the options."""
        return options[int(self._random() * len(options))]

    def chance(self, percent: int) -> bool:
        """True in so many cases of a hundred."""
        return self._random() * 100 < percent


def some_of(choose: Chooser, options: Sequence[_T], percent: int) -> list[_T]:
    """Each of the options in so many cases of a hundred, in their order."""
    return [option for option in options if choose.chance(percent)]


def shuffled(choose: Chooser, items: Sequence[_T]) -> list[_T]:
    """The items in another order."""
    left = list(items)
    return [left.pop(choose.number(0, len(left) - 1)) for _ in items]
