"""Small tables that were read wrongly once, each with what is right.

Each stands for a kind. The documents of the same rows say the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

import policy_rules as pr
from policy_rules.facts import Fact
from policy_rules.formats import parse_mapping, read

POLICY: Final = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def table(
    connection: duckdb.DuckDBPyConnection, fact_class: type[Fact], row: Mapping[str, Any]
) -> None:
    """Make the table of a class with one row; the columns are of the types of its values."""
    columns = ", ".join(f'? AS "{name}"' for name in row)
    connection.execute(f"CREATE TABLE {fact_class.collection} AS SELECT {columns}", [*row.values()])


CASE: Final = {
    "id": "A1", "role": "lead", "category": "ordinary", "complex": False, "causation_clear": True,
    "simple": True, "means": "image", "place_codes": "350102",
}  # fmt: skip


@pytest.mark.parametrize(
    ("changed", "outcome", "faults"),
    [
        # Another city's: 3.1/2, which holds in principle, whatever form the code is written in.
        ({}, "exemption_needed", 0),
        ({"place_codes": "=<350102>"}, "exemption_needed", 0),
        ({"place_codes": ["350102"]}, "exemption_needed", 0),
        ({"place_codes": "350304"}, "permitted", 0),
        ({"place_codes": "无"}, "permitted", 0),
        ({"place_codes": ""}, "undetermined", 0),
        ({"place_codes": "3501"}, "undetermined", 1),
        ({"place_codes": [""]}, "undetermined", 1),
        ({"place_codes": [None]}, "undetermined", 1),
        ({"role": "主办"}, "exemption_needed", 0),
        ({"role": "head"}, "undetermined", 1),
        ({"category": "普通", "place_codes": "350304"}, "permitted", 0),
        ({"means": 2, "place_codes": "350304"}, "prohibited", 0),
        ({"means": 64, "place_codes": "350304"}, "undetermined", 1),
        ({"means": "1", "place_codes": "350304"}, "undetermined", 1),
    ],
)
@pytest.mark.parametrize("renamed", [False, True])
def test_verdicts_on_cases(
    connection: duckdb.DuckDBPyConnection,
    changed: Mapping[str, Any],
    outcome: str,
    faults: int,
    renamed: bool,
) -> None:
    row = {**CASE, **changed}
    if renamed and not isinstance(row["means"], int):
        table(connection, pr.CriminalCase, {f"C_{name}": value for name, value in row.items()})
        mapping = parse_mapping({"cases": {"columns": {name: f"C_{name}" for name in row}}})
    else:
        table(connection, pr.CriminalCase, row)
        mapping = None
    tables = pr.on(POLICY, connection, mapping=mapping)
    assert tables.verdicts(pr.CriminalCase).fetchall()[0][1] == outcome
    assert len(tables.faults()) == faults


def test_the_same_case_as_a_document(tmp_path: Path) -> None:
    heading, cells = ",".join(CASE), ",".join(str(value) for value in CASE.values())
    Path(tmp_path, "cases.csv").write_text(f"{heading}\n{cells}\n", "utf-8")
    (case,) = read(tmp_path).facts.all(pr.CriminalCase)
    assert str(POLICY.check(case).outcome) == "exemption_needed"


@pytest.mark.parametrize(
    ("kind", "route", "faults"),
    [("", None, 0), (" ", None, 0), ("非警务", None, 1), ("非警务警情", "hotline_12345", 0),
     ("POLICE", None, 1), ("police", "police_110", 0), ("non_police", "hotline_12345", 0)],
)  # fmt: skip
def test_routes_of_incidents(
    connection: duckdb.DuckDBPyConnection, kind: str, route: str | None, faults: int
) -> None:
    table(connection, pr.Incident, {"id": "I1", "kind": kind})
    tables = pr.on(POLICY, connection)
    assert tables.decisions(pr.Incident, "route").fetchall()[0][1] == route
    assert len(tables.faults()) == faults


def test_a_chief_with_a_degree(connection: duckdb.DuckDBPyConnection) -> None:
    row = {"id": "Z1", "post": "所长", "education": "本科", "on": "2021/1/5",
           "birth_date": "1985年3月1日", "service_since": "20080701"}  # fmt: skip
    table(connection, pr.Appointment, row)
    tables = pr.on(POLICY, connection)
    assert tables.verdicts(pr.Appointment).fetchall()[0][1] == "permitted"


def test_an_urban_station(connection: duckdb.DuckDBPyConnection) -> None:
    row = {"id": "S1", "setting": "城区", "officers": 3, "beds": 9, "rooms": 0}
    table(connection, pr.Station, row)
    findings = pr.on(POLICY, connection).findings(pr.Station, "4.1/5")
    said = {cite: status for _, cite, status, *_ in findings.fetchall()}
    assert said == {"4.1/5a": "satisfied", "4.1/5b": "not_applicable"}


@pytest.mark.parametrize(
    ("opened", "status"),
    [("20210115", "satisfied"), ("2021/1/5", "satisfied"), ("20220115", "breached"),
     ("2022/1/15", "breached"), ("2022年1月15日", "breached"), ("2022-01-15 00:00:00", "breached")],
)  # fmt: skip
def test_dates_as_offices_write_them(
    connection: duckdb.DuckDBPyConnection, opened: str, status: str
) -> None:
    """4.2/5: every station has a workstation by the end of 2021."""
    table(connection, pr.Station, {"id": "S1", "pilot": "否", "setting": "农村"})
    row = {"id": "W1", "station_id": "S1", "opened_on": opened}
    table(connection, pr.Workstation, row)
    whole = (pr.Workstation,)
    findings = pr.on(POLICY, connection, complete=whole).findings(pr.Station, "4.2/5")
    assert [row[2] for row in findings.fetchall()] == [status]


@pytest.mark.parametrize(
    "id_", ["", " ", "\0", "S\u200b1", "S\u202e1", "a b", "a/b", "3.50304E+11", "350304540000.0"]
)
def test_ids_that_nobody_can_see_or_tell(connection: duckdb.DuckDBPyConnection, id_: str) -> None:
    table(connection, pr.Station, {"id": id_, "officers": 14})
    (fault,) = pr.on(POLICY, connection).faults()
    assert fault.field == "id"


@pytest.mark.parametrize("id_", ['="350304540000"', "'350304540000", "３５０３０４５４００００"])
def test_ids_as_programs_export_them(connection: duckdb.DuckDBPyConnection, id_: str) -> None:
    table(connection, pr.Station, {"id": id_, "officers": "14.0", "pilot": "f"})
    tables = pr.on(POLICY, connection)
    assert tables.faults() == []
    decided = tables.decisions(pr.Station, "duty_mode").project("id, value").fetchall()
    assert decided == [("350304540000", "two_teams_one_room")]
