"""Trying cases on mutants: which case notices which change, and which changes no case notices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import evolve, frozen

from ..engines import ENGINES, CompiledRegimes, Exemptions
from ..facts import Fact, Facts
from ..language import Directive, Regime
from ..language.expressions import Definition
from ..language.rules import AgreementRule, AttestationRule, Prohibition, Requirement, Rule, Steps
from ..policy import LoadedDirective, Policy, load
from .cases import Asked, Case, compared, document_of, regime_of
from .mutants import Mutant, mutants

_Question = tuple[str, object, str]
_VERDICT = "verdict"


@frozen(eq=False)
class _Ready:
    """A case made ready to be tried many times: each expectation with the question it answers."""

    case: Case
    facts: Facts
    regime: Regime
    exemptions: Exemptions
    expected: tuple[tuple[_Question, Mapping[str, Any]], ...]

    @property
    def setting(self) -> object:
        """Equal for cases that can share a policy."""
        return self.regime.identity, self.exemptions.all

    def holds(self, asked: Asked, questions: frozenset[_Question] | None) -> bool:
        """Whether the policy answers these questions (None: all) as the case expects."""
        content: dict[str, list[Mapping[str, Any]]] = {}
        for question, expected in self.expected:
            if questions is None or question in questions:
                content.setdefault(question[0], []).append(expected)
        return next(compared(content, asked, self.facts), None) is None


def outcomes(
    directive: Directive, cases: Iterable[Case], heading: str | None = None
) -> Iterator[tuple[Mutant, Case | None]]:
    """Each mutant with the first case that answers otherwise under it, or None if none does; of one
    `heading`, those of its sentences only.

    The cases must hold for the directive itself. Only what a mutant touches is asked again, first
    by the cases of its sentence.
    """
    loaded = load(directive)
    ready = [_made_ready(case, loaded) for case in cases]
    for mutant in mutants(directive, heading):
        yield mutant, _killer(mutant, ready)


def survivors(
    directive: Directive, cases: Iterable[Case], heading: str | None = None
) -> tuple[Mutant, ...]:
    """The mutants that no case notices; of one `heading`, those of its sentences only."""
    tried = outcomes(directive, cases, heading)
    return tuple(mutant for mutant, killer in tried if killer is None)


def _made_ready(case: Case, directive: LoadedDirective) -> _Ready:
    document = document_of(case, directive)
    classes = {fact.key: type(fact) for fact in document.facts}
    expected = [
        (_question(kind, classes[each["subject"]], each), each)
        for kind in ("decision", _VERDICT, "finding", "agreement")
        for each in case.content.get(kind, ())
    ]
    return _Ready(
        case,
        document.facts,
        regime_of(case, directive),
        Exemptions(document.exemptions),
        tuple(expected),
    )


def _question(kind: str, of: type[Fact], expected: Mapping[str, Any]) -> _Question:
    return kind, of, expected.get("name") or expected.get("cite") or ""


def _questions(provision: Rule | Definition) -> _Question:
    of = provision.subject.fact_class
    match provision:
        case Definition():
            return "decision", of, provision.name
        case Prohibition() | Steps():
            return _VERDICT, of, ""
        case Requirement() | AttestationRule():
            return "finding", of, str(provision.cite)
        case AgreementRule():
            return "agreement", of, str(provision.cite)


def _killer(mutant: Mutant, ready: Sequence[_Ready]) -> Case | None:
    questions, rules = None, mutant.rules
    if mutant.touched is not None:
        questions = frozenset(map(_questions, mutant.touched))
        asked = tuple(each for each in rules.rules if _questions(each) in questions)
        rules = evolve(rules, rules=asked, by_class={})
    sentence = str(mutant.cite.of_sentence)
    compiled = CompiledRegimes()
    policies: dict[object, Asked] = {}
    for each in sorted(ready, key=lambda each: each.case.sentence != sentence):
        if questions is not None and not any(of in questions for of, _ in each.expected):
            continue
        policy = policies.get(each.setting)
        if policy is None:
            chosen = evolve(each.regime, rules=rules)
            # Each is asked a few questions only: to compile it would take longer.
            engine = ENGINES["interpreter"](chosen, each.exemptions, compiled)
            made = Asked(Policy(chosen, each.exemptions, engine, "interpreter"))
            policy = policies[each.setting] = made
        if not each.holds(policy, questions):
            return each.case
    return None
