"""Where strong Kleene logic leaves open what is the same however the facts are completed.

Kleene logic is normative: it never splits cases. So an answer can be open although it would be the
same with every value that an unknown field can have. Such facts are sought by turns: the solver
gives facts of which the answer is open, and is the same for the completions tried so far; another
question gives a completion for which it is not, which is tried from then on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

import z3
from attrs import frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...facts import Fact, Facts
from ...language.expressions import (
    Aggregate,
    And,
    Attribute,
    Derived,
    InYear,
    Node,
    Not,
    Noted,
    Or,
    Variable,
    as_node,
)
from ...language.trees import walk
from ...language.types import BOOLEAN
from .apart import Solver
from .asking import Questions, reached, together
from .terms import InexpressibleError, Symbol, Term, Text, Truth, both, negated
from .texts import Texts
from .witnesses import Witness
from .worlds import SymbolicFact, World

_TURNS: Final = 12
# So few fields are left unknown, if that shows it.
_FEWEST: Final = (1, 2)
# What the solver may spend on a question, in its own units: the same on every machine.
_RESOURCES: Final = 600_000


@frozen(eq=False)
class Hazard:
    """Facts of which an answer is open, and the same however their `unknown` fields are filled in.

    `settles`: conditions of the rule, known of these facts, which leave no other answer. A rule
    that asked for them too would not leave it open. None: it takes the values that are known.
    """

    subject: Fact
    facts: Facts
    unknown: tuple[str, ...]
    settles: tuple[Node, ...]


def hazard(questions: Questions, node: Node, subject: Variable, given: Node) -> Hazard | None:
    """Facts for which a folded node is unknown, of which every completion agrees, if any are found.

    Of the facts `given` holds. Unknown are fields of the fact itself and of those to which it
    refers; lists of related facts are whole.
    """
    try:
        return _Search(questions, node, subject, given).found()
    except InexpressibleError:
        return None


class _Search:
    def __init__(self, questions: Questions, node: Node, subject: Variable, given: Node) -> None:
        self._regime = questions.regime
        self._node, self._given, self._variable = node, given, subject
        nodes = [each for of in (node, given) for each in reached(of, questions.folded)]
        kinds = Texts(nodes), frozenset(_read(nodes, subject)), frozenset(together(nodes, subject))
        self._world = World(*kinds)
        lowering = questions.lowering(self._world)
        self._known, self._parts = _parts(lowering.symbol(node, subject))
        holds = lowering.holds(given, subject).true
        self._atoms = [(each, lowering.holds(each, subject)) for each in _atoms(nodes, subject)]
        self._assumed = both(*self._world.assumptions, *self._world.distinct(), holds)
        self._fields = {flag: (told, values) for told, flag, values in self._of_fields()}
        asked = [term for _, truth in self._atoms for term in (truth.true, truth.false)]
        self._all = constants(self._assumed, self._known, *self._parts, *asked)
        self._flag_of = {
            value.get_id(): flag for flag, (_, values) in self._fields.items() for value in values
        }
        self._outcome = [z3.Const(f"outcome{at}", p.sort()) for at, p in enumerate(self._parts)]

    def _of_fields(self) -> Iterator[tuple[str, Term, list[Term]]]:
        """The fields that may be unknown: whether each is known, and its value."""
        for fact in self._symbolic():
            for (name, year), (_, symbol) in fact.fields.items():
                known, parts = _parts(symbol)
                terms = constants(known, *parts)
                flags = [each for each in terms if str(each).endswith("?")]
                if flags:
                    told = f"{fact.fact_class.collection}.{name}"
                    values = [each for each in terms if not each.eq(flags[0])]
                    yield told if year is None else f"{told}.{year}", flags[0], values

    def _symbolic(self) -> Iterator[SymbolicFact]:
        yield from self._world.subjects.values()
        yield from self._world.referred.values()
        for pool in self._world.pools.values():
            yield from pool.members

    def found(self) -> Hazard | None:
        """Such facts, with as few fields unknown as can be."""
        model = self._model()
        if model is None or self._world.reasons:
            return None
        missing = z3.Sum([z3.If(each, 0, 1) for each in self._fields])
        for most in _FEWEST:
            fewer = self._model(missing <= most)
            if fewer is not None:
                return self._told(fewer)
        return self._told(model)

    def _model(self, *more: Term) -> Any:
        solver = Solver(_RESOURCES)
        solver.add(self._assumed, negated(self._known), *more)
        for turn in range(_TURNS):
            if solver.check() != z3.sat:
                return None
            model = solver.model()
            result, other = self._other(model)
            if result == z3.unsat:
                return model
            if result != z3.sat:
                return None
            solver.add(self._completed(f"'{turn}", other))
        return None

    def _other(self, model: Any) -> tuple[Any, Any]:
        """Whether there is a completion that comes to something else, and which."""
        solver = Solver(_RESOURCES)
        copy = self._copy("'")
        solver.add(z3.substitute(self._assumed, *copy))
        for var, its in copy:
            flag = self._flag_of.get(var.get_id())
            if var in self._fields:
                solver.add(its)
            elif not worked_out(var) and (flag is None or _holds(model, flag)):
                solver.add(its == model.eval(var, model_completion=True))
        outcome = [model.eval(each, model_completion=True) for each in self._outcome]
        solver.add(negated(self._agrees(copy, outcome)))
        result = solver.check()
        return result, solver.model() if result == z3.sat else None

    def _completed(self, suffix: str, values: Any) -> Term:
        """That the facts come to the outcome, completed with these values."""
        copy = self._copy(suffix)
        said = [z3.substitute(self._assumed, *copy), self._agrees(copy, self._outcome)]
        for var, its in copy:
            flag = self._flag_of.get(var.get_id())
            if var in self._fields:
                said.append(its)
            elif flag is not None:
                tried = values.eval(z3.Const(f"{var}'", var.sort()), model_completion=True)
                said.append(its == z3.If(flag, var, tried))
            elif not worked_out(var):
                said.append(its == var)
        return both(*said)

    def _copy(self, suffix: str) -> list[tuple[Term, Term]]:
        return [(each, z3.Const(f"{each}{suffix}", each.sort())) for each in self._all]

    def _agrees(self, copy: Sequence[tuple[Term, Term]], outcome: Sequence[Term]) -> Term:
        pairs = zip(self._parts, outcome, strict=True)
        same = (z3.substitute(part, *copy) == its for part, its in pairs)
        return both(z3.substitute(self._known, *copy), *same)

    def _told(self, model: Any) -> Hazard | None:
        witness = Witness(self._world, model)
        scope = Scope(self._regime, witness.facts, Exemptions(), {self._variable: witness.subject})
        if evaluate(self._given, scope) is not True or evaluate(self._node, scope) is not None:
            return None  # facts that others refer to have been added to a whole list
        unknown = dict.fromkeys(
            told for flag, (told, _) in self._fields.items() if not _holds(model, flag)
        )
        return Hazard(witness.subject, witness.facts, tuple(unknown), self._settles(model))

    def _settles(self, model: Any) -> tuple[Node, ...]:
        known = {}
        for atom, truth in self._atoms:
            if _holds(model, truth.true):
                known[str(atom)] = atom, truth.true
            elif _holds(model, truth.false):
                known[str(atom)] = as_node(~atom), truth.false
        solver = Solver(_RESOURCES)
        copy = self._copy("'")
        solver.add(z3.substitute(self._assumed, *copy))
        solver.add(*(its for var, its in copy if var in self._fields))
        outcome = [model.eval(each, model_completion=True) for each in self._outcome]
        solver.add(negated(self._agrees(copy, outcome)))
        kept = [(atom, z3.substitute(term, *copy)) for atom, term in known.values()]
        if solver.check(*(term for _, term in kept)) != z3.unsat:
            return ()
        for each in list(kept):
            fewer = [other for other in kept if other is not each]
            if solver.check(*(term for _, term in fewer)) == z3.unsat:
                kept = fewer
        return tuple(atom for atom, _ in kept)


def _holds(model: Any, term: Term) -> bool:
    return bool(z3.is_true(model.eval(term, model_completion=True)))


def constants(*terms: Term) -> list[Term]:
    """What the solver is to find values for, in some terms."""
    found: dict[int, Term] = {}
    waiting, seen = list(terms), set[int]()
    while waiting:
        term = waiting.pop()
        if term.get_id() not in seen:
            seen.add(term.get_id())
            waiting += term.children()
            if z3.is_const(term) and term.decl().kind() == z3.Z3_OP_UNINTERPRETED:
                found[term.get_id()] = term
    return list(found.values())


def worked_out(var: Term) -> bool:
    """A term that follows from others, such as the year of a day: the solver has named it."""
    return "!" in str(var)


def _read(nodes: Sequence[Node], subject: Variable) -> Iterator[tuple[type[Fact], str]]:
    """The fields that are read of the fact itself, and of those to which it refers."""
    for node in nodes:
        read = node.item if isinstance(node, InYear) else node
        if isinstance(read, Attribute) and read.of.root is subject:
            yield read.of.fact_class, read.spec.name


def _atoms(nodes: Sequence[Node], subject: Variable) -> Iterator[Node]:
    """The conditions on the fact itself of which others are made."""
    for node in nodes:
        if node.type == BOOLEAN and not isinstance(node, And | Or | Not | Noted | Aggregate):
            within = list(walk(node))
            roots = {each.of.root for each in within if isinstance(each, Attribute | Derived)}
            if roots == {subject} and not any(isinstance(each, Aggregate) for each in within):
                yield node


def _parts(symbol: Symbol) -> tuple[Term, list[Term]]:
    """Whether a symbol is known, and the terms of which its value is made."""
    if isinstance(symbol, Truth):
        return symbol.known, [symbol.true]
    parts, waiting = list[Term](), [symbol.term]
    while waiting:
        part = waiting.pop()
        match part:
            case tuple():
                waiting += part
            case dict():
                waiting += part.values()
            case Text():
                waiting += [part.of, part.number]
            case frozenset():
                pass
            case _:
                parts.append(part)
    return symbol.known, parts
