"""What a real MariaDB answers by the views that are printed for it: as the interpreter does.

More of them: `POLICY_RULES_ANSWERS=100000 pytest -m external tests/external/test_mariadb.py`.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any, Final

import pymysql
import pytest

from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.reading import classes_of, years_of
from policy_rules.facts import Facts
from policy_rules.police import POLICE
from policy_rules.policy import EngineName, Policy
from policy_rules.tables.own_tables import tables_to_sql
from policy_rules.tables.queries import Question
from policy_rules.tables.views import queries_of, to_sql
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.random_facts import random_facts
from tests.support.comparing_rows import answers_compared

from .dated_script import DatedScript
from .mariadb_server import MariaDB, running_mariadb
from .tables import rows_of, said
from .test_answers import MANY, PUTIAN, WANTED
from .test_days_and_texts import Row as DaysAndTexts
from .test_days_and_texts import expected, query, rows

pytestmark = pytest.mark.external

DAYS: Final = (date(2020, 6, 30), date(2022, 4, 1), date(2019, 9, 1), date(2019, 7, 1))


@pytest.fixture(scope="module")
def server() -> Iterator[MariaDB]:
    """A server that runs as long as the tests of this module."""
    with running_mariadb() as running:
        yield running


def database(server: MariaDB, name: str, script: str) -> pymysql.Connection[Any]:
    """A connection to a new database in which a script was run by the plain client.

    The database's own collation takes letters of two cases for the same: the tables must not.
    """
    server.client(f"DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name} CHARACTER SET utf8mb4")
    server.client(script, name)
    return server.connect(name)


def load(connection: pymysql.Connection[Any], facts: Facts, policy: Policy) -> None:
    """Put facts into the tables that rules read."""
    with connection.cursor() as cursor:
        years = years_of(policy.regime)
        for fact_class in classes_of(policy.regime):
            found = rows_of(facts, fact_class, years.get(fact_class, ()), empty="")
            if found:
                marks = ", ".join(["%s"] * len(found[0]))
                cursor.executemany(f"INSERT INTO {fact_class.collection} VALUES ({marks})", found)


def test_every_view_is_installed_and_answers_as_the_interpreter(server: MariaDB) -> None:
    """Row for row, in tables that the printed script makes."""
    number = turn = 0
    wanted = WANTED if WANTED >= MANY else 1
    # The interpreter takes too long for many answers; the engine `python` is compared with it.
    reference: EngineName = "interpreter" if WANTED < MANY else "python"
    most = 12 if WANTED < MANY else 60
    while number < wanted:
        policy = PUTIAN.policy(as_of=DAYS[turn % len(DAYS)])
        facts = said(random_facts(Seeded(f"maria{turn}"), policy.rules, policy.as_of, most=most))
        whole = [each for each in POLICE.classes if facts.is_complete(each)]
        views = to_sql(policy, "mariadb", complete=whole)
        tables = tables_to_sql([policy], "mariadb")
        with database(server, "answers", f"{tables}\n{views}") as connection:
            load(connection, facts, policy)

            def ask(question: Question, of: pymysql.Connection[Any] = connection) -> list[Any]:
                with of.cursor() as cursor:
                    cursor.execute(f"SELECT * FROM {question.name}")
                    return list(cursor.fetchall())

            queries = queries_of(policy, DIALECTS["mariadb"], None, None, whole)
            asked = queries.questions.values()
            against = PUTIAN.policy(as_of=policy.as_of, engine=reference)
            compared, different = answers_compared(asked, against, facts, ask)
        assert different[:3] == []
        number += compared
        turn += 1
    assert number > 300


def test_a_row_says_for_which_day_the_views_of_the_command_line_answer(server: MariaDB) -> None:
    """As a program asks by JDBC that knows tables only."""
    script = DatedScript("mariadb")
    with database(server, "days", script.written) as connection, connection.cursor() as cursor:

        def ask(statement: str) -> list[Any]:
            cursor.execute(statement)
            return list(cursor.fetchall())

        script.try_with(ask)


def test_days_moments_and_texts_are_what_python_makes_of_them(server: MariaDB) -> None:
    """Moved and elapsed, far and near; what begins and ends with what."""
    with server.connect() as connection, connection.cursor() as cursor:
        cursor.execute("SET NAMES utf8mb4 COLLATE utf8mb4_nopad_bin")
        cursor.execute(query(DIALECTS["mariadb"]))
        found = cursor.fetchall()
    given: list[DaysAndTexts] = list(rows())
    assert len(found) == len(given)
    for row, values in zip(given, found, strict=True):
        assert tuple(values) == expected(row), row


def test_what_the_server_would_cut_off_is_an_error_that_names_its_setting(server: MariaDB) -> None:
    """Not a shorter list of what is needed."""
    officers = [f"('O{number}', NULL)" for number in range(40)]
    policy = PUTIAN.policy(as_of=DAYS[0])
    views = to_sql(policy, "mariadb", only=["stations_agreements"])
    script = f"{tables_to_sql([policy], 'mariadb')}\n{views}"
    with database(server, "cut", script) as connection, connection.cursor() as cursor:
        cursor.execute("INSERT INTO stations (id) VALUES ('S1')")
        cursor.execute(f"INSERT INTO officers (id, station_id) VALUES {', '.join(officers)}")
        cursor.execute("SELECT needs FROM stations_agreements WHERE cite = '5.1/3c'")
        ((needs,),) = cursor.fetchall()
        assert needs.split().count("officers/O7.station_id") == 1
        cursor.execute("SET group_concat_max_len = 64")
        with pytest.raises(pymysql.MySQLError, match="group_concat_max_len is too low"):
            cursor.execute("SELECT needs FROM stations_agreements WHERE cite = '5.1/3c'")
