"""二 Staffing: bureaus' headquarters give up posts so that stations gain officers."""

from ...language import Clause, subject
from ...police import Bureau

clause = Clause("2", "充实力量", "Staffing")
(s1,) = clause.sentences(1)
bureau = subject(Bureau)

s1.a.target("进一步精简机关警力编制")(
    "上一年末机关民警数不多于前一年末",
    "a bureau's headquarters had no more officers at the end of last year than a year before",
).demands(bureau, bureau.organ_officers.in_year(-1) <= bureau.organ_officers.in_year(-2))
s1.b("建立完善派出所辅警配置管理机制")(
    "已建立派出所辅警配置管理机制",
    "a bureau has a mechanism for allotting and managing its stations' auxiliaries",
).attests(bureau)
s1.qualitative(
    "“推动警力下沉基层”“进一步充实派出所力量”未定数量，具体标准见二（一）至二（三）",
    "how many officers move to stations is not said; for standards see 2.1 to 2.3",
)
