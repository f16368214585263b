"""四（二） Workstations: how many a station has opened by when, and what makes one standardised."""

from datetime import date

from ...language import AS_OF, DEADLINE, Clause, count, each, first_known, subject, total
from ...police import Bureau, City, Setting, Station, Workstation, WorkstationFunction

clause = Clause("4.2", "标准化警务工作站", "Police workstations")
s1, s2, s3, s4, s5 = clause.sentences(5)
bureau, city = subject(Bureau), subject(City)
station, workstation = subject(Station), subject(Workstation)
station_of_city = each(Station)
_is_urban_pilot = station.pilot & station.setting.is_(Setting.URBAN)
_is_other_pilot = station.pilot & station.setting.is_not(Setting.URBAN)

s1.a("将警务工作站用房纳入公共服务设施建设范畴")(
    "警务工作站用房已纳入公共服务设施建设范畴",
    "workstations' premises are among the public service facilities to be built",
).attests(bureau)
s1.b("与社区（村居）办公用房同规划、同建设，经费同保障")(
    "警务工作站用房与社区（村居）办公用房同规划、同建设、同保障经费",
    "workstations' premises are planned, built and funded with the community's offices",
).attests(bureau)

s2.target("提倡与社区（村居）、综治网格站合署办公")(
    "警务工作站与社区（村居）、综治网格站合署办公",
    "workstations share offices with the community and the grid station",
).attests(station)

# 第三句：城区试点派出所
STANDARD_FUNCTIONS = s3(
    "集治安防范、调查摸排、信息收集、情报研判、矛盾化解、窗口服务、就近接处警为一体"
)("标准化警务工作站的功能", "functions of a standardised workstation").sets(
    "standard_functions", set(WorkstationFunction)
)
standardised = s3("标准化警务工作站")("属标准化工作站", "standardised").decides(
    workstation,
    "standardised",
    workstation.functions.includes(STANDARD_FUNCTIONS),
    no_zh="不属标准化工作站",
)
URBAN_PILOTS_BY = s3("2019年12月底前")(
    "城区试点派出所建成警务工作站的期限",
    "date by which urban pilot stations are to have their workstations",
).sets("urban_pilots_by", date(2019, 12, 31))
NUMBER_AT_URBAN_PILOTS = s3("各4个")(
    "城区试点派出所应建警务工作站数", "workstations required of an urban pilot station"
).sets("number_at_urban_pilots", 4, unit=("个", "workstations"))
WORKSTATION_NUMBER = s3.reading("workstation_number", default="at_least")(
    "“各4个”是最低数还是固定数？", "does “four each” mean at least four or exactly four?"
).options(
    at_least=("至少4个", "at least four"),
    exactly=("正好4个", "exactly four"),
    why=(
        "多建不违背文件本意；2020年的要求也写作“不少于”",
        "more serves the purpose, and the sentence on 2020 says “no fewer than”",
    ),
)
workstation_of = each(Workstation, standardised, station_id=station)
_standardised_in_time = count(
    workstation_of, workstation_of.standardised & (workstation_of.opened_on <= DEADLINE)
).called("已启用的标准化警务工作站数", "standardised workstations that are open")
s3("标准化警务工作站各4个")(
    "城区试点派出所按数建成标准化警务工作站",
    "an urban pilot station has the standardised workstations required of it",
).demands(
    station,
    (_standardised_in_time >= NUMBER_AT_URBAN_PILOTS)
    & (WORKSTATION_NUMBER.is_("at_least") | (_standardised_in_time <= NUMBER_AT_URBAN_PILOTS)),
    applies=_is_urban_pilot,
    due=URBAN_PILOTS_BY,
)
_urban_pilots = count(
    station_of_city, station_of_city.pilot & station_of_city.setting.is_(Setting.URBAN)
).called("城区试点派出所", "urban pilot stations")
urban_pilots = clause.defines(city, "urban_pilots", int, unit=("个", "stations"))(
    "城区试点派出所数", "urban pilot stations"
).by(s3("10个城区派出所").makes(_urban_pilots))
URBAN_PILOT_NUMBER = s3("10个城区派出所")(
    "城区试点派出所数", "number of urban pilot stations"
).sets("urban_pilot_number", 10, unit=("个", "stations"))
URBAN_PILOTS_LISTED = s3("10个城区派出所")("城区试点派出所", "urban pilot stations").lists(
    _urban_pilots, URBAN_PILOT_NUMBER
)
s3.a("10个城区派出所")(
    "城区试点派出所数与文件一致",
    "the city has as many urban pilot stations as the directive says",
).agrees(city, _urban_pilots, URBAN_PILOT_NUMBER)

# 第四句：其他试点派出所
OTHER_PILOTS_BY = s4("2020年12月底前")(
    "其他试点派出所建成警务工作站的期限",
    "date by which the other pilot stations are to have their workstations",
).sets("other_pilots_by", date(2020, 12, 31))
LEAST_AT_OTHER_PILOTS = s4("不少于2个")(
    "其他试点派出所应建警务工作站的最低数", "minimum workstations of the other pilot stations"
).sets("least_at_other_pilots", 2, unit=("个", "workstations"))
OTHER_PILOTS_WORKSTATIONS = s4.reading("other_pilots_workstations", default="each")(
    "“不少于2个”是各自的还是合计的？",
    "does “no fewer than two” hold for each station or for all of them together?",
).options(
    each=("每个其他试点派出所至少2个", "at least two at each of the other pilot stations"),
    in_total=("其他试点派出所合计至少2个", "at least two at all of them together"),
    why=(
        "文件没有“各”字，但11个派出所合计只建2个，不成其为要求",
        "the text does not say “each”, but two among eleven stations would hardly be a requirement",
    ),
)
workstation_of_member = each(Workstation, station_id=station_of_city)
_of_member = count(
    workstation_of_member,
    (workstation_of_member.opened_on <= OTHER_PILOTS_BY)
    & (workstation_of_member.opened_on <= AS_OF),
)
_together = total(
    station_of_city,
    first_known(_of_member, station_of_city.workstations),
    station_of_city.pilot & station_of_city.setting.is_not(Setting.URBAN),
).called("其他试点派出所警务工作站合计数", "workstations of all other pilot stations together")
workstations_required = clause.defines(
    station, "workstations_required", int, unit=("个", "workstations")
)("试点应建警务工作站数", "workstations required as a pilot").by(
    s3("各4个").makes(NUMBER_AT_URBAN_PILOTS, when=_is_urban_pilot),
    s4("不少于2个").makes(
        LEAST_AT_OTHER_PILOTS,
        when=_is_other_pilot
        & (OTHER_PILOTS_WORKSTATIONS.is_("each") | (_together < LEAST_AT_OTHER_PILOTS)),
    ),
    otherwise=s4("试点派出所").makes(0),
)
_on_the_list = count(workstation_of, workstation_of.opened_on <= DEADLINE).called(
    "已启用的警务工作站数", "workstations that are open"
)
# 填报数没有日期：名单完整且均有启用日期的，以名单为准
_opened_in_time = first_known(_on_the_list, first_known(station.workstations, _on_the_list))
s4("建成不少于2个警务工作站")(
    "其他试点派出所按数建成警务工作站",
    "a township or rural pilot station has the workstations required of it",
).demands(
    station,
    _opened_in_time >= workstations_required.of(station),
    applies=_is_other_pilot,
    due=OTHER_PILOTS_BY,
)
_other_pilots = count(
    station_of_city, station_of_city.pilot & station_of_city.setting.is_not(Setting.URBAN)
).called("其他试点派出所", "other pilot stations")
other_pilots = clause.defines(city, "other_pilots", int, unit=("个", "stations"))(
    "其他试点派出所数", "other pilot stations"
).by(s4("其他11个").makes(_other_pilots))
OTHER_PILOT_NUMBER = s4("其他11个")("其他试点派出所数", "number of other pilot stations").sets(
    "other_pilot_number", 11, unit=("个", "stations")
)
OTHER_PILOTS_LISTED = s4("其他11个")("其他试点派出所", "other pilot stations").lists(
    _other_pilots, OTHER_PILOT_NUMBER
)
s4.a("其他11个")(
    "其他试点派出所数与文件一致",
    "the city has as many other pilot stations as the directive says",
).agrees(city, _other_pilots, OTHER_PILOT_NUMBER)

# 第五句：全覆盖
COVERAGE_BY = s5("2021年")(
    "警务工作站全覆盖的期限", "date by which every station is to have a workstation"
).sets("coverage_by", date(2021, 12, 31))
s5("实现全市全覆盖")("派出所建有警务工作站", "a station has at least one workstation").demands(
    station, _opened_in_time >= 1, due=COVERAGE_BY
)
s5.a("警务工作站")(
    "填报警务工作站数与名单一致", "a station reports as many workstations as are on its list"
).agrees(
    station,
    station.workstations,
    count(workstation_of, workstation_of.opened_on <= AS_OF).called(
        "名单上已启用的警务工作站", "workstations on the list that are open"
    ),
)
lights_on = s5("全天候“开门亮灯”")("全天候开门亮灯", "open and lit day and night").decides(
    workstation, "lights_on", workstation.open_24h, no_zh="未全天候开门亮灯"
)
s5.qualitative(
    "“努力实现”全天候开门亮灯、打造家门口的派出所，没有量化标准",
    "no measure is given for striving to be open day and night, or for a station at the door",
)
