"""What an entry of the log says, as JSON: the log itself, a policy, facts, or answers.

    {"kind": "log", "format": 1, "origin": …, "hash": "sha256"}
    {"kind": "policy", "directive": …, "fingerprint": …, "library": …, "as_of": …, …}
    {"kind": "facts", "facts": {"stations": […], "complete": […]}}
    {"kind": "answers", "policy": {"index": 1, "leaf_hash": …}, "input": …, "at": …,
     "correlation_id": …, "answers": {"verdicts": […]}}

Answers are about one fact. Their input is an entry of facts, where they were all given with the
same, else the facts that they rest on.

The text is the leaf of the tree. Personal values are not in it: digests stand in for them (see
`disclosures`). They are those of personal fields, and wherever else a person is named.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

from attrs import frozen

from ..answers import Agreement, Decision, Finding, Verdict, plain
from ..facts import Attestation, Fact, Facts, Kind, fields_of
from ..formats.documents import FORMAT as DOCUMENT_FORMAT
from ..formats.json_values import json_row
from ..language.fingerprints import fingerprint_of
from ..policy import Answer, Policy
from .disclosures import DIGESTS, hidden
from .inputs import Inputs

FORMAT: Final = 1
LOG: Final = "log"
POLICY: Final = "policy"
FACTS: Final = "facts"
ANSWERS: Final = "answers"
LISTS: Final[Mapping[type[Answer], str]] = {
    Decision: "decisions",
    Verdict: "verdicts",
    Finding: "findings",
    Agreement: "agreements",
}
# Where answers and exemptions can say of whom they are. The name of a decision is its own.
_NAMING: Final = ("subject", "name", "needs", "document", "reason")
_OF_DECISIONS: Final = ("subject", "needs")


@frozen
class Written:
    """An entry, or what follows its beginning, as a text, and what it hides."""

    text: str
    disclosures: tuple[str, ...] = ()


@frozen
class Reference:
    """An entry that others name: its index, and its hash in the tree as base64."""

    index: int
    leaf_hash: str


def log_entry(origin: str, hash_name: str) -> str:
    """The entry that a log begins with."""
    return _json({"kind": LOG, "format": FORMAT, "origin": origin, "hash": hash_name})


class EntryWriter:
    """What writes the entries on one policy and its answers."""

    def __init__(self, policy: Policy, library: str, hash_name: str) -> None:
        self._policy = policy
        self._library = library
        self._hash_name = hash_name
        self._inputs = Inputs(policy.rules)
        classes = policy.rules.directive.classes
        self._persons = frozenset(
            cls.collection for cls in classes if fields_of(cls)["id"].personal
        )

    def policy(self) -> Written:
        """The entry on the policy: all that its answers rest on, but the facts."""
        regime, directive = self._policy.regime, self._policy.rules.directive
        hiding = _Hiding(self._persons, (), self._hash_name)
        said = {
            "kind": POLICY,
            "directive": directive.id,
            "version": directive.version,
            "fingerprint": fingerprint_of(self._policy.rules),
            "library": self._library,
            "engine": self._policy.engine,
            "as_of": self._policy.as_of.isoformat(),
            "readings": self._policy.readings,
            "parameters": {name: plain(value) for name, value in regime.parameters.items()},
            "exemptions": [hiding.naming(json_row(each)) for each in self._policy.exemptions],
        }
        return Written(_json(said), tuple(hiding.disclosures))

    def facts(self, facts: Facts) -> Written:
        """The entry on facts with which answers are given."""
        hiding = _Hiding(self._persons, facts, self._hash_name)
        document = _document(hiding, facts, facts.complete)
        return Written(_json({"kind": FACTS, "facts": document}), tuple(hiding.disclosures))

    def answers(
        self, answers: Sequence[Answer], at: str, correlation_id: str | None, *, alone: bool
    ) -> Written:
        """The entry on answers about one fact, after its references.

        `alone`: with the facts that they rest on, since no entry has them.
        """
        said: dict[str, Any] = {"at": at, "correlation_id": correlation_id}
        if alone:
            found = self._inputs.of(answers)
            all_facts = found.facts if found.subject is None else (found.subject, *found.facts)
            hiding = _Hiding(self._persons, all_facts, self._hash_name)
            given = said["input"] = {"facts": _document(hiding, found.facts, found.whole)}
            if found.subject is not None:
                row = hiding.fact(found.subject)
                given["subject"] = {"collection": found.subject.collection, **row}
            given["paths"] = found.paths
        else:
            hiding = _Hiding(self._persons, (), self._hash_name)
        lists: dict[str, list[object]] = {}
        for answer in answers:
            lists.setdefault(LISTS[type(answer)], []).append(hiding.naming(answer.as_json()))
        said["answers"] = lists
        return Written(_json(said)[1:], tuple(hiding.disclosures))


def answers_entry(policy: Reference, given: Reference | None, rest: str) -> str:
    """The entry on answers: by which policy, with which facts, and the rest."""
    with_facts = "" if given is None else f'"input":{_reference(given)},'
    return f'{{"kind":"{ANSWERS}","policy":{_reference(policy)},{with_facts}{rest}'


def _reference(to: Reference) -> str:
    return f'{{"index":{to.index},"leaf_hash":"{to.leaf_hash}"}}'


def _document(hiding: _Hiding, facts: Iterable[Fact], whole: Iterable[str]) -> dict[str, Any]:
    document: dict[str, Any] = {"format": DOCUMENT_FORMAT}
    for fact in facts:
        document.setdefault(fact.collection, []).append(hiding.fact(fact))
    if listed := sorted(whole):
        document["complete"] = listed
    return document


class _Hiding:
    """What hides personal values, and where persons are named; `disclosures` grow with it."""

    def __init__(self, persons: frozenset[str], facts: Iterable[Fact], hash_name: str) -> None:
        self._persons = persons
        self._hash_name = hash_name
        self._ids = frozenset(each.id for each in facts if each.collection in persons)
        self.disclosures: list[str] = []

    def fact(self, fact: Fact) -> dict[str, Any]:
        """A fact as JSON without its personal fields."""
        row = json_row(fact)
        if type(fact) is Attestation:
            named = row.get("subject_id") in self._ids
            return self._without(row, ("subject_id",) if named else ())
        return self._without(row, _personal_fields(type(fact), self._persons))

    def naming(self, said: dict[str, Any]) -> dict[str, Any]:
        """An answer or an exemption, as JSON, without what names a person."""
        if self._is_person(said["subject"]):
            return self._without(said, _OF_DECISIONS if "value" in said else _NAMING)
        named = any(map(self._is_person, said.get("needs", ())))
        return self._without(said, ("needs",) if named else ())

    def _is_person(self, key: str) -> bool:
        return key.partition("/")[0] in self._persons

    def _without(self, row: dict[str, Any], names: Iterable[str]) -> dict[str, Any]:
        kept = {name: row.pop(name) for name in names if row.get(name) not in (None, [])}
        if kept:
            row[DIGESTS] = hidden(kept, self.disclosures, self._hash_name)
        return row


_FIELDS: dict[tuple[type[Fact], frozenset[str]], tuple[str, ...]] = {}


def _personal_fields(cls: type[Fact], persons: frozenset[str]) -> tuple[str, ...]:
    found = _FIELDS.get((cls, persons))
    if found is None:
        found = _FIELDS[cls, persons] = tuple(
            spec.name
            for spec in fields_of(cls).values()
            if spec.personal or (spec.kind is Kind.REFERENCE and spec.target in persons)
        )
    return found


_json: Callable[[object], str] = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
