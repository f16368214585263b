"""六（二） Honours: the share of excellent officers, and who may be put forward for merit."""

from ...facts import Bureau, Officer, Role, Station
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    always,
    attest,
    define,
    excuse,
    parameter,
    reading,
    require,
    subject,
    the,
    when,
)

bureau = subject(Bureau)
station = subject(Station)
officer = subject(Officer)
home = the(Station, officer.station_id)

# 第一句

_station_assessed = bureau.station_assessed.in_year(-1)
_organ_assessed = bureau.organ_assessed.in_year(-1)

excellent_share = require(
    bureau,
    # The shares are multiplied out. A product is no number of officers, so the rule is written as
    # a negation, which reports none.
    ~(
        bureau.station_excellent.in_year(-1) * _organ_assessed
        <= bureau.organ_excellent.in_year(-1) * _station_assessed
    ),
    applies=(_station_assessed > 0) & (_organ_assessed > 0),
    cite="6.2/1a", quote="派出所公务员年度考核优秀等次比例高于机关",
    zh="上一年度派出所公务员考核优秀等次比例高于机关",
    en="a bureau rated a larger share of officers excellent at stations than at organs last year",
)  # fmt: skip

rewards = attest(
    bureau,
    cite="6.2/1b", quote="奖励对象向派出所倾斜",
    zh="奖励向派出所倾斜", en="a bureau's awards favour stations",
)  # fmt: skip

# 第二、三句：所长、教导员

LEADER_TENURE = reading(
    "leader_tenure", "6.2/2",
    zh="所长、教导员是否须在该三年内一直在该所工作？",
    en="must the chief and instructor have been at the station throughout the three years?",
    current=("现任即可", "it is enough to be in post now"),
    three_years=(
        "须自该三年之前起在该所工作",
        "they have been at the station since before the three years",
    ),
    default="current",
    why=("文件未规定任职年限", "the text sets no length of service"),
)  # fmt: skip

_leads = officer.role.is_in({Role.CHIEF, Role.INSTRUCTOR}) & (
    LEADER_TENURE.is_("current") | (officer.station_since.year() < AS_OF.year() - 3)
)

# 第二句：二等功

SECOND_CLASS_GRADE = parameter(
    "second_class_grade", 1,
    cite="6.2/2", quote="连续三年保持一级", unit=("级", ""),
    zh="推报二等功须保持的等级", en="grade to be kept for second-class merit",
)  # fmt: skip

eligible_collective_second_class = define(
    station, "eligible_collective_second_class", bool,
    zh="可推报集体二等功", no_zh="不可推报集体二等功",
    en="eligible to be put forward for collective second-class merit",
    rules=[
        when(
            station.grades.in_year(-1).is_(SECOND_CLASS_GRADE)
            & station.grades.in_year(-2).is_(SECOND_CLASS_GRADE)
            & station.grades.in_year(-3).is_(SECOND_CLASS_GRADE)
            & station.outstanding
            & station.innovative
        ).then(True, cite="6.2/2", quote="视情推报集体二等功"),
    ],
    otherwise=always(False, cite="6.2/2", quote="视情推报集体二等功"),
)  # fmt: skip

eligible_individual_second_class = define(
    officer, "eligible_individual_second_class", bool,
    zh="可推报个人二等功", no_zh="不可推报个人二等功",
    en="eligible to be put forward for individual second-class merit",
    rules=[
        when(_leads & eligible_collective_second_class.of(home))
        .then(True, cite="6.2/2", quote="所长、教导员视情推报个人二等功"),
    ],
    otherwise=always(False, cite="6.2/2", quote="所长、教导员视情推报个人二等功"),
)  # fmt: skip

# 第三句：三等功

GRADE_TWO_YEARS = reading(
    "grade_two_years", "6.2/3",
    zh="三年中有一级的，是否属于“连续三年保持二级”？",
    en="do years of grade one count as keeping grade two?",
    exactly=("每年均为二级", "grade two in each year"),
    at_least=("每年二级以上，一级亦可", "grade two or better in each year"),
    default="exactly",
    why=("一级由前一句另行规定", "grade one has a sentence of its own"),
)  # fmt: skip

THIRD_CLASS_GRADE = parameter(
    "third_class_grade", 2,
    cite="6.2/3", quote="连续三年保持二级", unit=("级", ""),
    zh="记三等功须保持的等级", en="grade to be kept for third-class merit",
)  # fmt: skip

eligible_collective_third_class = define(
    station, "eligible_collective_third_class", bool,
    zh="可记集体三等功", no_zh="不可记集体三等功",
    en="eligible for collective third-class merit",
    rules=[
        when(
            station.grades.in_year(-1).is_(THIRD_CLASS_GRADE)
            & station.grades.in_year(-2).is_(THIRD_CLASS_GRADE)
            & station.grades.in_year(-3).is_(THIRD_CLASS_GRADE)
            & station.notable
        ).then(True, cite="6.2/3", quote="视情记集体三等功"),
        when(
            GRADE_TWO_YEARS.is_("at_least")
            & (station.grades.in_year(-1) <= THIRD_CLASS_GRADE)
            & (station.grades.in_year(-2) <= THIRD_CLASS_GRADE)
            & (station.grades.in_year(-3) <= THIRD_CLASS_GRADE)
            & station.notable
        ).then(True, cite="6.2/3", quote="视情记集体三等功"),
    ],
    otherwise=always(False, cite="6.2/3", quote="视情记集体三等功"),
)  # fmt: skip

eligible_individual_third_class = define(
    officer, "eligible_individual_third_class", bool,
    zh="可记个人三等功", no_zh="不可记个人三等功",
    en="eligible for individual third-class merit",
    rules=[
        when(_leads & eligible_collective_third_class.of(home))
        .then(True, cite="6.2/3", quote="所长、教导员视情记个人三等功"),
    ],
    otherwise=always(False, cite="6.2/3", quote="所长、教导员视情记个人三等功"),
)  # fmt: skip

CLAUSE = Clause(
    heading="6.2",
    zh="表彰奖励",
    en="Honours",
    provisions=[
        excellent_share, rewards,
        eligible_collective_second_class, eligible_individual_second_class,
        excuse(
            "6.2/2", ExcuseKind.QUALITATIVE,
            zh="“视情”推报由有权机关决定，符合条件不等于必须推报",
            en="the authority decides whether to put anyone forward; being eligible gives no right"
            " to it",
        ),
        eligible_collective_third_class, eligible_individual_third_class,
        excuse(
            "6.2/3", ExcuseKind.QUALITATIVE,
            zh="“视情”记功由有权机关决定，符合条件不等于必须记功",
            en="the authority decides whether to give the merit; being eligible gives no right to"
            " it",
        ),
    ],
)  # fmt: skip
