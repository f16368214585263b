"""CSV files as offices make them: what is read, and what is refused, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from policy_rules.facts import Facts
from policy_rules.formats import InputError, parse_mapping, read
from policy_rules.police import Bureau, City, CriminalCase, Officer, Station

PLAIN = "编号,名称,民警数\r\nS1,甲派出所,14\r\nS2,乙派出所,10\r\n"
FACTS = Facts(
    stations=[
        Station(id="S1", name="甲派出所", officers=14),
        Station(id="S2", name="乙派出所", officers=10),
    ]
)
AGAIN = "correct the line, or export the file again as UTF-8"
SKIP = "remove the row, or leave such rows out with --skip-totals"


def lines_of(directory: Path) -> list[str]:
    """The lines of the error with which a directory is refused, one for each fault."""
    with pytest.raises(InputError) as caught:
        read(directory)
    return [fault.text() for fault in caught.value.faults]


READ: dict[str, bytes] = {
    "UTF-8": PLAIN.encode(),
    "GB18030": PLAIN.encode("gb18030"),
    "a mark of UTF-8, then GB18030": b"\xef\xbb\xbf" + PLAIN.encode("gb18030"),
    "UTF-16 as Excel's Unicode text": PLAIN.replace(",", "\t").encode("utf-16"),
    "UTF-16 the other way round": b"\xfe\xff" + PLAIN.encode("utf-16-be"),
    "UTF-16 without a mark": PLAIN.encode("utf-16-le"),
    "UTF-16 the other way round without a mark": PLAIN.encode("utf-16-be"),
    "tabs": PLAIN.replace(",", "\t").encode(),
    "semicolons": PLAIN.replace(",", ";").encode(),
    "bars": PLAIN.replace(",", "|").encode(),
    "wide commas": PLAIN.replace(",", "，").encode(),
    "semicolons, and Excel's word for it": b"sep=;\r\n" + PLAIN.replace(",", ";").encode(),
    "lines that end in CR": PLAIN.replace("\r\n", "\r").encode(),
    "all in quotation marks": "".join(
        ",".join(f'"{cell}"' for cell in line.split(",")) + "\r\n" for line in PLAIN.splitlines()
    ).encode(),
    "blank lines and empty columns": PLAIN.replace("\r\n", ",,\r\n,,,,\r\n\r\n").encode(),
    "a title above": ("派出所情况表,,\r\n填报单位：城厢分局\r\n" + PLAIN).encode(),
    "a title above, with semicolons": ("甲、乙、丙，丁\r\n" + PLAIN.replace(",", ";")).encode(),
    "the mark that ends files of old programs": PLAIN.encode("gb18030") + b"\x1a",
    "no end of the last line": PLAIN.rstrip().encode(),
}


@pytest.mark.parametrize("name", READ)
def test_a_file_that_is_read(name: str, tmp_path: Path) -> None:
    (tmp_path / "派出所.csv").write_bytes(READ[name])
    assert read(tmp_path).facts == FACTS


@pytest.mark.parametrize("name", ["stations.csv", "stations.txt", "派出所.TXT", "stations.tsv"])
def test_endings(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(PLAIN.encode())
    (tmp_path / "readme.txt").write_bytes(b"\xff")
    (tmp_path / "~$stations.csv").write_bytes(b"\xff")
    assert read(tmp_path).facts == FACTS


def test_the_same_list_under_two_endings(tmp_path: Path) -> None:
    for ending in ("csv", "txt"):
        (tmp_path / f"stations.{ending}").write_bytes(PLAIN.encode())
    assert lines_of(tmp_path) == [
        'stations.txt: expected "stations" once, found it given twice (as `stations.csv`); '
        "keep one of them"
    ]


REFUSED: dict[str, tuple[bytes, str]] = {
    "a damaged byte": (
        PLAIN.encode().replace(b"\xe4\xb9\x99", b"\xe4\xff\x99"),
        "stations.csv: expected text in UTF-8 or GB18030, found something else in line 3 "
        f"(bytes E4 FF 99 E6); {AGAIN}",
    ),
    "a damaged byte of GB18030": (
        PLAIN.encode("gb18030").replace("乙".encode("gb18030"), b"\xff\xff"),
        "stations.csv: expected text in UTF-8 or GB18030, found something else in line 3 "
        f"(bytes FF FF C5 C9); {AGAIN}",
    ),
    "cut off within a character": (
        PLAIN.encode()[: PLAIN.encode().index("乙".encode()) + 2],
        "stations.csv: expected whole characters, found the last one, in line 3, cut off "
        "(bytes E4 B9); export the file again",
    ),
    "UTF-16 cut off within a character": (
        PLAIN.encode("utf-16")[:-1],
        "stations.csv: expected whole characters, found the last one, in line 3, cut off "
        "(bytes 0A); export the file again",
    ),
    "cut off within a row": (
        PLAIN.encode() + b"S3,",
        "stations.csv row 4: expected 3 cells, found 2 and no end of the line, so the file may be "
        "cut off; export it again, or complete the row",
    ),
    "a NUL": (
        PLAIN.encode().replace(b"14", b"1\x004"),
        "stations.csv row 2: expected text, found a NUL character, so the file may be damaged; "
        "export it again",
    ),
    "a NUL where halves of UTF-16 would be": (
        "id,name\nS1,甲\0\n".encode(),
        "stations.csv row 2: expected text, found a NUL character, so the file may be damaged; "
        "export it again",
    ),
    "a cell without an end": (
        b"id,name\nS1," + b"x" * 200_000 + b"\n",
        "stations.csv row 2: expected cells of at most 131072 characters, found a longer one in "
        "this row; correct it, or export the file again",
    ),
    "a web page under the name": (
        "<html><body><table><tr><td>编号</td></tr></table></body></html>".encode(),
        "stations.csv: expected text in UTF-8 or GB18030, found a web page (HTML); open it with "
        "Excel or WPS and save it as .xlsx",
    ),
    "a quotation mark that is not closed": (
        b'id,name,officers\nS1,"x\ny",1\nS2,"z,2\nS3,a,3\n',
        "stations.csv row 4: expected CSV, found a quotation mark opened in this row and never "
        "closed; correct it, or export the file again if it is cut off",
    ),
    "a quotation mark in the middle": (
        b'id,name\nS1,"x"y\n',
        "stations.csv row 2: expected CSV, found a quotation mark within a cell of this row, or "
        'one that was opened and not closed; correct it, and write "" for the mark itself',
    ),
    "a quotation mark that is not closed in a long file": (
        b'id,name\nS1,"x\n' + b"S2,y\n" * 40_000,
        "stations.csv row 2: expected CSV, found a quotation mark opened in this row and never "
        "closed; correct it, or export the file again if it is cut off",
    ),
    "a workbook under the name": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(range(256)),
        "stations.csv: expected text in UTF-8 or GB18030, found a file of the old form (.xls, .et "
        "or .doc); open it with Excel or WPS and save it as .xlsx",
    ),
    "nothing": (
        b"\r\n,,\r\n",
        "stations.csv: expected headings in the first row, found an empty file; export it again",
    ),
    "a row that is too long": (
        b"id,officers\nS1,1,2\n",
        "stations.csv row 2: expected at most 2 cells, found 3; correct it, and put what contains "
        "a comma in quotation marks",
    ),
    "a column without a heading": (
        b"id,,officers\nS1,,1\nS2,x,1\n",
        "stations.csv row 3: expected a heading of column 2, which has cells, found none; "
        "correct it, and put what contains a comma in quotation marks",
    ),
    "totals": (
        (PLAIN + "合计,,24\r\n").encode(),
        'stations.csv row 4, 编号: expected a row of the list, found "合计", which is a total; '
        f"{SKIP}",
    ),
    "a column of ids that is called otherwise": (
        ("派出所情况表\r\n" + PLAIN.replace("编号", "单位编码")).encode(),
        "stations.csv: expected the headings in rows 1 to 4, with a column `编号` or `id`, found "
        'none; nearest is row 2: "单位编码", "名称", "民警数"; correct the headings, or say in a '
        "mapping how the columns are called",
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_a_file_that_is_refused(name: str, tmp_path: Path) -> None:
    content, line = REFUSED[name]
    (tmp_path / "stations.csv").write_bytes(content)
    assert lines_of(tmp_path) == [line]


def test_the_row_of_totals_of_two_stations(tmp_path: Path) -> None:
    """It made 48 of 32 officers, and a breached sentence satisfied (24 of 32)."""
    (tmp_path / "bureaus.csv").write_text("id,name,officers\nB1,某分局,80\n", "utf-8")
    (tmp_path / "stations.csv").write_text(
        "id,name,bureau_id,officers\nS1,甲派出所,B1,14\nS2,乙派出所,B1,10\n合计,,B1,24\n", "utf-8"
    )
    (tmp_path / "document.json").write_text('{"complete": ["stations", "bureaus"]}', "utf-8")
    assert lines_of(tmp_path) == [
        'stations.csv row 4, id: expected a row of the list, found "合计", which is a total; '
        f"{SKIP}"
    ]
    document = read(tmp_path, skip_totals=True)
    assert document.facts == Facts(
        bureaus=[Bureau(id="B1", name="某分局", officers=80)],
        stations=[
            Station(id="S1", name="甲派出所", bureau_id="B1", officers=14),
            Station(id="S2", name="乙派出所", bureau_id="B1", officers=10),
        ],
        complete=[Station, Bureau],
    )
    assert [note.text("zh") for note in document.notes] == [
        "stations.csv：略过 1 行合计、说明或重复的列名（第 4 行）"
    ]


def test_references_into_what_could_not_be_read_are_no_more_faults(tmp_path: Path) -> None:
    (tmp_path / "stations.csv").write_text("code\nS1\n", "utf-8")
    (tmp_path / "officers.csv").write_text("id,station_id\nP1,S1\n", "utf-8")
    (tmp_path / "document.json").write_text('{"complete": ["stations", "officers"]}', "utf-8")
    assert len(lines_of(tmp_path)) == 1
    (tmp_path / "stations.csv").unlink()
    assert lines_of(tmp_path) == [
        "officers.csv row 2, station_id: expected the id of one of the given `stations`, found "
        '"S1"; correct it, or add what it refers to'
    ]


def test_files_that_are_passed_over(tmp_path: Path) -> None:
    (tmp_path / "stations.csv").write_bytes(PLAIN.encode())
    (tmp_path / "officers.csv").write_bytes(b"\xff")
    (tmp_path / "填表说明.csv").write_bytes(b"\xff")
    assert read(tmp_path, ignore_sheets=["填表说明", "officers"]).facts == FACTS
    mapping = parse_mapping({"ignore_sheets": ["填表说明", "officers"]})
    assert read(tmp_path, mapping=mapping).facts == FACTS


def test_semicolons_between_cells_that_hold_some(tmp_path: Path) -> None:
    (tmp_path / "cases.csv").write_text('id;place_codes\nA1;"350302;110105"\n', "utf-8")
    assert read(tmp_path).facts == Facts(
        cases=[CriminalCase(id="A1", place_codes={"350302", "110105"})]
    )


def test_lists_of_a_single_column(tmp_path: Path) -> None:
    (tmp_path / "officers.csv").write_text("编号\nP1\n民警甲\n", "utf-8")
    (tmp_path / "cities.csv").write_text("id\n350300\n", "utf-8")
    assert read(tmp_path).facts == Facts(
        officers=[Officer(id="P1"), Officer(id="民警甲")], cities=[City(id="350300")]
    )


def test_ids_in_chinese(tmp_path: Path) -> None:
    """Where other ids are in Chinese too, a row of one is no title of a group."""
    (tmp_path / "stations.csv").write_text("编号,民警数\n甲派出所,3\n乙派出所\n", "utf-8")
    assert read(tmp_path).facts == Facts(
        stations=[Station(id="甲派出所", officers=3), Station(id="乙派出所")]
    )
