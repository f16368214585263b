"""六 Incentives: care for the officers of stations."""

from ...language import Clause, subject
from ...police import City

clause = Clause("6", "优化激励", "Incentives")
(s1,) = clause.sentences(1)
city = subject(City)

s1.target("推动制定优抚暖警政策")(
    "出台优抚暖警政策", "the city has a policy of care and support for officers"
).attests(city)
s1.qualitative(
    "关心厚爱、帮助解决困难和正向激励没有量化标准；待遇和表彰见六（一）、六（二）",
    "no measure is given for care, help with difficulties and encouragement; for"
    " treatment and honours see 6.1 and 6.2",
)
