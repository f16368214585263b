"""The stations of the example, written by hand: their strength and how they work.

`putian_support.py` has their premises and equipment, `putian_officers.py` their rosters. A comment
says which answers a row is there for, on 1 April 2022. What the directive states of a station is
its name; its district is that of the township of the same name. The rest is made up.
"""

from __future__ import annotations

from putian_places import (
    BAISHA,
    BANGTOU,
    CHENGXIANG,
    DAYANG,
    DONGHAI,
    DONGQIAO,
    DUWEI,
    FENGHUANGSHAN,
    HANJIANG,
    HUANGSHI,
    LICHENG,
    MEIZHOU,
    PINGHAI,
    QIULU,
    SHIBALIEDAO,
    WUTANG,
    XIANYOU,
    XINDU,
    XIUYU,
    Row,
)

FOUR_UNITS = ["community", "case", "patrol", "command"]
THREE_UNITS = ["community", "case", "command"]


def grades(*numbers: int) -> dict[str, int]:
    """The yearly grades from 2019 to 2021."""
    return dict(zip(("2019", "2020", "2021"), numbers, strict=True))


def station(id: str, name: str, bureau_id: str, /, **made_up: object) -> Row:
    """A station: what the directive states of it, then what is made up; None is unknown."""
    row = {"id": id, "name": name, "bureau_id": bureau_id, "terrain": "ordinary"} | made_up
    return {name: value for name, value in row.items() if value is not None}


STATIONS: list[Row] = [
    # 2.1/1b and 2.1/3 breached; 2.1/4 makes up for it; 2.2/1, 5.1/1b, 5.1/4 satisfied; three years
    # of grade two: eligible for third-class merit
    station(
        HUANGSHI,
        "黄石派出所",
        LICHENG,
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
        grades=grades(2, 2, 2),
        notable=True,
    ),
    # 2.1/1b and 2.1/3 satisfied, so 2.1/4 does not apply; no patrol team: 5.1/1b breached;
    # 5.1/4 breached; a leader's post is vacant: 2.2/1 pending; an officer left and nobody came:
    # 2.1/2a, 2.1/2d breached
    station(
        FENGHUANGSHAN,
        "凤凰山派出所",
        CHENGXIANG,
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
        grades=grades(3, 2, 2),
        notable=True,
    ),
    # twelve officers, two teams; 2.1/1b and 2.1/3 satisfied on the boundary
    station(
        DONGQIAO,
        "东峤派出所",
        XIUYU,
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
        grades=grades(3, 3, 2),
        notable=False,
    ),
    # eleven officers: zoned; with auxiliaries it would be two teams; 2.1/1b breached by one;
    # 2.1/3 and 2.1/4 breached; the deputy chief has no zone: 5.1/3b deviates
    station(
        DUWEI,
        "度尾派出所",
        XIANYOU,
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
        grades=grades(4, 3, 3),
    ),
    # the roster has two more than the number, who work elsewhere: 2.1/1c doubtful, 2.1/7b breached;
    # no command room: 5.1/2 breached; population unknown: 2.1/3, 2.1/4 undetermined
    station(
        BANGTOU,
        "榜头派出所",
        XIANYOU,
        setting="township",
        pilot=False,
        officers=19,
        auxiliaries=26,
        community_officers=8,
        villages=33,
        units=["community", "case"],
        duty_mode_in_use="two_teams_one_room",
        grades=grades(3, 2, 3),
    ),
    # zoned, every officer with a zone: 5.1/3a, 5.1/3b satisfied; whether its work is notable is
    # unknown: third-class merit undetermined
    station(
        QIULU,
        "萩芦派出所",
        HANJIANG,
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
        grades=grades(2, 2, 2),
    ),
    # two officers without a zone, by exemption: 5.1/3b exempt; zones unknown: 5.1/3a undetermined
    station(
        DAYANG,
        "大洋派出所",
        HANJIANG,
        setting="rural",
        terrain="mountain",
        pilot=False,
        officers=6,
        auxiliaries=7,
        community_officers=3,
        resident_population=9_500,
        villages=11,
        villages_covered=10,
        duty_mode_in_use="zoned",
        leader_posts=3,
        grades=grades(3, 3, 3),
    ),
    # no numbers, only a roster, two roles unknown: two teams all the same, 2.1/1b undetermined;
    # units unknown: 5.1/2 undetermined
    station(
        WUTANG,
        "梧塘派出所",
        HANJIANG,
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
    # units unknown: 5.1/1b undetermined; someone left before the replacement came: 2.1/2a breached;
    # a year of grade one among those of grade two: a matter of the reading `grade_two_years`
    station(
        XINDU,
        "新度派出所",
        LICHENG,
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
        grades=grades(2, 1, 2),
        notable=True,
    ),
    # pilot or not is unknown: the duty mode, and all that rests on it, is undetermined
    station(
        PINGHAI,
        "平海派出所",
        XIUYU,
        setting="township",
        terrain=None,
        officers=10,
        auxiliaries=14,
        community_officers=4,
        resident_population=18_000,
        villages=13,
        villages_covered=13,
        duty_mode_in_use="zoned",
        leader_posts=3,
    ),
    # a pilot below twelve officers: three teams; grade one, but not innovative: not eligible
    station(
        MEIZHOU,
        "湄洲派出所",
        XIUYU,
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
        grades=grades(1, 1, 1),
        outstanding=True,
        innovative=False,
    ),
    # nothing wrong; eligible for second-class merit
    station(
        BAISHA,
        "白沙派出所",
        HANJIANG,
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
        grades=grades(1, 1, 1),
        outstanding=True,
        innovative=True,
    ),
]
