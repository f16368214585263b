"""Learning: facts that say more than others did, and contradict nothing that these said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import policy_rules as pr
from policy_rules.facts import Fact, Kind, fields_of
from policy_rules.facts.fields import known_fields
from policy_rules.language import RuleSet
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.random_facts import (
    Setting,
    container,
    random_fact,
    random_parameter,
    references,
    values_of,
)


def learned(
    choose: Chooser, rules: RuleSet, as_of: date, facts: pr.Facts, percent: int
) -> pr.Facts:
    """The same facts with some fields made known, some lists whole, and some facts added to them.

    Attestations are left alone: a later one is not more of the same, it supersedes.
    """
    classes = [each for each in facts.classes() if each is not pr.Attestation]
    ids = {each: [fact.id for fact in facts.all(each)] for each in facts.classes()}
    added: list[Fact] = []
    for each in classes:
        if not facts.is_complete(each) and choose.chance(percent):
            id_ = f"{each.collection}-new"
            ids[each].append(id_)
            values = values_of(rules, each, as_of)
            refers = references(each, ids, _whole(rules, facts))
            added.append(random_fact(choose, each, id_, values, unknown=40, references=refers))
    complete = {*_whole(rules, facts), *(each for each in classes if choose.chance(percent))}
    wanted = {
        fact.key: {name for name in _unknown(fact) if choose.chance(percent)} for fact in facts
    }
    changed = [
        fact
        if isinstance(fact, pr.Attestation)
        else _with_known(choose, rules, as_of, facts, fact, wanted[fact.key], ids, complete)
        for fact in facts
    ]
    return container([*changed, *added], complete)


def settled(
    choose: Chooser,
    rules: RuleSet,
    setting: Setting,
    facts: pr.Facts,
    needs: Iterable[str],
) -> tuple[Setting, pr.Facts] | None:
    """The same with every one of the needs given; None where facts that are not there forbid it."""
    by_collection = {each.collection: each for each in _classes(rules, facts)}
    wanted: dict[str, set[str]] = {}
    complete = set(_whole(rules, facts))
    parameters = dict(setting.parameters)
    for need in needs:
        head, _, name = need.partition(".")
        if head == "complete":
            complete.add(by_collection[name])
        elif head == "parameters":
            parameters[name] = random_parameter(choose, rules, name)
        else:
            wanted.setdefault(head, set()).add(name.partition(".")[0])
    ids = {each: [fact.id for fact in facts.all(each)] for each in facts.classes()}
    changed = [
        _with_known(
            choose, rules, setting.as_of, facts, fact, wanted.get(fact.key, set()), ids, complete
        )
        for fact in facts
    ]
    by_key = {fact.key: fact for fact in changed}
    if any(getattr(by_key[key], name) is None for key, names in wanted.items() for name in names):
        return None
    try:
        return Setting(setting.as_of, setting.readings, parameters), container(changed, complete)
    except pr.FactError:  # a list cannot be whole while another fact names one that is not on it
        return None


def _classes(rules: RuleSet, facts: pr.Facts) -> set[type[Fact]]:
    return {*rules.directive.fact_classes, *pr.facts.FACT_CLASSES, *facts.classes()}


def _whole(rules: RuleSet, facts: pr.Facts) -> set[type[Fact]]:
    return {each for each in _classes(rules, facts) if facts.is_complete(each)}


def _unknown(fact: Fact) -> list[str]:
    """The fields of which something is unknown: those by year can always gain one."""
    return [
        name
        for name, spec in fields_of(type(fact)).items()
        if getattr(fact, name) is None or spec.kind is Kind.BY_YEAR
    ]


def _with_known(
    choose: Chooser,
    rules: RuleSet,
    as_of: date,
    facts: pr.Facts,
    fact: Fact,
    names: Iterable[str],
    ids: Mapping[type[Fact], list[str]],
    complete: set[type[Fact]],
) -> Fact:
    cls = type(fact)
    given: dict[str, Any] = known_fields(fact)
    for name in sorted(names):
        spec = fields_of(cls)[name]
        if spec.kind is Kind.BY_YEAR:
            least = spec.minimum
            assert isinstance(least, int)
            years = {as_of.year + of: least + choose.number(0, 3) for of in (-1, 0)}
            given[name] = {**years, **(given.get(name) or {})}
            continue
        options: Sequence[Any] | None = references(cls, ids, complete).get(name)
        options = options or values_of(rules, cls, as_of).get(name)
        if cls is pr.Station and name in ("officers", "community_officers"):
            least, most = _on_the_roster(facts, fact, community=name != "officers")
            options = range(least, least + 3 if most is None else most + 1)
        if options:  # a reference into a list that is whole and empty cannot become known
            given[name] = choose.pick(options)
    return cls(**given)


def _on_the_roster(facts: pr.Facts, station: Fact, *, community: bool) -> tuple[int, int | None]:
    """How many officers the roster allows a station to have, so that its number can agree."""
    sure = possible = 0
    for officer in facts.all(pr.Officer):
        here = (station.id, None)
        role = (pr.Role.COMMUNITY, None) if community else (officer.role, None)
        if officer.station_id in here and officer.role in role:
            possible += 1
            sure += officer.station_id is not None and (not community or officer.role is not None)
    return sure, (possible if facts.is_complete(pr.Officer) else None)
