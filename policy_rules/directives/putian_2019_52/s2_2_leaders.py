"""二（二） Leaders: what a chief, deputy chief or instructor must bring."""

from ...facts import Appointment, Education, Officer, Post, Role, Station
from ...language import (
    Clause,
    ExcuseKind,
    Modality,
    count,
    each,
    excuse,
    forbid,
    parameter,
    require,
    subject,
)

station = subject(Station)
officer = each(Officer, station_id=station)
appointment = subject(Appointment)

# 第一句

leadership = require(
    station,
    count(
        officer,
        officer.role.is_in({Role.CHIEF, Role.DEPUTY_CHIEF, Role.INSTRUCTOR}),
        zh="在任所领导人数", en="leaders in post",
    )
    >= station.leader_posts,
    modality=Modality.TARGET,
    cite="2.2/1", quote="逐步配齐配强所领导班子",
    zh="所领导按职数逐步配齐", en="a station's leadership posts are filled, step by step",
)  # fmt: skip

# 第二句

_heads = appointment.post.is_in({Post.CHIEF, Post.INSTRUCTOR})

COLLEGE_OR_ABOVE = parameter(
    "college_or_above", {Education.COLLEGE, Education.BACHELOR, Education.POSTGRADUATE},
    cite="2.2/2", quote="大学专科以上学历",
    zh="大学专科以上学历", en="college education or above",
)  # fmt: skip

education = forbid(
    appointment,
    _heads & ~appointment.education.is_in(COLLEGE_OR_ABOVE),
    on=appointment.on,
    cite="2.2/2a", quote="担任所长和教导员应具有大学专科以上学历",
    zh="所长和教导员应具有大学专科以上学历",
    en="a chief or instructor has college education or above",
)  # fmt: skip

SERVICE_YEARS = parameter(
    "service_years", 3,
    cite="2.2/2", quote="三年以上公安工作经历", unit=("年", "years"),
    zh="所长、教导员公安工作经历的最短年限",
    en="minimum years of police service of a chief or instructor",
)  # fmt: skip

experience = forbid(
    appointment,
    _heads & (appointment.on < appointment.service_since.plus_years(SERVICE_YEARS)),
    on=appointment.on,
    cite="2.2/2b", quote="有三年以上公安工作经历",
    zh="所长和教导员应有三年以上公安工作经历",
    en="a chief or instructor has at least three years of police service",
)  # fmt: skip

MOST_AGE = parameter(
    "most_age", 50,
    cite="2.2/2", quote="不超过50周岁", unit=("周岁", "years"),
    zh="担任派出所领导的年龄上限", en="maximum age of a station's leader",
)  # fmt: skip

age = forbid(
    appointment,
    appointment.birth_date.full_years_until(appointment.on) > MOST_AGE,  # whichever the post
    modality=Modality.IN_PRINCIPLE,
    on=appointment.on,
    cite="2.2/2c", quote="担任派出所领导原则上年龄不超过50周岁",
    zh="担任派出所领导原则上不超过50周岁",
    en="in principle, a station's leader is not over 50 years of age",
)  # fmt: skip

CLAUSE = Clause(
    heading="2.2",
    zh="派出所领导班子",
    en="Station leaders",
    provisions=[
        leadership,
        excuse(
            "2.2/1", ExcuseKind.QUALITATIVE,
            zh="用好用足政策、优化结构，没有量化标准",
            en="no measure is given for making full use of policies and improving the structure",
        ),
        education, experience, age,
    ],
)  # fmt: skip
