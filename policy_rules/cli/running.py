"""Running a command: what goes wrong becomes a message and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from io import TextIOWrapper
from typing import Final

import click

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..render.wording import Language, pick
from .commands import commands
from .faults_shown import as_json_wanted, show_faults
from .languages import spoken

NO_ANSWER: Final = 2
_INTERRUPTED: Final = 130
_TRANSLATED: Final = {
    "Missing command": "缺少命令",
    "No such command": "没有此命令",
    "Got unexpected extra argument": "参数过多",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and give its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    lang, as_json = spoken(given), as_json_wanted(given)
    # A terminal that cannot show Chinese gets escapes for it instead of an error.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = commands.main(given, prog_name="policy-rules", standalone_mode=False)
        sys.stdout.flush()
    except FactError as error:
        return _failed(error.faults, lang, as_json)
    except click.UsageError as error:
        return _misused(error, lang, as_json)
    except (click.Abort, KeyboardInterrupt):
        print(pick(lang, "已中断", "interrupted"), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        reason = error.strerror or str(error)
        zh, en = f"标准输出无法写入（{reason}）", f"cannot write ({reason})"
        return _failed([Fault(place="", zh=zh, en=en)], lang, as_json)
    except Exception as error:  # a fault of ours, to be reported in one line all the same
        return _failed([_reported(error)], lang, as_json)
    return status if isinstance(status, int) else 0


def _failed(faults: Iterable[Fault], lang: Language, as_json: bool) -> int:
    show_faults(faults, lang, as_json=as_json)
    return NO_ANSWER


def _misused(error: click.UsageError, lang: Language, as_json: bool) -> int:
    context = error.ctx
    if context is not None and not as_json:
        usage = context.get_usage().partition(":")[2].strip()
        print(pick(lang, f"用法：{usage}", f"usage: {usage}"), file=sys.stderr)
        help_ = f"{context.command_path} --help"
        print(pick(lang, f"帮助：{help_}", f"help: {help_}"), file=sys.stderr)
    zh, en = _message(error, "zh"), _message(error, "en")
    return _failed([Fault(place="", code=FaultCode.WRONG_USAGE, zh=zh, en=en)], lang, as_json)


def _message(error: click.UsageError, lang: Language) -> str:
    """What is wrong in the language; the library behind the options only speaks English."""
    english = error.format_message()
    if lang == "en":
        return english
    match error:
        case click.NoSuchOption():
            return f"没有选项 `{error.option_name}`"
        case click.MissingParameter(param=click.Argument() as parameter):
            return f"缺少 {parameter.metavar}"
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


def _reported(error: Exception) -> Fault:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    return Fault(
        place="",
        code=FaultCode.INTERNAL_ERROR,
        zh=f"程序内部错误（{where} {what}）；请报告此问题",
        en=f"internal error ({where} {what}); please report it",
    )
