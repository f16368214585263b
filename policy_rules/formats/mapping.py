"""Mappings: how users name, code and write what facts hold, as a TOML file says.

A mapping only describes; `mapping_files.py` reads it. CSV directories and workbooks are read
through it (`mapped_cells.py`), and tables of a database are (`policy_rules/columns`).
"""

from __future__ import annotations

from collections import abc
from types import MappingProxyType
from typing import Final

from attrs import evolve, field, frozen

from ..facts import Fact, FieldSpec
from .date_forms import DateForm
from .presets import Preset


def _frozen(given: abc.Mapping[str, str | None] | None) -> abc.Mapping[str, str | None] | None:
    return None if given is None else MappingProxyType(dict(given))


@frozen(kw_only=True)
class ColumnMapping:
    """What a mapping says of one field.

    `column` is the user's name of its column, None where the field's own name or label is; a
    number by year may have `years` instead, a column for each. `codes` maps codes to the English
    values of members, or to None where a code says that the value is unknown. `preset` adds codes
    to the members' own spellings, or a pattern. `yes` and `no` are what stands for either, `dates`
    the ways in which a date is written, `separator` what stands between the members of a set,
    `unknown` the texts that say that nothing is known.
    """

    column: str | None = None
    years: abc.Mapping[int, str] = field(factory=dict, hash=False)
    codes: abc.Mapping[str, str | None] | None = field(default=None, converter=_frozen, hash=False)
    yes: frozenset[str] = frozenset()
    no: frozenset[str] = frozenset()
    dates: tuple[DateForm, ...] = ()
    separator: str | None = None
    unknown: frozenset[str] = frozenset()
    preset: Preset | None = None

    @property
    def columns(self) -> tuple[str, ...]:
        """The user's names of the columns that it names."""
        return (*(() if self.column is None else (self.column,)), *self.years.values())


@frozen(kw_only=True)
class TableMapping:
    """What a mapping says of one class: the user's name of its table, and its fields by name."""

    table: str | None = None
    columns: abc.Mapping[str, ColumnMapping] = field(factory=dict, hash=False)


@frozen(kw_only=True)
class Mapping:
    """What users call things: `source` is the name of the file, `tables` go by fact class.

    `complete` are the classes whose lists are whole, `presets` the conventions that hold.
    """

    source: str
    presets: tuple[Preset, ...] = ()
    complete: tuple[type[Fact], ...] = ()
    tables: abc.Mapping[type[Fact], TableMapping] = field(factory=dict, hash=False)

    def column(self, cls: type[Fact], spec: FieldSpec) -> ColumnMapping:
        """What is said of a field, with the convention that concerns it."""
        table = self.tables.get(cls, _NO_TABLE)
        found = table.columns.get(spec.name, _OWN_NAME)
        for preset in self.presets:
            if preset.concerns(cls, spec):
                return evolve(found, preset=preset)
        return found

    def place(self, cls: type[Fact]) -> str:
        """Where the mapping speaks of a class, for faults."""
        return f"{self.source}: {cls.collection}"


_NO_TABLE: Final = TableMapping()
_OWN_NAME: Final = ColumnMapping()
