"""四（三） Equipment: a set for each officer, protection as needed, vehicles that are fit."""

from ...language import Clause, subject
from ...police import Bureau, Station
from .s2_1_strength import sworn_officers

clause = Clause("4.3", "警用装备", "Equipment")
(s1,) = clause.sentences(1)
bureau, station = subject(Bureau), subject(Station)

s1.a("单警装备（含移动警务终端、执法记录仪）按人手一套标准")(
    "单警装备达到民警人手一套", "a station has a set of personal equipment for each officer"
).demands(station, station.equipment_sets >= sworn_officers)
s1.b("移动警务终端")(
    "移动警务终端达到民警人手一台", "a station has a mobile terminal for each officer"
).demands(station, station.mobile_terminals >= sworn_officers)
s1.c("执法记录仪")(
    "执法记录仪达到民警人手一台", "a station has a body camera for each officer"
).demands(station, station.body_cameras >= sworn_officers)
s1.d("防护装备按照需求及时配备到位")(
    "防护装备按需求配备到位", "a station has all the protective equipment that it needs"
).demands(station, station.protective_held >= station.protective_needed)
s1.e("建立装备损坏维护、更换购置常态化机制")(
    "已建立装备损坏维护、更换购置机制",
    "a station has a regular mechanism for repairing and replacing equipment",
).attests(station)
s1.f("派出所警用车辆优先保障")(
    "警用车辆优先保障派出所", "stations come first when vehicles are allotted"
).attests(bureau)
s1.g("确保外观标识整齐、安全堪用")(
    "警用车辆均标识整齐、安全堪用",
    "every vehicle of a station is properly marked, safe and serviceable",
).demands(station, station.vehicles_fit >= station.vehicles)
s1.h("外观标识整齐、安全堪用")(
    "达标车辆不多于车辆总数", "a station has no more serviceable vehicles than vehicles"
).agrees(station, station.vehicles_fit <= station.vehicles)
s1.qualitative(
    "“配齐配强”是总的要求，“及时”未定时限",
    "full and good equipment is a general aim; no number of days is given for “in time”",
)
