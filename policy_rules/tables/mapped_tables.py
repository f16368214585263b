"""Which tables and queries a mapping means, as far as a schema has them."""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen
from sqlglot import exp

from ..engines.sql.dialects import Dialect
from ..facts import Fact, Fault
from ..facts.checks import nearest
from ..facts.faults import FaultCode, quoted, unlike
from ..formats.mapping import Mapping, TableMapping
from .schema import Schema, Table
from .user_queries import QueryRefusedError, UserQuery, filtered, user_query


@frozen
class MeantTable:
    """A table, a part of one or a query that gives facts of a class.

    `said` is what a mapping says of it, None where it was found by its name; `place` is what
    faults call it. `query` is what a user wrote of it, None where it is the whole table.
    """

    table: Table
    place: str
    said: TableMapping | None = None
    query: UserQuery | None = None

    @property
    def relation(self) -> exp.Expression:
        """The rows, to select from."""
        return name_in_sql(self.table) if self.query is None else self.query.relation

    @property
    def read_from(self) -> str:
        """The table or query in words that need no language."""
        name = ".".join(self.table.parts[-2:])
        if self.query is None:
            return name
        if self.said is not None and self.said.where is not None:
            return f"{name} WHERE {self.said.where}"
        return f"query ({', '.join(self.query.tables)})"

    @property
    def must_use_all(self) -> bool:
        """Whether every column was written, so that one that gives nothing is wrong."""
        return self.query is not None and not self.query.takes_all


def tables_meant(
    cls: type[Fact], mapping: Mapping | None, schema: Schema, dialect: Dialect, faults: list[Fault]
) -> list[MeantTable]:
    """What gives the facts of a class; what is wrong goes to `faults`.

    With a mapping that names any table only those that it names are read. A table that nothing
    names is one of the current schema that is called as the class is.
    """
    if mapping is None or not mapping.tables:
        found = _by_its_name(cls, schema, cls.collection, None, faults)
        return [] if found is None else [found]
    listed = mapping.tables.get(cls, ())
    return [
        found
        for said in listed
        for found in (_said(cls, said, schema, dialect, faults),)
        if found is not None
    ]


def _said(
    cls: type[Fact], said: TableMapping, schema: Schema, dialect: Dialect, faults: list[Fault]
) -> MeantTable | None:
    try:
        if said.query is not None:
            return _query(said, user_query(said.query, dialect), schema, faults)
        if said.table is None:
            found = _by_its_name(cls, schema, said.place, said, faults)
            if found is None and not any(each.place == said.place for each in faults):
                faults.append(_not_named(said.place, cls, schema))
        else:
            table = table_named(said.table, schema, said.place, faults)
            found = None if table is None else MeantTable(table, _shown(table), said)
        if found is None or said.where is None:
            return found
        query = filtered(dialect.sql(name_in_sql(found.table)), said.where, dialect)
        refused = query.sql in schema.described and schema.described[query.sql] is None
        return None if refused else MeantTable(found.table, found.place, said, query)
    except QueryRefusedError as error:
        word = "where" if said.query is None else "query"
        code, given = FaultCode.REFUSED_QUERY, said.query or said.where
        faults.append(unlike(said.place, given, error.zh, error.en, field=word, code=code))
        return None


def _query(
    said: TableMapping, query: UserQuery, schema: Schema, faults: list[Fault]
) -> MeantTable | None:
    if query.sql not in schema.described:
        faults.append(
            Fault(
                place=said.place,
                field="query",
                code=FaultCode.WRONG_USAGE,
                zh="查询有哪些列，须有数据库的连接才知道；请用 `on`，或改用表",
                en="what columns a query has is known from a connection to the database; "
                "use `on`, or name a table",
            )
        )
    table = schema.described.get(query.sql)
    return None if table is None else MeantTable(table, said.place, said, query)


def _by_its_name(
    cls: type[Fact], schema: Schema, place: str, said: TableMapping | None, faults: list[Fault]
) -> MeantTable | None:
    """The table of the current schema that is called as a class is."""
    found = [
        table for name in (cls.collection, cls.zh) for table in schema.named(name) if table.current
    ]
    if len(found) > 1:
        faults.append(_several(place, cls.collection, found))
    return MeantTable(found[0], _shown(found[0]), said) if len(found) == 1 else None


def table_named(name: str, schema: Schema, place: str, faults: list[Fault]) -> Table | None:
    """The table that a mapping names, or None and the fault."""
    found = schema.named(name)
    if len(found) == 1:
        return found[0]
    faults.append(_several(place, name, found) if found else _not_there(place, name, schema))
    return None


def name_in_sql(table: Table) -> exp.Expression:
    """The name of a table, with what it needs to be found."""
    parts = table.parts[-1:] if table.current else table.parts
    names = [exp.to_identifier(part, quoted=True) for part in reversed(parts)]
    return exp.Table(**dict(zip(("this", "db", "catalog"), names, strict=False)))


def _shown(table: Table) -> str:
    return table.name if table.current else ".".join(table.parts[-2:])


def _several(place: str, name: str, found: list[Table]) -> Fault:
    listed = [".".join(table.parts) for table in found]
    return Fault(
        place=place,
        field="table",
        code=FaultCode.AMBIGUOUS,
        zh=f"名为 {quoted(name)} 的表有多个：{'、'.join(listed)}；请写明是哪一个",
        en=f"expected one table or view for it, found {', '.join(listed)}; say which one",
    )


def _not_named(place: str, cls: type[Fact], schema: Schema) -> Fault:
    elsewhere = [
        ".".join(table.parts[-2:])
        for name in (cls.collection, cls.zh)
        for table in schema.named(name)
    ]
    do_zh = (
        f"如指 `{elsewhere[0]}`，请用 `table` 写明" if elsewhere else "请用 `table` 写明是哪一个"
    )
    do_en = f"if `{elsewhere[0]}` is meant, name it" if elsewhere else "say which one it is"
    return Fault(
        place=place,
        field="table",
        code=FaultCode.MISSING_TABLE,
        zh=f"当前模式中没有名为 `{cls.collection}` 或 `{cls.zh}` 的表或视图；{do_zh}",
        en=f"expected a table or view of the current schema called `{cls.collection}` or "
        f"`{cls.zh}`, found none; {do_en}",
    )


def _not_there(place: str, name: str, schema: Schema) -> Fault:
    near = nearest(name, _spellings(schema))
    return Fault(
        place=place,
        field="table",
        code=FaultCode.MISSING_TABLE,
        zh=f"没有名为 {quoted(name)} 的表或视图；"
        + (f"是否为 `{near[0]}`？请改正" if near else "请改正或删去"),
        en=f"expected a table or view, found none named {quoted(name)}; "
        + (f"did you mean `{near[0]}`? correct it" if near else "correct it or remove it"),
    )


def _spellings(schema: Schema) -> Iterator[str]:
    """The names of tables, with and without what qualifies them."""
    for table in schema.tables:
        for start in range(len(table.parts)):
            yield ".".join(table.parts[start:])
