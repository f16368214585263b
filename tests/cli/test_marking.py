"""`--mark`: what is wrong in a workbook comes back as red cells that say what, and is mended."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from functools import cache
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.comments import Comment
from openpyxl.worksheet.worksheet import Worksheet

from policy_rules.cli import main
from policy_rules.facts import Attestation, Exemption, Fact, fields_of
from policy_rules.formats import InputError, parse, read
from policy_rules.formats.marking import marked
from policy_rules.formats.template import Known, Template
from tests.support.command_line import write

# What two offices would send, all of it right.
SOUND: dict[str, Any] = {
    "as_of": "2022-04-01",
    "bureaus": [{"id": "B1", "name": "城厢分局", "level": "county", "officers": 40}],
    "stations": [
        {"id": "S1", "name": "甲派出所", "bureau_id": "B1", "pilot": True, "setting": "urban",
         "officers": 34, "community_officers": 14, "grades": {"2019": 1, "2020": 2},
         "units": ["community", "case"], "relocated_on": "2020-03-01"},
        {"id": "S2", "name": "乙派出所", "bureau_id": "B1", "pilot": False, "setting": "rural",
         "officers": 9, "rooms": 8, "beds": 2, "villages": 12},
        {"id": "S3", "name": "丙派出所", "bureau_id": "B1", "terrain": "island"},
        {"id": "S4", "name": "丁派出所", "officers": 7},
    ],
    "officers": [
        {"id": "P1", "station_id": "S1", "role": "chief", "trainings": {"2021": 1}},
        {"id": "P2", "station_id": "S2", "role": "case", "birth_date": "1980-05-04"},
    ],
    "cases": [{"id": "A1", "station_id": "S1", "place_codes": ["350302", "350304"]}],
    "tasks": [{"id": "T1", "station_id": "S1", "reported_on": "none", "issuer": "party"}],
    "incidents": [{"id": "I1", "kind": "police", "received_at": "2022-03-01T08:30"}],
    "complete": ["stations"],
}  # fmt: skip


class Planted(NamedTuple):
    """A fault: in which cell, what is put there, and what is said of it."""

    sheet: str
    heading: str
    row: int
    value: str | float | date | None
    said: str


TWENTY = [
    Planted("派出所", "民警数（人）", 4, "三十四", "0 至 10000000 的整数"),
    Planted("派出所", "社区民警数（人）", 4, -3, "0 至 10000000 的整数"),
    Planted("派出所", "改革试点（是/否）", 5, "大概", "应为是或否"),
    Planted("派出所", "城乡类别", 5, "郊区", "下列之一"),
    Planted("派出所", "所属公安局", 6, "B9", "B9"),
    Planted("派出所", "年度等级", 4, "2019:7", "1 至 5 的整数"),
    Planted("派出所", "已设队室", 4, "社区警务队、厨房", "厨房"),
    Planted("派出所", "搬迁日期", 4, "二月三十日", "日期"),
    Planted("派出所", "编号（必填）", 6, "S2", "S2"),
    Planted("派出所", "编号（必填）", 7, 4, "文本"),
    Planted("派出所", "备勤房间（间）", 5, 8.5, "整数"),
    Planted("派出所", "备勤床位（张）", 5, True, "整数"),
    Planted("派出所", "名称", 7, "丁\ufffd所", "损坏"),
    Planted("民警", "派出所", 4, "S7", "S7"),
    Planted("民警", "编号（必填）", 5, None, "缺少编号"),
    Planted("民警", "出生日期", 5, date(1899, 5, 4), "日期"),
    Planted("民警", "专业训练次数（次）", 4, "一次", "每年一个数字"),
    Planted("刑事案件", "涉案地行政区划代码", 4, "3503", "编码"),
    Planted("任务", "下达单位", 4, "领导", "下列之一"),
    Planted("警情", "接警时间", 4, "早上八点", "时间"),
]


def at(sheet: Worksheet, heading: str, row: int) -> str:
    """The cell of a row below a heading."""
    (column,) = (cell.column_letter for cell in sheet[3] if cell.value == heading)
    return f"{column}{row}"


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """A sheet by its name."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


def marks(file: Path) -> dict[str, str]:
    """The red cells of a workbook, with what is said of them."""
    found = {}
    for sheet in load_workbook(file).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.fill.fgColor.rgb == "00FFC7CE":
                    assert cell.comment, cell.coordinate
                    found[f"{sheet.title}!{cell.coordinate}"] = cell.comment.text
    return found


def changed(file: Path, change: Callable[[Workbook], object]) -> None:
    """Change a workbook as people do who have it open."""
    book = load_workbook(file)
    change(book)
    book.save(file)


def answers(capsys: pytest.CaptureFixture[str], facts: Path) -> Any:
    """What an audit says, by the document of facts, a file of another form or a workbook."""
    assert main(["audit", str(facts), "--format", "json", "--lang", "zh"]) == 1
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def sound(tmp_path: Path) -> Path:
    """The facts in which nothing is wrong."""
    return Path(write(tmp_path / "facts.json", SOUND))


@cache
def clerks_book() -> bytes:
    """A clerk's workbook of these, as a file: of the lists that hold anything, to be fast."""
    document = parse(SOUND)
    classes: list[type[Fact]] = [*document.facts.classes(), Attestation, Exemption]
    template = Template(
        title="填报表",
        columns={cls: [*fields_of(cls).values()] for cls in classes},
        classes={cls.collection: cls for cls in classes},
        lang="zh",
    )
    known = Known(facts=[*document.facts], as_of=document.as_of, whole=document.facts.complete)
    stream = BytesIO()
    template.workbook(known).save(stream)
    return stream.getvalue()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """A clerk's workbook of these."""
    file = tmp_path / "book.xlsx"
    file.write_bytes(clerks_book())
    return file


def test_twenty_faults_come_back_as_twenty_cells(
    sound: Path, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    right = {}
    workbook = load_workbook(book)
    for sheet, heading, row, value, _ in TWENTY:
        place = at(sheet_of(workbook, sheet), heading, row)
        right[f"{sheet}!{place}"] = workbook[sheet][place].value
        workbook[sheet][place] = value
    assert len(right) == 20
    workbook.save(book)

    copy = tmp_path / "marked.xlsx"
    arguments = ["audit", str(book), "--mark", str(copy), "--lang", "zh"]
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"已写入 {copy}，标出 20 个单元格\n")
    found = marks(copy)
    assert {*found} == {*right}
    for sheet, heading, row, _, said in TWENTY:
        assert said in found[f"{sheet}!{at(sheet_of(workbook, sheet), heading, row)}"]

    # The clerk mends half of them in the copy, and sends that in.
    again = tmp_path / "again.xlsx"
    half = dict([*right.items()][:10])

    def mend(values: dict[str, Any]) -> None:
        def change(workbook: Workbook) -> None:
            for place, value in values.items():
                sheet, _, coordinate = place.partition("!")
                workbook[sheet][coordinate].value = value

        changed(copy, change)

    mend(half)
    assert main(["audit", str(copy), "--mark", str(again), "--lang", "zh"]) == 2
    assert {*marks(again)} == {*right} - {*half}
    capsys.readouterr()

    mend(right)
    assert answers(capsys, copy) == answers(capsys, sound)


@settings(max_examples=10)
@given(st.data())
def test_whatever_is_damaged_is_marked(data: st.DataObject) -> None:
    """A character that was lost, which no field takes, in any cells but those of ids."""
    with TemporaryDirectory() as folder:
        file = Path(folder, "book.xlsx")
        file.write_bytes(clerks_book())
        workbook = load_workbook(file)
        cells = [
            f"{sheet.title}!{cell.coordinate}"
            for sheet in workbook.worksheets[1:]
            for row in sheet.iter_rows(4, sheet.max_row, 3)
            for cell in row
        ]
        damaged = data.draw(st.sets(st.sampled_from(cells), min_size=1, max_size=12))
        for place in damaged:
            sheet, _, coordinate = place.partition("!")
            workbook[sheet][coordinate] = "\ufffd"
        workbook.save(file)
        with pytest.raises(InputError) as caught:
            read(file)
        found = marked(file, caught.value.faults, caught.value.layouts, "zh")
        assert found is not None
        content, number = found
        file.write_bytes(content)
        assert {*marks(file)} == damaged
        assert number == len(damaged)


@pytest.mark.parametrize(
    ("change", "cell", "said"),
    [
        (lambda book: book["派出所"].__setitem__("C3", "名字"), "派出所!C3", "名字"),
        (lambda book: book["派出所"].__setitem__("C3", "编号"), "派出所!C3", "给出了两次"),
        (lambda book: book["派出所"].__setitem__("B3", "代号"), "派出所!A3", "应有一行列名"),
        (lambda book: book.create_sheet("附表").append(["说明文字"]), "附表!A1", "没有名为"),
        (lambda book: book["设置"].__setitem__("B5", "某天"), "设置!B5", "日期"),
        (lambda book: book["设置"].__setitem__("B8", "大概"), "设置!B8", "应为是或否"),
        (lambda book: book["设置"].append(["填报人", "张三"]), "设置!A14", "没有名为"),
        (lambda book: book["设置"].append(["完整列表", "派出所", "县局"]), "设置!C14", "没有名为"),
        (lambda book: book["派出所"].append(["合计", None, "合计"]), "派出所!A8", "合计"),
        (lambda book: book["派出所"].__setitem__("BH5", "多出的一格"), "派出所!BH5", "至多 39 个"),
        (lambda book: book["派出所"].merge_cells("B4:C4"), "派出所!B4", "未与其他单元格合并"),
    ],
)  # fmt: skip
def test_where_else_it_is_said(
    change: Callable[[Workbook], object], cell: str, said: str, book: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "marked.xlsx"
    changed(book, change)
    assert main(["check", str(book), "--mark", str(copy), "--lang", "zh"]) == 2
    found = marks(copy)
    assert said in found.get(cell, ""), found
    assert len(found) == 1


@pytest.mark.parametrize(
    "others", [{}, {"派出所!C5": "\ufffd"}, {"证明!F5": "某天", "豁免批准!H5": "明年"}]
)
def test_what_is_wrong_only_by_the_directive(
    others: dict[str, str], book: Path, tmp_path: Path
) -> None:
    """It is told with all else that is wrong, and not in a second round."""
    copy = tmp_path / "marked.xlsx"
    rows = ["证明", "豁免批准"]

    def change(workbook: Workbook) -> None:
        workbook[rows[0]].append([1, "Z1", "S1", "9.9/9", "是"])
        workbook[rows[1]].append([1, "E1", "2.1/3", "stations/S1"])
        workbook[rows[0]].append([2, "Z2", "S1", "3/1", "是"])
        workbook[rows[1]].append([2, "E2", "3.1/2", "cases/A1"])
        for place, value in others.items():
            sheet, _, coordinate = place.partition("!")
            workbook[sheet][coordinate] = value

    changed(book, change)
    assert main(["audit", str(book), "--mark", str(copy), "--lang", "zh"]) == 2
    found = marks(copy)
    assert {*found} == {"证明!D4", "豁免批准!C4", *others}


def test_what_is_tolerated_is_marked_too(
    book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "marked.xlsx"
    changed(book, lambda workbook: workbook["派出所"].__setitem__("H4", "三十四"))
    arguments = ["audit", str(book), "--tolerate", "--mark", str(copy), "--lang", "en"]
    assert main(arguments) == 1
    assert f"written to {copy}; cells marked: 1" in capsys.readouterr().err
    (said,) = marks(copy).values()
    assert said.startswith('expected a whole number from 0 to 10000000, found "三十四"')


def test_comments_of_others_stay(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"

    def change(workbook: Workbook) -> None:
        workbook["派出所"]["H4"] = "三十四"
        workbook["派出所"]["H4"].comment = Comment("据政工科", "张三")
        workbook["派出所"]["H5"].comment = Comment("已核对", "张三")

    changed(book, change)
    assert main(["audit", str(book), "--mark", str(copy), "--lang", "zh"]) == 2
    sheet = load_workbook(copy)["派出所"]
    assert sheet["H4"].comment.text.endswith("\n\n据政工科")
    assert sheet["H5"].comment.text == "已核对"


def test_headings_of_others(tmp_path: Path) -> None:
    """Two rows of headings, merged, that a mapping reads; of two columns of years, the wrong."""
    book, copy = tmp_path / "book.xlsx", tmp_path / "marked.xlsx"
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "情况"
    for row in (
        ["情况表"], ["代号", "等级", None, "力量"], [None, "一八年", "一九年", "警力", "辅警数"],
        ["S1", 1, 9, "多", 3], ["S1", 1, 2, 4, "x"],
    ):  # fmt: skip
        sheet.append(row)
    for merged in ("A1:E1", "A2:A3", "B2:C2", "D2:E2"):
        sheet.merge_cells(merged)
    workbook.save(book)
    mapping = tmp_path / "m.toml"
    mapping.write_text(
        '[stations]\ntable = "情况"\n[stations.columns]\nid = "代号"\nofficers = "警力"\n'
        'grades = { 2018 = "一八年", 2019 = "一九年" }\n',
        "utf-8",
    )
    assert main(["audit", str(book), "--mapping", str(mapping), "--mark", str(copy)]) == 2
    assert {*marks(copy)} == {"情况!C4", "情况!D4", "情况!A5", "情况!E5"}


def test_nothing_is_written_where_nothing_is_wrong(book: Path, tmp_path: Path) -> None:
    copy = tmp_path / "marked.xlsx"
    assert main(["audit", str(book), "--mark", str(copy)]) == 1
    assert not copy.exists()


def test_what_is_refused(
    sound: Path, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def refused(*arguments: str) -> list[str]:
        assert main(["--lang", "en", "audit", *arguments]) == 2
        return capsys.readouterr().err.splitlines()

    assert refused(str(sound), "--mark", str(tmp_path / "m.xlsx")) == [
        "--mark: it goes with an Excel workbook, found other facts; leave it out"
    ]
    assert refused(str(book), "--mark", str(book)) == [
        f"--mark {book}: it cannot be written (it holds the facts that are read); "
        "check the path and its permissions"
    ]
    assert refused(str(book), "--mark", str(tmp_path / "m.csv")) == [
        f"--mark {tmp_path / 'm.csv'}: an Excel workbook is written, whose name ends in .xlsx, "
        'found ".csv"; correct it'
    ]
    # What cannot be opened has no cells.
    broken = tmp_path / "broken.xlsx"
    broken.write_bytes(b"PK nothing")
    (line,) = refused(str(broken), "--mark", str(tmp_path / "m.xlsx"))
    assert line.startswith("broken.xlsx: expected an Excel workbook")
    assert not (tmp_path / "m.xlsx").exists()
