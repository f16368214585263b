"""三 Relief: a list of stations' duties, and a division of work with the specialised branches."""

from ...facts import City
from ...language import Clause, ExcuseKind, attest, excuse, subject

city = subject(City)

duty_list = attest(
    city,
    cite="3/1", quote="建立派出所工作职责清单",
    zh="已建立派出所工作职责清单", en="the city has a list of stations' duties",
)  # fmt: skip

division_of_work = attest(
    city,
    cite="3/2", quote="理顺派出所与业务警种分工负责机制，明确派出所业务范围",
    zh="派出所与业务警种的分工和派出所业务范围已明确",
    en="the city has laid down how stations and specialised branches divide their work, and the"
    " scope of stations' work",
)  # fmt: skip

CLAUSE = Clause(
    heading="3",
    zh="减轻负担",
    en="Relief from other work",
    provisions=[
        duty_list,
        excuse(
            "3/1", ExcuseKind.QUALITATIVE,
            zh="“减轻派出所非警务工作压力”没有量化标准，具体要求见三（二）至三（四）",
            en="no measure is given for relief as such; 3.2 to 3.4 say what is asked",
        ),
        division_of_work,
    ],
)  # fmt: skip
