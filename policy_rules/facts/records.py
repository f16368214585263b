"""What is on record: events, attestations and exemptions."""

from __future__ import annotations

from datetime import date

from .fields import (
    Fact,
    boolean,
    choice,
    day,
    fact,
    identity,
    reference,
    text,
)
from .labelled import Labelled


class EventKind(Labelled):
    """What took place."""

    POLITICAL_STUDY = ("political_study", "政治学习", "political study")
    THOUGHT_ANALYSIS = ("thought_analysis", "思想状况分析研判", "analysis of the force's thinking")
    RISK_SCREENING = ("risk_screening", "内部风险隐患排查", "screening for internal risks")
    ROTATION_TRAINING = ("rotation_training", "轮值轮训", "rotation training")
    SKILLS_CONTEST = ("skills_contest", "岗位技能竞赛", "skills contest")
    INCIDENT_NOTICE = ("incident_notice", "发案情况通报", "notice of incidents")
    JOINT_MEETING = ("joint_meeting", "治保会主任联席会", "joint meeting")
    SAFETY_ACTION = ("safety_action", "平安守护行动", "safety action")
    MENTAL_SCREENING = ("mental_screening", "心理健康摸底排查", "mental health screening")
    MENTAL_TEACHING = ("mental_teaching", "心理健康送教", "mental health teaching")


@fact(collection="events", zh="活动", en="event")
class Event(Fact):
    """Something that took place at a station on a day."""

    id: str = identity()
    station_id: str | None = reference(
        "stations", zh="派出所", en="station", meaning="The station where it took place."
    )
    kind: EventKind | None = choice(EventKind, zh="类别", en="kind", meaning="What took place.")
    on: date | None = day(zh="日期", en="date", meaning="The day it took place.")


@fact(collection="attestations", zh="证明", en="attestation")
class Attestation(Fact):
    """A statement that what a sentence asks for is there, or is not."""

    id: str = identity()
    subject_id: str | None = text(
        zh="对象编号", en="subject", meaning="The id of the fact that the statement is about."
    )
    cite: str | None = text(
        zh="条款", en="citation", meaning="The citation of the rule, such as `3.3/1a`."
    )
    holds: bool | None = boolean(
        zh="已落实", en="holds", meaning="Whether what the sentence asks for is there."
    )
    on: date | None = day(zh="日期", en="date", meaning="The day of the statement.")
    document: str | None = text(
        zh="文件", en="document", meaning="The document that the statement rests on."
    )


@fact(collection="exemptions", zh="豁免批准", en="exemption")
class Exemption(Fact):
    """A decision that an in-principle rule need not be followed; part of a policy, not a fact."""

    id: str = identity()
    cite: str = text(
        zh="条款", en="citation", required=True, meaning="The citation of the sentence or rule."
    )
    subject: str = text(
        zh="对象", en="subject", required=True, meaning="The key of the fact, such as `cases/A1`."
    )
    authority: str | None = text(zh="批准机关", en="authority", meaning="Who decided it.")
    document: str | None = text(
        zh="文件", en="document", meaning="The document that the decision is in."
    )
    reason: str | None = text(zh="理由", en="reason", meaning="Why it was decided.")
    valid_from: date | None = day(
        zh="生效日期", en="valid from", meaning="The first day it is valid; unknown is always."
    )
    valid_until: date | None = day(
        zh="失效日期", en="valid until", meaning="The last day it is valid; unknown is for ever."
    )
