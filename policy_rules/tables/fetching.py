"""Facts fetched from tables, as they would stand in a document."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from ..engines.sql.dialects import Dialect, literal
from ..engines.sql.sources import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    Sources,
    bit_of,
    given_column,
    year_column,
)
from ..facts import NONE, Attestation, Fact, Facts, FieldSpec, Kind, fields_of
from ..facts.linking import references_of
from .placing import Placing

# So many ids are named in one query.
_AT_ONCE: Final = 1000

Rows = Callable[[str], Iterable[Sequence[Any]]]


class Fetching:
    """Makes facts of rows: of what the rules read of them, the numbers of some `years` alone."""

    def __init__(
        self,
        rows: Rows,
        sources: Sources,
        dialect: Dialect,
        years: Iterable[int],
        complete: Collection[str],
    ) -> None:
        self._rows = rows
        self._sources = sources
        self._dialect = dialect
        self._years = tuple(years)
        self._complete = frozenset(complete)
        self._relations: dict[type[Fact], str] = {}

    def numbers(self) -> dict[type[Fact], int]:
        """How many facts there are of each class."""
        found = {}
        for cls in self._sources:
            ((number,),) = self._rows(f"SELECT COUNT(*) FROM {self._relation(cls)}")
            found[cls] = int(number)
        return found

    def everything(self) -> Facts:
        """The facts of all tables."""
        return self._facts(each for cls in self._sources for each in self._of(cls))

    def all(self, cls: type[Fact]) -> list[Fact]:
        """The facts of one table, by their ids."""
        return [*self._of(cls)] if cls in self._sources else []

    def around(self, body: Fact) -> Facts:
        """All that leads to a body by references, or may do so, and what all this leads to.

        With the facts of those classes that lead to no body.

        So the facts that belong to the body have around them what rules ask of these.
        """
        placing = Placing(self._sources, self._dialect, type(body))
        found: dict[str, Fact] = {}
        for cls in self._sources:
            if cls is Attestation:
                continue
            condition = (
                placing.may_belong(cls, self._text(body.id)) if placing.has_place(cls) else ""
            )
            found.update((each.key, each) for each in self._of(cls, condition))
        self._add_referred(found)
        ids = sorted({each.id for each in found.values()})
        attestations = self._with(Attestation, "subject_id", ids)
        return self._facts([*found.values(), *attestations])

    def around_body_of(self, key: str, classes: Sequence[type[Fact]]) -> Facts | None:
        """What stands around the largest body that a fact belongs to, of some classes of bodies.

        Nothing where there is no such fact; None where it is not known to which body it belongs.
        """
        facts = self.some([key])
        subject = next((each for each in facts if each.key == key), None)
        if subject is None:
            return facts
        body = facts.belonging(classes).of(subject)[0]
        return None if body is None else self.around(body)

    def some(self, keys: Iterable[str]) -> Facts:
        """The facts that have some keys, and what these lead to by references."""
        wanted: dict[str, dict[str, None]] = {}
        for key in keys:
            collection, _, id_ = key.partition("/")
            wanted.setdefault(collection, {})[id_] = None
        found = {
            each.key: each
            for cls in self._sources
            for each in self._with(cls, "id", [*wanted.get(cls.collection, ())])
        }
        self._add_referred(found)
        return self._facts(found.values())

    def _add_referred(self, found: dict[str, Fact]) -> None:
        """Add what the facts refer to, and what that refers to."""
        classes = {cls.collection: cls for cls in self._sources}
        added: Iterable[Fact] = [*found.values()]
        while added:
            wanted: dict[type[Fact], set[str]] = {}
            for fact in added:
                for name, collection in references_of(type(fact)).items():
                    id_, cls = getattr(fact, name), classes.get(collection)
                    if id_ and cls is not None and f"{collection}/{id_}" not in found:
                        wanted.setdefault(cls, set()).add(id_)
            added = [
                each for cls, ids in wanted.items() for each in self._with(cls, "id", sorted(ids))
            ]
            found.update((each.key, each) for each in added)

    def _facts(self, facts: Iterable[Fact]) -> Facts:
        lists: dict[str, Any] = {}
        for fact in facts:
            lists.setdefault(fact.collection, []).append(fact)
        whole = [cls for cls in self._sources if cls.collection in self._complete]
        return Facts(**lists, complete=whole)

    def _with(self, cls: type[Fact], name: str, values: Sequence[str]) -> Iterator[Fact]:
        """The facts of a class whose column has one of some values."""
        if cls not in self._sources or name not in self._sources[cls].columns:
            return
        column = self._dialect.sql(self._sources[cls].columns[name])
        for first in range(0, len(values), _AT_ONCE):
            some = ", ".join(map(self._text, values[first : first + _AT_ONCE]))
            yield from self._of(cls, f"{column} IN ({some})")

    def _of(self, cls: type[Fact], condition: str = "") -> Iterator[Fact]:
        columns = self._sources[cls].columns
        said = ", ".join(self._dialect.sql(each) for each in columns.values())
        where = f" WHERE {condition}" if condition else ""
        by = self._dialect.sql(columns["id"])
        query = f"SELECT {said} FROM {self._relation(cls)}{where} ORDER BY {by}"
        make: Callable[..., Fact] = cls
        for row in self._rows(query):
            yield make(**dict(self._values(cls, dict(zip(columns, row, strict=True)))))

    def _values(self, cls: type[Fact], cells: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
        for name, spec in fields_of(cls).items():
            if spec.kind is not Kind.BY_YEAR:
                yield name, _value(spec, cells.get(name))
            elif cells.get(given_column(name)):
                numbers = {year: cells.get(year_column(name, year)) for year in self._years}
                yield name, {year: int(n) for year, n in numbers.items() if n is not None}

    def _relation(self, cls: type[Fact]) -> str:
        found = self._relations.get(cls)
        if found is None:
            # Of a copy: printing it for PostgreSQL changes it, and queries are made of it, too.
            found = self._dialect.sql(self._sources[cls].relation.copy())
            self._relations[cls] = found
        return found

    def _text(self, text: str) -> str:
        return self._dialect.sql(literal(text))


def _value(spec: FieldSpec, cell: Any) -> Any:
    """What a fact holds for what a column does."""
    if cell is None:
        return None
    if spec.may_be_none and cell in (spec.none, NONE.value):
        return NONE
    match spec.kind:
        case Kind.BOOLEAN:
            return bool(cell)
        case Kind.INTEGER:
            return int(cell)
        case Kind.DATE:
            return cell.date() if isinstance(cell, datetime) else cell
        case Kind.CHOICE:
            assert spec.choices is not None
            return spec.choices.parse(cell)
        case Kind.CHOICES:
            assert spec.choices is not None
            return frozenset(each for each in spec.choices if int(cell) & bit_of(each))
        case Kind.CODES:
            listed = cell.removeprefix(CODES_MARK).removeprefix(CODE_OPENS)
            listed = listed.removesuffix(CODE_CLOSES)
            return frozenset(listed.split(CODE_CLOSES + CODE_OPENS)) if listed else frozenset()
        case _:
            return cell
