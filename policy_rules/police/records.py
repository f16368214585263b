"""What is on record of stations: events and awards."""

from __future__ import annotations

from datetime import date

from ..facts import Fact, Labelled, choice, day, fact, identity, integer, reference
from .units import PEOPLE


class EventKind(Labelled):
    """What took place."""

    POLITICAL_STUDY = ("political_study", "政治学习", "political study")
    THOUGHT_ANALYSIS = ("thought_analysis", "思想状况分析研判", "analysis of officers' thinking")
    RISK_SCREENING = ("risk_screening", "内部风险隐患排查", "screening for internal risks")
    ROTATION_TRAINING = ("rotation_training", "轮值轮训", "rotation training")
    SKILLS_CONTEST = ("skills_contest", "岗位技能竞赛", "skills contest")
    INCIDENT_NOTICE = ("incident_notice", "发案情况通报", "notice of crime")
    JOINT_MEETING = ("joint_meeting", "治保会主任联席会", "joint meeting of committee chairs")
    SAFETY_ACTION = ("safety_action", "平安守护行动", "safety action")
    MENTAL_SCREENING = ("mental_screening", "心理健康摸底排查", "mental health screening")
    MENTAL_TEACHING = ("mental_teaching", "心理健康送教", "mental health teaching")
    MAJOR_TASK = ("major_task", "重大安保维稳任务", "major security operation")


class AwardCategory(Labelled):
    """Whom an award is for."""

    CHIEF = ("chief", "十佳基层所队长", "ten best heads of stations and squads")
    CASE = ("case", "十佳办案能手", "ten best investigators")
    PATROL = ("patrol", "十佳巡防民警", "ten best patrol officers")
    OTHER = ("other", "其他十佳", "another ten best")


@fact(
    collection="events",
    zh="活动",
    en="event",
    counter="次",
    act_day="on",
    circumstances="station_id bureau_id kind for_event_id",
)
class Event(Fact):
    """Something that took place on a day, at a station or held by a bureau."""

    id: str = identity()
    station_id: str | None = reference(
        "stations",
        zh="派出所",
        en="station",
        meaning="The station where it took place.",
        meaning_zh="在哪个派出所开展",
    )
    bureau_id: str | None = reference(
        "bureaus",
        zh="公安局",
        en="bureau",
        meaning="The bureau that held it.",
        meaning_zh="由哪个公安局开展",
    )
    kind: EventKind | None = choice(
        EventKind, zh="类别", en="kind", meaning="What took place.", meaning_zh="开展了什么"
    )
    on: date | None = day(
        zh="日期", en="date", meaning="The day it took place.", meaning_zh="开展的日期"
    )
    for_event_id: str | None = reference(
        "events",
        zh="对应活动编号",
        en="event it was held for",
        meaning="The event that this one belongs to, such as the major operation it was held for.",
        meaning_zh="为哪项活动而开展，如所结合的重大任务",
    )


@fact(
    collection="awards",
    zh="评选",
    en="award",
    counter="次",
    act_day="on",
    circumstances="city_id category",
)
class Award(Fact):
    """A round of awards in a city."""

    id: str = identity()
    city_id: str | None = reference(
        "cities",
        zh="市",
        en="city",
        meaning="The city that gives the award.",
        meaning_zh="由哪个市评选",
    )
    category: AwardCategory | None = choice(
        AwardCategory,
        zh="类别",
        en="category",
        meaning="Whom the award is for.",
        meaning_zh="评选的对象",
    )
    on: date | None = day(
        zh="评选日期", en="award date", meaning="The day of the award.", meaning_zh="评选的日期"
    )
    winners: int | None = integer(
        zh="获评人数",
        en="winners",
        unit=PEOPLE,
        meaning="People who were given the award.",
        meaning_zh="获评的人数",
    )
