"""CSV: the cells of a row as the values of fields."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..facts import FieldSpec, Kind
from ..facts.checks import Unfit
from .json_values import whole_number

CONVERTED = frozenset(Kind)
NOTHING = frozenset({"无", "-"})
YES_WORDS = frozenset({"true", "yes", "是", "1"})
NO_WORDS = frozenset({"false", "no", "否", "0"})
_YES_NO = {**dict.fromkeys(YES_WORDS, True), **dict.fromkeys(NO_WORDS, False)}
SEPARATORS = re.compile("[;；、|]")
_INTEGER = re.compile(r"[+-]?[0-9]+")
_YEAR = re.compile(r"([0-9]{4})\s*[:：]\s*([+-]?[0-9]+)")
_DAY = re.compile(
    r"(?P<iso>(\d{4})-(\d{2})-(\d{2}))|(\d{4})/(\d{1,2})/(\d{1,2})|(\d{4})(\d{2})(\d{2})"
    r"|(\d{4})年(\d{1,2})月(\d{1,2})日",
    re.ASCII,
)
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?", re.ASCII)
# Chinese input methods easily give full-width digits and signs.
_NARROW = str.maketrans("０１２３４５６７８９：／－＋", "0123456789:/-+")


def cell_value(spec: FieldSpec, cell: object) -> object:
    """Turn a cell into what the field takes; leave what is none for the field to refuse."""
    if not isinstance(cell, str) or not (text := cell.strip()):
        return None
    if spec.kind is Kind.CHOICES or spec.kind is Kind.CODES:
        return [] if text in NOTHING else [part.strip() for part in SEPARATORS.split(text)]
    if spec.may_be_empty and text in NOTHING:
        return ""
    if spec.kind is Kind.BOOLEAN:
        return _YES_NO.get(text.translate(_NARROW).lower(), text)
    if spec.kind is Kind.INTEGER:
        narrow = text.translate(_NARROW)
        return whole_number(narrow) if _INTEGER.fullmatch(narrow) else text
    if spec.kind is Kind.DATE:
        return _date(text.translate(_NARROW)) or text
    if spec.kind is Kind.MOMENT:
        return _moment(text.translate(_NARROW)) or text
    if spec.kind is Kind.BY_YEAR:
        return {} if text in NOTHING else _by_year(text)
    return text


def _date(text: str) -> date | None:
    match = _DAY.fullmatch(text)
    if match is None:
        return None
    year, month, day = (int(part) for part in match.groups() if part and part != match["iso"])
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _moment(text: str) -> datetime | None:
    day_text, _, time_text = text.replace("T", " ").partition(" ")
    day, time = _date(day_text), _TIME.fullmatch(time_text.strip())
    if day is None or time is None:
        return None
    hour, minute, second = (int(part or 0) for part in time.groups())
    try:
        return datetime(day.year, day.month, day.day, hour, minute, second)
    except ValueError:
        return None


def _by_year(text: str) -> dict[int, int]:
    numbers: dict[int, int] = {}
    for part in SEPARATORS.split(text.translate(_NARROW)):
        match = _YEAR.fullmatch(part.strip())
        if match is None or int(match[1]) in numbers:
            raise Unfit(
                "每年一个数字，如 2018:1;2019:2",
                "one number for each year, such as 2018:1;2019:2",
                text,
            )
        numbers[int(match[1])] = whole_number(match[2])
    return numbers
