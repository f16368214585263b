"""What a field accepts: the full check of one value, which also gives it its normal form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Set
from datetime import date, datetime
from decimal import Context, Decimal
from functools import cache
from types import MappingProxyType
from typing import Final

from .faults import Fault, FaultCode
from .faults import found as given
from .labelled import Labelled
from .nothing import NONE, WORD, is_none
from .specs import EARLIEST, LATEST, MOST_DIGITS, MOST_PLACES, FieldSpec, Kind

# Whatever the program has set for its own decimals.
_EXACT = Context(prec=MOST_DIGITS + MOST_PLACES)


class Unfit(Exception):
    """A value that a field cannot have: what was expected and what to do about it."""

    def __init__(
        self, zh: str, en: str, found: object, *, do_zh: str = "请改正", do_en: str = "correct it"
    ) -> None:
        super().__init__()
        self.found = given(found)
        self.zh = f"应为{zh}，实为{{found}}；{do_zh}"
        self.en = f"expected {en}, found {{found}}; {do_en}"


# Blanks, which are taken off both ends of a text: tabs, ends of lines, those that do not break,
# those as wide as a Chinese character.
BLANKS: Final = (
    " \t\n\r\x0b\x0c\x85\xa0\u1680"
    "\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)


def settled(spec: FieldSpec, value: object, place: str, faults: list[Fault]) -> object:
    """Check one value and give it in its normal form, or add to `faults` and give None."""
    if value is None:
        if spec.required:
            faults.append(missing(spec, place))
        return None
    try:
        if is_none(value) or (value == WORD and spec.may_be_none and not spec.may_be_empty):
            return _none(spec)
        return _SETTLERS[spec.kind](spec, value)
    except Unfit as unfit:
        faults.append(fault_of(unfit, spec, place))
        return None


def _none(spec: FieldSpec) -> object:
    if spec.none is None:
        raise Unfit(
            "一个值：该项不会没有",
            "a value, since this field is not declared as one that may be none",
            NONE,
        )
    return spec.none


def missing(spec: FieldSpec, place: str) -> Fault:
    """Give the fault of a field that must be known and is not."""
    return Fault(
        place=place,
        field=spec.name,
        code=FaultCode.MISSING_VALUE,
        zh=f"缺少{spec.zh}；请填写",
        en=f"expected the {spec.en}, found nothing; give it",
    )


def fault_of(unfit: Unfit, spec: FieldSpec, place: str) -> Fault:
    """Give the fault of an unfit value; what may be unknown may be left out."""
    zh, en = unfit.zh, unfit.en
    if not spec.required:
        zh, en = f"{zh}，不详则不填", f"{en}, or leave it out if unknown"
    if spec.may_be_none and not spec.may_be_empty:
        zh, en = f"{zh}，没有则填“无”", f"{en}, and write `{WORD}` if there is none"
    return Fault(
        place=place,
        field=spec.name,
        code=FaultCode.UNREADABLE_VALUE,
        found=unfit.found,
        zh=zh,
        en=en,
    )


def nearest(word: str, words: Iterable[str]) -> list[str]:
    """Give the one of `words` that `word` was probably meant to be, or an empty list."""
    # Only needed when something is wrong, and not light to import.
    from difflib import get_close_matches

    return get_close_matches(word, list(words), 1)


def _identity(spec: FieldSpec, value: object) -> str:
    if isinstance(value, str) and _pattern(spec).fullmatch(value):
        return str(value)
    if spec.may_be_empty and value == "":
        return ""
    number = isinstance(value, int) and not isinstance(value, bool)
    raise Unfit(
        "文字，1 至 64 个字符，不含空白、斜杠和不可见字符",
        "a text of 1 to 64 characters without white space, slashes or invisible characters",
        value,
        do_zh="请加引号" if number else "请改正",
        do_en="put it in quotation marks" if number else "correct it",
    )


def _text(spec: FieldSpec, value: object) -> str:
    if isinstance(value, str) and (value.strip() or (spec.may_be_empty and not value)):
        return _whole(value.strip(BLANKS))
    raise Unfit("非空白的文字", "a text that is not blank", value)


def _whole(text: str) -> str:
    """The text, unless it holds half of a character, which no file or database takes."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Unfit("完整的字符", "whole characters", text) from None
    return str(text)


def _boolean(spec: FieldSpec, value: object) -> bool:
    if isinstance(value, bool):
        return value
    raise Unfit(
        " true 或 false", "true or false", value, do_zh="请填 true 或 false", do_en="give either"
    )


def _integer(spec: FieldSpec, value: object) -> int:
    low, high = spec.minimum, spec.maximum
    assert isinstance(low, int)
    assert isinstance(high, int)
    if isinstance(value, int) and not isinstance(value, bool) and low <= value <= high:
        return int(value)
    unit = spec.unit
    if unit is None:
        do_zh, do_en = f"请填{spec.zh}", f"give the {spec.en}"
    else:
        do_zh, do_en = f"请填{spec.zh}（{unit.zh}）", f"give the {spec.en} in {unit.en}"
        if unit.en in spec.en:
            do_en = f"give the count of {spec.en}"
    raise Unfit(
        f" {low} 至 {high} 的整数",
        f"a whole number from {low} to {high}",
        value,
        do_zh=do_zh,
        do_en=do_en,
    )


def _decimal(spec: FieldSpec, value: object) -> Decimal:
    low, high, places = spec.minimum, spec.maximum, spec.places
    assert isinstance(low, Decimal)
    assert isinstance(high, Decimal)
    assert places is not None
    number = Decimal(value) if type(value) is int else value
    if isinstance(number, Decimal) and number.is_finite() and low <= number <= high:
        rounded = number.quantize(Decimal((0, (1,), -places)), context=_EXACT)
        if rounded == number:
            return rounded.copy_abs() if number.is_zero() else rounded
    do_zh = f"请填{spec.zh}" + (f"（{spec.unit.zh}）" if spec.unit else "")
    do_en = f"give the {spec.en}" + (f" in {spec.unit.en}" if spec.unit else "")
    if isinstance(value, float):
        do_zh, do_en = f'请写 Decimal("{value}")', f'write `Decimal("{value}")`'
    raise Unfit(
        f" {low:f} 至 {high:f} 的数，小数至多 {places} 位",
        f"a number from {low:f} to {high:f} with at most {places} decimal places",
        value,
        do_zh=do_zh,
        do_en=do_en,
    )


def _date(spec: FieldSpec, value: object) -> date:
    if isinstance(value, date) and not isinstance(value, datetime) and EARLIEST <= value <= LATEST:
        return value if type(value) is date else date(value.year, value.month, value.day)
    raise Unfit(
        f" {EARLIEST} 至 {LATEST} 的日期",
        f"a date from {EARLIEST} to {LATEST}",
        value,
        do_zh="请填如 2019-07-16 的日期",
        do_en="give a date such as 2019-07-16",
    )


def _moment(spec: FieldSpec, value: object) -> datetime:
    if (
        isinstance(value, datetime)
        and value.tzinfo is None
        and value.microsecond == 0
        and EARLIEST.year <= value.year <= LATEST.year
    ):
        return value
    raise Unfit(
        f" {EARLIEST} 至 {LATEST} 的当地时间，精确到秒，不带时区",
        f"a local date and time from {EARLIEST} to {LATEST}, to the second and without time zone",
        value,
        do_zh="请填如 2019-07-16T08:30 的时间",
        do_en="give one such as 2019-07-16T08:30",
    )


def _choice(spec: FieldSpec, value: object) -> Labelled:
    assert spec.choices is not None
    spellings = spec.choices.spellings()
    if isinstance(value, (str, Labelled)) and (member := spellings.get(value)) is not None:
        return member
    zh = "、".join(f"`{member.value}`（{member.zh}）" for member in spec.choices)
    en = ", ".join(f"`{member.value}`" for member in spec.choices)
    near = _nearest_spelling(spec.choices, value)
    raise Unfit(
        f"下列之一：{zh}",
        f"one of {en}",
        value,
        do_zh=f"是否为 `{near[0]}`？请改正" if near else "请改正",
        do_en=f"did you mean `{near[0]}`? correct it" if near else "correct it",
    )


def _nearest_spelling(of: type[Labelled], value: object) -> list[str]:
    if not isinstance(value, str):
        return []
    return nearest(value, [text for text in of.spellings() if isinstance(text, str)])


def _choices(spec: FieldSpec, value: object) -> frozenset[Labelled]:
    return frozenset([_choice(spec, member) for member in _members(value)])


def _codes(spec: FieldSpec, value: object) -> frozenset[str]:
    matches = _pattern(spec).fullmatch
    codes = []
    for code in _members(value):
        if not isinstance(code, str) or not matches(code):
            raise Unfit(f"符合 `{spec.pattern}` 的编码", f"codes that match `{spec.pattern}`", code)
        codes.append(_whole(code))
    return frozenset(codes)


def _members(value: object) -> Iterable[object]:
    if isinstance(value, (list, frozenset, set, tuple, Set)):  # the abstract one takes longest
        return value
    raise Unfit(
        "一个列表",
        "a list",
        value,
        do_zh="请填列表，空列表表示没有",
        do_en="give a list, empty for none",
    )


def _by_year(spec: FieldSpec, value: object) -> Mapping[int, int]:
    if not isinstance(value, Mapping):
        raise Unfit(
            "年份到数字的对象",
            "an object from years to numbers",
            value,
            do_zh='请填如 {"2019": 1} 的对象',
            do_en='give one such as {"2019": 1}',
        )
    for year in value:
        if type(year) is not int or not EARLIEST.year <= year <= LATEST.year:
            raise Unfit(
                f" {EARLIEST.year} 至 {LATEST.year} 的年份",
                f"years from {EARLIEST.year} to {LATEST.year}",
                year,
            )
    return MappingProxyType({year: _integer(spec, value[year]) for year in sorted(value)})


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


def _pattern(spec: FieldSpec) -> re.Pattern[str]:
    assert spec.pattern is not None
    return _compiled(spec.pattern)


_SETTLERS: dict[Kind, Callable[[FieldSpec, object], object]] = {
    Kind.ID: _identity,
    Kind.REFERENCE: _identity,
    Kind.TEXT: _text,
    Kind.BOOLEAN: _boolean,
    Kind.INTEGER: _integer,
    Kind.DECIMAL: _decimal,
    Kind.DATE: _date,
    Kind.MOMENT: _moment,
    Kind.CHOICE: _choice,
    Kind.CHOICES: _choices,
    Kind.CODES: _codes,
    Kind.BY_YEAR: _by_year,
}
