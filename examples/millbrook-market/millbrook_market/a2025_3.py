"""By-law 3 of 2025, which amends the Market By-law from 1 July 2025 on."""

from decimal import Decimal

from policy_rules.language import Clause, subject

from .c2_stalls import s5 as going_electric
from .c4_deposit import DEPOSIT
from .c5_fees import FIRST_RATE, LAST_RATE, NEXT_RATE
from .c7_trading import s8 as hours_of_trading
from .vocabulary import TradingDay

clause = Clause("1", en="Amendments", document="by-law-3-of-2025", label=("", "cl 1"))
s1, s2, s3, s4, s5, s6, s7 = clause.sentences(7)
day = subject(TradingDay)

s1.background(en="that the by-law is amended")

s2("$2.40 becomes $2.65").changes(FIRST_RATE, Decimal("2.65"))
s2("$3.10 becomes $3.40").changes(NEXT_RATE, Decimal("3.40"))
s2("$4.75 becomes $5.20").changes(LAST_RATE, Decimal("5.20"))

s3("$150.00 becomes $180.00").changes(DEPOSIT, Decimal("180.00"))

FEWER_HOURS = s4("at most 9 hours a day")(en="most hours of trading, as amended").sets(
    "most_hours_2025", 9, unit=("", "hours")
)
s4.in_place_of(hours_of_trading)("trading lasts at most 9 hours a day")(
    en="trading lasts at most 9 hours a day"
).forbids(day, day.opened_at.minutes_until(day.closed_at) > 60 * FEWER_HOURS, on=day.on)

s5("No stall hands out plastic bags")(en="no stall hands out plastic bags").forbids(
    day, day.plastic_bags, on=day.on
)

s6("is repealed")(en="electric cooking is no longer aimed at").repeals(going_electric)

s7.background(en="for which acts: `transition` of the amendment")
