"""Facts of a document in which some values and rows are wrong: what is wrong becomes unknown.

Nothing that is left says more than the right data would: a value that cannot be read is unknown, a
row that cannot be told apart is absent and its list no longer whole, and a reference that leads
nowhere is unknown, since it may be wrong itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

import attrs

from ..facts import Attestation, Exemption, Fact, FactError, Fault, fields_of, known_fields
from ..facts.checks import Unfit
from ..facts.faults import FaultCode, sheet_of
from ..facts.linking import dangling, link_faults, references_of
from .decoding import Listing, RepeatedKeys, decoded, linked_rows, not_an_object, row_faults

# What a value or row that is lost would make them mean is not unknown but another thing.
_NEVER = (Attestation, Exemption)
Lost: TypeAlias = tuple[type[Fact], str]


@attrs.frozen
class Tolerated:
    """What is wrong in a document and was passed over.

    `values` were made unknown, `rows` left out or joined with another of the same id. `lost` are
    the fields in which that happened, `id` for rows: a rule that asks whether such a field is
    known has to ask more carefully (see `LoadedDirective.policy`).
    """

    faults: tuple[Fault, ...] = ()
    values: int = 0
    rows: int = 0
    lost: frozenset[Lost] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.faults)


class Tolerance:
    """Makes facts of listings. What cannot be passed over is added to `faults`."""

    def __init__(self, faults: list[Fault]) -> None:
        self.faults = faults
        self._told: list[Fault] = []
        self._values = self._rows = 0
        self._lost: set[Lost] = set()

    def made(
        self, listings: Sequence[Listing], complete: Collection[type[Fact]]
    ) -> dict[type[Fact], list[Fact]]:
        """The facts of each class; `partial` says afterwards which lists are not whole."""
        self._headings(listings)
        rows = {listing.cls: list(linked_rows(listing)) for listing in listings}
        whole = {cls.collection for cls in complete}
        strict = {row.place for cls in _NEVER for row in rows.get(cls, ())}
        for fault in link_faults(rows, whole):
            if fault.code is FaultCode.DUPLICATE_ID:
                (self.faults if fault.place in strict else self._told).append(fault)
        found: dict[type[Fact], list[Fact]] = {}
        placed: dict[type[Fact], list[tuple[int, Fact]]] = {}
        for listing in listings:
            if listing.cls in _NEVER:
                found[listing.cls] = decoded(listing, self.faults)
            else:
                placed[listing.cls] = self._of_listing(listing)
        ids = {cls.collection: {fact.id for _, fact in of} for cls, of in placed.items()}
        listed = whole | {cls.collection for cls, of in rows.items() if of}
        for listing in listings:
            if listing.cls in placed:
                linked = self._linked(listing, placed[listing.cls], listed, ids)
                found[listing.cls] = self._apart(linked)
        return found

    @property
    def partial(self) -> set[type[Fact]]:
        """The classes of which rows are absent."""
        return {cls for cls, field in self._lost if field == "id"}

    def tolerated(self) -> Tolerated:
        """All that was passed over."""
        return Tolerated(tuple(self._told), self._values, self._rows, frozenset(self._lost))

    def _headings(self, listings: Sequence[Listing]) -> None:
        """Columns that mean nothing are passed over: what they would give is unknown."""
        by_sheet = {sheet_of(of.places(0)): of for of in listings if of.rows}
        for fault in [*self.faults]:
            of = by_sheet.get(sheet_of(fault.place))
            if fault.code is FaultCode.UNKNOWN_HEADING and of and of.cls not in _NEVER:
                self.faults.remove(fault)
                self._told.append(fault)
                self._lost |= {(of.cls, name) for name in fields_of(of.cls) if name != "id"}

    def _of_listing(self, listing: Listing) -> list[tuple[int, Fact]]:
        found = []
        for position, row in enumerate(listing.rows):
            fact = self._of_row(listing, position, row)
            if fact is None:
                self._rows += 1
                self._lost.add((listing.cls, "id"))
            else:
                found.append((position, fact))
        return found

    def _of_row(self, listing: Listing, position: int, row: object) -> Fact | None:
        """The fact of a row, with what is wrong unknown; None where its id is wrong."""
        cls = listing.cls
        if not isinstance(row, Mapping):
            self._told.append(not_an_object(listing.places(position), row))
            return None
        values, wrong, astray = _values(listing, row)
        of_fact: tuple[Fault, ...] = ()
        try:
            fact: Fact | None = cls(**values)
        except FactError as error:
            of_fact = error.faults
            wrong |= {fault.field for fault in of_fact}
            values |= dict.fromkeys(wrong)
            fact = cls(**values) if values.get("id") is not None else None
        if wrong or astray:
            self._told += row_faults(listing, position, row, of_fact)
            self._values += len(wrong - {"id"})
            self._lost |= {(cls, name) for name in wrong - {"id"}}
        if astray:  # what it gives may be any field that is not given
            self._lost |= {(cls, name) for name in fields_of(cls) if values.get(name) is None}
        return fact

    def _linked(
        self,
        listing: Listing,
        facts: Iterable[tuple[int, Fact]],
        listed: Collection[str],
        ids: Mapping[str, Collection[str]],
    ) -> list[Fact]:
        """The facts, without references that lead nowhere."""
        found = []
        for position, fact in facts:
            for field, target in references_of(listing.cls).items():
                id_ = getattr(fact, field)
                if id_ and target in listed and id_ not in ids.get(target, ()):
                    self._told.append(dangling(listing.places(position), field, id_, target))
                    self._values += 1
                    self._lost.add((listing.cls, field))
                    fact = _with(fact, {field: None})
            found.append(fact)
        return found

    def _apart(self, facts: Iterable[Fact]) -> list[Fact]:
        """The facts, those of one id as one: what differs is unknown, and one of them is absent."""
        found: dict[str, Fact] = {}
        for fact in facts:
            first = found.setdefault(fact.id, fact)
            if first is fact:
                continue
            names = [
                name
                for name in fields_of(type(fact))
                if getattr(first, name) != getattr(fact, name)
            ]
            found[fact.id] = _with(first, dict.fromkeys(names))
            self._rows += 1
            self._lost |= {(type(fact), name) for name in ("id", *names)}
        return list(found.values())


def _values(
    listing: Listing, row: Mapping[object, object]
) -> tuple[dict[str, Any], set[str], bool]:
    """What a row gives, the fields that are wrong in it, and whether something means no field."""
    words = listing.words
    values: dict[str, Any] = {}
    repeated = [words[key] for key in getattr(row, "repeated", ()) if key in words]
    wrong = {spec.name for spec in repeated}
    astray = isinstance(row, RepeatedKeys) and len(repeated) < len(row.repeated)
    for word, value in row.items():
        spec = words.get(word) if isinstance(word, str) else None
        if spec is None:
            astray = True
        elif spec.name in values:
            wrong.add(spec.name)
        else:
            values[spec.name] = value
            if value is not None and spec.kind in listing.converted:
                try:
                    values[spec.name] = listing.value(spec, value)
                except Unfit:
                    wrong.add(spec.name)
    return values | dict.fromkeys(wrong), wrong, astray


def _with(fact: Fact, changes: Mapping[str, object]) -> Fact:
    return type(fact)(**{**known_fields(fact), **changes})
