"""An Excel workbook: each sheet a collection, and one that may say what holds for all."""

from __future__ import annotations

import re
import sys
import warnings
import zipfile
from collections.abc import Collection, Iterator, Sequence
from contextlib import redirect_stdout
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from attrs import frozen

from ..facts import Fact, Fault, FieldSpec, Kind
from ..facts.checks import Unfit
from ..facts.faults import FaultCode
from ..facts.vocabulary import SHEETS_OF_SETTINGS
from .cells import cell_value
from .file_kinds import TEXT, WORKBOOK, kind_of
from .forms import SEPARATORS, Forms, forms_of
from .headings import Beside, Rows, folded
from .notes import Note, rows_in_words
from .sheets import Lists, Reading, Score, Sheet, SheetKind, filled
from .sheets import listings_of as sheets_of
from .text_files import decoded_text, unreadable
from .workbook_parts import (
    MOST_READ,
    DamagedWorkbookError,
    Merged,
    SheetPart,
    Structure,
    check_size,
    column_letters,
    parts_of,
    structure_of,
)

if TYPE_CHECKING:
    from openpyxl.worksheet._read_only import ReadOnlyWorksheet

_KIND: Final = SheetKind(
    "列表（工作表名）",
    "collection as the name of the sheet",
    "请在首行填写列名，或删去",
    "give the column a heading, or remove them",
)
_NUMBERS: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.BY_YEAR})
_TEXTS: Final = frozenset({Kind.ID, Kind.REFERENCE, Kind.TEXT, Kind.CODES})
_NAMES: Final = re.compile(f"[{SEPARATORS},，；]")
_DAY: Final = forms_of(FieldSpec(name="day", kind=Kind.DATE, zh="日期", en="day"))
_LOOKED_AT: Final = 1 << 16
_HALF_A_SECOND: Final = timedelta(microseconds=500_000)


class _Error(str):
    """What Excel shows in a cell that it could not compute, such as `#N/A`."""


class _NotComputed:
    """The value of a formula that is not stored with it."""

    def __str__(self) -> str:
        return "=…"


class _Joint:
    """A number in cells of several rows that are merged: that of each, or of all together."""

    def __init__(self, value: object, merged: str) -> None:
        self.value, self.merged = value, merged

    def __str__(self) -> str:
        return str(self.value)


_NOT_COMPUTED: Final = _NotComputed()


@frozen
class Workbook:
    """The lists of a workbook, and the settings that one of its sheets may hold."""

    lists: Lists
    settings: Sequence[tuple[object, object]]


def read_workbook(
    file: Path, classes: Sequence[type[Fact]], reading: Reading, faults: list[Fault]
) -> Workbook:
    """Read every sheet of a workbook; what cannot be read is added to `faults`.

    The sheet `document` (`设置`) has a setting in each row: its name, and its value or values.
    Sheets without any cell are passed over.
    """
    sheets: list[Sheet] = []
    settings: list[tuple[object, object]] = []
    try:
        for part, rows in _sheets(file, reading):
            name, place = part.name.strip(), f"{file.name}: {part.name.strip()}"
            if folded(name) in SHEETS_OF_SETTINGS:
                settings += _settings(place, rows, faults)
            else:
                sheets.append(Sheet(name, place, partial(_same, rows)))
    except ImportError:
        faults.append(_no_openpyxl(file))
    except DamagedWorkbookError as error:
        faults.append(_damaged(file, error.zh, error.en))
    except OSError as error:
        if error.filename is None:
            faults.append(_damaged(file, *_reason(error)))
        else:
            faults.append(unreadable(file.name, error))
    except Exception as error:  # zipfile, the parsers and openpyxl fail in any way of damage
        faults.append(_no_workbook(file, error))
    else:
        lists = sheets_of(sheets, _KIND, classes, reading, excel_value, faults)
        return Workbook(lists, settings)
    return Workbook(Lists([], True), [])


def excel_value(forms: Forms, cell: object) -> object:
    """Turn a cell into what the field takes; leave what is none for the field to refuse.

    Raises `Unfit` for what Excel has made of a text, and for what it could not compute.
    """
    kind = forms.spec.kind
    if isinstance(cell, _Error):
        raise Unfit(
            "单元格的值", "a value", str(cell), do_zh="请改正公式", do_en="correct the formula"
        )
    if isinstance(cell, _NotComputed):
        raise Unfit(
            "公式的值",
            "the value of a formula",
            None,
            do_zh="公式没有存下结果，请用 Excel 或 WPS 打开该文件并保存",
            do_en="none is stored with it: open the file with Excel or WPS and save it",
        )
    if isinstance(cell, _Joint) and kind in _NUMBERS:
        raise Unfit(
            "每行各自的数",
            "a number of its own for each row",
            cell.merged,
            do_zh="请取消合并，在每个单元格中填写",
            do_en="unmerge it and fill in each cell",
        )
    if isinstance(cell, _Joint):
        cell = cell.value
    if isinstance(cell, Beside):
        raise Unfit(
            "未与其他单元格合并的值",
            "a cell that is not merged with others",
            cell.merged,
            do_zh="请取消合并，在每个单元格中填写",
            do_en="unmerge it and fill in each cell",
        )
    if cell is None or isinstance(cell, str):
        return cell_value(forms, cell)
    if kind in _TEXTS:
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
    if forms.mapping.none and _shown(cell) in forms.nothing:
        return forms.spec.none
    if isinstance(cell, float) and kind is Kind.DECIMAL:
        return Decimal(repr(cell))  # the shortest decimal that is this number
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, datetime):
        # Excel keeps times as parts of a day, which miss a second by a little.
        moment = (cell + _HALF_A_SECOND).replace(microsecond=0)
        return moment.date() if kind is Kind.DATE else moment
    return cell_value(forms, str(cell)) if isinstance(cell, int) else cell


def _shown(cell: object) -> str:
    """A number, or a day or moment, as a mapping speaks of it."""
    if isinstance(cell, datetime):
        return str(cell.date() if cell.time() == time() else cell)
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)


def _no_openpyxl(file: Path) -> Fault:
    return Fault(
        place=file.name,
        code=FaultCode.UNREADABLE_FILE,
        zh="读取 Excel 工作簿需要 openpyxl，实际没有；请安装 `policy-rules[excel]`",
        en="expected openpyxl for reading an Excel workbook, found it missing; "
        "install `policy-rules[excel]`",
    )


def _no_workbook(file: Path, error: Exception) -> Fault:
    """Say what a file is instead of a workbook, or else what is wrong with it."""
    content = file.read_bytes()
    kind = kind_of(content)
    if kind is None and not zipfile.is_zipfile(file):
        try:
            decoded_text(content[:_LOOKED_AT])
        except UnicodeDecodeError:
            pass
        else:
            kind = TEXT
    if kind is None or kind is WORKBOOK:
        return _damaged(file, *_reason(error))
    return kind.instead_of_workbook(file.name)


def _reason(error: Exception) -> tuple[str, str]:
    reason = str(error).partition("\n")[0] or type(error).__name__
    return reason, reason


def _damaged(file: Path, zh: str, en: str) -> Fault:
    return Fault(
        place=file.name,
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为 Excel 工作簿（.xlsx），此处有误（{zh}）；请用 Excel 或 WPS 打开后另存为 .xlsx，"
        "打不开则请重新索取",
        en=f"expected an Excel workbook (.xlsx), found an error ({en}); "
        "open it with Excel or WPS and save it as .xlsx, or ask for it again if that fails",
    )


def _sheets(file: Path, reading: Reading) -> Iterator[tuple[SheetPart, Rows]]:
    """The sheets that have any cell, each with its rows that have any."""
    from openpyxl import load_workbook

    # What openpyxl leaves out, such as the rules for entering data, is none of ours.
    # It does not close a file that it cannot read, and so is given a stream.
    with (
        warnings.catch_warnings(),
        zipfile.ZipFile(file) as archive,
        file.open("rb") as stream,
    ):
        warnings.simplefilter("ignore", UserWarning)
        check_size(archive)
        parts = parts_of(archive)
        with redirect_stdout(sys.stderr):  # it prints what is wrong with styles
            workbook = load_workbook(stream, read_only=True, data_only=True)
        try:
            there = {sheet.title: sheet for sheet in workbook.worksheets}
            for part in parts.sheets:
                if reading.ignores(part.name.strip()):
                    yield part, []
                    continue
                structure = structure_of(archive, part)
                uncomputed = (
                    structure.formulas if parts.computes_on_loading else structure.without_value
                )
                rows = _merged(_rows(there[part.name], uncomputed, structure), structure.merged)
                if rows:
                    reading.notes.extend(
                        _hidden(f"{file.name}: {part.name.strip()}", part, structure)
                    )
                    yield part, rows
        finally:
            workbook.close()


def _rows(
    sheet: ReadOnlyWorksheet, uncomputed: Collection[tuple[int, int]], structure: Structure
) -> Iterator[tuple[int, list[object]]]:
    # Some programs state the size wrongly, and rows would be left out.
    sheet.reset_dimensions()
    last, width = structure.last_row, structure.last_column
    if not last:
        return
    rows = sheet.iter_rows(min_row=1, max_row=last, max_col=width)  # type: ignore[misc]  # borrowed
    for number, row in enumerate(rows, 1):
        cells: list[object] = [
            _Error(cell.value) if cell.data_type == "e" else cell.value for cell in row
        ]
        if uncomputed:
            for at in range(len(cells)):
                if (number, at + 1) in uncomputed:
                    cells[at] = _NOT_COMPUTED
        yield number, cells


class _Spread:
    """The value of a merged range, as it comes to stand in the rows that the range spans."""

    def __init__(self, merged: Merged, cells: list[object]) -> None:
        self.merged = merged
        self._at = merged.first_column - 1
        self._first = cells
        self._shown = self._value = cells[self._at] if self._at < len(cells) else None

    def into(self, cells: list[object]) -> None:
        """Put the value into its column, and mark the cells beside it, in a row with others."""
        value, at = self._value, self._at
        if cells is not self._first and _is_number(value):
            # It may be the number of both rows together.
            value = self._value = self._first[at] = _Joint(value, self.merged.text)
        last = min(self.merged.last_column, at + MOST_READ)
        shows = filled(value)
        if shows:
            cells += [None] * (last - len(cells))
        for i in range(at, min(last, len(cells))):
            if i == at and (cells is self._first or cells[i] is None or cells[i] == self._shown):
                cells[i] = value
            elif shows or filled(cells[i]):
                cells[i] = Beside(self.merged.text)


def _is_number(value: object) -> bool:
    if isinstance(value, str):
        return folded(value).replace(".", "", 1).isdigit()
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _merged(rows: Iterator[tuple[int, list[object]]], ranges: Sequence[Merged]) -> Rows:
    """Give each cell in the first column of a merged range its value; drop rows without a cell.

    The cells beside it are marked, for whose value they would have is not known, and so are those
    that do not show the value that they have. A row without a cell of its own is part of the last.
    """
    starting: dict[int, list[Merged]] = {}
    for each in ranges:
        starting.setdefault(each.first_row, []).append(each)
    going: list[_Spread] = []
    found: list[tuple[int, Sequence[object]]] = []
    for number, cells in rows:
        if going:
            going = [spread for spread in going if spread.merged.last_row >= number]
        going += [_Spread(each, cells) for each in starting.get(number, ())]
        if not any(map(filled, cells)):
            continue
        for spread in going:
            spread.into(cells)
        while cells and not filled(cells[-1]) and not isinstance(cells[-1], Beside):
            cells.pop()
        found.append((number, cells))
    return found


def _hidden(place: str, part: SheetPart, structure: Structure) -> Iterator[Note]:
    """Say what is read though a reader of the workbook does not see it."""
    if part.state:
        yield Note(place=place, zh="已读入隐藏的工作表", en="read, though the sheet is hidden")
    if structure.hidden_rows:
        zh, en = rows_in_words(structure.hidden_rows)
        by_zh, by_en = ("筛选隐藏", " by a filter") if structure.filtered else ("隐藏", "")
        yield Note(
            place=place,
            zh=f"已读入{by_zh}的 {len(structure.hidden_rows)} 行（{zh}）",
            en=f"read {en} too, hidden{by_en} ({len(structure.hidden_rows)} in all)",
        )
    if structure.hidden_columns:
        runs = [
            column_letters(first)
            if first == last
            else f"{column_letters(first)}:{column_letters(last)}"
            for first, last in structure.hidden_columns
        ]
        yield Note(
            place=place,
            zh=f"已读入隐藏的列 {'、'.join(runs)}",
            en=f"read columns {', '.join(runs)} too, which are hidden",
        )


def _same(rows: Rows, _: Score) -> Rows:
    return rows


def _settings(place: str, rows: Rows, faults: list[Fault]) -> Iterator[tuple[object, object]]:
    """The settings as a document has them; what has no value is not set."""
    for number, cells in rows:
        given = [cell for cell in cells[1:] if filled(cell)]
        if any(isinstance(cell, (_Error, _NotComputed)) for cell in cells):
            faults.append(
                Fault(
                    place=f"{place} row {number}",
                    code=FaultCode.UNREADABLE_FILE,
                    zh="公式没有可用的结果；请改正公式，并用 Excel 或 WPS 打开保存",
                    en="expected a value, found a formula without one; correct it, open the file "
                    "with Excel or WPS and save it",
                )
            )
        elif given:
            name = cells[0]
            yield name.strip() if isinstance(name, str) else name, _setting(given)


def _setting(cells: Sequence[object]) -> object:
    """The value of a setting as a document has it: a day, or a list of names."""
    if len(cells) == 1 and isinstance(day := cells[0], datetime):
        return day.date()
    names: list[object] = []
    for cell in cells:
        if isinstance(cell, str):
            names += [text.strip() for text in _NAMES.split(cell) if text.strip()]
        else:
            names.append(cell)
    if len(cells) == 1 and names and isinstance(found := cell_value(_DAY, str(names[0])), date):
        return found
    return names
