"""Tables that are dirty: what is wrong becomes unknown, and no answer is settled by it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

import policy_rules as pr
from benchmarks.damaged_documents import compared_in_tables
from policy_rules.facts.faults import FaultCode
from policy_rules.testing.choosing import Seeded
from tests.support.command_line import run

POLICY = pr.load("putian-2019-52").policy(as_of=date(2020, 1, 1), engine="sql")
WHOLE = [pr.Station, pr.Officer]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


@pytest.mark.parametrize("seed", range(6))
def test_no_answer_is_settled_otherwise_than_with_the_right_data(seed: int) -> None:
    """Random facts in tables of texts, damaged at random.

    `python -m benchmarks.damaged_documents --tables` has more.
    """
    with duckdb.connect() as connection:
        compared_in_tables(Seeded(f"suite/{seed}"), connection)


def modes(tables: pr.OnTables) -> dict[str, tuple[str | None, str]]:
    """The duty mode of each station, and what is needed for it."""
    rows = tables.decisions(pr.Station, "duty_mode").fetchall()
    return {id_: (value, needs) for id_, value, _, _, needs in rows}


def test_a_value_that_cannot_be_read_is_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    """The roster, whole and of one, does not stand for the number that was lost."""
    connection.execute(
        "CREATE TABLE stations(id TEXT, pilot BOOLEAN, officers TEXT);"
        "INSERT INTO stations VALUES ('S1', false, '14人'), ('S2', false, '14');"
        "CREATE TABLE officers AS SELECT 'P1' AS id, 'S1' AS station_id"
    )
    tables = pr.on(POLICY, connection, complete=WHOLE, tolerate=True)
    assert modes(tables) == {
        "S1": (None, "stations/S1.officers"),
        "S2": ("two_teams_one_room", ""),
    }
    tolerated = tables.tolerated
    assert (tolerated.values, tolerated.rows) == (1, 0)
    assert tolerated.lost == {(pr.Station, "officers")}
    assert [str(fault.place) for fault in tables.each_fault()] == ["stations/S1"]


@pytest.mark.parametrize("id_", ["NULL", "''", "'　'"])
def test_the_place_of_a_row_without_an_id_is_its_table(
    connection: duckdb.DuckDBPyConnection, id_: str
) -> None:
    connection.execute(f"CREATE TABLE stations AS SELECT {id_} AS id, 'x' AS officers")
    tables = pr.on(POLICY, connection, tolerate=True)
    assert [fault.place for fault in tables.each_fault()] == ["stations", "stations"]


def test_rows_without_an_id_are_absent_and_their_list_not_whole(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """Of S1 eleven officers are known, and one row may be a twelfth."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' AS id, false AS pilot;"
        "CREATE TABLE officers AS SELECT CASE WHEN n < 11 THEN 'P' || n END AS id, "
        "'S1' AS station_id FROM range(12) t(n)"
    )
    tables = pr.on(POLICY, connection, complete=WHOLE, tolerate=True)
    assert tables.tolerated.rows == 1
    assert modes(tables)["S1"][0] is None
    connection.execute("DELETE FROM officers WHERE id IS NULL")
    clean = pr.on(POLICY, connection, complete=WHOLE, tolerate=True)
    assert modes(clean) == {"S1": ("zoned", "")}
    assert not clean.tolerated


def test_rows_of_one_id_are_one_of_which_is_known_what_they_share(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute(
        "CREATE TABLE stations(id TEXT, pilot BOOLEAN, officers INTEGER, grades_2018 INTEGER);"
        "INSERT INTO stations VALUES ('S1', false, 14, 1), ('S1', false, 14, 2), "
        "('S2', true, 9, 1), ('S2', false, 9, 1)"
    )
    tables = pr.on(POLICY, connection, complete=WHOLE, tolerate=True)
    assert {id_: value for id_, (value, _) in modes(tables).items()} == {
        "S1": "two_teams_one_room", "S2": None,
    }  # fmt: skip
    assert tables.tolerated.rows == 2
    assert tables.tolerated.lost == {
        (pr.Station, "id"), (pr.Station, "pilot"), (pr.Station, "grades"),
    }  # fmt: skip


def test_a_reference_that_leads_nowhere_is_unknown(connection: duckdb.DuckDBPyConnection) -> None:
    """P2 may be of S1, mistyped: with `''`, which says that there is none, nothing is wrong."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' AS id;"
        "CREATE TABLE officers(id TEXT, station_id TEXT);"
        "INSERT INTO officers VALUES ('P1', 'S1'), ('P2', 'S9');"
        "CREATE TABLE transfers(id TEXT, station_id TEXT, replaces TEXT);"
        "INSERT INTO transfers VALUES ('T1', 'S1', '-'), ('T2', 'S1', 'T8')"
    )
    tables = pr.on(POLICY, connection, complete=WHOLE, tolerate=True)
    strength = tables.decisions(pr.Station, "strength").fetchall()
    assert [(value, needs) for _, value, _, _, needs in strength] == [
        (None, "stations/S1.officers")
    ]
    assert [fault.code for fault in tables.tolerated.faults] == [FaultCode.DANGLING_REFERENCE] * 2


@pytest.mark.parametrize(
    "row",
    ["'A1', '9.9/9', 'S1', 'true'", "'A1', '4.5/2a', 'S1', 'maybe'", "NULL, '4.5/2a', 'S1', 'f'"],
)
def test_an_attestation_that_is_wrong_is_refused(
    connection: duckdb.DuckDBPyConnection, row: str
) -> None:
    """What it would else mean is not unknown: nothing would be attested."""
    connection.execute(
        "CREATE TABLE stations AS SELECT 'S1' AS id;"
        "CREATE TABLE attestations(id TEXT, cite TEXT, subject_id TEXT, holds TEXT);"
        f"INSERT INTO attestations VALUES ({row})"
    )
    with pytest.raises(pr.FactError):
        pr.on(POLICY, connection, tolerate=True)


def test_an_exemption_of_a_fact_that_is_not_there_is_refused(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    connection.execute("CREATE TABLE stations AS SELECT 'S1' AS id")
    exemption = pr.Exemption(id="E1", cite="5.1/3b", subject="stations/S9")
    policy = pr.load("putian-2019-52").policy(as_of=date(2020, 1, 1), exemptions=[exemption])
    with pytest.raises(pr.FactError) as caught:
        pr.on(policy, connection, tolerate=True)
    assert [fault.code for fault in caught.value.faults] == [FaultCode.UNKNOWN_SUBJECT]


def database(tmp_path: Path, *statements: str) -> str:
    """A DuckDB file."""
    file = tmp_path / "county.duckdb"
    with duckdb.connect(str(file)) as connection:
        for statement in statements:
            connection.execute(statement)
    return str(file)


DIRTY = (
    "CREATE TABLE stations(id TEXT, pilot BOOLEAN, officers TEXT, population TEXT)",
    "INSERT INTO stations VALUES ('350304540000', false, '14', NULL), (NULL, NULL, '5', NULL), "
    "('350304550000', true, '十四', NULL)",
)


def test_on_the_command_line(tmp_path: Path) -> None:
    file = database(tmp_path, *DIRTY)
    faults = tmp_path / "faults.jsonl"
    options = ["--as-of", "2020-01-01", "--lang", "en", "--whole", "stations"]
    refused = run("audit", file, *options)
    assert (refused.status, refused.out) == (2, "")
    assert refused.err.splitlines() == [
        "stations.id: expected an id, found nothing; correct it",
        "stations.officers (350304550000): expected a whole number from 0 to 10000000, found "
        '"十四"; correct it',
    ]
    audited = run("audit", file, *options, "--tolerate", "--faults", str(faults))
    assert audited.status == 1
    assert (
        "tolerated: 1 values are taken as unknown, 1 rows are left out; totals are “at least”"
        in audited.out
    )
    assert "at least" in audited.out.partition("By rule")[2]
    told = [json.loads(line) for line in faults.read_text("utf-8").splitlines()]
    assert [(each["place"], each["field"]) for each in told] == [
        ("stations", "id"), ("stations/350304550000", "officers"),
    ]  # fmt: skip
    decided = run("decide", file, *options, "--tolerate", "--name", "duty_mode")
    assert decided.status == 1  # though each is settled: 14 officers, and a pilot
    output = tmp_path / "out.parquet"
    written = run("decide", file, *options, "--tolerate", "--output", str(output))
    assert written.status == 1
    assert "1 rows are left out" in written.err


def test_requests_that_may_yet_be_permitted_are_not_at_least_so_many(tmp_path: Path) -> None:
    """A1 is undetermined, which the right data may settle."""
    file = database(
        tmp_path, "CREATE TABLE cases(id TEXT, role TEXT)", "INSERT INTO cases VALUES ('A1', NULL)",
        "INSERT INTO cases VALUES (NULL, NULL)",
    )  # fmt: skip
    checked = run("check", file, "--as-of", "2020-01-01", "--lang", "en", "--tolerate")
    assert "\n1 undetermined\n" in checked.out
    assert "at least 1" not in checked.out


def test_tables_without_ids_beside_other_faults(tmp_path: Path) -> None:
    """Of what rests on the ids nothing is said, of the rest all."""
    file = database(
        tmp_path,
        "CREATE TABLE t(id TEXT, officers TEXT)",
        "CREATE TABLE u(code TEXT)",
        "CREATE TABLE officers AS SELECT 'P1' AS id, 'S1' AS station_id, '1985' AS birth_date",
        "CREATE TABLE exemptions AS SELECT 'E1' AS id, '5.1/3' AS cite, 'stations/S9' AS subject",
    )
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(
        "[[stations]]\ntable = 't'\n[[stations]]\ntable = 'u'\n"
        "[officers]\ntable = 'officers'\n[exemptions]\ntable = 'exemptions'\n",
        "utf-8",
    )
    options = ["--as-of", "2020-01-01", "--lang", "en", "--mapping", str(mapping)]
    for tolerate in ([], ["--tolerate"]):
        refused = run("audit", file, *options, *tolerate)
        assert (refused.status, refused.out) == (2, "")
        assert [line.partition(":")[0] for line in refused.err.splitlines()] == [
            "u.id", "officers.birth_date (P1)",
        ]  # fmt: skip


def test_all_kinds_of_faults_in_one_run(tmp_path: Path) -> None:
    """A column of the wrong type, a value, an exemption for a station that is not there."""
    file = database(
        tmp_path,
        "CREATE TABLE stations(id TEXT, officers TEXT, relocated_on BOOLEAN)",
        "INSERT INTO stations VALUES ('S1', 'x', NULL)",
        "CREATE TABLE exemptions(id TEXT, cite TEXT, subject TEXT)",
        "INSERT INTO exemptions VALUES ('E1', '5.1/3', 'stations/S9')",
    )
    refused = run("audit", file, "--as-of", "2020-01-01", "--lang", "en")
    assert (refused.status, refused.out) == (2, "")
    lines = refused.err.splitlines()
    assert [line.partition(":")[0] for line in lines] == [
        "stations.relocated_on", "exemptions.subject", "stations.officers (S1)",
    ]  # fmt: skip
