"""六（三） Welfare: time off in lieu, care for the injured and for officers in hardship."""

from ...facts import Bureau, City, Officer
from ...language import (
    INTEGER,
    Clause,
    ExcuseKind,
    Modality,
    attest,
    excuse,
    parameter,
    require,
    subject,
)

city = subject(City)
bureau = subject(Bureau)
officer = subject(Officer)

# 第一句

MOST_DAYS_OWED = parameter(
    "most_days_owed", type=INTEGER,
    cite="6.3/1", quote="科学安排民警补休、调休", unit=("天", "days"),
    zh="每名民警全年加班未补休的天数上限（文件未定）",
    en="maximum days owed to an officer for a year's overtime (left open by the text)",
)  # fmt: skip

days_owed = require(
    officer,
    officer.overtime_days.in_year(-1) - officer.compensatory_days.in_year(-1) <= MOST_DAYS_OWED,
    cite="6.3/1", quote="科学安排民警补休、调休",
    zh="上一年度民警加班已安排补休、调休",
    en="an officer's overtime last year was made up for by days off",
)  # fmt: skip

# 第二句

measures = attest(
    city,
    modality=Modality.TARGET,
    cite="6.3/2a", quote="推动制定从优待警新举措",
    zh="出台从优待警新举措", en="the city has new measures for the better treatment of officers",
)  # fmt: skip

green_channel = attest(
    bureau,
    cite="6.3/2b", quote="开通受伤民警救治“绿色通道”",
    zh="已开通受伤民警救治“绿色通道”",
    en="a bureau has a fast track to medical treatment for injured officers",
)  # fmt: skip

visits = attest(
    bureau,
    cite="6.3/2c", quote="对生活困难民警开展慰问优抚",
    zh="已对生活困难民警开展慰问优抚", en="a bureau visits and supports officers in hardship",
)  # fmt: skip

CLAUSE = Clause(
    heading="6.3",
    zh="解决后顾之忧",
    en="Welfare",
    provisions=[
        days_owed,
        excuse(
            "6.3/1", ExcuseKind.QUALITATIVE,
            zh="加强生活保障、关注身心健康，没有量化标准",
            en="no measure is given for better living conditions and attention to health",
        ),
        measures, green_channel, visits,
        excuse(
            "6.3/2", ExcuseKind.QUALITATIVE,
            zh="帮助解决子女就学问题没有量化标准",
            en="no measure is given for help with the schooling of officers' children",
        ),
    ],
)  # fmt: skip
