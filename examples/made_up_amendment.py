"""A made-up amendment of 莆政办〔2019〕52号: no such document exists.

示例，虚构：没有这份文件。It shows the four ways in which a document amends a directive: a parameter
has another value, a rule is replaced, one is added, one is repealed. Its text is our own.
"""

from datetime import date

from policy_rules.directives.putian_2019_52 import DIRECTIVE as ISSUED
from policy_rules.directives.putian_2019_52.s2_1_strength import SECONDMENT_NUMBER
from policy_rules.directives.putian_2019_52.s5_1_duty_modes import TWO_TEAM_STRENGTH
from policy_rules.language import Amendment, Clause, Recurrence, amended, each, held, subject
from policy_rules.language.sentences import fingerprints
from policy_rules.police import Appointment, Event, EventKind, Post, Station

TEXT = """
1/1 为适应工作需要，对莆政办〔2019〕52号文件作如下修改（示例，虚构）。
1/2 实行“两队一室”的最低警力由12人改为15人。
1/3 市、县（区）局机关每年安排到派出所锻炼的民警不少于2人。
1/4 所长、教导员的任职年龄原则上不超过52周岁，副所长的任职年龄不再限制。
1/5 派出所每半年至少开展一次平安守护行动，并不断提高行动质量。
1/6 警力在12人以下的派出所不再划分警务区。
"""

clause = Clause("1", "修改", "Changes", document="made-up-2020-8")
s1, s2, s3, s4, s5, s6 = clause.sentences(6)
appointment, station = subject(Appointment), subject(Station)
event = each(Event, station_id=station)

s1.background("修改的缘由", "why it is amended")

s2("由12人改为15人").changes(TWO_TEAM_STRENGTH, 15)

s3("不少于2人").changes(SECONDMENT_NUMBER, 2)

MOST_AGE = s4("不超过52周岁")(
    "所长、教导员任职年龄上限（虚构）", "maximum age of a chief or instructor (made up)"
).sets("most_age_of_heads", 52, unit=("周岁", "years"))
s4.in_place_of("2.2/2c").in_principle("所长、教导员的任职年龄原则上不超过52周岁")(
    "所长、教导员原则上不超过52周岁（虚构）",
    "in principle, a chief or instructor is not over 52 years of age (made up)",
).forbids(
    appointment,
    appointment.post.is_in({Post.CHIEF, Post.INSTRUCTOR})
    & (appointment.birth_date.full_years_until(appointment.on) > MOST_AGE),
    on=appointment.on,
)

ACTION_PERIOD = s5("每半年")(
    "平安守护行动周期（虚构）", "how often there is a safety action (made up)"
).sets("safety_action_period", Recurrence("FREQ=MONTHLY;INTERVAL=6"))
s5("每半年至少开展一次平安守护行动")(
    "每半年至少开展一次平安守护行动（虚构）", "there is a safety action each half-year (made up)"
).demands(
    station,
    held(event, event.kind.is_(EventKind.SAFETY_ACTION), on=event.on, every=ACTION_PERIOD).called(
        "平安守护行动", "a safety action"
    ),
)
s5.qualitative("行动质量没有可计算的标准", "the quality of an action has no measure")

s6("不再划分警务区")(
    "不再要求划分警务区（虚构）", "zones are no longer asked for (made up)"
).repeals("5.1/3a")

AMENDMENT = Amendment(
    id="made-up-2020-8",
    number="示例〔2020〕8号（虚构）",
    zh="关于修改公安派出所建设工作意见的通知（示例，虚构）",
    en="Notice amending the opinion on police stations (an example, made up)",
    issued=date(2020, 11, 20),
    in_force=date(2021, 1, 1),
    sentences=fingerprints(TEXT),
    clauses=[clause],
)

DIRECTIVE = amended(ISSUED, AMENDMENT)
