"""`explain`: why the answers about one fact are what they are."""

from __future__ import annotations

from typing import Any, TypeAlias, TypeGuard

import click

from ..answers import Agreement, Decision, Finding, Verdict
from ..facts import Fact, FactError, Facts
from ..formats.choices import unknown_name
from ..language import Cite
from ..policy import Answer, Policy
from ..render.wording import Language, pick
from .answers_shown import show
from .bilingual import BilingualCommand, option
from .choices import subject_of
from .help_texts import FACTS_EN, FACTS_ZH, STATUS
from .inputs import asked
from .options import EXPLAINING, FACTS, Options, one_of
from .progress import Watch
from .summary_shown import Parts

_Answers: TypeAlias = tuple[list[Decision], list[Verdict], list[Finding], list[Agreement]]


@click.command(
    cls=BilingualCommand,
    short=("关于一个事实的回答为何如此。", "Why the answers about one fact are what they are."),
    zh=f"""说明关于一个事实的回答，从结论直到数据：全部回答，或一项认定、一条条款的。

    {FACTS_ZH}

    \b
    示例：
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
    en=f"""Explain the answers about one fact, from the conclusion
    down to the facts: all of them, or a decision's, or a citation's.

    {FACTS_EN}

    \b
    Example:
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
    end=STATUS,
)
@FACTS
@option(
    "--subject",
    metavar="KEY",
    required=True,
    zh="哪个事实：列表和编号，如 cases/A1。",
    en="The fact: its collection and id, such as cases/A1.",
)
@option("--name", metavar="N", zh="只看此名称的认定事项。", en="Only the decision of this name.")
@option(
    "--cite",
    metavar="C",
    zh="只看依据此条款的，如 2.1/1b。",
    en="Only what rests on this citation, such as 2.1/1b.",
)
@EXPLAINING
def explain(options: Options, facts: str, subject: str, name: str | None, cite: str | None) -> int:
    """Show why the answers about one fact are what they are."""
    one_of(("--name", name), ("--cite", cite))
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch)
        given = ask.document.facts
        chosen = _answers_about(ask.policy, subject_of(given, subject), given, name, cite)
    decisions, verdicts, findings, agreements = chosen

    def parts() -> Parts:
        from ..render.tables import paragraph
        from ..render.wording import cite_shown

        texts: Parts = []
        answers: list[Answer] = [*decisions, *verdicts, *findings, *agreements]
        # Who asks for a rule is told why it does not apply; of all, one line names those.
        apart = [each for each in answers if _applies_not(each)] if cite is None else []
        for answer in answers:
            if not any(answer is each for each in apart):
                texts += ["", *map(paragraph, _explanation(ask.policy, answer, options.lang))]
        if apart:
            cites = [cite_shown(each.cite, options.lang) for each in apart]
            zh = f"不适用的规则（{len(cites)}条）：{'、'.join(cites)}"
            en = f"rules that do not apply ({len(cites)}): {', '.join(cites)}"
            texts += ["", paragraph(pick(options.lang, zh, en))]
        return texts or [
            "",
            pick(options.lang, "文件对此没有规定", "the directive says nothing of it"),
        ]

    def item(answer: Answer) -> dict[str, Any]:
        text = "\n".join(_explanation(ask.policy, answer, options.lang))
        return answer.as_json() | {"explanation": text}

    show(options, ask, parts, decisions, verdicts, findings, agreements, item=item)
    return max(ask.least_status, options.failing.status(*chosen))


def _applies_not(answer: Answer) -> TypeGuard[Finding | Agreement]:
    """Whether an answer is that a rule does not apply."""
    return isinstance(answer, Finding | Agreement) and str(answer.status) == "not_applicable"


def _explanation(policy: Policy, answer: Answer, lang: Language) -> list[str]:
    return policy.explain(answer, lang).splitlines()


def _answers_about(
    policy: Policy, fact: Fact, facts: Facts, name: str | None, cite: str | None
) -> _Answers:
    """The answers on a fact: all, or those of a decision or of a citation.

    Raises FactError for a decision or citation that there is not for such a fact.
    """

    def only(_: Facts) -> list[Fact]:
        return [fact]

    decisions = list(policy.decisions_of(facts, only))
    verdicts = list(policy.verdicts_of(facts, only))
    findings = list(policy.audit(facts, only))
    agreements = list(policy.agreements_of(facts, only))
    if name is not None:
        return _named(fact, decisions, name), [], [], []
    if cite is None:
        return decisions, verdicts, findings, agreements
    meant = policy.rules.directive.citation(cite)
    return _cited(policy, fact, (decisions, verdicts, findings, agreements), meant)


def _named(fact: Fact, decisions: list[Decision], name: str) -> list[Decision]:
    chosen = [each for each in decisions if each.name == name]
    if chosen:
        return chosen
    zh, en = f"关于{fact.zh}的认定事项", f"decision of a {fact.en}"
    names = [each.name for each in decisions]
    raise FactError([unknown_name("--name", zh, en, name, names)])


def _cited(
    policy: Policy,
    fact: Fact,
    answers: _Answers,
    cite: str,
) -> _Answers:
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
    raise FactError([unknown_name("--cite", zh, en, cite, names)])
