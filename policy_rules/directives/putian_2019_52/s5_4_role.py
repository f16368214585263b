"""五（四） A wider role: officers in the leadership of townships and communities."""

from ...facts import Bureau, Officer, Role
from ...language import Clause, ExcuseKind, Modality, excuse, require, subject

officer = subject(Officer)
bureau = subject(Bureau)

# “推动”一词统领全句，三项均为力争

township_leadership = require(
    officer,
    officer.township_leadership,
    applies=officer.role.is_(Role.CHIEF),
    modality=Modality.TARGET,
    cite="5.4/1a", quote="推动派出所所长进乡镇（街道）领导班子",
    zh="派出所所长进入乡镇（街道）领导班子",
    en="a station's chief is in the leadership of the township",
)  # fmt: skip

community_committee = require(
    officer,
    officer.community_committee,
    applies=officer.role.is_(Role.COMMUNITY) & officer.party_member,
    modality=Modality.TARGET,
    cite="5.4/1b", quote="党员社区民警担任社区党组织兼职委员",
    zh="党员社区民警兼任社区党组织委员",
    en="a community officer who is a Party member sits part-time on the community Party committee",
)  # fmt: skip

township_secondments = require(
    bureau,
    bureau.township_secondments.in_year(-1) >= 1,
    modality=Modality.TARGET,
    cite="5.4/1c", quote="选派优秀年轻民警到重点乡镇（街道）挂职锻炼",
    zh="上一年度有优秀年轻民警到重点乡镇（街道）挂职",
    en="a bureau seconded able young officers to key townships last year",
)  # fmt: skip

CLAUSE = Clause(
    heading="5.4",
    zh="派出所民警角色升级",
    en="A wider role",
    provisions=[
        township_leadership, community_committee, township_secondments,
        excuse(
            "5.4/1", ExcuseKind.QUALITATIVE,
            zh="统筹资源、转变角色，以及何为优秀年轻民警和重点乡镇（街道），没有量化标准",
            en="no measure is given for drawing on more resources and changing the role, or for who"
            " is an able young officer and what is a key township",
        ),
    ],
)  # fmt: skip
