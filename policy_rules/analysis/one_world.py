"""One world in which all requirements are met, made step by step and judged by the engines.

It begins with a fact of each kind of which nothing is known. A solver fills in what is unknown of a
fact, and adds related facts, so that everything asked of that fact is met and as much as possible
applies; where two sentences cannot apply to one fact, another one carries the other. What recurs
and what is attested is added as the findings name it. Then the interpreter judges the whole: what
is not met is the next question, until nothing is left. So nothing is claimed that is not seen: the
world is a document of facts, in which every finding is satisfied or does not apply.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from time import process_time
from typing import Any, Final

import z3
from attrs import evolve, frozen

from ..answers import Agreement, Consistency, Finding, Outcome, Status, Verdict, plain
from ..engines.conditions import finding_conditions, verdict_conditions
from ..engines.counting import recurring
from ..engines.evaluator import Scope, evaluate
from ..engines.exemptions import Exemptions
from ..engines.folded import FoldedRegime
from ..engines.recurring import judged
from ..facts import Attestation, Fact, Facts, FieldSpec, Kind, fields_of
from ..facts.linking import references_of
from ..facts.vocabulary import known_with
from ..formats.documents import to_json
from ..language import Cite, Recurrence, WorkCalendar
from ..language.expressions import (
    FALSE,
    ONE,
    TRUE,
    Aggregate,
    Attribute,
    Comparison,
    Constant,
    Count,
    Held,
    Node,
    Parameter,
    all_of,
    subject_variable,
)
from ..language.recurrences import Period
from ..language.rules import AgreementRule, AttestationRule, Judged, Requirement
from ..language.types import BOOLEAN, CALENDAR, DATE, INTEGER, RECURRENCE
from ..policy import LoadedDirective
from .changes import Change, altered, applied
from .proving.apart import Solver
from .proving.asking import Nodes, reached
from .proving.given import GivenLowering, GivenTexts, GivenWorld, changes_in
from .proving.terms import Term, both, either, negated, total_of
from .proving.witnesses import Values, in_lists
from .proving.worlds import SymbolicFact

# How many kinds of facts may be added to a list at a time, at first and at most.
_KINDS: Final = (2, 6)
# So many facts of a class are made, at most, for what cannot apply to one of them.
_CARRIERS: Final = 6
# So often the whole is judged, and what is not met mended.
_ROUNDS: Final = 8
# As few facts are added as that, if it can be.
_FEW: Final = (0, 1, 2, 3, 4, 6, 8, 16, 32, 64)
# So far from the day, or from the least there can be, numbers and days are, if they can be.
_NEAR: Final = (10, 100, 1_000, 10_000)
# What the solver may spend on a question, in its own units: the same on every machine.
_RESOURCES: Final = 20_000_000
_ENGINES: Final = ("interpreter", "python")
_WELL: Final = (
    Status.SATISFIED, Status.NOT_APPLICABLE, Consistency.CONSISTENT, Consistency.NOT_APPLICABLE,
    Consistency.UNDETERMINED,
    Outcome.PERMITTED,
)  # fmt: skip


@frozen(eq=False, kw_only=True)
class OneWorld:
    """Facts in which everything asked of each is met; None where no such were found.

    They are of a `day`, with `parameters` for what the text leaves open. `met` are the facts that
    meet each requirement which applies to any; `against` says of each other one with which
    sentences it was not found to go together, a minimal set. That is no proof that it cannot. Left
    out is what applies to no fact under the readings taken by default.
    """

    day: date
    parameters: Mapping[str, Any]
    facts: Facts | None
    met: Mapping[Judged, tuple[Fact, ...]]
    against: Mapping[Judged, tuple[Cite, ...]]
    seconds: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The world as JSON has it; its facts are a document that other commands read."""
        facts = None if self.facts is None else to_json(self.facts, (), self.day)
        return {**self.record(), "facts": facts}

    def record(self) -> dict[str, Any]:
        """What is kept of it beside the rules: how many facts it has, and what was set."""
        lists = {} if self.facts is None else self.facts.collections
        return {
            "as_of": self.day.isoformat(),
            "parameters": {name: plain(value) for name, value in self.parameters.items()},
            "facts": {name: len(listed) for name, listed in lists.items()},
        }


def one_world(directive: LoadedDirective, day: date) -> OneWorld:
    """Such a world, if one is found. What the text leaves open is set to something small."""
    begun = process_time()
    building = _Building(directive, day)
    return evolve(building.built(), seconds=process_time() - begun)


@frozen(eq=False)
class _Asked:
    """What a rule asks of a fact: where it applies, that some conditions hold.

    Nothing else is asked where it is put right by what is added. `carried`: it is to apply to some
    fact. `own`: it speaks of the fact's own fields alone.
    """

    rule: Judged
    applies: Node
    must: tuple[Node, ...]
    carried: bool
    account: bool
    own: bool

    @property
    def cite(self) -> Cite:
        """The sentence that asks for it."""
        return self.rule.cite


class _ObstacleError(Exception):
    """Sentences with which no facts were found."""

    def __init__(self, cites: Iterable[Cite]) -> None:
        self.cites = tuple(dict.fromkeys(cites))
        super().__init__(*map(str, self.cites))


@frozen(eq=False)
class _Latitude:
    """What may change: what is unknown; all of some facts, but for what ties them to others."""

    bodies: Collection[type[Fact]]
    freed: Collection[str] = ()

    def may_change(self, fact: Fact, spec: FieldSpec, year: int | None) -> bool:
        """Whether a field of a given fact may change."""
        if spec.kind in (Kind.ID, Kind.REFERENCE):
            return False
        value = getattr(fact, spec.name)
        unknown = value is None or (year is not None and year not in value)
        return unknown or spec.required or fact.key in self.freed

    def may_add(self, fact_class: type[Fact]) -> bool:
        """Whether there may be more facts of a class."""
        return fact_class not in self.bodies and not fact_class.single

    def may_move(self, fact_class: type[Fact], link: str) -> bool:
        """No fact comes from one list to another."""
        return False


class _Building:
    """The world as far as it is made."""

    def __init__(self, directive: LoadedDirective, day: date) -> None:
        rules = directive.rules
        self._day = day
        self._parameters = {
            name: value
            for name, parameter in rules.parameters.items()
            if parameter.at(day) is None and (value := _some(parameter, day)) is not None
        }
        self.policies = tuple(
            directive.policy(as_of=day, parameters=self._parameters, engine=engine)
            for engine in _ENGINES
        )
        self.policy = self.policies[0]
        self.folded = FoldedRegime(self.policy.regime, with_exemptions=False)
        self.classes = {cls.collection: cls for cls in known_with(rules.directive.classes)}
        self.latitude = _Latitude(rules.directive.bodies)
        self._asked: dict[type[Fact], tuple[_Asked, ...]] = {}
        subjects = dict.fromkeys(rule.subject.fact_class for rule in rules.rules)
        self._subjects = [cls for cls in subjects if self.asked(cls)]
        self._nodes: dict[frozenset[type[Fact]], Nodes] = {}
        self._carried: dict[str, list[Cite]] = {}
        self._against = defaultdict[Cite, tuple[Cite, ...]](tuple)

    def asked(self, fact_class: type[Fact]) -> tuple[_Asked, ...]:
        """Everything that is asked of a class."""
        found = self._asked.get(fact_class)
        if found is None:
            found = self._asked[fact_class] = tuple(self._asked_of(fact_class))
        return found

    def _asked_of(self, fact_class: type[Fact]) -> Iterator[_Asked]:
        regime = self.policy.regime
        for rule in regime.rules.of_class(fact_class):
            held = rule.duty if isinstance(rule, AgreementRule) else rule
            if not regime.holds(held):
                continue
            if isinstance(held, Requirement):
                found = finding_conditions(regime, held)
                must = () if recurring(found.must) else (found.must,)
                yield self._of(held, found.applies, must, held is rule, held is not rule)
            elif isinstance(held, AttestationRule):
                yield self._of(held, held.applies, (), carried=True)
        conditions = verdict_conditions(regime, fact_class)
        if conditions.in_time is not TRUE:
            judging = regime.rules.verdict_rules_of(fact_class)
            yield self._of(judging[0], TRUE, (conditions.in_time,))
        for each in conditions.prohibitions:
            yield self._of(each.rule, TRUE, (~each.rule.holds,))
        for group in conditions.groups:
            yield self._of(group.rule, group.applies, group.obtained, carried=True)

    def _of(
        self,
        rule: Judged,
        applies: Node,
        must: Sequence[Node],
        carried: bool = False,
        account: bool = False,
    ) -> _Asked:
        folded = self.folded.fold(applies), tuple(map(self.folded.fold, must))
        carried = carried and folded[0] is not FALSE
        nodes = [node for each in (folded[0], *folded[1]) for node in reached(each, self.folded)]
        read = [node.of for node in nodes if isinstance(node, Attribute)]
        own = not any(isinstance(node, Aggregate) for node in nodes)
        own = own and all(each.via is None for each in read)
        return _Asked(rule, *folded, carried, account, own)

    def built(self) -> OneWorld:
        """The world that is made, or what was in the way."""
        facts: Facts | None
        try:
            facts = self._mended(self._carriers(self._first()))
        except _ObstacleError as obstacle:
            facts, cites = None, obstacle.cites
            self._against = defaultdict(lambda: cites)
        carried = [
            (each.rule, () if facts is None else self._applying(each, facts))
            for cls in self._subjects for each in self.asked(cls) if each.carried
        ]  # fmt: skip
        return OneWorld(
            day=self._day, parameters=self._parameters, facts=facts,
            met={rule: found for rule, found in carried if found},
            against={rule: self._against[rule.cite] for rule, found in carried if not found},
        )  # fmt: skip

    def _applying(self, asked: _Asked, facts: Facts) -> tuple[Fact, ...]:
        """The facts to which something applies; where nothing is unmet, they meet it."""
        own = facts.all(asked.rule.subject.fact_class)
        return tuple(each for each in own if self._holds(asked.applies, each, facts))

    def _first(self) -> Facts:
        """A fact of each kind to which others refer of which something is asked."""
        there, waiting = dict[type[Fact], None](), list(self._subjects)
        while waiting:
            for target in references_of(waiting.pop()).values():
                cls = self.classes.get(target)
                if cls is not None and cls not in there:
                    there[cls] = None
                    waiting.append(cls)
        self._there = {cls.collection for cls in there}
        return self._listed([self._made(cls, 1) for cls in there])

    def _with(self, facts: Facts, *more: Fact) -> Facts:
        return self._listed([*facts, *more])

    def _listed(self, facts: Iterable[Fact]) -> Facts:
        whole = (each for each in self.classes.values() if each not in self.latitude.bodies)
        return in_lists(facts, whole)

    def _made(self, cls: type[Fact], number: int) -> Fact:
        """A fact of which nothing is known but to which others it belongs."""
        given: dict[str, Any] = {"id": f"{cls.collection}-{number}"}
        given |= self._linked(cls, {})
        for name, spec in fields_of(cls).items():
            if spec.required and name not in given:
                given[name] = spec.en
        return cls(**given)

    def _linked(self, cls: type[Fact], known: Mapping[str, Any]) -> dict[str, str]:
        """What a fact refers to, where that is not known yet: the first of each kind, or none."""
        found = {}
        for name, target in references_of(cls).items():
            if known.get(name) is None and target != cls.collection:
                if fields_of(cls)[name].may_be_empty:
                    found[name] = ""
                elif target in self._there:
                    found[name] = f"{target}-1"
        return found

    def _carriers(self, facts: Facts) -> Facts:
        """The facts, with some to which each requirement applies, as far as they are found."""
        for cls in sorted(self._subjects, key=lambda each: -len(self.asked(each))):
            waiting = [each for each in self.asked(cls) if each.carried]
            for fact in facts.all(cls):
                if waiting:
                    facts, waiting = self._carrying(facts, facts.named(cls, fact.id), waiting)
            before: Sequence[object] = ()
            while waiting and waiting != before:
                fact, before = self._made(cls, len(facts.all(cls)) + 1), waiting
                with_it, waiting = self._carrying(self._with(facts, fact), fact, waiting)
                if waiting != before or not facts.all(cls):
                    facts = with_it
            for each in waiting:
                self._against[each.cite] = self._in_the_way(each, self._made(cls, 0), facts)
        return facts

    def _in_the_way(self, asked: _Asked, fact: Fact, facts: Facts) -> tuple[Cite, ...]:
        """The sentences with which something cannot apply to a fact of which nothing is known."""
        problem = self._solved(self._with(facts, fact), fact)
        core = problem.core([problem.applying(fact, asked)])
        return () if core is None else problem.cites(problem.minimal(core))

    def _carrying(
        self, facts: Facts, fact: Fact, wanted: list[_Asked]
    ) -> tuple[Facts, list[_Asked]]:
        """The facts with one of which all is met that is asked, and to which as much as can be
        applies of what is wanted; and what does not."""
        problem = self._solved(facts, fact)
        kept = {problem.applying(fact, each): each for each in wanted}
        while (core := problem.core(kept)) is not None:
            among = [name for name in kept if name in core]
            if not among:
                raise _ObstacleError(problem.cites(core))
            del kept[among[-1]]
        carried = list(kept.values())
        self._carried[fact.key] = [each.cite for each in carried]
        return self._changed(problem, fact, facts), [e for e in wanted if e not in carried]

    def _solved(self, facts: Facts, fact: Fact, *, again: bool = False) -> _Problem:
        """The question what to change so that everything is met that is asked of a fact: what is
        unknown of it and of those around it; else whatever can be of it; else of those, too."""
        freed = evolve(self.latitude, freed={fact.key})
        for latitude in () if again else (self.latitude, freed):
            try:
                return self._solvable(facts, [fact], latitude)
            except _ObstacleError:
                continue
        around = _Problem(self, facts, [fact], self.latitude, 1).around()
        about = list({each.key: each for each in (fact, *around)}.values())
        freed = evolve(self.latitude, freed={each.key for each in about})
        return self._solvable(facts, about, freed)

    def _solvable(self, facts: Facts, about: Sequence[Fact], latitude: _Latitude) -> _Problem:
        """The question what to change of what may, where there is something; else the sentences
        that are in the way are raised."""
        for kinds, bodies in ((_KINDS[0], False), (_KINDS[1], False), (_KINDS[1], True)):
            may_add = evolve(latitude, bodies=()) if bodies else latitude
            problem = _Problem(self, facts, about, may_add, kinds)
            core = problem.core(())
            if core is None:
                return problem
        raise _ObstacleError(problem.cites(problem.minimal(core or ())))

    def _changed(self, problem: _Problem, fact: Fact, facts: Facts) -> Facts:
        """The facts as they are after what was found."""
        changes = [self._with_links(each) for each in problem.changes()]
        return applied(changes, fact, facts, self.policy.rules.directive.classes)[1]

    def _with_links(self, change: Change) -> Change:
        """What is found, where facts are added with all that ties them to others."""
        if change.spec is not None:
            return change
        cls = type(change.fact)
        known = {name: getattr(change.fact, name) for name in references_of(cls)}
        return evolve(change, fact=altered(change.fact, self._linked(cls, known)))

    def _mended(self, facts: Facts) -> Facts:
        """The facts after everything in them is met."""
        often = Counter[str]()
        for _ in range(_ROUNDS):
            facts = self._filled(facts)
            unmet = self.unmet(facts, facts)
            if not unmet:
                return facts
            for key in unmet:
                fact = next(each for each in facts if each.key == key)
                solved = {each.cite for each in self.asked(type(fact)) if each.must}
                if not solved.isdisjoint(self.unmet(facts, [fact]).get(key, ())):
                    problem = self._solved(facts, fact, again=often[key] > 0)
                    facts = self._changed(problem, fact, facts)
                    often[key] += 1
        raise _ObstacleError(cite for cites in self.unmet(facts, facts).values() for cite in cites)

    def _filled(self, facts: Facts) -> Facts:
        """The facts with all that is attested of them, and all that recurs."""
        attested = list[Fact]()
        for finding in self.policy.audit(facts):
            if finding.status in _WELL:
                continue
            rule, fact = finding.rule, finding.fact
            if isinstance(rule, AttestationRule):
                if self._holds(rule.applies, fact, facts):
                    number = len(facts.all(Attestation)) + len(attested) + 1
                    about: dict[str, Any] = {"subject_id": fact.id, "cite": str(rule.cite)}
                    made = Attestation(
                        id=f"attestations-{number}", holds=True, on=self._day, **about
                    )
                    attested.append(made)
            else:
                for held in recurring(finding_conditions(self.policy.regime, rule).must):
                    facts = self._held(held, finding, facts)
        return self._with(facts, *attested)

    def _held(self, held: Held, finding: Finding, facts: Facts) -> Facts:
        """The facts with what recurs, in each period that lacks it: like what a solver found for
        one of them, on another day."""
        fact, on = finding.fact, held.on

        def once(period: Period) -> Node:
            days = (Comparison(">=", on, Constant(period.first)),
                    Comparison("<=", on, Constant(period.last)))  # fmt: skip
            return Comparison(">=", Count(held.member, all_of(held.where, *days)), ONE)

        found = judged(self.policy.regime, held)
        lacking = [
            each
            for each in (() if found is None else found.periods)
            if not self._holds(once(each), fact, facts)
        ]
        if not lacking:
            return facts
        asked = finding.rule.cite, self.folded.fold(once(lacking[0]))
        problem = _Problem(self, facts, [fact], self.latitude, 1, asked)
        if (core := problem.core(())) is not None:
            raise _ObstacleError(problem.cites(core))
        changes = [self._with_links(each) for each in problem.changes()]
        if isinstance(on, Attribute) and on.of is held.member:
            changes += [
                evolve(each, fact=altered(each.fact, {on.spec.name: period.first}))
                for each in changes
                if each.spec is None and type(each.fact) is held.member.fact_class
                for period in lacking[1:]
            ]
        return applied(changes, fact, facts, self.policy.rules.directive.classes)[1]

    def _holds(self, condition: Node, fact: Fact, facts: Facts) -> bool:
        scope = Scope(self.policy.regime, facts, Exemptions(), {subject_variable(type(fact)): fact})
        return evaluate(condition, scope) is True

    def unmet(self, facts: Facts, of: Iterable[Fact]) -> dict[str, list[Cite]]:
        """What is not certainly met of what is asked of some facts, by their keys."""
        listed, found = list(of), dict[str, list[Cite]]()
        for policy in self.policies:
            answers = (
                *policy.audit(facts, lambda _: listed),
                *policy.agreements_of(facts, lambda _: listed),
                *policy.verdicts_of(facts, lambda _: listed),
            )
            for each in answers:
                if _status(each) not in _WELL:
                    found.setdefault(each.fact.key, []).extend(self._cites_of(each))
        return found

    def _cites_of(self, answer: Finding | Agreement | Verdict) -> list[Cite]:
        """The sentences on which an answer rests."""
        if isinstance(answer, Verdict):
            rules = self.policy.rules.verdict_rules_of(type(answer.fact))
            return [each.cite for each in rules]
        return [answer.cite]

    def nodes(self, classes: Iterable[type[Fact]]) -> Nodes:
        """Every node of what is asked of facts of some classes."""
        key = frozenset(classes)
        found = self._nodes.get(key)
        if found is None:
            conditions = [c for cls in key for a in self.asked(cls) for c in (a.applies, *a.must)]
            found = self._nodes[key] = Nodes(self.folded, conditions)
        return found

    def required(self, fact: Fact) -> Collection[Cite]:
        """What is to apply to a fact."""
        return self._carried.get(fact.key, ())


class _Problem:
    """What is asked of a solver: that everything is met that is asked of some facts."""

    def __init__(
        self,
        building: _Building,
        facts: Facts,
        about: Sequence[Fact],
        latitude: _Latitude,
        kinds: int,
        more: tuple[Cite, Node] | None = None,
    ) -> None:
        self._building = building
        nodes = building.nodes({type(each) for each in about})
        members = {n.member.fact_class for n in nodes.all if isinstance(n, Aggregate)}
        nodes = building.nodes({*members, *(type(each) for each in about)})
        policy = building.policy
        self.world = GivenWorld(
            texts=GivenTexts(nodes.all), optional=(), facts=facts, about=about[0],
            as_of=policy.as_of, exemptions=policy.exemption_index, latitude=latitude,
            kinds=kinds, plain=nodes.asked_if_known, onward=False,
        )  # fmt: skip
        self._lowering = GivenLowering(building.folded, self.world)
        self._solver = Solver(_RESOURCES)
        self._literals: dict[str, Term] = {}
        self._cites: dict[str, Cite] = {}
        for fact in about:
            self.world.texts.constant(fact.id)
            self.world.of(fact)
        self._applying: dict[tuple[str, Cite], Term] = {}
        for fact in about:
            for each in () if more else building.asked(type(fact)):
                well, met = self._rails(each, self.world.of(fact))
                self._said(f"{each.cite} of {fact.key}", each.cite, well)
                if each.cite in building.required(fact):
                    self._said(f"{each.cite} to {fact.key}", each.cite, met)
                self._applying[fact.key, each.cite] = met
        if more is not None:
            (fact,) = about
            cite, node = more
            self._said("once more", cite, self._lowering.about(node, self.world.of(fact)).true)
        for cls, added in [*self.world.added.items()]:
            for place, kind in enumerate(added):
                for each in building.asked(cls):
                    if each.own:
                        well = either(kind.number == 0, self._rails(each, kind)[0])
                        self._said(f"{each.cite} of +{place}", each.cite, well)
        self._required = list(self._literals)
        self._kept = list[str]()
        self._solver.add(*self.world.assumptions)
        self._kinds = self.world.all_added
        links = [(type_, name) for type_ in self.world.added for name in references_of(type_)]
        self._solver.add(*(each.belongs(links) for each in self._kinds))

    def _rails(self, asked: _Asked, fact: SymbolicFact) -> tuple[Term, Term]:
        """That all is well of a fact, and that something applies to it and is met."""
        applies = self._lowering.about(asked.applies, fact)
        must = [self._lowering.about(each, fact) for each in asked.must]
        met = both(applies.true, *(each.true for each in must))
        if asked.account:
            return negated(both(applies.true, *(each.false for each in must))), met
        return either(applies.false, met), met

    def _said(self, name: str, cite: Cite, holds: Term) -> str:
        self._literals[name] = z3.Bool(name)
        self._cites[name] = cite
        self._solver.add(z3.Implies(self._literals[name], holds))
        return name

    def applying(self, fact: Fact, asked: _Asked) -> str:
        """What says that something is to apply to a fact, and to be met."""
        return self._said(
            f"{asked.cite} to {fact.key}", asked.cite, self._applying[fact.key, asked.cite]
        )

    def core(self, kept: Iterable[str]) -> list[str] | None:
        """Of what is asked, and some that is to apply, what cannot be; None where all can."""
        self._kept = [*self._required, *kept]
        return self._core(self._kept)

    def _core(self, names: Sequence[str], *more: Term) -> list[str] | None:
        result = self._solver.check(*(self._literals[each] for each in names), *more)
        if result == z3.sat:
            return None
        if result != z3.unsat:
            return [*names]
        core = set(self._solver.unsat_core())
        return [each for each in names if each in core]

    def minimal(self, core: Sequence[str]) -> Sequence[str]:
        """A minimal part of what cannot be."""
        for name in core:
            fewer = [each for each in core if each != name]
            if len(fewer) < len(core) and (smaller := self._core(fewer)) is not None:
                core = smaller
        return core

    def cites(self, names: Iterable[str]) -> tuple[Cite, ...]:
        """The sentences that are meant."""
        return tuple(dict.fromkeys(self._cites[each] for each in names))

    def around(self) -> list[Fact]:
        """The facts that are given and asked about, of which something is asked."""
        given = (each.fact for each in self.world.given.values())
        return [each for each in given if self._building.asked(type(each))]

    def changes(self) -> list[Change]:
        """What was found, with few facts added, and numbers and days that are not far away."""
        numbers = total_of([each.number for each in self._kinds])
        limits = [numbers <= most for most in _FEW]
        for near in _NEAR:
            limits.append(both(*(each.distance <= near for each in self.world.variations)))
        held = list[Term]()
        for among in (limits[: len(_FEW)], limits[len(_FEW) :]):
            held += next(([e] for e in among if self._core(self._kept, *held, e) is None), [])
        found = self._core(self._kept, *held)
        assert found is None, self._kept
        return changes_in(self.world, Values(self.world.texts, self._solver.model()))


def _status(answer: Any) -> Any:
    return answer.outcome if isinstance(answer, Verdict) else answer.status


def _some(parameter: Parameter, day: date) -> Any:
    """A value for what the text leaves open: something small, none where it cannot be said."""
    match parameter.type:
        case type_ if type_ == RECURRENCE:
            return Recurrence("FREQ=YEARLY")
        case type_ if type_ == CALENDAR:
            return WorkCalendar(range(day.year - 1, day.year + 1), ())
        case type_ if type_ == BOOLEAN:
            return True
        case type_ if type_ == INTEGER:
            return 1
        case type_ if type_ == DATE:
            return day
        case type_ if type_.name == "set":
            return frozenset()
    return None
