"""To which bodies the rows of tables belong, in SQL: as `facts.belonging` says it of facts."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import TypeAlias

from ..engines.sql.dialects import Dialect
from ..engines.sql.sources import Sources
from ..facts import Fact
from ..facts.belonging import MOST_OF_A_CLASS
from ..facts.linking import references_of

# From a class to a body: in each step a class, and its reference that is followed.
_Path: TypeAlias = tuple[tuple[type[Fact], str], ...]


class Placing:
    """Which rows belong to the bodies of one class."""

    def __init__(self, sources: Sources, dialect: Dialect, body: type[Fact]) -> None:
        self.body = body
        self._sources = sources
        self._dialect = dialect
        self._classes = {cls.collection: cls for cls in (body, *sources)}

    def has_place(self, cls: type[Fact]) -> bool:
        """Whether facts of a class can belong to a body."""
        return cls is self.body or any(self._paths(cls))

    def places(self, cls: type[Fact]) -> str:
        """The `id` of each fact of a class, and the `place`: the id of the body, NULL for none.

        Where several references lead to bodies, the one of the fewest steps counts.
        """
        if cls is self.body:
            return f"SELECT found.id, found.id AS place FROM {self._rows(cls, (), 'found')}"
        joined: dict[_Path, str] = {(): "found"}
        tables = [self._rows(cls, self._followed(cls, ()), "found")]
        values = []
        for path in self._paths(cls):
            for length in range(1, len(path)):
                head, (at, name) = path[:length], path[length - 1]
                if head in joined:
                    continue
                joined[head] = alias = f"of_{len(joined)}"
                target = self._classes[references_of(at)[name]]
                rows = self._rows(target, self._followed(cls, head), alias)
                before = joined[head[:-1]]
                tables.append(f"LEFT JOIN {rows} ON {alias}.id = {before}.to_{name}")
            values.append(f"NULLIF({joined[path[:-1]]}.to_{path[-1][1]}, '')")
        place = f"COALESCE({', '.join(values)})" if values else "NULL"
        return f"SELECT found.id, {place} AS place FROM {' '.join(tables)}"

    def may_belong(self, cls: type[Fact], body: str, passed: Sequence[type[Fact]] = ()) -> str:
        """Whether a row of a class leads to a body, given as a literal, or may do so.

        By any references, those that are unknown included; but not those to facts of its own class,
        which most of them do not have, so that nearly all would be included.
        """
        if cls is self.body:
            return f"{self._column(cls, 'id')} = {body}"
        ways = []
        for name, target in self._targets(cls, passed):
            column = self._column(cls, name)
            if target is not cls:
                ways.append(f"{column} IS NULL")
            if target is self.body:
                ways.append(f"{column} = {body}")
            elif (inner := self.may_belong(target, body, (*passed, cls))) != _NEVER:
                relation = self._dialect.sql(self._sources[target].relation)
                ids = f"SELECT {self._column(target, 'id')} FROM {relation} WHERE {inner}"
                ways.append(f"{column} IN ({ids})")
        return " OR ".join(f"({each})" for each in ways) or _NEVER

    def _paths(self, cls: type[Fact]) -> Iterator[_Path]:
        """The ways from a class to bodies, the shortest first, as `Belonging` has them."""
        waiting: list[tuple[type[Fact], _Path]] = [(cls, ())]
        for at, path in waiting:
            for name, target in self._targets(at, [each for each, _ in path]):
                if target is self.body:
                    yield (*path, (at, name))
                else:
                    waiting.append((target, (*path, (at, name))))

    def _targets(
        self, cls: type[Fact], passed: Sequence[type[Fact]]
    ) -> Iterator[tuple[str, type[Fact]]]:
        """The references of a class that there are columns of, and the classes they lead to."""
        for name, collection in references_of(cls).items():
            target = self._classes.get(collection)
            if target is None or (*passed, cls).count(target) >= MOST_OF_A_CLASS:
                continue
            there = target is self.body or target in self._sources
            if there and name in self._sources[cls].columns:
                yield name, target

    def _followed(self, cls: type[Fact], head: _Path) -> tuple[str, ...]:
        """The references of the class at the end of a way that go on from there."""
        paths = (path for path in self._paths(cls) if path[: len(head)] == head)
        return tuple(dict.fromkeys(path[len(head)][1] for path in paths))

    def _rows(self, cls: type[Fact], references: Collection[str], alias: str) -> str:
        """The ids of a class with some references, each named so that no word is a keyword."""
        columns = [f"{self._column(cls, 'id')} AS id"]
        columns += [f"{self._column(cls, name)} AS to_{name}" for name in references]
        relation = self._dialect.sql(self._sources[cls].relation)
        return f"(SELECT {', '.join(columns)} FROM {relation}) AS {alias}"

    def _column(self, cls: type[Fact], name: str) -> str:
        return self._dialect.sql(self._sources[cls].columns[name])


_NEVER = "1 = 0"
