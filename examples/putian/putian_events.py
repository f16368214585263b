"""What recurs at the stations of the example, from April 2021 to March 2022. All of it made up.

The list of events is whole, so a day without one is a gap. Every station has what it is asked for
every week, month and quarter, except for the gaps that are laid down here by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from putian_places import (
    BAISHA,
    BANGTOU,
    BUREAU_IDS,
    CHENGXIANG,
    DONGHAI,
    DUWEI,
    HANJIANG,
    HUANGSHI,
    PINGHAI,
    SHIBALIEDAO,
    STATION_IDS,
    WUTANG,
    XINDU,
    Row,
)

FIRST, LAST = date(2021, 4, 1), date(2022, 3, 31)
TUESDAY, THURSDAY, FRIDAY = 1, 3, 4
DAYS = [FIRST + timedelta(days=number) for number in range((LAST - FIRST).days + 1)]

# Each kind with the days on which it is held: 1.1/2b, 5.2/3a, 1.2/2a, 1.2/2b.
HELD: dict[str, list[date]] = {
    "political_study": [day for day in DAYS if day.weekday() in (TUESDAY, THURSDAY)],
    "incident_notice": [day for day in DAYS if day.weekday() == FRIDAY],
    "thought_analysis": [day for day in DAYS if day.day == 28],
    "risk_screening": [day for day in DAYS if day.day == 20 and day.month % 3 == 0],
}


def _thursdays() -> set[date]:
    return {day for day in DAYS if day.weekday() == THURSDAY}


GAPS: dict[tuple[str, str], set[date]] = {
    # no study in the weeks of the national holiday and the Spring Festival
    (DUWEI, "political_study"): {
        date(2021, 10, 5), date(2021, 10, 7), date(2022, 2, 1), date(2022, 2, 3),
    },
    # never on Thursdays
    (DONGHAI, "political_study"): _thursdays(),
    # two weeks, two months, and a quarter
    (WUTANG, "incident_notice"): {date(2021, 8, 20), date(2022, 1, 28)},
    (BANGTOU, "thought_analysis"): {date(2021, 9, 28), date(2021, 10, 28)},
    (XINDU, "risk_screening"): {date(2021, 9, 20)},
    # a Tuesday is lacking, and an event without a date may fill it: undetermined
    (PINGHAI, "political_study"): {date(2021, 6, 15)},
    # nobody serves there yet: none at all
    (SHIBALIEDAO, "political_study"): set(DAYS),
    (SHIBALIEDAO, "thought_analysis"): set(DAYS),
}  # fmt: skip


def event(station_id: str, kind: str, on: date, /, **stated: object) -> Row:
    """An event; its id says where, what and when."""
    id = f"{station_id}-{kind}-{on:%Y%m%d}"
    return {"id": id, "station_id": station_id, "kind": kind, "on": on.isoformat()} | stated


def _recurring() -> Iterator[Row]:
    for station_id in STATION_IDS:
        for kind, days in HELD.items():
            gaps = GAPS.get((station_id, kind), set())
            yield from (event(station_id, kind, day) for day in days if day not in gaps)
        # of these there is at least one; how often they are due, the text does not say
        if station_id not in (HUANGSHI, BAISHA):
            yield event(station_id, "joint_meeting", date(2021, 5, 20))
            yield event(station_id, "mental_screening", date(2021, 6, 10))


def _of_bureaus() -> Iterator[Row]:
    """Training and contests that a bureau holds for all its stations."""
    for bureau_id in BUREAU_IDS:
        for kind, on in (("rotation_training", "2021-05-12"), ("skills_contest", "2021-09-16")):
            yield {"id": f"{bureau_id}-{kind}", "bureau_id": bureau_id, "kind": kind, "on": on}


OTHERS: list[Row] = [
    {"id": f"{PINGHAI}-political_study-1", "station_id": PINGHAI, "kind": "political_study"},
    # for which the text sets no period: undetermined until one is set, such as
    # `--set joint_meeting_period=quarterly`
    *(
        event(station_id, kind, day)
        for station_id in (HUANGSHI, BAISHA)
        for kind, days in {
            "joint_meeting": [date(2021, month, 15) for month in (5, 8, 11)] + [date(2022, 2, 15)],
            "mental_screening": [date(2021, 6, 10), date(2021, 12, 10)],
            "rotation_training": [date(2021, 7, 5), date(2022, 1, 10)],
            "skills_contest": [date(2021, 9, 15)],
        }.items()
        for day in days
    ),
    # 5.2/4 satisfied, except at DONGHAI and SHIBALIEDAO
    *(
        event(station_id, "safety_action", date(2021, 10, 18))
        for station_id in STATION_IDS
        if station_id not in (DONGHAI, SHIBALIEDAO)
    ),
]

# Major tasks: with mental health teaching, with teaching for another one only, and one to come.
MAJOR_TASKS: list[Row] = [
    {"id": "N1", "bureau_id": CHENGXIANG, "kind": "major_task", "on": "2021-07-01"},
    {"id": "N2", "bureau_id": HANJIANG, "kind": "major_task", "on": "2021-10-01"},
    {"id": "N3", "bureau_id": CHENGXIANG, "kind": "major_task", "on": "2022-05-01"},
    {
        "id": "N4",
        "bureau_id": CHENGXIANG,
        "kind": "mental_teaching",
        "on": "2021-06-25",
        "for_event_id": "N1",
    },
]

EVENTS: list[Row] = [*MAJOR_TASKS, *OTHERS, *_recurring(), *_of_bureaus()]
