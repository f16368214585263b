"""四（五） Mediation: who the mediators at the mediation stations are, how many, and their pay."""

from ...facts import (
    City,
    Mediator,
    MediatorBackground,
    MediatorSource,
    Setting,
    Station,
)
from ...language import (
    Clause,
    ExcuseKind,
    always,
    attest,
    count,
    define,
    each,
    excuse,
    first_known,
    parameter,
    reading,
    require,
    subject,
    when,
)

city = subject(City)
mediator = subject(Mediator)
station = subject(Station)
mediator_of = each(Mediator, station_id=station)

# 驻所的21个派出所

MEDIATION_STATIONS = reading(
    "mediation_stations", "4.5/2",
    zh="调解员进驻哪21个派出所？",
    en="which are the 21 mediation stations, to which mediators are assigned?",
    own_list=("另列的21个派出所", "a list of their own"),
    pilots=("21个改革试点派出所", "the 21 pilots of the reform of command and patrol"),
    default="own_list",
    why=(
        "文件以治安复杂、矛盾纠纷多发为条件，与改革试点只是数目相同",
        "the text asks for much disorder and many disputes; they share only their number with the"
        " pilots",
    ),
)  # fmt: skip

takes_mediators = define(
    station, "takes_mediators", bool,
    zh="有调解员进驻", no_zh="没有调解员进驻", en="mediation station",
    rules=[
        when(MEDIATION_STATIONS.is_("own_list") & station.mediation_station)
        .then(True, cite="4.5/2", quote="21个治安复杂、矛盾纠纷多发的派出所"),
        when(MEDIATION_STATIONS.is_("pilots") & station.pilot)
        .then(True, cite="4.5/2", quote="21个治安复杂、矛盾纠纷多发的派出所"),
    ],
    otherwise=always(False, cite="4.5/2", quote="21个治安复杂、矛盾纠纷多发的派出所"),
)  # fmt: skip

_assigned = takes_mediators.of(station)

measures = attest(
    station,
    applies=_assigned,
    cite="4.5/2a", quote="落实“警调衔接”“民调入所”“律师进所”等工作举措",
    zh="已落实“警调衔接”“民调入所”“律师进所”",
    en="a mediation station links policing with mediation, and has mediators and lawyers on site",
)  # fmt: skip

# 人数

URBAN_MEDIATORS = parameter(
    "urban_mediators", 5,
    cite="4.5/2", quote="城区派出所不少于5人", unit=("人", "mediators"),
    zh="城区派出所调解员最低人数", en="minimum mediators of an urban station",
)  # fmt: skip

OTHER_MEDIATORS = parameter(
    "other_mediators", 3,
    cite="4.5/2", quote="其他乡镇派出所不少于3人", unit=("人", "mediators"),
    zh="其他派出所调解员最低人数", en="minimum mediators of any other station",
)  # fmt: skip

mediators_required = define(
    station, "mediators_required", int,
    zh="应有调解员人数", en="mediators required of it", unit=("人", "mediators"),
    rules=[
        when(station.setting.is_(Setting.URBAN))
        .then(URBAN_MEDIATORS, cite="4.5/2", quote="城区派出所不少于5人"),
        when(station.setting.is_not(Setting.URBAN))
        .then(OTHER_MEDIATORS, cite="4.5/2", quote="其他乡镇派出所不少于3人"),
    ],
)  # fmt: skip

_listed = count(mediator_of, zh="调解员名单人数", en="mediators on the list")

enough_mediators = require(
    station,
    first_known(station.mediators, _listed) >= mediators_required.of(station),
    applies=_assigned,
    cite="4.5/2b", quote="城区派出所不少于5人，其他乡镇派出所不少于3人",
    zh="驻所调解员人数达到标准", en="a mediation station has the mediators required of it",
)  # fmt: skip

# 补助

LEAST_STIPEND = parameter(
    "least_stipend", 800,
    cite="4.5/2", quote="800至1000元", unit=("元", "yuan"),
    zh="调解员每月补助下限", en="minimum monthly stipend of a mediator",
)  # fmt: skip

MOST_STIPEND = parameter(
    "most_stipend", 1000,
    cite="4.5/2", quote="800至1000元", unit=("元", "yuan"),
    zh="调解员每月补助上限", en="maximum monthly stipend of a mediator",
)  # fmt: skip

stipend = require(
    mediator,
    (mediator.monthly_stipend >= LEAST_STIPEND) & (mediator.monthly_stipend <= MOST_STIPEND),
    applies=mediator.monthly_stipend > 0,  # “可给予”：不发补助不违反
    cite="4.5/2c", quote="每人每月可给予800至1000元补助",
    zh="调解员的每月补助在规定幅度内",
    en="a mediator's monthly stipend, if one is paid, is within the band",
)  # fmt: skip

# 来源

HIRED_BACKGROUNDS = parameter(
    "hired_backgrounds",
    {
        MediatorBackground.LEGAL_WORKER,
        MediatorBackground.POLITICAL_LEGAL_RETIREE,
        MediatorBackground.TOWNSHIP_RETIREE,
    },
    cite="4.5/2", quote="聘用法律工作者、政法系统、镇（街）等退休干部",
    zh="可聘为调解员的人员", en="backgrounds from which a station may hire a mediator",
)  # fmt: skip

source = require(
    mediator,
    mediator.source.is_(MediatorSource.LAW_FIRM)
    | (
        mediator.source.is_(MediatorSource.HIRED)
        & mediator.background.is_in(HIRED_BACKGROUNDS)
    ),
    cite="4.5/2d",
    quote="委托律师事务所培养专职调解员或由派出所聘用法律工作者、政法系统、镇（街）等退休干部",
    zh="调解员由律师事务所培养，或由派出所从规定人员中聘用",
    en="a mediator was trained by a law firm, or hired by the station from among those named",
)  # fmt: skip

# 数与名单

number_is_that_of_the_list = require(
    station,
    station.mediators.is_(_listed),
    applies=_assigned,
    cite="4.5/2e", quote="城区派出所不少于5人，其他乡镇派出所不少于3人",
    zh="填报调解员数与名单一致",
    en="a mediation station reports as many mediators as are on its list",
)  # fmt: skip

NUMBER_OF_STATIONS = parameter(
    "mediation_station_number", 21,
    cite="4.5/2", quote="21个治安复杂、矛盾纠纷多发的派出所", unit=("个", "stations"),
    zh="有调解员进驻的派出所数", en="number of mediation stations",
)  # fmt: skip

station_of_city = each(Station, takes_mediators)

number_of_stations = require(
    city,
    count(
        station_of_city, station_of_city.takes_mediators,
        zh="有调解员进驻的派出所数", en="mediation stations",
    ).is_(NUMBER_OF_STATIONS),
    cite="4.5/2f", quote="进驻21个治安复杂、矛盾纠纷多发的派出所",
    zh="有调解员进驻的派出所数与文件一致",
    en="the city has as many mediation stations as the directive says",
)  # fmt: skip

CLAUSE = Clause(
    heading="4.5",
    zh="矛盾纠纷多元化解",
    en="Mediation",
    provisions=[
        excuse(
            "4.5/1", ExcuseKind.QUALITATIVE,
            zh="“枫桥经验”和多元化解机制没有量化标准",
            en="no measure is given for the “Fengqiao experience” and for many ways to settle"
            " disputes",
        ),
        takes_mediators, measures, mediators_required, enough_mediators,
        stipend, source, number_is_that_of_the_list, number_of_stations,
        excuse(
            "4.5/2", ExcuseKind.QUALITATIVE,
            zh="调解效率和“矛盾不上交”没有量化标准",
            en="no measure is given for efficient mediation and for settling disputes on the spot",
        ),
    ],
)  # fmt: skip
