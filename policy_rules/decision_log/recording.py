"""Writing a log of decisions: what is acknowledged is on the disk, whoever else writes."""

from __future__ import annotations

import os
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import datetime, timezone
from secrets import token_hex
from threading import Condition, RLock
from typing import Any, BinaryIO, Final
from weakref import WeakKeyDictionary

from attrs import define, field

from ..arguments import public
from ..facts import Facts
from ..installed import installed_version
from ..journal import Journal, JournalError, JournalReader
from ..journal.faults import explained
from ..policy import Answer, Policy
from .disclosures import DIGESTS, digest_of, read_disclosure
from .entries import (
    ANSWERS,
    FACTS,
    LOG,
    POLICY,
    EntryWriter,
    Reference,
    Written,
    answers_entry,
    log_entry,
)
from .kept_files import (
    PERSONAL,
    TREE,
    append_at,
    cut_off,
    disclosures_line,
    erase,
    has_tree,
    open_tree,
    opened_for_writing,
)
from .merkle import HASH_SIZE, GrowingTree, kept_hashes
from .reading import DecisionLogReader, hasher_of

# Others write a batch in far less, even of many thousand entries.
WAIT: Final = 30.0


@define(eq=False)
class _Known:
    """A policy whose answers are written, and which entries are there already."""

    writer: EntryWriter
    policy: Reference | None = None
    facts: WeakKeyDictionary[Facts, Reference] = field(factory=WeakKeyDictionary)


class _NewReferences:
    """The entries on policies and facts that a batch adds; known once it is written."""

    def __init__(self) -> None:
        self._policies: dict[_Known, Reference] = {}
        self._facts: dict[tuple[_Known, int], tuple[Facts, Reference]] = {}

    def policy(self, batch: _Batch, known: _Known) -> Reference:
        """The entry on a policy."""
        found = known.policy or self._policies.get(known)
        if found is None:
            found = self._policies[known] = batch.add(POLICY, known.writer.policy())
        return found

    def facts(self, batch: _Batch, known: _Known, facts: Facts, document: Written) -> Reference:
        """The entry on facts that nobody had written when their text was made."""
        key = known, id(facts)
        if key not in self._facts:
            self._facts[key] = facts, batch.add(FACTS, document)
        return self._facts[key][1]

    def keep(self) -> None:
        """Note them, since they are on the disk."""
        for known, reference in self._policies.items():
            known.policy = reference
        for (known, _), (facts, reference) in self._facts.items():
            known.facts[facts] = reference


@define(eq=False)
class _Waiting:
    """Answers that wait to be written, and what came of it."""

    known: _Known
    written: list[Written]
    facts: Facts | None
    # The entry that has the facts, or the text of the one that will. Equal facts may have been
    # written for others, who may give them up at any time: so it is held from the first.
    given: Reference | None
    document: Written | None
    is_done: bool = False
    added: tuple[int, ...] = ()
    error: BaseException | None = None

    def put(self, batch: _Batch, new: _NewReferences) -> tuple[int, ...]:
        """Add them to a batch."""
        by = new.policy(batch, self.known)
        given = self.given
        if given is None and self.facts is not None and self.document is not None:
            given = self.known.facts.get(self.facts)
            given = given or new.facts(batch, self.known, self.facts, self.document)
        return tuple(
            batch.add(ANSWERS, Written(answers_entry(by, given, each.text), each.disclosures)).index
            for each in self.written
        )


class DecisionLog(DecisionLogReader):
    """A log of decisions in a folder, open for writing; created where there is none.

    `add` writes answers with all that they rest on, and returns when they are on the disk. Any
    number of processes and threads may write one log: each batch waits for its turn, up to `wait`
    seconds, and is there whole or not at all. Answers that are added together, or by several
    threads at the same time, share the time that the disk takes.

    `origin` is the name of the log in checkpoints, best an address that is yours, such as
    `example.org/decisions`; without one, a new log gets a name that no other has. `hash_name` is
    the hash of its tree: `sha256`, or `sm3` where this Python has it. Both are settled when the log
    is created. Personal fields are kept apart from the entries, which have salted digests of them:
    an entry can be shown without them, and they can be erased, and every proof holds all the same.

    Raises JournalError for what is no log of decisions, for another `origin` or `hash_name` than
    the log has, and where it cannot be written.
    """

    @public
    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        origin: str | None = None,
        hash_name: str | None = None,
        wait: float = WAIT,
    ) -> None:
        self._wait = wait
        self._lock = RLock()
        self._turn = Condition()
        self._queue: list[_Waiting] = []
        self._is_writing = False
        self._policies: WeakKeyDictionary[Policy, _Known] = WeakKeyDictionary()
        made = _one_line(f"policy-rules/{token_hex(8)}" if origin is None else origin)
        hasher_of(hash_name or "sha256")
        with Journal(path, wait=wait) as journal:
            if not journal.acknowledged():
                journal.append(LOG, log_entry(made, hash_name or "sha256"))
        self._begin(path, JournalReader(path))
        for name, given, there in (
            ("origin", origin, self.origin),
            ("hash_name", hash_name, self.hash_name),
        ):
            if given not in (None, there):
                self.close()
                raise JournalError(
                    (
                        f"`{self._name}`：`{name}` 为 `{there}`，不是 `{given}`；"
                        "它在新建时即已确定",
                        f"`{self._name}`: its `{name}` is `{there}`, not `{given}`; it is settled "
                        "when a log is created",
                    )
                )
        with self._writing():
            pass  # which makes the tree, where it is not there

    @public
    def add(
        self,
        policy: Policy,
        answers: Iterable[Answer],
        *,
        facts: Facts | None = None,
        correlation_id: str | None = None,
        at: datetime | None = None,
    ) -> tuple[int, ...]:
        """Write answers that a policy gave, and give the indexes of their entries.

        Answers about one fact that follow each other are one entry. With them are written the facts
        that they rest on; of many answers about the same `facts`, as of an audit, these are written
        as a whole instead, once. `correlation_id` is the caller's own, by which it finds them
        again; it is not hidden. `at` is when they were given, by default now.

        All are on the disk when this returns, or none is there. Raises JournalError where they
        cannot be written, and ValueError for an answer that another policy gave, or with other
        facts.
        """
        if facts is not None and type(facts) is not Facts:
            raise ValueError(
                f"expected facts that do not change, found {facts!r}; leave `facts` out, and add "
                "answers of a session before it changes"
            )
        time = _time(at)
        known = self._known(policy)
        written = [
            known.writer.answers(group, time, correlation_id, alone=facts is None)
            for group in _by_fact(policy, answers, facts)
        ]
        if not written:
            return ()
        given = None if facts is None else known.facts.get(facts)
        document = known.writer.facts(facts) if facts is not None and given is None else None
        waiting = _Waiting(known, written, facts, given, document)
        # Whoever finds nobody writing does so for all that came meanwhile: one wait for the disk.
        with self._turn:
            self._queue.append(waiting)
            self._turn.wait_for(lambda: waiting.is_done or not self._is_writing)
            together = [] if waiting.is_done else self._queue
            if together:
                self._queue, self._is_writing = [], True
        if together:
            self._write(together)
        if waiting.error is not None:
            raise waiting.error
        return waiting.added

    def _write(self, together: Sequence[_Waiting]) -> None:
        """Write all that wait, and tell them what came of it."""
        try:
            with self._writing() as batch:
                new = _NewReferences()
                added = [each.put(batch, new) for each in together]
                batch.write()
            new.keep()
        except JournalError as error:
            for each in together:
                each.error = JournalError(*error.faults)
        except BaseException as error:
            for each in together:
                each.error = error
            raise
        else:
            for each, indexes in zip(together, added, strict=True):
                each.added = indexes
        finally:
            with self._turn:
                self._is_writing = False
                for each in together:
                    each.is_done = True
                self._turn.notify_all()

    @public
    def erase(self, index: int, fields: Iterable[str] | None = None) -> int:
        """Erase what an entry hides, or its fields of these names, and say how many values.

        The entry and all proofs stay as they are; nobody can show the values any more. Copies that
        were made before still have them. Raises JournalError.
        """
        with self._writing() as batch:
            gone = self.entry(index).disclosures_of(fields)
            erase(batch.personal, index, gone)
        return len(gone)

    def erase_fact(self, key: str) -> int:
        """Erase all that any entry hides of a fact, such as `officers/17`; say how many values.

        Also where answers and other facts name it. It reads the whole log. Raises JournalError.
        """
        gone = 0
        with self._writing() as batch:
            for entry in self.entries():
                if entry.disclosures:
                    found = list(_about(entry.record, entry.disclosures, self.hash_name, key))
                    erase(batch.personal, entry.index, found)
                    gone += len(found)
        return gone

    def _known(self, policy: Policy) -> _Known:
        with self._lock:
            found = self._policies.get(policy)
            if found is None:
                found = _Known(EntryWriter(policy, installed_version() or "", self.hash_name))
                self._policies[policy] = found
            return found

    @contextmanager
    def _writing(self) -> Iterator[_Batch]:
        """Be the one writer for a batch."""
        with self._lock, ExitStack() as held:
            journal = held.enter_context(Journal(self._path, wait=self._wait))
            with explained(self._name):
                tree = held.enter_context(opened_for_writing(self._path / TREE))
                personal = held.enter_context(opened_for_writing(self._path / PERSONAL))
                yield _Batch(self, journal, tree, personal)


class _Batch:
    """Entries that are written together, in a log that is held meanwhile."""

    def __init__(
        self, log: DecisionLog, journal: Journal, tree: BinaryIO, personal: BinaryIO
    ) -> None:
        self._journal, self._tree, self.personal = journal, tree, personal
        self._hasher = log._hasher
        size = journal.acknowledged()
        if not has_tree(tree, size):
            self._make_tree_again()
        self._growing = GrowingTree(self._hasher, size, open_tree(tree, self._hasher, size).edge())
        self._end_of_tree = kept_hashes(size) * HASH_SIZE
        self._end_of_lines = cut_off(personal, size)
        self._entries: list[tuple[str, str]] = []
        self._hashes: list[bytes] = []
        self._lines: list[bytes] = []

    def add(self, kind: str, written: Written) -> Reference:
        """Add an entry to the batch."""
        index = self._growing.size
        leaf_hash = self._hasher.leaf(written.text.encode())
        self._hashes.append(self._growing.add(leaf_hash))
        self._entries.append((kind, written.text))
        if written.disclosures:
            self._lines.append(disclosures_line(index, written.disclosures))
        return Reference(index, b64encode(leaf_hash).decode())

    def write(self) -> None:
        """Write the batch; it is acknowledged last, so that nothing of it is missing then."""
        if self._lines:
            append_at(self.personal, self._end_of_lines, b"".join(self._lines))
        append_at(self._tree, self._end_of_tree, b"".join(self._hashes))
        self._journal.append_all(self._entries)

    def _make_tree_again(self) -> None:
        growing = GrowingTree(self._hasher, 0, ())
        hashes = (
            growing.add(self._hasher.leaf(each.body.encode())) for each in self._journal.entries()
        )
        append_at(self._tree, 0, b"".join(hashes))


def _by_fact(
    policy: Policy, answers: Iterable[Answer], facts: Facts | None
) -> Iterator[list[Answer]]:
    """The answers, together where they are about one fact."""
    group: list[Answer] = []
    for answer in answers:
        if answer.regime is not policy.regime:
            raise ValueError(f"expected an answer that {policy!r} gave, found {answer!r}")
        if facts is not None and answer.surroundings is not facts:
            raise ValueError(f"expected an answer that was given with {facts!r}, found {answer!r}")
        if group and answer.fact is not group[0].fact:
            yield group
            group = []
        group.append(answer)
    if group:
        yield group


def _about(
    record: Mapping[str, Any], disclosures: Iterable[str], hash_name: str, key: str
) -> Iterator[str]:
    """The disclosures of an entry that tell something of a fact: its own, and those naming it."""
    collection, _, id_ = key.partition("/")
    hidden = {digest_of(each, hash_name): each for each in disclosures}

    def of(row: Mapping[str, Any], naming: Sequence[str]) -> Iterator[str]:
        there = [hidden[digest] for digest in row.get(DIGESTS, ()) if digest in hidden]
        said = {**row, **dict(map(read_disclosure, there))}
        if any(said.get(name) == (id_ if name == "id" else key) for name in naming):
            yield from there
            return
        for each in there:
            name, value = read_disclosure(each)
            if name == "needs":
                if any(need.startswith(f"{key}.") for need in value):
                    yield each
            elif name != "id" and value == id_:
                yield each

    for answers in record.get("answers", {}).values():
        for answer in answers:
            yield from of(answer, ["subject"])
    for exemption in record.get("exemptions", ()):
        yield from of(exemption, ["subject"])
    given = record.get("input", {})
    alone = given.get("subject", {})
    yield from of(alone, ["id"] if alone.get("collection") == collection else [])
    document = record.get("facts") or given.get("facts", {})
    for name, rows in document.items():
        if name not in ("format", "complete"):
            for row in rows:
                yield from of(row, ["id"] if name == collection else [])


def _one_line(origin: str) -> str:
    """The name of a log, which is a line of its checkpoints. Raises JournalError."""
    if not origin or origin != origin.strip() or not origin.isprintable() or "+" in origin:
        raise JournalError(
            (
                f"`origin` 应为一行文字，如 `example.org/decisions`，不含 `+`，实为 {origin!r}",
                "`origin` is a line of text such as `example.org/decisions`, without `+`, "
                f"found {origin!r}",
            )
        )
    return origin


def _time(at: datetime | None) -> str:
    moment = datetime.now(timezone.utc) if at is None else at.astimezone(timezone.utc)
    return moment.isoformat(timespec="microseconds").replace("+00:00", "Z")
