"""Changes of facts, and the facts as they are after them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from attrs import frozen

from ..answers import plain
from ..facts import Fact, Facts, FieldSpec, Kind, fields_of
from ..facts.fields import known_fields
from ..facts.vocabulary import known_with, loaded_classes
from ..language import Cite


@frozen(kw_only=True)
class Change:
    """A field of a fact that changes, or facts that are added: `number` of those like `fact`.

    Of a field of a given fact `before` and `after` are its values, None where one is unknown;
    `alike`: how many other facts would do as well. `cites` are the sentences that demand it: what
    they ask for does not hold without it.
    """

    fact: Fact
    spec: FieldSpec | None = None
    year: int | None = None
    before: Any = None
    after: Any = None
    number: int = 1
    alike: int = 0
    cites: tuple[Cite, ...] = ()

    @property
    def name(self) -> str:
        """What changes, as who allows it names it: a field of a list, or the list itself."""
        listed = self.fact.collection
        return listed if self.spec is None else f"{listed}.{self.spec.name}"

    def as_json(self) -> dict[str, Any]:
        """The change as JSON has it."""
        cites = list(map(str, self.cites))
        if self.spec is None:
            added = {name: plain(value) for name, value in _told(self.fact)}
            return {"add": self.fact.collection, "number": self.number, "fields": added,
                    "cites": cites}  # fmt: skip
        return {
            "fact": self.fact.key, "field": self.spec.name, "year": self.year,
            "before": plain(self.before), "after": plain(self.after), "alike": self.alike,
            "cites": cites,
        }  # fmt: skip


def applied(
    changes: Sequence[Change], subject: Fact, facts: Facts, own: Iterable[type[Fact]]
) -> tuple[Fact, Facts]:
    """A fact that is asked about, and the facts around it, as they are after some changes.

    `own` are the classes that a directive adds.
    """
    set_: dict[tuple[type[Fact], str], dict[str, Any]] = {}
    added: list[Fact] = []
    for each in changes:
        if each.spec is None:
            added += _copies(each, facts, added)
            continue
        given = set_.setdefault((type(each.fact), each.fact.id), {})
        if each.year is None:
            given[each.spec.name] = each.after
        else:
            before = given.get(each.spec.name) or getattr(each.fact, each.spec.name) or {}
            given[each.spec.name] = {**before, each.year: each.after}

    def now(fact: Fact) -> Fact:
        values = set_.get((type(fact), fact.id))
        return fact if values is None else altered(fact, values)

    about = now(subject)
    there = facts.get(type(about), about.id) is not None
    if not changes or (not added and not there and len(set_) == 1):
        return about, facts
    lists: dict[str, list[Fact]] = {}
    others: list[Fact] = []
    shared = loaded_classes()
    for fact in (*facts, *added):
        made = about if _is(fact, about) else now(fact)
        if type(made) in shared:
            lists.setdefault(made.collection, []).append(made)
        else:
            others.append(made)
    classes = {cls.collection: cls for cls in known_with(own)}
    complete = [classes.get(name, name) for name in facts.complete]
    return about, Facts(others=others, complete=complete, **lists)


def _copies(change: Change, facts: Facts, added: Sequence[Fact]) -> Iterator[Fact]:
    """As many facts as are added, each with an id of its own."""
    cls, number = type(change.fact), 0
    taken = {each.id for each in added if type(each) is cls}
    for _ in range(change.number):
        while True:
            number += 1
            id_ = f"new-{number}"
            if id_ not in taken and facts.get(cls, id_) is None:
                break
        taken.add(id_)
        yield altered(change.fact, {"id": id_})


def altered(fact: Fact, values: Mapping[str, Any]) -> Fact:
    """A fact with other values in some fields."""
    specs = fields_of(type(fact))
    known = {
        name: dict(value) if specs[name].kind is Kind.BY_YEAR else value
        for name, value in known_fields(fact).items()
    }
    return type(fact)(**{**known, **values})


def _told(fact: Fact) -> Iterator[tuple[str, Any]]:
    """What is known of an added fact, but for its id."""
    return ((name, value) for name, value in known_fields(fact).items() if name != "id")


def _is(one: Fact, other: Fact) -> bool:
    return type(one) is type(other) and one.id == other.id
