"""Changes that are put together before any applies: each checked as it comes, links at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from attrs import evolve, field, frozen

from ..facts import Attestation, Exemption, Fact, FactError, Fault, fields_of
from ..facts.checks import nearest
from ..facts.faults import FaultCode, quoted, shown
from ..facts.linking import dangling, references_of
from ..formats.decoding import unknown_word
from ..language.attestations import attestation_faults, unknown_subject
from .changes import Change
from .dependencies import changed_fields
from .memory import Memory


class AwaitingError(FactError):
    """A change is about facts that are not there, or refers to some; `keys` names them."""

    def __init__(self, keys: Iterable[str], faults: Iterable[Fault]) -> None:
        super().__init__(faults)
        self.keys = tuple(sorted(set(keys)))


@frozen
class Staged:
    """What a transaction comes to: each changed fact as it was and as it is to be, by its key."""

    facts: Mapping[str, tuple[Fact | None, Fact | None]]
    complete: frozenset[str] = field(factory=frozenset)

    def added(self) -> tuple[Fact, ...]:
        """The facts that come."""
        return tuple(new for old, new in self.facts.values() if old is None and new is not None)

    def removed(self) -> tuple[str, ...]:
        """The keys of the facts that go."""
        return tuple(key for key, (_, new) in self.facts.items() if new is None)

    def updated(self) -> dict[str, dict[str, Any]]:
        """The fields that change, by the key of their fact."""
        return {
            key: {name: getattr(new, name) for name in changed_fields(old, new)}
            for key, (old, new) in self.facts.items()
            if old is not None and new is not None
        }


class Staging:
    """A transaction that is open. `changes` are there once it has applied."""

    def __init__(
        self,
        memory: Memory,
        classes: Mapping[str, type[Fact]],
        attested: Mapping[str, type[Fact]],
    ) -> None:
        self.changes: tuple[Change, ...] = ()
        self._attested = attested
        self._memory = memory
        self._classes = classes
        self._facts: dict[str, tuple[Fact | None, Fact | None]] = {}
        self._complete = memory.complete

    def add(self, *facts: Fact) -> None:
        """Add facts. Raises FactError for what is no fact of the session, or is already there."""
        faults = []
        keys: set[str] = set()
        for fact in facts:
            if type(fact) not in self._classes.values():
                faults.append(_no_fact(fact))
                continue
            if fact.key in keys or self._now(type(fact), fact.id) is not None:
                faults.append(
                    Fault(
                        place=fact.key,
                        code=FaultCode.DUPLICATE_ID,
                        zh="该条已经存在；请用 `update` 修改，或先删去",
                        en="expected an id that is not there yet, found it given; "
                        "`update` it, or remove it first",
                    )
                )
            keys.add(fact.key)
        if faults:
            raise FactError(faults)
        for fact in facts:
            self._set(type(fact), fact.id, fact)

    def update(self, subject: Fact | str, **changes: object) -> None:
        """Change fields of a fact; None makes a field unknown. Raises FactError."""
        cls, id = self.named(subject)
        fact = self.there(cls, id)
        specs = fields_of(cls)
        faults = [_no_field(fact, name) for name in changes if name not in specs]
        if changes.get("id", id) != id:
            faults.append(
                Fault(
                    place=fact.key,
                    field="id",
                    code=FaultCode.WRONG_USAGE,
                    zh="编号不能修改；请删去该条再添加",
                    en="expected the same id, found another; remove the fact and add it again",
                )
            )
        if faults:
            raise FactError(faults)
        values = {name: changes.get(name, getattr(fact, name)) for name in specs}
        try:
            self._set(cls, id, cls(**values))
        except FactError as error:
            raise FactError(evolve(each, place=fact.key) for each in error.faults) from None

    def remove(self, *subjects: Fact | str) -> None:
        """Remove facts. Raises FactError for one that is not there."""
        for subject in subjects:
            cls, id = self.named(subject)
            self.there(cls, id)
            self._set(cls, id, None)

    def complete(self, *collections: str | type[Fact]) -> None:
        """Say that the lists of collections are whole. Raises FactError for an unknown one."""
        names = {each if isinstance(each, str) else each.collection for each in collections}
        unknown = sorted(names - self._classes.keys())
        faults = [
            unknown_word("complete", name, self._classes, "列表", "collection") for name in unknown
        ]
        if faults:
            raise FactError(faults)
        self._complete |= names

    def checked(self) -> Staged:
        """What the transaction comes to.

        Raises FactError for attestations that can hit nothing, AwaitingError for references that
        lead nowhere.
        """
        facts = {key: states for key, states in self._facts.items() if states[0] != states[1]}
        if faults := list(self._vain(new for _, new in facts.values())):
            raise FactError(faults)
        staged = Staged(facts, self._complete)
        if links := list(self._broken_links(staged)):
            raise AwaitingError((key for key, _ in links), (fault for _, fault in links))
        return staged

    def named(self, subject: Fact | str) -> tuple[type[Fact], str]:
        """The class and id of a fact that is named by itself or by its key."""
        if isinstance(subject, Fact):
            return type(subject), subject.id
        if not isinstance(subject, str):
            raise FactError([_no_fact(subject)])
        collection, slash, id = subject.partition("/")
        cls = self._classes.get(collection)
        if cls is None or not slash or not id:
            raise FactError([self._no_key(subject)])
        return cls, id

    def _now(self, cls: type[Fact], id: str) -> Fact | None:
        states = self._facts.get(f"{cls.collection}/{id}")
        return self._memory.get(cls, id) if states is None else states[1]

    def there(self, cls: type[Fact], id: str) -> Fact:
        """The fact as it stands in the transaction. Raises FactError where there is none."""
        fact = self._now(cls, id)
        if fact is None:
            raise FactError([self.absent(f"{cls.collection}/{id}")])
        return fact

    def has(self, key: str) -> bool:
        """Whether there is the fact with a key, as it stands in the transaction."""
        return self._now(*self.named(key)) is not None

    def absent(self, key: str) -> Fault:
        """The fault of a fact that is not there."""
        return Fault(
            place=key,
            code=FaultCode.UNKNOWN_SUBJECT,
            zh="没有该条；请改正编号，或先添加",
            en="expected a fact that is there, found none; correct the id, or add it",
        )

    def _set(self, cls: type[Fact], id: str, fact: Fact | None) -> None:
        key = f"{cls.collection}/{id}"
        before = self._facts[key][0] if key in self._facts else self._memory.get(cls, id)
        self._facts[key] = (before, fact)

    def _no_key(self, found: str) -> Fault:
        collection, one = found.partition("/")[0], next(iter(self._classes))
        near = [] if collection in self._classes else nearest(collection, self._classes)
        hint_zh = f"是否为 `{near[0]}`？" if near else ""
        hint_en = f"did you mean `{near[0]}`? " if near else ""
        return Fault(
            place="session",
            code=FaultCode.UNREADABLE_VALUE,
            zh=f"应为如 `{one}/ID` 的键，实为 {quoted(found)}；{hint_zh}请改正",
            en=f"expected a key such as `{one}/ID`, found {quoted(found)}; {hint_en}correct it",
        )

    def _broken_links(self, staged: Staged) -> Iterator[tuple[str, Fault]]:
        """References that lead nowhere, as `Facts` refuses them, of what the changes touch."""
        more: Counter[str] = Counter()
        begun = staged.complete - self._memory.complete
        for fact in staged.added():
            more[fact.collection] += 1
            if not self._memory.number(type(fact)):
                begun |= {fact.collection}  # an empty list says nothing of what it could hold
        for key in staged.removed():
            more[key.partition("/")[0]] -= 1
        checked: dict[str, Fact] = {}
        for key, (old, new) in staged.facts.items():
            if new is not None:
                checked[key] = new
            else:
                assert old is not None
                checked |= {each.key: each for each in self._referring(old)}
        for cls in self._classes.values() if begun else ():
            targets = {*references_of(cls).values()}
            if cls is Attestation:
                targets |= {each.collection for each in self._attested.values()}
            if begun & targets:
                checked |= {each.key: each for each in self._memory.all(cls)}
        for key in [key for key in checked if key in staged.facts]:
            now = staged.facts[key][1]
            if now is None:
                del checked[key]
            else:
                checked[key] = now
        for key, fact in checked.items():
            for name, cls, id in self._links(fact):
                target = cls.collection
                number = self._memory.number(cls) + more[target]
                if not id or not (number or target in staged.complete):
                    continue
                if self._now(cls, id) is None:
                    fault = (
                        unknown_subject(key, id, cls)
                        if isinstance(fact, Attestation)
                        else dangling(key, name, id, target)
                    )
                    yield f"{target}/{id}", fault

    def _links(self, fact: Fact) -> Iterator[tuple[str, type[Fact], str | None]]:
        """The fields by which a fact leads to others, with the class and the id of each."""
        for name, target in references_of(type(fact)).items():
            yield name, self._classes[target], getattr(fact, name)
        if isinstance(fact, Attestation) and fact.cite is not None:
            yield "subject_id", self._attested[fact.cite], fact.subject_id

    def _vain(self, facts: Iterable[Fact | None]) -> Iterator[Fault]:
        """The faults of attestations that nothing to come could be the subject of."""
        attestations = [each for each in facts if isinstance(each, Attestation)]
        return attestation_faults(self._attested, attestations, lambda _: False, lambda *_: False)

    def _referring(self, fact: Fact) -> Iterator[Fact]:
        for each in self._memory.related(Attestation, "subject_id", fact.id):
            if self._attested.get(each.cite or "") is type(fact):
                yield each
        for cls in self._classes.values():
            for name, target in references_of(cls).items():
                if target == fact.collection:
                    yield from self._memory.related(cls, name, fact.id)


def _no_fact(found: object) -> Fault:
    what_zh, what_en = shown(found)
    if isinstance(found, Exemption):
        what_zh, what_en = (
            "豁免批准（属于政策，请在建立政策时给出）",
            "an exemption, which is part of a policy",
        )
    return Fault(
        place="session",
        code=FaultCode.WRONG_SHAPE,
        zh=f"应为本文件所涉的事实，实为{what_zh}；请改正",
        en=f"expected a fact of a class that the directive speaks of, found {what_en}; correct it",
    )


def _no_field(fact: Fact, name: str) -> Fault:
    near = nearest(name, fields_of(type(fact)))
    hint_zh = f"是否为 `{near[0]}`？" if near else ""
    hint_en = f"did you mean `{near[0]}`? " if near else ""
    return Fault(
        place=fact.key,
        field=name,
        code=FaultCode.UNKNOWN_HEADING,
        zh=f"{fact.zh}没有该字段；{hint_zh}请改正",
        en=f"expected a field of a {fact.en}, found another name; {hint_en}correct it",
    )
