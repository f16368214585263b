"""Questions to a solver: can a condition hold of any fact there can be?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from time import process_time
from typing import Any, Final, Protocol, TypeAlias

import z3
from attrs import evolve, field, frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...engines.folded import FoldedRegime
from ...facts import Fact, Facts
from ...language.expressions import (
    Aggregate,
    Attribute,
    Definition,
    Derived,
    FirstKnown,
    Held,
    InYear,
    IsKnown,
    Node,
    Parameter,
    Periods,
    ReadingIs,
    Variable,
)
from ...language.loading import RuleSet
from ...language.regimes import Regime
from ...language.trees import key, walk
from .lowering import Lowering
from .spans import span_of
from .terms import InexpressibleError, Term, Truth, both, negated
from .texts import Texts
from .witnesses import Witness
from .worlds import Optional, Path, Pattern, World

# How many groups of members are tried where not all that there can be are told apart.
_FEW: Final = 3
_MOST_GROUPS: Final = 256
# So few are sought first, each time so many milliseconds at most.
_MEMBERS: Final = tuple(range(6))
_SMALLER: Final = 100
_MILLISECONDS: Final = 5_000
_HANGS_TOGETHER: Final = (
    "合计的各项数值相互牵制（合计不是线性的）",
    "what is added up hangs on other values (the sum is not linear)",
)


@frozen
class Possible:
    """It can: `facts` are an example, in which it holds of the `subject`."""

    subject: Fact
    facts: Facts
    seconds: float = field(default=0.0, eq=False)


@frozen
class Never:
    """It cannot, whatever the facts."""

    seconds: float = field(default=0.0, eq=False)


@frozen
class Unsettled:
    """It is not known: why, in Chinese and in English."""

    zh: str
    en: str
    seconds: float = field(default=0.0, eq=False)


Asked: TypeAlias = Possible | Never | Unsettled
# Hears every question, as SMT-LIB, and what the solver found: sat, unsat or unknown.
Hears: TypeAlias = Callable[[str, str], None]
_Kinds: TypeAlias = tuple[Texts, Optional, frozenset[type[Fact]]]


class WitnessError(AssertionError):
    """Facts that the solver found do not do what was claimed: a fault of this library."""

    def __init__(self, claimed: object, *found: object) -> None:
        super().__init__(f"{claimed}: {', '.join(map(str, found))}")


class _Outcome(Protocol):
    """A rule of a definition."""

    @property
    def condition(self) -> Node: ...
    @property
    def value(self) -> Node: ...


class Questions:
    """Asks about the rules of one regime; `hears` is told each question that decides.

    What a condition is, `nodes`, `holds` and `confirmed` say: here it is a folded one of the fact
    that rules speak of.
    """

    def __init__(
        self,
        folded: FoldedRegime,
        milliseconds: int = _MILLISECONDS,
        hears: Hears | None = None,
    ) -> None:
        self.folded = folded
        self._milliseconds = milliseconds
        self._hears = hears

    def can_hold(self, condition: Any, subject: Variable) -> Asked:
        """Whether a folded condition certainly holds of some fact."""
        begun = process_time()
        try:
            found = self._asked(condition, subject)
        except InexpressibleError as error:
            found = Unsettled(error.zh, error.en)
        return evolve(found, seconds=process_time() - begun)

    def _asked(self, condition: Any, subject: Variable) -> Asked:
        nodes = list(self.nodes(condition))
        kinds = Texts(nodes), frozenset(asked_if_known(nodes)), frozenset(together(nodes, subject))
        small = _Attempt(self, condition, subject, World(*kinds))
        found = small.solved()
        if not isinstance(found, Possible) and small.world.pools:
            found = self._with_members(condition, subject, kinds, small.world)
        return found

    def _with_members(
        self, condition: Any, subject: Variable, kinds: _Kinds, world: World
    ) -> Asked:
        """The answer where lists of related facts have to be longer than of one kind of fact."""
        if not world.reasons:
            plan: dict[Path, tuple[Pattern, ...]] = {}
            spread: dict[Path, tuple[Pattern, ...]] = {}
            paths = {pool.at for pool in world.pools.values()}
            try:
                for path in sorted(paths, key=len, reverse=True):
                    attempt = _Attempt(self, condition, subject, World(*kinds, 1, dict(plan)))
                    plan[path] = attempt.patterns(path)
                    spread[path] = tuple(at for each in plan[path] for at in each.spread())
                    _few_enough(spread[path])
            except InexpressibleError as error:
                world.inexact(error.zh, error.en)
            else:
                found = _Attempt(self, condition, subject, World(*kinds, 1, spread)).solved()
                if isinstance(found, Possible) or plan == spread:
                    return found
                # Of sums no more is said there than between what they lie.
                return _Attempt(self, condition, subject, World(*kinds, 1, plan)).excluded()
        found = _Attempt(self, condition, subject, World(*kinds, _FEW)).solved()
        return found if not isinstance(found, Never) else _open(world)

    @property
    def regime(self) -> Regime:
        """The rules, and when they hold."""
        return self.folded.regime

    def solver(self) -> Any:
        """A solver that gives up in time."""
        made = z3.Solver()
        made.set("timeout", self._milliseconds)
        return made

    def decided(self, solver: Any) -> Any:
        """What a solver finds of all that it has been told."""
        result = solver.check()
        if self._hears is not None:
            self._hears(solver.to_smt2(), str(result))
        return result

    def lowering(self, world: World) -> Lowering:
        """What reads the rules in a world."""
        return Lowering(self.folded, world)

    def nodes(self, condition: Any) -> Iterator[Node]:
        """Every node on which a condition rests."""
        return reached(condition, self.folded)

    def holds(self, condition: Any, subject: Variable, world: World) -> Term:
        """That a condition certainly holds in a world."""
        return self.lowering(world).holds(condition, subject).true

    def confirmed(self, condition: Any, subject: Variable, of: Witness) -> bool:
        """Whether it does of the facts that were found."""
        scope = Scope(self.regime, of.facts, Exemptions(), {subject: of.subject})
        return evaluate(condition, scope) is True


class _Attempt:
    """A question put to the solver about one world."""

    def __init__(
        self, questions: Questions, condition: Any, subject: Variable, world: World
    ) -> None:
        self.world = world
        self._condition = condition
        self._variable = subject
        self._questions = questions
        self._solver = questions.solver()
        self._holds = questions.holds(condition, subject, world)
        self._solver.add(*world.assumptions, *world.distinct(), *_pinned(world))

    def solved(self) -> Asked:
        """Whether the condition can hold in it."""
        solver = self._solver
        solver.add(self._holds)
        result = self._questions.decided(solver)
        if result == z3.unsat:
            return Never()
        if result != z3.sat:
            return Unsettled(
                "求解器在时限内没有结论（规则可能不是线性的）",
                "the solver found no answer in time (the rules may not be linear)",
            )
        witness = Witness(self.world, self._small())
        if self._questions.confirmed(self._condition, self._variable, witness):
            return Possible(witness.subject, witness.facts)
        for cls in witness.added:
            self.world.inexact(
                f"引用的{cls.zh}须列入完整列表", f"what refers to any {cls.en} adds to a whole list"
            )
        if self.world.reasons:
            return _open(self.world)
        raise WitnessError(self._condition, witness.subject, witness.facts)

    def excluded(self) -> Never | Unsettled:
        """That the condition cannot hold in it, where it stands for more than there can be."""
        self._solver.add(self._holds)
        if self._questions.decided(self._solver) == z3.unsat:
            return Never()
        return _open(self.world) if self.world.reasons else Unsettled(*_HANGS_TOGETHER)

    def _small(self) -> Any:
        """A model with few related facts."""
        solver = self._solver
        model = solver.model()
        numbers = [
            member.number
            for pool in self.world.pools.values()
            for member in pool.members
            if member.pool is not None
        ]
        if not numbers:
            return model
        solver.set("timeout", _SMALLER)
        limits = [z3.Sum(numbers) <= most for most in _MEMBERS]
        for limit in (*limits, both(*(number <= 1 for number in numbers))):
            solver.push()
            solver.add(limit)
            if solver.check() == z3.sat:
                return solver.model()
            solver.pop()
        return model

    def patterns(self, path: Path) -> tuple[Pattern, ...]:
        """Every way in which a member of a list can answer what is asked of it."""
        pool = next(each for each in self.world.pools.values() if each.at == path)
        rails = [rail for asked in pool.questions.values() for rail in _rails(asked[0])]
        places = [asked[0] for asked in pool.places.values()]
        found: list[Pattern] = []
        while self._solver.check() == z3.sat:
            model = self._solver.model()
            held = [bool(z3.is_true(model.eval(r, model_completion=True))) for r in rails]
            at = [model.eval(place, model_completion=True).as_long() for place in places]
            same_places = (place == number for place, number in zip(places, at, strict=True))
            alike = both(*_as(rails, held), *same_places)
            spans = tuple(
                span_of(self._solver, asked[0], pool.steps[what], alike)
                for what, asked in pool.sums.items()
            )
            pairs = tuple(zip(held[::2], held[1::2], strict=True))
            found.append(Pattern(pairs, tuple(at), spans))
            _few_enough(found)
            self._solver.add(z3.Not(alike))
        return tuple(found) * max(1, pool.extremes)


def _few_enough(patterns: Sequence[Pattern]) -> None:
    if len(patterns) > _MOST_GROUPS:
        raise InexpressibleError(
            "关联事实须区分的种类过多", "there are too many kinds of related facts"
        )


def _rails(truth: Truth) -> tuple[Term, Term]:
    return truth.true, truth.false


def _pinned(world: World) -> Iterator[Term]:
    """What is said of the members of each group by the plan."""
    for pool in world.pools.values():
        for place, pattern in enumerate(pool.patterns):
            rails = [rail for asked in pool.questions.values() for rail in _rails(asked[place])]
            held = [each for pair in pattern.rails for each in pair]
            yield z3.Implies(pool.members[place].number > 0, both(*_as(rails, held)))


def _as(rails: Iterable[Term], held: Iterable[bool]) -> Iterator[Term]:
    for rail, holds in zip(rails, held, strict=True):
        yield rail if holds else negated(rail)


def _open(world: World) -> Unsettled:
    return Unsettled("；".join(world.reasons), "; ".join(world.reasons.values()))


class Nodes:
    """Every node of some folded conditions, and of what they rest on."""

    def __init__(self, folded: FoldedRegime, conditions: Iterable[Node]) -> None:
        self.all = [node for each in conditions for node in reached(each, folded)]

    @cached_property
    def asked_if_known(self) -> frozenset[type[Fact]]:
        """The classes of related facts of which it is asked whether what they come to is known."""
        asked = [
            node.item if isinstance(node, IsKnown) else node.first
            for node in self.all
            if isinstance(node, IsKnown | FirstKnown)
        ]
        return frozenset(
            part.member.fact_class
            for each in asked
            for part in walk(each)
            if isinstance(part, Aggregate)
        )


def reached(condition: Node, folded: FoldedRegime) -> Iterator[Node]:
    """Every node of a condition, and of the definitions on which it rests."""
    for part in parts_of(condition, folded.regime.rules, folded.rules):
        yield from walk(part)


def parts_of(
    condition: Node, rules: RuleSet, outcomes: Callable[[Definition], Iterable[_Outcome]]
) -> Iterator[Node]:
    """A condition, and the conditions and values of the definitions on which it rests."""
    waiting, seen = [condition], set[Definition]()
    while waiting:
        part = waiting.pop()
        yield part
        for node in walk(part):
            if isinstance(node, Derived):
                definition = rules.definition(node)
                if definition not in seen:
                    seen.add(definition)
                    for outcome in outcomes(definition):
                        waiting += [outcome.condition, outcome.value]


def parameters_left_open(condition: Node, regime: Regime) -> list[str]:
    """The parameters on which a condition rests that have no value."""
    open_ = (
        node.name
        for part in parts_of(condition, regime.rules, Definition.outcomes)
        for node in walk(part)
        if isinstance(node, Parameter) and regime.value(node) is None
    )
    return list(dict.fromkeys(open_))


def read_in(condition: Node, regime: Regime) -> set[str]:
    """The readings on which a condition rests."""
    parts = parts_of(condition, regime.rules, Definition.outcomes)
    return {
        node.reading.name for part in parts for node in walk(part) if isinstance(node, ReadingIs)
    }


def same_question(folded: Node, rules: FoldedRegime) -> tuple[object, ...]:
    """Equal for folded conditions that come to the same at two times."""
    parts = tuple(parts_of(folded, rules.regime.rules, rules.rules))
    dated = any(isinstance(n, Held | InYear | Periods) for part in parts for n in walk(part))
    return rules.regime.as_of if dated else None, tuple(map(key, parts))


def together(nodes: Iterable[Node], subject: Variable) -> Iterator[type[Fact]]:
    """The classes of facts of which lists are asked for that may have members in common.

    Those by one link have none, but where it is not known whether the facts whose lists they are
    are the same.
    """
    links: dict[type[Fact], set[str | None]] = {subject.fact_class: {None}}
    owners: dict[type[Fact], set[Variable | None]] = {}
    for node in nodes:
        if isinstance(node, Aggregate):
            of = node.member
            links.setdefault(of.fact_class, set()).add(of.link)
            owners.setdefault(of.fact_class, set()).add(of.of)
    for cls, asked in links.items():
        listed = owners.get(cls, ())
        referred = any(each is not None and each.via is not None for each in listed)
        if len(asked) > 1 or (referred and len(listed) > 1):
            yield cls


def asked_if_known(nodes: Iterable[Node]) -> Iterator[tuple[type[Fact], str]]:
    """The fields of which it is asked whether they are known."""
    for node in nodes:
        inside = node.item if isinstance(node, IsKnown) else None
        if isinstance(node, FirstKnown):
            inside = node.first
        if inside is None:
            continue
        for each in walk(inside):
            match each:
                case InYear():
                    yield each.item.of.fact_class, each.item.spec.name
                case Attribute():
                    yield each.of.fact_class, each.spec.name
