"""`sensitivity`: which answers change under which other reading."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import click

from ..analysis.sensitivity import sensitivity as compared
from .answers_shown import caption, json_head
from .bilingual import BilingualCommand, option
from .faults_shown import tolerated_words
from .fetched import asked_anywhere
from .help_texts import LISTED, TABLES_EN, TABLES_ZH
from .options import COMPARING, FACTS, Options
from .output import ascii_only, json_chunks, table_chunks, write

if TYPE_CHECKING:
    from rich.console import RenderableType


@click.command(
    cls=BilingualCommand,
    short=("哪些回答取决于对文字的理解。", "Which answers hang on how the text is read."),
    zh=f"""逐一换用每个口径的每个其他选项，列出哪些认定、审核结论和核查结果随之不同，
    前后各是什么；没有任何不同的口径也列出。加 --reading，则从所选口径出发比较。

    {TABLES_ZH}

    \b
    示例：
      policy-rules sensitivity facts.json --first 10
    """,
    en=f"""Try every other option of every reading, each alone, and show which
    decisions, verdicts and findings change, with before and after. A reading on which nothing
    changes is listed too. With --reading, the comparison starts from there.

    {TABLES_EN}

    \b
    Example:
      policy-rules sensitivity facts.json --first 10
    """,
    end=LISTED,
)
@FACTS
@option(
    "--first",
    metavar="N",
    type=click.IntRange(min=0),
    default=5,
    show_default=True,
    zh="表格中每个选项下显示多少处不同；JSON 含全部。",
    en="How many changes under each option the table shows; JSON has them all.",
)
@COMPARING
def sensitivity(options: Options, facts: str, first: int) -> int:
    """Show which answers change under which other reading; of each, the `first` few."""
    with asked_anywhere(options, facts) as (ask, watch):
        given = ask.document.facts
        found = compared(
            ask.policy, given, lambda each: watch.over(each, len(each), "比较", "comparing")
        )
    if options.format == "table":
        from ..render.sensitivity_tables import sensitivity_parts

        parts: list[RenderableType] = [*caption(options, ask)]
        parts += sensitivity_parts(
            found.summary(), found, first, options.lang, at_least=bool(ask.partial)
        )
        write(table_chunks(parts, options.output), options.output)
        return ask.least_status
    print(ask.as_of_words(options.lang), file=sys.stderr)
    if tolerated := ask.document.tolerated:
        print(tolerated_words(tolerated, options.lang), file=sys.stderr)
    told = found.as_json()
    head, lists = json_head(ask), {name: told[name] for name in ("summary", "changes")}
    write(json_chunks(head, lists, ascii_only=ascii_only(options.output)), options.output)
    return ask.least_status
