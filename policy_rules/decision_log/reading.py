"""Reading a log of decisions, proving what is in it, and finding what was changed."""

from __future__ import annotations

import json
import os
import sys
from base64 import b64encode
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Final, TypeVar

from attrs import frozen

from ..arguments import public
from ..journal import Entry, JournalError, JournalReader
from .checkpoints import Checkpoint
from .disclosures import digest_of, digests_in, read_disclosure, revealed
from .entries import ANSWERS, FORMAT, LOG
from .kept_files import (
    PERSONAL,
    TREE,
    all_disclosures,
    disclosures_of,
    has_tree,
    open_tree,
)
from .merkle import GrowingTree, Hasher, Tree

Pair = tuple[str, str]
# What is met where the text of an entry is not one that was written.
_UNLIKE: Final = (ValueError, LookupError, TypeError, AttributeError)
_Reader = TypeVar("_Reader", bound="DecisionLogReader")


@frozen
class LogEntry:
    """An entry of a log: its index, counted from 0, and its text, which is the leaf of the tree.

    `disclosures` are those of what it hides that are not erased.
    """

    index: int
    text: str
    disclosures: tuple[str, ...]
    hash_name: str

    @property
    def record(self) -> dict[str, Any]:
        """The entry as JSON, with digests for what it hides."""
        found: dict[str, Any] = json.loads(self.text)
        return found

    def disclosures_of(self, fields: Iterable[str] | None) -> tuple[str, ...]:
        """The disclosures of fields of these names; without names, all."""
        if fields is None:
            return self.disclosures
        wanted = {*fields}
        return tuple(each for each in self.disclosures if read_disclosure(each)[0] in wanted)

    def revealed(self, fields: Iterable[str] | None = None) -> dict[str, Any]:
        """The same with what it hides, or the fields of these names alone, as far as not erased."""
        by_digest = {digest_of(each, self.hash_name): each for each in self.disclosures_of(fields)}
        found: dict[str, Any] = revealed(self.record, by_digest)
        return found


@frozen
class LogVerification:
    """What a log was found to be: how many entries stand, the root of their tree, what is wrong."""

    size: int
    root: bytes
    faults: tuple[Pair, ...]

    @property
    def whole(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


class DecisionLogReader:
    """A log of decisions opened for reading only; others may write meanwhile.

    Entries are counted from 0: the first says what the log is, others a policy or the answers
    about one fact. Opening it checks that it is a log, not what it holds: `verify` does.

    Raises JournalError for what is no log of decisions, or a part of one.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._begin(path, JournalReader(path))

    def _begin(self, path: str | os.PathLike[str], journal: JournalReader) -> None:
        self._path = Path(path)
        self._name = str(path)
        self._journal = journal
        first = next(self._journal.entries(), None)
        said = _first(first)
        if said is None:
            self._journal.close()
            raise JournalError(
                (
                    f"`{self._name}`：应为决定记录，实为其他日志；请改用其他路径",
                    f"`{self._name}`: expected a log of decisions, found another journal; "
                    "give another path",
                )
            )
        if said["format"] != FORMAT:
            self._journal.close()
            raise JournalError(
                (
                    f"`{self._name}`：记录格式为 {said['format']}，本版本支持 {FORMAT}；"
                    "请升级 policy_rules",
                    f"`{self._name}`: its format is {said['format']}, and this version reads "
                    f"{FORMAT}; use a later policy_rules",
                )
            )
        self.origin: str = said["origin"]
        self.hash_name: str = said["hash"]
        self._hasher = hasher_of(self.hash_name)

    @property
    def size(self) -> int:
        """How many entries there are: all that were acknowledged. Raises JournalError."""
        return self._journal.acknowledged()

    def entries(self, after: int = 0) -> Iterator[LogEntry]:
        """Give the entries from an index on, in order, each checked. Raises JournalError."""
        with self._opened(PERSONAL) as personal:
            for entry in self._journal.entries(after=after):
                index = entry.number - 1
                hidden = disclosures_of(personal, index) if '"_sd":' in entry.body else ()
                yield LogEntry(index, entry.body, hidden, self.hash_name)

    @public
    def entry(self, index: int) -> LogEntry:
        """Give one entry. Raises JournalError where there is none of that index."""
        self._expect_index(index, self.size)
        return next(self.entries(after=index))

    @public
    def checkpoint(self, size: int | None = None) -> Checkpoint:
        """How far the log goes, or went when it had so many entries. Raises JournalError."""
        with self._tree(size) as tree:
            return Checkpoint(self.origin, tree.size, tree.root())

    @public
    def inclusion(self, index: int, size: int | None = None) -> list[bytes]:
        """The proof that an entry is in the log, or in its first `size` entries (RFC 9162).

        Raises JournalError where there are not so many.
        """
        with self._tree(size) as tree:
            self._expect_index(index, tree.size)
            return tree.inclusion(index)

    @public
    def consistency(self, earlier: int, size: int | None = None) -> list[bytes]:
        """The proof that the log grew out of its first `earlier` entries (RFC 9162).

        Raises JournalError where there are not so many.
        """
        with self._tree(size) as tree:
            self._expect_size(earlier, tree.size)
            return tree.consistency(earlier)

    @public
    def leaf_hash(self, index: int) -> bytes:
        """The hash of an entry in the tree. Raises JournalError."""
        with self._tree(None) as tree:
            self._expect_index(index, tree.size)
            return tree.leaf_hash(index)

    @public
    def verify(self, *checkpoints: Checkpoint) -> LogVerification:
        """Read everything, and tell what was changed: also since checkpoints that were kept."""
        faults: list[Pair] = []
        growing = GrowingTree(self._hasher, 0, ())
        roots: dict[int, bytes] = {}
        asked = {each.size for each in checkpoints}
        named: dict[int, str] = {}
        with self._opened(TREE) as kept, self._opened(PERSONAL) as personal:
            hidden = _Hidden(personal)
            kept.seek(0)
            sound = True
            try:
                for entry in self._journal.entries():
                    if growing.size in asked:
                        roots[growing.size] = growing.root()
                    index = growing.size
                    leaf = self._hasher.leaf(entry.body.encode())
                    made = growing.add(leaf)
                    if sound and kept.read(len(made)) != made:
                        sound = False
                        faults.append(_other_tree(self._name, index))
                    try:
                        faults += self._faults_of(entry, index, leaf, hidden.of(index), named)
                    except _UNLIKE:
                        faults.append(_not_an_entry(self._name, index))
            except JournalError as error:
                faults += error.faults
        if hidden.unlike:
            faults.append(_other_personal(self._name))
        roots[growing.size] = growing.root()
        for each in checkpoints:
            faults += self._against(each, growing.size, roots)
        return LogVerification(growing.size, growing.root(), tuple(faults))

    def _faults_of(
        self,
        entry: Entry,
        index: int,
        leaf: bytes,
        disclosures: Iterable[str],
        named: dict[int, str],
    ) -> Iterator[Pair]:
        """What is wrong with one entry by itself."""
        record = json.loads(entry.body)
        if record["kind"] == ANSWERS:
            for of in (record["policy"], record["input"]):
                if "index" in of and named.get(of["index"]) != of["leaf_hash"]:
                    yield (
                        f"`{self._name}`：第 {index} 条所依据的第 {of['index']} 条不符",
                        f"`{self._name}`: entry {index} rests on entry {of['index']}, which is "
                        "not the one it was given with",
                    )
        else:
            named[index] = b64encode(leaf).decode()
        given = {digest_of(each, self.hash_name) for each in disclosures}
        if given and not given <= {*digests_in(record)}:
            yield (
                f"`{self._name}`：第 {index} 条的个人字段与写入时不符",
                f"`{self._name}`: what entry {index} hides is not what was written",
            )

    def _against(self, kept: Checkpoint, size: int, roots: Mapping[int, bytes]) -> Iterator[Pair]:
        """What is wrong with the log as a checkpoint has it."""
        if kept.origin != self.origin:
            yield (
                f"检查点属于记录 `{kept.origin}`，而 `{self._name}` 是 `{self.origin}`",
                f"the checkpoint is of the log `{kept.origin}`, and `{self._name}` is "
                f"`{self.origin}`",
            )
        elif kept.size > size:
            yield (
                f"`{self._name}`：检查点时有 {kept.size} 条，现只有 {size} 条",
                f"`{self._name}`: it had {kept.size} entries at the checkpoint, and has {size}",
            )
        elif roots[kept.size] != kept.root:
            yield (
                f"`{self._name}`：前 {kept.size} 条不是检查点时的那些：有条目被改动、删除、"
                "插入或调换",
                f"`{self._name}`: its first {kept.size} entries are not those of the checkpoint: "
                "some were changed, removed, put in or moved",
            )

    def close(self) -> None:
        """Give the log up; a second time does nothing."""
        self._journal.close()

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
    def _tree(self, size: int | None) -> Iterator[Tree]:
        """The tree of the log, or of its first entries."""
        there = self.size
        if size is not None:
            self._expect_size(size, there)
        with self._opened(TREE) as file:
            if not has_tree(file, there):
                raise JournalError(
                    (
                        f"`{self._name}`：其 `{TREE}` 不完整；请以写入方式打开一次，会重新生成",
                        f"`{self._name}`: its `{TREE}` is not whole; open the log for writing "
                        "once, which makes it again",
                    )
                )
            yield open_tree(file, self._hasher, there if size is None else size)

    @contextmanager
    def _opened(self, name: str) -> Iterator[BinaryIO]:
        """A file beside the journal; one that is not there has nothing in it."""
        try:
            file = (self._path / name).open("rb")
        except FileNotFoundError:
            with open(os.devnull, "rb") as nothing:
                yield nothing
            return
        except OSError as error:
            reason = error.strerror
            raise JournalError(
                (
                    f"`{self._name}`：无法读取 `{name}`（{reason}）；请检查权限",
                    f"`{self._name}`: cannot read `{name}` ({reason}); check the permissions",
                )
            ) from error
        with file:
            yield file

    def _expect_index(self, index: int, size: int) -> None:
        if not 0 <= index < size:
            raise JournalError(
                (
                    f"`{self._name}`：没有第 {index} 条；其条目为 0 至 {size - 1}",
                    f"`{self._name}`: there is no entry {index}; they are 0 to {size - 1}",
                )
            )

    def _expect_size(self, given: int, size: int) -> None:
        if not 0 <= given <= size:
            raise JournalError(
                (
                    f"`{self._name}`：没有 {given} 条；共有 {size} 条",
                    f"`{self._name}`: it does not have {given} entries; it has {size}",
                )
            )


def hasher_of(name: str) -> Hasher:
    """The hash of that name. Raises JournalError where this Python does not have it."""
    try:
        return Hasher(name)
    except ValueError as error:
        raise JournalError(
            (
                f"本机的 Python 没有哈希算法 `{name}`；请换用带有它的 OpenSSL",
                f"this Python has no hash `{name}`; use one whose OpenSSL has it",
            )
        ) from error


def _first(entry: Entry | None) -> dict[str, Any] | None:
    """What the first entry of a log says, or None where it is of something else."""
    try:
        found: dict[str, Any] = json.loads("" if entry is None else entry.body)
        return found if found["kind"] == LOG and {"format", "origin", "hash"} <= {*found} else None
    except _UNLIKE:
        return None


class _Hidden:
    """What entries hide, for those who go through them in order; `unlike`: a line is none."""

    def __init__(self, personal: BinaryIO) -> None:
        self._lines = all_disclosures(personal)
        self.unlike = False
        self._index = -1
        self._disclosures: tuple[str, ...] = ()

    def of(self, index: int) -> tuple[str, ...]:
        """The disclosures of an entry; later ones are asked for later."""
        try:
            while self._index < index:
                self._index, self._disclosures = next(self._lines, _NO_LINE)
        except ValueError:
            self.unlike = True
            self._index, self._disclosures = _NO_LINE
        return self._disclosures if self._index == index else ()


# After the last line.
_NO_LINE: Final[tuple[int, tuple[str, ...]]] = (sys.maxsize, ())


def _other_personal(name: str) -> Pair:
    return (
        f"`{name}`：其 `{PERSONAL}` 与写入时不符",
        f"`{name}`: its `{PERSONAL}` is not what was written",
    )


def _other_tree(name: str, index: int) -> Pair:
    return (
        f"`{name}`：从第 {index} 条起，其 `{TREE}` 与条目不符；可删去该文件，会重新生成",
        f"`{name}`: from entry {index} on, its `{TREE}` is not that of the entries; remove the "
        "file, and it is made again",
    )


def _not_an_entry(name: str, index: int) -> Pair:
    return (
        f"`{name}`：第 {index} 条不是决定记录的条目",
        f"`{name}`: entry {index} is none of a log of decisions",
    )
