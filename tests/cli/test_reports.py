"""An audit written as an inspection report: which file, what status, what is refused."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from policy_rules.cli import main, reporting
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


# Of tables, and of each body by itself


@pytest.fixture
def database(tmp_path: Path) -> str:
    """The tables of two bureaus, of whose stations one has as many beds as officers."""
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE bureaus AS SELECT * FROM (VALUES "
                           "('350302000000', '甲分局'), ('350303000000', '乙分局')) "
                           "AS of(id, name)")  # fmt: skip
        connection.execute("CREATE TABLE stations AS SELECT * FROM (VALUES "
                           "('350302540000', '一所', '350302000000', 'urban', 10, 10), "
                           "('350303540000', '二所', '350303000000', 'urban', 9, 5)) "
                           "AS of(id, name, bureau_id, setting, officers, beds)")  # fmt: skip
    return str(path)


WHEN = ["--as-of", "2020-12-31", "--lang", "zh"]


def test_tables_give_the_report_of_a_document_of_the_same_facts(
    database: str, tmp_path: Path
) -> None:
    document = tmp_path / "facts.json"
    stations = [
        {"id": "350302540000", "name": "一所", "bureau_id": "350302000000", "officers": 10,
         "setting": "urban", "beds": 10},
        {"id": "350303540000", "name": "二所", "bureau_id": "350303000000", "officers": 9,
         "setting": "urban", "beds": 5},
    ]  # fmt: skip
    bureaus = [
        {"id": "350302000000", "name": "甲分局"}, {"id": "350303000000", "name": "乙分局"},
    ]  # fmt: skip
    document.write_text(json.dumps({"bureaus": bureaus, "stations": stations}))
    pages = []
    for number, facts in enumerate((database, str(document))):
        pages.append(tmp_path / f"{number}.html")
        assert main(["audit", facts, *WHEN, "--output", str(pages[-1])]) == 1
    one, other = pages
    assert one.read_text("utf-8") == other.read_text("utf-8")


def test_each_body_has_a_report_of_its_own(database: str, tmp_path: Path) -> None:
    output, details = tmp_path / "r.html", tmp_path / "each one"
    given = ["--output", str(output), "--details", str(details)]
    assert main(["audit", database, *WHEN, *given]) == 1
    assert {each.name for each in details.iterdir()} == {"350302000000.html", "350303000000.html"}
    assert '<a href="each%20one/350303000000.html">乙分局</a>' in output.read_text("utf-8")
    own = (details / "350303000000.html").read_text("utf-8")
    assert "<title>莆政办〔2019〕52号落实情况督查通报（乙分局）</title>" in own
    # Nine officers, five beds, and nothing of the other bureau.
    assert "实有5张，应有9张，差4张" in own
    assert "一所" not in own


def test_of_very_many_facts_there_are_numbers(
    database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reporting, "_MOST_IN_ONE", 3)
    output, details = tmp_path / "r.html", tmp_path / "each"
    given = ["--output", str(output), "--details", str(details)]
    assert main(["audit", database, *WHEN, *given]) == 1
    page = output.read_text("utf-8")
    assert "核查2个公安局，2个派出所。" in page
    assert "福建省" in page
    assert '<a href="each/350302000000.html">甲分局</a>' in page
    assert "实有5张，应有9张，差4张" in (details / "350303000000.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "zh"),
    [
        (["--details", "d"], "与 --output 合用，后者的文件名以 .html .docx .xlsx 之一结尾"),
        (["--details", "d", "--output", "r.json"], "与 --output 合用"),
        (["--details", __file__, "--output", "r.html"], "应为目录，实为文件"),
        (["--details", "no/d", "--output", "r.html"], "所在目录不存在"),
    ],
)
def test_details_that_cannot_be(
    arguments: list[str], zh: str, database: str, capsys: pytest.CaptureFixture[str]
) -> None:
    for facts in (FACTS, database):
        assert main(["audit", facts, *WHEN, *arguments]) == 2
        assert f"--details {arguments[1]}：{zh}" in capsys.readouterr().err


def test_a_ledger_of_very_many_facts_is_one_for_each_body(
    database: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(reporting, "_MOST_IN_ONE", 3)
    given = [*WHEN, "--output", str(tmp_path / "l.xlsx")]
    assert main(["audit", database, *given]) == 2
    assert "有 4 条事实，一份台账容纳不下；请加 --details 目录" in capsys.readouterr().err
    details = tmp_path / "each"
    assert main(["audit", database, *given, "--details", str(details)]) == 1
    assert len(list(details.iterdir())) == 2
    assert not (tmp_path / "l.xlsx").exists()
