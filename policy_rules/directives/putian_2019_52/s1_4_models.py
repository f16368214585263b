"""一（四） Models: the “ten best” awards, and how many may win each."""

from ...language import AS_OF, Clause, each, some, subject
from ...police import Award, AwardCategory, City

clause = Clause("1.4", "典型示范引领", "Models")
s1, s2, s3, s4 = clause.sentences(4)
award, city = subject(Award), subject(City)
award_of_city = each(Award, city_id=city)

_made = award_of_city.on <= AS_OF
s1.a("开展十佳基层所队长、十佳办案能手、十佳巡防民警等系列“十佳”评选活动")(
    "已评选十佳基层所队长、十佳办案能手、十佳巡防民警",
    "the city has made each of the “ten best” awards for heads of stations and squads, for"
    " investigators and for patrol officers",
).demands(
    city,
    some(award_of_city, award_of_city.category.is_(AwardCategory.CHIEF) & _made).called(
        "十佳基层所队长评选", "awards for the ten best heads of stations and squads"
    )
    & some(award_of_city, award_of_city.category.is_(AwardCategory.CASE) & _made).called(
        "十佳办案能手评选", "awards for the ten best investigators"
    )
    & some(award_of_city, award_of_city.category.is_(AwardCategory.PATROL) & _made).called(
        "十佳巡防民警评选", "awards for the ten best patrol officers"
    ),
)
MOST_WINNERS = s1("十佳")("每项“十佳”获评人数上限", "maximum winners of a “ten best” award").sets(
    "most_winners", 10, unit=("人", "people")
)
s1.b("系列“十佳”评选活动")(
    "每项“十佳”获评人数不超过10人", "a “ten best” award has at most 10 winners"
).demands(award, award.winners <= MOST_WINNERS)
s1.qualitative(
    "学习推广先进、增强荣誉感和凝聚力没有量化标准；其他评选和评选周期未列明",
    "no measure is given for learning from models, for honour or for cohesion; the other"
    " awards are not named, nor how often they are made",
)

s2.qualitative(
    "培树先进典型，没有量化标准", "no measure is given for finding and fostering model stations"
)
s2.qualitative(
    "“全国一流”“桥头堡”不是评定等级，不能换算为一级派出所",
    "“first-class in the nation” and “bridgehead” are not grades; neither stands for grade one",
)

s3.qualitative(
    "文化环境建设和文体活动，没有量化标准",
    "no measure is given for the culture of stations, or for sport and the arts",
)

s4.qualitative(
    "新闻宣传、舆情引导和警民关系，没有量化标准",
    "no measure is given for publicity, for guiding public opinion or for relations with"
    " the public",
)
