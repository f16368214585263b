"""Queries in a mapping: they give facts in the place of tables, only read, and need no view."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import duckdb
import pytest

import policy_rules as pr
from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.facts.faults import FaultCode
from policy_rules.formats import parse_mapping
from policy_rules.formats import read as read_document
from policy_rules.tables.on_tables import OnTables
from policy_rules.tables.user_queries import QueryRefusedError, filtered, user_query

POLICY = pr.load("putian-2019-52").policy(as_of=date(2020, 6, 30))
DUCKDB = DIALECTS["duckdb"]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """Bureaus and stations in one table; moves of which each is an arrival and a departure."""
    made = duckdb.connect()
    made.execute(
        "CREATE SCHEMA GA;"
        "CREATE TABLE GA.T_JG (JGDM VARCHAR, JGMC VARCHAR, SJDM VARCHAR, JGLB CHAR(1), MJS INT);"
        "INSERT INTO GA.T_JG VALUES ('B1', '某分局', NULL, '1', 30), ('S1', '甲所', 'B1', '2', 14),"
        "('S2', '乙所', 'B1', '2', 10), ('K1', '某大队', 'B1', '3', 6);"
        "CREATE TABLE GA.T_RY (JH VARCHAR, DWDM VARCHAR, ZWDM VARCHAR);"
        "INSERT INTO GA.T_RY VALUES ('M1', 'S1', '01'), ('M2', 'S2', '02'), ('M3', 'S2', '99');"
        "CREATE TABLE GA.T_DM (DMLB VARCHAR, DMZ CHAR(4), DMMC VARCHAR);"
        "INSERT INTO GA.T_DM VALUES ('ZW', '01', '所长'), ('ZW', '02 ', ' 社区民警 '),"
        "('ZW', '03', '局长'), ('XL', '01', '本科');"
        "CREATE TABLE GA.T_DD (DDBH VARCHAR, JH VARCHAR, YDW VARCHAR, XDW VARCHAR, DDRQ DATE);"
        "INSERT INTO GA.T_DD VALUES ('D1', 'M1', 'S1', 'S2', '2020-01-02');"
    )
    return made


JG = {
    "bureaus": {
        "table": "GA.T_JG",
        "where": "JGLB = '1' -- a bureau",
        "columns": {"id": "JGDM", "name": "JGMC", "officers": "MJS"},
    },
    "stations": {
        "query": "SELECT JGDM AS id, JGMC AS 名称, SJDM AS bureau_id, MJS FROM GA.T_JG AS T\n"
        "WHERE T.JGLB = '2'; -- stations",
        "columns": {"officers": "MJS"},
    },
}


def on(connection: duckdb.DuckDBPyConnection, said: dict[str, Any], **settings: Any) -> OnTables:
    return pr.on(POLICY, connection, mapping=parse_mapping({**said, **settings}, "legacy.toml"))


def refused(connection: duckdb.DuckDBPyConnection, said: dict[str, Any]) -> list[str]:
    with pytest.raises(pr.FactError) as caught:
        on(connection, said)
    assert all(fault.code is not FaultCode.OTHER for fault in caught.value.faults)
    return str(caught.value).splitlines()


def read(tables: OnTables, connection: duckdb.DuckDBPyConnection, cls: type[Any]) -> list[Any]:
    """What the rules read of a class, as the rows of a query would have it."""
    source = tables.queries.sources[cls]
    columns = ", ".join(f"{each.sql('duckdb')} AS {name}" for name, each in source.columns.items())
    cursor = connection.execute(f"SELECT {columns} FROM {source.relation.sql('duckdb')} ORDER BY 1")
    return [
        {
            name: value
            for (name, *_), value in zip(cursor.description, row, strict=True)
            if value is not None
        }
        for row in cursor.fetchall()
    ]


def test_a_table_that_serves_two_classes(connection: duckdb.DuckDBPyConnection) -> None:
    tables = on(connection, JG, complete=["stations"])
    assert read(tables, connection, pr.Bureau) == [{"id": "B1", "name": "某分局", "officers": 30}]
    assert read(tables, connection, pr.Station) == [
        {"id": "S1", "name": "甲所", "bureau_id": "B1", "officers": 14},
        {"id": "S2", "name": "乙所", "bureau_id": "B1", "officers": 10},
    ]
    assert tables.read_from == {
        pr.Bureau: "GA.T_JG WHERE JGLB = '1' -- a bureau",
        pr.Station: "query (GA.T_JG)",
    }
    # 24 officers of the stations are 80% of the 30 of the bureau, of which 40% are required, where
    # it is a county's; its level is not said.
    found = tables.findings(pr.Bureau, "2.1/1a").project("id, status, actual, required")
    assert found.fetchall() == [("B1", "undetermined", 24, 12)]
    assert tables.faults() == []
    # Nothing was made in the user's database.
    assert connection.execute("SELECT count(*) FROM duckdb_views() WHERE NOT internal").fetchall() \
        == [(0,)]  # fmt: skip


def test_a_row_that_gives_two_facts(connection: duckdb.DuckDBPyConnection) -> None:
    move = "SELECT DDBH || '{0}' AS id, JH AS officer_id, {1} AS station_id, DDRQ FROM GA.T_DD"
    said = {
        **JG,
        "officers": {"table": "GA.T_RY", "columns": {"id": "JH", "station_id": "DWDM"}},
        "transfers": [
            {
                "query": move.format("-out", "YDW"),
                "columns": {"direction": {"constant": "out"}, "on": "DDRQ"},
            },
            {
                "query": move.format("-in", "XDW") + " WHERE XDW IS NOT NULL",
                "columns": {"direction": {"constant": "调入"}, "on": "DDRQ"},
            },
        ],
    }
    tables = on(connection, said, complete=["transfers"])
    moved = {"officer_id": "M1", "on": date(2020, 1, 2)}
    assert read(tables, connection, pr.Transfer) == [
        {"id": "D1-in", "station_id": "S2", "direction": "in", **moved},
        {"id": "D1-out", "station_id": "S1", "direction": "out", **moved},
    ]
    assert tables.read_from[pr.Transfer] == "query (GA.T_DD); query (GA.T_DD)"
    assert tables.faults() == []
    rows = tables.verdicts(pr.Transfer).project("id, outcome").order("id").fetchall()
    assert rows == [("D1-in", "permitted"), ("D1-out", "prohibited")]


def test_several_tables_of_a_class_add_up(connection: duckdb.DuckDBPyConnection) -> None:
    """What is wrong is told of each; ids are looked at together."""
    connection.execute(
        "CREATE TABLE A (id VARCHAR, pilot VARCHAR, grades_2019 INT);"
        "CREATE TABLE B (id VARCHAR, bureau_id VARCHAR, moved DATE);"
        "CREATE TABLE C (id VARCHAR);"
        "INSERT INTO A VALUES ('S1', 'x', 7), ('S2', '是', 1);"
        "INSERT INTO B VALUES ('S2', 'B9', '2019-01-02'); INSERT INTO C VALUES ('S3')"
    )
    said = {
        "bureaus": JG["bureaus"],
        "stations": [
            {"table": "A"},
            {"table": "B", "columns": {"relocated_on": "moved", "beds": {"constant": 3}}},
            {"table": "C", "columns": {"relocated_on": {"constant": "2019-03-04"},
                                       "units": {"constant": ["case", "patrol"]}}},
        ],
    }  # fmt: skip
    tables = on(connection, said)
    # The bits of case 2 and patrol 4.
    rows = sorted(
        read(tables, connection, pr.Station), key=lambda row: (row["id"], len(row), "beds" in row)
    )
    assert rows == [
        {"id": "S1", "grades_given": True},
        {"id": "S2", "pilot": True, "grades_given": True, "grades_2019": 1},
        {"id": "S2", "bureau_id": "B9", "relocated_on": date(2019, 1, 2), "beds": 3},
        {"id": "S3", "relocated_on": date(2019, 3, 4), "units": 6},
    ]
    places = [f"{each.place}.{each.field}" for each in tables.faults()]
    assert sorted(places) == ["A.grades_2019", "A.pilot", "B.bureau_id", "stations.id"]


def test_a_code_table_of_the_database(connection: duckdb.DuckDBPyConnection) -> None:
    source = {"table": "ga.t_dm", "code": "DMZ", "member": "DMMC", "where": "DMLB = 'ZW'"}
    role = {"column": "ZWDM", "codes_from": source, "codes": {"03": "other", "99": "unknown"}}
    said = {"officers": {"table": "GA.T_RY", "columns": {"id": "JH", "role": role}}}
    tables = on(connection, said)
    assert read(tables, connection, pr.Officer) == [
        {"id": "M1", "role": "chief"},
        {"id": "M2", "role": "community"},
        {"id": "M3"},
    ]
    assert tables.faults() == []
    # What stands for no member is refused, and so is a code with two meanings.
    role["codes"] = {"99": "unknown"}
    assert refused(connection, said) == [
        'legacy.toml: officers.columns.role: expected code "03" to stand for one of `chief`, '
        "`deputy_chief`, `instructor`, `clerk`, `community`, `case`, `patrol`, `command`, `other`, "
        'found "局长"; correct it, or write `unknown` for what says nothing',
    ]
    connection.execute("INSERT INTO GA.T_DM VALUES ('ZW', '02', '内勤')")
    role["codes"] = {"03": "other"}
    assert refused(connection, said) == [
        'legacy.toml: officers.columns.role: expected one meaning of code "02" in the code table, '
        "found several; narrow it with `where`, or say in `codes` what it means",
    ]


def test_codes_that_all_say_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    role = {"column": "ZWDM", "codes": {"99": "unknown"}}
    said = {"officers": {"table": "GA.T_RY", "columns": {"id": "JH", "role": role}}}
    tables = on(connection, said)
    assert [row.get("role") for row in read(tables, connection, pr.Officer)] == [None] * 3
    assert [fault.field for fault in tables.faults()] == ["ZWDM"]


@pytest.mark.parametrize(
    ("source", "line"),
    [
        (
            {"table": "GA.T_DN", "code": "DMZ", "member": "DMMC"},
            '.table: expected a table or view, found none named "GA.T_DN"; did you mean `GA.T_DM`? '
            "correct it",
        ),
        (
            {"table": "GA.T_DM", "code": "DMZ", "member": "DMMC", "where": "DMLB = 'WZ'"},
            ": expected codes in the code table, found none; correct `where`, or leave "
            "`codes_from` out",
        ),
        (
            {"table": "GA.T_DM", "code": "DM", "member": "DMMC"},
            '.code: expected a column, found none named "DM"; there are `DMLB`, `DMZ`, `DMMC`; '
            "correct it",
        ),
        (
            {"table": "GA.T_DM", "code": "DMZ", "member": "DMMC", "where": "DMLB = 'ZW'; DROP"},
            ".where: expected a condition of SQL, found \"DMLB = 'ZW'; DROP\"; correct it",
        ),
        (
            {"table": "GA.T_DM", "code": "DMZ", "member": "DMMC", "where": "LB = 'ZW'"},
            ".where: expected SQL that the database takes, found it refused (Binder Error: "
            'Referenced column "LB" not found in FROM clause!); correct it',
        ),
    ],
)
def test_code_tables_that_are_refused(
    connection: duckdb.DuckDBPyConnection, source: dict[str, str], line: str
) -> None:
    role = {"column": "ZWDM", "codes_from": source}
    said = {"officers": {"table": "GA.T_RY", "columns": {"id": "JH", "role": role}}}
    (found, *_) = refused(connection, said)
    assert found == f"legacy.toml: officers.columns.role.codes_from{line}"


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("DELETE FROM GA.T_JG", "one query"),
        ("SELECT 1 AS id; DROP TABLE GA.T_JG", "one query"),
        ("WITH gone AS (DELETE FROM GA.T_JG RETURNING *) SELECT * FROM gone", "one query"),
        ("SELECT JGDM AS id INTO other FROM GA.T_JG", "one query"),
        ("SELECT JGDM AS id FROM GA.T_JG FOR UPDATE", "one query"),
        ("COPY GA.T_JG TO 'x'", "one query"),
        ("EXPLAIN SELECT 1", "one query"),
        ("SHOW TABLES", "one query"),
        ("-- nothing", "one query"),
        ("SELECT (1", "SQL ("),
        ("SELECT 'x", "SQL ("),
    ],
)
def test_what_does_more_than_read(
    connection: duckdb.DuckDBPyConnection,
    query: str,
    reason: str,
    capsys: pytest.CaptureFixture[str],
) -> None:
    (line,) = refused(connection, {"stations": {"query": query}})
    assert line.startswith(f"legacy.toml: stations.query: expected {reason}")
    with pytest.raises(QueryRefusedError) as caught:
        user_query(query, DIALECTS["postgres"])
    assert caught.value.en.startswith(reason)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize(
    "condition", ["a = 1; b", "a = 1) OR (b = 2", ") UNION SELECT (1", "", "-- x", "a = 'x"]
)
def test_conditions_that_are_none(condition: str) -> None:
    with pytest.raises(QueryRefusedError):
        filtered('"T"', condition, DUCKDB)


def test_columns_of_queries_are_checked(connection: duckdb.DuckDBPyConnection) -> None:
    """Before anything runs, with everything that is wrong elsewhere."""
    said = {
        "bureaus": {"query": "SELECT JGDM AS id, MJS AS offcers, NOW() AS name FROM GA.T_JG"},
        "stations": {"query": "SELECT JG AS id FROM GA.T_JG"},
        "officers": {"query": "SELECT T.*, 1 AS more FROM GA.T_RY T", "columns": {"id": "JHH"}},
        "tasks": {"table": "GA.T_DD", "where": "DDRQ > X", "columns": {"id": "DDBH"}},
        "cases": {"table": "GA.T_AJ", "where": "1 = 1"},
    }
    assert refused(connection, said) == [
        "legacy.toml: stations.query: expected SQL that the database takes, found it refused "
        '(Binder Error: Referenced column "JG" not found in FROM clause!); correct it',
        "legacy.toml: tasks.where: expected SQL that the database takes, found it refused "
        '(Binder Error: Referenced column "X" not found in FROM clause!); correct it',
        "legacy.toml: bureaus.name: expected a text for the name, found TIMESTAMP WITH TIME ZONE; "
        "name another column, make a view, or give a `query` in the mapping",
        "legacy.toml: bureaus.offcers: expected a column that gives a field of the bureau, found "
        "none of that name; did you mean `officers`?",
        "legacy.toml: officers.JHH: expected a column of that name, found none; did you mean `JH`? "
        "correct the mapping",
        'legacy.toml: cases.table: expected a table or view, found none named "GA.T_AJ"; '
        "did you mean `GA.T_JG`? correct it",
    ]


@pytest.mark.parametrize("other", ["b.id", "b.code AS id", "b.officers, b.officers"])
def test_two_columns_of_one_name(connection: duckdb.DuckDBPyConnection, other: str) -> None:
    """Which is meant is not guessed."""
    connection.execute("CREATE TABLE t(id TEXT, code TEXT, officers INTEGER)")
    query = f"SELECT a.id, {other} FROM t AS a, t AS b"
    with pytest.raises(pr.FactError) as caught:
        on(connection, {"stations": {"query": query}})
    name = other.rpartition(" ")[2].rpartition(".")[2]
    assert f'legacy.toml: stations: expected "{name}" once, found it given twice' in str(
        caught.value
    )


def test_queries_need_a_connection() -> None:
    mapping = parse_mapping({"stations": {"query": "SELECT 1 AS id"}})
    from policy_rules.tables.schema import Schema

    with pytest.raises(pr.FactError) as caught:
        pr.to_sql(POLICY, mapping=mapping, schema=Schema(()))
    assert str(caught.value).startswith("mapping: stations.query: what columns a query has")


def test_what_only_databases_can_do_is_refused_of_files(tmp_path: Path) -> None:
    codes = {"table": "T", "code": "A", "member": "B"}
    mapping = parse_mapping(
        {
            "stations": {"query": "SELECT 1 AS id"},
            "officers": [{"table": "A"}, {"table": "B"}],
            "tasks": {"table": "T", "where": "a = 1"},
            "cases": {"columns": {"role": {"codes_from": codes}}},
        }
    )
    Path(tmp_path, "townships.csv").write_text("id\nT1\n")
    with pytest.raises(pr.FactError) as caught:
        read_document(tmp_path, mapping=mapping)
    lines = [line for line in str(caught.value).splitlines() if "needs a database" in line]
    assert [line.partition(": expected")[0] for line in lines] == [
        "mapping: stations.query",
        "mapping: officers[0].[[officers]]",
        "mapping: tasks.where",
        "mapping: cases.columns.role.codes_from",
    ]


def test_constants_in_files(tmp_path: Path) -> None:
    Path(tmp_path, "调动.csv").write_text("编号,方向,调动日期\nD1,调入,2020-01-02\n", "utf-8")
    said = {"columns": {"direction": {"constant": "out"}, "replaces": {"constant": ""}}}
    mapping = parse_mapping({"transfers": said})
    (transfer,) = read_document(tmp_path, mapping=mapping).facts.all(pr.Transfer)
    assert transfer == pr.Transfer(
        id="D1", direction=pr.Direction.OUT, replaces="", on=date(2020, 1, 2)
    )
