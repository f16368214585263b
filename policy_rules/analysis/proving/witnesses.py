"""Facts of what a solver found: a document that everything else reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

import z3

from ...facts import Fact, Facts, FieldSpec, Kind, fields_of
from ...facts.linking import references_of
from ...facts.vocabulary import loaded_classes
from .terms import Term, Text, Truth, Value
from .texts import Texts
from .worlds import Pool, SymbolicFact, World

_EPOCH: Final = datetime(1970, 1, 1)


class Values:
    """The values that terms have in what a solver found."""

    def __init__(self, texts: Texts, model: Any) -> None:
        self._texts = texts
        self._model = model

    def of_fields(
        self, fields: Mapping[tuple[str, int | None], tuple[FieldSpec, Truth | Value]]
    ) -> dict[str, Any]:
        """The known values of the fields of a fact, those by year together."""
        given: dict[str, Any] = {}
        for (name, year), (spec, symbol) in fields.items():
            value = self.of_field(spec, symbol)
            if value is None:
                continue
            if year is None:
                given[name] = value
            else:
                given.setdefault(name, {})[year] = value
        return given

    def of_field(self, spec: FieldSpec, symbol: Truth | Value) -> Any:
        """The value of a field, or None where it is not known."""
        if isinstance(symbol, Truth):
            return True if self.holds(symbol.true) else False if self.holds(symbol.false) else None
        if not self.holds(symbol.known):
            return None
        term = symbol.term
        if isinstance(term, Text):
            return self.text(term, spec)
        if isinstance(term, dict):
            classes = self._texts.classes
            has = [place for place, there in term.items() if self.holds(there)]
            return frozenset(classes[place].text(1, spec.pattern) for place in has)
        if isinstance(term, tuple):
            assert spec.choices is not None
            pairs = zip(spec.choices, term, strict=True)
            return frozenset(each for each, there in pairs if self.holds(there))
        return self._scalar(spec, term)

    def _scalar(self, spec: FieldSpec, term: Term) -> Any:
        if spec.kind is Kind.DECIMAL:
            share = self._model.eval(term, model_completion=True).as_fraction()
            value: Any = Decimal(share.numerator) / Decimal(share.denominator)
            return spec.none if spec.may_be_none and value == spec.none else value
        number = self.number(term)
        match spec.kind:
            case Kind.CHOICE:
                assert spec.choices is not None
                listed = list(spec.choices)
                return listed[number] if number < len(listed) else spec.none
            case Kind.DATE:
                day = date.fromordinal(number)
                return spec.none if spec.may_be_none and day == date.max else day
            case Kind.MOMENT:
                moment = _EPOCH + timedelta(seconds=number)
                return spec.none if spec.may_be_none and moment == spec.none else moment
            case _:
                none = spec.none if spec.may_be_none else None
                return none if none is not None and number == int(none) else number

    def text(self, text: Text, spec: FieldSpec | None) -> str:
        """A text, such as its field may hold."""
        of = self._texts.classes[self.number(text.of)]
        pattern = None if spec is None else spec.pattern
        found = of.text(self.number(text.number), pattern)
        assert found is not None, (of, pattern)
        return found

    def holds(self, formula: Term) -> bool:
        """Whether a formula is true."""
        return bool(z3.is_true(self._model.eval(formula, model_completion=True)))

    def number(self, term: Term) -> int:
        """A whole number."""
        return int(self._model.eval(term, model_completion=True).as_long())


class Witness:
    """The facts of a model; `subject` is the one that the question was about.

    `added` are the classes of which a whole list was asked for, and facts had to be added to it,
    since others refer to them.
    """

    def __init__(self, world: World, model: Any) -> None:
        self._world = world
        self._values = Values(world.texts, model)
        self._taken: set[tuple[type[Fact], str]] = set()
        (subject,) = world.subjects.values()
        self.subject = self._made(subject)
        listed = [*self._with_lists(subject, self.subject), *self._others()]
        complete = dict.fromkeys(pool.of for pool in world.pools.values())
        classes: set[type[Fact]] = {subject.fact_class, *complete, *map(type, listed)}
        added = list(self._named_only(listed, {cls.collection: cls for cls in classes}))
        referred = {fact.fact_class for fact in world.referred.values()}
        self.added: set[type[Fact]] = {*map(type, added), *referred} & {*complete}
        listed += added
        self.facts = in_lists(listed, complete)

    def _others(self) -> Iterator[Fact]:
        world = self._world
        for (source, name), fact in world.referred.items():
            if not self._there(source):
                continue
            reference = source.field(fields_of(source.fact_class)[name])
            assert isinstance(reference, Value)
            if self._values.holds(reference.known) and self._values.text(reference.term, None):
                yield from self._with_lists(fact, self._made(fact))
        for pool in world.pools.values():
            if pool.owner is None:
                yield from self._members(pool, None)

    def _with_lists(self, fact: SymbolicFact, made: Fact) -> Iterator[Fact]:
        """A fact, and those of the lists that it has."""
        yield made
        for pool in self._world.pools.values():
            if pool.owner is fact:
                yield from self._members(pool, made)

    def _members(self, pool: Pool, owner: Fact | None) -> Iterator[Fact]:
        """The facts of a list: of each group as many as it has, each with its own lists."""
        for member in pool.members:
            if member.pool is pool:
                for _ in range(self._values.number(member.number)):
                    yield from self._with_lists(member, self._made(member, owner))

    def _there(self, fact: SymbolicFact) -> bool:
        """Whether there is such a fact at all: it may stand for no member, or for one of none."""
        above = fact.pool
        if above is None:
            return True
        owned = above.owner is None or self._there(above.owner)
        return owned and self._values.number(fact.number) > 0

    def _made(self, fact: SymbolicFact, owner: Fact | None = None) -> Fact:
        cls = fact.fact_class
        specs = fields_of(cls)
        given = self._values.of_fields(fact.fields)
        for name, fixed in fact.fixed.items():
            if isinstance(fixed, Text):
                given[name] = self._values.text(fixed, specs[name])
            else:
                assert owner is not None
                given[name] = owner.id
        if "id" not in given:
            given["id"] = self._free(cls)
        self._taken.add((cls, given["id"]))
        for name, spec in specs.items():
            if spec.required and name not in given:
                given[name] = "x"
        return cls(**given)

    def _free(self, cls: type[Fact]) -> str:
        """An id that no other fact of the class has."""
        number = 1
        while (cls, f"{cls.collection}-{number}") in self._taken:
            number += 1
        return f"{cls.collection}-{number}"

    def _named_only(self, listed: list[Fact], there: dict[str, type[Fact]]) -> Iterator[Fact]:
        """What is referred to in lists of which there are some, and not there itself."""
        for fact in listed:
            for name, target in references_of(type(fact)).items():
                id_, cls = getattr(fact, name), there.get(target)
                if id_ and cls is not None and (cls, id_) not in self._taken:
                    self._taken.add((cls, id_))
                    needed = [n for n, spec in fields_of(cls).items() if spec.required]
                    yield cls(**{**dict.fromkeys(needed, "x"), "id": id_})


def in_lists(facts: Iterable[Fact], complete: Iterable[type[Fact]]) -> Facts:
    """The facts in their lists, of which some are whole."""
    shared = loaded_classes()
    lists: dict[str, list[Fact]] = {}
    others = []
    for fact in facts:
        if type(fact) in shared:
            lists.setdefault(fact.collection, []).append(fact)
        else:
            others.append(fact)
    return Facts(others=others, complete=list(complete), **lists)
