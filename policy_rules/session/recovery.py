"""How a session is kept in a journal, and taken up again from it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, Final

from attrs import frozen

from ..facts import Fact, FactError, Facts, Fault
from ..facts.faults import FaultCode
from ..formats.decoding import Listing, decoded
from ..formats.json_values import CONVERTED, json_row, json_value
from ..journal import Journal, JournalError
from .events import ChangeEvent, as_text, parsed
from .stream import Order

_BEGUN: Final = "session"
_CHANGED: Final = "change"
# Of sessions that do not say, too: those from before it was said have the first.
_FORMAT: Final = 1
_ROWS: Final = 5_000
_IDS: Final = 50_000
# A session is taken up from its snapshot and what came after it. Writing a snapshot takes as long
# as there are facts, so it is due when as much has come as there is, and not for less than this.
_LEAST_ENTRIES: Final = 50_000


@frozen(kw_only=True)
class State:
    """A session as its snapshot has it."""

    as_of: date
    facts: Facts
    order: Order


class Recorder:
    """The journal of a session. Raises JournalError for one that is of something else."""

    def __init__(
        self,
        path: str | os.PathLike[str],
        directive: str,
        classes: Mapping[str, type[Fact]],
    ) -> None:
        self._name = str(path)
        self._classes = classes
        self._journal = Journal(path)
        self._since_snapshot = 0
        try:
            self._begun = self._recognised(directive)
        except BaseException:
            self._journal.close()
            raise
        self._directive = directive

    def _recognised(self, directive: str) -> bool:
        first = next(iter(self._journal.entries()), None)
        if first is None:
            return False
        written = json.loads(first.body) if first.kind == _BEGUN else {}
        found = written.get("directive")
        if found != directive:
            what_zh = f"`{found}` 的会话" if found else "其他记录"
            what_en = f"a session of `{found}`" if found else "a record of something else"
            raise JournalError(
                (
                    f"`{self._name}`：应为 `{directive}` 的会话，实为{what_zh}；请改用其他路径",
                    f"`{self._name}`: expected a session of `{directive}`, found {what_en}; "
                    "give another path",
                )
            )
        self._expect_format(written)
        # Killed before its first facts were written, it has not begun: nobody was told that it had.
        return self._journal.latest_snapshot() is not None

    def _expect_format(self, written: Mapping[str, Any]) -> None:
        found = written.get("format", _FORMAT)
        if found != _FORMAT:
            raise JournalError(
                (
                    f"`{self._name}`：会话格式为 {found}，本版本支持 {_FORMAT}；"
                    "请升级 policy_rules",
                    f"`{self._name}`: the format of its session is {found}, and this version reads "
                    f"{_FORMAT}; use a later policy_rules",
                )
            )

    @property
    def begun(self) -> bool:
        """Whether there is a session in the journal to be taken up."""
        return self._begun

    def state(self) -> State:
        """The session as its latest snapshot has it."""
        snapshot = self._journal.latest_snapshot()
        assert snapshot is not None
        chunks = iter(snapshot.chunks)
        head = json.loads(next(chunks))
        self._expect_format(head)
        order = Order()
        facts: dict[type[Fact], list[Fact]] = {}
        faults: list[Fault] = []
        for text in chunks:
            chunk = json.loads(text)
            if "rows" in chunk:
                cls = self._class(chunk["collection"])
                listing = Listing(cls, chunk["rows"], self._place, json_value, CONVERTED)
                facts.setdefault(cls, []).extend(decoded(listing, faults))
            order.seen.update(chunk.get("seen", ()))
            for key, fields in chunk.get("since", {}).items():
                order.since[key] = {n: datetime.fromisoformat(at) for n, at in fields.items()}
            for waiting in chunk.get("waiting", ()):
                order.park(parsed(waiting["event"], self._name, self._classes), waiting["for"])
            for id, refused in chunk.get("refused", {}).items():
                order.refused[id] = tuple(map(_fault, refused))
        if faults:
            raise FactError(faults)
        return State(
            as_of=date.fromisoformat(head["as_of"]),
            facts=_container(facts, [self._class(name) for name in head["complete"]]),
            order=order,
        )

    def later(self) -> Iterator[ChangeEvent]:
        """What came after the snapshot, in its order."""
        snapshot = self._journal.latest_snapshot()
        assert snapshot is not None
        for entry in self._journal.entries(after=snapshot.number):
            self._since_snapshot += 1
            yield parsed(entry.body, f"{self._name} entry {entry.number}", self._classes)

    def begin(self, as_of: date, facts: Iterable[Fact], complete: Iterable[str]) -> None:
        """Begin a session in the journal, with its first facts."""
        if next(iter(self._journal.entries()), None) is None:
            self._journal.append(
                _BEGUN, json.dumps({"format": _FORMAT, "directive": self._directive})
            )
        self.snapshot(as_of, facts, complete, Order())
        self._begun = True

    def record(self, event: ChangeEvent) -> None:
        """Keep a change; it is on the disk when this returns."""
        self._journal.append(_CHANGED, as_text(event))
        self._since_snapshot += 1

    def is_due(self, facts: int) -> bool:
        """Whether enough has come since the last snapshot for another one."""
        return self._since_snapshot >= max(_LEAST_ENTRIES, facts)

    def snapshot(
        self, as_of: date, facts: Iterable[Fact], complete: Iterable[str], order: Order
    ) -> None:
        """Keep the session as it is, so that taking it up need not go through all that came."""
        head = {"format": _FORMAT, "as_of": as_of.isoformat(), "complete": sorted(complete)}
        chunks = (json.dumps(each, ensure_ascii=False) for each in _chunks(head, facts, order))
        self._journal.snapshot(chunks)
        self._since_snapshot = 0

    def close(self) -> None:
        """Give the journal up."""
        self._journal.close()

    def _place(self, position: int) -> str:
        return f"{self._name}: row {position}"

    def _class(self, collection: str) -> type[Fact]:
        try:
            return self._classes[collection]
        except KeyError:
            raise JournalError(
                (
                    f"`{self._name}`：含有本文件没有的列表 `{collection}`；请用写入它的文件打开",
                    f"`{self._name}`: holds `{collection}`, of which the directive knows nothing; "
                    "open it with the directive that it was written with",
                )
            ) from None


def _chunks(
    head: Mapping[str, object], facts: Iterable[Fact], order: Order
) -> Iterator[Mapping[str, Any]]:
    yield head
    rows: list[object] = []
    collection = ""
    for fact in facts:
        if rows and (fact.collection != collection or len(rows) == _ROWS):
            yield {"collection": collection, "rows": rows}
            rows = []
        collection = fact.collection
        rows.append(json_row(fact))
    if rows:
        yield {"collection": collection, "rows": rows}
    seen = sorted(order.seen)
    for first in range(0, len(seen), _IDS):
        yield {"seen": seen[first : first + _IDS]}
    since = list(order.since.items())
    for first in range(0, len(since), _ROWS):
        some = since[first : first + _ROWS]
        yield {"since": {k: {n: at.isoformat() for n, at in of.items()} for k, of in some}}
    yield {
        "waiting": [
            {"event": event.as_json(), "for": order.waits_for(id)}
            for id, event in order.waiting.items()
        ],
        "refused": {id: [each.as_json() for each in of] for id, of in order.refused.items()},
    }


def _fault(written: Mapping[str, str]) -> Fault:
    """A fault as `as_json` gives it; journals from before its kinds had codes have none."""
    return Fault(
        place=written["place"],
        field=written["field"],
        code=FaultCode(written.get("code", FaultCode.OTHER)),
        zh=written["zh"],
        en=written["en"],
    )


def _container(facts: Mapping[type[Fact], list[Fact]], complete: Iterable[type[Fact]]) -> Facts:
    lists: dict[str, Any] = {cls.collection: of for cls, of in facts.items()}
    return Facts(**lists, complete=tuple(complete))
