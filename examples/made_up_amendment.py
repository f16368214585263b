"""A made-up amendment of 莆政办〔2019〕52号: no such document exists.

示例，虚构：没有这份文件。It shows the four ways in which a document amends a directive: a parameter
has another value, a rule is replaced, one is added, one is repealed. Its text is our own.
"""

from datetime import date

from policy_rules.directives.putian_2019_52 import DIRECTIVE as ISSUED
from policy_rules.directives.putian_2019_52.s2_1_strength import SECONDMENT_NUMBER
from policy_rules.directives.putian_2019_52.s5_1_duty_modes import TWO_TEAM_STRENGTH
from policy_rules.facts import Appointment, Event, EventKind, Post, Station
from policy_rules.language import (
    Amendment,
    ExcuseKind,
    Modality,
    Recurrence,
    add,
    amended,
    change,
    each,
    excuse,
    forbid,
    held,
    parameter,
    repeal,
    replace,
    require,
    subject,
)
from policy_rules.language.sentences import fingerprints

TEXT = """
1/1 为适应工作需要，对莆政办〔2019〕52号文件作如下修改（示例，虚构）。
1/2 实行“两队一室”的最低警力由12人改为15人。
1/3 市、县（区）局机关每年安排到派出所锻炼的民警不少于2人。
1/4 所长、教导员的任职年龄原则上不超过52周岁，副所长的任职年龄不再限制。
1/5 派出所每半年至少开展一次平安守护行动，并不断提高行动质量。
1/6 警力在12人以下的派出所不再划分警务区。
"""

# 第四句

appointment = subject(Appointment)

MOST_AGE = parameter(
    "most_age_of_heads", 52,
    cite="made-up-2020-8:1/4", quote="不超过52周岁", unit=("周岁", "years"),
    zh="所长、教导员任职年龄上限（虚构）", en="maximum age of a chief or instructor (made up)",
)  # fmt: skip

age = forbid(
    appointment,
    appointment.post.is_in({Post.CHIEF, Post.INSTRUCTOR})
    & (appointment.birth_date.full_years_until(appointment.on) > MOST_AGE),
    modality=Modality.IN_PRINCIPLE,
    on=appointment.on,
    cite="made-up-2020-8:1/4", quote="所长、教导员的任职年龄原则上不超过52周岁",
    zh="所长、教导员原则上不超过52周岁（虚构）",
    en="in principle, a chief or instructor is not over 52 years of age (made up)",
)  # fmt: skip

# 第五句

station = subject(Station)
event = each(Event, station_id=station)

ACTION_PERIOD = parameter(
    "safety_action_period", Recurrence("FREQ=MONTHLY;INTERVAL=6"),
    cite="made-up-2020-8:1/5", quote="每半年",
    zh="平安守护行动周期（虚构）", en="how often there is a safety action (made up)",
)  # fmt: skip

actions = require(
    station,
    held(
        event, event.kind.is_(EventKind.SAFETY_ACTION),
        on=event.on, every=ACTION_PERIOD, zh="平安守护行动", en="a safety action",
    ),
    cite="made-up-2020-8:1/5", quote="每半年至少开展一次平安守护行动",
    zh="每半年至少开展一次平安守护行动（虚构）",
    en="there is a safety action each half-year (made up)",
)  # fmt: skip

AMENDMENT = Amendment(
    id="made-up-2020-8",
    number="示例〔2020〕8号（虚构）",
    zh="关于修改公安派出所建设工作意见的通知（示例，虚构）",
    en="Notice amending the opinion on police stations (an example, made up)",
    issued=date(2020, 11, 20),
    in_force=date(2021, 1, 1),
    sentences=fingerprints(TEXT),
    changes=[
        add(
            excuse(
                "made-up-2020-8:1/1", ExcuseKind.BACKGROUND,
                zh="修改的缘由", en="why it is amended",
            )
        ),
        change(TWO_TEAM_STRENGTH, 15, cite="made-up-2020-8:1/2", quote="由12人改为15人"),
        change(SECONDMENT_NUMBER, 2, cite="made-up-2020-8:1/3", quote="不少于2人"),
        replace("2.2/2c", age),
        add(actions),
        add(
            excuse(
                "made-up-2020-8:1/5", ExcuseKind.QUALITATIVE,
                zh="行动质量没有可计算的标准", en="the quality of an action has no measure",
            )
        ),
        repeal(
            "5.1/3a",
            cite="made-up-2020-8:1/6", quote="不再划分警务区",
            zh="不再要求划分警务区（虚构）", en="zones are no longer asked for (made up)",
        ),
    ],
)  # fmt: skip

DIRECTIVE = amended(ISSUED, AMENDMENT)
