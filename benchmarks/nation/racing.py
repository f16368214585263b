"""The engine's SQL for three clauses against what is written by hand, in SQL and with polars.

All make tables of the same answers in memory, in rounds that take turns. What is measured is the
time on the clock, and that of all processors together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from importlib.util import find_spec
from pathlib import Path
from random import Random
from statistics import median
from time import perf_counter, process_time
from typing import Final

from attrs import frozen
from duckdb import DuckDBPyConnection

from policy_rules import CriminalCase, OnTables, Station, Task
from policy_rules.facts import Fact
from policy_rules.tables.queries import Question

from ..inputs import SEED
from .auditing import Answered, on_nation, written
from .by_hand import BY_HAND
from .making import COMPLETE, write_parquet
from .opening import opened

CLAUSES: Final[Mapping[str, type[Fact]]] = {
    "duty_mode": Station,
    "case_scope": CriminalCase,
    "task_admission": Task,
}
MODEL: Final = "SQL by hand"
OURS: Final = "policy_rules"
_ON_FILES: Final = "from Parquet files"


@frozen
class Contestant:
    """One way to answer: `make` is timed, `write` writes the same answers into a Parquet file."""

    name: str
    make: Callable[[], object]
    write: Callable[[Path], object]


@frozen
class Raced:
    """The median seconds of a contestant: on the clock, and of all processors together."""

    name: str
    seconds: float
    processors: float


@frozen
class Race:
    """How many rows answer a question, and what each contestant took; or who answers otherwise."""

    rows: int
    raced: Sequence[Raced]
    different: Sequence[str] = ()


def raced(database: Path, directory: Path, rounds: int) -> dict[str, Race]:
    """Race on the nation in a DuckDB file; a directory is for its Parquet files and the answers.

    There are so many rounds, and up to ten times as many where they are short.
    """
    with ExitStack() as stack:
        tables = stack.enter_context(opened(database, read_only=True))
        files = stack.enter_context(opened())
        write_parquet(tables, directory)
        for name in COMPLETE:
            files.execute(f"CREATE VIEW {name} AS FROM '{directory / name}.parquet'")
        on_tables, on_files = on_nation(tables), on_nation(files)
        found = {}
        for clause, fact_class in CLAUSES.items():
            question = _question(on_tables, clause, fact_class)
            contestants = [
                _in_sql(MODEL, tables, _by_hand(clause, question)),
                _in_sql(OURS, tables, on_tables.queries.sql(question)),
                _in_sql(f"{OURS}, {_ON_FILES}", files, on_files.queries.sql(question)),
                *_with_polars(clause, question, directory),
            ]
            different, rows = _different(contestants, directory, files)
            figures = [] if different else _timed(contestants, rounds * _times(rows))
            found[clause] = Race(rows, figures, different)
        return found


def checked_twice(database: Path, directory: Path) -> Answered:
    """The verdicts on twice as many tasks as there are, written into a Parquet file."""
    with opened(directory / "twice.duckdb") as connection:
        connection.execute(f"ATTACH '{database}' AS nation (READ_ONLY)")
        connection.execute(
            "CREATE TABLE tasks AS FROM nation.tasks"
            " UNION ALL SELECT * REPLACE ('again-' || id AS id) FROM nation.tasks"
        )
        connection.execute("DETACH nation")
        tables = on_nation(connection)
        start = perf_counter()
        sql = tables.queries.sql(tables.queries.verdict(Task))
        rows = written(connection, sql, directory / "twice.parquet")
        return Answered(1, rows, perf_counter() - start)


def _question(tables: OnTables, clause: str, fact_class: type[Fact]) -> Question:
    if fact_class is Station:
        return tables.queries.decision(fact_class, clause)
    return tables.queries.verdict(fact_class)


def _by_hand(clause: str, question: Question) -> str:
    """The SQL by hand in the columns of the question: it knows no exemptions."""
    columns = ", ".join("'' AS exemptions" if name == "exemptions" else name
                        for name in question.columns)  # fmt: skip
    return f"SELECT {columns} FROM ({BY_HAND[clause]})"


def _in_sql(name: str, connection: DuckDBPyConnection, sql: str) -> Contestant:
    return Contestant(
        name,
        lambda: connection.execute(f"CREATE OR REPLACE TEMP TABLE answers AS {sql}"),
        lambda file: written(connection, sql, file),
    )


def _with_polars(clause: str, question: Question, directory: Path) -> Iterator[Contestant]:
    if find_spec("polars") is None:  # it is installed for the benchmarks only
        return
    from polars import lit

    from .with_polars import WITH_POLARS

    frame = WITH_POLARS[clause](directory)
    if "exemptions" in question.columns:
        frame = frame.with_columns(exemptions=lit(""))
    frame = frame.select(question.columns)
    yield Contestant(
        f"polars by hand, {_ON_FILES}",
        frame.collect,
        lambda file: frame.collect().write_parquet(file),
    )


def _different(
    contestants: Sequence[Contestant], directory: Path, connection: DuckDBPyConnection
) -> tuple[list[str], int]:
    """Those who do not answer as the first does, and how many answers that gives."""
    paths = [directory / f"answers-{place}.parquet" for place in range(len(contestants))]
    for contestant, path in zip(contestants, paths, strict=True):
        contestant.write(path)
    model, *others = (f"FROM '{path}'" for path in paths)
    rows = _number(connection, model)
    return [
        contestant.name
        for contestant, other in zip(contestants[1:], others, strict=True)
        if _number(connection, other) != rows
        or _number(connection, f"FROM (({model}) EXCEPT ({other}))")
        or _number(connection, f"FROM (({other}) EXCEPT ({model}))")
    ], rows


def _number(connection: DuckDBPyConnection, rows: str) -> int:
    [(number,)] = connection.execute(f"SELECT count(*) FROM ({rows})").fetchall()
    return int(number)


def _times(rows: int) -> int:
    """More rounds where there are few rows, of which each alone says less."""
    return min(10, 1 + 1_000_000 // rows)


def _timed(contestants: Sequence[Contestant], rounds: int) -> list[Raced]:
    order = list(contestants)
    random = Random(SEED)
    seconds: dict[str, list[float]] = {each.name: [] for each in contestants}
    processors: dict[str, list[float]] = {each.name: [] for each in contestants}
    for contestant in contestants:  # what is compiled or read when first met
        contestant.make()
    for _ in range(rounds):
        random.shuffle(order)
        for contestant in order:
            on_the_clock, used = perf_counter(), process_time()
            contestant.make()
            seconds[contestant.name].append(perf_counter() - on_the_clock)
            processors[contestant.name].append(process_time() - used)
    return [
        Raced(each.name, median(seconds[each.name]), median(processors[each.name]))
        for each in contestants
    ]
