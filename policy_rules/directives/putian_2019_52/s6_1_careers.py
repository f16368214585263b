"""六（一） Careers: promotion, preference and exchange of station officers."""

from ...facts import Bureau, City, Officer, Selection, Station, Terrain
from ...language import (
    AS_OF,
    Clause,
    ExcuseKind,
    always,
    attest,
    define,
    excuse,
    parameter,
    require,
    subject,
    the,
    when,
)

city = subject(City)
bureau = subject(Bureau)
selection = subject(Selection)
officer = subject(Officer)
home = the(Station, officer.station_id)

# 第一句

promotion = attest(
    city,
    cite="6.1/1a", quote="不同于机关和其他警种的职务晋升、值勤岗位津贴等长效机制",
    zh="已单独建立派出所民警职务晋升、值勤岗位津贴等长效机制",
    en="the city has lasting mechanisms of promotion and allowances for station officers alone",
)  # fmt: skip

preference = require(
    selection,
    selection.chosen_from_station,
    applies=selection.equal_station_candidate & (selection.on <= AS_OF),
    cite="6.1/1b", quote="在同等条件下，要向派出所民警倾斜",
    zh="同等条件下优先选用派出所民警",
    en="among equal candidates, a station officer is chosen",
)  # fmt: skip

# 第二句

exchange = attest(
    bureau,
    cite="6.1/2", quote="建立交流制度",
    zh="已建立山区、海岛派出所长期任职民警的交流制度",
    en="a bureau has a system of exchange for long service at mountain and island stations",
)  # fmt: skip

EXCHANGE_TERRAIN = parameter(
    "exchange_terrain", {Terrain.MOUNTAIN, Terrain.ISLAND},
    cite="6.1/2", quote="山区、海岛派出所",
    zh="适用交流制度的派出所地形", en="terrain of the stations in the exchange system",
)  # fmt: skip

EXCHANGE_YEARS = parameter(
    "exchange_years", 5,
    cite="6.1/2", quote="连续工作满5年", unit=("年", "years"),
    zh="适用交流制度的连续工作年限",
    en="years of unbroken service that make an officer eligible for exchange",
)  # fmt: skip

eligible_for_exchange = define(
    officer, "eligible_for_exchange", bool,
    zh="符合交流条件", no_zh="不符合交流条件", en="eligible for exchange",
    rules=[
        when(
            home.terrain.is_in(EXCHANGE_TERRAIN)
            & (officer.station_since.plus_years(EXCHANGE_YEARS) <= AS_OF)
        ).then(True, cite="6.1/2", quote="在山区、海岛派出所连续工作满5年"),
    ],
    otherwise=always(False, cite="6.1/2", quote="在山区、海岛派出所连续工作满5年"),
)  # fmt: skip

CLAUSE = Clause(
    heading="6.1",
    zh="待遇保障",
    en="Careers",
    provisions=[
        promotion, preference,
        excuse(
            "6.1/1", ExcuseKind.QUALITATIVE,
            zh="选人用人的基层导向没有量化标准",
            en="no measure is given for a leaning towards the grass roots in choosing people",
        ),
        exchange, eligible_for_exchange,
    ],
)  # fmt: skip
