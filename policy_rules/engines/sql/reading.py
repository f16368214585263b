"""What rules read of a database: which classes of facts, and the numbers of which years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...facts import Fact
from ...language.expressions import InYear, Node
from ...language.regimes import Regime
from ...language.trees import variables, walk


def classes_of(regime: Regime) -> tuple[type[Fact], ...]:
    """The classes of facts that there can be tables of: the common ones, then those of rules."""
    directive = regime.rules.directive
    found = dict.fromkeys(directive.classes)
    for rule in (*regime.rules.definitions.values(), *regime.rules.rules):
        found[rule.subject.fact_class] = None
    for node in _nodes(regime):
        for variable in variables(node):
            found[variable.fact_class] = None
    return tuple(found)


def years_of(regime: Regime) -> Mapping[type[Fact], tuple[int, ...]]:
    """For each class of facts, the years of its numbers by year that the rules read."""
    found: dict[type[Fact], set[int]] = {}
    for node in _nodes(regime):
        if isinstance(node, InYear):
            year = regime.as_of.year + node.offset
            found.setdefault(node.item.of.fact_class, set()).add(year)
    return {fact_class: tuple(sorted(years)) for fact_class, years in found.items()}


def _nodes(regime: Regime) -> Iterator[Node]:
    rules = regime.rules
    for rule in (*rules.definitions.values(), *rules.rules):
        for part in rules.parts(rule):
            yield from walk(part)
