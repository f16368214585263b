"""The help of the commands: in Chinese and English, the same options and commands in both."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest
from rich.cells import cell_len

from policy_rules.cli import main
from policy_rules.cli.bilingual import BilingualOption
from policy_rules.cli.group import commands

_CHINESE = re.compile(r"[\u4e00-\u9fff]")
# Three words in a row are a sentence, unless they are of an example.
_ENGLISH = re.compile(r"[A-Za-z]+ [a-z]+ [a-z]+")


def _all(command: click.Command, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    yield path, command
    if isinstance(command, click.Group):
        for name, each in command.commands.items():
            yield from _all(each, *path, name)


ALL = dict(_all(commands))
every_command = pytest.mark.parametrize("path", ALL, ids=" ".join)


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines of what is asked for."""
    assert main(list(arguments)) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out.splitlines()


def test_every_command_is_there() -> None:
    assert len(ALL) == 35
    assert ("mapping", "init") in ALL


@every_command
def test_all_is_in_chinese(path: tuple[str, ...], capsys: pytest.CaptureFixture[str]) -> None:
    for parameter in ALL[path].params:
        if isinstance(parameter, click.Option):
            assert isinstance(parameter, BilingualOption)
            assert _CHINESE.search(parameter.zh)
            assert parameter.help
            assert not _CHINESE.search(parameter.help)
    lines = shown(capsys, *path, "--help", "--lang", "zh")
    of_examples = re.compile(r" {4,}\S|  \S+ \| ")
    usage, *told = (line for line in lines if not of_examples.match(line))
    assert usage.startswith(" ".join(["用法：policy-rules", *path, "[OPTIONS]"]))
    assert [line for line in told if _ENGLISH.search(line)] == []
    assert "选项：" in lines
    assert any(line.endswith("显示此帮助并退出。") for line in lines)


@every_command
def test_both_languages_have_the_same(
    path: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    """The same options, commands and examples, but for what files are called in these."""
    of_files = re.compile(r"\w+(?=\.(?:json|xlsx|html)\b)")
    chinese, english = (
        re.findall(
            r"^  (?:-h, )?(--[a-z-]+)|^  ([a-z]+)  |^    (\S.*)",
            of_files.sub("file", "\n".join(shown(capsys, *path, "--help", "--lang", lang))),
            re.MULTILINE,
        )
        for lang in ("zh", "en")
    )
    assert chinese == english
    assert chinese


@every_command
@pytest.mark.parametrize("columns", [60, 80, 140])
def test_no_line_of_prose_is_wider_than_the_terminal(
    path: tuple[str, ...],
    columns: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    lines = shown(capsys, *path, "--help", "--lang", "zh")
    prose = (line for line in lines if not line.startswith("    policy-rules "))
    assert [line for line in prose if cell_len(line) > columns and _CHINESE.search(line)] == []
    assert [line for line in lines if line != line.rstrip()] == []


@pytest.mark.parametrize(
    "arguments",
    [
        ["--help", "--lang", "zh"], ["--lang", "zh", "-h"], ["--lang=zh", "audit", "-h"],
        ["audit", "-h", "--lang", "zh"], ["mapping", "--lang", "zh", "init", "--help"],
    ],
)  # fmt: skip
def test_the_language_may_stand_anywhere(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert shown(capsys, *arguments)[0].startswith("用法：")


def test_the_language_of_the_locale(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    assert shown(capsys, "audit", "--help")[0].startswith("用法：")
    assert shown(capsys, "audit", "--help", "--lang", "en")[0].startswith("Usage:")


def test_a_language_before_the_command_is_that_of_the_answers(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert any("派出所" in line for line in shown(capsys, "--lang", "zh", "directive"))
    assert any("police stations" in line for line in shown(capsys, "--lang", "en", "directive"))
    after = shown(capsys, "--lang", "zh", "directive", "--lang", "en")
    assert after == shown(capsys, "directive", "--lang", "en")
