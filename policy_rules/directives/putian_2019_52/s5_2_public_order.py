"""五（二） Public order with the public's help: patrols, committees, notices, joint action."""

from ...facts import Committee, Event, EventKind, Station, Township
from ...language import (
    AS_OF,
    RECURRENCE,
    Clause,
    ExcuseKind,
    Recurrence,
    define,
    each,
    excuse,
    held,
    parameter,
    reading,
    require,
    some,
    subject,
    when,
)

township = subject(Township)
committee = subject(Committee)
station = subject(Station)
event = each(Event, station_id=station)

# 第一句：专职巡逻队

PATROL_BAND = reading(
    "patrol_band", "5.2/1",
    zh="专职巡逻队人数能否超过“20-50人”的上限？",
    en="is a patrol above the band “20-50” outside the standard?",
    band=("不能，超过上限的不符合标准", "more than the upper end is outside the standard"),
    minimum=("能，幅度只作下限", "the band is only a minimum; more is no breach"),
    default="band",
    why=(
        "文件规定的是幅度，有上限也有下限",
        "the text sets a band, with an upper end as well as a lower one",
    ),
)  # fmt: skip

LEAST_PATROL_MEMBERS = parameter(
    "least_patrol_members", 20,
    cite="5.2/1", quote="20-50人", unit=("人", "members"),
    zh="乡镇（街道）专职巡逻队人数下限", en="minimum members of a township's full-time patrol",
)  # fmt: skip

MOST_PATROL_MEMBERS = parameter(
    "most_patrol_members", 50,
    cite="5.2/1", quote="20-50人", unit=("人", "members"),
    zh="乡镇（街道）专职巡逻队人数上限", en="maximum members of a township's full-time patrol",
)  # fmt: skip

patrol_limit = define(
    township, "patrol_limit", int,
    zh="专职巡逻队人数上限", en="maximum size of the patrol", unit=("人", "members"),
    rules=[
        when(PATROL_BAND.is_("band"))
        .then(MOST_PATROL_MEMBERS, cite="5.2/1", quote="20-50人"),
        # A mere minimum has no upper end: the patrol may be as large as it is.
        when(PATROL_BAND.is_("minimum"))
        .then(township.patrol_members, cite="5.2/1", quote="20-50人"),
    ],
)  # fmt: skip

patrol = require(
    township,
    (township.patrol_members >= LEAST_PATROL_MEMBERS)
    & (township.patrol_members <= patrol_limit.of(township)),
    cite="5.2/1", quote="按照乡镇（街道）20-50人的标准配备专职巡逻队伍",
    zh="乡镇（街道）按标准人数配备专职巡逻队",
    en="a township has a full-time patrol of the standard size",
)  # fmt: skip

# 第二句：治保会

LEAST_COMMITTEE_MEMBERS = parameter(
    "least_committee_members", 3,
    cite="5.2/2", quote="不少于3人", unit=("人", "members"),
    zh="治保会总人数下限", en="minimum members of a public security committee",
)  # fmt: skip

COMMITTEE_CHAIRS = parameter(
    "committee_chairs", 1,
    cite="5.2/2", quote="主任1人", unit=("人", "chairs"),
    zh="治保会主任人数", en="chairs of a public security committee",
)  # fmt: skip

LEAST_DEPUTIES = parameter(
    "least_deputies", 1,
    cite="5.2/2", quote="副主任1-2人", unit=("人", "deputies"),
    zh="治保会副主任人数下限", en="minimum deputy chairs of a public security committee",
)  # fmt: skip

MOST_DEPUTIES = parameter(
    "most_deputies", 2,
    cite="5.2/2", quote="副主任1-2人", unit=("人", "deputies"),
    zh="治保会副主任人数上限", en="maximum deputy chairs of a public security committee",
)  # fmt: skip

committee_members = require(
    committee,
    (committee.members >= LEAST_COMMITTEE_MEMBERS)
    & committee.chairs.is_(COMMITTEE_CHAIRS)
    & (committee.deputies >= LEAST_DEPUTIES)
    & (committee.deputies <= MOST_DEPUTIES),
    cite="5.2/2", quote="严格按照不少于3人（主任1人、副主任1-2人）的标准",
    zh="治保会总人数和主任、副主任人数符合标准",
    en="a public security committee has the required members, chair and deputy chairs",
)  # fmt: skip

# 第三句：通报和联席会

INCIDENT_NOTICE_PERIOD = parameter(
    "incident_notice_period", Recurrence("FREQ=WEEKLY"),
    cite="5.2/3", quote="每周",
    zh="通报发案情况的周期",
    en="how often a station gives notice of crime to townships and villages",
)  # fmt: skip

incident_notices = require(
    station,
    held(
        event, event.kind.is_(EventKind.INCIDENT_NOTICE),
        on=event.on, every=INCIDENT_NOTICE_PERIOD,
        zh="发案情况和防控建议的通报", en="notice of crime and advice on prevention",
    ),
    cite="5.2/3a", quote="每周发案情况和加强治安防控的建议",
    zh="派出所每周通报辖区发案情况和防控建议",
    en="a station gives notice each week of the crime in its area, with advice on prevention",
)  # fmt: skip

JOINT_MEETING_PERIOD = parameter(
    "joint_meeting_period", type=RECURRENCE,
    cite="5.2/3", quote="定期",
    zh="召开治保会主任联席会的周期（文件未定）",
    en="how often committee chairs meet with the station (left open by the text)",
)  # fmt: skip

joint_meetings = require(
    station,
    held(
        event, event.kind.is_(EventKind.JOINT_MEETING),
        on=event.on, every=JOINT_MEETING_PERIOD,
        zh="治保会主任联席会", en="joint meeting of committee chairs",
    ),
    cite="5.2/3b", quote="定期召开治保会主任联席会",
    zh="派出所定期召开治保会主任联席会",
    en="a station regularly holds a joint meeting of the chairs of public security committees",
)  # fmt: skip

# 第四句：“平安守护”行动

safety_actions = require(
    station,
    some(
        event,
        event.kind.is_(EventKind.SAFETY_ACTION) & (event.on <= AS_OF),
        zh="已组织的“平安守护”行动", en="safety actions carried out",
    ),
    cite="5.2/4", quote="“平安守护”行动",
    zh="派出所已组织开展“平安守护”行动",
    en="a station has organised a safety action with residents and volunteers",
)  # fmt: skip

CLAUSE = Clause(
    heading="5.2",
    zh="群防群治",
    en="Public order with the public's help",
    provisions=[
        patrol_limit, patrol,
        excuse(
            "5.2/1", ExcuseKind.QUALITATIVE,
            zh="开展多种形式的群防群治活动、做强巡逻队，没有量化标准",
            en="no measure is given for the various forms of crime prevention with the public, or"
            " for a stronger patrol",
        ),
        committee_members,
        excuse(
            "5.2/2", ExcuseKind.QUALITATIVE,
            zh="做实治保会、配强组成人员，没有量化标准",
            en="no measure is given for effective committees and able members",
        ),
        incident_notices, joint_meetings,
        excuse(
            "5.2/3", ExcuseKind.QUALITATIVE,
            zh="通报的内容，以及是否通报到每个乡镇（街道）、村（居）委会，不作判定",
            en="what a notice says, and whether it reached every township and village committee,"
            " is not computed",
        ),
        safety_actions,
        excuse(
            "5.2/4", ExcuseKind.QUALITATIVE,
            zh="乡镇（街道）的组织工作、参加人员和行动形式没有量化标准",
            en="no measure is given for the townships' part, for who takes part and in what form",
        ),
    ],
)  # fmt: skip
