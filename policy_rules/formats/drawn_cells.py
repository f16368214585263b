"""Cells of a workbook that is written: values, colours, comments, and what protects them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import copy
from math import ceil
from typing import TYPE_CHECKING, Any, Final
from unicodedata import east_asian_width

if TYPE_CHECKING:
    from openpyxl.cell.cell import Cell, MergedCell
    from openpyxl.styles import Protection
    from openpyxl.worksheet.worksheet import Worksheet

    from .written_cells import Cell as Value

HEADING_FILL: Final = "D9E1F2"
INPUT_FILL: Final = "FFFFE5"
NEEDED_FILL: Final = "FFF2CC"
OTHERS_FILL: Final = "EDEDED"
AS_TEXT: Final = "@"
LINE_HEIGHT: Final = 14.5
_HIGHEST: Final = 400.0
_AUTHOR: Final = "policy-rules"
_COMMENT_WIDTH: Final = 280
_IN_A_COMMENT: Final = 36
# How a text begins that a spreadsheet takes for a formula.
FORMULAS: Final = ("=", "+", "-", "@")


def cell_at(sheet: Worksheet, row: int, column: int) -> Cell:
    """A cell that is no part of a merged range."""
    from openpyxl.cell.cell import Cell

    found = sheet.cell(row, column)
    assert isinstance(found, Cell)
    return found


def put(cell: Cell, value: Value | None) -> None:
    """Give a cell a value; a text is a text, though it begins as a formula does."""
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULAS) and len(value) > 1:
            # Whoever goes into the cell and leaves it makes no formula of it.
            cell.number_format = AS_TEXT
            cell.quotePrefix = True


def let_in(cell: Cell, number_format: str, colour: str | None = None) -> None:
    """Let a cell be filled in."""
    cell.number_format = number_format
    cell.protection = unlocked()
    if colour is not None:
        fill(cell, colour)


def unlocked() -> Protection:
    """What lets cells of a protected sheet be changed."""
    from openpyxl.styles import Protection

    return Protection(locked=False)


def keep_out(cell: Cell) -> None:
    """Let a cell stay as it is, since it belongs to others."""
    from openpyxl.styles import Protection

    cell.protection = Protection(locked=True)
    fill(cell, OTHERS_FILL)


def fill(cell: Cell, colour: str) -> None:
    """Colour a cell."""
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour)


class Looks:
    """Styles by name that many cells are given: openpyxl compares each with all of its workbook."""

    def __init__(self, looks: Mapping[str, Mapping[str, object]]) -> None:
        self._looks = looks
        self._given: dict[tuple[str, bytes], Any] = {}

    def give(self, cell: Any, look: str) -> None:
        """Give a cell a look, beside what it has already."""
        was = look, cell._style.tobytes() if cell.has_style else b""
        if was in self._given:
            cell._style = copy(self._given[was])
        else:
            for name, style in self._looks[look].items():
                setattr(cell, name, style)
            self._given[was] = copy(cell._style)


def comment(cell: Cell, text: str) -> None:
    """Give a cell a comment that is large enough for its text."""
    from openpyxl.comments import Comment

    height = 30 + 20 * lines(text, _IN_A_COMMENT)
    cell.comment = Comment(text, _AUTHOR, height=height, width=_COMMENT_WIDTH)


def commented_by_us(cell: Cell | MergedCell) -> bool:
    """Whether the comment of a cell was written here."""
    return cell.comment is not None and cell.comment.author == _AUTHOR


def protect(sheet: Worksheet) -> None:
    """Keep headings as they are; what is to be filled in can be sorted, formatted and removed."""
    protection = sheet.protection
    protection.sheet = True
    for allowed in (
        "formatCells", "formatColumns", "formatRows", "insertRows", "deleteRows", "sort",
        "autoFilter",
    ):  # fmt: skip
        setattr(protection, allowed, False)


def heighten(sheet: Worksheet, row: int, texts: Iterable[tuple[str, float]]) -> None:
    """Make a row high enough for texts that wrap at given widths."""
    most = max((lines(text, width) for text, width in texts), default=1)
    sheet.row_dimensions[row].height = min(LINE_HEIGHT * most + 4, _HIGHEST)


def lines(text: str, width: float) -> int:
    """In how many lines a text stands."""
    return sum(ceil(max(text_width(line), 1) / (width - 1)) for line in text.splitlines())


def text_width(text: str) -> int:
    """How many columns a text takes, of which a Chinese character takes two."""
    return sum(2 if east_asian_width(each) in "WF" else 1 for each in text)
