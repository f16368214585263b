"""The chain of digests: what each entry and each chunk of a snapshot is sealed with."""

from __future__ import annotations

from hashlib import sha256

from attrs import frozen

START = bytes(32)
"""What stands for the digest before the first entry."""


@frozen
class Entry:
    """One entry of a journal, as it was appended.

    `number` counts from 1 without gaps. `kind` and `body` are the writer's. `at` is when it was
    written by the writer's clock, in UTC (`2026-01-31T08:00:00.000000Z`); clocks can go back, so
    the order is that of the numbers. `digest` is 64 hexadecimal digits, see `sealed`.
    """

    number: int
    kind: str
    body: str
    at: str
    digest: str


def sealed(previous: bytes, number: int, kind: str, at: str, body: str) -> bytes:
    """Give an entry's digest.

    It is the SHA-256 of the digest before it (32 bytes, zeros for the first); a line with the
    number and the lengths of kind, time and body in bytes, in decimal with single spaces, ended by
    a line feed; then kind, time and body in UTF-8.
    """
    texts = kind.encode(), at.encode(), body.encode()
    line = b"%d %d %d %d\n" % (number, len(texts[0]), len(texts[1]), len(texts[2]))
    return sha256(b"".join((previous, line, *texts))).digest()


def snapshot_start(entry: bytes, number: int, at: str) -> bytes:
    """Give what a snapshot's chain begins with: it binds it to the entry that it is after."""
    return sealed(entry, number, "snapshot", at, "")


def sealed_chunk(previous: bytes, position: int, text: str) -> bytes:
    """Give the digest of a snapshot's chunk, made as an entry's; `position` counts from 1."""
    return sealed(previous, position, "chunk", "", text)
