"""A mapping at a database: its queries described, its code tables read. Nothing else runs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, Protocol

from attrs import evolve, frozen
from sqlglot import exp

from ..engines.sql.dialects import Dialect
from ..facts import Fact, Fault, fields_of
from ..facts.faults import FaultCode, quoted
from ..formats.mapping import CodesFrom, ColumnMapping, Mapping, TableMapping
from ..formats.mapping_options import leads_nowhere, member_of
from .mapped_tables import name_in_sql, table_named
from .schema import Column, Schema, Table, UndescribedError
from .texts import raw_of
from .user_queries import QueryRefusedError, UserQuery, filtered, user_query


class Database(Protocol):
    """What a binding asks of a database system."""

    @property
    def dialect(self) -> Dialect:
        """How it writes SQL."""

    def schema(self, names: Collection[str]) -> Schema:
        """The tables that there are; `names` are those that are looked for."""

    def described(self, query: str) -> tuple[Column, ...]:
        """The columns of a query, which is not run. Raises UndescribedError."""

    def rows(self, sql: str) -> list[Sequence[Any]]:
        """The rows of a query, fetched."""


@frozen
class Bound:
    """A mapping whose codes are all known, and a schema that has its queries."""

    mapping: Mapping | None
    schema: Schema


def bound(
    mapping: Mapping | None,
    database: Database,
    classes: Iterable[type[Fact]],
    faults: list[Fault],
) -> Bound:
    """Bind what a mapping says of some classes to a database; what is wrong goes to `faults`."""
    wanted = tuple(classes)
    schema = database.schema(tuple(dict.fromkeys(_names(mapping, wanted))))
    if mapping is None:
        return Bound(None, schema)
    binding = _Binding(database, schema, faults)
    tables = {
        cls: tuple(binding.table(cls, each) for each in listed) if cls in wanted else listed
        for cls, listed in mapping.tables.items()
    }
    schema = evolve(schema, described=binding.described)
    return Bound(evolve(mapping, tables=tables), schema)


def _names(mapping: Mapping | None, classes: Iterable[type[Fact]]) -> Iterator[str]:
    """What tables are looked for."""
    for cls in classes:
        yield from (cls.collection, cls.zh)
        for said in () if mapping is None else mapping.tables.get(cls, ()):
            if said.table is not None:
                yield said.table
            for column in said.columns.values():
                if column.codes_from is not None:
                    yield column.codes_from.table


class _Binding:
    def __init__(self, database: Database, schema: Schema, faults: list[Fault]) -> None:
        self.database, self.schema, self.faults = database, schema, faults
        self.described: dict[str, Table | None] = {}

    def table(self, cls: type[Fact], said: TableMapping) -> TableMapping:
        """A table with its queries described and its codes read."""
        query = self._query(cls, said)
        if query is not None:
            word = "where" if said.query is None else "query"
            columns = self._columns(query, said.place, word)
            parts = (said.place,)
            self.described[query.sql] = None if columns is None else Table(parts, columns)
        columns_said = {
            name: self._coded(cls, name, column, said) for name, column in said.columns.items()
        }
        return evolve(said, columns=columns_said)

    def _query(self, cls: type[Fact], said: TableMapping) -> UserQuery | None:
        """What a user wrote of a table; what is wrong with its words is told where it is used."""
        dialect = self.database.dialect
        try:
            if said.query is not None:
                return user_query(said.query, dialect)
            if said.where is not None:
                name = said.table or cls.collection
                table = table_named(name, self.schema, said.place, [])
                if table is not None:
                    return filtered(dialect.sql(name_in_sql(table)), said.where, dialect)
        except QueryRefusedError:
            pass
        return None

    def _columns(self, query: UserQuery, place: str, word: str) -> tuple[Column, ...] | None:
        try:
            return self.database.described(query.sql)
        except UndescribedError as error:
            reason = reason_of(error)
            self.faults.append(
                Fault(
                    place=place,
                    field=word,
                    code=FaultCode.REFUSED_QUERY,
                    zh=f"应为数据库能执行的 SQL，数据库拒绝了它（{reason}）；请改正",
                    en=f"expected SQL that the database takes, found it refused ({reason}); "
                    "correct it",
                )
            )
            return None

    def _coded(
        self, cls: type[Fact], name: str, column: ColumnMapping, said: TableMapping
    ) -> ColumnMapping:
        """A field with the codes of its code table before those that the mapping itself gives."""
        if column.codes_from is None:
            return column
        choices = fields_of(cls)[name].choices
        assert choices is not None
        place = f"{said.place}.columns"
        own = dict(column.codes or {})
        found: dict[str, str | None] = {}
        count = len(self.faults)
        for code, target in self._rows(column.codes_from, f"{place}.{name}.codes_from"):
            if code in own:
                continue
            member = member_of(target, choices)
            if member is None:
                self.faults.append(leads_nowhere(place, name, code, target, choices))
            elif found.setdefault(code, member or None) != (member or None):
                self.faults.append(_ambiguous(place, name, code))
        if not found and len(self.faults) == count:
            self.faults.append(_empty(f"{place}.{name}.codes_from"))
        return evolve(column, codes={**found, **own}, codes_from=None)

    def _rows(self, codes: CodesFrom, place: str) -> Iterator[tuple[str, str]]:
        """The codes of a table and what stands beside them."""
        table = table_named(codes.table, self.schema, place, self.faults)
        if table is None:
            return
        columns = []
        for option, wanted in (("code", codes.code), ("member", codes.member)):
            column = table.column(wanted)
            if column is None:
                self.faults.append(_no_column(place, option, wanted, table))
            else:
                columns.append(column)
        dialect = self.database.dialect
        name = dialect.sql(name_in_sql(table))
        try:
            condition = codes.where or "1 = 1"
            query = filtered(name, condition, dialect)
        except QueryRefusedError as error:
            self.faults.append(
                Fault(
                    place=place,
                    field="where",
                    code=FaultCode.REFUSED_QUERY,
                    zh=f"应为{error.zh}，实为 {quoted(condition)}；请改正",
                    en=f"expected {error.en}, found {quoted(condition)}; correct it",
                )
            )
            return
        if len(columns) < 2 or self._columns(query, place, "where") is None:
            return
        codes_and_members = exp.select(*map(raw_of, columns)).from_(query.relation)
        for code, member in self.database.rows(dialect.sql(codes_and_members)):
            if code is not None:
                yield str(code).strip(), "" if member is None else str(member).strip()


def reason_of(error: Exception) -> str:
    """The first line of what a database says."""
    lines = [" ".join(line.split()) for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__


def _ambiguous(place: str, field: str, code: str) -> Fault:
    return Fault(
        place=place,
        field=field,
        code=FaultCode.AMBIGUOUS,
        zh=f"代码 {quoted(code)} 在代码表中有不同的含义；请用 `where` 限定，或在 `codes` 中写明",
        en=f"expected one meaning of code {quoted(code)} in the code table, found several; "
        "narrow it with `where`, or say in `codes` what it means",
    )


def _empty(place: str) -> Fault:
    return Fault(
        place=place,
        code=FaultCode.MISSING_VALUE,
        zh="代码表中没有可用的代码；请改正 `where`，或删去 `codes_from`",
        en="expected codes in the code table, found none; correct `where`, or leave `codes_from` "
        "out",
    )


def _no_column(place: str, option: str, name: str, table: Table) -> Fault:
    listed = ", ".join(f"`{column.name}`" for column in table.columns)
    return Fault(
        place=place,
        field=option,
        code=FaultCode.MISSING_COLUMN,
        zh=f"没有列 {quoted(name)}，现有 {listed}；请改正",
        en=f"expected a column, found none named {quoted(name)}; there are {listed}; correct it",
    )
