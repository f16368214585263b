"""A directive that is in force from and until other days than that of its issue."""

from __future__ import annotations

from datetime import date
from typing import Any

import duckdb
import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.calendar import due_between
from policy_rules.language import (
    AS_OF,
    Clause,
    Directive,
    DirectiveError,
    Recurrence,
    amended,
    each,
    held,
    load,
    subject,
)
from policy_rules.police import Event, Station, Task
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.render.directive_tables import header_lines
from policy_rules.testing.named_values import days_near
from tests.support.amending import amendment
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, says

station, task = subject(Station), subject(Task)
event = each(Event, station_id=station)
ISSUED, FROM, UNTIL = date(2020, 1, 1), date(2020, 7, 1), date(2023, 6, 30)

large = defining(station, "large", bool)("大所", "large").by(
    at("1/1")("应当").makes(True, when=station.officers >= 12),
    otherwise=at("1/1")("应当").makes(False),
)
END_OF_2023 = at("1/2")("2023年底")("期限", "date due").sets("due", date(2023, 12, 31))
zones = says("1/2").demands(station, station.zones >= 1, due=END_OF_2023)
YEARLY = at("1/3")("每季")("周期", "how often").sets("every", Recurrence("FREQ=MONTHLY;INTERVAL=3"))
meets = says("1/3").demands(
    station, held(event, event.on <= AS_OF, on=event.on, every=YEARLY).called("活动", "an event")
)
quota = says("1/4").forbids(task, task.quota, on=task.starts_on)
report = says("1/5").needs(task, says("1/5").step("report", task.branch_duty), on=task.starts_on)

DIRECTIVE = Directive(
    id="made-up", number="试〔2020〕1号", zh="试", en="made up", issued=ISSUED,
    in_force_from=FROM, in_force_until=UNTIL,
    sentences={f"1/{number}": "" for number in range(1, 6)},
    clauses=[Clause("1", "一", "one", [large, zones, meets, quota, report])],
)  # fmt: skip
LOADED = LoadedDirective(load(DIRECTIVE))
S = Station(id="S", officers=14, zones=0)
T = Task(id="T", quota=True, starts_on=date(2020, 8, 1))
FACTS = pr.Facts(stations=[S], tasks=[T], complete=["events"])


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("as_of", "in_force"),
    [
        (ISSUED, False),
        (date(2020, 6, 30), False),
        (FROM, True),
        (UNTIL, True),
        (date(2023, 7, 1), False),
    ],
)
def test_nothing_applies_before_and_after(engine: EngineName, as_of: date, in_force: bool) -> None:
    """Both days are included; what was decided while it was in force is no longer asked."""
    policy = LOADED.policy(as_of=as_of, engine=engine)
    decision = policy.decide(S, "large", FACTS)
    assert (decision.value, decision.needs) == ((True, ()) if in_force else (None, ()))
    verdict = policy.check(T, FACTS)
    assert verdict.outcome is (pr.Outcome.PROHIBITED if in_force else pr.Outcome.NOT_APPLICABLE)
    due = {str(f.cite): f.status for f in policy.audit(FACTS)}["1/2"]
    assert due is (pr.Status.PENDING if in_force else pr.Status.NOT_APPLICABLE)


@pytest.mark.parametrize(
    ("as_of", "zh", "en"),
    [
        (
            date(2020, 6, 30),
            "试〔2020〕1号自施行之日（2020年7月1日）起适用，2020年6月30日不适用",
            "试〔2020〕1号 is in force from 2020-07-01, so not yet on 2020-06-30",
        ),
        (
            date(2023, 7, 1),
            "试〔2020〕1号施行至2023年6月30日止，2023年7月1日不适用",
            "试〔2020〕1号 was in force until 2023-06-30, so no longer on 2023-07-01",
        ),
    ],
)
def test_an_explanation_says_since_and_until_when(as_of: date, zh: str, en: str) -> None:
    """Of decisions, verdicts and findings alike."""
    policy = LOADED.policy(as_of=as_of)
    answers = [policy.decide(S, "large"), policy.check(T)]
    for answer in [*answers, *policy.audit(FACTS)]:
        assert policy.explain(answer, "zh").splitlines()[1] == f"  ✓ {zh}"
        assert policy.explain(answer, "en").splitlines()[1] == f"  ✓ {en}"


def test_tables_say_the_same() -> None:
    """Views on a database are of the policy's date too."""
    connection = duckdb.connect()
    connection.execute("create table tasks(id text, quota boolean, starts_on date)")
    connection.execute("insert into tasks values ('T', true, '2020-08-01')")
    for as_of, outcome in ((date(2020, 6, 30), "not_applicable"), (UNTIL, "prohibited")):
        tables = pr.on(LOADED.policy(as_of=as_of), connection)
        found = tables.verdicts(Task).fetchall()
        assert [str(row[1]) for row in found] == [outcome]


def test_what_recurs_begins_when_the_directive_is_in_force() -> None:
    """The first whole quarter from 1 July 2020 is its first; none ends after the directive has."""
    (finding,) = [
        f for f in LOADED.policy(as_of=date(2020, 9, 30)).audit(FACTS) if str(f.cite) == "1/3"
    ]
    assert finding.status is pr.Status.NOT_APPLICABLE
    (finding,) = [
        f for f in LOADED.policy(as_of=date(2020, 10, 1)).audit(FACTS) if str(f.cite) == "1/3"
    ]
    assert (finding.status, finding.actual, finding.required) == (pr.Status.BREACHED, 0, 1)
    dues = due_between(
        LOADED.policy(as_of=date(2023, 1, 1)), FACTS, date(2023, 1, 1), date(2024, 12, 31)
    )
    assert [str(due.day) for due in dues] == ["2023-03-31", "2023-06-30"]


def test_a_directive_is_in_force_from_its_issue_unless_it_says_otherwise() -> None:
    """And without end; one may also reach back to before its issue."""
    plain = evolve(DIRECTIVE, in_force_from=ISSUED, in_force_until=None)
    assert [plain.in_force(day) for day in (date(2019, 12, 31), ISSUED)] == [False, True]
    assert plain.in_force(date(2199, 12, 31))
    earlier = LoadedDirective(load(evolve(DIRECTIVE, in_force_from=date(2019, 1, 1))))
    verdict = earlier.policy(as_of=date(2019, 1, 1)).check(T)
    assert verdict.outcome is pr.Outcome.PROHIBITED


def test_an_end_before_the_beginning_is_a_fault() -> None:
    with pytest.raises(DirectiveError) as error:
        load(evolve(DIRECTIVE, in_force_until=date(2020, 6, 30)))
    assert [fault.text() for fault in error.value.faults] == [
        "`in_force_until`: 2020-06-30 is before it is in force, on 2020-07-01"
    ]
    assert [fault.text("zh") for fault in error.value.faults] == [
        "`in_force_until`：2020-06-30 早于施行日期 2020-07-01"
    ]


def test_what_is_no_longer_in_force_is_not_amended() -> None:
    late = amendment(in_force=date(2023, 7, 1))
    with pytest.raises(DirectiveError) as error:
        amended(DIRECTIVE, late)
    assert [fault.text() for fault in error.value.faults] == [
        "amendment `later`: is in force on 2023-07-01, when the directive no longer is, "
        "which is so until 2023-06-30"
    ]


def test_the_listing_gives_the_days() -> None:
    """Beside that of the issue, where they differ from it."""

    def dates(directive: Directive, lang: Any) -> str:
        return str(header_lines(directive, lang)[2])

    assert dates(DIRECTIVE, "en") == (
        "issued 2020-01-01, in force from 2020-07-01, in force until 2023-06-30"
    )
    assert dates(DIRECTIVE, "zh") == "2020年1月1日成文，2020年7月1日起施行，2023年6月30日止失效"
    plain = evolve(DIRECTIVE, in_force_from=ISSUED, in_force_until=None)
    assert dates(plain, "en") == "issued 2020-01-01"


def test_dates_to_try_are_around_the_days() -> None:
    days = days_near(LOADED.rules)
    assert {date(2020, 6, 30), FROM, UNTIL, date(2023, 7, 1)} <= {*days}
