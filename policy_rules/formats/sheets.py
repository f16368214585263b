"""Sheets, from CSV files or a workbook: which collection each holds, and its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from ..facts import Fact, Fault, FieldSpec, Kind, fields_of
from ..facts.checks import nearest
from ..facts.faults import FaultCode, quoted
from . import mapping as mappings
from .csv_values import CONVERTED
from .decoding import Listing, collection_words, field_words, repeated, unknown_word
from .mapped_cells import Value, YearCells, mapped

Rows = Sequence[tuple[int, Sequence[object]]]


class Sheet(NamedTuple):
    """A table of cells: `name` says which collection it holds, `place` is what faults call it.

    `rows` reads it: each row with its number, the headings first, or None where it has none.
    """

    name: str
    place: str
    rows: Callable[[], Rows | None]


class SheetKind(NamedTuple):
    """How faults speak of sheets: what their name is, what to do about cells without a heading."""

    name_zh: str
    name_en: str
    headless_zh: str
    headless_en: str


class _Constant(NamedTuple):
    """The value of a field that a mapping gives to every row."""

    value: object


class _Column(NamedTuple):
    """What a column gives: its key in a row, and the year whose number it is, if any."""

    key: str
    year: int | None = None


def listings_of(
    sheets: Iterable[Sheet],
    kind: SheetKind,
    classes: Sequence[type[Fact]],
    mapping: mappings.Mapping | None,
    value: Value,
    faults: list[Fault],
) -> list[Listing]:
    """Read sheets, each of one collection; what cannot be read is added to `faults`.

    `value` turns a cell into what a field takes.
    """
    if mapping is not None:
        faults += _of_databases(mapping)
    words, tables = _collections(classes, mapping)
    ignored = set() if mapping is None else {name.lower() for name in mapping.ignore_sheets}
    listings: dict[type[Fact], tuple[str, Listing | None]] = {}
    names = []
    for sheet in sheets:
        names.append(sheet.name)
        if sheet.name.lower() in ignored:
            continue
        cls = tables.get(sheet.name.lower()) or words.get(sheet.name)
        if cls is None:
            faults.append(
                unknown_word(sheet.place, sheet.name, (*words, *tables), kind.name_zh, kind.name_en)
            )
        elif cls in listings:
            faults.append(repeated(sheet.place, cls.collection, listings[cls][0]))
        else:
            rows = sheet.rows()
            listing = (
                None if rows is None else _listing(sheet, kind, rows, cls, mapping, value, faults)
            )
            listings[cls] = sheet.place, listing
    if mapping is not None:
        faults += _absent(mapping, names, listings)
    return [listing for _, listing in listings.values() if listing is not None]


def _collections(
    classes: Sequence[type[Fact]], mapping: mappings.Mapping | None
) -> tuple[dict[str, type[Fact]], dict[str, type[Fact]]]:
    """Map the names of collections, and what a mapping calls them in lower case, to the classes."""
    said = {} if mapping is None else {cls: mapping.table(cls) for cls in mapping.tables}
    named = {cls: table.table for cls, table in said.items() if table and table.table}
    words = collection_words(cls for cls in classes if cls not in named)
    return words, {table.lower(): cls for cls, table in named.items() if cls in classes}


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
    mapping: mappings.Mapping | None,
    value: Value,
    faults: list[Fault],
) -> Listing:
    said = None if mapping is None else mapping.table(cls)
    if said is not None and said.heading_row is not None:
        rows = [row for row in rows if row[0] >= said.heading_row]
        if not rows or rows[0][0] != said.heading_row:
            faults.append(_no_headings(sheet.place, said.heading_row))
            rows = [(said.heading_row, ())]
    line, cells = rows[0]
    place = f"{sheet.place} row {line}"
    headings = ["" if cell is None else str(cell).strip() for cell in cells]
    words: dict[str, FieldSpec] | None = None
    if mapping is None or cls not in mapping.tables:
        columns = _own_columns(headings, place, cls, faults)
    else:
        words, count = {}, len(faults)
        columns = _mapped_columns(headings, place, cls, mapping, words, faults)
        if len(faults) > count and all(spec.kind is not Kind.ID for spec in words.values()):
            rows = rows[:1]  # every row would only repeat it
    plain = [(at, key) for at, of in enumerate(columns) for key, year in of if year is None]
    dated = [(at, key, year) for at, of in enumerate(columns) for key, year in of if year]
    constants = {} if said is None else _constants(cls, said, words or {})
    lines: list[int] = []
    given: list[dict[str, object]] = []
    for line, cells in rows[1:]:
        count = len(cells)
        if count > len(columns):
            faults.append(_too_many(f"{sheet.place} row {line}", len(columns), count, kind))
        row = {**constants, **{key: cells[at] for at, key in plain if at < count}}
        for at, key, year in dated:
            if at < count:
                row.setdefault(key, YearCells())[year] = cells[at]  # type: ignore[index]  # so set
        lines.append(line)
        given.append(row)
    of_cell = value if mapping is None else mapped(cls, mapping, value)

    def read(spec: FieldSpec, cell: object) -> object:
        return cell.value if isinstance(cell, _Constant) else of_cell(spec, cell)

    return Listing(
        cls,
        given,
        lambda position: f"{sheet.place} row {lines[position]}",
        read if constants else of_cell,
        CONVERTED,
        words,
    )


def _constants(
    cls: type[Fact], said: mappings.TableMapping, words: dict[str, FieldSpec]
) -> dict[str, object]:
    """What every row has; the keys are added to `words` with the fields that they mean."""
    found: dict[str, object] = {}
    for name, column in said.columns.items():
        if column.constant is not None:
            found[name] = _Constant(column.constant)
            words[name] = fields_of(cls)[name]
    return found


def _no_headings(place: str, row: int) -> Fault:
    return Fault(
        place=f"{place} row {row}",
        zh="映射称此行为列名，实为空行；请改正映射",
        en="expected the headings, as the mapping says, found an empty row; correct the mapping",
    )


def _too_many(place: str, most: int, found: int, kind: SheetKind) -> Fault:
    return Fault(
        place=place,
        code=FaultCode.WRONG_SHAPE,
        zh=f"应有至多 {most} 个单元格，实有 {found} 个；{kind.headless_zh}",
        en=f"expected at most {most} cells, found {found}; {kind.headless_en}",
    )


def _own_columns(
    headings: Sequence[str], place: str, cls: type[Fact], faults: list[Fault]
) -> list[tuple[_Column, ...]]:
    """Give what each column gives; nothing for one that is at fault."""
    words = field_words(cls)
    columns: list[tuple[_Column, ...]] = []
    owners: dict[str, str] = {}
    for word in headings:
        spec = words.get(word)
        if spec is None:
            faults.append(unknown_word(place, word, words, "列", "heading"))
        elif spec.name in owners:
            faults.append(repeated(place, word, owners[spec.name]))
        else:
            owners[spec.name] = word
            columns.append((_Column(word),))
            continue
        columns.append(())
    return columns


def _mapped_columns(
    headings: Sequence[str],
    place: str,
    cls: type[Fact],
    mapping: mappings.Mapping,
    words: dict[str, FieldSpec],
    faults: list[Fault],
) -> list[tuple[_Column, ...]]:
    """Give what each column gives; nothing for one that neither the mapping nor a field names.

    The keys of the rows are added to `words` with the fields that they mean.
    """
    columns: list[list[_Column]] = [[] for _ in headings]
    at: dict[str, int] = {}
    for position, heading in enumerate(headings):
        if heading and at.setdefault(heading.lower(), position) != position:
            faults.append(repeated(place, heading, headings[at[heading.lower()]]))
    said = mapping.tables[cls][0].columns
    taken: set[int] = set()
    for name, column in said.items():
        spec, key = fields_of(cls)[name], ", ".join(column.columns)
        if key in words:  # a column that gives several fields
            key = f"{key} ({name})"
        years: list[int | None] = [*column.years] or [None]
        for year, wanted in zip(years, column.columns, strict=False):
            found = at.get(wanted.lower())
            if found is None:
                faults.append(_no_column(place, wanted, headings))
            else:
                words[key] = spec
                columns[found].append(_Column(key, year))
                taken.add(found)
    own = field_words(cls)
    for position, heading in enumerate(headings):
        own_spec = own.get(heading)
        if own_spec is None or position in taken:
            continue
        own_column = said.get(own_spec.name)
        if own_column and (own_column.columns or own_column.constant is not None):
            continue
        first = next((key for key, spec in words.items() if spec is own_spec), None)
        if first is None:
            words[heading] = own_spec
            columns[position].append(_Column(heading))
        elif first != heading:
            faults.append(repeated(place, heading, first))
    return [tuple(each) for each in columns]


def _no_column(place: str, wanted: str, headings: Sequence[str]) -> Fault:
    near = nearest(wanted, headings)
    return Fault(
        place=place,
        code=FaultCode.UNKNOWN_HEADING,
        zh=f"没有列 {quoted(wanted)}；"
        + (f"是否为 `{near[0]}`？请改正映射" if near else "请改正映射"),
        en=f"expected a column {quoted(wanted)}, found none; "
        + (f"did you mean `{near[0]}`? " if near else "")
        + "correct the mapping",
    )
