"""What is wrong with given facts: each kind of fault once, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, Final, Literal, TypeAlias

import attrs

from .nothing import is_none

Language: TypeAlias = Literal["zh", "en"]

_SHOWN_CHARACTERS = 60
# Of many faults of one kind, how many values and places are named.
MOST_NAMED: Final = 10
# Where a message says what was found.
_FOUND: Final = "{found}"
_NOTHING: Final = "nothing"
# A row of a sheet, an item of a list in JSON, or a fact by its key. (`re` compiles each when it is
# first needed: most programs show no fault.)
_ROW: Final = r" row (\d+)$"
_POSITION: Final = (
    r"(?P<sheet>.+) row (?P<row>\d+)|(?P<list>.+)(?P<item>\[\d+\])"
    r"|(?P<collection>\w+)/(?P<id>[^/\s]+)"
)
_BLANKS: Final = r"^ +| +$| {2,}"
Position: TypeAlias = int | str


class FaultCode(str, Enum):
    """What kind of fault it is, for programs."""

    UNKNOWN_COLLECTION = "unknown_collection"
    UNKNOWN_HEADING = "unknown_heading"
    UNKNOWN_SETTING = "unknown_setting"
    WRONG_SETTING = "wrong_setting"
    REPEATED_NAME = "repeated_name"
    WRONG_SHAPE = "wrong_shape"
    UNREADABLE_VALUE = "unreadable_value"
    MISSING_VALUE = "missing_value"
    DUPLICATE_ID = "duplicate_id"
    DANGLING_REFERENCE = "dangling_reference"
    UNKNOWN_SUBJECT = "unknown_subject"
    UNKNOWN_CITATION = "unknown_citation"
    NO_FACT = "no_fact"
    MISSING_TABLE = "missing_table"
    MISSING_COLUMN = "missing_column"
    AMBIGUOUS = "ambiguous"
    REFUSED_QUERY = "refused_query"
    UNREADABLE_FILE = "unreadable_file"
    WRONG_USAGE = "wrong_usage"
    INTERNAL_ERROR = "internal_error"
    OTHER = "other"


@attrs.frozen
class Found:
    """A value that was found, in Chinese and English: how often, and where first.

    Both texts are empty where nothing was to be shown. `at` holds numbers of rows, else what names
    an item of a list or a fact.
    """

    zh: str
    en: str
    count: int = 1
    at: tuple[Position, ...] = ()


@attrs.frozen(kw_only=True)
class Fault:
    """One thing that is wrong, or what is wrong in the same way in many places.

    `place` is where: `Station`, `facts.json: stations[3]`, `stations.csv row 5`, of many places
    what they have in common, or empty where the message says it. `field` is the field's name, or
    empty when the whole place is at fault. `zh` and `en` say in one line what was expected, what
    was found, and what to do. They are given with `{found}` in the place of the values in `found`.
    """

    place: str
    field: str = ""
    code: FaultCode
    found: tuple[Found, ...] = ()
    count: int = 1
    _zh: str
    _en: str

    @property
    def zh(self) -> str:
        """What is wrong, in Chinese, without its place."""
        return _filled(self._zh, self, "zh")

    @property
    def en(self) -> str:
        """What is wrong, in English, without its place."""
        return _filled(self._en, self, "en")

    def text(self, lang: Language = "en") -> str:
        """Give the fault as one line in Chinese (`zh`) or English (`en`)."""
        row = re.search(_ROW, self.place)
        in_sheet = row or any(isinstance(at, int) for of in self.found for at in of.at)
        if not self.place:
            return self.zh if lang == "zh" else self.en
        if lang == "zh":
            place = _joined(
                re.sub(_ROW, r" 第\1行", self.place), "，" if in_sheet else ".", self.field
            )
            return f"{place}{_often(self, 'zh')}：{self.zh}"
        place = _joined(self.place, ", " if in_sheet else ".", self.field)
        return f"{place}{_often(self, 'en')}: {self.en}"

    def as_json(self) -> dict[str, Any]:
        """Give the fault as JSON has it; of many places, with the values and how often each is."""
        of = {"place": self.place, "field": self.field, "code": self.code.value}
        words = {"zh": self.zh, "en": self.en}
        if self.count == 1 and not any(each.at for each in self.found):
            return of | words
        values = [
            {"value": _for_programs(each), "count": each.count, "at": [*each.at]}
            for each in self.found
        ]
        return of | words | {"count": self.count, "values": values}


class FactError(ValueError):
    """Facts that cannot be accepted; `faults` holds everything that is wrong with them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        return self.text("en")

    def text(self, lang: Language = "en") -> str:
        """Give one line for each kind of fault in a column, in Chinese (`zh`) or English (`en`)."""
        return "\n".join(fault.text(lang) for fault in grouped(self.faults))


def grouped(faults: Iterable[Fault]) -> list[Fault]:
    """Give faults that are alike but for their row and the value found there as one."""
    kinds: dict[Fault, list[tuple[Fault, Position | None]]] = {}
    for fault in faults:
        sheet, at = _parts(fault.place)
        if at is None and not fault.found:
            kinds[fault] = [(fault, at)]
            continue
        kind = attrs.evolve(fault, place=sheet, found=(), count=1)
        kinds.setdefault(kind, []).append((fault, at))
    return [_together(kind, of) for kind, of in kinds.items()]


def _together(kind: Fault, faults: Sequence[tuple[Fault, Position | None]]) -> Fault:
    first, _ = faults[0]
    if len(faults) == 1:
        return first
    apart = any(fault.place != first.place for fault, _ in faults)
    values: dict[tuple[str, str], Found] = {}
    for fault, at in faults:
        for each in fault.found or (Found("", ""),):
            known = values.get((each.zh, each.en))
            before, places = (0, ()) if known is None else (known.count, known.at)
            here = (at,) if apart and at is not None else each.at
            values[each.zh, each.en] = Found(
                each.zh, each.en, before + each.count, (*places, *here)[:MOST_NAMED]
            )
    return attrs.evolve(
        kind,
        place=kind.place if apart else first.place,
        found=tuple(values.values())[:MOST_NAMED],
        count=sum(fault.count for fault, _ in faults),
    )


def sheet_of(place: str) -> str:
    """Give what a place has in common with the other rows of its sheet or list."""
    return _parts(place)[0]


def _parts(place: str) -> tuple[str, Position | None]:
    """A place as what it has in common with others, and its own position there."""
    match = re.fullmatch(_POSITION, place)
    if match is None:
        return place, None
    if match["row"] is not None:
        return match["sheet"], int(match["row"])
    if match["item"] is not None:
        return match["list"], match["item"]
    return match["collection"], match["id"]


def _for_programs(value: Found) -> str | None:
    """A value without its quotation marks; None where nothing was found."""
    if value.en in ("", _NOTHING):
        return None
    return value.en[1:-1] if value.en.startswith('"') else value.en


def _filled(text: str, fault: Fault, lang: Language) -> str:
    """A message with the values found in their place, each with how often and where."""
    if not fault.found:
        return text
    several = len(fault.found) > 1
    of_each = MOST_NAMED // len(fault.found) or 1
    words: list[str] = []
    for each in fault.found:
        word = each.zh if lang == "zh" else each.en
        word = word.lstrip() if words else word
        words.append(f"{word}{_where(each.count, each.at[:of_each], lang)}" if several else word)
    left_out = fault.count > sum(each.count for each in fault.found)
    if left_out:
        words.append("…")
    return text.replace(_FOUND, ("、" if lang == "zh" else ", ").join(words), 1)


def _often(fault: Fault, lang: Language) -> str:
    """How often there is such a fault; where, if that is not said of each value."""
    if fault.count == 1 and not any(each.at for each in fault.found):
        return ""
    at = fault.found[0].at if len(fault.found) == 1 else ()
    places = _places(at, fault.count, lang)
    if fault.count == 1:
        return f"（{places}）" if lang == "zh" else f" ({places})"
    if lang == "zh":
        return f"（{fault.count:,} 处{'：' if places else ''}{places}）"
    return f" ({fault.count:,} times{': ' if places else ''}{places})"


def _where(count: int, at: Sequence[Position], lang: Language) -> str:
    places = _places(at, count, lang)
    if lang == "zh":
        often = "" if count == 1 else f"{count:,} 处"
        both = "：".join(filter(None, (often, places)))
        return f"（{both}）" if both else ""
    often = "" if count == 1 else f"{count:,} times"
    both = ": ".join(filter(None, (often, places)))
    return f" ({both})" if both else ""


def _places(at: Sequence[Position], count: int, lang: Language) -> str:
    """Rows by their numbers, others by what names them."""
    if not at:
        return ""
    names = [*map(str, at), *(["…"] if count > len(at) else [])]
    listed = ("、" if lang == "zh" else ", ").join(names)
    if not isinstance(at[0], int):
        return listed
    if lang == "zh":
        return f"第 {listed} 行"
    return f"row {listed}" if len(names) == 1 else f"rows {listed}"


def found(value: object) -> tuple[Found, ...]:
    """Give a value as a fault tells of it."""
    return (Found(*shown(value)),)


CORRECT: Final = ("请改正", "correct it")


def unlike(
    place: str,
    value: object,
    zh: str,
    en: str,
    *,
    field: str = "",
    code: FaultCode = FaultCode.WRONG_SHAPE,
    do: tuple[str, str] | None = CORRECT,
) -> Fault:
    """Give the fault of a value that is not what was expected: what it should be, and what to do,
    in Chinese and English."""
    found_zh, found_en = shown(value)
    do_zh, do_en = ("", "") if do is None else (f"；{do[0]}", f"; {do[1]}")
    return Fault(
        place=place,
        field=field,
        code=code,
        zh=f"应为{zh}，实为{found_zh}{do_zh}",
        en=f"expected {en}, found {found_en}{do_en}",
    )


def shown(value: object) -> tuple[str, str]:
    """Describe a value that was found, in Chinese and English, in at most about 60 characters.

    What is not Chinese begins with a space, as is usual within a Chinese sentence.
    """
    if value is None:
        return "空值", _NOTHING
    if is_none(value):
        return "“无”", "none"
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
    if isinstance(value, Decimal):
        text = escaped(str(value))
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
    """Put a text into quotation marks, as `escaped` gives it."""
    return f'"{escaped(text)}"'


def escaped(text: str) -> str:
    """Give a text as it can be shown anywhere: shortened, with what cannot be seen made visible.

    Blanks at either end, and several together, are shown as `␣`.
    """
    short = text if len(text) <= _SHOWN_CHARACTERS else text[:_SHOWN_CHARACTERS] + "…"
    marked = re.sub(_BLANKS, lambda blanks: "␣" * len(blanks[0]), short)
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in marked)


def _joined(place: str, separator: str, field: str) -> str:
    return f"{place}{separator}{field}" if field else place
