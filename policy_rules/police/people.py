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


@fact(
    collection="officers",
    zh="民警",
    en="officer",
    counter="人",
    circumstances="station_id education birth_date service_since station_since recruit "
    "specialist party_member",
)
class Officer(Fact):
    """A sworn officer on the roster of a station."""

    id: str = identity(personal=True)
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station whose roster the officer is on.",
        meaning_zh="民警在哪个派出所的花名册上",
    )
    workplace_id: str | None = text(
        zh="实际工作单位",
        en="workplace",
        meaning="The id of the station or department where the officer actually works.",
        meaning_zh="实际工作的派出所或机关的编号",
    )
    township_secondment: bool | None = boolean(
        zh="在乡镇（街道）挂职锻炼",
        no_zh="未在乡镇（街道）挂职锻炼",
        en="seconded to a township",
        meaning="Whether an officer who works elsewhere is seconded there from the station, at a "
        "township or street office.",
        meaning_zh="在别处工作的，是否由派出所派到乡镇（街道）挂职",
        personal=True,
    )
    role: Role | None = choice(
        Role,
        zh="岗位",
        en="role",
        meaning="What the officer does at the station.",
        meaning_zh="在派出所做什么工作",
        personal=True,
    )
    education: Education | None = choice(
        Education,
        zh="学历",
        en="education",
        meaning="The highest education completed.",
        meaning_zh="已取得的最高学历",
        personal=True,
    )
    birth_date: date | None = day(
        zh="出生日期",
        en="birth date",
        meaning="The day the officer was born.",
        meaning_zh="出生的日期",
        personal=True,
    )
    service_since: date | None = day(
        zh="参加公安工作日期",
        en="start of police service",
        meaning="The day the officer's police service began.",
        meaning_zh="开始从事公安工作的日期",
        personal=True,
    )
    station_since: date | None = day(
        zh="到本所工作日期",
        en="start at the station",
        meaning="The day the officer's unbroken service at this station began.",
        meaning_zh="在本所连续工作的起始日期",
        personal=True,
    )
    recruit: bool | None = boolean(
        zh="新警",
        en="recruit",
        no_en="not a recruit",
        meaning="Whether the officer came to this station as a new recruit.",
        meaning_zh="是否作为新警分到本所",
        personal=True,
    )
    specialist: bool | None = boolean(
        zh="专业技术人员",
        en="specialist",
        no_en="not a specialist",
        meaning="Whether the officer is a technical specialist.",
        meaning_zh="是否为专业技术人员",
        personal=True,
    )
    party_member: bool | None = boolean(
        zh="党员",
        en="party member",
        no_en="not a party member",
        meaning="Whether the officer is a member of the Party.",
        meaning_zh="是否为中共党员",
        personal=True,
    )
    zone: str | None = text(
        zh="警务区",
        en="zone",
        may_be_empty=True,
        meaning="The police zone the officer is in charge of; empty means none.",
        meaning_zh="负责的警务区；可以没有",
        personal=True,
    )
    township_leadership: bool | None = boolean(
        zh="进乡镇（街道）领导班子",
        no_zh="未进乡镇（街道）领导班子",
        en="member of the township leadership",
        no_en="not a member of the township leadership",
        meaning="Whether the officer belongs to the leadership of a township or street office.",
        meaning_zh="是否进入乡镇（街道）领导班子",
        personal=True,
    )
    community_committee: bool | None = boolean(
        zh="任社区党组织兼职委员",
        no_zh="未任社区党组织兼职委员",
        en="member of a community party committee",
        no_en="not a member of a community party committee",
        meaning="Whether the officer sits part-time on the committee of a community's Party "
        "organisation.",
        meaning_zh="是否兼任社区党组织委员",
        personal=True,
    )
    trainings: Mapping[int, int] | None = by_year(
        zh="专业训练次数",
        en="sessions of specialised training",
        unit=SESSIONS,
        meaning="Sessions of specialised training, by calendar year.",
        meaning_zh="各年度参加专业训练的次数",
        personal=True,
    )
    training_days: Mapping[int, int] | None = by_year(
        zh="实战训练天数",
        en="days of practical training",
        unit=DAYS,
        meaning="Days of practical training, by calendar year.",
        meaning_zh="各年度参加实战训练的天数",
        personal=True,
    )
    live_rounds: Mapping[int, int] | None = by_year(
        zh="实弹射击发数",
        en="live rounds",
        unit=ROUNDS,
        meaning="Live rounds fired in training, by calendar year.",
        meaning_zh="各年度训练中实弹射击的发数",
        personal=True,
    )
    overtime_days: Mapping[int, int] | None = by_year(
        zh="加班天数",
        en="overtime days",
        unit=DAYS,
        meaning="Days of overtime worked, by calendar year.",
        meaning_zh="各年度加班的天数",
        personal=True,
    )
    compensatory_days: Mapping[int, int] | None = by_year(
        zh="补休调休天数",
        en="compensatory days",
        unit=DAYS,
        meaning="Days taken off in compensation for overtime, by calendar year.",
        meaning_zh="各年度因加班补休、调休的天数",
        personal=True,
    )


@fact(
    collection="appointments",
    zh="任职",
    en="appointment",
    counter="人次",
    deed="任命",
    act_day="on",
    circumstances="officer_id post education birth_date service_since",
)
class Appointment(Fact):
    """An appointment to a post of leadership; what it states holds at its date."""

    id: str = identity()
    officer_id: str | None = reference(
        "officers",
        zh="民警",
        en="officer",
        meaning="The officer who is appointed.",
        meaning_zh="任职的民警",
    )
    post: Post | None = choice(
        Post, zh="职务", en="post", meaning="The post.", meaning_zh="所任的职务"
    )
    on: date | None = day(
        zh="任职日期",
        en="appointment date",
        meaning="The day of the appointment.",
        meaning_zh="任职的日期",
    )
    education: Education | None = choice(
        Education,
        zh="学历",
        en="education",
        meaning="The highest education then completed.",
        meaning_zh="任职时已取得的最高学历",
        personal=True,
    )
    birth_date: date | None = day(
        zh="出生日期",
        en="birth date",
        meaning="The day the officer was born.",
        meaning_zh="出生的日期",
        personal=True,
    )
    service_since: date | None = day(
        zh="参加公安工作日期",
        en="start of police service",
        meaning="The day the officer's police service began.",
        meaning_zh="开始从事公安工作的日期",
        personal=True,
    )


@fact(
    collection="postings",
    zh="新警分配",
    en="posting",
    counter="人次",
    deed="分配",
    act_day="from_date",
    circumstances="officer_id specialist special_post",
)
class Posting(Fact):
    """The posting of a recruit."""

    id: str = identity()
    officer_id: str | None = reference(
        "officers",
        zh="民警",
        en="officer",
        meaning="The recruit who is posted.",
        meaning_zh="分配的新警",
    )
    specialist: bool | None = boolean(
        zh="专业技术人员",
        en="specialist",
        no_en="not a specialist",
        meaning="Whether the recruit is a technical specialist.",
        meaning_zh="是否为专业技术人员",
        personal=True,
    )
    special_post: bool | None = boolean(
        zh="特殊岗位",
        en="special post",
        no_en="not a special post",
        meaning="Whether the recruit is meant for a special post.",
        meaning_zh="是否用于特殊岗位",
    )
    to_station: bool | None = boolean(
        zh="分配到派出所",
        no_zh="未分配到派出所",
        en="posted to a station",
        meaning="Whether the posting is to a station.",
        meaning_zh="是否分配到派出所",
    )
    from_date: date | None = day(
        zh="开始日期",
        en="start date",
        meaning="The day the posting begins.",
        meaning_zh="开始工作的日期",
    )
    until_date: date | None = day(
        zh="结束日期",
        en="end date",
        meaning="The day the posting ends; none: it has no end.",
        meaning_zh="结束工作的日期；没有表示不设期限",
        may_be_none=True,
    )


@fact(
    collection="transfers",
    zh="调动",
    en="transfer",
    counter="人次",
    deed="调动",
    act_day="on",
    circumstances="station_id officer_id direction replaces exchange",
)
class Transfer(Fact):
    """A transfer of an officer to or from a station."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station whose strength changes.",
        meaning_zh="警力发生变化的派出所",
    )
    officer_id: str | None = reference(
        "officers",
        zh="民警",
        en="officer",
        meaning="The officer who is transferred.",
        meaning_zh="调动的民警",
    )
    direction: Direction | None = choice(
        Direction,
        zh="调动方向",
        en="direction",
        meaning="Whether the officer comes or goes.",
        meaning_zh="调入还是调出",
    )
    on: date | None = day(
        zh="调动日期",
        en="transfer date",
        meaning="The day of the transfer.",
        meaning_zh="调动的日期",
    )
    replaces: str | None = reference(
        "transfers",
        zh="所接替的调出",
        en="departure it makes good",
        may_be_empty=True,
        meaning="The departure that this arrival makes good; empty means none.",
        meaning_zh="这次调入所接替的调出；可以没有",
    )
    to_organ: bool | None = boolean(
        zh="调往机关",
        no_zh="未调往机关",
        en="moved to headquarters",
        meaning="Whether a departure leads to the bureau's headquarters.",
        meaning_zh="调出的，是否调往公安局机关",
    )
    exchange: bool | None = boolean(
        zh="任职交流",
        en="exchange",
        no_en="not an exchange",
        meaning="Whether a departure is an exchange after long service at a mountain or island "
        "station.",
        meaning_zh="调出的，是否属于在山区、海岛派出所长期工作后的交流",
    )


@fact(
    collection="selections",
    zh="选拔",
    en="selection",
    counter="次",
    act_day="on",
    circumstances="bureau_id on equal_station_candidate",
)
class Selection(Fact):
    """A selection of one among several candidates, made by a bureau."""

    id: str = identity()
    bureau_id: str | None = reference(
        "bureaus",
        zh="公安局",
        en="bureau",
        meaning="The bureau that made the selection.",
        meaning_zh="由哪个公安局选拔",
    )
    on: date | None = day(
        zh="选拔日期",
        en="selection date",
        meaning="The day of the selection.",
        meaning_zh="选拔的日期",
    )
    equal_station_candidate: bool | None = boolean(
        zh="同等条件人选中有派出所民警",
        no_zh="同等条件人选中没有派出所民警",
        en="equal candidate from a station",
        no_en="no equal candidate from a station",
        meaning="Whether the one chosen or an equal candidate is an officer of a police station.",
        meaning_zh="选用的人或同等条件的人选中，有没有派出所民警",
    )
    chosen_from_station: bool | None = boolean(
        zh="选用派出所民警",
        no_zh="未选用派出所民警",
        en="chosen from a station",
        meaning="Whether the one chosen is an officer of a police station.",
        meaning_zh="选用的人是否为派出所民警",
    )
