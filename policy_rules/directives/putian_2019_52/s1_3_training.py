"""一（三） Training: what is held at a station, and what each officer does in a year."""

from ...facts import Event, EventKind, Officer, Station
from ...language import (
    RECURRENCE,
    Clause,
    ExcuseKind,
    attest,
    each,
    excuse,
    held,
    parameter,
    require,
    subject,
)

station = subject(Station)
event = each(Event, station_id=station)
officer = subject(Officer)

# 第一句：轮训和竞赛的周期，文件未定

enforcement_guidelines = attest(
    station,
    cite="1.3/1a", quote="贯彻落实公安机关现场执法指引及省公安厅出台的实施细则",
    zh="已落实公安机关现场执法指引及省公安厅实施细则",
    en="a station applies the guidelines for enforcement at the scene and the province's"
    " detailed rules",
)  # fmt: skip

ROTATION_TRAINING_PERIOD = parameter(
    "rotation_training_period", type=RECURRENCE,
    cite="1.3/1", quote="组织警务实战轮值轮训",
    zh="警务实战轮值轮训的周期（文件未定）",
    en="how often rotation training is held (left open by the text)",
)  # fmt: skip

rotation_training = require(
    station,
    held(
        event, event.kind.is_(EventKind.ROTATION_TRAINING),
        on=event.on, every=ROTATION_TRAINING_PERIOD,
        zh="警务实战轮值轮训", en="rotation training",
    ),
    cite="1.3/1b", quote="组织警务实战轮值轮训",
    zh="定期组织警务实战轮值轮训",
    en="a station holds rotation training in practical policing at least once in each period",
)  # fmt: skip

SKILLS_CONTEST_PERIOD = parameter(
    "skills_contest_period", type=RECURRENCE,
    cite="1.3/1", quote="岗位技能竞赛活动",
    zh="岗位技能竞赛的周期（文件未定）",
    en="how often a skills contest is held (left open by the text)",
)  # fmt: skip

skills_contest = require(
    station,
    held(
        event, event.kind.is_(EventKind.SKILLS_CONTEST),
        on=event.on, every=SKILLS_CONTEST_PERIOD,
        zh="岗位技能竞赛", en="skills contest",
    ),
    cite="1.3/1c", quote="岗位技能竞赛活动",
    zh="定期组织岗位技能竞赛", en="a station holds a skills contest at least once in each period",
)  # fmt: skip

# 第二句：一年按日历年计，评判已经结束的上一年度

safety_training = attest(
    station,
    cite="1.3/2a", quote="强化民警、辅警职业安全防护实战教育培训",
    zh="已开展民警、辅警职业安全防护实战教育培训",
    en="a station gives its officers and auxiliaries practical training in safety on duty",
)  # fmt: skip

LEAST_TRAININGS = parameter(
    "least_trainings", 1,
    cite="1.3/2", quote="每年至少参加一次", unit=("次", "sessions"),
    zh="每名民警每年参加专业训练的最低次数",
    en="minimum sessions of specialised training of an officer in a year",
)  # fmt: skip

specialised_training = require(
    officer,
    officer.trainings.in_year(-1) >= LEAST_TRAININGS,
    cite="1.3/2b", quote="每名民警每年至少参加一次专业训练",
    zh="民警上一年度至少参加一次专业训练",
    en="an officer took part in specialised training at least once last year",
)  # fmt: skip

LEAST_TRAINING_DAYS = parameter(
    "least_training_days", 15,
    cite="1.3/2", quote="累计不少于15天", unit=("天", "days"),
    zh="每名民警每年实战训练的最低天数",
    en="minimum days of practical training of an officer in a year",
)  # fmt: skip

practical_training = require(
    officer,
    officer.training_days.in_year(-1) >= LEAST_TRAINING_DAYS,
    cite="1.3/2c", quote="每名民警每年实战训练时间累计不少于15天",
    zh="民警上一年度实战训练不少于15天",
    en="an officer had at least 15 days of practical training last year",
)  # fmt: skip

LEAST_LIVE_ROUNDS = parameter(
    "least_live_rounds", 100,
    cite="1.3/2", quote="不少于100发", unit=("发", "rounds"),
    zh="每名民警每年实弹射击的最低发数",
    en="minimum live rounds fired by an officer in a year",
)  # fmt: skip

live_firing = require(
    officer,
    officer.live_rounds.in_year(-1) >= LEAST_LIVE_ROUNDS,
    cite="1.3/2d", quote="实弹射击不少于100发",
    zh="民警上一年度实弹射击不少于100发",
    en="an officer fired at least 100 live rounds last year",
)  # fmt: skip

CLAUSE = Clause(
    heading="1.3",
    zh="实战训练",
    en="Training",
    provisions=[
        enforcement_guidelines, rotation_training, skills_contest,
        excuse(
            "1.3/1", ExcuseKind.QUALITATIVE,
            zh="推进教育训练改革、提升实战能力，没有量化标准",
            en="no measure is given for reforming training and raising practical ability",
        ),
        safety_training, specialised_training, practical_training, live_firing,
    ],
)  # fmt: skip
