"""Learning: facts that say more than others did, and contradict nothing that these said."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from attrs import evolve

import policy_rules as pr
from policy_rules.engines.conditions import finding_conditions
from policy_rules.engines.evaluator import Scope, bounds
from policy_rules.facts import Fact, Kind, fields_of, loaded_classes
from policy_rules.facts.fields import known_fields
from policy_rules.language import RuleSet, WorkCalendar
from policy_rules.language.attestations import faults_of_attestations
from policy_rules.language.expressions import Aggregate, Attribute, FirstKnown, IsKnown, Node
from policy_rules.language.ranges import ranged
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.rules import Requirement
from policy_rules.language.trees import walk
from policy_rules.policy import Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.random_facts import (
    Setting,
    container,
    random_fact,
    random_parameter,
    references,
    values_of,
)


def learned(choose: Chooser, policy: Policy, facts: pr.Facts, percent: int) -> pr.Facts:
    """The same facts with some fields made known, some lists whole, and some facts added to them.

    Attestations are left alone: a later one is not more of the same, it supersedes. So are fields
    of which a rule asks whether they are known, and numbers that would belie a list; and a list
    that outweighs a number once it is whole and known is not made so.
    """
    rules, as_of = policy.rules, policy.as_of
    classes = [each for each in facts.classes() if each is not pr.Attestation]
    outweighing = _outweighing(rules)
    ids = {each: [fact.id for fact in facts.all(each)] for each in facts.classes()}
    new = {each: named for each, named in _named(rules, facts).items() if choose.chance(percent)}
    for each in classes:
        if not facts.is_complete(each) and choose.chance(percent):
            new[each] = [f"{each.collection}-new"]
    for each, named in new.items():
        ids[each] = [*ids.get(each, []), *named]
    added = [
        random_fact(
            choose, each, id_, values_of(rules, each, as_of), unknown=40,
            references=references(each, ids, _whole(rules, facts)),
        )
        for each, named in new.items()
        for id_ in named
    ]  # fmt: skip
    complete = {*_whole(rules, facts), *(each for each in classes if choose.chance(percent))}
    complete -= outweighing - _whole(rules, facts)
    asked = _asked_whether_known(rules)
    changed: list[Fact] = []
    for fact in facts:
        values = _values(choose, rules, as_of, fact, ids, complete)
        for name, low, high in _stand_for_lists(policy, facts, fact):
            if low is None:
                low = 0 if high is None else high - 2
            values[name] = range(low, low + 3 if high is None else high + 1)
        names = [name for name in _unknown(fact) if choose.chance(percent)]
        names = [name for name in names if (type(fact), name) not in asked]
        if type(fact) in outweighing and type(fact) in complete:
            names = []
        changed.append(
            fact if isinstance(fact, pr.Attestation) else _with_known(choose, fact, names, values)
        )
    return container([*changed, *added], complete)


def _named(rules: RuleSet, facts: pr.Facts) -> dict[type[Fact], list[str]]:
    """The ids by which facts refer to others of which none is given."""
    by_collection = {each.collection: each for each in _classes(rules, facts)}
    found: dict[type[Fact], set[str]] = {}
    for fact in facts:
        for name, spec in fields_of(type(fact)).items():
            target = by_collection.get(spec.target or "")
            id_ = getattr(fact, name)
            if target is not None and id_ is not None and not facts.all(target):
                found.setdefault(target, set()).add(id_)
        if isinstance(fact, pr.Attestation) and fact.cite is not None:
            target = rules.attested[fact.cite]
            if fact.subject_id is not None and not facts.all(target):
                found.setdefault(target, set()).add(fact.subject_id)
    return {each: sorted(of) for each, of in found.items()}


def _asked_whether_known(rules: RuleSet) -> set[tuple[type[Fact], str]]:
    """The fields that rules ask to be known: to learn one can reverse an answer."""
    return {
        (part.of.fact_class, part.spec.name)
        for rule in (*rules.rules, *rules.definitions.values())
        for expression in expressions_of(rule)
        for node in walk(expression)
        if isinstance(node, IsKnown)
        for part in walk(node.item)
        if isinstance(part, Attribute)
    }


def _outweighing(rules: RuleSet) -> set[type[Fact]]:
    """The classes whose lists outweigh something else where they are whole."""
    return {
        part.member.fact_class
        for rule in (*rules.rules, *rules.definitions.values())
        for expression in expressions_of(rule)
        for node in walk(expression)
        if isinstance(node, FirstKnown)
        for part in walk(node.first)
        if isinstance(part, Aggregate)
    }


def _stand_for_lists(
    policy: Policy, facts: pr.Facts, fact: Fact
) -> Iterator[tuple[str, int | None, int | None]]:
    """The numbers that are used instead of a list, and what they may be so that they agree."""
    for node in (node for part in _counted(policy) for node in walk(part)):
        if isinstance(node, FirstKnown) and isinstance(node.first, Attribute):
            of = node.first.of
            if of.fact_class is type(fact) and ranged(node.second):
                scope = Scope(policy.regime, facts, policy.exemption_index, {of: fact})
                low, high = bounds(node.second, scope) or (None, None)
                yield node.first.spec.name, low, high


def _counted(policy: Policy) -> Iterator[Node]:
    """The expressions of the rules as they stand on the date by which facts count."""
    for rule in (*policy.rules.rules, *policy.rules.definitions.values()):
        if isinstance(rule, Requirement):
            yield finding_conditions(policy.regime, rule).must
        else:
            yield from expressions_of(rule)


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
        elif head == "parameters" and "." in name:
            of, _, year = name.partition(".")
            known = parameters.get(of, rules.parameters[of].at(setting.as_of))
            around = range(max(1900, int(year) - 5), min(2200, int(year) + 6))
            if known is None:
                known = WorkCalendar(years=around, off=())
            assert isinstance(known, WorkCalendar)
            parameters[of] = evolve(known, years={*known.years, *around})
        elif head == "parameters":
            parameters[name] = random_parameter(choose, rules, name)
        else:
            wanted.setdefault(head, set()).add(name.partition(".")[0])
    missing = {key.partition("/")[0] for key in wanted} - facts.collections.keys()
    new = {each: of for each, of in _named(rules, facts).items() if each.collection in missing}
    if complete & new.keys():
        return None  # a list cannot be whole without facts that are referred to
    ids = {each: [fact.id for fact in facts.all(each)] for each in facts.classes()}
    ids.update(new)
    given = []
    bare = [random_fact(choose, each, id_, {}) for each, named in new.items() for id_ in named]
    for fact in (*facts, *bare):
        values = _values(choose, rules, setting.as_of, fact, ids, complete)
        names = values if fact in bare else wanted.get(fact.key, ())
        given.append(_with_known(choose, fact, sorted(names), values))
    by_key = {fact.key: fact for fact in given}
    if any(getattr(by_key[key], name) is None for key, names in wanted.items() for name in names):
        return None
    # A list cannot be whole while another fact, or an attestation, names one that is not on it.
    try:
        whole = container(given, complete)
    except pr.FactError:
        return None
    if faults_of_attestations(rules, whole):
        return None
    return Setting(setting.as_of, setting.readings, parameters), whole


def _classes(rules: RuleSet, facts: pr.Facts) -> set[type[Fact]]:
    return {*rules.directive.fact_classes, *loaded_classes(), *facts.classes()}


def _whole(rules: RuleSet, facts: pr.Facts) -> set[type[Fact]]:
    return {each for each in _classes(rules, facts) if facts.is_complete(each)}


def _unknown(fact: Fact) -> list[str]:
    """The fields of which something is unknown: those by year can always gain one."""
    return [
        name
        for name, spec in fields_of(type(fact)).items()
        if getattr(fact, name) is None or spec.kind is Kind.BY_YEAR
    ]


def _values(
    choose: Chooser,
    rules: RuleSet,
    as_of: date,
    fact: Fact,
    ids: Mapping[type[Fact], list[str]],
    complete: Iterable[type[Fact]],
) -> dict[str, Sequence[Any]]:
    """What each field of a fact can become known to be; a list that is whole and empty has none."""
    found: dict[str, Sequence[Any]] = {**values_of(rules, type(fact), as_of)}
    found.update(references(type(fact), ids, complete))
    for name, spec in fields_of(type(fact)).items():
        if spec.kind is Kind.BY_YEAR:
            assert isinstance(spec.minimum, int)
            years = {as_of.year + of: spec.minimum + choose.number(0, 3) for of in range(-4, 1)}
            found[name] = [{**years, **(getattr(fact, name) or {})}]
    return found


def _with_known(
    choose: Chooser, fact: Fact, names: Iterable[str], values: Mapping[str, Sequence[Any]]
) -> Fact:
    given = known_fields(fact)
    given.update({name: choose.pick(values[name]) for name in names if values.get(name)})
    return type(fact)(**given)
