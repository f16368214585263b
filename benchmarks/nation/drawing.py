"""Pseudo-random values as SQL expressions.

A value depends on the seed, on what it is of and on the number `i` of its row alone, so that it is
the same whatever the order and the number of threads in which rows are made. Another version of
DuckDB may hash in another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final
from zlib import crc32

from attrs import frozen

# Rows are numbered below this, so that no two of the things drawn share a number that is hashed.
_MOST_ROWS_BITS: Final = 30
# 31 made-up provinces by the first two digits of their division codes.
_PROVINCES: Final = (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47),
                     *range(50, 55), *range(61, 66))  # fmt: skip
_PUTIAN: Final = 3503


@frozen
class Draws:
    """What is drawn for the rows of a collection; `sizes` are the numbers of rows of all."""

    collection: str
    seed: int
    as_of: date
    years: tuple[int, ...]
    sizes: Mapping[str, int]

    def rows(self, **more: str) -> str:
        """A query of the numbers of the rows, with more columns drawn for them."""
        added = "".join(f", {expression} AS {name}" for name, expression in more.items())
        return f"SELECT *{added} FROM (SELECT range AS i FROM range({self.sizes[self.collection]}))"

    def bits(self, what: str, row: str = "i") -> str:
        """64 bits."""
        salt = crc32(f"{self.seed}/{self.collection}/{what}".encode()) << _MOST_ROWS_BITS
        return f"hash({row} + {salt})"

    def below(self, what: str, limit: int, row: str = "i") -> str:
        """A whole number from 0 to less than a limit."""
        return f"(({self.bits(what, row)} >> 16) % {limit})::BIGINT"

    def number(self, what: str, low: int, high: int) -> str:
        """A whole number from `low` to `high`, both included."""
        return f"({low} + {self.below(what, high - low + 1)})"

    def share(self, what: str) -> str:
        """A number above 0 and at most 1."""
        return f"((({self.bits(what)} >> 12) + 1) / {2**52}::DOUBLE)"

    def chance(self, what: str, percent: float) -> str:
        """True in so many rows of a hundred."""
        return f"({self.bits(what)} % 10000 < {round(100 * percent)})"

    def one_of(self, what: str, options: Iterable[object]) -> str:
        """One of the texts."""
        listed = [f"'{each}'" for each in options]
        return f"[{', '.join(listed)}][1 + {self.below(what, len(listed))}]"

    def day(self, what: str, first: date, last: date, row: str = "i") -> str:
        """A day from the first to the last, both included."""
        return f"(DATE '{first}' + {self.below(what, (last - first).days + 1, row)}::INTEGER)"

    def id_in(self, collection: str, row: str) -> str:
        """The identity of the row of a collection that has a number."""
        if collection == "cities":
            return f"({100 * _PUTIAN} + {row})::VARCHAR"
        if collection == "bureaus":
            return f"({_division(row)} * 1000000)::VARCHAR"
        if collection == "stations":
            return f"({_division(self.bureau_of(row))} * 1000000 + 100000 + {row})::VARCHAR"
        return f"'{collection[0].upper()}' || ({row})"

    def bureau_of(self, station: str) -> str:
        """The number of the bureau of the station that has a number."""
        return f"({station} * {self.sizes['bureaus']} // {self.sizes['stations']})"

    def reference(self, what: str, collection: str, row: str = "i") -> str:
        """The identity of any row of a collection."""
        return self.id_in(collection, self.below(what, self.sizes[collection], row))


def _division(bureau: str) -> str:
    """The six-digit division code of the bureau that has a number: one in a hundred in Putian."""
    provinces = ", ".join(map(str, _PROVINCES))
    return (
        f"CASE WHEN {bureau} % 100 = 0 THEN {100 * _PUTIAN + 1} + {bureau} // 100"
        f" ELSE [{provinces}][1 + {bureau} % {len(_PROVINCES)}] * 10000"
        f" + (21 + {bureau} // {len(_PROVINCES)} % 20) * 100"
        f" + 1 + {bureau} // {20 * len(_PROVINCES)} END"
    )
