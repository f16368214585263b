"""What depends on what: derived from the rules, so that a change asks again only what it may turn.

Walked backwards from a fact that changes, the paths over which rules read facts lead to the
subjects whose answers may change.
"""

from __future__ import annotations

from collections.abc import Iterable

from ..facts import Fact, fields_of
from ..language.reads import Members, Named, Path, Sharing
from .memory import Memory


def leading_to(memory: Memory, fact: Fact, path: Path) -> Iterable[Fact]:
    """The facts from which a path leads to a fact."""
    # By their ids: a fact that is not there can be named by many, and have members.
    found: dict[str, Fact | None] = {fact.id: fact}
    for place in reversed(range(len(path))):
        step = path[place]
        before: dict[str, Fact | None] = {}
        for id, each in found.items():
            match step:
                case Named():
                    before |= {o.id: o for o in memory.related(step.of, step.via, id)}
                case Members() if each is None:
                    pass  # what is not there is nobody's member
                case Members() if (owner := getattr(each, step.link)) is not None:
                    before[owner] = memory.get(step.of, owner)
                case Sharing() if each is None:
                    pass
                case Sharing() if (value := getattr(each, step.link)) is not None:
                    for shared in (value, None):
                        others = memory.related(step.of, step.field, shared)
                        before |= {other.id: other for other in others}
                case _:  # of whom it is a member is not known, or it is everyone's
                    return memory.all(path[0].of)
        found = before
    return [each for each in found.values() if each is not None]


def changed_fields(old: Fact | None, new: Fact | None) -> frozenset[str]:
    """The fields in which two states of a fact differ: all, where it comes or goes."""
    some = old if new is None else new
    assert some is not None
    fields = fields_of(type(some))
    if old is None or new is None:
        return frozenset(fields)
    return frozenset(name for name in fields if getattr(old, name) != getattr(new, name))
