"""Proofs: every answer unfolded, from the conclusion down to the facts.

Built on demand by the reference interpreter, whatever engine gave the answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from attrs import evolve

from ..answers import Agreement, Consistency, Decision, Finding, Outcome, Proof, Status, Verdict
from ..engines.conditions import finding_conditions, verdict_conditions
from ..engines.evaluator import Scope, bounds, conditions_and_values, evaluate, of_subject
from ..engines.exemptions import Exemptions
from ..engines.kleene import Truth, kleene_all, kleene_not, kleene_or
from ..engines.settling import settle
from ..facts import Attestation, fields_of
from ..language.citations import Cite
from ..language.days import day_zh
from ..language.expressions import (
    FALSE,
    TRUE,
    Aggregate,
    AggregateNode,
    And,
    Arithmetic,
    AsOf,
    Attribute,
    BeforeForce,
    ByChoice,
    ByDay,
    Comparison,
    Constant,
    Constitutive,
    Contains,
    Count,
    Definition,
    Derived,
    Exempted,
    Expression,
    Extreme,
    FirstKnown,
    Given,
    Held,
    InYear,
    IsKnown,
    IsNone,
    Node,
    Not,
    Noted,
    Option,
    Or,
    Parameter,
    Periods,
    Reading,
    ReadingIs,
    Tiers,
    YearNumber,
    all_of,
    subject_variable,
)
from ..language.regimes import Regime
from ..language.rewriting import expressions_of
from ..language.rules import AttestationRule, Proviso, Requirement
from ..language.substitution import rewritten
from ..language.trees import children
from ..language.types import BOOLEAN, DATE, MOMENT
from ..language.units import scales_of
from .amended import not_valid, repealed, values_set
from .english import agreeing
from .force import not_in_force
from .members import counted, name_of
from .wording import (
    Language,
    NoWords,
    Said,
    Words,
    besides_given,
    cite_shown,
    cite_words,
    end_of_span,
    predicate,
)

_MOST_LINES: Final = 12
# Outcomes with which nothing is certainly against a request: each rule is of interest.
_LET_THROUGH: Final = (Outcome.PERMITTED, Outcome.UNDETERMINED)
_EVERY: Final = "同时满足", "all of"
_SOME: Final = "满足其一", "any of"
# Why a value is given that is given otherwise.
_OTHERWISE: Final[Mapping[Truth, tuple[str, str]]] = {
    True: ("（以下条件不成立）", " (the following does not hold)"),
    False: ("（以上条件不成立时）", " (where the above does not hold)"),
    None: ("（以上条件不成立时）", " (where the above does not hold)"),
}
_ATTESTED: Final[Mapping[Truth, tuple[str, str]]] = {
    True: ("已落实", "holds"),
    False: ("未落实", "denied"),
    None: ("未说明是否落实", "does not say"),
}


def prove(
    regime: Regime,
    exemptions: Exemptions,
    answer: Decision | Verdict | Finding | Agreement,
    known: dict[object, Any],
    lang: Language | None = None,
) -> Proof:
    """The proof of an answer that a policy with this regime and these exemptions gave.

    `known` keeps what is worked out of the facts on the way, for other answers about them. With
    `lang` it is worded in that language alone, and its other text says nothing.
    """
    bound = {subject_variable(type(answer.fact)): answer.fact}
    scope = Scope(regime, answer.surroundings, exemptions, bound, known=known)
    return _Proving(scope, lang).answer(answer)


class _Proving:
    def __init__(self, scope: Scope, lang: Language | None) -> None:
        self.lang = lang
        self.regime = scope.regime
        self.scope = scope
        # What rests on much is unfolded where it is first met, and only named from then on.
        self.shown: set[tuple[Definition, int] | None] = set()
        # Brackets of the rules that were met, in the unit of what they define.
        self.scales: dict[Tiers, tuple[str, str]] = {}
        self.values: dict[tuple[Node, int], Any] = {}
        self.own_words: tuple[Words, Words] | None = None

    def answer(self, answer: Decision | Verdict | Finding | Agreement) -> Proof:
        match answer:
            case Decision():
                return self.decision(answer)
            case Verdict():
                return self.verdict(answer)
            case Finding():
                return self.finding(answer)
            case Agreement():
                return self.agreement(answer)

    def words(self, scope: Scope) -> tuple[Words, Words]:
        """What words expressions in a scope, those of the answer's own made once."""
        if scope is not self.scope or self.scales:
            return self.worded(scope)
        if self.own_words is None:
            self.own_words = self.worded(scope)
        return self.own_words

    def worded(self, scope: Scope) -> tuple[Words, Words]:
        def value(node: Node) -> Any:
            return self.value(node, scope)

        year, scales = self.regime.as_of.year, self.scales
        zh, en = (None, None) if scales else self.said()
        in_zh, in_en = (NoWords if self.lang == other else Words for other in ("en", "zh"))
        return in_zh("zh", value, year, scales, zh), in_en("en", value, year, scales, en)

    def said(self) -> tuple[Said, Said]:
        """What this and all other proofs under the regime call things, but for other scales."""
        found: tuple[Said, Said] | None = self.regime.known.get("said")
        return found or self.regime.known.setdefault("said", (Said(), Said()))

    def value(self, node: Node, scope: Scope) -> Any:
        """The value of an expression, worked out once in a proof."""
        if len(scope.bound) > 1:
            return evaluate(node, scope)
        (subject,) = scope.bound.values()
        key = node, id(subject)
        try:
            return self.values[key]
        except KeyError:
            return self.values.setdefault(key, self.evaluated(node, scope))

    def evaluated(self, node: Node, scope: Scope) -> Any:
        """The value of an expression, from those of the parts that are told of it."""
        match node:
            case And():
                return kleene_all(self.value(item, scope) for item in node.items)
            case Or():
                return kleene_or(self.value(item, scope) for item in node.items)
            case Not():
                return kleene_not(self.value(node.item, scope))
            case _:
                return evaluate(node, scope)

    def own(self, definition: Definition) -> Derived:
        """A derived attribute of its own subject, the same node each time."""
        key = "own", definition
        found: Derived | None = self.regime.known.get(key)
        if found is None:
            made = Derived(definition.subject, definition)
            found = self.regime.known.setdefault(key, made)
        return found

    def decision(self, answer: Decision) -> Proof:
        definition = answer.definition
        zh, en = self.words(self.scope)
        node = self.own(definition)
        zh_value, en_value = zh.value(node), en.value(node)
        parts = self.not_in_force()
        if parts:
            zh_value, en_value = Outcome.NOT_APPLICABLE.zh, Outcome.NOT_APPLICABLE.en
        else:
            rules = self.rules_of(self.regime.rules.definition(node), self.scope)
            cites = answer.cites or [rule.cite for rule in definition.outcomes()]
            parts = (
                *rules, *self.chosen(answer), *self.ruled(cites), *self.lacking(answer.needs),
            )  # fmt: skip
            if answer.conflict is not None:
                zh_value, en_value = Outcome.CONFLICT.zh, Outcome.CONFLICT.en
            elif answer.value is None and not answer.needs:
                zh_value, en_value = Outcome.NOT_APPLICABLE.zh, Outcome.NOT_APPLICABLE.en
                outcomes = tuple(definition.outcomes())
                parts = (
                    *(part for rule in outcomes for part in not_valid(rule, self.regime)),
                    *(self.condition(r.condition, self.scope) for r in outcomes if r.by_day),
                )
            elif answer.value is None:
                zh_value, en_value = Outcome.UNDETERMINED.zh, Outcome.UNDETERMINED.en
        of = name_of(answer.fact, "zh"), name_of(answer.fact, "en")
        asked = f"{of[0]}的{definition.zh}", f"{definition.en} of {of[1]}"
        if definition.type == BOOLEAN:  # a phrase that is true or not, rather than a thing
            asked = f"{of[0]}{definition.zh}", f"{of[1]}, {definition.en}"
        return Proof(
            f"{asked[0]}：{zh_value}",
            f"{asked[1]}: {en_value}",
            None if answer.value is None else True,
            parts=parts,
        )

    def verdict(self, answer: Verdict) -> Proof:
        parts = list(self.not_in_force())
        in_time = self.regime.rules.in_time(type(answer.fact))
        if not parts and in_time is not TRUE and not self.value(in_time, self.scope):
            parts.append(self.condition(in_time, self.scope))
        if not parts:
            apart: list[Cite] = []
            parts += self.prohibitions(answer, apart)
            parts += self.steps(answer, apart)
            # Where something certainly decides, what does not is left out altogether.
            if apart and answer.outcome in _LET_THROUGH:
                numbers = self.regime.rules.directive.numbers
                parts.append(_not_applying(apart, numbers))
            parts += repealed(self.regime, type(answer.fact), self.absent)
        fact = answer.fact
        return Proof(
            f"{name_of(fact, 'zh')}：{answer.zh}",
            f"{name_of(fact, 'en')}: {answer.en}",
            None if answer.outcome is Outcome.UNDETERMINED else True,
            parts=(
                *parts,
                *self.chosen(answer),
                *self.ruled(part.cite for part in parts),
                *self.lacking(answer.needs),
            ),
        )

    def prohibitions(self, answer: Verdict, apart: list[Cite]) -> Iterator[Proof]:
        """What prohibits, or may; the citations of what does not apply are put apart."""
        everything = answer.outcome in _LET_THROUGH
        held = {reason.cite: reason.exemption for reason in answer.reasons if reason.exemption}
        for each in verdict_conditions(self.regime, type(answer.fact)).prohibitions:
            holds = self.value(each.holds, self.scope)
            if self.absent(each.rule.condition):
                continue
            exemption = held.get(each.rule.cite)
            if holds is False and not everything and exemption is None:
                continue
            if self.value(each.rule.applies, self.scope) is False:
                apart.append(each.rule.cite)
                continue
            excepted = [part for part in _parts(each.rule.condition) if _excepts(part)]
            where = [part for part in _parts(each.rule.applies) if not isinstance(part, Constant)]
            applies = all_of(*where, *excepted)
            parts = [*self.applying(applies, applies)]
            parts.append(self.against(each.rule.condition, self.scope))
            parts += self.values_set([each.rule.applies, each.rule.condition], self.scope)
            if exemption is not None:
                parts.append(self.exemption(exemption))
            yield Proof(
                each.rule.zh, each.rule.en,
                kleene_not(holds), each.rule.cite, each.rule.quote, tuple(parts),
            )  # fmt: skip

    def against(self, condition: Node, scope: Scope) -> Proof:
        """What is prohibited; where that is whatever does not meet something, what to meet."""
        barred = _besides_exceptions(condition)
        denial = self.is_denial(barred, scope)
        words = ("要求", "required") if denial else ("禁止的情形", "prohibited where")
        held = self.condition(barred, scope, not denial)
        return Proof(*words, held.truth, parts=(held,))

    def is_denial(self, node: Node, scope: Scope) -> bool:
        """Whether a condition is that something is not so, under all rules that may be its own."""
        if not isinstance(node, ByDay):
            return isinstance(node, Not)
        may_be = [each for within, each in node.parts if self.value(within, scope) is not False]
        asked = [_besides_exceptions(each) for each in may_be if each is not FALSE]
        return bool(asked) and all(isinstance(each, Not) for each in asked)

    def steps(self, answer: Verdict, apart: list[Cite]) -> Iterator[Proof]:
        """The steps that are needed, or may be; the citations of others are put apart."""
        for group in verdict_conditions(self.regime, type(answer.fact)).groups:
            applies = self.value(group.applies, self.scope)
            if self.absent(group.applies):
                continue
            if (
                answer.outcome is Outcome.PROHIBITED
                and self.value(group.missing, self.scope) is False
            ):
                continue
            if applies is False:
                apart.append(group.rule.cite)
                continue
            parts = [self.condition(group.applies, self.scope)]
            for step in group.rule.steps:
                truth = self.value(step.obtained, self.scope)
                inner = () if truth else (self.condition(step.obtained, self.scope),)
                parts.append(
                    Proof(
                        f"程序：{step.zh}", f"step: {step.en}", truth,
                        quote=step.quote, parts=inner,
                    )
                )  # fmt: skip
            dated = not isinstance(group.rule.on, Constant)
            if dated and self.value(group.missing, self.scope) is not False:
                begun = self.condition(group.begun, self.scope)
                words = "行为日期已到", "the date of the act has come"
                parts.append(Proof(*words, begun.truth, parts=(begun,)))
            parts += self.values_set([group.applies, *group.obtained], self.scope)
            yield Proof(
                group.rule.zh, group.rule.en, kleene_not(self.value(group.missing, self.scope)),
                group.rule.cite, group.rule.quote, tuple(parts),
            )  # fmt: skip

    def finding(self, answer: Finding) -> Proof:
        rule = answer.rule
        parts = [*(self.not_in_force() or not_valid(rule, self.regime))]
        ruled = () if parts else self.ruled([rule.cite])
        if not parts:
            conditions = (
                finding_conditions(self.regime, rule) if isinstance(rule, Requirement) else rule
            )
            parts += self.applying(rule.applies, conditions.applies)
            if answer.status is not Status.NOT_APPLICABLE:
                if isinstance(conditions, AttestationRule):
                    parts += self.attestations(conditions, answer)
                else:
                    must = self.condition(conditions.must, self.scope)
                    parts.append(Proof("要求", "required", must.truth, parts=(must,)))
                    if conditions.due_of_fact is not None and must.truth is not True:
                        passed = self.condition(conditions.overdue, self.scope)
                        words = "期限已过", "the due date has passed"
                        parts.append(Proof(*words, passed.truth, parts=(passed,)))
            parts += self.values_set(expressions_of(rule), self.scope)
        if answer.exemption is not None:
            parts.append(self.exemption(answer.exemption.id))
        return Proof(
            f"{name_of(answer.fact, 'zh')}：{answer.zh}",
            f"{name_of(answer.fact, 'en')}: {answer.en}",
            answer.status.standing.truth,
            rule.cite, rule.quote,
            (
                *parts, *self.answering(answer), *self.chosen(answer), *ruled,
                *self.lacking(answer.needs),
            ),
        )  # fmt: skip

    def agreement(self, answer: Agreement) -> Proof:
        rule = answer.rule
        parts = [*(self.not_in_force() or not_valid(rule, self.regime))]
        ruled = () if parts else self.ruled([rule.cite])
        if not parts:
            conditions = finding_conditions(self.regime, rule.duty)
            parts += self.applying(rule.applies, conditions.applies)
            if answer.status is not Consistency.NOT_APPLICABLE:
                same = self.condition(conditions.must, self.scope)
                parts.append(Proof("两处应一致", "the two should agree", same.truth, parts=(same,)))
            parts += values_set(expressions_of(rule), self.regime)
        return Proof(
            f"{name_of(answer.fact, 'zh')}：{answer.zh}",
            f"{name_of(answer.fact, 'en')}: {answer.en}",
            answer.status.standing.truth,
            rule.cite, rule.quote,
            (
                *parts, *self.answering(answer), *self.chosen(answer), *ruled,
                *self.lacking(answer.needs),
            ),
        )  # fmt: skip

    def answering(self, answer: Finding | Agreement) -> tuple[Proof, ...]:
        """The body that answers for it, and whether the sentence says so."""
        if answer.status in (Status.NOT_APPLICABLE, Consistency.NOT_APPLICABLE):
            return ()
        key = "answering", answer.rule
        found: tuple[Proof, ...] | None = self.regime.known.get(key)
        if found is None:
            found = self.regime.known[key] = tuple(self._answering(answer))
        return found

    def _answering(self, answer: Finding | Agreement) -> Iterator[Proof]:
        body, unnamed = answer.responsible, self.regime.rules.directive.unnamed
        if body is None:
            return
        zh, en = f"责任单位：{body.zh}", f"responsible: {body.en}"
        if answer.rule.responsible is None and unnamed is not None:
            taken = self.option(unnamed.reading)
            zh += f"（文件未写明，口径取“{taken.zh}”）"
            en += f" (the text names nobody; read as “{taken.en}”)"
        yield Proof(zh, en)

    def option(self, reading: Reading) -> Option:
        """The option of a reading that is taken."""
        name = self.regime.readings[reading.name]
        return next(each for each in reading.options if each.name == name)

    def applying(self, written: Node, applies: Node) -> Iterator[Proof]:
        """Where a rule applies, if that is not everywhere."""
        if not (isinstance(written, Constant) and written.value is True):
            # That nothing is left out needs no words.
            said = [each for each in _parts(applies) if not _not_left_out(each, self.scope)]
            if not said:
                return
            held = self.condition(all_of(*said), self.scope)
            yield Proof("适用条件", "applies where", held.truth, parts=(held,))

    def attestations(self, rule: AttestationRule, answer: Finding) -> Iterator[Proof]:
        given = [
            each
            for each in self.scope.facts.related(Attestation, "subject_id", answer.fact.id)
            if each.cite == str(rule.cite)
        ]
        for each in given:
            said_zh, said_en = _ATTESTED[each.holds]
            on_zh = "无日期" if each.on is None else day_zh(each.on)
            zh = f"证明 {each.id}：{said_zh}，{on_zh}，{each.document or '无文件'}"
            en = (
                f"attestation {each.id}: {said_en}, "
                f"{each.on or 'no date'}, {each.document or 'no document'}"
            )
            yield Proof(zh, en, each.holds)
        if not given:
            yield Proof("未提供佐证材料", "nothing has been attested", None)

    def exemption(self, id_: str) -> Proof:
        each = next(e for e in self.scope.exemptions.all if e.id == id_)
        days = each.valid_from, each.valid_until
        since, until = (day or "…" for day in days)
        since_zh, until_zh = (day_zh(day) if day else "…" for day in days)
        zh = "，".join(part for part in (each.authority, each.document, each.reason) if part)
        en = ", ".join(part for part in (each.authority, each.document, each.reason) if part)
        return Proof(
            f"豁免批准 {id_}（{since_zh}至{until_zh}）" + (f"：{zh}" if zh else ""),
            f"exemption {id_} ({since} to {until})" + (f": {en}" if en else ""),
        )

    def not_in_force(self) -> tuple[Proof, ...]:
        if self.regime.in_force:
            return ()
        return (Proof(*not_in_force(self.regime.rules.directive, self.regime.as_of)),)

    def ruled(self, cites: Iterable[Cite | None]) -> tuple[Proof, ...]:
        """What the text leaves open about these rules and its author has settled."""
        key = "ruled", tuple(cites)
        found: tuple[Proof, ...] | None = self.regime.known.get(key)
        if found is None:
            rulings_on = self.regime.rules.rulings_on
            bearing = {each: None for cite in key[1] if cite for each in rulings_on(cite)}
            found = self.regime.known[key] = tuple(
                Proof(f"认定：{each.zh}{each.taken_zh}", f"ruled: {each.en} {each.taken_en}")
                for each in bearing
            )
        return found

    def chosen(self, answer: Decision | Verdict | Finding | Agreement) -> Iterator[Proof]:
        for name in answer.resting(self.scope.known):
            yield self.taken(name)

    def taken(self, name: str) -> Proof:
        """The option taken of a reading, the same for all answers that rest on it."""
        key = "taken", name
        found: Proof | None = self.regime.known.get(key)
        if found is not None:
            return found
        reading = self.regime.rules.readings[name]
        taken = self.option(reading)
        found = self.regime.known[key] = Proof(
            f"口径：{reading.zh}取“{taken.zh}”（{name}={taken.name}）",
            f"reading: {reading.en} taken as “{taken.en}” ({name}={taken.name})",
            cite=self.regime.rules.directive.cited(reading.cite),
        )
        return found

    def lacking(self, needs: tuple[str, ...]) -> tuple[Proof, ...]:
        if not needs:
            return ()
        facts = [each for each in needs if not each.startswith("parameters.")]
        values = [each for each in needs if each.startswith("parameters.")]
        told = (
            ("还需提供", "still needed", facts),
            ("还需设定", "still to be set", values),
        )
        return tuple(
            Proof(zh, en, None, parts=tuple(Proof(*self.need(each), None) for each in some))
            for zh, en, some in told
            if some
        )

    def need(self, name: str) -> tuple[str, str]:
        """A need with its label, in both languages."""
        head, _, rest = name.partition(".")
        rules = self.regime.rules
        if head == "parameters":
            parameter_name, _, year = rest.partition(".")
            parameter = rules.parameters[parameter_name]
            zh, en = (f"，{year}年", f", {year}") if year else ("", "")
            return f"{parameter.zh}{zh}（{rest}）", f"{parameter.en}{en} ({rest})"
        for cls in {*self.scope.facts.classes(), *(type(of) for of in self.scope.bound.values())}:
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
        self.scales |= scales_of(rule.value, (definition.unit_zh, definition.unit_en))
        zh, en = self.words(scope)
        parts: list[Proof] = []
        otherwise = place == len(definition.rules)
        others = [each for each in definition.rules if otherwise and self.regime.holds(each)]
        if otherwise:
            # As they are written: that none holds is said by marks, and not by denying each.
            held = [self.value(each.condition, scope) for each in others]
            truth: Truth = kleene_not(None if None in held else True in held)
            if truth:  # else what may hold instead stands above
                parts += (self.condition(each.condition, scope) for each in others)
        else:
            truth = self.value(rule.condition, scope)
            if not isinstance(rule.condition, Constant | ReadingIs):
                parts.append(self.condition(rule.condition, scope))
        parts += self.inputs(rule.value, scope)
        tried = [each.condition for each in (*others, rule)]
        parts += self.values_set([*tried, rule.value], scope)
        value = _chosen(rule.value, scope)
        said = (
            f"{definition.zh}为{zh.term(value)}",
            f"{definition.en} {agreeing(definition.en, 'is', 'are')} {en.term(value)}",
        )
        if definition.type == BOOLEAN and isinstance(rule.value, Constant):
            is_so = self.own(definition), bool(rule.value.value)
            said = zh.condition(*is_so), en.condition(*is_so)
        why = _OTHERWISE[truth] if others else ("", "")
        if isinstance(rule, Proviso):
            why = f"（条件：{rule.zh}）", f" (condition: {rule.en})"
        return Proof(
            said[0] + why[0], said[1] + why[1],
            truth, rule.cite, rule.quote, tuple(parts),
        )  # fmt: skip

    def inputs(self, node: Node, scope: Scope) -> Iterator[Proof]:
        """What a value was read from."""
        match node:
            case Constant() | Parameter():
                return
            case FirstKnown():
                chosen = node.second if self.value(node.first, scope) is None else node.first
                unknown = self.value(node.first, scope) is None and self.value(node, scope) is None
                yield from self.inputs(node.first if unknown else chosen, scope)
                if unknown:
                    yield from self.inputs(node.second, scope)
            case ByChoice():
                yield from self.inputs(node.of, scope)
                choice = self.value(node.of, scope)
                for value in node.values if choice is None else [node.value_of(choice)]:
                    yield from self.inputs(value, scope)
            case Derived():
                yield self.derived(node, scope)
            case Attribute() | InYear():
                zh, en = self.words(scope)
                known = self.value(node, scope) is not None
                yield Proof(
                    f"{zh.term(node)}：{zh.value(node)}", f"{en.term(node)}: {en.value(node)}",
                    True if known else None,
                )  # fmt: skip
            case Tiers():
                yield from self.inputs(node.of, scope)
                yield from self.brackets(node, scope)
            case _ if isinstance(node, Aggregate):
                yield self.aggregate(node, scope)
            case _:
                for child in children(node):
                    yield from self.inputs(child, scope)

    def brackets(self, node: Tiers, scope: Scope) -> Iterator[Proof]:
        """What comes of the part of a number in each bracket."""
        zh, en = self.words(scope)
        said = zip(zh.brackets(node), en.brackets(node), strict=True)
        parts = zip(node.parts(), node.brackets, strict=True)
        for (in_zh, in_en), (part, (_, rate)) in zip(said, parts, strict=True):
            amount = self.value(Arithmetic("*", rate, part), scope)
            yield Proof(
                f"{in_zh}：{zh.in_bracket(amount, node)}",
                f"{in_en}: {en.in_bracket(amount, node)}",
                None if amount is None else True,
            )

    def aggregate(self, node: AggregateNode, scope: Scope) -> Proof:
        zh, en = self.words(scope)
        known = self.value(node, scope) is not None
        said = [self.within(node, words, scope) or words.value(node) for words in (zh, en)]
        return Proof(
            f"{zh.term(node)}：{said[0]}", f"{en.term(node)}: {said[1]}",
            True if known else None,
            parts=tuple(counted(node, scope, self.words)),
        )  # fmt: skip

    def derived(self, node: Derived, scope: Scope) -> Proof:
        zh, en = self.words(scope)
        definition = self.regime.rules.definition(node)
        inner = of_subject(node, scope)
        known = self.value(node, scope) is not None
        asked = None if inner is None else (definition, id(inner.bound[definition.subject]))
        if asked in self.shown:
            return Proof(
                f"{zh.term(node)}：{zh.value(node)}（见上文）",
                f"{en.term(node)}: {en.value(node)} (as shown above)",
                True if known else None,
            )
        rules = () if inner is None else tuple(self.rules_of(definition, inner))
        if sum(map(_lines, rules)) > _MOST_LINES:
            self.shown.add(asked)
        only = rules[0] if len(rules) == 1 else None
        return Proof(
            f"{zh.term(node)}：{zh.value(node)}", f"{en.term(node)}: {en.value(node)}",
            True if known else None,
            only.cite if only else None, only.quote if only else "",
            only.parts if only else rules,
        )  # fmt: skip

    def condition(self, node: Node, scope: Scope, holds: bool = True) -> Proof:
        """A condition (or, with `holds` false, its negation), with what it rests on."""
        truth = self.value(node, scope)
        truth = truth if holds else kleene_not(truth)
        match node:
            case Not():
                return self.condition(node.item, scope, not holds)
            case ByDay():
                return self.by_day(node, scope, holds, truth)
            case BeforeForce():
                inner = self.condition(node.item, scope, holds)
                zh, en = ("", "") if holds else ("不", "not ")
                return Proof(
                    f"{zh}{node.zh}", f"{en}{node.en}", truth,
                    self.regime.rules.directive.cited(node.cite), parts=(inner,),
                )  # fmt: skip
            case Noted():
                inner = self.condition(node.item, scope, holds)
                words = (
                    ("属于例外", "the exception applies")
                    if holds
                    else ("不属于例外", "the exception does not apply")
                )
                return Proof(
                    f"{words[0]}：{node.zh}", f"{words[1]}: {node.en}", truth,
                    self.regime.rules.directive.cited(node.cite), node.quote, (inner,),
                )  # fmt: skip
            case And() if len(asked := besides_given(node)) < len(node.items):
                missing = [
                    item for item in node.items
                    if isinstance(item, Given) and self.value(item, scope) is False
                ]  # fmt: skip
                return self.condition(missing[0] if missing else all_of(*asked), scope, holds)
            case And() | Or():
                words = _EVERY if isinstance(node, And) == holds else _SOME
                found: list[Proof] = []
                for item in self.telling(node, scope):
                    part = self.condition(item, scope, holds)
                    found += part.parts if (part.zh, part.en) == words else (part,)
                # What is asked for twice, as that each of two days is given, is said once.
                parts = tuple(each for n, each in enumerate(found) if each not in found[:n])
                return parts[0] if len(parts) == 1 else Proof(*words, truth, parts=parts)
            case _:
                return self.atom(node, scope, holds, truth)

    def telling(self, node: And | Or, scope: Scope) -> tuple[Node, ...]:
        """The parts of a condition without those that a reading leaves open; of parts of which a
        reading decides, the first alone."""
        settles = isinstance(node, Or)
        read = [(item, self.as_read(item, scope)) for item in node.items]
        decided = [item for item, truth in read if truth is settles]
        left = decided[:1] or [item for item, truth in read if truth is None]
        return tuple(left) or node.items

    def as_read(self, node: Node, scope: Scope) -> Truth:
        """What the readings alone make of a condition: None where it hangs on facts too."""
        match node:
            case ReadingIs():
                truth: Truth = self.value(node, scope)
                return truth
            case Not():
                return kleene_not(self.as_read(node.item, scope))
            case And() | Or():
                settles = isinstance(node, Or)
                parts = [self.as_read(item, scope) for item in node.items]
                if settles in parts:
                    return settles
                return None if None in parts else not settles
            case _:
                return None

    def values_set(self, nodes: Iterable[Node], scope: Scope) -> Iterator[Proof]:
        """The values that amendments set, in the rules that an answer comes from."""
        known = self.regime.known
        if not known.get("amended", True):
            return iter(())
        known["amended"] = self.regime.rules.amended

        def of_its_day(part: Expression) -> Expression | None:
            if not isinstance(part, ByDay):
                return None
            within = (asked for within, asked in part.parts if self.value(within, scope))
            return next(within, TRUE)

        return values_set([rewritten(node, of_its_day) for node in nodes], self.regime)

    def absent(self, node: Node) -> bool:
        """Whether a rule is none of those of the day of the act."""
        return isinstance(node, ByDay) and any(
            condition is FALSE and self.value(within, self.scope)
            for within, condition in node.parts
        )

    def by_day(self, node: ByDay, scope: Scope, holds: bool, truth: Truth) -> Proof:
        """A condition on an act, under the rules of its own day, or those that may be of it."""
        parts = []
        for (within, condition), zh, en in zip(
            node.parts, node.zh_rules, node.en_rules, strict=True
        ):
            under = self.value(within, scope)
            if under is False:
                continue
            inner = self.condition(condition, scope, holds)
            if condition is FALSE:
                said = Proof(
                    f"适用{zh}，其中没有此规则", f"by {en}: there is none such", inner.truth
                )
            else:
                said = Proof(f"适用{zh}", f"by {en}", inner.truth, parts=(inner,))
            if under:
                return said
            parts.append(said)
        return Proof(
            "行为的日期不详，各时期的规定均可能适用",
            "the day of the act is not known, and each of these may be its rules",
            truth, parts=tuple(parts),
        )  # fmt: skip

    def atom(self, node: Node, scope: Scope, holds: bool, truth: Truth) -> Proof:
        zh, en = self.words(scope)
        if isinstance(node, ReadingIs) and truth:
            taken = self.option(node.reading)
            return Proof(f"口径取“{taken.zh}”", f"read as “{taken.en}”")
        if isinstance(node, Derived):
            return self.derived_so(node, scope, holds, truth)
        compared = self.compared(node)
        # "pilot is no" says all where it is so; what a value is, is news where it is not.
        plain = (
            isinstance(node, Attribute | Derived)
            or (isinstance(node, Comparison) and node.op == "==" and holds)
            # Of a closed set, which member it is, or what else, is news; so is what a set has else.
            or (isinstance(node, Contains) and holds)
        )
        facts = () if plain and truth and len(compared) == 1 else compared
        # That a phrase is not so is said by its mark.
        told = isinstance(node, Attribute | Derived) and truth is not None
        zh_facts, en_facts = (
            [self.stated(each, words, len(facts) > 1, scope, node) for each in facts]
            if not (told or isinstance(words, NoWords))
            else []
            for words in (zh, en)
        )
        parts = tuple(
            proof
            for each in compared
            if not isinstance(each, Attribute | InYear | Aggregate)
            for proof in self.inputs(each, scope)
        ) + tuple(
            proof
            for each in compared
            if isinstance(each, Aggregate)
            for proof in counted(each, scope, self.words)
        )
        # Whether it is so or not is asked alike, where nothing is known of it.
        asked = _not_given(node) if truth is None else None
        if asked is not None:
            return Proof(*asked, truth, parts=parts)
        return Proof(
            zh.condition(node, holds) + (f"（{'；'.join(zh_facts)}）" if zh_facts else ""),
            en.condition(node, holds) + (f" ({'; '.join(en_facts)})" if en_facts else ""),
            truth, parts=parts,
        )  # fmt: skip

    def derived_so(self, node: Derived, scope: Scope, holds: bool, truth: Truth) -> Proof:
        """That a derived yes or no is so, with what it rests on."""
        zh, en = self.words(scope)
        said = self.derived(node, scope)
        seen = ("（见上文）", " (as shown above)") if said.zh.endswith("（见上文）") else ("", "")
        return evolve(
            said, zh=zh.condition(node, holds) + seen[0], en=en.condition(node, holds) + seen[1],
            truth=truth,
        )  # fmt: skip

    def compared(self, node: Node) -> tuple[Node, ...]:
        """The values that a condition compares, found once."""
        known = self.regime.of_nodes("compared")
        found: tuple[Node, ...] | None = known.get(node)
        if found is None:
            found = known[node] = _compared(node)
        return found

    def within(self, node: Node, words: Words, scope: Scope) -> str:
        """The bound within which a value lies that is not known, if there is one."""
        if self.value(node, scope) is not None:
            return ""
        low, high = bounds(node, scope) or (None, None)
        dates = node.type in (DATE, MOMENT)
        if low:
            word = words.pick("不早于", "not before") if dates else words.pick("至少", "at least")
            return words.bound(word, low, node)
        if high is not None and isinstance(node, Extreme):
            word = words.pick("不晚于", "not after") if dates else words.pick("至多", "at most")
            return words.bound(word, high, node)
        return ""

    def stated(self, node: Node, words: Words, named: bool, scope: Scope, of: Node) -> str:
        """A value that a condition compares; of the end of a span of time, when it is."""
        known = self.value(node, scope) is not None
        bound = self.within(node, words, scope)
        value = bound or words.value(node, _beside(node, of))
        if isinstance(node, Held | Periods):
            there = "已开展" if isinstance(node, Held) else "应开展"
            place = "periods with it" if isinstance(node, Held) else "periods in all"
            times = value.replace("期", "次") if known or bound else f"次数{value}"
            return words.pick(f"{there}{times}", f"{place}: {value}")
        if node is end_of_span(of):
            known_on = words.pick(f"{value}届满", f"complete on {value}")
            return known_on if known else words.pick("届满日期未知", "when that is, is unknown")
        if not known:
            if not named:
                return value
            return words.pick(f"{words.term(node)}{value}", f"{words.term(node)}: {value}")
        if named:
            return words.pick(f"{words.term(node)}为{value}", f"{words.term(node)}: {value}")
        if isinstance(node, Count):
            there = "there is" if value == "1" else "there are"
            return words.pick(f"实有{value}", f"{there} {value}")
        several = isinstance(self.value(node, scope), frozenset)
        return words.pick(f"实为{value}", f"{'given:' if several else 'it is'} {value}")


def _not_given(node: Node) -> tuple[str, str] | None:
    """That a yes or no of the fact itself was not given; of all else, nothing."""
    if not isinstance(node, Attribute) or node.type != BOOLEAN or node.of.via is not None:
        return None
    spec = node.spec
    return f"是否{predicate(spec.zh, spec.no_zh)}：未填报", f"{spec.en}: not given"


def _beside(node: Node, of: Node) -> Node | None:
    """What a value is compared with, and so in the unit of; nothing of other conditions."""
    if not isinstance(of, Comparison):
        return None
    return of.right if node is of.left else of.left


def _lines(proof: Proof) -> int:
    return 1 + sum(map(_lines, proof.parts))


def _compared(node: Node) -> tuple[Node, ...]:
    """The values that a condition compares, without literals and settings."""
    match node:
        case Attribute() | Derived():
            return (node,)
        case Exempted() | IsKnown() | IsNone() | ReadingIs():
            return ()
        case _:
            return tuple(each for each in children(node) if not _fixed(each))


def _chosen(node: Node, scope: Scope) -> Node:
    """Which of several values was taken: that of a choice; a second where only that is known."""
    if isinstance(node, ByChoice) and (choice := evaluate(node.of, scope)) is not None:
        return _chosen(node.value_of(choice), scope)
    if isinstance(node, FirstKnown) and evaluate(node.first, scope) is None:
        return node if evaluate(node.second, scope) is None else _chosen(node.second, scope)
    return node


def _fixed(node: Node) -> bool:
    match node:
        case YearNumber() | Arithmetic():
            return all(map(_fixed, children(node)))
        case _:
            return isinstance(node, Constant | Parameter | AsOf)


def _not_applying(listed: Sequence[Cite], numbers: Mapping[str, str]) -> Proof:
    """The rules that do not concern a request, in one line."""
    zh = [cite_words(cite, "zh", numbers) for cite in listed]
    en = [cite_shown(cite, "en") for cite in listed]
    return Proof(
        f"不适用的规则（{len(listed)}条）：{'、'.join(zh)}",
        f"rules that do not apply ({len(listed)}): {', '.join(en)}",
    )


def _parts(node: Node) -> tuple[Node, ...]:
    return node.items if isinstance(node, And) else (node,)


def _excepts(node: Node) -> bool:
    """Whether it is that an exception does not apply."""
    return isinstance(node, Not) and isinstance(node.item, Noted)


def _besides_exceptions(node: Node) -> Node:
    """A condition without that no exception applies, which is said apart."""
    return all_of(*(part for part in _parts(node) if not _excepts(part)))


def _not_left_out(node: Node, scope: Scope) -> bool:
    """Whether it is that something is not left out, since it was in time, and that holds."""
    noted = node.item if isinstance(node, Not) else None
    return isinstance(noted, BeforeForce) and evaluate(node, scope) is True
