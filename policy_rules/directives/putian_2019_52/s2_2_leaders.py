"""二（二） Leaders: what a chief, deputy chief or instructor must bring."""

from ...language import Clause, count, each, subject
from ...police import Appointment, Education, Officer, Post, Role, Station

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
).forbids(appointment, _heads & ~appointment.education.is_in(COLLEGE_OR_ABOVE), on=appointment.on)
SERVICE_YEARS = s2("三年以上公安工作经历")(
    "所长、教导员公安工作经历的最短年限", "minimum years of police service of a chief or instructor"
).sets("service_years", 3, unit=("年", "years"))
s2.b("有三年以上公安工作经历")(
    "所长和教导员应有三年以上公安工作经历",
    "a chief or instructor has at least three years of police service",
).forbids(
    appointment,
    _heads & (appointment.on < appointment.service_since.plus_years(SERVICE_YEARS)),
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
    appointment.birth_date.full_years_until(appointment.on) > MOST_AGE,  # whichever the post
    on=appointment.on,
)
