"""A document as an Excel workbook: its paragraphs on the first sheet, each table on its own."""

from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING, Any, Final

from ..arguments import public
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..formats.drawn_cells import cell_at, put
from .document import Document, Heading, Paragraph, Table

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_WIDE: Final = 40
_NARROW: Final = 16
_LONGEST_TITLE: Final = 31


@public
def to_xlsx(document: Document) -> bytes:
    """The document as a workbook. Raises FactError without the extra `excel`."""
    openpyxl = workbooks()
    book = openpyxl.Workbook()
    first: Worksheet = book.active
    lines = [document.title, *document.under_title]
    heading = document.title
    for block in document.blocks:
        match block:
            case Heading():
                heading = block.text
            case Paragraph():
                lines.append(block.text)
            case Table():
                _fill(book.create_sheet(heading[:_LONGEST_TITLE]), block)
    first.title = document.title[:_LONGEST_TITLE]
    first.column_dimensions["A"].width = 2 * _WIDE
    for row, text in enumerate(lines, 1):
        put(cell_at(first, row, 1), printable(text))
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def workbooks() -> Any:
    """The library that writes workbooks. Raises FactError where it is not installed."""
    try:
        import openpyxl
    except ModuleNotFoundError as error:
        zh = "写 Excel 工作簿需要 openpyxl，实际没有；请安装 `policy-rules[excel]`"
        en = "an Excel workbook is written: expected openpyxl, found none; install "
        said = Fault(
            place="", code=FaultCode.UNREADABLE_FILE, zh=zh, en=f"{en}`policy-rules[excel]`"
        )
        raise FactError([said]) from error
    return openpyxl


def printable(text: str) -> str:
    """A text without what no cell can hold."""
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else "\ufffd" for each in text)


def _fill(sheet: Worksheet, table: Table) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    for place, column in enumerate(table.columns, 1):
        head = sheet.cell(1, place, column.title)
        head.font = Font(bold=True)
        sheet.column_dimensions[get_column_letter(place)].width = _WIDE if column.wide else _NARROW
    for number, row in enumerate(table.rows, 2):
        for place, given in enumerate(row.cells, 1):
            cell = cell_at(sheet, number, place)
            put(cell, printable(given.text))
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    last = get_column_letter(len(table.columns))
    sheet.auto_filter.ref = f"A1:{last}{len(table.rows) + 1}"
