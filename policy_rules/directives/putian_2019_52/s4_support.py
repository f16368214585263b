"""四 Support: stations meet the ministry's construction standard."""

from ...language import Clause, subject
from ...police import Station

clause = Clause("4", "强化保障", "Support")
(s1,) = clause.sentences(1)
station = subject(Station)

s1("落实公安部《公安派出所建设标准》的相关要求")(
    "派出所达到公安部《公安派出所建设标准》",
    "a station meets the ministry's construction standard for police stations",
).attests(station)
s1.qualitative(
    "“暖警”工程和强化经费、用房及装备保障是总的要求，标准见四（一）至四（五）",
    "care for officers and more funds, premises and equipment are general aims; for"
    " standards see 4.1 to 4.5",
)
