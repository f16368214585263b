"""六（四） Mental health: screening, files, teaching and rooms to relax in."""

from ...facts import Bureau, Event, EventKind, Station
from ...language import (
    AS_OF,
    RECURRENCE,
    Clause,
    ExcuseKind,
    attest,
    each,
    excuse,
    held,
    parameter,
    require,
    some,
    subject,
)

station = subject(Station)
bureau = subject(Bureau)
screening = each(Event, station_id=station)
task = subject(Event)
session = each(Event, for_event_id=task)

MENTAL_SCREENING_PERIOD = parameter(
    "mental_screening_period", type=RECURRENCE,
    cite="6.4/1", quote="定期",
    zh="心理健康摸底排查的周期（文件未定）",
    en="how often officers' mental health is screened (left open by the text)",
)  # fmt: skip

mental_screening = require(
    station,
    held(
        screening, screening.kind.is_(EventKind.MENTAL_SCREENING),
        on=screening.on, every=MENTAL_SCREENING_PERIOD,
        zh="心理健康摸底排查", en="mental health screening",
    ),
    cite="6.4/1a", quote="定期对民警心理健康状况进行摸底排查",
    zh="定期摸底排查派出所民警心理健康状况",
    en="a station screens its officers' mental health regularly",
)  # fmt: skip

files = attest(
    bureau,
    cite="6.4/1b", quote="建立重点关爱民警心理健康档案",
    zh="已建立重点关爱民警心理健康档案（不问内容）",
    en="a bureau keeps mental health files of officers who need special care (their content is"
    " not asked for)",
)  # fmt: skip

teaching = require(
    task,
    some(
        session,
        session.kind.is_(EventKind.MENTAL_TEACHING) & (session.on <= AS_OF),
        zh="结合该任务开展的心理健康送教活动", en="mental health teaching held for it",
    ),
    applies=task.kind.is_(EventKind.MAJOR_TASK) & (task.on <= AS_OF),
    cite="6.4/1c", quote="结合重大安保维稳任务开展心理健康送教活动",
    zh="已结合重大安保维稳任务开展心理健康送教",
    en="mental health teaching is held for a major security operation",
)  # fmt: skip

core_team = attest(
    station,
    cite="6.4/1d", quote="组建派出所心理健康骨干队伍",
    zh="已组建派出所心理健康骨干队伍", en="a station has a core team for mental health",
)  # fmt: skip

knowledge = attest(
    station,
    cite="6.4/1e", quote="普及心理知识，加强培训",
    zh="已普及心理知识、开展心理健康培训",
    en="a station teaches its officers about mental health and trains them",
)  # fmt: skip

relaxation_room = require(
    station,
    station.relaxation_room,
    applies=station.can_provide_relaxation_room,
    cite="6.4/1f", quote="有条件的派出所应建立放松减压室",
    zh="有条件的派出所建有放松减压室",
    en="a station where conditions allow has a relaxation room",
)  # fmt: skip

CLAUSE = Clause(
    heading="6.4",
    zh="民警心理健康保护",
    en="Mental health",
    provisions=[
        mental_screening, files, teaching, core_team, knowledge, relaxation_room,
        excuse(
            "6.4/1", ExcuseKind.QUALITATIVE,
            zh="日常观察、量表测评、谈心家访、购买服务等形式供选用，不作要求",
            en="observation, questionnaires, talks, visits and bought services are ways that may"
            " be chosen, not duties",
        ),
    ],
)  # fmt: skip
