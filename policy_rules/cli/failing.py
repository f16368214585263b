"""Which answers make the exit status 1: those that are wrong, or those that `--fail-on` names."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..answers import Agreement, Consistency, Decision, Finding, Outcome, Standings, Status, Verdict
from ..facts import Fault
from ..formats.choices import unknown_name
from ..language.rules import AttestationRule


@frozen
class Failing:
    """What makes the exit status 1; without names, all that is wrong or undetermined.

    `faults` are those of names that are of no outcome and no status.
    """

    named: frozenset[str] | None = None
    faults: tuple[Fault, ...] = ()

    def includes(self, standing: Standings) -> bool:
        """Whether an outcome or status does."""
        return standing.standing.wrong if self.named is None else str(standing) in self.named

    def finding(self, status: Status, *, attested: bool) -> bool:
        """Whether a finding does. What nobody has attested yet never does."""
        return self.includes(status) and not (attested and status is Status.UNDETERMINED)

    def status(
        self,
        decisions: Iterable[Decision] = (),
        verdicts: Iterable[Verdict] = (),
        findings: Iterable[Finding] = (),
        agreements: Iterable[Agreement] = (),
    ) -> int:
        """1 where some answer does, else 0."""
        return int(
            any(map(self._decision, decisions))
            or any(self.includes(each.outcome) for each in verdicts)
            or any(self.includes(each.status) for each in agreements)
            or any(
                self.finding(each.status, attested=isinstance(each.rule, AttestationRule))
                for each in findings
            )
        )

    def _decision(self, decision: Decision) -> bool:
        if decision.conflict is not None:
            return self.includes(Outcome.CONFLICT)
        return bool(decision.needs) and self.includes(Outcome.UNDETERMINED)


def failing(given: Iterable[str]) -> Failing:
    """What `--fail-on` names."""
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    known = list(dict.fromkeys(str(each) for each in (*Outcome, *Status, *Consistency)))
    faults = (
        unknown_name("--fail-on", "结论或结果", "outcome or status", name, known)
        for name in names
        if name not in known
    )
    return Failing(frozenset(names) if names else None, tuple(faults))
