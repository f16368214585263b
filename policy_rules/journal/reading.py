"""Reading a journal, also while another process writes it, and finding what was changed in it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from shutil import copyfileobj
from types import TracebackType
from typing import BinaryIO, Final, TypeVar

from attrs import evolve, frozen

from ..arguments import public
from .chain import (
    Entry,
    Mark,
    MissingError,
    Record,
    UnreadableError,
    marked,
    read_record,
    skip_to,
)
from .faults import JournalError, Pair, cut_off, damaged, explained, incomplete
from .folder import ENTRIES, HEAD, SNAPSHOT, JournalFolder, written
from .heads import Head, head_file, heads_of
from .snapshots import Heading, UnsealedError, read_chunks, read_heading

_Reader = TypeVar("_Reader", bound="JournalReader")

# What is read while it is being written is read again.
_ATTEMPTS: Final = 5


class _ReplacedError(JournalError):
    """A snapshot was being read while the writer took the next one."""


@frozen(eq=False)
class Snapshot:
    """A state that was kept: the one after entry `number` (0: before the first).

    `at` is when it was taken, as in `Entry`. `chunks` are the texts that were given, once, in
    their order; each is checked before it is given out. They raise JournalError where the snapshot
    was changed, or where another process replaced it before the first was taken.
    """

    number: int
    at: str
    chunks: Iterator[str]


@frozen
class Verification:
    """What a whole journal was found to be.

    `entries` is how many stand unbroken from the first, and `digest` that of the last of these:
    noted elsewhere, both show later that nothing before was changed, or taken back to an older
    state, not even by someone who computed all digests anew. `faults` are what is wrong with the
    head, with the first entry that was changed, removed or put in, and with the snapshot, in
    Chinese and English.
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

    It sees what was acknowledged before each call. Opening it checks that it is a journal with all
    its parts, not what it holds: `entries` checks what it gives out, and `verify` everything. It
    can be used from several threads, writes nothing, and needs no more than permission to read.

    Raises JournalError for a folder that is not there, no journal, or a part of one.
    """

    @public
    def __init__(self, path: str | os.PathLike[str]) -> None:
        folder = JournalFolder(path)
        if not folder.exists():
            raise JournalError(
                (
                    f"`{folder.name}`：目录不存在；请检查路径",
                    f"`{folder.name}`: there is no such folder; check the path",
                )
            )
        self._begin(folder)

    def _begin(self, folder: JournalFolder) -> None:
        self._folder = folder
        self._name = folder.name
        self._is_closed = False
        self._start = self._reached = folder.recognise()

    def entries(self, after: int = 0, kind: str | None = None) -> Iterator[Entry]:
        """Give the entries after a number, in order: those there are at the time of the call.

        With `kind`, those of that kind only. They are read as they are asked for, and each is
        checked against its digest. Raises JournalError at the first that was changed, removed or
        put in, and where not all that were acknowledged are there; everything before it is as it
        was appended.
        """
        if not isinstance(after, int) or after < 0:
            raise JournalError(
                (
                    f"`after` 应为条目的编号或 0，实为 {after!r}",
                    f"`after` is the number of an entry, or 0, found {after!r}",
                )
            )
        return (
            record.entry
            for record in self._records(after, self._head().end)
            if kind is None or record.entry.kind == kind
        )

    def acknowledged(self) -> int:
        """How many entries were acknowledged. Raises JournalError where not all are there."""
        return self._head().end.number

    def latest_snapshot(self) -> Snapshot | None:
        """Give the snapshot, or None where none was taken. Raises JournalError as `entries`."""
        heading = self._heading()
        if heading is None:
            return None
        return Snapshot(heading.after.number, heading.at, self._chunks(heading))

    def verify(self) -> Verification:
        """Read everything, and tell what was changed or lost since it was acknowledged."""
        self._refuse_closed()
        faults: list[Pair] = []
        last, end = self._start, None
        try:
            end = self._head().end
        except JournalError as error:
            faults += error.faults
        try:
            for record in self._records(0, end):
                last = record.end
        except JournalError as error:
            faults += error.faults
        if end is not None:
            faults += self._snapshot_faults()
        return Verification(last.number, last.digest.hex(), tuple(faults))

    @public
    def backup(self, path: str | os.PathLike[str]) -> None:
        """Make a journal at `path` that has all that was acknowledged before the call.

        Another process may write meanwhile; what it adds may be there or not. All is checked as it
        is copied, and the copy appears whole or not at all. Raises JournalError where something is
        at `path` already, where it cannot be written, and for what `verify` would find.
        """
        target = JournalFolder(path)
        if target.exists():
            raise JournalError(
                (
                    f"`{target.name}`：已经存在；请给出尚不存在的路径",
                    f"`{target.name}`: it is there already; give a path where nothing is",
                )
            )
        with target.made() as new:
            snapshot = None
            with written(new / SNAPSHOT) as copy:
                while heading := self._heading():
                    # Before the head is read, so that it is not after a later entry than the last.
                    with suppress(_ReplacedError), self._snapshot(heading) as file:
                        for _ in read_chunks(file, heading):
                            pass
                        file.seek(0)
                        copyfileobj(file, copy)
                        snapshot = heading.after.number
                        break
            if snapshot is None:
                (new / SNAPSHOT).unlink()
            head = self._head()
            with written(new / ENTRIES) as copy:
                with self._opened(ENTRIES) as file:
                    copy.write(file.read(self._start.offset))
                for record in self._records(0, head.end):
                    copy.write(record.text)
            with written(new / HEAD) as copy:
                copy.write(head_file(evolve(head, snapshot=snapshot)))

    def close(self) -> None:
        """Give the journal up; a second time does nothing."""
        self._is_closed = True

    def __enter__(self: _Reader) -> _Reader:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _refuse_closed(self) -> None:
        if self._is_closed:
            raise JournalError(
                (
                    f"`{self._name}`：已关闭；请重新打开",
                    f"`{self._name}`: it is closed; open it again",
                )
            )

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        self._refuse_closed()
        with explained(self._name), (self._folder / name).open("rb") as file:
            yield file

    def _heads(self) -> list[Head]:
        """The heads that are whole: two, unless a writer was interrupted, or one is damaged."""
        for _ in range(_ATTEMPTS):
            with self._opened(HEAD) as file:
                heads = heads_of(file.read())
            if len(heads) > 1:
                break
        return heads

    def _head(self) -> Head:
        """How far the journal goes. Raises JournalError where it does not go as far."""
        heads = self._heads()
        if not heads:
            words = "其 `head` 与写入时不符", "its `head` is not what was written"
            raise damaged(self._name, words)
        head = heads[0]
        with self._opened(ENTRIES) as file:
            if len(heads) == 1:
                # The other one may have been the later: what it named is there.
                head = batches_after(file, head)
            if os.fstat(file.fileno()).st_size < head.end.offset:
                raise cut_off(self._name, head.end.number)
        return head

    def _records(self, after: int, end: Mark | None) -> Iterator[Record]:
        """Give the entries after a number up to a mark, each checked; or all that still stand."""
        if end is not None and after and after >= end.number:
            return
        with self._opened(ENTRIES) as file:
            size = os.fstat(file.fileno()).st_size if end is None else end.offset
            try:
                mark = skip_to(file, after, self._nearest(after), size)
                while end is None or mark.number < end.number:
                    record = read_record(file, mark, size)
                    self._refuse_closed()
                    mark = record.end
                    self._reached = mark
                    yield record
            except UnreadableError as error:
                if end is not None or not isinstance(error, MissingError):
                    raise self._unlike(error) from error
            else:
                if end is not None and mark.number == end.number and mark != end:
                    raise self._other_end(end)

    def _nearest(self, number: int) -> Mark:
        """A mark from which it is not far to an entry."""
        marks = [self._start]
        if number:
            marks.append(self._reached)
            with suppress(JournalError):
                heading = self._heading()
                marks += [heading.after] if heading else []
        return max((mark for mark in marks if mark.number <= number), key=lambda mark: mark.number)

    def _unlike(self, error: UnreadableError) -> JournalError:
        number = error.number
        if isinstance(error, MissingError):
            return damaged(
                self._name, (f"第 {number} 条已被删除", f"entry {number} is there no longer")
            )
        return damaged(
            self._name,
            (
                f"第 {number} 条与写入时不符：该条被改动，或其前有条目被删除或插入",
                f"entry {number} is not what was appended: it was changed, or one before it "
                "was removed or put in",
            ),
        )

    def _other_end(self, end: Mark) -> JournalError:
        return damaged(
            self._name,
            (
                f"第 {end.number} 条不是已确认写入的那一条",
                f"entry {end.number} is not the one that was acknowledged",
            ),
        )

    def _heading(self) -> Heading | None:
        """The first line of the snapshot, if one was taken. Raises JournalError for another one."""
        for _ in range(_ATTEMPTS):
            heading = self._read_heading()
            head = self._head()
            if heading is not None and heading.after.number >= (head.snapshot or 0):
                self._check_bound(heading, head)
                return heading
            if heading is None and head.snapshot is None:
                return None
        raise incomplete(self._name, SNAPSHOT) if heading is None else self._bad_snapshot()

    def _read_heading(self) -> Heading | None:
        with explained(self._name):
            if not (self._folder / SNAPSHOT).exists():
                return None
        with self._opened(SNAPSHOT) as file:
            try:
                return read_heading(file)
            except UnsealedError as error:
                raise self._bad_snapshot() from error

    def _check_bound(self, heading: Heading, head: Head) -> None:
        """Raise JournalError where the entry that a snapshot is after is not in the journal."""
        after = heading.after
        if after.number > head.end.number:
            raise cut_off(self._name, after.number)
        with self._opened(ENTRIES) as file:
            try:
                there = marked(file, after.number, after.offset) if after.number else self._start
            except UnreadableError as error:
                raise self._bad_snapshot() from error
        if there != after:
            raise self._bad_snapshot()

    @contextmanager
    def _snapshot(self, heading: Heading) -> Iterator[BinaryIO]:
        """The file of the snapshot that begins so, after its first line."""
        with self._opened(SNAPSHOT) as file:
            try:
                if read_heading(file) != heading:
                    raise _ReplacedError(
                        (
                            f"`{self._name}`：读取前快照已被新快照取代；请重新读取",
                            f"`{self._name}`: the snapshot was replaced before it was read; "
                            "read the latest one",
                        )
                    )
                yield file
            except UnsealedError as error:
                raise self._bad_snapshot() from error

    def _chunks(self, heading: Heading) -> Iterator[str]:
        with self._snapshot(heading) as file:
            for text in read_chunks(file, heading):
                self._refuse_closed()
                yield text

    def _snapshot_faults(self) -> tuple[Pair, ...]:
        while True:
            try:
                snapshot = self.latest_snapshot()
                for _ in snapshot.chunks if snapshot else ():
                    pass
            except _ReplacedError:
                continue
            except JournalError as error:
                return error.faults
            return ()

    def _bad_snapshot(self) -> JournalError:
        return damaged(
            self._name,
            (
                "快照与写入时不符",
                "the snapshot is not what was written, or the entry it is after was changed",
            ),
        )


def batches_after(file: BinaryIO, head: Head) -> Head:
    """The head after all batches beyond one that are whole."""
    size = os.fstat(file.fileno()).st_size
    file.seek(head.end.offset)
    mark = head.end
    with suppress(UnreadableError):
        while True:
            last, record = mark.offset, read_record(file, mark, size)
            mark = record.end
            if not record.left:
                head = evolve(head, end=mark, last=last)
    return head
