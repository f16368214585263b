"""一（二） Loyalty: how officers' thinking is looked after, and by what norms."""

from ...language import Clause, Recurrence, each, held, subject
from ...police import Bureau, City, Event, EventKind, Station

clause = Clause("1.2", "忠诚警队", "Loyalty")
s1, s2, s3, s4 = clause.sentences(4)
bureau, city, station = subject(Bureau), subject(City), subject(Station)
event = each(Event, station_id=station)

THOUGHT_ANALYSIS_PERIOD = s2("每月")(
    "队伍思想状况分析研判的周期", "how often officers' thinking is analysed"
).sets("thought_analysis_period", Recurrence("FREQ=MONTHLY"))

s1.qualitative(
    "从严治党和政治忠诚的总体要求，没有量化标准",
    "no measure is given for strict Party discipline and loyalty",
)

s2.a("每月队伍思想状况分析研判")(
    "每月开展队伍思想状况分析研判", "a station analyses its officers' thinking every month"
).demands(
    station,
    held(
        event,
        event.kind.is_(EventKind.THOUGHT_ANALYSIS),
        on=event.on,
        every=THOUGHT_ANALYSIS_PERIOD,
    ).called("队伍思想状况分析研判", "analysis of officers' thinking"),
)
RISK_SCREENING_PERIOD = s2("每季度")(
    "内部风险隐患排查的周期", "how often a station screens itself for internal risks"
).sets("risk_screening_period", Recurrence("FREQ=MONTHLY;INTERVAL=3"))
s2.b("每季度内部风险隐患排查")(
    "每季度开展内部风险隐患排查", "a station screens itself for internal risks every quarter"
).demands(
    station,
    held(
        event, event.kind.is_(EventKind.RISK_SCREENING), on=event.on, every=RISK_SCREENING_PERIOD
    ).called("内部风险隐患排查", "screening for internal risks"),
)
s2.c("完善民警常态化谈心谈话及家访制度")(
    "民警谈心谈话及家访制度健全、形成常态",
    "a station has a regular system of talks with officers and visits to their homes",
).attests(station)
s2.d("做好“一人一事”思想政治工作")(
    "已逐人做好“一人一事”思想政治工作",
    "a station does political work officer by officer and matter by matter",
).attests(station)
s2.qualitative(
    "密切关注民警所思所想所盼，没有量化标准",
    "no measure is given for close attention to what officers think and hope for",
)

s3.a("落实《全国公安机关思想政治工作规范》")(
    "已落实《全国公安机关思想政治工作规范》",
    "a bureau applies the national norms for political work in the police",
).attests(bureau)
s3.b.target("全力构建可量化思想政治工作标准体系")(
    "建成可量化的思想政治工作标准体系",
    "the city has a system of measurable standards for political work",
).attests(city)
s3.c("落实派出所思想政治工作规范")(
    "已落实派出所思想政治工作规范", "a station applies the norms for the political work of stations"
).attests(station)
s3.d("教导员职责规范")(
    "已落实教导员职责规范", "a station applies the norms for the duties of instructors"
).attests(station)

s4("编制《莆田公安政治工作手册》")(
    "已编制《莆田公安政治工作手册》",
    "the city has compiled the handbook of political work of the Putian police",
).attests(city)
s4.qualitative(
    "加强派出所政治建设，没有量化标准",
    "no measure is given for the stronger political building of stations",
)
