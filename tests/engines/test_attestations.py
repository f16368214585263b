"""Duties that rest on an attestation: where they apply, and how strong their words are."""

from __future__ import annotations

from datetime import date

import pytest

from policy_rules.facts import Attestation, Fact
from policy_rules.language import (
    AS_OF,
    Modality,
    count,
    each,
    first_known,
    subject,
)
from policy_rules.police import Officer, Station
from tests.support.found import LABELS, SAYS, directive, found
from tests.support.writing import at, defining, says

station = subject(Station)
officer = each(Officer, station_id=station)
DAY = date(2019, 9, 1)
HELD = Attestation(id="A", subject_id="S", cite="1/1", holds=True)
DENIED = Attestation(id="B", subject_id="S", cite="1/1", holds=False)
PILOTS = says("1/1", **SAYS).attests(station, applies=station.pilot)


@pytest.mark.parametrize(
    ("pilot", "attested", "status", "needs"),
    [
        (True, [], "undetermined", ()),
        (True, [HELD], "satisfied", ()),
        (True, [DENIED], "breached", ()),
        # where it does not apply, nothing that was attested changes it
        (False, [], "not_applicable", ()),
        (False, [HELD], "not_applicable", ()),
        (False, [DENIED], "not_applicable", ()),
        # where it may apply, that is to be known first
        (None, [], "undetermined", ("stations/S.pilot",)),
        (None, [HELD], "undetermined", ("stations/S.pilot",)),
        (None, [DENIED], "undetermined", ("stations/S.pilot",)),
    ],
)
def test_an_attestation_is_asked_for_where_the_duty_applies(
    pilot: bool | None, attested: list[Fact], status: str, needs: tuple[str, ...]
) -> None:
    finding = found(directive(PILOTS), DAY, [Station(id="S", pilot=pilot), *attested])
    assert (str(finding.status), finding.needs) == (status, needs)
    assert (finding.actual, finding.required, finding.met_on, finding.periods) == (
        None, None, None, (),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("modality", "status"),
    [
        (Modality.MUST, "breached"),
        (Modality.TARGET, "pending"),
        (Modality.IN_PRINCIPLE, "deviates"),
    ],
)
def test_what_is_denied_comes_to_what_its_words_say(modality: Modality, status: str) -> None:
    of = directive(says("1/1", **SAYS, modality=modality).attests(station))
    assert str(found(of, DAY, [Station(id="S"), DENIED]).status) == status
    assert str(found(of, DAY, [Station(id="S"), HELD]).status) == "satisfied"
    assert str(found(of, DAY, [Station(id="S")]).status) == "undetermined"


@pytest.mark.parametrize(
    ("officers", "whole", "status", "needs"),
    [
        (2, False, "breached", ()),
        (1, False, "undetermined", ("complete.officers",)),
        (1, True, "not_applicable", ()),
    ],
)
def test_where_it_applies_can_rest_on_a_list(
    officers: int, whole: bool, status: str, needs: tuple[str, ...]
) -> None:
    of = directive(says("1/1", **SAYS).attests(station, applies=count(officer) >= 2))
    people = [Officer(id=f"O{n}", station_id="S") for n in range(officers)]
    finding = found(of, DAY, [Station(id="S"), *people, DENIED], [Officer] if whole else [])
    assert (str(finding.status), finding.needs) == (status, needs)


@pytest.mark.parametrize(
    ("notable", "status"), [(True, "not_applicable"), (False, "breached"), (None, "undetermined")]
)
def test_it_can_have_an_exception(notable: bool | None, status: str) -> None:
    of = directive(PILOTS, says("1/2", **SAYS).excepts("1/1", station.notable))
    fact = Station(id="S", pilot=True, notable=notable)
    assert str(found(of, DAY, [fact, DENIED]).status) == status


@pytest.mark.parametrize(("year", "status"), [(2019, "breached"), (2020, "not_applicable")])
def test_where_it_applies_can_be_settled_for_all(year: int, status: str) -> None:
    """By the date alone, or by what does not hold of any station."""
    of = directive(says("1/1", **SAYS).attests(station, applies=AS_OF.year().is_(year)))
    assert str(found(of, DAY, [Station(id="S"), DENIED]).status) == status


def test_rules_in_conflict_leave_it_open_where_it_applies() -> None:
    """No fact would settle that."""
    rules = [at(f"1/{n + 1}")("字").makes(n, when=station.pilot) for n in (1, 2)]
    last = at("1/4")("字").makes(0)
    size = defining(station, "size", int)(**LABELS).by(*rules, otherwise=last)
    of = directive(says("1/1", **SAYS).attests(station, applies=size.of(station) > 1), size)
    finding = found(of, DAY, [Station(id="S", pilot=True), DENIED])
    assert (str(finding.status), finding.needs) == ("conflict", ())
    finding = found(of, DAY, [Station(id="S"), DENIED])
    assert (str(finding.status), finding.needs) == ("undetermined", ("stations/S.pilot",))


def test_where_it_applies_can_have_something_to_fall_back_on() -> None:
    applies = first_known(station.pilot, station.notable)
    of = directive(says("1/1", **SAYS).attests(station, applies=applies))
    assert str(found(of, DAY, [Station(id="S", notable=True), DENIED]).status) == "breached"
    finding = found(of, DAY, [Station(id="S"), DENIED])
    assert (str(finding.status), finding.needs) == ("undetermined", ("stations/S.pilot",))
