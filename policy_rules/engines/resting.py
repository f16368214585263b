"""Which readings of the text an answer rests on.

A reading is named when a node that asks for it was part of what decided. Of a conjunction that is
false, one false part decides, and of a disjunction that is true, one true part: the one that rests
on the fewest readings. So an answer is the same under the other options of a reading that it does
not name. Worked out by the evaluator, for those who ask.
"""

from __future__ import annotations

from collections.abc import Iterable, MutableMapping
from typing import Any, TypeAlias

from attrs import frozen

from ..facts import Fact, Facts
from ..language.citations import Cite
from ..language.expressions import (
    AS_OF,
    Aggregate,
    AggregateNode,
    And,
    ByChoice,
    Comparison,
    Definition,
    Derived,
    FirstKnown,
    Node,
    Or,
    ReadingIs,
    any_of,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Judged, Prohibition, Requirement, Steps, judged
from ..language.trees import children, walk
from .counting import counted
from .evaluator import Scope, evaluate, members, of_subject, once, truths_of
from .exemptions import Exemptions
from .settling import with_otherwise

Names: TypeAlias = frozenset[str]
_NONE: Names = frozenset()


@frozen(eq=False)
class Rests:
    """The rules that answers of one kind come from; called, it gives the readings of one answer."""

    regime: Regime
    about: tuple[Judged | Definition, ...]

    def __call__(
        self, fact: Fact, facts: Facts, known: dict[object, Any], *, late: bool = False
    ) -> dict[str, str]:
        """The readings that an answer about a fact rests on, with the option taken.

        `late`: it says on which later day a duty was met, and so rests on all that the duty reads.
        `known` keeps what is worked out of the facts on the way.
        """
        able = self._able()
        if not late and able:
            bound = {subject_variable(type(fact)): fact}
            scope = Scope(self.regime, facts, Exemptions(), bound, known=known)
            walking = _Walking(self.regime)
            able = _NONE.union(*(walking.rule(rule, scope) for rule in self.about))
        return {name: self.regime.readings[name] for name in sorted(able)}

    def _able(self) -> Names:
        """The readings on which such answers can rest."""
        key = "able", self.about
        found: Names | None = self.regime.known.get(key)
        if found is None:
            readings_of = self.regime.rules.readings_of
            found = frozenset(each.name for rule in self.about for each in readings_of(rule))
            self.regime.known[key] = found
        return found

    def amended_by(self, fact: Fact, facts: Facts) -> tuple[str, ...] | None:
        """The amendments by whose rules an act is judged; None where that is not known."""
        reached = self.regime.rules.reached.get(type(fact))
        if reached is None:
            return None
        scope = Scope(self.regime, facts, Exemptions(), {subject_variable(type(fact)): fact})
        truths = [(id_, scope.truth(condition)) for id_, condition in reached]
        if any(truth is None for _, truth in truths):
            return None
        return tuple(id_ for id_, truth in truths if truth)

    def __reduce__(self) -> tuple[object, ...]:
        definitions = [
            (each.subject.fact_class, each.name)
            for each in self.about
            if isinstance(each, Definition)
        ]
        cites = [each.cite for each in self.about if not isinstance(each, Definition)]
        return _again, (self.regime, definitions, cites)


def _again(
    regime: Regime, definitions: Iterable[tuple[type[Fact], str]], cites: Iterable[Cite]
) -> Rests:
    rules = regime.rules
    return Rests(
        regime,
        (*(rules.definitions[each] for each in definitions), *map(judged, map(rules.rule, cites))),
    )


class _Walking:
    """One walk over what decided an answer."""

    def __init__(self, regime: Regime) -> None:
        self._regime = regime
        self._reading: MutableMapping[Node, bool] = regime.of_nodes("reads")

    def rule(self, rule: Judged | Definition, scope: Scope) -> Names:
        """The readings on which the part of a rule in an answer rests."""
        if not self._regime.in_force:
            return _NONE
        match rule:
            case Definition():
                return self.definition(rule, scope)
            case Requirement():
                _, applies, must = counted(self._regime, rule)
                # Each thing that is required can be what the finding reports.
                parts = must.items if isinstance(must, And) else (must,)
                if rule.due_of_fact is not None:
                    parts = (*parts, any_of(must, Comparison("<", rule.due_of_fact, AS_OF)))
                return self.within(applies, parts, scope)
            case AttestationRule():
                return self.nodes([rule.applies], scope)
            case Prohibition():
                # Where it holds, the date on which an exemption is to be valid matters, too.
                return self.of_act(rule, rule.holds, [rule.on], scope)
            case Steps():  # pragma: no branch - the match is exhaustive
                inner = [rule.on, *(s.obtained for s in rule.steps)]
                return self.of_act(rule, rule.applies, inner, scope)

    def of_act(
        self, rule: Prohibition | Steps, applies: Node, inner: Iterable[Node], scope: Scope
    ) -> Names:
        """The readings of a part of a verdict, if the act is not left out."""
        in_time = self._regime.rules.in_time(rule.subject.fact_class)
        found = self.nodes([in_time], scope)
        left_out = evaluate(in_time, scope) is False
        return found if left_out else found | self.within(applies, inner, scope)

    def within(self, applies: Node, inner: Iterable[Node], scope: Scope) -> Names:
        """The readings of a condition, and of what counts only where that may hold."""
        found = self.nodes([applies], scope)
        asked = [each for each in inner if self._reads(each)]
        if not asked or evaluate(applies, scope) is False:
            return found
        return found | self.nodes(asked, scope)

    def definition(self, definition: Definition, scope: Scope) -> Names:
        """The readings on which the value of a definition rests, and which rules give it."""

        def work_out(definition: Definition) -> Names:
            return self._definition(definition, scope)

        found: Names = once(scope, "readings", definition, work_out)
        return found

    def _definition(self, definition: Definition, scope: Scope) -> Names:
        holding = [rule for rule in definition.rules if self._regime.holds(rule)]
        found = self.nodes([rule.condition for rule in holding], scope)
        truths = with_otherwise(definition, truths_of(definition, scope))
        possible = [
            rule.value
            for rule, truth in zip(definition.outcomes(), truths, strict=True)
            if truth is not False
        ]
        return found | self.nodes(possible, scope)

    def nodes(self, nodes: Iterable[Node], scope: Scope) -> Names:
        """The readings of all of several expressions."""
        return _NONE.union(*(self.node(node, scope) for node in nodes if self._reads(node)))

    def node(self, node: Node, scope: Scope) -> Names:
        """The readings on which the value of an expression rests."""
        match node:
            case ReadingIs():
                return frozenset([node.reading.name])
            case And() | Or():
                decided = isinstance(node, Or)
                asked = [each for each in node.items if self._reads(each)]
                others = (each for each in node.items if not self._reads(each))
                if any(evaluate(each, scope) is decided for each in others):
                    return _NONE
                deciding = [each for each in asked if evaluate(each, scope) is decided]
                each_alone = [self.nodes([each], scope) for each in deciding]
                return min(each_alone, key=len) if each_alone else self.nodes(asked, scope)
            case Derived():
                inner = of_subject(node, scope)
                definition = self._regime.rules.definition(node)
                return _NONE if inner is None else self.definition(definition, inner)
            case FirstKnown() if evaluate(node.first, scope) is not None:
                return self.nodes([node.first], scope)
            case ByChoice() if (choice := evaluate(node.of, scope)) is not None:
                return self.nodes([node.of, node.value_of(choice)], scope)
            case Aggregate():
                return self.aggregate(node, scope)
            case _:
                return self.nodes(children(node), scope)

    def aggregate(self, node: AggregateNode, scope: Scope) -> Names:
        """The readings on which it rests which facts are counted, and with what."""
        return _NONE.union(
            *(self.within(node.where, [node.gathered], inner) for inner, _ in members(node, scope))
        )

    def _reads(self, node: Node) -> bool:
        """Whether an expression, or a definition that it uses, asks for a reading at all."""
        known = self._reading.get(node)
        if known is None:
            known = self._reading[node] = any(
                isinstance(each, ReadingIs)
                or (
                    isinstance(each, Derived)
                    and bool(self._regime.rules.readings_of(self._regime.rules.definition(each)))
                )
                for each in walk(node)
            )
        return known
