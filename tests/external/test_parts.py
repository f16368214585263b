"""Facts in PostgreSQL and in Spark are the facts: rows that were written by hand are read back."""

from __future__ import annotations

import csv
import datetime
from collections.abc import Callable
from datetime import date
from typing import Any, Final

import psycopg
import pytest
from pyspark.sql import SparkSession

from policy_rules.engines.sql.sources import columns_of
from policy_rules.facts import Attestation, Fact, Facts
from policy_rules.police import (
    POLICE,
    Bureau,
    CaseCategory,
    CriminalCase,
    DutyMode,
    Incident,
    IncidentKind,
    Means,
    Officer,
    Setting,
    Station,
    Task,
    Team,
    Transfer,
    Workstation,
    WorkstationFunction,
)

from .postgres_server import Database
from .tables import Row, load_postgres, load_spark

pytestmark = pytest.mark.external

YEARS: Final = (2017, 2018)

FACTS: Final = Facts(
    bureaus=[
        Bureau(id="B1", name="荔城分局", officers=0, seconded={2018: 3}, organ_officers={}),
        Bureau(id="B2"),
    ],
    stations=[
        Station(
            id="350304540000",
            name="黄石派出所",
            bureau_id="B1",
            setting=Setting.URBAN,
            pilot=True,
            officers=34,
            resident_population=2_000_000_000,
            relocated_on=date(2016, 2, 29),
            duty_mode_in_use=DutyMode.TWO_TEAMS_ONE_ROOM,
            units={Team.COMMUNITY, Team.PATROL, Team.COMMAND},
            grades={2016: 5, 2017: 2, 2018: 1},
            outstanding=False,
        ),
        Station(id="S2", officers=0, pilot=False, units=set(), grades={}),
        Station(id="S3", grades={2016: 4}),
    ],
    officers=[
        Officer(id="P1", station_id="S2", zone="", birth_date=date(1968, 2, 29)),
        Officer(id="P2", zone="东一区", birth_date=date(1900, 1, 1)),
        Officer(id="P3"),
    ],
    cases=[
        CriminalCase(
            id="A1",
            causation_clear=True,
            simple=False,
            means={Means.IMAGE, Means.OTHER},
            place_codes={"350304", "110101"},
            category=CaseCategory.MASS_ECONOMIC,
        ),
        CriminalCase(id="A2", means=set(), place_codes=set()),
        CriminalCase(id="A3", place_codes={"350302"}),
    ],
    transfers=[
        Transfer(id="T1", on=date(2199, 12, 31), replaces=""),
        Transfer(id="T2", on=date(2020, 2, 29), replaces="T1"),
        Transfer(id="T3"),
    ],
    incidents=[
        Incident(
            id="I1",
            kind=IncidentKind.NON_POLICE,
            received_at=datetime.datetime(2020, 2, 29, 23, 59, 59),
            transferred=False,
        ),
        # A time that clocks in China skipped, which is not to be mended.
        Incident(
            id="I2",
            received_at=datetime.datetime(1988, 4, 17, 2, 30),
            transferred_at=datetime.datetime(1900, 1, 1, 0, 0, 1),
        ),
    ],
    workstations=[
        Workstation(id="W1", functions=set(WorkstationFunction), open_24h=False),
    ],
    attestations=[
        Attestation(id="X1", document="两列\t一行\n另一行 \\N \"引号\" 'NULL', NaN 𠮷"),
        Attestation(id="X2", document="NULL"),
        Attestation(id="X3"),
    ],
)

# By hand: the columns that are asked for, and their values by the order of the ids. The bits of
# a set count from the first member of its enumeration, which is 1.
EXPECTED: Final[list[tuple[type[Fact], tuple[str, ...], list[Row]]]] = [
    (
        Bureau,
        ("id", "name", "officers", "level"),
        [("B1", "荔城分局", 0, None), ("B2", None, None, None)],
    ),
    (
        Bureau,
        ("seconded_given", "seconded_2017", "seconded_2018"),
        [(True, None, 3), (False, None, None)],
    ),
    (
        Bureau,
        ("organ_officers_given", "organ_officers_2017", "organ_officers_2018"),
        [(True, None, None), (False, None, None)],
    ),
    (
        Station,
        ("id", "name", "bureau_id", "setting", "terrain", "pilot", "officers"),
        [
            ("350304540000", "黄石派出所", "B1", "urban", None, True, 34),
            ("S2", None, None, None, None, False, 0),
            ("S3", None, None, None, None, None, None),
        ],
    ),
    (
        Station,
        ("resident_population", "relocated_on", "duty_mode_in_use", "units", "outstanding"),
        [
            # Community 1, patrol 4, command 8.
            (2_000_000_000, date(2016, 2, 29), "two_teams_one_room", 13, False),
            (None, None, None, 0, None),
            (None, None, None, None, None),
        ],
    ),
    (
        Station,
        ("grades_given", "grades_2017", "grades_2018"),
        [(True, 2, 1), (True, None, None), (True, None, None)],
    ),
    (
        Officer,
        ("id", "station_id", "zone", "birth_date", "recruit"),
        [
            ("P1", "S2", "-", date(1968, 2, 29), None),
            ("P2", None, "东一区", date(1900, 1, 1), None),
            ("P3", None, None, None, None),
        ],
    ),
    (
        CriminalCase,
        ("id", "causation_clear", "simple", "complex", "means", "place_codes", "category"),
        [
            # Video images 1, other means 32.
            ("A1", True, False, None, 33, "=<110101><350304>", "mass_economic"),
            ("A2", None, None, None, 0, "=", None),
            ("A3", None, None, None, None, "=<350302>", None),
        ],
    ),
    (
        Transfer,
        ("id", "on", "replaces", "direction"),
        [
            ("T1", date(2199, 12, 31), "-", None),
            ("T2", date(2020, 2, 29), "T1", None),
            ("T3", None, None, None),
        ],
    ),
    (
        Incident,
        ("id", "kind", "received_at", "transferred", "transferred_at"),
        [
            ("I1", "non_police", datetime.datetime(2020, 2, 29, 23, 59, 59), False, None),
            (
                "I2",
                None,
                datetime.datetime(1988, 4, 17, 2, 30),
                None,
                datetime.datetime(1900, 1, 1, 0, 0, 1),
            ),
        ],
    ),
    (
        Workstation,
        ("id", "functions", "open_24h"),
        # All seven: 1 + 2 + 4 + 8 + 16 + 32 + 64.
        [("W1", 127, False)],
    ),
    (
        Attestation,
        ("id", "document"),
        [
            ("X1", "两列\t一行\n另一行 \\N \"引号\" 'NULL', NaN 𠮷"),
            ("X2", "NULL"),
            ("X3", None),
        ],
    ),
    (Task, ("id", "guarantees", "starts_on"), []),
]

Read = Callable[[type[Fact], tuple[str, ...]], list[Row]]

# How many facts of each class there are; of those that are not named, none.
COUNTS: Final = {
    Bureau: 2,
    Station: 3,
    Officer: 3,
    CriminalCase: 3,
    Transfer: 3,
    Incident: 2,
    Workstation: 1,
    Attestation: 3,
}
POSTGRES_TYPES: Final = {
    "text": "text",
    "boolean": "boolean",
    "bigint": "bigint",
    "date": "date",
    "timestamp": "timestamp without time zone",
}
SPARK_TYPES: Final = {
    "text": "string",
    "boolean": "boolean",
    "bigint": "bigint",
    "date": "date",
    "timestamp": "timestamp_ntz",
}


@pytest.fixture(scope="module")
def tables(connection: psycopg.Connection[Any]) -> psycopg.Connection[Any]:
    """The facts in PostgreSQL, where others were before."""
    load_postgres(connection, Facts(tasks=[Task(id="T9"), Task(id="T8")]), (2001,))
    load_postgres(connection, FACTS, YEARS)
    return connection


@pytest.fixture(scope="module")
def views(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> SparkSession:
    """The facts in Spark, where others were before."""
    earlier = Facts(tasks=[Task(id="T9"), Task(id="T8")])
    load_spark(spark, earlier, tmp_path_factory.mktemp("earlier"), (2001,))
    load_spark(spark, FACTS, tmp_path_factory.mktemp("facts"), YEARS)
    return spark


def read_postgres(connection: psycopg.Connection[Any]) -> Read:
    """Read the columns of a class in PostgreSQL, by the order of the ids."""

    def read(fact_class: type[Fact], names: tuple[str, ...]) -> list[Row]:
        listed = ", ".join(f'"{name}"' for name in names)
        query = f'SELECT {listed} FROM "{fact_class.collection}" ORDER BY "id"'
        found: list[Row] = connection.execute(query.encode()).fetchall()
        return found

    return read


def read_spark(session: SparkSession) -> Read:
    """Read the columns of a class in Spark, by the order of the ids."""

    def read(fact_class: type[Fact], names: tuple[str, ...]) -> list[Row]:
        listed = ", ".join(f"`{name}`" for name in names)
        found = session.sql(f"SELECT {listed} FROM {fact_class.collection} ORDER BY `id`")
        return [tuple(row) for row in found.collect()]

    return read


@pytest.fixture(params=["tables", "views"])
def read(request: pytest.FixtureRequest) -> Read:
    """Read the columns of a class, by the order of the ids, in each system."""
    opened = request.getfixturevalue(request.param)
    return read_postgres(opened) if request.param == "tables" else read_spark(opened)


@pytest.mark.parametrize(("fact_class", "names", "expected"), EXPECTED)
def test_what_is_read_back_is_what_was_written_by_hand(
    read: Read, fact_class: type[Fact], names: tuple[str, ...], expected: list[Row]
) -> None:
    """Every kind of field, known, empty and unknown."""
    found = read(fact_class, names)
    assert found == expected
    # 1 == True
    assert [[type(cell) for cell in row] for row in found] == [
        [type(cell) for cell in row] for row in expected
    ]


@pytest.mark.parametrize("fact_class", POLICE.classes)
def test_every_class_is_there_with_the_facts_that_were_given_last(
    read: Read, fact_class: type[Fact]
) -> None:
    """A class of which there are no facts is empty, also where there were some earlier."""
    assert len(read(fact_class, ("id",))) == COUNTS.get(fact_class, 0)


@pytest.mark.parametrize("fact_class", POLICE.classes)
def test_columns_in_postgresql_have_their_types(
    tables: psycopg.Connection[Any], fact_class: type[Fact]
) -> None:
    """All the columns, in their order."""
    found = tables.execute(
        "SELECT column_name, data_type FROM information_schema.columns "
        "WHERE table_schema = 'public' AND table_name = %s ORDER BY ordinal_position",
        (fact_class.collection,),
    ).fetchall()
    columns = columns_of(fact_class, YEARS)
    assert found == [(name, POSTGRES_TYPES[type_]) for name, type_ in columns.items()]


@pytest.mark.parametrize("fact_class", POLICE.classes)
def test_columns_in_spark_have_their_types(views: SparkSession, fact_class: type[Fact]) -> None:
    """All the columns, in their order."""
    columns = columns_of(fact_class, YEARS)
    found = views.table(fact_class.collection).dtypes
    assert found == [(name, SPARK_TYPES[type_]) for name, type_ in columns.items()]


def test_spark_stands_apart_from_the_machine(views: SparkSession) -> None:
    """The time zone is the same everywhere, and what overflows is an error, as by default."""
    assert views.conf.get("spark.sql.session.timeZone") == "UTC"
    assert views.conf.get("spark.sql.ansi.enabled") == "true"


def test_plain_psql_reads_what_a_connection_wrote(
    tables: psycopg.Connection[Any], database: Database
) -> None:
    """It sees the same database, runs several statements, and prints Chinese."""
    assert tables.info.dbname == "test_parts"
    script = """
        -- 名称
        CREATE VIEW named AS SELECT id, name, pilot FROM stations;
        SELECT * FROM named ORDER BY id;
    """
    assert list(csv.reader(database.psql(script).splitlines())) == [
        ["350304540000", "黄石派出所", "t"],
        ["S2", "", "f"],
        ["S3", "", ""],
    ]


def test_psql_says_what_is_wrong_with_a_script(database: Database) -> None:
    """Nothing after the first error is run."""
    with pytest.raises(AssertionError, match='relation "nowhere" does not exist'):
        database.psql("SELECT 1 FROM nowhere; CREATE TABLE after_it (id text);")
    assert database.psql("SELECT count(*) FROM pg_tables WHERE tablename = 'after_it';") == "0\n"


def test_the_server_is_as_meant(connection: psycopg.Connection[Any]) -> None:
    """On loopback only; counting letters, not bytes, and sorting them by their codes."""
    asked = ("listen_addresses", "unix_socket_directories", "fsync", "server_encoding")
    found = [connection.execute("SELECT current_setting(%s)", (name,)).fetchone() for name in asked]
    assert found == [("127.0.0.1",), ("",), ("off",), ("UTF8",)]
    order = connection.execute("SELECT 'a' > 'B', length('派出所')").fetchone()
    assert order == (True, 3)
