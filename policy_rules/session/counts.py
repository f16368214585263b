"""Counts and sums that are kept up to date, so that no change counts a whole list again.

The engine's generated code asks for the bounds of an aggregate; what a session keeps of it is, for
each subject that was asked about, the sum so far and how many members leave it open. A change of a
member takes out what it contributed and puts in what it contributes now.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import Any

from ..engines import Bounds, KeptAggregate
from ..facts import Fact
from ..language.joins import joined_by
from ..language.reads import Path, Read, Reads
from .dependencies import leading_to
from .memory import Memory
from .questions import MOST_SETS


class KeptCount:
    """One aggregate of the rules, by the subjects that were asked about.

    Its `place` is after those of the aggregates inside it, whose functions are written first.
    """

    def __init__(self, memory: Memory, reads: Reads, aggregate: KeptAggregate, place: int) -> None:
        self.place = place
        self._memory = memory
        self._aggregate = aggregate
        node = aggregate.node
        self.member = node.member
        self._subject = aggregate.subject
        self._states: dict[str, list[int | Fraction]] = {}
        join = joined_by(node)
        # Only what equals a field of the subject itself can be looked up from both sides.
        self._join = join if join is not None and join.other.of is self._subject else None
        parts = node.of_member
        self.of_members = reads.of_nodes(parts, {self.member: ()})
        self.of_subject: frozenset[Read] = frozenset()
        if self._subject is not None:
            self.of_subject = reads.of_nodes(parts, {self._subject: ()})

    def bounds(self, *arguments: Any) -> Bounds:
        """The least and the greatest that the aggregate can be for a subject."""
        member = self.member
        if member.link is not None and self._memory.unlinked(member.fact_class, member.link):
            return self._aggregate.bounds(*arguments)
        subject: Fact | None = arguments[0] if self._subject is not None else None
        key = "" if subject is None else subject.id
        state = self._states.get(key)
        if state is None:
            state = self._states[key] = self._counted(subject)
        low, open_ = state
        whole = not open_ and self._memory.is_complete(member.fact_class)
        return low, low if whole else None

    def _counted(self, subject: Fact | None) -> list[int | Fraction]:
        state: list[int | Fraction] = [0, 0]
        member = self.member
        members: Iterable[Fact]
        if member.link is not None and subject is not None:
            members = self._memory.related(member.fact_class, member.link, subject.id)
        elif self._join is not None and subject is not None:
            of = getattr(subject, self._join.other.spec.name)
            members = self._sharing(member.fact_class, self._join.field, of)
        else:
            members = self._memory.all(member.fact_class)
        for each in members:
            self._add(state, subject, each, 1)
        return state

    def _sharing(self, cls: type[Fact], field: str, value: object) -> Iterable[Fact]:
        """The facts of a class whose field has the value, or may."""
        if value is None:
            return self._memory.all(cls)
        return (*self._memory.related(cls, field, value), *self._memory.unlinked(cls, field))

    def _add(
        self, state: list[int | Fraction], subject: Fact | None, member: Fact, sign: int
    ) -> None:
        given = () if self._subject is None else (subject,)
        low, whole = self._aggregate.contribution(*given, member, self._memory)
        state[0] += sign * low
        state[1] += sign * (not whole)

    def forget(self, subject: str) -> None:
        """Count anew for a subject when next asked."""
        self._states.pop(subject, None)

    def changed(self, id: str, sign: int) -> None:
        """Put in (1), or take out (-1), what a member contributes as the facts are now."""
        member = self._memory.get(self.member.fact_class, id)
        if member is None:
            return
        if self.member.link is not None:
            owner = getattr(member, self.member.link)
            keys = [] if owner is None else [owner]
        elif self._join is not None and self._subject is not None:
            of, other = getattr(member, self._join.field), self._join.other.spec.name
            keys = [each.id for each in self._sharing(self._subject.fact_class, other, of)]
        else:
            keys = list(self._states)
        for key in keys:
            state = self._states.get(key)
            if state is None:
                continue
            subject = None
            if self._subject is not None:
                subject = self._memory.get(self._subject.fact_class, key)
                if subject is None:  # it goes, and with it what was counted for it
                    self.forget(key)
                    continue
            self._add(state, subject, member, sign)


class Counts:
    """All the aggregates that a session keeps up to date."""

    def __init__(self, memory: Memory, reads: Reads) -> None:
        self._memory = memory
        self._reads = reads
        self._counts: list[KeptCount] = []
        self._concerned: dict[
            tuple[type[Fact], frozenset[str]], list[tuple[KeptCount, Path, bool]]
        ] = {}

    def keep(self, aggregate: KeptAggregate) -> Callable[..., Bounds]:
        """What answers in the place of the function that counts."""
        made = KeptCount(self._memory, self._reads, aggregate, len(self._counts))
        self._counts.append(made)
        self._concerned.clear()
        return made.bounds

    def __len__(self) -> int:
        return len(self._counts)

    def of_members(self, fact: Fact, fields: frozenset[str]) -> Iterator[tuple[KeptCount, str]]:
        """The members, by their ids, whose contribution a change of a fact bears upon."""
        for count, path, of_member in self._of(type(fact), fields):
            if of_member:
                for each in leading_to(self._memory, fact, path):
                    yield count, each.id

    def forget(self, fact: Fact, fields: frozenset[str]) -> None:
        """Count anew for the subjects that a change of a fact is one of."""
        for count, path, of_member in self._of(type(fact), fields):
            if not of_member:
                for each in leading_to(self._memory, fact, path):
                    count.forget(each.id)

    def _of(
        self, fact_class: type[Fact], fields: frozenset[str]
    ) -> list[tuple[KeptCount, Path, bool]]:
        found = self._concerned.get((fact_class, fields))
        if found is None:
            if len(self._concerned) >= MOST_SETS:
                self._concerned.clear()
            found = self._concerned[fact_class, fields] = list(self._listed(fact_class, fields))
        return found

    def _listed(
        self, fact_class: type[Fact], fields: frozenset[str]
    ) -> Iterator[tuple[KeptCount, Path, bool]]:
        for count in self._counts:
            for reads, of_member in ((count.of_members, True), (count.of_subject, False)):
                paths = {
                    each.path for each in reads
                    if each.fact_class is fact_class and each.field in fields
                }  # fmt: skip
                come_or_gone = "id" in fields or count.member.link in fields
                if of_member and come_or_gone and fact_class is count.member.fact_class:
                    paths.add(())
                for path in paths:
                    yield count, path, of_member
