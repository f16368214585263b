"""Two answers of the same kind of audit compared: what was closed, opened, got better or worse.

They are compared as they were written, as JSON or rows: what they rest on (the date, the readings,
what was set, the directive) stands in their heads. What differs there is said first, and of each
answer that has changed, which of it can be the reason.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, TypeAlias

from attrs import frozen

from ..answers import Consistency, Status
from ..facts import Labelled
from ..language import Cite, RuleSet
from ..language.expressions import Definition, Parameter, ReadingIs
from ..language.rules import Rule
from ..language.trees import walk

Answers: TypeAlias = Mapping[str, Any]
_KINDS: Final = ("findings", "verdicts", "agreements", "decisions")


class What(Labelled):
    """What answers rest on."""

    FACTS = ("facts", "数据", "the facts")
    DIRECTIVE = ("directive", "文件", "the directive")
    RULES = ("fingerprint", "文件的规则", "the rules of the directive")
    AS_OF = ("as_of", "基准日期", "the date")
    READINGS = ("readings", "口径", "reading")
    PARAMETERS = ("parameters", "设定", "setting")


# By which it hangs what rules there are.
_OF_RULES: Final = (What.DIRECTIVE, What.RULES, What.AS_OF)


class Turn(Labelled):
    """How an answer has changed."""

    OPENED = ("opened", "新出现", "opened")
    WORSE = ("worse", "变差", "worse")
    UNSETTLED = ("unsettled", "变为无法判定", "no longer settled")
    CHANGED = ("changed", "结果改变", "changed")
    BETTER = ("better", "好转", "better")
    SETTLED = ("settled", "变为可判定", "settled")
    CLOSED = ("closed", "已消除", "closed")
    GONE = ("gone", "不再出现", "gone")


@frozen
class Why:
    """What can be the reason of a change; a reading or a setting by its `name`."""

    what: What
    name: str = ""

    def as_json(self) -> dict[str, Any]:
        """The reason as JSON has it."""
        return {"what": str(self.what), "name": self.name}


@frozen(kw_only=True)
class Turned:
    """An answer that has changed: of which kind, about whom, by which rule, and from what to what.

    `before` and `after` are the answers as JSON has them; None where there was or is none. `why` is
    all that can be the reason; one alone is it.
    """

    kind: str
    turn: Turn
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: tuple[Why, ...]

    @property
    def subject(self) -> str:
        """The key of the fact that it is about."""
        return str((self.after or self.before or {})["subject"])

    @property
    def by(self) -> str:
        """The citation of the rule, or the name of the decision; nothing of a verdict."""
        said = self.after or self.before or {}
        return str(said.get("cite") or said.get("name") or "")

    def as_json(self) -> dict[str, Any]:
        """The change as JSON has it."""
        return {
            "kind": self.kind,
            "turn": str(self.turn),
            "why": [each.as_json() for each in self.why],
            "before": self.before,
            "after": self.after,
        }


@frozen(kw_only=True)
class Cause:
    """What two answers do not rest on alike: the date, a reading, a setting, the directive."""

    what: What
    name: str
    before: Any
    after: Any

    @property
    def why(self) -> Why:
        """The same as the reason of a change."""
        return Why(self.what, self.name)

    def as_json(self) -> dict[str, Any]:
        """The cause as JSON has it."""
        return {
            "what": str(self.what),
            "name": self.name,
            "before": self.before,
            "after": self.after,
        }


@frozen(kw_only=True)
class Comparison:
    """What has changed, and what else than the facts can be the reason.

    Without `causes`, the facts are the only one. `rules` are those of the directive of both, where
    it is known, for the words.
    """

    causes: tuple[Cause, ...]
    turned: tuple[Turned, ...]
    rules: RuleSet | None = None

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON has it."""
        return {
            "causes": [each.as_json() for each in self.causes],
            "turned": [each.as_json() for each in self.turned],
        }


def answers_of_rows(head: Answers, rows: Mapping[str, Iterable[Mapping[str, Any]]]) -> Answers:
    """A document of answers of rows: of each kind (`findings`), each row by its columns.

    `head` says what they rest on, as documents of answers do: `directive`, `as_of`, `readings`, and
    `parameters` where any are set; and the `fingerprint` of the rules.
    """
    return {**head, **{kind: [_of_row(each) for each in found] for kind, found in rows.items()}}


def _of_row(row: Mapping[str, Any]) -> dict[str, Any]:
    said = {name: value for name, value in row.items() if name not in ("collection", "id")}
    said["subject"] = f"{row['collection']}/{row['id']}"
    said["needs"] = (row.get("needs") or "").split()
    for name, value in said.items():
        if isinstance(value, date):
            said[name] = value.isoformat()
    return said


@frozen
class Whole:
    """What all answers speak of, where only those that differ are at hand.

    `cites` has every rule that anything is said of; `subjects`, of the facts that any of the
    answers at hand is about, those of which all answers say anything.
    """

    subjects: frozenset[str]
    cites: frozenset[str]

    @classmethod
    def of(cls, answers: Answers) -> Whole:
        """What a document speaks of."""
        return cls(_all_of("subject", answers), _all_of("cite", answers))


def compared(
    before: Answers,
    after: Answers,
    rules: RuleSet | None = None,
    wholes: tuple[Whole, Whole] | None = None,
) -> Comparison:
    """What is different between two documents of answers, the gravest changes first.

    `rules` are those of the directive of both: so it is known which readings and settings a rule
    reads at all. Where the two have only what differs, `wholes` say what there is besides.
    """
    causes = tuple(_causes(before, after))
    wholes = wholes or (Whole.of(before), Whole.of(after))
    reasons = _Reasons(before, after, causes, rules, wholes)
    turned = [each for kind in _KINDS for each in _turned(kind, before, after, reasons)]
    order = list(Turn)
    turned.sort(key=lambda each: (_KINDS.index(each.kind), order.index(each.turn)))
    return Comparison(causes=causes, turned=tuple(turned), rules=rules)


def _causes(before: Answers, after: Answers) -> Iterator[Cause]:
    for what in (What.DIRECTIVE, What.AS_OF):
        one, other = before[what.value], after[what.value]
        if one != other:
            yield Cause(what=what, name="", before=one, after=other)
    rules = [each.get(What.RULES.value) for each in (before, after)]
    if before["directive"] == after["directive"] and rules[0] != rules[1]:
        yield Cause(what=What.RULES, name="", before=rules[0], after=rules[1])
    for what in (What.READINGS, What.PARAMETERS):
        of_one, of_other = before.get(what.value, {}), after.get(what.value, {})
        for name in sorted({*of_one, *of_other}):
            if of_one.get(name) != of_other.get(name):
                yield Cause(what=what, name=name, before=of_one.get(name), after=of_other.get(name))


class _Reasons:
    """What can be the reason of each change, among what differs."""

    def __init__(
        self,
        before: Answers,
        after: Answers,
        causes: tuple[Cause, ...],
        rules: RuleSet | None,
        wholes: tuple[Whole, Whole],
    ) -> None:
        self._causes = causes
        self._rules = rules
        self._read: dict[tuple[str, str, str], frozenset[str] | None] = {}
        self._subjects = [each.subjects for each in wholes]
        self._cites = [each.cites for each in wholes]
        self._days = before["as_of"], after["as_of"]

    def of(
        self, kind: str, one: Mapping[str, Any] | None, other: Mapping[str, Any] | None
    ) -> tuple[Why, ...]:
        """All that can be the reason of one change; one alone is it."""
        said = other or one or {}
        if any(said["subject"] not in subjects for subjects in self._subjects):
            return (Why(What.FACTS),)
        beside = [each for each in self._causes if self._concerns(kind, said, each)]
        if "cite" in said and any(said["cite"] not in cites for cites in self._cites):
            # A rule asks nothing of anyone on one side: facts do not do that.
            of_rules = [each.why for each in beside if each.what in _OF_RULES]
            return tuple(of_rules) or (Why(What.FACTS),)
        if one is not None and other is not None:
            if self._fell_due(one, other):
                return (Why(What.AS_OF),)
            if set_ := self._set(one, other):
                return set_
        return (Why(What.FACTS), *(each.why for each in beside))

    def _concerns(self, kind: str, said: Mapping[str, Any], cause: Cause) -> bool:
        """Whether an answer can rest on what differs."""
        if cause.what not in (What.READINGS, What.PARAMETERS) or self._rules is None:
            return True
        collection = said["subject"].partition("/")[0]
        by = str(said.get("cite") or said.get("name") or "")
        asked = kind, collection, by
        if asked not in self._read:
            self._read[asked] = _read(self._rules, *asked)
        read = self._read[asked]
        return read is None or cause.name in read

    def _fell_due(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
        """Whether nothing but the day has passed by which it was to be met."""
        due = one.get("due")
        same = all(one.get(name) == other.get(name) for name in ("due", "actual", "required"))
        return bool(
            due
            and same
            and one.get("actual") is not None
            and one.get("status") == str(Status.PENDING)
            and self._days[0] <= due < self._days[1]
        )

    def _set(self, one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[Why, ...]:
        """The parameters that were all it wanted, where they have been set and it is settled."""
        needs, left = one.get("needs") or (), other.get("needs") or ()
        names = {need.partition(".")[2].partition(".")[0] for need in needs}
        if left or not all(need.startswith("parameters.") for need in needs):
            return ()
        found = tuple(
            each.why for each in self._causes if each.what is What.PARAMETERS and each.name in names
        )
        return found if len(found) == len(names) else ()


def _all_of(key: str, answers: Answers) -> frozenset[str]:
    return frozenset(each[key] for kind in _KINDS for each in answers.get(kind, ()) if key in each)


def _read(rules: RuleSet, kind: str, collection: str, by: str) -> frozenset[str] | None:
    """The readings and parameters that such an answer can rest on; None where that is unknown."""
    classes = {cls.collection: cls for cls in rules.directive.classes}
    cls = classes.get(collection)
    about: list[Rule | Definition] = []
    if kind == "decisions" and cls is not None:
        definition = rules.definitions.get((cls, by))
        about = [] if definition is None else [definition]
    elif kind == "verdicts" and cls is not None:
        about = [*rules.verdict_rules_of(cls)]
    elif by:
        about = [each for each in rules.rules if each.cite == Cite.parse(by)]
    if not about:
        return None
    nodes = [node for rule in about for part in rules.parts(rule) for node in walk(part)]
    return frozenset(
        [each.reading.name for each in nodes if isinstance(each, ReadingIs)]
        + [each.name for each in nodes if isinstance(each, Parameter)]
    )


def _turned(kind: str, before: Answers, after: Answers, reasons: _Reasons) -> Iterator[Turned]:
    old, new = _by_key(kind, before), _by_key(kind, after)
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        turn = _TURN[kind](one, other)
        if turn is not None:
            why = reasons.of(kind, one, other)
            yield Turned(kind=kind, turn=turn, before=one, after=other, why=why)


def _by_key(kind: str, answers: Answers) -> dict[tuple[str, str], Mapping[str, Any]]:
    named = "name" if kind == "decisions" else "cite"
    return {(each["subject"], each.get(named, "")): each for each in answers.get(kind, ())}


def _finding(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Turn | None:
    was, is_ = _stands(one), _stands(other)
    if was == is_:
        return _worse_or_better(one, other) if one and other and was is False else None
    if is_ is False:
        return Turn.OPENED
    if other is None:
        return Turn.GONE if was is False else None
    if one is None:
        return None
    if is_ is None:
        return Turn.UNSETTLED
    return Turn.CLOSED if was is False else Turn.SETTLED


def _stands(finding: Mapping[str, Any] | None) -> bool | None:
    """Whether a finding is no open problem; None: that is not settled."""
    if finding is None:
        return True
    status = Status.parse(finding["status"])
    if status.standing.truth is None:
        return None
    return status.standing.gravity is None or finding.get("met_on") is not None


def _worse_or_better(one: Mapping[str, Any], other: Mapping[str, Any]) -> Turn | None:
    was, is_ = _gap(one), _gap(other)
    if was == is_:
        return None
    return Turn.WORSE if is_ > was else Turn.BETTER


def _gap(finding: Mapping[str, Any]) -> tuple[int, int]:
    """How far an open problem is from being met: the graver and the larger, the greater."""
    gravity = Status.parse(finding["status"]).standing.gravity or 0
    return -gravity, finding.get("shortfall") or 0


def _verdict(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Turn | None:
    if one is None or other is None or one["outcome"] == other["outcome"]:
        return None
    return Turn.CHANGED


def _decision(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Turn | None:
    if one is None or other is None or _text(one["value"]) == _text(other["value"]):
        return None
    if one["value"] is None or other["value"] is None:
        return Turn.SETTLED if one["value"] is None else Turn.UNSETTLED
    return Turn.CHANGED


def _text(value: Any) -> str | None:
    """A value as rows have it, so that they can be compared with JSON."""
    match value:
        case None:
            return None
        case bool():
            return str(value).lower()
        case list():
            return " ".join(map(str, value))
        case _:
            return str(value)


def _agreement(one: Mapping[str, Any] | None, other: Mapping[str, Any] | None) -> Turn | None:
    was, is_ = (
        each is not None and Consistency.parse(each["status"]) is Consistency.INCONSISTENT
        for each in (one, other)
    )
    if was == is_:
        return None
    return Turn.OPENED if is_ else Turn.CLOSED


_TURN: Final = {
    "findings": _finding,
    "verdicts": _verdict,
    "agreements": _agreement,
    "decisions": _decision,
}
