"""A session keeps it true whether accounts agree, as facts change."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest

import policy_rules as pr
from policy_rules.answers import Consistency
from policy_rules.policy import EngineName
from tests.support.agreeing import DIRECTIVE

AGREEING: Final = pr.load(DIRECTIVE)


@pytest.mark.parametrize("engine", ["python", "interpreter"])
def test_a_change_of_either_account_tells(engine: EngineName) -> None:
    session = pr.Session(AGREEING.policy(as_of=date(2020, 1, 1), engine=engine))
    session.add(pr.Station(id="S", officers=2), pr.Officer(id="O1", station_id="S"))
    session.complete("officers")
    (answer,) = session.agreements("stations/S")
    assert (answer.status, answer.first, answer.second) == (Consistency.INCONSISTENT, 2, 1)
    assert [str(each.status) for each in session.findings("stations/S")] == ["satisfied"]
    (change,) = session.add(pr.Officer(id="O2", station_id="S"))
    assert (change.kind, change.name, change.subject) == ("agreement", "1/1", "stations/S")
    assert [str(cite) for cite in change.cites] == ["1/1"]
    assert change.after is not None
    assert "consistent" in session.explain(change.after)
    (other,) = (
        each for each in session.update("stations/S", officers=3) if each.kind == "agreement"
    )
    assert (other.before, other.after) != (None, None)
    assert other.as_json()["after"]["status"] == "inconsistent"
    assert change.fell_due is None
