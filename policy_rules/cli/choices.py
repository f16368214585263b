"""What the options say: a date, readings, parameters; faults are gathered, not raised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from ..facts import Fault
from ..facts.faults import FaultCode, quoted
from ..formats.choices import expected, parameter_value, unknown_name
from ..language import (
    CALENDAR,
    Parameter,
    RuleSet,
    WorkCalendar,
    WorkCalendarError,
)
from ..render.wording import is_share


def unknown_decision(rules: RuleSet, name: str | None) -> list[Fault]:
    """The fault of the name of a decision that there is not."""
    asked = (each.name for each in rules.definitions.values() if not each.inner)
    names = list(dict.fromkeys(asked))
    if name is None or name in names:
        return []
    return [unknown_name("--name", "认定事项", "decision", name, names)]


def readings_of(rules: RuleSet, given: Iterable[str], faults: list[Fault]) -> dict[str, str]:
    """The readings that `--reading NAME=OPTION` chooses."""
    chosen: dict[str, str] = {}
    for name, option in pairs("--reading", given, "NAME=OPTION", faults):
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
    for name, text in pairs("--set", given, "PARAMETER=VALUE", faults):
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
        if value is None or _lacks_its_sign(parameter, value, text):
            zh, en = expected(parameter.type) if value is None else _OF_SHARES
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


_OF_SHARES = (
    "比例，如 2/5、0.4、40%；大于 1 的须写百分号",
    "a share such as 2/5, 0.4 or 40%, in per cent where it is above 1",
)


def _lacks_its_sign(parameter: Parameter, value: object, text: str) -> bool:
    """Whether a share, such as 40%, is set to more than the whole without saying so: 40."""
    shares = [is_share(parameter, each) for _, each in parameter.values]
    above = isinstance(value, Fraction) and value > 1
    return above and bool(shares) and all(shares) and text[-1:] not in ("%", "％")


_CALENDAR = (
    f"应为 JSON 或其文件，如 {WorkCalendar.EXAMPLE}，或 china:2019-2021",
    f"expected JSON or a file of it, such as {WorkCalendar.EXAMPLE}, or china:2019-2021",
)
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
        zh = f"{_CALENDAR[0]}，读取不了 {quoted(text)}（{error.strerror}）"
        en = f"{_CALENDAR[1]}, cannot read {quoted(text)} ({error.strerror})"
    except (ValueError, RecursionError):
        zh, en = _CALENDAR
    faults.append(Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en))
    return None


def pairs(
    place: str, given: Iterable[str], form: str, faults: list[Fault]
) -> Iterator[tuple[str, str]]:
    """The names and values of an option that is written as the form; faults are added."""
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
