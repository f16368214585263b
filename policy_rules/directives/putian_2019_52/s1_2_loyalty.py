"""一（二） Loyalty: how officers' thinking is looked after, and by what norms."""

from ...facts import Bureau, City, Event, EventKind, Station
from ...language import (
    Clause,
    ExcuseKind,
    Modality,
    Recurrence,
    attest,
    each,
    excuse,
    held,
    parameter,
    require,
    subject,
)

bureau = subject(Bureau)
city = subject(City)
station = subject(Station)
event = each(Event, station_id=station)

# 第二句

THOUGHT_ANALYSIS_PERIOD = parameter(
    "thought_analysis_period", Recurrence("FREQ=MONTHLY"),
    cite="1.2/2", quote="每月",
    zh="队伍思想状况分析研判的周期", en="how often officers' thinking is analysed",
)  # fmt: skip

thought_analysis = require(
    station,
    held(
        event, event.kind.is_(EventKind.THOUGHT_ANALYSIS),
        on=event.on, every=THOUGHT_ANALYSIS_PERIOD,
        zh="队伍思想状况分析研判", en="analysis of officers' thinking",
    ),
    cite="1.2/2a", quote="每月队伍思想状况分析研判",
    zh="每月开展队伍思想状况分析研判", en="a station analyses its officers' thinking every month",
)  # fmt: skip

RISK_SCREENING_PERIOD = parameter(
    "risk_screening_period", Recurrence("FREQ=MONTHLY;INTERVAL=3"),
    cite="1.2/2", quote="每季度",
    zh="内部风险隐患排查的周期", en="how often a station screens itself for internal risks",
)  # fmt: skip

risk_screening = require(
    station,
    held(
        event, event.kind.is_(EventKind.RISK_SCREENING),
        on=event.on, every=RISK_SCREENING_PERIOD,
        zh="内部风险隐患排查", en="screening for internal risks",
    ),
    cite="1.2/2b", quote="每季度内部风险隐患排查",
    zh="每季度开展内部风险隐患排查",
    en="a station screens itself for internal risks every quarter",
)  # fmt: skip

talks_and_visits = attest(
    station,
    cite="1.2/2c", quote="完善民警常态化谈心谈话及家访制度",
    zh="民警谈心谈话及家访制度健全、形成常态",
    en="a station has a regular system of talks with officers and visits to their homes",
)  # fmt: skip

each_officer = attest(
    station,
    cite="1.2/2d", quote="做好“一人一事”思想政治工作",
    zh="已逐人做好“一人一事”思想政治工作",
    en="a station does political work officer by officer and matter by matter",
)  # fmt: skip

# 第三句

national_norms = attest(
    bureau,
    cite="1.2/3a", quote="落实《全国公安机关思想政治工作规范》",
    zh="已落实《全国公安机关思想政治工作规范》",
    en="a bureau applies the national norms for political work in the police",
)  # fmt: skip

measurable_standards = attest(
    city,
    modality=Modality.TARGET,
    cite="1.2/3b", quote="全力构建可量化思想政治工作标准体系",
    zh="建成可量化的思想政治工作标准体系",
    en="the city has a system of measurable standards for political work",
)  # fmt: skip

station_norms = attest(
    station,
    cite="1.2/3c", quote="落实派出所思想政治工作规范",
    zh="已落实派出所思想政治工作规范",
    en="a station applies the norms for the political work of stations",
)  # fmt: skip

instructor_norms = attest(
    station,
    cite="1.2/3d", quote="教导员职责规范",
    zh="已落实教导员职责规范",
    en="a station applies the norms for the duties of instructors",
)  # fmt: skip

# 第四句

handbook = attest(
    city,
    cite="1.2/4", quote="编制《莆田公安政治工作手册》",
    zh="已编制《莆田公安政治工作手册》",
    en="the city has compiled the handbook of political work of the Putian police",
)  # fmt: skip

CLAUSE = Clause(
    heading="1.2",
    zh="忠诚警队",
    en="Loyalty",
    provisions=[
        excuse(
            "1.2/1", ExcuseKind.QUALITATIVE,
            zh="从严治党和政治忠诚的总体要求，没有量化标准",
            en="no measure is given for strict Party discipline and loyalty",
        ),
        thought_analysis, risk_screening, talks_and_visits, each_officer,
        excuse(
            "1.2/2", ExcuseKind.QUALITATIVE,
            zh="密切关注民警所思所想所盼，没有量化标准",
            en="no measure is given for close attention to what officers think and hope for",
        ),
        national_norms, measurable_standards, station_norms, instructor_norms,
        handbook,
        excuse(
            "1.2/4", ExcuseKind.QUALITATIVE,
            zh="加强派出所政治建设，没有量化标准",
            en="no measure is given for the stronger political building of stations",
        ),
    ],
)  # fmt: skip
