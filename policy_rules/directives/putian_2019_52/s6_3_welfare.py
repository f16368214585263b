"""六（三） Welfare: time off in lieu, care for the injured and for officers in hardship."""

from ...language import Clause, subject
from ...police import Bureau, City, Officer

clause = Clause("6.3", "解决后顾之忧", "Welfare")
s1, s2 = clause.sentences(2)
city, bureau, officer = subject(City), subject(Bureau), subject(Officer)

MOST_DAYS_OWED = s1("科学安排民警补休、调休")(
    "每名民警全年加班未补休的天数上限（文件未定）",
    "maximum days owed to an officer for a year's overtime (left open by the text)",
).leaves_open("most_days_owed", int, unit=("天", "days"))
s1("科学安排民警补休、调休")(
    "上一年度民警加班已安排补休、调休",
    "an officer's overtime last year was made up for by days off",
).demands(
    officer,
    officer.overtime_days.in_year(-1) - officer.compensatory_days.in_year(-1) <= MOST_DAYS_OWED,
)
s1.qualitative(
    "加强生活保障、关注身心健康，没有量化标准",
    "no measure is given for better living conditions and attention to health",
)

s2.a.target("推动制定从优待警新举措")(
    "出台从优待警新举措", "the city has new measures for the better treatment of officers"
).attests(city)
s2.b("开通受伤民警救治“绿色通道”")(
    "已开通受伤民警救治“绿色通道”",
    "a bureau has a fast track to medical treatment for injured officers",
).attests(bureau)
s2.c("对生活困难民警开展慰问优抚")(
    "已对生活困难民警开展慰问优抚", "a bureau visits and supports officers in hardship"
).attests(bureau)
s2.qualitative(
    "帮助解决子女就学问题没有量化标准",
    "no measure is given for help with the schooling of officers' children",
)
