"""Facts documents as dirty data make them: values, ids, references and headings that are wrong."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from copy import deepcopy
from typing import Any, Final

from policy_rules.answers import Decision, Finding, Verdict
from policy_rules.facts import Attestation, Exemption, Fact, Facts, Kind, fields_of
from policy_rules.facts.specs import ID_PATTERN
from policy_rules.policy import Answer, Policy
from policy_rules.testing.choosing import Chooser
from tests.support.spellings import spelt, unreadable

Document = dict[str, Any]
_UNREADABLE: Final = ("", "?", "x y", -1, 10**9, 1.5, "2019-02-30", {"a": 1}, ["?"], True, "\u200b")
_KEPT: Final = frozenset({Attestation.collection, Exemption.collection})


def damaged(choose: Chooser, document: Document, classes: dict[str, type[Fact]]) -> Document:
    """The document with up to five things wrong that a reader can see to be wrong."""
    made = deepcopy(document)
    lists = [name for name, of in made.items() if name in classes and name not in _KEPT and of]
    if not lists:
        return made
    doubled: list[object] = []  # whose ids stay: else one could take the place of the other
    for _ in range(choose.number(1, 5)):
        name = choose.pick(lists)
        rows = made[name]
        place = choose.number(0, len(rows) - 1)
        row = rows[place]
        if not isinstance(row, dict):
            continue
        kept = any(row is each for each in doubled)
        keys = sorted(key for key in row if not (kept and key == "id"))
        match choose.number(1, 9):
            case 1 | 2 | 3 if keys:
                key = choose.pick(keys)
                row[key] = _unreadable(choose, classes[name], key)
            case 4 if not kept:
                row.pop("id", None)
            case 5 | 6 if not kept:
                others = [each for each in rows if isinstance(each, dict) and each is not row]
                others = [each for each in others if isinstance(each.get("id"), str)]
                if others:
                    other = choose.pick(others)
                    row["id"] = other["id"]
                    doubled += [row, other]
            case 7:
                _break_a_reference(choose, row, classes[name], made)
            case 8 if keys:
                key = choose.pick(keys)
                if key != "id" or not any(each is of for each in rows for of in doubled):
                    for each in rows:  # a heading that is wrong
                        if isinstance(each, dict) and key in each:
                            each[f"{key} ?"] = each.pop(key)
            case _ if not kept:
                rows[place] = choose.pick([None, "row", [], 5])
            case _:
                pass
    return made


def _is_sound(id_: str | None) -> bool:
    return id_ is not None and re.fullmatch(ID_PATTERN, id_) is not None


def _unreadable(choose: Chooser, cls: type[Fact], key: str) -> object:
    """A value that the field cannot have."""
    spec = fields_of(cls).get(key)
    values: list[object] = []
    for value in _UNREADABLE:
        if (
            spec is not None
            and not (spec.may_be_empty and value == "")
            and not _fits(cls, key, value)
        ):
            values.append(value)
    return choose.pick(values) if values else None


def _fits(cls: type[Fact], key: str, value: object) -> bool:
    from policy_rules.formats import InputError, parse

    row = {"id": "X"} | {key: value}
    try:
        parse({cls.collection: [row]}, extra_classes=[cls])
    except InputError:
        return False
    return True


def _break_a_reference(
    choose: Chooser, row: dict[str, Any], cls: type[Fact], document: Document
) -> None:
    names = [
        name
        for name, spec in fields_of(cls).items()
        if spec.kind is Kind.REFERENCE and row.get(name) and document.get(spec.target or "")
    ]
    if names:
        row[choose.pick(names)] = "nowhere"


def damaged_tables(
    choose: Chooser, facts: Facts, classes: dict[str, type[Fact]]
) -> dict[str, list[dict[str, str | None]]]:
    """Facts as tables of texts with up to five things wrong, whole lists and those of any facts."""
    tables = {
        name: [
            {
                field: None if value is None else spelt(choose, spec, value)
                for field, spec in fields_of(cls).items()
                for value in (getattr(fact, field),)
            }
            for fact in facts.all(cls)
        ]
        for name, cls in classes.items()
        if facts.all(cls) or facts.is_complete(cls)
    }
    for row in tables.get(Attestation.collection, ()):
        if row["cite"] is None or row["subject_id"] is None:  # which would be refused
            row["holds"] = None
    dirty = [name for name, rows in tables.items() if rows and name not in _KEPT]
    doubled: list[object] = []
    for _ in range(choose.number(1, 5)) if dirty else ():
        name = choose.pick(dirty)
        rows, specs = tables[name], fields_of(classes[name])
        row = choose.pick(rows)
        other = choose.pick(rows)
        kept = any(row is each for each in doubled)
        references = [
            field
            for field, spec in specs.items()
            if spec.kind is Kind.REFERENCE and row[field] and tables.get(spec.target or "")
        ]
        match choose.number(1, 6):
            case 1 | 2 | 3:
                field = choose.pick([each for each in specs if each != "id"])
                row[field] = unreadable(choose, specs[field])
            case 4 if not kept:
                row["id"] = choose.pick([None, unreadable(choose, specs["id"])])
            case 5 if not kept and other is not row and _is_sound(other["id"]):
                row["id"] = other["id"]
                doubled += [row, other]
            case 6 if references:
                row[choose.pick(references)] = "nowhere"
            case _:
                pass
    return tables


def settled_answers(policy: Policy, facts: Facts) -> Iterator[tuple[str, str, str]]:
    """The subject, name and outcome of each answer that is settled.

    A verdict or finding that hangs on rules in conflict is not: it says that there is a conflict,
    which is true, and another value may yet settle it in spite of that.
    """
    yield from settled(
        [*policy.decisions_of(facts), *policy.verdicts_of(facts), *policy.audit(facts)]
    )


def settled(answers: Iterable[Answer]) -> Iterator[tuple[str, str, str]]:
    """The same of answers that were given."""
    for answer in answers:
        match answer:
            case Decision():
                if not answer.needs:
                    yield (
                        answer.subject,
                        answer.name,
                        "conflict" if answer.conflict else str(answer.as_json()["value"]),
                    )
            case Verdict():
                if answer.outcome.standing.truth is not None:
                    yield answer.subject, "verdict", str(answer.outcome)
            case Finding():
                if answer.status.standing.truth is not None:
                    yield answer.subject, str(answer.cite), str(answer.status)
