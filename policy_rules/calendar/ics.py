"""An iCalendar file (RFC 5545) of what falls due, for the calendars that offices use.

A duty that recurs is one event with a rule, on the last day of each period: months differ in
length, so an event as long as its period could not be repeated by a rule, and an entry that stands
all month tells nobody when to act.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from typing import TYPE_CHECKING, Final
from uuid import NAMESPACE_URL, uuid5

from ..answers import QuestionError
from ..arguments import public
from ..facts import Fact
from ..language import Recurrence
from ..policy import Language, Policy
from .due import Due, DueKind
from .event_words import EventWords

if TYPE_CHECKING:
    from icalendar import Alarm, Event

_DAY: Final = timedelta(days=1)
# Reminders come at nine in the morning, so many days before.
_OPENING: Final = timedelta(hours=9)
_BEFORE_DEADLINE: Final = timedelta(days=30)
_BEFORE_END_OF_PERIOD: Final = timedelta(days=7)
_LONG_PERIOD: Final = timedelta(days=14)


@public
def to_ics(
    policy: Policy, dues: Iterable[Due], lang: Language = "en", subject: Fact | None = None
) -> bytes:
    """What `due_between` gives, as an iCalendar file in Chinese (`zh`) or English (`en`).

    Each deadline of a subject is an event, and so is each recurrence, with a rule. The same event
    has the same id in every file, so that a calendar that takes in a newer file changes what it
    has. What recurs without a set period has no day; the description of the calendar names it.
    The calendar has the name of the `subject`, if one is given, and the number of the directive.
    """
    from icalendar import Calendar, vText  # takes long to import, and few ask

    if lang not in ("zh", "en"):
        raise QuestionError(f"`lang` is `zh` or `en`, found {lang!r}")
    listed = list(dues)
    words = EventWords(policy, lang)
    names = [] if subject is None else [words.name(subject)]
    calendar = Calendar()
    calendar.add("prodid", f"-//policy_rules//{policy.rules.directive.id}//{lang.upper()}")
    calendar.add("version", "2.0")
    # The properties of RFC 7986, and those that calendars have read since before it.
    for property_, older, text in (
        ("name", "x-wr-calname", " ".join([*names, policy.rules.directive.number])),
        ("description", "x-wr-caldesc", words.without_period(listed)),
    ):
        if text:
            calendar.add(property_, vText(text))
            calendar.add(older, vText(text))
    for event in _Events(policy, words).of(listed):
        calendar.add_component(event)
    content: bytes = calendar.to_ical()
    return content


class _Events:
    """The events of a calendar, in the order of their first days."""

    def __init__(self, policy: Policy, words: EventWords) -> None:
        self._directive = policy.rules.directive.id
        self._stamp = datetime.combine(policy.as_of, time.min, timezone.utc)
        self._words = words
        self._rules: dict[tuple[Recurrence, tuple[date, ...]], str | None] = {}

    def of(self, dues: Iterable[Due]) -> Iterator[Event]:
        """The events of what falls due; without a day there is none."""
        together: dict[tuple[str, str, str], dict[Recurrence | None, list[Due]]] = {}
        for due in dues:
            if due.period is not None:
                series = together.setdefault((due.subject, str(due.cite), str(due.kind)), {})
                series.setdefault(due.every, []).append(due)
        for name, several in together.items():
            for every, listed in several.items():
                # A change of how often is a change of the event, unless one rule has several.
                own = [*name, str(every)] if len(several) > 1 else name
                yield from self._events(own, listed)

    def _events(self, name: Sequence[str], dues: Sequence[Due]) -> Iterator[Event]:
        """One event where a rule gives exactly these days, else one for each."""
        days = [due.period.last for due in dues if due.period is not None]
        every = dues[0].every
        rule = None if every is None or len(days) == 1 else self._rule(every, tuple(days))
        if len(days) == 1 or rule is not None:
            yield self._event(name, days[0], dues, rule)
            return
        for day, due in zip(days, dues, strict=True):
            yield self._event([*name, day.isoformat()], day, [due], None)

    def _rule(self, every: Recurrence, days: tuple[date, ...]) -> str | None:
        # Most subjects have the same days.
        if (every, days) not in self._rules:
            self._rules[every, days] = _rule(every, days)
        return self._rules[every, days]

    def _event(
        self, name: Sequence[str], day: date, dues: Sequence[Due], rule: str | None
    ) -> Event:
        from icalendar import Event, vRecur

        event = Event()
        identity = "/".join(("policy-rules", self._directive, *name))
        event.add("uid", str(uuid5(NAMESPACE_URL, identity)))
        event.add("dtstamp", self._stamp)
        event.add("dtstart", day)
        event.add("dtend", day + _DAY)
        if rule is not None:
            event.add("rrule", vRecur.from_ical(rule))
        event.add("summary", self._words.summary(dues[0]))
        event.add("description", self._words.description(dues))
        event.add("categories", self._words.categories(dues[0]))
        # Something to do by a day does not keep anyone busy all day.
        event.add("transp", "TRANSPARENT")
        before = _before(dues)
        if before is not None:
            event.add_component(self._alarm(before, dues[0]))
        return event

    def _alarm(self, before: timedelta, due: Due) -> Alarm:
        from icalendar import Alarm

        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", self._words.summary(due))
        alarm.add("trigger", _OPENING - before)
        return alarm


def _before(dues: Sequence[Due]) -> timedelta | None:
    """How long before the day to remind, if at all: of what is to be done, and takes its time."""
    if not any(due.status.standing.open for due in dues):
        return None
    if dues[0].kind is DueKind.DEADLINE:
        return _BEFORE_DEADLINE
    period = dues[0].period
    if period is not None and period.last - period.first > _LONG_PERIOD:
        return _BEFORE_END_OF_PERIOD
    return None


def _rule(every: Recurrence, days: tuple[date, ...]) -> str | None:
    """The rule that gives exactly the days, which are those on which the periods end."""
    from dateutil.rrule import rrulestr  # as above

    parts = every.rule.split(";")
    if not every.on_days and "FREQ=MONTHLY" in parts:
        parts.append("BYMONTHDAY=-1")
    rule = ";".join([*parts, f"UNTIL={days[-1]:%Y%m%d}"])
    found = rrulestr(rule, dtstart=datetime.combine(days[0], time.min))
    return rule if tuple(each.date() for each in found) == days else None
