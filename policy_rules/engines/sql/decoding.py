"""From rows of a database to answers: the columns are decoded, nothing is decided."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import evolve

from ...answers import (
    CONSISTENCY,
    Agreement,
    Conflict,
    Decision,
    DecisionPart,
    Finding,
    Outcome,
    Reason,
    Status,
    Verdict,
    VerdictPart,
    strength_of,
)
from ...facts import NONE, Exemption, Fact, Facts
from ...language.citations import Cite
from ...language.expressions import Definition
from ...language.regimes import Regime
from ...language.rules import (
    AgreementRule,
    AttestationRule,
    Prohibition,
    Requirement,
    Step,
    Steps,
)
from ...language.types import BOOLEAN, INTEGER, RATIONAL, TEXTS, Type
from ..columns import CONFLICT_MARK
from ..conditions import finding_part, readings_of
from ..exemptions import Exemptions

Row = Sequence[Any]


def words(text: str | None) -> tuple[str, ...]:
    """The words of a text, in their order, each once."""
    return tuple(sorted(set((text or "").split())))


def conflict_of(text: str | None) -> Conflict | None:
    """The first of the conflicts that a text names."""
    found = []
    for word in words(text):
        named, _, cites = word.removeprefix(CONFLICT_MARK).rpartition("=")
        subject, _, name = named.rpartition(".")
        listed = tuple(sorted(Cite.parse(cite) for cite in cites.split(",")))
        found.append(Conflict(subject, name, listed))
    return min(found, key=lambda each: (each.subject, each.name), default=None)


def value_of(type_: Type, value: Any) -> Any:
    """The value of a column as Python has it."""
    if value is None:
        return None
    if type_ == BOOLEAN:
        return bool(value)
    if type_ == INTEGER:
        return int(value)
    if type_ == TEXTS:
        return frozenset(value.split())
    if type_.choices is None:
        return value
    spelt = type_.choices.spellings()
    if type_.name == "set":
        return frozenset(spelt[word] for word in value.split())
    return spelt[value]


class Decisions:
    """Decodes decisions of one name."""

    def __init__(self, regime: Regime, definition: Definition) -> None:
        self._definition = definition
        self._part = DecisionPart(definition, None, (), readings_of(regime, [definition]))

    def answer(self, fact: Fact, facts: Facts, row: Row) -> Decision:
        """The decision on a fact."""
        value: Any
        if self._definition.places is not None:
            _, value, cites, conflict, needs = row
            if value is not None:
                exact = Fraction(value)
                value = self._number(exact.numerator, exact.denominator, cites)
        elif self._definition.type == RATIONAL:
            _, over, under, cites, conflict, needs = row
            value = None if over is None else self._number(int(over), int(under), cites)
        else:
            _, value, cites, conflict, needs = row
            value = value_of(self._definition.type, value)
        part = evolve(
            self._part,
            # No value, and sentences by which there is none.
            value=NONE if value is None and cites else value,
            cites=tuple(Cite.parse(cite) for cite in (cites or "").split()),
            needs=words(needs),
            conflict=conflict_of(conflict),
        )
        return Decision(fact, facts, part)

    def _number(self, over: int, under: int, cites: str) -> int | Fraction:
        """A number; a whole one where the first of the rules that give it gives a whole one."""
        cited = cites.split()
        giving = next(rule for rule in self._definition.outcomes() if str(rule.cite) in cited)
        return over if giving.value.type == INTEGER else Fraction(over, under)


class Verdicts:
    """Decodes verdicts on requests of one class."""

    def __init__(self, regime: Regime, exemptions: Exemptions, fact_class: type[Fact]) -> None:
        valid = [each for each in regime.rules.verdict_rules_of(fact_class) if regime.holds(each)]
        self._rules = {str(rule.cite): rule for rule in valid}
        steps = [step for rule in valid if isinstance(rule, Steps) for step in rule.steps]
        self._steps: dict[str, list[Step]] = {}
        for step in steps:
            self._steps.setdefault(step.name, []).append(step)
        self._exemptions = {each.id: each for each in exemptions.all}
        self._readings = readings_of(regime, valid)

    def answer(self, fact: Fact, facts: Facts, row: Row) -> Verdict:
        """The verdict on a request."""
        _, outcome, reasons, missing, exempted, needs = row
        given = [self._reason(cite) for cite in (reasons or "").split()]
        displaced = [each.partition("=") for each in (exempted or "").split()]
        rules = []
        for cite, _, exemption in displaced:
            given.append(evolve(self._reason(cite), exemption=self._exemptions[exemption].id))
            rule = self._rules[cite]
            assert isinstance(rule, Prohibition)
            rules.append(rule)
        given.sort(key=lambda reason: reason.cite)
        found = Outcome.spellings()[outcome]
        assert isinstance(found, Outcome)
        part = VerdictPart(
            found,
            tuple(given),
            tuple(self._missing((missing or "").split())),
            tuple(rules),
            self._readings,
            words(needs),
        )
        return Verdict(fact, facts, part)

    def _missing(self, names: Sequence[str]) -> list[Step]:
        """The steps by their names; of two of one name, in the order of the text."""
        times: dict[str, int] = {}
        found = []
        for name in names:
            found.append(self._steps[name][times.get(name, 0)])
            times[name] = times.get(name, 0) + 1
        return found

    def _reason(self, cite: str) -> Reason:
        rule = self._rules[cite]
        return Reason(rule.cite, strength_of(rule), rule.zh, rule.en)


Details = Callable[[Fact, Facts, Status], dict[str, Any]]


class Findings:
    """Decodes findings under the rules about one class."""

    def __init__(
        self,
        regime: Regime,
        exemptions: Exemptions,
        rules: Sequence[Requirement | AttestationRule],
        details: dict[str, Details],
    ) -> None:
        self._regime = regime
        self._rules = {str(rule.cite): rule for rule in rules}
        self._exemptions = {each.id: each for each in exemptions.all}
        self._details = details
        self._parts: dict[tuple[str, str, date | None], Any] = {}

    def answer(self, fact: Fact, facts: Facts, row: Row) -> Finding:
        """The finding on a fact under a rule."""
        _, cite, status, actual, required, _, due, exemption, needs = row
        part = self._part(cite, status, due)
        details = self._details.get(cite)
        more = {} if details is None else details(fact, facts, part.status)
        held: Exemption | None = self._exemptions.get(exemption)
        return Finding(
            fact, facts, part,
            None if actual is None else int(actual),
            None if required is None else int(required),
            words(needs), held, **more,
        )  # fmt: skip

    def _part(self, cite: str, status: str, due: date | None) -> Any:
        found = self._parts.get((cite, status, due))
        if found is None:
            rule = self._rules[cite]
            known = Status.spellings()[status]
            assert isinstance(known, Status)
            in_force = self._regime.in_force and self._regime.holds(rule)
            readings = readings_of(self._regime, [rule] if in_force else [])
            found = finding_part(self._regime, rule, known, due, readings)
            self._parts[cite, status, due] = found
        return found


_OF_DUTIES: Final = {str(comes_to): str(status) for status, comes_to in CONSISTENCY.items()}


class Agreements:
    """Decodes agreements under the rules about one class."""

    def __init__(
        self, regime: Regime, exemptions: Exemptions, rules: Sequence[AgreementRule]
    ) -> None:
        self._rules = {str(rule.cite): rule for rule in rules}
        self._duties = Findings(regime, exemptions, [rule.duty for rule in rules], {})

    def answer(self, fact: Fact, facts: Facts, row: Row) -> Agreement:
        """Whether two accounts of a fact agree under a rule."""
        id_, cite, status, first, second, needs = row
        of_duty = (id_, cite, _OF_DUTIES[status], first, second, None, None, "", needs)
        return Agreement(self._rules[cite], self._duties.answer(fact, facts, of_duty))
