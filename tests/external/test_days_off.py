"""What recurs less days off, on a real PostgreSQL and a real Spark: as the interpreter says."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.facts import Fact
from policy_rules.language import Recurrence, WorkCalendar, held
from policy_rules.tables.on_tables import on
from policy_rules.testing.random_facts import container
from tests.engines.test_days_off import ALL, HOLIDAYS, ISSUED, STUDY, event, station
from tests.support.comparing_rows import rows_compared
from tests.support.found import LABELS, SAYS, directive
from tests.support.writing import says

from .tables import load_postgres, load_spark

pytestmark = pytest.mark.external

OFTEN: Final = says("1/1", quote="每周五", **LABELS).sets(
    "often", Recurrence("FREQ=WEEKLY;BYDAY=FR")
)
MADE: Final = directive(
    says("1/1", **SAYS).demands(
        station,
        held(event, event.kind.is_(STUDY), on=event.on, every=OFTEN.without(HOLIDAYS)).called(
            **LABELS
        ),
    ),
    issued=ISSUED,
)
# Which of the five Fridays each station held.
HELD: Final = {"A": ALL, "B": ALL[:4], "C": ALL[1:], "D": ALL[1:4], "E": ()}
YEARS: Final[list[dict[str, object]]] = [{}, {"2020": {}}, {"2021": {"off": ["2021-01-01"]}}]


def facts() -> pr.Facts:
    listed: list[Fact] = [pr.Station(id=each) for each in HELD]
    listed += [
        pr.Event(id=f"{of}{day}", station_id=of, kind=STUDY, on=date.fromisoformat(day))
        for of, days in HELD.items()
        for day in days
    ]
    listed.append(pr.Event(id="undated", station_id="B", kind=STUDY))
    return container(listed, [pr.Event])


def agree(connection: Any) -> None:
    for years in YEARS:
        given = {"holidays": WorkCalendar.parse(years)}
        policy = MADE.policy(as_of=date(2021, 1, 2), parameters=given)
        reference = MADE.policy(as_of=date(2021, 1, 2), parameters=given, engine="interpreter")
        compared, different = rows_compared(
            on(policy, connection, complete=[pr.Event]), reference, facts()
        )
        assert different[:3] == []
        assert compared


def test_postgres(connection: psycopg.Connection[Any]) -> None:
    load_postgres(connection, facts())
    agree(connection)


def test_spark(spark: SparkSession, tmp_path: Path) -> None:
    load_spark(spark, facts(), tmp_path)
    agree(spark)
