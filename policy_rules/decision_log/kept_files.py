"""What stands beside the journal of a log: the hashes of its tree, and its disclosures.

`tree` has the hashes of the complete subtrees, one after the other (see `merkle`). It follows from
the entries, and is made again where it is missing. `personal` has a line for each entry that hides
something, in their order: its index and its disclosures, a `~` before and after each. Those that
are erased are written over with `*`. Both are written before an entry is acknowledged: what stands
there beyond the last one was interrupted, and is cut off.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from ..journal.folder import flush
from .merkle import HASH_SIZE, Hasher, Tree, kept_hashes

TREE: Final = "tree"
PERSONAL: Final = "personal"
_ERASED: Final = b"*"
_LINE: Final = re.compile(rb"([0-9]+) (~[A-Za-z0-9_*~-]*~)\n")


def open_tree(file: BinaryIO, hasher: Hasher, size: int) -> Tree:
    """The tree that is kept in a file. Reading beyond its end gives empty hashes."""

    def kept(place: int) -> bytes:
        file.seek(place * HASH_SIZE)
        return file.read(HASH_SIZE)

    return Tree(hasher, size, kept)


def has_tree(file: BinaryIO, size: int) -> bool:
    """Whether a file has all the hashes of a tree of so many leaves."""
    return os.fstat(file.fileno()).st_size >= kept_hashes(size) * HASH_SIZE


def append_at(file: BinaryIO, end: int, content: bytes) -> None:
    """Write at a place, after which nothing else stands, and return when it is on the disk."""
    file.truncate(end)
    file.seek(end)
    file.write(content)
    file.flush()
    flush(file.fileno())


def disclosures_line(index: int, disclosures: Iterable[str]) -> bytes:
    """The line for an entry that hides something."""
    return f"{index} ~{'~'.join(disclosures)}~\n".encode()


def cut_off(file: BinaryIO, size: int) -> int:
    """Leave the lines of a log of so many entries, and say where they end.

    What follows was never acknowledged, and would be taken for lines of the entries to come.
    """
    there = end = os.fstat(file.fileno()).st_size
    while end:
        first = _start_of_line(file, end)
        file.seek(first)
        found = _LINE.fullmatch(file.read(end - first))
        if found is not None and int(found[1]) < size:
            break
        end = first
    if end < there:
        append_at(file, end, b"")
    return end


def _start_of_line(file: BinaryIO, end: int, step: int = 65536) -> int:
    """Where the line begins that ends at a place."""
    at = end - 1  # its own line feed, if it has one
    while at:
        first = max(at - step, 0)
        file.seek(first)
        found = file.read(at - first).rfind(b"\n")
        if found >= 0:
            return first + found + 1
        at = first
    return 0


def disclosures_of(file: BinaryIO, index: int) -> tuple[str, ...]:
    """The disclosures of an entry that are not erased; none where it hides nothing."""
    found = _line_of(file, index)
    return () if found is None else _read(found[1])


def all_disclosures(file: BinaryIO) -> Iterator[tuple[int, tuple[str, ...]]]:
    """The disclosures of all entries that hide something, by their index. Raises ValueError."""
    file.seek(0)
    for line in file:
        found = _LINE.fullmatch(line)
        if found is None:
            raise ValueError(line[:20])
        yield int(found[1]), _read(line)


def erase(file: BinaryIO, index: int, disclosures: Iterable[str]) -> None:
    """Write over disclosures of an entry, and return when that is on the disk."""
    found = _line_of(file, index)
    if found is None:
        return
    first, line = found
    for each in disclosures:
        place = line.find(f"~{each}~".encode())
        if place >= 0:
            file.seek(first + place + 1)
            file.write(_ERASED * len(each))
    file.flush()
    flush(file.fileno())


def _read(line: bytes) -> tuple[str, ...]:
    parts = line.partition(b"~")[2].rstrip(b"~\n").split(b"~")
    return tuple(part.decode() for part in parts if not part.startswith(_ERASED))


def _line_of(file: BinaryIO, index: int) -> tuple[int, bytes] | None:
    """Where the line of an entry begins, and the line; found by halving, as they are in order."""
    low, high = 0, os.fstat(file.fileno()).st_size
    while low < high:
        middle = (low + high) // 2
        first = _start_of_line(file, middle + 1)
        file.seek(first)
        line = file.readline()
        number = int(line.partition(b" ")[0] or b"-1")
        if number == index:
            return first, line
        if number < index:
            low = first + len(line)
        else:
            high = first
    return None


def opened_for_writing(path: Path) -> BinaryIO:
    """The file, which is made where it is not there."""
    path.touch(exist_ok=True)
    return path.open("r+b")
