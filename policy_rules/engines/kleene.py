"""Strong Kleene logic: true, false, and unknown (None)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

Truth: TypeAlias = bool | None


def kleene_and(one: Truth, other: Truth) -> Truth:
    """Strong Kleene and."""
    if one is False or other is False:
        return False
    return None if one is None or other is None else True


def kleene_all(items: Iterable[Truth]) -> Truth:
    """Strong Kleene and over any number of items; none: true."""
    found: Truth = True
    for item in items:
        if item is False:
            return False
        if item is None:
            found = None
    return found


def kleene_or(items: Iterable[Truth]) -> Truth:
    """Strong Kleene or over any number of items; none: false."""
    found: Truth = False
    for item in items:
        if item:
            return True
        if item is None:
            found = None
    return found


def kleene_not(item: Truth) -> Truth:
    """Strong Kleene not."""
    return None if item is None else not item
