"""The audit of the nation by every clause, on DuckDB, its answers written into Parquet files."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from time import perf_counter
from typing import Final

from attrs import frozen
from duckdb import DuckDBPyConnection

from policy_rules import OnTables, load, on
from policy_rules.engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from policy_rules.police import POLICE
from policy_rules.tables.queries import Question

from ..contestants.ours import DIRECTIVE
from ..inputs import AS_BY_HAND
from .apart import most_memory
from .making import AS_OF, COMPLETE, make_nation
from .opening import opened

KINDS: Final[Mapping[tuple[str, ...], str]] = {
    FINDING: "findings",
    VERDICT: "verdicts",
    DECISION: "decisions",
    AGREEMENT: "agreements",
}


@frozen
class Answered:
    """How many questions of one kind were asked, the rows that answer, and the seconds it took."""

    questions: int
    rows: int
    seconds: float


@frozen
class Audited:
    """What an audit took: its parts by kind, the seconds in all, and gigabytes at most."""

    parts: Mapping[str, Answered]
    seconds: float
    memory: float

    @property
    def answers(self) -> int:
        """How many answers there were."""
        return sum(part.rows for part in self.parts.values())


def made(database: Path, scale: float) -> dict[str, int]:
    """Make the nation in a DuckDB file; how many facts there are of each collection.

    No officer's station is unknown: one would be on the roster of every station.
    """
    with opened(database) as connection:
        make_nation(connection, scale=scale, unlinked=0)
        found = {}
        for name in COMPLETE:
            [(number,)] = connection.execute(f"SELECT count(*) FROM {name}").fetchall()
            found[name] = number
        return found


def on_nation(connection: DuckDBPyConnection) -> OnTables:
    """The directive on the nation's tables, which are whole lists."""
    policy = load(DIRECTIVE).policy(as_of=AS_OF, **AS_BY_HAND)
    return on(policy, connection, complete=POLICE.classes)


def audited(database: Path, directory: Path) -> Audited:
    """Ask everything, and write a file of answers for each question into a directory."""
    start = perf_counter()
    with opened(database, read_only=True) as connection:
        tables = on_nation(connection)
        asked: dict[str, list[Question]] = {kind: [] for kind in KINDS.values()}
        for question in tables.queries.questions.values():
            asked[KINDS[question.columns]].append(question)
        parts = {
            kind: _answered(questions, tables, connection, directory)
            for kind, questions in asked.items()
        }
    return Audited(parts, perf_counter() - start, most_memory())


def _answered(
    questions: list[Question],
    tables: OnTables,
    connection: DuckDBPyConnection,
    directory: Path,
) -> Answered:
    start = perf_counter()
    rows = sum(
        written(connection, tables.queries.sql(question), directory / f"{question.name}.parquet")
        for question in questions
    )
    return Answered(len(questions), rows, perf_counter() - start)


def written(connection: DuckDBPyConnection, sql: str, file: Path) -> int:
    """Write the rows of a query into a Parquet file; how many there are."""
    [(rows,)] = connection.execute(f"COPY ({sql}) TO '{file}' (FORMAT parquet)").fetchall()
    return int(rows)
