"""四（四） Case rooms: the rooms for handling cases, and smart enforcement areas."""

from datetime import date

from ...facts import City, Station
from ...language import (
    DEADLINE,
    Clause,
    ExcuseKind,
    Modality,
    attest,
    count,
    each,
    excuse,
    parameter,
    require,
    subject,
)

city = subject(City)
station = subject(Station)

# 第一句

rooms_upgraded = attest(
    station,
    cite="4.4/1a", quote="案件管理室、接警室、执法办案室、涉案财物管理室等执法办案场所升级改造",
    zh="案件管理室、接警室、执法办案室、涉案财物管理室已升级改造",
    en="a station has upgraded its rooms for case files, calls, case work and property in cases",
)  # fmt: skip

functions = attest(
    station,
    cite="4.4/1b", quote="辅助办案、支撑办案、监督办案",
    zh="智慧执法场所具备辅助、支撑、监督办案的功能",
    en="a station's smart enforcement rooms assist, support and supervise case work",
)  # fmt: skip

# 第二句；未填建成日期而已建成的，视为按期建成

FIRST_SMART_AREAS_BY = parameter(
    "first_smart_areas_by", date(2019, 10, 31),
    cite="4.4/2", quote="2019年10月底前",
    zh="试点派出所建成智慧执法区的期限",
    en="date by which the first smart enforcement areas are to be finished",
)  # fmt: skip

FIRST_SMART_AREAS = parameter(
    "first_smart_areas", 5,
    cite="4.4/2", quote="5个试点派出所", unit=("个", "stations"),
    zh="先行建成智慧执法区的派出所数",
    en="stations that are to finish a smart enforcement area first",
)  # fmt: skip

station_of_city = each(Station)

first_smart_areas = require(
    city,
    count(
        station_of_city,
        station_of_city.smart_enforcement_area
        & ~(
            station_of_city.smart_area_completed_on.is_known()
            & (station_of_city.smart_area_completed_on > DEADLINE)
        ),
        zh="已建成智慧执法区的派出所数", en="stations with a finished smart enforcement area",
    )
    >= FIRST_SMART_AREAS,
    due=FIRST_SMART_AREAS_BY,
    cite="4.4/2a", quote="完成5个试点派出所智慧执法区建设",
    zh="全市按数建成试点派出所智慧执法区",
    en="the city has finished the first smart enforcement areas",
)  # fmt: skip

ALL_SMART_AREAS_BY = parameter(
    "all_smart_areas_by", date(2021, 12, 31),
    cite="4.4/2", quote="2021年",
    zh="智慧执法区全面建成的期限",
    en="date by which all smart enforcement areas are to be finished",
)  # fmt: skip

all_smart_areas = require(
    station,
    station.smart_enforcement_area
    & ~(
        station.smart_area_completed_on.is_known()
        & (station.smart_area_completed_on > DEADLINE)
    ),
    modality=Modality.TARGET,
    due=ALL_SMART_AREAS_BY,
    cite="4.4/2b", quote="2021年争取全面完成智慧执法区建设",
    zh="派出所建成智慧执法区", en="a station has a finished smart enforcement area",
)  # fmt: skip

CLAUSE = Clause(
    heading="4.4",
    zh="办案场所",
    en="Case-handling rooms",
    provisions=[
        rooms_upgraded, functions,
        excuse(
            "4.4/1", ExcuseKind.QUALITATIVE,
            zh="财政部门的支持和规范执法活动没有量化标准",
            en="no measure is given for the treasury's support and for well-ordered enforcement",
        ),
        first_smart_areas, all_smart_areas,
    ],
)  # fmt: skip
