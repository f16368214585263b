"""What is chosen in words, by those who ask: names, days, and the values of parameters."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from unicodedata import normalize

from ..facts import Fault
from ..facts.faults import FaultCode, quoted
from ..facts.specs import EARLIEST, LATEST
from ..language import (
    BOOLEAN,
    DATE,
    INTEGER,
    RATIONAL,
    RECURRENCE,
    TEXTS,
    Parameter,
    Recurrence,
    Type,
)
from ..language.recurrences import WORDS
from .forms import NOTHING

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# No figure of a directive is longer, and Python refuses to print very long ones.
_WHOLE = re.compile(r"[+-]?[0-9]{1,18}")
_FRACTION = re.compile(r"[+-]?[0-9]{1,18}/[0-9]{1,18}")
_DECIMAL = re.compile(r"([+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?)(%?)")
_YES_NO = {"true": True, "yes": True, "是": True, "false": False, "no": False, "否": False}


def listed(names: Iterable[str]) -> str:
    """Names one after the other, as the messages have them."""
    return ", ".join(f"`{name}`" for name in names)


def unknown_name(place: str, zh: str, en: str, name: str, known: Iterable[str]) -> Fault:
    """The fault of a name that there is not; `zh` and `en` say of what."""
    names = list(known)
    close = get_close_matches(name, names, 1)
    shown = listed(names)
    return Fault(
        place=place,
        code=FaultCode.WRONG_USAGE,
        zh=f"没有{zh} {quoted(name)}；"
        + (f"是否指 `{close[0]}`？" if close else "")
        + (f"现有 {shown}" if names else "一个也没有"),
        en=f"there is no {en} {quoted(name)}; "
        + (f"did you mean `{close[0]}`? " if close else "")
        + (f"there are {shown}" if names else "there are none"),
    )


def day_of(text: str, place: str, faults: list[Fault]) -> date | None:
    """The date that is written."""
    try:
        day = date.fromisoformat(text) if _DATE.fullmatch(text) else None
    except ValueError:
        day = None
    if day is None or not EARLIEST <= day <= LATEST:
        faults.append(
            Fault(
                place=place,
                code=FaultCode.WRONG_USAGE,
                zh=f"应为 {EARLIEST} 至 {LATEST} 的日期，如 2019-09-01，实为 {quoted(text)}",
                en=f"expected a date from {EARLIEST} to {LATEST} such as 2019-09-01, "
                f"found {quoted(text)}",
            )
        )
        return None
    return day


def parameter_value(parameter: Parameter, text: str) -> object:
    """The value that a text stands for, or None where it is none of the parameter's type."""
    kind = parameter.type
    if kind.choices is not None:
        if kind.name == "set" and text.strip() in NOTHING:
            return frozenset()
        members = _members(text) if kind.name == "set" else [text.strip()]
        spellings = kind.choices.spellings()
        found = [spellings.get(member) for member in members]
        if not found or None in found:
            return None
        return frozenset(found) if kind.name == "set" else found[0]
    if kind == INTEGER:
        narrow = normalize("NFKC", text).strip()
        return int(narrow) if _WHOLE.fullmatch(narrow) else None
    if kind == RATIONAL:
        return _rational(normalize("NFKC", text).strip())
    if kind == DATE:
        return day_of(text, "", [])
    if kind == RECURRENCE:
        return _recurrence(text)
    if kind == BOOLEAN:
        return _YES_NO.get(text.strip().lower())
    if kind == TEXTS:
        return frozenset() if text.strip() in NOTHING else frozenset(_members(text)) or None
    return text


def _rational(text: str) -> Fraction | None:
    """What a whole number, a fraction, a decimal or a percentage says, to the last digit."""
    if _FRACTION.fullmatch(text):
        whole, _, divisor = text.partition("/")
        return Fraction(int(whole), int(divisor)) if int(divisor) else None
    written = _DECIMAL.fullmatch(text)
    if written is None:
        return None
    return Fraction(written[1]) / (100 if written[2] else 1)


def _recurrence(text: str) -> Recurrence | None:
    try:
        return Recurrence.parse(text)
    except ValueError:
        return None


def _members(text: str) -> list[str]:
    return [part.strip() for part in re.split("[,，、;；]", text) if part.strip()]


def expected(kind: Type) -> tuple[str, str]:
    """What a value of a type is, in Chinese and English, to those who write one."""
    if kind.choices is not None:
        values = listed(member.value for member in kind.choices)
        if kind.name == "set":
            return (
                f"用逗号分隔的 {values}，没有的写“无”",
                f"one or more of {values}, separated by commas, or `-` for none",
            )
        return f"{values} 之一", f"one of {values}"
    return {
        INTEGER: ("整数", "a whole number"),
        RATIONAL: (
            "整数、分数、小数或百分数，如 2/5、0.4、40%",
            "a whole number, a fraction, a decimal or a percentage such as 2/5, 0.4 or 40%",
        ),
        DATE: ("日期，如 2019-09-01", "a date such as 2019-09-01"),
        BOOLEAN: ("是或否，即 true 或 false", "yes or no, that is true or false"),
        RECURRENCE: (
            f"周期：{'、'.join(zh for zh, _ in WORDS.values())}，"
            "或 RFC 5545 的规则，如 `FREQ=WEEKLY;BYDAY=TU,TH`",
            f"how often: {', '.join(en for _, en in WORDS.values())}, or a rule of RFC 5545 "
            "such as `FREQ=WEEKLY;BYDAY=TU,TH`",
        ),
    }.get(kind, ("用逗号分隔的文字", "texts separated by commas"))
