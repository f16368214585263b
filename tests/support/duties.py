"""A made-up directive in which most things fall due, and asking what does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve

import policy_rules as pr
from policy_rules.calendar import Due, due_between
from policy_rules.language import (
    DEADLINE,
    Clause,
    Directive,
    Recurrence,
    count,
    each,
    held,
    subject,
)
from policy_rules.language.rules import Provision
from policy_rules.police import Bureau, City, Event, EventKind, Station, Workstation
from policy_rules.policy import LoadedDirective, Policy
from tests.support.writing import at

city = subject(City)
bureau = subject(Bureau)
station = subject(Station)
any_station = each(Station)
workstation = each(Workstation, station_id=station)
event = each(Event, station_id=station)
of_bureau = each(Event, bureau_id=bureau)

END_OF_YEAR = at("1.1/1")("2019年底前")("年底", "end of year").sets(
    "end_of_year", date(2019, 12, 31)
)
END_OF_OCTOBER = at("1.1/3")("10月底前")("10月底", "October").sets(
    "end_of_october", date(2019, 10, 31)
)
END_OF_JUNE = at("1.1/4")("6月底前")("6月底", "end of June").sets("end_of_june", date(2019, 6, 30))
STUDY_DAYS = at("1.2/1")("每周二、四")("学习日", "days of study").sets(
    "study_days", Recurrence("FREQ=WEEKLY;BYDAY=TU,TH")
)
ANALYSIS_PERIOD = at("1.2/1")("每月")("分析周期", "how often there is an analysis").sets(
    "analysis_period", Recurrence("FREQ=MONTHLY")
)
SCREENING_PERIOD = at("1.2/2")("每季度")("排查周期", "how often risks are screened for").sets(
    "screening_period", Recurrence("FREQ=MONTHLY;INTERVAL=3")
)
DRILL_PERIOD = at("1.2/3")("定期")(
    "演练周期（文件未定）", "how often there are drills (open)"
).leaves_open("drill_period", Recurrence)
NOTICE_PERIOD = at("1.2/4")("每周")("通报周期", "how often incidents are reported").sets(
    "notice_period", Recurrence("FREQ=WEEKLY")
)

workstations = at("1.1/1")("建成1个警务工作站")("建成警务工作站", "there is a workstation").demands(
    station, count(workstation, workstation.opened_on <= DEADLINE) >= 1, due=END_OF_YEAR
)
smart_area = (
    at("1.1/2")
    .target("力争建成智慧执法区")("建成智慧执法区", "the smart area is complete")
    .demands(station, station.smart_area_completed_on <= DEADLINE, due=END_OF_YEAR)
)
relaxation = (
    at("1.1/3")
    .in_principle("原则上设减压室")("设减压室", "there is a room to relax in")
    .demands(station, station.relaxation_room, due=END_OF_OCTOBER)
)
beds = at("1.1/4")("备有床位")("试点所备有床位", "a pilot station has beds").demands(
    station, station.beds >= 1, applies=station.pilot, due=END_OF_JUNE
)
areas = at("1.1/5")("全市建成1个")("全市建成1个", "the city has one").demands(
    city, count(any_station, any_station.smart_enforcement_area) >= 1, due=END_OF_OCTOBER
)

study = at("1.2/1a")("每周二、四学习")("每周二、四学习", "study is on set days").demands(
    station,
    held(event, event.kind.is_(EventKind.POLITICAL_STUDY), on=event.on, every=STUDY_DAYS).called(
        "学习", "study"
    ),
)
analysis = at("1.2/1b")("每月分析")("每月分析", "there is a monthly analysis").demands(
    station,
    held(
        event, event.kind.is_(EventKind.THOUGHT_ANALYSIS), on=event.on, every=ANALYSIS_PERIOD
    ).called("分析", "an analysis"),
)
screening = (
    at("1.2/2")
    .target("力争每季度排查")("每季度排查", "risks are screened for quarterly")
    .demands(
        bureau,
        held(
            of_bureau,
            of_bureau.kind.is_(EventKind.RISK_SCREENING),
            on=of_bureau.on,
            every=SCREENING_PERIOD,
        ).called("排查", "a screening"),
    )
)
drill = at("1.2/3")("定期演练")("定期演练", "there are regular drills").demands(
    station,
    held(
        event, event.kind.is_(EventKind.ROTATION_TRAINING), on=event.on, every=DRILL_PERIOD
    ).called("演练", "a drill"),
)
notice = (
    at("1.2/4")
    .in_principle("原则上每周通报")("试点所每周通报", "a pilot station reports weekly")
    .demands(
        station,
        held(
            event, event.kind.is_(EventKind.INCIDENT_NOTICE), on=event.on, every=NOTICE_PERIOD
        ).called("通报", "a notice"),
        applies=station.pilot,
    )
)

DIRECTIVE = Directive(
    id="duties",
    number="试〔2019〕1号",
    zh="试行规定",
    en="A made-up directive",
    issued=date(2019, 7, 16),
    sentences={f"{heading}/{n}": "" for heading in ("1.1", "1.2") for n in range(1, 6)},
    clauses=[
        Clause(
            heading="1.1", zh="建设", en="Building",
            provisions=[workstations, smart_area, relaxation, beds, areas],
        ),
        Clause(
            heading="1.2", zh="活动", en="Activities",
            provisions=[study, analysis, screening, drill, notice],
        ),
    ],
)  # fmt: skip

STATION = Station(id="S1", name="甲所", bureau_id="B1", pilot=True)
STUDY, ANALYSIS = EventKind.POLITICAL_STUDY, EventKind.THOUGHT_ANALYSIS
NOTICE, SCREENING = EventKind.INCIDENT_NOTICE, EventKind.RISK_SCREENING


def day(text: str) -> date:
    """The day in the year 2019 that is written as month and day, or another one in full."""
    return date.fromisoformat(text if len(text) > 5 else f"2019-{text}")


def policy(as_of: str = "09-01", **choices: Any) -> Policy:
    """The made-up directive as of a day."""
    return pr.load(DIRECTIVE).policy(as_of=day(as_of), **choices)


def made_of(*provisions: Provision) -> LoadedDirective:
    """The same directive with other provisions, under heading 1.2."""
    clause = Clause(heading="1.2", zh="一", en="one", provisions=provisions)
    return pr.load(evolve(DIRECTIVE, clauses=[clause]))


def events(kind: EventKind | None, *days: str, **fields: Any) -> list[Event]:
    """Events of a kind at the station, one on each of the days."""
    where = {"station_id": "S1"} | fields
    return [Event(id=f"{kind}-{each}", kind=kind, on=day(each), **where) for each in days]


def around(
    *happened: Event, station: Station = STATION, complete: Iterable[str] = ("events",), **more: Any
) -> pr.Facts:
    """The station with what happened there."""
    return pr.Facts(stations=[station], events=happened, complete=complete, **more)


def between(since: str, until: str, facts: pr.Facts, as_of: str = "09-01", **of: Any) -> list[Due]:
    """What falls due between two days."""
    return list(due_between(policy(as_of, **of), facts, day(since), day(until)))


def cited(dues: Iterable[Due], cite: str) -> list[Due]:
    """What falls due by one rule."""
    return [due for due in dues if str(due.cite) == cite]


def shown(dues: Iterable[Due], cite: str) -> dict[str, str]:
    """The status of each period of one rule."""
    return {str(due.period): str(due.status) for due in cited(dues, cite)}
