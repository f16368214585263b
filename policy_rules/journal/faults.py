"""What is wrong with a journal or with what is asked of it, in Chinese and English."""

from __future__ import annotations

import errno
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
            f"`{name}`：应为日志目录，实为{found[0]}；请改用其他路径",
            f"`{name}`: expected a journal, found {found[1]}; give another path",
        )
    )


def incomplete(name: str, missing: str) -> JournalError:
    """A folder in which a part of the journal is missing."""
    return JournalError(
        (
            f"`{name}`：缺少 `{missing}`，日志仅被复制了一部分；请复制整个目录，"
            "使用中的日志请用 `JournalReader` 的 `backup` 备份",
            f"`{name}`: its `{missing}` is missing, so that it is only a part of a journal; copy "
            "the whole folder, or one in use with `backup` of a `JournalReader`",
        )
    )


def cut_off(name: str, acknowledged: int) -> JournalError:
    """A journal that does not hold all that was acknowledged."""
    return JournalError(
        (
            f"`{name}`：已确认写入 {acknowledged} 条，未能全部找到：日志在使用中被复制，"
            "或其末尾丢失；请恢复备份，使用中的日志请用 `JournalReader` 的 `backup` 备份",
            f"`{name}`: {acknowledged} entries were acknowledged, and not all are there: it was "
            "copied while in use, or lost its end; restore a copy, and make one with `backup` of a "
            "`JournalReader`",
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
    """Turn what the system says of the files into a JournalError."""
    try:
        yield
    except OSError as error:
        raise _explanation(name, error) from error


def is_full(error: OSError) -> bool:
    """Whether it only says that there was no room: all else is as it was."""
    return error.errno in (errno.ENOSPC, errno.EDQUOT)


def _explanation(name: str, error: OSError) -> JournalError:
    text = error.strerror or "unknown"
    if is_full(error):
        return JournalError(
            (
                f"`{name}`：磁盘已满，此次内容均未写入；请腾出空间后重试",
                f"`{name}`: the disk is full, and nothing of this was written; "
                "make room and write it again",
            )
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return JournalError(
            (
                f"`{name}`：无法打开（{text}）；请检查文件及其所在目录的权限",
                f"`{name}`: it cannot be opened ({text}); "
                "check the permissions of its files and of its folder",
            )
        )
    return JournalError(
        (
            f"`{name}`：读写出错（{text}）；请检查磁盘后重新打开",
            f"`{name}`: reading or writing failed ({text}); check the disk and open it again",
        )
    )
