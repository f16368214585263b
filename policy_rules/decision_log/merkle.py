"""Merkle trees after RFC 9162, section 2.1: hashes, proofs, and the checking of proofs.

A tree of `n` leaves is kept as the hashes of its complete subtrees, in the order in which they
become complete: that of a leaf, then those of the larger subtrees that end with it. So a tree only
grows at the end, what is there never changes, and any proof takes a few reads however many leaves
there are.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Final

from attrs import frozen

HASH_SIZE: Final = 32


@frozen
class Hasher:
    """The hash of a tree, of 32 bytes: `sha256`, or `sm3` where the system's OpenSSL has it.

    Raises ValueError where Python does not have it.
    """

    name: str

    def __attrs_post_init__(self) -> None:
        hashlib.new(self.name)

    def leaf(self, data: bytes) -> bytes:
        """The hash of a leaf."""
        return hashlib.new(self.name, b"\0" + data).digest()

    def node(self, left: bytes, right: bytes) -> bytes:
        """The hash of what is above two subtrees."""
        return hashlib.new(self.name, b"\1" + left + right).digest()

    def empty(self) -> bytes:
        """The hash of a tree without leaves."""
        return hashlib.new(self.name).digest()


def kept_hashes(leaves: int) -> int:
    """How many hashes are kept of a tree of so many leaves."""
    return 2 * leaves - leaves.bit_count()


@frozen
class Tree:
    """A tree of `size` leaves; `kept` gives the hash that stands at a place."""

    hasher: Hasher
    size: int
    kept: Callable[[int], bytes]

    def leaf_hash(self, index: int) -> bytes:
        """The hash of a leaf."""
        return self._complete(0, index)

    def root(self) -> bytes:
        """The hash of the whole tree."""
        return self._hash(0, self.size) if self.size else self.hasher.empty()

    def inclusion(self, index: int) -> list[bytes]:
        """The proof that a leaf is in the tree (RFC 9162, 2.1.3.1)."""
        first, last = 0, self.size
        path = []
        while last - first > 1:
            middle = first + _split(last - first)
            if index < middle:
                path.append(self._hash(middle, last))
                last = middle
            else:
                path.append(self._hash(first, middle))
                first = middle
        return path[::-1]

    def consistency(self, earlier: int) -> list[bytes]:
        """The proof that the tree grew out of its first leaves (RFC 9162, 2.1.4.1)."""
        if earlier in (0, self.size):
            return []
        first, last = 0, self.size
        path = []
        while earlier != last:
            middle = first + _split(last - first)
            if earlier <= middle:
                path.append(self._hash(middle, last))
                last = middle
            else:
                path.append(self._hash(first, middle))
                first = middle
        if first:
            path.append(self._hash(first, last))
        return path[::-1]

    def edge(self) -> list[bytes]:
        """The hashes of the complete subtrees that side by side make up the tree."""
        first, found = 0, []
        for level in reversed(range(self.size.bit_length())):
            if self.size >> level & 1:
                found.append(self._complete(level, first >> level))
                first += 1 << level
        return found

    def _hash(self, first: int, last: int) -> bytes:
        """The hash of the leaves from one to before another, as the RFC divides them."""
        number = last - first
        if number.bit_count() == 1:
            level = number.bit_length() - 1
            return self._complete(level, first >> level)
        middle = first + _split(number)
        return self.hasher.node(self._hash(first, middle), self._hash(middle, last))

    def _complete(self, level: int, place: int) -> bytes:
        last_leaf = (place + 1 << level) - 1
        return self.kept(kept_hashes(last_leaf) + level)


class GrowingTree:
    """A tree to which leaves are added; `edge` is that of the tree that there is."""

    def __init__(self, hasher: Hasher, size: int, edge: Sequence[bytes]) -> None:
        self._hasher = hasher
        self._edge = list(edge)
        self.size = size

    def add(self, leaf_hash: bytes) -> bytes:
        """Add a leaf, and give all hashes that are to be kept of it."""
        made = [leaf_hash]
        above = self.size
        while above & 1:
            made.append(self._hasher.node(self._edge.pop(), made[-1]))
            above >>= 1
        self._edge.append(made[-1])
        self.size += 1
        return b"".join(made)

    def root(self) -> bytes:
        """The hash of the whole tree."""
        if not self._edge:
            return self._hasher.empty()
        return reduce(lambda right, left: self._hasher.node(left, right), reversed(self._edge))


def includes(
    hasher: Hasher, leaf_hash: bytes, index: int, size: int, path: Sequence[bytes], root: bytes
) -> bool:
    """Whether a proof shows that a leaf is in a tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf_hash
    for each in path:
        if not last:
            return False
        if place & 1 or place == last:
            found = hasher.node(each, found)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            found = hasher.node(found, each)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def grew(
    hasher: Hasher,
    earlier: int,
    earlier_root: bytes,
    size: int,
    path: Sequence[bytes],
    root: bytes,
) -> bool:
    """Whether a proof shows that a tree grew out of an earlier one (RFC 9162, 2.1.4.2)."""
    if earlier == size:
        return not path and earlier_root == root
    if not 0 < earlier < size:
        return earlier == 0 and not path and earlier_root == hasher.empty()
    hashes = list(path)
    if earlier.bit_count() == 1:
        hashes.insert(0, earlier_root)
    if not hashes:
        return False
    place, last = earlier - 1, size - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    before = after = hashes[0]
    for each in hashes[1:]:
        if not last:
            return False
        if place & 1 or place == last:
            before, after = hasher.node(each, before), hasher.node(each, after)
            while place and not place & 1:
                place, last = place >> 1, last >> 1
        else:
            after = hasher.node(after, each)
        place, last = place >> 1, last >> 1
    return last == 0 and before == earlier_root and after == root


def _split(number: int) -> int:
    """The greatest power of two below a number of leaves."""
    return 1 << (number - 1).bit_length() - 1
