"""二（一） Strength: how many officers a station has, and how they come and go."""

from datetime import date

from ...facts import Bureau, Direction, Level, Officer, Posting, Setting, Station, Transfer
from ...language import (
    AS_OF,
    INTEGER,
    Clause,
    ExcuseKind,
    Modality,
    attest,
    count,
    define,
    each,
    exception,
    excuse,
    forbid,
    needs,
    none,
    parameter,
    reading,
    require,
    some,
    step,
    subject,
    total,
    when,
)
from .terms import COMMUNITY_SHARE, COUNTY_SHARE, community_strength, strength

bureau = subject(Bureau)
station = subject(Station, strength, community_strength)
station_of_bureau = each(Station, strength, bureau_id=bureau)
officer = each(Officer, station_id=station)
posting = subject(Posting)
transfer = subject(Transfer)

# 第一句

county_share = require(
    bureau,
    total(
        station_of_bureau, station_of_bureau.strength,
        zh="各派出所警力之和", en="strength of its stations",
    )
    >= COUNTY_SHARE * bureau.officers,
    # A bureau is a county's unless it is known to be the city's.
    applies=(bureau.officers > 0) & ~(bureau.level.is_known() & bureau.level.is_(Level.MUNICIPAL)),
    cite="2.1/1a", quote="派出所警力占所在县（区）公安机关总警力的40%以上",
    zh="全县（区）派出所警力不少于公安机关总警力的40%",
    en="the stations of a county or district have at least 40% of its officers",
)  # fmt: skip

community_share = require(
    station,
    station.community_strength >= COMMUNITY_SHARE * station.strength,
    applies=station.strength > 0,
    cite="2.1/1b", quote="社区（驻村）民警占所在派出所警力的40%以上",
    zh="社区（驻村）民警不少于派出所警力的40%",
    en="community officers are at least 40% of a station's strength",
)  # fmt: skip

# 第二句：“只增不减、出一补一、先进后出”

BASELINE = reading(
    "baseline", "2.1/2",
    zh="“只增不减”以何时的警力为基数？",
    en="from which day may strength only grow?",
    year_start=("本年年初", "from the beginning of the calendar year"),
    since_issue=("文件成文之日", "from the day the directive was issued"),
    default="year_start",
    why=(
        "文件没有规定基数，调动按年度核算；上年调入的接替民警已计入年初警力，"
        "是否接替由“出一补一、先进后出”判定；需跨年度连续核算的，可取成文之日",
        "the text names no baseline, and transfers are accounted for by the year; a replacement who"
        " came last year is part of the strength at the beginning of this one, and is judged as a"
        " replacement by 2.1/2b and 2.1/2d; to keep one account across the years, take since_issue",
    ),
)  # fmt: skip

BASELINE_DAY = parameter(
    "baseline_day", date(2019, 7, 16),
    cite="2.1/2", quote="只增不减",
    zh="“只增不减”的起算日（口径取成文之日时）",
    en="day from which strength may only grow (read as from the day of issue)",
)  # fmt: skip

departure = each(Transfer, station_id=station)
other = each(Transfer, station_id=station)

_leaves_this_year = (
    departure.direction.is_(Direction.OUT)
    & departure.on.year().is_(AS_OF.year())
    & (departure.on <= AS_OF)
)
_leaves_since_the_baseline = (
    departure.direction.is_(Direction.OUT)
    & (
        (BASELINE.is_("year_start") & departure.on.year().is_(AS_OF.year()))
        | (BASELINE.is_("since_issue") & (departure.on >= BASELINE_DAY))
    )
    & (departure.on <= AS_OF)
)
_from_the_baseline_to_then = (
    (BASELINE.is_("year_start") & other.on.year().is_(AS_OF.year()))
    | (BASELINE.is_("since_issue") & (other.on >= BASELINE_DAY))
) & (other.on <= departure.on)

only_grow = require(
    station,
    none(
        departure,
        _leaves_since_the_baseline
        & (
            count(other, other.direction.is_(Direction.IN) & _from_the_baseline_to_then,
                  zh="至当日调入", en="arrived by then")
            < count(other, other.direction.is_(Direction.OUT) & _from_the_baseline_to_then,
                    zh="至当日调出", en="left by then")
        ),
        zh="使警力低于基数的调出", en="departures that take it below its baseline",
    ),
    cite="2.1/2a", quote="只增不减",
    zh="历次调动均未使派出所警力低于基数",
    en="no departure takes a station's strength below its baseline",
)  # fmt: skip

SAME_DAY_REPLACEMENT = reading(
    "same_day_replacement", "2.1/2",
    zh="接替民警与调出民警同日进出，是否算“先进后出”？",
    en="may a replacement arrive on the very day of the departure?",
    allowed=("同日可以", "the same day is early enough"),
    day_before=("至迟前一日到位", "the day before at the latest"),
    default="allowed",
    why=(
        "记录只到日；同日进出的，派出所当日警力没有减少",
        "records go by the day, and at the end of that day the station is not short",
    ),
)  # fmt: skip

arrival = each(Transfer, replaces=transfer)

replacement = needs(
    transfer,
    [
        step(
            "replacement_arrived",
            some(
                arrival,
                arrival.direction.is_(Direction.IN)
                & arrival.station_id.is_(transfer.station_id)
                & (arrival.on <= transfer.on)
                & (SAME_DAY_REPLACEMENT.is_("allowed") | (arrival.on < transfer.on))
                & (arrival.on <= AS_OF),
                zh="已到位的接替民警", en="replacements that have arrived",
            ),
            quote="先进后出",
            zh="接替民警已到位", en="the replacement has arrived",
        )
    ],
    applies=transfer.direction.is_(Direction.OUT),
    on=transfer.on,
    cite="2.1/2b", quote="出一补一、先进后出",
    zh="调出一名民警，须先调入一名民警接替",
    en="an officer leaves a station only once a replacement has arrived",
)  # fmt: skip

priority = attest(
    bureau,
    cite="2.1/2c", quote="优先保障派出所警力配置",
    zh="警力配置优先保障派出所", en="stations come first when officers are allotted",
)  # fmt: skip

made_good = each(Transfer, replaces=departure)

one_for_one = require(
    station,
    none(
        departure,
        _leaves_this_year
        & none(
            made_good,
            made_good.direction.is_(Direction.IN)
            & made_good.station_id.is_(station.id)
            & (made_good.on <= AS_OF),
        ),
        zh="本年度尚未接替的调出", en="departures of the year without a replacement",
    ),
    cite="2.1/2d", quote="出一补一",
    zh="本年度调出的民警均已有人接替",
    en="every officer who has left a station this year has been replaced",
)  # fmt: skip

# 第三、四句

POPULATION_STANDARD = reading(
    "population_standard", "2.1/3",
    zh="“3000至5000人”按哪一端计算？",
    en="how does “3000 to 5000 people” set the standard?",
    at_most_5000=("每名民警至多5000人", "at most 5000 people to an officer"),
    urban_3000=(
        "城区每名民警至多3000人，其他至多5000人",
        "at most 3000 people to an officer at urban stations, 5000 elsewhere",
    ),
    default="at_most_5000",
    why=(
        "文件没有把幅度的两端分别对应城区和农村；每名民警管理不足3000人的，不违反",
        "the text does not divide the band between urban and other stations; fewer than 3000 is no"
        " breach",
    ),
)  # fmt: skip

MOST_POPULATION = parameter(
    "most_population", 5000,
    cite="2.1/3", quote="3000至5000人", unit=("人", "people"),
    zh="每名社区民警管理实有人口上限", en="maximum people to a community officer",
)  # fmt: skip

MOST_URBAN_POPULATION = parameter(
    "most_urban_population", 3000,
    cite="2.1/3", quote="3000至5000人", unit=("人", "people"),
    zh="城区每名社区民警管理实有人口上限（口径区分城区时）",
    en="maximum people to a community officer at an urban station (if read as set apart)",
)  # fmt: skip

population_per_officer = define(
    station, "population_per_officer", int,
    zh="每名社区民警管理实有人口上限", en="maximum people to a community officer",
    unit=("人", "people"),
    rules=[
        when(POPULATION_STANDARD.is_("at_most_5000"))
        .then(MOST_POPULATION, cite="2.1/3", quote="3000至5000人"),
        when(POPULATION_STANDARD.is_("urban_3000") & station.setting.is_(Setting.URBAN))
        .then(MOST_URBAN_POPULATION, cite="2.1/3", quote="3000至5000人"),
        when(POPULATION_STANDARD.is_("urban_3000") & station.setting.is_not(Setting.URBAN))
        .then(MOST_POPULATION, cite="2.1/3", quote="3000至5000人"),
    ],
)  # fmt: skip

_enough_community_officers = station.community_strength >= (
    station.resident_population / population_per_officer.of(station)
)

population = require(
    station,
    _enough_community_officers,
    cite="2.1/3", quote="以每名民警管理实有人口3000至5000人的基本标准，配齐社区（驻村）民警",
    zh="社区（驻村）民警按实有人口配齐",
    en="a station has enough community officers for its resident population",
)  # fmt: skip

fallback = require(
    station,
    station.villages_covered >= station.villages,
    applies=~_enough_community_officers,
    cite="2.1/4", quote="一时配不齐的，要按照一村（格）一警（辅）的标准，配齐辅警开展工作",
    zh="社区（驻村）民警未配齐的，每村（格）有一名民警或辅警",
    en="a station short of community officers has an officer or auxiliary for each village or grid",
)  # fmt: skip

# 第五句

posted_to_station = forbid(
    posting,
    ~posting.to_station,
    modality=Modality.IN_PRINCIPLE,
    on=posting.from_date,
    cite="2.1/5a", quote="新警原则上分配派出所工作",
    zh="新警原则上分配到派出所", en="in principle, a recruit is posted to a station",
)  # fmt: skip

specialists = exception(
    "2.1/5a",
    posting.specialist | posting.special_post,
    cite="2.1/5", quote="除专业技术人员和特殊岗位外",
    zh="专业技术人员或特殊岗位", en="a technical specialist or a special post",
)  # fmt: skip

STATION_YEARS = parameter(
    "station_years", 3,
    cite="2.1/5", quote="不得少于3年", unit=("年", "years"),
    zh="新警在派出所连续工作的最短年限", en="minimum years of a recruit at a station",
)  # fmt: skip

three_years = forbid(
    posting,
    posting.to_station & (posting.until_date < posting.from_date.plus_years(STATION_YEARS)),
    on=posting.from_date,
    cite="2.1/5b", quote="连续工作时间不得少于3年",
    zh="新警在派出所连续工作不得少于3年",
    en="a recruit posted to a station serves there for at least three years without a break",
)  # fmt: skip

# 第六句

SECONDMENT_NUMBER = parameter(
    "secondment_number", type=INTEGER,
    cite="2.1/6", quote="一定数量", unit=("人", "officers"),
    zh="机关每年安排到派出所锻炼的民警数（文件未定）",
    en="officers whom a bureau's organs second each year (left open by the text)",
)  # fmt: skip

secondment = require(
    bureau,
    (bureau.seconded.in_year(-1) >= SECONDMENT_NUMBER) & (bureau.seconded.in_year(-1) >= 1),
    cite="2.1/6", quote="市、县（区）局机关每年安排一定数量的民警到派出所锻炼",
    zh="上一年度机关到派出所锻炼的民警达到规定人数",
    en="a bureau's organs seconded a certain number of officers to stations last year",
)  # fmt: skip

# 第七句：“虚假增警”和民警“倒流”

number_is_real = require(
    station,
    station.officers.is_(count(officer, zh="花名册人数", en="officers on the roster")),
    cite="2.1/7a", quote="坚决纠正派出所“虚假增警”",
    zh="填报民警数与花名册一致", en="a station reports as many officers as are on its roster",
)  # fmt: skip

at_their_station = require(
    station,
    none(
        officer,
        officer.workplace_id.is_not(station.id),
        zh="在其他单位工作的在册民警", en="officers on the roster who work elsewhere",
    ),
    cite="2.1/7b", quote="坚决纠正派出所“虚假增警”",
    zh="花名册上的民警均在本所实际工作",
    en="no officer on a station's roster actually works elsewhere",
)  # fmt: skip

no_back_flow = require(
    station,
    none(
        departure,
        _leaves_this_year & departure.to_organ,
        zh="本年度调回机关的民警", en="officers who went back to an organ this year",
    ),
    cite="2.1/7c", quote="民警“倒流”",
    zh="本年度没有民警由派出所“倒流”机关",
    en="no officer of a station has gone back to an organ this year",
)  # fmt: skip

CLAUSE = Clause(
    heading="2.1",
    zh="派出所警力配备",
    en="Station strength",
    provisions=[
        strength, community_strength, county_share, community_share,
        excuse(
            "2.1/1", ExcuseKind.BACKGROUND,
            zh="公安部会议的部署要求", en="the ministry's meeting whose demands it follows",
        ),
        only_grow, replacement, priority, one_for_one,
        population_per_officer, population, fallback,
        posted_to_station, specialists, three_years,
        secondment,
        number_is_real, at_their_station, no_back_flow,
        excuse(
            "2.1/7", ExcuseKind.QUALITATIVE,
            zh="“等问题”未列明其他情形", en="the other problems are not named",
        ),
    ],
)  # fmt: skip
