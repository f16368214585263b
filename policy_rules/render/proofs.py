"""Proofs: every answer unfolded, from the conclusion down to the facts.

Built on demand by the reference interpreter, whatever engine gave the answer.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..answers import Decision, Finding, Outcome, Proof, Status, Verdict
from ..engines.conditions import (
    Truth,
    finding_conditions,
    negation,
    settle,
    verdict_conditions,
)
from ..engines.exemptions import Exemptions
from ..engines.interpreter import Scope, bounds, conditions_and_values, evaluate, of_subject
from ..facts import Attestation, Fact, Facts, fields_of
from ..language.citations import Cite
from ..language.expressions import (
    Aggregate,
    And,
    AsOf,
    Attribute,
    Comparison,
    Constant,
    Contains,
    Derived,
    Exempted,
    FirstKnown,
    InYear,
    Node,
    Not,
    Noted,
    Or,
    Parameter,
    ReadingIs,
    children,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rules import AttestationRule, Constitutive, Definition, Requirement
from ..language.types import BOOLEAN
from .wording import Words


def prove(regime: Regime, exemptions: Exemptions, answer: Decision | Verdict | Finding) -> Proof:
    """The proof of an answer that a policy with this regime and these exemptions gave."""
    return _Proving(regime, exemptions, answer.fact, answer.surroundings).answer(answer)


class _Proving:
    def __init__(self, regime: Regime, exemptions: Exemptions, fact: Fact, facts: Facts) -> None:
        self.regime = regime
        self.scope = Scope(regime, facts, exemptions, {subject_variable(type(fact)): fact})

    def answer(self, answer: Decision | Verdict | Finding) -> Proof:
        match answer:
            case Decision():
                return self.decision(answer)
            case Verdict():
                return self.verdict(answer)
            case Finding():
                return self.finding(answer)

    def words(self, scope: Scope) -> tuple[Words, Words]:
        def value(node: Node) -> Any:
            return evaluate(node, scope)

        year = self.regime.as_of.year
        return Words("zh", value, year), Words("en", value, year)

    def decision(self, answer: Decision) -> Proof:
        definition = answer.definition
        zh, en = self.words(self.scope)
        node = Derived(subject_variable(type(answer.fact)), definition)
        zh_value, en_value = zh.value(node), en.value(node)
        parts = self.not_in_force()
        if parts:
            zh_value, en_value = Outcome.NOT_APPLICABLE.zh, Outcome.NOT_APPLICABLE.en
        else:
            rules = self.rules_of(self.regime.rules.definition(node), self.scope)
            parts = (*rules, *self.chosen(answer), *self.lacking(answer.needs))
            if answer.conflict is not None:
                zh_value, en_value = Outcome.CONFLICT.zh, Outcome.CONFLICT.en
            elif answer.value is None:
                zh_value, en_value = Outcome.UNDETERMINED.zh, Outcome.UNDETERMINED.en
        of = name_of(answer.fact, "zh"), name_of(answer.fact, "en")
        asked = f"{of[0]}的{definition.zh}", f"{definition.en} of {of[1]}"
        if definition.type == BOOLEAN:  # a phrase that is true or not, rather than a thing
            asked = f"{of[0]}{definition.zh}", f"{of[1]} {definition.en}"
        return Proof(
            f"{asked[0]}：{zh_value}",
            f"{asked[1]}: {en_value}",
            None if answer.value is None else True,
            parts=parts,
        )

    def verdict(self, answer: Verdict) -> Proof:
        parts = list(self.not_in_force())
        if not parts:
            parts += self.prohibitions(answer)
            parts += self.steps(answer)
        fact = answer.fact
        return Proof(
            f"{name_of(fact, 'zh')}：{answer.outcome.zh}",
            f"{name_of(fact, 'en')}: {answer.outcome.en}",
            None if answer.outcome is Outcome.UNDETERMINED else True,
            parts=(*parts, *self.chosen(answer), *self.lacking(answer.needs)),
        )

    def prohibitions(self, answer: Verdict) -> Iterator[Proof]:
        everything = answer.outcome in (Outcome.PERMITTED, Outcome.UNDETERMINED)
        held = {reason.cite: reason.exemption for reason in answer.reasons if reason.exemption}
        for each in verdict_conditions(self.regime, type(answer.fact)).prohibitions:
            holds = evaluate(each.holds, self.scope)
            exemption = held.get(each.rule.cite)
            if holds is False and not everything and exemption is None:
                continue
            parts = [self.condition(each.rule.condition, self.scope)]
            if exemption is not None:
                parts.append(self.exemption(exemption))
            yield Proof(
                each.rule.zh, each.rule.en,
                negation(holds), each.rule.cite, each.rule.quote, tuple(parts),
            )  # fmt: skip

    def steps(self, answer: Verdict) -> Iterator[Proof]:
        for group in verdict_conditions(self.regime, type(answer.fact)).groups:
            applies = evaluate(group.applies, self.scope)
            if (
                answer.outcome is Outcome.PROHIBITED
                and evaluate(group.missing, self.scope) is False
            ):
                continue
            parts = [self.condition(group.applies, self.scope)]
            if applies is not False:
                for step in group.rule.steps:
                    truth = evaluate(step.obtained, self.scope)
                    inner = () if truth else (self.condition(step.obtained, self.scope),)
                    parts.append(
                        Proof(
                            f"程序：{step.zh}", f"step: {step.en}", truth,
                            quote=step.quote, parts=inner,
                        )
                    )  # fmt: skip
                if evaluate(group.missing, self.scope) is not False:
                    begun = self.condition(group.begun, self.scope)
                    words = "行为日期已到", "the date of the act has come"
                    parts.append(Proof(*words, begun.truth, parts=(begun,)))
            yield Proof(
                group.rule.zh, group.rule.en, negation(evaluate(group.missing, self.scope)),
                group.rule.cite, group.rule.quote, tuple(parts),
            )  # fmt: skip

    def finding(self, answer: Finding) -> Proof:
        rule = answer.rule
        parts = list(self.not_in_force())
        if not parts:
            conditions = (
                finding_conditions(self.regime, rule) if isinstance(rule, Requirement) else rule
            )
            if not (isinstance(rule.applies, Constant) and rule.applies.value is True):
                applies = self.condition(conditions.applies, self.scope)
                parts.append(Proof("适用条件", "applies where", applies.truth, parts=(applies,)))
            if answer.status is not Status.NOT_APPLICABLE:
                if isinstance(conditions, AttestationRule):
                    parts += self.attestations(conditions, answer)
                else:
                    must = self.condition(conditions.must, self.scope)
                    parts.append(Proof("要求", "required", must.truth, parts=(must,)))
        if answer.exemption is not None:
            parts.append(self.exemption(answer.exemption.id))
        good = answer.status in (Status.SATISFIED, Status.EXEMPT, Status.NOT_APPLICABLE)
        open_ = answer.status in (Status.UNDETERMINED, Status.CONFLICT)
        return Proof(
            f"{name_of(answer.fact, 'zh')}：{answer.zh}",
            f"{name_of(answer.fact, 'en')}: {answer.en}",
            None if open_ else good,
            rule.cite, rule.quote,
            (*parts, *self.chosen(answer), *self.lacking(answer.needs)),
        )  # fmt: skip

    def attestations(self, rule: AttestationRule, answer: Finding) -> Iterator[Proof]:
        given = [
            each
            for each in self.scope.facts.related(Attestation, "subject_id", answer.fact.id)
            if each.cite == str(rule.cite)
        ]
        for each in given:
            zh = (
                f"证明材料 {each.id}：{'已落实' if each.holds else '未落实'}，"
                f"{each.on or '无日期'}，{each.document or '无文件'}"
            )
            en = (
                f"attestation {each.id}: {'holds' if each.holds else 'denied'}, "
                f"{each.on or 'no date'}, {each.document or 'no document'}"
            )
            yield Proof(zh, en, each.holds)
        if not given:
            yield Proof("没有证明材料", "nothing has been attested", None)

    def exemption(self, id_: str) -> Proof:
        each = next(e for e in self.scope.exemptions.all if e.id == id_)
        since, until = each.valid_from or "…", each.valid_until or "…"
        zh = "，".join(part for part in (each.authority, each.document, each.reason) if part)
        en = ", ".join(part for part in (each.authority, each.document, each.reason) if part)
        return Proof(
            f"豁免批准 {id_}（{since} 至 {until}）" + (f"：{zh}" if zh else ""),
            f"exemption {id_} ({since} to {until})" + (f": {en}" if en else ""),
        )

    def not_in_force(self) -> tuple[Proof, ...]:
        directive = self.regime.rules.directive
        if self.regime.in_force:
            return ()
        return (
            Proof(
                f"{directive.number}自成文之日（{directive.issued}）起适用，{self.regime.as_of}不适用",
                f"{directive.number} is in force from {directive.issued}, "
                f"so not yet on {self.regime.as_of}",
            ),
        )

    def chosen(self, answer: Decision | Verdict | Finding) -> Iterator[Proof]:
        for name, option in answer.readings.items():
            reading = self.regime.rules.readings[name]
            taken = next(each for each in reading.options if each.name == option)
            yield Proof(
                f"口径：{reading.zh}取“{taken.zh}”（{name}={option}）",
                f"reading: {reading.en} taken as “{taken.en}” ({name}={option})",
                cite=Cite.parse(reading.cite),
            )

    def lacking(self, needs: tuple[str, ...]) -> tuple[Proof, ...]:
        if not needs:
            return ()
        parts = tuple(Proof(*self.need(each), None) for each in needs)
        return (Proof("还需提供", "still needed", None, parts=parts),)

    def need(self, name: str) -> tuple[str, str]:
        """A need with its label, in both languages."""
        head, _, rest = name.partition(".")
        rules = self.regime.rules
        if head == "parameters":
            parameter = rules.parameters[rest]
            return f"{name}（{parameter.zh}）", f"{name} ({parameter.en})"
        for cls in {type(fact) for fact in (*self.scope.facts, *self.scope.bound.values())}:
            if name.startswith(f"{cls.collection}/"):
                for spec in fields_of(cls).values():
                    if name.endswith(f".{spec.name}") or f".{spec.name}." in name:
                        return f"{name}（{spec.zh}）", f"{name} ({spec.en})"
        if head == "complete":
            return f"{name}（完整名单）", f"{name} (the whole list)"
        return name, name

    def rules_of(self, definition: Definition, scope: Scope) -> Iterator[Proof]:
        """The rules of a definition that gave its value, or that could still give it one."""
        settled = settle(*conditions_and_values(definition, scope))
        outcomes = tuple(definition.outcomes())
        for place in (*settled.fired, *settled.conflicting, *settled.open_rules):
            yield self.rule(definition, outcomes[place], place, scope)

    def rule(self, definition: Definition, rule: Constitutive, place: int, scope: Scope) -> Proof:
        zh, en = self.words(scope)
        parts: list[Proof] = []
        otherwise = place == len(definition.rules)
        if otherwise:
            truth: Truth = True
            for other in definition.rules:
                parts.append(self.condition(Not(other.condition), scope))
                truth = truth if parts[-1].truth else parts[-1].truth
        else:
            truth = evaluate(rule.condition, scope)
            if not isinstance(rule.condition, Constant | ReadingIs):
                parts.append(self.condition(rule.condition, scope))
        parts += self.inputs(rule.value, scope)
        return Proof(
            f"{definition.zh}为{zh.term(rule.value)}" + ("（其余情形）" if otherwise else ""),
            f"{definition.en} is {en.term(rule.value)}" + (" (otherwise)" if otherwise else ""),
            truth, rule.cite, rule.quote, tuple(parts),
        )  # fmt: skip

    def inputs(self, node: Node, scope: Scope) -> Iterator[Proof]:
        """What a value was read from."""
        match node:
            case Constant() | Parameter():
                return
            case FirstKnown():
                chosen = node.second if evaluate(node.first, scope) is None else node.first
                unknown = evaluate(node.first, scope) is None and evaluate(node, scope) is None
                yield from self.inputs(node.first if unknown else chosen, scope)
                if unknown:
                    yield from self.inputs(node.second, scope)
            case Derived():
                yield self.derived(node, scope)
            case Attribute() | InYear():
                zh, en = self.words(scope)
                known = evaluate(node, scope) is not None
                yield Proof(
                    f"{zh.term(node)}：{zh.value(node)}", f"{en.term(node)}: {en.value(node)}",
                    True if known else None,
                )  # fmt: skip
            case _ if isinstance(node, Aggregate):
                yield self.aggregate(node, scope)
            case _:
                for child in children(node):
                    yield from self.inputs(child, scope)

    def aggregate(self, node: Aggregate, scope: Scope) -> Proof:
        zh, en = self.words(scope)
        low, high = bounds(node, scope)
        exact = low == high
        least = ("", "") if exact else ("至少", "at least ")
        said = (
            ("未知", "unknown")
            if not exact and low == 0
            else (f"{least[0]}{low}", f"{least[1]}{low}")
        )
        return Proof(
            f"{zh.term(node)}：{said[0]}", f"{en.term(node)}: {said[1]}",
            True if exact else None,
        )  # fmt: skip

    def derived(self, node: Derived, scope: Scope) -> Proof:
        zh, en = self.words(scope)
        definition = self.regime.rules.definition(node)
        inner = of_subject(node, scope)
        rules = () if inner is None else tuple(self.rules_of(definition, inner))
        known = evaluate(node, scope) is not None
        only = rules[0] if len(rules) == 1 else None
        return Proof(
            f"{zh.term(node)}：{zh.value(node)}", f"{en.term(node)}: {en.value(node)}",
            True if known else None,
            only.cite if only else None, only.quote if only else "",
            only.parts if only else rules,
        )  # fmt: skip

    def condition(self, node: Node, scope: Scope, holds: bool = True) -> Proof:
        """A condition (or, with `holds` false, its negation), with what it rests on."""
        truth = evaluate(node, scope)
        truth = truth if holds else negation(truth)
        match node:
            case Not():
                return self.condition(node.item, scope, not holds)
            case Noted():
                inner = self.condition(node.item, scope, holds)
                words = (
                    ("属于例外", "the exception applies")
                    if holds
                    else ("不属于例外", "the exception does not apply")
                )
                return Proof(
                    f"{words[0]}：{node.zh}", f"{words[1]}: {node.en}", truth,
                    Cite.parse(node.cite), node.quote, (inner,),
                )  # fmt: skip
            case And() | Or():
                every = isinstance(node, And) == holds
                parts = tuple(self.condition(item, scope, holds) for item in node.items)
                zh, en = ("同时满足", "all of") if every else ("满足其一", "any of")
                return Proof(zh, en, truth, parts=parts)
            case _:
                return self.atom(node, scope, holds, truth)

    def atom(self, node: Node, scope: Scope, holds: bool, truth: Truth) -> Proof:
        zh, en = self.words(scope)
        compared = _compared(node)
        # "pilot is no" says all where it is so; what a value is, is news where it is not.
        plain = isinstance(node, Attribute | Derived | Contains) or (
            isinstance(node, Comparison) and node.op == "==" and holds
        )
        facts = () if plain and truth and len(compared) == 1 else compared
        zh_facts = [self.stated(each, zh, len(facts) > 1, scope) for each in facts]
        en_facts = [self.stated(each, en, len(facts) > 1, scope) for each in facts]
        parts = tuple(
            proof
            for each in compared
            if not isinstance(each, Attribute | InYear | Aggregate)
            for proof in self.inputs(each, scope)
        )
        return Proof(
            zh.condition(node, holds) + (f"（{'；'.join(zh_facts)}）" if zh_facts else ""),
            en.condition(node, holds) + (f" ({'; '.join(en_facts)})" if en_facts else ""),
            truth, parts=parts,
        )  # fmt: skip

    def stated(self, node: Node, words: Words, named: bool, scope: Scope) -> str:
        value = words.value(node)
        if evaluate(node, scope) is None:
            within = bounds(node, scope)
            if within is not None and within[0]:
                value = words.pick(f"至少{within[0]}", f"at least {within[0]}")
            if not named:
                return value
            return words.pick(f"{words.term(node)}{value}", f"{words.term(node)} {value}")
        if named:
            return words.pick(f"{words.term(node)}实为{value}", f"{words.term(node)} is {value}")
        several = isinstance(evaluate(node, scope), frozenset)
        return words.pick(f"实为{value}", f"{'given:' if several else 'it is'} {value}")


def _compared(node: Node) -> tuple[Node, ...]:
    """The values that a condition compares, without literals and settings."""
    match node:
        case Attribute() | Derived():
            return (node,)
        case Exempted() | ReadingIs():
            return ()
        case _:
            fixed = (Constant, Parameter, AsOf)
            return tuple(each for each in children(node) if not isinstance(each, fixed))


def name_of(fact: Fact, lang: str) -> str:
    """A fact's name, if it has one, and its key."""
    name = getattr(fact, "name", None)
    if lang == "zh":
        return f"{name or fact.zh}（{fact.key}）"
    return f"{name or fact.en} ({fact.key})"
