"""`template`: which lists and columns it asks for, whose facts it fills in, what is refused."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from policy_rules.cli import main
from policy_rules.formats import InputError, read
from policy_rules.police import Bureau
from tests.support.command_line import write

# What belongs to two bureaus, and a transfer that concerns both.
TWO: dict[str, Any] = {
    "as_of": "2022-04-01",
    "bureaus": [{"id": "B1", "name": "城厢分局", "officers": 40}, {"id": "B2", "name": "荔城分局"}],
    "stations": [
        {"id": "S1", "name": "甲派出所", "bureau_id": "B1", "pilot": True, "setting": "urban"},
        {"id": "S2", "name": "乙派出所", "bureau_id": "B2", "officers": 9},
    ],
    "officers": [
        {"id": "P1", "station_id": "S1", "zone": "一区"},
        {"id": "P2", "station_id": "S2"},
    ],
    "transfers": [{"id": "X1", "station_id": "S2", "officer_id": "P1", "direction": "in"}],
    "exemptions": [
        {"id": "E1", "cite": "5.1/3b", "subject": "stations/S1", "authority": "市局"},
        {"id": "E2", "cite": "5.1/3b", "subject": "stations/S2"},
    ],
    "complete": ["bureaus", "stations", "officers"],
}


@pytest.fixture
def two(tmp_path: Path) -> str:
    """The document of the two bureaus."""
    return write(tmp_path / "facts.json", TWO)


def headings(file: Path) -> dict[str, list[Any]]:
    """The headings of each list of a workbook, by the names of the sheets."""
    found = {}
    for sheet in load_workbook(file).worksheets[1:]:
        assert isinstance(sheet, Worksheet)
        found[sheet.title] = [cell.value for cell in sheet[3]][1:]
    return found


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What is said of arguments that are refused."""
    assert main(["--lang", "en", "template", *arguments]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    return captured.err.splitlines()


def test_only_what_the_rules_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "w.xlsx"
    assert main(["--lang", "zh", "template", str(file), "--cite", "4.2/3"]) == 0
    assert capsys.readouterr().out == f"已写入 {file}\n"
    # It asks urban pilot stations for workstations with all functions by a day, and the city for
    # as many such stations as the directive says. What is required of a station
    # also hangs on how many the other pilots have together, which their numbers can say.
    assert headings(file) == {
        "派出所": [
            "编号（必填）", "名称", "所属公安局", "城乡类别", "改革试点（是/否）",
            "警务工作站数（个）",
        ],
        "警务工作站": ["编号（必填）", "派出所", "功能", "启用日期"],
        "市": ["编号（必填）", "名称"],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "lists"),
    [
        (["--cite", "2.1/1b"], ["police station", "officer"]),
        (["--name", "duty_mode"], ["police station", "officer"]),
        (["--cite", "3.2"], ["incident", "attestation", "city"]),
        (["--cite", "3.2/1b", "--cite", "5.2/1"], ["incident", "township"]),
        (["--cite", "3.2/1b", "--name", "duty_mode"], ["police station", "officer", "incident"]),
    ],
)
def test_which_lists(arguments: list[str], lists: list[str], tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    assert main(["--lang", "en", "template", str(file), *arguments]) == 0
    assert [*headings(file)] == lists


def test_everything_by_default(tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    assert main(["--lang", "zh", "template", str(file)]) == 0
    found = headings(file)
    assert len(found) == 19
    assert found["市"] == ["编号（必填）", "名称"]
    # A case says whose it is, which no rule reads.
    assert found["刑事案件"][:2] == ["编号（必填）", "派出所"]


def test_it_reads_back(two: str, tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    assert main(["template", str(file), "--for", two]) == 0
    given, found = read(two), read(file)
    assert found.facts == given.facts
    assert found.exemptions == given.exemptions
    assert found.as_of == given.as_of


def test_what_belongs_to_a_body(two: str, tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    assert main(["template", str(file), "--for", two, "--of", "bureaus/B1"]) == 0
    found = read(file)
    # The transfer names a station of the other bureau, which has to be there.
    assert [fact.key for fact in found.facts] == [
        "bureaus/B1", "bureaus/B2", "stations/S1", "stations/S2", "officers/P1", "transfers/X1",
    ]  # fmt: skip
    assert [each.id for each in found.exemptions] == ["E1"]
    # Of the other bureau's station nobody here knows who else is on its roster.
    assert found.facts.complete == set()
    assert main(["template", str(file), "--for", two, "--of", "stations/S1"]) == 0
    assert [fact.id for fact in read(file).facts] == ["B1", "B2", "S1", "S2", "P1", "X1"]


def test_whole_lists_of_a_body_stay_whole(tmp_path: Path) -> None:
    document = {name: rows for name, rows in TWO.items() if name != "transfers"}
    facts, file = write(tmp_path / "facts.json", document), tmp_path / "w.xlsx"
    assert main(["template", str(file), "--for", facts, "--of", "bureaus/B2"]) == 0
    found = read(file)
    assert [fact.id for fact in found.facts] == ["B2", "S2", "P2"]
    assert found.facts.complete == {"bureaus", "stations", "officers"}


def test_a_file_for_each(two: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = tmp_path / "各局"
    arguments = ["template", str(folder), "--for", two, "--each", "公安局", "--lang", "zh"]
    assert main(arguments) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "B1 城厢分局.xlsx",
        "B2 荔城分局.xlsx",
    ]
    assert capsys.readouterr().out.splitlines() == [
        f"已写入 {folder / 'B1 城厢分局.xlsx'}",
        f"已写入 {folder / 'B2 荔城分局.xlsx'}",
    ]
    assert main(arguments) == 0  # written again, in their place


def changed(file: Path, list_: str, field: str, value: object, row: int = 4) -> None:
    """Enter something in a workbook: in the first row of a list, or beside a setting."""
    book = load_workbook(file)
    sheet = book[list_]
    assert isinstance(sheet, Worksheet)
    if list_ == "设置":
        cell = next(beside for label, beside in sheet.iter_rows() if label.value == field)
    else:
        named = [str(cell.value).partition("（")[0] for cell in sheet[3]]
        cell = sheet.cell(row, named.index(field) + 1)
    cell.value = value  # type: ignore[assignment]  # a text, a number or nothing
    book.save(file)


def test_what_comes_back_is_put_together(tmp_path: Path) -> None:
    document = {name: rows for name, rows in TWO.items() if name != "transfers"}
    facts, folder = write(tmp_path / "facts.json", document), tmp_path / "各局"
    assert main(["template", str(folder), "--for", facts, "--each", "bureaus", "--lang", "zh"]) == 0
    (folder / "~$B1 城厢分局.xlsx").write_bytes(b"open elsewhere")
    given, found = read(facts), read(folder)
    assert (found.facts, found.exemptions) == (given.facts, given.exemptions)
    assert (found.as_of, found.facts.complete) == (given.as_of, given.facts.complete)
    # A list that is not whole in one of them is not whole.
    changed(folder / "B2 荔城分局.xlsx", "设置", "公安局", None)
    assert read(folder).facts.complete == {"stations", "officers"}
    # Where there is a CSV file, the directory is one of CSV files.
    (folder / "派出所.csv").write_text("编号\nS9\n", "utf-8")
    assert [fact.id for fact in read(folder).facts] == ["S9"]


def test_what_files_say_differently_is_told_with_both(two: str, tmp_path: Path) -> None:
    folder = tmp_path / "各局"
    assert main(["template", str(folder), "--for", two, "--each", "bureaus", "--lang", "zh"]) == 0
    first, second = sorted(folder.iterdir())
    changed(
        second, "公安局", "级别", "市级"
    )  # of which the other, for whom it is grey, says nothing
    assert [str(each.level) for each in read(folder).facts.all(Bureau)] == ["None", "municipal"]
    changed(second, "派出所", "民警数", 8)
    changed(second, "设置", "基准日期", "2022-05-01")
    with pytest.raises(InputError) as refused:
        read(folder)
    assert refused.value.text("en").splitlines() == [
        "as_of: expected the same date in all workbooks, found B1 城厢分局.xlsx 2022-04-01, "
        "B2 荔城分局.xlsx 2022-05-01; correct it",
        "B2 荔城分局.xlsx: stations/S2.officers: expected the same as in "
        '"B1 城厢分局.xlsx", found another value; correct one of them, or empty it in the file '
        "to whose body the fact does not belong",
    ]
    changed(first, "民警", "派出所", "S7")  # what is wrong in one of them is told beside
    with pytest.raises(InputError) as refused:
        read(folder)
    assert refused.value.faults[0].place == "B1 城厢分局.xlsx: 民警 row 4"


def test_files_that_together_lead_nowhere_are_refused(tmp_path: Path) -> None:
    for name, list_, fact in (("a", "派出所", "S1"), ("b", "民警", "P1")):
        book = Workbook()
        sheet = book.worksheets[0]
        sheet.title = list_
        sheet.append(["编号", "派出所"] if list_ == "民警" else ["编号"])
        sheet.append([fact, "S9"] if list_ == "民警" else [fact])
        book.save(tmp_path / f"{name}.xlsx")
    with pytest.raises(InputError) as refused:
        read(tmp_path)
    assert [fault.place for fault in refused.value.faults] == ["officers/P1"]


def test_names_of_files(tmp_path: Path) -> None:
    names = ["CON: 甲/乙", "con_ 甲_乙", "."]
    bureaus = [{"id": f"B{n}"[:1], "name": name} for n, name in enumerate(names)]
    for number, bureau in enumerate(bureaus):
        bureau["id"] = ["x", "X", ".hidden"][number]
    facts = write(tmp_path / "facts.json", {"bureaus": bureaus})
    folder = tmp_path / "out"
    assert main(["template", str(folder), "--for", facts, "--each", "bureaus"]) == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "X con_ 甲_乙 (2).xlsx", "_hidden _.xlsx", "x CON_ 甲_乙.xlsx",
    ]  # fmt: skip


def test_what_is_still_needed(two: str, tmp_path: Path) -> None:
    file = tmp_path / "w.xlsx"
    arguments = ["--for", two, "--cite", "2.1/1a", "--name", "duty_mode", "--lang", "zh"]
    assert main(["template", str(file), *arguments]) == 0
    book = load_workbook(file)
    told = {
        f"{sheet.title}!{cell.coordinate}": cell.comment.text
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.comment
    }
    # The pilot decides by itself. Of the other, that it is no pilot is not said. The total of a
    # bureau, and whether it is a county's, are asked for by 2.1/1a.
    assert told == {
        "公安局!D4": "需要填写：用于 2.1/1a",
        "公安局!D5": "需要填写：用于 2.1/1a",
        "公安局!E5": "需要填写：用于 2.1/1a",
        "派出所!E5": "需要填写：用于 勤务模式",
    }
    assert [cell.value for cell in book["公安局"][3]] == [
        "序号", "编号（必填）", "名称", "级别", "总警力（人）",
    ]  # fmt: skip
    assert book["派出所"]["E3"].value == "改革试点（是/否）"


def test_what_is_refused(two: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(tmp_path / "w.xlsx")
    assert refused(capsys, file, "--of", "bureaus/B1") == ["--of: it goes with --for; add it"]
    assert refused(capsys, file, "--each", "bureaus") == [
        "--each: it goes with --for; add it",
    ]
    assert refused(capsys, str(tmp_path / "w.csv")) == [
        f"OUT {tmp_path / 'w.csv'}: an Excel workbook is written, whose name ends in .xlsx, "
        'found ".csv"; correct it'
    ]
    assert refused(capsys, str(tmp_path / "no" / "w.xlsx")) == [
        f"OUT {tmp_path / 'no' / 'w.xlsx'}: it cannot be written (its directory does not exist); "
        "check the path and its permissions"
    ]
    assert refused(capsys, two, "--for", two, "--each", "bureaus") == [
        f"OUT {two}: expected a directory to go with --each, found a file; correct it"
    ]
    assert refused(capsys, file, "--for", two, "--of", "bureaus/B1", "--each", "bureaus") == [
        "--of --each: they exclude each other; give one of them"
    ]
    assert refused(capsys, file, "--for", two, "--of", "bureaus/B3") == [
        '--of: there is no fact "bureaus/B3"; did you mean `bureaus/B2`?'
    ]
    (line,) = refused(capsys, str(tmp_path), "--for", two, "--each", "buraus")
    assert line.startswith('--each: there is no list "buraus"; did you mean `bureaus`?')
    (line,) = refused(capsys, file, "--cite", "4.9")
    assert line.startswith('--cite: there is no heading or citation with rules "4.9"; did you mean')
    (line,) = refused(capsys, file, "--name", "duty_mod")
    assert line.startswith('--name: there is no decision "duty_mod"; did you mean `duty_mode`?')
    assert not Path(file).exists()


def test_what_is_tolerated_is_not_filled_in(tmp_path: Path) -> None:
    document = {"stations": [{"id": "S1", "officers": "many", "beds": 3}]}
    facts, file = write(tmp_path / "facts.json", document), tmp_path / "w.xlsx"
    assert main(["template", str(file), "--for", facts, "--tolerate"]) == 1
    (station,) = read(file).facts
    assert (getattr(station, "officers", 0), getattr(station, "beds", 0)) == (None, 3)


def test_what_would_not_be_read_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "w.xlsx"
    facts = write(tmp_path / "facts.json", {"stations": [{"id": "S1", "name": "合计"}]})
    (line,) = refused(capsys, str(file), "--for", facts)
    assert line.startswith("w.xlsx: police station row 4, name: expected a row of the list, found")
    assert not file.exists()


def test_without_openpyxl(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert refused(capsys, str(tmp_path / "w.xlsx")) == [
        "OUT: expected openpyxl for writing an Excel workbook, found it missing; "
        "install `policy-rules[excel]`"
    ]


def test_a_directory_that_cannot_be_made(
    two: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = refused(capsys, f"{two}/out", "--for", two, "--each", "bureaus")
    assert "it cannot be written" in line
