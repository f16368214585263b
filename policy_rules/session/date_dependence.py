"""Which conclusions can change when nothing but the date does."""

from __future__ import annotations

from collections.abc import Callable

from ..language.expressions import AsOf, Definition, Held, InYear, Parameter, Periods
from ..language.regimes import Regime
from ..language.rewriting import sources_of
from ..language.rules import AttestationRule, Modality, Prohibition, Requirement, Rule, Steps
from ..language.trees import walk
from ..policy import Policy
from .questions import Question

_DATED = (AsOf, Held, InYear, Periods)


def hangs_on_the_date(before: Policy, after: Policy) -> Callable[[Question], bool]:
    """Whether the answer to a question can differ between two policies of different dates."""
    one, other = before.regime, after.regime
    everything = (*one.rules.definitions.values(), *one.rules.rules)
    sources = [source for each in everything for source, _ in sources_of(each)]
    if one.in_force != other.in_force or any(one.holds(s) != other.holds(s) for s in sources):
        return lambda question: True

    def hangs(question: Question) -> bool:
        about = question.about
        return any(_hangs(each, one, other) for each in _rules(about))

    return hangs


def _rules(about: Definition | Rule | tuple[Rule, ...]) -> tuple[Definition | Rule, ...]:
    return about if isinstance(about, tuple) else (about,)


def _hangs(rule: Definition | Rule, one: Regime, other: Regime) -> bool:
    # Attestations and the dates of acts are compared with the policy's by the forms themselves.
    if isinstance(rule, AttestationRule | Steps):
        return True
    if isinstance(rule, Requirement) and rule.due is not None:
        return True
    if isinstance(rule, Requirement | Prohibition) and rule.modality is Modality.IN_PRINCIPLE:
        return True
    return any(
        isinstance(node, _DATED)
        or (isinstance(node, Parameter) and one.value(node) != other.value(node))
        for part in one.rules.parts(rule)
        for node in walk(part)
    )
