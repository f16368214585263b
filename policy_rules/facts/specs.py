"""What is to be known of a field: its kind, labels, unit, bounds and meaning."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

import attrs

from .labelled import Labelled
from .nothing import NO_DAY, NO_MOMENT, NONE, no_decimal, no_number

EARLIEST = date(1900, 1, 1)
LATEST = date(2199, 12, 31)
MOST = 10_000_000
# Of a decimal: so that databases reckon with it in 64 bits.
MOST_DIGITS = 18
MOST_PLACES = 12
# Characters, from the first to the last of each range, that nobody sees: blanks, control
# characters, those that join or turn the writing, halves of others, those for private use, and what
# stands for a character that was lost. Ids that differ in these alone would look alike.
UNSEEN = (
    (0x00, 0x20), (0x7F, 0xA0), (0xAD, 0xAD), (0x61C, 0x61C), (0x1680, 0x1680), (0x180E, 0x180E),
    (0x2000, 0x200F), (0x2028, 0x202F), (0x205F, 0x206F), (0x3000, 0x3000), (0xD800, 0xDFFF),
    (0xE000, 0xF8FF), (0xFE00, 0xFE0F), (0xFEFF, 0xFEFF), (0xFFF0, 0xFFFF), (0x1D173, 0x1D17A),
    (0xE0000, 0x10FFFF),
)  # fmt: skip
ID_PATTERN = f"[^{''.join(f'{chr(first)}-{chr(last)}' for first, last in UNSEEN)}/]{{1,64}}"


class Kind(Enum):
    """What sort of value a field holds."""

    # Kinds are looked up for every value checked; see `Labelled` for why identity serves.
    __hash__ = object.__hash__

    ID = "id"
    REFERENCE = "reference"
    TEXT = "text"
    BOOLEAN = "boolean"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    CHOICES = "choices"
    CODES = "codes"
    BY_YEAR = "by_year"


@attrs.frozen
class Unit:
    """A unit of counting or measuring, such as 人 / officers."""

    zh: str = ""
    en: str = ""

    def __attrs_post_init__(self) -> None:
        # One stands for both where it is alone.
        object.__setattr__(self, "zh", self.zh or self.en)
        object.__setattr__(self, "en", self.en or self.zh)


@attrs.frozen(kw_only=True)
class FieldSpec:
    """All that is to be known of one field of a fact class.

    `minimum` and `maximum` bound numbers, dates and the values of a by-year field; `places` are the
    most that a decimal has after the point; `choices` is
    the enumeration of a choice; `target` the collection that a reference points into; `pattern`
    a regular expression that an id, a reference or each code matches as a whole; `required` says
    that the field cannot be unknown; `may_be_empty` that the empty text is a known value;
    `may_be_none` that there can be known to be none, which is no value (of a text, the empty one);
    `meaning` is one English sentence, `meaning_zh` the same in Chinese; `no_zh` and `no_en` say
    that a yes or no is no; `unsaid` is the language in which it has no label of its own; `personal`
    says that it tells something of a person.
    """

    name: str
    kind: Kind
    zh: str
    en: str
    unit: Unit | None = None
    minimum: int | Decimal | date | None = None
    maximum: int | Decimal | date | None = None
    places: int | None = None
    choices: type[Labelled] | None = None
    target: str | None = None
    pattern: str | None = None
    required: bool = False
    may_be_empty: bool = False
    may_be_none: bool = False
    meaning: str = ""
    meaning_zh: str = ""
    no_zh: str = ""
    no_en: str = ""
    unsaid: str = ""
    personal: bool = False

    @property
    def none(self) -> Any:
        """What a fact holds where it is known that there is none; None where that cannot be."""
        if self.may_be_empty:
            return ""
        if not self.may_be_none:
            return None
        if isinstance(self.maximum, Decimal):
            return no_decimal(self.maximum, self.places or 0)
        if isinstance(self.maximum, int):
            return no_number(self.maximum)
        return {Kind.DATE: NO_DAY, Kind.MOMENT: NO_MOMENT}.get(self.kind, NONE)

    @property
    def greatest(self) -> Any:
        """The greatest value that a fact can hold, with what stands for none."""
        return self.none if self.may_be_none else self.maximum
