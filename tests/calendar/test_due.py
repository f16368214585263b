"""What falls due between two days, whose it is, and how deadlines stand."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.calendar import Due, DueKind, DueStatus, due_between
from policy_rules.calendar.timetable import due_after
from policy_rules.facts import Fact
from policy_rules.language import Modality, Period, subject
from policy_rules.police import Station, Workstation
from tests.support.duties import (
    ANALYSIS,
    STATION,
    around,
    between,
    cited,
    day,
    events,
    made_of,
    policy,
)
from tests.support.writing import at

# Deadlines


def on_deadline(cite: str, as_of: str, facts: pr.Facts, **of: Any) -> Due:
    """How the deadline of a rule stands."""
    (due,) = cited(between("2019-06-01", "2019-12-31", facts, as_of, **of), cite)
    return due


@pytest.mark.parametrize(
    ("as_of", "opened", "status", "met_on"),
    [
        ("12-31", [], "open", None),
        ("2020-01-01", [], "overdue", None),
        ("2020-01-01", ["12-31"], "met", None),
        ("2020-02-01", ["2020-01-01"], "late", "2020-01-01"),
        ("12-01", ["11-30"], "met", None),
        # What is to open is not open yet.
        ("12-01", ["12-30"], "open", None),
    ],
)
def test_how_a_deadline_stands(
    as_of: str, opened: list[str], status: str, met_on: str | None
) -> None:
    opened_on = [
        Workstation(id=f"W{each}", station_id="S1", opened_on=day(each)) for each in opened
    ]
    due = on_deadline("1.1/1", as_of, around(workstations=opened_on, complete=["workstations"]))
    assert (str(due.status), due.met_on) == (status, day(met_on) if met_on else None)
    assert (due.kind, due.period, due.every) == (
        DueKind.DEADLINE, Period(day("12-31"), day("12-31")), None,
    )  # fmt: skip


def test_what_is_not_known_of_a_deadline_is_named() -> None:
    due = on_deadline("1.1/1", "09-01", around())
    assert (due.status, due.needs) == (DueStatus.UNDETERMINED, ("complete.workstations",))


@pytest.mark.parametrize(
    ("as_of", "completed", "status"),
    [
        ("12-31", "2020-06-01", "open"),
        ("2020-01-01", "2020-06-01", "missed"),
        ("2020-06-01", "2020-06-01", "late"),
        ("2020-01-01", "12-31", "met"),
    ],
)
def test_a_target_is_shown_as_one(as_of: str, completed: str, status: str) -> None:
    due = on_deadline(
        "1.1/2", as_of, around(station=Station(id="S1", smart_area_completed_on=day(completed)))
    )
    assert (str(due.status), due.modality) == (status, Modality.TARGET)


def test_an_exemption_displaces_a_deadline_in_principle() -> None:
    facts = around(station=Station(id="S1", relaxation_room=False))
    exemption = pr.Exemption(id="E1", cite="1.1/3", subject="stations/S1")
    assert on_deadline("1.1/3", "11-01", facts).status is DueStatus.OVERDUE
    due = on_deadline("1.1/3", "11-01", facts, exemptions=[exemption])
    assert (due.status, due.exemption) == (DueStatus.EXEMPT, exemption)
    assert on_deadline("1.1/3", "10-31", facts, exemptions=[exemption]).status is DueStatus.OPEN


def test_a_deadline_before_the_directive_is_flagged() -> None:
    assert on_deadline("1.1/4", "09-01", around()).retroactive
    assert not on_deadline("1.1/1", "09-01", around()).retroactive


@pytest.mark.parametrize(
    ("since", "until", "listed"),
    [
        ("12-31", "12-31", True),
        ("12-30", "12-30", False),
        ("2020-01-01", "2020-01-01", False),
        ("12-01", "2020-02-01", True),
    ],
)
def test_both_days_are_included(since: str, until: str, listed: bool) -> None:
    assert bool(cited(between(since, until, around()), "1.1/1")) is listed


def test_a_deadline_that_is_moved_is_due_on_its_new_day() -> None:
    moved = {"end_of_year": day("2020-03-31")}
    assert not cited(between("12-01", "12-31", around(), parameters=moved), "1.1/1")
    assert cited(between("2020-03-01", "2020-03-31", around(), parameters=moved), "1.1/1")


def test_what_certainly_does_not_apply_is_left_out() -> None:
    for pilot, dues in ((False, 0), (None, 1), (True, 1)):
        facts = around(station=Station(id="S1", pilot=pilot, beds=0))
        found = cited(between("2019-06-01", "2019-06-30", facts), "1.1/4")
        assert len(found) == dues
        if pilot is None:
            assert found[0].needs == ("stations/S1.pilot",)


# Whose calendar it is

CITY = pr.Facts(
    cities=[pr.City(id="C")],
    bureaus=[pr.Bureau(id="B1"), pr.Bureau(id="B2")],
    stations=[
        Station(id="S1", bureau_id="B1", pilot=False),
        Station(id="S2", bureau_id="B2", pilot=False),
        Station(id="S0", bureau_id="B1", pilot=False),
    ],
)


@pytest.mark.parametrize(
    ("subjects", "expected"),
    [
        (None, {fact.key for fact in CITY}),
        ([], set()),
        ([CITY.all(pr.City)[0]], {"cities/C"}),
        ([CITY.all(pr.Bureau)[0]], {"bureaus/B1", "stations/S0", "stations/S1"}),
        ([CITY.all(Station)[0]], {"stations/S1"}),
        (CITY.all(Station)[:2], {"stations/S1", "stations/S2"}),
    ],
)  # fmt: skip
def test_whose_calendar(subjects: Sequence[Fact] | None, expected: set[str]) -> None:
    dues = due_between(policy(), CITY, day("09-01"), day("2020-08-31"), subjects)
    assert {due.subject for due in dues} == expected


def test_what_belongs_to_what_belongs_is_in_it() -> None:
    of = subject(Workstation)
    end = at("1.2/1")("前")("期限", "deadline").sets("end", day("10-31"))
    rule = at("1.2/1")("应")("应", "must").demands(of, of.open_24h, due=end)
    facts = pr.Facts(
        bureaus=CITY.all(pr.Bureau), stations=CITY.all(Station),
        workstations=[Workstation(id="W1", station_id="S0"), Workstation(id="W2", station_id="S2")],
    )  # fmt: skip
    policy = made_of(rule).policy(as_of=day("09-01"))
    for place, expected in ((0, ["workstations/W1"]), (1, ["workstations/W2"])):
        of_bureau = [CITY.all(pr.Bureau)[place]]
        dues = due_between(policy, facts, day("10-01"), day("10-31"), of_bureau)
        assert [due.subject for due in dues] == expected


def test_the_order_is_by_date_text_and_subject() -> None:
    dues = due_between(policy(), CITY, day("10-31"), day("12-31"))
    keys = [(due.day or date.max, str(due.cite), due.subject) for due in dues]
    assert keys == sorted(keys)
    assert len(set(keys)) == len(keys)
    ends = [key[1:] for key in keys if key[0] == day("10-31")]
    assert ends == [
        ("1.1/3", "stations/S0"), ("1.1/3", "stations/S1"), ("1.1/3", "stations/S2"),
        ("1.1/5", "cities/C"),
        ("1.2/1a", "stations/S0"), ("1.2/1a", "stations/S1"), ("1.2/1a", "stations/S2"),
        ("1.2/1b", "stations/S0"), ("1.2/1b", "stations/S1"), ("1.2/1b", "stations/S2"),
    ]  # fmt: skip


def test_nothing_is_due_before_the_directive_is_in_force() -> None:
    assert between("2019-06-01", "2020-06-30", around(), as_of="07-15") == []


def test_after_an_audit_of_some_facts_theirs_is_due() -> None:
    since, until = day("10-01"), day("12-31")
    report = policy().audit(CITY)
    assert due_after(report, since, until) == due_between(policy(), CITY, since, until)
    some = policy().audit(CITY, lambda facts: facts.all(Station)[:1])
    assert {due.subject for due in due_after(some, since, until)} == {"stations/S1"}
    assert due_after(policy("07-15").audit(CITY), since, until) == ()


def test_the_engines_agree() -> None:
    dues = [
        due_between(policy(engine=engine), CITY, day("06-01"), day("2020-08-31"))
        for engine in ("python", "interpreter")
    ]
    assert dues[0] == dues[1]


@pytest.mark.parametrize(
    ("since", "until", "subjects", "message"),
    [
        ("2019-09-01", day("09-01"), None, "`since` is a date, found '2019-09-01'"),
        (day("09-01"), datetime(2019, 9, 1), None, "`until` is a date, found datetime"),
        (day("09-02"), day("09-01"), None, "`until` is not before `since`, found 2019-09-01"),
        (day("09-01"), day("09-01"), ["stations/S1"], "`subjects` is a list of facts, found 'sta"),
        (day("09-01"), day("09-01"), STATION, "`subjects` is a list of facts, found Station"),
    ],
)
def test_what_cannot_be_asked(since: Any, until: Any, subjects: Any, message: str) -> None:
    with pytest.raises(pr.QuestionError) as error:
        due_between(policy(), around(), since, until, subjects)
    assert str(error.value).startswith(message)


def test_as_json_has_all_its_keys() -> None:
    dues = between("09-30", "10-31", around(*events(ANALYSIS, "09-09")), as_of="10-01")
    assert cited(dues, "1.2/1b")[0].as_json() == {
        "due": "2019-09-30",
        "period": "2019-09-01/2019-09-30",
        "subject": "stations/S1",
        "cite": "1.2/1b",
        "kind": "recurrence",
        "modality": "must",
        "status": "met",
        "met_on": None,
        "retroactive": False,
        "every": "FREQ=MONTHLY",
        "exemption": None,
        "needs": [],
        "quote": "每月分析",
        "zh": "每月分析",
        "en": "there is a monthly analysis",
    }
    assert dues[-1].as_json()["period"] is None
    assert dues[-1].as_json()["needs"] == ["parameters.drill_period"]
    assert repr(dues[0]).startswith("Due(fact=stations/S1, rule=1.2/1b, kind=")
