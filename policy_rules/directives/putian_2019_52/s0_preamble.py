"""序言 Preamble: the main duties of a station, and what the directive is for."""

from ...facts import DutyArea, Task
from ...language import Clause, ExcuseKind, always, define, excuse, parameter, subject, when

task = subject(Task)

# “等主业”：所列四项之外可以补充

MAIN_DUTIES = parameter(
    "main_duties",
    {
        DutyArea.PREVENTION,
        DutyArea.POPULATION,
        DutyArea.PUBLIC_CONCERNS,
        DutyArea.COMMUNITY_WORK,
    },
    cite="0/1", quote="组织治安安全防范、管理实有人口、掌握社情民意、开展群众工作等主业",
    zh="派出所主业", en="main duties of a station",
)  # fmt: skip

main_duty = define(
    task, "main_duty", bool,
    zh="属于派出所主业", no_zh="不属于派出所主业", en="main duty of a station",
    rules=[when(task.duty_area.is_in(MAIN_DUTIES)).then(True, cite="0/1", quote="主业")],
    otherwise=always(False, cite="0/1", quote="主业"),
)  # fmt: skip

CLAUSE = Clause(
    heading="0",
    zh="序言",
    en="Preamble",
    provisions=[
        main_duty,
        excuse(
            "0/1", ExcuseKind.QUALITATIVE,
            zh="“做强派出所队伍、做实社区警务队伍”是全文的指导原则，不单独作为判定依据",
            en="“strong station teams, solid community teams” is a principle for reading the whole"
            " text; it decides nothing by itself",
        ),
        excuse(
            "0/1", ExcuseKind.BACKGROUND,
            zh="所依据的会议和文件精神、制定目的，以及经市政府同意",
            en="the meeting and documents that it follows, its purpose and the city government's"
            " consent",
        ),
    ],
)  # fmt: skip
