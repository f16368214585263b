"""一（一） Study: Party life, political study on Tuesdays and Thursdays, study platforms."""

from ...language import Clause, Recurrence, each, held, subject
from ...police import Event, EventKind, Station

clause = Clause("1.1", "理论武装", "Study")
s1, s2 = clause.sentences(2)
station = subject(Station)
event = each(Event, station_id=station)

s1.qualitative(
    "对学习内容和教育目的的要求，没有量化标准",
    "no measure is given for what is studied, or to what end",
)

s2.a("严格落实“三会一课+主题党日”制度")(
    "已落实“三会一课+主题党日”制度",
    "a station keeps strictly to the “three meetings, one lecture and themed Party day”",
).attests(station)
STUDY_DAYS = s2("每周二、四")("政治学习日", "days of political study").sets(
    "study_days", Recurrence("FREQ=WEEKLY;BYDAY=TU,TH")
)
s2.b("每周二、四政治学习制度")(
    "每周二、周四开展政治学习", "a station holds political study every Tuesday and Thursday"
).demands(
    station,
    held(event, event.kind.is_(EventKind.POLITICAL_STUDY), on=event.on, every=STUDY_DAYS).called(
        "政治学习", "political study"
    ),
)
s2.c("用好“学习强国”“福建干部网络学院”等学习平台")(
    "“学习强国”“福建干部网络学院”等学习平台使用良好",
    "a station makes good use of study platforms such as Xuexi Qiangguo and the Fujian cadres'"
    " online academy",
).attests(station)
s2.qualitative(
    "“等学习平台”未列明其他平台；“大学习”热潮没有量化标准",
    "the other platforms are not named; no measure is given for an upsurge of “great study”",
)
