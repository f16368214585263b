"""How much of the lists that a text speaks of the data have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Any, Protocol, TypeAlias

from attrs import frozen

from ..answers import Standing, Standings, Status, plain
from ..facts import Fact, Facts, Labelled
from ..language import CALENDAR, Cite, Parameter, Regime, RuleSet, WorkCalendar
from ..language.caching import once_for_each
from ..language.expressions import Source
from ..language.lists import ListOfFacts, ListOfNames, ListOfValues, TextList, fact_class_of
from ..language.rules import Requirement
from ..language.trees import walk
from .protocol import Engine

# How often each status was found, or each value; None stands for what is not settled.
OnList: TypeAlias = Mapping[Status, int]
Named: TypeAlias = Mapping[Labelled | None, int]


class Extent(Standings):
    """How much of a list there is. None of it is a breach."""

    WHOLE = ("whole", "齐全", "whole", Standing(truth=True, colour="green"))
    SHORT = ("short", "缺少", "short", Standing(truth=False, colour="yellow"))
    OVER = ("over", "超出", "over", Standing(truth=False, colour="yellow"))
    OPEN = ("open", "未定", "open", Standing(truth=None, colour="magenta", open=True))


@frozen(kw_only=True)
class ListCoverage:
    """How much of one list the data have; `classes` are those of the facts that it matters to.

    Of a list of facts, `expected` is how many the text says there are, `found` how many are
    certainly on it, and `undetermined` of how many it is not known whether they are. `partial` says
    that there may be other facts of the class: then nobody knows how many more are on it.

    Of facts that the text names, and of values that are set, `there` are those that are found,
    `missing` those that are not (of a calendar, years), `repeated` the names of several facts.
    """

    list: TextList
    extent: Extent
    classes: tuple[type[Fact], ...]
    expected: int | None = None
    found: int = 0
    undetermined: int = 0
    partial: bool = False
    there: tuple[Any, ...] = ()
    missing: tuple[Any, ...] = ()
    repeated: tuple[Any, ...] = ()

    @property
    def cite(self) -> Cite:
        """The sentence that speaks of the list."""
        return self.list.cite

    @property
    def zh(self) -> str:
        """What it is a list of, in Chinese."""
        return self.list.zh

    @property
    def en(self) -> str:
        """What it is a list of, in English."""
        return self.list.en

    @property
    def fact_class(self) -> type[Fact] | None:
        """The class of the facts that are on it; None of a list of values."""
        return fact_class_of(self.list)

    @property
    def parameter(self) -> str | None:
        """The name of the parameter that holds what is on it; None of a list of facts."""
        return self.list.parameter.name if isinstance(self.list, ListOfValues) else None

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it, with all its keys."""
        return {
            "cite": str(self.cite),
            "collection": self.fact_class.collection if self.fact_class else None,
            "parameter": self.parameter,
            "extent": str(self.extent),
            "expected": self.expected,
            "found": self.found,
            "undetermined": self.undetermined,
            "partial": self.partial,
            "there": list(map(plain, self.there)),
            "missing": list(map(plain, self.missing)),
            "repeated": list(map(plain, self.repeated)),
            "zh": self.zh,
            "en": self.en,
        }


class Counting(Protocol):
    """What counts facts for lists: one for documents, one for tables."""

    def is_whole(self, fact_class: type[Fact]) -> bool:
        """Whether there are no other facts of a class."""

    def on_list(self, duty: Requirement) -> OnList:
        """How many facts have which status under the duty to be on a list."""

    def named(self, of: ListOfNames) -> Named:
        """How many facts have which name; None: that is not settled."""


def coverages(regime: Regime, counting: Counting) -> tuple[ListCoverage, ...]:
    """How much there is of each list of which the text speaks on the policy's date."""
    if not regime.in_force:
        return ()
    listed = (each for each in regime.rules.lists if _holds(regime, each))
    return tuple(_coverage(regime, counting, each) for each in listed)


def _holds(regime: Regime, listed: TextList) -> bool:
    """Whether the text still speaks of a list: some rule of its sentence holds, or it has none."""
    sentence = listed.cite.of_sentence
    rules = [each for each in _sources(regime.rules) if each.cite.of_sentence == sentence]
    return not rules or any(map(regime.holds, rules))


def _sources(rules: RuleSet) -> Iterator[Source]:
    yield from rules.rules
    for definition in rules.definitions.values():
        yield from definition.outcomes()


def coverages_of_facts(engine: Engine, regime: Regime, facts: Facts) -> tuple[ListCoverage, ...]:
    """How much of each list some facts have."""
    return coverages(regime, _InFacts(engine, facts))


@frozen
class _InFacts:
    engine: Engine
    facts: Facts

    def is_whole(self, fact_class: type[Fact]) -> bool:
        return self.facts.is_complete(fact_class)

    def on_list(self, duty: Requirement) -> OnList:
        judge = self.engine.auditor(duty.subject.fact_class, [duty])
        each = self.facts.all(duty.subject.fact_class)
        return Counter(finding.status for fact in each for finding in judge(fact, self.facts))

    def named(self, of: ListOfNames) -> Named:
        fact_class = of.definition.subject.fact_class
        decide = self.engine.decider(fact_class, of.definition.name)
        return Counter(decide(fact, self.facts).value for fact in self.facts.all(fact_class))


def _coverage(regime: Regime, counting: Counting, listed: TextList) -> ListCoverage:
    match listed:
        case ListOfFacts():
            return _of_facts(regime, counting, listed)
        case ListOfNames():
            return _of_names(counting, listed)
        case ListOfValues():  # pragma: no branch - the match is exhaustive
            return _of_values(regime, listed)


_UNSETTLED = (Status.UNDETERMINED, Status.CONFLICT)


def _of_facts(regime: Regime, counting: Counting, listed: ListOfFacts) -> ListCoverage:
    fact_class = listed.duty.subject.fact_class
    partial = not counting.is_whole(fact_class)
    statuses = counting.on_list(listed.duty)
    found = statuses.get(Status.SATISFIED, 0)
    undetermined = sum(statuses.get(each, 0) for each in _UNSETTLED)
    expected = regime.value(listed.number)
    return ListCoverage(
        list=listed,
        extent=_extent(found, None if partial else found + undetermined, expected),
        classes=(fact_class,),
        expected=expected,
        found=found,
        undetermined=undetermined,
        partial=partial,
    )


def _extent(low: int, high: int | None, expected: int | None) -> Extent:
    """How a number between two bounds stands to the one that is expected; None: not known."""
    if expected is None:
        return Extent.OPEN
    if low > expected:
        return Extent.OVER
    if high is None or low < high:
        return Extent.SHORT if high is not None and high < expected else Extent.OPEN
    return Extent.WHOLE if low == expected else Extent.SHORT


def _of_names(counting: Counting, listed: ListOfNames) -> ListCoverage:
    fact_class = listed.definition.subject.fact_class
    partial = not counting.is_whole(fact_class)
    named = counting.named(listed)
    there = tuple(name for name in listed.names if named.get(name))
    missing = tuple(name for name in listed.names if name not in there)
    repeated = tuple(name for name in there if named[name] > 1)
    undetermined = named.get(None, 0)
    if repeated:
        extent = Extent.OVER
    elif not missing:
        extent = Extent.WHOLE
    else:
        extent = Extent.OPEN if partial or undetermined else Extent.SHORT
    return ListCoverage(
        list=listed,
        extent=extent,
        classes=(fact_class,),
        expected=len(listed.names),
        found=len(there),
        undetermined=undetermined,
        partial=partial,
        there=there,
        missing=missing,
        repeated=repeated,
    )


def _of_values(regime: Regime, listed: ListOfValues) -> ListCoverage:
    value = regime.value(listed.parameter)
    if listed.parameter.type == CALENDAR:
        known = value.years if isinstance(value, WorkCalendar) else frozenset()
        asked = range(regime.rules.directive.in_force_from.year, regime.as_of.year + 1)
        there, missing = tuple(sorted(known)), tuple(y for y in asked if y not in known)
    else:
        there, missing = _in_order(value or ()), ()
    return ListCoverage(
        list=listed,
        extent=Extent.OPEN if value is None or missing else Extent.WHOLE,
        classes=_readers(regime.rules).get(listed.parameter.name, ()),
        found=len(there),
        there=there,
        missing=missing,
    )


def _in_order(values: Collection[Any]) -> tuple[Any, ...]:
    """The members of a set in a fixed order."""
    choices = next((type(each) for each in values if isinstance(each, Labelled)), None)
    return tuple(sorted(values) if choices is None else (c for c in choices if c in values))


@once_for_each
def _readers(rules: RuleSet) -> Mapping[str, tuple[type[Fact], ...]]:
    """The classes of facts whose rules read each parameter that holds a list."""
    wanted = {each.parameter.name for each in rules.lists if isinstance(each, ListOfValues)}
    found: dict[str, dict[type[Fact], None]] = {}
    for rule in (*rules.rules, *rules.definitions.values()):
        for part in rules.parts(rule):
            for node in walk(part):
                if isinstance(node, Parameter) and node.name in wanted:
                    found.setdefault(node.name, {})[rule.subject.fact_class] = None
    return {name: tuple(classes) for name, classes in found.items()}
