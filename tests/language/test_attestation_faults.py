"""Attestations that hit nothing are refused: of no such sentence, or about no such fact."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.facts.faults import FaultCode
from policy_rules.language.attestations import faults_of_statements

POLICY = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
STATION = pr.Station(id="S1")
CITATION = FaultCode.UNKNOWN_CITATION
SUBJECT = FaultCode.UNKNOWN_SUBJECT


def attestation(**given: Any) -> pr.Attestation:
    """A denial that hits a station, but for what is given."""
    usual: dict[str, Any] = {"id": "A", "subject_id": "S1", "cite": "1.1/2a", "holds": False}
    return pr.Attestation(**usual | given)


def codes(*facts: pr.facts.Fact, complete: tuple[str, ...] = ()) -> list[FaultCode]:
    """The kinds of fault of an audit; none where it is answered."""
    attestations = [each for each in facts if isinstance(each, pr.Attestation)]
    stations = [each for each in facts if isinstance(each, pr.Station)]
    given = pr.Facts(stations=stations, attestations=attestations, complete=complete)
    try:
        POLICY.audit(given)
    except pr.FactError as error:
        return [fault.code for fault in error.faults]
    return []


@pytest.mark.parametrize("cite", ["1.1/2A", "99/1", "6.4/1D", "9.9/9", "1.1/2", "2.1/1b"])
def test_a_citation_under_which_nothing_is_attested(cite: str) -> None:
    assert codes(STATION, attestation(cite=cite)) == [CITATION]


@pytest.mark.parametrize("subject", ["stations/S1", "S9", "s1"])
def test_a_subject_that_is_not_there(subject: str) -> None:
    assert codes(STATION, attestation(subject_id=subject)) == [SUBJECT]


def test_blanks_around_what_is_cited_are_not_of_it() -> None:
    assert codes(STATION, attestation(cite="1.1/2a ", subject_id=" S1 ")) == []


def test_what_may_be_there_is_no_fault() -> None:
    """As with references: an empty list says nothing of what it could hold, unless it is whole."""
    assert codes(attestation(subject_id="S9")) == []
    assert codes(attestation(subject_id="S9"), complete=("stations",)) == [SUBJECT]
    # but no fact ever has such an id
    assert codes(attestation(subject_id="stations/S9")) == [SUBJECT]


def test_what_is_unknown_is_no_fault() -> None:
    assert codes(STATION, attestation()) == []
    assert codes(STATION, attestation(cite=None)) == []
    assert codes(STATION, attestation(subject_id=None)) == []


def test_the_words_say_what_to_do() -> None:
    attestations = [attestation(cite="1.1/2A"), attestation(id="B", subject_id="stations/S1")]
    with pytest.raises(pr.FactError) as caught:
        POLICY.audit(pr.Facts(stations=[STATION], attestations=attestations))
    assert caught.value.text().splitlines() == [
        "attestations/A.cite: expected the citation of what rests on an attestation, "
        'found "1.1/2A"; did you mean `1.1/2a`? correct it',
        "attestations/B.subject_id: expected the id of one of the given `stations`, "
        'found "stations/S1"; give the id alone, or add what it is about',
    ]
    assert caught.value.text("zh").splitlines() == [
        'attestations/A.cite：没有须依据佐证材料判定的条款 "1.1/2A"；是否为 `1.1/2a`？请改正',
        'attestations/B.subject_id：`stations`（派出所）中没有编号 "stations/S1"；'
        "请只填编号，或补上该条",
    ]


def test_a_session_begins_with_none() -> None:
    with pytest.raises(pr.FactError, match="1/2A"):
        pr.Session(POLICY, pr.Facts(attestations=[attestation(cite="1.1/2A")]))


def test_a_session_takes_none() -> None:
    session = pr.Session(POLICY, pr.Facts(stations=[STATION, pr.Station(id="S2")]))
    for given in ({"cite": "1.1/2A"}, {"subject_id": "S9"}, {"subject_id": "stations/S1"}):
        with pytest.raises(pr.FactError):
            session.add(attestation(**given))
    session.add(attestation())
    with pytest.raises(pr.FactError, match="99/1"):
        session.update("attestations/A", cite="99/1")
    with pytest.raises(pr.FactError, match='`stations`, found "S1"'):
        session.remove("stations/S1")
    session.remove("attestations/A", "stations/S1")
    assert len(session.facts) == 1


def test_an_event_waits_for_its_subject() -> None:
    """It may come later, as what a reference leads to may; a citation can not."""
    session = pr.Session(POLICY, pr.Facts(stations=[STATION]))
    row = {"id": "A", "subject_id": "S2", "cite": "1.1/2a", "holds": False}
    (first,) = session.apply({"id": "1", "add": {"attestations": [row]}})
    assert first.waits_for == ("stations/S2",)
    (second,) = session.apply({"id": "2", "add": {"stations": [{"id": "S2"}]}})
    assert second.woken == ("1",)
    denied = [each for each in session.findings("stations/S2") if str(each.cite) == "1.1/2a"]
    assert [str(each.status) for each in denied] == ["breached"]
    with pytest.raises(pr.FactError, match="99/1"):
        session.apply({"id": "3", "add": {"attestations": [row | {"id": "B", "cite": "99/1"}]}})


def test_the_first_of_a_list_shows_what_leads_nowhere() -> None:
    """Until then an attestation says nothing that is not so."""
    session = pr.Session(POLICY, pr.Facts(attestations=[attestation(subject_id="S9")]))
    with pytest.raises(pr.FactError, match="S9"):
        session.add(STATION)
    with pytest.raises(pr.FactError, match="S9"):
        session.complete("stations")
    session.add(pr.Station(id="S9"))


def test_what_is_attested_is_said() -> None:
    """Whether it holds, but not of what; one that says nothing yet is a form not filled in."""
    given = [
        pr.Attestation(id="A", holds=False, subject_id="S1"),
        pr.Attestation(id="B", holds=True, cite="1.1/2a"),
        pr.Attestation(id="C"),
        attestation(id="D"),
    ]
    assert [fault.text() for fault in faults_of_statements(given)] == [
        "attestations/A.cite: expected the citation of what is attested, found nothing; give it",
        "attestations/B.subject_id: expected the id of what the attestation is about, found "
        "nothing; give it",
    ]
