"""The stations of the example, written by hand; `make_facts.py` draws the rosters.

A comment says which answers a row is there for, on 1 September 2019. The stations follow the order
of the directive: 4.1/2, 4.1/3, 1.4/2 and 1.4/1.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

AS_OF = "2019-09-01"
# Made up: that these fourteen are all stations, and the rosters and transfers below all there are.
COMPLETE = ["stations", "officers", "transfers"]

CITY: Row = {"id": "350300", "name": "莆田市"}

CHENGXIANG, HANJIANG, LICHENG, XIUYU, XIANYOU = (
    f"{division}000000" for division in ("350302", "350303", "350304", "350305", "350322")
)
# Names and places are real, the numbers made up.
BUREAUS: list[Row] = [
    # 2.1/1a satisfied; 2.1/6 undetermined until `secondment_number` is set
    {"id": CHENGXIANG, "name": "莆田市公安局城厢分局", "officers": 80, "seconded": {"2018": 3}},
    # 2.1/1a satisfied on the boundary
    {"id": HANJIANG, "name": "莆田市公安局涵江分局", "officers": 107},
    # 2.1/1a breached by one; 2.1/6 breached
    {"id": LICHENG, "name": "莆田市公安局荔城分局", "officers": 131, "seconded": {"2018": 0}},
    # 2.1/1a undetermined
    {"id": XIUYU, "name": "莆田市公安局秀屿分局"},
    # 2.1/1a breached
    {"id": XIANYOU, "name": "仙游县公安局", "officers": 95},
]

FOUR_UNITS = ["community", "case", "patrol", "command"]
THREE_UNITS = ["community", "case", "command"]

HUANGSHI = "350304540000"
FENGHUANGSHAN = "350302540000"
DONGQIAO = "350305540000"
DUWEI = "350322540000"
BANGTOU = "350322550000"
QIULU = "350303540000"
DAYANG = "350303550000"
WUTANG = "350303560000"
DONGHAI = "350302550000"
SHIBALIEDAO = "350305550000"
XINDU = "350304550000"
PINGHAI = "350305560000"
MEIZHOU = "350305570000"
BAISHA = "350303570000"


def station(id: str, name: str, bureau: str, premises: str | None, /, **made_up: object) -> Row:
    """A station: what the directive states of it, then what is made up."""
    stated: Row = {"id": id, "name": name, "bureau_id": bureau}
    if premises is not None:
        stated["premises"] = premises
    return stated | made_up


STATIONS: list[Row] = [
    # 2.1/1b and 2.1/3 breached; 2.1/4 makes up for it; 2.2/1, 5.1/1, 5.1/4 satisfied
    station(
        HUANGSHI,
        "黄石派出所",
        LICHENG,
        "none",
        setting="urban",
        pilot=True,
        officers=34,
        auxiliaries=40,
        community_officers=5,
        resident_population=61_000,
        villages=28,
        villages_covered=28,
        units=FOUR_UNITS,
        duty_mode_in_use="three_teams_one_room",
        leader_posts=5,
    ),
    # 2.1/1b and 2.1/3 satisfied, so 2.1/4 does not apply; no patrol team: 5.1/1 breached;
    # 5.1/4 breached; a leader's post is vacant: 2.2/1 pending
    station(
        FENGHUANGSHAN,
        "凤凰山派出所",
        CHENGXIANG,
        "none",
        setting="urban",
        pilot=True,
        officers=26,
        auxiliaries=35,
        community_officers=11,
        resident_population=52_000,
        villages=9,
        villages_covered=9,
        units=THREE_UNITS,
        duty_mode_in_use="two_teams_one_room",
        leader_posts=5,
    ),
    # twelve officers, two teams; 2.1/1b and 2.1/3 satisfied on the boundary
    station(
        DONGQIAO,
        "东峤派出所",
        XIUYU,
        "none",
        setting="township",
        pilot=False,
        officers=12,
        auxiliaries=20,
        community_officers=5,
        resident_population=25_000,
        villages=19,
        villages_covered=12,
        units=THREE_UNITS,
        duty_mode_in_use="two_teams_one_room",
        leader_posts=3,
    ),
    # eleven officers: zoned; with auxiliaries it would be two teams; 2.1/1b breached by one;
    # 2.1/3 and 2.1/4 breached; the deputy chief has no zone: 5.1/3b deviates
    station(
        DUWEI,
        "度尾派出所",
        XIANYOU,
        "dangerous",
        setting="township",
        pilot=False,
        officers=11,
        auxiliaries=18,
        community_officers=4,
        resident_population=38_000,
        villages=14,
        villages_covered=9,
        zones=4,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # the roster has two more than the number, and they work elsewhere: 2.1/7a, 2.1/7b breached;
    # no command room: 5.1/2 breached; population unknown: 2.1/3, 2.1/4 undetermined
    station(
        BANGTOU,
        "榜头派出所",
        XIANYOU,
        "dangerous",
        setting="township",
        pilot=False,
        officers=19,
        auxiliaries=26,
        community_officers=8,
        villages=33,
        units=["community", "case"],
        duty_mode_in_use="two_teams_one_room",
    ),
    # zoned, every officer with a zone: 5.1/3a, 5.1/3b satisfied
    station(
        QIULU,
        "萩芦派出所",
        HANJIANG,
        "dangerous",
        setting="rural",
        pilot=False,
        officers=8,
        auxiliaries=9,
        community_officers=5,
        resident_population=21_000,
        villages=16,
        villages_covered=16,
        zones=3,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # two officers without a zone, by exemption: 5.1/3b exempt; zones unknown: 5.1/3a undetermined
    station(
        DAYANG,
        "大洋派出所",
        HANJIANG,
        "dangerous",
        setting="rural",
        pilot=False,
        officers=6,
        auxiliaries=7,
        community_officers=3,
        resident_population=9_500,
        villages=11,
        villages_covered=10,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # no numbers, only a roster, two roles unknown: two teams all the same, 2.1/1b undetermined;
    # units unknown: 5.1/2 undetermined
    station(
        WUTANG,
        "梧塘派出所",
        HANJIANG,
        "dangerous",
        setting="township",
        pilot=False,
        auxiliaries=24,
        resident_population=30_000,
        villages=14,
        villages_covered=13,
        duty_mode_in_use="two_teams_one_room",
        leader_posts=3,
    ),
    # no zones: 5.1/3a breached; officers' zones unknown: 5.1/3b undetermined; mode in use unknown
    station(
        DONGHAI,
        "东海派出所",
        CHENGXIANG,
        "none",
        setting="township",
        pilot=False,
        officers=9,
        auxiliaries=12,
        community_officers=4,
        resident_population=20_001,
        villages=17,
        villages_covered=17,
        zones=0,
        leader_posts=3,
    ),
    # nobody yet: 2.1/1b does not apply, 2.1/3 breached, 2.1/4 undetermined
    station(
        SHIBALIEDAO,
        "十八列岛边防派出所",
        XIUYU,
        "none",
        setting="rural",
        terrain="island",
        pilot=False,
        officers=0,
        auxiliaries=4,
        community_officers=0,
        resident_population=3_000,
        zones=1,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # units unknown: 5.1/1 undetermined; someone left before the replacement came: 2.1/2a breached
    station(
        XINDU,
        "新度派出所",
        LICHENG,
        "dangerous",
        setting="township",
        pilot=True,
        officers=18,
        auxiliaries=22,
        community_officers=8,
        resident_population=39_000,
        villages=21,
        villages_covered=15,
        duty_mode_in_use="three_teams_one_room",
        leader_posts=4,
    ),
    # pilot or not is unknown: the duty mode, and all that rests on it, is undetermined
    station(
        PINGHAI,
        "平海派出所",
        XIUYU,
        "dangerous",
        setting="township",
        officers=10,
        auxiliaries=14,
        community_officers=4,
        resident_population=18_000,
        villages=13,
        villages_covered=13,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # a pilot below twelve officers: three teams
    station(
        MEIZHOU,
        "湄洲派出所",
        XIUYU,
        None,
        setting="township",
        terrain="island",
        pilot=True,
        officers=10,
        auxiliaries=30,
        community_officers=4,
        resident_population=20_000,
        villages=11,
        villages_covered=11,
        units=FOUR_UNITS,
        duty_mode_in_use="three_teams_one_room",
        leader_posts=3,
    ),
    # nothing wrong
    station(
        BAISHA,
        "白沙派出所",
        HANJIANG,
        None,
        setting="rural",
        pilot=False,
        officers=14,
        auxiliaries=12,
        community_officers=6,
        resident_population=17_000,
        villages=15,
        villages_covered=15,
        units=THREE_UNITS,
        duty_mode_in_use="two_teams_one_room",
        leader_posts=3,
    ),
]


def roles(chief: int, deputies: int, instructor: int, clerks: int, **others: int) -> dict[Any, int]:
    """How many officers of a roster have which role; `unknown` is a role that is not known."""
    named = {
        "chief": chief,
        "deputy_chief": deputies,
        "instructor": instructor,
        "clerk": clerks,
    } | others
    return {None if role == "unknown" else role: number for role, number in named.items()}


# All made up. Each has as many officers as the station's number, except where a comment above says.
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

# What is laid down of single officers.
OFFICERS: dict[str, Row] = {
    f"{DUWEI}-02": {"zone": ""},
    f"{DAYANG}-02": {"zone": ""},
    f"{DAYANG}-06": {"zone": ""},
    f"{BANGTOU}-20": {"workplace_id": XIANYOU},
    f"{BANGTOU}-21": {"workplace_id": XIANYOU},
}
