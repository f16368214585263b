"""How dates and times are written in a text, such as `yyyymmdd` or `yyyymmddhhmmss`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from attrs import frozen

_WORDS: Final = re.compile("yyyy|mm|dd|hh|ss|.", re.DOTALL)
_SEPARATORS: Final = frozenset("-/.:, T年月日时分秒")
# By their place: the second `mm` is minutes.
_UNITS: Final = ("yyyy", "mm", "dd", "hh", "mm", "ss")
_LENGTHS: Final = (3, 5, 6)

_LEAP: Final = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
_DAYS: Final = (
    ("[1-9][0-9]{3}", "(0[13578]|1[02])", "(0[1-9]|[12][0-9]|3[01])"),
    ("[1-9][0-9]{3}", "(0[469]|11)", "(0[1-9]|[12][0-9]|30)"),
    ("[1-9][0-9]{3}", "02", "(0[1-9]|1[0-9]|2[0-8])"),
    (_LEAP, "02", "29"),
)
_TIMES: Final = ("([01][0-9]|2[0-3])", "[0-5][0-9]", "[0-5][0-9]")


@frozen
class DateForm:
    """A form of fixed width.

    `written` is how it was given. `starts` says where in a text the year, month, day and, if the
    form has them, hour, minute and second begin, counted from 0. `pattern` is a regular
    expression, in what all databases share, of the texts of that form that are days of the
    calendar.
    """

    written: str
    starts: tuple[int, ...]
    pattern: str

    @property
    def has_time(self) -> bool:
        """Whether it gives the hour and the minute too."""
        return len(self.starts) > 3

    def moment(self, text: str) -> datetime | None:
        """The day and time that a text of this form gives, or None for any other text."""
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return None
        widths = (4, *(2 for _ in self.starts[1:]))
        parts = [
            int(text[start : start + width])
            for start, width in zip(self.starts, widths, strict=True)
        ]
        year, month, day, hour, minute, second = (*parts, 0, 0, 0)[:6]
        return datetime(year, month, day, hour, minute, second)


def date_form(written: str) -> DateForm | None:
    """The form that a text such as `yyyy-mm-dd hh:mm` describes, or None if it describes none.

    A form begins with the year and goes on in order, at least to the day; what stands between is
    as in the texts: `-/.:,`, blanks, T, or the Chinese units.
    """
    starts: list[int] = []
    between: list[str] = [""]
    units: list[str] = []
    for match in _WORDS.finditer(_lower(written)):
        if match[0] in _UNITS:
            units.append(match[0])
            starts.append(match.start())
            between.append("")
        elif match[0] in _SEPARATORS:
            between[-1] += "[.]" if match[0] == "." else match[0]
        else:
            return None
    if len(units) not in _LENGTHS or tuple(units) != _UNITS[: len(units)] or between[0]:
        return None
    days = "|".join(f"{year}{between[1]}{month}{between[2]}{day}" for year, month, day in _DAYS)
    times = "".join(
        f"{separator}{time}" for separator, time in zip(between[3:-1], _TIMES, strict=False)
    )
    return DateForm(written, tuple(starts), f"({days}){times}{between[-1]}")


def _lower(written: str) -> str:
    # A `T` between date and time is meant as it stands.
    return "".join(letter if letter == "T" else letter.lower() for letter in written)


def _known(written: str) -> DateForm:
    form = date_form(written)
    assert form is not None
    return form


ISO_DAY: Final = _known("yyyy-mm-dd")
COMPACT_DAY: Final = _known("yyyymmdd")
ISO_SECOND: Final = _known("yyyy-mm-dd hh:mm:ss")
