"""Two documents of answers compared: what each change is called."""

from __future__ import annotations

from typing import Any

import pytest

from policy_rules.report import Turn, compared


def finding(status: str, shortfall: int | None = None, met_on: str | None = None) -> dict[str, Any]:
    return {
        "subject": "stations/S", "cite": "4.2/5", "status": status, "shortfall": shortfall,
        "met_on": met_on,
    }  # fmt: skip


def head(**other: Any) -> dict[str, Any]:
    return {"format": 1, "directive": "d", "as_of": "2021-01-01", "readings": {"a": "x"}, **other}


@pytest.mark.parametrize(
    ("before", "after", "turn"),
    [
        (finding("satisfied"), finding("breached", 1), Turn.OPENED),
        (None, finding("breached", 1), Turn.OPENED),
        (finding("undetermined"), finding("missed"), Turn.OPENED),
        (finding("pending"), finding("breached", 1), Turn.OPENED),
        (finding("breached", 1), finding("satisfied"), Turn.CLOSED),
        (finding("breached", 1), finding("breached", 1, "2021-02-01"), Turn.CLOSED),
        (finding("breached", 1), finding("not_applicable"), Turn.CLOSED),
        (finding("breached", 3), finding("breached", 1), Turn.BETTER),
        (finding("breached", 1), finding("breached", 3), Turn.WORSE),
        (finding("missed", 1), finding("breached", 1), Turn.WORSE),
        (finding("breached", 1), finding("deviates", 1), Turn.BETTER),
        (finding("breached", 1), finding("breached", 1), None),
        (finding("breached", 1), finding("undetermined"), Turn.UNSETTLED),
        (finding("satisfied"), finding("undetermined"), Turn.UNSETTLED),
        (finding("undetermined"), finding("satisfied"), Turn.SETTLED),
        (finding("breached", 1), None, Turn.GONE),
        (finding("satisfied"), None, None),
        (None, finding("satisfied"), None),
        (finding("satisfied"), finding("exempt"), None),
        (finding("conflict"), finding("undetermined"), None),
    ],
)
def test_what_a_finding_turns_to(before: Any, after: Any, turn: Turn | None) -> None:
    old = head(findings=[before] if before else [])
    new = head(findings=[after] if after else [])
    made = compared(old, new)
    assert [each.turn for each in made.turned] == ([] if turn is None else [turn])
    for each in made.turned:
        assert (each.subject, each.by) == ("stations/S", "4.2/5")


def decision(value: Any) -> dict[str, Any]:
    return {"subject": "stations/S", "name": "duty_mode", "value": value}


def verdict(outcome: str) -> dict[str, Any]:
    return {"subject": "cases/A", "outcome": outcome}


def agreement(status: str) -> dict[str, Any]:
    return {"subject": "stations/S", "cite": "2.1/7", "status": status}


@pytest.mark.parametrize(
    ("kind", "before", "after", "turn"),
    [
        ("decisions", decision("zoned"), decision("two_teams_one_room"), Turn.CHANGED),
        ("decisions", decision(None), decision("zoned"), Turn.SETTLED),
        ("decisions", decision("zoned"), decision(None), Turn.UNSETTLED),
        ("decisions", decision(False), decision(False), None),
        ("verdicts", verdict("permitted"), verdict("prohibited"), Turn.CHANGED),
        ("verdicts", verdict("permitted"), verdict("permitted"), None),
        ("agreements", agreement("consistent"), agreement("inconsistent"), Turn.OPENED),
        ("agreements", agreement("inconsistent"), agreement("undetermined"), Turn.CLOSED),
        ("agreements", agreement("undetermined"), agreement("consistent"), None),
    ],
)
def test_what_others_turn_to(kind: str, before: Any, after: Any, turn: Turn | None) -> None:
    made = compared(head(**{kind: [before]}), head(**{kind: [after]}))
    assert [(each.kind, each.turn) for each in made.turned] == (
        [] if turn is None else [(kind, turn)]
    )


def test_what_they_do_not_rest_on_alike() -> None:
    old = head(parameters={"p": 1, "q": 2})
    new = head(as_of="2021-06-01", readings={"a": "y"}, parameters={"p": 1})
    made = compared(old, new)
    assert [(each.what, each.name, each.before, each.after) for each in made.causes] == [
        ("as_of", "", "2021-01-01", "2021-06-01"),
        ("readings", "a", "x", "y"),
        ("parameters", "q", 2, None),
    ]
    assert compared(old, old).as_json() == {"causes": [], "turned": []}
