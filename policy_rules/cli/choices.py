"""What the options say: a date, readings, parameters; faults are gathered, not raised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import date
from difflib import get_close_matches
from fractions import Fraction
from pathlib import Path
from unicodedata import normalize

from ..facts import Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode, quoted
from ..facts.specs import EARLIEST, LATEST
from ..formats.forms import NOTHING
from ..language import (
    BOOLEAN,
    CALENDAR,
    DATE,
    INTEGER,
    RATIONAL,
    RECURRENCE,
    TEXTS,
    Parameter,
    Recurrence,
    RuleSet,
    Type,
    WorkCalendar,
    WorkCalendarError,
)
from ..language.recurrences import WORDS

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


def unknown_decision(rules: RuleSet, name: str | None) -> list[Fault]:
    """The fault of the name of a decision that there is not."""
    asked = (each.name for each in rules.definitions.values() if not each.inner)
    names = list(dict.fromkeys(asked))
    if name is None or name in names:
        return []
    return [unknown_name("--name", "认定事项", "decision", name, names)]


def subject_of(facts: Facts, key: str, option: str = "--subject") -> Fact:
    """The fact that has a key, which an option names. Raises FactError where there is none."""
    by_key = {fact.key: fact for fact in facts}
    if key in by_key:
        return by_key[key]
    ends = [each for each in by_key if each.partition("/")[2] == key]
    close = ends[:1] or get_close_matches(key, by_key, 1)
    raise FactError(
        [
            Fault(
                place=option,
                code=FaultCode.WRONG_USAGE,
                zh=f"没有事实 {quoted(key)}；"
                + (f"是否指 `{close[0]}`？" if close else "应为文件中的键，如 `stations/编号`"),
                en=f"there is no fact {quoted(key)}; "
                + (
                    f"did you mean `{close[0]}`?"
                    if close
                    else "give a key of the document, such as `stations/ID`"
                ),
            )
        ]
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


def readings_of(rules: RuleSet, given: Iterable[str], faults: list[Fault]) -> dict[str, str]:
    """The readings that `--reading NAME=OPTION` chooses."""
    chosen: dict[str, str] = {}
    for name, option in _pairs("--reading", given, "NAME=OPTION", faults):
        reading = rules.readings.get(name)
        if reading is None:
            faults.append(unknown_name("--reading", "口径", "reading", name, rules.readings))
            continue
        options = [each.name for each in reading.options]
        if option in options:
            chosen[name] = option
        else:
            place = f"--reading {name}"
            faults.append(unknown_name(place, "选项", "option", option, options))
    return chosen


def parameters_of(rules: RuleSet, given: Iterable[str], faults: list[Fault]) -> dict[str, object]:
    """The parameters that `--set PARAMETER=VALUE` sets."""
    values: dict[str, object] = {}
    for name, text in _pairs("--set", given, "PARAMETER=VALUE", faults):
        parameter = rules.parameters.get(name)
        if parameter is None:
            faults.append(unknown_name("--set", "参数", "parameter", name, rules.parameters))
            continue
        if parameter.type == CALENDAR:
            calendar = _calendar(text, f"--set {name}", faults)
            if calendar is not None:
                values[name] = calendar
            continue
        value = parameter_value(parameter, text)
        if value is None:
            zh, en = _expected(parameter.type)
            faults.append(
                Fault(
                    place=f"--set {name}",
                    code=FaultCode.WRONG_USAGE,
                    zh=f"应为{zh}，实为 {quoted(text)}",
                    en=f"expected {en}, found {quoted(text)}",
                )
            )
        else:
            values[name] = value
    return values


_OF_CHINA = re.compile(r"china:([0-9]{4})(?:-([0-9]{4}))?")


def _calendar(text: str, place: str, faults: list[Fault]) -> WorkCalendar | None:
    """The calendar of working days that JSON gives, here or in a file, or a library for China."""
    try:
        of_china = _OF_CHINA.fullmatch(text)
        if of_china is not None:
            from ..formats.days_of_china import days_of_china

            first, last = of_china[1], of_china[2] or of_china[1]
            return days_of_china(range(int(first), int(last) + 1))
        inline = text.lstrip().startswith("{")
        written = text if inline else Path(text).read_text("utf-8-sig")
        return WorkCalendar.parse(json.loads(written))
    except WorkCalendarError as error:
        zh, en = error.zh, str(error)
    except OSError as error:
        zh = f"读取不了 {quoted(text)}（{error.strerror}）"
        en = f"cannot read {quoted(text)} ({error.strerror})"
    except (ValueError, RecursionError):
        form = WorkCalendar.EXAMPLE
        zh = f"应为 JSON 或其文件，如 {form}，或 china:2019-2021"
        en = f"expected JSON or a file of it, such as {form}, or china:2019-2021"
    faults.append(Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en))
    return None


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


def _expected(kind: Type) -> tuple[str, str]:
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


def _pairs(
    place: str, given: Iterable[str], form: str, faults: list[Fault]
) -> Iterator[tuple[str, str]]:
    seen: set[str] = set()
    for each in given:
        name, equals, value = each.partition("=")
        if not (name and equals):
            faults.append(
                Fault(
                    place=place,
                    code=FaultCode.WRONG_USAGE,
                    zh=f"应为 {form}，实为 {quoted(each)}",
                    en=f"expected {form}, found {quoted(each)}",
                )
            )
        elif name in seen:
            faults.append(
                Fault(
                    place=place,
                    code=FaultCode.WRONG_USAGE,
                    zh=f"`{name}` 给出不止一次；请只保留一个",
                    en=f"`{name}` is given more than once; keep one",
                )
            )
        else:
            seen.add(name)
            yield name, value
