"""What to find out first where an answer is undetermined, and what is enough to settle it.

An answer is settled where the engines, in Kleene logic, say so. A solver is asked about the given
facts, of which the fields that are needed may have any value, or stay unknown.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import Any, Final, cast

import z3
from attrs import field, frozen

from ..answers import CONSISTENCY, Agreement, Decision, Finding, Outcome, Status, Verdict, plain
from ..engines.attested import attested
from ..engines.conditions import finding_conditions, verdict_conditions
from ..engines.evaluator import Scope
from ..engines.folded import FoldedRegime
from ..facts import Fact, FactError, Facts, FieldSpec, Kind
from ..facts.linking import references_of
from ..language.expressions import (
    Additive,
    AggregateNode,
    Derived,
    Held,
    Node,
    Parameter,
    Variable,
    subject_variable,
)
from ..language.rules import AttestationRule, Requirement
from ..language.types import Type
from ..policy import Answer, Policy
from .changes import Change, applied
from .proving.asking import WitnessError, reached
from .proving.given import GivenFact, GivenLowering, GivenTexts, GivenWorld, Variation
from .proving.lowering import Bound, Lowering, if_known
from .proving.terms import (
    NO,
    InexpressibleError,
    Symbol,
    Term,
    Truth,
    Value,
    both,
    chosen_value,
    either,
    negated,
    nothing,
    same,
)
from .proving.witnesses import Values
from .proving.worlds import Pool, SymbolicFact

# So many needs are looked at one by one; of more, those of one field are found out together.
_MOST_SINGLE: Final = 16
# So many least sets are told, and so many sets are tried.
_MOST_SETS: Final = 8
_MOST_TRIED: Final = 200
_RESOURCES: Final = 20_000_000


@frozen(kw_only=True)
class Settlement:
    """What an answer may come to by one thing alone, and by which `values` of it.

    `outcome` is as the answer has it; None: some value. Of a choice, or yes or no, the values are
    all by which it does; of a number, a day or a set, the one that is nearest to none, or to the
    policy's date. Those of a text, a list or several fields are not told.
    """

    outcome: Any
    spec: FieldSpec | None = None
    values: tuple[Any, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {"outcome": plain(self.outcome), "values": list(map(plain, self.values))}


@frozen(kw_only=True)
class Need:
    """What is found out at once: a need, or those of one field where there are many.

    `alone` are the ways in which it may settle the answer, all else unknown; there may be none.
    """

    needs: tuple[str, ...]
    alone: tuple[Settlement, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {"needs": list(self.needs), "alone": [each.as_json() for each in self.alone]}


@frozen(kw_only=True)
class Inquiry:
    """What to find out about an undetermined answer: `first` is in the order of what settles most.

    `enough` are the least sets of needs that settle it whatever is found; each is least in that it
    does not without any one of them. `more`: there may be others. It is empty where nothing that is
    needed now settles it for certain, such as a reference, behind which more may be needed. `why`
    says in Chinese and in English why that is not known.
    """

    first: tuple[Need, ...]
    enough: tuple[tuple[str, ...], ...] = ()
    more: bool = False
    why: tuple[str, str] = ("", "")

    def as_json(self) -> dict[str, Any]:
        """The inquiry as JSON has it."""
        return {
            "first": [each.as_json() for each in self.first],
            "enough": list(map(list, self.enough)),
            "more": self.more,
            "zh": self.why[0],
            "en": self.why[1],
        }


def inquiry(policy: Policy, answer: Answer) -> Inquiry:
    """What to find out first so that an answer of a policy is settled, and what is enough.

    Of a settled answer that is nothing. What may settle it alone comes first, that which can in
    more ways before others; then what is in more of the least sets. Needs `policy-rules[analysis]`.
    """
    parts = _parted(answer.needs)
    try:
        return _Search(policy, answer, parts).inquiry() if parts else Inquiry(first=())
    except InexpressibleError as error:
        why = error.zh, error.en
    except _NoAnswerError:
        why = "求解器在时限内没有结论", "the solver found no answer in time"
    return Inquiry(first=tuple(Need(needs=each) for each in parts), why=why)


def _parted(needs: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    if len(needs) <= _MOST_SINGLE:
        return tuple((each,) for each in needs)
    alike: dict[object, list[str]] = {}
    for need in needs:
        key, _, name = need.partition(".")
        alike.setdefault((key.partition("/")[0], name), []).append(need)
    return tuple(map(tuple, alike.values()))


class _NoAnswerError(Exception):
    """The solver found no answer in time."""


@frozen
class _Learning:
    """What may become known: what is needed."""

    needs: frozenset[str]

    def may_change(self, fact: Fact, spec: FieldSpec, year: int | None) -> bool:
        """Whether a field of a given fact is needed."""
        return _named(fact, spec, year) in self.needs

    def may_add(self, fact_class: type[Fact]) -> bool:
        """Nothing is added: what a list comes to once it is whole is a number of its own."""
        return False

    def may_move(self, fact_class: type[Fact], link: str) -> bool:
        """Whose list a fact is in may only become known."""
        return False


def _named(fact: Fact, spec: FieldSpec, year: int | None) -> str:
    return f"{fact.key}.{spec.name}" + ("" if year is None else f".{year}")


@frozen(eq=False, kw_only=True)
class _World(GivenWorld):
    """Given facts of which more may become known: of each need, whether it is."""

    learning: _Learning
    learnt: dict[str, Term] = field(factory=dict, init=False)

    def known(self, need: str) -> Term:
        """Whether what is needed has become known."""
        return self.learnt.setdefault(need, z3.Bool(f"{need}~"))

    def pool(self, variable: Variable, owner: SymbolicFact | None) -> Pool:
        """A list of facts, which may become whole."""
        found = super().pool(variable, owner)
        need = f"complete.{variable.fact_class.collection}"
        if not (owner is None or isinstance(owner, GivenFact)):
            found.whole = NO  # of a fact that may be any, no more is known than it has at least
        elif need in self.learning.needs:
            found.whole = self.known(need)
        return found

    def refers_to_given(self, spec: FieldSpec, value: Value, when: Term) -> None:
        """Say that what becomes known names a given fact; where none is given, any."""
        if spec.kind is Kind.REFERENCE:
            ids = [each.id for each in self.facts.collections.get(spec.target or "", ())]
            ids = ids or [*self._named(spec.target), f"another-{spec.target}"]
            places = (self.texts.constant(each).of for each in [*ids, *[""][: spec.may_be_empty]])
            self.assume(either(negated(when), *(value.term.of == place for place in places)))

    def parameter(self, node: Parameter) -> Symbol:
        """A parameter, which may become known."""
        need = f"parameters.{node.name}"
        found = self.any_value(node) if need in self.learning.needs else None
        return nothing(node.type) if found is None else if_known(self.known(need), found)


class _Lowering(GivenLowering):
    """The expressions of a regime as formulas about facts of which more may become known."""

    world: _World

    def __init__(self, folded: FoldedRegime, world: _World) -> None:
        super().__init__(folded, world)
        self._wholes: dict[object, Term] = {}

    def _gathered(self, node: AggregateNode, bound: Bound) -> Value:
        """What a list comes to: once it is whole anything, but no less than it has now."""
        found = super()._gathered(node, bound)
        whole = self._pool(node, bound).whole
        if whole not in self.world.learnt.values():
            return found
        asked = self._question(node, bound), *(id(each) for each in bound.values())
        term = self._wholes.get(asked)
        if term is None:
            real = z3.is_real(found.term)
            term = self._wholes[asked] = z3.FreshReal("whole") if real else z3.FreshInt("whole")
            if isinstance(node, Additive | Held):
                self.world.assume(term >= found.term)
        return chosen_value(whole, Value(found.known, term, found.known), found)


class _Search:
    """What is asked of the solver about one answer."""

    def __init__(self, policy: Policy, answer: Answer, parts: Sequence[tuple[str, ...]]) -> None:
        self._policy, self._answer, self._parts = policy, answer, parts
        regime = policy.regime
        folded = FoldedRegime(regime, with_exemptions=True)
        learning = _Learning(frozenset(answer.needs))
        asked = _Asked(policy, answer, folded)
        self._world = _World(
            texts=GivenTexts([node for each in asked.nodes for node in reached(each, folded)]),
            optional=(), facts=answer.surroundings, about=answer.fact, as_of=policy.as_of,
            exemptions=policy.exemption_index, latitude=learning, learning=learning, kinds=0,
            plain=frozenset(), onward=False,
        )  # fmt: skip
        self._world.of(answer.fact)
        for id_ in _ids(answer):
            self._world.texts.constant(id_)
        self._outcomes = dict(asked.outcomes(_Lowering(folded, self._world)))
        self._solver = z3.Solver()
        self._solver.set("rlimit", _RESOURCES)
        self._solver.add(*self._world.assumptions)
        # What each part is called where it is assumed; a need that plays no part is known or not.
        self._learnt = {part: z3.Bool(f"known {at}") for at, part in enumerate(parts)}
        for part, literal in self._learnt.items():
            known = [self._known[need] for need in part if need in self._known]
            self._solver.add(*(each == literal for each in known))

    @cached_property
    def _varying(self) -> dict[str, Variation]:
        return {_named(each.fact, each.spec, each.year): each for each in self._world.variations}

    @cached_property
    def _known(self) -> Mapping[str, Term]:
        changed = {need: each.changed for need, each in self._varying.items()}
        return changed | self._world.learnt

    def inquiry(self) -> Inquiry:
        """What to find out first, and what is enough."""
        needs = {part: Need(needs=part, alone=tuple(self._alone(part))) for part in self._parts}
        self._solver.add(negated(either(*self._outcomes.values())))
        enough, more = self._enough()

        def rank(part: tuple[str, ...]) -> tuple[object, ...]:
            listed = sum(part in each for each in enough)
            return (part,) not in enough, -len(needs[part].alone), -listed, part

        return Inquiry(
            first=tuple(needs[part] for part in sorted(self._parts, key=rank)),
            enough=tuple(tuple(chain.from_iterable(each)) for each in enough),
            more=more,
        )

    def _alone(self, part: tuple[str, ...]) -> Iterator[Settlement]:
        """What the answer may come to where a part becomes known, and nothing else does."""
        others = [z3.Not(each) for of, each in self._learnt.items() if of != part]
        varying = [self._varying[need] for need in part if need in self._varying]
        for outcome, holds in self._outcomes.items():
            assumed = [holds, self._learnt[part], *others]
            told = None if outcome is _SOME else outcome
            if len(varying) == len(part) == 1 and varying[0].spec.kind not in _TEXTS:
                spec, values = varying[0].spec, tuple(self._values(varying[0], outcome, assumed))
                if values:
                    yield Settlement(outcome=told, spec=spec, values=values)
            elif (
                self._satisfiable(*assumed) and self._confirmed(varying, part, outcome) is not None
            ):
                yield Settlement(outcome=told)

    def _values(self, of: Variation, outcome: Any, assumed: list[Term]) -> Iterator[Any]:
        """The values by which it does: of a choice, or yes or no, all; of others the nearest."""
        if isinstance(of.symbol, Truth):
            tried = [of.symbol.true, of.symbol.false]
        elif of.spec.kind is Kind.CHOICE:
            number = len(list(of.spec.choices or ())) + of.spec.may_be_none
            tried = [of.symbol.term == place for place in range(number)]
        else:
            tried = [of.distance <= nearest for nearest in self._nearest(of, assumed)]
        for each in tried:
            if self._satisfiable(*assumed, each) and (found := self._confirmed([of], (), outcome)):
                yield found[0].after

    def _nearest(self, of: Variation, assumed: list[Term]) -> Iterator[int]:
        """How near the nearest value is, if there is any."""
        if not self._satisfiable(*assumed):
            return
        low, high = 0, self._solver.model().eval(of.distance, model_completion=True).as_long()
        while low < high:
            middle = (low + high) // 2
            if self._satisfiable(*assumed, of.distance <= middle):
                high = middle
            else:
                low = middle + 1
        yield high

    def _confirmed(
        self, varying: Sequence[Variation], part: tuple[str, ...], outcome: Any
    ) -> list[Change] | None:
        """What was found to become known, after the engine has answered for it; None of facts that
        cannot be, as they refer to what is not in a list that is whole."""
        values = Values(self._world.texts, self._solver.model())
        changes = [
            Change(
                fact=each.fact, spec=each.spec, year=each.year,
                after=values.of_field(each.spec, each.symbol),
            )
            for each in varying
        ]  # fmt: skip
        if len(varying) < len(part):  # a list or a parameter
            return changes
        answer, own = self._answer, self._policy.rules.directive.classes
        try:
            then = applied(changes, answer.fact, answer.surroundings, own)
        except FactError:
            return None
        now = _answered(self._policy, answer, *then)
        if outcome is not _SOME and outcome != now:
            raise WitnessError(outcome, now, *changes)
        return changes

    def _enough(self) -> tuple[list[tuple[tuple[str, ...], ...]], bool]:
        """The least sets of parts that settle the answer, the smallest first; are there others?"""
        found: list[frozenset[tuple[str, ...]]] = []
        waiting, tried = [frozenset(self._parts)], set[frozenset[tuple[str, ...]]]()
        while waiting and len(found) < _MOST_SETS and len(tried) < _MOST_TRIED:
            among = waiting.pop(0)
            if among in tried:
                continue
            tried.add(among)
            least = next((each for each in found if each <= among), None)
            if least is None:
                least = self._least(among)
                if least is None:
                    continue
                found.append(least)
            waiting += [among - {each} for each in sorted(least)]
        listed = [tuple(part for part in self._parts if part in each) for each in found]
        return sorted(listed, key=lambda each: (len(each), each)), bool(waiting)

    def _least(self, among: frozenset[tuple[str, ...]]) -> frozenset[tuple[str, ...]] | None:
        """A least set of parts, of some, that settle the answer; None where these do not."""
        kept = [part for part in self._parts if part in among]
        if self._satisfiable(*(self._learnt[part] for part in kept)):
            return None
        for part in list(kept):
            fewer = [each for each in kept if each is not part]
            if not self._satisfiable(*(self._learnt[each] for each in fewer)):
                kept = fewer
        return frozenset(kept)

    def _satisfiable(self, *assumed: Term) -> bool:
        result = self._solver.check(*assumed)
        if result == z3.unknown:
            raise _NoAnswerError
        return bool(result == z3.sat)


def _ids(answer: Answer) -> Iterator[str]:
    """The ids of the facts that are needed, and of those to which they refer: what becomes known
    may name one of them."""
    keys = {need.partition(".")[0] for need in answer.needs}
    for fact in (answer.fact, *(each for each in answer.surroundings if each.key in keys)):
        yield fact.id
        yield from filter(None, (getattr(fact, name) for name in references_of(type(fact))))


# Fields whose values are not told: any other text would often do as well.
_TEXTS: Final = (Kind.TEXT, Kind.CODES, Kind.REFERENCE)
# An outcome of which no more is said than that it is one.
_SOME: Final = object()


class _Asked:
    """The conditions of an answer, and what they come to."""

    def __init__(self, policy: Policy, answer: Answer, folded: FoldedRegime) -> None:
        self._policy, self._answer = policy, answer
        self._subject = subject_variable(type(answer.fact))
        self.nodes = tuple(map(folded.fold, self._conditions()))

    def _conditions(self) -> Sequence[Node]:
        regime, answer = self._policy.regime, self._answer
        match answer:
            case Decision():
                return (Derived(self._subject, answer.definition),)
            case Verdict():
                found = verdict_conditions(regime, type(answer.fact))
                return found.in_time, found.prohibited, found.deviating, found.waiting
        rule = _duty(answer)
        if isinstance(rule, AttestationRule):
            return (rule.applies,)
        conditions = finding_conditions(regime, rule)
        return conditions.applies, conditions.must, conditions.overdue

    def outcomes(self, lowering: Lowering) -> Iterator[tuple[Any, Term]]:
        """What the answer may come to, and when it does."""
        symbols = [lowering.symbol(each, self._subject) for each in self.nodes]
        if isinstance(self._answer, Decision):
            return _values(symbols[0], self._answer.definition.type)
        truths = cast("list[Truth]", symbols)
        if isinstance(self._answer, Verdict):
            return _verdicts(*truths)
        return self._findings(*truths)

    def _findings(self, applies: Truth, *others: Truth) -> Iterator[tuple[Any, Term]]:
        answer, rule = self._answer, _duty(self._answer)
        fact, facts, regime = answer.fact, answer.surroundings, self._policy.regime
        found = [(Status.NOT_APPLICABLE, applies.false)]
        if isinstance(rule, AttestationRule):
            found.append((attested(rule, True, fact, facts, regime.as_of), applies.true))
        else:
            must, overdue = others
            conditions = finding_conditions(regime, rule)
            scope = Scope(regime, facts, self._policy.exemption_index, {rule.subject: fact})
            exempted = bool(scope.truth(conditions.exempted))
            found.append((Status.SATISFIED, both(applies.true, must.true)))
            for passed, holds in ((True, overdue.true), (False, overdue.false)):
                status = conditions.status(True, False, exempted, passed)
                found.append((status, both(applies.true, must.false, holds)))
        for status, holds in found:
            if status is not Status.UNDETERMINED:
                yield CONSISTENCY[status] if isinstance(answer, Agreement) else status, holds


def _duty(answer: Answer) -> Requirement | AttestationRule:
    assert isinstance(answer, Finding | Agreement)
    return answer.rule if isinstance(answer, Finding) else answer.rule.duty


def _values(symbol: Symbol, type_: Type) -> Iterator[tuple[Any, Term]]:
    if isinstance(symbol, Truth):
        yield from ((True, symbol.true), (False, symbol.false))
        return
    rest = symbol.known
    if type_.name == "choice" and type_.choices is not None:
        for place, choice in enumerate(type_.choices):
            holds = same(symbol.term, z3.IntVal(place))
            yield choice, both(symbol.known, holds)
            rest = both(rest, negated(holds))
    yield _SOME, rest


def _verdicts(
    in_time: Truth, prohibited: Truth, deviating: Truth, waiting: Truth
) -> Iterator[tuple[Any, Term]]:
    yield Outcome.NOT_APPLICABLE, in_time.false
    through = in_time.true
    for layer, outcome in (
        (prohibited, Outcome.PROHIBITED),
        (deviating, Outcome.EXEMPTION_NEEDED),
        (waiting, Outcome.AWAITING),
    ):
        yield outcome, both(through, layer.true)
        through = both(through, layer.false)
    yield Outcome.PERMITTED, through


def _answered(policy: Policy, answer: Answer, fact: Fact, facts: Facts) -> Any:
    """What the same question comes to about other facts."""
    match answer:
        case Decision():
            return policy.decide(fact, answer.name, facts).value
        case Verdict():
            return policy.check(fact, facts).outcome
    (finding,) = policy.auditor(type(fact), [_duty(answer)])(fact, facts)
    return CONSISTENCY[finding.status] if isinstance(answer, Agreement) else finding.status
