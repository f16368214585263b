"""What an author gives a word must be of the right kind: else one clear error, where it stands.

The type checker sees most of it; authors need not run one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from ..facts import Fact, Unit
from .types import RuleTypeError

_T = TypeVar("_T")


def expect(value: object, kind: type[_T], en: str, zh: str) -> _T:
    """A value of a class; `en` and `zh` say what is expected."""
    if not isinstance(value, kind):
        raise RuleTypeError(f"expected {en}, found {value!r}", f"应为{zh}，实为 {value!r}")
    return value


def expect_text(value: object, en: str, zh: str) -> str:
    """A text."""
    return expect(value, str, f"{en} as a text", f"{zh}（文字）")


def expect_day(value: object, name: str) -> date:
    """A date, under a name."""
    if not isinstance(value, date) or isinstance(value, datetime):
        raise RuleTypeError(
            f"expected a date for `{name}`, found {value!r}", f"`{name}` 应为日期，实为 {value!r}"
        )
    return value


def expect_labels(value: object) -> tuple[str, str]:
    """A Chinese and an English text."""
    match value:
        case (str(zh), str(en)):
            return zh, en
    raise RuleTypeError(
        f'expected a Chinese and an English text, such as ("座", "seats"), found {value!r}',
        f"应为中文和英文各一，如 ('座', 'seats')，实为 {value!r}",
    )


def expect_unit(value: object) -> tuple[str, str]:
    """A unit, or what it is called in Chinese and English."""
    return (value.zh, value.en) if isinstance(value, Unit) else expect_labels(value)


def expect_name(value: object) -> str:
    """A name by which users ask for something."""
    if not isinstance(value, str) or not value.isidentifier():
        raise RuleTypeError(
            "expected a name of letters, digits and underscores, such as `room_class`, "
            f"found {value!r}",
            f"名称应由字母、数字和下划线组成，如 `room_class`，实为 {value!r}",
        )
    return value


def expect_fact_class(value: object) -> type[Fact]:
    """A class of facts."""
    if not isinstance(value, type) or not issubclass(value, Fact):
        raise RuleTypeError(
            f"expected a class of facts, such as `Room`, found {value!r}",
            f"应为事实的类，如 `Room`，实为 {value!r}",
        )
    return value


def expect_list(value: object, kind: type[_T], name: str) -> Sequence[_T]:
    """A list of objects of a class, under a name."""
    if not isinstance(value, Sequence) or not all(isinstance(each, kind) for each in value):
        raise RuleTypeError(
            f"expected `{name}` as a list of `{kind.__name__}`, found {value!r}",
            f"`{name}` 应为 `{kind.__name__}` 的列表，实为 {value!r}",
        )
    return value


def expect_mapping(value: object, name: str) -> Mapping[Any, Any]:
    """A mapping, under a name."""
    if not isinstance(value, Mapping):
        raise RuleTypeError(
            f"expected `{name}` as a mapping, found {value!r}", f"`{name}` 应为映射，实为 {value!r}"
        )
    return value
