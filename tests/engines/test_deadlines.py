"""Facts with dates count by the deadline, and what is met late says when, by every engine."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.answers import Finding
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    DEADLINE,
    Modality,
    count,
    each,
    first_known,
    none,
    some,
    subject,
)
from policy_rules.language.expressions import Expression
from policy_rules.police import Bureau, Station, Workstation
from tests.support.found import LABELS, SAYS, directive, found
from tests.support.writing import says

station, bureau = subject(Station), subject(Bureau)
workstation = each(Workstation, station_id=station)
BY = says("1/1", quote="年底前", **LABELS).sets("by", date(2019, 12, 31))
TWO_OPENED = count(workstation, workstation.opened_on <= DEADLINE) >= 2
S = Station(id="S")


def opened(*days: str) -> list[Fact]:
    """A station whose workstations opened on these days, and those workstations."""
    return [
        S,
        *(
            Workstation(id=f"W{n}", station_id="S", opened_on=date.fromisoformat(day))
            for n, day in enumerate(days)
        ),
    ]


def due(
    must: Expression,
    as_of: str,
    *facts: Fact,
    modality: Modality = Modality.MUST,
    exemptions: tuple[pr.Exemption, ...] = (),
    **choices: Any,
) -> Finding:
    """What is found of a duty that is due by the end of 2019."""
    of = directive(says("1/1", **SAYS, modality=modality).demands(station, must, due=BY))
    whole = [Workstation] if len(facts) > 1 else []
    return found(of, date.fromisoformat(as_of), facts, whole, exemptions=exemptions, **choices)


@pytest.mark.parametrize(
    ("as_of", "days", "status", "actual", "met_on"),
    [
        # before its date, what has been opened by now counts
        ("2019-12-30", ["2019-12-01", "2019-12-31"], "pending", 1, None),
        ("2019-12-30", ["2019-12-01", "2019-12-30"], "satisfied", 2, None),
        # on its date
        ("2019-12-31", ["2019-12-01", "2019-12-31"], "satisfied", 2, None),
        ("2019-12-31", ["2019-12-01", "2020-01-01"], "pending", 1, None),
        # after its date, what was opened later does not count; met_on says when there were two
        ("2020-01-01", ["2019-12-01", "2019-12-31"], "satisfied", 2, None),
        ("2020-01-01", ["2019-12-01", "2020-01-01"], "breached", 1, "2020-01-01"),
        ("2020-02-29", ["2019-12-01", "2020-03-01"], "breached", 1, None),
        ("2020-03-01", ["2019-12-01", "2020-03-01"], "breached", 1, "2020-03-01"),
        ("2021-01-01", ["2020-03-01", "2020-02-01", "2020-05-01"], "breached", 0, "2020-03-01"),
        ("2021-01-01", ["2020-03-01"], "breached", 0, None),
    ],
)
def test_dates_count_by_the_deadline(
    as_of: str, days: list[str], status: str, actual: int, met_on: str | None
) -> None:
    finding = due(TWO_OPENED, as_of, *opened(*days))
    assert (str(finding.status), finding.actual) == (status, actual)
    assert finding.as_json()["met_on"] == met_on


def test_dates_count_by_a_date_that_was_set() -> None:
    """Also by one that has passed in the regime only."""
    facts = opened("2019-12-01", "2020-01-15")
    finding = due(TWO_OPENED, "2020-01-15", *facts, parameters={"by": date(2020, 1, 20)})
    assert str(finding.status) == "satisfied"
    finding = due(TWO_OPENED, "2020-01-15", *facts, parameters={"by": date(2019, 11, 30)})
    assert (str(finding.status), finding.actual, finding.met_on) == (
        "breached", 0, date(2020, 1, 15),
    )  # fmt: skip


def test_dates_count_by_now_while_no_date_is_set() -> None:
    """A duty that is due only under an amendment to come has no deadline yet."""
    later = says("1/1", quote="前", **LABELS).sets(
        "later", since={date(2021, 1, 1): date(2019, 12, 31)}
    )
    of = directive(says("1/1", **SAYS).demands(station, TWO_OPENED, due=later))
    facts = opened("2019-12-01", "2020-01-15")
    finding = found(of, date(2020, 1, 14), facts, [Workstation])
    assert (str(finding.status), finding.due, finding.met_on) == ("breached", None, None)
    assert str(found(of, date(2020, 1, 15), facts, [Workstation]).status) == "satisfied"
    finding = found(of, date(2021, 1, 1), facts, [Workstation])
    assert (str(finding.status), finding.met_on) == ("breached", date(2020, 1, 15))


@pytest.mark.parametrize(
    ("modality", "exempted", "status", "met_on"),
    [
        (Modality.TARGET, False, "missed", date(2020, 1, 15)),
        (Modality.IN_PRINCIPLE, False, "deviates", date(2020, 1, 15)),
        (Modality.IN_PRINCIPLE, True, "exempt", None),
    ],
)
def test_met_late_is_said_of_every_unmet_duty(
    modality: Modality, exempted: bool, status: str, met_on: date | None
) -> None:
    held = (pr.Exemption(id="X", cite="1/1", subject="stations/S"),) if exempted else ()
    finding = due(
        TWO_OPENED, "2020-02-01", *opened("2019-12-01", "2020-01-15"),
        modality=modality, exemptions=held,
    )  # fmt: skip
    assert (str(finding.status), finding.met_on) == (status, met_on)


MOVED = station.relocated_on
LATE = date(2020, 1, 15)


@pytest.mark.parametrize(
    ("must", "moved", "status", "met_on"),
    [
        (MOVED <= DEADLINE, date(2019, 12, 31), "satisfied", None),
        (MOVED <= DEADLINE, LATE, "breached", LATE),
        (DEADLINE >= MOVED, LATE, "breached", LATE),
        (MOVED <= DEADLINE, None, "undetermined", None),
        # before the deadline: from the next day on
        (MOVED < DEADLINE, date(2019, 12, 31), "breached", date(2020, 1, 1)),
        (MOVED < DEADLINE, LATE, "breached", date(2020, 1, 16)),
        (~(MOVED >= DEADLINE), LATE, "breached", date(2020, 1, 16)),
        # on no other day than that of the deadline
        (MOVED.is_(DEADLINE), LATE, "breached", LATE),
        # no date is taken to be in time
        (~(MOVED.is_known() & (MOVED > DEADLINE)), LATE, "breached", LATE),
        (~(MOVED.is_known() & (MOVED > DEADLINE)), None, "satisfied", None),
        # dates that are worked out; a year later is after the date of the policy
        (MOVED.plus_years(-1) <= DEADLINE, LATE, "satisfied", None),
        (MOVED.plus_years(1) <= DEADLINE, LATE, "breached", None),
        (first_known(MOVED, DEADLINE) <= DEADLINE, LATE, "breached", LATE),
        (first_known(MOVED, DEADLINE) <= DEADLINE, None, "satisfied", None),
        # what else is required is known to be so, or not to be so, or not known
        ((MOVED <= DEADLINE) & station.pilot, LATE, "breached", LATE),
        ((MOVED <= DEADLINE) & station.notable, LATE, "breached", None),
        ((MOVED <= DEADLINE) & station.outstanding, LATE, "breached", None),
        ((MOVED <= DEADLINE) | station.notable, LATE, "breached", LATE),
        # nothing is compared with the deadline
        (station.relocated_on <= date(2019, 12, 31), LATE, "breached", None),
        (MOVED.full_years_until(DEADLINE) >= 0, LATE, "satisfied", None),
    ],
)
def test_the_day_on_which_a_condition_came_to_hold(
    must: Expression, moved: date | None, status: str, met_on: date | None
) -> None:
    fact = Station(id="S", pilot=True, notable=False, relocated_on=moved)
    finding = due(must, "2020-02-01", fact)
    assert (str(finding.status), finding.met_on) == (status, met_on)


def test_the_last_day_of_the_calendar_has_no_day_after_it() -> None:
    fact = Station(id="S", relocated_on=LATE)
    finding = due(MOVED.plus_years(9000) < DEADLINE, "9999-12-31", fact)
    assert (str(finding.status), finding.met_on) == ("breached", None)


def test_what_applies_can_count_by_the_deadline_too() -> None:
    """A duty of those that had moved in time."""
    rule = says("1/1", **SAYS).demands(station, station.pilot, applies=MOVED <= DEADLINE, due=BY)
    of = directive(rule)
    for moved, status in ((date(2019, 12, 31), "breached"), (LATE, "not_applicable")):
        fact = Station(id="S", pilot=False, relocated_on=moved)
        assert str(found(of, date(2020, 2, 1), [fact]).status) == status


def test_dates_of_related_facts_of_related_facts_count() -> None:
    """Each station of a bureau is to have a workstation: the last of them opens late."""
    member = each(Station, bureau_id=bureau)
    theirs = each(Workstation, station_id=member)
    must = none(member, ~some(theirs, theirs.opened_on <= DEADLINE))
    of = directive(says("1/1", **SAYS).demands(bureau, must, due=BY))
    facts = [
        Bureau(id="B"),
        Station(id="S", bureau_id="B"),
        Station(id="T", bureau_id="B"),
        Workstation(id="V", station_id="S", opened_on=date(2020, 3, 1)),
        Workstation(id="W", station_id="T", opened_on=date(2020, 2, 1)),
    ]
    finding = found(of, date(2020, 6, 1), facts, [Station, Workstation])
    assert (str(finding.status), finding.actual, finding.met_on) == (
        "breached", 2, date(2020, 3, 1),
    )  # fmt: skip
    assert found(of, date(2020, 2, 29), facts, [Station, Workstation]).met_on is None


def test_what_is_due_without_counting_by_it_is_not_said_to_be_met() -> None:
    """The state of today says nothing of the day on which it came about."""
    finding = due(count(workstation, workstation.opened_on <= AS_OF) >= 2, "2020-02-01",
                  *opened("2019-12-01"))  # fmt: skip
    assert (str(finding.status), finding.met_on) == ("breached", None)
