"""六 Incentives: care for the officers of stations."""

from ...facts import City
from ...language import Clause, ExcuseKind, Modality, attest, excuse, subject

city = subject(City)

care = attest(
    city,
    modality=Modality.TARGET,
    cite="6/1", quote="推动制定优抚暖警政策",
    zh="出台优抚暖警政策", en="the city has a policy of care and support for officers",
)  # fmt: skip

CLAUSE = Clause(
    heading="6",
    zh="优化激励",
    en="Incentives",
    provisions=[
        care,
        excuse(
            "6/1", ExcuseKind.QUALITATIVE,
            zh="关心厚爱、帮助解决困难和正向激励没有量化标准；待遇和表彰见六（一）、六（二）",
            en="no measure is given for care, help with difficulties and encouragement; for"
            " treatment and honours see 6.1 and 6.2",
        ),
    ],
)  # fmt: skip
