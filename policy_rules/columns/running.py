"""A policy on the tables of a database: the answers stay there, in the system's own kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Protocol

from attrs import frozen

from ..engines.sql.dialects import DIALECTS, Dialect
from ..engines.sql.questions import FINDING
from ..engines.sql.reading import classes_of
from ..facts import Fact, FactError, Fault
from ..formats import Mapping
from ..language import ChoiceError
from ..policy import Policy
from .binding import bound
from .comments import Comments, comments_of_dbapi, comments_of_duckdb
from .data_checks import faults_of_data
from .mapped import MappedSource
from .queries import Queries, Question
from .schema import (
    Column,
    Schema,
    described_by_dbapi,
    described_by_duckdb,
    described_by_spark,
    schema_of_dbapi,
    schema_of_duckdb,
    schema_of_spark,
)
from .views import queries_of


class System(Protocol):
    """A database system: how it is read, and the kind of thing in which it gives rows."""

    @property
    def dialect(self) -> Dialect:
        """How it writes SQL."""

    def schema(self, names: Collection[str]) -> Schema:
        """The tables that there are; `names` are those that are looked for."""

    def described(self, query: str) -> tuple[Column, ...]:
        """The columns of a query, which is not run. Raises UndescribedError."""

    def comments(self) -> Comments:
        """What it says of its tables and columns in words."""

    def relation(self, sql: str, columns: Sequence[str]) -> Any:
        """The rows of a query in the system's own kind; it runs when they are used."""

    def rows(self, sql: str) -> list[Sequence[Any]]:
        """The rows of a query, fetched."""


class OnTables:
    """A policy on the tables of a database.

    What it gives are relations of the database system's own kind (a DuckDB relation, a Spark data
    frame, a SQLAlchemy selectable, a `Statement` of a DB-API connection), which run when they are
    used, and can be filtered, joined and written with the system's own tools.
    """

    def __init__(self, policy: Policy, system: System, queries: Queries) -> None:
        self.policy = policy
        self.queries = queries
        self._system = system

    def decisions(self, fact_class: type[Fact], name: str) -> Any:
        """A row for each fact: `id`, `value`, `cites`, `conflict`, `needs`."""
        return self._relation(self.queries.decision(fact_class, name))

    def verdicts(self, fact_class: type[Fact]) -> Any:
        """A row for each request: `id`, `outcome`, `reasons`, `missing_steps`, `exemptions`,
        `needs`."""
        return self._relation(self.queries.verdict(fact_class))

    def findings(self, fact_class: type[Fact] | None = None, cite: str | None = None) -> Any:
        """A row for each fact and duty: `id`, `cite`, `status`, `actual`, `required`, `shortfall`,
        `due`, `exemption`, `needs`; of all classes together, with their `collection` before."""
        if fact_class is None:
            return self._system.relation(self.queries.all_findings(), ("collection", *FINDING))
        return self._relation(self.queries.findings(fact_class, cite))

    @property
    def read_from(self) -> dict[type[Fact], str]:
        """The tables and queries that the facts of each class are read from."""
        sources = self.queries.sources.items()
        return {cls: each.read_from for cls, each in sources if isinstance(each, MappedSource)}

    def rows(self, question: Question) -> list[Sequence[Any]]:
        """The rows that answer one of the `queries.questions`, fetched."""
        return self._system.rows(self.queries.sql(question))

    def faults(self) -> list[Fault]:
        """What is wrong in the tables: ids that are missing or repeated, references that lead
        nowhere, values that fit no field. Each names the table, the field, how many, and one."""
        tables = {
            each: source
            for each, source in self.queries.sources.items()
            if isinstance(source, MappedSource)
        }
        complete = [each for each in tables if each.collection in self.queries.complete]
        return faults_of_data(self._system.rows, tables, self.queries.dialect, complete)

    def _relation(self, question: Question) -> Any:
        return self._system.relation(self.queries.sql(question), question.columns)


def on(
    policy: Policy,
    connection: Any,
    *,
    mapping: Mapping | None = None,
    complete: Collection[type[Fact]] = (),
) -> OnTables:
    """A policy on the tables that a connection reaches.

    `connection` is one of DuckDB, a Spark session, a SQLAlchemy engine or connection to PostgreSQL,
    or a DB-API connection to it. `mapping` says which tables and columns hold what; without one,
    they are found by the names of collections and fields. `complete` are the classes whose tables
    are whole, beside those that the mapping names. Nothing runs but a look at the schema and the
    code tables that the mapping names. Raises FactError with everything in which the mapping and
    the schema do not fit.
    """
    system = system_of(connection)
    faults: list[Fault] = []
    found = bound(mapping, system, classes_of(policy.regime), faults)
    try:
        queries = queries_of(policy, system.dialect, found.mapping, found.schema, complete)
    except FactError as error:
        raise FactError([*faults, *error.faults]) from None
    if faults:
        raise FactError(faults)
    return OnTables(policy, system, queries)


def system_of(connection: Any) -> System:
    """The database system that a connection is to. Raises ChoiceError for one of another kind."""
    module = type(connection).__module__.partition(".")[0]
    kinds: dict[str, Callable[[Any], System]] = {
        "duckdb": _DuckDB,
        "_duckdb": _DuckDB,
        "pyspark": _Spark,
        "sqlalchemy": _SQLAlchemy,
    }
    kind = kinds.get(module, _DBAPI if hasattr(connection, "cursor") else None)
    if kind is None:
        found = f"{type(connection).__module__}.{type(connection).__name__}"
        raise ChoiceError(
            (
                f"`connection` 应为 DuckDB、Spark、SQLAlchemy 或 DB-API 的连接，实为 `{found}`",
                f"`connection` is one of DuckDB, Spark, SQLAlchemy or the DB-API, found `{found}`",
            )
        )
    return kind(connection)


@frozen
class _DuckDB:
    connection: Any
    dialect: Dialect = DIALECTS["duckdb"]

    def schema(self, names: Collection[str]) -> Schema:
        return schema_of_duckdb(self.connection)

    def described(self, query: str) -> tuple[Column, ...]:
        return described_by_duckdb(self.connection, query)

    def comments(self) -> Comments:
        return comments_of_duckdb(self.connection)

    def relation(self, sql: str, columns: Sequence[str]) -> Any:
        return self.connection.sql(sql)

    def rows(self, sql: str) -> list[Sequence[Any]]:
        found: list[Sequence[Any]] = self.connection.execute(sql).fetchall()
        return found


@frozen
class _Spark:
    session: Any
    dialect: Dialect = DIALECTS["spark"]

    def schema(self, names: Collection[str]) -> Schema:
        return schema_of_spark(self.session, names)

    def described(self, query: str) -> tuple[Column, ...]:
        return described_by_spark(self.session, query)

    def comments(self) -> Comments:
        return {}

    def relation(self, sql: str, columns: Sequence[str]) -> Any:
        return self.session.sql(sql)

    def rows(self, sql: str) -> list[Sequence[Any]]:
        found: list[Sequence[Any]] = self.session.sql(sql).collect()
        return found


@frozen
class _SQLAlchemy:
    bind: Any
    dialect: Dialect = DIALECTS["postgres"]

    def schema(self, names: Collection[str]) -> Schema:
        with self._connected() as connection:
            return schema_of_dbapi(connection.connection)

    def described(self, query: str) -> tuple[Column, ...]:
        with self._connected() as connection:
            return described_by_dbapi(connection.connection, query)

    def comments(self) -> Comments:
        with self._connected() as connection:
            return comments_of_dbapi(connection.connection)

    def relation(self, sql: str, columns: Sequence[str]) -> Any:
        from sqlalchemy import column, text

        return text(sql.replace(":", r"\:")).columns(*map(column, columns))

    def rows(self, sql: str) -> list[Sequence[Any]]:
        with self._connected() as connection:
            # A driver takes what follows a per cent sign for a parameter.
            return list(connection.exec_driver_sql(sql.replace("%", "%%")))

    def _connected(self) -> AbstractContextManager[Any]:
        if hasattr(self.bind, "exec_driver_sql"):  # a connection, which its owner closes
            return nullcontext(self.bind)
        opened: AbstractContextManager[Any] = self.bind.connect()
        return opened


@frozen
class Statement:
    """A query on a DB-API connection; it runs each time that its rows are asked for."""

    connection: Any
    sql: str

    def __iter__(self) -> Iterator[Sequence[Any]]:
        cursor = self.connection.cursor()
        cursor.execute(self.sql)
        while rows := cursor.fetchmany(_AT_ONCE):
            yield from rows

    def into(self, table: str) -> None:
        """Make a table of the rows, where the database is; the connection's transaction stays."""
        self.connection.cursor().execute(f"CREATE TABLE {table} AS {self.sql}")


_AT_ONCE = 10_000


@frozen
class _DBAPI:
    connection: Any
    dialect: Dialect = DIALECTS["postgres"]

    def schema(self, names: Collection[str]) -> Schema:
        return schema_of_dbapi(self.connection)

    def described(self, query: str) -> tuple[Column, ...]:
        return described_by_dbapi(self.connection, query)

    def comments(self) -> Comments:
        return comments_of_dbapi(self.connection)

    def relation(self, sql: str, columns: Sequence[str]) -> Any:
        return Statement(self.connection, sql)

    def rows(self, sql: str) -> list[Sequence[Any]]:
        return list(Statement(self.connection, sql))
