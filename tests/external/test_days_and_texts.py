"""What PostgreSQL and Spark make of days, moments and texts is what Python makes of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from random import Random
from typing import Any, Final

import psycopg
import pytest
from pyspark.sql import SparkSession
from sqlglot import exp

from policy_rules.engines.calendar import ELAPSED, MOVED, weekday
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.days import day_of_week, elapsed, moved
from policy_rules.engines.sql.dialects import Dialect, cast, number
from policy_rules.language import Weekday

pytestmark = pytest.mark.external

Row = tuple[date, date, datetime, datetime, int, str, str]
Run = Callable[[str], list[tuple[Any, ...]]]
NAMES: Final = ("day", "other", "moment", "later", "by", "text", "part")
FAR: Final = (0, 1, 28, 366, 9_000, 120_000, 4_000_000, 10**9, 5_258_964_960, 10**17)
TEXTS: Final = ("", "a", "ab", "a_", "a%", "A", "é", "派出所", "黄石派出所", "𠀀", "ab ", " ")


def rows() -> Iterator[Row]:
    """Days and moments of facts, far and near numbers, texts with what could be a wildcard."""
    pick = Random(1)
    ends = [date(2020, 2, 29), date(2019, 1, 31), date(1900, 1, 1), date(2199, 12, 31)]

    def day() -> date:
        near = date(1900, 1, 1) + timedelta(days=pick.randrange(109_573))
        return pick.choice([*ends, near, near])

    def moment() -> datetime:
        return datetime.combine(day(), datetime.min.time()) + timedelta(
            seconds=pick.randrange(86_400)
        )

    for _ in range(400):
        by = pick.choice((-1, 1)) * pick.choice((*FAR, pick.randrange(2_000)))
        yield day(), day(), moment(), moment(), by, pick.choice(TEXTS), pick.choice(TEXTS)


def expected(row: Row) -> tuple[Any, ...]:
    day, other, moment, later, by, text, part = row
    return (
        *(MOVED[unit](day, by) for unit in ("years", "months", "days")),
        MOVED["minutes"](moment, by),
        ELAPSED["years"](day, other), ELAPSED["days"](day, other),
        ELAPSED["minutes"](moment, later),
        tuple(Weekday).index(weekday(day)),
        text.startswith(part), text.endswith(part),
    )  # fmt: skip


def query(dialect: Dialect) -> str:
    """All of it asked of a table of the rows."""
    day, other, moment, later, by, text, part = (exp.column(name) for name in NAMES)
    asked = [
        *(moved(dialect, day, by, unit, near=False) for unit in ("years", "months", "days")),
        moved(dialect, moment, by, "minutes", near=False),
        elapsed(dialect, day, other, "years"), elapsed(dialect, day, other, "days"),
        elapsed(dialect, moment, later, "minutes"),
        day_of_week(dialect, day),
        dialect.starts_with(text, part), dialect.ends_with(text, part),
    ]  # fmt: skip
    listed = [
        [
            number(place), dialect.day(a), dialect.day(b), dialect.moment(c), dialect.moment(d),
            cast(number(n), "bigint"), dialect.text(e), dialect.text(f),
        ]
        for place, (a, b, c, d, n, e, f) in enumerate(rows())
    ]  # fmt: skip
    given = dialect.constants(["place", *NAMES], listed).subquery("given")
    chosen = exp.select(*(exp.alias_(each, f"c{of}") for of, each in enumerate(asked)))
    return dialect.sql(chosen.from_(given).order_by("place"))


def agree(run: Run, dialect: str) -> None:
    assert run(query(DIALECTS[dialect])) == [expected(row) for row in rows()]


def test_postgres_computes_as_python_does(connection: psycopg.Connection[Any]) -> None:
    def run(sql: str) -> list[tuple[Any, ...]]:
        return list(connection.execute(sql.encode()).fetchall())

    agree(run, "postgres")


def test_spark_computes_as_python_does(spark: SparkSession) -> None:
    def run(sql: str) -> list[tuple[Any, ...]]:
        return [tuple(row) for row in spark.sql(sql).collect()]

    agree(run, "spark")
