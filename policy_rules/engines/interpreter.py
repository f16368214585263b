"""The engine `interpreter`: answers from the evaluator's walk over the expressions.

An engine that finds the truth of conditions in another way (`durable`) inherits how answers are put
together, and supplies other scopes.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from attrs import evolve, frozen

from ..answers import Decision, Finding, Outcome, Status, Verdict, VerdictPart
from ..facts import Exemption, Fact, Facts
from ..language.expressions import Definition, subject_variable
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Requirement
from .asking import asker_by
from .attested import attested
from .conditions import (
    Asked,
    FindingConditions,
    Measure,
    VerdictConditions,
    decision_part,
    duties,
    finding_conditions,
    finding_part,
    readings_of,
    verdict_conditions,
)
from .evaluator import Scope, conditions_and_values, evaluate
from .exemptions import Exemptions
from .fulfilment import due_on, lacking, met_on, tallies
from .needs import Need, definition_needs, needs, told_apart
from .protocol import Asker, Auditor, Checker, Decider, Duties
from .settling import settle

Asking: TypeAlias = Callable[[Fact, Facts], Scope]
Finder: TypeAlias = Callable[[Fact, Facts, Scope], Finding]


@frozen(eq=False)
class Batch:
    """All that one kind of question asks of a fact: definitions, and conditions."""

    fact_class: type[Fact]
    definitions: tuple[Definition, ...] = ()
    conditions: tuple[Asked, ...] = ()


class Interpreter:
    """The reference engine. Slow and plain; every other engine must agree with it."""

    def __init__(self, regime: Regime, exemptions: Exemptions) -> None:
        self.regime = regime
        self.exemptions = exemptions

    def asking(self, batch: Batch) -> Asking:
        """What gives the scope in which the conditions of a question have their truth."""
        return self.scope

    def scope(self, fact: Fact, facts: Facts) -> Scope:
        """The scope in which the rules about a fact are evaluated."""
        return Scope(self.regime, facts, self.exemptions, {subject_variable(type(fact)): fact})

    def decider(self, fact_class: type[Fact], name: str) -> Decider:
        """What gives the value of a derived attribute of a fact."""
        definition = self.regime.rules.definitions[fact_class, name]
        if not self.regime.in_force:
            part = decision_part(self.regime, definition, None, ())
            return lambda fact, facts: Decision(fact, facts, part)
        asking = self.asking(Batch(fact_class, (definition,)))

        def decide(fact: Fact, facts: Facts) -> Decision:
            scope = asking(fact, facts)
            settled = settle(*conditions_and_values(definition, scope))
            part = decision_part(self.regime, definition, settled.value, settled.fired)
            if settled.value is not None:
                return Decision(fact, facts, part)
            needed, conflict = told_apart(definition_needs(definition, scope))
            return Decision(fact, facts, evolve(part, needs=needed, conflict=conflict))

        return decide

    def checker(self, fact_class: type[Fact]) -> Checker:
        """What gives the verdict on a request."""
        conditions = verdict_conditions(self.regime, fact_class)
        if not self.regime.in_force:
            return lambda fact, facts: Verdict(fact, facts, conditions.not_in_force())
        nodes = conditions.nodes
        asking = self.asking(Batch(fact_class, conditions=conditions.asked))

        def check(fact: Fact, facts: Facts) -> Verdict:
            scope = asking(fact, facts)
            part = conditions.part([scope.truth(node) for node in nodes])
            if part.exempted:
                part = part.displaced_by(exemptions_held(part, scope))
            if part.outcome is not Outcome.UNDETERMINED:
                return Verdict(fact, facts, part)
            needed, conflict = told_apart(verdict_needs(conditions, scope))
            if conflict is not None:
                part = conditions.in_conflict(part)
            return Verdict(fact, facts, evolve(part, needs=needed))

        return check

    def asker(self, fact_class: type[Fact], name: str | None) -> Asker:
        """What gives the part that decisions of one kind share; without a name, verdicts."""
        return asker_by(self, fact_class, name)

    def auditor(self, fact_class: type[Fact], rules: Duties | None = None) -> Auditor:
        """What gives the findings on a fact, in the order of the text; all, or under some rules."""
        finders: list[Finder] = []
        asked: list[Asked] = []
        for rule in duties(self.regime, fact_class, rules):
            if not self.regime.in_force or not self.regime.holds(rule):
                finders.append(self._out_of_force(rule))
            elif isinstance(rule, AttestationRule):
                asked.append(Asked(rule.cite, rule.applies))
                finders.append(self._attestation(rule))
            else:
                conditions = finding_conditions(self.regime, rule)
                asked += conditions.asked
                finders.append(self._finding(conditions))
        asking = self.asking(Batch(fact_class, conditions=tuple(asked)))

        def findings(fact: Fact, facts: Facts) -> list[Finding]:
            scope = asking(fact, facts)
            return [find(fact, facts, scope) for find in finders]

        return findings

    def _out_of_force(self, rule: Requirement | AttestationRule) -> Finder:
        nothing = readings_of(self.regime, [])
        part = finding_part(self.regime, rule, Status.NOT_APPLICABLE, None, nothing)
        return lambda fact, facts, scope: Finding(fact, facts, part)

    def _attestation(self, rule: AttestationRule) -> Finder:
        """The finding under one duty that rests on an attestation."""
        readings = readings_of(self.regime, [rule])

        def find(fact: Fact, facts: Facts, scope: Scope) -> Finding:
            applies = scope.truth(rule.applies)
            status = attested(rule, applies, fact, facts, self.regime.as_of)
            needed, conflict = told_apart(needs(rule.applies, scope))
            if conflict is not None:
                status = Status.CONFLICT
            part = finding_part(self.regime, rule, status, None, readings)
            return Finding(fact, facts, part, needs=needed)

        return find

    def _finding(self, conditions: FindingConditions) -> Finder:
        """The finding under one requirement."""

        def find(fact: Fact, facts: Facts, scope: Scope) -> Finding:
            applies = scope.truth(conditions.applies)
            must = scope.truth(conditions.must)
            exempted = scope.truth(conditions.exempted)
            overdue = None
            if conditions.due_of_fact is not None:
                overdue = scope.truth(conditions.overdue)
            status = conditions.status(applies, must, bool(exempted), overdue)
            if status is Status.NOT_APPLICABLE:
                return Finding(fact, facts, conditions.part(status))
            measure = _reported(conditions, scope)
            actual = required = None
            if measure is not None:
                actual = evaluate(measure.actual, scope)
                required = measure.rounded(evaluate(measure.required, scope))
            needed: tuple[str, ...] = ()
            if status is Status.UNDETERMINED:
                found = needs(conditions.applies, scope) | needs(conditions.must, scope)
                found = found.union(*(needs(each, scope) for each in conditions.unmet_or_open))
                needed, conflict = told_apart(found)
                if conflict is not None:
                    status = Status.CONFLICT
            exemption = None
            if status is Status.EXEMPT:
                cite = str(conditions.rule.cite)
                exemption = self.exemptions.named(fact.key, cite, self.regime.as_of)
            return Finding(
                fact, facts, conditions.part(status, due_on(conditions, scope)),
                actual, required, needed, exemption,
                met_on(conditions, status, scope), lacking(status, tallies(conditions, scope)),
            )  # fmt: skip

        return find


def _reported(conditions: FindingConditions, scope: Scope) -> Measure | None:
    met = [(scope.truth(part), measure) for part, measure in conditions.measures]
    for truth in (False, None, True):
        for found, measure in met:
            if found is truth:
                return measure
    return None


def verdict_needs(conditions: VerdictConditions, scope: Scope) -> frozenset[Need]:
    """What an undetermined verdict still needs."""
    return frozenset[Need]().union(*(needs(node, scope) for node in conditions.deciding))


def exemptions_held(part: VerdictPart, scope: Scope) -> tuple[Exemption, ...]:
    """The exemptions that displaced the rules that the part names."""
    (fact,) = scope.bound.values()
    held = [
        scope.exemptions.named(fact.key, str(rule.cite), evaluate(rule.on, scope))
        for rule in part.exempted
    ]
    return tuple(each for each in held if each is not None)
