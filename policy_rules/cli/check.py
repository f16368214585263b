"""`check`: whether each request is permitted."""

from __future__ import annotations

import click

from ..engines.columns import VERDICT
from .answers_shown import over_facts, show, verdict_parts
from .bilingual import BilingualCommand
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
        "每个审核事项是否可以实施，不得实施的理由。",
        "Whether each request is permitted, and if not, why.",
    ),
    zh=f"""事前审核：刑事案件、任务、调动、任职和新警分配，
    各为可以实施、不得实施、须报批豁免、须先履行程序或无法判定。

    {TABLES_ZH}

    \b
    示例：
      policy-rules check facts.json --format json --output verdicts.json
    """,
    en=f"""Check the requests: cases, tasks, transfers,
    appointments and postings. Each is permitted, prohibited, in need of an exemption, awaiting
    steps or undetermined.

    {TABLES_EN}

    \b
    Example:
      policy-rules check facts.json --format json --output verdicts.json
    """,
    end=STATUS,
)
@FACTS
@ANSWERING
def check(options: Options, facts: str) -> int:
    """Show the verdicts on all requests."""
    if are_readable(facts):
        from . import on_tables

        return on_tables.check(options, facts)
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch)
        through = over_facts(watch, "审核", "checking")
        verdicts = list(ask.policy.verdicts_of(ask.document.facts, through))
        recorded(options, ask.policy, ask.document.facts, verdicts)

    def parts() -> Parts:
        return verdict_parts(verdicts, options.lang, at_least=bool(ask.partial))

    show(options, ask, parts, verdicts=verdicts, rows={VERDICT: verdicts})
    return max(ask.least_status, options.failing.status(verdicts=verdicts))
