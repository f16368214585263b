"""Values of fields as cells of a workbook that read back as the same values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final, TypeAlias

from ..facts import NONE, Fault, FieldSpec, Kind, Labelled, is_none
from ..facts.checks import Unfit, settled
from ..render.wording import Language, pick
from .excel_workbook import excel_value
from .forms import APOSTROPHE, CODE_CLOSES, CODE_OPENS, CODES_MARK, QUOTED, forms_of

Cell: TypeAlias = str | int | float | date

_LONGEST: Final = 32_767
# What XML cannot hold, or would give back as something else; `_x000D_` is how Excel writes it.
_NOT_HELD: Final = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
# Excel keeps 15 digits of a number.
_EXACT: Final = 10**15
# Before it Excel counts a day that there was not, and other programs do not.
_FIRST_DAY: Final = date(1900, 3, 1)
# Between the members of a set, and what says that there is none.
SEPARATOR: Final = {"zh": "、", "en": "; "}
NONE_WORD: Final = {"zh": "无", "en": "-"}
YES_NO: Final = {"zh": ("是", "否"), "en": ("yes", "no")}


def written_cell(spec: FieldSpec, value: object, lang: Language) -> Cell | None:
    """The cell that says a value, in the words of a language; None where no cell can.

    Every cell is read as it will be, so that what is written is what will be read.
    """
    return next((cell for cell in _spelt(spec, value, lang) if _says(spec, cell, value)), None)


def label(of: Labelled, lang: Language) -> str:
    """A member of a closed list as people know it."""
    return pick(lang, of.zh, of.en)


def _says(spec: FieldSpec, cell: Cell, value: object) -> bool:
    if isinstance(cell, str) and (len(cell) > _LONGEST or _NOT_HELD.search(cell)):
        return False
    faults: list[Fault] = []
    try:
        read = settled(spec, excel_value(forms_of(spec), _stored(cell)), "", faults)
    except Unfit:
        return False
    return not faults and read == value and is_none(read) == is_none(value)


def _stored(cell: Cell) -> object:
    """A cell as a workbook gives it back: of a day, its midnight."""
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime(cell.year, cell.month, cell.day)
    return cell


def _spelt(spec: FieldSpec, value: Any, lang: Language) -> Iterator[Cell]:
    """How a value can be written, the plainest first."""
    if is_none(value):
        yield from (NONE_WORD[lang], NONE.value)
        return
    match spec.kind:
        case Kind.BOOLEAN:
            yield YES_NO[lang][not value]
        case Kind.INTEGER | Kind.DECIMAL:
            if abs(value) < _EXACT:
                yield value if isinstance(value, int) else float(value)
            yield f"{value:f}" if isinstance(value, Decimal) else str(value)
        case Kind.DATE | Kind.MOMENT:
            day = value.date() if isinstance(value, datetime) else value
            if day >= _FIRST_DAY:
                yield value
            yield str(value)
        case Kind.CHOICE:
            yield from _labels(value, lang)
        case Kind.CHOICES | Kind.CODES | Kind.BY_YEAR:
            yield from _listed(spec, value, lang)
        case _:
            yield from _texts(value, lang)


def _texts(value: str, lang: Language) -> Iterator[str]:
    """A text as it is, or kept from being taken for something else."""
    opens, closes = QUOTED
    yield value or NONE_WORD[lang]
    yield f"{APOSTROPHE}{value}"
    yield f"{opens}{value}{closes}"


def _labels(member: Labelled, lang: Language) -> tuple[str, ...]:
    return label(member, lang), member.zh, member.en, str(member.value)


def _listed(
    spec: FieldSpec, value: Iterable[Any] | Mapping[int, int], lang: Language
) -> Iterator[str]:
    if not value:
        yield NONE_WORD[lang]
    elif isinstance(value, Mapping):
        yield ";".join(f"{year}:{number}" for year, number in value.items())
    elif spec.choices is not None:
        members = [member for member in spec.choices if member in set(value)]
        for spelling in zip(*(_labels(member, lang) for member in members), strict=True):
            yield SEPARATOR[lang].join(spelling)
    else:
        codes = sorted(value)
        yield SEPARATOR[lang].join(codes)
        yield CODES_MARK + "".join(f"{CODE_OPENS}{code}{CODE_CLOSES}" for code in codes)
