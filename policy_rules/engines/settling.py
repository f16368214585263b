"""From the truth of the rules of a definition to its value."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from ..language.expressions import Definition
from .kleene import Truth, kleene_not, kleene_or


@frozen
class Settled:
    """What the rules of a definition come to: the value, and the places of the rules that give it.

    Without a value, `open_rules` are the places of the rules that could still decide;
    `conflicting` those of the rules that contradict each other.
    """

    value: Any = None
    fired: tuple[int, ...] = ()
    open_rules: tuple[int, ...] = ()
    conflicting: tuple[int, ...] = ()


def settle(truths: list[Truth], values: list[Any]) -> Settled:
    """Settle a definition from its rules' conditions and values (the last: otherwise, if any)."""
    if len(values) > len(truths):
        truths = [*truths, kleene_not(kleene_or(truths))]
    possible = [place for place, truth in enumerate(truths) if truth is not False]
    fired = [place for place in possible if truths[place]]
    given = [place for place in fired if values[place] is not None]
    known = values[given[0]] if given else None
    if any(values[place] != known for place in given):
        return Settled(conflicting=tuple(given))
    if known is not None and all(values[place] == known for place in possible):
        return Settled(known, tuple(fired))
    return Settled(open_rules=tuple(p for p in possible if values[p] is None or values[p] != known))


def with_otherwise(definition: Definition, truths: list[Truth]) -> list[Truth]:
    """The truth of the rules, and of `otherwise`, which holds where none of them does."""
    return truths if definition.otherwise is None else [*truths, kleene_not(kleene_or(truths))]
