"""Running a command: what goes wrong becomes a message and an exit status, never a traceback."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Final

import click

from ..facts import FactError
from ..render.wording import Language, pick
from .commands import commands
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
    lang = spoken(given)
    # A terminal that cannot show Chinese gets escapes for it instead of an error.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = commands.main(given, prog_name="policy-rules", standalone_mode=False)
        sys.stdout.flush()
    except FactError as error:
        return _failed(error.text(lang))
    except click.UsageError as error:
        return _misused(error, lang)
    except (click.Abort, KeyboardInterrupt):
        print(pick(lang, "已中断", "interrupted"), file=sys.stderr)
        return _INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except OSError as error:
        reason = error.strerror or str(error)
        return _failed(pick(lang, f"标准输出无法写入（{reason}）", f"cannot write ({reason})"))
    except Exception as error:  # a fault of ours, to be reported in one line all the same
        return _failed(_reported(error, lang))
    return status if isinstance(status, int) else 0


def _failed(message: str) -> int:
    print(message, file=sys.stderr)
    return NO_ANSWER


def _misused(error: click.UsageError, lang: Language) -> int:
    context = error.ctx
    if context is not None:
        usage = context.get_usage().partition(":")[2].strip()
        print(pick(lang, f"用法：{usage}", f"usage: {usage}"), file=sys.stderr)
        help_ = f"{context.command_path} --help"
        print(pick(lang, f"帮助：{help_}", f"help: {help_}"), file=sys.stderr)
    return _failed(_message(error, lang))


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


def _reported(error: Exception, lang: Language) -> str:
    frame = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{os.path.basename(frame.filename)}:{frame.lineno}"
    what = f"{type(error).__name__}: {error}".partition("\n")[0]
    return pick(
        lang,
        f"程序内部错误（{where} {what}）；请报告此问题",
        f"internal error ({where} {what}); please report it",
    )
