"""Rounding: exact, of a quotient of whole numbers, the same for negative numbers as for others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..language.expressions import Rounding

# Of a magnitude that is a whole number and a rest of so many parts: whether the next one is taken.
_NEXT: Final[Mapping[Rounding, Callable[[int, int, int], bool]]] = {
    "up": lambda whole, rest, parts: rest > 0,
    "down": lambda whole, rest, parts: False,
    "half_up": lambda whole, rest, parts: 2 * rest >= parts,
    "half_even": lambda whole, rest, parts: 2 * rest + whole % 2 > parts,
}


def rounded(over: int, under: int, how: Rounding) -> int:
    """A quotient as a whole number; the divisor is positive."""
    whole, rest = divmod(abs(over), under)
    whole += _NEXT[how](whole, rest, under)
    return -whole if over < 0 else whole
