"""Workbooks and CSV on the command line: what is left out and what was hidden is said."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from policy_rules.cli import main

AS_OF = ["--as-of", "2022-04-01"]


def book(tmp_path: Path, *settings: list[Any]) -> str:
    """A workbook with totals, a hidden row and a sheet that is no list."""
    workbook = Workbook()
    stations = workbook.worksheets[0]
    stations.title = "派出所"
    for row in (["编号", "民警数"], ["S1", 14], ["S2", 10], ["合计", 24]):
        stations.append(row)
    stations.row_dimensions[3].hidden = True
    workbook.create_sheet("填表说明").append(["请如实填写"])
    if settings:
        document = workbook.create_sheet("设置")
        for row in settings:
            document.append(row)
    file = tmp_path / "book.xlsx"
    workbook.save(file)
    return str(file)


def test_what_is_left_out_is_said(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--skip-totals", "--ignore-sheet", "填表说明", "--name", "duty_mode"]
    for lang, said in (
        (
            "zh",
            "book.xlsx: 派出所：已读入隐藏的 1 行（第 3 行）\n"
            "book.xlsx: 派出所：略过 1 行合计、说明或重复的列名（第 4 行）\n",
        ),
        (
            "en",
            "book.xlsx: 派出所: read row 3 too, hidden (1 in all)\n"
            "book.xlsx: 派出所: left out 1 of totals, notes and repeated headings (row 4)\n",
        ),
    ):
        assert main(["decide", book(tmp_path), *options, *AS_OF, "--lang", lang]) in (0, 1)
        assert capsys.readouterr().err == said


def test_what_is_not_left_out_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", book(tmp_path), *AS_OF, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.splitlines() == [
        'book.xlsx: 派出所 第4行，编号：应为列表的一行，实为合计 "合计"；'
        "请删去该行，或用 --skip-totals 略过",
        'book.xlsx: 填表说明：没有名为 "填表说明" 的列表（工作表名）；请改正或删去；'
        "如不是列表，请用 --ignore-sheet 略过，或写入映射的 `ignore_sheets`",
    ]


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        (
            ["complete", 5],
            "book.xlsx: complete[0]: expected a known collection, found 5; correct it or remove it",
        ),
        (
            ["完整列表", "stations", 5],
            "book.xlsx: 完整列表[1]: expected a known collection, found 5; correct it or remove it",
        ),
        (
            ["as_of", 2022],
            "book.xlsx: as_of: expected a date from 1900-01-01 to 2199-12-31, found 2022; "
            "give a date such as 2019-07-16, or leave it out if unknown",
        ),
        (
            ["as_of", "明天"],
            'book.xlsx: as_of: expected a date from 1900-01-01 to 2199-12-31, found "明天"; '
            "give a date such as 2019-07-16, or leave it out if unknown",
        ),
        (
            ["complete", "=B9"],
            "book.xlsx: 设置 row 1: expected a value, found a formula without one; correct it, "
            "open the file with Excel or WPS and save it",
        ),
        (
            [5, "stations"],
            "book.xlsx: expected a known setting, found 5; correct it or remove it",
        ),
    ],
)
def test_settings_that_cannot_be_read(
    setting: list[Any], line: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--skip-totals", "--ignore-sheet", "填表说明", "--lang", "en"]
    assert main(["audit", book(tmp_path, setting), *options]) == 2
    assert capsys.readouterr().err.splitlines() == [line]


@pytest.mark.parametrize("day", [datetime(2022, 4, 1), 20220401, "2022年4月1日", " 2022-04-01 "])
def test_the_date_of_a_workbook(
    day: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--skip-totals", "--ignore-sheet", "填表说明", "--lang", "en"]
    file = book(tmp_path, [" as_of", day], ["complete", None], ["complete", "stations"])
    assert main(["audit", file, *options]) in (0, 1)
    assert "as of 2022-04-01 (from the document)" in capsys.readouterr().out


def test_other_documents_have_no_sheets(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = tmp_path / "facts.json"
    facts.write_text("{}")
    (tmp_path / "x.parquet").write_bytes(b"")
    for option in (["--skip-totals"], ["--ignore-sheet", "x"]):
        assert main(["audit", str(facts), *option, "--lang", "en"]) == 2
        assert "leave the option out" in capsys.readouterr().err
        assert main(["audit", str(tmp_path / "x.parquet"), *option, "--lang", "en"]) == 2
        assert (
            f"{option[0]}: it goes with documents (CSV, Excel and the like), not with tables"
            in (capsys.readouterr().err)
        )
