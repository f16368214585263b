"""Asking again what a log has on record: what would be answered otherwise now, and why not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any, Final

from attrs import frozen

from ..arguments import public
from ..facts import Exemption, Fact, Facts, Fault, Labelled
from ..formats.decoding import Listing, decoded
from ..formats.documents import InputError, parse
from ..formats.json_values import CONVERTED, json_value
from ..language import ChoiceError, Recurrence, RuleSet, WorkCalendar
from ..language.exemptions import cited_exemptions
from ..language.fingerprints import fingerprint_of
from ..language.types import CALENDAR, DATE, RATIONAL, RECURRENCE, TEXTS, Type
from ..policy import Answer, LoadedDirective, Policy
from .disclosures import DIGESTS, digests_in
from .entries import ANSWERS, LISTS
from .inputs import Inputs, path_text
from .reading import DecisionLogReader, LogEntry

Pair = tuple[str, str]
# Words in which an answer is said, and not what it is.
_WORDS: Final = frozenset({"zh", "en", "quote", "heading", "name", "bodies", "responsible"})


class Standing(Labelled):
    """What comes of an answer on record when it is asked again."""

    SAME = ("same", "相同", "same")
    DIFFERENT = ("different", "不同", "different")
    NOT_REPLAYED = ("not_replayed", "不能重放", "not replayed")


@frozen
class Replayed:
    """An answer on record, and the one that is given now.

    `index` is that of its entry, `kind` the list that it is in, such as `verdicts`. `before` and
    `after` are the answers as JSON; `after` is None where there is none now, or where it was not
    asked again, of which `why` says the reason in Chinese and English.
    """

    index: int
    kind: str
    standing: Standing
    before: Mapping[str, Any]
    after: Mapping[str, Any] | None
    why: Pair | None = None


@frozen(kw_only=True)
class Choices:
    """What is asked otherwise than it was: nothing, unless it is said here."""

    as_of: date | None = None
    readings: Mapping[str, str]
    parameters: Mapping[str, object]


class NotReplayedError(Exception):
    """Something on record cannot be asked again: `zh` and `en` say why."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh, self.en = zh, en


@public
def replayed(
    reader: DecisionLogReader,
    directive_of: Callable[[str], LoadedDirective],
    choices: Choices,
    after: int = 0,
) -> Iterator[Replayed]:
    """Ask all answers of a log from an index on again, by the rules that are loaded now.

    `directive_of` gives the directive to ask instead of the one of an id. Raises JournalError for a
    log that cannot be read, and what `directive_of` raises.
    """
    replaying = _Replaying(reader, directive_of, choices)
    for entry in reader.entries(after):
        if entry.record["kind"] == ANSWERS:
            yield from replaying.entry(entry)


class _Replaying:
    def __init__(
        self,
        reader: DecisionLogReader,
        directive_of: Callable[[str], LoadedDirective],
        choices: Choices,
    ) -> None:
        self._reader = reader
        self._directive_of = directive_of
        self._choices = choices
        self._policies: dict[int, _Again | NotReplayedError] = {}
        self._facts: dict[tuple[int, int], _Given | NotReplayedError] = {}

    def entry(self, entry: LogEntry) -> Iterator[Replayed]:
        """Ask the answers of one entry again."""
        record = entry.revealed()
        try:
            policy = self._policy(record["policy"]["index"])
            given = self._given(record, policy)
            now = given.answers(record)
        except NotReplayedError as error:
            why = error.zh, error.en
            for kind, answers in record["answers"].items():
                for before in answers:
                    yield Replayed(entry.index, kind, Standing.NOT_REPLAYED, before, None, why)
            return
        erased = given.erased or policy.erased or bool([*digests_in(record["answers"])])
        for kind, answers in record["answers"].items():
            for before in answers:
                after = now.get((kind, _of(before)))
                if after is not None and _same(before, after):
                    yield Replayed(entry.index, kind, Standing.SAME, before, after)
                elif erased:
                    yield Replayed(entry.index, kind, Standing.NOT_REPLAYED, before, None, _ERASED)
                else:
                    yield Replayed(entry.index, kind, Standing.DIFFERENT, before, after)

    def _policy(self, index: int) -> _Again:
        found = self._policies.get(index)
        if found is None:
            try:
                found = _again(self._reader.entry(index), self._directive_of, self._choices)
            except NotReplayedError as error:
                found = error
            self._policies[index] = found
        if isinstance(found, NotReplayedError):
            raise found
        return found

    def _given(self, record: Mapping[str, Any], policy: _Again) -> _Given:
        given = record["input"]
        if "index" not in given:
            return _Given.of(given, policy)
        # Of one audit at a time: its facts can be many.
        key = given["index"], record["policy"]["index"]
        found = self._facts.get(key)
        if found is None:
            self._facts.clear()
            document = self._reader.entry(given["index"]).revealed()
            try:
                found = _Given.of(document, policy)
            except NotReplayedError as error:
                found = error
            self._facts[key] = found
        if isinstance(found, NotReplayedError):
            raise found
        return found


_ERASED: Final = (
    "所依据的个人字段已被清除，现在的回答不能与之比较",
    "personal fields that it rests on were erased, so that it cannot be compared",
)


@frozen(eq=False)
class _Again:
    """A policy on record as it is asked now."""

    policy: Policy
    same_rules: bool
    erased: bool
    inputs: Inputs


def _again(
    entry: LogEntry, directive_of: Callable[[str], LoadedDirective], choices: Choices
) -> _Again:
    said = entry.revealed()
    loaded = directive_of(said["directive"])
    rules = loaded.rules
    erased = [each for each in said["exemptions"] if DIGESTS in each]
    faults: list[Fault] = []
    exemptions = [
        each
        for each in decoded(_rows(Exemption, said["exemptions"], erased), faults)
        if isinstance(each, Exemption)
    ]
    try:
        policy = loaded.policy(
            as_of=choices.as_of or date.fromisoformat(said["as_of"]),
            readings={**said["readings"], **choices.readings},
            parameters={**_parameters(rules, said["parameters"]), **choices.parameters},
            exemptions=cited_exemptions(rules.directive, exemptions),
        )
    except ChoiceError as error:
        zh, en = ("；".join(each) for each in zip(*error.faults, strict=True))
        raise NotReplayedError(zh, en) from error
    same = fingerprint_of(rules) == said["fingerprint"]
    return _Again(policy, same, bool(erased), Inputs(rules))


def _rows(cls: type[Fact], rows: list[Any], erased: list[Any] | None = None) -> Listing:
    kept = [row for row in rows if not erased or row not in erased]
    return Listing(cls, kept, lambda at: f"{cls.collection}[{at}]", json_value, CONVERTED)


def _parameters(rules: RuleSet, said: Mapping[str, Any]) -> dict[str, object]:
    return {
        name: _value(rules.parameters[name].type, value) if name in rules.parameters else value
        for name, value in said.items()
    }


def _value(kind: Type, said: Any) -> object:
    """The value of a parameter, as the log has it."""
    if kind.choices is not None:
        by_value = {str(each): each for each in kind.choices}
        return frozenset(map(by_value.get, said)) if kind.name == "set" else by_value.get(said)
    if kind == RATIONAL:
        return Fraction(said)
    if kind == DATE:
        return date.fromisoformat(said)
    if kind == RECURRENCE:
        return Recurrence(said)
    if kind == CALENDAR:
        return WorkCalendar.parse(said)
    return frozenset(said) if kind == TEXTS else said


@frozen(eq=False)
class _Given:
    """The facts on record with which answers were given."""

    policy: _Again
    facts: Facts
    subject: Fact | None
    paths: frozenset[str] | None
    erased: bool

    @classmethod
    def of(cls, given: Mapping[str, Any], policy: _Again) -> _Given:
        """The facts of an entry, or of the input of one. Raises NotReplayedError."""
        document = given["facts"]
        erased = bool([*digests_in(given)])
        classes = policy.policy.rules.directive.classes
        try:
            facts = parse(_without_erased(document), "facts", classes).facts
        except InputError as error:
            raise NotReplayedError(
                "记录的数据现在读不出：" + "；".join(each.text("zh") for each in error.faults[:3]),
                "the facts on record cannot be read now: "
                + "; ".join(each.text() for each in error.faults[:3]),
            ) from error
        subject = None
        if (alone := given.get("subject")) is not None:
            row = {name: each for name, each in alone.items() if name != "collection"}
            subject = _subject(row, alone["collection"], policy.policy)
        paths = given.get("paths")
        return cls(policy, facts, subject, None if paths is None else frozenset(paths), erased)

    def answers(self, record: Mapping[str, Any]) -> dict[tuple[str, str], dict[str, Any]]:
        """What is answered now about the subject of an entry, by its list and what it is of."""
        first = next(iter(record["answers"].values()))[0]
        fact = self.subject or self._named(first.get("subject", ""))
        wanted = {(kind, _of(each)) for kind, of in record["answers"].items() for each in of}
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for answer in self._asked(fact, {kind for kind, _ in wanted}):
            said = json.loads(json.dumps(answer.as_json()))
            key = LISTS[type(answer)], _of(said)
            if key in wanted:
                self._expect_reach(answer)
                found[key] = said
        return found

    def _asked(self, fact: Fact, kinds: set[str]) -> Iterator[Answer]:
        policy, facts = self.policy.policy, self.facts
        rules = policy.rules

        def alone(_: Facts) -> list[Fact]:
            return [fact]

        if "decisions" in kinds:
            yield from policy.decisions_of(facts, alone)
        if "verdicts" in kinds and rules.verdict_rules_of(type(fact)):
            yield policy.check(fact, facts)
        if "findings" in kinds and (duties := rules.requirements_of(type(fact))):
            yield from policy.auditor(type(fact), duties)(fact, facts)
        if "agreements" in kinds:
            yield from policy.agreements_of(facts, alone)

    def _expect_reach(self, answer: Answer) -> None:
        """Raise NotReplayedError where other rules rest on facts that are not on record."""
        if self.paths is None or self.policy.same_rules:
            return
        paths = {path_text(path) for path in self.policy.inputs.paths_of(answer)}
        if beyond := sorted(paths - self.paths):
            listed = ", ".join(beyond)
            raise NotReplayedError(
                f"现在的规则还依据未记录的数据（{listed}）",
                f"the rules now rest on facts that are not on record ({listed})",
            )

    def _named(self, key: str) -> Fact:
        collection, _, id_ = key.partition("/")
        for cls in self.facts.classes():
            if cls.collection == collection and (fact := self.facts.get(cls, id_)) is not None:
                return fact
        raise NotReplayedError(
            "所答的对象已被清除，或不在记录的数据中",
            "the fact that it is about was erased, or is not among those on record",
        )


def _without_erased(document: Mapping[str, Any]) -> dict[str, Any]:
    """A document of facts without what was erased: values are unknown, rows without id absent."""
    made: dict[str, Any] = {}
    whole = set(document.get("complete", ()))
    for name, rows in document.items():
        if name in ("format", "complete"):
            made[name] = rows
            continue
        kept = [row for row in rows if "id" in row]
        if len(kept) < len(rows):
            whole.discard(name)
        made[name] = [{key: row[key] for key in row if key != DIGESTS} for row in kept]
    if "complete" in made:
        made["complete"] = sorted(whole)
    return made


def _subject(row: dict[str, Any], collection: str, policy: Policy) -> Fact:
    row.pop(DIGESTS, None)
    classes = {cls.collection: cls for cls in policy.rules.directive.classes}
    faults: list[Fault] = []
    made = decoded(_rows(classes[collection], [row]), faults) if collection in classes else []
    if not made:
        raise NotReplayedError(
            "所答的对象已被清除，或现在读不出",
            "the fact that it is about was erased, or cannot be read now",
        )
    return made[0]


def _of(said: Mapping[str, Any]) -> str:
    """What an answer is of, among those about one fact."""
    return str(said.get("cite") or said.get("name") or "")


def _same(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """Whether answers say the same, in so far as the earlier one says it at all."""
    said = _said(before)
    return said == {name: value for name, value in _said(after).items() if name in said}


def _said(answer: Mapping[str, Any]) -> dict[str, Any]:
    """What an answer is, without the words for it."""
    made = {name: value for name, value in answer.items() if name not in _WORDS}
    if "value" in answer:
        made["name"] = answer["name"]
    if "reasons" in made:
        made["reasons"] = [_said(each) for each in made["reasons"]]
    return made
