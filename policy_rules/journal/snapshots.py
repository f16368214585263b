"""The file of a snapshot: a state that was kept in chunks, bound to the entry that it is after.

It begins with a line NUMBER OFFSET TIME DIGEST SEAL: the number of that entry, where in the file of
entries it ends, when the snapshot was taken, the digest of the entry, and the SHA-256 of the line
before the seal. Each chunk is a line LENGTH SEAL, its bytes as zlib compressed them, and a line
feed; the seal is the SHA-256 of the seal before it and of these bytes. The last line is `end SEAL`,
made of the seal before it and the word alone.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator
from hashlib import sha256
from typing import BinaryIO, Final

from attrs import frozen

from .chain import Mark

# Of 200 MB of JSON, level 6 makes a seventh less than level 3, in twice the time.
_COMPRESSION: Final = 3
_LONGEST_LINE: Final = 256
_END: Final = b"end"
_HEADING: Final = re.compile(
    rb"(([0-9]{1,18}) ([0-9]{1,18}) ([0-9TZ:.-]{27}) ([0-9a-f]{64}) )([0-9a-f]{64})\n"
)
_CHUNK: Final = re.compile(rb"([0-9]{1,18}|end) ([0-9a-f]{64})\n")


@frozen
class Heading:
    """The first line of a snapshot: the entry that it is after, when it was taken, and the seal."""

    after: Mark
    at: str
    seal: bytes


class UnsealedError(Exception):
    """What stands in the file is not what was written."""


def snapshot_parts(after: Mark, at: str, chunks: Iterable[str]) -> Iterator[bytes]:
    """Give the content of the file part by part; what `chunks` raises passes through."""
    text = f"{after.number} {after.offset} {at} {after.digest.hex()} ".encode()
    seal = sha256(text).digest()
    yield text + _line(seal)
    for chunk in chunks:
        content = zlib.compress(chunk.encode(), _COMPRESSION)
        seal = sha256(seal + content).digest()
        yield b"%d %b%b\n" % (len(content), _line(seal), content)
    yield _END + b" " + _line(sha256(seal + _END).digest())


def read_heading(file: BinaryIO) -> Heading:
    """Read the first line. Raises UnsealedError."""
    found = _HEADING.fullmatch(file.readline(_LONGEST_LINE))
    if found is None:
        raise UnsealedError
    seal = sha256(found[1]).digest()
    if found[6] != seal.hex().encode():
        raise UnsealedError
    after = Mark(int(found[2]), int(found[3]), bytes.fromhex(found[5].decode()))
    return Heading(after, found[4].decode(), seal)


def read_chunks(file: BinaryIO, heading: Heading) -> Iterator[str]:
    """Read the texts after the first line, each checked before it is given out.

    Raises UnsealedError.
    """
    size = os.fstat(file.fileno()).st_size
    seal = heading.seal
    while found := _CHUNK.fullmatch(file.readline(_LONGEST_LINE)):
        last = found[1] == _END
        length = 0 if last else int(found[1])
        content = _END if last else file.read(length) if length < size else b""
        seal = sha256(seal + content).digest()
        if found[2] != seal.hex().encode() or file.read(1) != (b"" if last else b"\n"):
            break
        if last:
            return
        yield zlib.decompress(content).decode()
    raise UnsealedError


def _line(seal: bytes) -> bytes:
    return seal.hex().encode() + b"\n"
