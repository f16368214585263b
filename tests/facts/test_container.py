"""The container: what it refuses, what it finds."""

import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

from policy_rules.facts import (
    NO_FACTS,
    Exemption,
    Fact,
    FactError,
    Facts,
    fact,
    identity,
    reference,
)
from policy_rules.police import City, Officer, Role, Station, Transfer


@fact(collection="gates", zh="门", en="gate")
class Gate(Fact):
    """A class that a directive adds."""

    id: str = identity()
    station_id: str | None = reference("stations", zh="所", en="station", meaning="Where it is.")


@pytest.fixture
def facts() -> Facts:
    """Two stations and three officers, one of them of an unknown station."""
    return Facts(
        stations=[Station(id="S1"), Station(id="S2")],
        officers=[
            Officer(id="a", station_id="S1", role=Role.CHIEF),
            Officer(id="b", station_id="S1"),
            Officer(id="c"),
        ],
        others=[Gate(id="g", station_id="S2")],
        complete=["officers", Gate],
    )


def test_facts_are_found_by_class_id_and_field(facts: Facts) -> None:
    assert [station.id for station in facts.all(Station)] == ["S1", "S2"]
    assert facts.all(Transfer) == ()
    assert facts.get(Station, "S2") == Station(id="S2")
    assert facts.get(Station, "S3") is None
    assert facts.get(City, "S3") is None
    assert [officer.id for officer in facts.related(Officer, "station_id", "S1")] == ["a", "b"]
    assert facts.related(Officer, "station_id", "S2") == ()
    assert [officer.id for officer in facts.related(Officer, "role", Role.CHIEF)] == ["a"]
    assert [officer.id for officer in facts.unlinked(Officer, "station_id")] == ["c"]
    assert facts.related(Transfer, "station_id", "S1") == ()


def test_facts_among_others_are_those_of_all(facts: Facts) -> None:
    facts.related(Officer, "station_id", "S1")
    moved = Officer(id="b", station_id="S2")
    more = facts.including([moved, Station(id="S3"), Transfer(id="t", station_id="S3")], [Station])
    assert more == Facts(
        stations=[Station(id="S1"), Station(id="S2"), Station(id="S3")],
        officers=[Officer(id="a", station_id="S1", role=Role.CHIEF), moved, Officer(id="c")],
        transfers=[Transfer(id="t", station_id="S3")],
        others=[Gate(id="g", station_id="S2")],
        complete=["officers", "stations", Gate],
    )
    assert [officer.id for officer in more.related(Officer, "station_id", "S1")] == ["a"]
    assert [officer.id for officer in facts.related(Officer, "station_id", "S1")] == ["a", "b"]
    # What is not added to is looked up once for all.
    assert more.related(Gate, "station_id", "S2") is facts.related(Gate, "station_id", "S2")
    assert len(facts) == 6


def test_what_is_added_leads_somewhere(facts: Facts) -> None:
    with pytest.raises(FactError, match=r'found "S9"'):
        facts.including([Officer(id="d", station_id="S9")])
    with pytest.raises(FactError, match=r"found \"d\" again"):
        facts.including([Officer(id="d"), Officer(id="d", station_id="S1")])
    # Once there are stations, what refers to one refers to one of these.
    posted = Facts(officers=[Officer(id="a", station_id="S1")])
    with pytest.raises(FactError, match=r'found "S1"'):
        posted.including([Station(id="S2")])
    with pytest.raises(FactError, match=r'found "S1"'):
        posted.including([], complete=[Station])
    # It may come with the next.
    half = facts.including([Officer(id="d", station_id="S9")], linked=False)
    assert half.including([Station(id="S9")]).named(Station, "S9") == Station(id="S9")
    with pytest.raises(FactError, match=r'found "S9"'):
        half.including([Station(id="S8")])


def test_a_field_that_is_not_there_is_an_error(facts: Facts) -> None:
    with pytest.raises(KeyError, match="station"):
        facts.related(Officer, "station", "S1")


def test_facts_are_counted_and_listed_in_order(facts: Facts) -> None:
    assert len(facts) == 6
    assert [each.key for each in facts] == [
        "stations/S1",
        "stations/S2",
        "officers/a",
        "officers/b",
        "officers/c",
        "gates/g",
    ]
    assert facts.classes() == (Station, Officer, Gate)
    assert list(facts.collections) == ["stations", "officers", "gates"]
    assert repr(facts) == "<Facts: 2 stations, 3 officers, 1 gates>"


def test_lists_are_partial_unless_named(facts: Facts) -> None:
    assert facts.is_complete("officers")
    assert facts.is_complete(Officer)
    assert facts.is_complete(Gate)
    assert not facts.is_complete(Station)
    assert facts.complete == {"officers", "gates"}


def test_the_empty_facts() -> None:
    assert len(NO_FACTS) == 0
    assert list(NO_FACTS) == []
    assert repr(NO_FACTS) == "<Facts: none>"
    assert Facts() == NO_FACTS
    assert Facts(complete=["officers"]) != NO_FACTS


def test_facts_can_be_pickled_and_compared(facts: Facts) -> None:
    assert pickle.loads(pickle.dumps(facts)) == facts
    assert hash(pickle.loads(pickle.dumps(facts))) == hash(facts)
    assert facts != "facts"


def test_threads_get_one_index() -> None:
    facts = Facts(officers=[Officer(id=f"o{i}", station_id=f"s{i % 7}") for i in range(5000)])
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda i: facts.related(Officer, "station_id", "s3"), range(64)))
    assert len({id(each) for each in found}) == 1
    assert len(found[0]) == 714


def test_all_faults_are_given_at_once() -> None:
    with pytest.raises(FactError) as caught:
        Facts(
            stations=[Station(id="1"), Station(id="1"), Officer(id="x"), 7],  # type: ignore[list-item]
            officers=[Officer(id="a", station_id="2"), Officer(id="b", station_id="1")],
            others=[City(id="c"), Exemption(id="e", cite="3.1/2", subject="cases/1"), "x"],  # type: ignore[list-item]
            complete=["statoins", 3],  # type: ignore[list-item]
        )
    lines = caught.value.text("en").splitlines()
    assert lines[:3] == [
        "stations[2]: expected a fact of the class `Station`, found one of the class `Officer`; "
        "give it in the list of its own class",
        "stations[3]: expected a fact of the class `Station`, found 7; "
        "give it in the list of its own class",
        "others[0]: expected a fact of a class that has no list here and no collection name of "
        "another class, found one of the class `City`; give it as `cities=[…]`",
    ]
    assert (
        "others[2]: expected a fact of a class that has no list here and no collection "
        in (lines[4])
    )
    assert lines[5].startswith(
        'complete: expected the name of a collection, found "statoins"; give one of `appointments`'
    )
    assert lines[7:] == [
        'stations/1.id: expected an id that is unique among `stations`, found "1" again; '
        "correct it or remove the repetition",
        'officers/a.station_id: expected the id of one of the given `stations`, found "2"; '
        "correct it, or add what it refers to",
    ]
    assert caught.value.text("zh").splitlines()[-2:] == [
        'stations/1.id：编号 "1" 在 `stations`（派出所）中重复；请改正编号或删去重复的一条',
        'officers/a.station_id：`stations` 中没有编号 "2"；请改正，或补上该条',
    ]


def test_a_reference_leads_nowhere_only_where_that_can_be_known() -> None:
    officer = Officer(id="a", station_id="S1")
    assert Facts(officers=[officer])
    with pytest.raises(FactError, match=r"officers/a\.station_id: expected the id of one"):
        Facts(officers=[officer], complete=["stations"])
    with pytest.raises(FactError, match=r"officers/a\.station_id: expected the id of one"):
        Facts(officers=[officer], stations=[Station(id="S2")])


def test_a_collection_name_belongs_to_one_class() -> None:
    @fact(collection="gates", zh="另一门", en="other gate")
    class OtherGate(Fact):
        id: str = identity()

    with pytest.raises(FactError, match=r"others\[1\]: .* found one of the class `OtherGate`"):
        Facts(others=[Gate(id="1"), OtherGate(id="2")])
