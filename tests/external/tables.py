"""Facts as tables, in the form in which compiled rules read them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final, cast

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
from attrs import evolve
from pyspark.sql import SparkSession

from policy_rules.engines.sql.sources import codes_text, columns_of, mask_of
from policy_rules.facts import Fact, Facts, Kind, fields_of, is_none
from policy_rules.police import POLICE
from policy_rules.testing.random_facts import container

Row = tuple[object, ...]

_ARROW: Final = {
    "text": pa.string(),
    "boolean": pa.bool_(),
    "bigint": pa.int64(),
    "date": pa.date32(),
    # Without a time zone, as the moments of facts are: Spark's TIMESTAMP_NTZ.
    "timestamp": pa.timestamp("us"),
    "decimal(18,2)": pa.decimal128(18, 2),
}


def rows_of(
    facts: Facts, fact_class: type[Fact], years: Iterable[int] = (), empty: str = "-"
) -> list[Row]:
    """The facts of a class as rows, in the order of `columns_of`; None is unknown.

    `empty` stands for the empty text, which is known: rules read it as it is, a mapping does not.
    """
    kinds = [(name, spec.kind) for name, spec in fields_of(fact_class).items()]
    listed = tuple(years)
    return [
        tuple(
            cell
            for name, kind in kinds
            for cell in _cells(kind, getattr(fact, name), listed, empty)
        )
        for fact in facts.all(fact_class)
    ]


def load_postgres(
    connection: psycopg.Connection[Any], facts: Facts, years: Sequence[int] = ()
) -> None:
    """Make a table of every fact class, also of those without facts; earlier ones are dropped."""
    with connection.transaction(), connection.cursor() as cursor:
        for fact_class in _classes(facts):
            table = f'"{fact_class.collection}"'
            columns = columns_of(fact_class, years)
            listed = ", ".join(f'"{name}" {type_}' for name, type_ in columns.items())
            cursor.execute(f"DROP TABLE IF EXISTS {table} CASCADE".encode())
            cursor.execute(f"CREATE TABLE {table} ({listed})".encode())
            with cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy:
                for row in rows_of(facts, fact_class, years):
                    copy.write_row(row)


def load_spark(
    session: SparkSession, facts: Facts, directory: Path, years: Sequence[int] = ()
) -> None:
    """Make a temporary view of every fact class, also of those without facts.

    Each reads a Parquet file that is written in the directory, which must have none yet.
    """
    for fact_class in _classes(facts):
        schema = pa.schema(
            [(name, _ARROW[type_]) for name, type_ in columns_of(fact_class, years).items()]
        )
        rows = rows_of(facts, fact_class, years)
        columns = zip(*rows, strict=True) if rows else [()] * len(schema)
        path = directory / f"{fact_class.collection}.parquet"
        assert not path.exists(), f"`{path}` may still be read by an earlier view"
        table = pa.Table.from_arrays(
            [pa.array(cells, type_) for cells, type_ in zip(columns, schema.types, strict=True)],
            schema=schema,
        )
        pq.write_table(table, path)
        session.read.parquet(str(path)).createOrReplaceTempView(fact_class.collection)


def said(facts: Facts) -> Facts:
    """The facts without what is known to be none, which a column says by a mapping only."""
    kept = []
    for fact in facts:
        none = [name for name in fields_of(type(fact)) if is_none(getattr(fact, name))]
        kept.append(evolve(cast(Any, fact), **dict.fromkeys(none)) if none else fact)
    return container(kept, [each for each in facts.classes() if facts.is_complete(each)])


def _classes(facts: Facts) -> tuple[type[Fact], ...]:
    return tuple(dict.fromkeys((*POLICE.classes, *facts.classes())))


def _cells(kind: Kind, value: Any, years: Sequence[int], empty: str) -> Row:
    if kind is Kind.BY_YEAR:
        numbers = {} if value is None else value
        return (value is not None, *map(numbers.get, years))
    if value is None:
        return (None,)
    match kind:
        case Kind.CHOICE:
            return (value.value,)
        case Kind.CHOICES:
            return (mask_of(value),)
        case Kind.CODES:
            return (codes_text(value),)
        case _:
            return (empty if value == "" else value,)
