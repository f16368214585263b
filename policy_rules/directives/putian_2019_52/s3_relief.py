"""三 Relief: a list of stations' duties, and a division of work with the specialised branches."""

from ...language import Clause, subject
from ...police import City

clause = Clause("3", "减轻负担", "Relief from other work")
s1, s2 = clause.sentences(2)
city = subject(City)

s1("建立派出所工作职责清单")(
    "已建立派出所工作职责清单", "the city has a list of stations' duties"
).attests(city)
s1.qualitative(
    "“减轻派出所非警务工作压力”没有量化标准，具体要求见三（二）至三（四）",
    "no measure is given for relief as such; 3.2 to 3.4 say what is asked",
)

s2("理顺派出所与业务警种分工负责机制，明确派出所业务范围")(
    "派出所与业务警种的分工和派出所业务范围已明确",
    "the city has laid down how stations and specialised branches divide their work, and the"
    " scope of stations' work",
).attests(city)
