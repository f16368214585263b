"""二（一） Strength: how many officers a station has, and how they come and go."""

from datetime import date
from fractions import Fraction

from ...language import AS_OF, Clause, count, each, first_known, none, some, subject, the, total
from ...police import (
    Body,
    Bureau,
    Direction,
    Level,
    Officer,
    Posting,
    Role,
    Setting,
    Station,
    Transfer,
)
from .s0_preamble import BEFORE_ISSUE
from .s6_1_careers import EXCHANGE_TERRAIN

clause = Clause("2.1", "派出所警力配备", "Station strength")
s1, s2, s3, s4, s5, s6, s7 = clause.sentences(7)
bureau, station = subject(Bureau), subject(Station)
officer, posting, transfer = each(Officer, station_id=station), subject(Posting), subject(Transfer)
leaver = the(Officer, transfer.officer_id)

# 警力
STRENGTH_COUNTS = s1.reading("strength_counts", default="sworn")(
    "“警力”是否包括辅警？", "does strength (警力) include auxiliaries?"
).options(
    sworn=("只计民警", "sworn officers only"),
    sworn_and_auxiliary=("民警和辅警合计", "sworn officers and auxiliaries together"),
    why=(
        "辅警不具有执法主体资格，文件对辅警另作规定（二（三））",
        "auxiliaries have no police powers of their own, and the text treats them apart (2.3)",
    ),
)
_on_the_roster = count(officer).called("花名册人数", "officers on the roster")
sworn_officers = first_known(station.officers, _on_the_roster)
strength = clause.defines(station, "strength", int, unit=("人", "officers"))("警力", "strength").by(
    s1("派出所警力").makes(sworn_officers, when=STRENGTH_COUNTS.is_("sworn")),
    s1("派出所警力").makes(
        sworn_officers + station.auxiliaries, when=STRENGTH_COUNTS.is_("sworn_and_auxiliary")
    ),
)

# 社区（驻村）民警
_community_officers_on_the_roster = count(officer, officer.role.is_(Role.COMMUNITY)).called(
    "花名册上的社区民警", "community officers on the roster"
)
community_strength = clause.defines(station, "community_strength", int, unit=("人", "officers"))(
    "社区（驻村）民警数", "community strength"
).by(
    s1("社区（驻村）民警").makes(
        first_known(
            station.community_officers,
            _community_officers_on_the_roster,
        )
    )
)

# 县（区）和派出所的比例是两个“40%以上”
COUNTY_SHARE = s1("占所在县（区）公安机关总警力的40%以上")(
    "派出所警力占县（区）总警力的最低比例", "minimum share of a county's officers at its stations"
).sets("county_share", Fraction(2, 5))
COMMUNITY_SHARE = s1("占所在派出所警力的40%以上")(
    "社区（驻村）民警占派出所警力的最低比例",
    "minimum share of community officers in a station's strength",
).sets("community_share", Fraction(2, 5))
station = subject(Station, strength, community_strength)
station_of_bureau = each(Station, strength, bureau_id=bureau)
s1.a("派出所警力占所在县（区）公安机关总警力的40%以上")(
    "全县（区）派出所警力不少于公安机关总警力的40%",
    "the stations of a county or district have at least 40% of its officers",
).demands(
    bureau,
    total(station_of_bureau, station_of_bureau.strength).called(
        "各派出所警力之和", "strength of its stations"
    )
    >= COUNTY_SHARE * bureau.officers,
    applies=(bureau.officers > 0) & bureau.level.is_not(Level.MUNICIPAL),
)
s1.b("社区（驻村）民警占所在派出所警力的40%以上")(
    "社区（驻村）民警不少于派出所警力的40%",
    "community officers are at least 40% of a station's strength",
).demands(
    station,
    station.community_strength >= COMMUNITY_SHARE * station.strength,
    applies=station.strength > 0,
)
s1.c("派出所警力")(
    "填报民警数与花名册一致", "a station reports as many officers as are on its roster"
).agrees(station, station.officers, _on_the_roster)
s1.d("社区（驻村）民警")(
    "填报社区民警数与花名册一致",
    "a station reports as many community officers as are on its roster",
).agrees(station, station.community_officers, _community_officers_on_the_roster)
s1.e("社区（驻村）民警")(
    "社区民警数不多于民警数", "a station has no more community officers than officers"
).agrees(station, station.community_officers <= station.officers)
s1.f("所在县（区）公安机关总警力")(
    "各派出所民警数之和不多于公安局总警力",
    "a bureau's stations have together no more officers than the bureau",
).agrees(
    bureau,
    total(station_of_bureau, station_of_bureau.officers).called(
        "各派出所民警数之和", "officers of its stations"
    )
    <= bureau.officers,
)
s1.background("公安部会议的部署要求", "the ministry's meeting whose demands it follows")

# 第二句：“只增不减、出一补一、先进后出”
BASELINE = s2.reading("baseline", default="since_issue")(
    "“只增不减”“出一补一”和“倒流”自何时起算？",
    "from which day are departures counted that lower strength, are not replaced, or lead back?",
).options(
    year_start=("本年年初", "from the beginning of the calendar year"),
    since_issue=("文件成文之日", "from the day the directive was issued"),
    why=(
        "只增不减、出一补一和坚决纠正都没有年度之限，未补齐的不因跨年而了结；"
        "调动按年度核算的，可取本年年初",
        "to grow only, to replace each one and to put right know no year: what was not made good"
        " stays so when the year ends; where transfers are accounted for by the year, take"
        " year_start",
    ),
)
BASELINE_DAY = s2("只增不减")(
    "调出的起算日（口径取成文之日时）",
    "day from which departures count (read as from the day of issue)",
).sets("baseline_day", date(2019, 7, 16))
departure = each(Transfer, station_id=station)
other = each(Transfer, station_id=station)
_leaves_since_the_baseline = (
    departure.direction.is_(Direction.OUT)
    & (
        (
            BASELINE.is_("year_start")
            & departure.on.year().is_(AS_OF.year())
            & (BEFORE_ISSUE.is_("judge") | (departure.on >= date(2019, 7, 16)))
        )
        | (BASELINE.is_("since_issue") & (departure.on >= BASELINE_DAY))
    )
    & (departure.on <= AS_OF)
)
_since_the_baseline = (BASELINE.is_("year_start") & other.on.year().is_(AS_OF.year())) | (
    BASELINE.is_("since_issue") & (other.on >= BASELINE_DAY)
)
ONLY_GROW = s2.reading("only_grow", default="made_good")(
    "一度低于基数、其后已补足的，是否仍违反“只增不减”？",
    "is a station that fell below its baseline, and was brought up again, still in breach?",
).options(
    made_good=(
        "不再违反：至今调入已补足的调出不计",
        "no: a departure for which enough have come by now counts no longer",
    ),
    any_day=(
        "仍违反：调出当日即低于基数的，其后补足也不改变",
        "yes: what fell below on the day of a departure stays a breach, whoever came later",
    ),
    why=(
        "违反持续到补足为止；是否先进后出，由二（一）第二句b逐次判定",
        "a breach lasts until it is made good; whether each replacement came first is 2.1/2b",
    ),
)
s2.a("只增不减")(
    "派出所警力未因调出而低于基数",
    "departures do not leave a station's strength below its baseline",
).demands(
    station,
    none(
        departure,
        _leaves_since_the_baseline
        & (
            count(
                other,
                other.direction.is_(Direction.IN)
                & _since_the_baseline
                & ((ONLY_GROW.is_("made_good") & (other.on <= AS_OF)) | (other.on <= departure.on)),
            ).called("调入", "arrived")
            < count(
                other,
                other.direction.is_(Direction.OUT)
                & _since_the_baseline
                & (other.on <= departure.on),
            ).called("至当日调出", "left by then")
        ),
    ).called("使警力低于基数的调出", "departures that leave it below its baseline"),
)
SAME_DAY_REPLACEMENT = s2.reading("same_day_replacement", default="allowed")(
    "接替民警与调出民警同日进出，是否算“先进后出”？",
    "may a replacement arrive on the very day of the departure?",
).options(
    allowed=("同日可以", "the same day is early enough"),
    day_before=("至迟前一日到位", "the day before at the latest"),
    why=(
        "记录只到日；同日进出的，派出所当日警力没有减少",
        "records go by the day, and at the end of that day the station is not short",
    ),
)
arrival = each(Transfer, replaces=transfer)
s2.b("出一补一、先进后出")(
    "调出一名民警，须先调入一名民警接替",
    "an officer leaves a station only once a replacement has arrived",
).needs(
    transfer,
    s2.b("先进后出")("接替民警已到位", "the replacement has arrived").step(
        "replacement_arrived",
        some(
            arrival,
            arrival.direction.is_(Direction.IN)
            & arrival.station_id.is_(transfer.station_id)
            & (arrival.on <= transfer.on)
            & (SAME_DAY_REPLACEMENT.is_("allowed") | (arrival.on < transfer.on))
            & (arrival.on <= AS_OF),
        ).called("已到位的接替民警", "replacements that have arrived"),
    ),
    applies=transfer.direction.is_(Direction.OUT),
    on=transfer.on,
)
s2.c("优先保障派出所警力配置")(
    "警力配置优先保障派出所", "stations come first when officers are allotted"
).attests(bureau)
made_good = each(Transfer, replaces=departure)
s2.d("出一补一")(
    "调出的民警均已有人接替", "every officer who has left a station has been replaced"
).demands(
    station,
    none(
        departure,
        _leaves_since_the_baseline
        & none(
            made_good,
            made_good.direction.is_(Direction.IN)
            & made_good.station_id.is_(station.id)
            & (made_good.on <= AS_OF),
        ),
    ).called("尚未接替的调出", "departures without a replacement"),
)

POPULATION_STANDARD = s3.reading("population_standard", default="at_most_5000")(
    "“3000至5000人”按哪一端计算？", "how does “3000 to 5000 people” set the standard?"
).options(
    at_most_5000=("每名民警至多5000人", "at most 5000 people to an officer"),
    urban_3000=(
        "城区每名民警至多3000人，其他至多5000人",
        "at most 3000 people to an officer at urban stations, 5000 elsewhere",
    ),
    why=(
        "文件没有把幅度的两端分别对应城区和农村；每名民警管理不足3000人的，不违反",
        "the text does not divide the band between urban and other stations; fewer than 3000 is no"
        " breach",
    ),
)
MOST_POPULATION = s3("3000至5000人")(
    "每名社区民警管理实有人口上限", "limit of people per community officer"
).sets("most_population", 5000, unit=("人", "people"))
MOST_URBAN_POPULATION = s3("3000至5000人")(
    "城区每名社区民警管理实有人口上限（口径区分城区时）",
    "limit of people per community officer at an urban station (if read as set apart)",
).sets("most_urban_population", 3000, unit=("人", "people"))
population_per_officer = clause.defines(
    station, "population_per_officer", int, unit=("人", "people")
)("每名社区民警管理实有人口上限", "limit of people per community officer").by(
    s3("3000至5000人").makes(MOST_POPULATION, when=POPULATION_STANDARD.is_("at_most_5000")),
    s3("3000至5000人").makes(
        MOST_URBAN_POPULATION,
        when=POPULATION_STANDARD.is_("urban_3000") & station.setting.is_(Setting.URBAN),
    ),
    s3("3000至5000人").makes(
        MOST_POPULATION,
        when=POPULATION_STANDARD.is_("urban_3000") & station.setting.is_not(Setting.URBAN),
    ),
)
_enough_community_officers = station.community_strength >= (
    station.resident_population / population_per_officer.of(station)
)
s3("以每名民警管理实有人口3000至5000人的基本标准，配齐社区（驻村）民警")(
    "社区（驻村）民警按实有人口配齐",
    "a station has enough community officers for its resident population",
).demands(station, _enough_community_officers)

s4("一时配不齐的，要按照一村（格）一警（辅）的标准，配齐辅警开展工作")(
    "社区（驻村）民警未配齐的，每村（格）有一名民警或辅警",
    "a station short of community officers has an officer or auxiliary for each village or grid",
).demands(
    station, station.villages_covered >= station.villages, applies=~_enough_community_officers
)

s4.a("一村（格）一警（辅）")(
    "已配警（辅）的村（格）不多于村（格）总数",
    "a station has no more villages or grids covered than there are",
).agrees(station, station.villages_covered <= station.villages)

s5.a.in_principle("新警原则上分配派出所工作")(
    "新警原则上分配到派出所", "in principle, a recruit is posted to a station"
).forbids(posting, ~posting.to_station, on=posting.from_date)
s5("除专业技术人员和特殊岗位外")(
    "专业技术人员或特殊岗位", "a technical specialist or a special post"
).excepts(s5.a, posting.specialist | posting.special_post)
STATION_YEARS = s5("不得少于3年")(
    "新警在派出所连续工作的最短年限", "minimum years of a recruit at a station"
).sets("station_years", 3, unit=("年", "years"))
# 末日也计入，所以从结束日期的次日算起
s5.b("连续工作时间不得少于3年")(
    "新警在派出所连续工作不得少于3年",
    "a recruit posted to a station serves there for at least three years without a break",
).forbids(
    posting,
    # 没有结束日期（无）的，不会不足3年
    posting.until_date.plus_days(1) < posting.from_date.plus_years(STATION_YEARS),
    applies=posting.to_station,
    on=posting.from_date,
)
RECRUITS_EXCEPTED = s5.reading("recruits_excepted", default="whole_sentence")(
    "“除专业技术人员和特殊岗位外”管到哪里？",
    "how far does “except technical specialists and special posts” reach?",
).options(
    whole_sentence=(
        "全句：分配去向和连续工作年限都除外",
        "the whole sentence: where recruits are posted, and for how long",
    ),
    first_half=(
        "只管分配去向；分到派出所的，一律不少于3年",
        "only where they are posted; whoever is posted to a station stays three years",
    ),
    why=(
        "“除……外”在句首，其后两个分句同以“新警”为主语，后一分句没有另立主语",
        "the exception opens the sentence, and both halves have one subject, the recruits whom it"
        " narrows",
    ),
)
s5("除专业技术人员和特殊岗位外")(
    "专业技术人员或特殊岗位", "a technical specialist or a special post"
).excepts(
    s5.b,
    RECRUITS_EXCEPTED.is_("whole_sentence") & (posting.specialist | posting.special_post),
)
# 到本所工作日期在调出当日或其后的，是调出以后所到派出所的日期，不能据以判定
s5.c("连续工作时间不得少于3年")(
    "新警在派出所满3年后方可调出", "a recruit leaves a station only after three years there"
).forbids(
    transfer,
    ~(leaver.station_since.plus_years(STATION_YEARS) <= transfer.on),
    applies=transfer.direction.is_(Direction.OUT)
    & leaver.recruit
    & (leaver.station_since < transfer.on),
    on=transfer.on,
)
s5("除专业技术人员和特殊岗位外")("专业技术人员", "a technical specialist").excepts(
    s5.c, RECRUITS_EXCEPTED.is_("whole_sentence") & leaver.specialist
)

recruit = the(Officer, posting.officer_id)
s5.d("专业技术人员")(
    "分配记录与花名册所填专业技术人员一致",
    "a posting and the roster say the same of whether a recruit is a specialist",
).agrees(
    posting,
    posting.specialist,
    recruit.specialist,
    applies=posting.specialist.is_known() & recruit.specialist.is_known(),
)

SECONDMENT_NUMBER = s6("一定数量")(
    "机关每年安排到派出所锻炼的民警数（文件未定）",
    "officers whom a bureau's headquarters seconds each year (left open by the text)",
).leaves_open("secondment_number", int, unit=("人", "officers"))
s6("市、县（区）局机关每年安排一定数量的民警到派出所锻炼")(
    "上一年度机关到派出所锻炼的民警达到规定人数",
    "a bureau's headquarters seconded a certain number of officers to stations last year",
).demands(
    bureau,
    (bureau.seconded.in_year(-1) >= SECONDMENT_NUMBER) & (bureau.seconded.in_year(-1) >= 1),
    responsible=Body.HEADQUARTERS,
)

# 第七句：“虚假增警”和民警“倒流”
s7.a("坚决纠正派出所“虚假增警”")(
    "填报民警数不多于花名册人数", "a station reports no more officers than are on its roster"
).demands(station, station.officers <= _on_the_roster)
BACK_FLOW = s7.reading("back_flow", default="provided_for_excepted")(
    "文件另行规定的交流、挂职，是否属于“倒流”和“虚假增警”？",
    "are exchanges (6.1/2) and secondments (5.4/1), which the text provides for, back-flow and"
    " increases on paper?",
).options(
    provided_for_excepted=(
        "不属于：山区、海岛派出所民警的交流不是“倒流”，到乡镇（街道）挂职的不是“虚假增警”",
        "no: an exchange of an officer of a mountain or island station is no back-flow, and one"
        " seconded to a township no increase on paper",
    ),
    all_counted=("属于：不问原因", "yes: the reason is not asked"),
    why=(
        "同一文件要求建立交流制度、选派挂职，照此办理的不是须纠正的问题",
        "the same text asks for the exchanges and secondments, which are then no problem to put"
        " right",
    ),
)
s7.b("坚决纠正派出所“虚假增警”")(
    "花名册上的民警均在本所实际工作", "no officer on a station's roster actually works elsewhere"
).demands(
    station,
    none(
        officer,
        officer.workplace_id.is_not(station.id)
        & (BACK_FLOW.is_("all_counted") | ~officer.township_secondment),
    ).called("在其他单位工作的在册民警", "officers on the roster who work elsewhere"),
)
returned = each(Transfer, officer_id=departure.officer_id)
s7.c("民警“倒流”")(
    "没有民警“倒流”机关而未回所",
    "no officer of a station has gone back to headquarters and not returned",
).demands(
    station,
    none(
        departure,
        _leaves_since_the_baseline
        & departure.to_organ
        & (
            BACK_FLOW.is_("all_counted")
            | ~(departure.exchange & station.terrain.is_in(EXCHANGE_TERRAIN))
        )
        & none(
            returned,
            returned.direction.is_(Direction.IN)
            & returned.station_id.is_(station.id)
            & (returned.on > departure.on)
            & (returned.on <= AS_OF),
        ),
    ).called("调回机关的民警", "officers who went back to headquarters"),
)
s7.d("民警“倒流”")(
    "在乡镇（街道）挂职的民警不在本所实际工作",
    "no officer on a station's roster is both seconded to a township and at work at the station",
).agrees(
    station,
    none(officer, officer.township_secondment & officer.workplace_id.is_(station.id)).called(
        "挂职又在本所实际工作的民警", "officers who are seconded and at work at the station"
    ),
)
s7.e("民警“倒流”")(
    "调入不填调往机关、任职交流",
    "no arrival is said to lead to headquarters or to be an exchange",
).agrees(
    transfer,
    ~(transfer.to_organ | transfer.exchange),
    applies=transfer.direction.is_(Direction.IN)
    & (transfer.to_organ.is_known() | transfer.exchange.is_known()),
)
s7.qualitative("“等问题”未列明其他情形", "the other problems are not named")
