"""Exact numbers: what an author and a caller give as one, and how it is written."""

from __future__ import annotations

from collections.abc import Set
from decimal import Decimal
from fractions import Fraction
from typing import Final

# A longer decimal is shorter as a fraction, and beyond the digits that databases hold.
MOST_PLACES: Final = 36


def number_text(value: int | Fraction, at_least: int = 0) -> str:
    """A number to its last digit: as a decimal where it ends, such as 421.92, else as 1/3.

    One that ends has so many places `at_least`: 421.90.
    """
    under = value.denominator
    ends = (each for each in range(at_least, MOST_PLACES + 1) if 10**each % under == 0)
    places = next(ends, None)
    if not places:
        return str(value)
    digits = str(abs(value.numerator) * 10**places // under).rjust(places + 1, "0")
    return f"{'-' if value < 0 else ''}{digits[:-places]}.{digits[-places:]}"


def number_words(value: int | Fraction, at_least: int = 0) -> str:
    """A number as people write it: to its last digit, from a thousand on in groups of three."""
    text = number_text(value, at_least)
    if "/" in text:
        return text
    whole, point, places = text.partition(".")
    return f"{'-' if value < 0 else ''}{int(whole.lstrip('-')):,}{point}{places}"


def literal(value: object) -> object:
    """A value as rules and policies keep it: a decimal as the number it is, a set as one that
    nobody can change."""
    if isinstance(value, Set):
        return frozenset(value)
    return Fraction(value) if isinstance(value, Decimal) and value.is_finite() else value
