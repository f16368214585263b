"""Connections to DuckDB for the benchmarks."""

from __future__ import annotations

from pathlib import Path

import duckdb
from duckdb import DuckDBPyConnection


def opened(
    database: Path | None = None, *, read_only: bool = False, threads: int | None = None
) -> DuckDBPyConnection:
    """A connection to a file, or to memory, on all processors or so many threads.

    It shows no progress: DuckDB would write that among what is printed.
    """
    connection = duckdb.connect(str(database or ":memory:"), read_only=read_only)
    connection.execute("SET enable_progress_bar = false")
    if threads is not None:
        connection.execute(f"SET threads = {threads}")
    return connection
