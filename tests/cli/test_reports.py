"""An audit written as an inspection report: which file, what status, what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_rules.cli import main
from tests.support.places import EXAMPLES

FACTS = str(EXAMPLES / "putian_csv")


@pytest.mark.parametrize(
    ("name", "begins"), [("r.html", b"<!DOCTYPE html>"), ("r.HTM", b"<!DOCTYPE"), ("r.docx", b"PK")]
)
def test_the_ending_says_what_is_written(
    name: str, begins: bytes, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / name
    # Something falls short, as the table says too.
    assert main(["audit", FACTS, "--lang", "zh", "--output", str(output)]) == 1
    assert output.read_bytes().startswith(begins)
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "基准日期 2022-04-01（取自数据）\n"
    assert list(tmp_path.iterdir()) == [output]


def test_the_status_is_that_of_fail_on(tmp_path: Path) -> None:
    output = str(tmp_path / "r.html")
    assert main(["audit", FACTS, "--output", output, "--fail-on", "conflict"]) == 0


def test_what_was_tolerated_is_said_in_the_report(tmp_path: Path) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text('{"stations": [{"id": "S1", "officers": "many"}]}')
    output = tmp_path / "r.html"
    assert main(["audit", str(facts), "--tolerate", "--lang", "en", "--output", str(output)]) == 1
    assert "1 value" in output.read_text("utf-8")


def test_json_needs_no_format(tmp_path: Path) -> None:
    output = tmp_path / "answers.json"
    assert main(["audit", FACTS, "--output", str(output)]) == 1
    assert output.read_text("utf-8").startswith("{")
