"""`compare`: two documents of answers, as they were written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from policy_rules.cli import main

HEAD = {"format": 1, "directive": "d", "as_of": "2021-01-01", "readings": {}}


def finding(status: str, shortfall: int | None, name: str | None = "一所") -> dict[str, Any]:
    return {
        "subject": "stations/S", "cite": "4.2/5", "status": status, "shortfall": shortfall,
        "actual": 1, "required": 2, "met_on": None, "name": name,
    }  # fmt: skip


def written(path: Path, content: object) -> str:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    old = {**HEAD, "findings": [finding("breached", 1)]}
    new = {**HEAD, "as_of": "2021-06-01", "findings": [finding("satisfied", 0)]}
    return written(tmp_path / "old.json", old), written(tmp_path / "new.json", new)


def test_what_is_shown(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", *two, "--lang", "zh"]) == 1
    shown = capsys.readouterr().out
    assert "已消除 1 项。" in shown
    assert "除数据外，两次还有不同：基准日期 2021-01-01 → 2021-06-01。" in shown
    assert "不符合（1 / 2）" in shown
    assert main(["compare", *two, "--lang", "en"]) == 1
    assert "1 closed." in capsys.readouterr().out


def test_nothing_has_changed(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", two[0], two[0], "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Nothing has changed." in shown
    assert "only the facts differ" in shown


def test_it_is_json_and_a_page_too(two: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "c.json"
    assert main(["compare", *two, "--output", str(output)]) == 1
    told = json.loads(output.read_text("utf-8"))
    assert [each["turn"] for each in told["turned"]] == ["closed"]
    page = tmp_path / "c.html"
    assert main(["compare", *two, "--output", str(page)]) == 1
    assert "一所 stations/S" in page.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "en"),
    [
        ("{", "it cannot be read as JSON"),
        ("[]", "expected answers, found something else"),
        ({**HEAD, "format": 9}, "expected answers in format 1, found 9"),
        ({**HEAD, "findings": [{"subject": 1}]}, "one of the two is damaged (KeyError: 'status')"),
        ({**HEAD, "findings": [finding("fine", 1)]}, "one of the two is damaged (ValueError"),
        ({**HEAD, "findings": 5}, "one of the two is damaged (TypeError"),
    ],
)
def test_what_cannot_be_compared(
    content: object, en: str, two: tuple[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    bad = written(tmp_path / "bad.json", content)
    assert main(["compare", two[0], bad, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert en in shown.err
    assert shown.out == ""
