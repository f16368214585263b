"""What a change of the facts changed in the answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date
from typing import Any

from attrs import field, frozen

from ..answers import Agreement, Decision, Finding, Status, Verdict
from ..facts import Fault
from ..facts.checks import nearest
from ..facts.faults import FaultCode, quoted
from ..language.citations import Cite
from ..language.loading import RuleSet
from ..language.rules import Steps
from ..policy import Answer
from .questions import Question


@frozen(eq=False)
class Change:
    """One conclusion that changed.

    `before` is None where there was no such conclusion (the fact is new), `after` where there is
    none any more. `because` are the keys of the facts whose change it followed from; none where
    the date changed.
    """

    question: Question = field(repr=False)
    before: Answer | None
    after: Answer | None
    because: tuple[str, ...] = ()

    @property
    def answer(self) -> Answer:
        """The conclusion as it is now, or as it last was."""
        answer = self.before if self.after is None else self.after
        assert answer is not None
        return answer

    @property
    def subject(self) -> str:
        """The key of the fact that it is about."""
        return self.answer.subject

    @property
    def kind(self) -> str:
        """`decision`, `verdict`, `finding` or `agreement`."""
        return type(self.answer).__name__.lower()

    @property
    def name(self) -> str:
        """The attribute that is decided, or the citation of the rule; of a verdict, empty."""
        return name_of(self.answer)

    @property
    def cites(self) -> tuple[Cite, ...]:
        """The citations that the conclusion rests on now, or last rested on."""
        answer = self.answer
        match answer:
            case Decision():
                return answer.cites
            case Finding() | Agreement():
                return (answer.cite,)
            case _:
                return _of_verdict(answer, self.question)

    @property
    def fell_due(self) -> date | None:
        """The date that passed without its duty being met, where that is what changed."""
        match self.before, self.after:
            case Finding(status=Status.PENDING), Finding(status=now) as after if (
                now.standing.unmet and now is not Status.PENDING
            ):
                return after.due
            case _:
                return None

    @property
    def is_none(self) -> bool:
        """Whether it ends where it began."""
        if self.before is None or self.after is None:
            return self.before is self.after
        return same(self.before, self.after)

    def as_json(self) -> dict[str, Any]:
        """The change as JSON has it, with all its keys."""
        fell_due = self.fell_due
        return {
            "subject": self.subject,
            "kind": self.kind,
            "name": self.name,
            "before": None if self.before is None else self.before.as_json(),
            "after": None if self.after is None else self.after.as_json(),
            "cites": [str(cite) for cite in self.cites],
            "because": list(self.because),
            "fell_due": None if fell_due is None else fell_due.isoformat(),
        }

    def concerns(self, only: Collection[str]) -> bool:
        """Whether it is about one of these: a fact's key, a collection, a name or a citation."""
        words = {self.subject, self.subject.partition("/")[0], self.name}
        for cite in self.cites:
            words |= {str(cite), str(cite.of_sentence), cite.heading}
        return not words.isdisjoint(only)


def unknown_words(only: Iterable[str], rules: RuleSet, place: str) -> Iterator[Fault]:
    """The faults of what changes are to concern and is nothing of the directive."""
    collections = {cls.collection for cls in rules.directive.classes}
    constitutive = [rule for of in rules.definitions.values() for rule in of.outcomes()]
    cites = {rule.cite for rule in (*rules.rules, *constitutive)}
    words = collections | {each.name for each in rules.definitions.values()}
    for cite in cites:
        words |= {str(cite), str(cite.of_sentence), cite.heading}
    for each in only:
        collection, _, id = each.partition("/")
        if each in words or (id and collection in collections):
            continue
        near = nearest(each, sorted(words))
        yield Fault(
            place=place,
            code=FaultCode.WRONG_USAGE,
            zh=f"应为如 `tasks/B1` 的键、列表、认定事项或条款，实为 {quoted(each)}；"
            + (f"是否指 `{near[0]}`？" if near else "请改正"),
            en="expected a key such as `tasks/B1`, a collection, a decision or a citation, "
            f"found {quoted(each)}; " + (f"did you mean `{near[0]}`?" if near else "correct it"),
        )


def merged(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Changes that follow one another as one: what a conclusion only passed through is left out."""
    found: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        about = (change.subject, change.kind, change.name)
        first = found.get(about)
        if first is not None:
            because = tuple(dict.fromkeys((*first.because, *change.because)))
            change = Change(change.question, first.before, change.after, because)
        found[about] = change
    return tuple(change for change in found.values() if not change.is_none)


def name_of(answer: Answer) -> str:
    """The attribute that is decided, or the citation of the rule; of a verdict, empty."""
    match answer:
        case Decision():
            return answer.name
        case Finding() | Agreement():
            return str(answer.cite)
        case _:
            return ""


def _of_verdict(verdict: Verdict, question: Question) -> tuple[Cite, ...]:
    cites = {reason.cite for reason in verdict.reasons}
    missing = set(verdict.steps)
    assert isinstance(question.about, tuple)
    for rule in question.about:
        if isinstance(rule, Steps) and not missing.isdisjoint(rule.steps):
            cites.add(rule.cite)
    return tuple(sorted(cites))


def same(one: Answer, other: Answer) -> bool:
    """Whether two answers to one question say the same."""
    if isinstance(one, Agreement) or isinstance(other, Agreement):
        return _said(one) == _said(other)
    if one._part is other._part:  # a part that answers share says all but what is measured
        return not isinstance(one, Finding) or _measured(one) == _measured(other)
    return _said(one) == _said(other)


def _measured(finding: Answer) -> tuple[object, ...]:
    assert isinstance(finding, Finding)
    return (
        finding.actual, finding.required, finding.needs, finding.met_on, finding.periods,
        finding.exemption,
    )  # fmt: skip


def _said(answer: Answer) -> tuple[object, ...]:
    """What an answer says, but for what follows from it: its lines, and its readings."""
    match answer:
        case Decision():
            return (
                type(answer.value), answer.value, answer.cites, answer.needs, answer.conflict,
            )  # fmt: skip
        case Verdict():
            return answer.outcome, answer.reasons, answer.missing_steps, answer.needs
        case Agreement():
            return answer.status, answer.first, answer.second, answer.needs
        case Finding():
            return (answer.status, answer.due, *_measured(answer))
