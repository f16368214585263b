"""`audit`: how every fact stands to every obligation."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from ..engines.columns import AGREEMENT, FINDING
from ..policy import Answer, Report
from .answer_rows import has_agreements
from .answers_shown import over_facts, show
from .audit_parts import audit_parts
from .bilingual import BilingualCommand, option
from .faults_shown import notes_on
from .forms import FORMS
from .help_texts import STATUS, TABLES_EN, TABLES_ZH
from .inputs import Asked, asked
from .locations import are_readable
from .options import AUDITING, FACTS, Options
from .output import write_bytes
from .progress import Watch


@click.command(
    cls=BilingualCommand,
    short=("每个事实是否符合每项要求。", "How every fact stands to every obligation."),
    zh=f"""对照每项要求核查每个事实：先逐条汇总，据数据判定的和依据佐证材料判定的分开；
    再列出最大的差距，文档还列出经佐证材料确认未落实的事项，以及其余事项需要补充什么才能判定。

    {TABLES_ZH}

    \b
    示例：
      policy-rules audit facts.json --worst 20 --reading strength_counts=sworn_and_auxiliary
      policy-rules audit province.duckdb --whole stations,officers --output findings.parquet
      policy-rules audit postgresql://user@host/db --mapping county.toml --into findings
    """,
    en=f"""Audit every fact against every obligation: a summary by
    rule, what is measured apart from what is attested; then the worst gaps and, of a document, what
    is attested not to be met and what is needed to settle the rest.

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
@AUDITING
def audit(options: Options, facts: str, worst: int) -> int:
    """Show the findings on all facts: a summary for each rule, then the worst gaps."""
    if are_readable(facts):
        from . import on_tables

        return on_tables.audit(options, facts, worst)
    with Watch(options.lang) as watch:
        ask = asked(options, facts, watch, with_agreements=True)
        given = ask.document.facts
        report = ask.policy.audit(given, over_facts(watch, "核查", "auditing"))
        through = over_facts(watch, "认定和审核", "deciding and checking")
        decisions = list(ask.policy.decisions_of(given, through))
        verdicts = list(ask.policy.verdicts_of(given))
        agreements = list(ask.policy.agreements_of(given))
        if FORMS[options.format].report:
            watch.stage("撰写", "writing")
            _write_report(options, ask, report)
    if not FORMS[options.format].report:
        written: dict[Sequence[str], Sequence[Answer]] = {FINDING: report.findings}
        if has_agreements(ask.policy.rules):
            written[AGREEMENT] = agreements
        show(
            options,
            ask,
            lambda: audit_parts(
                report, decisions, verdicts, agreements, worst, options.lang,
                at_least=bool(ask.partial),
            ),
            decisions=decisions,
            verdicts=verdicts,
            findings=report.findings,
            agreements=agreements,
            lists=report.lists,
            rows=written,
        )  # fmt: skip
    status = options.failing.status(decisions, verdicts, report.findings, agreements)
    return max(ask.least_status, status)


def _write_report(options: Options, ask: Asked, report: Report) -> None:
    """Write the audit as an inspection report."""
    from ..report import REPORT_FORMS, inspected  # only where it is asked for

    print(ask.as_of_words(options.lang), file=sys.stderr)
    made = inspected(report, readings=options.format != "xlsx")
    notes = notes_on(ask.document.tolerated, options.lang)
    write_bytes([REPORT_FORMS[options.format](made, options.lang, notes)], options.output)
