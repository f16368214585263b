"""六（一） Careers: promotion, preference and exchange of station officers."""

from ...language import AS_OF, Clause, subject, the
from ...police import Bureau, City, Officer, Selection, Station, Terrain

clause = Clause("6.1", "待遇保障", "Careers")
s1, s2 = clause.sentences(2)
city, bureau, selection = subject(City), subject(Bureau), subject(Selection)
officer = subject(Officer)
home = the(Station, officer.station_id)

s1.a("不同于机关和其他警种的职务晋升、值勤岗位津贴等长效机制")(
    "已单独建立派出所民警职务晋升、值勤岗位津贴等长效机制",
    "the city has lasting mechanisms of promotion and allowances for station officers alone",
).attests(city)
s1.b("在同等条件下，要向派出所民警倾斜")(
    "同等条件下优先选用派出所民警", "among equal candidates, a station officer is chosen"
).demands(
    selection,
    selection.chosen_from_station,
    applies=selection.equal_station_candidate & (selection.on <= AS_OF),
)
s1.c("在同等条件下，要向派出所民警倾斜")(
    "选用派出所民警的，人选中有派出所民警",
    "where a station officer was chosen, one was among the equal candidates",
).agrees(selection, selection.equal_station_candidate, applies=selection.chosen_from_station)
s1.qualitative(
    "选人用人的基层导向没有量化标准",
    "no measure is given for a leaning towards the grass roots in choosing people",
)

s2("建立交流制度")(
    "已建立山区、海岛派出所长期任职民警的交流制度",
    "a bureau has a system of exchange for long service at mountain and island stations",
).attests(bureau)
EXCHANGE_TERRAIN = s2("山区、海岛派出所")(
    "适用交流制度的派出所地形", "terrain of the stations in the exchange system"
).sets("exchange_terrain", {Terrain.MOUNTAIN, Terrain.ISLAND})
EXCHANGE_YEARS = s2("连续工作满5年")(
    "适用交流制度的连续工作年限",
    "years of unbroken service that make an officer eligible for exchange",
).sets("exchange_years", 5, unit=("年", "years"))
eligible_for_exchange = s2("在山区、海岛派出所连续工作满5年")(
    "符合交流条件", "eligible for exchange"
).decides(
    officer,
    "eligible_for_exchange",
    home.terrain.is_in(EXCHANGE_TERRAIN)
    & (officer.station_since.plus_years(EXCHANGE_YEARS) <= AS_OF),
    no_zh="不符合交流条件",
)
