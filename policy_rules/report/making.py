"""From a policy and facts to what a report says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from attrs import evolve

from ..analysis.sensitivity import Effect, sensitivity
from ..answers import Consistency, Finding
from ..calendar import Due, DueStatus, due_between
from ..facts import Belonging, Fact, Facts
from ..language import Cite
from ..language.rules import AttestationRule
from ..policy import Duty, Policy, Report, order_of_gaps
from ..render.needed import parted
from .colours import Colours
from .model import Gap, Indicator, Inspection, Missing, Problem, Ranked
from .shares import Share, share_of


def inspected(
    report: Report,
    *,
    colours: Colours | None = None,
    horizons: Sequence[int] = (30, 90),
    readings: bool = True,
) -> Inspection:
    """Gather what an inspection report says of an audit, and of the requests among its facts.

    `horizons` are the numbers of days within which it says what falls due. Without `readings` it
    does not ask what other readings of the text would change, which takes as long as the rest.
    """
    colours = colours or Colours()
    policy, facts, findings = report.policy, report.facts, report.findings
    belonging = facts.belonging(policy.rules.directive.bodies)
    verdicts = tuple(report.verdicts)
    agreements = tuple(report.agreements)
    measured = [each for each in findings if not _attested(each)]
    attested = [each for each in findings if _attested(each)]
    order = {rule.cite: place for place, rule in enumerate(policy.rules.rules)}
    by_rule = _by_rule(findings, order)
    return Inspection(
        policy=policy,
        facts=facts,
        colours=colours,
        classes=belonging.classes,
        findings=findings,
        statuses=Counter(each.status for each in measured),
        attestations=Counter(each.status for each in attested),
        share=share_of(measured),
        attested=share_of(attested),
        ranking=_ranking(belonging, facts, findings, colours),
        indicators=_indicators(belonging, by_rule),
        problems=_problems(belonging, by_rule, attested=False, as_of=policy.as_of),
        denied=_problems(belonging, by_rule, attested=True, as_of=policy.as_of),
        doubtful=tuple(
            (each, belonging.of(each.fact))
            for each in agreements
            if each.status is Consistency.INCONSISTENT
        ),
        agreements=Counter(each.status for each in agreements),
        soon=_soon(policy, facts, horizons),
        missing=_missing(belonging, facts, findings),
        verdicts=verdicts,
        outcomes=Counter(each.outcome for each in verdicts),
        readings=_turning(policy, facts) if readings else None,
        lists=report.lists,
    )


def _attested(finding: Finding) -> bool:
    return isinstance(finding.rule, AttestationRule)


def _by_rule(
    findings: Iterable[Finding], order: Mapping[Cite, int]
) -> list[tuple[Duty, list[Finding]]]:
    """The findings by rule, in the order of the text."""
    by_rule: dict[Duty, list[Finding]] = {}
    for each in findings:
        by_rule.setdefault(each.rule, []).append(each)
    return sorted(by_rule.items(), key=lambda each: order[each[0].cite])


def _ranking(
    belonging: Belonging, facts: Facts, findings: Iterable[Finding], colours: Colours
) -> tuple[tuple[Ranked, ...], ...]:
    """The bodies of each class, the best first; those of which too little is known, last."""
    of_body: dict[str, list[Finding]] = {}
    bodies: dict[str, tuple[Fact, Fact | None]] = {}
    for fact in (each for cls in belonging.classes for each in facts.all(cls)):
        of_body.setdefault(fact.key, [])
    for each in findings:
        for body in belonging.of(each.fact):
            if body is not None:
                of_body.setdefault(body.key, []).append(each)
    for key in of_body:
        collection, _, id_ = key.partition("/")
        cls = next(each for each in belonging.classes if each.collection == collection)
        body = facts.named(cls, id_)
        above = [each for each in belonging.of(body)[: belonging.classes.index(cls)] if each]
        bodies[key] = body, above[-1] if above else None
    return tuple(
        tuple(
            _placed(
                [
                    _ranked(body, within, of_body[key], colours)
                    for key, (body, within) in bodies.items()
                    if type(body) is cls
                ]
            )
        )
        for cls in belonging.classes
    )


def _ranked(body: Fact, within: Fact | None, findings: list[Finding], colours: Colours) -> Ranked:
    measured = [each for each in findings if not _attested(each)]
    share = share_of(measured)
    gaps = sorted((each for each in measured if _is_open(each)), key=order_of_gaps)
    return Ranked(
        body=body,
        within=within,
        share=share,
        attested=share_of(each for each in findings if _attested(each)),
        colour=colours.of(share),
        place=None if _unsettled(share, colours) else 1,
        gaps=len(gaps),
        worst=gaps[0] if gaps else None,
    )


def _unsettled(share: Share, colours: Colours) -> bool:
    return share.value is None or share.known is None or share.known < colours.known


def _by_share(each: Ranked) -> tuple[bool, Fraction, str]:
    """The best first; those of whom nothing is settled, last."""
    value = each.share.value
    return value is None, -(value or Fraction(0)), each.body.id


def _placed(bodies: list[Ranked]) -> Iterator[Ranked]:
    """The bodies in their order, each with its rank; equal shares have the same."""
    bodies.sort(key=_by_share)
    last: tuple[object, int] = (None, 0)
    for number, each in enumerate((each for each in bodies if each.place is not None), 1):
        if each.share.value != last[0]:
            last = each.share.value, number
        yield evolve(each, place=last[1])
    yield from (each for each in bodies if each.place is None)


def _is_open(finding: Finding) -> bool:
    """Whether it is a gap that nobody has closed."""
    return finding.status.standing.gravity is not None and finding.met_on is None


def _indicators(
    belonging: Belonging, by_rule: Iterable[tuple[Duty, list[Finding]]]
) -> tuple[Indicator, ...]:
    """What was measured, by rule and by body of the largest class, where anything is settled."""
    found = []
    for rule, findings in by_rule:
        if isinstance(rule, AttestationRule) or not belonging.classes:
            continue
        of_body: dict[str, list[Finding]] = {}
        for each in findings:
            body = belonging.of(each.fact)[0]
            if body is not None:
                of_body.setdefault(body.key, []).append(each)
        shares = {key: share_of(of) for key, of in of_body.items()}
        if any(share.judged for share in shares.values()):
            found.append(Indicator(rule, shares))
    return tuple(found)


def _problems(
    belonging: Belonging,
    by_rule: Iterable[tuple[Duty, list[Finding]]],
    *,
    attested: bool,
    as_of: date,
) -> tuple[Problem, ...]:
    """What falls short, by rule in the order of the text, the gravest first."""
    found = []
    for rule, findings in by_rule:
        if isinstance(rule, AttestationRule) is not attested:
            continue
        gaps = [
            Gap(each, belonging.of(each.fact), _overdue(each, as_of))
            for each in sorted(
                (each for each in findings if each.status.standing.gravity is not None),
                key=order_of_gaps,
            )
        ]
        if gaps:
            open_ = tuple(each for each in gaps if each.finding.met_on is None)
            late = tuple(each for each in gaps if each.finding.met_on is not None)
            found.append(Problem(rule, open_, late))
    return tuple(found)


def _overdue(finding: Finding, as_of: date) -> int | None:
    if finding.due is None:
        return None
    return max(0, ((finding.met_on or as_of) - finding.due).days)


def _soon(policy: Policy, facts: Facts, horizons: Sequence[int]) -> dict[int, tuple[Due, ...]]:
    """What falls due within each number of days and not within a smaller one, and is not done."""
    found: dict[int, tuple[Due, ...]] = {}
    first = policy.as_of
    for days in sorted(horizons):
        last = policy.as_of + timedelta(days=days)
        found[days] = tuple(
            each
            for each in due_between(policy, facts, first, last)
            if each.day is not None and each.status in (DueStatus.OPEN, DueStatus.UNDETERMINED)
        )
        first = last + timedelta(days=1)
    return found


def _missing(
    belonging: Belonging, facts: Facts, findings: Iterable[Finding]
) -> tuple[Missing, ...]:
    """What is not known and would settle findings, by the body that has to fill it in."""
    gathered: dict[tuple[str, str, str], _Wanting] = {}
    classes = {cls.collection: cls for cls in facts.classes()}
    for each in findings:
        if _attested(each):
            continue
        wanted = set()
        for need in each.needs:
            collection, name, key = parted(need)
            cls = classes.get(collection) if key else None
            fact = None if cls is None else facts.named(cls, key.partition("/")[2])
            place = () if fact is None else belonging.of(fact)
            body = next((body for body in place if body is not None), None)
            of = "" if body is None else body.key, collection, name
            wanting = gathered.setdefault(of, _Wanting(body))
            if key:
                wanting.keys[key] = None
            wanting.cites[each.cite] = None
            wanted.add(of)
        for of in wanted:
            gathered[of].findings += 1
    return tuple(
        Missing(of.body, collection, name, tuple(of.keys), tuple(of.cites), of.findings)
        for (_, collection, name), of in sorted(
            gathered.items(), key=lambda each: (each[0][0], -each[1].findings)
        )
    )


class _Wanting:
    """What is gathered of one thing that is not known."""

    def __init__(self, body: Fact | None) -> None:
        self.body = body
        self.keys: dict[str, None] = {}
        self.cites: dict[Cite, None] = {}
        self.findings = 0


def _turning(policy: Policy, facts: Facts) -> tuple[Effect, ...]:
    """The readings of the text under which some answer comes to something else."""
    return tuple(each for each in sensitivity(policy, facts).summary() if any(each.turned.values()))
