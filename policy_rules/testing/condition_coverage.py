"""Masking MC/DC: whether cases show that each part of each condition decides, both ways.

A part of a condition is covered where, in some case that expects an answer that rests on the
condition, the part holds and decides (the condition would come out otherwise without it), and where
in another it does not hold and decides. Parts that decide nothing in a case are masked there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import cast

from attrs import evolve, field, frozen

from ..engines.counting import counted_by, counting_day
from ..engines.evaluator import Scope, evaluate, members
from ..engines.exemptions import Exemptions
from ..engines.kleene import Truth, kleene_all, kleene_not, kleene_or
from ..facts import Fact, Facts
from ..language import Cite, Regime
from ..language.expressions import (
    FALSE,
    TRUE,
    Aggregate,
    AggregateNode,
    And,
    Constant,
    Definition,
    Derived,
    Node,
    Not,
    Noted,
    Or,
    Variable,
)
from ..language.loading import RuleSet
from ..language.logic import conjunction, disjunction, negation
from ..language.rules import Prohibition, Requirement, Rule, Steps, judged
from ..language.trees import children, key, walk
from ..policy import LoadedDirective
from .cases import Case, document_of, regime_of


@frozen(eq=False)
class Tested:
    """A condition of a rule, which is asked where `within` holds; `place` is what it is there, in
    Chinese and in English.

    One on the members of a list is asked of each of them: `lists` are the lists, the outer first.
    """

    provision: Rule | Definition
    cite: Cite
    place: tuple[str, str]
    subject: Variable
    condition: Node
    within: Node = TRUE
    lists: tuple[AggregateNode, ...] = ()

    def holds_in(self, regime: Regime) -> bool:
        """Whether the rule is one of a regime."""
        provision = self.provision
        return isinstance(provision, Definition) or regime.holds(judged(provision))

    def counted(self, node: Node, regime: Regime) -> Node:
        """A condition of the rule with facts counted by the day by which they count for it."""
        if isinstance(self.provision, Definition):
            return node
        rule = judged(self.provision)
        if isinstance(rule, Requirement):
            return counted_by(node, counting_day(regime, rule))
        return counted_by(node, regime.as_of)


@frozen
class Obligation:
    """That a part of a condition decides where it holds, or where it does not."""

    of: Tested = field(eq=False)
    part: Node = field(eq=False)
    holds: bool = field(eq=False)
    identity: tuple[object, ...] = field(init=False, repr=False)

    def __attrs_post_init__(self) -> None:
        of = self.of
        identity = id(of), key(self.part), self.holds
        object.__setattr__(self, "identity", identity)

    def __str__(self) -> str:
        holds = "holds" if self.holds else "does not hold"
        return f"{self.of.cite}: {self.of.place[1]}: {self.part} {holds} and decides"


def obligations(rules: RuleSet) -> Iterator[Obligation]:
    """All that cases of a directive owe, in the order of the text."""
    for tested in tested_conditions(rules):
        for part in parts(tested.condition):
            yield Obligation(tested, part, holds=True)
            yield Obligation(tested, part, holds=False)


def tested_conditions(rules: RuleSet) -> Iterator[Tested]:
    """The conditions of the rules, each with the place in which it stands, and those on members of
    the lists of which they speak."""
    for definition in rules.definitions.values():
        for outcome in definition.rules:
            name, value, subject = definition.name, outcome.value, definition.subject
            place = f"`{name}` 为 {value} 的条件", f"condition of `{name}` being {value}"
            of_value = Tested(definition, outcome.cite, place, subject, outcome.condition)
            yield of_value
            yield from _of_members(of_value, outcome.condition)
            place = f"`{name}` 的值", f"value of `{name}`"
            of_value = evolve(of_value, place=place, within=outcome.condition)
            yield from _of_members(of_value, value)
    for written in rules.rules:
        rule = judged(written)
        subject, applies = rule.subject, rule.applies
        if_applies = Tested(written, rule.cite, ("适用条件", "applies"), subject, applies)
        yield if_applies
        yield from _of_members(if_applies, applies)
        asked: dict[tuple[str, str], Node] = {}
        match rule:
            case Requirement():
                asked["要求", "must"] = rule.must
            case Prohibition():
                asked["禁止条件", "condition"] = rule.condition
            case Steps():
                for step in rule.steps:
                    asked[f"程序 `{step.name}`", f"step `{step.name}`"] = step.obtained
        for place, condition in asked.items():
            tested = Tested(written, rule.cite, place, subject, condition, applies)
            yield tested
            yield from _of_members(tested, condition)


def _of_members(tested: Tested, inside: Node) -> Iterator[Tested]:
    """The conditions on the members of the lists of which an expression speaks."""
    waiting = [(inside, tested.lists)]
    while waiting:
        node, lists = waiting.pop()
        if isinstance(node, Aggregate):
            lists = (*lists, node)
            zh, en = tested.place
            of = node.member.fact_class
            place = f"{zh}中的{of.zh}", f"{en}, {of.en}"
            yield evolve(tested, place=place, condition=node.where, lists=lists)
        waiting += ((each, lists) for each in reversed(children(node)))


def parts(condition: Node) -> tuple[Node, ...]:
    """The smallest parts of a condition, each once."""
    found: dict[object, Node] = {}

    def look(node: Node) -> None:
        match node:
            case And() | Or():
                for item in node.items:
                    look(item)
            case Not() | Noted():
                look(node.item)
            case Constant():
                pass
            case _:
                found.setdefault(key(node), node)

    look(condition)
    return tuple(found.values())


def truth(condition: Node, of: Mapping[object, Truth]) -> Truth:
    """What a condition comes to, by what its parts do."""
    match condition:
        case And():
            return kleene_all(truth(item, of) for item in condition.items)
        case Or():
            return kleene_or(truth(item, of) for item in condition.items)
        case Not():
            return kleene_not(truth(condition.item, of))
        case Noted():
            return truth(condition.item, of)
        case Constant():
            return bool(condition.value)
        case _:
            return of[key(condition)]


def with_part(condition: Node, part: Node, holds: bool) -> Node:
    """A condition in which a part holds, or does not."""
    match condition:
        case And():
            return conjunction(*(with_part(item, part, holds) for item in condition.items))
        case Or():
            return disjunction(*(with_part(item, part, holds) for item in condition.items))
        case Not():
            return negation(with_part(condition.item, part, holds))
        case Noted():
            return with_part(condition.item, part, holds)
    if key(condition) == key(part):
        return TRUE if holds else FALSE
    return condition


def decided(tested: Tested, scope: Scope) -> Iterator[tuple[Node, bool]]:
    """The parts that decide a condition of a fact, and whether each holds."""
    regime = scope.regime
    if not tested.holds_in(regime):
        return
    if evaluate(tested.counted(tested.within, regime), scope) is not True:
        return
    scopes = [scope]
    for listed in tested.lists:
        counted = tested.counted(listed, regime)
        scopes = [
            inner
            for outer in scopes
            for inner, linked in members(cast(AggregateNode, counted), outer)
            if linked
        ]
    for inner in scopes:
        yield from _decided(tested, inner)


def _decided(tested: Tested, scope: Scope) -> Iterator[tuple[Node, bool]]:
    found = parts(tested.condition)
    truths: dict[object, Truth] = {
        key(each): evaluate(tested.counted(each, scope.regime), scope) for each in found
    }
    for part in found:
        this = key(part)
        holds = truths[this]
        if holds is None:
            continue
        otherwise = truth(tested.condition, {**truths, this: not holds})
        if otherwise is not None and truth(tested.condition, truths) is (not otherwise):
            yield part, holds


class Coverage:
    """Which of the obligations the cases meet: for each the first that does, or None."""

    def __init__(self, directive: LoadedDirective, cases: Iterable[Case]) -> None:
        self.directive = directive
        self.met: dict[Obligation, Case | None] = dict.fromkeys(obligations(directive.rules))
        self._by_provision: dict[object, list[Tested]] = {}
        for tested in dict.fromkeys(each.of for each in self.met):
            self._by_provision.setdefault(id(tested.provision), []).append(tested)
        for case in cases:
            self._add(case)

    @property
    def missing(self) -> tuple[Obligation, ...]:
        """Those that no case meets."""
        return tuple(each for each, case in self.met.items() if case is None)

    def _add(self, case: Case) -> None:
        regime, facts = regime_of(case, self.directive), document_of(case, self.directive).facts
        for provision, fact in _expected(case, self.directive.rules, facts):
            for tested in self._by_provision.get(id(provision), ()):
                scope = Scope(regime, facts, Exemptions(), {tested.subject: fact})
                for part, holds in decided(tested, scope):
                    met = Obligation(tested, part, holds)
                    if self.met[met] is None:
                        self.met[met] = case


def _expected(case: Case, rules: RuleSet, facts: Facts) -> Iterator[tuple[Rule | Definition, Fact]]:
    """The rules whose answers a case expects, each with the fact, and what they rest on."""
    by_key = {fact.key: fact for fact in facts}
    asked: list[tuple[Rule | Definition, Fact]] = []
    for each in case.content.get("decision", ()):
        if (fact := by_key.get(each["subject"])) is not None:
            asked.append((rules.definitions[type(fact), each["name"]], fact))
    for each in case.content.get("verdict", ()):
        if (fact := by_key.get(each["subject"])) is not None:
            asked += ((rule, fact) for rule in rules.verdict_rules_of(type(fact)))
    for kind in ("finding", "agreement"):
        for each in case.content.get(kind, ()):
            if (fact := by_key.get(each["subject"])) is not None:
                asked += (
                    (rule, fact)
                    for rule in rules.of_class(type(fact))
                    if str(rule.cite) == each["cite"]
                )
    yield from asked
    read: dict[int, Definition] = {}
    for rule, _ in asked:
        for part in rules.parts(rule):
            for node in walk(part):
                if isinstance(node, Derived):
                    definition = rules.definition(node)
                    read[id(definition)] = definition
    for definition in read.values():
        for fact in facts.all(definition.subject.fact_class):
            yield definition, fact
