"""What recurs: which periods a policy judges, and what it finds of them, by every engine."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.answers import Finding, Status
from policy_rules.engines.sql.databases import DuckDB
from policy_rules.facts import Fact
from policy_rules.language import (
    TRUE,
    Modality,
    Recurrence,
    each,
    every,
    held,
    subject,
)
from policy_rules.language.expressions import Constant, Held, Parameter, variable_of
from policy_rules.police import Bureau, Event, EventKind, Station
from tests.support.found import ISSUED, LABELS, SAYS, but, directive, found
from tests.support.writing import says

station, bureau = subject(Station), subject(Bureau)
event = each(Event, station_id=station)
STUDY, MEETING = EventKind.POLITICAL_STUDY, EventKind.JOINT_MEETING
MONTHLY = says("1/1", quote="每月", **LABELS).sets("often", Recurrence("FREQ=MONTHLY"))
OPEN = says("1/1", quote="定期", **LABELS).leaves_open("open", Recurrence)
STUDIES = held(event, event.kind.is_(STUDY), on=event.on, every=MONTHLY).called(**LABELS)
RULE = says("1/1", **SAYS).demands(station, STUDIES)


def having(often: str) -> Parameter:
    """A parameter of another recurrence."""
    return evolve(MONTHLY, values=((None, Recurrence(often)),))


def studies(as_of: str, *days: str, often: str = "FREQ=MONTHLY", issued: date = ISSUED) -> Finding:
    """What is found where political study was held on these days, and on no others."""
    must = held(event, event.kind.is_(STUDY), on=event.on, every=having(often)).called(**LABELS)
    of = directive(says("1/1", **SAYS).demands(station, must), issued=issued)
    return found(of, date.fromisoformat(as_of), [Station(id="S"), *on_days(*days)], [Event])


def on_days(*days: str) -> list[Event]:
    """Political studies at the station."""
    return [
        Event(id=f"E{n}", station_id="S", kind=STUDY, on=date.fromisoformat(day))
        for n, day in enumerate(days)
    ]


@pytest.mark.parametrize(
    ("as_of", "often", "missed"),
    [
        # three years are counted from 2000: 2015 to 2017, 2018 to 2020, 2021 to 2023
        ("2020-12-31", "FREQ=YEARLY;INTERVAL=3", "2015-01-01/2017-12-31"),
        ("2021-01-01", "FREQ=YEARLY;INTERVAL=3", "2018-01-01/2020-12-31"),
        ("2022-06-30", "FREQ=YEARLY;INTERVAL=3", "2018-01-01/2020-12-31"),
        ("2023-12-31", "FREQ=YEARLY;INTERVAL=3", "2018-01-01/2020-12-31"),
        ("2024-01-01", "FREQ=YEARLY;INTERVAL=3", "2021-01-01/2023-12-31"),
        # 18 months: January 2018 to June 2019, July 2019 to December 2020
        ("2020-12-31", "FREQ=MONTHLY;INTERVAL=18", "2018-01-01/2019-06-30"),
        ("2021-06-30", "FREQ=MONTHLY;INTERVAL=18", "2019-07-01/2020-12-31"),
        # the first of October of 2018, of 2021
        ("2020-10-01", "FREQ=YEARLY;INTERVAL=3;BYMONTH=10;BYMONTHDAY=1", "2018-10-01"),
        ("2021-10-02", "FREQ=YEARLY;INTERVAL=3;BYMONTH=10;BYMONTHDAY=1", "2021-10-01"),
        # 100 weeks are counted from 3 January 2000: the eleventh ends on 31 January 2021
        ("2021-02-01", "FREQ=WEEKLY;INTERVAL=100", "2019-03-04/2021-01-31"),
    ],
)
def test_periods_longer_than_a_year_are_judged_at_any_time(
    as_of: str, often: str, missed: str
) -> None:
    """By the last one that ended: it was judged in the year after its end, and else left out."""
    finding = studies(as_of, often=often, issued=date(2010, 1, 1))
    assert (finding.status, finding.required) == (Status.BREACHED, 1)
    assert [str(period) for period in finding.periods] == [missed]
    day = missed.partition("/")[0]
    assert studies(as_of, day, often=often, issued=date(2010, 1, 1)).status is Status.SATISFIED


def test_each_period_that_has_ended_asks_for_its_event() -> None:
    """July began before the directive, and November is not over."""
    finding = studies("2019-11-05", "2019-07-20", "2019-08-01", "2019-10-31", "2019-11-04")
    assert (finding.status, finding.actual, finding.required) == (Status.BREACHED, 2, 3)
    assert finding.shortfall == 1
    assert [str(period) for period in finding.periods] == ["2019-09-01/2019-09-30"]
    assert "periods" in finding.as_json()
    assert finding.as_json()["periods"] == ["2019-09-01/2019-09-30"]
    finding = studies("2019-11-01", "2019-08-31", "2019-09-01", "2019-09-30", "2019-10-01")
    assert (finding.status, finding.actual, finding.required) == (Status.SATISFIED, 3, 3)
    assert finding.periods == ()


@pytest.mark.parametrize(
    ("as_of", "often", "required"),
    [
        # none has ended that began on 16 July 2019 or later
        ("2019-07-15", "FREQ=DAILY", None),
        ("2019-07-16", "FREQ=DAILY", None),
        ("2019-08-31", "FREQ=MONTHLY", None),
        ("2019-12-31", "FREQ=MONTHLY;INTERVAL=3", None),
        ("2020-12-31", "FREQ=YEARLY", None),
        ("2019-07-18", "FREQ=WEEKLY;BYDAY=TH", None),
        # the first ones
        ("2019-07-17", "FREQ=DAILY", 1),
        ("2019-07-17", "FREQ=WEEKLY;BYDAY=TU", 1),
        ("2019-07-29", "FREQ=WEEKLY", 1),
        ("2019-09-01", "FREQ=MONTHLY", 1),
        ("2020-01-01", "FREQ=MONTHLY;INTERVAL=3", 1),
        ("2021-01-01", "FREQ=YEARLY", 1),
        # those of twelve months: 28 February 2020 to 27 February 2021, without this February
        ("2021-02-28", "FREQ=MONTHLY", 12),
        ("2021-03-01", "FREQ=MONTHLY", 12),
        ("2021-03-01", "FREQ=MONTHLY;INTERVAL=3", 4),
        # a year back from 29 February 2024 is 28 February 2023: 366 days end before it
        ("2024-02-29", "FREQ=DAILY", 366),
        ("2023-03-01", "FREQ=DAILY", 365),
        # Sundays from 8 September 2019 to 6 September 2020
        ("2020-09-07", "FREQ=WEEKLY", 53),
        ("2020-09-06", "FREQ=WEEKLY", 52),
        # Tuesdays from 3 September 2019 and Thursdays from 5 September 2019 to 31 August 2020
        ("2020-09-01", "FREQ=WEEKLY;BYDAY=TU,TH", 104),
        ("9998-01-01", "FREQ=MONTHLY", 12),
        ("9999-12-31", "FREQ=MONTHLY", 12),
    ],
)
def test_the_periods_of_twelve_months_are_judged(
    as_of: str, often: str, required: int | None
) -> None:
    finding = studies(as_of, often=often)
    if required is None:
        assert finding.status is Status.NOT_APPLICABLE
        assert (finding.actual, finding.required, finding.periods) == (None, None, ())
    else:
        assert (finding.status, finding.actual, finding.required) == (Status.BREACHED, 0, required)
        assert len(finding.periods) == required


def test_a_directive_as_old_as_the_calendar_is_judged() -> None:
    finding = studies("0001-03-01", issued=date.min)
    assert [str(period) for period in finding.periods] == [
        "0001-01-01/0001-01-31", "0001-02-01/0001-02-28",
    ]  # fmt: skip


# What is not known well enough

S = Station(id="S")


def of_events(*facts: Fact, as_of: str = "2019-11-01", whole: bool = True) -> Finding:
    """What is found on the first of November, when August, September and October are judged."""
    complete = [Event] if whole else []
    return found(directive(RULE), date.fromisoformat(as_of), [S, *facts], complete)


AUGUST, SEPTEMBER, OCTOBER = on_days("2019-08-10", "2019-09-10", "2019-10-10")


@pytest.mark.parametrize(
    ("facts", "whole", "status", "needs"),
    [
        ([AUGUST, SEPTEMBER, OCTOBER], False, "satisfied", ()),
        ([AUGUST, SEPTEMBER], True, "breached", ()),
        ([AUGUST, SEPTEMBER], False, "undetermined", ("complete.events",)),
        # of no kind, of no station, of no day
        ([AUGUST, SEPTEMBER, but(OCTOBER, kind=None)], True, "undetermined",
         ("events/E2.kind",)),
        ([AUGUST, SEPTEMBER, but(OCTOBER, station_id=None)], True, "undetermined",
         ("events/E2.station_id",)),
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=None)], True, "undetermined", ("events/E2.on",)),
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=None, kind=None, station_id=None)], True,
         "undetermined", ("events/E2.kind", "events/E2.on", "events/E2.station_id")),
        # of another kind or another station, or on a day that is not judged: it does not matter
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=None, kind=MEETING)], True, "breached", ()),
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=None, station_id="T"), Station(id="T")], True,
         "breached", ()),
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=date(2019, 11, 1), kind=None)], True,
         "breached", ()),
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=date(2019, 7, 31), station_id=None)], True,
         "breached", ()),
        # in a month that has its event already: it does not matter
        ([AUGUST, SEPTEMBER, but(OCTOBER, on=date(2019, 9, 30), kind=None)], True,
         "breached", ()),
        # it could be in one of two months, and one will lack it: this is not seen
        ([AUGUST, but(OCTOBER, on=None)], True, "undetermined", ("events/E2.on",)),
        # what is in one month at most leaves another empty
        ([AUGUST, but(OCTOBER, kind=None)], True, "breached", ()),
    ],
)  # fmt: skip
@pytest.mark.parametrize("keeps_parts", [True, False])  # as on MariaDB and Spark
def test_what_may_have_been_held_leaves_its_period_open(
    facts: list[Fact],
    whole: bool,
    status: str,
    needs: tuple[str, ...],
    keeps_parts: bool,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(DuckDB, "keeps_parts", keeps_parts)
    finding = of_events(*facts, whole=whole)
    assert (str(finding.status), finding.needs) == (status, needs)


def test_only_periods_that_certainly_lack_it_are_listed() -> None:
    finding = of_events(AUGUST, but(OCTOBER, kind=None))
    assert [str(period) for period in finding.periods] == ["2019-09-01/2019-09-30"]
    assert (finding.actual, finding.required, finding.shortfall) == (None, 3, None)
    assert of_events(AUGUST, but(OCTOBER, on=None)).periods == ()


# How often is left open, or set


def test_what_the_text_leaves_open_is_needed_with_all_else() -> None:
    """Setting it alone would not settle the answer."""
    open_ = held(event, event.kind.is_(STUDY), on=event.on, every=OPEN).called(**LABELS)
    of = directive(says("1/1", **SAYS).demands(station, open_))
    day = date(2019, 11, 1)
    unsure = [S, AUGUST, but(SEPTEMBER, kind=None), but(OCTOBER, on=None, station_id=None)]
    finding = found(of, day, unsure)
    assert (finding.status, finding.actual, finding.required) == (Status.UNDETERMINED, None, None)
    assert finding.needs == (
        "complete.events", "events/E1.kind", "events/E2.on", "events/E2.station_id",
        "parameters.open",
    )  # fmt: skip
    sure = [S, AUGUST, SEPTEMBER, Event(id="E3", station_id="S", kind=MEETING)]
    assert found(of, day, sure, [Event]).needs == ("parameters.open",)
    finding = found(of, day, sure, [Event], parameters={"open": Recurrence("FREQ=MONTHLY")})
    assert (finding.status, finding.actual, finding.required) == (Status.BREACHED, 2, 3)


def test_a_recurrence_can_be_written_into_the_rule() -> None:
    """Without a parameter, and counted like any other number."""
    every_month = Constant(Recurrence("FREQ=MONTHLY"))
    counted = Held(variable_of(event), TRUE, event.on, every_month)
    of = directive(says("1/1", **SAYS).demands(station, counted >= 2))
    finding = found(of, date(2019, 11, 1), [S, AUGUST, OCTOBER])
    assert (finding.status, finding.actual, finding.required) == (Status.SATISFIED, None, 2)
    finding = found(of, date(2019, 11, 1), [S, AUGUST], [Event])
    assert (finding.status, finding.actual, len(finding.periods)) == (Status.BREACHED, 1, 2)


def test_what_recurs_for_each_of_a_list_is_judged_without_naming_periods() -> None:
    """Those of which station would the finding on a bureau name?"""
    member = each(Station, bureau_id=bureau)
    theirs = each(Event, station_id=member)
    must = held(theirs, theirs.kind.is_(STUDY), on=theirs.on, every=MONTHLY).called(**LABELS)
    of = directive(says("1/1", **SAYS).demands(bureau, every(member, must)))
    stations = [but(S, bureau_id="B"), Station(id="T", bureau_id="B")]
    facts = [Bureau(id="B"), *stations, AUGUST, SEPTEMBER, OCTOBER]
    finding = found(of, date(2019, 11, 1), facts, [Station, Event])
    assert (finding.status, finding.actual, finding.periods) == (Status.BREACHED, 1, ())
    finding = found(of, date(2019, 8, 31), facts, [Station, Event])
    assert finding.status is Status.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("modality", "due", "status"),
    [
        (Modality.TARGET, None, "pending"),
        (Modality.TARGET, date(2019, 10, 31), "missed"),
        (Modality.IN_PRINCIPLE, None, "deviates"),
        (Modality.MUST, date(2019, 11, 1), "pending"),
        (Modality.IN_PRINCIPLE, date(2019, 11, 1), "pending"),
    ],
)
@pytest.mark.parametrize("exempted", [False, True])
def test_periods_are_listed_wherever_a_duty_is_not_met(
    modality: Modality, due: date | None, status: str, *, exempted: bool
) -> None:
    """Not where an exemption displaces it; and what is not yet due needs none."""
    by = None if due is None else says("1/1", quote="前", **LABELS).sets("by", due)
    of = directive(says("1/1", **SAYS, modality=modality).demands(station, STUDIES, due=by))
    held_ = [pr.Exemption(id="X", cite="1/1", subject="stations/S")]
    if modality is not Modality.IN_PRINCIPLE:
        held_ = []
    finding = found(
        of, date(2019, 11, 1), [S, AUGUST, OCTOBER], [Event], exemptions=held_ if exempted else ()
    )
    if exempted and status == "deviates":
        assert (str(finding.status), finding.periods) == ("exempt", ())
    else:
        assert str(finding.status) == status
        assert [str(period) for period in finding.periods] == ["2019-09-01/2019-09-30"]
        assert finding.exemption is None
