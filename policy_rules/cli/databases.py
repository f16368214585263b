"""Opening the tables that FACTS name, and writing answers: DuckDB, and PostgreSQL beside it."""

from __future__ import annotations

import glob
import os
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from importlib import import_module
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any, Final, NamedTuple, Protocol

from attrs import frozen

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..formats.decoding import unknown_word
from .addresses import is_address
from .locations import (
    PARQUET,
    file_of,
    is_parquet,
    is_postgres,
    parquet_files,
    shown_name,
    unlike_url,
)

if TYPE_CHECKING:
    from duckdb import DuckDBPyConnection

_AT_ONCE: Final = 10_000
# Under which name Parquet files of answers say what these rest on.
HEAD: Final = "policy_rules"


class Database(Protocol):
    """An open database; its `connection` is one that a policy can be put on.

    `local` is a DuckDB that reads and writes Parquet, in which `scratch` is for what passes.
    """

    @property
    def connection(self) -> Any: ...

    @property
    def local(self) -> DuckDBPyConnection: ...

    @property
    def scratch(self) -> Path: ...

    def stream(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, a few at a time."""

    def export(self, sql: str, columns: Mapping[str, str], file: Path) -> None:
        """Write the rows of a query to a Parquet file; `columns` are their names and types."""

    def create(self, statements: Iterable[str]) -> None:
        """Run statements that all hold, or none of them."""


@contextmanager
def opened(facts: str, names: Collection[str], writing: bool) -> Iterator[Database]:
    """Open what FACTS name, until the context ends.

    `names` are those that a Parquet file can have, without its suffix; `writing` says that tables
    are to be made. Raises FactError for what cannot be opened, and for what goes wrong later.
    """
    with ExitStack() as stack:
        if is_postgres(facts):
            yield from _postgres(facts, writing, stack)
        elif not is_address(facts) and (is_parquet(facts) or Path(facts).is_dir()):
            if writing:
                raise FactError([_no_database(facts)])
            yield from _parquet(facts, names, stack)
        else:
            yield from _duckdb(facts, file_of(facts), writing, stack)


def _parquet(facts: str, names: Collection[str], stack: ExitStack) -> Iterator[Database]:
    location = Path(facts)
    if not location.exists():
        raise FactError([_absent(facts)])
    alone = location.suffix.lower() == PARQUET
    files = [location] if alone else parquet_files(location)
    connection, scratch, error = _local(facts, None, True, stack)
    faults = [] if alone else list(_other_files(location))
    known = {name.lower() for name in names}
    for file in files:
        if file.stem.lower() not in known:
            word = "列表（文件名）", "collection as its name"
            faults.append(unknown_word(file.name, file.stem, names, *word))
            continue
        try:
            _make_view(connection, file)
        except error as wrong:
            faults.append(_unlike_parquet(file.name, wrong))
    if faults:
        raise FactError(faults)
    with _told(facts, error):
        yield _DuckDB(connection, connection, scratch)


def _make_view(connection: DuckDBPyConnection, file: Path) -> None:
    """Make a view of a Parquet file, or of a directory of its parts, that has its name."""
    schema, _, table = file.stem.rpartition(".")
    pattern = pattern_of(str(file), "/*" + PARQUET if file.is_dir() else "")
    name = quoted_name(table)
    if schema:
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {quoted_name(schema)}")
        name = f"{quoted_name(schema)}.{name}"
    connection.execute(f"CREATE VIEW {name} AS SELECT * FROM read_parquet({pattern})")


def _duckdb(facts: str, file: Path, writing: bool, stack: ExitStack) -> Iterator[Database]:
    if not file.is_file():
        raise FactError([_absent(facts)])
    connection, scratch, error = _local(facts, file, not writing, stack)
    with _told(facts, error):
        yield _DuckDB(connection, connection, scratch)


def _postgres(facts: str, writing: bool, stack: ExitStack) -> Iterator[Database]:
    psycopg: Any = import_module("psycopg")
    local, scratch, local_error = _local(facts, None, True, stack)
    try:
        connection = stack.enter_context(psycopg.connect(facts))
    except psycopg.ProgrammingError as error:
        # What it says quotes the URL, which may hold a password.
        raise FactError([unlike_url(facts)]) from error
    except psycopg.Error as error:
        raise FactError([_unreachable(facts, error)]) from error
    # What would be compiled for a query of so many expressions takes longer than the query.
    connection.execute(
        "SELECT set_config(name, 'off', false) FROM pg_catalog.pg_settings WHERE name = 'jit'"
    )
    connection.commit()
    # Every question is asked of the same state, whatever others write meanwhile.
    connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    connection.read_only = not writing
    with _told(facts, psycopg.Error), _told(facts, local_error):
        yield _Postgres(connection, local, scratch)


def _local(
    facts: str, file: Path | None, read_only: bool, stack: ExitStack
) -> tuple[DuckDBPyConnection, Path, type[Exception]]:
    """A connection of DuckDB, a directory that it may fill, and what it raises."""
    import duckdb

    scratch = Path(stack.enter_context(TemporaryDirectory(prefix="policy-rules-")))
    try:
        if file is None:
            connection = duckdb.connect()
        else:
            connection = duckdb.connect(str(file), read_only=read_only)
    except duckdb.Error as error:
        raise FactError([_not_opened(facts, error)]) from error
    stack.callback(connection.close)
    connection.execute(f"SET temp_directory = {literal(str(scratch))}")
    # Its own bar goes to standard output, where the answers are.
    connection.execute("SET enable_progress_bar = false")
    return connection, scratch, duckdb.Error


@frozen
class _DuckDB:
    connection: DuckDBPyConnection
    local: DuckDBPyConnection
    scratch: Path

    def stream(self, sql: str) -> Iterator[Sequence[Any]]:
        yield from _fetched(self.connection.execute(sql))

    def export(self, sql: str, columns: Mapping[str, str], file: Path) -> None:
        self.connection.execute(f"COPY ({sql}) TO {literal(str(file))} (FORMAT parquet)")

    def create(self, statements: Iterable[str]) -> None:
        self.connection.execute("BEGIN TRANSACTION")
        for statement in statements:
            self.connection.execute(statement)
        self.connection.execute("COMMIT")


def _fetched(found: DuckDBPyConnection) -> Iterator[Sequence[Any]]:
    while rows := found.fetchmany(_AT_ONCE):
        yield from rows


@frozen
class _Postgres:
    connection: Any
    local: DuckDBPyConnection
    scratch: Path

    def stream(self, sql: str) -> Iterator[Sequence[Any]]:
        # A cursor with a name is kept by the server, which sends the rows as they are asked for.
        with self.connection.cursor(name="answers") as cursor:
            cursor.execute(sql)
            while rows := cursor.fetchmany(_AT_ONCE):
                yield from rows

    def export(self, sql: str, columns: Mapping[str, str], file: Path) -> None:
        passed = self.scratch / "passed.csv"
        # With every text in quotation marks, the empty one is told from NULL.
        statement = f"COPY ({sql}) TO STDOUT (FORMAT csv, FORCE_QUOTE *)"
        with (
            passed.open("wb") as stream,
            self.connection.cursor() as cursor,
            cursor.copy(statement) as copy,
        ):
            for block in copy:
                stream.write(block)
        types = ", ".join(f"{literal(name)}: {literal(type_)}" for name, type_ in columns.items())
        read = (
            f"SELECT * FROM read_csv({literal(str(passed))}, header = false, auto_detect = false, "
            f"delim = ',', quote = '\"', escape = '\"', allow_quoted_nulls = false, "
            f"columns = {{{types}}})"
        )
        self.local.execute(f"COPY ({read}) TO {literal(str(file))} (FORMAT parquet)")
        passed.unlink()

    def create(self, statements: Iterable[str]) -> None:
        with self.connection.transaction(), self.connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        self.connection.commit()


def write_parquet(
    database: Database,
    files: Mapping[str, tuple[Iterable[str], Mapping[str, str]]],
    head: str = "",
) -> None:
    """Write the rows of all queries of each Parquet file, all files as a whole or none of them.

    `files` have, by their names, the queries and the names and types of the columns; `head` is kept
    among what Parquet files say of themselves. Raises FactError for a file that cannot be written.
    """
    said = f", KV_METADATA {{{HEAD}: {literal(head)}}}" if head else ""
    ready: dict[str, tuple[Path, Path]] = {}
    try:
        for output, (queries, columns) in files.items():
            target = Path(os.path.realpath(output))
            scratch = target.with_name(f".{target.name[:100]}.{os.getpid()}.partial")
            parts = []
            for number, query in enumerate(queries):
                parts.append(database.scratch / f"{len(ready)}-{number}{PARQUET}")
                database.export(query, columns, parts[-1])
            with _writing(output), scratch.open("xb"):  # what keeps it from it is said as elsewhere
                ready[output] = scratch, target
            listed = ", ".join(pattern_of(str(part)) for part in parts)
            database.local.execute(
                f"COPY (SELECT * FROM read_parquet([{listed}])) TO {literal(str(scratch))} "
                f"(FORMAT parquet{said})"
            )
        for output, (scratch, target) in ready.items():
            with _writing(output):
                scratch.replace(target)
    finally:
        for scratch, _ in ready.values():
            scratch.unlink(missing_ok=True)


@contextmanager
def _writing(output: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise FactError([_unwritable(output, error.strerror or str(error))]) from error


def local_rows(database: Database, sql: str) -> Iterator[Sequence[Any]]:
    """The rows of a query over Parquet files that were written, a few at a time."""
    yield from _fetched(database.local.execute(sql))


class ParquetAnswers(NamedTuple):
    """A Parquet file of answers: its head ("" where it has none), its columns, and its relation."""

    head: str
    columns: list[str]
    relation: str


# The column of such a relation by which its rows are in the order of the file.
PLACE: Final = "file_row_number"


@contextmanager
def parquet_answers(
    files: Iterable[str],
) -> Iterator[tuple[Callable[[str], Iterator[Sequence[Any]]], list[ParquetAnswers]]]:
    """What gives the rows of a query, and of each Parquet file of answers what it is.

    Raises FactError for all that are no Parquet files.
    """
    with ExitStack() as stack:
        connection, _, error = _local("", None, True, stack)
        found, faults = [], []
        for file in files:
            pattern = pattern_of(file)
            relation = f"read_parquet({pattern}, file_row_number = true)"
            try:
                heads = connection.execute(
                    f"SELECT DECODE(value) FROM parquet_kv_metadata({pattern}) "
                    f"WHERE DECODE(key) = {literal(HEAD)}"
                ).fetchall()
                given = connection.execute(f"SELECT * FROM {relation} LIMIT 0").description
            except error as wrong:
                faults.append(_unlike_parquet(file, wrong))
                continue
            columns = [each[0] for each in given if each[0] != PLACE]
            found.append(ParquetAnswers(heads[0][0] if heads else "", columns, relation))
        if faults:
            raise FactError(faults)
        yield lambda sql: _fetched(connection.execute(sql)), found


@contextmanager
def with_rows(
    tables: Iterable[tuple[Mapping[str, str], Iterable[Sequence[Any]]]],
) -> Iterator[tuple[Database, list[str]]]:
    """A database that has only these tables, and what it calls them.

    Each has the names and types of its columns, and its rows.
    """
    with ExitStack() as stack:
        connection, scratch, _ = _local("", None, True, stack)
        names: list[str] = []
        for columns, rows in tables:
            names.append(f"rows_{len(names)}")
            listed = ", ".join(f"{quoted_name(name)} {type_}" for name, type_ in columns.items())
            connection.execute(f"CREATE TABLE {names[-1]} ({listed})")
            given = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
            left = iter(rows)
            while some := list(islice(left, _AT_ONCE)):
                values = [list(column) for column in zip(*some, strict=True)]
                connection.execute(f"INSERT INTO {names[-1]} SELECT {given}", values)
        yield _DuckDB(connection, connection, scratch), names


def pattern_of(path: str, rest: str = "") -> str:
    """The pattern, as SQL writes it, that a path alone fits, whatever letters it has."""
    return literal(glob.escape(path) + rest)


def literal(text: str) -> str:
    """A text as SQL writes it."""
    return "'" + text.replace("'", "''") + "'"


def quoted_name(name: str) -> str:
    """A name as SQL writes it, whatever letters it has; one with a dot is qualified."""
    return ".".join('"' + part.replace('"', '""') + '"' for part in name.split("."))


@contextmanager
def _told(facts: str, kind: type[Exception]) -> Iterator[None]:
    """What a database refuses, as a fault of it; but who interrupts it has seen enough."""
    try:
        yield
    except (kind, RuntimeError) as error:
        if "interrupted" in str(error).lower():  # DuckDB's own word for an interrupt
            raise KeyboardInterrupt from error
        if not isinstance(error, kind):
            raise
        raise FactError([_refused(facts, error)]) from error


def _reason(error: Exception) -> str:
    """The first line of what a database says."""
    lines = [" ".join(line.split()) for line in str(error).splitlines() if line.strip()]
    return lines[0].rstrip(".") if lines else type(error).__name__


def _refused(facts: str, error: Exception) -> Fault:
    reason = _reason(error)
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"数据库未能回答（{reason}）；请据此处理后重试",
        en=f"the database could not answer ({reason}); see to that and try again",
    )


def _not_opened(facts: str, error: Exception) -> Fault:
    reason = _reason(error)
    if "lock" in reason.lower():
        return Fault(
            place=shown_name(facts),
            code=FaultCode.UNREADABLE_FILE,
            zh=f"文件已被其他程序打开（{reason}）；请在那里关闭后重试",
            en=f"another program has the file open ({reason}); close it there and try again",
        )
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 DuckDB 文件，无法打开（{reason}）；请检查文件、其版本和权限",
        en=f"expected a DuckDB file, found one that cannot be opened ({reason}); "
        "check the file, its version and its permissions",
    )


def _unreachable(facts: str, error: Exception) -> Fault:
    reason = _reason(error)
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"无法连接（{reason}）；请检查服务器、数据库名、用户和密码",
        en=f"it cannot be reached ({reason}); "
        "check the server, the name of the database, the user and the password",
    )


def _absent(facts: str) -> Fault:
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh="应为 Parquet 文件、目录或 DuckDB 文件，实际不存在；请检查路径",
        en="expected Parquet files or a DuckDB file, found nothing; check the path",
    )


def _other_files(location: Path) -> Iterator[Fault]:
    others = sorted(path.name for path in location.iterdir() if path.suffix.lower() == ".csv")
    if others:
        yield Fault(
            place=location.name or str(location),
            code=FaultCode.UNREADABLE_FILE,
            zh=f"应只有 Parquet 文件，还有 CSV 文件（如 `{others[0]}`）；请把两者分放在不同目录",
            en=f"expected Parquet files only, found CSV files too (such as `{others[0]}`); "
            "put each kind in a directory of its own",
        )


def _unlike_parquet(place: str, error: Exception) -> Fault:
    reason = _reason(error)
    return Fault(
        place=place,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 Parquet 文件，此处有误（{reason}）；请重新导出",
        en=f"expected a Parquet file, found an error ({reason}); export it again",
    )


def _no_database(facts: str) -> Fault:
    return Fault(
        place="--into",
        code=FaultCode.WRONG_USAGE,
        zh=f"{shown_name(facts)} 是 Parquet，没有可写回的数据库；请改用 --output 文件名.parquet",
        en=f"{shown_name(facts)} is Parquet, and no database to write back to; "
        "use --output NAME.parquet",
    )


def _unwritable(output: str, reason: str) -> Fault:
    return Fault(
        place=f"--output {output}",
        code=FaultCode.WRONG_USAGE,
        zh=f"无法写入（{reason}）；请检查路径和权限",
        en=f"it cannot be written ({reason}); check the path and its permissions",
    )
