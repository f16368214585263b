"""Recurrences: how often something has to happen, as RFC 5545 writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from attrs import field, frozen

_WORDS: Final[Mapping[str, str]] = {
    "daily": "FREQ=DAILY", "每日": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY", "每周": "FREQ=WEEKLY",
    "monthly": "FREQ=MONTHLY", "每月": "FREQ=MONTHLY",
    "quarterly": "FREQ=MONTHLY;INTERVAL=3", "每季度": "FREQ=MONTHLY;INTERVAL=3",
    "half-yearly": "FREQ=MONTHLY;INTERVAL=6", "每半年": "FREQ=MONTHLY;INTERVAL=6",
    "yearly": "FREQ=YEARLY", "每年": "FREQ=YEARLY",
}  # fmt: skip
_NUMBERS = r"-?[1-9]\d?(?:,-?[1-9]\d?)*"
_PARTS: Final[Mapping[str, re.Pattern[str]]] = {
    "FREQ": re.compile("DAILY|WEEKLY|MONTHLY|YEARLY"),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "BYDAY": re.compile(
        r"(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*"
    ),
    "BYMONTHDAY": re.compile(_NUMBERS),
    "BYMONTH": re.compile(r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*"),
}
# Whole periods are counted from here: a Saturday that begins a century, and its first Monday.
_FIRST_DAY: Final = date(2000, 1, 1)
_FIRST_MONDAY: Final = date(2000, 1, 3)


@frozen(order=True)
class Period:
    """A stretch of whole days, both ends included."""

    first: date
    last: date

    def __str__(self) -> str:
        return str(self.first) if self.first == self.last else f"{self.first}/{self.last}"


@frozen
class Recurrence:
    """How often something has to happen: an RFC 5545 rule such as `FREQ=WEEKLY;BYDAY=TU,TH`.

    A rule that names days (`BYDAY`, `BYMONTHDAY`) asks for those days; any other asks for once in
    each of its periods: each week from Monday, each calendar month, each quarter
    (`FREQ=MONTHLY;INTERVAL=3`). Raises ValueError for what is not such a rule; `COUNT` and `UNTIL`
    have no place in a standing duty.
    """

    rule: str = field()

    @rule.validator
    def _check(self, _: object, rule: str) -> None:
        self._parts()

    def _parts(self) -> dict[str, str]:
        pairs = [part.partition("=")[::2] for part in self.rule.split(";")]
        parts = dict(pairs)
        for name, value in pairs:
            if name not in _PARTS or not _PARTS[name].fullmatch(value):
                raise ValueError(f"`{name}={value}` cannot stand in a recurrence, `{self.rule}`")
        if "FREQ" not in parts or len(parts) < len(pairs):
            raise ValueError(f"`{self.rule}` is not a recurrence such as `FREQ=MONTHLY`")
        if "BYMONTHDAY" in parts and parts["FREQ"] in ("DAILY", "WEEKLY"):
            raise ValueError(f"`BYMONTHDAY` goes with months and years only, in `{self.rule}`")
        if re.search(r"\d", parts.get("BYDAY", "")) and parts["FREQ"] in ("DAILY", "WEEKLY"):
            raise ValueError(f"numbered days go with months and years only, in `{self.rule}`")
        return parts

    @staticmethod
    def parse(text: str) -> Recurrence:
        """A recurrence from a word (`weekly`, `每季度`) or from its rule.

        Raises ValueError for any other text.
        """
        return Recurrence(_WORDS.get(text.strip().lower(), text.strip().upper()))

    @property
    def on_days(self) -> bool:
        """Whether it asks for certain days, rather than for once in each period."""
        return bool(self._parts().keys() & {"BYDAY", "BYMONTHDAY"})

    def periods(self, since: date, until: date) -> Iterator[Period]:
        """The periods that end from `since` to `until`, both included, in their order."""
        from dateutil.rrule import rrulestr  # takes long to import, and few ask

        start = datetime.combine(self._begun_before(since), time.min)
        on_days = self.on_days
        first: date | None = None
        for moment in rrulestr(self.rule, dtstart=start):
            day = moment.date()
            if on_days:
                period = Period(day, day)
            elif first is None:
                first = day
                continue
            else:
                period = Period(first, day - timedelta(days=1))
                first = day
            if period.last > until:
                return
            if period.last >= since:
                yield period

    def _begun_before(self, day: date) -> date:
        """A day not after the given one on which a period begins; intervals keep their step."""
        parts = self._parts()
        step = int(parts.get("INTERVAL", "1"))
        if parts["FREQ"] in ("DAILY", "WEEKLY"):
            weekly = parts["FREQ"] == "WEEKLY"
            days, begin = (7 * step, _FIRST_MONDAY) if weekly else (step, _FIRST_DAY)
            return begin + timedelta(days=(day - begin).days // days * days)
        step *= 12 if parts["FREQ"] == "YEARLY" else 1
        months = (day.year - _FIRST_DAY.year) * 12 + day.month - 1
        year, month = divmod(months // step * step, 12)
        return date(_FIRST_DAY.year + year, month + 1, 1)

    def __str__(self) -> str:
        return self.rule
