"""Questions about two regimes at once: what holds of a fact by the rules of both."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from attrs import frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...engines.folded import FoldedRegime
from ...facts import Fact, Facts
from ...language.expressions import Aggregate, Node, Variable
from .asking import Questions, reached
from .lowering import Bound, Lowering
from .terms import Term, Value, both, negated, same
from .witnesses import Witness
from .worlds import World

# A folded condition, and by which of the two regimes it is meant.
Sided: TypeAlias = tuple[int, Node]


@frozen(eq=False)
class Pair:
    """All of some conditions hold, of none of some sets of conditions all do, and two values, one
    of each regime, are known and not the same."""

    holds: tuple[Sided, ...]
    but: tuple[tuple[Sided, ...], ...] = ()
    unlike: tuple[Node, Node] | None = None


class PairQuestions(Questions):
    """Asks about the rules of two regimes, of the same facts."""

    def __init__(self, one: FoldedRegime, other: FoldedRegime) -> None:
        super().__init__(one)
        self.sides = one, other

    def nodes(self, condition: Pair) -> Iterator[Node]:
        """Every node on which a pair rests."""
        for side, node in (*condition.holds, *(each for cube in condition.but for each in cube)):
            yield from reached(node, self.sides[side])
        for side, node in enumerate(condition.unlike or ()):
            yield from reached(node, self.sides[side])

    def holds(self, condition: Pair, subject: Variable, world: World) -> Term:
        """That a pair certainly holds in a world."""
        lowerings = [_Side(each, world, at) for at, each in enumerate(self.sides)]

        def all_of(cube: tuple[Sided, ...]) -> Term:
            return both(*(lowerings[side].holds(node, subject).true for side, node in cube))

        terms = [all_of(condition.holds), *(negated(all_of(cube)) for cube in condition.but)]
        if condition.unlike is not None:
            one, other = (
                side.value(node, subject)
                for side, node in zip(lowerings, condition.unlike, strict=True)
            )
            terms += [one.known, other.known, negated(same(one.term, other.term))]
        return both(*terms)

    def confirmed(self, condition: Pair, subject: Variable, of: Witness) -> bool:
        """Whether it does of the facts that were found."""
        return self.hold(condition, subject, of.subject, of.facts)

    def hold(self, condition: Pair, subject: Variable, fact: Fact, facts: Facts) -> bool:
        """Whether a pair certainly holds of a fact."""
        scopes = [Scope(s.regime, facts, Exemptions(), {subject: fact}) for s in self.sides]

        def all_of(cube: tuple[Sided, ...]) -> bool:
            return all(evaluate(node, scopes[side]) is True for side, node in cube)

        if not all_of(condition.holds) or any(map(all_of, condition.but)):
            return False
        if condition.unlike is None:
            return True
        one, other = (evaluate(n, s) for n, s in zip(condition.unlike, scopes, strict=True))
        return None not in (one, other) and bool(one != other)


class _Side(Lowering):
    """Reads the rules of one of the two; what it asks of members is not what the other one does."""

    def __init__(self, folded: FoldedRegime, world: World, side: int) -> None:
        super().__init__(folded, world)
        self._side = side

    def _question(self, node: Aggregate, bound: Bound) -> tuple[object, ...]:
        return (*super()._question(node, bound), self._side)

    def value(self, node: Node, subject: Variable) -> Value:
        """A value of the fact that rules speak of."""
        return self._value(node, {subject: self.world.subject(subject)})
