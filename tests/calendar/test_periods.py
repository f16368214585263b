"""What recurs: which periods fall due, and how they stand."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

import policy_rules as pr
from policy_rules.calendar import Due, DueKind, DueStatus, due_between
from policy_rules.language import (
    DEADLINE,
    Recurrence,
    WorkCalendar,
    held,
    subject,
)
from policy_rules.police import Event, Station
from tests.support.duties import (
    ANALYSIS,
    DIRECTIVE,
    NOTICE,
    SCREENING,
    STUDY,
    around,
    between,
    cited,
    day,
    drill,
    event,
    events,
    made_of,
    notice,
    shown,
    study,
)
from tests.support.writing import at, defining


def test_how_periods_stand() -> None:
    facts = around(
        *events(ANALYSIS, "08-31", "10-01", "2020-01-15"), *events(NOTICE, "11-02", station_id="S1")
    )
    dues = between("08-01", "2020-02-29", facts, as_of="10-20")
    assert shown(dues, "1.2/1b") == {
        "2019-08-01/2019-08-31": "met",
        "2019-09-01/2019-09-30": "overdue",
        "2019-10-01/2019-10-31": "met",
        "2019-11-01/2019-11-30": "open",
        "2019-12-01/2019-12-31": "open",
        # What is dated after the policy's date has not happened yet.
        "2020-01-01/2020-01-31": "open",
        "2020-02-01/2020-02-29": "open",
    }
    first = cited(dues, "1.2/1b")[0]
    assert (first.kind, first.every) == (DueKind.RECURRENCE, Recurrence("FREQ=MONTHLY"))


@pytest.mark.parametrize(
    ("as_of", "status"),
    [("09-02", "open"), ("09-03", "open"), ("09-04", "overdue")],
)
def test_a_day_is_over_on_the_next(as_of: str, status: str) -> None:
    dues = between("09-03", "09-04", around(), as_of)
    assert shown(dues, "1.2/1a") == {"2019-09-03": status}


def test_what_happened_today_has_happened() -> None:
    facts = around(*events(STUDY, "09-03"))
    assert shown(between("09-03", "09-03", facts, "09-03"), "1.2/1a") == {"2019-09-03": "met"}


def test_periods_before_the_directive_are_left_out() -> None:
    dues = between("07-01", "08-31", around(), as_of="09-01")
    # The directive is of Tuesday 16 July: that day counts, the week and the month around it do not.
    assert next(iter(shown(dues, "1.2/1a"))) == "2019-07-16"
    assert next(iter(shown(dues, "1.2/4"))) == "2019-07-22/2019-07-28"
    assert list(shown(dues, "1.2/1b")) == ["2019-08-01/2019-08-31"]


def test_periods_that_are_not_known_well_enough() -> None:
    def status(as_of: str, *happened: Event, **of: Any) -> Due:
        (due,) = cited(between("09-30", "09-30", around(*happened, **of), as_of), "1.2/1b")
        return due

    # A partial list leaves open a month that has ended, and does not matter to one that has not.
    due = status("10-01", complete=[])
    assert (due.status, due.needs) == (DueStatus.UNDETERMINED, ("complete.events",))
    assert status("09-30", complete=[]).status is DueStatus.OPEN
    # An event without a date may be in any month, and so may one of a station that is not named.
    undated = Event(id="X", kind=ANALYSIS, station_id="S1")
    assert status("10-01", undated).needs == ("events/X.on",)
    elsewhere = Event(id="X", kind=ANALYSIS, on=day("09-10"))
    assert status("10-01", elsewhere).needs == ("events/X.station_id",)
    unnamed = Event(id="X", station_id="S1", on=day("09-10"))
    assert status("10-01", unnamed).needs == ("events/X.kind",)
    # Another day, another kind: it does not matter what is not known of them.
    other = Event(id="X", station_id="S1", on=day("08-10"))
    assert status("10-01", other).status is DueStatus.OVERDUE
    study_ = Event(id="X", station_id="S1", kind=STUDY)
    assert status("10-01", study_).status is DueStatus.OVERDUE
    assert status("10-01", undated, *events(ANALYSIS, "09-10")).status is DueStatus.MET


def test_where_it_is_not_known_whether_a_duty_applies() -> None:
    facts = around(*events(NOTICE, "09-10"), station=Station(id="S1"), complete=[])
    dues = cited(between("09-02", "09-22", facts, as_of="09-16"), "1.2/4")
    assert {str(due.period): due.needs for due in dues} == {
        "2019-09-02/2019-09-08": ("complete.events", "stations/S1.pilot"),
        "2019-09-09/2019-09-15": ("stations/S1.pilot",),
        "2019-09-16/2019-09-22": ("stations/S1.pilot",),
    }
    assert {due.status for due in dues} == {DueStatus.UNDETERMINED}
    elsewhere = around(station=Station(id="S1", pilot=False))
    assert not cited(between("09-01", "10-01", elsewhere), "1.2/4")


@pytest.mark.parametrize(("on", "status"), [(["11-11"], "met"), ([], "missed")])
def test_a_target_that_recurs(on: list[str], status: str) -> None:
    happened = events(SCREENING, *on, station_id=None, bureau_id="B1")
    facts = pr.Facts(bureaus=[pr.Bureau(id="B1")], events=happened, complete=["events"])
    dues = between("09-01", "2020-03-31", facts, as_of="2020-01-01")
    assert {due.subject for due in dues} == {"bureaus/B1"}
    assert shown(dues, "1.2/2") == {
        "2019-10-01/2019-12-31": status,
        "2020-01-01/2020-03-31": "open",
    }


def test_an_exemption_displaces_the_periods_that_end_while_it_holds() -> None:
    exemption = pr.Exemption(id="E1", cite="1.2/4", subject="stations/S1", valid_until=day("09-15"))
    dues = between(
        "09-02", "09-22", around(*events(NOTICE, "09-03")), "09-30", exemptions=[exemption]
    )
    assert list(shown(dues, "1.2/4").values()) == ["met", "exempt", "overdue"]
    assert [due.exemption for due in cited(dues, "1.2/4")] == [None, exemption, None]


def test_without_a_period_it_comes_last_and_says_what_to_set() -> None:
    dues = between("09-01", "2020-08-31", around())
    assert [str(due.cite) for due in dues if due.period is None] == ["1.2/3"]
    due = dues[-1]
    assert (due.status, due.day, due.every) == (DueStatus.UNDETERMINED, None, None)
    assert due.needs == ("parameters.drill_period",)
    chosen = {"drill_period": Recurrence.parse("每半年")}
    dues = between("09-01", "2020-08-31", around(), parameters=chosen)
    assert shown(dues, "1.2/3") == {
        # The half year before had begun when the directive was issued.
        "2020-01-01/2020-06-30": "open",
    }


# The rules of a made-up directive are simple. These are not.


def test_two_things_by_one_parameter_are_both_needed_in_a_period() -> None:
    every = at("1.2/1")("每月")("周期", "how often").sets("every", Recurrence("FREQ=MONTHLY"))
    of = subject(Station)
    must = [
        held(event, event.kind.is_(kind), on=event.on, every=every).called("会", "a meeting")
        for kind in (STUDY, ANALYSIS)
    ]
    both = at("1.2/1")("每月")("两会", "both").demands(of, must[0] & must[1])
    policy = made_of(both).policy(as_of=day("12-01"))
    happened = [*events(STUDY, "09-01", "10-01"), *events(ANALYSIS, "09-30", "11-01")]
    dues = due_between(policy, around(*happened), day("09-01"), day("11-30"))
    assert [str(due.status) for due in dues] == ["met", "overdue", "overdue"]
    # What is open is only what has not happened for certain.
    undated = Event(id="X", kind=ANALYSIS, station_id="S1")
    dues = due_between(policy, around(*happened, undated), day("09-01"), day("11-30"))
    assert [due.needs for due in dues] == [(), ("events/X.on",), ()]


def test_two_recurrences_in_one_rule_each_have_their_periods() -> None:
    of = subject(Station)
    parts = []
    for name, often, kind in (("one", "FREQ=MONTHLY", STUDY), ("two", "FREQ=YEARLY", ANALYSIS)):
        every = at("1.2/1")("每")("周期", "often").sets(name, Recurrence(often))
        parts.append(
            held(event, event.kind.is_(kind), on=event.on, every=every).called("会", "a meeting")
        )
    rule = at("1.2/1")("每")("两会", "both").demands(of, parts[0] & parts[1])
    policy = made_of(rule).policy(as_of=day("2020-12-01"))
    dues = due_between(
        policy, around(*events(STUDY, "2020-12-01")), day("2020-11-01"), day("2020-12-31")
    )
    assert [(str(due.every), str(due.period), str(due.status)) for due in dues] == [
        ("FREQ=MONTHLY", "2020-11-01/2020-11-30", "overdue"),
        ("FREQ=MONTHLY", "2020-12-01/2020-12-31", "met"),
        ("FREQ=YEARLY", "2020-01-01/2020-12-31", "open"),
    ]


@pytest.mark.parametrize(
    ("pilot", "statuses"),
    [(True, []), (False, ["overdue", "open"]), (None, ["undetermined", "undetermined"])],
)
def test_what_is_met_in_another_way_is_not_due(pilot: bool | None, statuses: list[str]) -> None:
    of = subject(Station)
    rule = evolve(study, must=study.must | (of.pilot & (of.officers >= 5)))
    policy = made_of(rule).policy(as_of=day("09-05"))
    facts = around(station=Station(id="S1", pilot=pilot, officers=5))
    dues = due_between(policy, facts, day("09-03"), day("09-05"))
    assert [str(due.status) for due in dues] == statuses
    assert {due.needs for due in dues} <= {(), ("stations/S1.pilot",)}


def test_what_has_happened_is_met_whether_or_not_it_was_needed() -> None:
    rule = evolve(study, must=study.must | subject(Station).pilot)
    policy = made_of(rule).policy(as_of=day("09-05"))
    facts = around(*events(STUDY, "09-03"), station=Station(id="S1"))
    (due,) = due_between(policy, facts, day("09-03"), day("09-03"))
    assert (due.status, due.needs) == (DueStatus.MET, ())


def test_a_rule_that_is_due_once_and_recurs_until_then() -> None:
    until = at("1.2/1")("前")("期限", "deadline").sets("until", day("10-31"))
    rule = evolve(study, due=until, applies=subject(Station).relocated_on <= DEADLINE)
    policy = made_of(rule).policy(as_of=day("11-30"))
    for relocated, kinds in (("10-31", {"deadline", "recurrence"}), ("11-01", set())):
        facts = around(station=Station(id="S1", relocated_on=day(relocated)))
        dues = due_between(policy, facts, day("10-30"), day("10-31"))
        assert {str(due.kind) for due in dues} == kinds


def test_rules_end_with_their_validity() -> None:
    ended = evolve(study, valid_until=day("09-10"))
    policy = made_of(ended).policy(as_of=day("09-05"))
    dues = due_between(policy, around(), day("09-05"), day("09-30"))
    assert [str(due.period) for due in dues] == ["2019-09-05", "2019-09-10"]
    later = made_of(ended).policy(as_of=day("09-11"))
    assert not due_between(later, around(), day("09-05"), day("09-30"))


def test_rules_in_conflict_are_said_to_be() -> None:
    of = subject(Station)
    size = defining(of, "size", int)("规模", "size").by(
        at("1.2/5")("二").makes(2, when=of.officers >= 10),
        at("1.2/5")("三").makes(3, when=of.pilot),
        otherwise=at("1.2/5")("一").makes(1),
    )
    end = at("1.2/1")("前")("期限", "deadline").sets("end", day("10-31"))
    policy = made_of(
        size,
        evolve(notice, applies=size.of(of) >= 2),
        evolve(drill, applies=size.of(of) >= 2),
        at("1.2/1")("应")("应", "must").demands(of, size.of(of) >= 1, due=end),
    ).policy(as_of=day("09-05"))
    facts = around(station=Station(id="S1", pilot=True, officers=10))
    dues = due_between(policy, facts, day("10-28"), day("11-03"))
    assert [(str(due.cite), str(due.status), due.needs) for due in dues] == [
        ("1.2/1", "conflict", ()),
        ("1.2/4", "conflict", ()),
        # What can be set comes first.
        ("1.2/3", "undetermined", ("parameters.drill_period",)),
    ]


# Of the findings of an audit, the calendar says the same.

_DAYS = st.dates(day("2019-07-01"), day("2020-10-01"))
_HAPPENED = st.lists(
    st.builds(
        lambda on, kind, station: {"on": on, "kind": kind, "station_id": station},
        st.one_of(st.none(), _DAYS, _DAYS, _DAYS, _DAYS),
        st.sampled_from([STUDY, STUDY, ANALYSIS, ANALYSIS, NOTICE, None]),
        st.sampled_from(["S1", "S1", "S1", "S2", None]),
    ),
    max_size=30,
)


@given(as_of=_DAYS, happened=_HAPPENED, whole=st.booleans(), pilot=st.sampled_from([True, None]))
def test_what_an_audit_finds_lacking_is_overdue(
    as_of: date, happened: list[dict[str, Any]], whole: bool, pilot: bool | None
) -> None:
    facts = pr.Facts(
        stations=[Station(id="S1", pilot=pilot), Station(id="S2", pilot=False)],
        events=[Event(id=f"E{place}", **each) for place, each in enumerate(happened)],
        complete=["events"] if whole else [],
    )
    policy = pr.load(DIRECTIVE).policy(as_of=as_of)
    since = as_of.replace(year=as_of.year - 1) if as_of != day("2020-02-29") else day("2019-02-28")
    dues = due_between(policy, facts, since, as_of - timedelta(days=1))
    for finding in policy.audit(facts):
        if str(finding.cite) not in ("1.2/1a", "1.2/1b", "1.2/4"):
            continue
        of = [d for d in dues if d.cite == finding.cite and d.subject == finding.subject]
        statuses = {each.status for each in of}
        overdue = tuple(due.period for due in of if due.status is DueStatus.OVERDUE)
        match finding.status:
            case pr.Status.NOT_APPLICABLE:
                assert not of
            case pr.Status.SATISFIED:
                assert statuses == {DueStatus.MET}
            case pr.Status.BREACHED | pr.Status.DEVIATES:
                assert overdue
                assert set(finding.periods) == set(overdue)
            case pr.Status.UNDETERMINED:
                assert DueStatus.UNDETERMINED in statuses
                # Of periods that lack it for certain, a finding does not go on to the others.
                assert {need for due in of for need in due.needs} >= set(finding.needs)
        if finding.required is not None and finding.status is not pr.Status.NOT_APPLICABLE:
            assert len(of) == finding.required


def test_days_off_are_not_due_and_those_of_a_year_that_is_not_known_may_be() -> None:
    """Thursdays 26 December, 2, 9 and 16 January; the second of January is a day off."""
    every = at("1.2/1")("每周四")("周期", "how often").sets(
        "every", Recurrence("FREQ=WEEKLY;BYDAY=TH")
    )
    off = at("1.2/1")("节假日")("放假日", "days off").leaves_open("off", WorkCalendar)
    must = held(event, event.kind.is_(STUDY), on=event.on, every=every.without(off))
    made = made_of(at("1.2/1")("每")("学习", "study").demands(subject(Station), must.called("会")))

    def stands(years: dict[str, object]) -> dict[str, tuple[str, tuple[str, ...]]]:
        policy = made.policy(as_of=day("2020-01-10"), parameters={"off": WorkCalendar.parse(years)})
        held_on = events(STUDY, "2020-01-02")
        dues = due_between(policy, around(*held_on), day("2019-12-26"), day("2020-01-16"))
        return {str(due.period): (str(due.status), due.needs) for due in dues}

    assert stands({"2019": {}, "2020": {"off": ["2020-01-02", "2020-01-16"]}}) == {
        "2019-12-26": ("overdue", ()),
        "2020-01-09": ("overdue", ()),
    }
    unknown = ("undetermined", ("parameters.off.2020",))
    assert stands({"2019": {}}) == {
        "2019-12-26": ("overdue", ()),
        "2020-01-02": ("met", ()),
        "2020-01-09": unknown,
        "2020-01-16": unknown,
    }
