"""Whether two policies say the same of some facts: decisions, verdicts and findings, in full."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import zip_longest
from typing import Any

from ..answers import Agreement, Decision, Finding, Verdict
from ..facts import Facts
from ..policy import Answer, Policy


def answers_of(policy: Policy, facts: Facts) -> Iterator[Answer]:
    """Every answer that a policy can give on some facts."""
    yield from policy.decisions_of(facts)
    yield from policy.verdicts_of(facts)
    yield from policy.audit(facts)
    yield from policy.agreements_of(facts)


def said(answer: Answer) -> tuple[Any, ...]:
    """All that an answer says, and the types of its numbers: 1, 1.0 and true are not the same."""
    about = (answer.subject, answer.needs, frozenset(answer.readings.items()))
    match answer:
        case Decision():
            return (*about, answer.name, answer.value, type(answer.value), answer.cites,
                    answer.conflict)  # fmt: skip
        case Verdict():
            return (*about, answer.outcome, answer.permitted, answer.reasons, answer.missing_steps)
        case Finding():
            return (*about, answer.cite, answer.status, answer.actual, type(answer.actual),
                    answer.required, type(answer.required), answer.shortfall, answer.due,
                    answer.retroactive, answer.exemption, answer.met_on, answer.periods,
                    answer.zh, answer.en)  # fmt: skip
        case Agreement():
            return (*about, answer.cite, answer.status, answer.first, answer.second,
                    answer.zh, answer.en)  # fmt: skip


def concluded(answer: Answer) -> tuple[Any, ...]:
    """The same without the readings that it names: these alone are no change of a conclusion."""
    subject, needed, _, *others = said(answer)
    return subject, needed, *others


def all_said(answers: Iterable[Answer]) -> Counter[tuple[Any, ...]]:
    """What answers say, in whatever order they come.

    Equal sets may print their members in different orders, so that text is not what to compare.
    """
    return Counter(map(said, answers))


def compared(one: Policy, other: Policy, facts: Facts) -> tuple[int, list[str]]:
    """How many answers were compared, and each difference as a line."""
    number = 0
    differences = []
    for first, second in zip_longest(answers_of(one, facts), answers_of(other, facts)):
        number += 1
        if first is None or second is None or said(first) != said(second):
            differences.append(f"{one.engine}: {first!r}; {other.engine}: {second!r}")
    return number, differences
