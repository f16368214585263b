"""durable-rules used directly, in the way that was found stable: one fixed session.

It takes numbers only, so truth values are 0 and 1. An event fires only its first matching rule, so
stations and cases are posted as events to rules that exclude each other, its fastest use. Missing
steps cannot exclude each other: a task is a fact, asserted and retracted again, which fires every
rule that matches.
"""

from __future__ import annotations

from typing import Any, Final

from durable.lang import assert_fact, m, post, retract_fact, ruleset, when_all

from ..inputs import AS_OF, Inputs
from . import STEPS, Answer, Contestant, flat, verdict

_TODAY: Final = AS_OF.toordinal()

# What the actions of the rules have found of the input at hand.
_found: list[str] = []


def contestants(inputs: Inputs) -> list[Contestant]:
    """Each question with a rule set of its own."""
    _write_duty_modes()
    _write_case()
    _write_task()
    name = "durable-rules, one session"
    return [
        Contestant(name, "duty_mode", _ask_duty_mode, _numbers(inputs.duty_mode), _read_duty_mode),
        Contestant(name, "case", _ask_case, _numbers(inputs.case), verdict),
        Contestant(name, "task", _ask_task, _numbers(inputs.task), _read_task),
    ]


def _numbers(inputs: Any) -> list[dict[str, int]]:
    return [{name: int(value) for name, value in each.items()} for each in flat(inputs)]


def _rule(condition: Any, *found: str) -> None:
    """Add to the open rule set a rule that adds to what is found."""

    def then(context: Any) -> None:
        _found.extend(found)

    when_all(condition)(then)


def _write_duty_modes() -> None:
    with ruleset("benchmark_duty_modes"):
        _rule(m.pilot == 1, "three_teams_one_room", "5.1/1")
        _rule((m.pilot == 0) & (m.officers >= 12), "two_teams_one_room", "5.1/2")
        _rule((m.pilot == 0) & (m.officers < 12), "zoned", "5.1/3")


def _write_case() -> None:
    specialised = ("forensic", "technical", "undercover", "financial", "other")
    in_scope = (m.clear == 1) & (m.simple == 1)
    not_in_scope = (m.clear == 0) | (m.simple == 0)
    for name in specialised:
        in_scope &= getattr(m, name) == 0
        not_in_scope |= getattr(m, name) == 1
    to_lead = (m.complex == 0) & (m.ordinary == 1)
    not_to_lead = (m.complex == 1) | (m.ordinary == 0)
    for place in (m.place1, m.place2, m.place3):
        to_lead &= (place >= 350300) & (place <= 350399)
        not_to_lead |= (place < 350300) | (place > 350399)
    lead = m.lead == 1
    with ruleset("benchmark_case"):
        _rule(lead & not_in_scope & not_to_lead, "3.1/1", "3.1/2")
        _rule(lead & not_in_scope & to_lead, "3.1/1")
        _rule(lead & in_scope & not_to_lead, "3.1/2")
        _rule(lead & in_scope & to_lead)
        _rule(m.lead == 0)


def _write_task() -> None:
    needs = (m.branch_duty == 1) | ((m.quota == 1) & (m.from_branch == 1))
    unreported = m.reported_on > _TODAY
    lacking = (
        unreported | (m.necessity == 0),
        unreported | (m.feasibility == 0),
        unreported | (m.operability == 0),
        m.personnel == 0,
        m.funds == 0,
        m.equipment == 0,
        (m.by_public_order == 0)
        | (m.review_level != m.issuer_level)
        | (m.reviewed_on < m.reported_on)
        | (m.reviewed_on > _TODAY),
        (m.by_committee == 0)
        | (m.approved_on < m.reviewed_on)
        | (m.approved_on > _TODAY)
        | (m.approved_on > m.starts_on),
    )
    with ruleset("benchmark_task"):
        _rule((m.officer == 1) & (m.within == 0), "3.4/1")
        _rule(needs & (m.starts_on <= _TODAY), "begun")
        for step, missing in zip(STEPS, lacking, strict=True):
            _rule(needs & missing, step)
        _rule(m.officer >= 0)  # a fact that matches no rule raises


def _ask_duty_mode(station: dict[str, int]) -> list[str]:
    _found.clear()
    post("benchmark_duty_modes", station)
    return _found


def _ask_case(case: dict[str, int]) -> list[str]:
    _found.clear()
    post("benchmark_case", case)
    return _found


def _ask_task(task: dict[str, int]) -> list[str]:
    _found.clear()
    assert_fact("benchmark_task", task)
    retract_fact("benchmark_task", task)
    return _found


def _read_duty_mode(found: list[str]) -> Answer:
    value, *cites = found
    return value, tuple(cites)


def _read_task(found: list[str]) -> Answer:
    # An alternative that holds in two ways fires twice.
    missing = [name for name in STEPS if name in found]
    late = ["3.3/3"] if missing and "begun" in found else []
    return verdict(late + (["3.4/1"] if "3.4/1" in found else []), missing)
