"""Writing a journal: what is acknowledged is on the disk, and a batch is there whole or not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime, timezone
from io import FileIO
from threading import RLock
from typing import BinaryIO

from attrs import evolve

from ..arguments import public
from .chain import Entry, UnreadableError, marked, read_record, recorded
from .faults import JournalError, damaged, explained, is_full
from .folder import ENTRIES, HEAD, NEW_SNAPSHOT, SNAPSHOT, JournalFolder, flush
from .heads import Head
from .locking import Lock
from .reading import JournalReader, batches_after
from .snapshots import snapshot_parts


class Journal(JournalReader):
    """An append-only store of texts in a folder, open for writing; created where there is none.

    What is promised:

    - `append`, `append_all` and `snapshot` return when what was given is on the disk, and after it
      the head, which says that it was acknowledged. After a kill at any moment it is there; after a
      loss of power too, as far as the disk does what a flush asks.
    - What was acknowledged and is not there any more, or not as it was, is found: a damaged or
      missing part is refused, or makes up for nothing that was acknowledged.
    - What was given in one call is there whole or not at all. A call that was interrupted before
      it returned may have been done or not; `entries` says which.
    - Entries are never changed or removed, and each is sealed with the digest of the one before.
    - There is one writer at a time, across processes and objects; any number may read meanwhile.
      Who opens it while there is one is refused, or waits up to `wait` seconds for it to close.

    The folder is the journal: copy it whole, and while it is open, only by `backup`. It has to be
    on a local disk: network folders often do not lock or flush as they should. It can be used from
    several threads, and not written after a fork.

    Raises JournalError for what is no journal, a part of one, or cannot be written, which is left
    as it was; for a journal that is open for writing already; and for one whose end or snapshot is
    not what was acknowledged.
    """

    @public
    def __init__(self, path: str | os.PathLike[str], *, wait: float = 0) -> None:
        folder = JournalFolder(path)
        if not folder.exists():
            folder.create()
        self._begin(folder)
        self._process = os.getpid()
        self._writing_lock = RLock()
        self._busy = self._broken = False
        self._lock: Lock = folder.hold(wait)
        with ExitStack() as held:
            held.callback(self._lock.release)
            with explained(self._name):
                self._entries = held.enter_context((folder / ENTRIES).open("r+b", buffering=0))
                self._head_file = held.enter_context((folder / HEAD).open("r+b", buffering=0))
                self._recover()
                (folder / NEW_SNAPSHOT).unlink(missing_ok=True)
            self._held = held.pop_all()

    def append(self, kind: str, body: str) -> Entry:
        """Add one entry, and return when it is on the disk.

        Raises JournalError where it cannot be written. Nothing of it is there then, unless the disk
        failed: after that the journal is to be opened again, and says what it holds.
        """
        (entry,) = self.append_all(((kind, body),))
        return entry

    @public
    def append_all(self, entries: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
        """Add entries, each a kind and a body: all of them or none, with one flush for all.

        Raises JournalError as `append`.
        """
        given = [(_text("kind", kind), _text("body", body)) for kind, body in entries]
        with self._transaction() as head:
            at = _now()
            records = []
            mark = last = head.end
            for left, (kind, body) in zip(range(len(given) - 1, -1, -1), given, strict=True):
                record = recorded(mark, left, kind, at, body)
                records.append(record)
                last, mark = mark, record.end
            if records:
                with self._disk():
                    self._write(b"".join(record.text for record in records), head)
                    self._acknowledge(evolve(head, end=mark, last=last.offset))
        return tuple(record.entry for record in records)

    def snapshot(self, chunks: Iterable[str]) -> None:
        """Keep the state after the last entry, in place of the snapshot before.

        Chunks are compressed one by one; a hundred kilobytes or more are a good size. Other threads
        that append wait until the last chunk was taken. Where `chunks` raises something, that
        passes through, and the snapshot before stays; so it does where this one cannot be written,
        which raises JournalError.
        """
        with self._transaction() as head:
            texts = (_text("chunks", chunk) for chunk in chunks)
            new = self._folder / NEW_SNAPSHOT
            with self._disk():
                file = new.open("wb", buffering=0)
            try:
                with file:
                    for part in snapshot_parts(head.end, _now(), texts):
                        with self._disk():  # but not what the caller's iterator raises
                            _write_all(file, part)
                    with self._disk():
                        flush(file.fileno())
                with self._disk():
                    new.replace(self._folder / SNAPSHOT)
                    self._folder.flush()
            finally:
                with suppress(OSError):
                    new.unlink(missing_ok=True)
            with self._disk():
                self._acknowledge_twice(evolve(head, snapshot=head.end.number))

    def close(self) -> None:
        """Give up the journal, for another writer; a second time does nothing."""
        if self._process != os.getpid():
            return
        with self._writing_lock:
            self._refuse_within()
            super().close()
            self._held.close()

    def _recover(self) -> None:
        """Put right what was interrupted, and find the head.

        What is whole beyond the head was written, and nobody was told; what is not whole there was
        never acknowledged.
        """
        sure = len(self._heads()) == 2
        named = self._head()
        with (self._folder / ENTRIES).open("rb") as file:
            self._check_end(file, named)
            head = batches_after(file, named)
            size = os.fstat(file.fileno()).st_size
        self._heading()
        if size > head.end.offset:
            self._entries.truncate(head.end.offset)
        self._at = head
        if size > named.end.offset or not sure:
            flush(self._entries.fileno())
            self._acknowledge_twice(head)

    def _check_end(self, file: BinaryIO, head: Head) -> None:
        """Raise JournalError where the last entry is not the one that was acknowledged."""
        end = self._start
        if head.end.number:
            before = head.end.number - 1
            try:
                mark = marked(file, before, head.last) if before else self._start
                file.seek(mark.offset)
                end = read_record(file, mark, head.end.offset).end
            except UnreadableError as error:
                raise self._unlike(error) from error
        if end != head.end:
            raise self._other_end(head.end)

    @contextmanager
    def _transaction(self) -> Iterator[Head]:
        """Let what is in the block be written after the head that is given."""
        if self._process != os.getpid():
            # The lock is the other process's.
            raise JournalError(
                (
                    f"`{self._name}`：由分叉前的进程打开；请在本进程中重新打开",
                    f"`{self._name}`: it was opened by the process that this one was forked from; "
                    "open it here again",
                )
            )
        with self._writing_lock:
            self._refuse_within()
            self._refuse_closed()
            if self._broken:
                raise JournalError(
                    (
                        f"`{self._name}`：此前写入出错；请关闭后重新打开",
                        f"`{self._name}`: an earlier write failed; close it and open it again",
                    )
                )
            self._busy = True
            try:
                yield self._at
            finally:
                self._busy = False

    @contextmanager
    def _disk(self) -> Iterator[None]:
        """What the disk refuses is explained; only where it was full can the journal go on."""
        with explained(self._name):
            try:
                yield
            except OSError as error:
                self._broken |= not is_full(error)
                raise

    def _write(self, text: bytes, head: Head) -> None:
        """Put entries after the last one, on the disk."""
        end = head.end.offset
        if os.fstat(self._entries.fileno()).st_size != end:
            self._broken = True
            words = "被其他程序改动", "another program has changed it"
            raise damaged(self._name, words)
        try:
            self._entries.seek(end)
            _write_all(self._entries, text)
            flush(self._entries.fileno())
        except BaseException:
            self._entries.truncate(end)
            raise

    def _acknowledge(self, head: Head) -> None:
        """Say on the disk, in the older place of the head, that what it names is there."""
        head = evolve(head, turn=self._at.turn + 1)
        self._broken = True  # until it is known what the disk has
        self._head_file.seek(head.place)
        _write_all(self._head_file, head.line())
        flush(self._head_file.fileno())
        self._at, self._broken = head, False

    def _acknowledge_twice(self, head: Head) -> None:
        """In both places, so that either alone says it."""
        for _ in range(2):
            self._acknowledge(head)

    def _refuse_within(self) -> None:
        # The lock lets the same thread in again: from the iterator of a snapshot's chunks.
        if self._busy:
            raise JournalError(
                (
                    f"`{self._name}`：正在写入快照；请在快照完成后再写",
                    f"`{self._name}`: a snapshot is being written; write when it is done",
                )
            )


def _write_all(file: FileIO, text: bytes) -> None:
    rest = memoryview(text)
    while rest:
        rest = rest[file.write(rest) :]


def _now() -> str:
    now = datetime.now(timezone.utc).isoformat(timespec="microseconds")
    return now.replace("+00:00", "Z")


def _text(name: str, given: object) -> str:
    if not isinstance(given, str):
        raise JournalError(
            (
                f"`{name}` 应为文本，实为 {type(given).__name__}",
                f"`{name}` is a text, found {type(given).__name__}",
            )
        )
    try:
        given.encode()
    except UnicodeEncodeError as error:
        raise JournalError(
            (
                f"`{name}` 第 {error.start + 1} 个字符不能写成 UTF-8；请改正该文本",
                f"`{name}`: its character {error.start + 1} cannot be written in UTF-8; "
                "correct the text",
            )
        ) from error
    return given
