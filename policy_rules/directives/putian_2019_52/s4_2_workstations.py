"""四（二） Workstations: how many a station has opened by when, and what makes one standardised."""

from datetime import date

from ...facts import City, Setting, Station, Workstation, WorkstationFunction
from ...language import (
    AS_OF,
    DEADLINE,
    Clause,
    ExcuseKind,
    Modality,
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
    total,
    when,
)

city = subject(City)
station = subject(Station)
workstation = subject(Workstation)
station_of_city = each(Station)

# 第一、二句

public_facilities = attest(
    station,
    cite="4.2/1a", quote="将警务工作站用房纳入公共服务设施建设范畴",
    zh="警务工作站用房已纳入公共服务设施建设范畴",
    en="workstations' premises are among the public service facilities to be built",
)  # fmt: skip

planned_together = attest(
    station,
    cite="4.2/1b", quote="与社区（村居）办公用房同规划、同建设，经费同保障",
    zh="警务工作站用房与社区（村居）办公用房同规划、同建设、同保障经费",
    en="workstations' premises are planned, built and funded with the community's offices",
)  # fmt: skip

shared_offices = attest(
    station,
    modality=Modality.TARGET,
    cite="4.2/2", quote="提倡与社区（村居）、综治网格站合署办公",
    zh="警务工作站与社区（村居）、综治网格站合署办公",
    en="workstations share offices with the community and the grid station",
)  # fmt: skip

# 第三句：城区试点派出所

STANDARD_FUNCTIONS = parameter(
    "standard_functions", set(WorkstationFunction),
    cite="4.2/3",
    quote="集治安防范、调查摸排、信息收集、情报研判、矛盾化解、窗口服务、就近接处警为一体",
    zh="标准化警务工作站的功能", en="functions of a standardised workstation",
)  # fmt: skip

standardised = define(
    workstation, "standardised", bool,
    zh="属标准化工作站", no_zh="不属标准化工作站", en="standardised",
    rules=[
        when(workstation.functions.includes(STANDARD_FUNCTIONS))
        .then(True, cite="4.2/3", quote="标准化警务工作站"),
    ],
    otherwise=always(False, cite="4.2/3", quote="标准化警务工作站"),
)  # fmt: skip

URBAN_PILOTS_BY = parameter(
    "urban_pilots_by", date(2019, 12, 31),
    cite="4.2/3", quote="2019年12月底前",
    zh="城区试点派出所建成警务工作站的期限",
    en="date by which urban pilot stations are to have their workstations",
)  # fmt: skip

NUMBER_AT_URBAN_PILOTS = parameter(
    "number_at_urban_pilots", 4,
    cite="4.2/3", quote="各4个", unit=("个", "workstations"),
    zh="城区试点派出所应建警务工作站数", en="workstations required of an urban pilot station",
)  # fmt: skip

WORKSTATION_NUMBER = reading(
    "workstation_number", "4.2/3",
    zh="“各4个”是最低数还是固定数？",
    en="does “four each” mean at least four or exactly four?",
    at_least=("至少4个", "at least four"),
    exactly=("正好4个", "exactly four"),
    default="at_least",
    why=(
        "多建不违背文件本意；2020年的要求也写作“不少于”",
        "more serves the purpose, and the sentence on 2020 says “no fewer than”",
    ),
)  # fmt: skip

workstation_of = each(Workstation, standardised, station_id=station)
_standardised_in_time = count(
    workstation_of,
    workstation_of.standardised & (workstation_of.opened_on <= DEADLINE),
    zh="已启用的标准化警务工作站数",
    en="standardised workstations that are open",
)

urban_pilots_built = require(
    station,
    (_standardised_in_time >= NUMBER_AT_URBAN_PILOTS)
    & (
        WORKSTATION_NUMBER.is_("at_least")
        | (_standardised_in_time <= NUMBER_AT_URBAN_PILOTS)
    ),
    applies=station.pilot & station.setting.is_(Setting.URBAN),
    due=URBAN_PILOTS_BY,
    cite="4.2/3", quote="标准化警务工作站各4个",
    zh="城区试点派出所按数建成标准化警务工作站",
    en="an urban pilot station has the standardised workstations required of it",
)  # fmt: skip

urban_pilots = define(
    city, "urban_pilots", int,
    zh="城区试点派出所数", en="urban pilot stations", unit=("个", "stations"),
    rules=[
        always(
            count(
                station_of_city,
                station_of_city.pilot & station_of_city.setting.is_(Setting.URBAN),
                zh="城区试点派出所", en="urban pilot stations",
            ),
            cite="4.2/3", quote="10个城区派出所",
        ),
    ],
)  # fmt: skip

# 第四句：其他试点派出所

OTHER_PILOTS_BY = parameter(
    "other_pilots_by", date(2020, 12, 31),
    cite="4.2/4", quote="2020年12月底前",
    zh="其他试点派出所建成警务工作站的期限",
    en="date by which the other pilot stations are to have their workstations",
)  # fmt: skip

LEAST_AT_OTHER_PILOTS = parameter(
    "least_at_other_pilots", 2,
    cite="4.2/4", quote="不少于2个", unit=("个", "workstations"),
    zh="其他试点派出所应建警务工作站的最低数",
    en="minimum workstations of the other pilot stations",
)  # fmt: skip

OTHER_PILOTS_WORKSTATIONS = reading(
    "other_pilots_workstations", "4.2/4",
    zh="“不少于2个”是各自的还是合计的？",
    en="does “no fewer than two” hold for each station or for all of them together?",
    each=("每个其他试点派出所至少2个", "at least two at each of the other pilot stations"),
    in_total=("其他试点派出所合计至少2个", "at least two at all of them together"),
    default="each",
    why=(
        "文件没有“各”字，但11个派出所合计只建2个，不成其为要求",
        "the text does not say “each”, but two among eleven stations would hardly be a requirement",
    ),
)  # fmt: skip

workstation_of_member = each(Workstation, station_id=station_of_city)
_together = total(
    station_of_city,
    first_known(
        station_of_city.workstations,
        count(
            workstation_of_member,
            (workstation_of_member.opened_on <= OTHER_PILOTS_BY)
            & (workstation_of_member.opened_on <= AS_OF),
        ),
    ),
    station_of_city.pilot & station_of_city.setting.is_not(Setting.URBAN),
    zh="其他试点派出所警务工作站合计数",
    en="workstations of all other pilot stations together",
)

workstations_required = define(
    station, "workstations_required", int,
    zh="应建警务工作站数", en="workstations required of it",
    unit=("个", "workstations"),
    rules=[
        when(OTHER_PILOTS_WORKSTATIONS.is_("each"))
        .then(LEAST_AT_OTHER_PILOTS, cite="4.2/4", quote="不少于2个"),
        when(OTHER_PILOTS_WORKSTATIONS.is_("in_total") & (_together >= LEAST_AT_OTHER_PILOTS))
        .then(0, cite="4.2/4", quote="不少于2个"),
        when(OTHER_PILOTS_WORKSTATIONS.is_("in_total") & (_together < LEAST_AT_OTHER_PILOTS))
        .then(LEAST_AT_OTHER_PILOTS, cite="4.2/4", quote="不少于2个"),
    ],
)  # fmt: skip

_opened_in_time = first_known(
    station.workstations,
    count(
        workstation_of,
        workstation_of.opened_on <= DEADLINE,
        zh="已启用的警务工作站数",
        en="workstations that are open",
    ),
)

other_pilots_built = require(
    station,
    _opened_in_time >= workstations_required.of(station),
    applies=station.pilot & station.setting.is_not(Setting.URBAN),
    due=OTHER_PILOTS_BY,
    cite="4.2/4", quote="建成不少于2个警务工作站",
    zh="其他试点派出所按数建成警务工作站",
    en="a township or rural pilot station has the workstations required of it",
)  # fmt: skip

other_pilots = define(
    city, "other_pilots", int,
    zh="其他试点派出所数", en="other pilot stations", unit=("个", "stations"),
    rules=[
        always(
            count(
                station_of_city,
                station_of_city.pilot & station_of_city.setting.is_not(Setting.URBAN),
                zh="其他试点派出所", en="other pilot stations",
            ),
            cite="4.2/4", quote="其他11个",
        ),
    ],
)  # fmt: skip

# 第五句：全覆盖

COVERAGE_BY = parameter(
    "coverage_by", date(2021, 12, 31),
    cite="4.2/5", quote="2021年",
    zh="警务工作站全覆盖的期限", en="date by which every station is to have a workstation",
)  # fmt: skip

coverage = require(
    station,
    _opened_in_time >= 1,
    due=COVERAGE_BY,
    cite="4.2/5", quote="实现全市全覆盖",
    zh="派出所建有警务工作站", en="a station has at least one workstation",
)  # fmt: skip

lights_on = define(
    workstation, "lights_on", bool,
    zh="全天候开门亮灯", no_zh="未全天候开门亮灯", en="open and lit day and night",
    rules=[
        when(workstation.open_24h).then(True, cite="4.2/5", quote="全天候“开门亮灯”"),
    ],
    otherwise=always(False, cite="4.2/5", quote="全天候“开门亮灯”"),
)  # fmt: skip

CLAUSE = Clause(
    heading="4.2",
    zh="标准化警务工作站",
    en="Police workstations",
    provisions=[
        public_facilities, planned_together, shared_offices,
        standardised, urban_pilots_built, urban_pilots,
        workstations_required, other_pilots_built, other_pilots,
        coverage, lights_on,
        excuse(
            "4.2/5", ExcuseKind.QUALITATIVE,
            zh="“努力实现”全天候开门亮灯、打造家门口的派出所，没有量化标准",
            en="no measure is given for striving to be open day and night, or for a station at the"
            " door",
        ),
    ],
)  # fmt: skip
