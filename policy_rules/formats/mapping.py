"""Mappings: how users name, code and write what facts hold, as a TOML file says.

A mapping only describes; `mapping_files.py` reads it. CSV directories and workbooks are read
through it (`cells.py`), and tables of a database are (`policy_rules/tables`).
"""

from __future__ import annotations

from collections import abc
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from ..facts import Fact, FieldSpec
from ..facts.presets import Preset
from .date_forms import DateForm

DEFAULT_ZONE: Final = "Asia/Shanghai"


def _frozen(given: abc.Mapping[str, str | None] | None) -> abc.Mapping[str, str | None] | None:
    return None if given is None else MappingProxyType(dict(given))


@frozen(kw_only=True)
class CodesFrom:
    """A table of a database that says what codes stand for.

    `code` and `member` are its columns; what is in `member` is a spelling of a member. `where` is
    an SQL condition on the rows that are meant.
    """

    table: str
    code: str
    member: str
    where: str | None = None


@frozen(kw_only=True)
class ColumnMapping:
    """What a mapping says of one field.

    `column` is the user's name of its column, None where the field's own name or label is; a
    number by year may have `years` instead, a column for each; `constant` is the value of the field
    in all rows, which then needs no column. `codes` maps codes to the English values of members,
    or to None where a code says that the value is unknown; those of the table `codes_from` come
    after them. `preset` adds codes to the members' own spellings, or a pattern. `yes` and `no` are
    what stands for either, "" for a blank; `dates` the ways in which a date is written, `separator`
    what stands between the members of a set, `unknown` the texts that say that nothing is known,
    `none` those that say that it is known to be none.
    """

    column: str | None = None
    years: abc.Mapping[int, str] = field(factory=dict, hash=False)
    constant: object = None
    codes: abc.Mapping[str, str | None] | None = field(default=None, converter=_frozen, hash=False)
    codes_from: CodesFrom | None = None
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    dates: tuple[DateForm, ...] = ()
    separator: str | None = None
    unknown: frozenset[str] = frozenset()
    none: frozenset[str] = frozenset()
    preset: Preset | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The user's names of the columns that it names."""
        return (*(() if self.column is None else (self.column,)), *self.years.values())


@frozen(kw_only=True)
class TableMapping:
    """What a mapping says of a table of one class: the user's name of it, and its fields by name.

    Of a database, a `query` can stand in the place of a table, and `where` be an SQL condition on
    the rows of a table that are meant. `heading_row` is the number of the row in a sheet or CSV
    file that holds the headings, None where it is to be found. `place` is where the mapping
    speaks of the table.
    """

    table: str | None = None
    query: str | None = None
    where: str | None = None
    heading_row: int | None = None
    columns: abc.Mapping[str, ColumnMapping] = field(factory=dict, hash=False)
    place: str = field(default="mapping", eq=False)


@frozen(kw_only=True)
class Mapping:
    """What users call things: `source` is the name of the file, `tables` go by fact class.

    The rows of all the tables of a class are its facts. `complete` are the classes whose lists are
    whole, `presets` the conventions that hold, `ignore_sheets` the sheets and CSV files that are no
    lists. `unknown` are the texts that say in any column that nothing is known. `zone` is the time
    zone of the moments that facts state, into which those of another are turned.
    """

    source: str
    presets: tuple[Preset, ...] = ()
    complete: tuple[type[Fact], ...] = ()
    unknown: frozenset[str] = frozenset()
    zone: str = DEFAULT_ZONE
    ignore_sheets: tuple[str, ...] = ()
    tables: abc.Mapping[type[Fact], tuple[TableMapping, ...]] = field(factory=dict, hash=False)

    def table(self, cls: type[Fact]) -> TableMapping | None:
        """The table of a class: the first where there are several, None where none is named."""
        return next(iter(self.tables.get(cls, ())), None)

    def column(
        self, cls: type[Fact], spec: FieldSpec, table: TableMapping | None = None
    ) -> ColumnMapping:
        """What is said of a field, with what is said of all fields that concerns it.

        `table` is one of those of the class, the first where it is not given. A text that the
        field itself says means something is not unknown in it.
        """
        said = table or self.table(cls) or _NO_TABLE
        found = said.columns.get(spec.name, _OWN_NAME)
        if self.unknown:
            meant = found.yes | found.no | found.none | frozenset(found.codes or ())
            found = evolve(found, unknown=found.unknown | (self.unknown - meant))
        for preset in self.presets:
            if preset.concerns(cls, spec):
                return evolve(found, preset=preset)
        return found


_NO_TABLE: Final = TableMapping()
_OWN_NAME: Final = ColumnMapping()
