"""Rows of cells as each door reads them: what every cell means, or that it cannot be read."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any, Final

from attrs import evolve, frozen
from duckdb import DuckDBPyConnection
from sqlglot import exp

from policy_rules.engines.sql.databases import DIALECTS
from policy_rules.engines.sql.dialects import case, is_null, number, sql_and
from policy_rules.engines.sql.sources import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    bit_of,
    given_column,
    year_column,
)
from policy_rules.facts import NONE, Fact, Fault, FieldSpec, Kind, fields_of
from policy_rules.facts.checks import Unfit, settled
from policy_rules.formats import ColumnMapping, csv_directory, excel_workbook, parse_mapping
from policy_rules.formats import Mapping as FieldMapping
from policy_rules.formats.decoding import Listing
from policy_rules.formats.sheets import Reading
from policy_rules.tables.mapped import MappedSource, sources
from policy_rules.tables.schema import Schema, schema_of_duckdb
from policy_rules.testing.choosing import Chooser
from tests.support.spellings import ANYTHING, AS_USUAL, UNREADABLE, cell, dressed, spelt

YEARS: Final = (2018, 2019, 2020)
_VALUES: Final[dict[Kind, Sequence[Any]]] = {
    Kind.REFERENCE: ("S1", "350304540000", "3503045400AX", "a-b_c.d", "派出所1", "-x", "0"),
    Kind.TEXT: ("黄石派出所", "甲（乙）", "a b", "１２", "x;y", "0"),
    Kind.BOOLEAN: (True, False),
    Kind.DATE: (date(2019, 7, 16), date(2020, 2, 29), date(1900, 1, 1), date(2199, 12, 31)),
    Kind.MOMENT: (
        datetime(2019, 7, 16, 8, 30), datetime(2020, 2, 29, 23, 59, 59), datetime(2000, 1, 1, 12),
    ),
    Kind.BY_YEAR: ({2018: 1}, {2018: 2, 2019: 3}, {2020: 5, 2018: 1}, {}),
}  # fmt: skip

# A row gives each field a text, or None where the cell is empty.
Row = Mapping[str, "str | None"]


@frozen
class Cells:
    """Rows of a class, and what each cell was written for, see `spellings.cell`.

    `mapping` is what they are read through, if anything.
    """

    fact_class: type[Fact]
    rows: Sequence[Row]
    meant: Sequence[Mapping[str, Any]]
    mapping: FieldMapping | None = None

    @property
    def names(self) -> list[str]:
        """The fields that have a column."""
        return [*fields_of(self.fact_class)]

    @property
    def headings(self) -> list[str]:
        """What their columns are called."""
        return [self.column(name).column or name for name in self.names]

    def column(self, name: str) -> ColumnMapping:
        """What the mapping says of a field."""
        if self.mapping is None:
            return AS_USUAL
        return self.mapping.column(self.fact_class, fields_of(self.fact_class)[name])


def drawn_cells(
    choose: Chooser, fact_class: type[Fact], count: int, *, mapped: bool = False
) -> Cells:
    """So many rows of a class by chance, `mapped` or not; only their ids are all readable."""
    empty = Cells(fact_class, [], [], drawn_mapping(choose, fact_class) if mapped else None)
    rows: list[Row] = []
    meant: list[Mapping[str, Any]] = []
    for place in range(count):
        texts: dict[str, str | None] = {}
        values: dict[str, Any] = {}
        for name, spec in fields_of(fact_class).items():
            if spec.kind is Kind.ID:
                texts[name], values[name] = dressed(choose, spec, f"R{place}"), f"R{place}"
            else:
                found = cell(choose, spec, _values(choose, spec), empty.column(name))
                texts[name], values[name] = found
        rows.append(texts)
        meant.append(values)
    return evolve(empty, rows=rows, meant=meant)


def drawn_mapping(choose: Chooser, fact_class: type[Fact]) -> FieldMapping:
    """A mapping of a class by chance, in which every column has another name."""
    columns = {
        name: {"column": f"C{place}", **(_options(choose, spec) if choose.chance(70) else {})}
        for place, (name, spec) in enumerate(fields_of(fact_class).items())
    }
    unknown = [word for word in ("NULL", "/", "不详") if choose.chance(30)]
    collection = {"columns": columns}
    given = {"unknown": unknown, fact_class.collection: collection}
    return parse_mapping(given, "drawn", [fact_class])


def _options(choose: Chooser, spec: FieldSpec) -> dict[str, Any]:
    options: dict[str, Any] = {}
    match spec.kind:
        case Kind.BOOLEAN:
            options = {"yes": ["Y", "×"], "no": choose.pick((["N"], ["N", ""], ["-"]))}
        case Kind.CHOICE | Kind.CHOICES:
            assert spec.choices is not None
            codes = {f"{place:02}": str(each.value) for place, each in enumerate(spec.choices)}
            options["codes"] = {**codes, "99": "unknown"}
        case Kind.DATE:
            options["date"] = choose.pick((["dd-mm-yyyy", "yyyymmdd"], ["d/m/yyyy"], "yyyy.m.d"))
        case Kind.MOMENT:
            options["date"] = choose.pick(
                ("yyyymmddhhmmss", ["d/m/yyyy h:mm:ss", "yyyy-mm-ddThh:mm:ss"])
            )
        case Kind.INTEGER:
            options["unknown"] = ["99999", "-1"]
        case _:
            pass
    if spec.kind in (Kind.CHOICES, Kind.CODES) and choose.chance(60):
        options["separator"] = choose.pick((",", "^", "||", "，"))
    if spec.may_be_none and choose.chance(50):
        options["none"] = ["9999-12-31", "n/a"]
    if spec.kind is not Kind.INTEGER and choose.chance(20):
        options["unknown"] = ["00000000", "(NULL)"]
    return options


def _values(choose: Chooser, spec: FieldSpec) -> Sequence[Any]:
    values = _some_values(choose, spec)
    return [*values, spec.none] if spec.may_be_none and not spec.may_be_empty else values


def _some_values(choose: Chooser, spec: FieldSpec) -> Sequence[Any]:
    if spec.choices is not None:
        members = [*spec.choices]
        if spec.kind is Kind.CHOICE:
            return members
        return [frozenset(each for each in members if choose.chance(40)) for _ in range(2)]
    if spec.kind is Kind.CODES:
        codes = ("350304", "350102", "110000", "350305")
        return [frozenset(each for each in codes if choose.chance(40))]
    if spec.kind is Kind.DECIMAL:
        low, high, places = spec.minimum, spec.maximum, spec.places
        assert isinstance(low, Decimal)
        assert isinstance(high, Decimal)
        step = Decimal((0, (1,), -(places or 0)))
        return (low, high, low + step, high - step, Decimal(0), Decimal(1))
    if spec.kind in (Kind.INTEGER, Kind.BY_YEAR):
        low, high = spec.minimum, spec.maximum
        assert isinstance(low, int)
        assert isinstance(high, int)
        if spec.kind is Kind.INTEGER:
            return (low, high, low + 1, min(high, 12))
        return [{year: max(low, min(each, high)) for year, each in years.items()}
                for years in _VALUES[Kind.BY_YEAR]]  # fmt: skip
    return (*_VALUES[spec.kind], *([""] if spec.may_be_empty else []))


def meant_by(listing: Listing) -> list[dict[str, Any]]:
    """What a listing makes of each cell."""
    return [
        {
            listing.words[word].name: _one(listing, listing.words[word], given)
            for word, given in row.items()
        }
        for row in listing.rows
        if isinstance(row, Mapping)
    ]


def _one(listing: Listing, spec: FieldSpec, given: object) -> Any:
    faults: list[Fault] = []
    try:
        value = listing.value(spec, given)
    except Unfit:
        return UNREADABLE
    if value is not None:  # what a fact must have is not asked of single cells
        value = settled(spec, value, "", faults)
    if faults:
        return UNREADABLE
    return dict(value) if isinstance(value, Mapping) else value


def write_csv(cells: Cells, directory: Path) -> None:
    """Write a CSV file of the rows into a directory."""
    file = directory / f"{cells.fact_class.collection}.csv"
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(cells.headings)
        writer.writerows([row[name] for name in cells.names] for row in cells.rows)


def by_csv(cells: Cells, directory: Path) -> list[Any]:
    """Through a CSV file that is written in a directory."""
    write_csv(cells, directory)
    faults: list[Fault] = []
    found = csv_directory.listings_of(directory, [cells.fact_class], Reading(cells.mapping), faults)
    assert not faults, faults
    return meant_by(found.listings[0])


def by_workbook(cells: Cells, directory: Path) -> list[Any]:
    """Through a workbook that is written in a directory."""
    from openpyxl import Workbook

    book = Workbook()
    book.remove(book.worksheets[0])
    sheet = book.create_sheet(cells.fact_class.collection)
    lines: list[list[str | None]] = [[*cells.headings]]
    lines += [[row[name] for name in cells.names] for row in cells.rows]
    for row, texts in enumerate(lines):
        for column, text in enumerate(texts):
            if text is not None:
                there = sheet.cell(row + 1, column + 1)
                there.value, there.data_type = text, "s"
    file = directory / "book.xlsx"
    book.save(file)
    faults: list[Fault] = []
    found = excel_workbook.read_workbook(file, [cells.fact_class], Reading(cells.mapping), faults)
    assert not faults, faults
    return meant_by(found.lists.listings[0])


def load_duckdb(cells: Cells, connection: DuckDBPyConnection) -> None:
    """Make a table of the rows, of texts only, in the place of one that was there."""
    name = cells.fact_class.collection
    columns = ", ".join(f'"{heading}" VARCHAR' for heading in cells.headings)
    connection.execute(f"CREATE OR REPLACE TABLE {name} ({columns})")
    listed = [[row[each] for row in cells.rows] for each in cells.names]
    lists = ", ".join("unnest(?::VARCHAR[])" for _ in listed)
    connection.execute(f"INSERT INTO {name} SELECT {lists}", listed)


def by_duckdb(cells: Cells, connection: DuckDBPyConnection) -> list[Any]:
    """Through a table of texts."""
    load_duckdb(cells, connection)
    schema = schema_of_duckdb(connection)
    return by_table(cells, schema, "duckdb", lambda sql: connection.execute(sql).fetchall())


def by_parquet(cells: Cells, directory: Path, connection: DuckDBPyConnection) -> list[Any]:
    """Through a Parquet file that is written in a directory."""
    name = cells.fact_class.collection
    load_duckdb(cells, connection)
    file = str(directory / f"{name}.parquet")
    connection.execute(f"COPY {name} TO '{file}' (FORMAT parquet)")
    connection.execute(f"DROP TABLE {name}; CREATE VIEW {name} AS FROM read_parquet('{file}')")
    schema = schema_of_duckdb(connection)
    found = by_table(cells, schema, "duckdb", lambda sql: connection.execute(sql).fetchall())
    connection.execute(f"DROP VIEW {name}")
    return found


def by_every_door(cells: Cells, directory: Path, connection: DuckDBPyConnection) -> list[str]:
    """What is unlike through any of the doors that need only Python."""
    doors = {
        "csv": by_csv(cells, directory),
        "workbook": by_workbook(cells, directory),
        "duckdb": by_duckdb(cells, connection),
        "parquet": by_parquet(cells, directory, connection),
    }
    return unlike(cells, doors)


def by_table(
    cells: Cells,
    schema: Schema,
    dialect: str,
    rows_of: Callable[[str], Iterable[Sequence[Any]]],
) -> list[Any]:
    """Through the table of a database that has the rows; `rows_of` gives those of a query."""
    own = DIALECTS[dialect]
    found_in = sources(cells.mapping, schema, [cells.fact_class], YEARS, own)
    (source,) = found_in[cells.fact_class].parts
    query = exp.select(*_columns(source)).from_(source.relation.copy())
    found = {}
    names = [*source.converted]
    for row in rows_of(own.sql(query)):
        pairs = zip(islice(row, 0, None, 2), islice(row, 1, None, 2), strict=True)
        given = dict(zip(names, pairs, strict=True))
        found[given["id"][0]] = dict(_decoded(cells.fact_class, given))
    return [found[str(meant["id"])] for meant in cells.meant]


def _columns(source: MappedSource) -> Iterator[exp.Alias]:
    for place, each in enumerate(source.converted.values()):
        lost = case([(sql_and(each.says, is_null(each.value)), number(1))], number(0))
        yield exp.Alias(this=each.value.copy(), alias=exp.to_identifier(f"value_{place}"))
        yield exp.Alias(this=lost.copy(), alias=exp.to_identifier(f"lost_{place}"))


def _decoded(fact_class: type[Fact], given: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    for name, spec in fields_of(fact_class).items():
        if spec.kind is not Kind.BY_YEAR:
            value, lost = given[name]
            yield name, UNREADABLE if lost else _value(spec, value)
            continue
        known, lost = given[given_column(name)]
        years = {year: given[year_column(name, year)] for year in YEARS}
        if lost or any(each for _, each in years.values()):
            yield name, UNREADABLE
        else:
            numbers = {year: each for year, (each, _) in years.items() if each is not None}
            yield name, numbers if known else None


def _value(spec: FieldSpec, value: Any) -> Any:
    if value is None:
        return None
    if spec.may_be_none and value == (NONE.value if spec.kind is Kind.CHOICE else spec.none):
        return spec.none
    match spec.kind:
        case Kind.CHOICE:
            return spec.choices.parse(value) if spec.choices else None
        case Kind.CHOICES:
            return frozenset(each for each in spec.choices or () if bit_of(each) & int(value))
        case Kind.CODES:
            inner = value.removeprefix(CODES_MARK)[1:-1]
            return frozenset(inner.split(CODE_CLOSES + CODE_OPENS)) if inner else frozenset()
        case Kind.INTEGER:
            return int(value)
        case _:
            return value


def unlike(cells: Cells, doors: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """Each cell that a door has read as something else than it means, or than others have."""
    names = [*doors]
    different = []
    for texts, meant, *found in zip(cells.rows, cells.meant, *doors.values(), strict=True):
        for name, wanted in meant.items():
            read = [_typed(each.get(name)) for each in found]
            right = read[0] if wanted == ANYTHING else _typed(wanted)
            different += [
                f"{door}: {cells.fact_class.collection}.{name}: {texts[name]!r} is {each[1]!r}, "
                f"not {right[1]!r}"
                for door, each in zip(names, read, strict=True)
                if each != right
            ]
    return different


def _typed(value: Any) -> tuple[type, Any]:
    """A value that is unlike others of another type, as 1 is not to be like True."""
    return type(value), value


def written_cells(choose: Chooser, fact_class: type[Fact], facts: Sequence[Fact]) -> Cells:
    """The rows of facts, each value in one of its spellings, and blanks for what is unknown."""
    rows: list[Row] = []
    for fact in facts:
        texts: dict[str, str | None] = {}
        for name, spec in fields_of(fact_class).items():
            value = getattr(fact, name)
            texts[name] = (
                None if value is None else dressed(choose, spec, spelt(choose, spec, value))
            )
        rows.append(texts)
    meant = [{name: getattr(fact, name) for name in fields_of(fact_class)} for fact in facts]
    return Cells(fact_class, rows, meant)
