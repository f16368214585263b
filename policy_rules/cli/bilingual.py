"""Commands and options whose help is in Chinese and English, beside each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from inspect import cleandoc
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeVar

import click

if TYPE_CHECKING:
    from ..render.wording import Language

_Decorated = TypeVar("_Decorated", bound=Callable[..., object])
# What click itself says, in which it only speaks English.
_HEADINGS: Final = {"Options": "选项", "Commands": "命令"}
_EXTRAS: Final = {"default: ": "默认：", "required": "必填", "; ": "；"}
_HELP: Final = "显示此帮助并退出。", "Show this message and exit."
# As click marks a paragraph that is not to be wrapped.
_AS_WRITTEN: Final = "\b\n"
_GAP: Final = 2


def option(*names: str, zh: str, en: str, **settings: Any) -> Callable[[_Decorated], _Decorated]:
    """Give a command an option, with its help in both languages."""
    return click.option(*names, cls=BilingualOption, zh=zh, en=en, **settings)


class BilingualOption(click.Option):
    """An option with its help in both languages."""

    def __init__(self, names: Sequence[str], *, zh: str, en: str, **settings: Any) -> None:
        super().__init__(names, help=en, **settings)
        self.zh = zh

    def get_help_record(self, context: click.Context) -> tuple[str, str] | None:
        """The option with its help in the language of the context."""
        record = super().get_help_record(context)
        if record is None or _language(context) == "en":
            return record
        names, words = record
        extra = words.removeprefix(self.help or "")
        for en, zh in _EXTRAS.items():
            extra = extra.replace(en, zh)
        return names, self.zh + extra


class _Bilingual(click.Command):
    """A command with its help in both languages; `zh`, `en` and the others are each of a pair."""

    def __init__(
        self,
        name: str | None,
        *,
        zh: str,
        en: str,
        short: tuple[str, str] = ("", ""),
        end: tuple[str, str] | None = None,
        **settings: Any,
    ) -> None:
        # click takes the help from the function, where there is a text.
        settings |= {"help": en, "short_help": short[1], "epilog": None if end is None else end[1]}
        super().__init__(name, **settings)
        self.zh = zh
        self.short_zh = short[0]
        self.end_zh = None if end is None else end[0]

    def get_help(self, context: click.Context) -> str:
        """The help in the language of the context."""
        if _language(context) == "zh":
            context.formatter_class = _ChineseFormatter
        return super().get_help(context)

    def get_help_option(self, context: click.Context) -> click.Option | None:
        """The option `--help`, which click makes."""
        made = super().get_help_option(context)
        if made is not None:
            zh, en = _HELP
            made.help = zh if _language(context) == "zh" else en
        return made

    def format_help_text(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what the command does."""
        if _language(context) == "en":
            super().format_help_text(context, formatter)
        else:
            _write(self.zh, formatter)

    def format_epilog(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what stands at the end."""
        if _language(context) == "en":
            super().format_epilog(context, formatter)
        elif self.end_zh is not None:
            _write(self.end_zh, formatter)


class BilingualCommand(_Bilingual):
    """A command by itself."""


class BilingualGroup(_Bilingual, click.Group):
    """A command that has others."""

    command_class = BilingualCommand
    group_class = type

    def format_commands(self, context: click.Context, formatter: click.HelpFormatter) -> None:
        """Write what each of the commands does."""
        if _language(context) == "en":
            super().format_commands(context, formatter)
            return
        with formatter.section("Commands"):
            formatter.write_dl(
                [
                    (name, command.short_zh)
                    for name, command in sorted(self.commands.items())
                    if isinstance(command, _Bilingual)
                ]
            )


def _language(context: click.Context) -> Language:
    """The language that the object of the context says, else English."""
    return "zh" if context.obj == "zh" else "en"


def _write(text: str, formatter: click.HelpFormatter) -> None:
    formatter.write_paragraph()
    with formatter.indentation():
        formatter.write_text(cleandoc(text))


class _ChineseFormatter(click.HelpFormatter):
    """Help whose lines are broken as Chinese readers expect, and at the width that they take."""

    def write_usage(self, program: str, arguments: str = "", prefix: str | None = None) -> None:
        """Write how the command is called."""
        super().write_usage(program, arguments, "用法：" if prefix is None else prefix)

    def write_heading(self, heading: str) -> None:
        """Write a heading."""
        self.write(f"{'':>{self.current_indent}}{_HEADINGS.get(heading, heading)}：\n")

    def write_text(self, text: str) -> None:
        """Write paragraphs."""
        indent = " " * self.current_indent
        for number, paragraph in enumerate(text.split("\n\n")):
            if paragraph.startswith(_AS_WRITTEN):
                lines = paragraph.removeprefix(_AS_WRITTEN).splitlines()
            else:
                lines = _wrapped(paragraph.replace("\n", ""), self.width - self.current_indent)
            self.write("\n" * (number > 0) + "".join(f"{indent}{line}\n" for line in lines))

    def write_dl(
        self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = _GAP
    ) -> None:
        """Write names, each with what it means beside it, or below where the name is long."""
        rows = list(rows)
        widest = min(max(len(name) for name, _ in rows), col_max)
        indent = " " * self.current_indent
        beside = " " * (self.current_indent + widest + col_spacing)
        for name, text in rows:
            lines = _wrapped(text, self.width - len(beside) - _GAP)
            if len(name) > widest:
                self.write(f"{indent}{name}\n")
            else:
                self.write(f"{indent}{name:<{widest + col_spacing}}{lines.pop(0)}\n")
            self.write("".join(f"{beside}{line}\n" for line in lines))


def _wrapped(text: str, width: int) -> list[str]:
    from ..render.prose import breaks  # what it needs is not light to import

    places = [0, *breaks(text, width), len(text)]
    return [text[at:to].strip() for at, to in pairwise(places)]
