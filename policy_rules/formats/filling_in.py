"""How a column of a list is to be filled in: its heading, what it asks for, an example."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Final

from ..facts import Fact, FieldSpec, Kind
from ..facts.specs import MOST
from ..render.wording import Language, pick
from .headings import Recognition
from .written_cells import NONE_WORD, SEPARATOR, YES_NO, Cell, label, written_cell

_EXAMPLE_DAY: Final = date(2020, 1, 15)
_EXAMPLE_TIME: Final = datetime(2020, 1, 15, 8, 30)
_EXAMPLE_YEARS: Final = (2019, 2020)
_EXAMPLE_NUMBER: Final = 12
_LONGEST_CODE: Final = 18
_TEXT: Final = {"zh": "示例文字", "en": "some text"}


def heading_of(cls: type[Fact], spec: FieldSpec, lang: Language) -> str:
    """A heading that is read as this field, with its unit where it has one."""
    name = pick(lang, spec.zh, spec.en)
    known = Recognition(cls, None)
    spelt = (pick(lang, f"{name}（{hint}）", f"{name} ({hint})") for hint in _hints(spec, lang))
    return next(each for each in (*spelt, name, spec.name) if known.field(each) == spec.name)


def _hints(spec: FieldSpec, lang: Language) -> list[str]:
    if spec.unit is not None:
        return [pick(lang, spec.unit.zh, spec.unit.en)]
    if spec.required:
        return [pick(lang, "必填", "required")]
    return [pick(lang, "是/否", "yes/no")] if spec.kind is Kind.BOOLEAN else []


def note_of(spec: FieldSpec, classes: Mapping[str, type[Fact]], lang: Language) -> str:
    """What a column asks for, and how it is written."""
    if lang == "zh":
        meaning = f"{spec.meaning_zh}。" if spec.meaning_zh else f"{spec.meaning} "
        return meaning + "".join(_how_zh(spec, classes))
    return " ".join([spec.meaning, *_how_en(spec, classes)])


def _how_zh(spec: FieldSpec, classes: Mapping[str, type[Fact]]) -> list[str]:
    said = ["必填。"] if spec.required else []
    match spec.kind:
        case Kind.REFERENCE:
            said.append(f"填“{_list_named(spec, classes, 'zh')}”表中的编号。")
        case Kind.BOOLEAN:
            said.append("填“是”或“否”。")
        case Kind.INTEGER | Kind.DECIMAL:
            whole = spec.kind is Kind.INTEGER
            said.append("整数" if whole else f"至多 {spec.places} 位小数")
            said.append(
                (f"，单位：{spec.unit.zh}" if spec.unit else "") + _bounds(spec, "zh") + "。"
            )
        case Kind.DATE:
            said.append(f"日期，如 {_EXAMPLE_DAY}。")
        case Kind.MOMENT:
            said.append(f"日期和时间，如 {_EXAMPLE_TIME:%Y-%m-%d %H:%M}。")
        case Kind.CHOICE:
            said.append(f"选一项：{_options(spec, 'zh')}。")
        case Kind.CHOICES:
            said.append(f"可填多项，用“、”隔开：{_options(spec, 'zh')}。")
        case Kind.CODES:
            said.append("可填多个，用“、”隔开。")
        case Kind.BY_YEAR:
            said.append(f"每年一个数，如 {_years(spec)}" + _bounds(spec, "zh") + "。")
        case Kind.ID | Kind.TEXT:
            pass
    said += ["没有则填“无”。"] if _can_be_none(spec) else []
    return said


def _how_en(spec: FieldSpec, classes: Mapping[str, type[Fact]]) -> list[str]:
    said = ["Required."] if spec.required else []
    match spec.kind:
        case Kind.REFERENCE:
            said.append(f"An id of the sheet “{_list_named(spec, classes, 'en')}”.")
        case Kind.BOOLEAN:
            said.append("Yes or no.")
        case Kind.INTEGER | Kind.DECIMAL:
            whole = spec.kind is Kind.INTEGER
            form = "A whole number" if whole else f"A number with up to {spec.places} places"
            said.append(
                form + (f" of {spec.unit.en}" if spec.unit else "") + _bounds(spec, "en") + "."
            )
        case Kind.DATE:
            said.append(f"A date, such as {_EXAMPLE_DAY}.")
        case Kind.MOMENT:
            said.append(f"A date and time, such as {_EXAMPLE_TIME:%Y-%m-%d %H:%M}.")
        case Kind.CHOICE:
            said.append(f"One of: {_options(spec, 'en')}.")
        case Kind.CHOICES:
            said.append(f"Any of these, separated by semicolons: {_options(spec, 'en')}.")
        case Kind.CODES:
            said.append("One or more, separated by semicolons.")
        case Kind.BY_YEAR:
            said.append(f"One number for each year, as {_years(spec)}" + _bounds(spec, "en") + ".")
        case Kind.ID | Kind.TEXT:
            pass
    return [*said, "A hyphen says that there is none."] if _can_be_none(spec) else said


def _years(spec: FieldSpec) -> str:
    return ";".join(f"{year}:{_within(spec)}" for year in _EXAMPLE_YEARS)


def _can_be_none(spec: FieldSpec) -> bool:
    sets = (Kind.CHOICES, Kind.CODES, Kind.BY_YEAR)
    return spec.may_be_none or spec.may_be_empty or spec.kind in sets


def _list_named(spec: FieldSpec, classes: Mapping[str, type[Fact]], lang: Language) -> str:
    cls = classes.get(spec.target or "")
    return str(spec.target) if cls is None else pick(lang, cls.zh, cls.en)


def _options(spec: FieldSpec, lang: Language) -> str:
    return SEPARATOR[lang].join(label(member, lang) for member in spec.choices or ())


def _bounds(spec: FieldSpec, lang: Language) -> str:
    """The bounds of a number, where they are not the usual ones."""
    if (spec.minimum, spec.maximum) == (0, MOST):
        return ""
    return pick(lang, f"，{spec.minimum} 至 {spec.maximum}", f", {spec.minimum} to {spec.maximum}")


def options_of(spec: FieldSpec, lang: Language) -> list[str]:
    """What can be chosen from in a column; nothing where anything can be written."""
    if spec.kind is Kind.BOOLEAN:
        return [*YES_NO[lang]]
    found = [label(member, lang) for member in spec.choices or ()]
    return [*found, NONE_WORD[lang]] if found and _can_be_none(spec) else found


def example_of(
    cls: type[Fact], spec: FieldSpec, classes: Mapping[str, type[Fact]], lang: Language
) -> Cell | None:
    """A cell that would be read, with a value of the right kind."""
    return written_cell(spec, _example(cls, spec, classes, lang), lang)


def _example(
    cls: type[Fact], spec: FieldSpec, classes: Mapping[str, type[Fact]], lang: Language
) -> Any:
    members = [*(spec.choices or ())]
    match spec.kind:
        case Kind.ID | Kind.REFERENCE:
            collection = spec.target or cls.collection
            named = f"{classes[collection].zh}1" if lang == "zh" and collection in classes else ""
            return named if re.fullmatch(spec.pattern or "", named) else f"{collection}1"
        case Kind.TEXT:
            return _TEXT[lang]
        case Kind.BOOLEAN:
            return True
        case Kind.INTEGER:
            return _within(spec)
        case Kind.DECIMAL:
            return Decimal(_within(spec))
        case Kind.DATE:
            return _EXAMPLE_DAY
        case Kind.MOMENT:
            return _EXAMPLE_TIME
        case Kind.CHOICE:
            return members[0]
        case Kind.CHOICES:
            return frozenset(members[:2])
        case Kind.CODES:
            codes = ("1" * digits for digits in range(1, _LONGEST_CODE))
            return frozenset([c for c in codes if re.fullmatch(spec.pattern or "", c)][:1])
        case Kind.BY_YEAR:
            return dict.fromkeys(_EXAMPLE_YEARS, _within(spec))


def _within(spec: FieldSpec) -> int:
    low, high = spec.minimum, spec.maximum
    assert isinstance(low, int | Decimal)
    assert isinstance(high, int | Decimal)
    return int(min(max(_EXAMPLE_NUMBER, low), high))
