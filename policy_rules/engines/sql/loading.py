"""Facts as tables of a DuckDB database in memory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import count
from typing import Any, Final

import duckdb

from ...facts import Fact, FieldSpec, Kind, fields_of
from .sources import (
    CODE_CLOSES,
    CODE_OPENS,
    codes_text,
    columns_of,
    mask_of,
)

_ROWS_AT_ONCE: Final = 50_000
_NUMBERS: Final = count(1)


@cache
def _opened(process: int) -> duckdb.DuckDBPyConnection:
    """What the databases of a process are attached to: a child goes on with none of its parent's.

    To attach one takes a fiftieth of the time that it takes to open one.
    """
    return duckdb.connect(":memory:", config={"threads": 1})


def attached() -> duckdb.DuckDBPyConnection:
    """A new database in memory, with no table."""
    name = f"facts_{next(_NUMBERS)}"
    connection = _opened(os.getpid()).cursor()
    connection.execute("SET enable_progress_bar = false")
    connection.execute(f"ATTACH ':memory:' AS {name}")
    connection.execute(f"USE {name}")
    return connection


def detach(connection: duckdb.DuckDBPyConnection) -> None:
    """Give up a database, with its tables."""
    row = connection.execute("SELECT current_database()").fetchone()
    assert row is not None
    connection.execute("USE memory")
    connection.execute(f"DETACH {row[0]}")
    connection.close()


def _codes(codes: Iterable[str]) -> str:
    for code in codes:
        if CODE_OPENS in code or CODE_CLOSES in code:
            raise ValueError(
                f"a code with `{CODE_OPENS}` or `{CODE_CLOSES}` cannot be kept: {code}"
            )
    return codes_text(codes)


_IN_COLUMN: Final[dict[Kind, Callable[[Any], Any]]] = {
    Kind.CHOICE: str,
    Kind.DECIMAL: str,
    Kind.CHOICES: mask_of,
    Kind.CODES: _codes,
}


def load(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    fact_class: type[Fact],
    facts: Sequence[Fact],
    years: Sequence[int],
) -> None:
    """Make a table of facts, in the place of one that was there."""
    columns = columns_of(fact_class, years)
    types = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
    connection.execute(f'CREATE OR REPLACE TABLE "{table}" ({types})')
    listed = ", ".join(f"unnest(?::{type_}[])" for type_ in columns.values())
    insert = f'INSERT INTO "{table}" SELECT {listed}'
    for first in range(0, len(facts), _ROWS_AT_ONCE):
        some = facts[first : first + _ROWS_AT_ONCE]
        connection.execute(insert, columns_in(fact_class, some, years))


def columns_in(
    fact_class: type[Fact], facts: Sequence[Fact], years: Sequence[int]
) -> list[list[Any]]:
    """The values of facts, column by column."""
    found: list[list[Any]] = []
    for name, spec in fields_of(fact_class).items():
        values = [getattr(fact, name) for fact in facts]
        if spec.kind is Kind.BY_YEAR:
            found.append([value is not None for value in values])
            found += [
                [None if value is None else value.get(year) for value in values] for year in years
            ]
        else:
            found.append(_column(spec, values))
    return found


def _column(spec: FieldSpec, values: list[Any]) -> list[Any]:
    in_column = _IN_COLUMN.get(spec.kind)
    if in_column is None:
        return values
    return [None if value is None else in_column(value) for value in values]
