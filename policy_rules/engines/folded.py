"""The rules of one regime, folded (partially evaluated): what the compiling engines read."""

from __future__ import annotations

from attrs import frozen

from ..facts import NO_FACTS
from ..language.expressions import FALSE, TRUE, Constant, Definition, Derived, Exempted, Node
from ..language.folding import folded
from ..language.regimes import Regime
from .evaluator import Scope, evaluate
from .exemptions import Exemptions
from .recurring import from_its_beginning


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
