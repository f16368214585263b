"""The file of a journal: what it is made of, how it is created, recognised, opened and held.

A journal is an SQLite database in write-ahead mode. Beside the file there can be others, named by
an ending: `-wal` and `-shm` are SQLite's and belong to it until it is closed; `-lock` is empty, and
who holds its lock may write; `-new` is, for a moment, the journal that is being created.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Literal

from .faults import JournalError, explained, not_a_journal

APPLICATION_ID = 0x50524A4C  # PRJL
FORMAT = 1

# `number` is checked before each insert since INSERT OR REPLACE would not fire the other triggers.
# AUTOINCREMENT remembers the last number, so that the removal of the last entries is seen.
SCHEMA = (
    """CREATE TABLE entries (
  number INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  at TEXT NOT NULL,
  body TEXT NOT NULL,
  digest BLOB NOT NULL
)""",
    """CREATE TRIGGER entries_follow BEFORE INSERT ON entries
WHEN new.number <> (SELECT coalesce(max(number), 0) + 1 FROM entries)
BEGIN SELECT raise(ABORT, 'entries are appended'); END""",
    """CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN SELECT raise(ABORT, 'entries are not removed'); END""",
    """CREATE TRIGGER entries_are_kept BEFORE UPDATE ON entries
BEGIN SELECT raise(ABORT, 'entries are not changed'); END""",
    """CREATE TABLE snapshots (
  number INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  chunks INTEGER NOT NULL,
  digest BLOB NOT NULL
)""",
    """CREATE TABLE chunks (
  position INTEGER PRIMARY KEY,
  content BLOB NOT NULL,
  digest BLOB NOT NULL
)""",
)


class JournalFile:
    """The file of a journal: `name` is the path as given, which errors name."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.name = os.fspath(path).replace("\0", "\\0")
        with explained(self.name):
            try:
                # The lock has to be the same whichever way leads to the file.
                self._path = Path(os.path.realpath(path))
                self.exists()
            except ValueError as error:
                found = ("含空字符的路径", "a path with a null character")
                raise not_a_journal(self.name, found) from error

    def exists(self) -> bool:
        """Whether there is a file. Raises JournalError for something else, or without a folder."""
        if self._path.is_file():
            return True
        if self._path.is_dir():
            raise not_a_journal(self.name, ("目录", "a folder"))
        if self._path.exists():
            raise not_a_journal(self.name, ("非普通文件", "something that is no file"))
        if not self._path.parent.is_dir():
            raise JournalError(
                (
                    f"`{self.name}`：所在目录不存在；请先建立目录",
                    f"`{self.name}`: its folder is not there; create the folder first",
                )
            )
        return False

    def hold(self) -> sqlite3.Connection:
        """Become the one writer, until what is given is closed or the process ends.

        Raises JournalError at once where there is a writer.
        """
        lock = self._beside("-lock")
        with explained(self.name):
            connection = sqlite3.connect(
                lock, timeout=0, isolation_level=None, check_same_thread=False
            )
            try:
                # Nothing is ever written to it, so it needs no journal of its own.
                connection.execute("PRAGMA journal_mode = MEMORY")
                connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                connection.close()
                if "locked" in str(error):
                    raise JournalError(
                        (
                            f"`{self.name}`：已由其他程序或对象打开写入；请先将其关闭，"
                            "只读请用 `JournalReader`",
                            f"`{self.name}`: it is open for writing already; close it there, "
                            "or read it with `JournalReader`",
                        )
                    ) from error
                raise
        return connection

    def create(self) -> None:
        """Make an empty journal. It appears whole, or not at all; only its one writer may do so."""
        with explained(self.name):
            if self._beside("-wal").exists():
                # SQLite would take its content for that of the new file.
                raise JournalError(
                    (
                        f"`{self.name}`：文件不存在，但其 `-wal` 仍在；请恢复原文件，"
                        "或删除 `-wal` 以新建日志",
                        f"`{self.name}`: the file is not there, but its `-wal` is; put the file "
                        "back, or delete the `-wal` to begin a new journal",
                    )
                )
            new = self._beside("-new")
            for rest in ("", "-journal", "-wal", "-shm"):
                Path(f"{new}{rest}").unlink(missing_ok=True)
            with closing(sqlite3.connect(new, isolation_level=None)) as connection:
                # It is flushed as a whole below.
                connection.execute("PRAGMA synchronous = OFF")
                connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
                connection.execute(f"PRAGMA user_version = {FORMAT}")
                connection.execute("PRAGMA journal_mode = WAL")
                for statement in SCHEMA:
                    connection.execute(statement)
            _flush(new)
            new.replace(self._path)
            if os.name == "posix":
                _flush(self._path.parent)

    def recognise(self) -> None:
        """Raise JournalError for a file that is no journal, or one of another format.

        The file is left as it is, and nothing is made beside it.
        """
        with explained(self.name):
            size = self._path.stat().st_size
        if not size:
            raise not_a_journal(self.name, ("空文件", "an empty file"))
        # Immutable: without SQLite's other files. Never through `open`, as closing the file
        # would give up the locks that other journals of this process hold on it.
        with explained(self.name), closing(self._connected("mode=ro&immutable=1")) as connection:
            try:
                self._check_format(connection)
            except sqlite3.DatabaseError as error:
                # What is still in the write-ahead file can make up for it, so SQLite is to judge.
                if "malformed" not in str(error):
                    raise

    def connect(self, mode: Literal["ro", "rw"]) -> sqlite3.Connection:
        """Open the file, with each commit on the disk before it returns."""
        with explained(self.name), _closed_on_error(self._connected(f"mode={mode}")) as connection:
            self._check_format(connection)
            # A text that is not UTF-8 any more is to be told by its digest.
            connection.text_factory = _decoded
            if mode == "rw":
                connection.execute("PRAGMA synchronous = FULL")
                # Only macOS knows a difference between this and a flush.
                connection.execute("PRAGMA fullfsync = ON")
                # SQLite opens for reading what it may not write, and does not say so.
                connection.execute("BEGIN IMMEDIATE")
                try:
                    connection.execute(f"PRAGMA user_version = {FORMAT}")
                finally:
                    connection.execute("ROLLBACK")
            return connection

    def _check_format(self, connection: sqlite3.Connection) -> None:
        ((application,),) = connection.execute("PRAGMA application_id")
        ((version,),) = connection.execute("PRAGMA user_version")
        if application != APPLICATION_ID:
            raise not_a_journal(self.name, ("其他用途的数据库", "a database of something else"))
        if version > FORMAT:
            raise JournalError(
                (
                    f"`{self.name}`：格式为 {version}，本版本仅支持到 {FORMAT}；"
                    "请升级 policy_rules",
                    f"`{self.name}`: its format is {version}, and this version reads up to "
                    f"{FORMAT}; use a later policy_rules",
                )
            )
        if version != FORMAT:
            raise not_a_journal(self.name, (f"格式 {version}", f"one of format {version}"))

    def _connected(self, options: str) -> sqlite3.Connection:
        return sqlite3.connect(
            f"{self._path.as_uri()}?{options}",
            uri=True,
            timeout=5,
            isolation_level=None,
            check_same_thread=False,
        )

    def _beside(self, ending: str) -> Path:
        return self._path.with_name(self._path.name + ending)


@contextmanager
def _closed_on_error(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    try:
        yield connection
    except BaseException:
        connection.close()
        raise


def _decoded(text: bytes) -> str:
    return text.decode(errors="surrogateescape")


def _flush(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR if path.is_file() else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
