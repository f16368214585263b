"""`new`: write a package with one directive, which works and is to be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Template
from typing import Final

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode, quoted
from ..render.wording import Language, pick
from .bilingual import BilingualCommand, option
from .options import LANG

_NAME: Final = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")
_SUFFIX: Final = ".in"
_MODULE: Final = "module"
# What every package has, beside what is written in its language.
_PACK: Final = "pack"
_SKELETON: Final = Path(__file__).resolve().parent.parent / "skeleton"


@click.command(
    cls=BilingualCommand,
    short=("新建一个文件的软件包。", "Begin a package with the rules of a directive."),
    zh="""新建一个软件包，内有一个文件：一句、一条规则、一个案例和通过的测试，
    可安装后按 NAME 使用，再逐句填写。文件可只用一种语言编写（--language）。

    \b
    示例：
      policy-rules new city-2024-5 --language en

    退出状态：0；2 输入或用法有误，没有写入任何内容。
    """,
    en="""Begin a package with one directive: a sentence, a rule, a case and a test that passes. It
    can be installed and is then loaded by NAME; fill it sentence by sentence. A directive can be
    written in one language alone (--language).

    \b
    Example:
      policy-rules new city-2024-5 --language en

    Exit status: 0; 2 bad input or usage, with nothing written.
    """,
)
@click.argument("name", metavar="NAME")
@LANG
@option(
    "--language",
    type=click.Choice(["zh", "en", "both"]),
    default="both",
    show_default=True,
    zh="文件本身以哪种语言编写；both 为中英文。",
    en="The language that the directive itself is written in, or both.",
)
@option(
    "--output",
    metavar="DIRECTORY",
    zh="写入的目录，尚不存在或为空。  [默认：NAME]",
    en="The directory to write, not there yet or empty.  [default: NAME]",
)
def new(name: str, lang: Language, language: str, output: str | None) -> int:
    """Write the package into a new directory. Raises FactError for what cannot be one."""
    target = Path(name if output is None else output)
    faults = [*_faults(name, target)]
    if faults:
        raise FactError(faults)
    module = name.replace("-", "_")
    try:
        templates = (
            (part, template)
            for part in (_SKELETON / _PACK, _SKELETON / language)
            for template in sorted(part.rglob(f"*{_SUFFIX}"))
        )
        for part, template in templates:
            parts = template.relative_to(part).with_suffix("").parts
            file = target.joinpath(*(module if each == _MODULE else each for each in parts))
            file.parent.mkdir(parents=True, exist_ok=True)
            text = Template(template.read_text("utf-8")).substitute(name=name, module=module)
            file.write_text(text, "utf-8")
    except OSError as error:
        raise FactError([_unwritable(target, error)]) from error
    print(pick(lang, f"已写入 {target}，下一步：", f"written to {target}; next:"))
    print(f"  cd {target}")
    print("  pip install -e '.[test]' && pytest")
    print(f"  policy-rules audit facts.json --directive {name}")
    return 0


def _faults(name: str, target: Path) -> Iterator[Fault]:
    if not _NAME.fullmatch(name):
        yield Fault(
            place="NAME",
            code=FaultCode.WRONG_USAGE,
            zh=f"应为小写字母、数字和连字符，以字母开头，如 `city-2024-5`，实为 {quoted(name)}；"
            "请改正",
            en="expected small letters, digits and hyphens that begin with a letter, such as "
            f"`city-2024-5`, found {quoted(name)}; correct it",
        )
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        yield Fault(
            place=str(target),
            code=FaultCode.WRONG_USAGE,
            zh="应为尚不存在或空的目录，实际已有内容；请换一个 --output",
            en="expected a directory that is not there or empty, found one with something in it; "
            "give another --output",
        )


def _unwritable(target: Path, error: OSError) -> Fault:
    reason = error.strerror or str(error)
    return Fault(
        place=str(target),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"无法写入（{reason}）；请检查路径和权限",
        en=f"it cannot be written ({reason}); check the path and its permissions",
    )
