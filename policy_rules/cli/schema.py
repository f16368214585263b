"""`schema`: what documents of facts and of answers may hold, as JSON Schema."""

from __future__ import annotations

import json

import click

from ..facts import FactError
from ..formats.answers_schema import answers_schema
from ..formats.facts_schema import facts_schema
from .bilingual import BilingualCommand
from .inputs import loaded_directive
from .options import SCHEMING, Options
from .output import ascii_only, output_fault, write


@click.command(
    cls=BilingualCommand,
    short=("数据、回答和通报的 JSON Schema。", "The JSON Schema of facts, answers and reports."),
    zh="""写出 JSON Schema（2020-12）：facts 为本文件的数据文档，answers 为 audit、decide 和
    check 用 --format json 写出的回答，report 为 audit 用 --format report-json 写出的通报。
    各项的含义写在其中。

    \b
    示例：
      policy-rules schema facts --output facts.schema.json
      policy-rules schema answers --lang en

    退出状态：0；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Write JSON Schema (2020-12): `facts` of the documents of facts of a directive, `answers`
    of what audit, decide and check write with --format json, `report` of what audit writes with
    --format report-json. It says what each key means.

    \b
    Examples:
      policy-rules schema facts --output facts.schema.json
      policy-rules schema answers --lang en

    Exit status: 0; 2 bad input or usage, with nothing on standard output.
    """,
)
@click.argument(
    "of", metavar="facts|answers|report", type=click.Choice(["facts", "answers", "report"])
)
@SCHEMING
def schema(options: Options, of: str) -> int:
    """Write the schema of one kind of document."""
    unwritable = output_fault(options.output, options.format, options.forms)
    faults = [unwritable] if unwritable else []
    loaded = loaded_directive(options.directive, faults)
    if loaded is None or faults:
        raise FactError(faults)
    rules = loaded.rules
    if of == "report":
        from .report_schema import report_schema  # only where it is asked for

        made = report_schema(rules, options.lang)
    elif of == "answers":
        made = answers_schema(rules, options.lang)
    else:
        made = facts_schema(rules.directive.classes, options.lang)
    text = json.dumps(made, ensure_ascii=ascii_only(options.output), indent=1)
    write([text, "\n"], options.output)
    return 0
