"""一（三） Training: what is held at a station, and what each officer does in a year."""

from ...language import Clause, Recurrence, each, held, subject
from ...police import Event, EventKind, Officer, Station

clause = Clause("1.3", "实战训练", "Training")
s1, s2 = clause.sentences(2)
station = subject(Station)
event, officer = each(Event, station_id=station), subject(Officer)

# 第一句：轮训和竞赛的周期，文件未定
s1.a("贯彻落实公安机关现场执法指引及省公安厅出台的实施细则")(
    "已落实公安机关现场执法指引及省公安厅实施细则",
    "a station applies the guidelines for enforcement at the scene and the province's"
    " detailed rules",
).attests(station)
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
        event.kind.is_(EventKind.ROTATION_TRAINING),
        on=event.on,
        every=ROTATION_TRAINING_PERIOD,
    ).called("警务实战轮值轮训", "rotation training"),
)
SKILLS_CONTEST_PERIOD = s1("岗位技能竞赛活动")(
    "岗位技能竞赛的周期（文件未定）", "how often a skills contest is held (left open by the text)"
).leaves_open("skills_contest_period", Recurrence)
s1.c("岗位技能竞赛活动")(
    "定期组织岗位技能竞赛", "a station holds a skills contest at least once in each period"
).demands(
    station,
    held(
        event, event.kind.is_(EventKind.SKILLS_CONTEST), on=event.on, every=SKILLS_CONTEST_PERIOD
    ).called("岗位技能竞赛", "skills contest"),
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
