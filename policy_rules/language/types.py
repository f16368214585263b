"""The types of expressions, checked when a node is built."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from functools import cache
from numbers import Rational
from typing import Final

from attrs import frozen

from ..facts import FieldSpec, Kind, Labelled
from .recurrences import Recurrence
from .work_calendars import WorkCalendar


class RuleTypeError(TypeError):
    """A rule is built from parts that do not fit together; the message says which.

    `en` and `zh` say so in English and Chinese.
    """

    def __init__(self, en: str, zh: str) -> None:
        super().__init__(en)
        self.en = en
        self.zh = zh


@frozen
class Type:
    """The type of an expression: its name and, for choices and sets of them, their enumeration."""

    name: str
    choices: type[Labelled] | None = None

    def __str__(self) -> str:
        return f"{self.name} of {self.choices.__name__}" if self.choices else self.name


BOOLEAN: Final = Type("boolean")
INTEGER: Final = Type("integer")
RATIONAL: Final = Type("rational")
DATE: Final = Type("date")
MOMENT: Final = Type("moment")
TEXT: Final = Type("text")
TEXTS: Final = Type("set of texts")
BY_YEAR: Final = Type("numbers by year")
RECURRENCE: Final = Type("recurrence")
CALENDAR: Final = Type("calendar of working days")
NUMERIC: Final = (INTEGER, RATIONAL)
ORDERED: Final = (*NUMERIC, DATE, MOMENT)


@cache
def choice_of(choices: type[Labelled]) -> Type:
    """The type of one member of an enumeration."""
    return Type("choice", choices)


@cache
def set_of(choices: type[Labelled]) -> Type:
    """The type of a closed set of members of an enumeration."""
    if not isinstance(choices, type) or not issubclass(choices, Labelled):
        raise RuleTypeError(
            f"expected an enumeration, such as `Colour`, found {choices!r}",
            f"应为枚举，如 `Colour`，实为 {choices!r}",
        )
    return Type("set", choices)


_OF_KIND: Final = {
    Kind.ID: TEXT,
    Kind.REFERENCE: TEXT,
    Kind.TEXT: TEXT,
    Kind.BOOLEAN: BOOLEAN,
    Kind.INTEGER: INTEGER,
    Kind.DECIMAL: RATIONAL,
    Kind.DATE: DATE,
    Kind.MOMENT: MOMENT,
    Kind.CODES: TEXTS,
    Kind.BY_YEAR: BY_YEAR,
}


def type_of_field(spec: FieldSpec) -> Type:
    """The type of the expression that reads this field."""
    if spec.choices is None:
        return _OF_KIND[spec.kind]
    return (choice_of if spec.kind is Kind.CHOICE else set_of)(spec.choices)


_OF_ANNOTATION: Final[dict[type, Type]] = {
    bool: BOOLEAN,
    int: INTEGER,
    Fraction: RATIONAL,
    Decimal: RATIONAL,
    date: DATE,
    str: TEXT,
    Recurrence: RECURRENCE,
    WorkCalendar: CALENDAR,
}


def type_of_annotation(annotation: Type | type) -> Type:
    """The type that a definition declares: `bool`, `int`, `date`, an enumeration or a `Type`."""
    if isinstance(annotation, Type):
        return annotation
    if not isinstance(annotation, type):
        raise RuleTypeError(
            f"expected a type such as `int`, `bool` or an enumeration, found {annotation!r}",
            f"应为类型，如 `int`、`bool` 或枚举，实为 {annotation!r}",
        )
    if issubclass(annotation, Labelled):
        return choice_of(annotation)
    if annotation not in _OF_ANNOTATION:
        raise RuleTypeError(
            f"no expression has the type `{annotation.__name__}`",
            f"没有类型为 `{annotation.__name__}` 的表达式",
        )
    return _OF_ANNOTATION[annotation]


def type_of_value(value: object) -> Type:
    """The type of a literal value; floats have none, since decisions use exact numbers only."""
    match value:
        case bool():
            return BOOLEAN
        case int():
            return INTEGER
        case float():
            raise RuleTypeError(
                f"{value!r} is not exact: write a whole number, "
                f'`Decimal("{value!r}")` or a Fraction',
                f'{value!r} 不是精确数：请写整数、`Decimal("{value!r}")` 或 Fraction',
            )
        case Decimal() if not value.is_finite():
            raise RuleTypeError(f"{value!r} is no number", f"{value!r} 不是数")
        case Rational() | Decimal():
            return RATIONAL
        case datetime():
            return MOMENT
        case date():
            return DATE
        case str():
            return TEXT
        case Labelled():
            return choice_of(type(value))
        case Recurrence():
            return RECURRENCE
        case WorkCalendar():
            return CALENDAR
        case frozenset() if len(kinds := {type_of_value(member) for member in value}) == 1:
            (kind,) = kinds
            return set_of(kind.choices) if kind.choices else TEXTS
    raise RuleTypeError(f"{value!r} cannot stand in a rule", f"{value!r} 不能写入规则")


# How values are written that are no plain ones of Python.
_WRITTEN: Final = {
    RECURRENCE: '`Recurrence("FREQ=MONTHLY")`',
    CALENDAR: '`WorkCalendar.parse({"2021": {"off": ["2021-10-01/2021-10-07"]}})`',
    DATE: "`date(2021, 10, 1)`",
}


def check_value(name: str, kind: Type, value: object) -> None:
    """Refuse a value that does not have the parameter's type."""
    if value == frozenset() and (kind.name == "set" or kind == TEXTS):
        return
    written = _WRITTEN.get(kind)
    try:
        found = type_of_value(value)
    except RuleTypeError:
        if written is None:
            raise
        found = None
    if found != kind and not (kind == RATIONAL and found == INTEGER):
        do_en, do_zh = (f"; write {written}", f"；请写 {written}") if written else ("", "")
        raise RuleTypeError(
            f"parameter `{name}` is {kind}, found {value!r}{do_en}",
            f"参数 `{name}` 的类型为 {kind}，实为 {value!r}{do_zh}",
        )
