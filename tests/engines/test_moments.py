"""Moments moved by minutes, by every engine; derived by hand."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from policy_rules.language import subject
from policy_rules.language.expressions import Expression, Node
from policy_rules.language.types import MOMENT, RuleTypeError
from policy_rules.police import Incident
from tests.support.found import LABELS, SAYS, decided, directive, found
from tests.support.writing import at, defining, says

DAY = date(2019, 9, 1)
incident = subject(Incident)
FIVE = says("1/1", quote="五分钟", **LABELS).sets("five", 5)
OPEN = says("1/1", quote="实时", **LABELS).leaves_open("open", int)
NIGHT = datetime(2019, 12, 31, 23, 57)


@pytest.mark.parametrize(
    ("minutes", "received", "value", "needs"),
    [
        (FIVE, NIGHT, datetime(2020, 1, 1, 0, 2), ()),
        (-5, NIGHT, datetime(2019, 12, 31, 23, 52), ()),
        (1440, NIGHT, datetime(2020, 1, 1, 23, 57), ()),
        (FIVE, None, None, ("incidents/I.received_at",)),
        (OPEN, NIGHT, None, ("parameters.open",)),
        (OPEN, None, None, ("incidents/I.received_at", "parameters.open")),
        # beyond the calendar, its ends
        (10**12, NIGHT, datetime.max, ()),
        (-(10**12), NIGHT, datetime.min, ()),
        (10**20, NIGHT, datetime.max, ()),
    ],
)
def test_minutes_after_a_moment(
    minutes: int | Expression,
    received: datetime | None,
    value: datetime | None,
    needs: tuple[str, ...],
) -> None:
    moved = incident.received_at.plus_minutes(minutes)
    told = defining(incident, "told", MOMENT)(**LABELS).by(at("1/1")("字").makes(moved))
    answer = decided(directive(told), "told", DAY, [Incident(id="I", received_at=received)])
    assert (answer.value, answer.needs) == (value, needs)


@pytest.mark.parametrize(
    ("passed_on", "status"),
    [
        (datetime(2020, 1, 1, 0, 2), "satisfied"),
        (datetime(2020, 1, 1, 0, 2, 1), "breached"),
        (datetime(2019, 12, 31, 23, 57), "satisfied"),
        (None, "undetermined"),
    ],
)
def test_a_limit_in_minutes_includes_its_last_moment(
    passed_on: datetime | None, status: str
) -> None:
    in_time = incident.transferred_at <= incident.received_at.plus_minutes(FIVE)
    of = directive(says("1/1", **SAYS).demands(incident, in_time))
    fact = Incident(id="I", received_at=NIGHT, transferred_at=passed_on)
    assert str(found(of, DAY, [fact]).status) == status


@pytest.mark.parametrize(
    ("moved", "minutes", "fault"),
    [
        (incident.kind, 5, "what is moved must be moment"),
        (incident.received_at, "5", "the number of minutes must be integer"),
        (incident.received_at, incident.received_at, "the number of minutes must be integer"),
    ],
)  # fmt: skip
def test_what_cannot_be_moved_by_minutes(
    moved: Node, minutes: int | Expression, fault: str
) -> None:
    with pytest.raises(RuleTypeError, match=fault):
        moved.plus_minutes(minutes)
