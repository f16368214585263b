"""A made-up directive in which most things fall due, and asking what does."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from attrs import evolve

import policy_rules as pr
from policy_rules.calendar import Due, due_between
from policy_rules.facts import Bureau, City, Event, EventKind, Station, Workstation
from policy_rules.language import (
    DEADLINE,
    RECURRENCE,
    Clause,
    Directive,
    Modality,
    Recurrence,
    count,
    each,
    held,
    parameter,
    require,
    subject,
)
from policy_rules.language.rules import Provision
from policy_rules.policy import LoadedDirective, Policy

city = subject(City)
bureau = subject(Bureau)
station = subject(Station)
any_station = each(Station)
workstation = each(Workstation, station_id=station)
event = each(Event, station_id=station)
of_bureau = each(Event, bureau_id=bureau)

END_OF_YEAR = parameter(
    "end_of_year", date(2019, 12, 31), cite="1.1/1", quote="2019年底前", zh="年底", en="end of year"
)
END_OF_OCTOBER = parameter(
    "end_of_october", date(2019, 10, 31), cite="1.1/3", quote="10月底前", zh="10月底", en="October"
)
END_OF_JUNE = parameter(
    "end_of_june", date(2019, 6, 30), cite="1.1/4", quote="6月底前", zh="6月底", en="end of June"
)
STUDY_DAYS = parameter(
    "study_days", Recurrence("FREQ=WEEKLY;BYDAY=TU,TH"),
    cite="1.2/1", quote="每周二、四", zh="学习日", en="days of study",
)  # fmt: skip
ANALYSIS_PERIOD = parameter(
    "analysis_period", Recurrence("FREQ=MONTHLY"),
    cite="1.2/1", quote="每月", zh="分析周期", en="how often there is an analysis",
)  # fmt: skip
SCREENING_PERIOD = parameter(
    "screening_period", Recurrence("FREQ=MONTHLY;INTERVAL=3"),
    cite="1.2/2", quote="每季度", zh="排查周期", en="how often risks are screened for",
)  # fmt: skip
DRILL_PERIOD = parameter(
    "drill_period", type=RECURRENCE,
    cite="1.2/3", quote="定期", zh="演练周期（文件未定）", en="how often there are drills (open)",
)  # fmt: skip
NOTICE_PERIOD = parameter(
    "notice_period", Recurrence("FREQ=WEEKLY"),
    cite="1.2/4", quote="每周", zh="通报周期", en="how often incidents are reported",
)  # fmt: skip

workstations = require(
    station, count(workstation, workstation.opened_on <= DEADLINE) >= 1, due=END_OF_YEAR,
    cite="1.1/1", quote="建成1个警务工作站", zh="建成警务工作站", en="there is a workstation",
)  # fmt: skip
smart_area = require(
    station, station.smart_area_completed_on <= DEADLINE, due=END_OF_YEAR,
    modality=Modality.TARGET,
    cite="1.1/2", quote="力争建成智慧执法区", zh="建成智慧执法区", en="the smart area is complete",
)  # fmt: skip
relaxation = require(
    station, station.relaxation_room, due=END_OF_OCTOBER,
    modality=Modality.IN_PRINCIPLE,
    cite="1.1/3", quote="原则上设减压室", zh="设减压室", en="there is a room to relax in",
)  # fmt: skip
beds = require(
    station, station.beds >= 1, due=END_OF_JUNE, applies=station.pilot,
    cite="1.1/4", quote="备有床位", zh="试点所备有床位", en="a pilot station has beds",
)  # fmt: skip
areas = require(
    city, count(any_station, any_station.smart_enforcement_area) >= 1, due=END_OF_OCTOBER,
    cite="1.1/5", quote="全市建成1个", zh="全市建成1个", en="the city has one",
)  # fmt: skip

study = require(
    station,
    held(
        event, event.kind.is_(EventKind.POLITICAL_STUDY), on=event.on, every=STUDY_DAYS,
        zh="学习", en="study",
    ),
    cite="1.2/1a", quote="每周二、四学习", zh="每周二、四学习", en="study is on set days",
)  # fmt: skip
analysis = require(
    station,
    held(
        event, event.kind.is_(EventKind.THOUGHT_ANALYSIS), on=event.on, every=ANALYSIS_PERIOD,
        zh="分析", en="an analysis",
    ),
    cite="1.2/1b", quote="每月分析", zh="每月分析", en="there is a monthly analysis",
)  # fmt: skip
screening = require(
    bureau,
    held(
        of_bureau, of_bureau.kind.is_(EventKind.RISK_SCREENING), on=of_bureau.on,
        every=SCREENING_PERIOD, zh="排查", en="a screening",
    ),
    modality=Modality.TARGET,
    cite="1.2/2", quote="力争每季度排查", zh="每季度排查", en="risks are screened for quarterly",
)  # fmt: skip
drill = require(
    station,
    held(
        event, event.kind.is_(EventKind.ROTATION_TRAINING), on=event.on, every=DRILL_PERIOD,
        zh="演练", en="a drill",
    ),
    cite="1.2/3", quote="定期演练", zh="定期演练", en="there are regular drills",
)  # fmt: skip
notice = require(
    station,
    held(
        event, event.kind.is_(EventKind.INCIDENT_NOTICE), on=event.on, every=NOTICE_PERIOD,
        zh="通报", en="a notice",
    ),
    applies=station.pilot, modality=Modality.IN_PRINCIPLE,
    cite="1.2/4", quote="原则上每周通报", zh="试点所每周通报", en="a pilot station reports weekly",
)  # fmt: skip

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
