"""To which bodies facts belong: the bureau and the station of an officer, a case, an event."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, Protocol, TypeAlias

from .fields import Fact
from .linking import references_of

# On the way to a body so many facts of one class are come by at most, the first included.
MOST_OF_A_CLASS: Final = 2
# For each class of bodies, the body of it; None where the facts do not say, or there is none.
Place: TypeAlias = tuple[Fact | None, ...]


class Around(Protocol):
    """The facts among which bodies are looked for."""

    def classes(self) -> tuple[type[Fact], ...]:
        """The classes that there are facts of."""

    def named(self, cls: type[Fact], id: str) -> Fact:
        """The fact of a class that has an id."""


class Belonging:
    """Finds the bodies that facts belong to, by what they refer to; the nearest, where several do.

    `classes` are those of the bodies, the largest first.
    """

    def __init__(self, classes: Sequence[type[Fact]], facts: Around) -> None:
        self.classes = tuple(classes)
        self._facts = facts
        self._collections = {cls.collection: cls for cls in (*facts.classes(), *classes)}
        self._known: dict[str, Place] = {}
        self._bodies: dict[str, Fact] = {}

    def of(self, fact: Fact) -> Place:
        """The bodies that a fact belongs to; a body belongs to itself."""
        found = self._known.get(fact.key)
        if found is None:
            nearest: dict[type[Fact], Fact] = {}
            for each in self._outwards(fact):
                if type(each) in self.classes:
                    nearest.setdefault(type(each), self._bodies.setdefault(each.key, each))
            found = tuple(nearest.get(cls) for cls in self.classes)
            self._known[fact.key] = found
        return found

    def _outwards(self, fact: Fact) -> Iterator[Fact]:
        """The fact, what it refers to, what these do, and so on, the nearest first."""
        waiting: list[tuple[Fact, tuple[type[Fact], ...]]] = [(fact, ())]
        for each, passed in waiting:
            yield each
            classes = (*passed, type(each))
            for name, collection in references_of(type(each)).items():
                cls, id_ = self._collections.get(collection), getattr(each, name)
                if cls is not None and id_ and classes.count(cls) < MOST_OF_A_CLASS:
                    waiting.append((self._facts.named(cls, id_), classes))
