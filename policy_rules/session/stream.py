"""The order of dated changes: what came already, what came too late, and what came too early."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from attrs import frozen

from ..facts import Fault, Labelled, fields_of
from .changes import Change
from .events import ChangeEvent
from .transaction import AwaitingError, Staging


class Outcome(Labelled):
    """What became of an event."""

    APPLIED = ("applied", "已生效", "applied")
    REPEATED = ("repeated", "重复，未再生效", "repeated, not applied again")
    WAITING = ("waiting", "等待所涉事实", "waiting for what it is about")
    OVERTAKEN = ("overtaken", "已有更新的变更", "overtaken by what came to be so later")


@frozen(kw_only=True)
class Applied:
    """What became of an event, and the conclusions that it changed.

    `waits_for` are the keys of the facts that are still to come; `woken` are the events that had
    waited for what this one brought, and applied after it: their changes are among `changes`.
    """

    event: str
    outcome: Outcome
    changes: tuple[Change, ...] = ()
    waits_for: tuple[str, ...] = ()
    woken: tuple[str, ...] = ()


class Order:
    """What a session remembers of the events that it was given."""

    def __init__(self) -> None:
        self.seen: set[str] = set()
        self.since: dict[str, dict[str, datetime]] = {}
        self.waiting: dict[str, ChangeEvent] = {}
        self.refused: dict[str, tuple[Fault, ...]] = {}
        self._keys: dict[str, tuple[str, ...]] = {}
        self._waiting_for: dict[str, dict[str, None]] = {}
        self._bringing: dict[str, dict[str, None]] = {}

    def due(self, event: ChangeEvent) -> ChangeEvent:
        """What of an event no later one has overtaken."""
        if event.at is None:
            return event
        at = event.at
        update = {
            key: kept
            for key, fields in event.update.items()
            if (kept := {n: v for n, v in fields.items() if self._since(key, n) <= at})
        }
        return ChangeEvent(
            id=event.id, at=at, add=event.add, update=update, remove=event.remove,
            complete=event.complete, as_of=event.as_of,
        )  # fmt: skip

    def _since(self, key: str, name: str) -> datetime:
        return self.since.get(key, {}).get(name, datetime.min)

    def applied(self, event: ChangeEvent) -> None:
        """Remember since when each field is what an event made it."""
        for key in event.remove:
            self.since.pop(key, None)
        if event.at is None:
            # What is not dated counts as of now: nothing that is dated has overtaken it yet.
            for key, fields in event.update.items():
                since = self.since.get(key, {})
                for name in fields:
                    since.pop(name, None)
            return
        for fact in event.add:
            known = [name for name in fields_of(type(fact)) if getattr(fact, name) is not None]
            self.since[fact.key] = dict.fromkeys(known, event.at)
        for key, fields in event.update.items():
            self.since.setdefault(key, {}).update(dict.fromkeys(fields, event.at))

    def park(self, event: ChangeEvent, keys: Iterable[str]) -> None:
        """Keep an event until what it is about has come."""
        assert event.id is not None
        self.waiting[event.id] = event
        self._keys[event.id] = tuple(keys)
        for key in self._keys[event.id]:
            self._waiting_for.setdefault(key, {})[event.id] = None
        for fact in event.add:
            self._bringing.setdefault(fact.key, {})[event.id] = None

    def waits_for(self, id: str) -> tuple[str, ...]:
        """The keys that an event waits for."""
        return self._keys[id]

    def bringing(self, keys: Iterable[str], but: Iterable[ChangeEvent]) -> tuple[ChangeEvent, ...]:
        """The events that wait and would add one of the facts, but for some of them."""
        known = {event.id for event in but}
        ids = {id: None for key in keys for id in self._bringing.get(key, ()) if id not in known}
        return tuple(self.waiting[id] for id in ids)

    def woken(self, keys: Iterable[str]) -> tuple[ChangeEvent, ...]:
        """The events that wait for one of the keys, no longer kept; in the order of their time."""
        ids = {id for key in keys for id in self._waiting_for.pop(key, ())}
        if not ids:
            return ()
        return in_time([self._unparked(id) for id in list(self.waiting) if id in ids])

    def woken_with(self, events: Iterable[ChangeEvent]) -> None:
        """Keep those no longer that have applied."""
        for event in events:
            if event.id in self.waiting:
                self._unparked(event.id)

    def _unparked(self, id: str) -> ChangeEvent:
        event = self.waiting.pop(id)
        for fact in event.add:
            bringing = self._bringing[fact.key]
            del bringing[id]
            if not bringing:
                del self._bringing[fact.key]
        return event


def in_time(events: Iterable[ChangeEvent]) -> tuple[ChangeEvent, ...]:
    """Events in the order of their time; what is not dated is as of now, so it comes last."""
    return tuple(sorted(events, key=lambda event: event.at or datetime.max))


def stage(events: Sequence[ChangeEvent], staging: Staging) -> None:
    """Put what events say into a transaction.

    Raises AwaitingError where it is about facts that are not there, FactError where it is wrong.
    """
    for event in events:
        staging.add(*event.add)
    absent = [
        key for event in events for key in (*event.update, *event.remove) if not staging.has(key)
    ]
    if absent:
        raise AwaitingError(absent, (staging.absent(key) for key in absent))
    for event in events:
        for key, fields in event.update.items():
            values: Mapping[str, Any] = fields
            staging.update(key, **values)
        staging.remove(*event.remove)
        staging.complete(*event.complete)
