"""A due date of each fact: by hand on every engine, in the calendar, in tables and in words."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import duckdb
import pytest

import policy_rules as pr
from policy_rules.calendar.timetable import due_between
from policy_rules.language import (
    AS_OF,
    DEADLINE,
    DirectiveError,
    Modality,
    RuleTypeError,
    WorkCalendar,
    count,
    each,
    subject,
)
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, SAYS, O, directive, must, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, says

clerk = subject(Clerk)
CLERKS: Final = each(Clerk, office_id=office)
FOUNDED, DESKS = "offices/O.founded", "offices/O.desks"
IN_THREE_YEARS: Final = office.founded.plus_years(3)
# Founded, desks (2 are asked for), what it comes to as of 2019-10-01, and what is needed.
OF_THREE_YEARS: Final = [
    (date(2016, 9, 30), 1, "breached", ()),  # due the day before
    (date(2016, 10, 1), 1, "pending", ()),  # due that day
    (date(2018, 5, 1), 1, "pending", ()),
    (date(2016, 9, 30), 2, "satisfied", ()),
    (None, 2, "satisfied", ()),  # what is met needs no due date
    (None, 1, "undetermined", (FOUNDED,)),
    (None, None, "undetermined", (DESKS, FOUNDED)),
    (date(2016, 9, 30), None, "undetermined", (DESKS,)),
    (date(2018, 5, 1), None, "undetermined", (DESKS,)),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_each_fact_has_a_due_date_of_its_own(engine: EngineName) -> None:
    made = must(office.desks >= 2, due=IN_THREE_YEARS)
    policy = made.policy(as_of=DAY, engine=engine)
    for founded, desks, status, needs in OF_THREE_YEARS:
        (finding,) = policy.audit(container([O(founded=founded, desks=desks)]))
        due = None if founded is None else date(founded.year + 3, founded.month, founded.day)
        assert (str(finding.status), finding.needs, finding.due) == (status, needs, due), founded
        assert not finding.retroactive
    (finding,) = policy.audit(container([O(founded=date(2016, 7, 15), desks=1)]))
    assert finding.retroactive  # the directive was issued a day after 2019-07-15


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize("day", ["of all", "of each"])
@pytest.mark.parametrize("applies", ["never", "not to it", "unknown"])
def test_what_does_not_apply_is_due_on_no_day(engine: EngineName, day: str, applies: str) -> None:
    """Neither in answers nor in words nor in tables; where that is open, it has its day."""
    due = at("1/1")("期限")("期限", "due").sets("due", date(2019, 12, 31))
    condition = office.open if applies != "never" else date(2019, 1, 1) > AS_OF
    made = must(
        office.desks >= 2, applies=condition, due=due if day == "of all" else IN_THREE_YEARS
    )
    given = container(
        [O(founded=date(2016, 12, 31), desks=1, open={"not to it": False}.get(applies))]
    )
    expected = (
        ("undetermined", date(2019, 12, 31)) if applies == "unknown" else ("not_applicable", None)
    )
    (finding,) = made.policy(as_of=DAY, engine=engine).audit(given)
    assert (str(finding.status), finding.due) == expected
    said = "2019年12月31日" in finding.zh, "2019-12-31" in finding.en
    assert said == (expected[1] is not None,) * 2
    assert not finding.retroactive
    tables = duckdb.connect()
    tables.execute("CREATE TABLE offices (id TEXT, founded DATE, desks BIGINT, open BOOLEAN)")
    is_open = {"not to it": "FALSE"}.get(applies, "NULL")
    tables.execute(f"INSERT INTO offices VALUES ('O', DATE '2016-12-31', 1, {is_open})")
    rows = pr.on(made.policy(as_of=DAY), tables).findings(Office).project("status, due").fetchall()
    assert rows == [expected]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("modality", "founded", "exempt", "status"),
    [
        (Modality.TARGET, date(2016, 9, 30), False, "missed"),
        (Modality.TARGET, date(2016, 10, 1), False, "pending"),
        (Modality.TARGET, None, False, "undetermined"),
        (Modality.IN_PRINCIPLE, date(2016, 9, 30), False, "deviates"),
        (Modality.IN_PRINCIPLE, date(2016, 9, 30), True, "exempt"),
        (Modality.IN_PRINCIPLE, date(2016, 10, 1), True, "pending"),
        (Modality.IN_PRINCIPLE, None, True, "undetermined"),
    ],
)
def test_how_strongly_it_binds(
    engine: EngineName, modality: Modality, founded: date | None, exempt: bool, status: str
) -> None:
    made = must(office.desks >= 2, modality=modality, due=IN_THREE_YEARS)
    exemptions = [pr.Exemption(id="X", cite="1/1", subject="offices/O")] if exempt else []
    policy = made.policy(as_of=DAY, engine=engine, exemptions=exemptions)
    (finding,) = policy.audit(container([O(founded=founded, desks=1)]))
    assert str(finding.status) == status
    assert (finding.exemption is not None) is (status == "exempt")
    assert (finding.actual, finding.required) == (1, 2)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("founded", "since", "status", "met"),
    [
        (date(2016, 6, 1), date(2019, 6, 1), "satisfied", None),
        (date(2016, 6, 1), date(2019, 6, 2), "breached", date(2019, 6, 2)),
        (date(2016, 6, 1), date(2019, 10, 2), "breached", None),
        (date(2018, 6, 1), date(2019, 10, 1), "satisfied", None),
        (date(2018, 6, 1), date(2019, 10, 2), "pending", None),
        (None, date(2019, 6, 1), "undetermined", None),
    ],
)
def test_facts_with_dates_count_by_it(
    engine: EngineName, founded: date | None, since: date, status: str, met: date | None
) -> None:
    made = must(count(CLERKS, CLERKS.since <= DEADLINE) >= 1, due=IN_THREE_YEARS)
    facts = container([O(founded=founded), Clerk(id="K", office_id="O", since=since)], [Clerk])
    (finding,) = made.policy(as_of=DAY, engine=engine).audit(facts)
    assert (str(finding.status), finding.met_on) == (status, met)
    assert finding.needs == (() if founded else (FOUNDED,))


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_where_it_does_not_apply_nothing_is_due(engine: EngineName) -> None:
    made = must(office.desks >= 2, due=IN_THREE_YEARS, applies=office.large)
    policy = made.policy(as_of=DAY, engine=engine)
    (finding,) = policy.audit(container([O(founded=DAY, desks=1, large=False)]))
    assert (str(finding.status), finding.due) == ("not_applicable", None)
    (finding,) = policy.audit(container([O(founded=DAY, desks=1)]))
    assert (str(finding.status), finding.needs) == ("undetermined", ("offices/O.large",))


# The days off of National Day 2019; 2019-10-12 is a Saturday that is worked.
WORKED: Final = WorkCalendar.parse(
    {"2019": {"off": ["2019-10-01/2019-10-07"], "worked": ["2019-09-29", "2019-10-12"]}}
)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("founded", "as_of", "status", "due"),
    [
        # Five working days after Sunday 29 September: 30, then 8, 9, 10, 11 October.
        (date(2019, 9, 29), date(2019, 10, 11), "pending", date(2019, 10, 11)),
        (date(2019, 9, 29), date(2019, 10, 12), "breached", date(2019, 10, 11)),
        # One day later the Saturday counts.
        (date(2019, 9, 30), date(2019, 10, 12), "pending", date(2019, 10, 12)),
        (date(2019, 12, 30), date(2020, 1, 31), "undetermined", None),  # nothing is known of 2020
    ],
)
def test_a_deadline_in_working_days(
    engine: EngineName, founded: date, as_of: date, status: str, due: date | None
) -> None:
    days = says("1/2", **SAYS).sets("working_days", WORKED)
    made = must(office.open, due=office.founded.plus_working_days(5, days))
    policy = made.policy(as_of=as_of, engine=engine)
    (finding,) = policy.audit(container([O(founded=founded, open=False)]))
    assert (str(finding.status), finding.due) == (status, due)
    assert finding.needs == (() if due else ("parameters.working_days.2020",))


def test_the_calendar_has_an_entry_for_each_fact() -> None:
    policy = must(office.desks >= 2, due=IN_THREE_YEARS, applies=office.large).policy(as_of=DAY)
    facts = container(
        [
            Office(id="A", founded=date(2016, 9, 30), desks=1, large=True),
            Office(id="B", founded=date(2016, 12, 31), desks=1, large=True),
            Office(id="C", founded=date(2016, 10, 5), desks=2, large=True),
            Office(id="D", founded=date(2017, 1, 1), desks=1, large=True),
            Office(id="E", founded=date(2016, 11, 1), desks=1, large=False),
            Office(id="F", desks=1, large=True),
        ]
    )
    dues = due_between(policy, facts, date(2019, 9, 1), date(2019, 12, 31))
    assert [(due.day, due.subject, str(due.status)) for due in dues] == [
        (date(2019, 9, 30), "offices/A", "overdue"),
        (date(2019, 10, 5), "offices/C", "met"),
        (date(2019, 12, 31), "offices/B", "open"),
    ]


def test_tables_give_the_due_date_of_each_row() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE offices AS SELECT * FROM (VALUES ('A', 1, DATE '2016-09-30'), "
        "('B', 1, DATE '2016-10-01'), ('C', 2, NULL), ('D', 1, NULL)) t(id, desks, founded)"
    )
    policy = must(office.desks >= 2, due=IN_THREE_YEARS).policy(as_of=DAY)
    rows = pr.on(policy, connection).findings(Office).order("id").fetchall()
    assert [(row[0], row[2], row[6], row[8]) for row in rows] == [
        ("A", "breached", date(2019, 9, 30), ""),
        ("B", "pending", date(2019, 10, 1), ""),
        ("C", "satisfied", None, ""),
        ("D", "undetermined", None, "offices/D.founded"),
    ]


def test_an_explanation_says_when_it_is_due() -> None:
    policy = must(office.desks >= 2, due=IN_THREE_YEARS).policy(as_of=DAY)
    (finding,) = policy.audit(container([O(founded=date(2016, 9, 30), desks=1)]))
    assert policy.explain(finding, "en").splitlines() == [
        "office (offices/O): thing: breached, due 2019-09-30 "
        "(actual 1, required 2, short by 1) [1 sentence 1: “字”]",
        "  ✗ required",
        "    ✗ the number of desks is at least 2 pieces (it is 1 piece)",
        "  ✓ the due date has passed",
        "    ✓ more than 3 years have passed from founded to the policy's date (2019-10-01)"
        " (complete on 2019-09-30)",
        "      ✓ founded: 2016-09-30",
    ]
    assert "期限已过" in policy.explain(finding, "zh")


@pytest.mark.parametrize("due", [office.desks, date(2019, 1, 1), DEADLINE.plus_days(1)])
def test_what_is_no_due_date(due: Any) -> None:
    with pytest.raises(RuleTypeError, match="what is due is a parameter with a date, or a date"):
        says("1/1", **SAYS).demands(office, office.open, due=due)


def test_what_is_due_is_never_none() -> None:
    rule = says("1/1", **SAYS).demands(clerk, clerk.senior, due=clerk.until)
    with pytest.raises(DirectiveError, match="what is due is never none"):
        directive(rule)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_by_the_policy_s_date_alone(engine: EngineName) -> None:
    """Of no fact: the same for all of them, and worked out all the same."""
    day = says("1/2", **SAYS).sets("day", date(2019, 9, 15))
    for days, status in ((15, "breached"), (16, "pending")):
        policy = must(office.open, due=day.plus_days(days)).policy(as_of=DAY, engine=engine)
        (finding,) = policy.audit(container([O(open=False)]))
        assert str(finding.status) == status
