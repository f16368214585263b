"""Part four of the example: premises, equipment, smart areas, workstations and mediators.

Real is only which stations had no premises, or dangerous ones, when the directive was issued (4.1/2
and 4.1/3): a station that has not moved since is still as the directive says. All dates of moving
and building, and all numbers, are made up. A comment says which answers a row is there for, on
1 April 2022.
"""

from __future__ import annotations

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
    SHIBALIEDAO,
    WUTANG,
    XINDU,
    Row,
)


def moved(on: str | None) -> Row:
    """Premises that have become adequate, and since when."""
    return {"premises": "adequate"} | ({} if on is None else {"relocated_on": on})


NO_PREMISES: Row = {"premises": "none"}
DANGEROUS: Row = {"premises": "dangerous"}
NO_SMART_AREA: Row = {"smart_enforcement_area": False}


def smart_area(on: str) -> Row:
    """A smart law-enforcement area that is finished."""
    return {"smart_enforcement_area": True, "smart_area_completed_on": on}


def equipment(sets: int, terminals: int, cameras: int, protective: str, vehicles: str) -> Row:
    """What a station has; `protective` is “held/needed”, `vehicles` “fit/all”."""
    held, needed = map(int, protective.split("/"))
    fit, all_vehicles = map(int, vehicles.split("/"))
    return {
        "equipment_sets": sets,
        "mobile_terminals": terminals,
        "body_cameras": cameras,
        "protective_needed": needed,
        "protective_held": held,
        "vehicles": all_vehicles,
        "vehicles_fit": fit,
    }


# Four of the five smart areas that 4.4/2a asks for were finished in time, the fifth late: breached,
# met late. Of all stations (4.4/2b), some finished in time, one late, the rest missed the date.
SUPPORT: dict[str, Row] = {
    # 4.1/2c satisfied; 4.1/5a satisfied on the boundary; four cameras short: 4.3/1c breached;
    # mediators as listed: 4.5/2b, 4.5/2e satisfied
    HUANGSHI: moved("2019-12-20")
    | smart_area("2019-09-25")
    | equipment(34, 34, 30, "34/34", "9/9")
    | {"beds": 34, "mediation_station": True, "mediators": 5}
    | {"can_provide_relaxation_room": True, "relaxation_room": True},
    # 4.1/2c breached, met late; beds are short; one mediator fewer than given: 4.5/2e doubtful
    FENGHUANGSHAN: moved("2020-05-18")
    | smart_area("2019-10-31")
    | equipment(26, 26, 26, "24/30", "6/7")
    | {"beds": 20, "mediation_station": True, "mediators": 5}
    | {"can_provide_relaxation_room": True, "relaxation_room": False},
    # still without premises: 4.1/2c breached
    DONGQIAO: NO_PREMISES
    | smart_area("2021-11-11")
    | equipment(12, 11, 12, "12/12", "3/3")
    | {"rooms": 12, "mediation_station": False},
    # moved, the date is not known: in time
    DUWEI: moved(None)
    | NO_SMART_AREA
    | equipment(11, 11, 11, "8/11", "2/3")
    | {"rooms": 8, "mediation_station": False, "can_provide_relaxation_room": False},
    # still in dangerous premises: 4.1/2c breached; the smart area came after the date: missed, met
    # late; two mediators: 4.5/2b breached
    BANGTOU: DANGEROUS
    | smart_area("2022-01-20")
    | equipment(19, 15, 17, "19/19", "4/5")
    | {"rooms": 21, "mediation_station": True},
    # one workstation by a number without a date, none on the whole list: 4.2/5 breached, doubtful
    QIULU: moved("2019-11-30")
    | smart_area("2021-12-31")
    | equipment(8, 8, 8, "8/8", "2/2")
    | {"rooms": 8, "workstations": 1, "mediation_station": False}
    | {"can_provide_relaxation_room": False},
    # 4.1/2c breached, met late; rooms short by one
    DAYANG: moved("2020-01-15")
    | NO_SMART_AREA
    | equipment(6, 6, 5, "6/6", "2/2")
    | {"rooms": 5, "mediation_station": False, "can_provide_relaxation_room": False},
    # premises unknown: 4.1/2c undetermined; so is all of 4.5/2
    WUTANG: smart_area("2021-06-30") | {"rooms": 15, "body_cameras": 15},
    # 4.1/3b missed
    DONGHAI: NO_PREMISES | NO_SMART_AREA | {"mediation_station": False},
    # 4.1/3b missed; nobody needs a room or equipment
    SHIBALIEDAO: NO_PREMISES
    | NO_SMART_AREA
    | equipment(0, 0, 0, "0/0", "1/1")
    | {"rooms": 0, "mediation_station": False, "can_provide_relaxation_room": False},
    # 4.1/3b satisfied; the fifth smart area; three mediators, as many as 4.5/2b asks
    XINDU: moved("2021-10-08")
    | smart_area("2019-12-18")
    | equipment(18, 18, 18, "18/18", "5/5")
    | {"rooms": 18, "mediation_station": True, "mediators": 3}
    | {"can_provide_relaxation_room": True, "relaxation_room": True},
    # 4.1/3b missed, met late
    PINGHAI: moved("2022-02-25")
    | NO_SMART_AREA
    | equipment(10, 9, 10, "10/10", "3/3")
    | {"rooms": 10, "mediation_station": False},
    # the directive states nothing of its premises
    MEIZHOU: moved(None)
    | smart_area("2019-10-30")
    | equipment(10, 10, 10, "12/10", "4/4")
    | {"rooms": 12, "mediation_station": False}
    | {"can_provide_relaxation_room": True, "relaxation_room": True},
    # nothing wrong; the directive states nothing of its premises
    BAISHA: moved(None)
    | smart_area("2019-10-12")
    | equipment(14, 14, 14, "14/14", "4/4")
    | {"rooms": 14, "mediation_station": False}
    | {"can_provide_relaxation_room": True, "relaxation_room": True},
}

ALL_FUNCTIONS = [
    "prevention",
    "investigation",
    "information",
    "analysis",
    "mediation",
    "service_desk",
    "response",
]
NO_DESK = [each for each in ALL_FUNCTIONS if each != "service_desk"]


def workstations(station_id: str, *opened: Row) -> list[Row]:
    """The workstations of a station: standardised, and open by day, unless stated otherwise."""
    usual: Row = {"functions": ALL_FUNCTIONS, "open_24h": False}
    return [
        {"id": f"{station_id}-W{number}", "station_id": station_id}
        | {name: value for name, value in (usual | stated).items() if value is not None}
        for number, stated in enumerate(opened, 1)
    ]


WORKSTATIONS: list[Row] = [
    # four standardised ones in time: 4.2/3 satisfied
    *workstations(
        HUANGSHI,
        {"opened_on": "2019-09-20", "open_24h": True},
        {"opened_on": "2019-10-31", "open_24h": True},
        {"opened_on": "2019-12-05"},
        {"opened_on": "2019-12-31"},
        {"opened_on": "2021-05-10", "functions": NO_DESK},
    ),
    # the fourth standardised one came late: 4.2/3 breached, met late
    *workstations(
        FENGHUANGSHAN,
        {"opened_on": "2019-10-08"},
        {"opened_on": "2019-11-20", "functions": NO_DESK},
        {"opened_on": "2019-12-16"},
        {"opened_on": "2019-12-30"},
        {"opened_on": "2020-06-18", "open_24h": True},
    ),
    # the second one came late: 4.2/4 breached, met late
    *workstations(XINDU, {"opened_on": "2020-08-14"}, {"opened_on": "2021-03-22"}),
    # 4.2/4 satisfied on the last day
    *workstations(
        MEIZHOU, {"opened_on": "2020-05-01", "open_24h": True}, {"opened_on": "2020-12-31"}
    ),
    # 4.2/5 satisfied, by whatever functions it has
    *workstations(DONGQIAO, {"opened_on": "2021-07-01"}),
    *workstations(DUWEI, {"opened_on": "2021-12-31", "functions": ["service_desk", "response"]}),
    *workstations(BANGTOU, {"opened_on": "2021-09-09", "functions": None}),
    *workstations(PINGHAI, {"opened_on": "2021-04-19", "open_24h": None}),
    *workstations(BAISHA, {"opened_on": "2020-11-02", "open_24h": True}),
    # 4.2/5 breached, met late; undetermined; DONGHAI and SHIBALIEDAO have none: breached
    *workstations(DAYANG, {"opened_on": "2022-03-01"}),
    *workstations(WUTANG, {"opened_on": None}),
]


def mediator(id: str, station_id: str, stipend: int | None, background: str | None, /) -> Row:
    """A mediator hired by a station, or trained by a law firm where there is no background."""
    row: Row = {"id": id, "station_id": station_id}
    if stipend is not None:
        row["monthly_stipend"] = stipend
    if background is None:
        return row | {"source": "law_firm"}
    return row | {"source": "hired", "background": background}


MEDIATORS: list[Row] = [
    # 4.5/2c on the ends of its band, outside it, and where nothing is paid; all of them 4.5/2d
    mediator("M1", HUANGSHI, 800, "legal_worker"),
    mediator("M2", HUANGSHI, 1000, "political_legal_retiree"),
    mediator("M3", HUANGSHI, 900, "township_retiree"),
    mediator("M4", HUANGSHI, 0, None),
    mediator("M5", HUANGSHI, 1200, None),
    # 4.5/2d breached; stipend unknown
    mediator("M6", FENGHUANGSHAN, 1000, "other"),
    mediator("M7", FENGHUANGSHAN, 750, "legal_worker"),
    mediator("M8", FENGHUANGSHAN, None, "township_retiree"),
    mediator("M9", FENGHUANGSHAN, 900, None),
    mediator("M10", BANGTOU, 850, "township_retiree"),
    # how the mediator came is not known: 4.5/2d undetermined
    {"id": "M11", "station_id": BANGTOU, "monthly_stipend": 850},
    mediator("M12", XINDU, 800, None),
    mediator("M13", XINDU, 800, "legal_worker"),
    mediator("M14", XINDU, 800, "political_legal_retiree"),
]
