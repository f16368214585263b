"""The command `directive`, with its help in both languages."""

from __future__ import annotations

from typing import Literal

import click

from .bilingual import BilingualCommand, option
from .directive import View, describe
from .directive_list import list_installed
from .inputs import Options
from .options import DESCRIBING, one_of


@click.command(
    cls=BilingualCommand,
    short=("文件的内容；核对官方文本。", "What the directive holds; check an official text."),
    zh="""列出文件的内容：文号、标题和日期，由谁发给谁，各句的规则。

    \b
    示例：
      policy-rules directive --coverage
      policy-rules directive --list
      policy-rules directive --readings
      policy-rules directive --check-text official_text.md

    退出状态：0；1 所核对的文本不一致；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Show what the directive holds: its number, title and dates, from whom it is
    and to whom, and the rules of each sentence.

    \b
    Examples:
      policy-rules directive --coverage
      policy-rules directive --list
      policy-rules directive --readings
      policy-rules directive --check-text official_text.md

    Exit status: 0; 1 where the text that is checked differs; 2 bad input or usage, with nothing
    on standard output.
    """,
)
@option(
    "--list",
    "view",
    flag_value="list",
    zh="已安装的各个文件，及其所在的软件包。",
    en="The directives that are installed, and the packages that bring them.",
)
@option(
    "--coverage",
    "view",
    flag_value="coverage",
    zh="每句及其处理：规则、用语和依据，或没有规则的原因。",
    en="Each sentence with what becomes of it: its rules, their words and what they rest on; or "
    "why it has none.",
)
@option(
    "--readings",
    "view",
    flag_value="readings",
    zh="文字未明确的问题：各选项、默认选项及理由、哪些回答取决于它。",
    en="The questions that the text leaves open: options, default and why, what rests on them.",
)
@option(
    "--oddities",
    "view",
    flag_value="oddities",
    zh="文字有出入之处，以及规则如何处理。",
    en="Where the text does not fit, and how the rules treat it.",
)
@option(
    "--parameters",
    "view",
    flag_value="parameters",
    zh="各参数及其值。",
    en="The parameters with their values.",
)
@option(
    "--check-text",
    metavar="FILE",
    zh="把一份官方文本（纯文本或逐句标注）与所依据的文本核对。",
    en="Compare an official text, plain or cited by sentence, with the one that was modelled.",
)
@option(
    "--document",
    metavar="ID",
    zh="与 --check-text 同用：该文本属于哪个修改文件，如 putian-2021-8。",
    en="With --check-text: the amendment whose text it is, such as putian-2021-8.",
)
@DESCRIBING
def directive(
    options: Options,
    view: View | Literal["list"] | None,
    check_text: str | None,
    document: str | None,
) -> int:
    one_of((f"--{view}", view), ("--check-text", check_text))
    if view == "list":
        return list_installed(options)
    return describe(options, view or "clauses", check_text, document)
