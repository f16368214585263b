"""What a station is asked to do: criminal cases, tasks and incidents."""

from __future__ import annotations

from collections.abc import Set
from datetime import date, datetime

from ..facts import (
    Fact,
    Labelled,
    boolean,
    choice,
    choices,
    codes,
    day,
    fact,
    identity,
    moment,
    reference,
)


class Means(Labelled):
    """A means of investigation that a case needs."""

    IMAGE = ("image", "图侦", "video images")
    FORENSIC = ("forensic", "刑事技术", "forensic science")
    TECHNICAL = ("technical", "技术侦查", "technical investigation")
    UNDERCOVER = ("undercover", "隐匿身份侦查", "undercover investigation")
    FINANCIAL = ("financial", "资金查控", "tracing of funds")
    OTHER = ("other", "其他", "other")


class CaseCategory(Labelled):
    """What sort of crime a case is about."""

    ORDINARY = ("ordinary", "普通", "ordinary")
    TERRORISM = ("terrorism", "涉恐", "terrorism")
    MASS_ECONOMIC = ("mass_economic", "涉众型经济", "economic crime with many victims")
    ORGANISED_CRIME = ("organised_crime", "涉黑", "organised crime")
    OTHER = ("other", "其他特殊类型", "other special kind")


class CaseRole(Labelled):
    """Whether the station leads a case or assists."""

    LEAD = ("lead", "主办", "lead")
    ASSIST = ("assist", "协办", "assist")


class Issuer(Labelled):
    """Who gives a station a task."""

    POLICE_BRANCH = ("police_branch", "警种部门", "specialised branch")
    PARTY = ("party", "党委", "Party committee")
    GOVERNMENT = ("government", "政府", "government")
    OTHER = ("other", "其他", "other")


class Level(Labelled):
    """The level of administration of an issuer or reviewer."""

    COUNTY = ("county", "县（区）级", "county")
    MUNICIPAL = ("municipal", "市级", "municipal")


class Assignee(Labelled):
    """Who is to carry out a task."""

    OFFICER = ("officer", "民警", "officer")
    AUXILIARY = ("auxiliary", "辅警", "auxiliary")


class DutyArea(Labelled):
    """The field of a station's own duties that a task belongs to."""

    PREVENTION = ("prevention", "组织治安安全防范", "safety and crime prevention")
    POPULATION = ("population", "管理实有人口", "managing the resident population")
    PUBLIC_CONCERNS = ("public_concerns", "掌握社情民意", "knowing the public's concerns")
    COMMUNITY_WORK = ("community_work", "开展群众工作", "work with the public")
    OTHER = ("other", "其他", "other")


class ReportSection(Labelled):
    """An aspect that the assessment report of a task covers."""

    NECESSITY = ("necessity", "必要性", "necessity")
    FEASIBILITY = ("feasibility", "可行性", "feasibility")
    OPERABILITY = ("operability", "实操性", "operability")


class Guarantee(Labelled):
    """Something that is guaranteed for carrying out a task."""

    PERSONNEL = ("personnel", "人员", "personnel")
    FUNDS = ("funds", "经费", "funds")
    EQUIPMENT = ("equipment", "装备", "equipment")


class Reviewer(Labelled):
    """Who passed a task on review."""

    PUBLIC_ORDER = ("public_order", "治安部门", "public order department")
    OTHER = ("other", "其他", "other")
    NONE = ("none", "无", "none")


class Approver(Labelled):
    """Who approved a task."""

    MUNICIPAL_COMMITTEE = (
        "municipal_committee",
        "市公安局党委",
        "Party committee of the municipal bureau",
    )
    OTHER = ("other", "其他", "other")
    NONE = ("none", "无", "none")


class IncidentKind(Labelled):
    """Whether an incident is a matter for the police."""

    POLICE = ("police", "警务警情", "police")
    NON_POLICE = ("non_police", "非警务警情", "non-police")


class Route(Labelled):
    """Where an incident is to go."""

    HOTLINE = ("hotline_12345", "12345平台", "12345 hotline")
    POLICE = ("police_110", "110警情", "110 police line")


@fact(
    collection="cases",
    zh="刑事案件",
    en="criminal case",
    counter="起",
    deed="办理",
    circumstances="station_id causation_clear simple means place_codes complex category",
)
class CriminalCase(Fact):
    """A criminal case that a station is to handle."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station that is to handle the case.",
        meaning_zh="办理案件的派出所",
    )
    causation_clear: bool | None = boolean(
        zh="因果关系明显",
        no_zh="因果关系不明显",
        en="causation clear",
        no_en="causation not clear",
        meaning="Whether cause and effect are clear.",
        meaning_zh="因果关系是否明显",
    )
    simple: bool | None = boolean(
        zh="案情简单",
        no_zh="案情不简单",
        en="simple",
        meaning="Whether the facts of the case are simple.",
        meaning_zh="案情是否简单",
    )
    means: Set[Means] | None = choices(
        Means,
        zh="所需侦查手段",
        en="means of investigation",
        meaning="The specialised means of investigation that it needs.",
        meaning_zh="需要哪些专业侦查手段",
    )
    place_codes: Set[str] | None = codes(
        zh="涉案地行政区划代码",
        en="place codes",
        pattern=r"[0-9]{6}",
        meaning="The six-digit division codes of the counties that the case involves.",
        meaning_zh="案件涉及的各县（区）的六位行政区划代码",
    )
    complex: bool | None = boolean(
        zh="复杂案件",
        en="complex",
        meaning="Whether it is a complex case.",
        meaning_zh="是否为复杂案件",
    )
    category: CaseCategory | None = choice(
        CaseCategory,
        zh="案件类别",
        en="category",
        meaning="What sort of crime it is about.",
        meaning_zh="属于哪类犯罪",
    )
    role: CaseRole | None = choice(
        CaseRole,
        zh="办案角色",
        en="role",
        meaning="Whether the station leads or assists.",
        meaning_zh="派出所主办还是协办",
    )


@fact(
    collection="tasks",
    zh="任务",
    en="task",
    counter="项",
    act_day="starts_on",
    circumstances="station_id issuer issuer_level within_statutory_duty branch_duty "
    "duty_area quota",
)
class Task(Fact):
    """A task that somebody wants a station to carry out."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station that is given the task.",
        meaning_zh="接受任务的派出所",
    )
    issuer: Issuer | None = choice(
        Issuer, zh="下达单位", en="issuer", meaning="Who gives the task.", meaning_zh="由谁下达任务"
    )
    issuer_level: Level | None = choice(
        Level,
        zh="下达单位级别",
        en="issuer level",
        meaning="The level of who gives the task.",
        meaning_zh="下达单位的级别",
    )
    within_statutory_duty: bool | None = boolean(
        zh="属法定职责",
        no_zh="不属法定职责",
        en="within statutory duty",
        meaning="Whether it is within the statutory duty of the police.",
        meaning_zh="是否属于公安机关的法定职责",
    )
    branch_duty: bool | None = boolean(
        zh="属警种部门职责",
        no_zh="不属警种部门职责",
        en="duty of a specialised branch",
        no_en="not the duty of a specialised branch",
        meaning="Whether it is the own duty of a specialised branch of the police.",
        meaning_zh="是否属于专业警种部门自己的职责",
    )
    duty_area: DutyArea | None = choice(
        DutyArea,
        zh="工作领域",
        en="duty area",
        meaning="The field of a station's own duties that it belongs to.",
        meaning_zh="属于派出所主业的哪个领域",
    )
    quota: bool | None = boolean(
        zh="指标任务",
        en="quota",
        no_en="not a quota",
        meaning="Whether it is a quota to be met.",
        meaning_zh="是否为须完成的指标",
    )
    assignee: Assignee | None = choice(
        Assignee,
        zh="承担人员",
        en="assignee",
        meaning="Who is to carry it out.",
        meaning_zh="由谁承担",
    )
    report_sections: Set[ReportSection] | None = choices(
        ReportSection,
        zh="评估报告内容",
        en="report sections",
        meaning="The aspects that the assessment report covers.",
        meaning_zh="评估报告写了哪些方面",
    )
    guarantees: Set[Guarantee] | None = choices(
        Guarantee,
        zh="保障事项",
        en="guarantees",
        meaning="What is guaranteed for it.",
        meaning_zh="明确了哪些保障",
    )
    reviewed_by: Reviewer | None = choice(
        Reviewer,
        zh="审核部门",
        en="reviewer",
        meaning="Who passed it on review; none means that it was not passed.",
        meaning_zh="由谁审核通过；没有表示未通过",
    )
    review_level: Level | None = choice(
        Level,
        zh="审核部门级别",
        en="review level",
        meaning="The level of the reviewer.",
        meaning_zh="审核部门的级别",
    )
    approved_by: Approver | None = choice(
        Approver,
        zh="批准机关",
        en="approver",
        meaning="Who approved it; none means that it was not approved.",
        meaning_zh="由谁批准；没有表示未获批准",
    )
    reported_on: date | None = day(
        zh="报告日期",
        en="report date",
        meaning="The day of the assessment report; none: there is none yet.",
        meaning_zh="评估报告的日期；没有表示尚无报告",
        may_be_none=True,
    )
    reviewed_on: date | None = day(
        zh="审核日期",
        en="review date",
        meaning="The day the review passed it; none: it has not been passed.",
        meaning_zh="审核通过的日期；没有表示尚未通过",
        may_be_none=True,
    )
    approved_on: date | None = day(
        zh="批准日期",
        en="approval date",
        meaning="The day it was approved; none: it has not been.",
        meaning_zh="批准的日期；没有表示尚未批准",
        may_be_none=True,
    )
    starts_on: date | None = day(
        zh="开始日期", en="start date", meaning="The day it begins.", meaning_zh="任务开始的日期"
    )


@fact(
    collection="incidents",
    zh="警情",
    en="incident",
    counter="起",
    act_day="received_at",
    circumstances="station_id kind received_at",
)
class Incident(Fact):
    """An incident that was reported to the police by a call, and where it was passed on to."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station in whose area it happened.",
        meaning_zh="警情发生地的派出所",
    )
    kind: IncidentKind | None = choice(
        IncidentKind,
        zh="类别",
        en="kind",
        meaning="Whether it is a matter for the police.",
        meaning_zh="是否属于公安机关管辖的事项",
    )
    received_at: datetime | None = moment(
        zh="接警时间",
        en="time received",
        meaning="When the call came in.",
        meaning_zh="接到报警的时间",
    )
    transferred: bool | None = boolean(
        zh="已流转至12345",
        no_zh="未流转至12345",
        en="passed on to 12345",
        meaning="Whether it was passed on to 12345.",
        meaning_zh="是否已转到12345",
    )
    transferred_at: datetime | None = moment(
        zh="流转时间",
        en="time passed on",
        meaning="When it was passed on to 12345.",
        meaning_zh="转到12345的时间",
    )
