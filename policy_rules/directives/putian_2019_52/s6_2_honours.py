"""六（二） Honours: the share of excellent officers, and who may be put forward for merit."""

from ...language import AS_OF, Clause, subject, the
from ...police import Bureau, Officer, Role, Station

clause = Clause("6.2", "表彰奖励", "Honours")
s1, s2, s3 = clause.sentences(3)
bureau, station, officer = subject(Bureau), subject(Station), subject(Officer)
home = the(Station, officer.station_id)

_station_assessed = bureau.station_assessed.in_year(-1)
_organ_assessed = bureau.organ_assessed.in_year(-1)
s1.a("派出所公务员年度考核优秀等次比例高于机关")(
    "上一年度派出所公务员考核优秀等次比例高于机关",
    "a bureau rated a larger share of officers excellent at stations than at headquarters last"
    " year",
).demands(
    bureau,
    # The shares are multiplied out. A product is no number of officers, so the rule is written as
    # a negation, which reports none.
    ~(
        bureau.station_excellent.in_year(-1) * _organ_assessed
        <= bureau.organ_excellent.in_year(-1) * _station_assessed
    ),
    applies=(_station_assessed > 0) & (_organ_assessed > 0),
)
s1.b("奖励对象向派出所倾斜")("奖励向派出所倾斜", "a bureau's awards favour stations").attests(
    bureau
)

s1.c("派出所公务员年度考核优秀等次比例")(
    "派出所考核优秀人数不多于参加考核人数",
    "at a bureau's stations, no more officers were rated excellent than assessed",
).agrees(bureau, bureau.station_excellent.in_year(-1) <= _station_assessed)
s1.d("高于机关")(
    "机关考核优秀人数不多于参加考核人数",
    "at a bureau's headquarters, no more officers were rated excellent than assessed",
).agrees(bureau, bureau.organ_excellent.in_year(-1) <= _organ_assessed)

# 第二、三句：所长、教导员
LEADER_TENURE = s2.reading("leader_tenure", default="current")(
    "所长、教导员是否须在该三年内一直在该所工作？",
    "must the chief and instructor have been at the station throughout the three years?",
).options(
    current=("现任即可", "it is enough to be in post now"),
    three_years=(
        "须自该三年首年的1月1日起在该所工作",
        "they have been at the station since 1 January of the first of the three years",
    ),
    why=("文件未规定任职年限", "the text sets no length of service"),
)
_leads = officer.role.is_in({Role.CHIEF, Role.INSTRUCTOR}) & (
    LEADER_TENURE.is_("current") | (officer.station_since.plus_days(-1).year() < AS_OF.year() - 3)
)

# 第二句：二等功
SECOND_CLASS_GRADE = s2("连续三年保持一级")(
    "推报二等功须保持的等级", "grade to be kept for second-class merit"
).sets("second_class_grade", 1, unit=("级", ""))
eligible_collective_second_class = s2("视情推报集体二等功")(
    "可推报集体二等功", "eligible to be put forward for collective second-class merit"
).decides(
    station,
    "eligible_collective_second_class",
    station.grades.in_year(-1).is_(SECOND_CLASS_GRADE)
    & station.grades.in_year(-2).is_(SECOND_CLASS_GRADE)
    & station.grades.in_year(-3).is_(SECOND_CLASS_GRADE)
    & station.outstanding
    & station.innovative,
    no_zh="不可推报集体二等功",
)
eligible_individual_second_class = s2("所长、教导员视情推报个人二等功")(
    "可推报个人二等功", "eligible to be put forward for individual second-class merit"
).decides(
    officer,
    "eligible_individual_second_class",
    _leads & eligible_collective_second_class.of(home),
    no_zh="不可推报个人二等功",
)
s2.qualitative(
    "“视情”推报由有权机关决定，符合条件不等于必须推报",
    "the authority decides whether to put anyone forward; being eligible gives no right to it",
)

# 第三句：三等功
GRADE_TWO_YEARS = s3.reading("grade_two_years", default="at_least")(
    "三年中有一级的，是否属于“连续三年保持二级”？",
    "do years of grade one count as keeping grade two?",
).options(
    exactly=("每年均为二级", "grade two in each year"),
    at_least=("每年二级以上，一级亦可", "grade two or better in each year"),
    why=(
        "“保持二级”是不低于二级；一级优于二级，不应因此不能记三等功",
        "to keep grade two is not to fall below it; a better grade is no reason to be left out",
    ),
)
THIRD_CLASS_GRADE = s3("连续三年保持二级")(
    "记三等功须保持的等级", "grade to be kept for third-class merit"
).sets("third_class_grade", 2, unit=("级", ""))
eligible_collective_third_class = clause.defines(station, "eligible_collective_third_class", bool)(
    "可记集体三等功", "eligible for collective third-class merit", no_zh="不可记集体三等功"
).by(
    s3("视情记集体三等功").makes(
        True,
        when=station.grades.in_year(-1).is_(THIRD_CLASS_GRADE)
        & station.grades.in_year(-2).is_(THIRD_CLASS_GRADE)
        & station.grades.in_year(-3).is_(THIRD_CLASS_GRADE)
        & station.notable,
    ),
    s3("视情记集体三等功").makes(
        True,
        when=GRADE_TWO_YEARS.is_("at_least")
        & (station.grades.in_year(-1) <= THIRD_CLASS_GRADE)
        & (station.grades.in_year(-2) <= THIRD_CLASS_GRADE)
        & (station.grades.in_year(-3) <= THIRD_CLASS_GRADE)
        & station.notable,
    ),
    otherwise=s3("视情记集体三等功").makes(False),
)
eligible_individual_third_class = s3("所长、教导员视情记个人三等功")(
    "可记个人三等功", "eligible for individual third-class merit"
).decides(
    officer,
    "eligible_individual_third_class",
    _leads & eligible_collective_third_class.of(home),
    no_zh="不可记个人三等功",
)
s3.qualitative(
    "“视情”记功由有权机关决定，符合条件不等于必须记功",
    "the authority decides whether to give the merit; being eligible gives no right to it",
)
