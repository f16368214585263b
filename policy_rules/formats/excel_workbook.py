"""An Excel workbook: each sheet a collection, and one that may say what holds for all."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final
from xml.etree.ElementTree import ParseError

from ..facts import Fact, Fault, FieldSpec, Kind
from ..facts.checks import Unfit
from ..facts.faults import FaultCode
from .csv_values import SEPARATORS, cell_value
from .decoding import Listing
from .mapping import Mapping
from .sheets import Rows, Sheet, SheetKind
from .sheets import listings_of as sheets_of
from .text_files import unreadable

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_KIND: Final = SheetKind(
    "列表（工作表名）",
    "collection as the name of the sheet",
    "请在首行填写列名，或删去",
    "give the column a heading, or remove them",
)
_SETTINGS: Final = frozenset({"document", "设置"})
_TEXTS: Final = frozenset({Kind.ID, Kind.REFERENCE, Kind.TEXT, Kind.CODES})
_NAMES: Final = re.compile(f"{SEPARATORS.pattern}|[,，]")
_DAY: Final = FieldSpec(name="day", kind=Kind.DATE, zh="日期", en="day")
_HALF_A_SECOND: Final = timedelta(microseconds=500_000)


class _Error(str):
    """What Excel shows in a cell that it could not compute, such as `#N/A`."""


def listings_of(
    file: Path,
    classes: Sequence[type[Fact]],
    mapping: Mapping | None,
    faults: list[Fault],
) -> tuple[list[Listing], list[tuple[object, object]]]:
    """Read every sheet of a workbook, and the settings, which one of them may hold.

    What cannot be read is added to `faults`. The sheet `document` (`设置`) has a setting in each
    row: its name, and its value or values. Sheets without any cell are passed over.
    """
    # What openpyxl leaves out, such as the rules for entering data, is none of ours.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        workbook = _opened(file, faults)
        if workbook is None:
            return [], []
        try:
            sheets: list[Sheet] = []
            settings: list[tuple[object, object]] = []
            for name, rows in _filled(workbook):
                if name in _SETTINGS:
                    settings += [(row[0], _setting(row[1:])) for _, row in rows]
                else:
                    sheets.append(Sheet(name, f"{file.name}: {name}", partial(_same, rows)))
        except (ParseError, KeyError, ValueError, zipfile.BadZipFile) as error:
            faults.append(_damaged(file, error))
            return [], []
        finally:
            workbook.close()
    return sheets_of(sheets, _KIND, classes, mapping, excel_value, faults), settings


def excel_value(spec: FieldSpec, cell: object) -> object:
    """Turn a cell into what the field takes; leave what is none for the field to refuse.

    Raises `Unfit` for what Excel has made of a text, and for what it could not compute.
    """
    if isinstance(cell, _Error):
        raise Unfit(
            "单元格的值", "a value", str(cell), do_zh="请改正公式", do_en="correct the formula"
        )
    if cell is None or isinstance(cell, str):
        return cell_value(spec, cell)
    if spec.kind in _TEXTS:
        # A number has lost its leading zeros, and `2.10` its last one; `3-1` has become a date.
        raise Unfit(
            "文本",
            "a text",
            None if isinstance(cell, time) else cell,
            do_zh="请把该列设为文本格式后重新填写",
            do_en="format the column as text and enter it again",
        )
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        return _whole_second(spec, cell)
    if isinstance(cell, int) and spec.kind is not Kind.INTEGER:
        return cell_value(spec, str(cell))
    return cell


def _whole_second(spec: FieldSpec, cell: datetime) -> date | datetime:
    # Excel keeps times as parts of a day, which miss a second by a little.
    moment = (cell + _HALF_A_SECOND).replace(microsecond=0)
    midnight = moment == datetime(moment.year, moment.month, moment.day)
    return moment.date() if spec.kind is Kind.DATE and midnight else moment


def _opened(file: Path, faults: list[Fault]) -> Workbook | None:
    try:
        from openpyxl import load_workbook
        from openpyxl.utils.exceptions import InvalidFileException
    except ImportError:
        faults.append(
            Fault(
                place=file.name,
                code=FaultCode.UNREADABLE_FILE,
                zh="读取 Excel 工作簿需要 openpyxl，实际没有；请安装 `policy-rules[excel]`",
                en="expected openpyxl for reading an Excel workbook, found it missing; "
                "install `policy-rules[excel]`",
            )
        )
        return None
    try:
        return load_workbook(file, read_only=True, data_only=True)
    except OSError as error:
        faults.append(unreadable(file.name, error))
    except (InvalidFileException, zipfile.BadZipFile, ParseError, KeyError, ValueError) as error:
        faults.append(_damaged(file, error))
    return None


def _damaged(file: Path, error: Exception) -> Fault:
    reason = str(error).partition("\n")[0] or type(error).__name__
    return Fault(
        place=file.name,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 Excel 工作簿（.xlsx），此处有误（{reason}）；请用 Excel 另存为 .xlsx",
        en=f"expected an Excel workbook (.xlsx), found an error ({reason}); "
        "save it as .xlsx with Excel",
    )


def _filled(workbook: Workbook) -> Iterator[tuple[str, list[tuple[int, Sequence[object]]]]]:
    """The sheets that have any cell, by name, each with its rows that have any."""
    for sheet in workbook.worksheets:
        if rows := list(_rows(sheet)):
            yield sheet.title.strip(), rows


def _rows(sheet: ReadOnlyWorksheet) -> Iterator[tuple[int, Sequence[object]]]:
    # Some programs state the size wrongly, and rows would be left out.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.rows, 1):
        cells = [_Error(cell.value) if cell.data_type == "e" else cell.value for cell in row]
        while cells and (cells[-1] is None or (cells[-1] == "" or str(cells[-1]).isspace())):
            cells.pop()
        if cells:
            yield number, cells


def _same(rows: Rows) -> Rows:
    return rows


def _setting(cells: Sequence[object]) -> object:
    """The value of a setting as a document has it: a day, or a list of names."""
    if len(cells) == 1 and isinstance(day := cells[0], datetime):
        return day.date()
    texts = [text for cell in cells if isinstance(cell, str) for text in _NAMES.split(cell)]
    names = [text.strip() for text in texts if text.strip()]
    if len(cells) == 1 and names and isinstance(found := cell_value(_DAY, names[0]), date):
        return found
    return names
