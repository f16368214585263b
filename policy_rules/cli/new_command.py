"""The command `new`, with its help in both languages."""

from __future__ import annotations

import click

from ..render.wording import Language
from .bilingual import BilingualCommand, option
from .options import LANG


@click.command(
    cls=BilingualCommand,
    short=("新建一个文件的软件包。", "Begin a package with the rules of a directive."),
    zh="""新建一个软件包，内有一个文件：一句、一条规则、一个案例和通过的测试，
    可安装后按 NAME 使用，再逐句填写。

    \b
    示例：
      policy-rules new city-2024-5

    退出状态：0；2 输入或用法有误，没有写入任何内容。
    """,
    en="""Begin a package with one directive: a sentence, a rule, a case and a test that passes. It
    can be installed and is then loaded by NAME; fill it sentence by sentence.

    \b
    Example:
      policy-rules new city-2024-5

    Exit status: 0; 2 bad input or usage, with nothing written.
    """,
)
@click.argument("name", metavar="NAME")
@LANG
@option(
    "--output",
    metavar="DIRECTORY",
    zh="写入的目录，尚不存在或为空。  [默认：NAME]",
    en="The directory to write, not there yet or empty.  [default: NAME]",
)
def new(name: str, lang: Language, output: str | None) -> int:
    from .new import new as written

    return written(name, output, lang)
