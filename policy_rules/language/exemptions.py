"""What exemptions can be from: in-principle rules, and sentences that have one, for facts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..facts import Exemption, Fault, known_fields
from ..facts.faults import FaultCode, found
from .directives import Directive
from .loading import RuleSet


def cited_exemptions(directive: Directive, given: Iterable[Exemption]) -> tuple[Exemption, ...]:
    """The exemptions; one that cites a rule as the text itself is cited, by its citation."""
    held = tuple(given)
    if not held or not directive.labels:
        return held
    return tuple(
        Exemption(**known_fields(each) | {"cite": directive.citation(each.cite)}) for each in held
    )


def exemption_faults(rules: RuleSet, exemptions: Iterable[Exemption]) -> list[Fault]:
    """Find exemptions that would have no effect, and those that are given more than once."""
    given = list(exemptions)
    if not given:
        return []
    faults: list[Fault] = []
    reached: dict[str, set[str]] = {}
    for rule, cls in rules.in_principle().items():
        for cite in (rule, rule.of_sentence):
            reached.setdefault(str(cite), set()).add(cls.collection)
    there = ", ".join(sorted(reached))
    collections = {cls.collection for cls in {rule.subject.fact_class for rule in rules.rules}}
    for each in given:
        if each.valid_from and each.valid_until and each.valid_until < each.valid_from:
            faults.append(
                Fault(
                    place=each.key,
                    field="valid_until",
                    code=FaultCode.UNREADABLE_VALUE,
                    found=found(str(each.valid_until)),
                    zh=f"应不早于生效日期 {each.valid_from}，实为{{found}}；请改正",
                    en=f"expected a day not before {each.valid_from}, from which it is valid, "
                    "found {found}; correct it",
                )
            )
        if each.cite not in reached:
            faults.append(
                Fault(
                    place=each.key,
                    field="cite",
                    code=FaultCode.UNKNOWN_CITATION,
                    found=found(each.cite),
                    zh="应为原则性规定或有此类规定的句子，实为{found}；"
                    f"可针对 {there or '（无）'}",
                    en="expected the citation of an in-principle rule, or of a sentence with one, "
                    f"found {{found}}; there are {there or 'none'}",
                )
            )
        of = reached.get(each.cite, collections)
        if each.subject.partition("/")[0] not in of:
            faults.append(
                Fault(
                    place=each.key,
                    field="subject",
                    code=FaultCode.UNKNOWN_SUBJECT,
                    found=found(each.subject),
                    zh=f"应为该条款所及的事实的键，如 `{min(of)}/A1`，实为{{found}}；请改正",
                    en="expected the key of a fact that the citation is about, such as "
                    f"`{min(of)}/A1`, found {{found}}; correct it",
                )
            )
    for id_, times in Counter(each.id for each in given).items():
        if times > 1:
            faults.append(
                Fault(
                    place=f"{Exemption.collection}/{id_}",
                    code=FaultCode.DUPLICATE_ID,
                    zh=f"给出 {times} 次；请只保留一个",
                    en=f"expected it once, found it given {times} times; keep one of them",
                )
            )
    return faults
