"""The requests of the example, and the exemptions: written by hand, all of it made up.

A comment says which answers a row is there for, on 1 April 2022.
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
    WUTANG,
    XINDU,
    Row,
)

CODE = {"chengxiang": "350302", "hanjiang": "350303", "licheng": "350304", "fuzhou": "350102"}


def case(id: str, station_id: str, /, **stated: object) -> Row:
    """A case that a station may lead, except for what is stated otherwise; None is unknown."""
    usual: Row = {
        "id": id,
        "station_id": station_id,
        "causation_clear": True,
        "simple": True,
        "means": [],
        "place_codes": [CODE["licheng"]],
        "complex": False,
        "category": "ordinary",
        "role": "lead",
    }
    return {name: value for name, value in (usual | stated).items() if value is not None}


CASES: list[Row] = [
    # prohibited, 3.1/2: another city is involved
    case("A1", HUANGSHI, place_codes=[CODE["licheng"], CODE["fuzhou"]], means=["image"]),
    # permitted: video images are no bar
    case("A2", HUANGSHI, means=["image"]),
    # prohibited, 3.1/1
    case("A3", FENGHUANGSHAN, means=["image", "technical"], place_codes=[CODE["chengxiang"]]),
    # prohibited, 3.1/1 and 3.1/2
    case("A4", BAISHA, simple=False, complex=True, category="organised_crime"),
    # permitted: it only assists
    case("A5", BAISHA, simple=False, complex=True, category="terrorism", role="assist"),
    # permitted by exemption from 3.1/2
    case("A6", QIULU, category="mass_economic", place_codes=[CODE["hanjiang"]]),
    # undetermined: the means are not known yet
    case("A7", XINDU, means=None),
    # undetermined: who leads is not known
    case("A8", DONGHAI, category="mass_economic", role=None),
]

STEPS: Row = {
    "report_sections": ["necessity", "feasibility", "operability"],
    "guarantees": ["personnel", "funds", "equipment"],
    "reviewed_by": "public_order",
    "review_level": "county",
    "approved_by": "municipal_committee",
    "reported_on": "2022-02-21",
    "reviewed_on": "2022-03-01",
    "approved_on": "2022-03-14",
}
NO_STEPS: Row = {
    "report_sections": [],
    "guarantees": [],
    "reviewed_by": "none",
    "approved_by": "none",
}


def task(id: str, station_id: str, /, **stated: object) -> Row:
    """A police branch's own duty for officers, except for what is stated otherwise."""
    usual: Row = {
        "id": id,
        "station_id": station_id,
        "issuer": "police_branch",
        "issuer_level": "county",
        "within_statutory_duty": True,
        "branch_duty": True,
        "duty_area": "other",
        "quota": False,
        "assignee": "officer",
    }
    return {name: value for name, value in (usual | stated).items() if value is not None}


TASKS: list[Row] = [
    # permitted: all eight steps; one of a station's main duties (0/1)
    task("B1", FENGHUANGSHAN, **STEPS, duty_area="population", starts_on="2022-04-18"),
    # awaiting the approval
    task(
        "B2",
        HUANGSHI,
        **STEPS | {"approved_by": "none", "approved_on": "none"},
        starts_on="2022-05-16",
    ),
    # awaiting all eight steps
    task("B3", DUWEI, quota=True, branch_duty=False, **NO_STEPS, starts_on="2022-05-01"),
    # prohibited, 3.3/3: it began without the steps
    task("B4", BANGTOU, **NO_STEPS, starts_on="2022-03-01"),
    # prohibited, 3.4/1
    task(
        "B5",
        MEIZHOU,
        issuer="government",
        branch_duty=False,
        within_statutory_duty=False,
        starts_on="2022-04-11",
    ),
    # permitted: auxiliaries are not covered by 3.4/1
    task(
        "B6",
        MEIZHOU,
        issuer="government",
        branch_duty=False,
        within_statutory_duty=False,
        assignee="auxiliary",
        starts_on="2022-04-11",
    ),
    # permitted: a quota, but not a police branch's
    task(
        "B7",
        DONGQIAO,
        issuer="party",
        branch_duty=False,
        duty_area="community_work",
        quota=True,
        starts_on="2022-04-20",
    ),
    # undetermined: steps are missing, and when it starts is not known
    task("B8", WUTANG, **STEPS | {"guarantees": ["personnel", "funds"]}),
    # undetermined: whose duty it is, is not known
    task("B9", PINGHAI, branch_duty=None, duty_area=None, **NO_STEPS, starts_on="2022-04-25"),
]


def departure(id: str, station_id: str, /, **stated: object) -> Row:
    """An officer leaves a station, for another one unless stated otherwise."""
    return {"id": id, "station_id": station_id, "direction": "out", "to_organ": False} | stated


def arrival(id: str, station_id: str, on: str, replaces: str) -> Row:
    """An officer comes to a station, to make good a departure."""
    return {"id": id, "station_id": station_id, "direction": "in", "on": on, "replaces": replaces}


TRANSFERS: list[Row] = [
    # permitted: the replacement comes before the departure
    departure("C1", HUANGSHI, officer_id=f"{HUANGSHI}-20", on="2022-04-20"),
    arrival("C2", HUANGSHI, "2022-03-21", "C1"),
    # permitted on the same day; 2.1/2a satisfied
    departure("C3", BAISHA, officer_id=f"{WUTANG}-10", on="2022-02-14"),
    arrival("C4", BAISHA, "2022-02-14", "C3"),
    # prohibited: the replacement came later; 2.1/2a breached
    departure("C5", XINDU, on="2022-01-10"),
    arrival("C6", XINDU, "2022-01-26", "C5"),
    # awaiting the replacement
    departure("C7", DONGQIAO, officer_id=f"{DONGQIAO}-08", on="2022-05-09"),
    # permitted, and yet it leads to an organ: 2.1/7c breached
    departure(
        "C8", BANGTOU, officer_id=f"{BANGTOU}-20", on="2022-03-15", to_organ=True, exchange=False
    ),
    arrival("C9", BANGTOU, "2022-03-08", "C8"),
    # undetermined: coming or going, or when, is not known; 2.1/2a undetermined
    {"id": "C10", "station_id": QIULU, "on": "2022-02-21"},
    departure("C11", DONGHAI),
    # prohibited: it has left, and nobody came; 2.1/2a, 2.1/2d breached
    departure("C12", FENGHUANGSHAN, on="2022-03-01"),
]


def appointment(id: str, officer_id: str, post: str, /, **stated: object) -> Row:
    """An appointment that 2.2/2 permits, except for what is stated otherwise."""
    usual: Row = {
        "id": id,
        "officer_id": officer_id,
        "post": post,
        "on": "2022-03-07",
        "education": "bachelor",
        "birth_date": "1981-03-12",
        "service_since": "2004-08-01",
    }
    return {name: value for name, value in (usual | stated).items() if value is not None}


APPOINTMENTS: list[Row] = [
    # permitted
    appointment("D1", f"{BAISHA}-01", "chief"),
    # prohibited, 2.2/2a
    appointment("D2", f"{DONGQIAO}-03", "instructor", education="below_college"),
    # permitted: 2.2/2a is not about deputy chiefs
    appointment("D3", f"{DONGQIAO}-02", "deputy_chief", education="below_college"),
    # prohibited, 2.2/2b: a day short of three years
    appointment(
        "D4", f"{MEIZHOU}-01", "chief", birth_date="1994-02-01", service_since="2019-03-08"
    ),
    # prohibited, 2.2/2c: 51 that day
    appointment("D5", f"{DUWEI}-02", "deputy_chief", birth_date="1971-03-07"),
    # permitted by exemption from 2.2/2c
    appointment("D6", f"{DAYANG}-01", "chief", birth_date="1970-01-20"),
    # undetermined
    appointment("D7", f"{PINGHAI}-03", "instructor", birth_date=None),
]


def posting(id: str, /, **stated: object) -> Row:
    """The posting of a recruit who is no specialist, to a station for three years."""
    usual: Row = {
        "id": id,
        "specialist": False,
        "special_post": False,
        "to_station": True,
        "from_date": "2021-08-02",
        "until_date": "2024-08-01",
    }
    return {name: value for name, value in (usual | stated).items() if value is not None}


POSTINGS: list[Row] = [
    # permitted
    posting("E1"),
    # prohibited, 2.1/5b: a day short
    posting("E2", until_date="2024-07-31"),
    # prohibited, 2.1/5a
    posting("E3", to_station=False),
    # permitted: specialists are excepted
    posting("E4", to_station=False, specialist=True),
    # permitted by exemption from 2.1/5a
    posting("E5", to_station=False),
    # undetermined
    posting("E6", to_station=False, special_post=None),
]


def exemption(id: str, cite: str, subject: str, reason: str) -> Row:
    """An exemption that is valid to the end of 2022."""
    return {
        "id": id,
        "cite": cite,
        "subject": subject,
        "authority": "莆田市公安局（示例）",
        "document": f"（示例）批复{id}",
        "reason": reason,
        "valid_from": "2021-07-01",
        "valid_until": "2022-12-31",
    }


EXEMPTIONS: list[Row] = [
    exemption("X1", "3.1/2", "cases/A6", "涉案人员均在本辖区"),
    exemption("X2", "5.1/3", f"stations/{DAYANG}", "两名民警负责全所值班"),
    exemption("X3", "2.2/2", "appointments/D6", "任期届满前留任"),
    exemption("X4", "2.1/5", "postings/E5", "机关急需法律人才"),
]
