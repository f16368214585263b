"""Logs of decisions to try things on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import policy_rules as pr
from policy_rules.decision_log import DecisionLog

POLICY = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
AT_HOME = {"350302"}


def case(number: int, codes: frozenset[str] | set[str] = frozenset(AT_HOME)) -> pr.CriminalCase:
    """A case that a station may handle where it lies in the city."""
    return pr.CriminalCase(
        id=f"A{number}",
        role=pr.CaseRole.LEAD,
        category=pr.CaseCategory.ORDINARY,
        complex=False,
        causation_clear=True,
        simple=True,
        means={pr.Means.IMAGE},
        place_codes=codes,
    )


def appointment(number: int) -> pr.Appointment:
    """The appointment of a chief, of whom four things are personal."""
    return pr.Appointment(
        id=f"R{number}",
        officer_id=f"P{number}",
        post=pr.Post.CHIEF,
        on=date(2022, 3, 1),
        education=pr.Education.COLLEGE,
        birth_date=date(1980, 1, 1 + number % 28),
        service_since=date(2010, 1, 1),
    )


def log_of(path: Path, checks: int = 12, origin: str = "test.example/log") -> DecisionLog:
    """A log with a policy, and a check an entry: of cases and appointments in turn."""
    log = DecisionLog(path, origin=origin)
    for number in range(checks):
        request = appointment(number) if number % 2 else case(number)
        log.add(POLICY, [POLICY.check(request)], correlation_id=f"call {number}")
    return log
