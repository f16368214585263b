"""Running a command: what goes wrong becomes a message and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..render.wording import Language, pick
from .faults_shown import as_json_wanted, show_faults
from .group import commands
from .languages import spoken
from .process import INTERRUPTED, INTERRUPTS, tell_interrupted, write_no_more

NO_ANSWER: Final = 2
_TRANSLATED: Final = {
    "Missing command": "缺少命令",
    "No such command": "没有此命令",
    "Got unexpected extra argument": "参数过多",
}


def run(given: list[str]) -> int:
    """Run a command and give its exit status."""
    lang, as_json, out = spoken(given), as_json_wanted(given), sys.stdout
    # A terminal that cannot show Chinese gets escapes for it instead of an error.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = commands.main(given, prog_name="policy-rules", standalone_mode=False, obj=lang)
        sys.stdout.flush()
    except (click.Abort, KeyboardInterrupt):
        return _interrupted(given)
    except BrokenPipeError:
        write_no_more()
        return 0
    except Exception as error:
        if INTERRUPTS.happened:
            return _interrupted(given)
        if isinstance(error, click.UsageError) and not as_json:
            _show_usage(error, lang)
        faults = _faults(error)
    except SystemExit as error:
        if sys.stdout is not out:  # as click leaves it where nobody reads what it writes
            return 0
        if _is_from_click(error):  # the completion in a shell
            return error.code if isinstance(error.code, int) else 0
        faults = [_reported(error)]
    else:
        return status if isinstance(status, int) else 0
    show_faults(faults, lang, as_json=as_json, given=given)
    return NO_ANSWER


def _interrupted(given: list[str]) -> int:
    tell_interrupted(given)
    return INTERRUPTED


def _faults(error: Exception) -> Sequence[Fault]:
    if isinstance(error, FactError):
        return error.faults
    if isinstance(error, click.UsageError):
        zh, en = _message(error, "zh"), _message(error, "en")
        return [Fault(place="", code=FaultCode.WRONG_USAGE, zh=zh, en=en)]
    if isinstance(error, OSError):
        reason = error.strerror or str(error)
        zh, en = f"标准输出无法写入（{reason}）", f"cannot write ({reason})"
        return [Fault(place="", code=FaultCode.WRONG_USAGE, zh=zh, en=en)]
    # a fault of ours, to be reported in one line all the same
    return [_reported(error)]


def _is_from_click(error: BaseException) -> bool:
    frames = [frame for frame, _ in traceback.walk_tb(error.__traceback__)]
    return str(frames[-1].f_globals.get("__name__")).partition(".")[0] == click.__name__


def _show_usage(error: click.UsageError, lang: Language) -> None:
    context = error.ctx
    if context is not None:
        usage = context.get_usage().partition(":")[2].strip()
        print(pick(lang, f"用法：{usage}", f"usage: {usage}"), file=sys.stderr)
        help_ = f"{context.command_path} --help"
        print(pick(lang, f"帮助：{help_}", f"help: {help_}"), file=sys.stderr)


def _message(error: click.UsageError, lang: Language) -> str:
    """What is wrong in the language; the library behind the options only speaks English."""
    english = error.format_message()
    if lang == "en":
        return english
    match error:
        case click.NoSuchOption():
            return f"没有选项 `{error.option_name}`"
        case click.MissingParameter(param=click.Argument() as parameter):
            return f"缺少 {parameter.human_readable_name}"
        case click.MissingParameter(param=click.Option() as parameter):
            return f"缺少选项 `{parameter.opts[0]}`"
        case click.BadParameter(param=click.Option(type=click.Choice() as kind) as parameter):
            return f"`{parameter.opts[0]}` 应为 {' 或 '.join(map(str, kind.choices))}"
        case click.BadParameter(param=click.Option(type=click.IntRange()) as parameter):
            return f"`{parameter.opts[0]}` 应为不小于 0 的整数"
        case click.BadOptionUsage():
            return f"选项 `{error.option_name}` 的用法有误：它后面应有一个值，或者不应有值"
        case _:
            known = (zh for start, zh in _TRANSLATED.items() if english.startswith(start))
            return next(known, f"用法有误：{english}")


def _reported(error: BaseException) -> Fault:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    return Fault(
        place="",
        code=FaultCode.INTERNAL_ERROR,
        zh=f"程序内部错误（{where} {what}）；请报告此问题",
        en=f"internal error ({where} {what}); please report it",
    )
