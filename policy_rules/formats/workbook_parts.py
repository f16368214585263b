"""What a workbook says of its sheets besides their values: merged, hidden, not computed.

Reading values in a stream, as openpyxl does, leaves this out; and what is not as it should be, such
as a row number beyond all bounds, would take it for ever or make it pass rows over.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple
from xml.etree import ElementTree
from xml.parsers import expat
from zipfile import ZipFile

from attrs import define, field

MOST_ROWS: Final = 1_048_576
MOST_COLUMNS: Final = 16_384
# What is further to the right has got there by mistake, and would make every row as wide.
MOST_READ: Final = 1000
_MAIN: Final = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_STRICT: Final = "http://purl.oclc.org/ooxml/spreadsheetml/main"
_PIECE: Final = 1 << 16
# Sheets of a million rows expand to ten or twenty times their size; to more only what is made to.
_BOMB_FROM: Final = 64 << 20
_BOMB_RATIO: Final = 100
_LARGEST: Final = 4 << 30
_RANGE: Final = re.compile("([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?")


class DamagedWorkbookError(Exception):
    """A workbook that cannot be read as it is: why, in Chinese and English."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


class SheetPart(NamedTuple):
    """A sheet as the workbook lists it: `state` is empty where it is visible."""

    name: str
    path: str
    state: str


class Merged(NamedTuple):
    """A range of cells that are merged to one."""

    text: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int


class WorkbookParts(NamedTuple):
    """The sheets of a workbook; `computes_on_loading` says that stored values are none."""

    sheets: list[SheetPart]
    computes_on_loading: bool


@define
class Structure:
    """What a sheet says besides its values; rows and columns are counted from 1.

    `formulas` are the cells with a formula, `without_value` those of them that no value is stored
    of. `last_row` and `last_column` are the last that any value is stored in: many sheets are
    formatted to their ends.
    """

    merged: list[Merged] = field(factory=list)
    hidden_rows: list[int] = field(factory=list)
    hidden_columns: list[tuple[int, int]] = field(factory=list)
    filtered: bool = False
    formulas: set[tuple[int, int]] = field(factory=set)
    without_value: set[tuple[int, int]] = field(factory=set)
    last_row: int = 0
    last_column: int = 0


def check_size(archive: ZipFile) -> None:
    """Refuse what is made to fill the memory. Raises `DamagedWorkbookError`."""
    packed = sum(info.compress_size for info in archive.infolist())
    size = sum(info.file_size for info in archive.infolist())
    if size > _LARGEST or (size > _BOMB_FROM and size > packed * _BOMB_RATIO):
        megabytes = size >> 20
        raise DamagedWorkbookError(
            f"解压后有 {megabytes} MB，过大", f"it expands to {megabytes} MB, which is too large"
        )


def parts_of(archive: ZipFile) -> WorkbookParts:
    """List the sheets of a workbook. Raises `DamagedWorkbookError`, and what zipfile does."""
    main = next(
        target
        for kind, _, target in _relationships(archive, "")
        if kind.endswith("/officeDocument")
    )
    targets = {of: (kind, target) for kind, of, target in _relationships(archive, main)}
    root = ElementTree.fromstring(archive.read(main))
    if root.tag.startswith(f"{{{_STRICT}}}"):
        raise DamagedWorkbookError(
            "是“Strict Open XML”格式，请另存为普通的“Excel 工作簿（.xlsx）”",
            "it is a Strict Open XML workbook; choose the plain Excel Workbook (.xlsx)",
        )
    sheets = []
    for sheet in root.iterfind(f"{{{_MAIN}}}sheets/{{{_MAIN}}}sheet"):
        of = next(value for key, value in sheet.attrib.items() if key.endswith("}id"))
        kind, path = targets[of]
        if kind.endswith("/worksheet"):
            state = sheet.get("state", "visible")
            sheets.append(
                SheetPart(sheet.attrib["name"], path, "" if state == "visible" else state)
            )
    if len({sheet.name.lower() for sheet in sheets}) < len(sheets):
        raise DamagedWorkbookError("两个工作表同名", "two sheets have the same name")
    computing = root.find(f"{{{_MAIN}}}calcPr")
    on_loading = None if computing is None else computing.get("fullCalcOnLoad")
    return WorkbookParts(sheets, on_loading in ("1", "true"))


def _relationships(archive: ZipFile, part: str) -> Iterator[tuple[str, str, str]]:
    """The kind, id and target of what a part of the workbook refers to."""
    folder, name = posixpath.split(part)
    root = ElementTree.fromstring(archive.read(posixpath.join(folder, "_rels", f"{name}.rels")))
    for each in root:
        target = each.get("Target", "")
        path = target[1:] if target.startswith("/") else posixpath.join(folder, target)
        yield each.get("Type", ""), each.get("Id", ""), posixpath.normpath(path)


def structure_of(archive: ZipFile, part: SheetPart) -> Structure:
    """Read what a sheet says besides its values. Raises `DamagedWorkbookError` and what others do.

    Rows and cells that are out of order, or out of all bounds, are damage.
    """
    scan = _Scan()
    try:
        with archive.open(part.path) as stream:
            while piece := stream.read(_PIECE):
                scan.parser.Parse(piece, False)
        scan.parser.Parse(b"", True)
    except DamagedWorkbookError as error:
        zh, en = f"工作表 {part.name}：{error.zh}", f"sheet {part.name}: {error.en}"
        raise DamagedWorkbookError(zh, en) from None
    return scan.found


class _Scan:
    """A pass over the XML of a sheet, as it comes from a stream."""

    def __init__(self) -> None:
        self.found = Structure()
        self.row = self.column = 0
        # Of the cell: whether it is a text, and whether a value is stored of it. Only within a cell
        # that has a formula are the ends of elements heard, as they take as long as all the rest.
        self.is_text = self.valued = False
        self._columns: dict[str, int] = {}
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.StartDoctypeDeclHandler = self._doctype
        of = {
            "row": self._row,
            "c": self._cell,
            "f": self._formula,
            "v": self._value,
            "is": self._text,
            "col": self._hidden_columns,
            "mergeCell": self._merged,
            "filterColumn": self._filter,
        }
        self._handlers = {f"{_MAIN} {name}": handler for name, handler in of.items()}
        self._cell_tag, self._value_tag = f"{_MAIN} c", f"{_MAIN} v"

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        handler = self._handlers.get(name)
        if handler is not None:
            handler(attributes)

    def _end(self, name: str) -> None:
        if name == self._value_tag:
            self.parser.CharacterDataHandler = None
        elif name == self._cell_tag:
            at = self.row, self.column
            self.found.formulas.add(at)
            if not self.valued:
                self.found.without_value.add(at)
            self.parser.EndElementHandler = None

    def _doctype(self, *_: object) -> None:
        raise DamagedWorkbookError("含有 DOCTYPE", "it has a DOCTYPE")

    def _row(self, attributes: Mapping[str, str]) -> None:
        row = int(attributes["r"]) if "r" in attributes else self.row + 1
        if not self.row < row <= MOST_ROWS:
            raise DamagedWorkbookError(
                f"行号 {row} 不在其位（第 {self.row} 行之后，最多 {MOST_ROWS} 行）",
                f"row {row} comes after row {self.row}, of at most {MOST_ROWS}",
            )
        self.row, self.column = row, 0
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_rows.append(row)

    def _cell(self, attributes: Mapping[str, str]) -> None:
        place = attributes.get("r")
        if place is None:
            column = self.column + 1
        else:
            letters = place.rstrip("0123456789")
            column = self._columns.get(letters, 0) or self._numbered(letters)
            if place[len(letters) :] != str(self.row):
                column = 0
        if not self.column < column <= MOST_COLUMNS:
            raise DamagedWorkbookError(
                f"第 {self.row} 行的单元格 {place} 不在其位",
                f"cell {place} is out of place in row {self.row}",
            )
        self.column = column
        self.valued = False
        self.is_text = attributes.get("t") == "str"

    def _numbered(self, letters: str) -> int:
        column = self._columns[letters] = column_number(letters)
        return column

    def _formula(self, _: Mapping[str, str]) -> None:
        self._filled()
        self.parser.EndElementHandler = self._end

    def _filled(self) -> None:
        self.found.last_row = self.row
        if self.column > self.found.last_column:
            self.found.last_column = self.column
            if self.column > MOST_READ:
                letters = column_letters(self.column)
                raise DamagedWorkbookError(
                    f"第 {self.row} 行的 {letters} 列有内容，列表最多 {MOST_READ} 列，请删去",
                    f"row {self.row} has something in column {letters}, of at most {MOST_READ} "
                    "that a list has: remove it",
                )

    def _text(self, _: Mapping[str, str]) -> None:
        self._filled()

    def _value(self, _: Mapping[str, str]) -> None:
        self._filled()
        # A formula can give the empty text, which is stored as such.
        self.valued = self.is_text
        if self.parser.EndElementHandler is not None and not self.valued:
            self.parser.CharacterDataHandler = self._characters

    def _characters(self, text: str) -> None:
        self.valued = self.valued or bool(text.strip())

    def _hidden_columns(self, attributes: Mapping[str, str]) -> None:
        if attributes.get("hidden") in ("1", "true"):
            self.found.hidden_columns.append((int(attributes["min"]), int(attributes["max"])))

    def _merged(self, attributes: Mapping[str, str]) -> None:
        text = attributes["ref"]
        match = _RANGE.fullmatch(text.replace("$", ""))
        if match is None:
            raise DamagedWorkbookError(
                f"合并单元格的范围 {text} 有误", f"the merged range {text} is none"
            )
        column, row = column_number(match[1]), int(match[2])
        last_column, last_row = column_number(match[3] or match[1]), int(match[4] or match[2])
        self.found.merged.append(Merged(text, row, column, last_row, last_column))

    def _filter(self, _: Mapping[str, str]) -> None:
        self.found.filtered = True


def column_number(letters: str) -> int:
    """The number of a column by its letters, from 1; 0 of what is none."""
    number = 0
    for letter in letters:
        if not "A" <= letter <= "Z":
            return 0
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def column_letters(number: int) -> str:
    """The letters of a column by its number, from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
