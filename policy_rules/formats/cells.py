"""Cells of CSV files and workbooks as the values of fields, by the forms that these take."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import cache
from typing import Final

from attrs import evolve

from ..facts import Fact, FieldSpec, Kind, fields_of
from ..facts.checks import Unfit
from .forms import (
    CODE_CLOSES,
    CODE_OPENS,
    CODES_MARK,
    DAMAGE,
    DECIMAL,
    FORMULA,
    NO_VALUE,
    NUMBER_LIKE,
    TOTAL,
    WHOLE,
    YEAR,
    Forms,
    clocks,
    folded,
    forms_of,
)
from .mapping import Mapping

CONVERTED = frozenset(Kind)
# What turns a cell into what a field takes, by the forms of the field.
Value = Callable[[Forms, object], object]

_NUMBER_LIKE: Final = re.compile(NUMBER_LIKE)
_NO_VALUE: Final = re.compile(NO_VALUE)
_FORMULA: Final = re.compile(FORMULA)
_TOTAL: Final = re.compile(TOTAL)
_WHOLE: Final = re.compile(WHOLE)
_DECIMAL: Final = re.compile(DECIMAL)
_YEAR: Final = re.compile(YEAR)


class YearCells(dict[int, object]):
    """The cells of a row that give the number of a year each."""


def reader(
    cls: type[Fact], mapping: Mapping | None, value: Value
) -> Callable[[FieldSpec, object], object]:
    """Give what turns the cells of a class into what its fields take.

    It raises `Unfit` for what is in none of the forms, or leaves it for the constructor to refuse.
    """
    forms = {
        name: forms_of(spec)
        if mapping is None
        else forms_of(spec, mapping.column(cls, spec), mapping.zone)
        for name, spec in fields_of(cls).items()
    }

    def found(spec: FieldSpec, cell: object) -> object:
        of = forms[spec.name]
        if isinstance(cell, YearCells):
            number = evolve(of, spec=evolve(spec, kind=Kind.INTEGER))
            years = {year: value(number, each) for year, each in cell.items()}
            return {year: each for year, each in years.items() if each is not None} or None
        return value(of, cell)

    return found


def cell_value(forms: Forms, cell: object) -> object:
    """Turn a text into what the field takes; leave what is none for the field to refuse.

    Raises `Unfit` for what the field would not know to refuse. Nothing is the empty text.
    """
    spec = forms.spec
    said = folded(cell, spec.kind) if isinstance(cell, str) else ""
    if said in forms.unknown:
        return None
    if spec.may_be_none and said in forms.nothing:
        return spec.none
    read = _READ.get(spec.kind)
    return said if read is None else read(forms, said)


def _identity(forms: Forms, said: str) -> object:
    if said in forms.nothing:
        return ""
    _refuse_no_value(said, _NO_VALUE, _FORMULA)
    if _TOTAL.fullmatch(said):
        raise Unfit(
            "编号", "an id", said, do_zh="合计不是列表的一行，请删去", do_en="remove the total"
        )
    if _NUMBER_LIKE.fullmatch(said):
        raise Unfit(
            "未被改成数字的编号",
            "an id that no program has made a number of",
            said,
            do_zh="数字已有缺失，请把该列设为文本后从原系统重新导出",
            do_en="digits are lost, so make the column a text and export it anew",
        )
    return _conventional(forms, said)


def _text(forms: Forms, said: str) -> object:
    if said in forms.nothing:
        return ""
    _refuse_no_value(said, _NO_VALUE)
    if DAMAGE in said:
        raise Unfit(
            "完整的文字",
            "a text without damage",
            said,
            do_zh="有的字在转码时已损坏，请从原系统重新导出",
            do_en="some characters were lost in another encoding, so export it anew",
        )
    return said


def _refuse_no_value(said: str, *of: re.Pattern[str]) -> None:
    if any(each.fullmatch(said) for each in of):
        raise Unfit(
            "单元格的值",
            "a value",
            said,
            do_zh="请改正公式或列宽后重新导出",
            do_en="correct the formula or the width of the column, and export it anew",
        )


def _boolean(forms: Forms, said: str) -> object:
    if said in forms.words:
        return forms.words[said]
    if not forms.own_words:
        raise Unfit("是或否", "yes or no", said, do_zh="请填是或否", do_en="give either")
    yes, no = (
        [f"`{word}`" for word, value in sorted(forms.words.items()) if value is wanted]
        for wanted in (True, False)
    )
    raise Unfit(
        f" {'、'.join(yes)}（是）或 {'、'.join(no)}（否）",
        f"{', '.join(yes)} for yes or {', '.join(no)} for no",
        said,
        do_zh="请改正，或在映射中补上",
        do_en="correct it, or add it to the mapping",
    )


def _integer(forms: Forms, said: str) -> object:
    return int(said.partition(".")[0]) if _WHOLE.fullmatch(said) else said


def _decimal(forms: Forms, said: str) -> object:
    return Decimal(said) if _DECIMAL.fullmatch(said) else said


def _day(forms: Forms, said: str) -> date | object:
    found = _moment(forms, said)
    return found.date() if isinstance(found, datetime) else found


def _moment(forms: Forms, said: str) -> datetime | object:
    for form in forms.dates:
        zone = clocks(forms.zone) if "offset" in form.parts else None
        if (found := form.moment(said, zone)) is not None:
            return found
    if not forms.mapping.dates:
        return said
    written = [f"`{form.written}`" for form in forms.dates]
    raise Unfit(
        f"写作 {'、'.join(written)} 的日期", f"a date that is written {' or '.join(written)}", said
    )


def _choice(forms: Forms, said: str) -> object:
    if said in forms.words:
        return forms.words[said]
    return _not_coded(forms, said)


def _not_coded(forms: Forms, said: str) -> str:
    """Refuse a word that a mapping does not have; leave others for the field to refuse."""
    if not forms.own_words:
        return said
    listed = [f"`{code}`" for code in forms.words]
    raise Unfit(
        f"下列代码之一：{'、'.join(listed)}",
        f"one of the codes {', '.join(listed)}",
        said,
        do_zh="请改正，或在映射中补上",
        do_en="correct it, or add it to the mapping",
    )


def _choices(forms: Forms, said: str) -> object:
    if said in forms.nothing:
        return []
    members = [_choice(forms, part) for part in _parts(forms, said)]
    return None if None in members else members


def _codes(forms: Forms, said: str) -> object:
    if said in forms.nothing:
        return []
    if said.startswith(CODES_MARK):
        return _bracketed(said.removeprefix(CODES_MARK), said)
    return [_conventional(forms, part) for part in _parts(forms, said)]


def _bracketed(rest: str, said: str) -> object:
    opens, closes = rest.startswith(CODE_OPENS), rest.endswith(CODE_CLOSES)
    if opens and closes:
        return rest[1:-1].split(CODE_CLOSES + CODE_OPENS)
    return said if rest else []


def _parts(forms: Forms, said: str) -> Iterable[str]:
    return (part.strip(" ") for part in _splitting(forms.separators).split(said))


@cache
def _splitting(separators: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, separators)))


def _conventional(forms: Forms, said: str) -> str:
    """Refuse a code that is not as a convention has it."""
    if forms.pattern is not None and not re.fullmatch(forms.pattern, said):
        preset = forms.mapping.preset
        assert preset is not None
        raise Unfit(preset.zh, f"a code as of `{preset.name}`: {preset.en}", said)
    return said


def _by_year(forms: Forms, said: str) -> object:
    if said in forms.nothing:
        return {}
    numbers: dict[int, int] = {}
    for part in _parts(forms, said):
        match = _YEAR.fullmatch(part)
        if match is None or int(match[1]) in numbers:
            raise Unfit(
                "每年一个数字，如 2018:1;2019:2",
                "one number for each year, such as 2018:1;2019:2",
                said,
            )
        numbers[int(match[1])] = int(match[2])
    return numbers


_READ: Final[dict[Kind, Callable[[Forms, str], object]]] = {
    Kind.ID: _identity,
    Kind.REFERENCE: _identity,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _day,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes,
    Kind.BY_YEAR: _by_year,
}
