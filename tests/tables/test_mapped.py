"""Mappings of databases: what columns give, in a real DuckDB; what is refused before it runs."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import duckdb
import pytest
import sqlglot
from sqlglot import exp

from policy_rules.facts import Fact, FactError
from policy_rules.facts.faults import FaultCode
from policy_rules.formats import parse_mapping
from policy_rules.police import POLICE, CriminalCase, Incident, Officer, Station, Task, Transfer
from policy_rules.tables.mapped import MappedSource, sources
from policy_rules.tables.schema import (
    Column,
    Family,
    Schema,
    family_of,
    schema_of_dbapi,
    schema_of_duckdb,
)
from policy_rules.tables.schema import Table as DatabaseTable

YEARS = (2018, 2019)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def read_by_rules(
    connection: duckdb.DuckDBPyConnection, cls: type[Fact], said: Table[str, Any] | None = None
) -> list[dict[str, Any]]:
    """Give what the rules read of each row of the table of a class."""
    mapping = None if said is None else parse_mapping(said)
    found = sources(mapping, schema_of_duckdb(connection), POLICE.classes, YEARS, "duckdb")[cls]
    query = exp.select(
        *(exp.Alias(this=each, alias=name) for name, each in found.columns.items())
    ).from_(found.relation)
    rows = connection.execute(query.sql("duckdb", identify=True)).fetchall()
    return [dict(zip(found.columns, row, strict=True)) for row in rows]


def values(
    connection: duckdb.DuckDBPyConnection,
    cls: type[Fact],
    field: str,
    said: object,
    type_: str,
    given: Sequence[str],
) -> list[object]:
    """Give what the rules read for a field from literals in a column `X` of a type."""
    table = cls.collection
    connection.execute(f'CREATE TABLE "{table}" (id VARCHAR, X {type_})')
    for position, literal in enumerate(given):
        connection.execute(f"INSERT INTO \"{table}\" VALUES ('{position:03}', {literal})")
    mapping = {cls.collection: {"columns": {field: said}}}
    rows = read_by_rules(connection, cls, mapping)
    return [row[field] for row in sorted(rows, key=lambda row: str(row["id"]))]


@pytest.mark.parametrize(
    ("cls", "field", "said", "type_", "given", "expected"),
    [
        (Station, "name", "X", "VARCHAR", ["' 黄石 '", "' '", "NULL"], ["黄石", None, None]),
        (Station, "bureau_id", "X", "BIGINT", ["350304", "NULL"], ["350304", None]),
        # A blank says nothing, as NULL does; `无` says that there is none, where that can be known.
        (Officer, "zone", "X", "VARCHAR", ["'一区'", "''", "'无'", "NULL"],
         ["一区", None, "", None]),
        (Transfer, "replaces", "X", "VARCHAR", ["'T1'", "'-'", "NULL"], ["T1", "", None]),
        (Station, "pilot", "X", "BOOLEAN", ["TRUE", "FALSE", "NULL"], [True, False, None]),
        (Station, "pilot", "X", "VARCHAR", ["'是'", "'No'", "' 1'", "'x'", "''"],
         [True, False, True, None, None]),
        (Station, "pilot", "X", "INTEGER", ["1", "0", "2"], [True, False, None]),
        (Station, "pilot", {"column": "X", "yes": ["01"], "no": ["02"]}, "VARCHAR",
         ["'01'", "'02'", "'1'", "NULL"], [True, False, None, None]),
        (Station, "pilot", {"column": "X", "yes": ["1"], "no": ["2"]}, "TINYINT",
         ["1", "2", "3"], [True, False, None]),
        (Station, "officers", "X", "VARCHAR", ["'34'", "' +5 '", "'-1'", "'3.0'", "'三'", "''"],
         [34, 5, None, 3, None, None]),
        (Station, "officers", "X", "DOUBLE", ["34.0", "2.5", "'inf'", "'nan'", "1e30", "NULL"],
         [34, None, None, None, None, None]),
        (Station, "officers", "X", "HUGEINT", ["34", "10::HUGEINT ** 30"], [34, None]),
        (Station, "officers", "X", "DECIMAL(9, 0)", ["34"], [34]),
        (Station, "relocated_on", "X", "DATE", ["DATE '2020-02-29'"], [date(2020, 2, 29)]),
        (Station, "relocated_on", "X", "TIMESTAMP", ["TIMESTAMP '2020-02-29 08:30'"],
         [date(2020, 2, 29)]),
        (Station, "relocated_on", "X", "VARCHAR",
         ["'2020-02-29'", "'2019-02-29'", "'20190716'", "'2019-7-16'", "''", "'9999-12-31'"],
         [date(2020, 2, 29), None, date(2019, 7, 16), date(2019, 7, 16), None, None]),
        (Station, "relocated_on", {"column": "X", "date": "yyyymmdd"}, "VARCHAR",
         ["'20200229'", "'20190229'", "'00000000'", "'2020-02-29'", "' 20190716 '"],
         [date(2020, 2, 29), None, None, None, date(2019, 7, 16)]),
        (Station, "relocated_on", {"column": "X", "date": "yyyymmdd"}, "INTEGER",
         ["20190716", "20190732"], [date(2019, 7, 16), None]),
        (Station, "relocated_on", {"column": "X", "date": "yyyymmddhhmmss"}, "VARCHAR",
         ["'20190716235959'", "'20190716240000'", "'20190716'"], [date(2019, 7, 16), None, None]),
        (Incident, "received_at", {"column": "X", "date": "yyyymmddhhmmss"}, "VARCHAR",
         ["'20190716083015'", "'20190716'"], [datetime(2019, 7, 16, 8, 30, 15), None]),
        (Incident, "received_at", {"column": "X", "date": "yyyy/mm/dd hh:mm"}, "VARCHAR",
         ["'2019/07/16 08:30'"], [datetime(2019, 7, 16, 8, 30)]),
        (Incident, "received_at", "X", "VARCHAR", ["'2019-07-16 08:30:15'"],
         [datetime(2019, 7, 16, 8, 30, 15)]),
        (Station, "setting", "X", "VARCHAR", ["'urban'", "' 乡镇'", "'rural '", "'城市'", "NULL"],
         ["urban", "township", "rural", None, None]),
        (Station, "setting", {"column": "X", "codes": {"1": "城区", "2": "rural", "9": "unknown"}},
         "SMALLINT", ["1", "2", "9", "3"], ["urban", "rural", None, None]),
        (Station, "setting", {"column": "X", "codes": {"1": "urban"}}, "DOUBLE", ["1", "1.5"],
         ["urban", None]),
        # With a code table, only its codes stand for anything.
        (Station, "setting", {"column": "X", "codes": {"01": "urban"}}, "VARCHAR",
         ["'01'", "'1'", "'urban'"], ["urban", None, None]),
        (Station, "setting", "X", "ENUM('urban', '农村')", ["'urban'", "'农村'"],
         ["urban", "rural"]),
        # The bits of community 1, case 2, patrol 4, command 8.
        (Station, "units", "X", "VARCHAR",
         ["'case; 社区警务队'", "'无'", "'-'", "'case;bad'", "'case;;patrol'", "''", "'case;case'"],
         [3, 0, 0, None, None, None, 2]),
        (Station, "units", {"column": "X", "separator": ",", "codes": {"01": "community",
         "1": "case", "4": "command", "99": "unknown"}}, "VARCHAR",
         ["'01,4'", "'1'", "'01 , 1,'", "'01;1'", "'01,99'", "'4,01,4'"],
         [9, 2, None, None, None, 9]),
        (Station, "units", {"column": "X", "codes": {"1": "community", "2": "case"}}, "INTEGER",
         ["1", "2", "3"], [1, 2, None]),
        (Station, "units", "X", "VARCHAR[]", ["['case', '社区警务队']", "[]", "['bad']", "NULL"],
         [3, 0, None, None]),
        (CriminalCase, "place_codes", "X", "VARCHAR",
         ["'350304、350302；350304'", "'无'", "'35030'", "''"],
         ["=<350302><350304>", "=", None, None]),
        (CriminalCase, "place_codes", {"column": "X", "separator": "^"}, "VARCHAR",
         ["'350304^350302'", "'350304'", "'350304;350302'"],
         ["=<350302><350304>", "=<350304>", None]),
        (CriminalCase, "place_codes", "X", "VARCHAR[]", ["['350304']", "[]", "['']", "[NULL]"],
         ["=<350304>", "=", None, None]),
        (Station, "units", "X", "VARCHAR[]", ["[' case ', 'ＣＡＳＥ']", "['case', NULL]"],
         [None, None]),
        (Station, "units", "X", "VARCHAR[]", ["[' case ', 'ｃase']", "['']"], [2, None]),
        # By the clocks of Shanghai, to the second.
        (Incident, "received_at", "X", "TIMESTAMPTZ", ["TIMESTAMPTZ '2019-07-16 00:30:15.7+00'"],
         [datetime(2019, 7, 16, 8, 30, 15)]),
        (Incident, "received_at", "X", "TIMESTAMP", ["TIMESTAMP '2019-07-16 08:30:15.7'"],
         [datetime(2019, 7, 16, 8, 30, 15)]),
        (Incident, "received_at", "X", "VARCHAR", ["'2019-07-16T23:30Z'", "'2019-07-16 8:30+08'"],
         [datetime(2019, 7, 17, 7, 30), datetime(2019, 7, 16, 8, 30)]),
        (Station, "relocated_on", "X", "TIMESTAMPTZ", ["TIMESTAMPTZ '2019-07-16 23:30:00+00'"],
         [date(2019, 7, 17)]),
        (Station, "relocated_on", "X", "VARCHAR", ["'2019-07-16T23:30:00Z'"], [date(2019, 7, 17)]),
        (Station, "relocated_on", {"column": "X", "date": ["yyyymmdd", "d/m/yyyy"],
         "unknown": ["00000000", "99991231"]}, "VARCHAR",
         ["'20190716'", "'6/7/2019'", "'00000000'", "'99991231'", "'2019-07-16'"],
         [date(2019, 7, 16), date(2019, 7, 6), None, None, None]),
        (Station, "pilot", {"column": "X", "yes": "√", "no": ["×", ""]}, "VARCHAR",
         ["'√'", "'×'", "''", "'  '", "NULL", "'o'"], [True, False, False, False, False, None]),
        (Station, "officers", {"column": "X", "unknown": ["-1", "999"]}, "INTEGER",
         ["14", "-1", "999", "-2"], [14, None, None, None]),
    ],
)  # fmt: skip
def test_what_columns_give(
    connection: duckdb.DuckDBPyConnection,
    cls: type[Fact],
    field: str,
    said: object,
    type_: str,
    given: Sequence[str],
    expected: Sequence[object],
) -> None:
    assert values(connection, cls, field, said, type_, given) == expected


def test_codes_of_a_preset_stand_beside_the_words(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE officers AS SELECT i AS id, e AS education FROM (VALUES "
        "(1, '11'), (2, '32'), (3, '本科'), (4, '20'), (5, 'x')) AS t(i, e)"
    )
    rows = read_by_rules(connection, Officer, {"presets": ["gb-t-4658"]})
    assert rows == [
        {"id": "1", "education": "postgraduate"},
        {"id": "2", "education": "below_college"},
        {"id": "3", "education": "bachelor"},
        {"id": "4", "education": None},
        {"id": "5", "education": None},
    ]


def test_own_codes_go_before_those_of_a_preset(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE T AS SELECT i AS id, e AS XL FROM (VALUES "
        "(1, '11'), (2, '20'), (3, '本科'), (4, '99'), (5, 'x')) AS t(i, e)"
    )
    codes = {"20": "college", "99": "unknown"}
    columns = {"education": {"column": "XL", "codes": codes}}
    said = {"presets": ["gb-t-4658"], "officers": {"table": "T", "columns": columns}}
    assert [row["education"] for row in read_by_rules(connection, Officer, said)] == [
        "postgraduate", "college", "bachelor", None, None,
    ]  # fmt: skip


def test_numbers_by_year_in_one_text(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, grades VARCHAR);"
        "INSERT INTO stations VALUES ('a', '2018:1；2019：2'), ('b', '2017:3'), ('c', '无'), "
        "('d', NULL), ('e', '2018:1;2018:2'), ('f', '2018:9')"
    )
    assert read_by_rules(connection, Station) == [
        {"id": "a", "grades_given": True, "grades_2018": 1, "grades_2019": 2},
        {"id": "b", "grades_given": True, "grades_2018": None, "grades_2019": None},
        {"id": "c", "grades_given": True, "grades_2018": None, "grades_2019": None},
        {"id": "d", "grades_given": False, "grades_2018": None, "grades_2019": None},
        {"id": "e", "grades_given": False, "grades_2018": None, "grades_2019": None},
        {"id": "f", "grades_given": True, "grades_2018": None, "grades_2019": None},
    ]


def test_numbers_by_year(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE T(id VARCHAR, DJ17 INTEGER, DJ18 VARCHAR, DJ19 INTEGER);"
        "INSERT INTO T VALUES ('a', NULL, '1', 2), ('b', 3, NULL, NULL), ('c', NULL, NULL, NULL)"
    )
    said = {"2017": "DJ17", "2018": "DJ18", "2019": "DJ19"}
    mapping = {"stations": {"table": "T", "columns": {"grades": said}}}
    assert read_by_rules(connection, Station, mapping) == [
        {"id": "a", "grades_given": True, "grades_2018": 1, "grades_2019": 2},
        {"id": "b", "grades_given": True, "grades_2018": None, "grades_2019": None},
        {"id": "c", "grades_given": False, "grades_2018": None, "grades_2019": None},
    ]


def test_tables_without_a_mapping(connection: duckdb.DuckDBPyConnection) -> None:
    """Names and labels are taken, with every form of what they hold."""
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, setting VARCHAR, 地形 VARCHAR, units BIGINT, "
        "grades_given BOOLEAN, grades_2018 BIGINT, other INTEGER);"
        "INSERT INTO stations VALUES ('S1', 'urban', '山区', 3, TRUE, NULL, 1);"
        "CREATE VIEW 刑事案件 AS SELECT 'C1' AS 编号, '=<350302>' AS place_codes, 32 AS means;"
        "CREATE TABLE nothing_of_ours(id VARCHAR)"
    )
    found = sources(None, schema_of_duckdb(connection), POLICE.classes, YEARS, "duckdb")
    assert list(found) == [Station, CriminalCase]
    assert found[Station].relation.sql("duckdb") == '"stations"'
    assert read_by_rules(connection, Station) == [
        {
            "id": "S1",
            "setting": "urban",
            "terrain": "mountain",
            "units": 3,
            "grades_given": True,
            "grades_2018": None,
        }
    ]
    assert read_by_rules(connection, CriminalCase) == [
        {"id": "C1", "means": 32, "place_codes": "=<350302>"}
    ]


def test_tables_are_found_whatever_their_case(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute('CREATE SCHEMA "GA"; CREATE TABLE "GA"."T_Pcs"("PcsDm" VARCHAR, 备注 INT);')
    connection.execute('INSERT INTO "GA"."T_Pcs" VALUES (\'S1\', 1)')
    mapping = {"stations": {"table": "ga.t_pcs", "columns": {"id": "PCSDM"}}}
    assert read_by_rules(connection, Station, mapping) == [{"id": "S1"}]


def test_a_table_that_a_mapping_gives_to_another_class(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("CREATE TABLE officers(id VARCHAR)")
    mapping = parse_mapping({"stations": {"table": "OFFICERS"}})
    found = sources(mapping, schema_of_duckdb(connection), POLICE.classes, YEARS, "duckdb")
    assert list(found) == [Station]


def test_only_the_tables_that_a_mapping_names_are_read(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """A database has tables of something else that are called as collections are."""
    connection.execute(
        "CREATE TABLE officers(id VARCHAR); CREATE TABLE T_PCS(id VARCHAR);"
        "CREATE SCHEMA app; CREATE TABLE app.cities(id INTEGER); CREATE TABLE app.events(id DATE);"
        "CREATE TABLE app.tasks(id VARCHAR)"
    )
    schema = schema_of_duckdb(connection)
    for said, expected in (
        ({"stations": {"table": "T_PCS"}}, {Station: "main.T_PCS"}),
        ({"officers": {}}, {Officer: "main.officers"}),
        ({"tasks": {"table": "app.tasks"}}, {Task: "app.tasks"}),
        # What says nothing of tables is as if it were not there: those of the current schema.
        ({"presets": ["ga-t-380"], "unknown": ["/"]}, {Officer: "main.officers"}),
        (None, {Officer: "main.officers"}),
    ):
        mapping = None if said is None else parse_mapping(said)
        found = sources(mapping, schema, POLICE.classes, YEARS, "duckdb")
        assert {cls: source.read_from for cls, source in found.items()} == expected
    # A table that is found by its name is one of the current schema, with a mapping too.
    assert refused(connection, {"events": {}}) == [
        "mapping: events.table: expected a table or view of the current schema called `events` or "
        "`活动`, found none; if `app.events` is meant, name it",
    ]


def refused(
    connection: duckdb.DuckDBPyConnection, said: Table[str, Any] | None, lang: str = "en"
) -> list[str]:
    """Give the lines of the error that tables are refused with."""
    mapping = None if said is None else parse_mapping(said)
    with pytest.raises(FactError) as caught:
        sources(mapping, schema_of_duckdb(connection), POLICE.classes, YEARS, "duckdb")
    assert all(fault.code is not FaultCode.OTHER for fault in caught.value.faults)
    return caught.value.text("zh" if lang == "zh" else "en").splitlines()


def test_every_fault_of_tables_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE T_PCS(PCSDM VARCHAR, 编号 VARCHAR, MJS DATE, CX INTEGER, BQ INTEGER, "
        "SD TIMESTAMPTZ, DS INTEGER, grades DOUBLE, beds BOOLEAN);"
        "CREATE TABLE officers(station_id VARCHAR, 派出所 VARCHAR, education DOUBLE);"
        "CREATE TABLE incidents(id VARCHAR, received_at DATE);"
        "CREATE SCHEMA a; CREATE TABLE a.tasks(id VARCHAR);"
        "CREATE SCHEMA b; CREATE TABLE b.tasks(id VARCHAR);"
    )
    said = {
        "complete": ["cases", "officers"],
        "stations": {
            "table": "T_PCS",
            "columns": {
                "id": "PCSD",
                "officers": "MJS",
                "setting": "CX",
                "relocated_on": "BQ",
                "smart_area_completed_on": "SD",
                "units": "DS",
            },
        },
        "officers": {},
        "tasks": {"table": "tasks"},
        "incidents": {},
        "mediators": {"table": "T_TJY"},
        "workstations": {"table": "T_PC"},
    }
    assert refused(connection, said) == [
        "T_PCS.PCSD: expected a column of that name, found none; did you mean `PCSDM`? "
        "correct the mapping",
        "T_PCS.CX: expected a text; for numbers, give their meaning with `codes` for the "
        "setting, found INTEGER; name another column, "
        "make a view, or give a `query` in the mapping",
        "T_PCS.MJS: expected a whole number, or a text of one for the sworn officers, found DATE; "
        "name another column, make a view, or give a `query` in the mapping",
        "T_PCS.beds: expected a whole number, or a text of one for the on-call beds, found "
        "BOOLEAN; name another column, make a view, or give a `query` in the mapping",
        "T_PCS.DS: expected a text, or a list of texts for the units in place, found INTEGER; "
        "name another column, make a view, or give a `query` in the mapping",
        "T_PCS.grades: expected a column for each year, or a text such as 2018:1;2019:2 for the "
        "annual grade, found DOUBLE; name another column, "
        "make a view, or give a `query` in the mapping",
        "officers.id: expected a column for the id of each officer, found none; "
        "say in the mapping which one it is",
        'officers: expected "派出所" once, found it given twice (as `station_id`); '
        "keep one of them",
        "officers.education: expected a text; for numbers, give their meaning with `codes` for "
        "the education, found DOUBLE; name another column, "
        "make a view, or give a `query` in the mapping",
        "mapping: tasks.table: expected one table or view for it, found memory.a.tasks, "
        "memory.b.tasks; say which one",
        "incidents.received_at: expected a date and time, or a text of one for the time received, "
        "found DATE; name another column, make a view, or give a `query` in the mapping",
        'mapping: mediators.table: expected a table or view, found none named "T_TJY"; '
        "correct it or remove it",
        'mapping: workstations.table: expected a table or view, found none named "T_PC"; '
        "did you mean `T_PCS`? correct it",
        "mapping: complete: expected a table for `cases`, whose list is said to be whole, found "
        "none; name its table, or remove it from `complete`",
    ]


def test_faults_of_tables_in_chinese(connection: duckdb.DuckDBPyConnection) -> None:
    assert refused(connection, None, "zh")[0].startswith(
        "database：应有名为下列之一的表或视图：`bureaus`, `stations`, "
    )
    connection.execute("CREATE TABLE T(DM INTEGER, beds DATE)")
    said = {"stations": {"table": "T"}, "tasks": {"table": "RW"}}
    assert refused(connection, said, "zh") == [
        "T.id：应有派出所的编号一列，实际没有；请在映射中说明是哪一列",
        "T.beds：应有整数或写有整数的文本，实为 DATE；请改用其他列或视图，或在映射中用 `query`",
        'mapping: tasks.table：没有名为 "RW" 的表或视图；请改正或删去',
    ]


def test_a_database_without_any_of_our_tables(connection: duckdb.DuckDBPyConnection) -> None:
    (line,) = refused(connection, None)
    assert line.startswith("database: expected tables or views named as any of `bureaus`, `sta")
    assert line.endswith(
        "found none; rename them, make views, or give a mapping, in which a `query` does as well"
    )


def test_the_schema_of_a_database(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE SCHEMA s; CREATE TABLE s.T(a VARCHAR, b TIMESTAMP, c INTEGER[]);"
        "CREATE TEMP VIEW V AS SELECT 1 AS x"
    )
    schema = schema_of_duckdb(connection)
    columns = (
        Column("a", "VARCHAR", Family.TEXT),
        Column("b", "TIMESTAMP", Family.MOMENT),
        Column("c", "INTEGER[]", Family.LIST),
    )
    assert schema.named("S.t") == [DatabaseTable(("memory", "s", "T"), columns, current=False)]
    (view,) = schema.named("v")
    assert view.parts == ("temp", "main", "V")
    assert view.current
    assert view.column("X") == Column("x", "INTEGER", Family.WHOLE)
    assert view.column("y") is None
    # What DuckDB says by the standard's tables is the same.
    (table,) = schema_of_dbapi(connection).named("s.t")
    assert table == DatabaseTable(("s", "T"), columns, current=False)


@pytest.mark.parametrize(
    ("name", "family"),
    [
        ("VARCHAR", Family.TEXT),
        ("character varying", Family.TEXT),
        ("character", Family.TEXT),
        ("text", Family.TEXT),
        ("string", Family.TEXT),
        ("VARCHAR2(12)", Family.TEXT),
        ("NVARCHAR2(12)", Family.TEXT),
        ("char(12)", Family.TEXT),
        ("ENUM('a', 'b')", Family.NAMED),
        ("USER-DEFINED", Family.NAMED),
        ("BIGINT", Family.WHOLE),
        ("UTINYINT", Family.WHOLE),
        ("int8", Family.WHOLE),
        ("integer", Family.WHOLE),
        ("decimal(10,0)", Family.WHOLE),
        ("NUMBER(12)", Family.WHOLE),
        ("numeric", Family.NUMBER),
        ("decimal(10,2)", Family.NUMBER),
        ("double precision", Family.NUMBER),
        ("float", Family.NUMBER),
        ("BOOLEAN", Family.BOOLEAN),
        ("date", Family.DATE),
        ("timestamp without time zone", Family.MOMENT),
        ("timestamp_ntz", Family.MOMENT),
        ("timestamp with time zone", Family.ZONED),
        ("TIMESTAMPTZ", Family.ZONED),
        ("array<string>", Family.LIST),
        ("ARRAY", Family.LIST),
        ("VARCHAR[]", Family.LIST),
        ("VARCHAR[3]", Family.LIST),
        ("BOOLEAN[2][]", Family.LIST),
        ('"NULL"', Family.NAMED),
        ("void", Family.NAMED),
        ("interval", Family.OTHER),
        ("TIME WITH TIME ZONE", Family.OTHER),
        ("STRUCT(at TIMESTAMP WITH TIME ZONE)", Family.OTHER),
        ("ENUM('with time zone')", Family.NAMED),
        ("BLOB", Family.OTHER),
        ("STRUCT(a INTEGER)", Family.OTHER),
        ("map<int,int>", Family.OTHER),
    ],
)
def test_families_of_types(name: str, family: Family) -> None:
    assert family_of(name) is family


EVERY_KIND = {
    "presets": ["gb-t-4658"],
    "stations": {
        "table": "GA.T_PCS",
        "columns": {
            "id": "PCSDM",
            "setting": {"column": "CXLB", "codes": {"1": "urban"}},
            "pilot": {"column": "SDBZ", "yes": ["Y"], "no": ["N"]},
            "relocated_on": {"column": "BQRQ", "date": "yyyymmdd"},
            "units": {"column": "DSS", "separator": ",", "codes": {"1": "case", "2": "patrol"}},
            "officers": "MJS",
            "grades": {"2018": "DJ2018"},
        },
    },
    "cases": {"table": "GA.T_AJ", "columns": {"id": "AJBH", "place_codes": "DM"}},
    "incidents": {
        "table": "GA.T_JQ",
        "columns": {"id": "JQBH", "received_at": {"column": "JJSJ", "date": "yyyymmddhhmmss"}},
    },
}


def every_kind(dialect: str) -> dict[type[Fact], MappedSource]:
    """Sources that have columns of every kind, all kept as texts, as in an old database."""

    def table(name: str, *columns: str) -> DatabaseTable:
        texts = tuple(Column(each, "VARCHAR2(64)", Family.TEXT) for each in columns)
        return DatabaseTable(("GA", name), texts, current=False)

    schema = Schema(
        (
            table("T_PCS", "PCSDM", "CXLB", "SDBZ", "BQRQ", "DSS", "MJS", "DJ2018"),
            table("T_AJ", "AJBH", "DM"),
            table("T_JQ", "JQBH", "JJSJ"),
        )
    )
    return sources(parse_mapping(EVERY_KIND), schema, POLICE.classes, YEARS, dialect)


def _said_of(source: MappedSource) -> list[exp.Expression]:
    return [each.says for each in source.converted.values()]


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "oracle", "doris"])
def test_every_database_can_be_written_for(dialect: str) -> None:
    """What is printed can be read again; what is read again, prints the same."""
    for source in every_kind(dialect).values():
        for each in (source.relation, *source.columns.values(), *_said_of(source)):
            read = sqlglot.parse_one(each.sql(dialect), read=dialect).sql(dialect)
            assert sqlglot.parse_one(read, read=dialect).sql(dialect) == read


def test_what_oracle_reads() -> None:
    """No booleans; an empty text is NULL; dates are not cast, which would go by the session."""
    source = every_kind("oracle")[Station]
    day = source.columns["relocated_on"].sql("oracle")
    pilot = source.columns["pilot"].sql("oracle")
    said = pilot.split()[2]
    assert pilot == f"CASE WHEN {said} = 'Y' THEN 1 WHEN {said} = 'N' THEN 0 END"
    assert " THEN TO_DATE(REGEXP_SUBSTR(" in day
    assert "CAST(" not in day
