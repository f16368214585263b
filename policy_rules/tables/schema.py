"""What tables a database has, and what its columns hold."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, Protocol

from attrs import field, frozen

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection


class Family(Enum):
    """What sort of value a column holds, whatever a database calls its type."""

    TEXT = ("text", "文本", "text")
    NAMED = ("named", "文本", "text")  # what is text only when it is made so, such as enumerations
    WHOLE = ("whole", "整数", "whole number")
    NUMBER = ("number", "数字", "number")
    BOOLEAN = ("boolean", "是非", "boolean")
    DATE = ("date", "日期", "date")
    MOMENT = ("moment", "时间", "date and time")
    ZONED = ("zoned", "带时区的时间", "date and time with a time zone")
    LIST = ("list", "文本列表", "list of texts")
    OTHER = ("other", "其他", "something else")

    def __init__(self, value: str, zh: str, en: str) -> None:
        self.zh = zh
        self.en = en


@frozen
class Column:
    """A column: its name as the database spells it, its type as the database calls it."""

    name: str
    type: str
    family: Family


@frozen
class Table:
    """A table or view: its name with what qualifies it, outermost first, and its columns.

    `current` says that it is found without what qualifies it.
    """

    parts: tuple[str, ...]
    columns: tuple[Column, ...]
    current: bool = True
    _names: frozenset[str] = field(init=False, eq=False, repr=False)

    @_names.default
    def _names_of_columns(self) -> frozenset[str]:
        return frozenset(column.name.lower() for column in self.columns)

    @property
    def name(self) -> str:
        """Its name, without what qualifies it."""
        return self.parts[-1]

    def column(self, name: str) -> Column | None:
        """The column of a name, in whatever case it is written."""
        return next(iter(self.meant_by(name)), None)

    def meant_by(self, name: str) -> list[Column]:
        """The columns that a name can mean: those that are spelt alike, or else in another case."""
        if name.lower() not in self._names:
            return []
        exact = [column for column in self.columns if column.name == name]
        return exact or [each for each in self.columns if each.name.lower() == name.lower()]


@frozen
class Schema:
    """The tables and views of a database, and queries that it described, by their texts.

    Under a query that it would not describe there is None.
    """

    tables: tuple[Table, ...]
    described: Mapping[str, Table | None] = field(factory=dict)
    _by_name: Mapping[str, list[Table]] = field(init=False, eq=False, repr=False)

    @_by_name.default
    def _tables_by_name(self) -> Mapping[str, list[Table]]:
        named: dict[str, list[Table]] = {}
        for table in self.tables:
            named.setdefault(table.name.lower(), []).append(table)
        return named

    def named(self, name: str) -> list[Table]:
        """The tables that a name can mean, in whatever case it is written.

        The name may be qualified, such as `GA.T_PCS`. Of several, those that are spelt alike come
        before others, and then those that need no qualifying; more than one is left only where
        nothing tells them apart.
        """
        wanted = tuple(name.split("."))
        lower = tuple(part.lower() for part in wanted)
        found = [
            table
            for table in self._by_name.get(lower[-1], ())
            if tuple(part.lower() for part in table.parts[-len(wanted) :]) == lower
        ]
        for best in (
            [table for table in found if table.parts[-len(wanted) :] == wanted],
            [table for table in found if table.current],
        ):
            found = best or found
        return found


_FAMILIES: Final = (
    (re.compile(r"\[\d*\]$|^array\b", re.I), Family.LIST),
    (re.compile(r"^timestamp.* with time zone$|^timestamptz", re.I), Family.ZONED),
    (re.compile(r"^(var|n|nvar|var2)?char|^varchar2|^character|^text|string|clob|^name$", re.I),
     Family.TEXT),
    (re.compile(r"^enum|^uuid|^user-defined", re.I), Family.NAMED),
    # What is always unknown, as a query has it, is unknown in every field.
    (re.compile(r'^"null"$|^void$|^unknown$', re.I), Family.NAMED),
    (re.compile(r"^u?(tiny|small|big|huge)?int(eger)?\d*\b|^serial|^long|^short|^byte$", re.I),
     Family.WHOLE),
    (re.compile(r"^(decimal|numeric|number)\(\d+, ?0\)|^(decimal|numeric|number)\(\d+\)$", re.I),
     Family.WHOLE),
    (re.compile(r"^(decimal|numeric|number|double|float|real)", re.I), Family.NUMBER),
    (re.compile(r"^bool", re.I), Family.BOOLEAN),
    (re.compile(r"^date$", re.I), Family.DATE),
    (re.compile(r"^(timestamp|datetime)", re.I), Family.MOMENT),
)  # fmt: skip


def family_of(type_name: str) -> Family:
    """What sort of value a type holds, by the name that a database gives it."""
    name = type_name.strip()
    return next((family for form, family in _FAMILIES if form.search(name)), Family.OTHER)


class Connection(Protocol):
    """A connection of the DB-API (PEP 249)."""

    def cursor(self) -> Any:
        """A cursor to run statements with."""


def schema_of_duckdb(connection: DuckDBPyConnection) -> Schema:
    """The tables and views of every database that a DuckDB connection has attached."""
    # A cursor would not see what is temporary.
    rows = connection.execute(
        "SELECT database_name, schema_name, table_name, column_name, data_type, "
        "(database_name = current_database() AND schema_name = current_schema()) "
        "OR database_name = 'temp' "
        "FROM duckdb_columns() WHERE NOT internal "
        "ORDER BY database_name, schema_name, table_name, column_index"
    ).fetchall()
    return _schema((row[:3], *row[3:]) for row in rows)


def schema_of_dbapi(connection: Connection) -> Schema:
    """The tables and views that a DB-API connection to PostgreSQL, or what is alike, can read.

    Materialised views are not among them, since PostgreSQL does not list them there.
    """
    cursor = connection.cursor()
    cursor.execute("SELECT current_schema()")
    current = cursor.fetchone()[0]
    cursor.execute(
        "SELECT table_schema, table_name, column_name, data_type, numeric_scale "
        "FROM information_schema.columns "
        "WHERE table_schema NOT IN ('information_schema', 'pg_catalog') "
        "ORDER BY table_schema, table_name, ordinal_position"
    )
    return _schema(
        (
            (schema, table),
            column,
            f"{type_}(38,0)" if type_ in ("numeric", "decimal") and scale == 0 else type_,
            schema == current,
        )
        for schema, table, column, type_, scale in cursor.fetchall()
    )


def schema_of_spark(session: Any, tables: Iterable[str]) -> Schema:
    """The tables and views of the names that a Spark session finds; others are passed over."""
    found = []
    for name in tables:
        parts = tuple(name.split("."))
        # Without quotation marks Spark takes names of ASCII letters only.
        quoted = ".".join(f"`{part}`" for part in parts)
        if session.catalog.tableExists(quoted):
            of_table = session.table(quoted).dtypes
            found += [(parts, column, type_, len(parts) == 1) for column, type_ in of_table]
    return _schema(found)


class UndescribedError(Exception):
    """A query that a database does not take: what it says against it."""


def described_by_duckdb(connection: DuckDBPyConnection, query: str) -> tuple[Column, ...]:
    """The columns of a query on DuckDB. Raises UndescribedError."""
    from duckdb import Error

    try:
        rows = connection.execute(f"DESCRIBE {query}").fetchall()
    except Error as error:
        raise UndescribedError(str(error)) from error
    return tuple(Column(name, type_, family_of(type_)) for name, type_, *_ in rows)


def described_by_dbapi(connection: Connection, query: str) -> tuple[Column, ...]:
    """The columns of a query through a DB-API connection to PostgreSQL. Raises UndescribedError.

    A transaction that is open goes on, also where the query is refused.
    """
    cursor = connection.cursor()
    kept = runs(cursor, f"SAVEPOINT {_SAVEPOINT}")  # each statement is committed by itself
    try:
        cursor.execute(f"SELECT * FROM ({query}\n) AS described LIMIT 0")
        columns = [(each[0], each[1]) for each in cursor.description]
    except Exception as error:  # drivers have no common one
        if kept:
            cursor.execute(f"ROLLBACK TO SAVEPOINT {_SAVEPOINT}")
        raise UndescribedError(str(error)) from error
    finally:
        if kept:
            cursor.execute(f"RELEASE SAVEPOINT {_SAVEPOINT}")
    codes = ", ".join(sorted({str(int(code)) for _, code in columns})) or "0"
    cursor.execute(
        "SELECT oid, CASE WHEN typtype = 'e' THEN 'USER-DEFINED' ELSE format_type(oid, NULL) END "
        f"FROM pg_catalog.pg_type WHERE oid IN ({codes})"
    )
    types = {int(code): str(type_) for code, type_ in cursor.fetchall()}
    return tuple(
        Column(name, types[int(code)], family_of(types[int(code)])) for name, code in columns
    )


_SAVEPOINT: Final = "policy_rules"


def runs(cursor: Any, statement: str) -> bool:
    """Run a statement, and say whether the database took it."""
    try:
        cursor.execute(statement)
    except Exception:  # drivers have no common one
        return False
    return True


def described_by_spark(session: Any, query: str) -> tuple[Column, ...]:
    """The columns of a query on Spark. Raises UndescribedError."""
    from pyspark.errors import PySparkException

    try:
        rows = session.sql(query).dtypes
    except PySparkException as error:
        raise UndescribedError(str(error)) from error
    return tuple(Column(name, type_, family_of(type_)) for name, type_ in rows)


def _schema(rows: Iterable[tuple[Any, ...]]) -> Schema:
    tables: dict[tuple[str, ...], tuple[list[Column], bool]] = {}
    for parts, name, type_, current in rows:
        columns, _ = tables.setdefault(tuple(parts), ([], bool(current)))
        columns.append(Column(name, type_, family_of(type_)))
    return Schema(
        tuple(Table(parts, tuple(columns), current) for parts, (columns, current) in tables.items())
    )
