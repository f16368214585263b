"""Rules for facts of which some were given and lost: no answer may rest on their being unknown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias, TypeVar, cast

from attrs import evolve

from ..facts import Fact
from .caching import made_once
from .expressions import (
    Aggregate,
    Comparison,
    Definition,
    Derived,
    Expression,
    FirstKnown,
    IsKnown,
    Node,
    Subset,
    Variable,
)
from .lists import ListOfFacts, TextList
from .loading import RuleSet
from .rewriting import expressions_of, with_expressions
from .rules import Rule
from .substitution import rewritten
from .trees import variables, walk
from .types import TEXTS

_P = TypeVar("_P", bound=Rule | Definition)
Lost: TypeAlias = frozenset[tuple[type[Fact], str]]


@made_once
def cautious(rules: RuleSet, lost: Lost) -> RuleSet:
    """The rules, where they ask whether a value is known that may have been lost, more careful.

    `lost` are fields of which values were lost, and `id` of classes of which facts were. What is
    not known then is not known to be unknown either: whether it is known is undetermined, and
    nothing else stands for it. The same object where no rule asks so.
    """
    caution = _Caution(rules, lost)
    definitions = {key: caution.of(each) for key, each in rules.definitions.items()}
    provisions = tuple(caution.of(each) for each in rules.rules)
    lists = tuple(map(caution.listed, rules.lists))
    if not caution.changed:
        return rules
    return evolve(
        rules, definitions=definitions, rules=provisions, lists=lists,
        made_by=(cautious, (rules, lost)), by_class={}, attested={}, readings_by_rule={},
    )  # fmt: skip


class _Caution:
    def __init__(self, rules: RuleSet, lost: Lost) -> None:
        self.changed = False
        self._rules = rules
        self._lost = lost
        self._classes = {cls for cls, _ in self._lost}
        self._of_definitions: dict[Definition, bool] = {}

    def of(self, provision: _P) -> _P:
        """The provision, where it asks so, more careful."""
        parts = expressions_of(provision)
        given = tuple(rewritten(part, self._instead) for part in parts)
        if all(new is old for new, old in zip(given, parts, strict=True)):
            return provision
        self.changed = True
        return cast(_P, with_expressions(provision, given))

    def listed(self, listed: TextList) -> TextList:
        """The list, where what is on it asks so, more careful."""
        if not isinstance(listed, ListOfFacts):
            return listed
        return evolve(listed, duty=self.of(listed.duty))

    def _instead(self, node: Expression) -> Expression | None:
        match node:
            case FirstKnown() if self._may_be_lost(node.first):
                return rewritten(node.first, self._instead)
            case IsKnown() if self._may_be_lost(node.item):
                item = rewritten(node.item, self._instead)
                # True where the item is known, and else unknown.
                if item.type == TEXTS or item.type.name == "set":
                    return Subset(item, item)
                return Comparison("==", item, item)
            case _:
                return None

    def _may_be_lost(self, node: Node) -> bool:
        return any(self._is_lost(each) for each in walk(node))

    def _is_lost(self, node: Node) -> bool:
        name = getattr(getattr(node, "spec", None), "name", None)
        for of in _variables(node):
            if (of.fact_class, name) in self._lost:
                return True
            if of.of is not None and (of.of.fact_class, of.via) in self._lost:
                return True
        if isinstance(node, Aggregate) and node.member.fact_class in self._classes:
            return True
        return isinstance(node, Derived) and self._definition_is_lost(self._rules.definition(node))

    def _definition_is_lost(self, definition: Definition) -> bool:
        known = self._of_definitions.get(definition)
        if known is None:
            known = any(self._may_be_lost(part) for part in expressions_of(definition))
            self._of_definitions[definition] = known
        return known


def _variables(node: Node) -> Iterator[Variable]:
    """The variables of a node, and those that lead to them."""
    for variable in variables(node):
        of: Variable | None = variable
        while of is not None:
            yield of
            of = of.of
