"""Which answers Kleene logic leaves open although they are the same however facts are completed.

Asked are decisions, whether requirements apply and are met, whether prohibitions hold, and steps to
be obtained; each of one fact, on one day, with the readings taken by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from attrs import frozen

from ..engines.conditions import finding_conditions, verdict_conditions
from ..engines.evaluator import Scope, evaluate
from ..engines.exemptions import Exemptions
from ..engines.folded import FoldedRegime
from ..facts import NO_FACTS, Fact, Facts
from ..formats.documents import to_json
from ..language import Cite
from ..language.expressions import TRUE, Derived, Node, Variable, subject_variable
from ..language.regimes import Regime
from ..language.rules import AgreementRule, Requirement
from ..policy import LoadedDirective
from ..render.wording import Language, Words
from .proving.asking import Questions
from .proving.completions import hazard


@frozen(eq=False, kw_only=True)
class LeftOpen:
    """Facts for which an answer is undetermined, and the same with whatever values of `unknown`.

    `name` is the definition, or what is asked of the sentence. `settles` says, in Chinese and in
    English, what is known of the facts and leaves no other answer: a rule that asked for it too
    would not leave it open. It is empty where the bounds of the values alone settle it.
    """

    cites: tuple[Cite, ...]
    name: str
    day: date
    subject: Fact
    facts: Facts
    unknown: tuple[str, ...]
    settles: tuple[str, str]

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {
            "cites": list(map(str, self.cites)),
            "name": self.name,
            "as_of": self.day.isoformat(),
            "subject": self.subject.key,
            "facts": to_json(self.facts, (), self.day),
            "unknown": list(self.unknown),
            "zh": self.settles[0],
            "en": self.settles[1],
        }


def left_open(directive: LoadedDirective, day: date) -> Iterator[LeftOpen]:
    """Of each answer the simplest such facts, if any are found in time."""
    regime = directive.policy(as_of=day, engine="interpreter").regime
    folded = FoldedRegime(regime, with_exemptions=False)
    questions = Questions(folded)
    words = [_words(regime, lang) for lang in ("zh", "en")]
    for cites, name, node, subject, given in _asked(regime):
        found = hazard(questions, folded.fold(node), subject, folded.fold(given))
        if found is not None:
            zh, en = ([each.condition(node) for node in found.settles] for each in words)
            yield LeftOpen(
                cites=cites, name=name, day=day, subject=found.subject, facts=found.facts,
                unknown=found.unknown, settles=("，且".join(zh), " and ".join(en)),
            )  # fmt: skip


def _words(regime: Regime, lang: Language) -> Words:
    scope = Scope(regime, NO_FACTS, Exemptions(), {})
    return Words(lang, lambda node: evaluate(node, scope), regime.as_of.year)


def _asked(regime: Regime) -> Iterator[tuple[tuple[Cite, ...], str, Node, Variable, Node]]:
    """What is asked: of which rule, what of it, the condition or value, and what is given."""
    rules = regime.rules
    for definition in rules.definitions.values():
        if not definition.inner:
            cites = tuple(dict.fromkeys(rule.cite for rule in definition.outcomes()))
            node = Derived(definition.subject, definition)
            yield cites, definition.name, node, definition.subject, TRUE
    for rule in rules.rules:
        held = rule.duty if isinstance(rule, AgreementRule) else rule
        if isinstance(held, Requirement) and regime.holds(held):
            found = finding_conditions(regime, held)
            yield (held.cite,), "applies", found.applies, held.subject, TRUE
            yield (held.cite,), "must", found.must, held.subject, found.applies
    for fact_class in dict.fromkeys(rule.subject.fact_class for rule in rules.rules):
        conditions, subject = verdict_conditions(regime, fact_class), subject_variable(fact_class)
        for each in conditions.prohibitions:
            yield (each.rule.cite,), "holds", each.rule.holds, subject, TRUE
        for group in conditions.groups:
            yield (group.rule.cite,), "applies", group.applies, subject, TRUE
            for step, obtained in zip(group.rule.steps, group.obtained, strict=True):
                yield (group.rule.cite,), step.name, obtained, subject, group.applies
