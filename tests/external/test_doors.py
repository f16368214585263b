"""What cells mean on a real PostgreSQL and a real Spark: the same as in a CSV file.

More of them: `POLICY_RULES_ROWS=200000 pytest -m external tests/external/test_doors.py`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import psycopg
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from pyspark.sql import SparkSession

from policy_rules.facts import Fact
from policy_rules.police import POLICE
from policy_rules.tables.schema import schema_of_dbapi, schema_of_spark
from policy_rules.testing.choosing import Seeded
from tests.support.doors import Cells, by_csv, by_table, drawn_cells, unlike
from tests.support.parcels import Parcel

pytestmark = pytest.mark.external

EVERY: Final[tuple[type[Fact], ...]] = (*POLICE.classes, Parcel)
WANTED: Final = int(os.environ.get("POLICY_RULES_ROWS", "2000"))


def batches(seed: str, at_once: int) -> Iterator[Cells]:
    """Rows of every class in turn, with a mapping and without one, until there are enough."""
    number = turn = 0
    while number < WANTED:
        for fact_class in EVERY:
            choose = Seeded(f"{seed}{turn}{fact_class.collection}")
            cells = drawn_cells(choose, fact_class, at_once, mapped=turn % 2 == 1)
            number += len(cells.rows)
            yield cells
        turn += 1


def compared(name: str, cells: Cells, through: Callable[[Cells], list[Any]]) -> None:
    """What a door reads is what was meant, and what the CSV door reads."""
    with TemporaryDirectory() as directory:
        found = {"csv": by_csv(cells, Path(directory)), name: through(cells)}
    assert unlike(cells, found) == []


def test_postgres_reads_the_same(connection: psycopg.Connection[Any]) -> None:
    def through(cells: Cells) -> list[Any]:
        table = cells.fact_class.collection
        # Of the types of texts, `char` adds blanks.
        types = ("varchar(200)", "text", "char(300)")
        columns = ", ".join(
            f'"{heading}" {types[place % len(types)]}'
            for place, heading in enumerate(cells.headings)
        )
        connection.execute(f"DROP TABLE IF EXISTS {table}".encode())
        connection.execute(f"CREATE TABLE {table} ({columns})".encode())
        with (
            connection.cursor() as cursor,
            cursor.copy(f"COPY {table} FROM STDIN".encode()) as copy,
        ):
            for row in cells.rows:
                copy.write_row([row[name] for name in cells.names])
        schema = schema_of_dbapi(connection)
        return by_table(
            cells, schema, "postgres", lambda sql: connection.execute(sql.encode()).fetchall()
        )

    for cells in batches("postgres", 100):
        compared("postgres", cells, through)


def test_spark_reads_the_same(spark: SparkSession, tmp_path: Path) -> None:
    turns = iter(range(1_000_000))

    def through(cells: Cells) -> list[Any]:
        table = cells.fact_class.collection
        file = tmp_path / f"{next(turns)}.parquet"
        columns = {
            heading: pa.array([row[name] for row in cells.rows], pa.string())
            for heading, name in zip(cells.headings, cells.names, strict=True)
        }
        pq.write_table(pa.table(columns), file)
        spark.read.parquet(str(file)).createOrReplaceTempView(table)
        schema = schema_of_spark(spark, [table])
        return by_table(cells, schema, "spark", lambda sql: spark.sql(sql).collect())

    for cells in batches("spark", max(100, WANTED // 40)):
        compared("spark", cells, through)
