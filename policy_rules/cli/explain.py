"""`explain`: why the answers about one fact are what they are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeGuard

import click

from ..analysis.about import About, answers_about, fact_of
from ..answers import Agreement, Finding
from ..facts import FactError
from ..policy import Answer, Policy
from ..render.wording import Language, pick
from .answers_shown import show
from .bilingual import BilingualCommand, option
from .fetched import asked_anywhere
from .help_texts import STATUS, TABLES_EN, TABLES_ZH
from .options import EXPLAINING, FACTS, Options, one_of
from .solver import no_solver
from .summary_shown import Parts

if TYPE_CHECKING:
    from ..analysis.inquiries import Inquiry


@click.command(
    cls=BilingualCommand,
    short=("关于一个事实的回答为何如此。", "Why the answers about one fact are what they are."),
    zh=f"""说明关于一个事实的回答，从结论直到数据：全部回答，或一项认定、一条条款的。

    {TABLES_ZH}

    \b
    示例：
      policy-rules explain facts.json --subject stations/350304540000 --cite 2.1/1b
    """,
    en=f"""Explain the answers about one fact, from the conclusion
    down to the facts: all of them, or a decision's, or a citation's.

    {TABLES_EN}

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
@option(
    "--find-out",
    "find_out",
    is_flag=True,
    zh="对无法判定的，还说明先查明什么、查明哪些就足够；需要 policy-rules[analysis]。",
    en="Of what is undetermined also what to find out first, and what is enough to settle it; "
    "needs policy-rules[analysis].",
)
@EXPLAINING
def explain(
    options: Options,
    facts: str,
    subject: str,
    name: str | None,
    cite: str | None,
    *,
    find_out: bool,
) -> int:
    """Show why the answers about one fact are what they are."""
    one_of(("--name", name), ("--cite", cite))
    with asked_anywhere(options, facts, subject=subject) as (ask, _):
        given = ask.document.facts
        fact, places = fact_of(given, subject, "--subject"), ("--name", "--cite")
        chosen = answers_about(ask.policy, fact, given, name, cite, places)
    decisions, verdicts, findings, agreements = chosen
    inquired = _inquiries(ask.policy, chosen) if find_out else {}

    def parts() -> Parts:
        from ..render.inquiries import inquiry_lines
        from ..render.tables import paragraph
        from ..render.wording import cite_shown

        texts: Parts = []
        answers: list[Answer] = [*decisions, *verdicts, *findings, *agreements]
        # Who asks for a rule is told why it does not apply; of all, one line names those.
        apart = [each for each in answers if _applies_not(each)] if cite is None else []
        for answer in answers:
            if not any(answer is each for each in apart):
                texts += ["", *map(paragraph, _explanation(ask.policy, answer, options.lang))]
                if answer in inquired:
                    rules = ask.policy.rules
                    lines = inquiry_lines(inquired[answer], fact, options.lang, rules)
                    texts += map(paragraph, lines)
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
        told = answer.as_json() | {"explanation": text}
        return told | {"find_out": inquired[answer].as_json()} if answer in inquired else told

    show(options, ask, parts, decisions, verdicts, findings, agreements, item=item)
    return max(ask.least_status, options.failing.status(*chosen))


def _inquiries(policy: Policy, answers: About) -> dict[Answer, Inquiry]:
    """What to find out, by the answers that are undetermined."""
    try:
        from ..analysis.inquiries import inquiry
    except ImportError as error:
        raise FactError([no_solver("--find-out")]) from error
    return {each: inquiry(policy, each) for of in answers for each in of if each.needs}


def _applies_not(answer: Answer) -> TypeGuard[Finding | Agreement]:
    """Whether an answer is that a rule does not apply."""
    return isinstance(answer, Finding | Agreement) and str(answer.status) == "not_applicable"


def _explanation(policy: Policy, answer: Answer, lang: Language) -> list[str]:
    return policy.explain(answer, lang).splitlines()
