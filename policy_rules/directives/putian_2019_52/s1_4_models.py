"""一（四） Models: the “ten best” awards, and how many may win each."""

from ...facts import Award, AwardCategory, City
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    each,
    excuse,
    parameter,
    require,
    some,
    subject,
)

award = subject(Award)
city = subject(City)
award_of_city = each(Award, city_id=city)

# 第一句

_made = award_of_city.on <= AS_OF

three_awards = require(
    city,
    some(
        award_of_city, award_of_city.category.is_(AwardCategory.CHIEF) & _made,
        zh="十佳基层所队长评选", en="awards for the ten best heads of stations and squads",
    )
    & some(
        award_of_city, award_of_city.category.is_(AwardCategory.CASE) & _made,
        zh="十佳办案能手评选", en="awards for the ten best investigators",
    )
    & some(
        award_of_city, award_of_city.category.is_(AwardCategory.PATROL) & _made,
        zh="十佳巡防民警评选", en="awards for the ten best patrol officers",
    ),
    cite="1.4/1a", quote="开展十佳基层所队长、十佳办案能手、十佳巡防民警等系列“十佳”评选活动",
    zh="已评选十佳基层所队长、十佳办案能手、十佳巡防民警",
    en="the city has made each of the “ten best” awards for heads of stations and squads, for"
    " investigators and for patrol officers",
)  # fmt: skip

MOST_WINNERS = parameter(
    "most_winners", 10,
    cite="1.4/1", quote="十佳", unit=("人", "people"),
    zh="每项“十佳”获评人数上限", en="maximum winners of a “ten best” award",
)  # fmt: skip

ten_winners = require(
    award,
    award.winners <= MOST_WINNERS,
    cite="1.4/1b", quote="系列“十佳”评选活动",
    zh="每项“十佳”获评人数不超过10人", en="a “ten best” award has at most 10 winners",
)  # fmt: skip

CLAUSE = Clause(
    heading="1.4",
    zh="典型示范引领",
    en="Models",
    provisions=[
        three_awards, ten_winners,
        excuse(
            "1.4/1", ExcuseKind.QUALITATIVE,
            zh="学习推广先进、增强荣誉感和凝聚力没有量化标准；其他评选和评选周期未列明",
            en="no measure is given for learning from models, for honour or for cohesion; the other"
            " awards are not named, nor how often they are made",
        ),
        excuse(
            "1.4/2", ExcuseKind.QUALITATIVE,
            zh="培树先进典型，没有量化标准",
            en="no measure is given for finding and fostering model stations",
        ),
        excuse(
            "1.4/2", ExcuseKind.QUALITATIVE,
            zh="“全国一流”“桥头堡”不是评定等级，不能换算为一级派出所",
            en="“first-class in the nation” and “bridgehead” are not grades; neither stands for"
            " grade one",
        ),
        excuse(
            "1.4/3", ExcuseKind.QUALITATIVE,
            zh="文化环境建设和文体活动，没有量化标准",
            en="no measure is given for the culture of stations, or for sport and the arts",
        ),
        excuse(
            "1.4/4", ExcuseKind.QUALITATIVE,
            zh="新闻宣传、舆情引导和警民关系，没有量化标准",
            en="no measure is given for publicity, for guiding public opinion or for relations with"
            " the public",
        ),
    ],
)  # fmt: skip
