"""A directory of CSV files, one for each collection."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import Final

from ..facts import Fact, Fault
from ..facts.faults import FaultCode
from .csv_values import cell_value
from .decoding import Listing
from .mapping import Mapping
from .sheets import Rows, Sheet, SheetKind
from .sheets import listings_of as sheets_of
from .text_files import text_of, unreadable

_KIND: Final = SheetKind(
    "列表（文件名）",
    "collection as its name",
    "请改正，含逗号的内容应加引号",
    "correct it, and put what contains a comma in quotation marks",
)


def listings_of(
    directory: Path,
    classes: Sequence[type[Fact]],
    mapping: Mapping | None,
    faults: list[Fault],
) -> list[Listing]:
    """Read every CSV file of a directory; what cannot be read is added to `faults`."""
    place = directory.name or str(directory)
    try:
        files = sorted(
            path
            for path in directory.iterdir()
            if path.suffix.lower() == ".csv" and not path.name.startswith(".")
        )
    except OSError as error:
        faults.append(unreadable(place, error))
        return []
    if not files:
        faults.append(
            Fault(
                place=place,
                code=FaultCode.UNREADABLE_FILE,
                zh="目录中应有 CSV 文件，如 `stations.csv` 或 `派出所.csv`，实际没有；请检查路径",
                en="expected CSV files such as `stations.csv`, found none; check the path",
            )
        )
    sheets = [Sheet(path.stem, path.name, partial(_rows, path, faults)) for path in files]
    return sheets_of(sheets, _KIND, classes, mapping, cell_value, faults)


def _rows(path: Path, faults: list[Fault]) -> Rows | None:
    text = text_of(path, path.name, faults)
    if text is None:
        return None
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    # Line numbers are those of the first line of each row, as editors and Excel show them.
    rows: list[tuple[int, list[str]]] = []
    line = 1
    try:
        for cells in reader:
            while cells and not cells[-1].strip():  # spreadsheets write empty columns too
                cells.pop()
            if cells:
                rows.append((line, cells))
            line = reader.line_num + 1
    except csv.Error as error:
        faults.append(
            Fault(
                place=f"{path.name} row {line}",
                code=FaultCode.UNREADABLE_FILE,
                zh=f"应为 CSV，此处有误（{error}）；请改正，如文件不完整请重新导出",
                en=f"expected CSV, found an error ({error}); "
                "correct it, or export it again if it is cut off",
            )
        )
    if not rows:
        if not faults or faults[-1].place != f"{path.name} row {line}":
            faults.append(
                Fault(
                    place=path.name,
                    code=FaultCode.UNREADABLE_FILE,
                    zh="首行应为列名，实为空文件；请重新导出",
                    en="expected headings in the first row, found an empty file; export it again",
                )
            )
        return None
    return rows
