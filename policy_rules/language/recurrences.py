"""Recurrences: how often something has to happen, as RFC 5545 writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from attrs import field, frozen

# The usual rules, in words: Chinese, English.
WORDS: Final[Mapping[str, tuple[str, str]]] = {
    "FREQ=DAILY": ("每日", "daily"),
    "FREQ=WEEKLY": ("每周", "weekly"),
    "FREQ=MONTHLY": ("每月", "monthly"),
    "FREQ=MONTHLY;INTERVAL=3": ("每季度", "quarterly"),
    "FREQ=MONTHLY;INTERVAL=6": ("每半年", "half-yearly"),
    "FREQ=YEARLY": ("每年", "yearly"),
}
_RULES: Final = {word: rule for rule, words in WORDS.items() for word in words}
_OF_MONTH = r"-?(?:[1-9]|[12]\d|3[01])"
_PARTS: Final[Mapping[str, str]] = {
    "FREQ": "DAILY|WEEKLY|MONTHLY|YEARLY",
    "INTERVAL": r"[1-9]\d{0,2}",
    "BYDAY": (r"(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU)(?:,(?:-?[1-5])?(?:MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": f"{_OF_MONTH}(?:,{_OF_MONTH})*",
    "BYMONTH": r"(?:[1-9]|1[0-2])(?:,(?:[1-9]|1[0-2]))*",
}
_DAYS: Final = {"BYDAY", "BYMONTHDAY"}
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

    @property
    def zh(self) -> str:
        """The period in Chinese: a calendar month, quarter, half-year or year by its name."""
        first, last = self.first, self.last
        months = last.month - first.month + 1
        begins = first.day == 1 and (first.month - 1) % max(months, 1) == 0
        if begins and first.year == last.year and (last + timedelta(days=1)).day == 1:
            match months:
                case 1:
                    return f"{first.year}年{first.month}月"
                case 3:
                    return f"{first.year}年第{'一二三四'[first.month // 3]}季度"
                case 6:
                    return f"{first.year}年{'上' if first.month == 1 else '下'}半年"
                case 12:
                    return f"{first.year}年"
        return str(first) if first == last else f"{first}至{last}"


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
    def _check(self, _: object, rule: object) -> None:
        if not isinstance(rule, str):
            raise ValueError(f"expected a recurrence such as `FREQ=MONTHLY`, found {rule!r}")
        self._parts()

    def _parts(self) -> dict[str, str]:
        if self.rule.lower() in _RULES:
            raise ValueError(
                f"`{self.rule}` is a word for a recurrence: write `Recurrence.parse({self.rule!r})`"
                f", or its rule, `{_RULES[self.rule.lower()]}`"
            )
        pairs = [part.partition("=")[::2] for part in self.rule.split(";")]
        parts = dict(pairs)
        for name, value in pairs:
            if name not in _PARTS or not re.fullmatch(_PARTS[name], value):
                raise ValueError(f"`{name}={value}` cannot stand in a recurrence, `{self.rule}`")
        if "FREQ" not in parts or len(parts) < len(pairs):
            raise ValueError(f"`{self.rule}` is not a recurrence such as `FREQ=MONTHLY`")
        if "BYMONTHDAY" in parts and parts["FREQ"] in ("DAILY", "WEEKLY"):
            raise ValueError(f"`BYMONTHDAY` goes with months and years only, in `{self.rule}`")
        if re.search(r"\d", parts.get("BYDAY", "")) and parts["FREQ"] in ("DAILY", "WEEKLY"):
            raise ValueError(f"numbered days go with months and years only, in `{self.rule}`")
        if "BYMONTH" in parts and not parts.keys() & _DAYS:
            raise ValueError(f"`BYMONTH` goes with days (`BYDAY`, `BYMONTHDAY`), in `{self.rule}`")
        return parts

    @staticmethod
    def parse(text: str) -> Recurrence:
        """A recurrence from a word (`weekly`, `每季度`) or from its rule.

        Raises ValueError for any other text, and for a rule that falls on no day at all.
        """
        written = text.strip()
        parsed = Recurrence(_RULES.get(written.lower(), written.upper()))
        if next(parsed._begun(_FIRST_DAY), None) is None:
            raise ValueError(f"`{parsed}` falls on no day")
        return parsed

    @property
    def on_days(self) -> bool:
        """Whether it asks for certain days, rather than for once in each period."""
        return bool(self._parts().keys() & _DAYS)

    def periods(self, since: date, until: date) -> Iterator[Period]:
        """The periods that end from `since` to `until`, both included, in their order."""
        on_days = self.on_days
        first: date | None = None
        for day in self._begun(self._begun_before(since)):
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

    def before(self, day: date) -> date:
        """The day that is one period before another: in between, one period ends."""
        parts = self._parts()
        step = int(parts.get("INTERVAL", "1"))
        if parts["FREQ"] in ("DAILY", "WEEKLY"):
            return day - timedelta(days=step * (7 if parts["FREQ"] == "WEEKLY" else 1))
        months = step * (12 if parts["FREQ"] == "YEARLY" else 1)
        from dateutil.relativedelta import relativedelta  # as below

        return day - relativedelta(months=min(months, 12 * (day.year - 1)))

    def _begun(self, start: date) -> Iterator[date]:
        """The days on which it falls, or on which its periods begin, from a day on."""
        from dateutil.rrule import rrulestr  # takes long to import, and few ask

        for moment in rrulestr(self.rule, dtstart=datetime.combine(start, time.min)):
            yield moment.date()

    def _begun_before(self, day: date) -> date:
        """A day not after the given one on which a period begins; intervals keep their step.

        Where that would be before the calendar begins, it is the first in the calendar.
        """
        parts = self._parts()
        step = int(parts.get("INTERVAL", "1"))
        if parts["FREQ"] in ("DAILY", "WEEKLY"):
            weekly = parts["FREQ"] == "WEEKLY"
            days, begin = (7 * step, _FIRST_MONDAY) if weekly else (step, _FIRST_DAY)
            earliest = -((begin - date.min).days // days)
            return begin + timedelta(days=max((day - begin).days // days, earliest) * days)
        step *= 12 if parts["FREQ"] == "YEARLY" else 1
        months = (day.year - _FIRST_DAY.year) * 12 + day.month - 1
        earliest = -((_FIRST_DAY.year - date.min.year) * 12 // step)
        year, month = divmod(max(months // step, earliest) * step, 12)
        return date(_FIRST_DAY.year + year, month + 1, 1)

    def __str__(self) -> str:
        return self.rule
