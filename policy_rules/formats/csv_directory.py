"""A directory of CSV files, one for each collection."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..facts import Fact, Fault
from .csv_values import CONVERTED, cell_value
from .decoding import (
    Listing,
    collection_words,
    field_words,
    repeated,
    unknown_word,
)
from .text_files import text_of, unreadable


def listings_of(
    directory: Path, classes: Sequence[type[Fact]], faults: list[Fault]
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
                zh="目录中应有 CSV 文件，如 `stations.csv` 或 `派出所.csv`，实际没有；请检查路径",
                en="expected CSV files such as `stations.csv`, found none; check the path",
            )
        )
    words = collection_words(classes)
    listings: dict[type[Fact], tuple[str, Listing | None]] = {}
    for path in files:
        cls = words.get(path.stem)
        if cls is None:
            faults.append(
                unknown_word(
                    path.name, path.stem, words, "列表（文件名）", "collection as its name"
                )
            )
        elif cls in listings:
            faults.append(repeated(path.name, cls.collection, listings[cls][0]))
        else:
            listings[cls] = path.name, _listing(path, cls, faults)
    return [listing for _, listing in listings.values() if listing is not None]


def _listing(path: Path, cls: type[Fact], faults: list[Fault]) -> Listing | None:
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
                    zh="首行应为列名，实为空文件；请重新导出",
                    en="expected headings in the first row, found an empty file; export it again",
                )
            )
        return None
    headings = _headings(rows[0][1], f"{path.name} row {rows[0][0]}", cls, faults)
    lines: list[int] = []
    given: list[Mapping[str, str]] = []
    for line, cells in rows[1:]:
        place = f"{path.name} row {line}"
        if len(cells) > len(headings):
            faults.append(
                Fault(
                    place=place,
                    zh=f"应有至多 {len(headings)} 个单元格，实有 {len(cells)} 个；"
                    "请改正，含逗号的内容应加引号",
                    en=f"expected at most {len(headings)} cells, found {len(cells)}; "
                    "correct it, and put what contains a comma in quotation marks",
                )
            )
        lines.append(line)
        given.append(
            {
                heading: cell
                for heading, cell in zip(headings, cells, strict=False)
                if heading is not None
            }
        )
    return Listing(
        cls, given, lambda position: f"{path.name} row {lines[position]}", cell_value, CONVERTED
    )


def _headings(
    cells: Sequence[str], place: str, cls: type[Fact], faults: list[Fault]
) -> list[str | None]:
    """Give for each column its heading, or None for one that is at fault."""
    words = field_words(cls)
    headings: list[str | None] = []
    owners: dict[str, str] = {}
    for cell in cells:
        word = cell.strip()
        spec = words.get(word)
        if spec is None:
            faults.append(unknown_word(place, word, words, "列", "heading"))
        elif spec.name in owners:
            faults.append(repeated(place, word, owners[spec.name]))
        else:
            owners[spec.name] = word
            headings.append(word)
            continue
        headings.append(None)
    return headings
