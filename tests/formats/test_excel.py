"""Excel workbooks: what is read, what is refused and how."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from policy_rules.facts import Exemption, Facts
from policy_rules.formats import InputError, parse_mapping, read
from policy_rules.police import (
    CriminalCase,
    Incident,
    IncidentKind,
    Officer,
    Setting,
    Station,
    Team,
    Terrain,
)

Sheets = Mapping[str, Sequence[Sequence[Any]]]
NO_LIST = (
    "; if it is no list, pass it over with --ignore-sheet, or with `ignore_sheets` in a mapping"
)
UNKNOWN = ", or leave it out if unknown"


def written(tmp_path: Path, sheets: Sheets, name: str = "book.xlsx") -> Path:
    """Write a workbook of sheets, given by name and rows."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for title, rows in sheets.items():
        sheet = workbook.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    file = tmp_path / name
    workbook.save(file)
    return file


def lines_of(file: Path) -> list[str]:
    """Give the lines of the error that a workbook is refused with."""
    with pytest.raises(InputError) as caught:
        read(file)
    return [fault.text() for fault in caught.value.faults]


def test_a_workbook_is_read(tmp_path: Path) -> None:
    file = written(
        tmp_path,
        {
            "stations": [
                ["id", "name", "setting", "pilot", "officers", "units", "grades", "relocated_on"],
                ["S1", "黄石派出所", "城区", True, 34, "case；社区警务队", "2018:1;2019：2", None],
                [],
                ["S2", None, "rural", "否", 5.0, "无", "-", datetime(2019, 11, 30)],
                ["S3", None, None, 0, " ３ ", None, None, 20190716],
            ],
            "民警": [["编号", "派出所", "出生日期"], ["P1", "S1", "1980年2月29日"]],
            "incidents": [
                ["id", "kind", "received_at"],
                # As Excel keeps 8:30, a little short of it.
                ["I1", "非警务警情", datetime(2019, 7, 16, 8, 29, 59, 999_999)],
            ],
            "Sheet3": [],
            "设置": [["基准日期", datetime(2022, 4, 1)], ["complete", "stations、民警", "cases"]],
            "豁免批准": [["编号", "条款", "对象"], ["E1", "3.1/2", "stations/S1"]],
        },
    )
    document = read(file)
    assert document.as_of == date(2022, 4, 1)
    assert document.exemptions == (Exemption(id="E1", cite="3.1/2", subject="stations/S1"),)
    assert document.facts == Facts(
        stations=[
            Station(
                id="S1",
                name="黄石派出所",
                setting=Setting.URBAN,
                pilot=True,
                officers=34,
                units={Team.CASE, Team.COMMUNITY},
                grades={2018: 1, 2019: 2},
            ),
            Station(
                id="S2",
                setting=Setting.RURAL,
                pilot=False,
                officers=5,
                units=frozenset(),
                grades={},
                relocated_on=date(2019, 11, 30),
            ),
            Station(id="S3", pilot=False, officers=3, relocated_on=date(2019, 7, 16)),
        ],
        officers=[Officer(id="P1", station_id="S1", birth_date=date(1980, 2, 29))],
        incidents=[
            Incident(
                id="I1", kind=IncidentKind.NON_POLICE, received_at=datetime(2019, 7, 16, 8, 30)
            )
        ],
        complete=[Station, Officer, CriminalCase],
    )


def test_the_date_of_a_workbook_may_be_a_text(tmp_path: Path) -> None:
    file = written(tmp_path, {"document": [["as_of", "2022/4/1"]], "stations": [["id"], ["S1"]]})
    assert read(file).as_of == date(2022, 4, 1)


@pytest.mark.parametrize("given", [1, "1"])
def test_a_workbook_may_say_its_format(tmp_path: Path, given: object) -> None:
    file = written(tmp_path, {"document": [["format", given]], "stations": [["id"], ["S1"]]})
    assert len(read(file).facts) == 1


def test_a_workbook_of_a_newer_format_is_one_fault(tmp_path: Path) -> None:
    sheets: dict[str, list[list[object]]] = {
        "document": [["格式", 2]],
        "stations": [["id", "shifts"], ["S1", 2]],
    }
    with pytest.raises(InputError) as caught:
        read(written(tmp_path, sheets))
    (fault,) = caught.value.faults
    assert fault.text("en").endswith("reads, found 2; use a later policy_rules")


@pytest.mark.parametrize(
    ("sheets", "lines"),
    [
        (
            {"stations": [["id", "officers"], [350304540000, 3], ["S2", 2.5], ["S3", True]]},
            [
                "book.xlsx: stations row 2, id: expected a text, found 350304540000; "
                "format the column as text and enter it again",
                "book.xlsx: stations row 3, officers: expected a whole number from 0 to 10000000, "
                f"found 2.5; give the count of sworn officers{UNKNOWN}",
                "book.xlsx: stations row 4, officers: expected a whole number from 0 to 10000000, "
                f"found true; give the count of sworn officers{UNKNOWN}",
            ],
        ),
        (
            {
                "stations": [["id", "name"], ["S1", 7]],
                "cases": [["id", "place_codes"], ["C1", 350302]],
            },
            [
                "book.xlsx: stations row 2, name: expected a text, found 7; "
                f"format the column as text and enter it again{UNKNOWN}",
                "book.xlsx: cases row 2, place_codes: expected a text, found 350302; "
                f"format the column as text and enter it again{UNKNOWN}",
            ],
        ),
        (
            # A citation that Excel took for a day.
            {"attestations": [["id", "cite"], ["A1", datetime(2022, 3, 1)]]},
            [
                "book.xlsx: attestations row 2, cite: expected a text, found 2022-03-01T00:00:00; "
                f"format the column as text and enter it again{UNKNOWN}",
            ],
        ),
        (
            {"officers": [["id", "派出所"], ["P1", "S2"]], "stations": [["编号", "x"], ["S1"]]},
            [
                'book.xlsx: stations row 1: expected a known heading, found "x"; '
                "correct it or remove it",
                "book.xlsx: officers row 2, 派出所: expected the id of one of the given "
                '`stations`, found "S2"; correct it, or add what it refers to',
            ],
        ),
        (
            {"station": [["id"]], "stations": [["id"]], "派出所": [["id"]]},
            [
                "book.xlsx: station: expected a known collection as the name of the sheet, found "
                f'"station"; did you mean `stations`? correct it{NO_LIST}',
                'book.xlsx: 派出所: expected "stations" once, found it given twice '
                "(as `book.xlsx: stations`); keep one of them",
            ],
        ),
        (
            {"stations": [["id"], ["S1", "S2"]], "document": [["asof", "2022-04-01"]]},
            [
                "book.xlsx: stations row 2: expected at most 1 cells, found 2; "
                "give the column a heading, or remove them",
                'book.xlsx: expected a known setting, found "asof"; did you mean `as_of`? '
                "correct it",
            ],
        ),
    ],
)
def test_faults_of_a_workbook(tmp_path: Path, sheets: Sheets, lines: list[str]) -> None:
    assert sorted(lines_of(written(tmp_path, sheets))) == sorted(lines)


def test_a_fault_in_chinese(tmp_path: Path) -> None:
    file = written(tmp_path, {"派出所": [["编号"], [12]]})
    with pytest.raises(InputError) as caught:
        read(file)
    assert caught.value.text("zh") == (
        "book.xlsx: 派出所 第2行，编号：应为文本，实为 12；请把该列设为文本格式后重新填写"
    )


def test_what_excel_could_not_compute(tmp_path: Path) -> None:
    file = written(tmp_path, {"stations": [["id", "name", "officers"], ["S1", "#REF!", "#N/A"]]})
    assert lines_of(file) == [
        'book.xlsx: stations row 2, name: expected a value, found "#REF!"; '
        f"correct the formula{UNKNOWN}",
        'book.xlsx: stations row 2, officers: expected a value, found "#N/A"; '
        f"correct the formula{UNKNOWN}",
    ]


def test_no_workbook(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_text("id\nS1\n")
    assert lines_of(file) == [
        "book.xlsx: expected an Excel workbook (.xlsx), found a text file; if it is CSV, let its "
        "name end in .csv, put it into a directory and give that"
    ]
    old = tmp_path / "book.xls"
    old.write_bytes(b"\xd0\xcf\x11\xe0")
    assert lines_of(old) == ["book.xls: expected a workbook as .xlsx, found .xls; save it as .xlsx"]


def test_a_workbook_that_is_cut_off(tmp_path: Path) -> None:
    file = written(tmp_path, {"stations": [["id"], ["S1"]]})
    file.write_bytes(file.read_bytes()[:-200])
    assert len(lines_of(file)) == 1


def test_without_openpyxl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = written(tmp_path, {"stations": [["id"], ["S1"]]})
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert lines_of(file) == [
        "book.xlsx: expected openpyxl for reading an Excel workbook, found it missing; "
        "install `policy-rules[excel]`"
    ]


def test_a_workbook_read_through_a_mapping(tmp_path: Path) -> None:
    mapping = parse_mapping(
        {
            "complete": ["stations"],
            "stations": {
                "table": "T_PCS",
                "columns": {
                    "id": "PCSDM",
                    "setting": {"column": "CXLB", "codes": {"1": "urban", "2": "rural"}},
                    "terrain": {"column": "CXLB", "codes": {"1": "ordinary", "2": "山区"}},
                    "pilot": {"column": "SDBZ", "yes": ["Y"], "no": ["N"]},
                    "relocated_on": {"column": "BQRQ", "date": "yyyymmdd"},
                    "grades": {"2018": "DJ2018", "2019": "DJ2019"},
                },
            },
        }
    )
    file = written(
        tmp_path,
        {
            "t_pcs": [
                ["PCSDM", "CXLB", "SDBZ", "BQRQ", "DJ2018", "dj2019", "民警数", "备注"],
                ["350304540000", 1, "Y", 20190716, 1, 2.0, 34, "不用"],
                ["350304550000", "2", "N", datetime(2019, 7, 17), None, 3, None, None],
                ["350304560000"],
            ]
        },
    )
    assert read(file, mapping=mapping).facts == Facts(
        stations=[
            Station(
                id="350304540000",
                setting=Setting.URBAN,
                terrain=Terrain.ORDINARY,
                pilot=True,
                relocated_on=date(2019, 7, 16),
                grades={2018: 1, 2019: 2},
                officers=34,
            ),
            Station(
                id="350304550000",
                setting=Setting.RURAL,
                terrain=Terrain.MOUNTAIN,
                pilot=False,
                relocated_on=date(2019, 7, 17),
                grades={2019: 3},
            ),
            Station(id="350304560000"),
        ],
        complete=["stations"],
    )


def test_a_mapping_says_where_the_headings_are_and_which_sheets_are_no_lists(
    tmp_path: Path,
) -> None:
    said = {"ignore_sheets": ["填表说明"], "stations": {"heading_row": 3}}
    rows: list[list[Any]] = [["派出所情况表"], ["编号", "单位：人"], ["编号", "民警数"], ["S1", 3]]
    file = written(tmp_path, {"填表说明": [["请如实填写"]], "stations": rows})
    assert read(file, mapping=parse_mapping(said)).facts == Facts(
        stations=[Station(id="S1", officers=3)]
    )
    file = written(tmp_path, {"stations": [["编号"], ["S1"]]})
    with pytest.raises(InputError) as caught:
        read(file, mapping=parse_mapping(said))
    assert "book.xlsx: stations row 3: expected the headings, as the mapping says, found" in str(
        caught.value
    )
