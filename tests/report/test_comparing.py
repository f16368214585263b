"""Two documents of answers compared: what each change is called."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from made_up_amendment import DIRECTIVE as MADE_UP

import policy_rules as pr
from policy_rules.language.fingerprints import fingerprint_of
from policy_rules.report import Turn, What, answers_of_rows, compared


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
        (What.AS_OF, "", "2021-01-01", "2021-06-01"),
        (What.READINGS, "a", "x", "y"),
        (What.PARAMETERS, "q", 2, None),
    ]
    assert compared(old, old).as_json() == {"causes": [], "turned": []}


def test_the_same_directive_amended_has_other_rules() -> None:
    issued, amended = pr.load("putian-2019-52"), pr.load(MADE_UP)
    day = date(2021, 6, 1)
    old, new = (each.policy(as_of=day).audit(pr.Facts()).as_json() for each in (issued, amended))
    (cause,) = compared(old, new).causes
    assert (cause.what, cause.before) == (What.RULES, fingerprint_of(issued.rules))
    assert cause.after == fingerprint_of(amended.rules) != cause.before


# Why

RULES: Final = pr.load("putian-2019-52").rules
BREACHED: Final[dict[str, Any]] = {"actual": 3, "required": 4, "due": "2021-03-31", "needs": []}


def why(old: dict[str, Any], new: dict[str, Any], **rules: Any) -> list[tuple[str, str]]:
    """What can be the reason of the one change."""
    (turned,) = compared(old, new, **rules).turned
    return [(str(each.what), each.name) for each in turned.why]


def said(status: str, cite: str = "2.1/1b", **other: Any) -> dict[str, Any]:
    return {"subject": "stations/S", "cite": cite, "status": status, **other}


def test_where_nothing_else_differs_the_facts_are_the_reason() -> None:
    old, new = head(findings=[said("satisfied")]), head(findings=[said("breached")])
    assert why(old, new) == [("facts", "")]


def test_a_fact_that_is_new_is_the_reason_whatever_else_differs() -> None:
    old = head(findings=[said("satisfied") | {"subject": "stations/T"}])
    new = head(
        as_of="2021-06-01",
        findings=[said("satisfied") | {"subject": "stations/T"}, said("breached")],
    )
    assert why(old, new) == [("facts", "")]


def test_a_rule_that_asked_nobody_before_is_not_of_the_facts() -> None:
    old = head(findings=[said("satisfied")])
    new = head(directive="e", findings=[said("satisfied"), said("breached", "9.9/9")])
    assert why(old, new) == [("directive", "")]


def test_what_fell_due_meanwhile_is_of_the_date() -> None:
    """The same numbers, and the day by which it was to be met lies between."""
    old = head(as_of="2021-03-31", findings=[said("pending", **BREACHED)])
    new = head(as_of="2021-04-01", findings=[said("breached", **BREACHED)])
    assert why(old, new) == [("as_of", "")]
    # With another number it can be the facts as well.
    other = head(as_of="2021-04-01", findings=[said("breached", **{**BREACHED, "actual": 2})])
    assert why(old, other) == [("facts", ""), ("as_of", "")]


def test_a_parameter_that_was_all_it_wanted_is_the_reason() -> None:
    old = head(findings=[said("undetermined", "6.3/1", needs=["parameters.most_days_owed"])])
    new = head(parameters={"most_days_owed": 9}, findings=[said("satisfied", "6.3/1", needs=[])])
    assert why(old, new) == [("parameters", "most_days_owed")]


def test_only_readings_and_settings_that_the_rule_reads_can_be_the_reason() -> None:
    """2.1/1b asks for 40% of the strength, and how strength is counted; 5.2/1 of neither."""
    readings = {"strength_counts": "sworn", "patrol_band": "minimum"}
    others = {"strength_counts": "sworn_and_auxiliary", "patrol_band": "band"}
    for cite, names in (
        ("2.1/1b", [("readings", "strength_counts")]),
        ("5.2/1", [("readings", "patrol_band")]),
    ):
        old = head(readings=readings, findings=[said("satisfied", cite)])
        new = head(readings=others, findings=[said("breached", cite)])
        assert why(old, new, rules=RULES) == [("facts", ""), *names]
        # Of a directive that is not known, it can be either.
        assert len(why(old, new)) == 3


def test_of_decisions_and_verdicts_too() -> None:
    old = head(readings={"strength_counts": "sworn", "case_scope_covers": "leading"})
    new = head(readings={"strength_counts": "all", "case_scope_covers": "any_handling"})
    one = old | {"decisions": [decision("zoned")]}
    other = new | {"decisions": [decision("two_teams_one_room")]}
    assert why(one, other, rules=RULES) == [("facts", ""), ("readings", "strength_counts")]
    one, other = (
        old | {"verdicts": [verdict("permitted")]},
        new | {"verdicts": [verdict("prohibited")]},
    )
    assert why(one, other, rules=RULES) == [("facts", ""), ("readings", "case_scope_covers")]


def test_rows_are_compared_as_json_is() -> None:
    """A column has texts where JSON has lists, yes and no."""
    rows = [
        {"collection": "stations", "id": "S", "name": "pilot", "value": "true", "needs": ""},
        {"collection": "stations", "id": "S", "name": "units", "value": "case patrol", "needs": ""},
    ]
    of_rows = answers_of_rows(head(), {"decisions": rows})
    json_ = [
        {"subject": "stations/S", "name": "pilot", "value": True},
        {"subject": "stations/S", "name": "units", "value": ["case", "patrol"]},
    ]
    assert compared(of_rows, head(decisions=json_)).turned == ()
    assert of_rows["decisions"][0]["needs"] == []
