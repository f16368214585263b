"""The head of a journal: how far what was acknowledged goes, kept apart from the entries.

The file has two places, written in turn, so that whatever interrupts the writing of one leaves the
other. Each is a line: TURN ENTRIES SIZE LAST DIGEST SNAPSHOT SEAL. The entries that were
acknowledged end at SIZE bytes of their file, the last of them begins at LAST and has the DIGEST;
SNAPSHOT is the number of the entry that the snapshot is after, or `-` where none was taken; and
SEAL the SHA-256 of the line before it. Of two whole lines that of the later TURN holds.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import Final

from attrs import evolve, frozen

from .chain import Mark

# A place begins a block of the disk, of whatever size, so that writing one cannot harm the other.
PLACE: Final = 4096
_NUMBER = rb"([0-9]{1,18})"
_LINE: Final = re.compile(
    rb"(%b %b %b %b ([0-9a-f]{64}) ([0-9]{1,18}|-) )([0-9a-f]{64})\n" % ((_NUMBER,) * 4)
)


@frozen(kw_only=True)
class Head:
    """How far a journal goes: the end of its last entry, where that begins, and its snapshot."""

    turn: int
    end: Mark
    last: int
    snapshot: int | None

    @property
    def place(self) -> int:
        """Where in the file its line belongs."""
        return self.turn % 2 * PLACE

    def line(self) -> bytes:
        """The line as it stands in the file."""
        snapshot = "-" if self.snapshot is None else self.snapshot
        end = self.end
        text = (
            f"{self.turn} {end.number} {end.offset} {self.last} {end.digest.hex()} {snapshot} "
        ).encode()
        return text + sha256(text).hexdigest().encode() + b"\n"


def first_head(start: Mark) -> Head:
    """The head of a journal without entries."""
    return Head(turn=0, end=start, last=start.offset, snapshot=None)


def head_file(head: Head) -> bytes:
    """The content of a file that has this head, and the same for the turn before it."""
    places = (head, evolve(head, turn=head.turn + 1))
    lines = {each.place: each.line() for each in places}
    return b"".join(lines[place].ljust(PLACE, b"\0") for place in sorted(lines))


def heads_of(content: bytes) -> list[Head]:
    """The heads that are whole, the one that holds first: two, unless a place is damaged."""
    found = [_read(content[place : place + PLACE]) for place in (0, PLACE)]
    return sorted((each for each in found if each), key=lambda head: -head.turn)


def _read(place: bytes) -> Head | None:
    found = _LINE.match(place)
    if found is None or sha256(found[1]).hexdigest().encode() != found[8]:
        return None
    turn, number, size, last = (int(found[group]) for group in (2, 3, 4, 5))
    end = Mark(number, size, bytes.fromhex(found[6].decode()))
    return Head(turn=turn, end=end, last=last, snapshot=None if found[7] == b"-" else int(found[7]))
