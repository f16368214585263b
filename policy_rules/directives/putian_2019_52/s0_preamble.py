"""序言 Preamble: the main duties of a station, and what the directive is for."""

from ...language import Clause, Earlier, Unnamed, set_of, subject
from ...police import (
    Appointment,
    Award,
    Body,
    Bureau,
    City,
    Committee,
    CriminalCase,
    DutyArea,
    Incident,
    Mediator,
    Officer,
    Posting,
    Selection,
    Station,
    Task,
    Township,
    Transfer,
)

clause = Clause("0", "序言", "Preamble")
(s1,) = clause.sentences(1)
task = subject(Task)

MAIN_DUTIES = s1("组织治安安全防范、管理实有人口、掌握社情民意、开展群众工作等主业")(
    "派出所主业", "main duties of a station"
).sets(
    "main_duties",
    {DutyArea.PREVENTION, DutyArea.POPULATION, DutyArea.PUBLIC_CONCERNS, DutyArea.COMMUNITY_WORK},
)
# “等主业”：所列四项之外还有哪些，文件未定
OTHER_MAIN_DUTIES = s1("等主业")(
    "所列四项以外的派出所主业（文件未定）",
    "main duties of a station other than those named (left open by the text)",
).leaves_open("other_main_duties", set_of(DutyArea))
OTHER_MAIN_DUTIES_LISTED = s1("等主业")(
    "所列四项以外的派出所主业", "main duties of a station other than those named"
).lists(OTHER_MAIN_DUTIES)
main_duty = s1("主业")("属于派出所主业", "main duty of a station").decides(
    task,
    "main_duty",
    task.duty_area.is_in(MAIN_DUTIES) | task.duty_area.is_in(OTHER_MAIN_DUTIES),
    no_zh="不属于派出所主业",
    no_en="not a main duty of a station",
)

BEFORE_ISSUE = s1.reading("before_issue", default="leave_out")(
    "文件成文之前的行为和已结束的年度，是否适用？",
    "does it apply to acts, and to years that had ended, before it was issued?",
).options(
    leave_out=("不适用", "it does not"),
    judge=("适用", "it does"),
    why=(
        "法不溯及既往；成文之前已有的事实可以满足成文之后的要求",
        "law is not retroactive; facts from before can still meet what is asked from then on",
    ),
)
EARLIER = Earlier(reading=BEFORE_ISSUE, left_out="leave_out")

# 除写明的以外，各条由谁落实
WHO_ANSWERS = s1.reading("who_answers", default="where_data_stand")(
    "文件未写明责任单位的，由谁负责？", "who answers where a sentence names nobody?"
).options(
    where_data_stand=("数据所属的单位", "the body whose data are judged"),
    bureau=(
        "派出所的事项由所属公安局负责，其余同上",
        "the bureau for what concerns its stations; else as above",
    ),
    why=(
        "多数条款未写明责任单位；按数据所属认定，不增加文件没有的义务",
        "most sentences name nobody; to go by the data adds no duty that the text does not have",
    ),
)
_WHERE_DATA_STAND = {
    Station: Body.STATION,
    Officer: Body.STATION,
    Mediator: Body.STATION,
    CriminalCase: Body.STATION,
    Bureau: Body.BUREAU,
    Transfer: Body.BUREAU,
    Appointment: Body.BUREAU,
    Posting: Body.BUREAU,
    Selection: Body.BUREAU,
    City: Body.CITY,
    Award: Body.CITY,
    Incident: Body.CITY,
    Township: Body.TOWNSHIP,
    Committee: Body.VILLAGE,
}
UNNAMED = Unnamed(
    reading=WHO_ANSWERS,
    bodies={
        "where_data_stand": _WHERE_DATA_STAND,
        "bureau": {
            **_WHERE_DATA_STAND,
            **dict.fromkeys((Station, Officer, Mediator, CriminalCase), Body.BUREAU),
        },
    },
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
