"""What ties facts together: ids that are unique, references that lead somewhere."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from .faults import Fault, FaultCode, found
from .fields import Fact, fields_of
from .specs import Kind


class Row(NamedTuple):
    """A fact as it was given, perhaps faulty.

    `place` is where it stands, `values` its ids and references by field name, `written` how the
    document writes the names of fields, where it uses others.
    """

    place: str
    values: Mapping[str, object]
    written: Mapping[str, str]


def references_of(cls: type[Fact]) -> Mapping[str, str]:
    """Map the reference fields of a fact class to the collections that they point into."""
    found = _REFERENCES.get(cls)
    if found is None:
        found = _REFERENCES[cls] = {
            name: spec.target
            for name, spec in fields_of(cls).items()
            if spec.kind is Kind.REFERENCE and spec.target is not None
        }
    return found


_REFERENCES: dict[type[Fact], Mapping[str, str]] = {}


def link_faults(rows: Mapping[type[Fact], Sequence[Row]], complete: Collection[str]) -> list[Fault]:
    """Find ids that are given twice and references to facts that are not there.

    A reference is only at fault when its collection holds anything or is `complete`: an empty
    list says nothing about the facts that it could hold.
    """
    faults = []
    ids = {cls.collection: _ids(of) for cls, of in rows.items()}
    listed = {cls.collection for cls, of in rows.items() if of} | set(complete)
    for cls, of in rows.items():
        faults += _duplicates(cls, of, ids[cls.collection])
        for field, target in references_of(cls).items():
            if target not in listed:
                continue
            there = ids.get(target, ())
            for place, values, written in of:
                id_ = values.get(field)
                if isinstance(id_, str) and id_ and id_ not in there:
                    faults.append(dangling(place, written.get(field, field), id_, target))
    return faults


def _ids(rows: Sequence[Row]) -> Counter[str]:
    return Counter(id_ for _, values, _ in rows if isinstance(id_ := values.get("id"), str))


def _duplicates(cls: type[Fact], rows: Sequence[Row], ids: Counter[str]) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for place, values, written in rows:
        id_ = values.get("id")
        if not isinstance(id_, str) or ids[id_] == 1:
            continue
        if id_ in seen:
            faults.append(duplicate(place, written.get("id", "id"), id_, cls))
        seen.add(id_)
    return faults


def duplicate(place: str, field: str, id_: str, cls: type[Fact]) -> Fault:
    """Give the fault of an id that another fact of its class has."""
    return Fault(
        place=place,
        field=field,
        code=FaultCode.DUPLICATE_ID,
        found=found(id_),
        zh=f"编号{{found}} 在 `{cls.collection}`（{cls.zh}）中重复；请改正编号或删去重复的一条",
        en=f"expected an id that is unique among `{cls.collection}`, found "
        "{found} again; correct it or remove the repetition",
    )


def dangling(place: str, field: str, id_: str, target: str) -> Fault:
    """Give the fault of a reference to a fact that is not there."""
    return Fault(
        place=place,
        field=field,
        code=FaultCode.DANGLING_REFERENCE,
        found=found(id_),
        zh=f"`{target}` 中没有编号{{found}}；请改正，或补上该条",
        en=f"expected the id of one of the given `{target}`, found {{found}}; "
        "correct it, or add what it refers to",
    )


def exempts_nothing(place: str, field: str, subject: str) -> Fault:
    """Give the fault of an exemption for a fact that is not there."""
    collection = subject.partition("/")[0]
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNKNOWN_SUBJECT,
        found=found(subject),
        zh="没有{found}；请改正，或补上该条",
        en=f"expected the key of one of the given `{collection}`, found {{found}}; correct it, or "
        "add what it refers to",
    )
