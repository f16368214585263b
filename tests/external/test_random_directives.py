"""Random directives, which between them use every node, on a real PostgreSQL and a real Spark.

More of them: `POLICY_RULES_ANSWERS=100000 pytest -m external` of this module.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.language import load
from policy_rules.policy import EngineName, LoadedDirective, Policy
from policy_rules.tables.on_tables import on
from policy_rules.tables.queries import years_read
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_facts, random_setting
from tests.support.comparing_rows import rows_compared

from .postgres_server import Database
from .tables import load_postgres, load_spark, said

pytestmark = pytest.mark.external

WANTED: Final = int(os.environ.get("POLICY_RULES_ANSWERS", "400"))
SEED: Final = os.environ.get("POLICY_RULES_SEED", "1")
MANY: Final = 50_000


def agree(seed: str, loaded: Callable[[pr.Facts, Policy], Any], wanted: int, most: int) -> None:
    """Every question on some facts of each directive, until as many answers are compared."""
    # The interpreter takes too long for many answers; the engine `python` is compared with it.
    engine: EngineName = "interpreter" if wanted < MANY else "python"
    number = turn = 0
    while number < wanted:
        choose = Seeded(f"{SEED}/{seed}/{turn}")
        turn += 1
        classes = choose.pick(VOCABULARIES)
        directive = LoadedDirective(load(random_directive(choose, classes)))
        setting = random_setting(choose, directive.rules)
        given: dict[str, Any] = {
            "as_of": setting.as_of, "readings": setting.readings, "parameters": setting.parameters,
        }  # fmt: skip
        policy, reference = directive.policy(**given), directive.policy(**given, engine=engine)
        facts = said(random_facts(choose, policy.rules, setting.as_of, most=most))
        whole = [each for each in policy.rules.directive.classes if facts.is_complete(each)]
        try:
            tables = on(policy, loaded(facts, policy), complete=whole)
            compared, different = rows_compared(tables, reference, facts)
        except NotImplementedError:
            continue  # refused, since SQL cannot say it
        assert different[:3] == [], f"{SEED}/{seed}/{turn - 1}"
        number += compared


def test_postgres(database: Database, connection: psycopg.Connection[Any]) -> None:
    connection.execute("SET statement_timeout = '300s'")

    def loaded(facts: pr.Facts, policy: Policy) -> psycopg.Connection[Any]:
        for each in policy.rules.directive.classes:  # those of which there are none have no table
            connection.execute(f'DROP TABLE IF EXISTS "{each.collection}" CASCADE'.encode())
        load_postgres(connection, facts, years_read(policy))
        return connection

    agree("postgres", loaded, WANTED, 12 if WANTED < MANY else 60)


@pytest.mark.skipif("POLICY_RULES_ANSWERS" not in os.environ, reason="Spark plans for minutes")
def test_spark(spark: SparkSession, tmp_path: Path) -> None:
    turns = iter(range(1_000_000))

    def loaded(facts: pr.Facts, policy: Policy) -> SparkSession:
        for each in policy.rules.directive.classes:
            spark.catalog.dropTempView(each.collection)
        directory = tmp_path / str(next(turns))
        directory.mkdir()
        load_spark(spark, facts, directory, years_read(policy))
        return spark

    agree("spark", loaded, WANTED, 12 if WANTED < MANY else 1000)
