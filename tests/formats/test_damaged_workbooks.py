"""Files that are no workbooks, or damaged ones: the right facts or a fault, never anything else."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from random import Random
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from policy_rules.facts import Facts
from policy_rules.formats import InputError, read
from policy_rules.police import Officer, Station

EXPECTED = "book.xlsx: expected an Excel workbook (.xlsx), found"
OPEN_IT = "open it with Excel or WPS and save it as .xlsx, or ask for it again if that fails"
SAVE_IT = "open it with Excel or WPS and save it as .xlsx"
FACTS = Facts(
    stations=[Station(id=f"S{i}", name=f"派出所{i}", officers=i) for i in range(20)],
    officers=[Officer(id=f"P{i}", station_id=f"S{i % 20}") for i in range(20)],
    complete=[Station, Officer],
)
SHEET = "xl/worksheets/sheet1.xml"


def sound() -> bytes:
    """A workbook of `FACTS` with what workbooks have: a title, merged and hidden cells, a date."""
    workbook = Workbook()
    stations = workbook.worksheets[0]
    stations.title = "stations"
    stations.append(["派出所情况表"])
    stations.append(["编号", "名称", "民警数", "备注"])
    for i in range(20):
        stations.append([f"S{i}", f"派出所{i}", i, "新建" if i == 5 else None])
    stations.merge_cells("A1:D1")
    stations.merge_cells("D8:D10")
    stations.row_dimensions[9].hidden = True
    officers = workbook.create_sheet("officers")
    officers.append(["id", "station_id"])
    for i in range(20):
        officers.append([f"P{i}", f"S{i % 20}"])
    document = workbook.create_sheet("设置")
    document.append(["as_of", datetime(2022, 4, 1)])
    document.append(["complete", "stations、officers"])
    stream = io.BytesIO()
    workbook.save(stream)
    return stream.getvalue()


SOUND = sound()


def repacked(change: Callable[[dict[str, bytes]], object]) -> bytes:
    """The sound workbook with its parts changed."""
    with ZipFile(io.BytesIO(SOUND)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    stream = io.BytesIO()
    with ZipFile(stream, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def replacing(part: str, old: bytes, new: bytes) -> bytes:
    """The sound workbook with a text in one of its parts changed, at its first place."""

    def change(parts: dict[str, bytes]) -> None:
        assert old in parts[part]
        parts[part] = parts[part].replace(old, new, 1)

    return repacked(change)


def lines_of(file: Path) -> list[str]:
    """The lines of the error with which a file is refused."""
    with pytest.raises(InputError) as caught:
        read(file)
    return str(caught.value).splitlines()


def test_a_sound_workbook(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(SOUND)
    document = read(file)
    assert document.facts == FACTS
    assert document.as_of == date(2022, 4, 1)
    assert [note.text("zh") for note in document.notes] == [
        "book.xlsx: stations：已读入隐藏的 1 行（第 9 行）"
    ]


def ole(*streams: str) -> bytes:
    """The beginning of a compound file with streams of these names."""
    names = b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in streams)
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\0") + names


def bomb() -> bytes:
    """A workbook of 20 kilobytes that expands to a hundred megabytes."""
    return repacked(lambda parts: parts.update({"xl/media/image1.png": b"0" * (100 << 20)}))


def a_zip_of(name: str) -> bytes:
    """A zip file with one member."""
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr(name, "<x/>")
    return stream.getvalue()


STRICT = b"http://purl.oclc.org/ooxml/spreadsheetml/main"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OTHERS: dict[str, tuple[Callable[[], bytes], str]] = {
    "password": (
        lambda: ole("EncryptionInfo", "EncryptedPackage"),
        "a file that is protected by a password; open it with its password, take the password off "
        "and save it",
    ),
    "xls": (lambda: ole("Workbook"), f"a file of the old form (.xls, .et or .doc); {SAVE_IT}"),
    "ods": (lambda: a_zip_of("content.xml"), f"an OpenDocument file (.ods); {SAVE_IT}"),
    "xlsb": (lambda: a_zip_of("xl/workbook.bin"), f"a binary workbook (.xlsb); {SAVE_IT}"),
    "docx": (
        lambda: a_zip_of("word/document.xml"),
        "a Word document; put its table into Excel",
    ),
    "zip": (lambda: a_zip_of("a.txt"), "a zip file of something else; give the workbook itself"),
    "pdf": (lambda: b"%PDF-1.7\n\xff", "a PDF file; ask for the table that it was made from"),
    "web page": (lambda: b"\r\n<HTML><table>", f"a web page (HTML); {SAVE_IT}"),
    "xml": (lambda: b'\xef\xbb\xbf<?xml version="1.0"?><Workbook>', f"an XML file; {SAVE_IT}"),
    "empty": (lambda: b"", "an empty file; export it again"),
    "csv": (
        lambda: "编号\r\nS1\r\n".encode("gb18030"),
        "a text file; if it is CSV, let its name end in .csv, put it into a directory and give "
        "that",
    ),
    "noise": (lambda: b"\xff\xfe\xff\xd8", f"an error (File is not a zip file); {OPEN_IT}"),
    "bomb": (bomb, f"an error (it expands to 100 MB, which is too large); {OPEN_IT}"),
    "strict": (
        lambda: replacing("xl/workbook.xml", MAIN, STRICT),
        "an error (it is a Strict Open XML workbook; choose the plain Excel Workbook (.xlsx)); "
        + OPEN_IT,
    ),
    "string beyond all": (
        lambda: replacing(SHEET, b't="n"><v>1</v>', b't="s"><v>9999</v>'),
        f"an error (list index out of range); {OPEN_IT}",
    ),
    "row beyond all": (
        lambda: replacing(SHEET, b'<row r="22"', b'<row r="1000000000"'),
        "an error (sheet stations: row 1000000000 comes after row 21, of at most 1048576); "
        + OPEN_IT,
    ),
    "row out of order": (
        lambda: replacing(SHEET, b'<row r="22"', b'<row r="3"'),
        f"an error (sheet stations: row 3 comes after row 21, of at most 1048576); {OPEN_IT}",
    ),
    "cell out of order": (
        lambda: replacing(SHEET, b'<c r="B5"', b'<c r="A5"'),
        f"an error (sheet stations: cell A5 is out of place in row 5); {OPEN_IT}",
    ),
    "cell of another row": (
        lambda: replacing(SHEET, b'<c r="B5"', b'<c r="B6"'),
        f"an error (sheet stations: cell B6 is out of place in row 5); {OPEN_IT}",
    ),
    "cell beyond all": (
        lambda: replacing(SHEET, b'<c r="B5"', b'<c r="ZZZ5"'),
        f"an error (sheet stations: cell ZZZ5 is out of place in row 5); {OPEN_IT}",
    ),
    "merged range that is none": (
        lambda: replacing(SHEET, b'ref="D8:D10"', b'ref="D8;D10"'),
        f"an error (sheet stations: the merged range D8;D10 is none); {OPEN_IT}",
    ),
    "entities": (
        lambda: replacing(SHEET, b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        f"an error (sheet stations: it has a DOCTYPE); {OPEN_IT}",
    ),
    "sheets of one name": (
        lambda: replacing("xl/workbook.xml", b'name="officers"', b'name="Stations"'),
        f"an error (two sheets have the same name); {OPEN_IT}",
    ),
    "sheet that is not there": (
        lambda: repacked(lambda parts: parts.pop("xl/worksheets/sheet2.xml")),
        "an error (\"There is no item named 'xl/worksheets/sheet2.xml' in the archive\"); "
        + OPEN_IT,
    ),
}


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_workbook(name: str, tmp_path: Path) -> None:
    content, found = OTHERS[name]
    file = tmp_path / "book.xlsx"
    file.write_bytes(content())
    assert lines_of(file) == [f"{EXPECTED} {found}"]


def test_a_workbook_under_another_name(tmp_path: Path) -> None:
    file = tmp_path / "book.xls"
    file.write_bytes(SOUND)
    assert lines_of(file) == [
        "book.xls: expected an Excel workbook (.xlsx), found an Excel workbook; let its name end "
        "in .xlsx and give it as such"
    ]
    text = tmp_path / "facts.json"
    text.write_bytes(SOUND)
    assert lines_of(text) == [
        "facts.json: expected text in UTF-8 or GB18030, found an Excel workbook; let its name end "
        "in .xlsx and give it as such"
    ]
    file.unlink()
    (tmp_path / "facts.json").rename(tmp_path / "stations.xlsx")
    (tmp_path / "officers.csv").write_text("id\nP1\n")
    assert lines_of(tmp_path) == [
        "stations.xlsx: expected a CSV file, found a workbook; save it as CSV, or give the "
        "workbook by itself"
    ]


def test_a_workbook_whose_values_its_maker_did_not_compute(tmp_path: Path) -> None:
    """XlsxWriter stores 0 with every formula, and has it computed when the file is opened."""
    file = tmp_path / "book.xlsx"
    file.write_bytes(replacing(SHEET, b'<c r="C4" t="n"><v>1</v>', b'<c r="C4"><f>6+8</f><v>0</v>'))
    assert lines_of(file) == [
        "book.xlsx: stations row 4, 民警数: expected the value of a formula, found nothing; none "
        "is stored with it: open the file with Excel or WPS and save it, or leave it out if unknown"
    ]


def test_a_last_row_far_below(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    cell = b'<row r="1048576"><c r="E1048576" s="1"/></row></sheetData>'
    file.write_bytes(replacing(SHEET, b"</sheetData>", cell))
    assert read(file).facts == FACTS


def test_formats_to_the_far_right(tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    rows = b"".join(b'<row r="%d"><c r="XFD%d" s="1"/></row>' % (i, i) for i in range(24, 5000))
    file.write_bytes(replacing(SHEET, b"</sheetData>", rows + b"</sheetData>"))
    assert read(file).facts == FACTS
    cell = b'<row r="99"><c r="XFD99"><v>1</v></c></row></sheetData>'
    file.write_bytes(replacing(SHEET, b"</sheetData>", cell))
    assert lines_of(file) == [
        f"{EXPECTED} an error (sheet stations: row 99 has something in column XFD, of at most "
        f"1000 that a list has: remove it); {OPEN_IT}"
    ]


def damaged(random: Random) -> bytes:
    """The sound workbook with a random damage to its bytes."""
    content = bytearray(SOUND)
    at = random.randrange(len(content))
    kind = random.randrange(5)
    if kind == 0:
        content[at] ^= 1 << random.randrange(8)
    elif kind == 1:
        content[at : at + 16] = random.randbytes(16)
    elif kind == 2:
        del content[at:]
    elif kind == 3:
        content[at:at] = random.randbytes(4)
    else:
        content[at : at + 16] = bytes(len(content[at : at + 16]))
    return bytes(content)


def damaged_part(random: Random) -> bytes:
    """The sound workbook with a random damage to the text of a part, which no checksum shows."""

    def change(parts: dict[str, bytes]) -> None:
        name = random.choice(sorted(parts))
        text = bytearray(parts[name])
        for _ in range(random.choice([1, 2, 5])):
            at = random.randrange(len(text))
            kind = random.randrange(4)
            if kind == 0:
                text[at] = random.choice(b'0123456789<>/"= &AZ')
            elif kind == 1:
                del text[at : at + random.randrange(1, 30)]
            elif kind == 2:
                text[at:at] = random.choice(
                    [b"999999999", b"<row/>", b"-1", b'"', b"&#x0;", b"1e999"]
                )
            else:
                text[at] ^= 1 << random.randrange(8)
        parts[name] = bytes(text)

    return repacked(change)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_a_damaged_workbook_has_its_facts_or_is_refused(random: Random, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(damaged(random))
    try:
        facts = read(file).facts
    except InputError:
        return
    assert facts == FACTS


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(random=st.randoms(use_true_random=False))
def test_a_workbook_with_damaged_parts_is_read_or_refused(random: Random, tmp_path: Path) -> None:
    file = tmp_path / "book.xlsx"
    file.write_bytes(damaged_part(random))
    with suppress(InputError):
        read(file)
