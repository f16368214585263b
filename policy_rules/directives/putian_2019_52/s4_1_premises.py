"""四（一） Premises: which stations move by when, and where officers on call rest."""

from datetime import date

from ...language import AS_OF, DEADLINE, Clause, count, each, subject
from ...police import Body, Bureau, City, Premises, Setting, Station
from .named_stations import ListedPremises, NamedStation
from .s2_1_strength import sworn_officers

clause = Clause("4.1", "派出所工作生活条件", "Premises")
s1, s2, s3, s4, s5, s6 = clause.sentences(6)
bureau, city, station = subject(Bureau), subject(City), subject(Station)

s1.a("纳入当地经济和社会发展")(
    "派出所用房建设已纳入当地经济和社会发展规划",
    "stations' premises are part of the local plan for economic and social development",
).attests(bureau, responsible=Body.LOCAL_GOVERNMENT)
s1.b("城乡建设总体规划中")(
    "派出所用房建设已纳入当地城乡建设总体规划",
    "stations' premises are part of the local master plan for urban and rural building",
).attests(bureau, responsible=Body.LOCAL_GOVERNMENT)
s1.qualitative(
    "多渠道解决立项、用地和资金问题，没有量化标准",
    "no measure is given for the ways of settling projects, land and funds",
)

# 第二、三句：文件列名的十二所，简称和全称均可；全称之前可有所属机关的名称
_OFFICES = {"局", "支队", "大队"}
NAMES_OF_HUANGSHI = s2("黄石所")("黄石所的名称", "names of Huangshi station").sets(
    "names_of_huangshi", {"黄石派出所", "黄石所"}
)
NAMES_OF_FENGHUANGSHAN = s2("凤凰山所")("凤凰山所的名称", "names of Fenghuangshan station").sets(
    "names_of_fenghuangshan", {"凤凰山派出所", "凤凰山所"}
)
NAMES_OF_DONGQIAO = s2("东峤所")("东峤所的名称", "names of Dongqiao station").sets(
    "names_of_dongqiao", {"东峤派出所", "东峤所"}
)
NAMES_OF_DUWEI = s2("度尾所")("度尾所的名称", "names of Duwei station").sets(
    "names_of_duwei", {"度尾派出所", "度尾所"}
)
NAMES_OF_BANGTOU = s2("榜头所")("榜头所的名称", "names of Bangtou station").sets(
    "names_of_bangtou", {"榜头派出所", "榜头所"}
)
NAMES_OF_QIULU = s2("萩芦所")("萩芦所的名称", "names of Qiulu station").sets(
    "names_of_qiulu", {"萩芦派出所", "萩芦所"}
)
NAMES_OF_DAYANG = s2("大洋所")("大洋所的名称", "names of Dayang station").sets(
    "names_of_dayang", {"大洋派出所", "大洋所"}
)
NAMES_OF_WUTANG = s2("梧塘所")("梧塘所的名称", "names of Wutang station").sets(
    "names_of_wutang", {"梧塘派出所", "梧塘所"}
)
NAMES_OF_DONGHAI = s3("东海所")("东海所的名称", "names of Donghai station").sets(
    "names_of_donghai", {"东海派出所", "东海所"}
)
# 边防所当时正改称海防所
NAMES_OF_SHIBALIEDAO = s3("十八列岛边防所")(
    "十八列岛边防所的名称", "names of Shibaliedao station"
).sets(
    "names_of_shibaliedao",
    {"十八列岛边防派出所", "十八列岛边防所", "十八列岛海防派出所", "十八列岛海防所"},
)
NAMES_OF_XINDU = s3("新度所")("新度所的名称", "names of Xindu station").sets(
    "names_of_xindu", {"新度派出所", "新度所"}
)
NAMES_OF_PINGHAI = s3("平海所")("平海所的名称", "names of Pinghai station").sets(
    "names_of_pinghai", {"平海派出所", "平海所"}
)

named_station = clause.defines(station, "named_station", NamedStation)(
    "文件列名", "station as the directive names it"
).by(
    s2("黄石所").makes(
        NamedStation.HUANGSHI, when=station.name.is_named_in(NAMES_OF_HUANGSHI, after=_OFFICES)
    ),
    s2("凤凰山所").makes(
        NamedStation.FENGHUANGSHAN,
        when=station.name.is_named_in(NAMES_OF_FENGHUANGSHAN, after=_OFFICES),
    ),
    s2("东峤所").makes(
        NamedStation.DONGQIAO, when=station.name.is_named_in(NAMES_OF_DONGQIAO, after=_OFFICES)
    ),
    s2("度尾所").makes(
        NamedStation.DUWEI, when=station.name.is_named_in(NAMES_OF_DUWEI, after=_OFFICES)
    ),
    s2("榜头所").makes(
        NamedStation.BANGTOU, when=station.name.is_named_in(NAMES_OF_BANGTOU, after=_OFFICES)
    ),
    s2("萩芦所").makes(
        NamedStation.QIULU, when=station.name.is_named_in(NAMES_OF_QIULU, after=_OFFICES)
    ),
    s2("大洋所").makes(
        NamedStation.DAYANG, when=station.name.is_named_in(NAMES_OF_DAYANG, after=_OFFICES)
    ),
    s2("梧塘所").makes(
        NamedStation.WUTANG, when=station.name.is_named_in(NAMES_OF_WUTANG, after=_OFFICES)
    ),
    s3("东海所").makes(
        NamedStation.DONGHAI, when=station.name.is_named_in(NAMES_OF_DONGHAI, after=_OFFICES)
    ),
    s3("十八列岛边防所").makes(
        NamedStation.SHIBALIEDAO,
        when=station.name.is_named_in(NAMES_OF_SHIBALIEDAO, after=_OFFICES),
    ),
    s3("新度所").makes(
        NamedStation.XINDU, when=station.name.is_named_in(NAMES_OF_XINDU, after=_OFFICES)
    ),
    s3("平海所").makes(
        NamedStation.PINGHAI, when=station.name.is_named_in(NAMES_OF_PINGHAI, after=_OFFICES)
    ),
    otherwise=s2("全市共有无房所5个、危房所7个").makes(NamedStation.NOT_NAMED),
)
NAMED_STATIONS_LISTED = s2("全市共有无房所5个、危房所7个")(
    "文件列名的无房所、危房所", "stations named as without premises or in dangerous ones"
).lists(named_station)
_named = named_station.of(station)
_FIRST_WITHOUT_PREMISES = {NamedStation.HUANGSHI, NamedStation.FENGHUANGSHAN, NamedStation.DONGQIAO}
_FIRST_DANGEROUS = {
    NamedStation.DUWEI,
    NamedStation.BANGTOU,
    NamedStation.QIULU,
    NamedStation.DAYANG,
    NamedStation.WUTANG,
}
_LATER_WITHOUT_PREMISES = {NamedStation.DONGHAI, NamedStation.SHIBALIEDAO}
_LATER_DANGEROUS = {NamedStation.XINDU, NamedStation.PINGHAI}
_MOVE_FIRST = _FIRST_WITHOUT_PREMISES | _FIRST_DANGEROUS
_MOVE_LATER = _LATER_WITHOUT_PREMISES | _LATER_DANGEROUS

listed_premises = clause.defines(station, "listed_premises", ListedPremises)(
    "文件所列用房状况", "premises as the directive lists them"
).by(
    s2("3个无房所").makes(ListedPremises.NONE, when=_named.is_in(_FIRST_WITHOUT_PREMISES)),
    s3("2个无房所").makes(ListedPremises.NONE, when=_named.is_in(_LATER_WITHOUT_PREMISES)),
    s2("5个危房所").makes(ListedPremises.DANGEROUS, when=_named.is_in(_FIRST_DANGEROUS)),
    s3("2个危房所").makes(ListedPremises.DANGEROUS, when=_named.is_in(_LATER_DANGEROUS)),
    otherwise=s2("全市共有无房所5个、危房所7个").makes(ListedPremises.NOT_NAMED),
)
LISTED_ON = s2("目前")("文件所称“目前”的日期", "day as of which the directive lists premises").sets(
    "listed_on", date(2019, 7, 16)
)
FIRST_MOVES_BY = s2("2019年底")(
    "首批搬迁期限", "date by which the stations named first are to have moved"
).sets("first_moves_by", date(2019, 12, 31))
WITHOUT_PREMISES = s2("无房所5个")(
    "全市无房所数", "number of stations without premises in the city"
).sets("without_premises", 5, unit=("个", "stations"))
DANGEROUS = s2("危房所7个")(
    "全市危房所数", "number of stations in dangerous premises in the city"
).sets("dangerous", 7, unit=("个", "stations"))
station_of_city = each(Station, listed_premises)
_has_moved = station_of_city.relocated_on > LISTED_ON
s2.a("全市共有无房所5个")(
    "全市无房所数与文件所列一致",
    "the city has as many stations without premises as the directive says",
).agrees(
    city,
    count(
        station_of_city,
        station_of_city.premises.is_(Premises.NONE)
        | (station_of_city.listed_premises.is_(ListedPremises.NONE) & _has_moved),
    ).called("文件成文时的无房所", "stations without premises when the directive was issued"),
    WITHOUT_PREMISES,
    applies=AS_OF <= FIRST_MOVES_BY,  # later, who had none at the time can no longer be told
)
s2.b("危房所7个")(
    "全市危房所数与文件所列一致",
    "the city has as many stations in dangerous premises as the directive says",
).agrees(
    city,
    count(
        station_of_city,
        station_of_city.premises.is_(Premises.DANGEROUS)
        | (station_of_city.listed_premises.is_(ListedPremises.DANGEROUS) & _has_moved),
    ).called("文件成文时的危房所", "stations in dangerous premises when the directive was issued"),
    DANGEROUS,
    applies=AS_OF <= FIRST_MOVES_BY,
)

# 填有搬迁日期的，以日期为准；未填而用房达标的，视为按期搬迁
_dated = station.relocated_on.is_known()
_adequate = station.premises.is_(Premises.ADEQUATE)
_moved_in_time = (_dated & (station.relocated_on <= DEADLINE)) | (~_dated & _adequate)
s2.c("要于2019年底完成搬迁工作")(
    "首批列名的无房所、危房所完成搬迁", "a station named to move first has moved"
).demands(
    station,
    _moved_in_time,
    applies=_named.is_in(_MOVE_FIRST),
    due=FIRST_MOVES_BY,
)

s2.d("要于2019年底完成搬迁工作")(
    "首批列名的派出所，用房状况与搬迁日期一致",
    "of a station named to move first, the premises and the day of its move say the same",
).agrees(
    station,
    _adequate,
    station.relocated_on <= AS_OF,
    applies=_named.is_in(_MOVE_FIRST) & _dated,
)

_moves_later = _named.is_in(_MOVE_LATER)
s3.a("要加快推动土地审批速度")(
    "已加快土地审批", "the approval of land is being sped up for a station named to move later"
).attests(station, applies=_moves_later)
LATER_MOVES_BY = s3("2021年")(
    "第二批搬迁期限", "date by which the stations named later are to have moved"
).sets("later_moves_by", date(2021, 12, 31))
s3.b.target("力争于2021年完成建设并搬迁")(
    "第二批列名的无房所、危房所建成并搬迁",
    "a station named to move later has finished building and has moved",
).demands(station, _moved_in_time, applies=_moves_later, due=LATER_MOVES_BY)

s3.c("完成建设并搬迁")(
    "第二批列名的派出所，用房状况与搬迁日期一致",
    "of a station named to move later, the premises and the day of its move say the same",
).agrees(station, _adequate, station.relocated_on <= AS_OF, applies=_moves_later & _dated)

s4.qualitative(
    "各部门的政策支持没有量化标准", "no measure is given for the support of other departments"
)

# 第五句：按“城区所一人一张床、农村所一人一间房”
s5.a("城区所一人一张床")(
    "城区派出所备勤床位达到民警一人一张", "an urban station has a bed for each officer"
).demands(station, station.beds >= sworn_officers, applies=station.setting.is_(Setting.URBAN))
s5.b("农村所一人一间房")(
    "乡镇、农村派出所备勤房间达到民警一人一间",
    "a township or rural station has a room for each officer",
).demands(station, station.rooms >= sworn_officers, applies=station.setting.is_not(Setting.URBAN))

s6.qualitative(
    "工作和生活条件的改善没有量化标准", "no measure is given for better conditions of work and life"
)
