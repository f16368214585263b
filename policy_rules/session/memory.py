"""Facts that change: the same questions as of `Facts`, with indexes that follow each change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar

from ..facts import Belonging, Fact, Facts, loaded_classes

_F = TypeVar("_F", bound=Fact)


class Memory(Facts):
    """The facts of a session. Engines see it as `Facts`; only its session changes it."""

    __slots__ = ("_kinds",)

    def __init__(self, facts: Facts) -> None:
        # `Facts` has checked them; its own attributes are set here in a form that can change.
        self._by_id = {cls: {each.id: each for each in facts.all(cls)} for cls in facts.classes()}
        self._complete = facts.complete
        self._kinds: dict[type[Fact], dict[str, dict[object, dict[str, Fact]]]] = {}

    def put(self, cls: type[Fact], id: str, fact: Fact | None) -> None:
        """Give an id its fact; None: there is no longer such a fact."""
        held = self._by_id.setdefault(cls, {})
        old = held.get(id)
        if fact is None:
            del held[id]
        else:
            held[id] = fact
        for field, index in self._kinds.get(cls, {}).items():
            before = None if old is None else getattr(old, field)
            if old is not None and (fact is None or getattr(fact, field) != before):
                _taken_out(index, before, id)
            if fact is not None:
                index.setdefault(getattr(fact, field), {})[id] = fact

    def declare(self, complete: frozenset[str]) -> None:
        """Say which collections are whole."""
        self._complete = complete

    def all(self, cls: type[_F]) -> tuple[_F, ...]:
        """Give the facts of a class."""
        return tuple(self._by_id.get(cls, {}).values())  # type: ignore[arg-type]  # all are of it

    def belonging(self, classes: Iterable[type[Fact]]) -> Belonging:
        """Give what finds the bodies that facts belong to, as they do now."""
        return Belonging(tuple(classes), self)

    def number(self, cls: type[Fact]) -> int:
        """Give the number of facts of a class."""
        return len(self._by_id.get(cls, ()))

    def related(self, cls: type[_F], field: str, value: object) -> tuple[_F, ...]:
        """Give the facts of a class whose field has a value."""
        index = self._kinds.get(cls, {}).get(field)
        if index is None:
            index = self._indexed_by(cls, field)
        found: Any = index.get(value)
        return tuple(found.values()) if found else ()

    def classes(self) -> tuple[type[Fact], ...]:
        """Give the classes that there are facts of."""
        held = [cls for cls, facts in self._by_id.items() if facts]
        first = [cls for cls in loaded_classes() if cls in held]
        return tuple(dict.fromkeys((*first, *held)))

    @property
    def collections(self) -> Mapping[str, tuple[Fact, ...]]:
        """The facts by the name of their collection; only collections that hold any."""
        return MappingProxyType({cls.collection: self.all(cls) for cls in self.classes()})

    def frozen(self, classes: Iterable[type[Fact]]) -> Facts:
        """Give the facts as they are now; `classes` are all that there can be facts of."""
        complete = [cls for cls in classes if cls.collection in self._complete]
        return Facts(**self.collections, complete=complete)

    def __iter__(self) -> Iterator[Fact]:
        for cls in self.classes():
            yield from self.all(cls)

    def __len__(self) -> int:
        return sum(map(len, self._by_id.values()))

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)

    def __repr__(self) -> str:
        return f"<facts of a session: {len(self)}>"

    def _indexed_by(self, cls: type[Fact], field: str) -> dict[object, dict[str, Fact]]:
        index: dict[object, dict[str, Fact]] = {}
        for each in self._by_id.get(cls, {}).values():
            index.setdefault(getattr(each, field), {})[each.id] = each
        self._kinds.setdefault(cls, {})[field] = index
        return index


def _taken_out(index: dict[object, dict[str, Fact]], value: object, id: str) -> None:
    facts = index[value]
    del facts[id]
    if not facts:
        del index[value]
