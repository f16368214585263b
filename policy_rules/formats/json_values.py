"""JSON: loading its text, its values as those of fields, and back."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from ..facts import NONE, Fact, Fault, FieldSpec, Kind, Labelled, is_none, known_fields
from ..facts.checks import Unfit
from ..facts.faults import FaultCode
from .decoding import RepeatedKeys

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?")
_DECIMAL = re.compile(r"-?[0-9]{1,18}(\.[0-9]{1,18})?")
_YEAR = re.compile(r"[0-9]{4}")
# Python refuses to convert longer numbers; no field takes one of even this length.
_DIGITS = 100
_HUGE: int = 10**_DIGITS

CONVERTED = frozenset({Kind.DECIMAL, Kind.DATE, Kind.MOMENT, Kind.BY_YEAR})


# What Python's reader says of JSON that cannot be read.
_WRONG_JSON: Final = {
    "Expecting ',' delimiter": "缺少逗号或右括号",
    "Expecting ':' delimiter": "缺少冒号",
    "Expecting value": "缺少值，或此处的内容不是值",
    "Expecting property name enclosed in double quotes": "缺少双引号中的键名",
    "Extra data": "其后有多余的内容",
    "Unterminated string starting at": "引号没有配对",
    "Invalid control character at": "文字中有控制字符",
    "Illegal trailing comma before end of object": "右括号前有多余的逗号",
    "Illegal trailing comma before end of array": "右括号前有多余的逗号",
}


def _in_chinese(message: str) -> str:
    """What is wrong with JSON; a message that is not known stays as it is."""
    if message.startswith("Invalid \\"):
        return "反斜杠后的写法有误"
    return _WRONG_JSON.get(message, message)


def loaded(text: str, place: str, faults: list[Fault]) -> object:
    """Give the value of a JSON text, or add to `faults` and give None."""
    if not text.strip():
        faults.append(
            Fault(
                place=place,
                code=FaultCode.UNREADABLE_FILE,
                zh="应为 JSON 对象，实为空文件；请重新导出",
                en="expected a JSON object, found an empty file; export it again",
            )
        )
        return None
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_int=whole_number, parse_float=exact_number
        )
    except json.JSONDecodeError as error:
        at = f"{error.lineno}:{error.colno}"
        faults.append(
            Fault(
                place=place,
                code=FaultCode.UNREADABLE_FILE,
                zh=f"应为 JSON，第 {error.lineno} 行第 {error.colno} 列有误"
                f"（{_in_chinese(error.msg)}）；请改正，如文件不完整请重新导出",
                en=f"expected JSON, found an error at {at} ({error.msg}); "
                "correct it, or export it again if it is cut off",
            )
        )
    except RecursionError:
        faults.append(
            Fault(
                place=place,
                code=FaultCode.UNREADABLE_FILE,
                zh="嵌套过深；请按文档格式改正",
                en="expected a facts document, found too deep a nesting; correct it",
            )
        )
    return None


def whole_number(digits: str) -> int:
    """Give the number that is written, or for one beyond all bounds, one beyond all bounds."""
    if len(digits) <= _DIGITS:
        return int(digits)
    return -_HUGE if digits.startswith("-") else _HUGE


def exact_number(text: str) -> Decimal:
    """Give the number that is written, with all its digits; for one beyond all bounds, none."""
    try:
        return Decimal(text)
    except InvalidOperation:  # an exponent of twenty digits
        return Decimal("NaN")


def json_value(spec: FieldSpec, value: object) -> object:
    """Turn a JSON value into what the field takes; leave what is none for the field to refuse."""
    if spec.kind is Kind.BY_YEAR:
        return _years(value)
    if not isinstance(value, str):
        return value
    if spec.kind is Kind.DECIMAL:
        return Decimal(value) if _DECIMAL.fullmatch(value) else value
    try:
        if spec.kind is Kind.DATE and _DATE.fullmatch(value):
            return date.fromisoformat(value)
        if spec.kind is Kind.MOMENT and _MOMENT.fullmatch(value):
            return datetime.fromisoformat(value)
    except ValueError:
        return value
    return value


def json_row(fact: Fact) -> dict[str, object]:
    """Give a fact as a JSON object; unknown fields are left out."""
    return {name: written(value) for name, value in known_fields(fact).items()}


def _object(pairs: list[tuple[str, object]]) -> dict[str, object]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    counts = Counter(key for key, _ in pairs)
    return RepeatedKeys(pairs, [key for key, count in counts.items() if count > 1])


def _years(value: object) -> object:
    if isinstance(value, RepeatedKeys):
        raise Unfit("每年一个数字", "one number for each year", value.repeated[0])
    if not isinstance(value, Mapping):
        return value
    return {
        int(year) if isinstance(year, str) and _YEAR.fullmatch(year) else year: number
        for year, number in value.items()
    }


def written(value: object) -> object:
    """Give the value of a field as JSON has it."""
    if is_none(value):
        return NONE.value
    if isinstance(value, Labelled):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)  # JSON's own numbers are read as floats by most programs
    if isinstance(value, Mapping):
        return {str(year): number for year, number in value.items()}
    if isinstance(value, frozenset):
        if value and isinstance(first := next(iter(value)), Labelled):
            return [member.value for member in type(first) if member in value]
        return sorted(value)
    return value
