"""From a policy and facts to what a report says of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import NamedTuple

from attrs import evolve

from ..analysis.sensitivity import Effect, sensitivity
from ..answers import Consistency, Finding
from ..arguments import public
from ..calendar import Due, DueStatus
from ..calendar.timetable import due_after
from ..facts import Belonging, Fact, Facts, Place
from ..language import Cite
from ..language.rules import AttestationRule
from ..policy import Duty, Policy, Report, order_of_gaps
from ..render.needed import parted
from .colours import Colours
from .model import Gap, Indicator, Inspection, Missing, Problem, Ranked
from .shares import Share, share_of


@public
def inspected(
    report: Report,
    *,
    colours: Colours | None = None,
    horizons: Sequence[int] = (30, 90),
    readings: bool = True,
    within: Fact | None = None,
) -> Inspection:
    """Gather what an inspection report says of an audit, and of the requests among its facts.

    `horizons` are the numbers of days within which it says what falls due. Without `readings` it
    does not ask what other readings of the text would change, which takes as long as the rest.
    `within` is a body to which alone, and to what belongs to it, the report is confined; lists and
    readings concern the facts as a whole, and are then left out.
    """
    colours = colours or Colours()
    policy, facts = report.policy, report.facts
    belonging = facts.belonging(policy.rules.directive.bodies)

    def concerned(fact: Fact) -> bool:
        return within is None or within in belonging.of(fact)

    findings = tuple(each for each in report.findings if concerned(each.fact))
    verdicts = tuple(policy.verdicts_of(facts, lambda all_: filter(concerned, all_)))
    agreements = tuple(policy.agreements_of(facts, lambda all_: filter(concerned, all_)))
    placed = list(_placed(belonging, findings))
    measured = [each.finding for each in placed if not each.attested]
    attested = [each.finding for each in placed if each.attested]
    order = {rule.cite: place for place, rule in enumerate(policy.rules.rules)}
    by_rule = _by_rule(placed, order)
    return Inspection(
        policy=policy,
        facts=facts,
        within=within,
        colours=colours,
        classes=belonging.classes,
        findings=findings,
        statuses=Counter(each.status for each in measured),
        attestations=Counter(each.status for each in attested),
        share=share_of(measured),
        attested=share_of(attested),
        ranking=_ranking(belonging, filter(concerned, facts), placed, colours),
        indicators=_indicators(belonging, by_rule),
        problems=_problems(by_rule, attested=False, as_of=policy.as_of),
        denied=_problems(by_rule, attested=True, as_of=policy.as_of),
        doubtful=tuple(
            (each, belonging.of(each.fact))
            for each in agreements
            if each.status is Consistency.INCONSISTENT
        ),
        agreements=Counter(each.status for each in agreements),
        soon=_soon(report, horizons, concerned),
        missing=_missing(belonging, facts, measured),
        verdicts=verdicts,
        outcomes=Counter(each.outcome for each in verdicts),
        readings=_turning(policy, facts) if readings and within is None else None,
        lists=report.lists if within is None else (),
    )


class _Placed(NamedTuple):
    """A finding with the bodies that its fact belongs to, and whether it rests on attestations."""

    finding: Finding
    place: Place
    attested: bool


def _placed(belonging: Belonging, findings: Iterable[Finding]) -> Iterator[_Placed]:
    fact: Fact | None = None
    place: Place = ()
    for each in findings:
        if each.fact is not fact:  # those of a fact come one after the other
            fact, place = each.fact, belonging.of(each.fact)
        yield _Placed(each, place, isinstance(each.rule, AttestationRule))


def _by_rule(
    placed: Iterable[_Placed], order: Mapping[Cite, int]
) -> list[tuple[Duty, list[_Placed]]]:
    """The findings by rule, in the order of the text."""
    by_rule: dict[Duty, list[_Placed]] = {}
    for each in placed:
        by_rule.setdefault(each.finding.rule, []).append(each)
    return sorted(by_rule.items(), key=lambda each: order[each[0].cite])


def _ranking(
    belonging: Belonging, facts: Iterable[Fact], placed: Iterable[_Placed], colours: Colours
) -> tuple[tuple[Ranked, ...], ...]:
    """The bodies of each class, the best first; those of which too little is known, last."""
    bodies = {each.key: each for each in facts if type(each) in belonging.classes}
    of_body: dict[str, list[_Placed]] = {key: [] for key in bodies}
    for place, of_place in _by_place(placed):
        for body in filter(None, place):
            bodies.setdefault(body.key, body)
            of_body.setdefault(body.key, []).extend(of_place)

    def above(body: Fact) -> Fact | None:
        place = belonging.of(body)[: belonging.classes.index(type(body))]
        return next((each for each in reversed(place) if each is not None), None)

    return tuple(
        tuple(
            _in_order(
                [
                    _ranked(body, above(body), of_body[key], colours)
                    for key, body in bodies.items()
                    if type(body) is cls
                ]
            )
        )
        for cls in belonging.classes
    )


def _by_place(placed: Iterable[_Placed]) -> Iterable[tuple[Place, list[_Placed]]]:
    """The findings by the bodies that their facts belong to, in the order of the findings."""
    by_place: dict[tuple[int, ...], tuple[Place, list[_Placed]]] = {}
    for each in placed:
        by_place.setdefault(tuple(map(id, each.place)), (each.place, []))[1].append(each)
    return by_place.values()


def _ranked(body: Fact, within: Fact | None, placed: list[_Placed], colours: Colours) -> Ranked:
    measured = [each.finding for each in placed if not each.attested]
    share = share_of(measured)
    gaps = sorted((each for each in measured if _is_open(each)), key=order_of_gaps)
    return Ranked(
        body=body,
        within=within,
        share=share,
        attested=share_of(each.finding for each in placed if each.attested),
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


def _in_order(bodies: list[Ranked]) -> Iterator[Ranked]:
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
    belonging: Belonging, by_rule: Iterable[tuple[Duty, list[_Placed]]]
) -> tuple[Indicator, ...]:
    """What was measured, by rule and by body of the largest class, where anything is settled."""
    found = []
    for rule, placed in by_rule:
        if isinstance(rule, AttestationRule) or not belonging.classes:
            continue
        of_body: dict[str, list[Finding]] = {}
        for place, of_place in _by_place(placed):
            if place[0] is not None:
                of_body.setdefault(place[0].key, []).extend(each.finding for each in of_place)
        shares = {key: share_of(of) for key, of in of_body.items()}
        if any(share.judged for share in shares.values()):
            found.append(Indicator(rule, shares))
    return tuple(found)


def _problems(
    by_rule: Iterable[tuple[Duty, list[_Placed]]], *, attested: bool, as_of: date
) -> tuple[Problem, ...]:
    """What falls short, by rule in the order of the text, the gravest first."""
    found = []
    for rule, placed in by_rule:
        if isinstance(rule, AttestationRule) is not attested:
            continue
        short = [each for each in placed if each.finding.status.standing.gravity is not None]
        short.sort(key=lambda each: order_of_gaps(each.finding))
        gaps = [Gap(each.finding, each.place, _overdue(each.finding, as_of)) for each in short]
        if gaps:
            open_ = tuple(each for each in gaps if each.finding.met_on is None)
            late = tuple(each for each in gaps if each.finding.met_on is not None)
            found.append(Problem(rule, open_, late))
    return tuple(found)


def _overdue(finding: Finding, as_of: date) -> int | None:
    if finding.due is None:
        return None
    return max(0, ((finding.met_on or as_of) - finding.due).days)


def _soon(
    report: Report, horizons: Sequence[int], concerned: Callable[[Fact], bool]
) -> dict[int, tuple[Due, ...]]:
    """What falls due within each number of days and not within a smaller one, and is not done."""
    as_of = report.policy.as_of
    ends = {days: as_of + timedelta(days=days) for days in sorted(horizons)}
    found: dict[int, list[Due]] = {days: [] for days in ends}
    if not ends:
        return {}
    for each in due_after(report, as_of, max(ends.values())):
        if (
            each.day is not None
            and each.status in (DueStatus.OPEN, DueStatus.UNDETERMINED)
            and concerned(each.fact)
        ):
            nearest = next(days for days, last in ends.items() if each.day <= last)
            found[nearest].append(each)
    return {days: tuple(dues) for days, dues in found.items()}


def _missing(
    belonging: Belonging, facts: Facts, measured: Iterable[Finding]
) -> tuple[Missing, ...]:
    """What is not known and would settle findings, by the body that has to fill it in."""
    gathered: dict[tuple[str, str, str], _Wanting] = {}
    classes = {cls.collection: cls for cls in facts.classes()}
    for each in measured:
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
