"""The group of all commands, with `--version`."""

from __future__ import annotations

import click

from ..installed import installed_version
from .audit import audit
from .bilingual import BilingualGroup, option
from .calendar import calendar
from .cases import cases
from .check import check
from .compare import compare
from .decide import decide
from .diff import diff
from .directive import directive
from .explain import explain
from .help_texts import STATUS
from .how_to import how_to
from .ledger import ledger
from .log import log
from .mapping import mapping
from .new import new
from .options import SPOKEN
from .schema import schema
from .sensitivity import sensitivity
from .serve import serve
from .sql import sql
from .template import template
from .verify import verify
from .watch import watch


def _show_version(context: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted and not context.resilient_parsing:
        click.echo(f"policy-rules {installed_version() or '(not installed)'}")
        context.exit()


@click.group(
    cls=BilingualGroup,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    no_args_is_help=False,
    zh="""按文件的各句对事实作认定、审核、核查和说明。

    \b
    示例：
      policy-rules audit examples/putian/facts.json --as-of 2019-09-01
    """,
    en="""Decide, check, audit and explain facts by the sentences of a directive.

    \b
    Example:
      policy-rules audit examples/putian/facts.json --as-of 2019-09-01
    """,
    end=STATUS,
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_show_version,
    zh="显示版本并退出。",
    en="Show the version and exit.",
)
@SPOKEN
def commands() -> None:
    pass


for _command in (
    decide, check, audit, explain, calendar, sensitivity, compare, watch, serve, log, ledger,
    directive, verify, diff, cases, how_to, mapping, new, template, schema, sql,
):  # fmt: skip
    commands.add_command(_command)
