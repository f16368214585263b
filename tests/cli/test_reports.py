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


def test_a_ledger_is_made_and_brought_up_to_date(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "台账.xlsx"
    assert main(["ledger", "new", FACTS, "--as-of", "2021-06-01", "--output", str(output)]) == 0
    first = output.read_bytes()
    assert main(["ledger", "update", str(output), FACTS, "--lang", "zh"]) == 0
    assert f"已写入 {output}" in capsys.readouterr().err
    second = output.read_bytes()
    assert second != first
    # An earlier day is refused, and the ledger stays as it is.
    assert main(["ledger", "update", str(output), FACTS, "--as-of", "2021-07-01"]) == 2
    assert output.read_bytes() == second
    elsewhere = tmp_path / "copy.xlsx"
    assert main(["ledger", "update", str(output), FACTS, "--output", str(elsewhere)]) == 0
    assert output.read_bytes() == second
    assert elsewhere.exists()


@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (["new", FACTS], "--output：xlsx 应写入文件；请加上 --output 文件名.xlsx"),
        (["new", FACTS, "--output", "l.txt"], "--output l.txt：xlsx 应写入以 .xlsx 结尾的文件"),
        (["update", "none.xlsx", FACTS], "none.xlsx：无法读取（No such file or directory）"),
        (["update", __file__, FACTS, "--output", "l.xlsx"], "不是 Excel 工作簿，或已损坏"),
    ],
)
def test_a_ledger_that_cannot_be(
    arguments: list[str], zh: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ledger", *arguments, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert zh in shown.err
    assert shown.out == ""


def test_an_audit_can_be_a_ledger(tmp_path: Path) -> None:
    output = tmp_path / "l.xlsx"
    assert main(["audit", FACTS, "--output", str(output)]) == 1
    assert output.read_bytes().startswith(b"PK")
