"""`compare`: what two documents of answers say differently."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import click

from ..answers import ANSWERS_FORMAT
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from .bilingual import BilingualCommand
from .locations import shown_name
from .options import WEIGHING, Options
from .output import ascii_only, output_fault, table_chunks, write


@click.command(
    cls=BilingualCommand,
    short=("比较两次的回答。", "What two answers say differently."),
    zh="""比较 OLD 和 NEW 两份回答（`audit --format json` 所写）：哪些问题消除了、新出现了、
    变差了、好转了，认定和审核结论有何改变，以及除数据外两次还有什么不同：
    文件、基准日期、口径、设定。

    \b
    示例：
      policy-rules audit facts.json --output 一季度.json
      policy-rules compare 一季度.json 二季度.json --output 对比.html

    退出状态：0 没有变化；1 有变化；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Compare OLD and NEW, two documents of answers that `audit --format json` wrote: which
    problems were closed, opened, got worse or better, which decisions and outcomes have changed,
    and what besides the facts differs: directive, date, readings, settings.

    \b
    Examples:
      policy-rules audit facts.json --output spring.json
      policy-rules compare spring.json summer.json --output compared.html

    Exit status: 0 nothing has changed; 1 something has; 2 bad input or usage, with nothing on
    standard output.
    """,
)
@click.argument("old", metavar="OLD")
@click.argument("new", metavar="NEW")
@WEIGHING
def compare(options: Options, old: str, new: str) -> int:
    """Compare two documents of answers."""
    from ..report import compared, comparison_document, terminal_parts, to_html

    unwritable = output_fault(options.output, options.format, options.forms, new)
    faults = [unwritable] if unwritable else []
    read = [_answers(each, faults) for each in (old, new)]
    if faults:
        raise FactError(faults)
    try:
        found = compared(*read)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = f"{type(error).__name__}: {error}"
        zh = f"两份回答之一已损坏（{what}）；请重新写出"
        en = f"one of the two is damaged ({what}); write it again"
        raise FactError(
            [Fault(place=f"{old} {new}", code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)]
        ) from error
    if options.format == "json":
        text = json.dumps(found.as_json(), ensure_ascii=ascii_only(options.output), indent=1)
        write([text, "\n"], options.output)
    else:
        made = comparison_document(found, options.lang)
        if options.format == "html":
            write([to_html(made)], options.output, exactly=True)
        else:
            write(table_chunks([*terminal_parts(made)], options.output), options.output)
    return int(bool(found.turned))


def _answers(path: str, faults: list[Fault]) -> Mapping[str, Any]:
    """A document of answers; without one, what is wrong is added."""

    def wrong(zh: str, en: str) -> Mapping[str, Any]:
        place = shown_name(path)
        faults.append(Fault(place=place, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en))
        return {}

    try:
        found = json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        return wrong(
            f"无法作为 JSON 读取（{reason}）；应为 `audit --format json` 所写的回答",
            f"it cannot be read as JSON ({reason}); expected answers as `audit --format json` "
            "writes them",
        )
    if not isinstance(found, dict) or not {"format", "directive", "as_of"} <= found.keys():
        return wrong(
            "不是回答；应为 `audit --format json` 所写的文件",
            "expected answers, found something else; give a file that `audit --format json` wrote",
        )
    if found["format"] != ANSWERS_FORMAT:
        return wrong(
            f"回答的格式应为 {ANSWERS_FORMAT}，实为 {found['format']!r}；请用写它的版本比较",
            f"expected answers in format {ANSWERS_FORMAT}, found {found['format']!r}; compare them "
            "with the version that wrote them",
        )
    return found
