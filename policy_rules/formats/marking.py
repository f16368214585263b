"""A copy of a workbook in which what is wrong is marked: red cells with comments that say what."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator, Sequence
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ..facts import Fault
from ..facts.faults import FaultCode, quoted
from ..facts.vocabulary import SHEETS_OF_SETTINGS
from ..render.wording import Language
from .drawn_cells import comment, commented_by_us, fill
from .headings import MOST_ROWS_ABOVE, Layouts, folded, heading_text

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.worksheet import Worksheet

FAULT_FILL: Final = "FFC7CE"
_ROW: Final = re.compile(r"(.+) row (\d+)")
_ITEM: Final = re.compile(r"\[\d+\]$")
_BETWEEN: Final = "\n\n"


def marked(
    file: Path, faults: Sequence[Fault], layouts: Layouts, lang: Language
) -> tuple[bytes, int] | None:
    """The copy of a workbook as a file, and how many cells are marked in it.

    `layouts` says where the headings stand that faults name. What has no cell (a column that is not
    there, a sheet that is no list) is marked in the first cell of its sheet or else of the first.
    Marks of a former copy are taken off. None where the file cannot be read as a workbook.
    """
    from openpyxl import load_workbook

    unreadable = (fault.place for fault in faults if fault.code is FaultCode.UNREADABLE_FILE)
    if file.name in unreadable:
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # of what it does not keep
        book = load_workbook(file, keep_vba=file.suffix.lower() == ".xlsm")
    for sheet in book.worksheets:
        _unmark(sheet)
    places = _Places(book, file.name, layouts)
    texts: dict[tuple[str, str], list[str]] = {}
    for fault in faults:
        for cell in places.of(fault):
            told = texts.setdefault((cell.parent.title, cell.coordinate), [])
            text = fault.zh if lang == "zh" else fault.en
            if text not in told:
                told.append(text)
    for (title, coordinate), told in texts.items():
        cell = book[title][coordinate]
        own = [] if cell.comment is None else [cell.comment.text]
        comment(cell, _BETWEEN.join([*told, *own]))
        fill(cell, FAULT_FILL)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue(), len(texts)


def _unmark(sheet: Worksheet) -> None:
    from openpyxl.styles import PatternFill

    # Going over rows would make the cells that are not there, up to where a sheet is formatted.
    for cell in sheet._cells.values():
        # What is still needed has comments of ours too, in another colour.
        if commented_by_us(cell) and str(cell.fill.fgColor.rgb).endswith(FAULT_FILL):
            cell.comment = None
            cell.fill = PatternFill()


class _Places:
    """Where in a workbook faults are."""

    def __init__(self, book: Workbook, name: str, layouts: Layouts) -> None:
        self.name, self.layouts = name, layouts
        self.sheets = {sheet.title.strip(): sheet for sheet in book.worksheets}
        listed = [*self.sheets.values()]
        self.cover = next(
            (sheet for title, sheet in self.sheets.items() if folded(title) in SHEETS_OF_SETTINGS),
            listed[0],
        )

    def of(self, fault: Fault) -> list[Cell]:
        """The cells that a fault is about: one at least."""
        _, _, place = fault.place.partition(f"{self.name}: ")
        if place in self.sheets:
            sheet = self.sheets[place]
            said = _saying(self._headings(sheet, fault.place), fault)
            # A message may quote a whole row of headings, to show which one was looked at.
            return [each for each in said if each.value == said[0].value] or [_cell(sheet, 1, 1)]
        match = _ROW.fullmatch(place)
        if match is not None and match[1] in self.sheets:
            return self._of_row(self.sheets[match[1]], int(match[2]), fault)
        return self._of_setting(place, fault)

    def _headings(self, sheet: Worksheet, place: str) -> Iterable[Cell]:
        layout = self.layouts.get(place)
        first, last = (1, MOST_ROWS_ABOVE) if layout is None else (layout.row, layout.row)
        return _cells(sheet, first, last)

    def _of_row(self, sheet: Worksheet, row: int, fault: Fault) -> list[Cell]:
        layout = self.layouts.get(fault.place.rpartition(" row ")[0])
        columns = () if layout is None else layout.columns.get(fault.field, ())
        found = [_cell(sheet, row, at + 1) for at in columns]
        if found:
            # Of several columns that give one value, those that say what was found.
            return (_saying(found, fault) if len(found) > 1 else []) or found
        there = [*_cells(sheet, row, row)]
        if layout is not None and not fault.field:
            headed = {at + 1 for positions in layout.columns.values() for at in positions}
            astray = [
                each for each in there if each.value is not None and each.column not in headed
            ]
            if fault.code in (FaultCode.UNKNOWN_HEADING, FaultCode.WRONG_SHAPE) and astray:
                return astray
        return _saying(there, fault) or [_cell(sheet, row, 1)]

    def _of_setting(self, place: str, fault: Fault) -> list[Cell]:
        """The cell of a setting that has its value, or the name of one that there is not."""
        key = fault.field or _ITEM.sub("", place)
        for row in range(1, self.cover.max_row + 1):
            if key and str(self.cover.cell(row, 1).value).strip() == key:
                _, *values = _cells(self.cover, row, row)
                return _saying(values, fault) or [_cell(self.cover, row, 2)]
        there = _cells(self.cover, 1, self.cover.max_row)
        return _saying(there, fault) or [_cell(self.cover, 1, 1)]


def _cells(sheet: Worksheet, first: int, last: int) -> Iterator[Cell]:
    for row in range(first, min(last, sheet.max_row) + 1):
        for column in range(1, sheet.max_column + 1):
            yield _cell(sheet, row, column)


def _cell(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell, or of those that are merged, the one that shows."""
    from openpyxl.cell.cell import Cell

    found = sheet.cell(row, column)
    if isinstance(found, Cell):
        return found
    merged = next(each for each in sheet.merged_cells.ranges if found.coordinate in each)
    return _cell(sheet, merged.min_row, merged.min_col)


def _saying(cells: Iterable[Cell], fault: Fault) -> list[Cell]:
    """Those that say what was found, or whose text a fault quotes."""
    values = {each.en for each in fault.found}
    said: dict[str, Cell] = {}
    for cell in cells:
        text = heading_text(cell.value)
        if text and (text in values or quoted(text) in fault.en):
            said[cell.coordinate] = cell
    return [*said.values()]
