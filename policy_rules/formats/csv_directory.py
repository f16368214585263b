"""A directory of CSV files, one for each collection."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Final

from ..facts import Fact, Fault
from ..facts.checks import BLANKS
from ..facts.faults import FaultCode
from .cells import cell_value
from .decoding import collection_words
from .headings import MOST_ROWS_ABOVE, Rows
from .sheets import Lists, Reading, Score, Sheet, SheetKind
from .sheets import listings_of as sheets_of
from .text_files import text_of, unreadable

_KIND: Final = SheetKind(
    "列表（文件名）",
    "collection as its name",
    "请改正，含逗号的内容应加引号",
    "correct it, and put what contains a comma in quotation marks",
)
_TABLES: Final = frozenset((".csv", ".tsv"))
_WORKBOOKS: Final = frozenset((".xlsx", ".xlsm", ".xls", ".et", ".ods"))
_DELIMITERS: Final = (",", "\t", ";", "|", "，")
# What Excel takes for the delimiter, where the first line says so.
_SAID: Final = re.compile('"?sep=([^"\r\n])"?(?:\r\n|\r|\n)', re.IGNORECASE)


def listings_of(
    directory: Path, classes: Sequence[type[Fact]], reading: Reading, faults: list[Fault]
) -> Lists:
    """Read every CSV file of a directory; what cannot be read is added to `faults`.

    A file in `.txt` is one where its name is that of a list.
    """
    place = directory.name or str(directory)
    words = set(collection_words(classes))
    if reading.mapping is not None:
        tables = [table for of in reading.mapping.tables.values() for table in of]
        words |= {each.table.lower() for each in tables if each.table is not None}
    try:
        there = sorted(path for path in directory.iterdir() if not path.name.startswith((".", "~")))
    except OSError as error:
        faults.append(unreadable(place, error))
        return Lists([], True)
    files = [
        path
        for path in there
        if (ending := path.suffix.lower()) in _TABLES
        or (ending == ".txt" and _is_list(path, words))
    ]
    workbooks = [
        path
        for path in there
        if path.suffix.lower() in _WORKBOOKS
        and _is_list(path, words)
        and not reading.ignores(path.stem)
    ]
    faults += map(_is_a_workbook, workbooks)
    if not files and not workbooks:
        one = classes[0]
        faults.append(
            Fault(
                place=place,
                code=FaultCode.UNREADABLE_FILE,
                zh=f"目录中应有 CSV 文件，如 `{one.collection}.csv` 或 `{one.zh}.csv`，实际没有；"
                "请检查路径",
                en=f"expected CSV files such as `{one.collection}.csv`, found none; check the path",
            )
        )
    sheets = [Sheet(path.stem, path.name, partial(_rows, path, faults)) for path in files]
    lists = sheets_of(sheets, _KIND, classes, reading, cell_value, faults)
    return Lists(lists.listings, lists.unread or bool(workbooks))


def _is_list(path: Path, words: Collection[str]) -> bool:
    return path.stem in words or path.stem.lower() in words


def _is_a_workbook(path: Path) -> Fault:
    return Fault(
        place=path.name,
        code=FaultCode.UNREADABLE_FILE,
        zh="应为 CSV 文件，实为工作簿；请另存为 CSV，或单独给出该工作簿",
        en="expected a CSV file, found a workbook; save it as CSV, or give the workbook by itself",
    )


def _rows(path: Path, faults: list[Fault], score: Score) -> Rows | None:
    text = text_of(path, path.name, faults)
    if text is None:
        return None
    text = text.removesuffix("\x1a")  # the end of a file of old programs
    if "\0" in text:
        line = text[: text.index("\0")].count("\n") + 1
        faults.append(
            Fault(
                place=f"{path.name} row {line}",
                code=FaultCode.UNREADABLE_FILE,
                zh="应为文字，实有空字符（NUL），文件可能已损坏；请重新导出",
                en="expected text, found a NUL character, so the file may be damaged; "
                "export it again",
            )
        )
        return None
    said = _SAID.match(text)
    start = said.end() if said else 0
    delimiter = said[1] if said else _delimiter(text, score)
    reader = csv.reader(io.StringIO(text[start:], newline=""), strict=True, delimiter=delimiter)
    # Line numbers are those of the first line of each row, as editors and Excel show them.
    rows: list[tuple[int, list[str]]] = []
    widths: list[int] = []
    shift = 1 if said else 0
    line = 1 + shift
    try:
        for cells in reader:
            widths.append(len(cells))
            while cells and not cells[-1].strip(BLANKS):  # spreadsheets write empty columns too
                cells.pop()
            if cells:
                rows.append((line, cells))
            else:
                widths.pop()
            line = reader.line_num + 1 + shift
    except csv.Error as error:
        faults.append(_broken(f"{path.name} row {line}", error, quotes='"' in text))
        return None
    if not rows:
        faults.append(
            Fault(
                place=path.name,
                code=FaultCode.UNREADABLE_FILE,
                zh="首行应为列名，实为空文件；请重新导出",
                en="expected headings in the first row, found an empty file; export it again",
            )
        )
        return None
    if not text.endswith(("\n", "\r")) and (cut := _cut_off(widths)):
        faults.append(
            Fault(
                place=f"{path.name} row {rows[-1][0]}",
                code=FaultCode.UNREADABLE_FILE,
                zh=f"应有 {cut} 个单元格，实有 {widths[-1]} 个且行尾没有换行，文件可能被截断；"
                "请重新导出，或补全该行",
                en=f"expected {cut} cells, found {widths[-1]} and no end of the line, so the file "
                "may be cut off; export it again, or complete the row",
            )
        )
    return rows


def _delimiter(text: str, score: Score) -> str:
    """What stands between the cells: that with which the most headings are found."""

    def headings(delimiter: str) -> int:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        try:
            return max(map(score, islice(filter(any, reader), MOST_ROWS_ABOVE)), default=0)
        except csv.Error:
            return 0

    return max(_DELIMITERS, key=headings)


def _cut_off(widths: Sequence[int]) -> int:
    """How many cells the last row should have, where all others have as many and it has fewer."""
    of_others = _all_same(widths[1:-1])
    return of_others if of_others is not None and widths[-1] < of_others else 0


def _all_same(numbers: Iterable[int]) -> int | None:
    found = set(numbers)
    return found.pop() if len(found) == 1 else None


def _broken(place: str, error: csv.Error, *, quotes: bool) -> Fault:
    if not quotes:
        return Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh=f"每个单元格应至多 {csv.field_size_limit()} 个字符，此行有更长的；请改正或重新导出",
            en=f"expected cells of at most {csv.field_size_limit()} characters, found a longer one "
            "in this row; correct it, or export the file again",
        )
    if "expected after" in str(error):
        return Fault(
            place=place,
            code=FaultCode.UNREADABLE_FILE,
            zh="应为 CSV，此行有一个引号在单元格中间关闭，或前面的引号没有关闭；"
            '请改正，引号本身应写作 ""',
            en="expected CSV, found a quotation mark within a cell of this row, or one that was "
            'opened and not closed; correct it, and write "" for the mark itself',
        )
    return Fault(
        place=place,
        code=FaultCode.UNREADABLE_FILE,
        zh="应为 CSV，此行开始的一个引号没有关闭；请改正，如文件不完整请重新导出",
        en="expected CSV, found a quotation mark opened in this row and never closed; "
        "correct it, or export the file again if it is cut off",
    )
