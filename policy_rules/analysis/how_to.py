"""How to reach an aim: the least change of given facts that makes an answer what is wanted.

A solver is asked for the least change, and for the proof that there is none that costs less; each
change is applied to the facts, and the engines are asked about them, before it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import ceil, inf, lcm
from time import monotonic
from typing import Any, Final, TypeAlias

import z3
from attrs import evolve, field, frozen

from ..answers import ANSWERS_FORMAT, QuestionError, plain
from ..arguments import public
from ..engines import ENGINES, CompiledRegimes
from ..engines.evaluator import Scope, evaluate
from ..engines.folded import FoldedRegime
from ..facts import NO_FACTS, Fact, Facts, FieldSpec, Labelled
from ..language import ChoiceError, Cite
from ..language.expressions import Definition, Node, Parameter
from ..language.expressions import Held as Recurring
from ..language.trees import walk
from ..policy import Policy
from .changes import Change, applied
from .goals import Goal, Part, goal_of, kept_parts
from .latitude import Latitude, latitude_of
from .proving.asking import Nodes, WitnessError, parts_of
from .proving.given import AddedFact, GivenLowering, GivenTexts, GivenWorld, Variation, changes_in
from .proving.terms import InexpressibleError, Term, both, either, total_of
from .proving.witnesses import Values

# How many kinds of facts may be added to a list, at first and at most.
_KINDS: Final = 2
_MOST_KINDS: Final = 6
# So many ways that cost the same are told.
_MOST_WAYS: Final = 8
# What may not change is told where no more facts than that are asked about.
_MOST_HELD: Final = 60
# One question to the solver.
_SECONDS: Final = 10
_ENGINES: Final = ("interpreter", "python")


class Result(Labelled):
    """What came of an aim."""

    REACHED = ("reached", "已经达到", "reached already")
    POSSIBLE = ("possible", "可以达到", "possible")
    IMPOSSIBLE = ("impossible", "无法达到", "impossible")
    OPEN = ("open", "未决", "open")


@frozen(kw_only=True)
class Way:
    """One way to reach an aim: what changes, at what cost, and the facts as they are then."""

    changes: tuple[Change, ...]
    cost: Fraction
    subject: Fact
    facts: Facts

    def as_json(self) -> dict[str, Any]:
        """The way as JSON has it."""
        return {"cost": plain(self.cost), "changes": [each.as_json() for each in self.changes]}


# A field of a fact, of one by year that of a year.
Held: TypeAlias = tuple[Fact, FieldSpec, int | None]


@frozen(kw_only=True)
class Obstacle:
    """Why an aim cannot be reached: sentences that cannot all be met, and what may not change.

    Both are minimal: without any one of them it could be. `passed`: nor may what is to be done be
    dated before the policy's date. `open`: the parameters on which it rests that have no value.
    """

    parts: tuple[Part, ...]
    held: tuple[Held, ...] = ()
    passed: bool = False
    open: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The obstacle as JSON has it."""
        return {
            "sentences": [
                {"cite": None if each.cite is None else str(each.cite), "zh": each.zh,
                 "en": each.en}
                for each in self.parts
            ],
            "held": [
                {"fact": fact.key, "field": spec.name, "year": year,
                 "value": plain(_value_of(fact, spec, year))}
                for fact, spec, year in self.held
            ],
            "passed": self.passed,
            "open": list(self.open),
        }  # fmt: skip


@frozen(kw_only=True)
class Advice:
    """What came of an aim for a fact: the least ways, or what stands in the way of all.

    All ways cost the same, and none costs less: that is proved unless `bounded`, which says that no
    more than a few kinds of facts to be added were tried. `more`: there are others at that cost.
    Of all duties of a fact at once, where some cannot be met, the ways are to meet the others.
    `why` says in Chinese and in English why it is open.
    """

    subject: Fact
    goal: Goal
    result: Result
    ways: tuple[Way, ...] = ()
    more: bool = False
    bounded: bool = False
    obstacles: tuple[Obstacle, ...] = ()
    why: tuple[str, str] = ("", "")

    def as_json(self) -> dict[str, Any]:
        """The advice as JSON has it; a way's facts are made by applying its changes."""
        return {
            "format": ANSWERS_FORMAT,
            "subject": self.subject.key,
            "goal": self.goal.said,
            "result": self.result.value,
            "ways": [each.as_json() for each in self.ways],
            "more": self.more,
            "bounded": self.bounded,
            "obstacles": [each.as_json() for each in self.obstacles],
            "zh": self.why[0],
            "en": self.why[1],
        }


@public
def how_to(
    policy: Policy,
    subject: Fact,
    goal: str,
    facts: Facts = NO_FACTS,
    *,
    may_change: Iterable[str] | None = None,
    costs: Mapping[str, object] | None = None,
    keep: Iterable[str] = (),
    seconds: float = inf,
) -> Advice:
    """The least change that makes an answer about a fact what is wanted.

    `goal` is `permitted`; the citation of a duty, to be satisfied; `satisfied`, of all duties at
    once; or a decision with its value, as `duty_mode=zoned`. `may_change` names the fields that may
    change, as `stations.officers`, and the lists to which facts may be added; by default what
    somebody can do from the policy's date on. A change costs 1, or what `costs` says by the same
    names (numbers above 0; no floats); of ways at the same cost that with the smallest steps is
    told. `keep` names decisions and duties of the fact that stay as they are, `all` every duty that
    is met. After so many `seconds` nothing more is sought, and the result is open.

    Needs `policy-rules[analysis]`. Raises ChoiceError where something that is named is not there.
    """
    for name, found, kind in (
        ("policy", policy, Policy), ("facts", facts, Facts), ("goal", goal, str),
    ):  # fmt: skip
        if not isinstance(found, kind):
            raise QuestionError(f"`{name}` is a `{kind.__name__}`, found {found!r}")
    if not isinstance(subject, Fact):
        raise QuestionError(f"a policy is asked about a fact, found {subject!r}")
    until = monotonic() + seconds
    regime, faults = policy.regime, list[tuple[str, str]]()
    if not regime.in_force:
        raise ChoiceError(
            (f"文件在 {policy.as_of} 不施行", f"the directive is not in force on {policy.as_of}")
        )
    aim = goal_of(regime, subject, goal, faults)
    kept = kept_parts(policy, subject, facts, keep, faults)
    folded = _folded(policy)
    parts = () if aim is None else (*aim.parts, *kept)
    conditions = tuple(_folded_part(folded, each) for each in parts)
    nodes = Nodes(folded, conditions)
    latitude = latitude_of(regime, subject, nodes.all, may_change, costs or {}, faults)
    if faults or aim is None:
        raise ChoiceError(*faults)
    given = facts.get(type(subject), subject.id)
    about = subject if given is None else given
    work = _Work(policy, about, facts, aim, parts, conditions, nodes, latitude, until)
    return work.advice()


def _folded(policy: Policy) -> FoldedRegime:
    known = policy.regime.known
    found: FoldedRegime | None = known.get("how to")
    return found or known.setdefault("how to", FoldedRegime(policy.regime, with_exemptions=True))


def _folded_part(folded: FoldedRegime, part: Part) -> Node:
    return folded.fold(part.condition)


class _NoAnswerError(Exception):
    """The solver found no answer in time."""


@frozen(kw_only=True)
class _Work:
    """One question: the aim, and everything that it is asked about."""

    policy: Policy = field(kw_only=False)
    subject: Fact = field(kw_only=False)
    facts: Facts = field(kw_only=False)
    goal: Goal = field(kw_only=False)
    parts: tuple[Part, ...] = field(kw_only=False)
    conditions: tuple[Node, ...] = field(kw_only=False)
    nodes: Nodes = field(kw_only=False)
    latitude: Latitude = field(kw_only=False)
    until: float = field(kw_only=False)

    def advice(self) -> Advice:
        """The least ways, or what stands in the way."""
        if not self._unmet(self.subject, self.facts, self._all):
            return self._said(Result.REACHED)
        try:
            return self._sought()
        except InexpressibleError as error:
            return self._said(Result.OPEN, why=(error.zh, error.en))
        except _NoAnswerError:
            return self._said(
                Result.OPEN,
                why=("求解器在时限内没有结论", "the solver found no answer in time"),
            )

    def _said(self, result: Result, **told: Any) -> Advice:
        return Advice(subject=self.subject, goal=self.goal, result=result, **told)

    def _sought(self) -> Advice:
        search = _Search(self, self.latitude, _KINDS, self._all)
        places, obstacles = self._all, list[Obstacle]()
        while core := search.core(places):
            if search.world.added and search.kinds < _MOST_KINDS:
                larger = _Search(self, self.latitude, _MOST_KINDS, core)
                if not larger.core(core):
                    search = _Search(self, self.latitude, _MOST_KINDS, self._all)
                    continue
            if search.world.reasons:
                return self._said(Result.OPEN, why=_reasons(search.world))
            obstacles.append(self._obstacle(core, search.world))
            places = tuple(place for place in places if place not in core)
            if not self.goal.each or len(core) > 1 or not places:
                break
        bounded = bool(search.world.added) and not all(each.passed for each in obstacles)
        if core or not self._unmet(self.subject, self.facts, places):
            return self._said(Result.IMPOSSIBLE, obstacles=tuple(obstacles), bounded=bounded)
        cost = search.least(places)
        kinds = search.kinds_within(cost)
        if search.kinds < min(kinds, _MOST_KINDS):
            search = _Search(self, self.latitude, min(kinds, _MOST_KINDS), self._all)
            cost = search.least(places)
        ways, more = self._ways(search, cost, places)
        return self._said(
            Result.IMPOSSIBLE if obstacles else Result.POSSIBLE,
            ways=ways, more=more, obstacles=tuple(obstacles),
            bounded=bounded or kinds > search.kinds or bool(search.world.reasons),
        )  # fmt: skip

    @property
    def _all(self) -> tuple[int, ...]:
        return tuple(range(len(self.parts)))

    def _ways(
        self, search: _Search, cost: int, places: tuple[int, ...]
    ) -> tuple[tuple[Way, ...], bool]:
        found, more = search.all_at(cost, _MOST_WAYS)
        of = Fraction(cost, search.scale)
        return tuple(self._way(each, of, places) for each in found), more

    def _way(self, changes: tuple[Change, ...], cost: Fraction, places: tuple[int, ...]) -> Way:
        """A way, after the engines have answered for the facts as they are then."""
        subject, facts = self._applied(changes)
        aside = {part.cite for at, part in enumerate(self.parts) if at not in places}
        for policy in self._policies():
            if not self.goal.reached(policy, subject, facts, aside):
                raise WitnessError(self.goal.said, self.subject, policy.engine, changes)
        if unmet := self._unmet(subject, facts, places):
            raise WitnessError(self.goal.said, self.subject, changes, *(e.en for e in unmet))
        demanded = tuple(
            evolve(each, cites=self._demanding(changes, place, places))
            for place, each in enumerate(changes)
        )
        return Way(changes=demanded, cost=cost, subject=subject, facts=facts)

    def _policies(self) -> Iterator[Policy]:
        """The policy by each engine that is to agree."""
        known = self.policy.regime.known
        for engine in _ENGINES:
            if engine == self.policy.engine:
                yield self.policy
                continue
            key = "how to", engine, self.policy.exemption_index
            made = known.get(key)
            if made is None:
                runs = ENGINES[engine](
                    self.policy.regime, self.policy.exemption_index, CompiledRegimes()
                )
                made = known[key] = Policy(
                    self.policy.regime,
                    self.policy.exemption_index,
                    runs,
                    engine,
                )
            yield made

    def _demanding(
        self, changes: Sequence[Change], place: int, places: tuple[int, ...]
    ) -> tuple[Cite, ...]:
        """The sentences that are not met without one of the changes."""
        left = changes[place]
        others = [each for at, each in enumerate(changes) if at != place]
        if left.number > 1:
            others.append(evolve(left, number=left.number - 1))
        unmet = self._unmet(*self._applied(others), places)
        return tuple(dict.fromkeys(each.cite for each in unmet if each.cite is not None))

    def _unmet(self, subject: Fact, facts: Facts, places: tuple[int, ...]) -> list[Part]:
        """The parts that do not certainly hold of a fact."""
        scope = Scope(
            self.policy.regime, facts, self.policy.exemption_index, {self.goal.subject: subject}
        )
        parts = (self.parts[place] for place in places)
        return [each for each in parts if evaluate(each.condition, scope) is not True]

    def _applied(self, changes: Sequence[Change]) -> tuple[Fact, Facts]:
        own = self.policy.rules.directive.classes
        return applied(changes, self.subject, self.facts, own)

    def _obstacle(self, places: tuple[int, ...], world: GivenWorld) -> Obstacle:
        """Why some sentences cannot all be met."""
        parts = tuple(self.parts[place] for place in places)
        passed = any(isinstance(n, Recurring) for at in places for n in walk(self.conditions[at]))
        open_ = tuple(dict.fromkeys(name for part in parts for name in self._open(part)))
        if passed or len(world.given) > _MOST_HELD:
            return Obstacle(parts=parts, passed=passed and not open_, open=open_)
        try:
            search = _Search(self, evolve(self.latitude, free=True), _KINDS, places)
            held, passed = search.held(self.latitude, places)
        except (_NoAnswerError, InexpressibleError):
            return Obstacle(parts=parts, open=open_)
        return Obstacle(parts=parts, held=held, passed=passed, open=() if held or passed else open_)

    def _open(self, part: Part) -> Iterator[str]:
        """The parameters on which a part rests that have no value."""
        regime = self.policy.regime
        for each in parts_of(part.condition, regime.rules, Definition.outcomes):
            for node in walk(each):
                if isinstance(node, Parameter) and regime.value(node) is None:
                    yield node.name


class _Search:
    """What is asked of the solver about one world."""

    def __init__(
        self, work: _Work, latitude: Latitude, kinds: int, places: tuple[int, ...]
    ) -> None:
        policy = work.policy
        self._work = work
        self.kinds = kinds
        self.world = GivenWorld(
            texts=GivenTexts(work.nodes.all), optional=(), facts=work.facts, about=work.subject,
            as_of=policy.as_of, exemptions=policy.exemption_index, latitude=latitude, kinds=kinds,
            plain=work.nodes.asked_if_known,
        )  # fmt: skip
        self.world.texts.constant(work.subject.id)
        self.world.of(work.subject)
        lowering = GivenLowering(_folded(policy), self.world)
        truths = (lowering.holds(work.conditions[at], work.goal.subject).true for at in places)
        self._asked = {at: z3.Bool(f"part {at}") for at in places}
        self._latitude = latitude
        self._solver = z3.Solver()
        for literal, truth in zip(self._asked.values(), truths, strict=True):
            self._solver.add(z3.Implies(literal, truth))
        self._solver.add(*self.world.assumptions)
        self._kinds = self.world.all_added
        costs = [latitude.cost(self._name(each)) for each in self._changing()]
        self.scale = lcm(*(each.denominator for each in costs))
        self._solver.add(*(each.belongs(latitude.links) for each in self._kinds))

    def _changing(self) -> Iterator[Variation | AddedFact]:
        yield from self.world.variations
        yield from self._kinds

    def _name(self, of: Variation | AddedFact) -> str:
        if isinstance(of, AddedFact):
            return of.fact_class.collection
        return f"{of.fact.collection}.{of.spec.name}"

    def _cost_of(self, of: Variation | AddedFact) -> int:
        return int(self._latitude.cost(self._name(of)) * self.scale)

    def _total(self) -> Term:
        return total_of(
            [z3.If(each.changed, self._cost_of(each), 0) for each in self.world.variations]
            + [each.number * self._cost_of(each) for each in self._kinds]
        )

    def _distance(self) -> Term:
        known = (
            z3.If(both(each.number > 0, symbol.known), 1, 0)
            for each in self._kinds
            for _, symbol in each.fields.values()
        )
        return total_of([*(each.distance for each in self.world.variations), *known])

    def kinds_within(self, cost: int) -> int:
        """How many kinds of facts there can be among added ones at a cost."""
        if not self._kinds:
            return 0
        return cost // min(map(self._cost_of, self._kinds))

    def core(self, places: tuple[int, ...]) -> tuple[int, ...]:
        """A minimal set of sentences that cannot all be met; none where all can."""
        asked = [self._asked[place] for place in places]
        if self._satisfiable(self.world.from_now, *asked):
            return ()
        core = self._minimal(asked, [self.world.from_now])
        return tuple(at for at in places if _among(self._asked[at], core))

    def least(self, places: tuple[int, ...]) -> int:
        """The least cost at which the sentences are met."""
        solver = self._solver
        solver.add(self.world.from_now, *(self._asked[at] for at in places), *self._in_order())
        found = self._satisfiable()
        assert found, places
        self._cost = self._total()
        return self._lowered(self._cost, solver.model())

    def all_at(self, cost: int, most: int) -> tuple[list[tuple[Change, ...]], bool]:
        """The ways at a cost, those of the smallest steps first, and whether there are more."""
        solver, distance = self._solver, self._distance()
        solver.add(self._cost == cost)
        found: list[tuple[int, tuple[Change, ...]]] = []
        while self._satisfiable():
            if len(found) == most:
                return _sorted(found), True
            model = solver.model()
            if not found:
                self._lowered(distance, model)
                model = self._model
            same_things = self._same_things(model)
            solver.push()
            solver.add(same_things)
            steps = self._lowered(distance, model)
            solver.pop()
            changes = self._changes(self._model)
            if all(_sayings(changes) != _sayings(other) for _, other in found):
                found.append((steps, changes))
            solver.add(z3.Not(same_things))
        return _sorted(found), False

    def _lowered(self, term: Term, model: Any) -> int:
        """The least value of a term, and `_model` one that has it."""
        solver = self._solver
        self._model, low = model, 0
        best: int = model.eval(term, model_completion=True).as_long()
        middle = low
        while low < best:
            solver.push()
            solver.add(term <= middle)
            if self._satisfiable():
                self._model = solver.model()
                best = self._model.eval(term, model_completion=True).as_long()
            else:
                low = middle + 1
            solver.pop()
            middle = (low + best) // 2
        return best

    def _satisfiable(self, *assumed: Term) -> bool:
        left = min(self._work.until - monotonic(), _SECONDS)
        if left <= 0:
            raise _NoAnswerError
        self._solver.set("timeout", ceil(1000 * left))
        result = self._solver.check(*assumed)
        if result == z3.unknown:
            raise _NoAnswerError
        return bool(result == z3.sat)

    def _same_things(self, model: Any) -> Term:
        """That the same fields change, and as many facts are added of each kind."""
        values = Values(self.world.texts, model)
        changed = (
            each.changed if values.holds(each.changed) else z3.Not(each.changed)
            for each in self.world.variations
        )
        numbers = (each.number == values.number(each.number) for each in self._kinds)
        return both(*changed, *numbers)

    def _in_order(self) -> Iterator[Term]:
        """Of facts that are alike the first ones change; so do kinds of facts that are added."""
        for alike in self._alike().values():
            for one, other in pairwise(alike):
                yield z3.Implies(either(*self._changes_of(other)), either(*self._changes_of(one)))
        for kinds in self.world.added.values():
            for first, second in pairwise(kinds):
                yield first.number >= second.number

    def _changes_of(self, fact: Fact) -> list[Term]:
        return [each.changed for each in self.world.variations if each.fact is fact]

    def _alike(self) -> dict[object, list[Fact]]:
        """Facts that differ in nothing that is asked, but for their ids, by what they have."""
        found: dict[object, list[Fact]] = {}
        varying = {each.fact for each in self.world.variations}
        for given in self.world.given.values():
            fact = given.fact
            if fact not in varying or fact in self.world.owners or given.asked_by_id:
                continue
            asked = sorted(given.fields, key=str)
            values = tuple(getattr(fact, name) for name, _ in asked)
            found.setdefault((type(fact), *asked, str(values)), []).append(fact)
        return {key: facts for key, facts in found.items() if len(facts) > 1}

    def _changes(self, model: Any) -> tuple[Change, ...]:
        found = changes_in(self.world, Values(self.world.texts, model))
        alike = {fact: facts for facts in self._alike().values() for fact in facts}
        changing = {each.fact for each in found if each.spec is not None}
        return tuple(
            evolve(each, alike=sum(other not in changing for other in alike.get(each.fact, ())))
            for each in found
        )

    def held(self, latitude: Latitude, places: tuple[int, ...]) -> tuple[tuple[Held, ...], bool]:
        """Which fields that may not change stand in the way; whether that nothing can be done on a
        day that has passed does."""
        kept: dict[int, Variation] = {}
        literals: list[Term] = []
        for each in self.world.variations:
            if not latitude.may_change(each.fact, each.spec, each.year):
                kept[len(literals)] = each
                literals.append(z3.Bool(f"held {len(literals)}"))
                self._solver.add(z3.Implies(literals[-1], z3.Not(each.changed)))
        for of, kinds in self.world.added.items():
            if not latitude.may_add(of):
                self._solver.add(*(kind.number == 0 for kind in kinds))
        asked = [self._asked[place] for place in places]
        if self._satisfiable(*asked, self.world.from_now, *literals):
            return (), False
        core = self._minimal([self.world.from_now, *literals], asked)
        held = (kept[at] for at, each in enumerate(literals) if _among(each, core))
        passed = bool(self.world.past) or _among(self.world.from_now, core)
        return tuple((each.fact, each.spec, each.year) for each in held), passed

    def _minimal(self, assumed: Sequence[Term], always: Sequence[Term]) -> list[Term]:
        """A minimal part of what is assumed with which no answer can be, which there is one of."""
        unsatisfied = self._solver.unsat_core()
        core = [each for each in assumed if _among(each, unsatisfied)]
        for literal in (*reversed(core),):
            fewer = [each for each in core if not each.eq(literal)]
            if len(fewer) < len(core) and not self._satisfiable(*always, *fewer):
                unsatisfied = self._solver.unsat_core()
                core = [each for each in fewer if _among(each, unsatisfied)]
        return core


def _among(literal: Term, core: Iterable[Term]) -> bool:
    return any(literal.eq(each) for each in core)


def _sorted(found: Iterable[tuple[int, tuple[Change, ...]]]) -> list[tuple[Change, ...]]:
    return [changes for _, changes in sorted(found, key=lambda each: each[0])]


def _sayings(changes: Iterable[Change]) -> list[str]:
    return sorted(str(each.as_json()) for each in changes)


def _value_of(fact: Fact, spec: FieldSpec, year: int | None) -> Any:
    value = getattr(fact, spec.name)
    return value if year is None or value is None else value.get(year)


def _reasons(world: GivenWorld) -> tuple[str, str]:
    return "；".join(world.reasons), "; ".join(world.reasons.values())
