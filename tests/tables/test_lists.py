"""How much of the lists of the text tables have: the same as documents of the same facts."""

from __future__ import annotations

from datetime import date
from typing import Final

import duckdb

import policy_rules as pr
from policy_rules.formats import parse_mapping
from tests.support.places import ROOT

POLICY: Final = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
STATIONS: Final = [
    # id, name, setting, pilot, mediation_station, smart_enforcement_area, completed on
    ("S1", "莆田市公安局荔城分局黄石派出所", "urban", True, True, True, "2019-10-31"),
    ("S2", "度尾所", "urban", True, None, True, "2019-11-01"),
    ("S3", "度尾派出所", "rural", True, False, True, None),
    ("S4", None, "urban", None, True, False, None),
    ("S5", "新黄石派出所", None, True, None, None, None),
]
COLUMNS: Final = (
    "id", "name", "setting", "pilot", "mediation_station", "smart_enforcement_area",
    "smart_area_completed_on",
)  # fmt: skip
# By hand: how many are certainly on it, and of how many that is not known.
EXPECTED: Final = {
    "4.1/2": ("over", 12, 2, 1),  # 黄石 and 度尾 are found, 度尾 twice; of one the name is unknown
    "4.2/3": ("short", 10, 2, 2),  # S4 may be a pilot, S5 may be urban
    "4.2/4": ("short", 11, 1, 1),
    "4.4/2": ("short", 5, 2, 1),  # S2 was late; S3, whose day is unknown, counts as in time
    "4.5/2": ("short", 21, 2, 2),
    "5.1/1": ("short", 21, 4, 1),
}


def tables() -> duckdb.DuckDBPyConnection:
    """The stations in a database."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE stations(id TEXT, name TEXT, setting TEXT, pilot BOOLEAN,"
        " mediation_station BOOLEAN, smart_enforcement_area BOOLEAN, smart_area_completed_on DATE)"
    )
    connection.executemany("INSERT INTO stations VALUES (?, ?, ?, ?, ?, ?, ?)", STATIONS)
    return connection


def facts(*, whole: bool) -> pr.Facts:
    """The same stations as facts."""
    listed = [
        pr.Station(
            id=id_, name=name, setting=setting, pilot=pilot, mediation_station=mediation,  # type: ignore[arg-type]  # texts are read
            smart_enforcement_area=area,
            smart_area_completed_on=None if day is None else date.fromisoformat(day),
        )
        for id_, name, setting, pilot, mediation, area, day in STATIONS
    ]  # fmt: skip
    return pr.Facts(stations=listed, complete=[pr.Station] if whole else [])


def test_tables_and_documents_say_the_same() -> None:
    for whole in (True, False):
        complete = [pr.Station] if whole else []
        found = pr.on(POLICY, tables(), complete=complete).lists()
        assert found == POLICY.lists_of(facts(whole=whole))
        told = {
            str(each.cite): (str(each.extent), each.expected, each.found, each.undetermined)
            for each in found
            if each.fact_class is not None
        }
        if whole:
            assert told == EXPECTED
        else:
            assert {each[0] for each in told.values()} == {"over", "open"}
            assert {cite: each[1:] for cite, each in told.items()} == {
                cite: each[1:] for cite, each in EXPECTED.items()
            }


def test_of_a_class_without_a_table_there_are_none() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE incidents(id TEXT)")
    found = pr.on(POLICY, connection).lists()
    assert found == POLICY.lists_of(pr.Facts())
    assert {each.found for each in found} == {0}


def test_tables_that_are_tolerated_have_at_least_so_many() -> None:
    """A row without a sound id is lost, so that the list is no longer whole."""
    connection = tables()
    connection.execute("INSERT INTO stations(id, pilot) VALUES (NULL, true)")
    said = pr.on(POLICY, connection, complete=[pr.Station], tolerate=True).lists()
    (pilots,) = (each for each in said if str(each.cite) == "5.1/1")
    assert (str(pilots.extent), pilots.found, pilots.partial) == ("open", 4, True)


def test_a_mapping_says_where_the_list_stands() -> None:
    connection = duckdb.connect()
    connection.execute("CREATE TABLE PCS(BH TEXT, SDBZ TEXT)")
    connection.execute("INSERT INTO PCS VALUES ('1', '是'), ('2', '否')")
    mapping = parse_mapping(
        {"stations": {"table": "PCS", "columns": {"id": "BH", "pilot": "SDBZ"}}}
    )
    (pilots,) = (
        each for each in pr.on(POLICY, connection, mapping=mapping).lists()
        if str(each.cite) == "5.1/1"
    )  # fmt: skip
    assert (pilots.found, pilots.undetermined) == (1, 0)


def test_the_example_says_the_same_from_tables() -> None:
    from policy_rules.formats import read

    document = read(ROOT / "examples" / "putian" / "facts.json")
    found = POLICY.lists_of(document.facts)
    assert [(str(each.cite), each.found) for each in found if each.fact_class] == [
        ("4.1/2", 12), ("4.2/3", 2), ("4.2/4", 2), ("4.4/2", 4), ("4.5/2", 4), ("5.1/1", 4),
    ]  # fmt: skip
