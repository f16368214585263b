"""What generated code has worked out in one question, where attributes build on each other.

Each derived attribute is worked out once for each fact, however many ways lead to it (memoisation).
"""

from __future__ import annotations

from typing import Any

from ..facts import Fact, Facts


class Memo:
    """The facts of a question as generated code asks them, and what has been worked out of them."""

    __slots__ = ("_named", "all", "is_complete", "known", "related", "unlinked")

    def __init__(self, facts: Facts) -> None:
        self.all = facts.all
        self.related = facts.related
        self.unlinked = facts.unlinked
        self.is_complete = facts.is_complete
        self._named = facts.named
        self.known: dict[object, Any] = {}

    def named(self, fact_class: type[Fact], id: str) -> Fact:
        """The fact of a class that has an id: the same object each time."""
        key = fact_class, id
        found: Fact | None = self.known.get(key)
        if found is None:
            found = self.known[key] = self._named(fact_class, id)
        return found


def remembering(facts: Facts | Memo) -> Memo:
    """The facts with what is worked out of them; the same ones where they have it already."""
    return facts if isinstance(facts, Memo) else Memo(facts)
