"""Members of another kind than the one that counts are passed over; those of no known kind are not.

By 5.2/4 a station has carried out a safety action since the directive was issued.
"""

from __future__ import annotations

from datetime import date

import pytest

import policy_rules as pr
from policy_rules.police import EventKind
from policy_rules.policy import EngineName

ACTION, STUDY = EventKind.SAFETY_ACTION, EventKind.POLITICAL_STUDY
DAY = date(2020, 3, 2)


@pytest.mark.parametrize("engine", ["interpreter", "python"])
@pytest.mark.parametrize(
    ("station", "kind", "status"),
    [
        ("S", ACTION, "satisfied"),
        ("S", STUDY, "breached"),
        ("S", None, "undetermined"),
        # Of which nobody knows whose it was.
        (None, ACTION, "undetermined"),
        (None, STUDY, "breached"),
        (None, None, "undetermined"),
    ],
)
def test_what_counts(
    engine: EngineName, station: str | None, kind: EventKind | None, status: str
) -> None:
    policy = pr.load("putian-2019-52").policy(as_of=date(2020, 6, 30), engine=engine)
    facts = pr.Facts(
        stations=[pr.Station(id="S")],
        events=[pr.Event(id="E", station_id=station, kind=kind, on=DAY)],
        complete=["events"],
    )
    (finding,) = (each for each in policy.audit(facts) if str(each.cite) == "5.2/4")
    assert str(finding.status) == status
    # The proof is worked out anew, by members as well.
    proof = policy.prove(finding)
    assert proof.truth is {"satisfied": True, "breached": False, "undetermined": None}[status]
    required = next(part for part in proof.parts if part.zh == "要求")
    assert required.truth is proof.truth
