"""What is wrong with given facts: one fault per line, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Set
from datetime import date
from typing import Literal

import attrs

_SHOWN_CHARACTERS = 60
_ROW = re.compile(r" row (\d+)$")


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong.

    `place` is where: `Station`, `facts.json: stations[3]`, `stations.csv row 5`. `field` is the
    field's name, or empty when the whole place is at fault. `zh` and `en` say in one line what
    was expected, what was found, and what to do.
    """

    place: str
    field: str = ""
    zh: str
    en: str

    def text(self, lang: Literal["zh", "en"] = "en") -> str:
        """Give the fault as one line in Chinese (`zh`) or English (`en`)."""
        row = _ROW.search(self.place)
        if lang == "zh":
            place = _ROW.sub(r" 第\1行", self.place)
            return f"{_joined(place, '，' if row else '.', self.field)}：{self.zh}"
        return f"{_joined(self.place, ', ' if row else '.', self.field)}: {self.en}"


class FactError(ValueError):
    """Facts that cannot be accepted; `faults` holds everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Literal["zh", "en"] = "en") -> str:
        """Give one line per fault in Chinese (`zh`) or English (`en`)."""
        return "\n".join(fault.text(lang) for fault in self.faults)


def shown(value: object) -> tuple[str, str]:
    """Describe a value that was found, in Chinese and English, in at most about 60 characters.

    What is not Chinese begins with a space, as is usual within a Chinese sentence.
    """
    if value is None:
        return "空值", "nothing"
    if isinstance(value, bool):
        return (" true", "true") if value else (" false", "false")
    if isinstance(value, int):
        if value.bit_length() > 200:
            # Python refuses to print integers of more than 4300 digits.
            return "过大的数", "a number too large to show"
        return f" {value}", str(value)
    if isinstance(value, str):
        text = quoted(value)
        return f" {text}", text
    if isinstance(value, float):
        text = "NaN" if value != value else repr(value)
        return f" {text}", text
    if isinstance(value, date):
        text = value.isoformat()
        return f" {text}", text
    if isinstance(value, Mapping):
        return "一个对象", "an object"
    if isinstance(value, (list, tuple, Set)):
        return "一个列表", "a list"
    return "其他类型的值", "a value of another type"


def quoted(text: str) -> str:
    """Put a text into quotation marks: shortened, unprintable characters escaped."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """Give a text as it can be shown anywhere: shortened, unprintable characters escaped."""
    short = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in short)


def _joined(place: str, separator: str, field: str) -> str:
    return f"{place}{separator}{field}" if field else place
