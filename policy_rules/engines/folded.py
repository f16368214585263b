"""The rules of one regime, folded (partially evaluated): what the compiling engines read."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final

from attrs import frozen

from ..facts import NO_FACTS
from ..language.expressions import FALSE, TRUE, Constant, Definition, Derived, Exempted, Node
from ..language.folding import folded
from ..language.regimes import Regime
from ..language.rewriting import expressions_of
from ..language.trees import walk
from .evaluator import Scope, evaluate
from .exemptions import Exemptions
from .recurring import from_its_beginning

_MOST_WAYS: Final = 10


@frozen(eq=False)
class FoldedRule:
    """One rule of a definition as it stands in the regime; `place` is where it was written."""

    place: int
    condition: Node
    value: Node


class FoldedRegime:
    """The conditions of a regime, folded when they are asked for."""

    def __init__(self, regime: Regime, with_exemptions: bool) -> None:
        self.regime = regime
        self._scope = Scope(regime, NO_FACTS, Exemptions(), {})
        self._with_exemptions = with_exemptions
        self._folded: dict[Definition, tuple[FoldedRule, ...]] = {}

    @cached_property
    def ways(self) -> Mapping[Definition, int]:
        """For each definition, how often others are read on the ways to what it builds on."""
        known: dict[Definition, int] = {}

        def ways(definition: Definition) -> int:
            if definition not in known:
                known[definition] = 1 + sum(map(ways, self._read_by(definition)))
            return known[definition]

        for definition in self.regime.rules.definitions.values():
            ways(definition)
        return known

    @cached_property
    def entangled(self) -> frozenset[Definition]:
        """The definitions to which there are so many ways that they have to be worked out once.

        They are those on which one builds that reads many, and that one.
        """
        waiting = [definition for definition, ways in self.ways.items() if ways > _MOST_WAYS]
        found: set[Definition] = set()
        while waiting:
            definition = waiting.pop()
            if definition not in found:
                found.add(definition)
                waiting += self._read_by(definition)
        return frozenset(found)

    def _read_by(self, definition: Definition) -> list[Definition]:
        """The definitions that one reads, as often as it does."""
        return [
            self.regime.rules.definition(node)
            for part in expressions_of(definition)
            for node in walk(part)
            if isinstance(node, Derived)
        ]

    def fold(self, node: Node) -> Node:
        """The node with all that the regime settles put in."""
        dated = from_its_beginning(node, self.regime)
        return folded(dated, lambda closed: evaluate(closed, self._scope), self._replaced)

    def _replaced(self, node: Derived | Exempted) -> Node:
        if isinstance(node, Exempted):
            return node if self._with_exemptions else FALSE
        if node.of.via is not None:
            return node  # what is the same of every fact is unknown where it is not known of which
        rules = self.rules(self.regime.rules.definition(node))
        if len(rules) == 1 and rules[0].condition is TRUE:
            value = rules[0].value
            if isinstance(value, Constant):
                return value
        return node

    def rules(self, definition: Definition) -> tuple[FoldedRule, ...]:
        """The rules of a definition that can apply in the regime; the last may be `otherwise`."""
        found = self._folded.get(definition)
        if found is None:
            rules = [
                FoldedRule(place, self.fold(rule.condition), self.fold(rule.value))
                for place, rule in enumerate(definition.rules)
                if self.regime.holds(rule)
            ]
            rules = [rule for rule in rules if rule.condition is not FALSE]
            if definition.otherwise is not None and not any(r.condition is TRUE for r in rules):
                value = self.fold(definition.otherwise.value)
                condition = TRUE if not rules else FALSE
                rules.append(FoldedRule(len(definition.rules), condition, value))
            found = self._folded[definition] = tuple(rules)
        return found
