"""Provisions of a directive in words: their form and strength, what they say, what they rest on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from ..engines.counting import due_of_all
from ..facts import Fact, Kind
from ..language import Cite, Modality, Regime, RuleSet
from ..language.annotation import Basis, Entry, Listed
from ..language.changes import NewValue, Repeal
from ..language.citations import numeral
from ..language.expressions import (
    TRUE,
    Constitutive,
    Count,
    Definition,
    FirstKnown,
    Node,
    Parameter,
    Source,
    ValueAggregate,
)
from ..language.rules import (
    AgreementRule,
    AttestationRule,
    Excuse,
    Prohibition,
    Requirement,
    RuleException,
    Steps,
)
from ..language.types import BOOLEAN
from ..language.units import scales_of
from .amended import value_said
from .wording import Language, Words, heading_of_sentence, heading_words, pick

_INNER: Final = str.maketrans("“”", "‘’")


def quoted(words: str) -> str:
    """Operative words in quotation marks, those inside made single."""
    inside = words[1:-1] if words[:1] == "“" and words.find("”") == len(words) - 1 else words
    return f"“{inside.translate(_INNER)}”"


def cites_words(cites: Iterable[str], lang: Language) -> str:
    """Sentences as readers of the text say them, those of one heading together."""
    by_heading: dict[str, list[int]] = {}
    for each in map(Cite.parse, cites):
        by_heading.setdefault(each.heading, []).append(each.sentence)
    named = []
    for heading, numbers in by_heading.items():
        zh = f"{heading_of_sentence(heading)}第{'、'.join(map(numeral, numbers))}句"
        plural = "s" if len(numbers) > 1 else ""
        en = f"{heading_words(heading, 'en')} sentence{plural} {' and '.join(map(str, numbers))}"
        named.append(pick(lang, zh, en))
    return pick(lang, "，", ", ").join(named)


def clause_title(heading: str, title: str, lang: Language) -> str:
    """A heading and its title; what an amendment adds has a title that says of which document."""
    words = [] if ":" in heading else [heading_words(heading, lang)]
    return " ".join(dict.fromkeys([*words, title])).strip()


def form_words(provision: Listed, lang: Language) -> str:
    """The form of a provision, with the strength of its words."""
    match provision:
        case Definition():
            return pick(lang, "认定", "defines")
        case Requirement():
            return pick(lang, provision.modality.zh, provision.modality.en)
        case AttestationRule():
            zh, en = provision.modality.zh, provision.modality.en
            return pick(lang, f"{zh}（依据佐证材料）", f"{en}, attested")
        case AgreementRule():
            return pick(lang, "应一致", "should agree")
        case Prohibition(modality=Modality.IN_PRINCIPLE):
            return pick(lang, "原则上", "in principle")
        case Prohibition():
            # It states what has to be so, for the request not to be prohibited.
            return pick(lang, "须符合", "condition")
        case Steps():
            return pick(lang, "须经程序", "needs steps")
        case RuleException():
            return pick(lang, "例外", "exception")
        case Excuse():
            return pick(lang, "不计算", "not computed")
        case NewValue():
            return pick(lang, "设定", "sets")
        case Repeal():
            return pick(lang, "废止", "repeals")


def changed_words(provision: Listed, rules: RuleSet, lang: Language) -> str:
    """What an amendment sets or repeals, in our words; of any other provision, what it says."""
    said = pick(lang, provision.zh, provision.en)
    if isinstance(provision, NewValue):
        value = value_said(rules.parameters[provision.parameter], provision.value, lang)
        return (
            said + pick(lang, f"（{provision.parameter}）：", f" ({provision.parameter}): ") + value
        )
    if isinstance(provision, Repeal):
        return said + pick(lang, f"（{provision.old}）", f" ({provision.old})")
    return said


def validity_words(entry: Entry, lang: Language) -> str:
    """From when to when a rule holds, where that is not from the beginning and without an end."""
    source = entry.rule or entry.provision
    if not isinstance(source, Source):
        return ""
    parts = []
    if source.valid_from is not None:
        parts.append(pick(lang, f"自 {source.valid_from} 起", f"from {source.valid_from}"))
    if source.valid_until is not None:
        parts.append(pick(lang, f"至 {source.valid_until} 止", f"until {source.valid_until}"))
    if source.ended_by is not None:
        by, replaced = source.ended_by.cite, source.ended_by.replaced
        zh = f"由 {by} 取代" if replaced else f"经 {by} 废止"
        parts.append(pick(lang, zh, f"{'replaced' if replaced else 'repealed'} by {by}"))
    return pick(lang, "，", ", ").join(parts)


class Annotations:
    """What a directive's provisions say and rest on, in one language, as of a date."""

    def __init__(self, chosen: Regime, lang: Language) -> None:
        self._regime = chosen
        self._lang = lang
        self._words = Words(lang, self._known, chosen.as_of.year)

    def _known(self, node: Node) -> Any:
        """What stands in the words for an expression without facts."""
        return self._regime.value(node) if isinstance(node, Parameter) else self._regime.as_of

    def statement(self, entry: Entry) -> str:
        """What a provision says, in our words."""
        provision = entry.provision
        said = changed_words(provision, self._regime.rules, self._lang)
        if isinstance(provision, Excuse):
            kind = pick(self._lang, provision.kind.zh, provision.kind.en)
            return said + pick(self._lang, f"（{kind}）", f" ({kind})")
        if isinstance(provision, RuleException):
            return said + pick(self._lang, f"（{provision.to} 的例外）", f" (from {provision.to})")
        if entry.rule is None:
            return said
        value, words = entry.rule.value, self._words
        if isinstance(provision, Definition):
            unit = provision.unit_zh, provision.unit_en
            year = self._regime.as_of.year
            words = Words(self._lang, self._known, year, scales_of(value, unit))
        return self._counts_as(said, provision, self._given(value, words.term))

    def _counts_as(self, said: str, provision: Listed, given: str) -> str:
        """The value of a definition, with what it is of and the name to ask for it by."""
        assert isinstance(provision, Definition)
        of = provision.subject.fact_class
        # A yes or no is a phrase, not a thing that something has.
        possessive = "" if provision.type == BOOLEAN else "的"
        return pick(
            self._lang,
            f"{of.zh}{possessive}{said}（{provision.name}）：{given}",
            f"{of.en}, {said} ({provision.name}): {given}",
        )

    def _given(self, node: Node, words: Callable[[Node], str]) -> str:
        """What a rule of a definition gives."""
        if isinstance(node, FirstKnown):
            first, second = words(node.first), words(node.second)
            return pick(
                self._lang, f"{first}；未知的，取{second}", f"{first}, or where unknown {second}"
            )
        if isinstance(node, Count | ValueAggregate):
            return pick(self._lang, f"清点“{words(node)}”", f"the count of “{words(node)}”")
        return words(node)

    def conditions(self, entry: Entry) -> Iterator[str]:
        """When a rule applies and holds, the steps that are needed, when it is due."""
        provision, lang = entry.provision, self._lang
        if entry.rule is not None:
            yield from self._when(entry.provision, entry.rule)
        if held := validity_words(entry, lang):
            yield held
        if isinstance(provision, Steps):
            steps = pick(lang, "、", ", ").join(pick(lang, s.zh, s.en) for s in provision.steps)
            yield pick(lang, f"程序：{steps}", f"steps: {steps}")
        if isinstance(provision, Requirement) and provision.due is not None:
            day = due_of_all(self._regime, provision)
            late = day is not None and day < self._regime.rules.directive.issued
            words = (
                self._parameter(provision.due)
                if isinstance(provision.due, Parameter)
                else self._words.term(provision.due)
            )
            note = pick(lang, "（早于成文日期）", " (before the directive was issued)")
            yield pick(lang, "期限：", "due: ") + words + (note if late else "")

    def _when(self, provision: Listed, rule: Constitutive) -> Iterator[str]:
        if isinstance(provision, Definition) and rule is provision.otherwise:
            yield pick(self._lang, "其余情形", "in all other cases")
        elif rule.condition is not TRUE:
            condition = self._words.condition(rule.condition)
            yield pick(self._lang, f"条件：{condition}", f"when: {condition}")

    def basis(self, entry: Entry, rests_on: Basis) -> Iterator[str]:
        """The facts, parameters and readings that a provision rests on, a line for each.

        A rule of a definition is shown with its condition, which names its facts already.
        """
        lang = self._lang
        comma, semicolon = pick(lang, "、", ", "), pick(lang, "；", "; ")
        facts = "" if entry.rule else semicolon.join(self._facts(entry, rests_on))
        if facts:
            yield pick(lang, "据：", "reads: ") + facts
        provision = entry.provision
        due = provision.due if isinstance(provision, Requirement) else None
        parameters = [each for each in rests_on.parameters if each is not due]
        if parameters:
            # The value of one that a definition names stands in its words already.
            words = [each.name if entry.rule else self._parameter(each) for each in parameters]
            yield pick(lang, "参数：", "parameters: ") + semicolon.join(words)
        if rests_on.readings:
            readings = comma.join(each.name for each in rests_on.readings)
            yield pick(lang, "口径：", "readings: ") + readings

    def _facts(self, entry: Entry, rests_on: Basis) -> Iterator[str]:
        provision, lang = entry.provision, self._lang
        subject = getattr(provision, "subject", None)
        first = [subject.fact_class] if subject is not None else []
        if rests_on.attested and subject is not None:
            yield pick(
                lang,
                f"{subject.fact_class.zh}的证明",
                f"an attestation of the {subject.fact_class.en}",
            )
            first = []
        for of in dict.fromkeys([*first, *rests_on.classes]):
            if of in rests_on.classes:
                yield self._read(of, rests_on)

    def _read(self, of: type[Fact], rests_on: Basis) -> str:
        lang = self._lang
        fields = [each for each in rests_on.fields.get(of, ()) if each.kind is not Kind.ID]
        names = [pick(lang, each.zh, each.en) for each in fields]
        names += [pick(lang, each.zh, each.en) for each in rests_on.derived.get(of, ())]
        if not names:
            return pick(lang, f"{of.zh}名单", f"the list of {of.collection}")
        listed = pick(lang, "、", ", ").join(names)
        return pick(lang, f"{of.zh}（{listed}）", f"{of.en}: {listed}")

    def _parameter(self, parameter: Parameter) -> str:
        if self._regime.value(parameter) is None:
            return parameter.name + pick(self._lang, "（未设定）", " (not set)")
        return f"{parameter.name} = {self._words.term(parameter)}"
