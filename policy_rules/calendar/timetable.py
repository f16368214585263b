"""What falls due between two days, for some subjects or for all."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from ..answers import Finding, QuestionError, Status
from ..engines.counting import due_of_all
from ..engines.evaluator import Scope
from ..facts import Fact, Facts
from ..facts.linking import references_of
from ..language import Cite, Period, Regime
from ..language.exhaustive import assert_never
from ..language.rules import Requirement
from ..policy import Policy, Report
from .due import Due, DueKind, DueStatus
from .recurring import Series, series_of


def due_between(
    policy: Policy,
    facts: Facts,
    since: date,
    until: date,
    subjects: Iterable[Fact] | None = None,
) -> tuple[Due, ...]:
    """Everything that falls due from one day to another, both included.

    That is every deadline, and every period of what recurs, of each rule that applies to a subject
    or may apply; by date, then in the order of the text, then by subject. What recurs without a set
    period comes last. With `subjects`, theirs only, and that of the facts that belong to them: a
    bureau's includes that of its stations. Raises QuestionError for what are not days or facts.
    """
    for name, given, kind in (("policy", policy, Policy), ("facts", facts, Facts)):
        if not isinstance(given, kind):
            raise QuestionError(f"`{name}` is a `{kind.__name__}`, found {given!r}")
    _expect_days(since, until)
    if not policy.regime.in_force:
        return ()
    chosen = list(facts) if subjects is None else _with_their_own(subjects, facts)
    with_deadlines = {
        cls for cls in {type(f) for f in chosen} if _deadlines(policy.regime, cls, since, until)
    }
    findings = policy.audit(facts, lambda _: (f for f in chosen if type(f) in with_deadlines))
    return _dues(policy, facts, chosen, findings, since, until)


def due_after(report: Report, since: date, until: date) -> tuple[Due, ...]:
    """The same of the facts that were audited, by what was found of them."""
    _expect_days(since, until)
    if not report.policy.regime.in_force:
        return ()
    audited = list({id(each.fact): each.fact for each in report}.values())
    return _dues(report.policy, report.facts, audited, report, since, until)


def _dues(
    policy: Policy,
    facts: Facts,
    chosen: Sequence[Fact],
    findings: Iterable[Finding],
    since: date,
    until: date,
) -> tuple[Due, ...]:
    regime = policy.regime
    classes = {type(fact) for fact in chosen}
    deadlines = {cls: _deadlines(regime, cls, since, until) for cls in classes}
    dues = [
        _of_deadline(finding, status)
        for finding in findings
        if (span := deadlines[type(finding.fact)].get(finding.cite)) is not None
        and finding.due is not None
        and span[0] <= finding.due <= span[1]
        and (status := _standing(finding)) is not None
    ]
    recurring = {cls: _recurring(regime, cls, since, until) for cls in classes}
    for fact in chosen:
        for series in recurring[type(fact)]:
            bound = {series.rule.subject: fact}
            dues += series.dues(fact, Scope(regime, facts, policy.exemption_index, bound))
    order = {rule.cite: place for place, rule in enumerate(policy.rules.rules)}
    dues.sort(key=lambda due: (due.day or date.max, order[due.cite], due.subject, str(due.every)))
    return tuple(dues)


def _expect_days(since: date, until: date) -> None:
    for name, day in (("since", since), ("until", until)):
        if not isinstance(day, date) or isinstance(day, datetime):
            raise QuestionError(f"`{name}` is a date, found {day!r}")
    if until < since:
        raise QuestionError(f"`until` is not before `since`, found {until} before {since}")


def _with_their_own(subjects: Iterable[Fact], facts: Facts) -> list[Fact]:
    """The subjects, and every fact that refers to one of them or to what belongs to one."""
    pointing: dict[str, list[tuple[type[Fact], str]]] = {}
    for cls in facts.classes():
        for name, collection in references_of(cls).items():
            pointing.setdefault(collection, []).append((cls, name))
    found: dict[str, Fact] = {}
    if not isinstance(subjects, Iterable):
        raise QuestionError(f"`subjects` is a list of facts, found {subjects!r}")
    waiting = list(subjects)
    while waiting:
        fact = waiting.pop()
        if not isinstance(fact, Fact):
            raise QuestionError(f"`subjects` is a list of facts, found {fact!r} in it")
        if fact.key not in found:
            found[fact.key] = fact
            for cls, name in pointing.get(fact.collection, ()):
                waiting += facts.related(cls, name, fact.id)
    return list(found.values())


def _deadlines(
    regime: Regime, cls: type[Fact], since: date, until: date
) -> dict[Cite, tuple[date, date]]:
    """The rules of a class that may be due within the days, and within which of them."""
    found = {}
    for rule in regime.rules.requirements_of(cls):
        if isinstance(rule, Requirement) and rule.due is not None:
            day, last = due_of_all(regime, rule), regime.last_day(rule, until)
            if rule.due_of_fact is not None or (day is not None and since <= day <= last):
                found[rule.cite] = since, last
    return found


def _recurring(regime: Regime, cls: type[Fact], since: date, until: date) -> list[Series]:
    """What recurs under the rules of a class."""
    return [
        series
        for rule in regime.rules.requirements_of(cls)
        if isinstance(rule, Requirement) and regime.holds(rule)
        for series in series_of(regime, rule, since, until)
    ]


def _standing(finding: Finding) -> DueStatus | None:
    """How a deadline stands by its finding; None where the rule does not apply."""
    status = finding.status
    match status:
        case _ if finding.met_on is not None:
            return DueStatus.LATE
        case Status.SATISFIED:
            return DueStatus.MET
        case Status.PENDING:
            return DueStatus.OPEN
        case Status.BREACHED | Status.DEVIATES:
            return DueStatus.OVERDUE
        case Status.MISSED:
            return DueStatus.MISSED
        case Status.EXEMPT:
            return DueStatus.EXEMPT
        case Status.UNDETERMINED:
            return DueStatus.UNDETERMINED
        case Status.CONFLICT:
            return DueStatus.CONFLICT
        case Status.NOT_APPLICABLE:
            return None
    return assert_never(status)


def _of_deadline(finding: Finding, status: DueStatus) -> Due:
    assert isinstance(finding.rule, Requirement)  # attestations have no deadlines
    assert finding.due is not None  # it is within the days that were asked for
    return Due(
        fact=finding.fact,
        rule=finding.rule,
        kind=DueKind.DEADLINE,
        status=status,
        period=Period(finding.due, finding.due),
        met_on=finding.met_on,
        retroactive=finding.retroactive,
        exemption=finding.exemption,
        needs=finding.needs,
    )
