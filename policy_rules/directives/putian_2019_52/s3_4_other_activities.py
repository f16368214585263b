"""三（四） Non-police activities: officers are not assigned what is outside statutory duty."""

from ...language import Clause, subject
from ...police import Assignee, Task

clause = Clause("3.4", "非警务活动", "Non-police activities")
(s1,) = clause.sentences(1)
task = subject(Task)

s1("不得指派民警参与法定职责之外的非警务活动")(
    "不得指派民警从事法定职责以外的非警务活动",
    "no officer is assigned to a non-police activity outside statutory duty",
).forbids(
    task,
    ~task.within_statutory_duty,
    applies=task.assignee.is_(Assignee.OFFICER),
    on=task.starts_on,
)
s1.background("法律和政策依据", "the law and the opinion that the ban rests on")
s1.qualitative(
    "各级支持派出所依法履职没有可计算的标准",
    "no measure is given for the support of stations by all levels",
)
