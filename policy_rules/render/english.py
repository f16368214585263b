"""English that agrees in number: which labels name several things, and one of a unit."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

# What follows these words in a label only says which things are meant.
_ENDS: Final = {
    *("as", "at", "by", "for", "from", "in", "of", "on", "over", "to", "with", "without"),
    *("that", "when", "where", "which", "who"),
}
# Verbs after which a phrase is denied: “may be granted”, “has held a contest”.
_VERBS: Final = {
    "are",
    "can",
    "did",
    "does",
    "had",
    "has",
    "have",
    "is",
    "may",
    "must",
    "was",
    "were",
    "will",
}


def denied(label: str) -> str:
    """The denial of a yes or no by its label."""
    first, _, rest = label.partition(" ")
    return f"{first} not {rest}" if first in _VERBS and rest else f"not {label}"


def affirmed(label: str, denial: str) -> str:
    """A yes or no that is so, by its label: who is not “not a pilot” is “a pilot”."""
    return denial.removeprefix("not ") if denial.startswith("not ") else label


def several(label: str) -> bool:
    """Whether a label names several things, as “officers on the roster” does."""
    noun = ""
    for word in label.split():
        if word in _ENDS or (noun and word.endswith(("ed", "held"))):
            break
        noun = word
    return noun == "people" or (noun.endswith("s") and not noun.endswith(("'s", "is", "ss", "us")))


def agreeing(label: str, one: str, many: str) -> str:
    """The verb that agrees with a label."""
    return many if several(label) else one


def counted(number: int | Fraction, unit: str) -> str:
    """A unit, in the singular for one."""
    if number != 1:
        return unit
    if unit.endswith("ies"):
        return f"{unit.removesuffix('ies')}y"
    return "person" if unit == "people" else unit.removesuffix("s")
