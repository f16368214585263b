"""How dates and times are written in a text, such as `yyyy-m-d` or `yyyymmddhhmmss`.

A form is a set of regular expressions in what all databases share, so that Python and SQL read the
same texts and take the same parts out of them.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Final

from attrs import field, frozen

_WORDS: Final = re.compile("yyyy|mm?|dd?|hh?|ss|.", re.DOTALL)
_SEPARATORS: Final = frozenset("-/.:, T年月日时分秒")
_DATES: Final = (("year", "month", "day"), ("day", "month", "year"))
_TIMES: Final = ((), ("hour", "minute"), ("hour", "minute", "second"))

# What a part of a time may be: of one digit, of two.
_CLOCK: Final = {
    "hour": ("[0-9]", "[01][0-9]|2[0-3]"),
    "minute": ("[0-9]", "[0-5][0-9]"),
    "second": ("[0-9]", "[0-5][0-9]"),
    "offset": ("", "Z|[+-](0[0-9]|1[0-4])(:[0-5][0-9])?"),
}
_LEAP: Final = "([1-9][0-9](0[48]|[2468][048]|[13579][26])|([2468][048]|[13579][26])00)"
# The days of the calendar: of months with 31 days, with 30, of February, of it in leap years.
_CALENDAR: Final = tuple(
    {"year": ("", year), "month": month, "day": day}
    for year, month, day in (
        ("[1-9][0-9]{3}", ("[13578]", "0[13578]|1[02]"), ("[1-9]", "0[1-9]|[12][0-9]|3[01]")),
        ("[1-9][0-9]{3}", ("[469]", "0[469]|11"), ("[1-9]", "0[1-9]|[12][0-9]|30")),
        ("[1-9][0-9]{3}", ("2", "02"), ("[1-9]", "0[1-9]|1[0-9]|2[0-8]")),
        (_LEAP, ("2", "02"), ("29", "29")),
    )
)
_OFFSET: Final = re.compile("([+-])([0-9]{2})(?::([0-9]{2}))?")


@frozen
class _Piece:
    """A part of a form, or with an empty name what stands between two.

    `wide` says that a part always has its full number of digits; `text` is a regular expression of
    what stands between, and `loose` one without groups of the same and perhaps more.
    """

    name: str = ""
    wide: bool = True
    text: str = ""
    loose: str = ""

    def strict(self, allowed: Mapping[str, tuple[str, str]]) -> str:
        if not self.name:
            return self.text
        one, full = allowed[self.name]
        return f"({full})" if self.wide else f"({full}|{one})"

    @property
    def digits(self) -> str:
        if self.loose or not self.name:
            return self.loose or self.text
        return "[0-9]{4}" if self.name == "year" else "[0-9]{2}" if self.wide else "[0-9]{1,2}"


@frozen
class DateForm:
    """A form in which a date, or a date and time, is written.

    `written` is how the form is called. `pattern` is a regular expression of the texts of that form
    that are days of the calendar. `parts` gives, for `year`, `month`, `day` and perhaps `hour`,
    `minute`, `second` and `offset`, a regular expression whose one group is the part.
    """

    written: str
    pattern: str
    parts: Mapping[str, str] = field(eq=False)

    @property
    def has_time(self) -> bool:
        """Whether it gives the hour and the minute too."""
        return "hour" in self.parts

    def moment(self, text: str, zone: tzinfo | None = None) -> datetime | None:
        """The day and time that a text of this form gives, or None for any other text.

        What has an offset from UTC is given by the clocks of the `zone`.
        """
        if not re.fullmatch(self.pattern, text, re.ASCII):
            return None
        found = {name: re.fullmatch(part, text, re.ASCII) for name, part in self.parts.items()}
        texts = {name: match[1] for name, match in found.items() if match}
        offset = texts.pop("offset", "")
        numbers = [int(texts[name]) if name in texts else 0 for name in _IN_ORDER]
        year, month, day, hour, minute, second = numbers
        moment = datetime(year, month, day, hour, minute, second)
        if not offset:
            return moment
        try:
            return moment.replace(tzinfo=_utc_offset(offset)).astimezone(zone).replace(tzinfo=None)
        except OverflowError:  # beyond the first or the last year
            return None


_IN_ORDER: Final = ("year", "month", "day", "hour", "minute", "second")


def _utc_offset(text: str) -> timezone:
    match = _OFFSET.fullmatch(text)
    if match is None:  # Z
        return timezone.utc
    ahead = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(ahead if match[1] == "+" else -ahead)


def date_form(written: str) -> DateForm | None:
    """The form that a text such as `yyyy-mm-dd hh:mm` describes, or None if it describes none.

    A form begins with the year or with the day, and goes on in order, at least over the three; a
    time may follow. Two letters (`mm`) stand for two digits, one letter (`m`) for one or two. What
    stands between is as in the texts: `-/.:,`, blanks, T, or the Chinese units.
    """
    pieces: list[_Piece] = []
    for match in _WORDS.finditer(_lower(written)):
        word = match[0]
        if word in _SEPARATORS:
            pieces.append(_Piece(text="[.]" if word == "." else word))
            continue
        # By its place: the second `mm` is minutes.
        month = "minute" if any(each.name == "month" for each in pieces) else "month"
        name = {"y": "year", "m": month, "d": "day", "h": "hour", "s": "second"}.get(word[0])
        if name is None or word in ("y", "s"):
            return None
        pieces.append(_Piece(name, wide=len(word) > 1))
    return _made(written, pieces) if _is_form(pieces) else None


def _lower(written: str) -> str:
    # A `T` between date and time is meant as it stands.
    return "".join(letter if letter == "T" else letter.lower() for letter in written)


def _is_form(pieces: Sequence[_Piece]) -> bool:
    names = tuple(each.name for each in pieces if each.name)
    if names[:3] not in _DATES or names[3:] not in _TIMES or not pieces[0].name:
        return False
    # With nothing between, only parts of a fixed width can be told apart.
    return all(
        first.wide and second.wide
        for first, second in pairwise(pieces)
        if first.name and second.name
    )


def _made(written: str, pieces: Sequence[_Piece]) -> DateForm:
    last = [place for place, each in enumerate(pieces) if each.name in _DATES[0]][2]
    dates, rest = pieces[: last + 1], pieces[last + 1 :]
    days = "|".join("".join(each.strict(allowed) for each in dates) for allowed in _CALENDAR)
    times = "".join(each.strict(_CLOCK) for each in rest)
    return DateForm(
        written,
        f"({days}){times}",
        {
            wanted.name: "".join(
                f"({each.digits})" if each is wanted else each.digits for each in pieces
            )
            for wanted in pieces
            if wanted.name
        },
    )


def _usual(written: str, *pieces: _Piece | str) -> DateForm:
    return _made(written, [_Piece(text=each) if isinstance(each, str) else each for each in pieces])


_YEAR, _MONTH, _DAY = _Piece("year"), _Piece("month", wide=False), _Piece("day", wide=False)
_HOUR, _MINUTE, _SECOND = _Piece("hour", wide=False), _Piece("minute"), _Piece("second")
# Parts of a second are cut off: facts are to the second.
_FRACTION: Final = _Piece(text="([.][0-9]{1,9})?", loose="[.0-9]*")
_OFFSET_PIECE: Final = _Piece("offset", loose="[Z0-9:+-]+")
_SPLIT: Final = (_YEAR, "[-/.年]", _MONTH, "[-/.月]", _DAY, "日?")
_JOINED: Final = (_YEAR, _Piece("month"), _Piece("day"))
_THEN: Final = "[T ] ?"
_TO_MINUTE: Final = (*_SPLIT, _THEN, _HOUR, ":", _MINUTE)
_TO_SECOND: Final = (*_TO_MINUTE, ":", _SECOND, _FRACTION)

COMPACT_DAY: Final = _usual("yyyymmdd", *_JOINED)
# The forms in which dates, and dates with a time, are read where nothing else is said. In the
# first, `-`, `/`, `.` and 年月日 serve alike.
DAYS: Final = (_usual("yyyy-m-d", *_SPLIT), COMPACT_DAY)
MOMENTS: Final = (
    _usual("yyyy-m-d h:mm:ss", *_TO_SECOND),
    _usual("yyyy-m-d h:mm", *_TO_MINUTE),
    _usual("yyyymmddhhmmss", *_JOINED, _Piece("hour"), _MINUTE, _SECOND),
    _usual("yyyy-m-d h:mm:ss+hh:mm", *_TO_SECOND, " ?", _OFFSET_PIECE),
    _usual("yyyy-m-d h:mm+hh:mm", *_TO_MINUTE, " ?", _OFFSET_PIECE),
)
