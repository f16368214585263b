"""Writing a journal: what is acknowledged is on the disk, and a batch is there whole or not."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime, timezone
from threading import RLock

from .chain import START, Entry, sealed, sealed_chunk, snapshot_start
from .faults import JournalError, explained, leaves_usable
from .files import JournalFile
from .reading import JournalReader

# Of 200 MB of JSON, level 6 makes a seventh less than level 3, in twice the time.
_COMPRESSION = 3

_LAST = "SELECT number, digest FROM entries ORDER BY number DESC LIMIT 1"


class Journal(JournalReader):
    """An append-only store of texts in one file, open for writing; created where there is none.

    What is promised:

    - `append`, `append_all` and `snapshot` return when what was given is on the disk (SQLite's
      write-ahead file, flushed at each commit). After a kill at any moment it is there; after a
      loss of power too, as far as the disk does what a flush asks.
    - What was given in one call is there whole or not at all. A call that was interrupted before
      it returned may have been done or not; `entries` says which.
    - Entries are never changed or removed, and each is sealed with the digest of the one before.
    - There is one writer at a time, across processes and objects; any number may read meanwhile.

    The file, with the one that ends in `-wal` while it is open or after a kill, is the journal: do
    not move or copy one without the other. It has to be on a local disk: network folders often do
    not lock or flush as they should. It can be used from several threads, not after a fork.

    Raises JournalError for what is no journal or cannot be written, which is left as it was; for a
    journal that is open for writing already; and for one whose end is not what was appended.
    """

    _writing: sqlite3.Connection | None

    def __init__(self, path: str | os.PathLike[str]) -> None:
        file = JournalFile(path)
        if file.exists():
            file.recognise()
        self._writing_lock = RLock()
        self._busy = self._broken = False
        self._held = file.hold()
        self._reading = self._writing = None
        try:
            if not file.exists():
                file.create()
            self._writing = file.connect("rw")
            self._begin(file)
            self._check_end()
        except BaseException:
            for connection in (self._reading, self._writing, self._held):
                if connection is not None:
                    connection.close()
            raise

    def append(self, kind: str, body: str) -> Entry:
        """Add one entry, and return when it is on the disk.

        Raises JournalError where it cannot be written; nothing of it is there then.
        """
        (entry,) = self.append_all(((kind, body),))
        return entry

    def append_all(self, entries: Iterable[tuple[str, str]]) -> tuple[Entry, ...]:
        """Add entries, each a kind and a body: all of them or none, with one flush of the disk.

        Raises JournalError where they cannot be written; none of them is there then.
        """
        given = [(_text("kind", kind), _text("body", body)) for kind, body in entries]
        with self._transaction() as (writing, number, digest):
            at = _now()
            added = []
            for kind, body in given:
                number += 1
                digest = sealed(digest, number, kind, at, body)
                added.append((number, kind, at, body, digest))
            if added:
                self._do(writing, "INSERT INTO entries VALUES (?, ?, ?, ?, ?)", *added)
        return tuple(
            Entry(number, kind, body, at, digest.hex()) for number, kind, at, body, digest in added
        )

    def snapshot(self, chunks: Iterable[str]) -> None:
        """Keep the state after the last entry, in place of the snapshot before.

        Chunks are compressed one by one; a hundred kilobytes or more are a good size. Other threads
        that append wait until the last chunk was taken. Where `chunks` raises something, that
        passes through, and the snapshot before stays; so it does where this one cannot be written,
        which raises JournalError.
        """
        with self._transaction() as (writing, number, digest):
            at = _now()
            digest = snapshot_start(digest, number, at)
            self._do(writing, "DELETE FROM snapshots")
            self._do(writing, "DELETE FROM chunks")
            position = 0
            for position, chunk in enumerate(chunks, 1):
                text = _text("chunks", chunk)
                digest = sealed_chunk(digest, position, text)
                content = zlib.compress(text.encode(), _COMPRESSION)
                row = (position, content, digest)
                self._do(writing, "INSERT INTO chunks VALUES (?, ?, ?)", row)
            header = (number, at, position, digest)
            self._do(writing, "INSERT INTO snapshots VALUES (?, ?, ?, ?)", header)

    def close(self) -> None:
        """Give up the file, for another writer; a second time does nothing."""
        if self._process != os.getpid():
            return
        with self._writing_lock:
            self._refuse_within()
            super().close()
            if self._writing is not None:
                # The last connection to be closed puts everything into the one file.
                self._writing.close()
                self._writing = None
                self._held.close()

    def _check_end(self) -> None:
        """Raise JournalError where the last entry is not what was appended."""
        last = self._last()
        for _ in self._rows(max(last - 1, 0), last):
            pass

    @contextmanager
    def _transaction(self) -> Iterator[tuple[sqlite3.Connection, int, bytes]]:
        """Let everything in the block be written together, after the entry that is given."""
        self._check_process()
        with self._writing_lock:
            self._refuse_within()
            if self._writing is None:
                raise self._closed()
            if self._broken:
                raise JournalError(
                    (
                        f"`{self._name}`：此前写入出错；请关闭后重新打开",
                        f"`{self._name}`: an earlier write failed; close it and open it again",
                    )
                )
            self._busy = True
            try:
                self._do(self._writing, "BEGIN IMMEDIATE")
                with explained(self._name):
                    last = self._writing.execute(_LAST).fetchone()
                yield self._writing, *(last or (0, START))
                self._do(self._writing, "COMMIT")
            except BaseException:
                self._undo(self._writing)
                raise
            finally:
                self._busy = False

    def _do(self, writing: sqlite3.Connection, statement: str, *rows: tuple[object, ...]) -> None:
        with explained(self._name):
            try:
                if rows:
                    writing.executemany(statement, rows)
                else:
                    writing.execute(statement)
            except sqlite3.Error as error:
                self._broken = not leaves_usable(error)
                raise

    def _undo(self, writing: sqlite3.Connection) -> None:
        # SQLite has undone it already after some errors.
        if writing.in_transaction:
            try:
                writing.execute("ROLLBACK")
            except sqlite3.Error:
                self._broken = True

    def _refuse_within(self) -> None:
        # The lock lets the same thread in again: from the iterator of a snapshot's chunks.
        if self._busy:
            raise JournalError(
                (
                    f"`{self._name}`：正在写入快照；请在快照完成后再写",
                    f"`{self._name}`: a snapshot is being written; write when it is done",
                )
            )


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
