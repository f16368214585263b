"""四（四） Case rooms: the rooms for handling cases, and smart enforcement areas."""

from datetime import date

from ...language import AS_OF, DEADLINE, Clause, count, each, subject
from ...police import Body, City, Station

clause = Clause("4.4", "办案场所", "Case-handling rooms")
s1, s2 = clause.sentences(2)
city, station = subject(City), subject(Station)

s1.a("案件管理室、接警室、执法办案室、涉案财物管理室等执法办案场所升级改造")(
    "案件管理室、接警室、执法办案室、涉案财物管理室已升级改造",
    "a station has upgraded its rooms for case files, calls, case work and property in cases",
).attests(station, responsible=Body.BUREAU)
s1.b("辅助办案、支撑办案、监督办案")(
    "智慧执法场所具备辅助、支撑、监督办案的功能",
    "a station's smart enforcement rooms assist, support and supervise case work",
).attests(station)
s1.qualitative(
    "财政部门的支持和规范执法活动没有量化标准",
    "no measure is given for the treasury's support and for well-ordered enforcement",
)

# 第二句；填有建成日期的，以日期为准；未填而已建成的，视为按期建成
FIRST_SMART_AREAS_BY = s2("2019年10月底前")(
    "试点派出所建成智慧执法区的期限",
    "date by which the first smart enforcement areas are to be finished",
).sets("first_smart_areas_by", date(2019, 10, 31))
FIRST_SMART_AREAS = s2("5个试点派出所")(
    "先行建成智慧执法区的派出所数", "stations that are to finish a smart enforcement area first"
).sets("first_smart_areas", 5, unit=("个", "stations"))
SMART_AREA_PILOTS = s2.reading("smart_area_pilots", default="any")(
    "“5个试点派出所”是否须为勤务改革的试点派出所？",
    "are the five pilots of smart enforcement areas among those of the reform of command and"
    " patrol?",
).options(
    any=("不须，任意5个派出所", "not necessarily: any five stations"),
    pilots=("须在21个改革试点派出所之中", "yes, they are among those 21"),
    why=(
        "本句没有列名，也没有提到改革；“试点”可以是智慧执法区自己的试点",
        "the sentence names none and does not speak of that reform; smart areas can have pilots of"
        " their own",
    ),
)
station_of_city = each(Station)
_dated_of_city = station_of_city.smart_area_completed_on.is_known()
_dated = station.smart_area_completed_on.is_known()
_finished_first = count(
    station_of_city,
    (SMART_AREA_PILOTS.is_("any") | station_of_city.pilot)
    & (
        (_dated_of_city & (station_of_city.smart_area_completed_on <= DEADLINE))
        | (~_dated_of_city & station_of_city.smart_enforcement_area)
    ),
).called("已建成智慧执法区的派出所数", "stations with a finished smart enforcement area")
SMART_AREAS_LISTED = s2("5个试点派出所")(
    "按期建成智慧执法区的派出所", "stations that finished a smart enforcement area in time"
).lists(_finished_first, FIRST_SMART_AREAS, due=FIRST_SMART_AREAS_BY)
s2.a("完成5个试点派出所智慧执法区建设")(
    "全市按数建成试点派出所智慧执法区", "the city has finished the first smart enforcement areas"
).demands(city, _finished_first >= FIRST_SMART_AREAS, due=FIRST_SMART_AREAS_BY)
ALL_SMART_AREAS_BY = s2("2021年")(
    "智慧执法区全面建成的期限", "date by which all smart enforcement areas are to be finished"
).sets("all_smart_areas_by", date(2021, 12, 31))
s2.b.target("2021年争取全面完成智慧执法区建设")(
    "派出所建成智慧执法区", "a station has a finished smart enforcement area"
).demands(
    station,
    (_dated & (station.smart_area_completed_on <= DEADLINE))
    | (~_dated & station.smart_enforcement_area),
    due=ALL_SMART_AREAS_BY,
)
s2.c("智慧执法区建设")(
    "智慧执法区是否建成与建成日期一致",
    "of a station's smart enforcement area, whether and when it was finished say the same",
).agrees(
    station,
    station.smart_enforcement_area,
    station.smart_area_completed_on <= AS_OF,
    applies=_dated,
)
