"""二 Staffing: bureaus' organs give up posts so that stations gain officers."""

from ...facts import Bureau
from ...language import Clause, ExcuseKind, Modality, attest, excuse, require, subject

bureau = subject(Bureau)

fewer_at_organs = require(
    bureau,
    bureau.organ_officers.in_year(-1) <= bureau.organ_officers.in_year(-2),
    modality=Modality.TARGET,
    cite="2/1a", quote="进一步精简机关警力编制",
    zh="上一年末机关民警数不多于前一年末",
    en="a bureau's organs had no more officers at the end of last year than a year before",
)  # fmt: skip

auxiliary_allotment = attest(
    bureau,
    cite="2/1b", quote="建立完善派出所辅警配置管理机制",
    zh="已建立派出所辅警配置管理机制",
    en="a bureau has a mechanism for allotting and managing its stations' auxiliaries",
)  # fmt: skip

CLAUSE = Clause(
    heading="2",
    zh="充实力量",
    en="Staffing",
    provisions=[
        fewer_at_organs, auxiliary_allotment,
        excuse(
            "2/1", ExcuseKind.QUALITATIVE,
            zh="“推动警力下沉基层”“进一步充实派出所力量”未定数量，具体标准见二（一）至二（三）",
            en="how many officers move to stations is not said; for standards see 2.1 to 2.3",
        ),
    ],
)  # fmt: skip
