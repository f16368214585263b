"""A legacy schema on a real PostgreSQL, read by a role that may SELECT and nothing else."""

from __future__ import annotations

import json
from datetime import date

import psycopg
import pytest
import sqlalchemy

import policy_rules as pr
from policy_rules.cli import main
from tests.support.comparing_rows import rows_compared
from tests.support.legacy import SCHEMA, facts_of, inserts, made_up
from tests.support.places import EXAMPLES

from .postgres_server import Database

pytestmark = pytest.mark.external

DIRECTIVE = pr.load("putian-2019-52")
MAPPING = EXAMPLES / "legacy.toml"
AS_OF = date(2022, 4, 1)
RAW = made_up(stations=200, officers=3_000, seed="legacy")
READER = """
CREATE ROLE legacy_reader LOGIN;
GRANT USAGE ON SCHEMA "GA_JCXX", "GA_YW" TO legacy_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA "GA_JCXX", "GA_YW" TO legacy_reader;
REVOKE ALL ON SCHEMA public FROM PUBLIC;
"""


@pytest.fixture(scope="module")
def reader(database: Database) -> str:
    """The URL of the filled database, for a role that can only read."""
    revoke = f'REVOKE TEMPORARY ON DATABASE "{database.name}" FROM PUBLIC;'
    filled = [f"{statement};" for statement in inserts(RAW)]
    database.psql("\n".join([SCHEMA, *filled, READER, revoke, "ANALYZE;"]))
    return database.dsn.replace("postgres@", "legacy_reader@")


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TEMPORARY TABLE t (a INT)",
        'CREATE VIEW "GA_YW".v AS SELECT 1',
        "CREATE TABLE t (a INT)",
        "CREATE FUNCTION f() RETURNS INT LANGUAGE SQL AS 'SELECT 1'",
        'DELETE FROM "GA_YW"."T_RZ"',
    ],
)
def test_the_role_can_only_read(reader: str, statement: str) -> None:
    with psycopg.connect(reader) as connection, pytest.raises(psycopg.Error):
        connection.execute(statement)


def test_every_answer_is_that_of_the_rows_read_by_hand(reader: str) -> None:
    mapping = pr.read_mapping(MAPPING)
    reference = DIRECTIVE.policy(as_of=AS_OF, engine="interpreter")
    with psycopg.connect(reader) as connection:
        connection.execute("SET TIME ZONE 'America/New_York'")  # the mapping's is what counts
        tables = pr.on(DIRECTIVE.policy(as_of=AS_OF), connection, mapping=mapping)
        assert [fault.text() for fault in tables.faults()] == []
        number, different = rows_compared(tables, reference, facts_of(RAW))
    assert different == []
    assert number > 40_000


def test_a_query_that_is_refused_leaves_the_transaction_as_it_was(reader: str) -> None:
    from policy_rules.formats import parse_mapping

    mapping = parse_mapping(
        {
            "stations": {"query": "SELECT nothing AS id"},
            "officers": {"query": 'SELECT "JH" AS id, "XM" AS offcers FROM "GA_JCXX"."T_RY"'},
        }
    )
    for autocommit in (False, True):
        with psycopg.connect(reader, autocommit=autocommit) as connection:
            connection.execute("SET LOCAL statement_timeout = '1min'" if not autocommit else "")
            with pytest.raises(pr.FactError) as caught:
                pr.on(DIRECTIVE.policy(as_of=AS_OF), connection, mapping=mapping)
            lines = str(caught.value).splitlines()
            assert lines[0].startswith(
                "mapping: stations.query: expected SQL that the database takes, found it refused "
                '(column "nothing" does not exist); correct it'
            )
            assert lines[1].startswith("mapping: officers.offcers: expected a column that gives")
            assert connection.execute("SELECT 1").fetchone() == (1,)


def test_types_of_queries_through_sqlalchemy(reader: str) -> None:
    from policy_rules.tables.on_tables import system_of

    engine = sqlalchemy.create_engine(reader.replace("postgresql:", "postgresql+psycopg:"))
    query = "SELECT 1 AS a, 'x'::CHAR(3) AS b, NOW() AS c, ARRAY['x'] AS d, 1.5::NUMERIC(5,1) AS e"
    columns = system_of(engine).described(f"{query}, DATE '2020-01-01' AS f, TRUE AS g -- end")
    engine.dispose()
    assert [(each.name, each.family.name) for each in columns] == [
        ("a", "WHOLE"),
        ("b", "TEXT"),
        ("c", "ZONED"),
        ("d", "LIST"),
        ("e", "NUMBER"),
        ("f", "DATE"),
        ("g", "BOOLEAN"),
    ]


def test_the_command_line(
    reader: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["mapping", "check", str(MAPPING), reader, "--format", "json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert shown["faults"] == []
    assert [each["collection"] for each in shown["classes"]] == [
        "bureaus", "stations", "officers", "cases", "tasks", "transfers", "appointments",
        "incidents",
    ]  # fmt: skip
    given = [reader, "--mapping", str(MAPPING), "--as-of", AS_OF.isoformat(), "--lang", "en"]
    assert main(["audit", *given]) == 1
    out = capsys.readouterr().out.replace("\n", " ")
    assert "bureaus read from query (GA_JCXX.T_JG, GA_JCXX.T_RY)" in out
    database.psql("""COMMENT ON TABLE "GA_JCXX"."T_RY" IS '民警信息表';
        COMMENT ON COLUMN "GA_JCXX"."T_RY"."JH" IS '编号（警号）';""")
    assert main(["mapping", "init", reader, "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert 'table = "GA_JCXX.T_RY"  # 民警信息表' in lines
    assert 'id = "JH"  # 编号, character varying, 编号（警号）' in lines
