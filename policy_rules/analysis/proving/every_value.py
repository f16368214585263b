"""Whether a condition can hold whatever the parameters are set to that the text leaves open.

The solver gives facts of which it holds with some values. Then it is asked for values with which it
holds of none of the facts found so far; where there are none, those facts serve for every value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from time import process_time
from typing import Any, Final

import z3
from attrs import evolve, field, frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...facts import Labelled
from ...language.expressions import Node, Parameter, Variable
from ...language.types import BOOLEAN, DATE
from .asking import Never, Questions, Unsettled, asked_if_known, together
from .completions import constants, worked_out
from .terms import InexpressibleError, Symbol, Term, Truth, both, negated
from .texts import Texts
from .witnesses import Witness
from .worlds import World

# So many facts are tried to cover all values.
_TURNS: Final = 8
_MILLISECONDS: Final = 5_000
# No number that somebody sets is as great.
GREAT: Final = 10**9


@frozen
class Always:
    """Whatever the parameters are set to, it can hold of some facts.

    `most`: up to that, where one number is set; it can of none above, as fields have bounds.
    """

    names: tuple[str, ...]
    most: int | None = None
    seconds: float = field(default=0.0, eq=False)


@frozen
class Except:
    """Of no facts it holds where the parameters have these values."""

    values: Mapping[str, Any]
    seconds: float = field(default=0.0, eq=False)


def whatever_is_set(
    questions: Questions, condition: Node, subject: Variable, names: Sequence[str]
) -> Always | Except | Never | Unsettled:
    """Whether a folded condition can hold for every value of parameters that the text leaves open.

    They are all on which it rests.
    """
    begun = process_time()
    try:
        found = _Search(questions, condition, subject, names).found()
    except InexpressibleError as error:
        found = Unsettled(error.zh, error.en)
    return evolve(found, seconds=process_time() - begun)


class _Search:
    def __init__(
        self, questions: Questions, condition: Node, subject: Variable, names: Sequence[str]
    ) -> None:
        nodes = list(questions.nodes(condition))
        kinds = Texts(nodes), frozenset(asked_if_known(nodes)), frozenset(together(nodes, subject))
        self._world = World(*kinds, any_set=True)
        self._regime, self._condition, self._subject = questions.regime, condition, subject
        self._holds = questions.holds(condition, subject, self._world)
        self._assumed = both(*self._world.assumptions, *self._world.distinct())
        there = {node.name: node for node in nodes if isinstance(node, Parameter)}
        self._open: dict[str, Parameter] = {}
        for name in names:
            if self._world.any_value(self._regime.rules.parameters[name]) is None:
                raise _left_open(names)  # what it is read in may be gone from the condition
            if name in there:
                self._open[name] = there[name]
                self._world.parameter(there[name])

    def found(self) -> Always | Except | Never | Unsettled:
        """What came of it."""
        if not self._open:
            return Never()
        terms = {name: _terms(self._world.parameters[name]) for name in self._open}
        set_ = constants(*(term for of in terms.values() for term in of))
        solver, lacking = _solver(), _solver()
        solver.add(self._assumed, self._holds)
        most = self._most(solver, set_)
        if most is not None:
            solver.add(set_[0] <= most)
            lacking.add(set_[0] <= most)
            solver.push()
            solver.add(set_[0] == most)
        values: dict[str, Any] = {}
        for turn in range(_TURNS):
            result = solver.check()
            if result == z3.unsat:
                return Except(values) if turn else Never()
            if result != z3.sat or self._world.reasons:
                break
            model = solver.model()
            if not self._confirmed(model, {n: self._value(n, model) for n in self._open}):
                break
            lacking.add(self._fails_for(model, set_, turn))
            result = lacking.check()
            if result == z3.unsat:
                return Always(tuple(self._open), most)
            if result != z3.sat:
                break
            other = lacking.model()
            values = {name: self._value(name, other) for name in self._open}
            if turn or most is not None:
                solver.pop()
            solver.push()
            solver.add(*(each == other.eval(each, model_completion=True) for each in set_))
        raise _left_open(self._open)

    def _most(self, solver: Any, set_: Sequence[Term]) -> int | None:
        """The greatest value of one number with which it can hold; None where there is none."""
        if len(set_) != 1 or not z3.is_int(set_[0]) or solver.check(set_[0] >= GREAT) != z3.unsat:
            return None
        low, high = -1, GREAT
        while high - low > 1:
            middle = (low + high) // 2
            if solver.check(set_[0] >= middle) == z3.sat:
                low = middle
            else:
                high = middle
        return None if low < 0 else low

    def _fails_for(self, model: Any, set_: Iterable[Term], turn: int) -> Term:
        """That it does not hold of the facts of a model, as far as what is set decides."""
        kept = {each.get_id() for each in set_}
        pairs = [
            (each, z3.Const(f"{each}'{turn}", each.sort()) if worked_out(each)
             else model.eval(each, model_completion=True))
            for each in constants(self._assumed, self._holds) if each.get_id() not in kept
        ]  # fmt: skip
        return z3.substitute(both(self._assumed, negated(self._holds)), *pairs)

    def _confirmed(self, model: Any, values: Mapping[str, Any]) -> bool:
        """Whether the evaluator says so, too."""
        witness = Witness(self._world, model)
        regime = evolve(self._regime, parameters={**self._regime.parameters, **values})
        scope = Scope(regime, witness.facts, Exemptions(), {self._subject: witness.subject})
        return evaluate(self._condition, scope) is True

    def _value(self, name: str, model: Any) -> Any:
        node, (term, *others) = self._open[name], _terms(self._world.parameters[name])
        found = model.eval(term, model_completion=True)
        if node.type == BOOLEAN:
            return bool(z3.is_true(found))
        if node.type.name == "set":
            listed: Iterable[Labelled] = node.type.choices or ()
            terms = [term, *others]
            return frozenset(
                each for each, its in zip(listed, terms, strict=True)
                if z3.is_true(model.eval(its, model_completion=True))
            )  # fmt: skip
        if node.type == DATE:
            return date.fromordinal(found.as_long())
        return found.as_fraction() if z3.is_rational_value(found) else found.as_long()


def _terms(symbol: Symbol) -> list[Term]:
    if isinstance(symbol, Truth):
        return [symbol.true]
    return list(symbol.term) if isinstance(symbol.term, tuple) else [symbol.term]


def _solver() -> Any:
    made = z3.Solver()
    made.set("timeout", _MILLISECONDS)
    return made


def _left_open(names: Iterable[str]) -> InexpressibleError:
    listed = ", ".join(f"`{name}`" for name in names)
    return InexpressibleError(f"文件未规定 {listed}", f"the text leaves open {listed}")
