"""二（二） Leaders: what a chief, deputy chief or instructor must bring."""

from ...language import AS_OF, Clause, count, each, subject, the
from ...police import Appointment, Body, Education, Officer, Post, Role, Station

clause = Clause("2.2", "派出所领导班子", "Station leaders")
s1, s2 = clause.sentences(2)
station = subject(Station)
officer, appointment = each(Officer, station_id=station), subject(Appointment)

s1.target("逐步配齐配强所领导班子")(
    "所领导按职数逐步配齐", "a station's leadership posts are filled, step by step"
).demands(
    station,
    count(officer, officer.role.is_in({Role.CHIEF, Role.DEPUTY_CHIEF, Role.INSTRUCTOR})).called(
        "在任所领导人数", "leaders in post"
    )
    >= station.leader_posts,
)
s1.qualitative(
    "用好用足政策、优化结构，没有量化标准",
    "no measure is given for making full use of policies and improving the structure",
)

_heads = appointment.post.is_in({Post.CHIEF, Post.INSTRUCTOR})
COLLEGE_OR_ABOVE = s2("大学专科以上学历")("大学专科以上学历", "college education or above").sets(
    "college_or_above", {Education.COLLEGE, Education.BACHELOR, Education.POSTGRADUATE}
)
s2.a("担任所长和教导员应具有大学专科以上学历")(
    "所长和教导员应具有大学专科以上学历", "a chief or instructor has college education or above"
).forbids(
    appointment,
    ~appointment.education.is_in(COLLEGE_OR_ABOVE),
    applies=_heads,
    on=appointment.on,
)
SERVICE_YEARS = s2("三年以上公安工作经历")(
    "所长、教导员公安工作经历的最短年限", "minimum years of police service of a chief or instructor"
).sets("service_years", 3, unit=("年", "years"))
s2.b("有三年以上公安工作经历")(
    "所长和教导员应有三年以上公安工作经历",
    "a chief or instructor has at least three years of police service",
).forbids(
    appointment,
    ~(appointment.service_since.plus_years(SERVICE_YEARS) <= appointment.on),
    applies=_heads,
    on=appointment.on,
)
MOST_AGE = s2("不超过50周岁")("担任派出所领导的年龄上限", "maximum age of a station's leader").sets(
    "most_age", 50, unit=("周岁", "years")
)
s2.c.in_principle("担任派出所领导原则上年龄不超过50周岁")(
    "担任派出所领导原则上不超过50周岁",
    "in principle, a station's leader is not over 50 years of age",
).forbids(
    appointment,
    ~(appointment.birth_date.full_years_until(appointment.on) <= MOST_AGE),  # whichever the post
    on=appointment.on,
)

# 已在任的
POST_HOLDERS = s2.reading("post_holders", default="appointments")(
    "对已在任的派出所领导，是否也按“担任”的条件判定？",
    "is what 担任 asks also asked of those who hold the post already?",
).options(
    appointments=("只判定任命", "no, only of appointments"),
    holders_too=(
        "在任的也判定，按基准日期计",
        "yes, of who holds the post too, as of the policy's date",
    ),
    why=(
        "三项都是任用条件，任命时符合即可；文件没有要求对在任的重新审核或免职",
        "all three are conditions of being given the post; the text asks for no review of those who"
        " hold it, and for nobody's removal",
    ),
)
leader = subject(Officer)
_holds = POST_HOLDERS.is_("holders_too") & leader.role.is_in({Role.CHIEF, Role.INSTRUCTOR})
s2.d("担任所长和教导员应具有大学专科以上学历")(
    "在任所长和教导员具有大学专科以上学历",
    "a chief or instructor in post has college education or above",
).demands(leader, leader.education.is_in(COLLEGE_OR_ABOVE), applies=_holds, responsible=Body.BUREAU)
s2.e("有三年以上公安工作经历")(
    "在任所长和教导员有三年以上公安工作经历",
    "a chief or instructor in post has at least three years of police service",
).demands(
    leader,
    leader.service_since.plus_years(SERVICE_YEARS) <= AS_OF,
    applies=_holds,
    responsible=Body.BUREAU,
)
s2.f.in_principle("担任派出所领导原则上年龄不超过50周岁")(
    "在任派出所领导原则上不超过50周岁",
    "in principle, a station's leader in post is not over 50 years of age",
).demands(
    leader,
    leader.birth_date.full_years_until(AS_OF) <= MOST_AGE,
    applies=POST_HOLDERS.is_("holders_too")
    & leader.role.is_in({Role.CHIEF, Role.DEPUTY_CHIEF, Role.INSTRUCTOR}),
    responsible=Body.BUREAU,
)

# 任职记录与花名册
appointee = the(Officer, appointment.officer_id)
s2.g("公安工作经历")(
    "任职记录与花名册所填参加公安工作日期一致",
    "an appointment and the roster have one day on which police service began",
).agrees(
    appointment,
    appointment.service_since,
    appointee.service_since,
    applies=appointment.service_since.is_known() & appointee.service_since.is_known(),
)
s2.h("年龄")(
    "任职记录与花名册所填出生日期一致", "an appointment and the roster have one date of birth"
).agrees(
    appointment,
    appointment.birth_date,
    appointee.birth_date,
    applies=appointment.birth_date.is_known() & appointee.birth_date.is_known(),
)
