"""一（一） Study: Party life, political study on Tuesdays and Thursdays, study platforms."""

from ...language import Clause, Recurrence, WorkCalendar, each, held, subject
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
STUDY_ON_HOLIDAYS = s2.reading("study_on_holidays", default="take_away")(
    "政治学习日为节假日的，是否仍须学习？",
    "is there study on a Tuesday or Thursday that is a holiday?",
).options(
    take_away=(
        "不须，节假日不计",
        "no: what falls on a holiday is not asked for",
    ),
    count=("须学习，节假日照计", "yes: holidays count as any other day"),
    why=(
        "学习制度是工作日的制度，法定放假不上班；文件没有要求节假日照常学习",
        "study is a routine of working days, and on holidays nobody works; the text does not ask"
        " for study on them all the same",
    ),
)
HOLIDAYS = s2("每周二、四")(
    "逐年公布的放假日和调休上班日（文件未定）",
    "days off and days worked in exchange, as announced each year (left open by the text)",
).leaves_open("holidays", WorkCalendar)
HOLIDAYS_LISTED = s2("每周二、四")(
    "各年放假和调休安排", "days off and days worked in exchange, by year"
).lists(HOLIDAYS)
s2.b("每周二、四政治学习制度")(
    "每周二、周四开展政治学习", "a station holds political study every Tuesday and Thursday"
).demands(
    station,
    held(
        event,
        event.kind.is_(EventKind.POLITICAL_STUDY),
        on=event.on,
        every=STUDY_DAYS.without(HOLIDAYS),
    ).called("政治学习", "political study"),
    applies=STUDY_ON_HOLIDAYS.is_("take_away"),
)
s2.c("用好“学习强国”“福建干部网络学院”等学习平台")(
    "“学习强国”“福建干部网络学院”等学习平台使用良好",
    "a station makes good use of study platforms such as Xuexi Qiangguo and the Fujian cadres'"
    " online academy",
).attests(station)
# 另一种理解下的同一要求，节假日照计
s2.d("每周二、四政治学习制度")(
    "每周二、周四开展政治学习，节假日照常",
    "a station holds political study every Tuesday and Thursday, holidays included",
).demands(
    station,
    held(event, event.kind.is_(EventKind.POLITICAL_STUDY), on=event.on, every=STUDY_DAYS).called(
        "政治学习", "political study"
    ),
    applies=STUDY_ON_HOLIDAYS.is_("count"),
)
s2.qualitative(
    "“等学习平台”未列明其他平台；“大学习”热潮没有量化标准",
    "the other platforms are not named; no measure is given for an upsurge of “great study”",
)
