"""What is said of the fact that another one refers to, known or not, by every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from policy_rules.answers import Decision
from policy_rules.facts import Fact
from policy_rules.language import (
    DirectiveError,
    count,
    each,
    first_known,
    some,
    subject,
    the,
)
from policy_rules.language.expressions import Expression, as_node, variable_of
from policy_rules.language.types import RuleTypeError
from policy_rules.police import Bureau, Event, EventKind, Officer, Role, Station, Terrain, Transfer
from tests.support.found import LABELS, SAYS, but, decided, directive, found
from tests.support.writing import at, defining, says

AS_OF = date(2019, 9, 1)
station, officer, transfer = subject(Station), subject(Officer), subject(Transfer)
bureau, event = subject(Bureau), subject(Event)
home = the(Station, officer.station_id)
moved = the(Officer, transfer.officer_id)
home_of_moved = the(Station, moved.station_id)
bureau_of_moved = the(Bureau, home_of_moved.bureau_id)
occasion = the(Event, event.for_event_id)

S = Station(id="S", bureau_id="B", terrain=Terrain.ISLAND, officers=3, grades={2018: 1})
B = Bureau(id="B", officers=7)
ONE = Officer(id="O", station_id="S")
T = Transfer(id="T", officer_id="O")

member = each(Officer, station_id=station)
roster = defining(station, "roster", int)(**LABELS).by(at("1/1")("字").makes(count(member)))
staffed = defining(station, "staffed", bool)(**LABELS).by(
    at("1/2")("字").makes(True, when=roster.of(station) >= 2),
    otherwise=at("1/2")("字").makes(False),
)
same_for_all = defining(station, "same_for_all", int)(**LABELS).by(at("1/3")("字").makes(5))
SHARED = (roster, staffed, same_for_all)
OPEN = says("1/1", quote="若干", **LABELS).leaves_open("open", int)


def told(
    of: Expression, subject_: Any, facts: list[Fact], complete: list[type[Fact]] | None = None
) -> Decision:
    """What an expression comes to, as the value of an attribute of the first fact."""
    made = defining(subject_, "told", as_node(of).type)(**LABELS).by(at("1/9")("字").makes(of))
    return decided(directive(*SHARED, made), "told", AS_OF, facts, complete or [])


@pytest.mark.parametrize(
    ("of", "facts", "value", "needs"),
    [
        # one reference on
        (home.terrain, [ONE, S], Terrain.ISLAND, ()),
        (home.terrain, [ONE, but(S, terrain=None)], None, ("stations/S.terrain",)),
        (home.terrain, [but(ONE, station_id=None), S], None, ("officers/O.station_id",)),
        # of a station that is not given only the id is known
        (home.terrain, [ONE], None, ("stations/S.terrain",)),
        (home.id.is_("S"), [ONE], True, ()),
        (home.terrain.is_(Terrain.ISLAND), [ONE, S], True, ()),
        (home.terrain.is_known(), [ONE, S], True, ()),
        (home.terrain.is_known(), [ONE], False, ()),
        (home.terrain.is_known(), [but(ONE, station_id=None), S], False, ()),
        (first_known(home.officers, officer.birth_date.year()), [ONE, S], 3, ()),
        # numbers by year
        (home.grades.in_year(-1), [ONE, S], 1, ()),
        (home.grades.in_year(-2), [ONE, S], None, ("stations/S.grades.2017",)),
        (home.grades.in_year(-1), [ONE], None, ("stations/S.grades",)),
        (home.grades.in_year(-1), [but(ONE, station_id=None)], None, ("officers/O.station_id",)),
        # what is beside the point needs nothing
        (home.pilot & officer.specialist, [but(ONE, specialist=False)], False, ()),
        (home.pilot & officer.specialist, [ONE], None,
         ("officers/O.specialist", "stations/S.pilot")),
        (home.officers > OPEN, [but(ONE, station_id=None)], None,
         ("officers/O.station_id", "parameters.open")),
    ],
)  # fmt: skip
def test_a_field_of_what_is_referred_to(
    of: Expression, facts: list[Fact], value: object, needs: tuple[str, ...]
) -> None:
    answer = told(of, officer, facts)
    assert (answer.value, answer.needs) == (value, needs)


@pytest.mark.parametrize(
    ("of", "facts", "value", "needs"),
    [
        (home_of_moved.terrain, [T, ONE, S], Terrain.ISLAND, ()),
        (home_of_moved.terrain, [T, ONE], None, ("stations/S.terrain",)),
        (home_of_moved.terrain, [T, but(ONE, station_id=None)], None, ("officers/O.station_id",)),
        (home_of_moved.terrain, [T], None, ("officers/O.station_id",)),
        (home_of_moved.terrain, [but(T, officer_id=None), ONE, S], None,
         ("transfers/T.officer_id",)),
        (home_of_moved.grades.in_year(-1), [but(T, officer_id=None), ONE, S], None,
         ("transfers/T.officer_id",)),
        (bureau_of_moved.officers, [T, ONE, S, B], 7, ()),
        (bureau_of_moved.officers, [T, ONE, but(S, bureau_id=None), B], None,
         ("stations/S.bureau_id",)),
        (bureau_of_moved.officers, [T, but(ONE, station_id=None), S, B], None,
         ("officers/O.station_id",)),
        (bureau_of_moved.officers, [but(T, officer_id=None), ONE, S, B], None,
         ("transfers/T.officer_id",)),
        (roster.of(home_of_moved), [but(T, officer_id=None), ONE, S], None,
         ("transfers/T.officer_id",)),
        # both ways are read, each once
        ((home_of_moved.officers + moved.birth_date.year()) > 0, [T], None,
         ("officers/O.birth_date", "officers/O.station_id")),
    ],
)  # fmt: skip
def test_references_follow_one_another(
    of: Expression, facts: list[Fact], value: object, needs: tuple[str, ...]
) -> None:
    answer = told(of, transfer, facts)
    assert (answer.value, answer.needs) == (value, needs)


OTHER = Officer(id="P", station_id="S")


@pytest.mark.parametrize(
    ("of", "facts", "whole", "value", "needs"),
    [
        (roster.of(home), [ONE, OTHER, S], True, 2, ()),
        (roster.of(home), [ONE, OTHER, S], False, None, ("complete.officers",)),
        # a list that is not whole has at least those that are on it
        (roster.of(home) >= 2, [ONE, OTHER, S], False, True, ()),
        (roster.of(home) >= 3, [ONE, OTHER, S], False, None, ("complete.officers",)),
        (staffed.of(home), [ONE, OTHER, S], False, True, ()),
        (staffed.of(home), [ONE, S], True, False, ()),
        # also of a station that is not given
        (roster.of(home), [ONE, OTHER], True, 2, ()),
        (roster.of(home), [ONE, but(OTHER, station_id=None)], True, None,
         ("officers/P.station_id",)),
        # the station of an officer is not known: neither is anything that is said of it
        (roster.of(home), [but(ONE, station_id=None), S], True, None, ("officers/O.station_id",)),
        (roster.of(home) >= 0, [but(ONE, station_id=None), S], True, None,
         ("officers/O.station_id",)),
        (same_for_all.of(home), [ONE], True, 5, ()),
        (same_for_all.of(home), [but(ONE, station_id=None)], True, None,
         ("officers/O.station_id",)),
        (same_for_all.of(home) > 4, [but(ONE, station_id=None)], True, None,
         ("officers/O.station_id",)),
    ],
)  # fmt: skip
def test_an_attribute_of_what_is_referred_to(
    of: Expression, facts: list[Fact], whole: bool, value: object, needs: tuple[str, ...]
) -> None:
    answer = told(of, officer, facts, [Officer] if whole else [])
    assert (answer.value, answer.needs) == (value, needs)


def test_the_first_known_may_be_of_what_is_referred_to() -> None:
    """A number that is given there, not one of the same name here."""
    told_of = defining(officer, "told", int)(**LABELS).by(
        at("1/1")("字").makes(first_known(home.officers, as_node(roster.of(home))))
    )
    few = defining(officer, "few", bool)(**LABELS).by(
        at("1/2")("字").makes(True, when=told_of.of(officer) <= 3),
        otherwise=at("1/2")("字").makes(False),
    )
    made = directive(roster, told_of, few)
    assert decided(made, "few", AS_OF, [ONE, S]).value is True
    assert decided(made, "few", AS_OF, [ONE, but(S, officers=4)]).value is False


def test_a_fact_can_refer_to_one_of_its_kind() -> None:
    task = Event(id="A", kind=EventKind.MAJOR_TASK, on=date(2019, 8, 1))
    session = Event(id="E", for_event_id="A", on=date(2019, 8, 5))
    assert told(event.on > occasion.on, event, [session, task]).value is True
    assert told(event.on < occasion.on, event, [session, task]).value is False
    assert told(event.on > occasion.on, event, [task, session]).needs == ("events/A.for_event_id",)


def test_references_can_be_followed_in_an_aggregate() -> None:
    """How many officers of the bureau's stations there are is a question of each officer."""
    anyone = each(Officer)
    theirs = the(Station, anyone.station_id)
    chiefs = some(anyone, anyone.role.is_(Role.CHIEF) & theirs.bureau_id.is_(bureau.id))
    of = directive(says("1/1", **SAYS).demands(bureau, chiefs))
    chief = but(ONE, role=Role.CHIEF)
    finding = found(of, AS_OF, [B, S, chief], [Officer])
    assert (str(finding.status), finding.actual) == ("satisfied", 1)
    finding = found(of, AS_OF, [B, S, but(chief, station_id=None)], [Officer])
    assert (str(finding.status), finding.needs) == ("undetermined", ("officers/O.station_id",))
    finding = found(of, AS_OF, [B, but(S, bureau_id=None), chief], [Officer])
    assert (str(finding.status), finding.needs) == ("undetermined", ("stations/S.bureau_id",))
    finding = found(of, AS_OF, [but(B, id="C"), B, S, chief], [Officer])
    assert (str(finding.status), finding.actual) == ("breached", 0)


# What cannot be written


def test_only_a_reference_leads_to_a_fact() -> None:
    with pytest.raises(RuleTypeError, match="does not refer to a police station"):
        the(Station, officer.role)
    with pytest.raises(RuleTypeError, match="does not refer to a bureau"):
        the(Bureau, officer.station_id)
    with pytest.raises(RuleTypeError, match="does not refer to a police station"):
        the(Station, roster.of(station))
    with pytest.raises(RuleTypeError, match=r"`transfer.replaces` may be empty, and then refers"):
        the(Transfer, transfer.replaces)


def test_nothing_is_counted_of_a_fact_that_is_referred_to() -> None:
    """An attribute of that fact counts it."""
    theirs = each(Officer, station_id=home)
    rule = says("1/1", **SAYS).demands(officer, count(theirs) >= 1)
    with pytest.raises(DirectiveError, match="ranges over facts related to one that is not"):
        directive(rule)


def test_a_reference_from_a_fact_that_is_not_there_is_out_of_scope() -> None:
    rule = says("1/1", **SAYS).demands(station, home.pilot)
    with pytest.raises(DirectiveError, match="neither the rule's subject nor in an aggregate"):
        directive(rule)
    assert variable_of(home_of_moved).root is variable_of(transfer)
