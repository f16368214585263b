"""What is on record in the example: incidents, awards, selections, attestations. All made up.

A comment says which answers a row is there for, on 1 April 2022.
"""

from __future__ import annotations

from collections.abc import Iterable

from putian_places import (
    BAISHA,
    BANGTOU,
    BUREAU_IDS,
    CHENGXIANG,
    CITY,
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
    STATION_IDS,
    WUTANG,
    XIANYOU,
    XINDU,
    XIUYU,
    Row,
)

PUTIAN = CITY["id"]

INCIDENTS: list[Row] = [
    # a matter for the police: 3.2/1b does not apply
    {
        "id": "J1",
        "station_id": HUANGSHI,
        "kind": "police",
        "received_at": "2022-03-30T21:04",
        "transferred": False,
    },
    # three minutes, and a day: undetermined until `transfer_minutes` is set
    {
        "id": "J2",
        "station_id": QIULU,
        "kind": "non_police",
        "received_at": "2022-03-30T08:15",
        "transferred": True,
        "transferred_at": "2022-03-30T08:18",
    },
    {
        "id": "J3",
        "station_id": BANGTOU,
        "kind": "non_police",
        "received_at": "2022-03-30T16:40",
        "transferred": True,
        "transferred_at": "2022-03-31T16:40",
    },
    # not passed on: breached
    {
        "id": "J4",
        "station_id": DONGHAI,
        "kind": "non_police",
        "received_at": "2022-03-31T10:02",
        "transferred": False,
    },
    # what it is about is not known: where it goes is undetermined
    {"id": "J5", "station_id": HUANGSHI, "received_at": "2022-03-31T11:30"},
]

AWARDS: list[Row] = [
    # one of each kind: 1.4/1a satisfied; 1.4/1b satisfied, and breached by one
    {"id": "P1", "city_id": PUTIAN, "category": "chief", "on": "2021-01-20", "winners": 10},
    {"id": "P2", "city_id": PUTIAN, "category": "case", "on": "2021-01-20", "winners": 10},
    {"id": "P3", "city_id": PUTIAN, "category": "patrol", "on": "2022-01-18", "winners": 11},
    # 1.4/1b undetermined
    {"id": "P4", "city_id": PUTIAN, "category": "other", "on": "2022-01-18"},
]

SELECTIONS: list[Row] = [
    # 6.1/1b satisfied, breached, not applicable, undetermined
    {
        "id": "Q1",
        "bureau_id": CHENGXIANG,
        "on": "2021-11-30",
        "equal_station_candidate": True,
        "chosen_from_station": True,
    },
    {
        "id": "Q2",
        "bureau_id": LICHENG,
        "on": "2021-12-15",
        "equal_station_candidate": True,
        "chosen_from_station": False,
    },
    {
        "id": "Q3",
        "bureau_id": XIANYOU,
        "on": "2022-01-12",
        "equal_station_candidate": False,
        "chosen_from_station": False,
    },
    {"id": "Q4", "bureau_id": HANJIANG, "on": "2022-03-02", "equal_station_candidate": True},
]


def attested(
    cite: str,
    document: str,
    held: Iterable[str],
    denied: Iterable[str] = (),
    on: str = "2022-03-10",
) -> list[Row]:
    """Statements about the same sentence: where what it asks for is there, and where it is not."""
    subjects = dict.fromkeys(held, True) | dict.fromkeys(denied, False)
    return [
        {
            "id": f"{cite.replace('/', '-')}-{subject}",
            "subject_id": subject,
            "cite": cite,
            "holds": holds,
            "on": on,
            "document": f"（示例）{document}",
        }
        for subject, holds in subjects.items()
    ]


STAFFED = [id for id in STATION_IDS if id != SHIBALIEDAO]


def but(ids: Iterable[str], *without: str) -> list[str]:
    """All of these, without some."""
    return [id for id in ids if id not in without]


OF_THE_CITY: list[Row] = [
    # a target, denied: pending
    *attested("1.2/3b", "考核办法", [], [PUTIAN]),
    *attested("1.2/4", "莆田公安政治工作手册", [PUTIAN], on="2020-09-01"),
    *attested("3/1", "派出所工作职责清单", [PUTIAN], on="2019-11-20"),
    *attested("3/2", "业务分工规定", [PUTIAN]),
    *attested("3.2/1a", "平台验收报告", [PUTIAN]),
    *attested("3.2/2a", "指挥服务中心批复", [PUTIAN], on="2020-03-31"),
    # two of the platforms are not part of it yet: breached
    *attested("3.2/2b", "平台验收报告", [], [PUTIAN]),
    # 3.3/1a denied at first: the later statement counts
    {
        "id": "3.3-1a-first",
        "subject_id": PUTIAN,
        "cite": "3.3/1a",
        "holds": False,
        "on": "2019-08-01",
        "document": "（示例）检查记录",
    },
    *attested("3.3/1a", "派出所准入规定", [PUTIAN], on="2019-12-05"),
    *attested("3.3/1b", "检查记录", [PUTIAN]),
    *attested("6/1", "优抚暖警办法", [PUTIAN]),
    *attested("6.3/2a", "检查记录", [], [PUTIAN]),
    # nothing is given for 3.2/4 and 6.1/1a: undetermined
]

OF_BUREAUS: list[Row] = [
    *attested("1.2/3a", "自查报告", BUREAU_IDS),
    *attested("2/1b", "辅警配置办法", [CHENGXIANG, HANJIANG]),
    *attested("2.1/2c", "警力分配方案", [CHENGXIANG, HANJIANG, XIUYU], [XIANYOU]),
    *attested("2.3/1a", "辅警管理办法", [CHENGXIANG, HANJIANG]),
    *attested("2.3/1b", "辅警招录计划", but(BUREAU_IDS, LICHENG), [LICHENG]),
    *attested("4.1/1a", "国民经济和社会发展规划", but(BUREAU_IDS, XIUYU)),
    *attested("4.1/1b", "国土空间总体规划", [CHENGXIANG, HANJIANG], [LICHENG]),
    *attested("4.2/1a", "公共服务设施规划", [CHENGXIANG, HANJIANG], [XIANYOU]),
    *attested("4.3/1f", "车辆分配方案", BUREAU_IDS),
    *attested("6.1/2", "民警交流办法", [XIUYU], [HANJIANG]),
    *attested("6.2/1b", "奖励统计", [CHENGXIANG, HANJIANG, XIANYOU]),
    *attested("6.3/2b", "医院协议", but(BUREAU_IDS, XIANYOU)),
    *attested("6.3/2c", "慰问台账", BUREAU_IDS),
    *attested("6.4/1b", "档案目录", [CHENGXIANG, HANJIANG, LICHENG]),
]

OF_STATIONS: list[Row] = [
    *attested("1.1/2a", "党支部台账", STAFFED),
    *attested("1.1/2c", "学习统计", but(STAFFED, DONGHAI, WUTANG), [DONGHAI]),
    *attested("1.3/1a", "执法检查报告", but(STAFFED, PINGHAI)),
    *attested("1.3/2a", "培训记录", but(STAFFED, BANGTOU, DUWEI, XINDU), [BANGTOU]),
    *attested("4/1", "用房核查表", [HUANGSHI, QIULU, MEIZHOU, BAISHA], [DONGQIAO, BANGTOU]),
    # 4.1/3a applies to the four that 4.1/3 names
    *attested("4.1/3a", "用地批复", [XINDU, PINGHAI], [SHIBALIEDAO], on="2020-10-15"),
    # what is only recommended is pending where it is denied
    *attested("4.2/2", "合署办公协议", [HUANGSHI, BAISHA, MEIZHOU], [DUWEI, DAYANG]),
    *attested("4.3/1e", "装备管理制度", but(STAFFED, DONGHAI, PINGHAI)),
    *attested("4.4/1a", "办案场所验收表", [HUANGSHI, FENGHUANGSHAN, BAISHA], [DONGQIAO, DAYANG]),
    # 4.5/2a applies to stations that take mediators
    *attested("4.5/2a", "调解室台账", [HUANGSHI, XINDU], [BANGTOU]),
    *attested("6.4/1d", "骨干名单", [HUANGSHI, FENGHUANGSHAN, MEIZHOU, BAISHA], [QIULU]),
]

ATTESTATIONS: list[Row] = [*OF_THE_CITY, *OF_BUREAUS, *OF_STATIONS]
