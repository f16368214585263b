"""Dirty tables mean the same in a real PostgreSQL and a real Spark as in DuckDB."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any, Final

import duckdb
import psycopg
import pytest
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.police import POLICE

pytestmark = pytest.mark.external

POLICY: Final = pr.load("putian-2019-52").policy(as_of=date(2020, 1, 1), engine="sql")
# Texts as a clerk leaves them: unreadable, without an id, given twice, leading nowhere.
TABLES: Final[dict[str, tuple[tuple[str, ...], list[tuple[str | None, ...]]]]] = {
    "bureaus": (("id",), [("B1",)]),
    "stations": (
        ("id", "bureau_id", "pilot", "officers", "grades_2018", "relocated_on"),
        [
            ("S1", "B1", "false", "14", "1", "2019-07-16"),
            ("S2", "B1", "false", "14人", "2", "2019-02-30"),
            ("S3", "B9", "true", None, "9", None),
            (None, "B1", "false", "3", None, None),
            ("S4", "B1", "true", "20", "1", "2018-01-01"),
            ("S4", "B1", "false", "20", "2", "2018-01-01"),
            ("S 5", "B1", "false", "3", None, None),
        ],
    ),
    "officers": (
        ("id", "station_id", "role"),
        [("P1", "S1", "chief"), ("P2", "S8", "clerk"), ("P2", "S1", "clerk"), ("P3", "S3", "??")],
    ),
    "transfers": (
        ("id", "station_id", "direction", "on", "replaces"),
        [("T1", "S1", "in", "2019-08-01", "-"), ("T2", "S1", "out", "2019-08-01", "T9")],
    ),
    "attestations": (
        ("id", "cite", "subject_id", "holds"),
        [
            ("A1", "4.5/2a", "S1", "true"),
            ("A2", "9.9/9", "S1", "true"),
            ("A3", "4.5/2a", "S9", "t"),
        ],
    ),
}
QUESTIONS: Final = (
    "stations_duty_mode", "stations_strength", "stations_findings", "transfers_verdicts",
)  # fmt: skip
# All findings take Spark a minute and a half to plan.
OF_SPARK: Final = frozenset(QUESTIONS) - {"stations_findings"}
Rows = list[tuple[str | None, ...]]


def tables(without: str = "") -> dict[str, tuple[tuple[str, ...], Rows]]:
    """The tables, without one of them."""
    return {name: each for name, each in TABLES.items() if name != without}


def in_duckdb(without: str = "") -> duckdb.DuckDBPyConnection:
    """The tables in DuckDB."""
    connection = duckdb.connect()
    for name, (columns, rows) in tables(without).items():
        connection.execute(f"CREATE TABLE {name} ({_texts(columns)})")
        connection.executemany(f"INSERT INTO {name} VALUES ({', '.join('?' * len(columns))})", rows)
    return connection


def in_postgres(connection: psycopg.Connection[Any], without: str = "") -> None:
    """The tables in PostgreSQL, in the place of those that were there."""
    with connection.cursor() as cursor:
        for name in TABLES:
            cursor.execute(f"DROP TABLE IF EXISTS {name} CASCADE".encode())
        for name, (columns, rows) in tables(without).items():
            cursor.execute(f"CREATE TABLE {name} ({_texts(columns)})".encode())
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"INSERT INTO {name} VALUES ({marks})".encode(), rows)


def in_spark(session: SparkSession, without: str = "") -> None:
    """The tables as temporary views of Spark, without those of other tests in the session."""
    for cls in POLICE.classes:
        session.catalog.dropTempView(cls.collection)
    for name, (columns, rows) in tables(without).items():
        schema = ", ".join(f"`{column}` string" for column in columns)
        session.createDataFrame(rows, schema).createOrReplaceTempView(name)


def _texts(columns: tuple[str, ...]) -> str:
    return ", ".join(f'"{column}" TEXT' for column in columns)


def faults(connection: Any) -> list[dict[str, object]]:
    """What is wrong in the tables."""
    return [fault.as_json() for fault in pr.on(POLICY, connection).faults()]


def answers(
    connection: Any, names: Collection[str] = QUESTIONS
) -> tuple[dict[str, list[Any]], object]:
    """The answers to questions in spite of that, and what was passed over."""
    found = pr.on(POLICY, connection, complete=[pr.Station, pr.Officer], tolerate=True)
    rows = {
        name: sorted((tuple(row) for row in found.rows(question)), key=repr)
        for name, question in found.queries.questions.items()
        if name in names
    }
    of = found.tolerated
    return rows, (of.values, of.rows, of.lost, [fault.text() for fault in of.faults])


def test_postgres(connection: psycopg.Connection[Any]) -> None:
    in_postgres(connection)
    expected = faults(in_duckdb())
    assert len(expected) == 13
    assert faults(connection) == expected
    in_postgres(connection, "attestations")
    assert answers(connection) == answers(in_duckdb("attestations"))


def test_spark(spark: SparkSession) -> None:
    in_spark(spark)
    assert faults(spark) == faults(in_duckdb())
    in_spark(spark, "attestations")
    assert answers(spark, OF_SPARK) == answers(in_duckdb("attestations"), OF_SPARK)
