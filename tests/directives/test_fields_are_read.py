"""A field that decides nothing is not asked for, least of all of a person."""

from __future__ import annotations

from reading_rooms import DIRECTIVE as READING_ROOMS

import policy_rules as pr
from policy_rules.facts import Attestation, Kind, fields_of
from policy_rules.language.annotation import readers

# Read by no rule, and kept all the same; each with its reason.
_KEPT: dict[str, str] = {}


def test_every_field_decides_something() -> None:
    """Each is read by some rule, says which fact is meant, or is kept for a reason that is given.

    Which fact is meant is said by an id, a name for people, and a reference.
    """
    packs = [pr.load("putian-2019-52").rules, pr.load(READING_ROOMS).rules]
    read = {field for rules in packs for field in readers(rules)}
    classes = {*packs[0].directive.classes, *READING_ROOMS.fact_classes}
    unread = {
        f"{cls.__name__}.{spec.name}"
        for cls in classes - {Attestation}  # read by the engines, for each rule that rests on one
        for spec in fields_of(cls).values()
        if (cls, spec.name) not in read
        and spec.kind not in (Kind.ID, Kind.REFERENCE)
        and spec.name != "name"
    }
    assert unread == set(_KEPT), "drop a field that decides nothing, or say why it is kept"
