"""2.1/2 against a ledger kept by hand: only grow, one out one in, first in then out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import policy_rules as pr
from policy_rules.engines.protocol import Auditor
from policy_rules.language.rules import Requirement
from policy_rules.policy import EngineName, Policy
from tests.support.present import QUICK

ISSUED = date(2019, 7, 16)
AS_OF = date(2020, 6, 30)
DAY = timedelta(days=1)
STATIONS = ("S", "U")
FINDINGS = ("2.1/2a", "2.1/2d")
Answers = dict[tuple[str, str], tuple[object, ...]]

# Days on which something turns, close together so that much happens on one day.
DAYS = st.sampled_from(
    [
        ISSUED - DAY, ISSUED, ISSUED + DAY, date(2019, 12, 31), date(2020, 1, 1), date(2020, 1, 2),
        date(2020, 3, 1), date(2020, 3, 2), date(2020, 3, 3), AS_OF - DAY, AS_OF, AS_OF + DAY,
        date(2021, 1, 1),
    ]
)  # fmt: skip
BASELINES = st.sampled_from(["year_start", "since_issue"])
SAME_DAY = st.sampled_from(["allowed", "day_before"])
ONLY_GROW = st.sampled_from(["made_good", "any_day"])


@st.composite
def transfers(draw: st.DrawFn, unknown: bool = False) -> tuple[pr.Transfer, ...]:
    """Transfers at two stations; an arrival may say which other transfer it makes good.

    With `unknown`, anything about one of them may be unknown.
    """
    number = draw(st.integers(0, 9))
    ids = [f"T{n}" for n in range(number)]
    none = [st.none()] if unknown else []
    return tuple(
        pr.Transfer(
            id=id_,
            officer_id="K",
            station_id=draw(st.one_of(st.sampled_from(STATIONS), *none)),
            direction=draw(st.one_of(st.sampled_from(pr.Direction), *none)),
            on=draw(st.one_of(DAYS, *none)),
            replaces=draw(st.one_of(st.sampled_from(ids), st.none())),
        )
        for id_ in ids
    )


@cache
def policy(baseline: str, same_day: str, only_grow: str, engine: EngineName) -> Policy:
    readings = {
        "baseline": baseline,
        "same_day_replacement": same_day,
        "only_grow": only_grow,
    }
    return pr.load("putian-2019-52").policy(as_of=AS_OF, readings=readings, engine=engine)


@cache
def auditor(asked: Policy) -> Auditor:
    """What finds what the ledger tells of: `sql` would write the queries of a hundred rules."""
    told = [each for each in asked.rules.rules if str(each.cite) in FINDINGS]
    return asked.auditor(pr.Station, [each for each in told if isinstance(each, Requirement)])


def facts_of(listed: Sequence[pr.Transfer], complete: bool = True) -> pr.Facts:
    """Two stations, their transfers in the order given, and K, who is no recruit (2.1/5c)."""
    return pr.Facts(
        officers=[pr.Officer(id="K", recruit=False)],
        stations=[pr.Station(id=each) for each in STATIONS],
        transfers=listed,
        complete=["transfers"] if complete else [],
    )


def answers(asked: Policy, facts: pr.Facts) -> Answers:
    """What the policy says of each station's transfers and of each transfer."""
    found: Answers = {
        (finding.subject, str(finding.cite)): (finding.status.value, finding.actual, finding.needs)
        for station in facts.all(pr.Station)
        for finding in auditor(asked)(station, facts)
    }
    for transfer in facts.all(pr.Transfer):
        verdict = asked.check(transfer, facts)
        found[transfer.key, "2.1/2b"] = verdict.outcome.value, verdict.missing_steps, verdict.needs
    return found


# The ledger kept by hand


def below_baseline(listed: Sequence[pr.Transfer], station: str, first: date, only_grow: str) -> int:
    """Departures on days that end below the baseline: arrivals of a day before its departures.

    Where it counts what has been made good, all arrivals come first.
    """
    balance = breaks = 0
    if only_grow == "made_good":
        coming = [t for t in listed if t.station_id == station and t.direction is pr.Direction.IN]
        balance = sum(first <= t.on <= AS_OF for t in coming if t.on is not None)
        listed = [t for t in listed if t not in coming]
    for number in range((AS_OF - first).days + 1):
        of_day = [t for t in listed if t.station_id == station and t.on == first + number * DAY]
        leaving = sum(t.direction is pr.Direction.OUT for t in of_day)
        balance += len(of_day) - leaving
        balance -= leaving
        if balance < 0:
            breaks += leaving
    return breaks


def replaced(listed: Sequence[pr.Transfer], departure: pr.Transfer, by: date) -> bool | None:
    """Whether somebody came for the departure by a day; None where one who came may have."""
    came = [
        t.replaces
        for t in listed
        if t.direction is pr.Direction.IN
        and t.station_id == departure.station_id
        and t.on is not None
        and t.on <= by
    ]
    if departure.id in came:
        return True
    return None if None in came else False


def expected(
    listed: Sequence[pr.Transfer], baseline: str, same_day: str, only_grow: str
) -> Answers:
    """What the ledger says, without needs."""
    found: Answers = {}
    first = date(AS_OF.year, 1, 1) if baseline == "year_start" else ISSUED
    for station in STATIONS:
        breaks = below_baseline(listed, station, first, only_grow)
        found[f"stations/{station}", "2.1/2a"] = "breached" if breaks else "satisfied", breaks
        left = [
            replaced(listed, t, AS_OF)
            for t in listed
            if t.direction is pr.Direction.OUT and t.station_id == station
            if t.on is not None and first <= t.on <= AS_OF
        ]
        status = "satisfied"
        if False in left:
            status = "breached"
        elif None in left:
            status = "undetermined"
        alone = None if None in left else left.count(False)
        found[f"stations/{station}", "2.1/2d"] = status, alone
    for each in listed:
        assert each.on is not None
        in_time = each.on if same_day == "allowed" else each.on - DAY
        arrived = replaced(listed, each, min(in_time, AS_OF))
        outcome = "prohibited" if each.on <= AS_OF else "awaiting"
        if each.direction is pr.Direction.IN or arrived:
            outcome = "permitted"
        elif arrived is None:
            outcome = "undetermined"
        lacking = each.direction is pr.Direction.OUT and arrived is False
        if each.on < ISSUED:  # before the directive
            outcome, lacking = "not_applicable", False
        found[each.key, "2.1/2b"] = outcome, ("replacement_arrived",) if lacking else ()
    return found


def agrees(engine: EngineName, listed: Sequence[pr.Transfer], *readings: str) -> None:
    """Assert that an engine says what the ledger says."""
    found = answers(policy(*readings, engine), facts_of(listed))
    said = {question: answer[:2] for question, answer in found.items()}
    assert said == expected(listed, *readings)


@pytest.mark.parametrize("engine", ["interpreter", *QUICK])
@given(listed=transfers(), baseline=BASELINES, same_day=SAME_DAY, only_grow=ONLY_GROW)
def test_the_answers_are_those_of_a_ledger_kept_by_hand(
    engine: EngineName,
    listed: tuple[pr.Transfer, ...],
    baseline: str,
    same_day: str,
    only_grow: str,
) -> None:
    """Since the issue, or over the year; replacements on the day itself, or before it."""
    agrees(engine, listed, baseline, same_day, only_grow)


@settings(max_examples=25)
@given(transfers(), BASELINES, SAME_DAY, ONLY_GROW)
def test_sql_answers_as_a_ledger_kept_by_hand(
    listed: tuple[pr.Transfer, ...], baseline: str, same_day: str, only_grow: str
) -> None:
    """The same; each example gives it other facts to load."""
    agrees("sql", listed, baseline, same_day, only_grow)


@given(transfers(unknown=True), st.booleans(), BASELINES, SAME_DAY, ONLY_GROW, st.data())
def test_the_order_in_which_transfers_are_given_changes_nothing(
    listed: tuple[pr.Transfer, ...],
    complete: bool,
    baseline: str,
    same_day: str,
    only_grow: str,
    data: st.DataObject,
) -> None:
    """Not even what is still needed, where something is unknown."""
    asked = policy(baseline, same_day, only_grow, "python")
    turned = data.draw(st.permutations(listed))
    before = answers(asked, facts_of(listed, complete))
    assert answers(asked, facts_of(turned, complete)) == before


@st.composite
def handovers(draw: st.DrawFn) -> tuple[pr.Transfer, ...]:
    """Departures whose replacements came on the day or earlier, since the issue; in no order."""
    since = DAYS.filter(lambda day: ISSUED <= day <= AS_OF)
    listed = []
    for number in range(draw(st.integers(1, 5))):
        came, left = sorted([draw(since), draw(since)])
        gone = pr.Transfer(
            id=f"D{number}", station_id="S", officer_id="K", direction=pr.Direction.OUT, on=left
        )
        arrival = pr.Transfer(
            id=f"A{number}",
            station_id="S",
            direction=pr.Direction.IN,
            on=came,
            replaces=gone.id,
        )
        listed += [gone, arrival]
    return tuple(draw(st.permutations(listed)))


@given(handovers())
def test_who_is_replaced_first_leaves_nothing_to_find(listed: tuple[pr.Transfer, ...]) -> None:
    """Since the issue. Over the year the same, unless a replacement came the year before."""
    found = answers(policy("since_issue", "allowed", "any_day", "python"), facts_of(listed))
    assert {answer[0] for answer in found.values()} == {"satisfied", "permitted"}
    by_year = answers(policy("year_start", "allowed", "any_day", "python"), facts_of(listed))
    years = {each.id[1:]: set[int]() for each in listed}
    for each in listed:
        assert each.on is not None
        years[each.id[1:]].add(each.on.year)
    if all(len(both) == 1 for both in years.values()):
        assert by_year == found
