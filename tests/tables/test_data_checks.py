"""What is found wrong in the tables of a database before anything is answered from them."""

from __future__ import annotations

from collections.abc import Mapping as Table
from typing import Any

import duckdb
import pytest
import sqlglot

from policy_rules.columns.data_checks import data_checks, faults_of_data
from policy_rules.columns.mapped import MappedSource, sources
from policy_rules.columns.schema import schema_of_duckdb
from policy_rules.facts import FACT_CLASSES, Bureau, Fact, Station
from policy_rules.formats import parse_mapping

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
    return sources(mapping, schema_of_duckdb(connection), FACT_CLASSES, YEARS, "duckdb")


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
        "stations.id: expected an id, found 1 row with something else; correct it",
        "stations.id: expected an id of at most 64 characters without white space, slashes or lost "
        'digits, found 1 row with something else, such as id "a b"; correct it',
        'stations.id: expected each id once, found 2 rows with something else, such as id "S1"; '
        "correct it",
    ]
    wrong_transfers = [
        "transfers.station_id: expected the id of one of the `stations`, found 2 rows with "
        'something else, such as id "T2": "S9"; correct it',
        "transfers.replaces: expected the id of one of the `transfers`, found 1 row with "
        'something else, such as id "T2": "T9"; correct it',
    ]
    # There is no bureau, and nothing says that this is the whole list of them.
    assert lines(connection, found) == wrong_ids + wrong_transfers
    assert lines(connection, found, (Bureau,)) == [
        *wrong_ids,
        "stations.bureau_id: expected the id of one of the `bureaus`, found 3 rows with "
        'something else, such as "B3"; correct it',
        *wrong_transfers,
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
        "T_PCS.PCSDM: expected a code as of `ga-t-380`: organisation code (GA/T 380), found 1 row "
        'with something else, such as id "3503045600"; correct it',
        "T_PCS.CXLB: expected one of `urban`, `township`, `rural`, or a code for it, found 2 rows "
        'with something else, such as id "3503045600": "3"; correct it',
        "T_PCS.SDBZ: expected yes or no, found 2 rows with something else, such as id "
        '"3503045600": "是"; correct it',
        "T_PCS.MJS: expected a whole number from 0 to 10000000, found 2 rows with something else, "
        'such as id "3503045600": "三"; correct it',
        "T_PCS.BQRQ: expected a date from 1900-01-01 to 2199-12-31, found 2 rows with something "
        'else, such as id "3503045600": "20190230"; correct it',
        "T_PCS.DSS: expected a set of `community`, `case`, `patrol`, `command`, or codes for "
        'them, found 2 rows with something else, such as id "3503045600": "1;2"; correct it',
        "T_PCS.DJ2018: expected a whole number from 1 to 5, found 2 rows with something else, "
        'such as id "3503045600": "1.5"; correct it',
    ]
    assert lines(connection, found, lang="zh")[1:3] == [
        "T_PCS.CXLB：应为下列之一或其代码：`urban`（城区）、`township`（乡镇）、`rural`（农村），"
        '有 2 行不是，如编号 "3503045600"："3"；请改正',
        'T_PCS.SDBZ：应为是或否，有 2 行不是，如编号 "3503045600"："是"；请改正',
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
        "cases.place_codes: expected codes that match `[0-9]{6}`, found 1 row with something "
        'else, such as id "C4": "=<35030>"; correct it',
        "stations.grades_2018: expected a whole number from 1 to 5, found 2 rows with something "
        'else, such as id "S2": "0"; correct it',
        "stations.officers: expected a whole number from 0 to 10000000, found 2 rows with "
        'something else, such as id "S2": "10000001"; correct it',
        "stations.relocated_on: expected a date from 1900-01-01 to 2199-12-31, found 2 rows with "
        'something else, such as id "S2": "2200-01-01"; correct it',
        "stations.setting: expected one of `urban`, `township`, `rural`, or a code for it, found "
        '1 row with something else, such as id "S2": "城"; correct it',
        "stations.units: expected a set of `community`, `case`, `patrol`, `command`, or codes "
        'for them, found 2 rows with something else, such as id "S2": "16"; correct it',
    ]


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
    tables = sources(None, schema_of_duckdb(connection), FACT_CLASSES, YEARS, dialect)
    for check in data_checks(tables, dialect):
        read = sqlglot.parse_one(check.sql, read=dialect).sql(dialect)
        assert sqlglot.parse_one(read, read=dialect).sql(dialect) == read
