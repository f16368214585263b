"""五（四） A wider role: officers in the leadership of townships and communities."""

from ...language import Clause, subject
from ...police import Bureau, Officer, Role

clause = Clause("5.4", "派出所民警角色升级", "A wider role")
(s1,) = clause.sentences(1)
officer, bureau = subject(Officer), subject(Bureau)

# “推动”一词统领全句，三项均为力争
s1.a.target("推动派出所所长进乡镇（街道）领导班子")(
    "派出所所长进入乡镇（街道）领导班子", "a station's chief is in the leadership of the township"
).demands(officer, officer.township_leadership, applies=officer.role.is_(Role.CHIEF))
s1.b.target("党员社区民警担任社区党组织兼职委员")(
    "党员社区民警兼任社区党组织委员",
    "a community officer who is a Party member sits part-time on the community Party committee",
).demands(
    officer,
    officer.community_committee,
    applies=officer.role.is_(Role.COMMUNITY) & officer.party_member,
)
s1.c.target("选派优秀年轻民警到重点乡镇（街道）挂职锻炼")(
    "上一年度有优秀年轻民警到重点乡镇（街道）挂职",
    "a bureau seconded able young officers to key townships last year",
).demands(bureau, bureau.township_secondments.in_year(-1) >= 1)
s1.qualitative(
    "统筹资源、转变角色，以及何为优秀年轻民警和重点乡镇（街道），没有量化标准",
    "no measure is given for drawing on more resources and changing the role, or for who"
    " is an able young officer and what is a key township",
)
