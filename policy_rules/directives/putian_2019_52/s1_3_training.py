"""一（三） Training: what is held at a station, and what each officer does in a year."""

from datetime import date

from ...language import AS_OF, Clause, Recurrence, count, each, held, least, some, subject, the
from ...police import Bureau, Event, EventKind, Officer, Station

clause = Clause("1.3", "实战训练", "Training")
s1, s2 = clause.sentences(2)
station, bureau = subject(Station), subject(Bureau)
event, officer = each(Event), subject(Officer)
at_station = each(Event, station_id=station)
of_bureau = each(Event, bureau_id=bureau)

s1.a("贯彻落实公安机关现场执法指引及省公安厅出台的实施细则")(
    "已落实公安机关现场执法指引及省公安厅实施细则",
    "a station applies the guidelines for enforcement at the scene and the province's"
    " detailed rules",
).attests(station)

# 第一句：轮训和竞赛的周期，文件未定；公安局组织的，所属各派出所均计
NEVER_HELD = s1.reading("never_held", default="after_a_year")(
    "须定期举办而从未举办过，周期又未设定的，是否不符合？",
    "is it a breach that what is to recur was never held, where no period is set?",
).options(
    after_a_year=(
        "文件成文满一年仍一次未办的，不符合",
        "yes, once a year has passed since the directive was issued",
    ),
    undetermined=("周期设定之前无法判定", "it is undetermined until a period is set"),
    why=(
        "一次也没有，就不是定期；成文不满一年的，还可能在当年举办",
        "none at all is not regular; in the first year it may still be held",
    ),
)
HELD_SINCE = s1("组织警务实战轮值轮训")(
    "须定期举办的，举办次数的起算日", "day from which what is to recur counts as held"
).sets("held_since", date(2019, 7, 16))
ONCE_BY_NOW = least(1, HELD_SINCE.full_years_until(AS_OF))
rotation_training_by_bureau = s1("组织警务实战轮值轮训")(
    "组织过警务实战轮值轮训", "has held rotation training"
).decides(
    bureau,
    "rotation_training_by_bureau",
    some(
        of_bureau,
        of_bureau.kind.is_(EventKind.ROTATION_TRAINING)
        & of_bureau.bureau_id.is_known()
        & (of_bureau.on >= HELD_SINCE)
        & (of_bureau.on <= AS_OF),
    ).called("公安局组织的警务实战轮值轮训", "rotation training of the bureau"),
    no_zh="没有组织过警务实战轮值轮训",
)
skills_contest_by_bureau = s1("岗位技能竞赛活动")(
    "组织过岗位技能竞赛", "has held a skills contest"
).decides(
    bureau,
    "skills_contest_by_bureau",
    some(
        of_bureau,
        of_bureau.kind.is_(EventKind.SKILLS_CONTEST)
        & of_bureau.bureau_id.is_known()
        & (of_bureau.on >= HELD_SINCE)
        & (of_bureau.on <= AS_OF),
    ).called("公安局组织的岗位技能竞赛", "skills contests of the bureau"),
    no_zh="没有组织过岗位技能竞赛",
)
its_bureau = the(Bureau, station.bureau_id, rotation_training_by_bureau, skills_contest_by_bureau)
# 填有公安局、未填派出所的，是公安局组织的；只填派出所的，是该所举办的
_held_at_a_station = at_station.station_id.is_known() | ~at_station.bureau_id.is_known()
_for_the_station = (
    (event.station_id.is_known() | ~event.bureau_id.is_known()) & event.station_id.is_(station.id)
) | (event.bureau_id.is_known() & event.bureau_id.is_(station.bureau_id))
ROTATION_TRAINING_PERIOD = s1("组织警务实战轮值轮训")(
    "警务实战轮值轮训的周期（文件未定）",
    "how often rotation training is held (left open by the text)",
).leaves_open("rotation_training_period", Recurrence)
s1.b("组织警务实战轮值轮训")(
    "定期组织警务实战轮值轮训",
    "a station holds rotation training in practical policing at least once in each period",
).demands(
    station,
    held(
        event,
        event.kind.is_(EventKind.ROTATION_TRAINING) & _for_the_station,
        on=event.on,
        every=ROTATION_TRAINING_PERIOD,
    ).called("警务实战轮值轮训", "rotation training")
    & (
        NEVER_HELD.is_("undetermined")
        | its_bureau.rotation_training_by_bureau
        | (
            count(
                at_station,
                at_station.kind.is_(EventKind.ROTATION_TRAINING)
                & _held_at_a_station
                & (at_station.on >= HELD_SINCE)
                & (at_station.on <= AS_OF),
            ).called("派出所举办的警务实战轮值轮训", "rotation training at the station")
            >= ONCE_BY_NOW
        )
    ),
)
SKILLS_CONTEST_PERIOD = s1("岗位技能竞赛活动")(
    "岗位技能竞赛的周期（文件未定）", "how often a skills contest is held (left open by the text)"
).leaves_open("skills_contest_period", Recurrence)
s1.c("岗位技能竞赛活动")(
    "定期组织岗位技能竞赛", "a station holds a skills contest at least once in each period"
).demands(
    station,
    held(
        event,
        event.kind.is_(EventKind.SKILLS_CONTEST) & _for_the_station,
        on=event.on,
        every=SKILLS_CONTEST_PERIOD,
    ).called("岗位技能竞赛", "skills contest")
    & (
        NEVER_HELD.is_("undetermined")
        | its_bureau.skills_contest_by_bureau
        | (
            count(
                at_station,
                at_station.kind.is_(EventKind.SKILLS_CONTEST)
                & _held_at_a_station
                & (at_station.on >= HELD_SINCE)
                & (at_station.on <= AS_OF),
            ).called("派出所举办的岗位技能竞赛", "skills contest at the station")
            >= ONCE_BY_NOW
        )
    ),
)
s1.qualitative(
    "推进教育训练改革、提升实战能力，没有量化标准",
    "no measure is given for reforming training and raising practical ability",
)

# 第二句：一年按日历年计，评判已经结束的上一年度
s2.a("强化民警、辅警职业安全防护实战教育培训")(
    "已开展民警、辅警职业安全防护实战教育培训",
    "a station gives its officers and auxiliaries practical training in safety on duty",
).attests(station)
LEAST_TRAININGS = s2("每年至少参加一次")(
    "每名民警每年参加专业训练的最低次数",
    "minimum sessions of specialised training of an officer in a year",
).sets("least_trainings", 1, unit=("次", "sessions"))
s2.b("每名民警每年至少参加一次专业训练")(
    "民警上一年度至少参加一次专业训练",
    "an officer took part in specialised training at least once last year",
).demands(officer, officer.trainings.in_year(-1) >= LEAST_TRAININGS)
LEAST_TRAINING_DAYS = s2("累计不少于15天")(
    "每名民警每年实战训练的最低天数", "minimum days of practical training of an officer in a year"
).sets("least_training_days", 15, unit=("天", "days"))
s2.c("每名民警每年实战训练时间累计不少于15天")(
    "民警上一年度实战训练不少于15天",
    "an officer had at least 15 days of practical training last year",
).demands(officer, officer.training_days.in_year(-1) >= LEAST_TRAINING_DAYS)
LEAST_LIVE_ROUNDS = s2("不少于100发")(
    "每名民警每年实弹射击的最低发数", "minimum live rounds fired by an officer in a year"
).sets("least_live_rounds", 100, unit=("发", "rounds"))
s2.d("实弹射击不少于100发")(
    "民警上一年度实弹射击不少于100发", "an officer fired at least 100 live rounds last year"
).demands(officer, officer.live_rounds.in_year(-1) >= LEAST_LIVE_ROUNDS)
