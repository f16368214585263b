"""The city of the example, its bureaus, townships and committees, and the ids of the stations.

Names and districts are real; ids of stations and committees, and every number, are made up. A
comment says which answers a row is there for, on 1 April 2022.
"""

from __future__ import annotations

from typing import Any

Row = dict[str, Any]

AS_OF = "2022-04-01"
# Made up: that these fourteen are all stations, and that the other lists named are whole.
COMPLETE = [
    "stations",
    "officers",
    "transfers",
    "workstations",
    "mediators",
    "events",
    "awards",
]

CITY: Row = {"id": "350300", "name": "莆田市"}

CHENGXIANG, HANJIANG, LICHENG, XIUYU, XIANYOU = (
    f"{division}000000" for division in ("350302", "350303", "350304", "350305", "350322")
)

# In the order of the directive: 4.1/2, 4.1/3, 1.4/2 and 1.4/1.
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
BUREAU_IDS = [CHENGXIANG, HANJIANG, LICHENG, XIUYU, XIANYOU]
STATION_IDS = [
    HUANGSHI, FENGHUANGSHAN, DONGQIAO, DUWEI, BANGTOU, QIULU, DAYANG, WUTANG,
    DONGHAI, SHIBALIEDAO, XINDU, PINGHAI, MEIZHOU, BAISHA,
]  # fmt: skip


def until_2021(*numbers: int) -> dict[str, int]:
    """Numbers by calendar year, the last of them for 2021."""
    return {str(2022 - len(numbers) + place): number for place, number in enumerate(numbers)}


BUREAUS: list[Row] = [
    # satisfied: 2/1a, 2.1/1a, 5.4/1c, 6.2/1a; 2.1/6 undetermined until `secondment_number` is set
    {
        "id": CHENGXIANG,
        "name": "莆田市公安局城厢分局",
        "level": "county",
        "officers": 80,
        "seconded": until_2021(3),
        "organ_officers": until_2021(47, 45),
        "station_assessed": until_2021(35),
        "station_excellent": until_2021(7),
        "organ_assessed": until_2021(45),
        "organ_excellent": until_2021(6),
        "township_secondments": until_2021(2),
    },
    # on the boundary: 2/1a and 2.1/1a satisfied, 6.2/1a breached (15% at both)
    {
        "id": HANJIANG,
        "name": "莆田市公安局涵江分局",
        "level": "county",
        "officers": 107,
        "seconded": until_2021(2),
        "organ_officers": until_2021(64, 64),
        "station_assessed": until_2021(40),
        "station_excellent": until_2021(6),
        "organ_assessed": until_2021(60),
        "organ_excellent": until_2021(9),
        "township_secondments": until_2021(1),
    },
    # 2.1/1a breached by one; 2.1/6 breached; 2/1a and 5.4/1c pending; 6.2/1a undetermined
    {
        "id": LICHENG,
        "name": "莆田市公安局荔城分局",
        "level": "county",
        "officers": 131,
        "seconded": until_2021(0),
        "organ_officers": until_2021(75, 79),
        "station_assessed": until_2021(52),
        "station_excellent": until_2021(9),
        "township_secondments": until_2021(0),
    },
    # 2/1a, 2.1/1a, 5.4/1c undetermined; no station officer was assessed: 6.2/1a does not apply
    {
        "id": XIUYU,
        "name": "莆田市公安局秀屿分局",
        "level": "county",
        "station_assessed": until_2021(0),
        "station_excellent": until_2021(0),
        "organ_assessed": until_2021(51),
        "organ_excellent": until_2021(8),
    },
    # 2.1/1a breached, 2/1a satisfied, 2.1/6, 5.4/1c and 6.2/1a undetermined
    {
        "id": XIANYOU,
        "name": "仙游县公安局",
        "level": "county",
        "officers": 95,
        "organ_officers": until_2021(66, 65),
    },
]

# Around the band of 5.2/1: below, on both of its ends, above, unknown.
TOWNSHIPS: list[Row] = [
    {"id": "350304101", "name": "黄石镇", "bureau_id": LICHENG, "patrol_members": 20},
    {"id": "350302002", "name": "凤凰山街道", "bureau_id": CHENGXIANG, "patrol_members": 50},
    {"id": "350305104", "name": "东峤镇", "bureau_id": XIUYU, "patrol_members": 19},
    {"id": "350322101", "name": "榜头镇", "bureau_id": XIANYOU, "patrol_members": 51},
    {"id": "350303104", "name": "梧塘镇", "bureau_id": HANJIANG, "patrol_members": 34},
    {"id": "350303105", "name": "萩芦镇", "bureau_id": HANJIANG, "patrol_members": 22},
    {"id": "350303200", "name": "大洋乡", "bureau_id": HANJIANG, "patrol_members": 16},
    {"id": "350305106", "name": "平海镇", "bureau_id": XIUYU},
]

# 5.2/2: satisfied twice; too few members, two chairs, three deputies; deputies unknown.
COMMITTEES: list[Row] = [
    {
        "id": "K1",
        "name": "（示例）甲村治保会",
        "station_id": HUANGSHI,
        "chairs": 1,
        "deputies": 1,
        "members": 3,
    },
    {
        "id": "K2",
        "name": "（示例）乙村治保会",
        "station_id": FENGHUANGSHAN,
        "chairs": 1,
        "deputies": 2,
        "members": 7,
    },
    {
        "id": "K3",
        "name": "（示例）丙村治保会",
        "station_id": DONGQIAO,
        "chairs": 1,
        "deputies": 1,
        "members": 2,
    },
    {
        "id": "K4",
        "name": "（示例）丁村治保会",
        "station_id": BANGTOU,
        "chairs": 2,
        "deputies": 1,
        "members": 4,
    },
    {
        "id": "K5",
        "name": "（示例）戊社区治保会",
        "station_id": WUTANG,
        "chairs": 1,
        "deputies": 3,
        "members": 9,
    },
    {"id": "K6", "name": "（示例）己社区治保会", "station_id": DUWEI, "chairs": 1, "members": 5},
]
