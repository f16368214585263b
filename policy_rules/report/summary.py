"""What an audit comes to on one screen: counts by rule, and the first few of what is wrong.

It is one value, whichever fills it: facts, or the counts and rows of a database.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from attrs import frozen

from ..answers import GAPS, Agreement, Consistency, Decision, Finding, Outcome, Status, Verdict
from ..engines.lists import ListCoverage
from ..facts import Fact, Facts
from ..language.expressions import Definition
from ..language.rules import AttestationRule
from ..policy import Policy, Report, SummaryRow
from ..render.needed import Needed, gathered


@frozen(eq=False)
class Alike:
    """Findings of which the same is said: the first one, and how many facts it is said of.

    `facts` are those facts, or at least the first of them, so that they can be named.
    """

    finding: Finding
    facts: tuple[Fact, ...]
    number: int


@frozen(eq=False, kw_only=True)
class Summary:
    """An audit in sum, with the first of the gaps, of what is denied, needed and doubtful.

    `facts` are those among which subjects are named. `decisions` is the number of them, `unsettled`
    counts those that are undetermined or in conflict. `gaps` are the worst, the gravest first;
    `denied` are what is attested not to be there, a rule each; `needed` are the first of
    `needed_number` things that would settle findings, `doubtful` the first of the accounts that
    differ.
    """

    policy: Policy
    facts: Facts
    lists: tuple[ListCoverage, ...]
    rows: tuple[SummaryRow, ...]
    outcomes: Mapping[Outcome, int]
    agreements: Mapping[Consistency, int]
    decisions: int
    unsettled: Mapping[Definition, int]
    gaps: tuple[Alike, ...]
    denied: tuple[Alike, ...]
    needed: tuple[Needed, ...]
    needed_number: int
    doubtful: tuple[Agreement, ...]

    @property
    def gaps_number(self) -> int:
        """How many measured findings fall short, those that are not shown included."""
        return self._number(GAPS)

    @property
    def undetermined_number(self) -> int:
        """How many measured findings are not settled for want of data."""
        return self._number((Status.UNDETERMINED,))

    @property
    def denied_number(self) -> int:
        """Under how many rules something is attested not to be there."""
        return sum(row.attested and any(each.standing.unmet for each in row.counts)
                   for row in self.rows)  # fmt: skip

    @property
    def doubtful_number(self) -> int:
        """How many accounts differ."""
        return self.agreements.get(Consistency.INCONSISTENT, 0)

    def _number(self, statuses: Iterable[Status]) -> int:
        return sum(
            row.counts.get(status, 0)
            for row in self.rows
            if not row.attested
            for status in statuses
        )


def summary_of(
    report: Report,
    decisions: Sequence[Decision],
    verdicts: Iterable[Verdict],
    agreements: Sequence[Agreement],
    most: int,
) -> Summary:
    """Sum up an audit and the other answers on the same facts; `most` particulars of each kind."""
    facts = report.facts
    needed = gathered(each for each in report.findings if each.needs and not _is_attested(each))
    differing = [each for each in agreements if each.status is Consistency.INCONSISTENT]
    classes = report.policy.rules.directive.classes
    present = [cls for cls in classes if facts.all(cls) or facts.is_complete(cls)]
    return Summary(
        policy=report.policy,
        facts=facts,
        lists=mattering(report.lists, present),
        rows=report.summary(),
        outcomes=Counter(each.outcome for each in verdicts),
        agreements=Counter(each.status for each in agreements),
        decisions=len(decisions),
        unsettled=Counter(each.definition for each in decisions if each.needs or each.conflict),
        gaps=tuple(_alike(report.worst(len(report)))[:most]),
        denied=tuple(_denied(report)[:most]),
        needed=tuple(needed[:most]),
        needed_number=len(needed),
        doubtful=tuple(differing[:most]),
    )


def mattering(
    lists: Iterable[ListCoverage], present: Iterable[type[Fact]]
) -> tuple[ListCoverage, ...]:
    """The lists of the text that matter to some of the classes that are `present`."""
    classes = frozenset(present)
    return tuple(each for each in lists if not classes.isdisjoint(each.classes))


def _alike(gaps: Iterable[Finding]) -> list[Alike]:
    """Gaps by what is said of them, so that only the subjects differ; the worst first."""
    alike: dict[object, list[Finding]] = {}
    for gap in gaps:
        said = gap.cite, gap.status, gap.actual, gap.required, gap.due, gap.met_on, gap.periods
        alike.setdefault(said, []).append(gap)
    return [_together(each) for each in alike.values()]


def _denied(report: Report) -> list[Alike]:
    """What is attested not to be there, by rule, in the order of the text."""
    order = {rule.cite: place for place, rule in enumerate(report.policy.rules.rules)}
    by_rule: dict[int, list[Finding]] = {}
    for each in report.findings:
        if _is_attested(each) and each.status.standing.unmet:
            by_rule.setdefault(order[each.cite], []).append(each)
    return [_together(by_rule[place]) for place in sorted(by_rule)]


def _together(findings: Sequence[Finding]) -> Alike:
    return Alike(findings[0], tuple(each.fact for each in findings), len(findings))


def _is_attested(finding: Finding) -> bool:
    return isinstance(finding.rule, AttestationRule)
