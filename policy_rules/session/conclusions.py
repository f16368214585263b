"""The conclusions of a session: what is asked again after a change, and what it changed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import zip_longest
from typing import TypeAlias

from attrs import define

from ..engines import ENGINES, CompiledRegimes, Engine, PythonEngine
from ..facts import Fact, Facts
from ..policy import Answer, Policy
from .changes import Change, same
from .counts import Counts, KeptCount
from .date_dependence import hangs_on_the_date
from .dependencies import changed_fields, leading_to
from .memory import Memory
from .questions import Asking, Question, Questions
from .transaction import Staged


class Conclusions:
    """A policy's answers on facts that change."""

    def __init__(self, policy: Policy, facts: Facts) -> None:
        self.memory = Memory(facts)
        self.questions = Questions(policy.rules)
        self.use(policy)

    def use(self, policy: Policy) -> None:
        """Answer by a policy of the same directive from now on."""
        self.policy = policy
        self._counts = Counts(self.memory, self.questions.reads)
        self._asking = Asking(_engine(policy, self._counts), self.questions)

    def of(self, fact: Fact, asked: int | None = None) -> list[Answer]:
        """The answers on a fact: all, or those to a set of questions."""
        if asked is None:
            asked = self.questions.all_of(type(fact))
        return [answer for _, answer in self._asking.answers(fact, asked, self.memory)]

    def changed(self, staged: Staged, record: Callable[[], object]) -> tuple[Change, ...]:
        """Apply a transaction; gives what it changes. It is recorded just before it applies."""
        if staged.complete != self.memory.complete:
            return self._declared(staged, record)
        changed = [(old, new, changed_fields(old, new)) for old, new in staged.facts.values()]
        again, members = self._bearing(staged, changed)
        before = self._asked(again)
        record()
        # What a member contributes to one count can be read from another, so that each is taken out
        # while the counts inside are as they were, and put in when they are as they are to be.
        inner_first = sorted(members, key=lambda member: member[0].place)
        for count, id in reversed(inner_first):
            count.changed(id, -1)
        self._forget([(old, fields) for old, _, fields in changed])
        self._apply(staged)
        self._forget([(new, fields) for _, new, fields in changed])
        for count, id in inner_first:
            count.changed(id, 1)
        return _differences(before, self._asked(again), again)

    def put(self, staged: Staged) -> None:
        """Apply a transaction about which nothing is asked."""
        self._apply(staged)
        if staged.complete != self.memory.complete:
            self.memory.declare(staged.complete)

    def dated(self, policy: Policy, record: Callable[[], object]) -> tuple[Change, ...]:
        """Answer by the same policy of another date; gives what that changes."""
        hangs = hangs_on_the_date(self.policy, policy)
        asked = {cls: self.questions.chosen(cls, hangs) for cls in self.memory.classes()}
        before = self._answered(asked)
        record()
        self.use(policy)
        return _differences(before, self._answered(asked), {})

    def _bearing(
        self, staged: Staged, changed: Sequence[_Changed]
    ) -> tuple[_Again, set[tuple[KeptCount, str]]]:
        """What is to be asked again, and the members that counts have to take in anew.

        What a fact bears upon is found both in the facts as they were and as they are to be.
        """
        while True:
            known = len(self._counts)
            again: _Again = {}
            members: set[tuple[KeptCount, str]] = set()
            self._reached([(old, fields) for old, _, fields in changed], again, members)
            self._apply(staged)
            self._reached([(new, fields) for _, new, fields in changed], again, members)
            self._revert(staged)
            for asked in again.values():
                self._asking.prepare(asked.fact_class, asked.questions)
            if len(self._counts) == known:  # else there are counts that were not asked for members
                return again, members

    def _reached(
        self,
        changed: Iterable[tuple[Fact | None, frozenset[str]]],
        again: _Again,
        members: set[tuple[KeptCount, str]],
    ) -> None:
        for fact, fields in changed:
            if fact is None:
                continue
            for (_, path), questions in self.questions.again(type(fact), fields).items():
                for subject in leading_to(self.memory, fact, path):
                    _ask(again, subject, questions, fact)
            if "id" in fields:  # it comes or goes
                _ask(again, fact, self.questions.all_of(type(fact)), fact)
            members.update(self._counts.of_members(fact, fields))

    def _forget(self, changed: Iterable[tuple[Fact | None, frozenset[str]]]) -> None:
        for fact, fields in changed:
            if fact is not None:
                self._counts.forget(fact, fields)

    def _asked(self, again: _Again) -> _Answered:
        told = {}
        for key, asked in again.items():
            fact = self.memory.get(asked.fact_class, asked.id)
            if fact is not None:
                told[key] = list(self._asking.answers(fact, asked.questions, self.memory))
        return told

    def _declared(self, staged: Staged, record: Callable[[], object]) -> tuple[Change, ...]:
        """Apply a transaction after which lists are whole, which may bear upon anything."""
        classes = {*self.memory.classes(), *(type(o or n) for o, n in staged.facts.values())}
        asked = {cls: self.questions.all_of(cls) for cls in classes if issubclass(cls, Fact)}
        before = self._answered(asked)
        record()
        self.put(staged)
        self.use(self.policy)
        return _differences(before, self._answered(asked), {})

    def _answered(self, asked: Mapping[type[Fact], int]) -> _Answered:
        return {
            fact.key: list(self._asking.answers(fact, asked[cls], self.memory))
            for cls in asked if asked[cls]
            for fact in self.memory.all(cls)
        }  # fmt: skip

    def _apply(self, staged: Staged) -> None:
        for old, new in staged.facts.values():
            some = new or old
            assert some is not None
            self.memory.put(type(some), some.id, new)

    def _revert(self, staged: Staged) -> None:
        for old, new in staged.facts.values():
            some = new or old
            assert some is not None
            self.memory.put(type(some), some.id, old)


_Changed: TypeAlias = tuple[Fact | None, Fact | None, frozenset[str]]
_Answered: TypeAlias = dict[str, list[tuple[Question, Answer]]]


@define
class _AskedAgain:
    """The questions to ask again about one fact, and the facts whose change is why."""

    fact_class: type[Fact]
    id: str
    questions: int
    because: dict[str, None]


_Again: TypeAlias = dict[str, _AskedAgain]


def _ask(again: _Again, subject: Fact, questions: int, because: Fact) -> None:
    asked = again.get(subject.key)
    if asked is None:
        asked = again[subject.key] = _AskedAgain(type(subject), subject.id, 0, {})
    asked.questions |= questions
    asked.because[because.key] = None


def _differences(before: _Answered, after: _Answered, again: _Again) -> tuple[Change, ...]:
    changes = []
    keys: Iterable[str] = {**before, **after}
    if again:  # found in no certain order: what changed itself is told first, the rest by its key
        keys = sorted(keys, key=lambda key: (key not in again[key].because, key))
    for key in keys:
        because = tuple(again[key].because) if key in again else ()
        old, new = before.get(key, []), after.get(key, [])
        pairs = zip_longest((a for _, a in old), (a for _, a in new))
        for (question, _), (one, other) in zip(old or new, pairs, strict=True):
            if one is None or other is None or not same(one, other):
                changes.append(Change(question, one, other, because))
    return tuple(changes)


def _engine(policy: Policy, counts: Counts) -> Engine:
    regime, exemptions = policy.regime, policy.exemption_index
    if policy.engine == "python":
        return PythonEngine(regime, exemptions, CompiledRegimes(), counts.keep)
    return ENGINES[policy.engine](regime, exemptions, CompiledRegimes())
