"""Cells as a mapping says they are written, as the values of fields."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Callable, Iterable
from datetime import date, datetime

from attrs import evolve

from ..facts import Fact, FieldSpec, Kind, fields_of
from ..facts.checks import Unfit
from .csv_values import NOTHING, SEPARATORS
from .mapping import ColumnMapping, Mapping

Value = Callable[[FieldSpec, object], object]


class YearCells(dict[int, object]):
    """The cells of a row that give the number of a year each."""


def mapped(cls: type[Fact], mapping: Mapping, value: Value) -> Value:
    """Give what turns a cell of a class into what a field takes; `value` does where all is usual.

    It raises `Unfit` for what is not as the mapping says.
    """
    columns = {spec.name: mapping.column(cls, spec) for spec in fields_of(cls).values()}

    def found(spec: FieldSpec, cell: object) -> object:
        if isinstance(cell, YearCells):
            number = evolve(spec, kind=Kind.INTEGER)
            years = {year: value(number, each) for year, each in cell.items()}
            return {year: each for year, each in years.items() if each is not None} or None
        text = _written(cell)
        return _value(spec, columns[spec.name], cell, text, value) if text else value(spec, cell)

    return found


def _written(cell: object) -> str:
    """What a cell says, empty if it is blank or no text or whole number."""
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    if isinstance(cell, int) and not isinstance(cell, bool):
        return str(cell)
    return cell.strip() if isinstance(cell, str) else ""


def _value(spec: FieldSpec, column: ColumnMapping, cell: object, text: str, value: Value) -> object:
    if column.codes is not None:
        if spec.kind is Kind.CHOICE:
            return _decoded(text, column.codes)
        members = [_decoded(part, column.codes) for part in _parts(text, column.separator)]
        return None if None in members else members
    if column.yes:
        return _yes_no(text, column)
    if column.dates:
        return _day(spec, text, column)
    if column.separator is not None:
        return _matching(list(_parts(text, column.separator)), column)
    preset = column.preset
    if preset is not None and text in preset.codes:
        return preset.codes[text]
    return _matching(value(spec, cell), column)


def _parts(text: str, separator: str | None) -> Iterable[str]:
    if text in NOTHING:
        return ()
    parts = SEPARATORS.split(text) if separator is None else text.split(separator)
    return (part.strip() for part in parts)


def _decoded(text: str, codes: abc.Mapping[str, str | None]) -> str | None:
    if text in codes:
        return codes[text]
    listed = [f"`{code}`" for code in codes]
    raise Unfit(
        f"下列代码之一：{'、'.join(listed)}",
        f"one of the codes {', '.join(listed)}",
        text,
        do_zh="请改正，或在映射中补上",
        do_en="correct it, or add it to the mapping",
    )


def _yes_no(text: str, column: ColumnMapping) -> bool:
    if text in column.yes or text in column.no:
        return text in column.yes
    yes = [f"`{each}`" for each in sorted(column.yes)]
    no = [f"`{each}`" for each in sorted(column.no)]
    raise Unfit(
        f" {'、'.join(yes)}（是）或 {'、'.join(no)}（否）",
        f"{', '.join(yes)} for yes or {', '.join(no)} for no",
        text,
        do_zh="请改正，或在映射中补上",
        do_en="correct it, or add it to the mapping",
    )


def _day(spec: FieldSpec, text: str, column: ColumnMapping) -> date | datetime:
    for form in column.dates:
        if (found := form.moment(text)) is not None:
            return found if spec.kind is Kind.MOMENT else found.date()
    written = [f"`{form.written}`" for form in column.dates]
    raise Unfit(
        f"写作 {'、'.join(written)} 的日期", f"a date that is written {' or '.join(written)}", text
    )


def _matching(found: object, column: ColumnMapping) -> object:
    """Give what was found if every text in it is as the convention has it."""
    preset = column.preset
    if preset is None or preset.pattern is None:
        return found
    for text in found if isinstance(found, list) else [found]:
        if isinstance(text, str) and text and not re.fullmatch(preset.pattern, text):
            raise Unfit(preset.zh, f"a code as of `{preset.name}`: {preset.en}", text)
    return found
