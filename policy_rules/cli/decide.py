"""`decide`: what the directive makes of each fact."""

from __future__ import annotations

import click

from ..engines.columns import DECISION
from .answers_shown import decision_parts, over_facts, show
from .bilingual import BilingualCommand, option
from .choices import unknown_decision
from .help_texts import STATUS, TABLES_EN, TABLES_ZH
from .inputs import asked
from .locations import are_readable
from .options import ANSWERING, FACTS, Options
from .progress import Watch
from .recording import recorded
from .summary_shown import Parts


@click.command(
    cls=BilingualCommand,
    short=(
        "文件对每个事实如何认定，依据哪一句。",
        "What the directive makes of each fact, by which sentence.",
    ),
    zh=f"""按文件对每个事实作出认定，如派出所的勤务模式，并写明依据哪一句。

    {TABLES_ZH}

    \b
    示例：
      policy-rules decide facts.json --name duty_mode
    """,
    en=f"""Decide what the directive makes of each fact, such as
    a station's duty mode, and by which sentence.

    {TABLES_EN}

    \b
    Example:
      policy-rules decide facts.json --name duty_mode
    """,
    end=STATUS,
)
@FACTS
@option(
    "--name",
    metavar="N",
    zh="只看此名称的认定事项，如 duty_mode。",
    en="Only the decision of this name, such as duty_mode.",
)
@ANSWERING
def decide(options: Options, facts: str, name: str | None) -> int:
    """Show the decisions on all facts, or those of one name."""
    if are_readable(facts):
        from . import on_tables

        return on_tables.decide(options, facts, name)
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch, lambda rules: unknown_decision(rules, name))
        through = over_facts(watch, "认定", "deciding")
        given = ask.policy.decisions_of(ask.document.facts, through)
        decisions = [each for each in given if name in (None, each.name)]
        recorded(options, ask.policy, ask.document.facts, decisions)

    def parts() -> Parts:
        return decision_parts(decisions, options.lang)

    show(options, ask, parts, decisions=decisions, rows={DECISION: decisions})
    return max(ask.least_status, options.failing.status(decisions))
