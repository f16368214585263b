"""四（三） Equipment: a set for each officer, protection as needed, vehicles that are fit."""

from ...facts import Bureau, Station
from ...language import Clause, ExcuseKind, attest, excuse, require, subject
from .terms import sworn_officers

bureau = subject(Bureau)
station = subject(Station)

equipment_sets = require(
    station,
    station.equipment_sets >= sworn_officers,
    cite="4.3/1a", quote="单警装备（含移动警务终端、执法记录仪）按人手一套标准",
    zh="单警装备达到民警人手一套", en="a station has a set of personal equipment for each officer",
)  # fmt: skip

mobile_terminals = require(
    station,
    station.mobile_terminals >= sworn_officers,
    cite="4.3/1b", quote="移动警务终端",
    zh="移动警务终端达到民警人手一台", en="a station has a mobile terminal for each officer",
)  # fmt: skip

body_cameras = require(
    station,
    station.body_cameras >= sworn_officers,
    cite="4.3/1c", quote="执法记录仪",
    zh="执法记录仪达到民警人手一台", en="a station has a body camera for each officer",
)  # fmt: skip

protection = require(
    station,
    station.protective_held >= station.protective_needed,
    cite="4.3/1d", quote="防护装备按照需求及时配备到位",
    zh="防护装备按需求配备到位", en="a station has all the protective equipment that it needs",
)  # fmt: skip

repair = attest(
    station,
    cite="4.3/1e", quote="建立装备损坏维护、更换购置常态化机制",
    zh="已建立装备损坏维护、更换购置机制",
    en="a station has a regular mechanism for repairing and replacing equipment",
)  # fmt: skip

vehicles_first = attest(
    bureau,
    cite="4.3/1f", quote="派出所警用车辆优先保障",
    zh="警用车辆优先保障派出所", en="stations come first when vehicles are allotted",
)  # fmt: skip

vehicles_fit = require(
    station,
    station.vehicles_fit >= station.vehicles,
    cite="4.3/1g", quote="确保外观标识整齐、安全堪用",
    zh="警用车辆均标识整齐、安全堪用",
    en="every vehicle of a station is properly marked, safe and serviceable",
)  # fmt: skip

CLAUSE = Clause(
    heading="4.3",
    zh="警用装备",
    en="Equipment",
    provisions=[
        equipment_sets, mobile_terminals, body_cameras, protection, repair,
        vehicles_first, vehicles_fit,
        excuse(
            "4.3/1", ExcuseKind.QUALITATIVE,
            zh="“配齐配强”是总的要求，“及时”未定时限",
            en="full and good equipment is a general aim; no number of days is given for “in time”",
        ),
    ],
)  # fmt: skip
