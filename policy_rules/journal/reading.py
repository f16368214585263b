"""Reading a journal, also while another process writes it, and finding what was changed in it."""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from threading import RLock
from types import TracebackType
from typing import Any, TypeVar

from attrs import frozen

from .chain import START, Entry, sealed, sealed_chunk, snapshot_start
from .faults import JournalError, Pair, damaged, explained
from .files import SCHEMA, JournalFile

# A number, a kind, a time, a body and a digest; a number, a time, how many chunks and a digest.
_Row = tuple[int, str, str, str, bytes]
_Header = tuple[int, str, int, bytes]
_Reader = TypeVar("_Reader", bound="JournalReader")

# A page is read at once, so that none of SQLite's locks is held while the caller works.
_PAGE_CHARACTERS = 1 << 20
_ROW_CHARACTERS = 200

_ROWS = """SELECT number, kind, at, body, digest FROM entries
WHERE number > ? AND number <= ? ORDER BY number"""
_ROWS_OF_KIND = """SELECT number, kind, at, body, digest,
  (SELECT digest FROM entries AS before WHERE before.number = entries.number - 1)
FROM entries WHERE number > ? AND number <= ? AND kind = ? ORDER BY number"""


class _Replaced(JournalError):
    """A snapshot was being read while the writer took the next one."""


@frozen(eq=False)
class Snapshot:
    """A state that was kept: the one after entry `number` (0: before the first).

    `at` is when it was taken, as in `Entry`. `chunks` are the texts that were given, once, in
    their order; each is checked before it is given out. They raise JournalError where the snapshot
    was changed, or where another process replaced it meanwhile.
    """

    number: int
    at: str
    chunks: Iterator[str]


@frozen
class Verification:
    """What a whole journal was found to be.

    `entries` is how many stand unbroken from the first, and `digest` that of the last of these:
    noted elsewhere, it shows later that nothing before it was changed, not even by someone who
    computed all digests anew. `faults` are the first entry that was changed, removed or put in,
    then what is wrong with the last number, the snapshot and the tables, in Chinese and English.
    """

    entries: int
    digest: str
    faults: tuple[Pair, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class JournalReader:
    """A journal opened for reading only, for auditors: one process writes while others read.

    It sees what was acknowledged before each call. Opening it checks that it is a journal, not
    what it holds: `entries` checks what it gives out, and `verify` everything. It can be used from
    several threads. Its folder has to be writable unless a writer is at work, since SQLite keeps
    its index of the write-ahead file there.

    Raises JournalError for a file that is not there or no journal.
    """

    _reading: sqlite3.Connection | None

    def __init__(self, path: str | os.PathLike[str]) -> None:
        file = JournalFile(path)
        if not file.exists():
            raise JournalError(
                (
                    f"`{file.name}`：文件不存在；请检查路径",
                    f"`{file.name}`: there is no such file; check the path",
                )
            )
        file.recognise()
        self._begin(file)

    def _begin(self, file: JournalFile) -> None:
        self._file = file
        self._name = file.name
        self._process = os.getpid()
        self._reading_lock = RLock()
        self._reading = file.connect("ro")

    def entries(self, after: int = 0, kind: str | None = None) -> Iterator[Entry]:
        """Give the entries after a number, in order: those there are at the time of the call.

        With `kind`, those of that kind only. They are read as they are asked for, and each is
        checked against its digest. Raises JournalError at the first that was changed, removed or
        put in; everything before it is as it was appended.
        """
        if not isinstance(after, int) or after < 0:
            raise JournalError(
                (
                    f"`after` 应为条目的编号或 0，实为 {after!r}",
                    f"`after` is the number of an entry, or 0, found {after!r}",
                )
            )
        until = self._last()
        rows = self._rows(after, until) if kind is None else self._of_kind(after, until, kind)
        return (
            Entry(number, kind, body, at, digest.hex()) for number, kind, at, body, digest in rows
        )

    def latest_snapshot(self) -> Snapshot | None:
        """Give the snapshot, or None where none was taken."""
        header = self._header()
        if header is None:
            return None
        number, at, _, _ = header
        return Snapshot(number, at, self._chunks(header))

    def verify(self) -> Verification:
        """Read everything, and tell what was changed since it was written."""
        faults: list[Pair] = []
        last = (0, START)
        with self._connection() as connection:
            numbers = _numbers(connection)
            statements = connection.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL")
            found = {each for (each,) in statements if "sqlite_sequence" not in each}
        try:
            for row in self._rows(0, max(numbers)):
                last = (row[0], row[4])
        except JournalError as error:
            faults += error.faults
        else:
            if numbers[0] != numbers[1]:
                faults += self._unequal(*numbers).faults
        faults += self._snapshot_faults()
        if found != set(SCHEMA):
            faults += damaged(
                self._name,
                ("其数据表或触发器被改动", "its tables or triggers were changed"),
            ).faults
        return Verification(last[0], last[1].hex(), tuple(faults))

    def close(self) -> None:
        """Give up the file; a second time does nothing."""
        if self._process != os.getpid():
            # After a fork, what is open belongs to the other process.
            return
        with self._reading_lock:
            if self._reading is not None:
                self._reading.close()
                self._reading = None

    def __enter__(self: _Reader) -> _Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        self._check_process()
        with self._reading_lock, explained(self._name):
            if self._reading is None:
                raise self._closed()
            yield self._reading

    def _check_process(self) -> None:
        # SQLite's locks are not inherited, and its write-ahead index must not be shared this way.
        if self._process != os.getpid():
            raise JournalError(
                (
                    f"`{self._name}`：由分叉前的进程打开；请在本进程中重新打开",
                    f"`{self._name}`: it was opened by the process that this one was forked from; "
                    "open it here again",
                )
            )

    def _closed(self) -> JournalError:
        return JournalError(
            (f"`{self._name}`：已关闭；请重新打开", f"`{self._name}`: it is closed; open it again")
        )

    def _last(self) -> int:
        with self._connection() as connection:
            last, remembered = _numbers(connection)
        if last != remembered:
            raise self._unequal(last, remembered)
        return last

    def _rows(self, after: int, until: int) -> Iterator[_Row]:
        """Give the entries with these numbers, each checked, and none missing."""
        if after >= until:
            return
        previous = self._digest(after)
        while after < until:
            page = self._page(_ROWS, after, until)
            for row in page:
                if row[0] != after + 1:
                    break
                self._check(previous, row)
                yield row[:5]
                after, previous = row[0], row[4]
            if not page or page[-1][0] != after:
                raise self._missing(after + 1)

    def _of_kind(self, after: int, until: int, kind: str) -> Iterator[_Row]:
        while page := self._page(_ROWS_OF_KIND, after, until, kind):
            for row in page:
                self._check(row[5] if row[0] > 1 else START, row)
                yield row[:5]
            after = page[-1][0]

    def _page(self, statement: str, *parameters: object) -> list[Any]:
        page = []
        size = 0
        with (
            self._connection() as connection,
            closing(connection.execute(statement, parameters)) as rows,
        ):
            for row in rows:
                page.append(row)
                size += len(str(row[3])) + _ROW_CHARACTERS
                if size > _PAGE_CHARACTERS:
                    break
        return page

    def _check(self, previous: bytes, row: _Row) -> None:
        number, kind, at, body, digest = row[:5]
        try:
            whole = sealed(previous, number, kind, at, body) == digest
        except (AttributeError, TypeError, UnicodeEncodeError):
            # A value of another type, or a text that is not UTF-8.
            whole = False
        if not whole:
            raise damaged(
                self._name,
                (
                    f"第 {number} 条与写入时不符：该条被改动，或其前有条目被删除或插入",
                    f"entry {number} is not what was appended: it was changed, or one before it "
                    "was removed or put in",
                ),
            )

    def _digest(self, number: int) -> bytes:
        if not number:
            return START
        statement = "SELECT digest FROM entries WHERE number = ?"
        with self._connection() as connection:
            found = connection.execute(statement, (number,)).fetchone()
        if found is None:
            raise self._missing(number)
        digest: bytes = found[0]
        return digest

    def _missing(self, number: int) -> JournalError:
        return damaged(
            self._name, (f"第 {number} 条已被删除", f"entry {number} is there no longer")
        )

    def _header(self) -> _Header | None:
        statement = "SELECT number, at, chunks, digest FROM snapshots ORDER BY number DESC LIMIT 1"
        with self._connection() as connection:
            header: _Header | None = connection.execute(statement).fetchone()
        if header is not None and [type(each) for each in header] != [int, str, int, bytes]:
            raise self._bad_snapshot()
        return header

    def _chunks(self, header: _Header) -> Iterator[str]:
        number, at, chunks, last = header
        statement = "SELECT content, digest FROM chunks WHERE position = ?"
        entry = self._digest(number)
        try:
            digest = snapshot_start(entry, number, at)
        except (TypeError, UnicodeEncodeError) as error:
            raise self._bad_snapshot(header) from error
        for position in range(1, chunks + 1):
            with self._connection() as connection:
                found = connection.execute(statement, (position,)).fetchone()
            try:
                content, kept = found
                text = zlib.decompress(content).decode()
                digest = sealed_chunk(digest, position, text)
            except (TypeError, zlib.error, UnicodeDecodeError):
                kept = None
            if kept != digest:
                raise self._bad_snapshot(header)
            yield text
        if digest != last:
            raise self._bad_snapshot(header)

    def _snapshot_faults(self) -> tuple[Pair, ...]:
        while True:
            try:
                snapshot = self.latest_snapshot()
                for _ in snapshot.chunks if snapshot else ():
                    pass
            except _Replaced:
                continue
            except JournalError as error:
                return error.faults
            return ()

    def _bad_snapshot(self, header: _Header | None = None) -> JournalError:
        if header is not None and self._header() != header:
            return _Replaced(
                (
                    f"`{self._name}`：读取时快照已被新快照取代；请重新读取",
                    f"`{self._name}`: the snapshot was replaced while it was read; "
                    "read the latest one",
                )
            )
        return damaged(
            self._name,
            (
                "快照与写入时不符",
                "the snapshot is not what was written, or the entry it is after was changed",
            ),
        )

    def _unequal(self, last: int, remembered: int) -> JournalError:
        return damaged(
            self._name,
            (
                f"末条编号应为 {remembered}，实为 {last}",
                f"the last entry has to be {remembered}, found {last}",
            ),
        )


def _numbers(connection: sqlite3.Connection) -> tuple[int, int]:
    """The number of the last entry, and the one that SQLite remembers."""
    numbers: tuple[int, int] = connection.execute(
        """SELECT (SELECT coalesce(max(number), 0) FROM entries),
        (SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'entries')"""
    ).fetchone()
    return numbers
