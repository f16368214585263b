"""What clerks make of lists: each habit is read right, or refused where it stands."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from policy_rules.facts import Facts
from policy_rules.formats import Document, InputError, parse_mapping, read
from policy_rules.police import Station, Workstation

TITLE = ["莆田市公安局派出所情况表"]
HEADINGS = ["编号", "名称", "民警数"]
FIRST, SECOND = ["S1", "甲派出所", 14], ["S2", "乙派出所", 10]
STATIONS = [
    Station(id="S1", name="甲派出所", officers=14),
    Station(id="S2", name="乙派出所", officers=10),
]
SKIP = "remove the row, or leave such rows out with --skip-totals"


class Habit(NamedTuple):
    """A sheet of stations with a habit of clerks: `faults` are where it cannot be read.

    `as_is` changes the sheet beyond its values, `parts` the XML of its file; `said` is a mapping.
    """

    rows: list[list[Any]]
    stations: list[Station] = STATIONS
    faults: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    skip_totals: bool = False
    ignore_sheets: tuple[str, ...] = ()
    as_is: Callable[[Worksheet], object] = lambda _: None
    more: tuple[tuple[str, list[list[Any]]], ...] = ()
    said: dict[str, Any] | None = None
    part: tuple[str, str] | None = None


def aside(row: int, heading: str, found: str, what: str) -> str:
    """The fault of a row that is no fact."""
    return (
        f"row {row}, {heading}: expected a row of the list, found {found}, which is {what}; {SKIP}"
    )


def merging(*ranges: str) -> Callable[[Worksheet], object]:
    """Merge ranges of a sheet."""
    return lambda sheet: [sheet.merge_cells(each) for each in ranges]


def merging_over(merged: str) -> Callable[[Worksheet], object]:
    """Merge a range but leave the values that it hides, as some programs do."""
    return lambda sheet: sheet.merged_cells.add(merged)


def hiding(sheet: Worksheet) -> None:
    """Hide the second station."""
    sheet.row_dimensions[3].hidden = True


def filtering(sheet: Worksheet) -> None:
    """Hide both stations by a filter."""
    sheet.auto_filter.ref = "A1:C3"
    sheet.auto_filter.add_filter_column(0, ["S9"])
    sheet.row_dimensions[2].hidden = sheet.row_dimensions[3].hidden = True


def hiding_columns(sheet: Worksheet) -> None:
    """Hide the column of the numbers."""
    sheet.column_dimensions["C"].hidden = True


def hiding_the_sheet(sheet: Worksheet) -> None:
    """Hide the sheet so that Excel does not even list it."""
    sheet.sheet_state = "veryHidden"


NO_HEADINGS = (
    "expected the headings in rows 1 to 3, with a column `编号` or `id`, found none; nearest is "
    'row 1: "code", "名称", "民警数"; correct the headings, or say in a mapping how the columns '
    "are called"
)
HABITS: dict[str, Habit] = {
    "a plain list": Habit([HEADINGS, FIRST, SECOND]),
    "a title above": Habit([TITLE, HEADINGS, FIRST, SECOND], as_is=merging("A1:C1")),
    "a title, who reports and a blank row above": Habit(
        [TITLE, ["填报单位：城厢分局", None, "2022年4月1日"], [], HEADINGS, FIRST, SECOND]
    ),
    "a title that begins with the word for the id": Habit(
        [["编号", "PT-01"], HEADINGS, FIRST, SECOND]
    ),
    "counts in tens of thousands, said above": Habit(
        [TITLE, ["", "", "单位：万人"], HEADINGS, FIRST, SECOND],
        faults=(
            'row 2: expected counts of single ones, found "单位：万人"; '
            "convert the numbers and remove it",
        ),
    ),
    "a unit said above": Habit([TITLE, ["", "", "单位：人"], HEADINGS, FIRST, SECOND]),
    "numbers of rows and remarks": Habit(
        [["序号", *HEADINGS, "备注"], [1, *FIRST, "新建"], [2, *SECOND]]
    ),
    "numbers of rows beyond the list": Habit(
        [["序号", *HEADINGS], [1, *FIRST], [2, *SECOND], [3], [4]]
    ),
    "a heading with its unit": Habit(
        [["编号", "名称", "民警数（人）"], FIRST, SECOND],
    ),
    "a heading with its unit in narrow brackets": Habit(
        [["编号", "名称", "民警数(单位:人)"], FIRST, SECOND]
    ),
    "a heading with another unit": Habit(
        [["编号", "名称", "民警数（万人）"], FIRST, SECOND],
        faults=(
            "row 1, 民警数（万人）: expected `民警数` (sworn officers) in officers, found "
            '"民警数（万人）"; convert the column and correct its heading',
        ),
    ),
    "headings with blanks, line breaks and wide letters": Habit(
        [["编 号", "名　称", "民警\n数"], FIRST, SECOND]
    ),
    "headings with wide letters": Habit([["ＩＤ", "名称", "民警数*"], FIRST, SECOND]),
    "a heading that says how to answer": Habit(
        [[*HEADINGS, "改革试点（是/否）"], [*FIRST, "是"], [*SECOND, "否"]],
        [
            Station(id="S1", name="甲派出所", officers=14, pilot=True),
            Station(id="S2", name="乙派出所", officers=10, pilot=False),
        ],
    ),
    "headings that ask": Habit(
        [[*HEADINGS, "是否为改革试点", "是否列入调解员进驻名单"], [*FIRST, "是", "否"], SECOND],
        [
            Station(id="S1", name="甲派出所", officers=14, pilot=True, mediation_station=False),
            Station(id="S2", name="乙派出所", officers=10),
        ],
    ),
    "a heading with what is no unit": Habit(
        [["编号（必填）", "名称（全称）", "民警数"], FIRST, SECOND],
        faults=(
            "row 1, 名称（全称）: expected the heading `名称` (name), found "
            '"名称（全称）"; correct it',
        ),
    ),
    "another unit in a list that a mapping is for": Habit(
        [["BH", "名称", "民警数（百人）"], FIRST, SECOND],
        said={"stations": {"columns": {"id": "BH"}}},
        faults=(
            "row 1, 民警数（百人）: expected `民警数` (sworn officers) in officers, found "
            '"民警数（百人）"; convert the column and correct its heading',
        ),
    ),
    "a mapping that names no ids": Habit(
        [["BH", "名称", "民警数"], FIRST, SECOND],
        said={"stations": {"columns": {"name": "名称"}}},
        faults=(
            "expected the headings in row 1, with a column `编号` or `id`, found none; nearest is "
            'row 1: "BH", "名称", "民警数"; correct the headings, or say in a mapping how the '
            "columns are called",
        ),
    ),
    "a mapping that names other columns": Habit(
        [["填表"], ["BH", "MC", "MJS"], FIRST, SECOND],
        said={"stations": {"columns": {"id": "PCSDM", "name": "PCSMC"}}},
        faults=(
            "expected the headings in rows 1 to 4, with a column `PCSDM`, found none; nearest is "
            'row 2: "BH", "MC", "MJS"; correct the headings, or say in a mapping how the columns '
            "are called",
        ),
    ),
    "a title above a list that a mapping is for": Habit(
        [TITLE, [], ["bh", "M C", "民警数", "无关"], [*FIRST, "x"], SECOND],
        said={"stations": {"columns": {"id": "BH", "name": "MC"}}},
    ),
    "a heading that is unknown": Habit(
        [["编号", "名称", "民警人数"], FIRST, SECOND],
        faults=(
            'row 1: expected a known heading, found "民警人数"; did you mean `民警数`? correct it',
        ),
    ),
    "no heading of the id": Habit(
        [["code", "名称", "民警数"], FIRST, SECOND], faults=(NO_HEADINGS,)
    ),
    "a column without a heading": Habit(
        [["编号", None, "民警数"], FIRST, SECOND],
        faults=(
            "row 2: expected a heading of column 2, which has cells, found none; "
            "give the column a heading, or remove them",
        ),
    ),
    "an empty column between": Habit(
        [["编号", None, "名称", "民警数"], ["S1", None, *FIRST[1:]], ["S2", None, *SECOND[1:]]]
    ),
    "headings merged over two columns, and cells too": Habit(
        [
            ["编号", "名称", None, "民警数"],
            ["S1", "甲派出所", None, 14],
            ["S2", "乙派出所", None, 10],
        ],
        as_is=merging("B1:C1", "B2:C2", "B3:C3"),
    ),
    "two rows of headings, merged": Habit(
        [
            ["编号", "名称", "警力", None],
            [None, None, "民警数", "辅警数"],
            [*FIRST, 3],
            [*SECOND, 4],
        ],
        [
            Station(id="S1", name="甲派出所", officers=14, auxiliaries=3),
            Station(id="S2", name="乙派出所", officers=10, auxiliaries=4),
        ],
        as_is=merging("A1:A2", "B1:B2", "C1:D1"),
    ),
    "two rows of headings, not merged": Habit(
        [["编号", "名称", "警力"], [None, None, "民警数", "辅警数"], [*FIRST, 3], [*SECOND, 4]],
        [
            Station(id="S1", name="甲派出所", officers=14, auxiliaries=3),
            Station(id="S2", name="乙派出所", officers=10, auxiliaries=4),
        ],
    ),
    "two rows of headings of which the lower is unknown": Habit(
        [["编号", "名称", "警力", None], [None, None, "民警", "辅警"], [*FIRST, 3], [*SECOND, 4]],
        as_is=merging("A1:A2", "B1:B2", "C1:D1"),
        faults=(
            'row 2: expected a known heading, found "民警"; did you mean `民警数`? correct it',
            'row 2: expected a known heading, found "辅警"; did you mean `辅警数`? correct it',
        ),
    ),
    "the numbers of the columns below the headings": Habit(
        [HEADINGS, ["甲", "乙", 1], FIRST, SECOND],
        faults=(aside(2, "编号", '"甲"', "the numbers of the columns"),),
    ),
    "columns that are numbered from one": Habit(
        [HEADINGS, [1, 2, 3], FIRST, SECOND],
        faults=(aside(2, "编号", '"1"', "the numbers of the columns"),),
    ),
    "a row of totals": Habit(
        [HEADINGS, FIRST, SECOND, ["合计", None, 24]],
        faults=(aside(4, "编号", '"合计"', "a total"),),
    ),
    "a row of totals with blanks, in the second column": Habit(
        [HEADINGS, FIRST, SECOND, [None, "合 计", 24]],
        faults=(aside(4, "名称", '"合 计"', "a total"),),
    ),
    "totals of a bureau between": Habit(
        [HEADINGS, FIRST, ["小计", None, 14], SECOND, ["城厢分局小计", None, 10], ["总计：24人"]],
        faults=(
            aside(3, "编号", '"小计"', "a total"),
            aside(5, "编号", '"城厢分局小计"', "a total"),
            aside(6, "编号", '"总计：24人"', "a total"),
        ),
    ),
    "totals with signs, or in words of their own": Habit(
        [
            HEADINGS,
            FIRST,
            SECOND,
            ["合计*", None, 24],
            ["—总计—", None, 24],
            ["Sum", None, 24],
            ["Σ", None, 24],
            ["共2个所", None, 24],
        ],
        faults=(
            aside(4, "编号", '"合计*"', "a total"),
            aside(5, "编号", '"—总计—"', "a total"),
            aside(6, "编号", '"Sum"', "a total"),
            aside(7, "编号", '"Σ"', "a total"),
            aside(8, "编号", '"共2个所"', "a total"),
        ),
    ),
    "a row of totals that is merged": Habit(
        [HEADINGS, FIRST, SECOND, ["共计", None, 24]],
        as_is=merging("A4:B4"),
        faults=(aside(4, "编号", '"共计"', "a total"),),
    ),
    "totals, notes and headings again, left out": Habit(
        [
            HEADINGS,
            FIRST,
            ["小计", None, 14],
            HEADINGS,
            SECOND,
            ["合　计", None, 24],
            ["注：含借调"],
            ["填表人：张三", None, "审核：李四"],
        ],
        skip_totals=True,
        notes=(
            "book.xlsx: stations: left out 5 of totals, notes and repeated headings "
            "(rows 3 to 4, 6 to 8)",
        ),
    ),
    "a station that is called like a total": Habit(
        [HEADINGS, FIRST, ["S2", "合计派出所", 10], ["S3", "总计路派出所", 1]],
        [
            STATIONS[0],
            Station(id="S2", name="合计派出所", officers=10),
            Station(id="S3", name="总计路派出所", officers=1),
        ],
    ),
    "notes below": Habit(
        [HEADINGS, FIRST, SECOND, ["注：不含辅警"], ["说明: 见附件"], ["以上数据截至三月，请核对"]],
        faults=(
            aside(4, "编号", '"注：不含辅警"', "a note"),
            aside(5, "编号", '"说明: 见附件"', "a note"),
            aside(6, "编号", '"以上数据截至三月，请核对"', "a note"),
        ),
    ),
    "a note over all columns and several rows": Habit(
        [HEADINGS, FIRST, SECOND, ["备注：不含辅警"], []],
        as_is=merging("A4:C5"),
        faults=(aside(4, "编号", '"备注：不含辅警"', "a note"),),
    ),
    "who made it, and the day": Habit(
        [HEADINGS, FIRST, SECOND, ["制表人", "张三"], [None, "审核人：李四"], ["2022年4月1日"]],
        faults=(
            aside(4, "编号", '"制表人"', "a note"),
            aside(5, "名称", '"审核人：李四"', "a note"),
            aside(6, "编号", '"2022年4月1日"', "a note"),
        ),
    ),
    "headings again on the next page": Habit(
        [HEADINGS, FIRST, HEADINGS, SECOND],
        faults=(aside(3, "编号", '"编号"', "the headings again"),),
    ),
    "a second table below": Habit(
        [HEADINGS, FIRST, SECOND, [], ["二季度派出所情况表"], HEADINGS, ["S3", "丙派出所", 1]],
        faults=(
            aside(5, "编号", '"二季度派出所情况表"', "a note"),
            aside(6, "编号", '"编号"', "the headings again"),
        ),
    ),
    "groups with a title": Habit(
        [HEADINGS, ["城厢分局"], FIRST, ["涵江分局"], SECOND],
        faults=(
            aside(2, "编号", '"城厢分局"', "the title of a group"),
            aside(4, "编号", '"涵江分局"', "the title of a group"),
        ),
    ),
    "a row of which only the id is known": Habit(
        [HEADINGS, FIRST, ["S2"]], [STATIONS[0], Station(id="S2")]
    ),
    "an example to begin with": Habit(
        [HEADINGS, ["示例", "某派出所", 12], FIRST, SECOND],
        faults=(aside(2, "编号", '"示例"', "a note"),),
    ),
    "empty rows": Habit([HEADINGS, [], FIRST, [None, " ", ""], SECOND, []]),
    "values that are merged downwards": Habit(
        [HEADINGS, ["S1", "甲派出所", 14], ["S2", None, 10]],
        [STATIONS[0], Station(id="S2", name="甲派出所", officers=10)],
        as_is=merging("B2:B3"),
    ),
    "a number that is merged downwards, of each row or of both": Habit(
        [HEADINGS, FIRST, ["S2", "乙派出所", None]],
        as_is=merging("C2:C3"),
        faults=tuple(
            f"row {row}, 民警数: expected a number of its own for each row, found "
            '"C2:C3"; unmerge it and fill in each cell, or leave it out if unknown'
            for row in (2, 3)
        ),
    ),
    "ids in digits that are merged downwards": Habit(
        [HEADINGS, ["350304540000", "甲派出所", 14], [None, "乙派出所", 10]],
        as_is=merging("A2:A3"),
        faults=(
            'row 3, 编号: expected an id that is unique among `stations`, found "350304540000" '
            "again; correct it or remove the repetition",
        ),
    ),
    "a row for what goes on, and one for nothing": Habit(
        [HEADINGS, FIRST, ["……", "……"], ["无"]],
        faults=(aside(3, "编号", '"……"', "a note"), aside(4, "编号", '"无"', "a note")),
    ),
    "what a row of totals is made of": Habit(
        [
            HEADINGS,
            FIRST,
            SECOND,
            ["合计人数", None, 24],
            ["其中：女", None, 3],
            ["计", None, 24],
            ["全市", None, 24],
        ],
        faults=(
            aside(4, "编号", '"合计人数"', "a total"),
            aside(5, "编号", '"其中：女"', "a note"),
            aside(6, "编号", '"计"', "a total"),
            aside(7, "编号", '"全市"', "a total"),
        ),
    ),
    "a name before the id that ends like a total": Habit(
        [["名称", "编号", "民警数"], ["李小计", "S1", 14], ["城厢小计", None, 14]],
        faults=(aside(3, "名称", '"城厢小计"', "a total"),),
    ),
    "a row of the list that is drawn over two": Habit(
        [HEADINGS, FIRST, [], SECOND, []],
        as_is=merging("A2:A3", "B2:B3", "C2:C3", "A4:A5", "B4:B5", "C4:C5"),
    ),
    "values that do not show below a merged one": Habit(
        [HEADINGS, FIRST, SECOND, ["S3", "丙派出所", 1]],
        as_is=merging_over("B2:B3"),
        faults=(
            'row 3, 名称: expected a cell that is not merged with others, found "B2:B3"; '
            "unmerge it and fill in each cell, or leave it out if unknown",
        ),
    ),
    "values that are merged across": Habit(
        [["编号", "民警数", "辅警数"], ["S1", 14, None], ["S2", 10, 2]],
        as_is=merging("B2:C2"),
        faults=(
            "row 2, 辅警数: expected a cell that is not merged with others, found "
            '"B2:C2"; unmerge it and fill in each cell, or leave it out if unknown',
        ),
    ),
    "a formula with no value": Habit(
        [HEADINGS, ["S1", "甲派出所", "=6+8"], SECOND],
        faults=(
            "row 2, 民警数: expected the value of a formula, found nothing; none is stored with "
            "it: open the file with Excel or WPS and save it, or leave it out if unknown",
        ),
    ),
    "a formula with its value": Habit(
        [HEADINGS, ["S1", "甲派出所", "=6+8"], SECOND],
        part=("<f>6+8</f><v />", "<f>6+8</f><v>14</v>"),
    ),
    "a formula that gives the empty text": Habit(
        [HEADINGS, ["S1", "=REPT(1,0)", 14], SECOND],
        [Station(id="S1", officers=14), STATIONS[1]],
        part=('<c r="B2"><f>REPT(1,0)</f><v />', '<c r="B2" t="str"><f>REPT(1,0)</f><v />'),
    ),
    "a formula in a column that nothing reads": Habit(
        [[*HEADINGS, "备注"], [*FIRST, "=1+1"], SECOND]
    ),
    "a heading that is a formula with no value": Habit(
        [["编号", "名称", '="民警数"'], FIRST, SECOND],
        faults=('row 1: expected a known heading, found "=…"; correct it or remove it',),
    ),
    "an error that was copied as a text": Habit(
        [HEADINGS, ["S1", "'#REF!", 14], ["'=A2", "乙派出所", 10]],
        faults=(
            'row 2, 名称: expected a value, found "#REF!"; correct the formula or the width of the '
            "column, and export it anew, or leave it out if unknown",
            'row 3, 编号: expected a value, found "=A2"; correct the formula or the width of the '
            "column, and export it anew",
        ),
    ),
    "an error of a formula": Habit(
        [HEADINGS, ["S1", "甲派出所", "#N/A"], SECOND],
        faults=(
            'row 2, 民警数: expected a value, found "#N/A"; correct the formula, '
            "or leave it out if unknown",
        ),
    ),
    "hidden rows": Habit(
        [HEADINGS, FIRST, SECOND],
        as_is=hiding,
        notes=("book.xlsx: stations: read row 3 too, hidden (1 in all)",),
    ),
    "a filter": Habit(
        [HEADINGS, FIRST, SECOND],
        as_is=filtering,
        notes=("book.xlsx: stations: read rows 2 to 3 too, hidden by a filter (2 in all)",),
    ),
    "hidden columns": Habit(
        [HEADINGS, FIRST, SECOND],
        as_is=hiding_columns,
        notes=("book.xlsx: stations: read columns C too, which are hidden",),
    ),
    "a sheet that does not show": Habit(
        [HEADINGS, FIRST, SECOND],
        as_is=hiding_the_sheet,
        notes=("book.xlsx: stations: read, though the sheet is hidden",),
        more=(("Sheet2", []),),
    ),
    "a sheet that is no list": Habit(
        [HEADINGS, FIRST, SECOND],
        more=(("填表说明", [["请如实填写"]]),),
        faults=(
            "book.xlsx: 填表说明: expected a known collection as the name of the sheet, found "
            '"填表说明"; correct it or remove it; if it is no list, pass it over with '
            "--ignore-sheet, or with `ignore_sheets` in a mapping",
        ),
    ),
    "a sheet that is no list, passed over": Habit(
        [HEADINGS, FIRST, SECOND],
        more=(("填表说明", [["请如实填写"]]), ("Sheet2", [])),
        ignore_sheets=("填表说明",),
    ),
    "sheets that a mapping passes over": Habit(
        [HEADINGS, FIRST, SECOND],
        more=(("填表说明", [["请如实填写"]]),),
        said={"ignore_sheets": ["填表说明"]},
    ),
    "a sheet to pass over that is not there": Habit(
        [HEADINGS, FIRST, SECOND],
        more=(("填表说明", [["请如实填写"]]),),
        ignore_sheets=("填表说明", "station"),
        faults=(
            '--ignore-sheet: expected a file or sheet of that name, found no "station"; '
            "did you mean `stations`? correct it",
        ),
    ),
    "headings in a row that a mapping names": Habit(
        [HEADINGS, ["甲", "乙", "丙"], HEADINGS, FIRST, SECOND],
        said={"stations": {"heading_row": 3}},
    ),
    "ids that Excel took for numbers": Habit(
        [HEADINGS, [350304540000, "甲派出所", 14]],
        faults=(
            "row 2, 编号: expected a text, found 350304540000; "
            "format the column as text and enter it again",
        ),
    ),
    "a list of its own beside": Habit(
        [[*HEADINGS, None, "附表"], FIRST, SECOND],
        faults=('row 1: expected a known heading, found "附表"; correct it or remove it',),
    ),
}


def book(tmp_path: Path, habit: Habit) -> Path:
    """Make the workbook."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in (("stations", habit.rows), *habit.more):
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(row)
        if title == "stations":
            habit.as_is(sheet)
    file = tmp_path / "book.xlsx"
    workbook.save(file)
    if habit.part is not None:
        repack(file, "xl/worksheets/sheet1.xml", *habit.part)
        repack(file, "xl/workbook.xml", ' fullCalcOnLoad="1"', "")
    return file


def repack(file: Path, part: str, old: str, new: str) -> None:
    """Change the text of a part of a workbook."""
    with ZipFile(file) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    # With lxml, where that is installed, openpyxl writes an empty element in full.
    written = next(
        each for each in (old, old.replace("<v />", "<v></v>")) if each.encode() in contents[part]
    )
    contents[part] = contents[part].replace(written.encode(), new.encode())
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in contents.items():
            archive.writestr(name, content)


def opened(file: Path, habit: Habit) -> Document:
    """Read the workbook as the habit is read."""
    return read(
        file,
        mapping=None if habit.said is None else parse_mapping(habit.said),
        ignore_sheets=habit.ignore_sheets,
        skip_totals=habit.skip_totals,
    )


@pytest.mark.parametrize("name", HABITS)
def test_a_habit_of_clerks(name: str, tmp_path: Path) -> None:
    habit = HABITS[name]
    file = book(tmp_path, habit)
    if not habit.faults:
        document = opened(file, habit)
        assert document.facts == Facts(stations=habit.stations)
        assert tuple(note.text() for note in document.notes) == habit.notes
        return
    with pytest.raises(InputError) as caught:
        opened(file, habit)
    lines = [fault.text() for fault in caught.value.faults]
    lines = [line.removeprefix("book.xlsx: stations: ") for line in lines]
    lines = [line.removeprefix("book.xlsx: stations ") for line in lines]
    assert sorted(lines) == sorted(habit.faults)


def test_workstations_of_a_merged_station(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.title = "警务工作站"
    for row in (["编号", "派出所"], ["W1", "S1"], ["W2"], ["W3"], ["W4", "S2"]):
        sheet.append(row)
    sheet.merge_cells("B2:B4")
    file = tmp_path / "book.xlsx"
    workbook.save(file)
    assert [each.station_id for each in read(file).facts.all(Workstation)] == [
        "S1",
        "S1",
        "S1",
        "S2",
    ]


def test_cells_without_their_places(tmp_path: Path) -> None:
    """Some programs leave out where rows and cells are, which then follow one another."""
    file = book(tmp_path, HABITS["a plain list"])
    with ZipFile(file) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    bare = re.sub(r'(<(?:row|c)) r="[A-Z]*[0-9]+"', r"\1", sheet)
    assert bare != sheet
    repack(file, "xl/worksheets/sheet1.xml", sheet, bare)
    assert read(file).facts == Facts(stations=STATIONS)


def test_the_habits_are_thirty_and_more() -> None:
    assert len(HABITS) >= 30
