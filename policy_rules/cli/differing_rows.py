"""Rows of answers that differ between two relations, which the database finds.

Two runs of a million answers differ in few: only those are fetched, and of all others what the
reasons of a change ask for, which is whether a fact and a rule are spoken of at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any, Final, TypeAlias

from attrs import frozen

from ..engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..report import Whole
from .answer_rows import row_columns

Rows: TypeAlias = Callable[[str], Iterable[Sequence[Any]]]
# Rows of answers, each by its columns, by their kind.
RowsByKind: TypeAlias = dict[str, list[dict[str, Any]]]
KINDS: Final = {
    "findings": FINDING, "agreements": AGREEMENT, "verdicts": VERDICT, "decisions": DECISION,
}  # fmt: skip
# What an answer is about, and by which rule or name; and what comes of it, without which nothing
# has changed.
_KEYS: Final = {
    "findings": ("collection", "id", "cite"),
    "agreements": ("collection", "id", "cite"),
    "verdicts": ("collection", "id"),
    "decisions": ("collection", "id", "name"),
}
_SAID: Final = {
    "findings": ("status", "shortfall"),
    "agreements": ("status",),
    "verdicts": ("outcome",),
    "decisions": ("value",),
}


@frozen
class Answered:
    """A relation of answers: of which kind it is, and its columns.

    `place` is the column by which its rows are in their order, "" where they have none.
    """

    relation: str
    kind: str
    columns: Sequence[str]
    place: str = ""


def kinds_of(columns: Sequence[str]) -> Iterator[str]:
    """The kind of answers that have these columns among theirs."""
    return (kind for kind, own in KINDS.items() if row_columns(own).keys() <= {*columns})


def differing(
    rows: Rows, sides: Sequence[Sequence[Answered]]
) -> tuple[list[RowsByKind], tuple[Whole, Whole]]:
    """Of two sides, the rows that differ, and what each side speaks of at all."""
    one, other = sides
    found = [_rows_of(rows, one, other), _rows_of(rows, other, one)]
    asked = {_subject(row) for each in found for of_kind in each.values() for row in of_kind}
    before, after = (
        _whole(rows, side, of_side, asked) for side, of_side in zip(sides, found, strict=True)
    )
    return found, (before, after)


def _rows_of(rows: Rows, side: Sequence[Answered], other: Sequence[Answered]) -> RowsByKind:
    beside = {each.kind: each for each in other}
    found = {}
    for each in side:
        listed = ", ".join(f"one.{name}" for name in each.columns)
        order = ", ".join(
            f"one.{name}" for name in ([each.place] if each.place else _KEYS[each.kind])
        )
        query = f"SELECT {listed} FROM {_differing(each, beside.get(each.kind))} ORDER BY {order}"
        found[each.kind] = [by_column(each.columns, row) for row in rows(query)]
    return found


def by_column(columns: Sequence[str], row: Sequence[Any]) -> dict[str, Any]:
    """A row by its columns, as JSON has it: whole numbers beyond 64 bits are kept as decimals."""
    cells = (int(cell) if isinstance(cell, Decimal) else cell for cell in row)
    return dict(zip(columns, cells, strict=True))


def _differing(one: Answered, other: Answered | None) -> str:
    """The rows of a relation that are not in another, or say something else there."""
    if other is None:
        return f"{one.relation} AS one"
    keys = " AND ".join(f"one.{name} = other.{name}" for name in _KEYS[one.kind])
    said = " OR ".join(f"one.{name} IS DISTINCT FROM other.{name}" for name in _SAID[one.kind])
    return (
        f"{one.relation} AS one LEFT JOIN {other.relation} AS other ON {keys} "
        f"WHERE other.id IS NULL OR {said}"
    )


def _whole(
    rows: Rows, side: Sequence[Answered], found: RowsByKind, asked: set[tuple[str, str]]
) -> Whole:
    """What a side speaks of: of the facts that are asked for, and of the rules."""
    there = {_subject(row) for of_kind in found.values() for row in of_kind}
    missing = asked - there
    cites: set[str] = set()
    for each in side:
        if missing:
            query = f"SELECT DISTINCT collection, id FROM {each.relation} AS one"
            there |= missing.intersection((str(of), str(id_)) for of, id_ in rows(query))
        if "cite" in each.columns:
            query = f"SELECT DISTINCT cite FROM {each.relation} AS one"
            cites |= {str(cite) for (cite,) in rows(query)}
    return Whole(frozenset(f"{of}/{id_}" for of, id_ in there), frozenset(cites))


def _subject(row: Mapping[str, Any]) -> tuple[str, str]:
    return str(row["collection"]), str(row["id"])
