"""六（四） Mental health: screening, files, teaching and rooms to relax in."""

from ...language import AS_OF, Clause, Recurrence, count, each, held, some, subject
from ...police import Body, Bureau, Event, EventKind, Station
from .s1_3_training import HELD_SINCE, NEVER_HELD, ONCE_BY_NOW

clause = Clause("6.4", "民警心理健康保护", "Mental health")
(s1,) = clause.sentences(1)
station, bureau = subject(Station), subject(Bureau)
screening, task = each(Event, station_id=station), subject(Event)
session = each(Event, for_event_id=task)

MENTAL_SCREENING_PERIOD = s1("定期")(
    "心理健康摸底排查的周期（文件未定）",
    "how often officers' mental health is screened (left open by the text)",
).leaves_open("mental_screening_period", Recurrence)
s1.a("定期对民警心理健康状况进行摸底排查")(
    "定期摸底排查派出所民警心理健康状况", "a station screens its officers' mental health regularly"
).demands(
    station,
    held(
        screening,
        screening.kind.is_(EventKind.MENTAL_SCREENING),
        on=screening.on,
        every=MENTAL_SCREENING_PERIOD,
    ).called("心理健康摸底排查", "mental health screening")
    & (
        NEVER_HELD.is_("undetermined")
        | (
            count(
                screening,
                screening.kind.is_(EventKind.MENTAL_SCREENING)
                & (screening.on >= HELD_SINCE)
                & (screening.on <= AS_OF),
            ).called("心理健康摸底排查", "mental health screening")
            >= ONCE_BY_NOW
        )
    ),
)
s1.b("建立重点关爱民警心理健康档案")(
    "已建立重点关爱民警心理健康档案（不问内容）",
    "a bureau keeps mental health files of officers who need special care (their content is"
    " not asked for)",
).attests(bureau)
s1.c("结合重大安保维稳任务开展心理健康送教活动")(
    "已结合重大安保维稳任务开展心理健康送教",
    "mental health teaching is held for a major security operation",
).demands(
    task,
    some(session, session.kind.is_(EventKind.MENTAL_TEACHING) & (session.on <= AS_OF)).called(
        "结合该任务开展的心理健康送教活动", "mental health teaching held for it"
    ),
    applies=task.kind.is_(EventKind.MAJOR_TASK) & (task.on <= AS_OF),
    responsible=Body.BUREAU,
)
s1.d("组建派出所心理健康骨干队伍")(
    "已组建派出所心理健康骨干队伍", "a station has a core team for mental health"
).attests(station)
s1.e("普及心理知识，加强培训")(
    "已普及心理知识、开展心理健康培训",
    "a station teaches its officers about mental health and trains them",
).attests(station)
s1.f("有条件的派出所应建立放松减压室")(
    "有条件的派出所建有放松减压室", "a station where conditions allow has a relaxation room"
).demands(station, station.relaxation_room, applies=station.can_provide_relaxation_room)
s1.g("有条件的派出所应建立放松减压室")(
    "有放松减压室的派出所具备条件",
    "a station that has a relaxation room is one where conditions allow",
).agrees(station, station.can_provide_relaxation_room, applies=station.relaxation_room)
s1.qualitative(
    "日常观察、量表测评、谈心家访、购买服务等形式供选用，不作要求",
    "observation, questionnaires, talks, visits and bought services are ways that may"
    " be chosen, not duties",
)
