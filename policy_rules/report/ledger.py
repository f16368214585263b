"""The rectification ledger: one row for each problem, from one inspection to the next.

A row is known by its subject and its rule. What people write in it is theirs; the rest is filled in
anew from each inspection. No row is ever taken out: what is met is closed with its date, and what
cannot be followed any more says why.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeAlias

from attrs import frozen

from ..answers import Finding, Standing, Standings, Status
from ..policy import Duty
from ..render.explanations import quoted
from ..render.wording import Language, cite_words, pick
from .model import Gap, Inspection
from .phrases import answering, asked, lacking, name, there

# Subject and citation: what a row is known by.
Key: TypeAlias = tuple[str, str]


class State(Standings):
    """How a problem in a ledger stands."""

    NEW = ("new", "新增", "new", Standing(truth=False, colour="bold red"))
    OPEN = ("open", "未整改", "open", Standing(truth=False, colour="red"))
    OVERDUE = ("overdue", "逾期未整改", "overdue", Standing(truth=False, colour="bold red"))
    REOPENED = ("reopened", "重新出现", "open again", Standing(truth=False, colour="bold red"))
    CLOSED = ("closed", "已销号", "closed", Standing(truth=True, colour="green"))
    UNSETTLED = (
        "unsettled", "无法判定", "undetermined",
        Standing(truth=None, colour="magenta", open=True),
    )  # fmt: skip
    NOT_ASKED = (
        "not_asked", "不再适用", "no longer asked for", Standing(truth=True, colour="dim"),
    )  # fmt: skip
    GONE = ("gone", "数据中已无此对象", "no longer in the data", Standing(truth=None, colour="dim"))


@frozen(kw_only=True)
class Seen:
    """What an inspection says of one problem: the cells that are filled in anew."""

    county: str
    responsible: str
    subject: str
    clause: str
    asks: str
    required: str
    actual: str
    gap: str
    level: str
    due: date | None
    overdue: int | None


@frozen(kw_only=True)
class Kept:
    """What a row had before: how it stood, since when, when it was closed (or people wrote that it
    was), and by when they wrote that it would be put right.
    """

    state: State
    found_on: date
    closed_on: date | None
    promised: date | None


@frozen(kw_only=True)
class Entry:
    """A row after an inspection. `seen` is None where nothing is said of it any more."""

    key: Key
    seen: Seen | None
    state: State
    found_on: date
    closed_on: date | None


def entries(
    inspection: Inspection, before: Mapping[Key, Kept], lang: Language
) -> tuple[Entry, ...]:
    """The rows of a ledger after an inspection: those there were, in their order, then new ones."""
    told = {_key(each): each for each in inspection.findings}
    gaps = {_key(each.finding): each for each in _gaps(inspection)}
    # A rule that is no longer in force asks nothing of anybody.
    rules = {str(rule.cite) for rule in inspection.policy.rules.rules}
    found = [
        _followed(inspection, key, kept, told.get(key), gaps.get(key), rules, lang)
        for key, kept in before.items()
    ]
    for key, gap in gaps.items():
        if key not in before and gap.finding.met_on is None:
            found.append(
                Entry(
                    key=key,
                    seen=_seen(inspection, gap.finding, gap, gap.overdue or None, lang),
                    state=State.NEW,
                    found_on=inspection.as_of,
                    closed_on=None,
                )
            )
    return tuple(found)


def _key(finding: Finding) -> Key:
    return finding.subject, str(finding.cite)


def _gaps(inspection: Inspection) -> Iterator[Gap]:
    for problem in (*inspection.problems, *inspection.denied):
        yield from (*problem.open, *problem.late)


def _followed(
    inspection: Inspection,
    key: Key,
    kept: Kept,
    finding: Finding | None,
    gap: Gap | None,
    rules: Iterable[str],
    lang: Language,
) -> Entry:
    """A row that was there, as it stands now."""
    if finding is None:
        gone = State.GONE if key[1] in rules else State.NOT_ASKED
        state, closed_on = (
            (kept.state, kept.closed_on) if kept.state is State.CLOSED else (gone, None)
        )
        return Entry(key=key, seen=None, state=state, found_on=kept.found_on, closed_on=closed_on)
    # What was promised of a problem that was closed says nothing of the one that is there again.
    promised = None if kept.state is State.CLOSED else kept.promised
    overdue = None if gap is None else _overdue(gap, promised, inspection.as_of)
    state, closed_on = _state(kept, finding, overdue, inspection.as_of)
    return Entry(
        key=key,
        seen=_seen(inspection, finding, gap, overdue, lang),
        state=state,
        found_on=kept.found_on,
        closed_on=closed_on,
    )


def _overdue(gap: Gap, promised: date | None, as_of: date) -> int | None:
    """The days since the text's date; of an open problem without one, since the day promised."""
    if gap.overdue or promised is None or gap.finding.met_on is not None:
        return gap.overdue or None
    return max(0, (as_of - promised).days) or None


def _state(
    kept: Kept, finding: Finding, overdue: int | None, as_of: date
) -> tuple[State, date | None]:
    status = finding.status
    if status in (Status.SATISFIED, Status.EXEMPT) or finding.met_on is not None:
        days = (kept.closed_on, finding.met_on)
        first, second = days if kept.state is State.CLOSED else reversed(days)
        return State.CLOSED, first or second or as_of
    if status is Status.NOT_APPLICABLE:
        # What was put right stays so, though nobody would ask for it today.
        closed = kept.state is State.CLOSED
        return (State.CLOSED, kept.closed_on) if closed else (State.NOT_ASKED, None)
    if status.standing.truth is None:
        return State.UNSETTLED, None
    if kept.state is State.CLOSED:
        return State.REOPENED, None
    return State.OPEN if overdue is None else State.OVERDUE, None


def _asks(rule: Duty, lang: Language) -> str:
    """What a rule asks for: the operative words alone are often a part of a sentence."""
    quote = quoted(rule.quote)
    return pick(lang, f"{rule.zh}（{quote}）", f"{rule.en} ({quote})")


def _seen(
    inspection: Inspection,
    finding: Finding,
    gap: Gap | None,
    overdue: int | None,
    lang: Language,
) -> Seen:
    facts, rule = inspection.facts, finding.rule
    place = finding.bodies if gap is None else gap.place
    numbers = inspection.policy.rules.directive.numbers
    # The bodies by name, the largest first; of a body itself, its own name too.
    over = [name(each, facts, lang) for each in place if each is not None]
    return Seen(
        county=over[0] if over else "",
        responsible=answering(finding, facts, lang),
        subject=name(finding.fact, facts, lang),
        clause=cite_words(rule.cite, lang, numbers),
        asks=_asks(rule, lang),
        required=asked(finding, lang),
        actual=there(finding, lang),
        gap=lacking(finding, lang),
        level=pick(lang, finding.status.zh, finding.status.en),
        due=finding.due,
        overdue=overdue,
    )
