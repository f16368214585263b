"""三（四） Non-police activities: officers are not assigned what is outside statutory duty."""

from ...facts import Assignee, Task
from ...language import Clause, ExcuseKind, excuse, forbid, subject

task = subject(Task)

statutory_duty = forbid(
    task,
    task.assignee.is_(Assignee.OFFICER) & ~task.within_statutory_duty,
    on=task.starts_on,
    cite="3.4/1", quote="不得指派民警参与法定职责之外的非警务活动",
    zh="不得指派民警从事法定职责以外的非警务活动",
    en="no officer is assigned to a non-police activity outside statutory duty",
)  # fmt: skip

CLAUSE = Clause(
    heading="3.4",
    zh="非警务活动",
    en="Non-police activities",
    provisions=[
        statutory_duty,
        excuse(
            "3.4/1", ExcuseKind.BACKGROUND,
            zh="法律和政策依据", en="the law and the opinion that the ban rests on",
        ),
        excuse(
            "3.4/1", ExcuseKind.QUALITATIVE,
            zh="各级支持派出所依法履职没有可计算的标准",
            en="no measure is given for the support of stations by all levels",
        ),
    ],
)  # fmt: skip
