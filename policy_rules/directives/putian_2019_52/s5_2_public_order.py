"""五（二） Public order with the public's help: patrols, committees, notices, joint action."""

from ...language import AS_OF, Clause, Recurrence, count, each, held, some, subject
from ...police import Body, Committee, Event, EventKind, Station, Township
from .s1_3_training import HELD_SINCE, NEVER_HELD, ONCE_BY_NOW

clause = Clause("5.2", "群防群治", "Public order with the public's help")
s1, s2, s3, s4 = clause.sentences(4)
township, committee, station = subject(Township), subject(Committee), subject(Station)
event = each(Event, station_id=station)

# 第一句：专职巡逻队
PATROL_BAND = s1.reading("patrol_band", default="minimum")(
    "专职巡逻队人数能否超过“20-50人”的上限？",
    "is a patrol above the band “20-50” outside the standard?",
).options(
    minimum=(
        "能，超过上限的予以注明，不算不符合",
        "no: more than the upper end is remarked, and is no breach",
    ),
    band=("不能，超过上限的不符合标准", "yes: more than the upper end is a breach"),
    why=(
        "文件要求做强巡逻队，配备多于标准不违背其本意；幅度有上限，所以注明",
        "the text wants strong patrols, and more serves that; the band has an upper end, so it is"
        " remarked",
    ),
)
LEAST_PATROL_MEMBERS = s1("20-50人")(
    "乡镇（街道）专职巡逻队人数下限", "minimum members of a township's full-time patrol"
).sets("least_patrol_members", 20, unit=("人", "members"))
MOST_PATROL_MEMBERS = s1("20-50人")(
    "乡镇（街道）专职巡逻队人数上限", "maximum members of a township's full-time patrol"
).sets("most_patrol_members", 50, unit=("人", "members"))
s1("按照乡镇（街道）20-50人的标准配备专职巡逻队伍")(
    "乡镇（街道）按标准人数配备专职巡逻队", "a township has a full-time patrol of the standard size"
).demands(
    township,
    (township.patrol_members >= LEAST_PATROL_MEMBERS)
    & (PATROL_BAND.is_("minimum") | (township.patrol_members <= MOST_PATROL_MEMBERS)),
)
above_patrol_band = s1("20-50人")(
    "专职巡逻队人数超过幅度上限", "patrol larger than the band"
).decides(
    township,
    "above_patrol_band",
    township.patrol_members > MOST_PATROL_MEMBERS,
    no_zh="专职巡逻队人数未超过幅度上限",
    no_en="patrol not larger than the band",
)
s1.qualitative(
    "开展多种形式的群防群治活动、做强巡逻队，没有量化标准",
    "no measure is given for the various forms of crime prevention with the public, or"
    " for a stronger patrol",
)

# 第二句：治保会
LEAST_COMMITTEE_MEMBERS = s2("不少于3人")(
    "治保会总人数下限", "minimum members of a public security committee"
).sets("least_committee_members", 3, unit=("人", "members"))
COMMITTEE_CHAIRS = s2("主任1人")("治保会主任人数", "chairs of a public security committee").sets(
    "committee_chairs", 1, unit=("人", "chairs")
)
LEAST_DEPUTIES = s2("副主任1-2人")(
    "治保会副主任人数下限", "minimum deputy chairs of a public security committee"
).sets("least_deputies", 1, unit=("人", "deputies"))
MOST_DEPUTIES = s2("副主任1-2人")(
    "治保会副主任人数上限", "maximum deputy chairs of a public security committee"
).sets("most_deputies", 2, unit=("人", "deputies"))
s2("严格按照不少于3人（主任1人、副主任1-2人）的标准")(
    "治保会总人数和主任、副主任人数符合标准",
    "a public security committee has the required members, chair and deputy chairs",
).demands(
    committee,
    (committee.members >= LEAST_COMMITTEE_MEMBERS)
    & committee.chairs.is_(COMMITTEE_CHAIRS)
    & (committee.deputies >= LEAST_DEPUTIES)
    & (committee.deputies <= MOST_DEPUTIES),
)
s2.a("主任1人、副主任1-2人")(
    "治保会主任、副主任之和不多于总人数",
    "a public security committee has no more chairs and deputies than members",
).agrees(committee, committee.chairs + committee.deputies <= committee.members)
s2.qualitative(
    "做实治保会、配强组成人员，没有量化标准",
    "no measure is given for effective committees and able members",
)

# 第三句：通报和联席会
INCIDENT_NOTICE_PERIOD = s3("每周")(
    "通报发案情况的周期", "how often a station gives notice of crime to townships and villages"
).sets("incident_notice_period", Recurrence("FREQ=WEEKLY"))
s3.a("每周发案情况和加强治安防控的建议")(
    "派出所每周通报辖区发案情况和防控建议",
    "a station gives notice each week of the crime in its area, with advice on prevention",
).demands(
    station,
    held(
        event, event.kind.is_(EventKind.INCIDENT_NOTICE), on=event.on, every=INCIDENT_NOTICE_PERIOD
    ).called("发案情况和防控建议的通报", "notice of crime and advice on prevention"),
    responsible=Body.STATION,
)
JOINT_MEETING_PERIOD = s3("定期")(
    "召开治保会主任联席会的周期（文件未定）",
    "how often committee chairs meet with the station (left open by the text)",
).leaves_open("joint_meeting_period", Recurrence)
s3.b("定期召开治保会主任联席会")(
    "派出所定期召开治保会主任联席会",
    "a station regularly holds a joint meeting of the chairs of public security committees",
).demands(
    station,
    held(
        event, event.kind.is_(EventKind.JOINT_MEETING), on=event.on, every=JOINT_MEETING_PERIOD
    ).called("治保会主任联席会", "joint meeting of committee chairs")
    & (
        NEVER_HELD.is_("undetermined")
        | (
            count(
                event,
                event.kind.is_(EventKind.JOINT_MEETING)
                & (event.on >= HELD_SINCE)
                & (event.on <= AS_OF),
            ).called("治保会主任联席会", "joint meeting of committee chairs")
            >= ONCE_BY_NOW
        )
    ),
    responsible=Body.STATION,
)
s3.qualitative(
    "通报的内容，以及是否通报到每个乡镇（街道）、村（居）委会，不作判定",
    "what a notice says, and whether it reached every township and village committee,"
    " is not computed",
)

# 第四句：“平安守护”行动
s4("“平安守护”行动")(
    "派出所已组织开展“平安守护”行动",
    "a station has organised a safety action with residents and volunteers",
).demands(
    station,
    some(event, event.kind.is_(EventKind.SAFETY_ACTION) & (event.on <= AS_OF)).called(
        "已组织的“平安守护”行动", "safety actions carried out"
    ),
    responsible=Body.STATION,
)
s4.qualitative(
    "乡镇（街道）的组织工作、参加人员和行动形式没有量化标准",
    "no measure is given for the townships' part, for who takes part and in what form",
)
