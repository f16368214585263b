"""A policy on the tables of a database: the answers stay there, in the system's own kind."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import Any, Final, Protocol

from attrs import frozen

from ..engines.columns import AGREEMENT, FINDING
from ..engines.lists import ListCoverage, coverages
from ..engines.sql.databases import DIALECTS
from ..engines.sql.dialects import Dialect
from ..engines.sql.reading import classes_of
from ..facts import Attestation, Exemption, Fact, FactError, Fault
from ..formats import Mapping
from ..formats.tolerating import Tolerated
from ..language import ChoiceError
from ..policy import LoadedDirective, Policy
from .attested import faults_of_exemptions
from .binding import bound
from .comments import Comments, comments_of_dbapi, comments_of_duckdb
from .data_checks import wrong_in_data
from .fetching import Fetching
from .lists import ListsInTables
from .mapped import sources_found
from .placing import Placing
from .queries import Queries, Question, whole_lists, years_read
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
from .tolerating import Sources, tolerant, tolerated_of
from .wrong_rows import FoundWrong

_NOTHING: Final = Tolerated()


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
    used, and can be filtered, joined and written with the system's own tools. `tolerated` is what
    was found wrong in the tables and passed over.
    """

    def __init__(
        self,
        policy: Policy,
        tables: FoundTables,
        sources: Sources,
        complete: Iterable[type[Fact]],
        tolerated: Tolerated = _NOTHING,
    ) -> None:
        self.policy = policy
        self.tolerated = tolerated
        self.queries = Queries(policy, tables.system.dialect, sources, complete)
        self._system = tables.system
        self._tables = tables

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

    def agreements(self, fact_class: type[Fact] | None = None, cite: str | None = None) -> Any:
        """A row for each fact and rule under which two accounts should say the same: `id`, `cite`,
        `status`, `first`, `second`, `needs`; of all classes together, with their `collection`
        before."""
        if fact_class is None:
            columns = ("collection", *AGREEMENT)
            return self._system.relation(self.queries.all_agreements(), columns)
        return self._relation(self.queries.agreements(fact_class, cite))

    def lists(self) -> tuple[ListCoverage, ...]:
        """How much of each list that the text speaks of the tables have; it runs at once."""
        return coverages(self.policy.regime, ListsInTables(self.queries, self._system.rows))

    @property
    def facts(self) -> Fetching:
        """What fetches facts from the tables."""
        queries = self.queries
        return Fetching(
            self._system.rows,
            queries.sources,
            queries.dialect,
            years_read(self.policy),
            queries.complete,
        )

    def placing(self, body: type[Fact]) -> Placing:
        """What says to which bodies of a class the rows belong."""
        return Placing(self.queries.sources, self.queries.dialect, body)

    @property
    def read_from(self) -> dict[type[Fact], str]:
        """The tables and queries that the facts of each class are read from."""
        return {cls: each.read_from for cls, each in self._tables.sources.items()}

    def rows(self, question: Question) -> list[Sequence[Any]]:
        """The rows that answer one of the `queries.questions`, fetched."""
        return self._system.rows(self.queries.sql(question))

    def faults(self) -> list[Fault]:
        """What is wrong in the tables: ids that are missing or repeated, references that lead
        nowhere, values that fit no field, attestations that hit nothing.

        Each says where, how often, and gives ten values with the ids of the first rows.
        """
        return self._tables.told(self._tables.wrong())

    def each_fault(self) -> Iterator[Fault]:
        """The same, a fault for each row."""
        for found in self._tables.wrong():
            yield from found.each(self._system.rows, self._system.dialect)

    def _relation(self, question: Question) -> Any:
        return self._system.relation(self.queries.sql(question), question.columns)


def on(
    policy: Policy,
    connection: Any,
    *,
    mapping: Mapping | None = None,
    complete: Collection[type[Fact] | str] = (),
    tolerate: bool = False,
) -> OnTables:
    """A policy on the tables that a connection reaches.

    `connection` is one of DuckDB, a Spark session, a SQLAlchemy engine or connection to PostgreSQL,
    or a DB-API connection to it. `mapping` says which tables and columns hold what; without one,
    they are found by the names of collections and fields. `complete` are the classes whose tables
    are whole, or the names of their lists, beside those that the mapping names. Nothing runs but a
    look at the schema and the code tables that the mapping names.

    With `tolerate` the data are looked at too: what cannot be read is unknown, a row without a
    sound id is left out and its list not whole, and no answer is settled otherwise than with the
    right data. Raises ChoiceError for what is none of these, FactError with everything in which the
    mapping and the schema do not fit, and with `tolerate` for exemptions and attestations that are
    wrong.
    """
    found = found_tables(policy, connection, mapping, complete)
    if found.faults:
        raise FactError(found.faults)
    return found.tolerant() if tolerate else OnTables(policy, found, found.sources, found.complete)


@frozen
class FoundTables:
    """The tables that a policy can be put on, and in `faults` what is wrong with their columns."""

    policy: Policy
    system: System
    sources: Sources
    complete: frozenset[type[Fact]]
    faults: tuple[Fault, ...]

    @property
    def readable(self) -> Sources:
        """The tables whose rows have ids, each of several that give a class."""
        return {
            cls: source
            for cls, source in self.sources.items()
            if all("id" in part.columns for part in source.parts)
        }

    def wrong(self) -> list[FoundWrong]:
        """What is wrong in the data of the tables that can be read."""
        return wrong_in_data(
            self.system.rows,
            self.readable,
            self.system.dialect,
            self.complete,
            self.policy.rules.attested,
        )

    def faults_of(self, exemptions: Iterable[Exemption]) -> list[Fault]:
        """What is wrong with exemptions of the facts in the tables."""
        system = self.system
        found = faults_of_exemptions(
            exemptions, Exemption.collection, self.readable, system.rows, system.dialect,
            self.complete,
        )  # fmt: skip
        return [*found]

    def told(self, wrong: Iterable[FoundWrong]) -> list[Fault]:
        """Faults of what is wrong."""
        return [fault for of in wrong for fault in of.faults(self.system.rows, self.system.dialect)]

    def tolerant(self, wrong: Sequence[FoundWrong] | None = None) -> OnTables:
        """The policy on the tables in spite of what is `wrong` in them, which else is looked for.

        Raises FactError for what would mean another thing if it were passed over.
        """
        found = self.wrong() if wrong is None else wrong
        refused = self.told(each for each in found if each.wrong.fact_class is Attestation)
        refused += self.faults_of(self.policy.exemptions)
        if refused:
            raise FactError(refused)
        if not found:
            return OnTables(self.policy, self, self.sources, self.complete)
        tolerated = tolerated_of(
            found, self.told(found), self.sources, self.system.rows, self.system.dialect
        )
        policy = LoadedDirective(self.policy.rules).policy(
            as_of=self.policy.as_of,
            readings=self.policy.readings,
            parameters=self.policy.regime.parameters,
            exemptions=self.policy.exemptions,
            engine=self.policy.engine,
            lost=tolerated.lost,
        )
        whole = [cls for cls in self.complete if (cls, "id") not in tolerated.lost]
        sources = tolerant(self.sources, found, self.system.dialect)
        return OnTables(policy, self, sources, whole, tolerated)


def found_tables(
    policy: Policy,
    connection: Any,
    mapping: Mapping | None,
    complete: Collection[type[Fact] | str],
) -> FoundTables:
    """The tables of a policy, as far as the schema has them."""
    whole = whole_lists(policy, mapping, complete)
    system = system_of(connection)
    faults: list[Fault] = []
    classes = classes_of(policy.regime)
    schemed = bound(mapping, system, classes, faults)
    years = years_read(policy)
    sources = sources_found(schemed.mapping, schemed.schema, classes, years, system.dialect, faults)
    return FoundTables(policy, system, sources, frozenset(whole), tuple(faults))


# Drivers of systems on which no rules are run, by their modules and by SQLAlchemy's names.
_OTHER_SYSTEMS: Final = {
    "sqlite3": "SQLite", "sqlite": "SQLite", "pysqlite2": "SQLite", "aiosqlite": "SQLite",
    "pymysql": "MySQL", "MySQLdb": "MySQL", "mysql": "MySQL", "mariadb": "MariaDB",
    "oracledb": "Oracle", "cx_Oracle": "Oracle", "oracle": "Oracle", "dmPython": "DM",
    "pymssql": "SQL Server", "mssql": "SQL Server",
}  # fmt: skip


def system_of(connection: Any) -> System:
    """The database system that a connection is to. Raises ChoiceError for one of another kind."""
    module = type(connection).__module__.partition(".")[0]
    spoken = getattr(getattr(connection, "dialect", None), "name", "")  # to SQLAlchemy
    other = _OTHER_SYSTEMS.get(spoken if module == "sqlalchemy" else module)
    if other is not None:
        raise ChoiceError(
            (
                f"不能在 {other} 上运行规则；请用 DuckDB 读取这些表（`ATTACH`，或先导出为 "
                "Parquet），`to_sql` 可写出部分其他数据库的视图",
                f"rules are not run on {other}; read its tables with DuckDB (`ATTACH`, or Parquet "
                "that was exported); `to_sql` prints views for some other systems",
            )
        )
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
    system = kind(connection)
    if system.dialect.name == "postgres":
        _require_mode(system)
    return system


def _require_mode(system: System) -> None:
    """Refuse databases that take PostgreSQL's drivers and mean otherwise what its SQL says."""
    ((means_otherwise,),) = system.rows("SELECT '' IS NULL OR 3 / 2 <> 1")
    if means_otherwise:
        raise ChoiceError(
            (
                "应为 PostgreSQL 模式的数据库，实际空文字是 `NULL`，或 `3 / 2` 不是 1；"
                "请用该模式建库（openGauss、金仓都有），再把数据放进去",
                "expected a database in the mode of PostgreSQL, found one in which the empty text "
                "is `NULL`, or `3 / 2` is not 1; create one in that mode (openGauss and KingbaseES "
                "have it) for the data",
            )
        )


@frozen
class _DuckDB:
    connection: Any
    dialect: Dialect = DIALECTS["duckdb"]

    def schema(self, names: Collection[str]) -> Schema:
        # It is how literals are compared, too.
        ((collation,),) = self.rows("SELECT current_setting('default_collation')")
        if collation:
            raise ChoiceError(
                (
                    f"DuckDB 的 `default_collation` 应为空，实为 {collation!r}；编号须逐字比较，"
                    "请执行 `SET default_collation = ''`",
                    f"expected no `default_collation` of DuckDB, found {collation!r}; ids are "
                    "compared letter by letter, so `SET default_collation = ''`",
                )
            )
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
