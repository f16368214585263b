"""三（四） Other activities: officers are not assigned what is outside their statutory duties."""

from ...facts import Assignee, Task
from ...language import Clause, ExcuseKind, excuse, forbid, subject

task = subject(Task)

statutory_duty = forbid(
    task,
    task.assignee.is_(Assignee.OFFICER) & ~task.within_statutory_duty,
    on=task.starts_on,
    cite="3.4/1", quote="不得指派民警参与法定职责之外的非警务活动",
    zh="不得指派民警参与法定职责之外的非警务活动",
    en="an officer is not assigned to a non-police activity outside statutory duty",
)  # fmt: skip

CLAUSE = Clause(
    heading="3.4",
    zh="非警务活动",
    en="Activities that are not police work",
    provisions=[
        statutory_duty,
        excuse(
            "3.4/1", ExcuseKind.BACKGROUND,
            zh="法律依据，以及各级支持派出所依法履职的要求",
            en="the legal basis, and the call on all levels to support stations",
        ),
    ],
)  # fmt: skip
