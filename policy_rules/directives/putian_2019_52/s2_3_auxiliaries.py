"""二（三） Auxiliaries: how a bureau allots, recruits and manages them."""

from ...language import Clause, subject
from ...police import Bureau

clause = Clause("2.3", "派出所辅警管理", "Auxiliaries")
(s1,) = clause.sentences(1)
bureau = subject(Bureau)

s1.a("建立并完善派出所辅警配置和管理等机制")(
    "已建立派出所辅警配置和管理机制",
    "a bureau has mechanisms for allotting and managing its stations' auxiliaries",
).attests(bureau)
s1.b("按需有序组织辅警招录")(
    "按需有序招录辅警", "a bureau recruits auxiliaries as they are needed and in an orderly way"
).attests(bureau)
s1.c("优先保障派出所辅警的配置")(
    "辅警配置优先保障派出所", "stations come first when auxiliaries are allotted"
).attests(bureau)
s1.qualitative(
    "“等机制”未列明其他机制，“充分发挥其警务辅助作用”没有量化标准",
    "the other mechanisms are not named; no measure is given for making good use of auxiliaries",
)
