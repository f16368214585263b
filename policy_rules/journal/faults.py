"""What is wrong with a journal or with what is asked of it, in Chinese and English."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

Pair = tuple[str, str]


class JournalError(Exception):
    """A journal cannot be opened, read or written as asked.

    `faults` are what is wrong, each in Chinese and in English.
    """

    def __init__(self, *faults: Pair) -> None:
        self.faults = faults
        super().__init__(*faults)

    def __str__(self) -> str:
        return "; ".join(en for _, en in self.faults)


def not_a_journal(name: str, found: Pair) -> JournalError:
    """A path at which something else than a journal is; `found` says what."""
    return JournalError(
        (
            f"`{name}`：应为日志文件，实为{found[0]}；请改用其他路径",
            f"`{name}`: expected a journal, found {found[1]}; give another path",
        )
    )


def damaged(name: str, found: Pair) -> JournalError:
    """A journal that does not hold what was written to it; `found` says what was seen."""
    return JournalError(
        (
            f"`{name}`：{found[0]}；请恢复备份，用 `JournalReader` 的 `verify` 可查明哪些仍完好",
            f"`{name}`: {found[1]}; restore a copy; `verify` of a `JournalReader` says what still "
            "stands",
        )
    )


@contextmanager
def explained(name: str) -> Iterator[None]:
    """Turn what SQLite or the system says of the file into a JournalError."""
    try:
        yield
    except (sqlite3.Error, OSError) as error:
        raise _explanation(name, error) from error
    except OverflowError as error:
        raise _explanation(name, sqlite3.DataError("string or blob too big")) from error


def leaves_usable(error: sqlite3.Error) -> bool:
    """Whether it only says that there was no room or no lock: all else is as it was."""
    return any(each in str(error) for each in ("is full", "is locked", "too big"))


def _explanation(name: str, error: sqlite3.Error | OSError) -> JournalError:
    # Python before 3.11 does not give SQLite's code, only its text, which does not change.
    text = (error.strerror or "unknown") if isinstance(error, OSError) else str(error)
    if "not a database" in text:
        return not_a_journal(name, ("其他内容", "something else"))
    if "malformed" in text or "no such table" in text or "no such column" in text:
        return JournalError(
            (
                f"`{name}`：文件已损坏（{text}）；请恢复备份",
                f"`{name}`: the file is damaged ({text}); restore a copy",
            )
        )
    if "is full" in text:
        return JournalError(
            (
                f"`{name}`：磁盘已满，此次内容均未写入；请腾出空间后重试",
                f"`{name}`: the disk is full, and nothing of this was written; "
                "make room and write it again",
            )
        )
    if any(each in text for each in ("readonly", "unable to open", "Permission denied")):
        return JournalError(
            (
                f"`{name}`：无法打开（{text}）；请检查文件及其所在目录的权限",
                f"`{name}`: it cannot be opened ({text}); "
                "check the permissions of the file and of its folder",
            )
        )
    if "locked" in text:
        return JournalError(
            (
                f"`{name}`：正被其他程序占用；请待其结束后重试",
                f"`{name}`: another program holds it; try again when that has ended",
            )
        )
    if "too big" in text:
        return JournalError(
            (
                f"`{name}`：文本过大，均未写入；请拆分后写入",
                f"`{name}`: a text is too large, and nothing of this was written; divide it",
            )
        )
    return JournalError(
        (
            f"`{name}`：读写出错（{text}）；请检查磁盘后重新打开",
            f"`{name}`: reading or writing failed ({text}); check the disk and open it again",
        )
    )
