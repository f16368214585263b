"""All that a policy answers about one fact, or what rests on one decision or citation of it."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TypeAlias

from ..answers import Agreement, Decision, Finding, Verdict
from ..facts import Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode, quoted
from ..formats.choices import unknown_name
from ..language import Cite
from ..policy import Policy

About: TypeAlias = tuple[list[Decision], list[Verdict], list[Finding], list[Agreement]]


def fact_of(facts: Facts, key: str, place: str) -> Fact:
    """The fact that has a key, which stands at a place. Raises FactError where there is none."""
    by_key = {fact.key: fact for fact in facts}
    if key in by_key:
        return by_key[key]
    ends = [each for each in by_key if each.partition("/")[2] == key]
    close = ends[:1] or get_close_matches(key, by_key, 1)
    raise FactError(
        [
            Fault(
                place=place,
                code=FaultCode.WRONG_USAGE,
                zh=f"没有事实 {quoted(key)}；"
                + (f"是否指 `{close[0]}`？" if close else "应为文件中的键，如 `列表/编号`"),
                en=f"there is no fact {quoted(key)}; "
                + (
                    f"did you mean `{close[0]}`?"
                    if close
                    else "give a key of the document, such as `collection/ID`"
                ),
            )
        ]
    )


def answers_about(
    policy: Policy,
    fact: Fact,
    facts: Facts,
    name: str | None,
    cite: str | None,
    places: tuple[str, str],
) -> About:
    """The answers on a fact: all, or those of a decision or of a citation.

    Raises FactError for a decision or citation that there is not for such a fact, with the place
    where it was named, the first or second of `places`.
    """

    def only(_: Facts) -> list[Fact]:
        return [fact]

    decisions = list(policy.decisions_of(facts, only))
    verdicts = list(policy.verdicts_of(facts, only))
    findings = list(policy.audit(facts, only))
    agreements = list(policy.agreements_of(facts, only))
    if name is not None:
        return _named(fact, decisions, name, places[0]), [], [], []
    if cite is None:
        return decisions, verdicts, findings, agreements
    meant = policy.rules.directive.citation(cite)
    return _cited(policy, fact, (decisions, verdicts, findings, agreements), meant, places[1])


def _named(fact: Fact, decisions: list[Decision], name: str, place: str) -> list[Decision]:
    chosen = [each for each in decisions if each.name == name]
    if chosen:
        return chosen
    zh, en = f"关于{fact.zh}的认定事项", f"decision of a {fact.en}"
    names = [each.name for each in decisions]
    raise FactError([unknown_name(place, zh, en, name, names)])


def _cited(
    policy: Policy,
    fact: Fact,
    answers: About,
    cite: str,
    place: str,
) -> About:
    decisions, verdicts, findings, agreements = answers

    def meant(each: Cite) -> bool:
        return cite in (str(each), str(each.of_sentence))

    ruled = {rule.cite for rule in policy.rules.verdict_rules_of(type(fact))}
    defined = {d.name: {rule.cite for rule in d.definition.outcomes()} for d in decisions}
    chosen = (
        [each for each in decisions if any(map(meant, defined[each.name]))],
        [each for each in verdicts if any(map(meant, ruled))],
        [each for each in findings if meant(each.cite)],
        [each for each in agreements if meant(each.cite)],
    )
    if any(chosen):
        return chosen
    order = list(policy.rules.directive.sentences)
    judged: list[Finding | Agreement] = [*findings, *agreements]
    known = ruled.union(*defined.values(), (each.cite for each in judged))
    names = [str(c) for c in sorted(known, key=lambda c: (order.index(str(c.of_sentence)), c))]
    zh, en = f"关于{fact.zh}的条款", f"rule for a {fact.en} with the citation"
    raise FactError([unknown_name(place, zh, en, cite, names)])
