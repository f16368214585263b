"""What recurs less the days off of a calendar, as EXDATE takes them away, by every engine."""

from __future__ import annotations

from datetime import date

import pytest

import policy_rules as pr
from policy_rules.answers import Finding
from policy_rules.facts import Fact
from policy_rules.language import Recurrence, WorkCalendar, each, held, subject
from policy_rules.language.types import RuleTypeError
from policy_rules.police import Event, EventKind, Station
from tests.support.found import LABELS, SAYS, directive, found
from tests.support.writing import says

station = subject(Station)
event = each(Event, station_id=station)
STUDY = EventKind.POLITICAL_STUDY
ISSUED = date(2020, 12, 1)
HOLIDAYS = says("1/1", quote="节假日", **LABELS).leaves_open("holidays", WorkCalendar)
OPEN = says("1/1", quote="定期", **LABELS).leaves_open("open", Recurrence)
S = Station(id="S")

# 1 to 3 January 2021: Friday to Sunday; 4 January is a day off here too, up to Sunday the 10th.
NEW_YEAR = {"2021": {"off": ["2021-01-01/2021-01-03"]}}
WEEK_OFF = {"2021": {"off": ["2021-01-04/2021-01-10"]}}
DAYS = {"2020": {}, **NEW_YEAR}


def studies(
    as_of: str,
    often: str,
    calendar: object,
    *days: str,
    whole: bool = True,
    extra: tuple[Fact, ...] = (),
) -> Finding:
    """What is found where political study was held on these days, and on no others."""
    every = says("1/1", quote="每", **LABELS).sets("often", Recurrence(often))
    must = held(event, event.kind.is_(STUDY), on=event.on, every=every.without(HOLIDAYS))
    of = directive(says("1/1", **SAYS).demands(station, must.called(**LABELS)), issued=ISSUED)
    events = [
        Event(id=f"E{n}", station_id="S", kind=STUDY, on=date.fromisoformat(day))
        for n, day in enumerate(days)
    ]
    given = {} if calendar is None else {"holidays": WorkCalendar.parse(calendar)}
    complete = [Event] if whole else []
    return found(of, date.fromisoformat(as_of), [S, *events, *extra], complete, parameters=given)


def test_a_day_off_asks_for_nothing() -> None:
    """Fridays 25 December, 1 and 8 January; the second is a day off."""
    finding = studies("2021-01-09", "FREQ=WEEKLY;BYDAY=FR", DAYS)
    asked = ["2020-12-04", "2020-12-11", "2020-12-18", "2020-12-25", "2021-01-08"]
    assert [str(each) for each in finding.periods] == asked
    assert (str(finding.status), finding.actual, finding.required) == ("breached", 0, 5)
    finding = studies("2021-01-09", "FREQ=WEEKLY;BYDAY=FR", DAYS, *asked)
    assert (str(finding.status), finding.actual, finding.required) == ("satisfied", 5, 5)
    # what was held on a day off is not counted, and makes up for no other day
    finding = studies("2021-01-09", "FREQ=WEEKLY;BYDAY=FR", DAYS, *asked[:4], "2021-01-01")
    assert (str(finding.status), finding.actual, finding.required) == ("breached", 4, 5)


def test_a_period_is_taken_away_where_each_of_its_days_is_off() -> None:
    weeks = ["2020-12-09", "2020-12-16", "2020-12-23", "2020-12-30"]
    finding = studies("2021-01-11", "FREQ=WEEKLY", {"2020": {}, **WEEK_OFF}, *weeks)
    assert (str(finding.status), finding.actual, finding.required) == ("satisfied", 4, 4)
    # one day of the week that is no day off
    almost = {"2020": {}, "2021": {"off": ["2021-01-04/2021-01-09"]}}
    finding = studies("2021-01-11", "FREQ=WEEKLY", almost, *weeks)
    assert (str(finding.status), finding.actual, finding.required) == ("breached", 4, 5)
    # where all that has ended is taken away, nothing is asked, and that is met
    finding = studies("2020-12-02", "FREQ=DAILY", {"2020": {"off": ["2020-12-01"]}})
    assert (str(finding.status), finding.actual, finding.required) == ("satisfied", 0, 0)
    assert str(studies("2020-12-01", "FREQ=DAILY", None).status) == "not_applicable"


ALL = ("2020-12-04", "2020-12-11", "2020-12-18", "2020-12-25", "2021-01-01")


@pytest.mark.parametrize(
    ("calendar", "days", "whole", "status", "needs"),
    [
        # held anyway: whatever the days off are
        (None, ALL, True, "satisfied", ()),
        ({"2020": {}}, ALL, False, "satisfied", ()),
        # missed in a year that is not known
        ({"2020": {}}, ALL[:4], True, "undetermined", ("parameters.holidays.2021",)),
        ({"2020": {}}, ALL[:4], False, "undetermined",
         ("complete.events", "parameters.holidays.2021")),
        ({"2021": {}}, ALL[1:], True, "undetermined", ("parameters.holidays.2020",)),
        (None, ALL[1:4], True, "undetermined",
         ("parameters.holidays.2020", "parameters.holidays.2021")),
        # and for certain in one that is
        ({"2020": {}}, ALL[1:4], True, "breached", ()),
        ({"2020": {}}, ALL[1:4], False, "undetermined",
         ("complete.events", "parameters.holidays.2021")),
        (NEW_YEAR, ALL[:3], True, "undetermined", ("parameters.holidays.2020",)),
        ({}, (), True, "undetermined", ("parameters.holidays.2020", "parameters.holidays.2021")),
    ],
)  # fmt: skip
def test_a_year_that_is_not_known_leaves_open_what_was_missed_in_it(
    calendar: object, days: tuple[str, ...], whole: bool, status: str, needs: tuple[str, ...]
) -> None:
    finding = studies("2021-01-02", "FREQ=WEEKLY;BYDAY=FR", calendar, *days, whole=whole)
    assert (str(finding.status), finding.needs) == (status, needs)


def test_only_what_certainly_lacks_it_is_listed() -> None:
    finding = studies("2021-01-02", "FREQ=WEEKLY;BYDAY=FR", {"2020": {}}, *ALL[1:4])
    assert [str(each) for each in finding.periods] == ["2020-12-04"]


def test_an_event_of_unknown_day_or_kind_may_be_that_of_any_period() -> None:
    undated = Event(id="U", station_id="S", kind=STUDY)
    year: dict[str, object] = {"2020": {}}
    args = "2021-01-02", "FREQ=WEEKLY;BYDAY=FR", year
    finding = studies(*args, *ALL[1:], extra=(undated,))
    assert (str(finding.status), finding.needs) == ("undetermined", ("events/U.on",))
    finding = studies(*args, *ALL[1:4], extra=(undated,))
    assert finding.needs == ("events/U.on", "parameters.holidays.2021")
    unsure = Event(id="U", station_id="S", on=date(2021, 1, 1))
    finding = studies(*args, *ALL[:4], extra=(unsure,))
    assert finding.needs == ("events/U.kind", "parameters.holidays.2021")
    assert str(studies(*args, *ALL[1:4], extra=(unsure,)).status) == "breached"


def test_a_period_over_the_turn_of_the_year_needs_both() -> None:
    """The week from 28 December to 3 January has a working day in 2020 where that is known."""
    weeks = ["2020-12-09", "2020-12-16", "2020-12-23"]
    finding = studies("2021-01-04", "FREQ=WEEKLY", None, *weeks)
    assert finding.needs == ("parameters.holidays.2020", "parameters.holidays.2021")
    assert str(studies("2021-01-04", "FREQ=WEEKLY", {"2020": {}}, *weeks).status) == "breached"
    off = {"2020": {"off": ["2020-12-28/2020-12-31"]}}
    assert studies("2021-01-04", "FREQ=WEEKLY", off, *weeks).needs == ("parameters.holidays.2021",)


def test_how_often_is_needed_first_where_it_is_open() -> None:
    must = held(event, event.kind.is_(STUDY), on=event.on, every=OPEN.without(HOLIDAYS))
    of = directive(says("1/1", **SAYS).demands(station, must.called(**LABELS)), issued=ISSUED)
    finding = found(of, date(2021, 1, 2), [S], [Event])
    assert (str(finding.status), finding.needs) == ("undetermined", ("parameters.open",))
    given = {"open": Recurrence("FREQ=WEEKLY;BYDAY=FR"), "holidays": WorkCalendar.parse(DAYS)}
    finding = found(of, date(2021, 1, 2), [S], [Event], parameters=given)
    assert (str(finding.status), finding.required) == ("breached", 4)


def test_only_a_recurrence_is_less_days_off() -> None:
    assert str(OPEN.without(HOLIDAYS)) == "(open without the days off of holidays)"
    with pytest.raises(RuleTypeError, match="how often something recurs"):
        HOLIDAYS.without(HOLIDAYS)
    with pytest.raises(RuleTypeError, match="which days are off"):
        OPEN.without(OPEN)
    with pytest.raises(RuleTypeError, match="a parameter that is a calendar"):
        OPEN.without(5)  # type: ignore[arg-type]
    with pytest.raises(RuleTypeError, match="from a recurrence once"):
        OPEN.without(HOLIDAYS).without(HOLIDAYS)


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_it_is_said_in_words(lang: pr.Language) -> None:
    every = says("1/1", quote="每周五", **LABELS).sets("often", Recurrence("FREQ=WEEKLY;BYDAY=FR"))
    must = held(event, event.kind.is_(STUDY), on=event.on, every=every.without(HOLIDAYS))
    of = directive(
        says("1/1", **SAYS).demands(station, must.called("学习", "study")), issued=ISSUED
    )
    policy = of.policy(as_of=date(2021, 1, 2), parameters={"holidays": WorkCalendar.parse(DAYS)})
    report = policy.audit(pr.Facts(stations=[S], complete=["events"]))
    told = policy.explain(next(iter(report)), lang=lang)
    wanted = {"zh": "每周五（放假日除外）", "en": "every Friday, days off excepted"}
    assert wanted[lang] in str(told)
