"""The values worth trying in each field: those near the bounds that the rules themselves name.

Nothing is written twice: a comparison in a rule says which fields it reads and which constants and
parameters it holds them against, and the values around those are the ones that tell `>=` from `>`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import lru_cache
from itertools import combinations
from math import floor
from typing import Any, Final

from dateutil.relativedelta import relativedelta

from ..facts import Attestation, Fact, FieldSpec, Kind, Labelled, fields_of
from ..language import DEADLINE, Recurrence, RuleSet, WorkCalendar
from ..language.expressions import (
    AllStartWith,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Definition,
    Derived,
    EndsWith,
    Held,
    InYear,
    NamedIn,
    Node,
    Overlaps,
    Parameter,
    RecurrenceLess,
    SomeStartWith,
    StartsWith,
    Subset,
    Variable,
)
from ..language.rewriting import expressions_of
from ..language.rules import AttestationRule, Requirement, Rule
from ..language.substitution import rewritten
from ..language.trees import children, variables, walk

Field = tuple[type[Fact], str]
_DAY: Final = timedelta(days=1)
_HELD_AGAINST: Final = (
    Comparison
    | Contains
    | Subset
    | Overlaps
    | AllStartWith
    | SomeStartWith
    | StartsWith
    | EndsWith
    | NamedIn
)
_FEW: Final = (0, 1, 2, 3, 5)
# How often something may have to happen; long periods first, since few facts can meet those.
RECURRENCES: Final = tuple(
    Recurrence(rule)
    for rule in ("FREQ=MONTHLY;INTERVAL=3", "FREQ=YEARLY", "FREQ=MONTHLY", "FREQ=WEEKLY;BYDAY=MO")
)
# The days off of two years and the weekend days worked for them, as China announced a part of them.
_OFF: Final = (
    date(2019, 9, 13), *(date(2019, 10, day) for day in range(1, 8)), date(2020, 1, 1),
    *(date(2020, 1, day) for day in range(24, 31)),
)  # fmt: skip
_WORKED: Final = (date(2019, 9, 29), date(2019, 10, 12), date(2020, 1, 19))
CALENDAR_2019, CALENDAR_2020 = (
    WorkCalendar(
        years,
        [day for day in _OFF if day.year in years],
        [day for day in _WORKED if day.year in years],
    )
    for years in ({2019}, {2019, 2020})
)


@lru_cache(maxsize=256)
def values_near(rules: RuleSet, as_of: date) -> Mapping[Field, tuple[Any, ...]]:
    """The values to try in each field of each class that the rules read, simplest first.

    References have none here: what they can name depends on the facts around them.
    """
    named, years = _named(rules)
    happened = _days_of_periods(rules, as_of)
    return {
        (fact_class, name): (
            *_candidates(spec, named[fact_class, name], years, as_of),
            *([spec.none] if spec.may_be_none else []),
            *4 * sorted(happened[fact_class, name]),  # so often that periods have their events
        )
        for fact_class in classes_read(rules)
        for name, spec in fields_of(fact_class).items()
        if spec.kind not in (Kind.ID, Kind.REFERENCE)
    }


def plain_values(fact_class: type[Fact], as_of: date) -> dict[str, tuple[Any, ...]]:
    """The values to try in each field of a class of which no rules are given."""
    return {
        name: (*_candidates(spec, (), {0, -1}, as_of), *([spec.none] if spec.may_be_none else []))
        for name, spec in fields_of(fact_class).items()
        if spec.kind not in (Kind.ID, Kind.REFERENCE)
    }


def days_near(rules: RuleSet) -> tuple[date, ...]:
    """The dates as of which to ask: around those on which the rules change."""
    directive = rules.directive
    turns = {
        directive.issued,
        directive.in_force_from,
        directive.in_force_until or directive.issued,
    }
    for rule in (*rules.rules, *rules.definitions.values()):
        for part in rules.parts(rule):
            for node in walk(part):
                if isinstance(node, Parameter):
                    turns.update(since for since, _ in node.values if since is not None)
                    turns.update(value for _, value in node.values if type(value) is date)
    later = directive.in_force_from + relativedelta(months=2)
    around = {day + offset * _DAY for day in turns for offset in (-1, 0, 1)}
    # By the later of these, quarters and whole years have passed in which things recur.
    others = {later + relativedelta(months=months) for months in (4, 8, 24)}
    others |= {later.replace(month=12, day=31), date(2020, 2, 29)}
    return (later, *sorted(around | others))


@lru_cache(maxsize=256)
def classes_read(rules: RuleSet) -> tuple[type[Fact], ...]:
    """The classes of the facts that the rules speak of, in a fixed order."""
    found: set[type[Fact]] = set()
    for provision in (*rules.rules, *rules.definitions.values()):
        found.add(provision.subject.fact_class)
        if isinstance(provision, AttestationRule):
            found.add(Attestation)
        for part in expressions_of(provision):
            for node in walk(part):
                for variable in variables(node):
                    found.update(_class_of(variable))
    return tuple(sorted(found, key=lambda each: each.collection))


def _class_of(variable: object) -> Iterator[type[Fact]]:
    while isinstance(variable, Variable):
        yield variable.fact_class
        variable = variable.of


def _named(rules: RuleSet) -> tuple[defaultdict[Field, set[Any]], set[int]]:
    """What each field is held against, and the offsets of the years that are read."""
    named: defaultdict[Field, set[Any]] = defaultdict(set)
    years = {0}
    for rule in (*rules.rules, *rules.definitions.values()):
        if isinstance(rule, AttestationRule):
            named[Attestation, "cite"].add(str(rule.cite))
        for part in _parts(rule):
            for node in walk(part):
                if isinstance(node, InYear):
                    years.add(node.offset)
                if isinstance(node, _HELD_AGAINST):
                    fields, values = _held_together(node, rules)
                    for field in fields:
                        named[field] |= values
    return named, years


def _parts(rule: Rule | Definition) -> Iterator[Node]:
    """The expressions of a rule, with what is due in the place of the deadline."""
    due = rule.due if isinstance(rule, Requirement) else None
    for part in expressions_of(rule):
        yield rewritten(part, lambda node: due if node is DEADLINE else None)


def _days_of_periods(rules: RuleSet, as_of: date) -> defaultdict[Field, set[date]]:
    """For the dates of what recurs: the first and last days of the periods that ended last."""
    found: defaultdict[Field, set[date]] = defaultdict(set)
    for rule in (*rules.rules, *rules.definitions.values()):
        for node in (node for part in expressions_of(rule) for node in walk(part)):
            if not isinstance(node, Held):
                continue
            days = {day for every in _recurrences(node.every) for day in _ends(every, as_of)}
            for read in walk(node.on):
                if isinstance(read, Attribute) and read.spec.kind is Kind.DATE:
                    found[read.of.fact_class, read.spec.name] |= days
    return found


def _recurrences(every: Constant | Parameter | RecurrenceLess) -> Iterable[Recurrence]:
    if isinstance(every, RecurrenceLess):
        return _recurrences(every.every)
    if isinstance(every, Constant):
        return [every.value]
    return [value for _, value in every.values] or RECURRENCES


@lru_cache(maxsize=256)
def _ends(every: Recurrence, as_of: date) -> frozenset[date]:
    ended = [*every.periods(as_of - relativedelta(years=1), as_of - _DAY)]
    return frozenset(day for period in ended[-4:] for day in (period.first, period.last))


def _held_together(node: Node, rules: RuleSet) -> tuple[set[Field], set[Any]]:
    """The fields and the values on both sides of a comparison, also through definitions."""
    fields: set[Field] = set()
    values: set[Any] = set()
    waiting, seen = [node], set()
    while waiting:
        each = waiting.pop()
        waiting.extend(children(each))
        match each:
            case Attribute():
                fields.add((each.of.fact_class, each.spec.name))
            case Constant():
                values.add(each.value)
            case Parameter():
                values.update(value for _, value in each.values)
            case Derived() if each.definition not in seen:
                seen.add(each.definition)
                waiting.extend(rule.value for rule in rules.definition(each).outcomes())
            case _:
                pass
    return fields, values


def _candidates(
    spec: FieldSpec, named: Iterable[Any], years: set[int], as_of: date
) -> Iterable[Any]:
    match spec.kind:
        case Kind.BOOLEAN:
            return (False, True)
        case Kind.INTEGER:
            return _numbers(spec, named)
        case Kind.DECIMAL:
            return _decimals(spec, named)
        case Kind.DATE:
            return _days(named, as_of)
        case Kind.MOMENT:
            midnight = datetime.combine(as_of, time())
            minutes = sorted(value for value in named if type(value) is int and 0 < value <= 600)
            near = [of + step for of in minutes for step in (0, 1, -1)]
            return [midnight + timedelta(minutes=of) for of in (0, -60, 60, 24 * 60, *near)]
        case Kind.CHOICE:
            return tuple(spec.choices or ())
        case Kind.CHOICES:
            return _sets(tuple(spec.choices or ()), named)
        case Kind.CODES:
            return _code_sets(spec, named)
        case Kind.BY_YEAR:
            listed = sorted(as_of.year + offset for offset in years)
            numbers = tuple(_numbers(spec, named))
            whole = [dict.fromkeys(listed, number) for number in numbers]
            return [*whole, {}, *({year: numbers[0]} for year in listed)]
        case _:
            texts = {text for text in named if isinstance(text, str)}
            return [text for text in sorted(texts) if text or spec.may_be_empty] + ["x", "y"]


def _numbers(spec: FieldSpec, named: Iterable[Any]) -> list[int]:
    low, high = spec.minimum, spec.maximum
    assert isinstance(low, int)
    assert isinstance(high, int)
    found = {low + few for few in _FEW}
    for value in named:
        if isinstance(value, Fraction):
            found |= {value.numerator, value.denominator}
        elif type(value) is int:
            found |= {times * value + step for times in (1, 2) for step in (-1, 0, 1)}
    return sorted(number for number in found if low <= number <= high)


def _decimals(spec: FieldSpec, named: Iterable[Any]) -> list[Decimal]:
    low, high, places = spec.minimum, spec.maximum, spec.places
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    assert places is not None
    step = Decimal(1).scaleb(-places)
    found = {low, low + step, low + 1}
    for value in named:
        if type(value) in (int, Fraction):
            near = Decimal(floor(value * 10**places)).scaleb(-places)
            found |= {near - step, near, near + step}
    return sorted(number for number in found if low <= number <= high)


def _days(named: Iterable[Any], as_of: date) -> list[date]:
    turns = {as_of} | {value for value in named if type(value) is date}
    spans = {1, *(value for value in named if type(value) is int and 0 < value <= 100)}
    found = {
        turn + relativedelta(years=sign * span) + step * _DAY
        for turn in turns
        for span in (0, *spans)
        for sign in (-1, 1)
        for step in (-1, 0, 1)
    }
    return sorted(found, key=lambda day: (abs(day - as_of), day))


def _sets(members: tuple[Labelled, ...], named: Iterable[Any]) -> list[frozenset[Any]]:
    if len(members) <= 4:
        sizes = range(len(members) + 1)
        return [frozenset(of) for size in sizes for of in combinations(members, size)]
    found = [frozenset[Any](), frozenset(members), *(frozenset([each]) for each in members)]
    whole = [each for each in named if isinstance(each, frozenset) and each <= set(members)]
    for each in whole or [frozenset(members)]:
        found += [each, *(each - {member} for member in members)]
    return list(dict.fromkeys(found))


def _code_sets(spec: FieldSpec, named: Iterable[Any]) -> list[frozenset[str]]:
    prefixes = sorted(text for text in named if isinstance(text, str))
    others = [text[:-1] + chr(ord(text[-1]) ^ 1) for text in prefixes if text]
    codes = [code for text in (*prefixes, *others, "") for code in _codes(spec, text)]
    codes += [code for each in named if isinstance(each, frozenset) for code in each]
    unlike = list(dict.fromkeys(code for code in codes if _fits(spec, code)))
    pairs = [frozenset(pair) for pair in combinations(unlike, 2)]
    return [frozenset(), *(frozenset([code]) for code in unlike), *pairs]


def _codes(spec: FieldSpec, prefix: str) -> Iterator[str]:
    """The shortest codes with the prefix, as far as a row of one character can make them."""
    for character in "0Aa":
        lengths = (prefix + character * length for length in range(1, 33))
        code = next((code for code in lengths if _fits(spec, code)), None)
        if code is not None:
            yield code
            return


def _fits(spec: FieldSpec, code: object) -> bool:
    return isinstance(code, str) and re.fullmatch(spec.pattern or "", code) is not None
