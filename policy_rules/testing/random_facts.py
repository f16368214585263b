"""Random facts around a directive: related, partly unknown, in lists that may be partial."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final, TypeVar

from attrs import field, frozen

from ..facts import Attestation, Exemption, Fact, Facts, Kind, fields_of, known_fields
from ..language import BOOLEAN, CALENDAR, DATE, RECURRENCE, TEXT, RuleSet, Type
from ..language.expressions import Aggregate, at_least
from ..language.rewriting import expressions_of
from ..language.trees import walk
from ..language.types import NUMERIC
from .choosing import Chooser, some_of
from .named_values import (
    CALENDAR_2019,
    CALENDAR_2020,
    RECURRENCES,
    classes_read,
    days_near,
    plain_values,
    values_near,
)

_F = TypeVar("_F", bound=Fact)
_UNKNOWN: Final = (0, 10, 30, 60)
_ANY: Final[Mapping[Type, list[Any]]] = {
    BOOLEAN: [True, False],
    DATE: [date(2019, 9, 15), date(2019, 7, 16)],
    TEXT: ["3503", "x"],
    RECURRENCE: [*RECURRENCES],
    CALENDAR: [CALENDAR_2019, CALENDAR_2020],
}


@frozen
class Setting:
    """What a policy is built with, besides its exemptions."""

    as_of: date
    readings: Mapping[str, str] = field(factory=dict)
    parameters: Mapping[str, object] = field(factory=dict)


def random_setting(choose: Chooser, rules: RuleSet) -> Setting:
    """A date near those on which the rules change, and any readings and parameters."""
    as_of = choose.pick(days_near(rules))
    readings = {
        name: choose.pick(reading.options).name
        for name, reading in rules.readings.items()
        if choose.chance(40)
    }
    parameters = {
        name: value
        for name in rules.parameters
        if choose.chance(25)
        for value in [random_parameter(choose, rules, name)]
        if value is not None
    }
    return Setting(as_of, readings, parameters)


def random_parameter(choose: Chooser, rules: RuleSet, name: str) -> object:
    """A value near those that a parameter has, or any of its type; None where none is known."""
    parameter = rules.parameters[name]
    values = [value for _, value in parameter.values]
    if parameter.type not in NUMERIC:
        values += _ANY.get(parameter.type, [])
        if parameter.type.name == "set" and parameter.type.choices is not None:
            values.append(frozenset(some_of(choose, list(parameter.type.choices), 50)))
        return choose.pick(values) if values else None
    least = next((bound for bound in (1, 0) if at_least(parameter, bound)), -1)
    near = [value + step for value in values for step in (0, 1, -1)] or [1, 0, 2, 3, 5]
    return choose.pick([value for value in near if value >= least])


def random_fact(
    choose: Chooser,
    fact_class: type[_F],
    id_: str,
    values: Mapping[str, Sequence[Any]],
    *,
    unknown: int = 0,
    references: Mapping[str, Sequence[str]] | None = None,
) -> _F:
    """A fact of a class: each field unknown in so many cases of a hundred, else one of its values.

    `references` gives the ids that each reference can name; without any it stays unknown.
    """
    given: dict[str, Any] = {"id": id_}
    for name, spec in fields_of(fact_class).items():
        if spec.kind is Kind.ID or (not spec.required and unknown and choose.chance(unknown)):
            continue
        options = (references or {}).get(name) or values.get(name)
        if options:
            given[name] = choose.pick(options)
    return fact_class(**given)


def random_facts(
    choose: Chooser, rules: RuleSet, as_of: date, *, known: bool = False, most: int = 5
) -> Facts:
    """Facts of every class that the rules read, linked to each other.

    Fully known (`known`), every field has a value and every list is whole; else some fields are
    unknown and some lists partial. There are up to `most` facts of a class that aggregates range
    over, and up to two of others.
    """
    unknown = 0 if known else choose.pick(_UNKNOWN)
    classes = classes_read(rules)
    many = _ranged_over(rules)
    ids = {
        each: _ids(each, choose.number(0, most) if each in many else choose.number(0, 2))
        for each in classes
    }
    complete = classes if known else tuple(some_of(choose, classes, 50))
    values = values_near(rules, as_of)
    facts = [
        random_fact(
            choose, fact_class, id_, _of_class(values, fact_class), unknown=unknown,
            references=references(fact_class, ids, complete),
        )
        for fact_class in classes
        for id_ in ids[fact_class]
    ]  # fmt: skip
    return container([fitting(choose, rules, fact, ids, complete) for fact in facts], complete)


def fitting(
    choose: Chooser,
    rules: RuleSet,
    fact: Fact,
    ids: Mapping[type[Fact], Sequence[str]],
    complete: Iterable[type[Fact]] = (),
) -> Fact:
    """A fact, or where it is an attestation that would hit nothing, one that can hit something."""
    if not isinstance(fact, Attestation):
        return fact
    known = known_fields(fact)
    able = [cite for cite, of in rules.attested.items() if ids.get(of) or of not in complete]
    if fact.cite is None or not able:
        # Of what is not said, nothing can be said to hold or not.
        return Attestation(**{**known, "cite": None, "holds": None})
    cite = fact.cite if fact.cite in able else choose.pick(able)
    there = ids.get(rules.attested[cite]) or ["elsewhere1", "elsewhere2"]
    if fact.subject_id not in (there if fact.holds is not None else [None, *there]):
        known["subject_id"] = choose.pick(there)
    return Attestation(**{**known, "cite": cite})


def values_of(rules: RuleSet, fact_class: type[Fact], as_of: date) -> dict[str, tuple[Any, ...]]:
    """The values to try in each field of a class, whether the rules read it or not."""
    found = _of_class(values_near(rules, as_of), fact_class)
    return found or plain_values(fact_class, as_of)


def _of_class(
    values: Mapping[tuple[type[Fact], str], tuple[Any, ...]], fact_class: type[Fact]
) -> dict[str, tuple[Any, ...]]:
    return {name: of for (each, name), of in values.items() if each is fact_class}


def references(
    fact_class: type[Fact],
    ids: Mapping[type[Fact], Sequence[str]],
    complete: Iterable[type[Fact]] = (),
) -> dict[str, list[str]]:
    """The ids that each reference of a class can name, and texts that can hold an id."""
    whole = {each.collection for each in complete}
    by_collection = {each.collection: list(of) for each, of in ids.items()}
    everything = [id_ for of in ids.values() for id_ in of]
    found = {}
    for name, spec in fields_of(fact_class).items():
        if spec.kind is Kind.REFERENCE and spec.target is not None:
            there = by_collection.get(spec.target)
            if there or spec.target not in whole:
                found[name] = there or ["elsewhere1", "elsewhere2"]
                if spec.may_be_empty:
                    found[name] = [*found[name], ""]
        elif spec.kind is Kind.TEXT and name.endswith("_id"):
            found[name] = [*everything, "elsewhere1"]
    return found


def _ids(fact_class: type[Fact], number: int) -> list[str]:
    return [f"{fact_class.collection[0].upper()}{place}" for place in range(1, number + 1)]


def _ranged_over(rules: RuleSet) -> set[type[Fact]]:
    return {Attestation} | {
        node.member.fact_class
        for provision in (*rules.rules, *rules.definitions.values())
        for part in expressions_of(provision)
        for node in walk(part)
        if isinstance(node, Aggregate)
    }


def container(facts: Iterable[Fact], complete: Iterable[type[Fact]] = ()) -> Facts:
    """The facts, each in the list of its class."""
    lists: dict[str, list[Fact]] = {}
    for fact in facts:
        lists.setdefault(fact.collection, []).append(fact)
    given: dict[str, Any] = lists
    return Facts(**given, complete=tuple(complete))


def random_exemptions(
    choose: Chooser, rules: RuleSet, facts: Facts, as_of: date
) -> tuple[Exemption, ...]:
    """Exemptions of some of the facts from some in-principle rules, some of them out of date."""
    keys = {
        cite: [fact.key for fact in facts.all(cls)]
        for cite, cls in sorted(rules.in_principle().items())
        if facts.all(cls)
    }
    days: list[date | None] = [None, None, as_of, *days_near(rules)]
    drawn = []
    for place, cite in enumerate(some_of(choose, [*keys] * 2, 30)):
        since, until = choose.pick(days), choose.pick(days)
        if since is not None and until is not None:
            since, until = min(since, until), max(since, until)
        drawn.append(
            Exemption(
                id=f"E{place}",
                cite=str(choose.pick([cite, cite.of_sentence])),
                subject=choose.pick(keys[cite]),
                valid_from=since,
                valid_until=until,
            )
        )
    return tuple(drawn)
