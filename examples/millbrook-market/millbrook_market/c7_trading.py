"""7 Trading: with a licence, on which days, how long, and what is not sold."""

from policy_rules.language import Clause, Weekday, each, none, subject, the

from .c2_stalls import hot_food
from .c3_licences import last_day
from .vocabulary import Goods, Licence, Stall, Trader, TraderKind, TradingDay

clause = Clause("7", en="Trading", label=("", "cl 7"))
s1, s2, s3, s4, s5, s6, s7, s8 = clause.sentences(8)
day = subject(TradingDay)
stall = the(Stall, day.stall_id)
trader = the(Trader, stall.trader_id)
licence = each(Licence, last_day, stall_id=day.stall_id)

s1("Nobody trades from a stall without a licence that is valid on the day")(
    en="nobody trades without a licence that is valid on the day"
).forbids(
    day, none(licence, (licence.starts_on <= day.on) & (day.on <= licence.last_day)), on=day.on
)

s2("There is no trading on Sundays")(en="there is no trading on Sundays").forbids(
    day, day.on.weekday().is_(Weekday.SUNDAY), on=day.on
)
sunday_traders = s3("does not apply to growers and charities")(en="a grower or a charity").excepts(
    s2, trader.kind.is_in({TraderKind.GROWER, TraderKind.CHARITY})
)
s4("does not cover hot-food stalls")(en="a hot-food stall").excepts(
    sunday_traders, hot_food.of(stall)
)

s5.a("fireworks")(en="no stall sells fireworks").forbids(
    day, day.goods.has(Goods.FIREWORKS), on=day.on
)
s5.b("live animals")(en="no stall sells live animals").forbids(
    day, day.goods.has(Goods.POULTRY) | day.goods.has(Goods.OTHER_ANIMALS), on=day.on
)
s6("poultry of a grower")(en="poultry of a grower, and no other animals").excepts(
    s5.b,
    trader.kind.is_(TraderKind.GROWER) & ~day.goods.has(Goods.OTHER_ANIMALS),
)

s7.in_principle("As a rule, no alcohol is sold")(en="as a rule, no alcohol is sold").forbids(
    day, day.goods.has(Goods.ALCOHOL), on=day.on
)

MOST_HOURS = s8("at most 10 hours a day")(en="most hours of trading").sets(
    "most_hours", 10, unit=("", "hours")
)
s8("lasts at most 10 hours a day")(en="trading lasts at most 10 hours a day").forbids(
    day, day.opened_at.minutes_until(day.closed_at) > 60 * MOST_HOURS, on=day.on
)
