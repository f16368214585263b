"""What is known while a chain of events runs: the truths that rules have found so far."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from enum import Enum
from typing import Any, Final, TypeAlias

from attrs import evolve, frozen

from ...facts import Fact, FieldSpec, Kind
from ...language.expressions import Attribute, Definition, Node, Variable
from ..evaluator import Scope, evaluate
from ..kleene import Truth

_TRUTH: Final = FieldSpec(name="truth", kind=Kind.BOOLEAN, zh="真", en="truth")


@frozen(eq=False, repr=False)
class Part(Attribute):
    """A part of a condition as a field of the event: its truth was found by an earlier event."""

    slot: int


@frozen(eq=False, repr=False)
class Computed(Attribute):
    """A part of a condition as a field of the event: its truth is computed, not matched."""

    node: Node


def part(of: Variable, slot: int) -> Node:
    """The part whose truth is found in that slot."""
    return Part(of, _TRUTH, slot)


def computed(of: Variable, node: Node) -> Node:
    """The part as what its expression comes to."""
    return Computed(of, _TRUTH, node)


class Pending(Enum):
    """What is in the place of a truth that no event has found."""

    PENDING = 0


Found: TypeAlias = Truth | Pending


@frozen(eq=False)
class Slots:
    """Where the truths of a batch are found.

    `conditions` are those of the question, `definitions` those of each rule of a definition, and
    `values` what the rules give, where that is a truth. Those that the regime settles are in
    `initial`, where the others are pending.
    """

    initial: tuple[Found, ...]
    conditions: Mapping[Node, int]
    definitions: Mapping[Definition, Sequence[int]]
    values: Mapping[Definition, Mapping[int, int]]


@frozen(eq=False)
class ChainScope(Scope):
    """A scope that takes truths from a chain: of its fact, those that its events have found.

    `slots` are those truths, `fields` the values that its events have carried.
    """

    fact: Fact
    found_in: Slots
    slots: list[Found]
    fields: list[int | None]

    def binding(self, bound: Mapping[Variable, Fact]) -> ChainScope:
        """The same question with these variables bound, with the same truths."""
        return evolve(self, bound=bound)

    def truth(self, condition: Node) -> Truth:
        """The truth of a condition of the batch; of one that does not count, unknown."""
        return self.found(self.found_in.conditions[condition])

    def found(self, slot: int) -> Truth:
        """The truth in a slot."""
        found = self.slots[slot]
        return None if found is Pending.PENDING else found

    def truths(self, definition: Definition) -> list[Truth]:
        """The truth of the condition of each rule of a definition."""
        slots = self.found_in.definitions.get(definition, ())
        if not self._known(definition, slots):
            return super().truths(definition)
        return [self.found(slot) for slot in slots]

    def values(self, definition: Definition) -> list[Any]:
        """The value of each rule of a definition."""
        slots = self.found_in.values.get(definition, {})
        if not self._known(definition, slots.values()):
            return super().values(definition)
        return [
            self.found(slots[place]) if place in slots else evaluate(rule.value, self)
            for place, rule in enumerate(definition.outcomes())
        ]

    def _known(self, definition: Definition, slots: Collection[int]) -> bool:
        """Whether these truths are of the fact, and found.

        A reference or a count can lead back to the fact before its own definition is settled.
        """
        return (
            len(slots) > 0
            and self.bound[definition.subject] is self.fact
            and not any(self.slots[slot] is Pending.PENDING for slot in slots)
        )
