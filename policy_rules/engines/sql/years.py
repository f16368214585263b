"""The calendar years whose numbers the rules read."""

from __future__ import annotations

from collections.abc import Mapping

from ...facts import Fact
from ...language.expressions import InYear, walk
from ...language.regimes import Regime


def years_of(regime: Regime) -> Mapping[type[Fact], tuple[int, ...]]:
    """For each class of facts, the years of its numbers by year that the rules read."""
    found: dict[type[Fact], set[int]] = {}
    rules = regime.rules
    for rule in (*rules.definitions.values(), *rules.rules):
        for part in rules.parts(rule):
            for node in walk(part):
                if isinstance(node, InYear):
                    year = regime.as_of.year + node.offset
                    found.setdefault(node.item.of.fact_class, set()).add(year)
    return {fact_class: tuple(sorted(years)) for fact_class, years in found.items()}
