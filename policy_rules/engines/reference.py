"""The engine `interpreter`: answers put together from the plain walk over the expressions."""

from __future__ import annotations

from attrs import evolve

from ..answers import Decision, Finding, Outcome, Status, Verdict, VerdictPart
from ..facts import Exemption, Fact, Facts
from ..language.expressions import subject_variable
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Requirement
from .attested import attested
from .conditions import (
    FindingConditions,
    Measure,
    VerdictConditions,
    decision_part,
    finding_conditions,
    finding_part,
    readings_of,
    settle,
    verdict_conditions,
)
from .exemptions import Exemptions
from .fulfilment import lacking, met_on, tallies
from .interpreter import Scope, conditions_and_values, evaluate
from .needs import Need, definition_needs, needs, told_apart
from .protocol import Auditor, Checker, Decider


class Interpreter:
    """The reference engine. Slow and plain; every other engine must agree with it."""

    def __init__(self, regime: Regime, exemptions: Exemptions) -> None:
        self.regime = regime
        self.exemptions = exemptions

    def scope(self, fact: Fact, facts: Facts) -> Scope:
        """The scope in which the rules about a fact are evaluated."""
        return Scope(self.regime, facts, self.exemptions, {subject_variable(type(fact)): fact})

    def decider(self, fact_class: type[Fact], name: str) -> Decider:
        """What gives the value of a derived attribute of a fact."""
        return lambda fact, facts: self.decide(fact, name, facts)

    def checker(self, fact_class: type[Fact]) -> Checker:
        """What gives the verdict on a request."""
        return self.check

    def auditor(self, fact_class: type[Fact]) -> Auditor:
        """What gives the findings on a fact, in the order of the text."""
        return self.findings

    def decide(self, fact: Fact, name: str, facts: Facts) -> Decision:
        """The value of a derived attribute of a fact."""
        definition = self.regime.rules.definitions[type(fact), name]
        if not self.regime.in_force:
            return Decision(fact, facts, decision_part(self.regime, definition, None, ()))
        scope = self.scope(fact, facts)
        settled = settle(*conditions_and_values(definition, scope))
        part = decision_part(self.regime, definition, settled.value, settled.fired)
        if settled.value is not None:
            return Decision(fact, facts, part)
        needed, conflict = told_apart(definition_needs(definition, scope))
        return Decision(fact, facts, evolve(part, needs=needed, conflict=conflict))

    def check(self, fact: Fact, facts: Facts) -> Verdict:
        """The verdict on a request."""
        conditions = verdict_conditions(self.regime, type(fact))
        if not self.regime.in_force:
            return Verdict(fact, facts, conditions.not_in_force())
        scope = self.scope(fact, facts)
        part = conditions.part([evaluate(node, scope) for node in conditions.nodes])
        if part.exempted:
            part = part.displaced_by(exemptions_held(part, scope))
        if part.outcome is not Outcome.UNDETERMINED:
            return Verdict(fact, facts, part)
        needed, conflict = told_apart(verdict_needs(conditions, scope))
        if conflict is not None:
            part = conditions.in_conflict(part)
        return Verdict(fact, facts, evolve(part, needs=needed))

    def findings(self, fact: Fact, facts: Facts) -> list[Finding]:
        """The findings on a fact, in the order of the text."""
        found = []
        for rule in self.regime.rules.requirements_of(type(fact)):
            if not self.regime.in_force or not self.regime.holds(rule):
                part = finding_part(self.regime, rule, Status.NOT_APPLICABLE, None, ())
                found.append(Finding(fact, facts, part))
            elif isinstance(rule, Requirement):
                found.append(self.finding(finding_conditions(self.regime, rule), fact, facts))
            else:
                found.append(self.attestation(rule, fact, facts))
        return found

    def attestation(self, rule: AttestationRule, fact: Fact, facts: Facts) -> Finding:
        """The finding under one duty that rests on an attestation."""
        scope = self.scope(fact, facts)
        applies = evaluate(rule.applies, scope)
        status = attested(rule, applies, fact, facts, self.regime.as_of)
        needed, conflict = told_apart(needs(rule.applies, scope))
        if conflict is not None:
            status = Status.CONFLICT
        readings = readings_of(self.regime, [rule])
        part = finding_part(self.regime, rule, status, None, readings)
        return Finding(fact, facts, part, needs=needed)

    def finding(self, conditions: FindingConditions, fact: Fact, facts: Facts) -> Finding:
        """The finding under one requirement."""
        scope = self.scope(fact, facts)
        applies = evaluate(conditions.applies, scope)
        must = evaluate(conditions.must, scope)
        exempted = evaluate(conditions.exempted, scope)
        status = conditions.status(applies, must, exempted)
        if status is Status.NOT_APPLICABLE:
            return Finding(fact, facts, conditions.part(status))
        measure = _reported(conditions, scope)
        actual = None if measure is None else evaluate(measure.actual, scope)
        required = None if measure is None else measure.rounded(evaluate(measure.required, scope))
        needed: tuple[str, ...] = ()
        if status is Status.UNDETERMINED:
            found = needs(conditions.applies, scope) | needs(conditions.must, scope)
            needed, conflict = told_apart(found)
            if conflict is not None:
                status = Status.CONFLICT
        exemption = None
        if status is Status.EXEMPT:
            cite = str(conditions.rule.cite)
            exemption = self.exemptions.named(fact.key, cite, self.regime.as_of)
        return Finding(
            fact, facts, conditions.part(status), actual, required, needed, exemption,
            met_on(conditions, status, scope), lacking(status, tallies(conditions, scope)),
        )  # fmt: skip


def _reported(conditions: FindingConditions, scope: Scope) -> Measure | None:
    met = [(evaluate(part, scope), measure) for part, measure in conditions.measures]
    for truth in (False, None, True):
        for found, measure in met:
            if found is truth:
                return measure
    return None


def verdict_needs(conditions: VerdictConditions, scope: Scope) -> frozenset[Need]:
    """What an undetermined verdict still needs."""
    return needs(conditions.prohibited, scope) | needs(conditions.waiting, scope)


def exemptions_held(part: VerdictPart, scope: Scope) -> tuple[Exemption, ...]:
    """The exemptions that displaced the rules that the part names."""
    (fact,) = scope.bound.values()
    held = [
        scope.exemptions.named(fact.key, str(rule.cite), evaluate(rule.on, scope))
        for rule in part.exempted
    ]
    return tuple(each for each in held if each is not None)
