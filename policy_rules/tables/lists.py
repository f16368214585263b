"""How much of the lists that a text speaks of tables have: counted where they are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from attrs import frozen

from ..answers import Status
from ..engines.lists import Named, OnList
from ..engines.sql.decoding import value_of
from ..facts import Fact
from ..language.lists import ListOfNames
from ..language.rules import Requirement
from .queries import Queries


@frozen
class ListsInTables:
    """Counts facts for lists in a database; of a class without a table there are none."""

    queries: Queries
    rows: Callable[[str], Sequence[Sequence[Any]]]

    def is_whole(self, fact_class: type[Fact]) -> bool:
        """Whether there are no other facts of a class."""
        return fact_class.collection in self.queries.complete

    def on_list(self, duty: Requirement) -> OnList:
        """How many facts have which status under the duty to be on a list."""
        fact_class = duty.subject.fact_class
        if fact_class not in self.queries.sources:
            return {}
        sql = self.queries.sql(self.queries.findings_under(fact_class, [duty]))
        return {Status.parse(status): n for status, n in self._by("status", sql)}

    def named(self, of: ListOfNames) -> Named:
        """How many facts have which name; None: that is not settled."""
        definition = of.definition
        if definition.subject.fact_class not in self.queries.sources:
            return {}
        question = self.queries.decision(definition.subject.fact_class, definition.name)
        found: Counter[Any] = Counter()
        for value, number in self._by("value", self.queries.sql(question)):
            found[value_of(definition.type, value)] += number
        return found

    def _by(self, column: str, sql: str) -> Sequence[Sequence[Any]]:
        """How many rows have each value of a column."""
        return self.rows(f"SELECT {column}, COUNT(*) FROM ({sql}) AS answers GROUP BY {column}")
