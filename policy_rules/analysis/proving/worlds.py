"""Worlds: facts of which every field is a term, and lists of related facts of any length.

The members of a list are as many groups as its rules can tell apart, each with a natural number:
how many facts there are like the one that stands for the group (Boolean algebra with Presburger
arithmetic). So what a solver finds is a document of facts.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import combinations, count, product
from typing import Any, TypeAlias, cast

import z3
from attrs import evolve, field, frozen

from ...facts import Fact, FieldSpec, Kind, fields_of
from ...language.expressions import Parameter, Variable
from ...language.types import (
    BOOLEAN,
    BY_YEAR,
    DATE,
    INTEGER,
    MOMENT,
    RATIONAL,
    TEXT,
    TEXTS,
    type_of_field,
)
from .days import FIRST, LAST, Days
from .terms import (
    NO,
    YES,
    Symbol,
    Term,
    Text,
    Truth,
    Value,
    as_real,
    both,
    either,
    nothing,
    number_of,
    same,
    sure,
    valued,
    when_known,
)
from .texts import Texts

# A field that may be unknown: those of which rules ask whether they are known.
Optional: TypeAlias = Collection[tuple[type[Fact], str]]


# The least and the greatest that a fact adds to a sum; None: there is no such bound.
Span: TypeAlias = tuple["Fraction | None", "Fraction | None"]


@frozen
class Pattern:
    """How the members of a group answer: whether each question certainly holds of them, and
    certainly does not; the place of each date, such as the period in which it is; and between
    what lies that which each adds to every sum. One that is `alone` stands for a single fact."""

    rails: tuple[tuple[bool, bool], ...]
    places: tuple[int, ...]
    spans: tuple[Span, ...] = ()
    alone: bool = False

    def spread(self) -> Iterator[Pattern]:
        """The same facts by what they add: as much as they can, as little, or one of them anything
        between. Such facts come to every sum between the least and the greatest of so many."""
        ends = [tuple(dict.fromkeys(end for end in span if end is not None)) for span in self.spans]
        if all(len(set(span)) == 1 for span in self.spans):
            yield self
            return
        for corner in product(*ends):
            yield evolve(self, spans=tuple((end, end) for end in corner))
        for span in self.spans:
            if len(set(span)) > 1:
                yield evolve(self, alone=True)


# Of lists by the way that leads to them, the groups of members that there can be.
Plan: TypeAlias = Mapping["Path", tuple[Pattern, ...]]
Assume: TypeAlias = Callable[[Term], None]
Path: TypeAlias = tuple[object, ...]


class SymbolicFact:
    """A fact of which nothing but its class is said: each field is a term of its own.

    It is one of a `pool`, unless rules speak of it alone. `at` is the way that leads to it. `fixed`
    are the fields of which it is said: their text, or the fact to which they refer.
    """

    def __init__(
        self,
        world: World,
        fact_class: type[Fact],
        name: str,
        at: Path,
        pool: Pool | None = None,
        fixed: Mapping[str, Text | SymbolicFact] | None = None,
    ) -> None:
        self.world = world
        self.fact_class = fact_class
        self.name = name
        self.at = at
        self.pool = pool
        self.number: Term = z3.IntVal(1)
        self.fixed = dict(fixed or {})
        self.fields: dict[tuple[str, int | None], tuple[FieldSpec, Symbol]] = {}

    def field(self, spec: FieldSpec, year: int | None = None) -> Symbol:
        """The value of a field; of one by year, that of a year."""
        found = self.fields.get((spec.name, year))
        if found is None:
            found = self.fields[spec.name, year] = spec, self._made(spec, year)
        return found[1]

    @property
    def asked_by_id(self) -> bool:
        """Whether anything is asked of its id."""
        return "id" in self.fixed or ("id", None) in self.fields

    def id_text(self) -> Text:
        """The id, as a text."""
        found = self.field(fields_of(self.fact_class)["id"])
        assert isinstance(found, Value)
        text: Text = found.term
        return text

    def _made(self, spec: FieldSpec, year: int | None) -> Symbol:
        fixed = self.fixed.get(spec.name)
        if isinstance(fixed, SymbolicFact):
            if fixed.pool is not None:
                self.world.alone(fixed)
            fixed = fixed.id_text()
        if fixed is not None:
            return valued(YES, fixed)
        name = f"{self.name}.{spec.name}" + ("" if year is None else f".{year}")
        known = self._known(spec, name)
        kind, assume = type_of_field(spec), self.world.assume
        if kind == BOOLEAN:
            return when_known(known, z3.Bool(name))
        if kind == TEXT:
            text = Text(z3.Int(f"{name}#"), z3.Int(name))
            self._allow(text, spec)
            return valued(known, text)
        if kind == TEXTS:
            places = self.world.texts.allowed(spec)
            return valued(known, {place: z3.Bool(f"{name}.{place}") for place in places})
        if kind.name == "set":
            assert spec.choices is not None
            return valued(known, tuple(z3.Bool(f"{name}.{each.value}") for each in spec.choices))
        number: Term = z3.Int(name)
        if kind.name == "choice":
            assert spec.choices is not None
            bounds: tuple[Any, ...] = 0, len(list(spec.choices)) - 1, len(list(spec.choices))
        elif spec.kind is Kind.DECIMAL:
            bounds = tuple(
                _steps(spec, each) for each in (spec.minimum, spec.maximum, spec.greatest)
            )
        else:
            told = (spec.minimum, spec.maximum, spec.greatest)
            bounds = tuple(
                number_of(kind, each).as_long() if kind in (DATE, MOMENT) else int(cast(int, each))
                for each in told
            )
        least, most, none = bounds
        within = both(number >= least, number <= most)
        assume(either(within, number == none) if spec.may_be_none else within)
        assert kind != BY_YEAR or year is not None
        if kind == RATIONAL:
            return valued(known, z3.ToReal(number) / 10 ** (spec.places or 0))
        return valued(known, number)

    def _allow(self, text: Text, spec: FieldSpec) -> None:
        """Say what holds of a text of a field."""
        self.world.assume(self.world.texts.possible(text, spec))

    def _known(self, spec: FieldSpec, name: str) -> Term:
        """Whether a field is known; `name` is what its term is called."""
        if (self.fact_class, spec.name) in self.world.optional and not spec.required:
            return z3.Bool(f"{name}?")
        return YES


def _steps(spec: FieldSpec, value: Any) -> int:
    return int(Decimal(value).scaleb(spec.places or 0))


class Pool:
    """A list of related facts: its groups of members, and what is asked of each.

    `questions` are the conditions by which its members are counted, in the order in which they are
    asked; `sums` is what each adds to every sum; `extremes` is how many greatest or least values
    are sought among them. It is `whole` where there are no other members.
    """

    whole: Term = YES

    def __init__(
        self, owner: SymbolicFact | None, of: type[Fact], at: Path, patterns: tuple[Pattern, ...]
    ) -> None:
        self.owner = owner
        self.of = of
        self.at = at
        self.patterns = patterns
        self.members: list[SymbolicFact] = []
        self.questions: dict[object, list[Truth]] = {}
        self.places: dict[object, list[Term]] = {}
        self.sums: dict[object, list[Term]] = {}
        self.steps: dict[object, int] = {}
        self.extremes = 0
        self._totals: dict[tuple[object, int], Term] = {}

    def ask(self, what: object, member: SymbolicFact, truth: Truth) -> Truth:
        """Note a question to a member; the answer, where the group is one that has it."""
        place = self.members.index(member)
        asked = self.questions.setdefault(what, [])
        if len(asked) == place:
            asked.append(truth)
        if place >= len(self.patterns):
            return truth
        number = list(self.questions).index(what)
        holds, fails = self.patterns[place].rails[number]
        return Truth(YES if holds else NO, YES if fails else NO)

    def ask_place(self, what: object, member: SymbolicFact, term: Callable[[], Term]) -> Term:
        """Note which place a member has in something; the place, where its group has one."""
        place = self.members.index(member)
        asked = self.places.setdefault(what, [])
        if len(asked) == place:
            number = list(self.places).index(what)
            planned = place < len(self.patterns)
            asked.append(z3.IntVal(self.patterns[place].places[number]) if planned else term())
        return asked[place]

    def total(
        self, what: object, member: SymbolicFact, one: Term, steps: int, assume: Assume
    ) -> Term:
        """What the facts of a group add to a sum, where `one` of them adds that; so many of the
        `steps` in which they add make one."""
        place = self.members.index(member)
        found = self._totals.get((what, place))
        if found is None:
            self.steps[what] = steps
            self.sums.setdefault(what, []).append(one)
            number = list(self.sums).index(what)
            if place < len(self.patterns) and not self.patterns[place].alone:
                found = self._together(
                    member, one, self.patterns[place].spans[number], steps, assume
                )
            else:
                assume(member.number <= 1)
                found = z3.If(member.number == 1, one, _like(one, Fraction(0)))
            self._totals[what, place] = found
        return found

    def _together(
        self, member: SymbolicFact, one: Term, span: Span, steps: int, assume: Assume
    ) -> Term:
        low, high = span
        many = as_real(member.number) if z3.is_real(one) else member.number
        if low is not None and low == high:
            assume(z3.Implies(member.number > 0, one == _like(one, low)))
            return many * _like(one, low)
        whole = member.world.fresh("sum")
        found = z3.ToReal(whole) / steps if z3.is_real(one) else whole
        assume(z3.Implies(member.number == 0, whole == 0))
        if low is not None:
            assume(found >= many * _like(one, low))
        if high is not None:
            assume(found <= many * _like(one, high))
        return found


def _like(term: Term, value: Fraction) -> Term:
    """A literal number of the type of a term."""
    if z3.is_real(term):
        return z3.RealVal(f"{value.numerator}/{value.denominator}")
    return z3.IntVal(int(value))


@frozen(eq=False)
class World:
    """Everything that is said to a solver of facts, but for the rules.

    `together` are the classes of which rules ask for more than one list: there is one for all, and
    which facts are in which is asked of each. `groups`: how many groups of members a list has where
    the plan says nothing of it. `any_set`: what the text leaves open may be set to anything.
    """

    texts: Texts
    optional: Optional
    together: frozenset[type[Fact]] = frozenset()
    groups: int = 1
    plan: Plan = field(factory=dict)
    any_set: bool = False
    parameters: dict[str, Symbol] = field(factory=dict, init=False)
    assumptions: list[Term] = field(factory=list, init=False)
    pools: dict[tuple[object, ...], Pool] = field(factory=dict, init=False)
    subjects: dict[Variable, SymbolicFact] = field(factory=dict, init=False)
    referred: dict[tuple[SymbolicFact, str], SymbolicFact] = field(factory=dict, init=False)
    reasons: dict[str, str] = field(factory=dict, init=False)
    days: Days = field(init=False)
    _numbers: Iterator[int] = field(factory=count, init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "days", Days(self.assume, self.fresh))

    def assume(self, formula: Term) -> None:
        """Say what holds of all facts."""
        self.assumptions.append(formula)

    def fresh(self, name: str, of: Callable[[str], Term] = z3.Int) -> Term:
        """A whole number, or what else, of which nothing is said yet.

        Each world numbers its own, so that formulas do not depend on what was asked before.
        """
        return of(f"{name}!{next(self._numbers)}")

    def inexact(self, zh: str, en: str) -> None:
        """Say why what is not found in this world may yet be found among real facts."""
        self.reasons[zh] = en

    def subject(self, variable: Variable) -> SymbolicFact:
        """The fact that rules speak of."""
        found = self.subjects.get(variable)
        if found is None:
            of = variable.fact_class
            found = self.subjects[variable] = SymbolicFact(self, of, of.collection, (of,))
        return found

    def refers(self, fact: SymbolicFact, spec: FieldSpec, fact_class: type[Fact]) -> SymbolicFact:
        """The fact to which another one refers."""
        found = self.referred.get((fact, spec.name))
        if found is None:
            reference = fact.field(spec)
            assert isinstance(reference, Value)
            name, at = f"{fact.name}.{spec.name}.", (*fact.at, spec.name)
            fixed = {"id": reference.term}
            found = SymbolicFact(self, fact_class, name, at, fact.pool, fixed)
            self.referred[fact, spec.name] = found
        return found

    def pool(self, variable: Variable, owner: SymbolicFact | None) -> Pool:
        """The list of related facts over which a variable ranges, or one in which that list is."""
        of, link = variable.fact_class, variable.link
        if of in self.together:
            owner = link = None
        key = of, link, owner
        found = self.pools.get(key)
        if found is not None:
            return found
        at = (*(owner.at if owner is not None else ()), (of, link))
        patterns = self.plan.get(at)
        found = self.pools[key] = Pool(owner, of, at, patterns or ())
        fixed = {} if owner is None or link is None else {link: owner}
        for place in range(self.groups if patterns is None else len(patterns)):
            before = "" if owner is None else f"{owner.name}/"
            name = f"{before}{of.collection}.{link or 'all'}{place}"
            member = SymbolicFact(self, of, name, at, found, fixed)
            member.number = z3.Int(f"{name}=")
            self.assume(member.number >= 0)
            found.members.append(member)
        # The subject itself is one of all facts of its class.
        found.members += [each for each in self.subjects.values() if each.fact_class is of]
        return found

    def parameter(self, node: Parameter) -> Symbol:
        """A parameter that the text leaves open: unknown, or any where all its values are asked."""
        if not self.any_set:
            return nothing(node.type)
        found = self.parameters.get(node.name)
        if found is None:
            found = self.parameters[node.name] = self.any_value(node) or nothing(node.type)
        return found

    def any_value(self, node: Parameter) -> Symbol | None:
        """One that has some value, whichever; None where these cannot be said.

        A number is not negative.
        """
        name, type_ = f"parameters.{node.name}", node.type
        if type_ == BOOLEAN:
            return sure(z3.Bool(name))
        if type_.name == "set":
            assert type_.choices is not None
            return valued(YES, tuple(z3.Bool(f"{name}.{each.value}") for each in type_.choices))
        if type_ == RATIONAL:
            share = z3.Real(name)
            self.assume(share >= 0)
            return valued(YES, share)
        if type_ not in (INTEGER, DATE):
            return None
        number = z3.Int(name)
        self.assume(number >= 0 if type_ == INTEGER else both(number >= FIRST, number <= LAST))
        return valued(YES, number)

    def alone(self, member: SymbolicFact) -> None:
        """Let a member be one fact, not many that are alike: it is told apart by its id."""
        self.assume(member.number <= 1)
        self.inexact("规则比较关联事实的编号", "the ids of related facts are compared")

    def distinct(self) -> Iterator[Term]:
        """That no two facts of a class have one id, of those whose ids are asked for."""
        listed = [each for pool in self.pools.values() for each in pool.members]
        listed += [*self.subjects.values(), *self.referred.values()]
        asked = [each for each in dict.fromkeys(listed) if each.asked_by_id]
        for one, other in combinations(asked, 2):
            if one.fact_class is other.fact_class:
                if "id" in (*one.fixed, *other.fixed):
                    of = one.fact_class
                    self.inexact(
                        f"引用的{of.zh}可能就是另一条",
                        f"the {of.en} that is referred to may be another one that is asked for",
                    )
                there = both(one.number > 0, other.number > 0)
                yield z3.Implies(there, z3.Not(same(one.id_text(), other.id_text())))
