"""A legacy schema, read through one mapping: every answer is that of the same rows read by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import duckdb
import pytest

import policy_rules as pr
from policy_rules.facts import fields_of
from tests.support.comparing_rows import rows_compared
from tests.support.legacy import duckdb_schema, facts_of, inserts, made_up
from tests.support.places import EXAMPLES

DIRECTIVE = pr.load("putian-2019-52")
RAW = made_up(stations=200, officers=3_000, seed="legacy")


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    """The tables, filled, in a database in which nothing can be made."""
    file = str(tmp_path_factory.mktemp("legacy") / "facts.duckdb")
    with duckdb.connect(file) as filled:
        filled.execute(duckdb_schema())
        for statement in inserts(RAW):
            filled.execute(statement)
    with duckdb.connect(file, read_only=True) as opened:
        yield opened


def test_every_answer_is_that_of_the_rows_read_by_hand(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    facts = facts_of(RAW)
    assert len(facts.all(pr.Station)) == 200
    assert len(facts.all(pr.Officer)) == 3_000
    as_of = date(2022, 4, 1)
    mapping = pr.read_mapping(EXAMPLES / "legacy.toml")
    tables = pr.on(DIRECTIVE.policy(as_of=as_of), connection, mapping=mapping)
    # What is dirty is dirty as the mapping says, and so no fault.
    assert [fault.text() for fault in tables.faults()] == []
    reference = DIRECTIVE.policy(as_of=as_of, engine="interpreter")
    number, different = rows_compared(tables, reference, facts)
    assert different == []
    assert number > 40_000
    assert tables.lists() == reference.lists_of(facts)


@pytest.mark.parametrize("as_of", [date(2020, 6, 30), date(2021, 1, 1)])
def test_the_same_of_fewer_rows_on_other_dates(as_of: date) -> None:
    connection = duckdb.connect()
    connection.execute(duckdb_schema())
    raw = made_up(stations=15, officers=150, seed=str(as_of))
    for statement in inserts(raw):
        connection.execute(statement)
    mapping = pr.read_mapping(EXAMPLES / "legacy.toml")
    tables = pr.on(DIRECTIVE.policy(as_of=as_of), connection, mapping=mapping)
    assert [fault.text() for fault in tables.faults()] == []
    reference = DIRECTIVE.policy(as_of=as_of, engine="interpreter")
    assert rows_compared(tables, reference, facts_of(raw))[1] == []
    assert tables.lists() == reference.lists_of(facts_of(raw))


def test_what_is_read_by_hand_says_something() -> None:
    """Of every field that the schema has there is something known, and something unknown."""
    facts = facts_of(RAW)
    always = {"id", "name", "bureau_id", "station_id", "direction", "post", "pilot", "quota"}
    for cls in facts.classes():
        for name in fields_of(cls):
            values = [getattr(fact, name) for fact in facts.all(cls)]
            known = sum(value is not None for value in values)
            if known == 0:
                assert name in _NOT_IN_THE_SCHEMA[cls.collection], (cls, name)
            elif name in always:
                assert known == len(values), (cls, name)


_NOT_IN_THE_SCHEMA = {
    "bureaus": {
        "seconded", "organ_officers", "station_assessed", "station_excellent", "organ_assessed",
        "organ_excellent", "township_secondments",
    },
    "stations": {
        "officers", "community_officers", "villages", "villages_covered",
        "premises", "beds", "rooms", "can_provide_relaxation_room", "relaxation_room",
        "workstations", "mediation_station", "mediators", "protective_needed", "protective_held",
        "vehicles", "vehicles_fit", "smart_enforcement_area", "smart_area_completed_on", "zones",
        "duty_mode_in_use", "units", "grades", "outstanding", "notable", "innovative",
    },
    "officers": {
        "recruit", "specialist", "zone", "township_leadership", "community_committee",
        "township_secondment", "overtime_days", "compensatory_days",
    },
    "appointments": set(),
    "transfers": {"exchange"},
    "tasks": set(),
    "cases": set(),
    "incidents": {"station_id"},
}  # fmt: skip
