"""The same answers as the interpreter's, from a real PostgreSQL and a real Spark.

More of them: `POLICY_RULES_ANSWERS=100000 pytest -m external tests/external/test_answers.py`.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
import sqlalchemy
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.police import POLICE
from policy_rules.policy import EngineName, Policy
from policy_rules.tables.on_tables import OnTables, on
from policy_rules.tables.queries import Question, years_read
from policy_rules.tables.schema import schema_of_dbapi
from policy_rules.tables.views import to_sql
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.random_facts import random_facts
from tests.support.comparing_rows import rows_compared

from .dated_script import DatedScript
from .postgres_server import Database
from .tables import load_postgres, load_spark, said

pytestmark = pytest.mark.external

PUTIAN: Final = pr.load("putian-2019-52")
WANTED: Final = int(os.environ.get("POLICY_RULES_ANSWERS", "4000"))
MANY: Final = 50_000
_LONG: Final = ("stations_findings", "bureaus_findings", "cities_findings", "events_findings")
DAYS: Final = (date(2020, 6, 30), date(2022, 4, 1), date(2019, 9, 1), date(2019, 7, 1))


def policies(day: date) -> tuple[Policy, Policy]:
    """A policy to ask in tables, and the reference."""
    # The interpreter takes too long for many answers; the engine `python` is compared with it.
    reference: EngineName = "interpreter" if WANTED < MANY else "python"
    return PUTIAN.policy(as_of=day), PUTIAN.policy(as_of=day, engine=reference)


def facts_of(policy: Policy, seed: str) -> pr.Facts:
    """Random facts, about a fifth of whose values are unknown; none is known to be none."""
    most = 40 if WANTED < MANY else 500
    return said(random_facts(Seeded(seed), policy.rules, policy.as_of, most=most))


def agree(
    seed: str,
    load: Callable[[pr.Facts, Policy], Any],
    wanted: int = WANTED,
    asked: Callable[[OnTables], Iterable[Question] | None] = lambda tables: None,
) -> None:
    """Questions on loads of random facts, until as many answers are compared as wanted."""
    number = turn = 0
    while number < wanted:
        policy, reference = policies(DAYS[turn % len(DAYS)])
        facts = facts_of(policy, f"{seed}{turn}")
        whole = [each for each in POLICE.classes if facts.is_complete(each)]
        tables: OnTables = on(policy, load(facts, policy), complete=whole)
        compared, different = rows_compared(tables, reference, facts, questions=asked(tables))
        assert different[:3] == []
        number += compared
        turn += 1


def questions_for_spark(tables: OnTables) -> list[Question]:
    """All questions, the longest of them sentence by sentence: a few, or all where many are wanted.

    Spark plans all sentences of a station together for longer than it answers each of them.
    """
    queries = tables.queries
    found = [each for name, each in queries.questions.items() if name not in _LONG]
    if WANTED < MANY:
        return found + [
            queries.findings(pr.Station, c) for c in ("1.1/2", "2.1/1", "2.1/3", "5.1/3")
        ]
    for name in _LONG:
        cls = queries.questions[name].fact_class
        duties = tables.policy.rules.requirements_of(cls)
        found += [queries.findings_under(cls, [each]) for each in duties]
    return found


def test_postgres_agrees(connection: psycopg.Connection) -> None:
    """Through a DB-API connection."""

    def load(facts: pr.Facts, policy: Policy) -> psycopg.Connection:
        load_postgres(connection, facts, years_read(policy))
        return connection

    agree("postgres", load)


def test_spark_agrees(spark: SparkSession, tmp_path: Path) -> None:
    """Through temporary views over Parquet files."""
    turns = iter(range(1_000_000))

    def load(facts: pr.Facts, policy: Policy) -> SparkSession:
        directory = tmp_path / str(next(turns))
        directory.mkdir()
        load_spark(spark, facts, directory, years_read(policy))
        return spark

    agree("spark", load, WANTED if WANTED >= MANY else 300, questions_for_spark)


def test_sqlalchemy_gives_what_can_be_joined(database: Database) -> None:
    """The answers are a selectable, which is filtered and counted where the data are."""
    policy, reference = policies(DAYS[0])
    facts = facts_of(policy, "joined")
    with psycopg.connect(database.dsn, autocommit=True) as connection:
        load_postgres(connection, facts, years_read(policy))
    engine = sqlalchemy.create_engine(
        database.dsn.replace("postgresql://", "postgresql+psycopg://")
    )
    tables = on(policy, engine)
    assert [str(fault) for fault in tables.faults()] == []
    verdicts = tables.verdicts(pr.Task).subquery()
    counted = sqlalchemy.select(sqlalchemy.func.count()).select_from(verdicts)
    prohibited = counted.where(verdicts.c.outcome == "prohibited")
    expected = [reference.check(task, facts).outcome for task in facts.all(pr.Task)]
    with engine.connect() as connection:
        assert connection.execute(counted).scalar() == len(expected)
        assert connection.execute(prohibited).scalar() == expected.count(pr.Outcome.PROHIBITED)
        assert len(on(policy, connection).rows(tables.queries.verdict(pr.Task))) == len(expected)
    engine.dispose()


def test_views_answer_plain_psql(database: Database, connection: psycopg.Connection) -> None:
    """What `to_sql` prints is installed by `psql`, and asked by it."""
    policy, reference = policies(DAYS[1])
    facts = facts_of(policy, "views")
    load_postgres(connection, facts, years_read(policy))
    whole = [each for each in POLICE.classes if facts.is_complete(each)]
    schema = schema_of_dbapi(connection)
    database.psql(to_sql(policy, "postgres", complete=whole, schema=schema))
    tables = on(policy, connection, complete=whole)
    number, different = rows_compared(tables, reference, facts)
    assert (number > 0, different[:3]) == (True, [])
    for name, question in tables.queries.questions.items():
        said = list(csv.reader(StringIO(database.psql(f"TABLE {name}"))))
        expected = [[_as_psql_prints(each) for each in row] for row in tables.rows(question)]
        assert sorted(said) == sorted(expected), name
    duty_modes = database.psql("SELECT id, value FROM stations_duty_mode ORDER BY id")
    assert duty_modes.split() == [
        f"{fact.id},{answer.value or ''}"
        for fact in sorted(facts.all(pr.Station), key=lambda each: each.id)
        for answer in [reference.decide(fact, "duty_mode", facts)]
    ]


def test_a_row_says_for_which_day_the_views_of_the_command_line_answer(
    postgres: Database,
) -> None:
    """In tables that the command makes too; the same text is KingbaseES's and openGauss's."""
    for name in ("postgres", "kingbase", "opengauss"):
        script = DatedScript(name)
        made = postgres.create(f"days_{name}")
        made.psql(script.written)
        with psycopg.connect(made.dsn, autocommit=True) as connection:

            def ask(statement: str, of: psycopg.Connection = connection) -> list[Any]:
                cursor = of.execute(statement)
                return [] if cursor.description is None else cursor.fetchall()

            script.try_with(ask)


def _as_psql_prints(value: object) -> str:
    if isinstance(value, bool):
        return "t" if value else "f"
    return "" if value is None else str(value)


def test_a_statement_makes_a_table(connection: psycopg.Connection) -> None:
    """Answers can stay where the data are."""
    policy, _ = policies(DAYS[0])
    load_postgres(connection, facts_of(policy, "into"), years_read(policy))
    statement = on(policy, connection).verdicts(pr.CriminalCase)
    connection.execute("DROP TABLE IF EXISTS case_verdicts")
    statement.into("case_verdicts")
    kept = connection.execute("SELECT id, outcome FROM case_verdicts ORDER BY id").fetchall()
    assert kept == sorted((row[0], row[1]) for row in statement)
