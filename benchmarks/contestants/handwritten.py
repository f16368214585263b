"""What a careful programmer would write by hand, over ready slotted objects."""

from __future__ import annotations

from typing import Any, Final

from policy_rules import (
    Approver,
    Assignee,
    CaseCategory,
    CaseRole,
    CriminalCase,
    DutyMode,
    Guarantee,
    Issuer,
    Means,
    ReportSection,
    Reviewer,
    Station,
    Task,
)

from ..inputs import AS_OF, Inputs
from . import STEPS, Contestant, verdict

# Looking a member up in its enum takes longer than a decision: these are looked up once.
THREE_TEAMS: Final = DutyMode.THREE_TEAMS_ONE_ROOM
TWO_TEAMS: Final = DutyMode.TWO_TEAMS_ONE_ROOM
ZONED: Final = DutyMode.ZONED
ORDINARY_MEANS: Final = frozenset({Means.IMAGE})
LEAD: Final = CaseRole.LEAD
ORDINARY: Final = CaseCategory.ORDINARY
POLICE_BRANCH: Final = Issuer.POLICE_BRANCH
OFFICER: Final = Assignee.OFFICER
PUBLIC_ORDER: Final = Reviewer.PUBLIC_ORDER
COMMITTEE: Final = Approver.MUNICIPAL_COMMITTEE
SECTIONS: Final = frozenset(ReportSection)
NECESSITY: Final = ReportSection.NECESSITY
FEASIBILITY: Final = ReportSection.FEASIBILITY
OPERABILITY: Final = ReportSection.OPERABILITY
GUARANTEES: Final = frozenset(Guarantee)
PERSONNEL: Final = Guarantee.PERSONNEL
FUNDS: Final = Guarantee.FUNDS
EQUIPMENT: Final = Guarantee.EQUIPMENT

THREE_TEAMS_CITED: Final = (THREE_TEAMS, ("5.1/1",))
TWO_TEAMS_CITED: Final = (TWO_TEAMS, ("5.1/2",))
ZONED_CITED: Final = (ZONED, ("5.1/3",))


def duty_mode(station: Any) -> DutyMode:
    """The value alone."""
    if station.pilot:
        return THREE_TEAMS
    return TWO_TEAMS if station.officers >= 12 else ZONED


def duty_mode_cited(station: Any) -> tuple[DutyMode, tuple[str, ...]]:
    """The value and its citation."""
    if station.pilot:
        return THREE_TEAMS_CITED
    return TWO_TEAMS_CITED if station.officers >= 12 else ZONED_CITED


def case(case: Any) -> str:
    """The outcome alone."""
    if case.role is not LEAD:
        return "permitted"
    if not (case.causation_clear and case.simple and case.means <= ORDINARY_MEANS):
        return "prohibited"
    if case.complex or case.category is not ORDINARY:
        return "exemption_needed"
    for code in case.place_codes:
        if not code.startswith("3503"):
            return "exemption_needed"
    return "permitted"


def case_reasons(case: Any) -> tuple[str, list[str]]:
    """The outcome and all reasons against."""
    reasons: list[str] = []
    if case.role is not LEAD:
        return "permitted", reasons
    outcome = "permitted"
    if case.complex or case.category is not ORDINARY:
        outcome = "exemption_needed"
        reasons.append("3.1/2")
    else:
        for code in case.place_codes:
            if not code.startswith("3503"):
                outcome = "exemption_needed"
                reasons.append("3.1/2")
                break
    if not (case.causation_clear and case.simple and case.means <= ORDINARY_MEANS):
        outcome = "prohibited"
        reasons.insert(0, "3.1/1")
    return outcome, reasons


def task(task: Any) -> str:
    """The outcome alone."""
    if not task.within_statutory_duty and task.assignee is OFFICER:
        return "prohibited"
    if not (task.branch_duty or (task.quota and task.issuer is POLICE_BRANCH)):
        return "permitted"
    if (
        task.report_sections >= SECTIONS
        and task.guarantees >= GUARANTEES
        and task.reviewed_by is PUBLIC_ORDER
        and task.review_level is task.issuer_level
        and task.approved_by is COMMITTEE
        and task.reported_on <= task.reviewed_on <= task.approved_on <= AS_OF
        and task.approved_on <= task.starts_on
    ):
        return "permitted"
    return "prohibited" if task.starts_on <= AS_OF else "awaiting"


def task_steps(task: Any) -> tuple[str, list[str], list[str]]:
    """The outcome, all reasons against and all missing steps."""
    reasons: list[str] = []
    missing: list[str] = []
    if task.branch_duty or (task.quota and task.issuer is POLICE_BRANCH):
        sections, guarantees = task.report_sections, task.guarantees
        reported_on, reviewed_on = task.reported_on, task.reviewed_on
        approved_on = task.approved_on
        reported = reported_on <= AS_OF
        if not (reported and NECESSITY in sections):
            missing.append(STEPS[0])
        if not (reported and FEASIBILITY in sections):
            missing.append(STEPS[1])
        if not (reported and OPERABILITY in sections):
            missing.append(STEPS[2])
        if PERSONNEL not in guarantees:
            missing.append(STEPS[3])
        if FUNDS not in guarantees:
            missing.append(STEPS[4])
        if EQUIPMENT not in guarantees:
            missing.append(STEPS[5])
        if not (
            task.reviewed_by is PUBLIC_ORDER
            and task.review_level is task.issuer_level
            and reported_on <= reviewed_on <= AS_OF
        ):
            missing.append(STEPS[6])
        if not (
            task.approved_by is COMMITTEE
            and reviewed_on <= approved_on <= AS_OF
            and approved_on <= task.starts_on
        ):
            missing.append(STEPS[7])
        if missing and task.starts_on <= AS_OF:
            reasons.append("3.3/3")
    if task.assignee is OFFICER and not task.within_statutory_duty:
        reasons.append("3.4/1")
    outcome = "prohibited" if reasons else "awaiting" if missing else "permitted"
    return outcome, reasons, missing


def contestants(inputs: Inputs) -> list[Contestant]:
    """Each question twice: the value or outcome alone, the baseline, and the whole answer."""
    stations = [Station(**each.document) for each in inputs.duty_mode]
    cases = [CriminalCase(**each.document) for each in inputs.case]
    tasks = [Task(**each.document) for each in inputs.task]
    bare, whole = "hand-written, value alone", "hand-written, whole answer"
    return [
        Contestant(bare, "duty_mode", duty_mode, stations, lambda a: (str(a),), bare=True),
        Contestant(whole, "duty_mode", duty_mode_cited, stations, lambda a: (str(a[0]), a[1])),
        Contestant(bare, "case", case, cases, lambda a: (a,), bare=True),
        Contestant(whole, "case", case_reasons, cases, lambda a: verdict(a[1])),
        Contestant(bare, "task", task, tasks, lambda a: (a,), bare=True),
        Contestant(whole, "task", task_steps, tasks, lambda a: verdict(a[1], a[2])),
    ]
