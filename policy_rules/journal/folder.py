"""The folder of a journal: what is in it, how it is created, recognised, locked and flushed.

`entries` is what was appended (see `chain`), and only grows; `head` says how far it goes (see
`heads`); `snapshot`, if one was taken, is a state (see `snapshots`); who holds the lock of `lock`,
which is empty, may write. All are one journal: none is of use without the others.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex
from stat import S_ISDIR, S_ISREG
from typing import BinaryIO, Final

from .chain import Mark, beginning
from .faults import JournalError, damaged, explained, incomplete, not_a_journal
from .heads import first_head, head_file
from .locking import HeldError, Lock, held_within

FORMAT: Final = 2
ENTRIES: Final = "entries"
HEAD: Final = "head"
SNAPSHOT: Final = "snapshot"
NEW_SNAPSHOT: Final = "snapshot-new"
_LOCK: Final = "lock"
_NAME: Final = b"policy_rules journal "
_LONGEST_LINE: Final = 128

if sys.platform == "darwin":
    import fcntl

    def flush(descriptor: int) -> None:
        """Return when what was written is on the disk; a flush alone leaves it on its way there."""
        fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)

else:
    flush = getattr(os, "fdatasync", os.fsync)


class JournalFolder:
    """The folder of a journal: `name` is the path as given, which errors name."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path).replace("\0", "\\0")
        try:
            # Whichever way leads to it, and wherever the process goes.
            self._path = Path(os.path.realpath(path))
        except ValueError as error:
            found = ("含空字符的路径", "a path with a null character")
            raise not_a_journal(self.name, found) from error

    def __truediv__(self, name: str) -> Path:
        return self._path / name

    def exists(self) -> bool:
        """Whether there is a folder. Raises JournalError for something else, or for no parent."""
        with explained(self.name):
            try:
                mode = self._path.stat().st_mode  # once: others may be creating it
            except (FileNotFoundError, NotADirectoryError):
                if not self._path.parent.is_dir():
                    raise JournalError(
                        (
                            f"`{self.name}`：所在目录不存在；请先建立目录",
                            f"`{self.name}`: its folder is not there; create the folder first",
                        )
                    ) from None
                return False
        if S_ISDIR(mode):
            return True
        if S_ISREG(mode):
            raise not_a_journal(self.name, ("文件", "a file"))
        raise not_a_journal(self.name, ("非普通文件", "something that is no folder"))

    def create(self) -> None:
        """Make an empty journal, which appears whole or not at all.

        Where others do so at the same time, one of them does.
        """
        try:
            with self.made() as new:
                heading = b"%b%d %b\n" % (_NAME, FORMAT, token_hex(16).encode())
                with written(new / ENTRIES) as file:
                    file.write(heading)
                with written(new / HEAD) as file:
                    file.write(head_file(first_head(beginning(heading))))
        except JournalError:
            if not self.exists():
                raise

    @contextmanager
    def made(self) -> Iterator[Path]:
        """Give a new folder to fill; it gets its name at the end. Raises JournalError."""
        new = self._path.with_name(f"{self._path.name}-new-{token_hex(8)}")
        with explained(self.name):
            new.mkdir()
            try:
                yield new
                flush_folder(new)
                new.rename(self._path)
            finally:
                shutil.rmtree(new, ignore_errors=True)
            flush_folder(self._path.parent)
            self._clear()

    def _clear(self) -> None:
        """Remove what others left who were interrupted before it got its name, which is taken."""
        left = re.compile(re.escape(f"{self._path.name}-new-") + "[0-9a-f]{16}")
        for each in self._path.parent.iterdir():
            if left.fullmatch(each.name):
                shutil.rmtree(each, ignore_errors=True)

    def recognise(self) -> Mark:
        """Give the mark before the first entry.

        Raises JournalError for a folder that is no journal, or one of another format, or a part of
        one; it is left as it is.
        """
        with explained(self.name):
            there = [name for name in (ENTRIES, HEAD) if (self._path / name).is_file()]
            if not there:
                raise not_a_journal(self.name, ("其他内容的目录", "a folder of something else"))
            for name in (ENTRIES, HEAD):
                if name not in there:
                    raise incomplete(self.name, name)
            with (self._path / ENTRIES).open("rb") as file:
                heading = file.readline(_LONGEST_LINE)
        found = re.fullmatch(re.escape(_NAME) + rb"([0-9]{1,9}) .*\n", heading)
        if found is None:
            words = ("首行与写入时不符", "its first line is not what was written")
            raise damaged(self.name, words)
        if int(found[1]) > FORMAT:
            raise JournalError(
                (
                    f"`{self.name}`：格式为 {int(found[1])}，本版本仅支持到 {FORMAT}；"
                    "请升级 policy_rules",
                    f"`{self.name}`: its format is {int(found[1])}, and this version reads up to "
                    f"{FORMAT}; use a later policy_rules",
                )
            )
        return beginning(heading)

    def hold(self, wait: float) -> Lock:
        """Become the one writer. Raises JournalError where there still is one after the wait."""
        with explained(self.name):
            try:
                return held_within(self._path / _LOCK, wait)
            except HeldError as error:
                raise JournalError(
                    (
                        f"`{self.name}`：已由其他程序或对象打开写入；请先将其关闭，"
                        "只读请用 `JournalReader`",
                        f"`{self.name}`: it is open for writing already; close it there, "
                        "or read it with `JournalReader`",
                    )
                ) from error

    def flush(self) -> None:
        """Have the names of its files on the disk."""
        flush_folder(self._path)


@contextmanager
def written(path: Path) -> Iterator[BinaryIO]:
    """Give a new file to write, which is on the disk at the end."""
    with path.open("wb") as file:
        yield file
        file.flush()
        flush(file.fileno())


def flush_folder(path: Path) -> None:
    """Have the names in a folder on the disk."""
    if os.name != "posix":  # elsewhere a folder cannot be flushed
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
