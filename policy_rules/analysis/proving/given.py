"""Given facts, of which some fields may change and to whose lists facts may be added.

What may not change is put in as it is, so that a solver is asked about little. A field that may
change has its own value unless it is changed; added facts are a few kinds of them, each with a
number.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import date, datetime
from typing import Any, Final, Protocol

import z3
from attrs import field, frozen

from ...engines.evaluator import Scope, evaluate
from ...engines.exemptions import Exemptions
from ...engines.folded import FoldedRegime
from ...facts import Fact, Facts, FieldSpec, Kind, circumstances_of, fields_of, is_none
from ...facts.linking import references_of
from ...language.expressions import (
    Aggregate,
    Attribute,
    Derived,
    Exempted,
    InYear,
    Node,
    Variable,
    subject_variable,
)
from ...language.trees import walk
from ...language.types import (
    BOOLEAN,
    BY_YEAR,
    DATE,
    INTEGER,
    MOMENT,
    RATIONAL,
    TEXT,
    TEXTS,
    Type,
    type_of_field,
)
from ..changes import Change
from .lowering import Bound, Lowering
from .terms import (
    NO,
    YES,
    ZERO,
    Symbol,
    Term,
    Text,
    Truth,
    Value,
    both,
    chosen,
    chosen_truth,
    chosen_value,
    either,
    negated,
    nothing,
    number_of,
    same,
    seconds,
    sure,
    total_of,
    valued,
)
from .texts import Class, Texts, example
from .witnesses import Values
from .worlds import Assume, Pool, SymbolicFact, World

_ONE: Final = z3.IntVal(1)


class Latitude(Protocol):
    """What may change."""

    def may_change(self, fact: Fact, spec: FieldSpec, year: int | None) -> bool:
        """Whether a field of a given fact may."""

    def may_add(self, fact_class: type[Fact]) -> bool:
        """Whether there may be more facts of a class."""

    def may_move(self, fact_class: type[Fact], link: str) -> bool:
        """Whether facts of a class may come from one list to another."""


class GivenTexts(Texts):
    """The classes of texts, and one for each text of the facts."""

    def constant(self, text: str) -> Text:
        """A text that rules name, or facts."""
        place = self._places.get(text)
        if place is None:
            place = self._places[text] = len(self.classes)
            self.classes.append(Class(text, "", named=True))
        return Text(z3.IntVal(place), ZERO)

    def where(self, of: Term, holds: Callable[[str], bool]) -> Term:
        """Whether something holds of a text."""
        if z3.is_int_value(of):
            return YES if holds(example(self.classes[of.as_long()])) else NO
        return super().where(of, holds)


@frozen(eq=False)
class Variation:
    """A field of a given fact that may change, of one by year that of a year."""

    fact: Fact
    spec: FieldSpec
    year: int | None
    changed: Term
    symbol: Symbol
    distance: Term

    @property
    def before(self) -> Any:
        """The value that is given; None where it is unknown."""
        return _given_value(self.fact, self.spec, self.year)


class _Changing(SymbolicFact):
    """A fact that may not be as it is given."""

    def _allow(self, text: Text, spec: FieldSpec) -> None:
        if spec.kind is Kind.REFERENCE:
            self.world.assume(text.number == 0)
        else:
            super()._allow(text, spec)


class GivenFact(_Changing):
    """A given fact, of which some fields may change."""

    world: GivenWorld

    def __init__(self, world: GivenWorld, fact: Fact) -> None:
        super().__init__(world, type(fact), fact.key, ())
        self.fact = fact

    def _made(self, spec: FieldSpec, year: int | None) -> Symbol:
        world, type_ = self.world, _type_of(spec)
        given = world.literal(type_, _given_value(self.fact, spec, year))
        if spec.kind is Kind.ID or not world.latitude.may_change(self.fact, spec, year):
            return given
        fresh = super()._made(spec, year)
        changed = z3.Bool(f"{self.name}.{spec.name}.{year}~")
        if isinstance(fresh, Truth):
            assert isinstance(given, Truth)
            symbol: Symbol = chosen_truth(changed, fresh, given)
            distance = ZERO
        else:
            assert isinstance(given, Value)
            if type_ == TEXTS:
                given = world.as_places(given, fresh)
            world.refers_to_given(spec, fresh, changed)
            if type_ == TEXTS:
                has = {at: chosen(changed, fresh.term[at], old) for at, old in given.term.items()}
                symbol = valued(chosen(changed, YES, given.known), has)
            else:
                symbol = chosen_value(changed, fresh, given)
            none = is_none(_given_value(self.fact, spec, year))
            distance = world.distance(type_, spec, fresh.term, None if none else given)
            world.not_before(type_, fresh.term, changed)
        world.variations.append(
            Variation(self.fact, spec, year, changed, symbol, z3.If(changed, distance, ZERO))
        )
        return symbol

    def _known(self, spec: FieldSpec, name: str) -> Term:
        return YES


class AddedFact(_Changing):
    """A kind of facts that may be added: of each field no more is known than is needed."""

    world: GivenWorld

    def __init__(self, world: GivenWorld, fact_class: type[Fact], place: int) -> None:
        name = f"+{fact_class.collection}{place}"
        # No id of a fact has a character that nobody sees.
        id_ = world.texts.constant(f"\0{name}")
        super().__init__(world, fact_class, name, (), None, {"id": id_})
        self.pool = Pool(None, fact_class, (), ())
        self.number = z3.Int(f"{name}=")
        world.assume(self.number >= 0)

    def _made(self, spec: FieldSpec, year: int | None) -> Symbol:
        made = super()._made(spec, year)
        if isinstance(made, Value):
            self.world.refers_to_given(spec, made, made.known)
            if spec.name not in circumstances_of(self.fact_class):
                self.world.not_before(_type_of(spec), made.term, made.known)
        return made

    def _known(self, spec: FieldSpec, name: str) -> Term:
        plain = spec.required or self.fact_class in self.world.plain
        return YES if plain else z3.Bool(f"{name}?")

    def belongs(self, links: Collection[tuple[type[Fact], str]]) -> Term:
        """That it is in some list, as far as lists are asked for."""
        asked = [
            symbol.known
            for (name, _), (_, symbol) in self.fields.items()
            if (self.fact_class, name) in links
        ]
        return either(same(self.number, ZERO), *asked) if asked else YES


class GivenPool(Pool):
    """A list of given facts, and of those that may be added to it."""

    def ask(self, what: object, member: SymbolicFact, truth: Truth) -> Truth:
        """The answer to a question to a member, as it is."""
        return truth

    def ask_place(self, what: object, member: SymbolicFact, term: Callable[[], Term]) -> Term:
        """Which place a member has in something."""
        return term()

    def total(
        self, what: object, member: SymbolicFact, one: Term, steps: int, assume: Assume
    ) -> Term:
        """What a member adds to a sum; of a kind of added facts that is one fact."""
        if isinstance(member, AddedFact):
            assume(member.number <= 1)
        return chosen(same(member.number, _ONE), one, z3.RealVal(0) if z3.is_real(one) else ZERO)


class _All(frozenset[type[Fact]]):
    """Every class: which facts are in which list is asked of each."""

    def __contains__(self, _: object) -> bool:
        return True


@frozen(eq=False, kw_only=True)
class GivenWorld(World):
    """Given facts as they may change; `kinds`: how many kinds of facts may be added to a list."""

    texts: GivenTexts
    facts: Facts
    about: Fact
    as_of: date
    exemptions: Exemptions
    latitude: Latitude
    kinds: int
    # Of which added facts all that is asked is known, since rules ask whether it is.
    plain: frozenset[type[Fact]]
    # Whether what is set lies in the days to come.
    onward: bool = True
    together: frozenset[type[Fact]] = field(factory=_All, init=False)
    # That nothing can be done on a day that has passed, as far as that is assumed.
    from_now: Term = field(factory=lambda: z3.Bool("from now"), init=False)
    variations: list[Variation] = field(factory=list, init=False)
    given: dict[tuple[type[Fact], str], GivenFact] = field(factory=dict, init=False)
    added: dict[type[Fact], list[AddedFact]] = field(factory=dict, init=False)
    owners: set[Fact] = field(factory=set, init=False)
    # Periods that have passed, in which nothing can take place any more.
    past: list[tuple[int, int]] = field(factory=list, init=False)

    def subject(self, variable: Variable) -> SymbolicFact:
        """The fact that rules speak of."""
        return self.of(self.about)

    def of(self, fact: Fact) -> GivenFact:
        """A given fact, one and the same each time."""
        found = self.given.get((type(fact), fact.id))
        if found is None:
            found = self.given[type(fact), fact.id] = GivenFact(self, fact)
        return found

    def refers(self, fact: SymbolicFact, spec: FieldSpec, fact_class: type[Fact]) -> SymbolicFact:
        """The fact to which another one refers; nothing is known of one that is not given."""
        found = self.referred.get((fact, spec.name))
        if found is None:
            reference = fact.field(spec)
            assert isinstance(reference, Value)
            place = reference.term.of
            id_ = self.texts.classes[place.as_long()].begins if z3.is_int_value(place) else ""
            known = self.given.get((fact_class, id_))
            there = self.facts.get(fact_class, id_) if known is None else known.fact
            if there is not None:
                self.owners.add(there)
                return self.of(there)
            if not z3.is_int_value(place):
                self.inexact_here(
                    f"{spec.zh}可以改指别的{fact_class.zh}",
                    f"{spec.en} may come to name another {fact_class.en}",
                )
            found = _Absent(self, fact_class, reference.term)
            self.referred[fact, spec.name] = found
        return found

    def pool(self, variable: Variable, owner: SymbolicFact | None) -> Pool:
        """The list of related facts over which a variable ranges, with those that may join it."""
        of, link = variable.fact_class, variable.link
        key = of, link, None if link is None else owner
        found = self.pools.get(key)
        if found is None:
            found = self.pools[key] = GivenPool(owner, of, (), ())
            found.whole = YES if self.facts.is_complete(of) else NO
            found.members += [self.of(each) for each in self._members(of, link, owner)]
            found.members += self._kinds_of(of)
        return found

    def _members(
        self, of: type[Fact], link: str | None, owner: SymbolicFact | None
    ) -> Sequence[Fact]:
        if link is None or self.latitude.may_move(of, link):
            return self.facts.all(of)
        own: Sequence[Fact] = ()
        if isinstance(owner, GivenFact):
            self.owners.add(owner.fact)
            own = self.facts.related(of, link, owner.fact.id)
        return (*own, *self.facts.unlinked(of, link))

    def _kinds_of(self, of: type[Fact]) -> Sequence[AddedFact]:
        if not self.latitude.may_add(of):
            return ()
        found = self.added.get(of)
        if found is None:
            found = self.added[of] = [AddedFact(self, of, place) for place in range(self.kinds)]
        return found

    @property
    def all_added(self) -> list[AddedFact]:
        """The kinds of facts that may be added to any list."""
        return [kind for kinds in self.added.values() for kind in kinds]

    def alone(self, member: SymbolicFact) -> None:
        """A kind of added facts of which the id is asked is one fact."""
        self.assume(member.number <= 1)

    def inexact(self, zh: str, en: str) -> None:
        """Nothing: of given facts, what related facts come to is exact."""

    def inexact_here(self, zh: str, en: str) -> None:
        """Say why there may be a way that is not found."""
        self.reasons[zh] = en

    def refers_to_given(self, spec: FieldSpec, value: Value, when: Term) -> None:
        """Say that a reference names a fact that is given, or none where that may be."""
        if spec.kind is Kind.REFERENCE:
            ids = dict.fromkeys([*self._named(spec.target), *[""][: spec.may_be_empty]])
            named = (value.term.of == self.texts.constant(id_).of for id_ in ids)
            self.assume(either(negated(when), *named))

    def _named(self, collection: str | None) -> Iterator[str]:
        """The ids of the facts of a list that are given, and of those to which others refer."""
        for cls, id_ in self.given:
            if cls.collection == collection:
                yield id_
        for (cls, _), given in self.given.items():
            for name, target in references_of(cls).items():
                if target == collection and (id_ := getattr(given.fact, name)):
                    yield id_

    def literal(self, type_: Type, value: Any) -> Symbol:
        """A value as it is given."""
        if value is None:
            return nothing(type_)
        if type_ == BOOLEAN:
            return sure(YES if value else NO)
        if type_ == TEXT:
            return valued(YES, self.texts.constant("" if is_none(value) else value))
        if type_ == TEXTS:
            return valued(YES, frozenset(value))
        if type_.name == "set":
            assert type_.choices is not None
            return valued(YES, tuple(YES if each in value else NO for each in type_.choices))
        return valued(YES, number_of(type_, value))

    def as_places(self, given: Value, fresh: Value) -> Value:
        """A set of codes that is given, by the classes of which one that changes can have any."""
        for text in given.term:
            place = self.texts.constant(text).of.as_long()
            fresh.term.setdefault(place, self.fresh("code", z3.Bool))
        has = {self.texts.constant(text).of.as_long() for text in given.term}
        return valued(given.known, {p: YES if p in has else NO for p in fresh.term})

    def distance(self, type_: Type, spec: FieldSpec, term: Any, given: Value | None) -> Term:
        """How far a value is from the one that is given; where there is none, from the least."""
        known = given is not None and given.known is YES
        if isinstance(term, tuple | dict):
            terms = term if isinstance(term, tuple) else tuple(term.values())
            olds = (NO,) * len(terms)
            if given is not None and known:
                olds = given.term if isinstance(term, tuple) else tuple(given.term.values())
            pairs = zip(terms, olds, strict=True)
            return total_of(z3.If(new if old is NO else negated(new), _ONE, ZERO)
                            for new, old in pairs)  # fmt: skip
        if type_ not in (INTEGER, RATIONAL, DATE, MOMENT):
            return ZERO
        if given is not None and known:
            base = given.term
        elif type_ == DATE:
            base = z3.IntVal(self.as_of.toordinal())
        elif type_ == MOMENT:
            base = z3.IntVal(seconds(_midnight(self.as_of)))
        else:
            base = number_of(type_, spec.minimum)
        apart = z3.If(term >= base, term - base, base - term)
        return z3.ToInt(apart * 10 ** (spec.places or 0)) if type_ == RATIONAL else apart

    def not_before(self, type_: Type, term: Any, when: Term) -> None:
        """Say that a day that is set has not passed."""
        if not self.onward:
            return
        if type_ == DATE:
            self.assume(either(negated(both(self.from_now, when)), term >= self.as_of.toordinal()))
        if type_ == MOMENT:
            first = seconds(_midnight(self.as_of))
            self.assume(either(negated(both(self.from_now, when)), term >= first))


class _Absent(SymbolicFact):
    """A fact that is not given: only its id is known."""

    def __init__(self, world: GivenWorld, fact_class: type[Fact], id_: Text) -> None:
        super().__init__(world, fact_class, "?", (), None, {"id": id_})

    def _made(self, spec: FieldSpec, year: int | None) -> Symbol:
        if spec.name in self.fixed:
            return valued(YES, self.fixed[spec.name])
        return nothing(_type_of(spec))


class GivenLowering(Lowering):
    """The expressions of a regime as formulas about given facts."""

    world: GivenWorld

    def __init__(self, folded: FoldedRegime, world: GivenWorld) -> None:
        super().__init__(folded, world)
        self._fields: dict[Aggregate, Sequence[Attribute] | None] = {}

    def about(self, condition: Node, fact: SymbolicFact) -> Truth:
        """A condition on the fact that rules speak of, be it given or added."""
        return self._truth(condition, {subject_variable(fact.fact_class): fact})

    def _made(self, node: Node, bound: Bound) -> Symbol:
        if isinstance(node, Exempted):
            return self._exempted(node, bound)
        return super()._made(node, bound)

    def _counted(
        self, node: Aggregate, pool: Pool, bound: Bound
    ) -> list[tuple[SymbolicFact, Truth]]:
        """The members of a list that count or may count."""
        fields = self._plain(node)
        counted = []
        for member in pool.members:
            truth = self._settled_of(node, fields, {**bound, node.member: member})
            truth = truth or self._counts(node, member, bound)
            if truth.true is not NO or truth.false is not YES:
                counted.append((member, truth))
        return counted

    def _settled_of(
        self, node: Aggregate, fields: Sequence[Attribute] | None, bound: Bound
    ) -> Truth | None:
        """Whether a member counts of which nothing may change that is asked."""
        given = {of: fact.fact for of, fact in bound.items() if isinstance(fact, GivenFact)}
        may_change = self.world.latitude.may_change
        if fields is None or any(
            each.of not in given or may_change(given[each.of], each.spec, None) for each in fields
        ):
            return None
        scope = Scope(self._regime, self.world.facts, self.world.exemptions, given)
        if evaluate(node.where, scope) is False:
            return Truth(NO, YES)
        return None

    def _plain(self, node: Aggregate) -> Sequence[Attribute] | None:
        """The fields that are asked of members, where nothing else is."""
        if node not in self._fields:
            parts = list(walk(node.where))
            plain = not any(isinstance(p, Aggregate | Derived | InYear | Exempted) for p in parts)
            fields = [each for each in parts if isinstance(each, Attribute)]
            plain = plain and all(each.of.via is None for each in fields)
            self._fields[node] = fields if plain else None
        return self._fields[node]

    def _exempted(self, node: Exempted, bound: Bound) -> Truth:
        """An exemption of the fact is valid on a day; where none has limits, on any."""
        fact = bound[node.of]
        assert isinstance(fact, GivenFact)
        held = self.world.exemptions.reaching(node.cite)
        own = [each for each in held if each.subject == fact.fact.key]
        if any(each.valid_from is None and each.valid_until is None for each in own):
            return sure(YES)
        if not own:
            return sure(NO)
        on = self._value(node.on, bound)
        within = either(
            *(
                both(
                    YES if e.valid_from is None else on.term >= e.valid_from.toordinal(),
                    YES if e.valid_until is None else on.term <= e.valid_until.toordinal(),
                )
                for e in own
            )
        )
        return Truth(both(on.known, within), both(on.known, negated(within)))

    def _period(self, counts: Term, day: Term, spans: Sequence[tuple[int, int]]) -> Term:
        if counts is NO:
            return z3.IntVal(-1)
        if not self.world.onward:
            return super()._period(counts, day, spans)
        first = self.world.as_of.toordinal()
        if spans and spans[0][1] < first:
            self.world.past.append((spans[0][0], first))
        at = self.world.fresh("period")
        # A day that is set has not passed, nor has the period in which it is then.
        open_ = [place for place, (_, last) in enumerate(spans) if last >= first]
        within = {place: both(counts, day >= spans[place][0], day <= spans[place][1])
                  for place in open_}  # fmt: skip
        self.world.assume(
            either(
                *(both(at == place, inside) for place, inside in within.items()),
                both(at == -1, *(negated(inside) for inside in within.values())),
            )
        )
        return at


def changes_in(world: GivenWorld, values: Values) -> list[Change]:
    """What changes of given facts, and which are added, by the values that a solver found."""
    found = [
        Change(fact=each.fact, spec=each.spec, year=each.year, before=each.before, after=after)
        for each in world.variations
        if values.holds(each.changed)
        and (after := values.of_field(each.spec, each.symbol)) != each.before
    ]
    made: list[tuple[Fact, int]] = []
    for kind in world.all_added:
        if number := values.number(kind.number):
            fact = _made(kind, values)
            place = next((at for at, (each, _) in enumerate(made) if each == fact), None)
            if place is None:
                made.append((fact, number))
            else:
                made[place] = fact, made[place][1] + number
    return found + [Change(fact=fact, number=number) for fact, number in made]


def _made(kind: AddedFact, values: Values) -> Fact:
    """A fact of a kind that is added."""
    cls = kind.fact_class
    # That by which it is told apart is no id that a fact can have.
    asked = {name: made for name, made in kind.fields.items() if name != ("id", None)}
    given = values.of_fields(asked) | {"id": "new"}
    for name, spec in fields_of(cls).items():
        if spec.required and name not in given:
            given[name] = spec.en
    return cls(**given)


def _type_of(spec: FieldSpec) -> Type:
    """The type of a field; of one by year, that of a year."""
    type_ = type_of_field(spec)
    return INTEGER if type_ == BY_YEAR else type_


def _given_value(fact: Fact, spec: FieldSpec, year: int | None) -> Any:
    value = getattr(fact, spec.name)
    return value if year is None or value is None else value.get(year)


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day)
