"""What is found wrong in the tables of a database before anything is answered from them."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Any

import duckdb
import pytest
import sqlglot

from policy_rules.facts import Fact
from policy_rules.formats import parse_mapping
from policy_rules.police import POLICE, Bureau, City, Station
from policy_rules.tables.data_checks import data_checks, faults_of_data
from policy_rules.tables.mapped import MappedSource, sources
from policy_rules.tables.schema import schema_of_duckdb

YEARS = (2018, 2019)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def lines(
    connection: duckdb.DuckDBPyConnection,
    found: Table[type[Fact], MappedSource],
    complete: tuple[type[Fact], ...] = (),
    lang: str = "en",
) -> list[str]:
    """Give one line for everything that is wrong."""
    faults = faults_of_data(
        lambda sql: connection.execute(sql).fetchall(), found, "duckdb", complete
    )
    return [fault.text("zh" if lang == "zh" else "en") for fault in faults]


def mapped(
    connection: duckdb.DuckDBPyConnection, said: Table[str, Any] | None = None
) -> Table[type[Fact], MappedSource]:
    """Find the tables of every class."""
    mapping = None if said is None else parse_mapping(said)
    return sources(mapping, schema_of_duckdb(connection), POLICE.classes, YEARS, "duckdb")


def test_nothing_is_wrong(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' AS id, NULL::VARCHAR AS bureau_id, "
        "'urban' AS setting, 15 AS units, 0 AS officers, DATE '1900-01-01' AS relocated_on;"
        "CREATE TABLE transfers(id VARCHAR, station_id VARCHAR, replaces VARCHAR);"
        "INSERT INTO transfers VALUES ('T1', 'S1', ''), ('T2', NULL, 'T1');"
        "CREATE TABLE bureaus(id VARCHAR);"
        "CREATE TABLE cases AS SELECT 'C1' AS id, '=<350302>' AS place_codes"
    )
    assert lines(connection, mapped(connection)) == []


def test_ids_and_references(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, bureau_id VARCHAR);"
        "INSERT INTO stations VALUES ('S1', 'B1'), ('S1', NULL), ('S2', 'B2'), ('S2', NULL), "
        "('S2', NULL), (NULL, 'B3'), ('a b', NULL);"
        "CREATE TABLE bureaus(id VARCHAR);"
        "CREATE TABLE transfers(id VARCHAR, station_id VARCHAR, replaces VARCHAR);"
        "INSERT INTO transfers VALUES ('T1', 'S1', ''), ('T2', 'S9', 'T9'), ('T3', 'S8', 'T1')"
    )
    found = mapped(connection)
    wrong_ids = [
        "stations.id: expected an id, found nothing; correct it",
        "stations.id: expected an id of at most 64 characters without white space, slashes or lost "
        'digits, and no total or formula, found "a b"; correct it',
        'stations.id (3 times): expected an id that is unique among `stations`, found "S2" (2 '
        'times), "S1" again; correct it or remove the repetition',
    ]
    wrong_transfers = [
        "transfers.station_id (2 times): expected the id of one of the given `stations`, found "
        '"S8" (T3), "S9" (T2); correct it, or add what it refers to',
        "transfers.replaces (T2): expected the id of one of the given `transfers`, found "
        '"T9"; correct it, or add what it refers to',
    ]
    # There is no bureau, and nothing says that this is the whole list of them.
    assert lines(connection, found) == wrong_ids + wrong_transfers
    assert lines(connection, found, (Bureau,)) == [
        *wrong_ids,
        "stations.bureau_id (3 times): expected the id of one of the given `bureaus`, found "
        '"B1" (S1), "B2" (S2), "B3"; correct it, or add what it refers to',
        *wrong_transfers,
    ]


def test_a_total_is_no_station(connection: duckdb.DuckDBPyConnection) -> None:
    """What a list from a spreadsheet still has when it comes into a table: 48 officers for 24."""
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, name VARCHAR);"
        "INSERT INTO stations VALUES ('S1', '甲派出所'), ('合计', NULL), "
        "('小计', NULL), ('平均数', NULL), ('#REF!', NULL), ('=A2', NULL), ('合计派出所', '#N/A')"
    )
    (ids, names) = lines(connection, mapped(connection))
    assert ids.endswith(
        "or lost digits, and no total or formula, found "
        '"#REF!", "=A2", "合计", "小计", "平均数"; correct it'
    )
    assert names.endswith('found "#N/A"; correct it')


def test_a_thousand_rows_are_one_line_with_ten_values(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Values by how often they are given, then in order; the ids of the first rows of each."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S' || lpad(n::VARCHAR, 4, '0') AS id, "
        "CASE WHEN n < 900 THEN '十四' ELSE 'x' || n END AS officers FROM range(1000) t(n)"
    )
    (fault,) = faults_of_data(
        lambda sql: connection.execute(sql).fetchall(), mapped(connection), "duckdb"
    )
    assert fault.text().startswith(
        "stations.officers (1,000 times): expected a whole number from 0 to 10000000, found "
        '"十四" (900 times: S0000, …), "x900" (S0900), "x901" (S0901), '
    )
    assert fault.text().endswith('"x908" (S0908), …; correct it')
    told = fault.as_json()
    assert (told["code"], told["count"], len(told["values"])) == ("unreadable_value", 1000, 10)
    assert told["values"][0] == {
        "value": "十四", "count": 900, "at": [f"S{n:04}" for n in range(10)]
    }  # fmt: skip
    assert told["values"][9] == {"value": "x908", "count": 1, "at": ["S0908"]}


ATTESTED = {"3.3/1a": City, "4.5/2a": Station}


def test_statements_that_do_not_say_of_what(connection: duckdb.DuckDBPyConnection) -> None:
    """A citation that cannot be read is told of as such; a column may be called otherwise."""
    connection.execute(
        "CREATE TABLE attestations(id VARCHAR, clause VARCHAR, cite VARCHAR, holds BOOLEAN);"
        "INSERT INTO attestations VALUES ('A1', '4.5/2a', NULL, false), "
        "('A2', '', '\ufffd', NULL), ('A3', '', NULL, NULL), ('A4', '', '\ufffd', true)"
    )
    found = mapped(connection)
    faults = faults_of_data(
        lambda sql: connection.execute(sql).fetchall(), found, "duckdb", (), ATTESTED
    )
    assert [fault.text() for fault in faults] == [
        'attestations.cite (2 times: A2, A4): expected a text, found "\ufffd"; correct it',
        "attestations.cite (A1): expected the citation of what is attested, found nothing; give it",
        "attestations.subject_id (2 times: A1, A4): expected the id of what the attestation is "
        "about, found nothing; give it",
    ]


def test_attestations_that_hit_nothing(connection: duckdb.DuckDBPyConnection) -> None:
    """No such sentence, no such station; of cities there is no table, so any id may be one."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' AS id;"
        "CREATE TABLE attestations(id VARCHAR, subject_id VARCHAR, cite VARCHAR);"
        "INSERT INTO attestations VALUES ('A1', 'S1', '4.5/2a'), ('A2', 'S1', '4.5/2A'), "
        "('A3', 'S7', '4.5/2a'), ('A4', '350300', '3.3/1a'), ('A5', 'cities/1', '3.3/1a'), "
        "('A6', NULL, '4.5/2a'), ('A7', 'S1', NULL)"
    )
    found = mapped(connection)
    faults = faults_of_data(
        lambda sql: connection.execute(sql).fetchall(), found, "duckdb", (), ATTESTED
    )
    assert [(fault.code.value, fault.text()) for fault in faults] == [
        (
            "unknown_citation",
            "attestations.cite (A2): expected the citation of what rests on an attestation, found "
            '"4.5/2A"; did you mean `4.5/2a`? correct it',
        ),
        (
            "unknown_subject",
            "attestations.subject_id (A5): expected the id of one of the given `cities`, found "
            '"cities/1"; give the id alone, or add what it is about',
        ),
        (
            "unknown_subject",
            "attestations.subject_id (A3): expected the id of one of the given `stations`, found "
            '"S7"; give the id alone, or add what it is about',
        ),
    ]


def test_values_that_would_be_lost(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE T_PCS(PCSDM VARCHAR, CXLB INTEGER, SDBZ VARCHAR, MJS VARCHAR, BQRQ VARCHAR, "
        "DSS VARCHAR, DJ2018 DOUBLE, name VARCHAR);"
        "INSERT INTO T_PCS VALUES "
        "('350304540000', 1, 'Y', '34', '20190716', '1,2', 1, NULL), "
        "('350304550000', 9, '', '', '', '无', NULL, NULL), "
        "('3503045600', 3, '是', '三', '20190230', '1;2', 1.5, NULL), "
        "('350304570000', 4, 'x', '-1', '18991231', '3', 6, NULL)"
    )
    said = {
        "presets": ["ga-t-380"],
        "stations": {
            "table": "T_PCS",
            "columns": {
                "id": "PCSDM",
                "setting": {"column": "CXLB", "codes": {"1": "urban", "9": "unknown"}},
                "pilot": {"column": "SDBZ", "yes": ["Y"], "no": ["N"]},
                "officers": "MJS",
                "relocated_on": {"column": "BQRQ", "date": "yyyymmdd"},
                "units": {
                    "column": "DSS",
                    "separator": ",",
                    "codes": {"1": "case", "2": "patrol"},
                },
                "grades": {"2018": "DJ2018"},
            },
        },
    }
    found = mapped(connection, said)
    assert lines(connection, found) == [
        "T_PCS.PCSDM: expected a code as of `ga-t-380`: organisation code (GA/T 380), found "
        '"3503045600"; correct it',
        "T_PCS.CXLB (2 times): expected one of `urban`, `township`, `rural`, or a code for it, "
        'found "3" (3503045600), "4" (350304570000); correct it',
        'T_PCS.SDBZ (2 times): expected yes or no, found "x" (350304570000), "是" (3503045600); '
        "correct it",
        "T_PCS.MJS (2 times): expected a whole number from 0 to 10000000, found "
        '"-1" (350304570000), "三" (3503045600); correct it',
        "T_PCS.BQRQ (2 times): expected a date from 1900-01-01 to 2199-12-31, found "
        '"18991231" (350304570000), "20190230" (3503045600); correct it',
        "T_PCS.DSS (2 times): expected a set of `community`, `case`, `patrol`, `command`, or codes "
        'for them, found "1;2" (3503045600), "3" (350304570000); correct it',
        "T_PCS.DJ2018 (2 times): expected a whole number from 1 to 5, found "
        '"1.5" (3503045600), "6.0" (350304570000); correct it',
    ]
    assert lines(connection, found, lang="zh")[1:3] == [
        "T_PCS.CXLB（2 处）：应为下列之一或其代码：`urban`（城区）、`township`（乡镇）、`rural`"
        '（农村），实为 "3"（3503045600）、"4"（350304570000）；请改正',
        'T_PCS.SDBZ（2 处）：应为是或否，实为 "x"（350304570000）、"是"（3503045600）；请改正',
    ]


def test_values_under_the_names_of_fields(connection: duckdb.DuckDBPyConnection) -> None:
    """A column that is called as the field is checked like any other."""
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, setting VARCHAR, units BIGINT, officers BIGINT, "
        "grades_2018 BIGINT, relocated_on DATE);"
        "INSERT INTO stations VALUES ('S1', 'urban', 15, 0, 1, '2199-12-31'), "
        "('S2', '城', 16, 10000001, 0, '2200-01-01'), ('S3', NULL, -1, -1, 6, '1899-12-31');"
        "CREATE TABLE cases(id VARCHAR, place_codes VARCHAR);"
        "INSERT INTO cases VALUES ('C1', '=<350302><350304>'), ('C2', '='), ('C3', '350302'), "
        "('C4', '=<35030>')"
    )
    assert sorted(lines(connection, mapped(connection))) == [
        "cases.place_codes (C4): expected codes that match `[0-9]{6}`, found "
        '"=<35030>"; correct it',
        "stations.grades_2018 (2 times): expected a whole number from 1 to 5, found "
        '"0" (S2), "6" (S3); correct it',
        "stations.officers (2 times): expected a whole number from 0 to 10000000, found "
        '"-1" (S3), "10000001" (S2); correct it',
        "stations.relocated_on (2 times): expected a date from 1900-01-01 to 2199-12-31, found "
        '"1899-12-31" (S3), "2200-01-01" (S2); correct it',
        "stations.setting (S2): expected one of `urban`, `township`, `rural`, or a code for it, "
        'found "城"; correct it',
        "stations.units (2 times): expected a set of `community`, `case`, `patrol`, `command`, or "
        'codes for them, found "-1" (S3), "16" (S2); correct it',
    ]


def test_numbers_that_are_not_whole_are_told_of(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, pilot DOUBLE, officers HUGEINT, relocated_on DOUBLE);"
        "INSERT INTO stations VALUES ('S1', 0.5, NULL, 20190716.5), ('S2', 1, 14, 20190716), "
        "('S3', 'inf', -170141183460469231731687303715884105728, 'nan')"
    )
    assert lines(connection, mapped(connection)) == [
        'stations.pilot (2 times): expected yes or no, found "0.5" (S1), "inf" (S3); correct it',
        "stations.officers (S3): expected a whole number from 0 to 10000000, found "
        '"-170141183460469231731687303715884105728"; correct it',
        "stations.relocated_on (2 times): expected a date from 1900-01-01 to 2199-12-31, found "
        '"20190716.5" (S1), "nan" (S3); correct it',
    ]


def test_ids_that_cannot_be_seen_are_made_visible(connection: duckdb.DuckDBPyConnection) -> None:
    """None can hide a line on a terminal, or forge one."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' || chr(10) || 'all is well' AS id, 'x' AS officers"
    )
    assert lines(connection, mapped(connection))[1] == (
        r"stations.officers (S1\nall is well): expected a whole number from 0 to 10000000, found "
        '"x"; correct it'
    )


def test_a_table_is_asked_once(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, officers INTEGER);"
        "CREATE TABLE transfers(id VARCHAR, station_id VARCHAR, replaces VARCHAR, direction INT1)"
    )
    connection.execute("ALTER TABLE transfers DROP direction")
    checks = data_checks(mapped(connection), "duckdb")
    assert [check.description for check in checks] == [
        "stations: rows",
        "stations: ids",
        "transfers: rows",
        "transfers: ids",
        "transfers: station_id",
        "transfers: replaces",
    ]


def test_empty_tables(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TABLE stations(id VARCHAR, officers INTEGER)")
    assert lines(connection, mapped(connection), (Station,)) == []


@pytest.mark.parametrize("dialect", ["postgres", "spark", "oracle"])
def test_checks_can_be_written_for_other_databases(
    dialect: str, connection: duckdb.DuckDBPyConnection
) -> None:
    connection.execute(
        "CREATE TABLE stations(id VARCHAR, bureau_id VARCHAR, pilot BOOLEAN, officers INTEGER, "
        "relocated_on DATE, setting VARCHAR, units VARCHAR);"
        "CREATE TABLE bureaus(id VARCHAR)"
    )
    tables = sources(None, schema_of_duckdb(connection), POLICE.classes, YEARS, dialect)
    for check in data_checks(tables, dialect):
        read = sqlglot.parse_one(check.sql, read=dialect).sql(dialect)
        assert sqlglot.parse_one(read, read=dialect).sql(dialect) == read
