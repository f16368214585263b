"""Entries as they stand in the file, each sealed with the digest of the one before.

An entry is five lines of text in UTF-8; its texts may have line feeds of their own:

    NUMBER LEFT LENGTH-OF-KIND LENGTH-OF-TIME LENGTH-OF-BODY
    KIND
    TIME
    BODY
    DIGEST

`LEFT` is how many entries of the same batch follow, so that a batch of which the end is missing is
known for one; lengths are in bytes. The digest is the SHA-256, in 64 hexadecimal digits, of the
digest before it (its 32 bytes) and of the entry as it stands there, up to the line of the digest.
What stands for the digest before the first entry is the SHA-256 of the file's first line.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import BinaryIO, Final

from attrs import frozen

_LINE: Final = re.compile(rb"([0-9]{1,18}) ([0-9]{1,18}) ([0-9]{1,9}) ([0-9]{1,9}) ([0-9]{1,18})\n")
_HEX: Final = re.compile(rb"([0-9a-f]{64})\n")
_LONGEST_LINE: Final = 128
_DIGEST_LINE: Final = 65


@frozen
class Entry:
    """One entry of a journal, as it was appended.

    `number` counts from 1 without gaps. `kind` and `body` are the writer's. `at` is when it was
    written by the writer's clock, in UTC (`2026-01-31T08:00:00.000000Z`); clocks can go back, so
    the order is that of the numbers. `digest` is 64 hexadecimal digits; it seals this entry and all
    before it.
    """

    number: int
    kind: str
    body: str
    at: str
    digest: str


@frozen
class Mark:
    """The end of an entry: its number and digest, and where in the file the next one begins."""

    number: int
    offset: int
    digest: bytes


@frozen
class Record:
    """An entry as it was read: the text of the file, how many of its batch follow, its end."""

    entry: Entry
    text: bytes
    left: int
    end: Mark


class UnreadableError(Exception):
    """The entry of a number cannot be read."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


class MissingError(UnreadableError):
    """The file ends before the entry does."""


class ChangedError(UnreadableError):
    """What stands there is not the entry that was appended."""


def beginning(heading: bytes) -> Mark:
    """The mark before the first entry of a file that begins with this line."""
    return Mark(0, len(heading), sha256(heading).digest())


def recorded(after: Mark, left: int, kind: str, at: str, body: str) -> Record:
    """The next entry, as it is to be written."""
    texts = kind.encode(), at.encode(), body.encode()
    number = after.number + 1
    line = b"%d %d %d %d %d" % (number, left, *map(len, texts))
    text = b"\n".join((line, *texts, b""))
    digest = sha256(after.digest + text).digest()
    whole = text + digest.hex().encode() + b"\n"
    entry = Entry(number, kind, body, at, digest.hex())
    return Record(entry, whole, left, Mark(number, after.offset + len(whole), digest))


def read_record(file: BinaryIO, after: Mark, end: int) -> Record:
    """Read the entry after a mark, at which the file stands; no byte from `end` on.

    Raises UnreadableError where it is not what was appended.
    """
    number = after.number + 1
    line, (left, *lengths) = _line(file, after, end)
    length = sum(lengths) + len(lengths) + _DIGEST_LINE
    offset = after.offset + len(line) + length
    rest = file.read(length) if offset <= end else b""
    if len(rest) < length:
        raise MissingError(number)
    digest = sha256(after.digest + line + rest[:-_DIGEST_LINE]).digest()
    if rest[-_DIGEST_LINE:] != digest.hex().encode() + b"\n":
        raise ChangedError(number)
    kind, at, body = _texts(rest, lengths)
    entry = Entry(number, kind, body, at, digest.hex())
    return Record(entry, line + rest, left, Mark(number, offset, digest))


def skip_to(file: BinaryIO, number: int, after: Mark, end: int) -> Mark:
    """Pass over entries after a mark, unchecked, and leave the file at the end of `number`.

    Raises UnreadableError where what stands there is not like an entry.
    """
    file.seek(after.offset)
    mark = after
    while mark.number < number:
        line, (_, *lengths) = _line(file, mark, end)
        offset = mark.offset + len(line) + sum(lengths) + len(lengths) + _DIGEST_LINE
        if offset > end:
            raise MissingError(mark.number + 1)
        file.seek(offset)
        mark = Mark(mark.number + 1, offset, b"")
    return mark if mark is after else marked(file, number, mark.offset)


def marked(file: BinaryIO, number: int, offset: int) -> Mark:
    """The mark of an entry that ends at an offset; the file is left there.

    Raises ChangedError where there is no digest.
    """
    file.seek(max(offset - _DIGEST_LINE, 0))
    found = _HEX.fullmatch(file.read(_DIGEST_LINE))
    if found is None:
        raise ChangedError(number)
    return Mark(number, offset, bytes.fromhex(found[1].decode()))


def _line(file: BinaryIO, after: Mark, end: int) -> tuple[bytes, tuple[int, ...]]:
    number = after.number + 1
    if after.offset >= end:
        raise MissingError(number)
    line = file.readline(_LONGEST_LINE)
    found = _LINE.fullmatch(line)
    if found is None:
        whole = line.endswith(b"\n") or len(line) == _LONGEST_LINE
        raise (ChangedError if whole else MissingError)(number)
    first, left, *lengths = map(int, found.groups())
    if first != number:
        raise ChangedError(number)
    return line, (left, *lengths)


def _texts(rest: bytes, lengths: list[int]) -> list[str]:
    texts = []
    start = 0
    for length in lengths:
        texts.append(rest[start : start + length].decode())
        start += length + 1
    return texts
