"""Two answers of the same kind of audit compared: what was closed, opened, got better or worse.

They are compared as they were written, as JSON: what they rest on (the date, the readings, what was
set, the directive) stands in their heads, and what differs there is said first.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeAlias

from attrs import frozen

from ..answers import Consistency, Status
from ..facts import Labelled

Answers: TypeAlias = Mapping[str, Any]
_KINDS: Final = ("findings", "verdicts", "agreements", "decisions")


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


@frozen(kw_only=True)
class Turned:
    """An answer that has changed: of which kind, about whom, by which rule, and from what to what.

    `before` and `after` are the answers as JSON has them; None where there was or is none.
    """

    kind: str
    turn: Turn
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None

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
            "before": self.before,
            "after": self.after,
        }


@frozen(kw_only=True)
class Cause:
    """What two answers do not rest on alike: the date, a reading, a setting, the directive."""

    what: str
    name: str
    before: Any
    after: Any

    def as_json(self) -> dict[str, Any]:
        """The cause as JSON has it."""
        return {
            "what": self.what,
            "name": self.name,
            "before": self.before,
            "after": self.after,
        }


@frozen(kw_only=True)
class Comparison:
    """What has changed, and what else than the facts can be the reason.

    Without `causes`, the facts are the only one.
    """

    causes: tuple[Cause, ...]
    turned: tuple[Turned, ...]

    def as_json(self) -> dict[str, Any]:
        """The comparison as JSON has it."""
        return {
            "causes": [each.as_json() for each in self.causes],
            "turned": [each.as_json() for each in self.turned],
        }


def compared(before: Answers, after: Answers) -> Comparison:
    """What is different between two documents of answers, the gravest changes first."""
    turned = [each for kind in _KINDS for each in _turned(kind, before, after)]
    order = list(Turn)
    turned.sort(key=lambda each: (_KINDS.index(each.kind), order.index(each.turn)))
    return Comparison(causes=tuple(_causes(before, after)), turned=tuple(turned))


def _causes(before: Answers, after: Answers) -> Iterator[Cause]:
    for what in ("directive", "as_of"):
        if before[what] != after[what]:
            yield Cause(what=what, name="", before=before[what], after=after[what])
    for what in ("readings", "parameters"):
        one, other = before.get(what, {}), after.get(what, {})
        for name in sorted({*one, *other}):
            if one.get(name) != other.get(name):
                yield Cause(what=what, name=name, before=one.get(name), after=other.get(name))


def _turned(kind: str, before: Answers, after: Answers) -> Iterator[Turned]:
    old, new = _by_key(kind, before), _by_key(kind, after)
    for key in {**old, **new}:
        one, other = old.get(key), new.get(key)
        turn = _TURN[kind](one, other)
        if turn is not None:
            yield Turned(kind=kind, turn=turn, before=one, after=other)


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
    if one is None or other is None or one["value"] == other["value"]:
        return None
    if one["value"] is None or other["value"] is None:
        return Turn.SETTLED if one["value"] is None else Turn.UNSETTLED
    return Turn.CHANGED


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
