"""序言 Preamble: the main duties of a station, and what the directive is for."""

from ...language import Clause, subject
from ...police import DutyArea, Task

clause = Clause("0", "序言", "Preamble")
(s1,) = clause.sentences(1)
task = subject(Task)

# “等主业”：所列四项之外可以补充
MAIN_DUTIES = s1("组织治安安全防范、管理实有人口、掌握社情民意、开展群众工作等主业")(
    "派出所主业", "main duties of a station"
).sets(
    "main_duties",
    {DutyArea.PREVENTION, DutyArea.POPULATION, DutyArea.PUBLIC_CONCERNS, DutyArea.COMMUNITY_WORK},
)
main_duty = s1("主业")("属于派出所主业", "main duty of a station").decides(
    task, "main_duty", task.duty_area.is_in(MAIN_DUTIES), no_zh="不属于派出所主业"
)
s1.qualitative(
    "“做强派出所队伍、做实社区警务队伍”是全文的指导原则，不单独作为判定依据",
    "“strong station teams, solid community teams” is a principle for reading the whole"
    " text; it decides nothing by itself",
)
s1.background(
    "所依据的会议和文件精神、制定目的，以及经市政府同意",
    "the meeting and documents that it follows, its purpose and the city government's consent",
)
