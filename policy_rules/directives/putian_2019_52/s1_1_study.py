"""一（一） Study: Party life, political study on Tuesdays and Thursdays, study platforms."""

from ...facts import Event, EventKind, Station
from ...language import (
    Clause,
    ExcuseKind,
    Recurrence,
    attest,
    each,
    excuse,
    held,
    parameter,
    require,
    subject,
)

station = subject(Station)
event = each(Event, station_id=station)

# 第二句

party_life = attest(
    station,
    cite="1.1/2a", quote="严格落实“三会一课+主题党日”制度",
    zh="已落实“三会一课+主题党日”制度",
    en="a station keeps strictly to the “three meetings, one lecture and themed Party day”",
)  # fmt: skip

STUDY_DAYS = parameter(
    "study_days", Recurrence("FREQ=WEEKLY;BYDAY=TU,TH"),
    cite="1.1/2", quote="每周二、四",
    zh="政治学习日", en="days of political study",
)  # fmt: skip

political_study = require(
    station,
    held(
        event, event.kind.is_(EventKind.POLITICAL_STUDY),
        on=event.on, every=STUDY_DAYS,
        zh="政治学习", en="political study",
    ),
    cite="1.1/2b", quote="每周二、四政治学习制度",
    zh="每周二、周四开展政治学习", en="a station holds political study every Tuesday and Thursday",
)  # fmt: skip

platforms = attest(
    station,
    cite="1.1/2c", quote="用好“学习强国”“福建干部网络学院”等学习平台",
    zh="“学习强国”“福建干部网络学院”等学习平台使用良好",
    en="a station makes good use of study platforms such as Xuexi Qiangguo and the Fujian cadres'"
    " online academy",
)  # fmt: skip

CLAUSE = Clause(
    heading="1.1",
    zh="理论武装",
    en="Study",
    provisions=[
        excuse(
            "1.1/1", ExcuseKind.QUALITATIVE,
            zh="对学习内容和教育目的的要求，没有量化标准",
            en="no measure is given for what is studied, or to what end",
        ),
        party_life, political_study, platforms,
        excuse(
            "1.1/2", ExcuseKind.QUALITATIVE,
            zh="“等学习平台”未列明其他平台；“大学习”热潮没有量化标准",
            en="the other platforms are not named; no measure is given for an upsurge of “great"
            " study”",
        ),
    ],
)  # fmt: skip
