"""Documents that are dirty: what is wrong becomes unknown, and no answer is settled by it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import policy_rules as pr
from benchmarks.damaged_documents import compared
from policy_rules.facts.faults import FaultCode
from policy_rules.formats import InputError, parse
from policy_rules.testing.choosing import Seeded

PUTIAN = pr.load("putian-2019-52")
DAY = date(2022, 4, 1)


@pytest.mark.parametrize("seed", range(12))
def test_no_answer_is_settled_otherwise_than_with_the_right_data(seed: int) -> None:
    """Random documents, damaged at random; `python -m benchmarks.damaged_documents` has more."""
    for number in range(20):
        compared(Seeded(f"suite/{seed}/{number}"))


def read(**lists: Any) -> Any:
    """A document, read in spite of what is wrong."""
    return parse(lists, tolerate=True)


def test_a_value_that_cannot_be_read_is_unknown() -> None:
    found = read(stations=[{"id": "S1", "officers": "14人", "beds": 3}], complete=["stations"])
    assert found.facts == pr.Facts(stations=[pr.Station(id="S1", beds=3)], complete=["stations"])
    assert (found.tolerated.values, found.tolerated.rows) == (1, 0)
    assert found.tolerated.lost == {(pr.Station, "officers")}


@pytest.mark.parametrize("row", [{"beds": 3}, {"id": "S 2"}, {"id": 2}, None, "S2", ["S2"]])
def test_a_row_without_an_id_is_absent_and_its_list_not_whole(row: object) -> None:
    found = read(stations=[{"id": "S1"}, row], complete=["stations", "officers"])
    assert found.facts == pr.Facts(stations=[pr.Station(id="S1")], complete=["officers"])
    assert (found.tolerated.values, found.tolerated.rows) == (0, 1)


def test_rows_of_one_id_are_one_of_which_is_known_what_they_share() -> None:
    rows = [{"id": "S1", "beds": 3, "rooms": 1}, {"id": "S1", "beds": 4, "rooms": 1}]
    found = read(stations=rows, complete=["stations"])
    assert found.facts == pr.Facts(stations=[pr.Station(id="S1", rooms=1)])
    assert [fault.code for fault in found.tolerated.faults] == [FaultCode.DUPLICATE_ID]


def test_a_reference_that_leads_nowhere_is_unknown() -> None:
    """It may be wrong itself: else an officer of S1 would certainly not be counted there."""
    found = read(stations=[{"id": "S1"}], officers=[{"id": "P1", "station_id": "S9"}])
    assert found.facts.all(pr.Officer) == (pr.Officer(id="P1"),)
    assert [fault.code for fault in found.tolerated.faults] == [FaultCode.DANGLING_REFERENCE]


def test_what_means_no_field_is_passed_over() -> None:
    found = read(stations=[{"id": "S1", "oficers": 3}])
    assert found.facts.all(pr.Station) == (pr.Station(id="S1"),)
    assert (pr.Station, "officers") in found.tolerated.lost


@pytest.mark.parametrize(
    "lists",
    [
        {"attestations": [{"id": "A", "holds": "yes"}]},
        {"attestations": [{"id": "A"}, {"id": "A"}]},
        {"attestations": [{"holds": True}]},
        {"exemptions": [{"id": "E", "cite": "3.1/2", "subject": "cases/A1", "valid_from": "x"}]},
        {"exemptions": [{"id": "E", "cite": "3.1/2"}]},
        {"complete": ["station"]},
        {"complete": 5},
        {"as_of": "x"},
        {"statons": [{"id": "S1"}]},
        {"stations": 5},
    ],
)
def test_what_would_mean_another_thing_is_refused(lists: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        read(**lists)


def test_the_roster_does_not_stand_for_a_number_that_was_lost() -> None:
    """With the right number, 14, the station has two teams; its roster of one would be zoned."""
    found = read(
        stations=[{"id": "S1", "officers": "14人", "pilot": False}],
        officers=[{"id": "P1", "station_id": "S1"}],
        complete=["officers"],
    )
    station = found.facts.all(pr.Station)[0]
    rash = PUTIAN.policy(as_of=DAY).decide(station, "strength", found.facts)
    assert rash.value == 1
    careful = PUTIAN.policy(as_of=DAY, lost=found.tolerated.lost)
    decision = careful.decide(station, "strength", found.facts)
    assert (decision.value, decision.needs) == (None, ("stations/S1.officers",))
    assert "officers" in careful.explain(decision)


def test_a_clean_document_is_read_as_ever() -> None:
    lists: dict[str, Any] = {"stations": [{"id": "S1", "beds": 3}], "complete": ["stations"]}
    assert read(**lists) == parse(lists)
    assert not read(**lists).tolerated
