"""Sheets, from CSV files or a workbook: which collection each holds, and its rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from attrs import field, frozen

from ..facts import Fact, Fault, FieldSpec, fields_of
from ..facts.checks import BLANKS, nearest
from ..facts.faults import FaultCode, found, quoted
from . import mapping as mappings
from .cells import CONVERTED, Value, YearCells, reader
from .decoding import Listing, collection_words, repeated, unknown_word
from .headings import (
    MOST_ROWS_ABOVE,
    Beside,
    Headings,
    Layout,
    Recognition,
    Rows,
    folded,
    headings_of,
    layout_of,
)
from .notes import Note, rows_in_words
from .totals_and_notes import Aside, aside_of, numbers_of_columns

Score = Callable[[Sequence[object]], int]


class Sheet(NamedTuple):
    """A table of cells: `name` says which collection it holds, `place` is what faults call it.

    `rows` reads it: each row that has any cell with its number, or None where it has none. It may
    ask how many headings of the collection a row holds.
    """

    name: str
    place: str
    rows: Callable[[Score], Rows | None]


class _Constant(NamedTuple):
    """The value of a field that a mapping gives to every row."""

    value: object


class SheetKind(NamedTuple):
    """How faults speak of sheets: what their name is, what to do about cells without a heading."""

    name_zh: str
    name_en: str
    headless_zh: str
    headless_en: str


@frozen
class Reading:
    """How sheets are read: with which mapping, without which sheets, with totals left out or not.

    What is to be known of what was read is added to `notes`, where the headings of each sheet stand
    to `layouts`, by what faults call the sheet.
    """

    mapping: mappings.Mapping | None = None
    ignored: frozenset[str] = frozenset()
    skip_totals: bool = False
    notes: list[Note] = field(factory=list)
    layouts: dict[str, Layout] = field(factory=dict)

    def ignores(self, name: str) -> bool:
        """Whether a sheet of that name is passed over."""
        said = () if self.mapping is None else self.mapping.ignore_sheets
        return folded(name) in {folded(each) for each in (*self.ignored, *said)}


@frozen
class Lists:
    """The lists that were read; `unread` says that there are others, of which nothing is known."""

    listings: Sequence[Listing]
    unread: bool


def listings_of(
    sheets: Iterable[Sheet],
    kind: SheetKind,
    classes: Sequence[type[Fact]],
    reading: Reading,
    value: Value,
    faults: list[Fault],
) -> Lists:
    """Read sheets, each of one collection; what cannot be read is added to `faults`.

    `value` turns a cell into what a field takes.
    """
    mapping = reading.mapping
    if mapping is not None:
        faults += _of_databases(mapping)
    words, tables = _collections(classes, mapping)
    listings: dict[type[Fact], tuple[str, Listing | None]] = {}
    names = []
    unread = False
    for sheet in sheets:
        names.append(sheet.name)
        if reading.ignores(sheet.name):
            continue
        cls = tables.get(sheet.name.lower()) or words.get(sheet.name)
        if cls is None:
            unread = True
            faults.append(_no_list(sheet, kind, (*words, *tables)))
        elif cls in listings:
            faults.append(repeated(sheet.place, cls.collection, listings[cls][0]))
        else:
            said = None if mapping is None else mapping.table(cls)
            rows = sheet.rows(Recognition(cls, said).score)
            listing = (
                None if rows is None else _listing(sheet, kind, rows, cls, reading, value, faults)
            )
            unread = unread or listing is None
            listings[cls] = sheet.place, listing
    faults += _ignored_but_absent(reading.ignored, names)
    if mapping is not None:
        faults += _absent(mapping, names, listings)
    return Lists([each for _, each in listings.values() if each is not None], unread)


def _collections(
    classes: Sequence[type[Fact]], mapping: mappings.Mapping | None
) -> tuple[dict[str, type[Fact]], dict[str, type[Fact]]]:
    """Map the names of collections, and what a mapping calls them in lower case, to the classes."""
    said = {} if mapping is None else {cls: mapping.table(cls) for cls in mapping.tables}
    named = {cls: table.table for cls, table in said.items() if table and table.table}
    words = collection_words(cls for cls in classes if cls not in named)
    return words, {table.lower(): cls for cls, table in named.items() if cls in classes}


def _no_list(sheet: Sheet, kind: SheetKind, words: Iterable[str]) -> Fault:
    """The fault of a sheet that no collection is called like, with both things to do about it."""
    fault = unknown_word(sheet.place, sheet.name, words, kind.name_zh, kind.name_en)
    # The place names it, and what was found need not be counted.
    return Fault(
        place=fault.place,
        code=FaultCode.UNKNOWN_COLLECTION,
        zh=f"{fault.zh}；如不是列表，请用 --ignore-sheet 略过，或写入映射的 `ignore_sheets`",
        en=f"{fault.en}; if it is no list, pass it over with --ignore-sheet, "
        "or with `ignore_sheets` in a mapping",
    )


def _ignored_but_absent(ignored: Iterable[str], names: Sequence[str]) -> Iterator[Fault]:
    there = {folded(name) for name in names}
    for name in sorted(ignored):
        if folded(name) not in there:
            near = nearest(name, names)
            yield Fault(
                place="--ignore-sheet",
                code=FaultCode.WRONG_USAGE,
                zh=f"没有名为 {quoted(name)} 的文件或工作表；"
                + (f"是否为 `{near[0]}`？请改正" if near else "请改正或删去"),
                en=f"expected a file or sheet of that name, found no {quoted(name)}; "
                + (f"did you mean `{near[0]}`? correct it" if near else "correct it or remove it"),
            )


def _of_databases(mapping: mappings.Mapping) -> Iterable[Fault]:
    """What a mapping says that only a database can do."""
    for cls, (first, *more) in mapping.tables.items():
        options = [
            ("query", first.query is not None),
            ("where", first.where is not None),
            (f"[[{cls.collection}]]", bool(more)),
            *(
                (f"columns.{name}.codes_from", column.codes_from is not None)
                for name, column in first.columns.items()
            ),
        ]
        for option, given in options:
            if given:
                yield Fault(
                    place=first.place,
                    field=option,
                    code=FaultCode.WRONG_SETTING,
                    zh=f"`{option}` 只用于数据库；请改正映射，每类用一个文件或工作表",
                    en=f"expected what goes with files, found `{option}`, which needs a database; "
                    "correct the mapping, with one file or sheet for each class",
                )


def _absent(
    mapping: mappings.Mapping, names: Sequence[str], found: Mapping[type[Fact], object]
) -> Iterable[Fault]:
    for cls, (table, *_) in mapping.tables.items():
        if table.table is not None and cls not in found:
            near = nearest(table.table, names)
            yield Fault(
                place=table.place,
                code=FaultCode.UNKNOWN_COLLECTION,
                field="table",
                zh=f"没有名为 {quoted(table.table)} 的文件或工作表；"
                + (f"是否为 `{near[0]}`？请改正" if near else "请改正或删去"),
                en=f"expected a file or sheet of that name, found no {quoted(table.table)}; "
                + (f"did you mean `{near[0]}`? correct it" if near else "correct it or remove it"),
            )


def _listing(
    sheet: Sheet,
    kind: SheetKind,
    rows: Rows,
    cls: type[Fact],
    reading: Reading,
    value: Value,
    faults: list[Fault],
) -> Listing | None:
    said = None if reading.mapping is None else reading.mapping.table(cls)
    faults += _larger_units(sheet.place, rows)
    headings = headings_of(sheet.place, rows, cls, said, faults)
    if headings is None:
        return None
    reading.layouts[sheet.place] = layout_of(headings, rows)
    plain = [(at, key) for at, of in enumerate(headings.columns) for key, year in of if not year]
    dated = [(at, key, year) for at, of in enumerate(headings.columns) for key, year in of if year]
    used = [at for at, of in enumerate(headings.columns) if of]
    width = len(headings.columns)
    constants = {} if said is None else _constants(said)
    meant = set() if said is None else _meant_blanks(said)
    blanks = {key: "" for _, key in plain if headings.words[key].name in meant}
    lines: list[int] = []
    given: list[dict[str, object]] = []
    headless: dict[int, int] = {}
    for line, cells in _facts(sheet.place, rows, headings, reading, faults):
        count = len(cells)
        if count > width:
            faults.append(_too_many(f"{sheet.place} row {line}", width, count, kind))
        for at in headings.headless:
            if at < count and filled(cells[at]):
                headless.setdefault(at, line)
        if not any(filled(cells[at]) for at in used if at < count):
            continue  # only numbered, or with a remark
        row = {**constants, **{key: cells[at] for at, key in plain if at < count}}
        row |= {key: blank for key, blank in blanks.items() if row.get(key) is None}
        for at, key, year in dated:
            if at < count:
                row.setdefault(key, YearCells())[year] = cells[at]  # type: ignore[index]  # so set
        lines.append(line)
        given.append(row)
    faults += [_headless(sheet.place, at, line, kind) for at, line in headless.items()]
    of_cell = reader(cls, reading.mapping, value)
    specs = fields_of(cls)

    def read(spec: FieldSpec, cell: object) -> object:
        return cell.value if isinstance(cell, _Constant) else of_cell(spec, cell)

    return Listing(
        cls,
        given,
        lambda position: f"{sheet.place} row {lines[position]}",
        read if constants else of_cell,
        CONVERTED,
        {**headings.words, **{name: specs[name] for name in constants}},
    )


def _constants(said: mappings.TableMapping) -> dict[str, object]:
    """What every row has, by the names of fields."""
    return {
        name: _Constant(column.constant)
        for name, column in said.columns.items()
        if column.constant is not None
    }


def _meant_blanks(said: mappings.TableMapping) -> set[str]:
    """The fields of which a blank says something."""
    return {name for name, column in said.columns.items() if "" in column.yes | column.no}


def filled(cell: object) -> bool:
    """Whether a cell has anything in it."""
    return cell is not None and not isinstance(cell, Beside) and bool(str(cell).strip(BLANKS))


def _facts(
    place: str, rows: Rows, headings: Headings, reading: Reading, faults: list[Fault]
) -> Iterator[tuple[int, Sequence[object]]]:
    """The rows that are facts; the others are faults, or left out where that is asked for."""
    first = headings.row + 1
    at = headings.id_at
    in_chinese = any(
        at < len(cells) and any("一" <= each <= "鿿" for each in str(cells[at]))
        for _, cells in rows[first:]
        if sum(map(filled, cells)) > 1 and aside_of(cells, headings, True) is None
    )
    left_out: list[int] = []
    for position, (line, cells) in enumerate(rows[first:]):
        aside = numbers_of_columns(cells, headings) if position == 0 else None
        aside = aside or aside_of(cells, headings, in_chinese)
        if aside is None:
            yield line, cells
        elif reading.skip_totals:
            left_out.append(line)
        else:
            faults.append(_no_fact(f"{place} row {line}", aside, headings))
    if left_out:
        zh, en = rows_in_words(left_out)
        reading.notes.append(
            Note(
                place=place,
                zh=f"略过 {len(left_out)} 行合计、说明或重复的列名（{zh}）",
                en=f"left out {len(left_out)} of totals, notes and repeated headings ({en})",
            )
        )


def _no_fact(place: str, aside: Aside, headings: Headings) -> Fault:
    heading = headings.texts[aside.at] if aside.at < len(headings.texts) else ""
    return Fault(
        place=place,
        field=heading,
        code=FaultCode.NO_FACT,
        found=found(aside.text),
        zh=f"应为列表的一行，实为{aside.zh}{{found}}；请删去该行，或用 --skip-totals 略过",
        en=f"expected a row of the list, found {{found}}, which is {aside.en}; "
        "remove the row, or leave such rows out with --skip-totals",
    )


_LARGER: Final = re.compile(
    "(?:.*[^位])?单位:([十百千万亿]+)(?:人|名|元|个|件|次|辆|间|张|套|台|天)?[)】]?"
)


def _larger_units(place: str, rows: Rows) -> Iterator[Fault]:
    """Find what says above a list that its numbers are in thousands or the like."""
    for line, cells in rows[:MOST_ROWS_ABOVE]:
        for cell in cells:
            if isinstance(cell, str) and (match := _LARGER.fullmatch(folded(cell))):
                yield Fault(
                    place=f"{place} row {line}",
                    code=FaultCode.WRONG_SHAPE,
                    zh=f"应以个为单位计数，实为 {quoted(cell.strip())}（{match[1]}）；请换算后删去",
                    en=f"expected counts of single ones, found {quoted(cell.strip())}; "
                    "convert the numbers and remove it",
                )


def _headless(place: str, at: int, line: int, kind: SheetKind) -> Fault:
    return Fault(
        place=f"{place} row {line}",
        code=FaultCode.UNKNOWN_HEADING,
        zh=f"第 {at + 1} 列没有列名，却有内容；{kind.headless_zh}",
        en=f"expected a heading of column {at + 1}, which has cells, found none; "
        f"{kind.headless_en}",
    )


def _too_many(place: str, most: int, count: int, kind: SheetKind) -> Fault:
    return Fault(
        place=place,
        code=FaultCode.WRONG_SHAPE,
        zh=f"应有至多 {most} 个单元格，实有 {count} 个；{kind.headless_zh}",
        en=f"expected at most {most} cells, found {count}; {kind.headless_en}",
    )
