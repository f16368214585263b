"""Officers and what happens to them: appointments, postings, transfers and selections."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from ..facts import Fact, Labelled, boolean, by_year, choice, day, fact, identity, reference, text
from .units import DAYS, ROUNDS, SESSIONS


class Role(Labelled):
    """What an officer does at the station."""

    CHIEF = ("chief", "所长", "chief")
    DEPUTY_CHIEF = ("deputy_chief", "副所长", "deputy chief")
    INSTRUCTOR = ("instructor", "教导员", "instructor")
    CLERK = ("clerk", "内勤", "clerk")
    COMMUNITY = ("community", "社区民警", "community officer")
    CASE = ("case", "办案民警", "case officer")
    PATROL = ("patrol", "巡逻民警", "patrol officer")
    COMMAND = ("command", "指挥室民警", "command room officer")
    OTHER = ("other", "其他", "other")


class Education(Labelled):
    """The highest level of education completed, lowest first."""

    BELOW_COLLEGE = ("below_college", "未达大专", "below college")
    COLLEGE = ("college", "大专", "college")
    BACHELOR = ("bachelor", "本科", "bachelor")
    POSTGRADUATE = ("postgraduate", "研究生", "postgraduate")


class Post(Labelled):
    """A post of leadership at a station."""

    CHIEF = ("chief", "所长", "chief")
    DEPUTY_CHIEF = ("deputy_chief", "副所长", "deputy chief")
    INSTRUCTOR = ("instructor", "教导员", "instructor")


class Direction(Labelled):
    """Whether a transfer brings an officer to the station or takes one away."""

    IN = ("in", "调入", "in")
    OUT = ("out", "调出", "out")


@fact(collection="officers", zh="民警", en="officer", counter="人")
class Officer(Fact):
    """A sworn officer on the roster of a station."""

    id: str = identity()
    station_id: str | None = reference(
        "stations", zh="派出所", en="station", meaning="The station whose roster the officer is on."
    )
    workplace_id: str | None = text(
        zh="实际工作单位",
        en="workplace",
        meaning="The id of the station or organ where the officer actually works.",
    )
    township_secondment: bool | None = boolean(
        zh="在乡镇（街道）挂职锻炼",
        no_zh="未在乡镇（街道）挂职锻炼",
        en="seconded to a township",
        meaning="Whether an officer who works elsewhere is seconded there from the station, at a "
        "township or street office.",
    )
    role: Role | None = choice(
        Role, zh="岗位", en="role", meaning="What the officer does at the station."
    )
    education: Education | None = choice(
        Education, zh="学历", en="education", meaning="The highest education completed."
    )
    birth_date: date | None = day(
        zh="出生日期", en="birth date", meaning="The day the officer was born."
    )
    service_since: date | None = day(
        zh="参加公安工作日期",
        en="start of police service",
        meaning="The day the officer's police service began.",
    )
    station_since: date | None = day(
        zh="到所日期",
        en="start at the station",
        meaning="The day the officer's unbroken service at this station began.",
    )
    recruit: bool | None = boolean(
        zh="新警",
        en="recruit",
        meaning="Whether the officer came to this station as a new recruit.",
    )
    specialist: bool | None = boolean(
        zh="专业技术人员", en="specialist", meaning="Whether the officer is a technical specialist."
    )
    party_member: bool | None = boolean(
        zh="党员", en="party member", meaning="Whether the officer is a member of the Party."
    )
    zone: str | None = text(
        zh="警务区",
        en="zone",
        may_be_empty=True,
        meaning="The police zone the officer is in charge of; empty means none.",
    )
    township_leadership: bool | None = boolean(
        zh="进乡镇（街道）领导班子",
        no_zh="未进乡镇（街道）领导班子",
        en="member of the township leadership",
        meaning="Whether the officer belongs to the leadership of a township or street office.",
    )
    community_committee: bool | None = boolean(
        zh="任社区党组织兼职委员",
        no_zh="未任社区党组织兼职委员",
        en="member of a community party committee",
        meaning="Whether the officer sits part-time on the committee of a community's Party "
        "organisation.",
    )
    trainings: Mapping[int, int] | None = by_year(
        zh="专业训练次数",
        en="sessions of specialised training",
        unit=SESSIONS,
        meaning="Sessions of specialised training, by calendar year.",
    )
    training_days: Mapping[int, int] | None = by_year(
        zh="实战训练天数",
        en="days of practical training",
        unit=DAYS,
        meaning="Days of practical training, by calendar year.",
    )
    live_rounds: Mapping[int, int] | None = by_year(
        zh="实弹射击发数",
        en="live rounds",
        unit=ROUNDS,
        meaning="Live rounds fired in training, by calendar year.",
    )
    overtime_days: Mapping[int, int] | None = by_year(
        zh="加班天数",
        en="overtime days",
        unit=DAYS,
        meaning="Days of overtime worked, by calendar year.",
    )
    compensatory_days: Mapping[int, int] | None = by_year(
        zh="补休调休天数",
        en="compensatory days",
        unit=DAYS,
        meaning="Days taken off in compensation for overtime, by calendar year.",
    )


@fact(collection="appointments", zh="任职", en="appointment", counter="人次", act_day="on")
class Appointment(Fact):
    """An appointment to a post of leadership; what it states holds at its date."""

    id: str = identity()
    officer_id: str | None = reference(
        "officers", zh="民警", en="officer", meaning="The officer who is appointed."
    )
    post: Post | None = choice(Post, zh="职务", en="post", meaning="The post.")
    on: date | None = day(
        zh="任职日期", en="appointment date", meaning="The day of the appointment."
    )
    education: Education | None = choice(
        Education, zh="学历", en="education", meaning="The highest education then completed."
    )
    birth_date: date | None = day(
        zh="出生日期", en="birth date", meaning="The day the officer was born."
    )
    service_since: date | None = day(
        zh="参加公安工作日期",
        en="start of police service",
        meaning="The day the officer's police service began.",
    )


@fact(collection="postings", zh="新警分配", en="posting", counter="人次", act_day="from_date")
class Posting(Fact):
    """The posting of a recruit."""

    id: str = identity()
    officer_id: str | None = reference(
        "officers", zh="民警", en="officer", meaning="The recruit who is posted."
    )
    specialist: bool | None = boolean(
        zh="专业技术人员", en="specialist", meaning="Whether the recruit is a technical specialist."
    )
    special_post: bool | None = boolean(
        zh="特殊岗位", en="special post", meaning="Whether the recruit is meant for a special post."
    )
    to_station: bool | None = boolean(
        zh="分配到派出所",
        no_zh="未分配到派出所",
        en="posted to a station",
        meaning="Whether the posting is to a station.",
    )
    from_date: date | None = day(
        zh="开始日期", en="start date", meaning="The day the posting begins."
    )
    until_date: date | None = day(
        zh="结束日期",
        en="end date",
        meaning="The day the posting ends; none: it has no end.",
        may_be_none=True,
    )


@fact(collection="transfers", zh="调动", en="transfer", counter="人次", act_day="on")
class Transfer(Fact):
    """A transfer of an officer to or from a station."""

    id: str = identity()
    station_id: str | None = reference(
        "stations", zh="派出所", en="station", meaning="The station whose strength changes."
    )
    officer_id: str | None = reference(
        "officers", zh="民警", en="officer", meaning="The officer who is transferred."
    )
    direction: Direction | None = choice(
        Direction, zh="方向", en="direction", meaning="Whether the officer comes or goes."
    )
    on: date | None = day(zh="调动日期", en="transfer date", meaning="The day of the transfer.")
    replaces: str | None = reference(
        "transfers",
        zh="所接替的调出",
        en="departure it makes good",
        may_be_empty=True,
        meaning="The departure that this arrival makes good; empty means none.",
    )
    to_organ: bool | None = boolean(
        zh="调往机关",
        no_zh="未调往机关",
        en="moved to an organ",
        meaning="Whether a departure leads to an organ of the bureau.",
    )
    exchange: bool | None = boolean(
        zh="任职交流",
        en="exchange",
        meaning="Whether a departure is an exchange after long service at a mountain or island "
        "station.",
    )


@fact(collection="selections", zh="选拔", en="selection", counter="次", act_day="on")
class Selection(Fact):
    """A selection of one among several candidates, made by a bureau."""

    id: str = identity()
    bureau_id: str | None = reference(
        "bureaus", zh="公安局", en="bureau", meaning="The bureau that made the selection."
    )
    on: date | None = day(zh="选拔日期", en="selection date", meaning="The day of the selection.")
    equal_station_candidate: bool | None = boolean(
        zh="同等条件人选中有派出所民警",
        no_zh="同等条件人选中没有派出所民警",
        en="equal candidate from a station",
        meaning="Whether the one chosen or an equal candidate is an officer of a police station.",
    )
    chosen_from_station: bool | None = boolean(
        zh="选用派出所民警",
        no_zh="未选用派出所民警",
        en="chosen from a station",
        meaning="Whether the one chosen is an officer of a police station.",
    )
