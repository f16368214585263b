"""How changes are taken into a session: transactions, and events in the order they allow."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import TypeAlias

from ..facts import Fact, FactError
from ..policy import LoadedDirective
from .changes import Change, merged
from .conclusions import Conclusions
from .events import ChangeEvent
from .stream import Applied, Order, Outcome, in_time, stage
from .transaction import AwaitingError, Staged, Staging

Record: TypeAlias = Callable[[ChangeEvent], object]


def _unrecorded(_: ChangeEvent) -> None:
    """What follows from a change that is recorded is not recorded itself."""


class Intake:
    """The way into a session's facts.

    `record` keeps a change before it applies. While a session is taken up from its journal nothing
    is `asked`: what the changes changed has been told before.
    """

    def __init__(
        self, conclusions: Conclusions, order: Order, classes: Mapping[str, type[Fact]]
    ) -> None:
        self.conclusions = conclusions
        self.order = order
        self.record: Record = _unrecorded
        self.asked = True
        self._classes = classes
        self._open = False

    @contextmanager
    def staged(self) -> Iterator[Staging]:
        """A transaction, in which changes are put together; it applies nothing itself."""
        self.refuse_within()
        self._open = True
        try:
            yield self.staging()
        finally:
            self._open = False

    def staging(self) -> Staging:
        """Where changes could be put together: what it says of the facts is what they are now."""
        attested = self.conclusions.policy.rules.attested
        return Staging(self.conclusions.memory, self._classes, attested)

    def refuse_within(self) -> None:
        """Raise RuntimeError while a transaction is open."""
        if self._open:
            raise RuntimeError(
                "a transaction is open: its own changes go through it, others wait for its end"
            )

    def direct(self, staged: Staged) -> tuple[Change, ...]:
        """Apply a transaction that is no event, then the events that waited for what it adds."""
        event = ChangeEvent(
            add=staged.added(), update=staged.updated(), remove=staged.removed(),
            complete=tuple(sorted(staged.complete - self.conclusions.memory.complete)),
        )  # fmt: skip
        if event == ChangeEvent():
            return ()
        changes = self._changed(staged, self.record, event)
        self.order.applied(event)
        woken, _ = self._wake([event])
        return merged((*changes, *woken)) if woken else changes

    def again(self, event: ChangeEvent) -> None:
        """Apply what was recorded, as it applied then."""
        if event.id is not None:
            self.received(event)
        elif event.as_of is not None:
            self.advanced(event.as_of)
        else:
            self._applied([event], _unrecorded)
            self._wake([event])

    def received(self, event: ChangeEvent) -> Applied:
        """Apply one event, or let it wait; and then those that waited for what it brings.

        Raises FactError where it is wrong; nothing of it applies then.
        """
        assert event.id is not None
        order = self.order
        if event.id in order.seen:
            return Applied(event=event.id, outcome=Outcome.REPEATED)
        due = order.due(event)
        try:
            changes, came = self._together(due, lambda _: self.record(event))
        except AwaitingError as error:
            self.record(event)
            order.seen.add(event.id)
            order.park(event, error.keys)
            return Applied(event=event.id, outcome=Outcome.WAITING, waits_for=error.keys)
        order.seen.add(event.id)
        woken, ids = self._wake(came)
        overtaken = event != due and not (due.add or due.update or due.remove or due.complete)
        return Applied(
            event=event.id,
            outcome=Outcome.OVERTAKEN if overtaken else Outcome.APPLIED,
            changes=merged((*changes, *woken)),
            woken=(*(each.id for each in came if each.id and each is not due), *ids),
        )

    def advanced(self, to: date) -> tuple[Change, ...]:
        """Take the policy as of another date."""
        return self._dated(to, self.record)

    def _together(
        self, event: ChangeEvent, record: Record
    ) -> tuple[tuple[Change, ...], tuple[ChangeEvent, ...]]:
        """Apply an event; with it those that wait, where none of them can come without the others.

        The first bureau of a list, say, where stations refer to two. Gives the changes, and the
        events that applied. Raises AwaitingError where it has to wait, FactError where it is wrong.
        """
        order = self.order
        group: tuple[ChangeEvent, ...] = (event,)
        try:
            return self._applied(group, record), group
        except AwaitingError as error:
            waits = missing = error
        held = self.staging()
        if any(held.has(key) for key in set(event.remove).intersection(waits.keys)):
            raise FactError(waits.faults)  # what it takes away itself will not come
        while bringing := order.bringing(missing.keys, group):
            group = in_time((*group, *map(order.due, bringing)))
            try:
                changes = self._applied(group, record)
            except AwaitingError as error:
                missing = error
            except FactError:
                break
            else:
                order.woken_with(group)
                return changes, group
        raise waits

    def _applied(self, events: Sequence[ChangeEvent], record: Record) -> tuple[Change, ...]:
        """Apply what events say together; nothing of it where it raises FactError."""
        with self.staged() as staging:
            stage(events, staging)
            staged = staging.checked()
        changes = self._changed(staged, record, events[0])
        for event in events:
            self.order.applied(event)
            if event.as_of is not None and event.as_of > self.conclusions.policy.as_of:
                changes = (*changes, *self._dated(event.as_of, _unrecorded))
        return changes

    def _changed(self, staged: Staged, record: Record, event: ChangeEvent) -> tuple[Change, ...]:
        if self.asked:
            return self.conclusions.changed(staged, lambda: record(event))
        self.conclusions.put(staged)
        return ()

    def _wake(self, events: Iterable[ChangeEvent]) -> tuple[tuple[Change, ...], tuple[str, ...]]:
        """Apply the events that waited for what events brought, and for what they bring."""
        changes: list[Change] = []
        ids: list[str] = []
        brought = [fact.key for event in events for fact in event.add]
        while brought:
            woken = self.order.woken(brought)
            brought = []
            for each in woken:
                assert each.id is not None
                due = self.order.due(each)
                try:
                    changed, came = self._together(due, _unrecorded)
                except AwaitingError as error:
                    self.order.park(each, error.keys)
                except FactError as error:
                    # It was never applied: corrected, it may come again.
                    self.order.seen.discard(each.id)
                    self.order.refused[each.id] = error.faults
                else:
                    changes += changed
                    ids += [event.id for event in came if event.id]
                    brought += [fact.key for event in came for fact in event.add]
        return tuple(changes), tuple(ids)

    def _dated(self, to: date, record: Record) -> tuple[Change, ...]:
        before = self.conclusions.policy
        after = LoadedDirective(before.rules).policy(
            as_of=to,
            readings=before.readings,
            parameters=before.regime.parameters,
            exemptions=before.exemptions,
            engine=before.engine,
        )
        if self.asked:
            return self.conclusions.dated(after, lambda: record(ChangeEvent(as_of=to)))
        self.conclusions.use(after)
        return ()
