"""二（三） Auxiliaries: how a bureau allots, recruits and manages them."""

from ...facts import Bureau
from ...language import Clause, ExcuseKind, attest, excuse, subject

bureau = subject(Bureau)

mechanism = attest(
    bureau,
    cite="2.3/1a", quote="建立并完善派出所辅警配置和管理等机制",
    zh="已建立派出所辅警配置和管理机制",
    en="a bureau has mechanisms for allotting and managing its stations' auxiliaries",
)  # fmt: skip

recruitment = attest(
    bureau,
    cite="2.3/1b", quote="按需有序组织辅警招录",
    zh="按需有序招录辅警",
    en="a bureau recruits auxiliaries as they are needed and in an orderly way",
)  # fmt: skip

priority = attest(
    bureau,
    cite="2.3/1c", quote="优先保障派出所辅警的配置",
    zh="辅警配置优先保障派出所", en="stations come first when auxiliaries are allotted",
)  # fmt: skip

CLAUSE = Clause(
    heading="2.3",
    zh="派出所辅警管理",
    en="Auxiliaries",
    provisions=[
        mechanism, recruitment, priority,
        excuse(
            "2.3/1", ExcuseKind.QUALITATIVE,
            zh="“等机制”未列明其他机制，“充分发挥其警务辅助作用”没有量化标准",
            en="the other mechanisms are not named; no measure is given for making good use of"
            " auxiliaries",
        ),
    ],
)  # fmt: skip
