"""四（一） Premises: which stations move by when, and where officers on call rest."""

from datetime import date

from ...facts import Bureau, City, Premises, Setting, Station
from ...language import (
    AS_OF,
    DEADLINE,
    Clause,
    ExcuseKind,
    Modality,
    always,
    attest,
    count,
    define,
    each,
    excuse,
    parameter,
    require,
    subject,
    when,
)
from .terms import sworn_officers

bureau = subject(Bureau)
city = subject(City)
station = subject(Station)

# 第一句

economic_plan = attest(
    bureau,
    cite="4.1/1a", quote="纳入当地经济和社会发展",
    zh="派出所用房建设已纳入当地经济和社会发展规划",
    en="stations' premises are part of the local plan for economic and social development",
)  # fmt: skip

building_plan = attest(
    bureau,
    cite="4.1/1b", quote="城乡建设总体规划中",
    zh="派出所用房建设已纳入当地城乡建设总体规划",
    en="stations' premises are part of the local master plan for urban and rural building",
)  # fmt: skip

# 第二、三句：文件点名的无房所和危房所，简称和全称均可

FIRST_WITHOUT_PREMISES = parameter(
    "first_without_premises",
    {"黄石派出所", "黄石所", "凤凰山派出所", "凤凰山所", "东峤派出所", "东峤所"},
    cite="4.1/2", quote="黄石所、凤凰山所、东峤所等3个无房所",
    zh="首批搬迁的无房所", en="stations without premises that are to move first",
)  # fmt: skip

FIRST_DANGEROUS = parameter(
    "first_dangerous",
    {
        "度尾派出所", "度尾所", "榜头派出所", "榜头所", "萩芦派出所", "萩芦所",
        "大洋派出所", "大洋所", "梧塘派出所", "梧塘所",
    },
    cite="4.1/2", quote="度尾所、榜头所、萩芦所、大洋所、梧塘所等5个危房所",
    zh="首批搬迁的危房所", en="stations in dangerous premises that are to move first",
)  # fmt: skip

# 边防所当时正改称海防所
LATER_WITHOUT_PREMISES = parameter(
    "later_without_premises",
    {
        "东海派出所", "东海所", "十八列岛边防派出所", "十八列岛边防所",
        "十八列岛海防派出所", "十八列岛海防所",
    },
    cite="4.1/3", quote="东海所、十八列岛边防所等2个无房所",
    zh="第二批搬迁的无房所", en="stations without premises that are to move later",
)  # fmt: skip

LATER_DANGEROUS = parameter(
    "later_dangerous", {"新度派出所", "新度所", "平海派出所", "平海所"},
    cite="4.1/3", quote="新度所、平海所等2个危房所",
    zh="第二批搬迁的危房所", en="stations in dangerous premises that are to move later",
)  # fmt: skip

listed_premises = define(
    station, "listed_premises", Premises,
    zh="文件所列用房状况", en="premises as the directive lists them",
    rules=[
        when(station.name.is_in(FIRST_WITHOUT_PREMISES))
        .then(Premises.NONE, cite="4.1/2", quote="3个无房所"),
        when(station.name.is_in(LATER_WITHOUT_PREMISES))
        .then(Premises.NONE, cite="4.1/3", quote="2个无房所"),
        when(station.name.is_in(FIRST_DANGEROUS))
        .then(Premises.DANGEROUS, cite="4.1/2", quote="5个危房所"),
        when(station.name.is_in(LATER_DANGEROUS))
        .then(Premises.DANGEROUS, cite="4.1/3", quote="2个危房所"),
    ],
    otherwise=always(Premises.ADEQUATE, cite="4.1/2", quote="全市共有无房所5个、危房所7个"),
)  # fmt: skip

# 第二句

LISTED_ON = parameter(
    "listed_on", date(2019, 7, 16),
    cite="4.1/2", quote="目前",
    zh="文件所称“目前”的日期", en="day as of which the directive lists premises",
)  # fmt: skip

FIRST_MOVES_BY = parameter(
    "first_moves_by", date(2019, 12, 31),
    cite="4.1/2", quote="2019年底",
    zh="首批搬迁期限", en="date by which the stations named first are to have moved",
)  # fmt: skip

WITHOUT_PREMISES = parameter(
    "without_premises", 5,
    cite="4.1/2", quote="无房所5个", unit=("个", "stations"),
    zh="全市无房所数", en="number of stations without premises in the city",
)  # fmt: skip

DANGEROUS = parameter(
    "dangerous", 7,
    cite="4.1/2", quote="危房所7个", unit=("个", "stations"),
    zh="全市危房所数", en="number of stations in dangerous premises in the city",
)  # fmt: skip

station_of_city = each(Station, listed_premises)
_has_moved = station_of_city.relocated_on > LISTED_ON

without_premises = require(
    city,
    count(
        station_of_city,
        station_of_city.premises.is_(Premises.NONE)
        | (station_of_city.listed_premises.is_(Premises.NONE) & _has_moved),
        zh="文件成文时的无房所", en="stations without premises when the directive was issued",
    ).is_(WITHOUT_PREMISES),
    applies=AS_OF <= FIRST_MOVES_BY,  # later, who had none at the time can no longer be told
    cite="4.1/2a", quote="全市共有无房所5个",
    zh="全市无房所数与文件所列一致",
    en="the city has as many stations without premises as the directive says",
)  # fmt: skip

dangerous = require(
    city,
    count(
        station_of_city,
        station_of_city.premises.is_(Premises.DANGEROUS)
        | (station_of_city.listed_premises.is_(Premises.DANGEROUS) & _has_moved),
        zh="文件成文时的危房所",
        en="stations in dangerous premises when the directive was issued",
    ).is_(DANGEROUS),
    applies=AS_OF <= FIRST_MOVES_BY,
    cite="4.1/2b", quote="危房所7个",
    zh="全市危房所数与文件所列一致",
    en="the city has as many stations in dangerous premises as the directive says",
)  # fmt: skip

# 未填搬迁日期而用房达标的，视为按期搬迁
_moved_in_time = station.premises.is_(Premises.ADEQUATE) & ~(
    station.relocated_on.is_known() & (station.relocated_on > DEADLINE)
)

first_moves = require(
    station,
    _moved_in_time,
    applies=station.name.is_in(FIRST_WITHOUT_PREMISES) | station.name.is_in(FIRST_DANGEROUS),
    due=FIRST_MOVES_BY,
    cite="4.1/2c", quote="要于2019年底完成搬迁工作",
    zh="首批列名的无房所、危房所完成搬迁",
    en="a station named to move first has moved",
)  # fmt: skip

# 第三句

_moves_later = station.name.is_in(LATER_WITHOUT_PREMISES) | station.name.is_in(LATER_DANGEROUS)

land_approval = attest(
    station,
    applies=_moves_later,
    cite="4.1/3a", quote="要加快推动土地审批速度",
    zh="已加快土地审批",
    en="the approval of land is being sped up for a station named to move later",
)  # fmt: skip

LATER_MOVES_BY = parameter(
    "later_moves_by", date(2021, 12, 31),
    cite="4.1/3", quote="2021年",
    zh="第二批搬迁期限", en="date by which the stations named later are to have moved",
)  # fmt: skip

later_moves = require(
    station,
    _moved_in_time,
    applies=_moves_later,
    modality=Modality.TARGET,
    due=LATER_MOVES_BY,
    cite="4.1/3b", quote="力争于2021年完成建设并搬迁",
    zh="第二批列名的无房所、危房所建成并搬迁",
    en="a station named to move later has finished building and has moved",
)  # fmt: skip

# 第五句：按“城区所一人一张床、农村所一人一间房”

beds = require(
    station,
    station.beds >= sworn_officers,
    applies=station.setting.is_(Setting.URBAN),
    cite="4.1/5a", quote="城区所一人一张床",
    zh="城区派出所备勤床位达到民警一人一张",
    en="an urban station has a bed for each officer",
)  # fmt: skip

rooms = require(
    station,
    station.rooms >= sworn_officers,
    applies=station.setting.is_not(Setting.URBAN),
    cite="4.1/5b", quote="农村所一人一间房",
    zh="乡镇、农村派出所备勤房间达到民警一人一间",
    en="a township or rural station has a room for each officer",
)  # fmt: skip

CLAUSE = Clause(
    heading="4.1",
    zh="派出所工作生活条件",
    en="Premises",
    provisions=[
        economic_plan, building_plan,
        excuse(
            "4.1/1", ExcuseKind.QUALITATIVE,
            zh="多渠道解决立项、用地和资金问题，没有量化标准",
            en="no measure is given for the ways of settling projects, land and funds",
        ),
        listed_premises, without_premises, dangerous, first_moves,
        land_approval, later_moves,
        excuse(
            "4.1/4", ExcuseKind.QUALITATIVE,
            zh="各部门的政策支持没有量化标准",
            en="no measure is given for the support of other departments",
        ),
        beds, rooms,
        excuse(
            "4.1/6", ExcuseKind.QUALITATIVE,
            zh="工作和生活条件的改善没有量化标准",
            en="no measure is given for better conditions of work and life",
        ),
    ],
)  # fmt: skip
