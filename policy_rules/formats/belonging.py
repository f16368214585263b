"""What belongs to a body: the facts that name it, those that name these, and so on."""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from ..facts import Attestation, Exemption, Fact, Facts
from ..facts.linking import references_of


@frozen
class Part:
    """Some of the facts of a document.

    `own` are those that belong to a body, itself among them. `named` are others that these refer
    to, without which nothing would say what is meant. `whole` are the lists of which what is there
    is all that belongs to them, as it is in the document.
    """

    own: tuple[Fact, ...]
    named: tuple[Fact, ...]
    exemptions: tuple[Exemption, ...]
    whole: frozenset[str]


def part_of(body: Fact, facts: Facts, exemptions: Iterable[Exemption] = ()) -> Part:
    """What belongs to a body by the references of facts, in the order of the document.

    An attestation belongs to what it is about, and so does an exemption.
    """
    everyone = [fact for fact in facts if not isinstance(fact, Attestation)]
    own = {body.key}
    while found := {fact.key for fact in everyone if fact.key not in own and _names(fact, own)}:
        own |= found
    named = set[str]()
    waiting = set(own)
    while waiting:
        told = {key for fact in everyone if fact.key in waiting for key in _named_by(fact)}
        waiting = told - own - named
        named |= waiting
    ids = {key.partition("/")[2] for key in own}
    stated = [each for each in facts.all(Attestation) if each.subject_id in ids]
    # Of a list whose members name something that belongs to others, the others have more.
    others = {key.partition("/")[0] for key in named}
    shared = {cls.collection for cls in facts.classes() if others & {*references_of(cls).values()}}
    return Part(
        own=(*(fact for fact in everyone if fact.key in own), *stated),
        named=tuple(fact for fact in everyone if fact.key in named),
        exemptions=tuple(each for each in exemptions if each.subject in own),
        whole=facts.complete - shared - others,
    )


def _named_by(fact: Fact) -> set[str]:
    fields = references_of(type(fact)).items()
    return {f"{target}/{id_}" for field, target in fields if (id_ := getattr(fact, field))}


def _names(fact: Fact, keys: set[str]) -> bool:
    return not keys.isdisjoint(_named_by(fact))
