"""rule-engine: one compiled rule for each question, over flat inputs."""

from __future__ import annotations

from typing import Any, Final

from rule_engine import Rule

from ..inputs import AS_OF, Inputs
from . import STEPS, Answer, Contestant, flat, verdict

_TODAY: Final = AS_OF.toordinal()

_DUTY_MODE: Final = (
    "pilot ? 'three_teams_one_room' : (officers >= 12 ? 'two_teams_one_room' : 'zoned')"
)
_CITES: Final = {
    "three_teams_one_room": "5.1/1",
    "two_teams_one_room": "5.1/2",
    "zoned": "5.1/3",
}

_OUTSIDE: Final = " or ".join(f"place{n} < 350300 or place{n} > 350399" for n in (1, 2, 3))
_CASE: Final = (
    "[lead and not (clear and simple and not"
    " (forensic or technical or undercover or financial or other)),"
    f" lead and (complex or not ordinary or {_OUTSIDE})]"
)
_TASK: Final = (
    "[officer and not within,"
    " branch_duty or (quota and from_branch),"
    f" starts_on <= {_TODAY},"
    f" reported_on <= {_TODAY} and necessity,"
    f" reported_on <= {_TODAY} and feasibility,"
    f" reported_on <= {_TODAY} and operability,"
    " personnel, funds, equipment,"
    " by_public_order and review_level == issuer_level"
    f" and reviewed_on >= reported_on and reviewed_on <= {_TODAY},"
    " by_committee and approved_on >= reviewed_on"
    f" and approved_on <= {_TODAY} and approved_on <= starts_on]"
)


def contestants(inputs: Inputs) -> list[Contestant]:
    """Each question with one compiled rule."""
    rules: list[tuple[str, str, Any, Any]] = [
        ("duty_mode", _DUTY_MODE, inputs.duty_mode, lambda value: (value, (_CITES[value],))),
        ("case", _CASE, inputs.case, _read_case),
        ("task", _TASK, inputs.task, _read_task),
    ]
    return [
        Contestant("rule-engine, compiled rule", question, Rule(text).evaluate, flat(given), read)
        for question, text, given, read in rules
    ]


def _read_case(found: tuple[bool, bool]) -> Answer:
    return verdict([cite for cite, holds in zip(("3.1/1", "3.1/2"), found, strict=True) if holds])


def _read_task(found: tuple[bool, ...]) -> Answer:
    not_a_duty, needs, begun, *obtained = found
    missing = [name for name, got in zip(STEPS, obtained, strict=True) if needs and not got]
    late = ["3.3/3"] if missing and begun else []
    return verdict(late + (["3.4/1"] if not_a_duty else []), missing)
