"""What cases are still owed: facts that a solver finds, or the proof that there are none."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from attrs import frozen

from ..analysis.proving.asking import (
    Asked,
    Never,
    Possible,
    Questions,
    Unsettled,
    WitnessError,
    parameters_left_open,
    read_in,
    same_question,
)
from ..analysis.verification import When, times
from ..engines.evaluator import Scope
from ..engines.exemptions import Exemptions
from ..engines.folded import FoldedRegime
from ..formats.documents import to_json
from ..language import Cite, Regime, regime
from ..language.expressions import (
    FALSE,
    ONE,
    Comparison,
    Count,
    Definition,
    Node,
    Not,
)
from ..language.logic import conjunction, disjunction, negation
from ..language.rules import AgreementRule, Prohibition, Steps
from ..policy import LoadedDirective
from .condition_coverage import Obligation, decided, with_part

_OWED: Final = "TO BE DERIVED FROM THE TEXT"


@frozen
class Sought:
    """What came of an obligation: facts that meet it and `when` they do, or why there are none."""

    obligation: Obligation
    result: Asked
    when: When | None = None

    @property
    def cite(self) -> Cite:
        """The rule."""
        return self.obligation.of.cite

    @property
    def place(self) -> tuple[str, str]:
        """What the condition is in the rule, in Chinese and in English."""
        return self.obligation.of.place

    @property
    def part(self) -> str:
        """The part of the condition."""
        return str(self.obligation.part)

    @property
    def holds(self) -> bool:
        """Whether it has to hold, and decide."""
        return self.obligation.holds

    @property
    def owed(self) -> bool:
        """Whether a case can show it."""
        return isinstance(self.result, Possible)

    @property
    def open(self) -> bool:
        """Whether it is not known that none can."""
        return isinstance(self.result, Unsettled)

    @property
    def why(self) -> tuple[str, str]:
        """Why it is open, in Chinese and in English."""
        return (self.result.zh, self.result.en) if isinstance(self.result, Unsettled) else ("", "")

    @property
    def day(self) -> date | None:
        """The day on which the facts that were found meet it."""
        return None if self.when is None else self.when.day

    @property
    def reading(self) -> tuple[str, str] | None:
        """The reading and its option under which they do, where it is not that by default."""
        return None if self.when is None else self.when.reading

    def as_json(self) -> dict[str, Any]:
        """The result as JSON has it."""
        found = self.result if isinstance(self.result, Possible) else None
        return {
            "cite": str(self.cite),
            "place": self.place[1],
            "part": self.part,
            "holds": self.holds,
            "result": "owed" if self.owed else "open" if self.open else "impossible",
            "readings": {} if self.reading is None else dict([self.reading]),
            "subject": None if found is None else found.subject.key,
            "facts": None if found is None else to_json(found.facts, (), self.day),
            "zh": self.why[0],
            "en": self.why[1],
        }


def searched(
    directive: LoadedDirective,
    missing: Iterable[Obligation],
    parameters: Mapping[str, object] | None = None,
    through: Callable[[tuple[Obligation, ...]], Iterable[Obligation]] = iter,
) -> Iterator[Sought]:
    """Seek facts that meet each obligation, on every day and under every reading of `times`.

    Needs `policy-rules[analysis]`. `parameters` sets what the text leaves open; what is proved then
    is proved for those values. `through` gives the obligations one after the other, for those
    who show how far the work is.
    """
    all_times = [_Time(directive, when, parameters) for when in times(directive)]
    for obligation in through(tuple(missing)):
        yield _sought(all_times, obligation)


class _Time:
    """The rules at one time, for the solver."""

    def __init__(
        self, directive: LoadedDirective, when: When, parameters: Mapping[str, object] | None
    ) -> None:
        readings = {} if when.reading is None else dict([when.reading])
        self.when = when
        self.regime: Regime = regime(directive.rules, when.day, readings, parameters)
        self.folded = FoldedRegime(self.regime, with_exemptions=False)
        self.questions = Questions(self.folded)


def _sought(all_times: Iterable[_Time], obligation: Obligation) -> Sought:
    tested = obligation.of
    left: Unsettled | None = None
    asked_before: dict[object, Asked] = {}
    for at in all_times:
        if not tested.holds_in(at.regime):
            continue
        asked = _deciding(obligation, at.regime)
        if at.when.reading is not None and at.when.reading[0] not in read_in(asked, at.regime):
            continue  # as by default
        folded = at.folded.fold(asked)
        same = same_question(folded, at.folded)
        if folded is FALSE:
            asked_before[same] = Never()
        elif same not in asked_before:
            asked_before[same] = at.questions.can_hold(folded, tested.subject)
        found = asked_before[same]
        if isinstance(found, Possible):
            _confirm(obligation, at.regime, found)
            return Sought(obligation, found, at.when)
        if isinstance(found, Never) and (names := parameters_left_open(asked, at.regime)):
            listed = ", ".join(f"`{name}`" for name in names)
            zh, en = (
                f"文件未规定 {listed}：请用 --set 设定",
                f"the text leaves open {listed}: set it",
            )
            found = Unsettled(zh, en)
        if isinstance(found, Unsettled):
            left = left or found
    return Sought(obligation, left or Never())


def _deciding(obligation: Obligation, regime: Regime) -> Node:
    """That a part of a condition holds, or does not, and decides."""
    tested, part = obligation.of, obligation.part
    with_it, without = (with_part(tested.condition, part, holds) for holds in (True, False))
    decides = disjunction(
        conjunction(with_it, negation(without)), conjunction(negation(with_it), without)
    )
    this = conjunction(part if obligation.holds else Not(part), decides)
    for listed in reversed(tested.lists):  # some member is so
        this = Comparison(">=", Count(listed.member, this), ONE)
    return tested.counted(conjunction(tested.within, this), regime)


def _confirm(obligation: Obligation, regime: Regime, found: Possible) -> None:
    tested = obligation.of
    scope = Scope(regime, found.facts, Exemptions(), {tested.subject: found.subject})
    if (obligation.part, obligation.holds) not in decided(tested, scope):
        raise WitnessError(obligation, found.subject, found.facts)


def case_owed(sought: Sought) -> str:
    """A case of the facts that were found, as text of a case file; what is expected is left open,
    so that it fails until somebody has derived it from the text."""
    found, when, of = sought.result, sought.when, sought.obligation.of
    assert isinstance(found, Possible)
    assert when is not None
    facts = to_json(found.facts, (), when.day)
    del facts["format"], facts["as_of"]
    subject = _toml(found.subject.key)
    match of.provision:
        case Definition():
            table, asked = "decision", f"name = {_toml(of.provision.name)}\nvalue"
        case Prohibition() | Steps():
            table, asked = "verdict", "outcome"
        case AgreementRule():
            table, asked = "agreement", f"cite = {_toml(str(of.cite))}\nstatus"
        case _:
            table, asked = "finding", f"cite = {_toml(str(of.cite))}\nstatus"
    lines = [
        "[[case]]",
        f"name = {_toml(str(sought.obligation))}",
        f"sentence = {_toml(str(of.cite.of_sentence))}",
        f"why = {_toml(_OWED)}",
        f"as_of = {when.day}",
        *([f"readings = {_toml(dict([when.reading]))}"] if when.reading else []),
        f"facts = {_toml(facts)}",
        "",
        f"[[case.{table}]]",
        f"subject = {subject}",
        f"{asked} = {_toml(_OWED)}",
    ]
    return "\n".join([*lines, ""])


def _toml(value: object) -> str:
    """A value of JSON as TOML writes it in one line."""
    if isinstance(value, Mapping):
        pairs = (f"{json.dumps(key)} = {_toml(item)}" for key, item in value.items())
        return f"{{ {', '.join(pairs)} }}"
    if isinstance(value, list):
        return f"[{', '.join(map(_toml, value))}]"
    return json.dumps(value, ensure_ascii=False)
