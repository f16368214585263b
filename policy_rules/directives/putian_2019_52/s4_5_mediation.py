"""四（五） Mediation: who the mediators at the mediation stations are, how many, and their pay."""

from ...language import Clause, count, each, first_known, set_of, subject
from ...police import City, Mediator, MediatorBackground, MediatorSource, Setting, Station

clause = Clause("4.5", "矛盾纠纷多元化解", "Mediation")
s1, s2 = clause.sentences(2)
city, mediator, station = subject(City), subject(Mediator), subject(Station)
mediator_of = each(Mediator, station_id=station)

# 驻所的21个派出所
MEDIATION_STATIONS = s2.reading("mediation_stations", default="own_list")(
    "调解员进驻哪21个派出所？",
    "which are the 21 mediation stations, to which mediators are assigned?",
).options(
    own_list=("另列的21个派出所", "a list of their own"),
    pilots=("21个改革试点派出所", "the 21 pilots of the reform of command and patrol"),
    why=(
        "文件以治安复杂、矛盾纠纷多发为条件，与改革试点只是数目相同",
        "the text asks for much disorder and many disputes; they share only their number with the"
        " pilots",
    ),
)

s1.qualitative(
    "“枫桥经验”和多元化解机制没有量化标准",
    "no measure is given for the “Fengqiao experience” and for many ways to settle disputes",
)

takes_mediators = clause.defines(station, "takes_mediators", bool)(
    "应有调解员进驻",
    "mediation station",
    no_zh="不要求有调解员进驻",
    no_en="not a mediation station",
).by(
    s2("21个治安复杂、矛盾纠纷多发的派出所").makes(
        True, when=MEDIATION_STATIONS.is_("own_list") & station.mediation_station
    ),
    s2("21个治安复杂、矛盾纠纷多发的派出所").makes(
        True, when=MEDIATION_STATIONS.is_("pilots") & station.pilot
    ),
    otherwise=s2("21个治安复杂、矛盾纠纷多发的派出所").makes(False),
)
_assigned = takes_mediators.of(station)
s2.a("落实“警调衔接”“民调入所”“律师进所”等工作举措")(
    "已落实“警调衔接”“民调入所”“律师进所”",
    "a mediation station links policing with mediation, and has mediators and lawyers on site",
).attests(station, applies=_assigned)

# 人数
URBAN_MEDIATORS = s2("城区派出所不少于5人")(
    "城区派出所调解员最低人数", "minimum mediators of an urban station"
).sets("urban_mediators", 5, unit=("人", "mediators"))
OTHER_MEDIATORS = s2("其他乡镇派出所不少于3人")(
    "其他派出所调解员最低人数", "minimum mediators of any other station"
).sets("other_mediators", 3, unit=("人", "mediators"))
mediators_required = clause.defines(station, "mediators_required", int, unit=("人", "mediators"))(
    "应有调解员人数", "mediators required"
).by(
    s2("城区派出所不少于5人").makes(
        URBAN_MEDIATORS, when=_assigned & station.setting.is_(Setting.URBAN)
    ),
    s2("其他乡镇派出所不少于3人").makes(
        OTHER_MEDIATORS, when=_assigned & station.setting.is_not(Setting.URBAN)
    ),
    otherwise=s2("进驻21个治安复杂、矛盾纠纷多发的派出所").makes(0),
)
_listed = count(mediator_of).called("调解员名单人数", "mediators on the list")
s2.b("城区派出所不少于5人，其他乡镇派出所不少于3人")(
    "驻所调解员人数达到标准", "a mediation station has the mediators required of it"
).demands(
    station,
    first_known(station.mediators, _listed) >= mediators_required.of(station),
    applies=_assigned,
)

# 补助
LEAST_STIPEND = s2("800至1000元")(
    "调解员每月补助下限", "minimum monthly stipend of a mediator"
).sets("least_stipend", 800, unit=("元", "yuan"))
MOST_STIPEND = s2("800至1000元")(
    "调解员每月补助上限", "maximum monthly stipend of a mediator"
).sets("most_stipend", 1000, unit=("元", "yuan"))
s2.c("每人每月可给予800至1000元补助")(
    "调解员的每月补助在规定幅度内",
    "a mediator's monthly stipend, if one is paid, is within the band",
).demands(
    mediator,
    (mediator.monthly_stipend >= LEAST_STIPEND) & (mediator.monthly_stipend <= MOST_STIPEND),
    applies=mediator.monthly_stipend > 0,  # “可给予”：不发补助不违反
)

# 来源
HIRED_BACKGROUNDS = s2("聘用法律工作者、政法系统、镇（街）等退休干部")(
    "可聘为调解员的人员", "backgrounds from which a station may hire a mediator"
).sets(
    "hired_backgrounds",
    {
        MediatorBackground.LEGAL_WORKER,
        MediatorBackground.POLITICAL_LEGAL_RETIREE,
        MediatorBackground.TOWNSHIP_RETIREE,
    },
)
# “等退休干部”：所列人员以外还有哪些，文件未定
OTHER_HIRED_BACKGROUNDS = s2("政法系统、镇（街）等退休干部")(
    "所列以外可聘为调解员的人员（文件未定）",
    "other backgrounds from which a station may hire a mediator (left open by the text)",
).leaves_open("other_hired_backgrounds", set_of(MediatorBackground))
OTHER_BACKGROUNDS_LISTED = s2("政法系统、镇（街）等退休干部")(
    "所列以外可聘为调解员的人员", "other backgrounds from which a station may hire a mediator"
).lists(OTHER_HIRED_BACKGROUNDS)
s2.d("委托律师事务所培养专职调解员或由派出所聘用法律工作者、政法系统、镇（街）等退休干部")(
    "调解员由律师事务所培养，或由派出所从规定人员中聘用",
    "a mediator was trained by a law firm, or hired by the station from among those named",
).demands(
    mediator,
    mediator.source.is_(MediatorSource.LAW_FIRM)
    | (
        mediator.source.is_(MediatorSource.HIRED)
        & (
            mediator.background.is_in(HIRED_BACKGROUNDS)
            | mediator.background.is_in(OTHER_HIRED_BACKGROUNDS)
        )
    ),
)

# 数与名单
s2.e("城区派出所不少于5人，其他乡镇派出所不少于3人")(
    "填报调解员数与名单一致", "a mediation station reports as many mediators as are on its list"
).agrees(station, station.mediators, _listed, applies=_assigned)
NUMBER_OF_STATIONS = s2("21个治安复杂、矛盾纠纷多发的派出所")(
    "应有调解员进驻的派出所数", "number of mediation stations"
).sets("mediation_station_number", 21, unit=("个", "stations"))
station_of_city = each(Station, takes_mediators)
_mediation_stations = count(station_of_city, station_of_city.takes_mediators).called(
    "应有调解员进驻的派出所数", "mediation stations"
)
MEDIATION_STATIONS_LISTED = s2("21个治安复杂、矛盾纠纷多发的派出所")(
    "应有调解员进驻的派出所", "mediation stations"
).lists(_mediation_stations, NUMBER_OF_STATIONS)
s2.f("进驻21个治安复杂、矛盾纠纷多发的派出所")(
    "应有调解员进驻的派出所数与文件一致",
    "the city has as many mediation stations as the directive says",
).agrees(city, _mediation_stations, NUMBER_OF_STATIONS)
s2.qualitative(
    "调解效率和“矛盾不上交”没有量化标准",
    "no measure is given for efficient mediation and for settling disputes on the spot",
)
