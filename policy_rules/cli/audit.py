"""`audit`: how every fact stands to every obligation."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..engines.columns import AGREEMENT, FINDING
from ..policy import Answer
from .answer_rows import has_agreements
from .answers_shown import over_facts, show
from .bilingual import BilingualCommand, option
from .forms import FORMS
from .help_texts import STATUS, TABLES_EN, TABLES_ZH
from .inputs import asked
from .locations import are_readable
from .options import AUDITING, FACTS, Options
from .output import details_fault
from .progress import Watch
from .recording import recorded
from .summary_shown import Parts, summary_parts


@click.command(
    cls=BilingualCommand,
    short=("每个事实是否符合每项要求。", "How every fact stands to every obligation."),
    zh=f"""对照每项要求核查每个事实：先逐条汇总，据数据判定的和依据佐证材料判定的分开；
    再列出最大的差距、经佐证材料确认未落实的事项、其余事项需要补充什么才能判定，以及存疑的数据。

    {TABLES_ZH}

    \b
    示例：
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
    en=f"""Audit every fact against every obligation: a summary by
    rule, what is measured apart from what is attested; then the worst gaps, what is attested not to
    be met, what is needed to settle the rest, and doubtful data.

    {TABLES_EN}

    \b
    Examples:
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
    end=STATUS,
)
@FACTS
@option(
    "--worst",
    metavar="N",
    type=click.IntRange(min=0),
    default=10,
    show_default=True,
    zh="汇总之后的各表最多多少行。",
    en="How many rows the lists after the summary have at most.",
)
@option(
    "--details",
    metavar="DIRECTORY",
    zh="督查通报和整改台账：另在此目录为每个最大的单位各写一份，通报中列明其全部判定依据。",
    en="Reports and ledgers: in this directory also write one on each of the largest bodies, which "
    "explains all of its problems.",
)
@AUDITING
def audit(options: Options, facts: str, worst: int, details: str | None) -> int:
    """Show the findings on all facts: a summary for each rule, then the worst gaps."""
    wrong = details_fault(details, options.output, options.format)
    faults = [] if wrong is None else [wrong]
    if are_readable(facts):
        from . import on_tables

        return on_tables.audit(options, facts, worst, details, faults)
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch, lambda _: faults, with_agreements=True)
        given = ask.document.facts
        report = ask.policy.audit(given, over_facts(watch, "核查", "auditing"))
        through = over_facts(watch, "认定和审核", "deciding and checking")
        decisions = list(ask.policy.decisions_of(given, through))
        verdicts = list(ask.policy.verdicts_of(given))
        agreements = list(ask.policy.agreements_of(given))
        recorded(options, ask.policy, given, decisions, verdicts, report.findings, agreements)
        if FORMS[options.format].report:
            from .reporting import write_report  # only where it is asked for

            print(ask.as_of_words(options.lang), file=sys.stderr)
            write_report(options, ask, report, details, watch)
    if not FORMS[options.format].report:
        written: dict[Sequence[str], Sequence[Answer]] = {FINDING: report.findings}
        if has_agreements(ask.policy.rules):
            written[AGREEMENT] = agreements

        def parts() -> Parts:
            from ..report import summary_of  # only where it is asked for

            summary = summary_of(report, decisions, verdicts, agreements, worst)
            return summary_parts(summary, options.lang, at_least=bool(ask.partial))

        show(
            options,
            ask,
            parts,
            decisions=decisions,
            verdicts=verdicts,
            findings=report.findings,
            agreements=agreements,
            lists=report.lists,
            rows=written,
        )
    status = options.failing.status(decisions, verdicts, report.findings, agreements)
    return max(ask.least_status, status)
