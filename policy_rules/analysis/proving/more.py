"""Questions about facts and the same with one more of a field: a number greater by one, a yes.

What never makes an answer worse by one does not by any number.
"""

from __future__ import annotations

from collections.abc import Iterator

from attrs import frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...facts import Fact, Facts, FieldSpec
from ...language.expressions import Aggregate, Attribute, Node, Variable
from ..changes import Change, applied
from .asking import Questions, reached
from .lowering import Bound, Lowering
from .terms import YES, Symbol, Term, Truth, both, negated, valued
from .witnesses import Witness
from .worlds import SymbolicFact, World


@frozen(eq=False)
class More:
    """A condition holds of a fact, and another one of the same with one more of a field."""

    before: Node
    after: Node
    spec: FieldSpec


class MoreQuestions(Questions):
    """Asks about the rules of one regime, of facts and of the same with one more of a field."""

    def nodes(self, condition: More) -> Iterator[Node]:
        """Every node on which it rests."""
        for each in (condition.before, condition.after):
            yield from reached(each, self.folded)

    def holds(self, condition: More, subject: Variable, world: World) -> Term:
        """That it certainly holds in a world."""
        fact = world.subject(subject)
        given = fact.field(condition.spec)
        if isinstance(given, Truth):
            less = given.false
        else:
            less = both(given.known, given.term < condition.spec.maximum)
        before = self.lowering(world).holds(condition.before, subject).true
        after = _WithMore(self, world, fact, condition.spec).holds(condition.after, subject).true
        return both(less, before, after)

    def confirmed(self, condition: More, subject: Variable, of: Witness) -> bool:
        """Whether it does of the facts that were found."""
        then, facts = with_more(of.subject, of.facts, condition.spec)
        before = Scope(self.regime, of.facts, Exemptions(), {subject: of.subject})
        after = Scope(self.regime, facts, Exemptions(), {subject: then})
        return evaluate(condition.before, before) is evaluate(condition.after, after) is True


def with_more(fact: Fact, facts: Facts, spec: FieldSpec) -> tuple[Fact, Facts]:
    """A fact, and the facts around it, with one more of a field."""
    value = getattr(fact, spec.name)
    after = True if isinstance(value, bool) else value + 1
    return applied([Change(fact=fact, spec=spec, after=after)], fact, facts, [type(fact)])


class _WithMore(Lowering):
    """The expressions of a regime as formulas about a world in which one field has one more."""

    def __init__(
        self, questions: MoreQuestions, world: World, fact: SymbolicFact, spec: FieldSpec
    ) -> None:
        super().__init__(questions.folded, world)
        self._of, self._spec = fact, spec

    def _read(self, fact: SymbolicFact, node: Attribute) -> Symbol:
        found = super()._read(fact, node)
        if fact is not self._of or node.spec.name != self._spec.name:
            return found
        if isinstance(found, Truth):
            return Truth(YES, negated(YES))
        return valued(found.known, found.term + 1)

    def _question(self, node: Aggregate, bound: Bound) -> tuple[object, ...]:
        return ("with more", *super()._question(node, bound))
