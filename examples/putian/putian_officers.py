"""The rosters of the example: the roles by hand, the rest drawn with a fixed seed. All made up.

A comment says which answers a row is there for, on 1 April 2022.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from typing import Any

from putian_places import (
    BAISHA,
    BANGTOU,
    DAYANG,
    DONGHAI,
    DONGQIAO,
    DUWEI,
    FENGHUANGSHAN,
    HUANGSHI,
    MEIZHOU,
    PINGHAI,
    QIULU,
    WUTANG,
    XIANYOU,
    XINDU,
    Row,
)


def roles(chief: int, deputies: int, instructor: int, clerks: int, **others: int) -> dict[Any, int]:
    """How many officers of a roster have which role; `unknown` is a role that is not known."""
    named = {
        "chief": chief,
        "deputy_chief": deputies,
        "instructor": instructor,
        "clerk": clerks,
    } | others
    return {None if role == "unknown" else role: number for role, number in named.items()}


# As many officers as the station's number, except where a comment on the station says otherwise.
ROSTERS: dict[str, dict[Any, int]] = {
    HUANGSHI: roles(1, 3, 1, 2, community=5, case=10, patrol=9, command=3),
    FENGHUANGSHAN: roles(1, 2, 1, 1, community=11, case=5, patrol=3, command=2),
    DONGQIAO: roles(1, 1, 1, 1, community=5, case=2, command=1),
    DUWEI: roles(1, 1, 1, 1, community=4, other=3),
    BANGTOU: roles(1, 2, 1, 1, community=8, case=5, command=3),
    QIULU: roles(1, 1, 1, 0, community=5),
    DAYANG: roles(1, 1, 0, 1, community=3),
    WUTANG: roles(1, 1, 1, 1, community=5, case=2, command=2, unknown=2),
    DONGHAI: roles(1, 1, 1, 1, community=4, other=1),
    XINDU: roles(1, 2, 1, 1, community=8, case=3, patrol=2),
    PINGHAI: roles(1, 1, 1, 1, community=4, other=2),
    MEIZHOU: roles(1, 1, 1, 1, community=4, case=1, patrol=1),
    BAISHA: roles(1, 1, 1, 1, community=6, case=3, command=1),
}
# How many zones the officers of a zoned station are spread over.
ZONED = {DUWEI: 4, QIULU: 3, DAYANG: 2}

# Where it is not known at which place the officers of the roster work: 2.1/7b undetermined.
WORKPLACES_UNKNOWN = {WUTANG}
# Whose training of 2021 is not on record: 1.3/2b to 1.3/2d undetermined.
TRAINING_UNKNOWN = {DONGHAI}
LEADERS_AND_CLERKS = ("chief", "instructor", "clerk")

# What is laid down of single officers.
OFFICERS: dict[str, Row] = {
    # no zone: 5.1/3b
    f"{DUWEI}-02": {"zone": ""},
    f"{DAYANG}-02": {"zone": ""},
    f"{DAYANG}-06": {"zone": ""},
    # work elsewhere: 2.1/7b
    f"{BANGTOU}-20": {"workplace_id": XIANYOU, "township_secondment": False, "recruit": False},
    f"{BANGTOU}-21": {"workplace_id": XIANYOU, "township_secondment": False},
    # chiefs in the leadership of the township, or not: 5.4/1a satisfied, pending
    f"{HUANGSHI}-01": {"township_leadership": True},
    f"{DUWEI}-01": {"township_leadership": True},
    f"{MEIZHOU}-01": {"township_leadership": True},
    f"{BAISHA}-01": {"township_leadership": True},
    f"{DONGQIAO}-01": {"township_leadership": False},
    f"{XINDU}-01": {"township_leadership": False},
    # training on the boundary, and just below it: 1.3/2
    f"{HUANGSHI}-08": {
        "trainings": {"2021": 1},
        "training_days": {"2021": 15},
        "live_rounds": {"2021": 100},
    },
    f"{HUANGSHI}-09": {
        "trainings": {"2021": 0},
        "training_days": {"2021": 14},
        "live_rounds": {"2021": 99},
    },
    f"{DUWEI}-06": {"training_days": {"2021": 9}},
    f"{BANGTOU}-12": {"live_rounds": {"2021": 60}},
    f"{XINDU}-09": {"trainings": {"2021": 0}, "live_rounds": {"2021": 0}},
    # leave a station and are no recruits, or came to where they are when they left: 2.1/5c
    f"{HUANGSHI}-20": {"recruit": False},
    f"{DONGQIAO}-08": {"recruit": False},
    f"{DONGHAI}-08": {"recruit": False},
    f"{WUTANG}-10": {"station_since": "2022-02-14"},
    # five full years on the island that day, and a day short of it: eligible for exchange, or not
    f"{MEIZHOU}-05": {"station_since": "2017-04-01"},
    f"{MEIZHOU}-06": {"station_since": "2017-04-02"},
}


def rosters(appointments: Iterable[Row]) -> list[Row]:
    """All officers. Of one who is appointed, what the appointment says holds here too."""
    draw = random.Random(52)
    rows = [row for name, number in ROSTERS.items() for row in _roster(name, number, draw)]
    stated = {each["officer_id"]: each for each in appointments}
    for row in rows:
        row.update(OFFICERS.get(row["id"], {}))
        if appointment := stated.get(row["id"]):
            for name in ("education", "birth_date", "service_since"):
                row[name] = appointment.get(name)
    return [{name: row[name] for name in row if row[name] is not None} for row in rows]


def _roster(station_id: str, numbers: Mapping[str | None, int], draw: random.Random) -> list[Row]:
    """The officers of a station, in the order of their roles."""
    rows: list[Row] = []
    for role in (role for role, number in numbers.items() for _ in range(number)):
        born = date(1970, 1, 1) + timedelta(days=draw.randrange(9_000))
        service = born.replace(year=born.year + 22 + draw.randrange(3), month=8, day=1)
        station = min(service + timedelta(days=365 * draw.randrange(1, 12)), date(2021, 6, 30))
        row: Row = {"id": f"{station_id}-{len(rows) + 1:02d}", "station_id": station_id}
        if station_id not in WORKPLACES_UNKNOWN:
            row["workplace_id"] = station_id
        if role is not None:
            row["role"] = role
        row["education"] = draw.choice(("college", "bachelor", "bachelor", "postgraduate"))
        row["birth_date"] = born.isoformat()
        row["service_since"] = service.isoformat()
        row["station_since"] = station.isoformat()
        if station_id in ZONED and role not in LEADERS_AND_CLERKS:
            row["zone"] = f"第{len(rows) % ZONED[station_id] + 1}警务区"
        if role == "community":
            row |= _community(station_id, draw)
        if station_id not in TRAINING_UNKNOWN:
            row |= _training(draw)
        row |= _overtime(draw)
        rows.append(row)
    return rows


def _community(station_id: str, draw: random.Random) -> Row:
    """Whether a community officer is a Party member, and if so on a committee: 5.4/1b."""
    member = draw.random() < 0.7
    sits = draw.random() < 0.6
    if not member:
        return {"party_member": False}
    return {"party_member": True, "community_committee": sits or station_id == BAISHA}


def _training(draw: random.Random) -> Row:
    """A year's training that meets 1.3/2."""
    return {
        "trainings": {"2021": draw.randrange(1, 4)},
        "training_days": {"2021": draw.randrange(15, 26)},
        "live_rounds": {"2021": draw.randrange(100, 161, 10)},
    }


def _overtime(draw: random.Random) -> Row:
    """A year's overtime: 6.3/1 can be judged once `most_days_owed` is set, from 0 to 12."""
    worked = draw.randrange(12, 40)
    return {
        "overtime_days": {"2021": worked},
        "compensatory_days": {"2021": worked - draw.randrange(13)},
    }
