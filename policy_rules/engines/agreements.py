"""Whether two accounts of one thing agree: judged as the duty that they be the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from ..answers import Agreement
from ..facts import Fact, Facts
from ..language.rules import AgreementRule
from .protocol import Engine

Comparer: TypeAlias = Callable[[Fact, Facts], list[Agreement]]


def comparer(engine: Engine, fact_class: type[Fact], rules: Sequence[AgreementRule]) -> Comparer:
    """What gives the agreements of a fact under some rules, which are in the order of the text."""
    if not rules:
        return lambda fact, facts: []
    auditor = engine.auditor(fact_class, [each.duty for each in rules])

    def compare(fact: Fact, facts: Facts) -> list[Agreement]:
        return list(map(Agreement, rules, auditor(fact, facts)))

    return compare
