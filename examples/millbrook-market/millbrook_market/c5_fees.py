"""5 Fees: the pitch fee by floor area, the turnover levy, the charge for a day, the late fee."""

from decimal import Decimal

from policy_rules.language import Clause, greatest, least, percent, rounded, subject, the, tiers

from .c1_general import WORKING_DAYS
from .vocabulary import DOLLARS, Stall, Trader, TraderKind, TradingDay

clause = Clause("5", en="Fees", label=("", "cl 5"))
s1, s2, s3, s4, s5, s6 = clause.sentences(6)
day = subject(TradingDay)
stall = the(Stall, day.stall_id)
trader = the(Trader, stall.trader_id)
_A_METRE = ("", "dollars a square metre")

FIRST_RATE = s1("$2.40 for each of the first 6 square metres")(
    en="rate for the first 6 square metres"
).sets("first_rate", Decimal("2.40"), unit=_A_METRE)
NEXT_RATE = s1("$3.10 for each of the next 9")(en="rate for the next 9 square metres").sets(
    "next_rate", Decimal("3.10"), unit=_A_METRE
)
LAST_RATE = s1("$4.75 for each one beyond")(en="rate for each square metre beyond").sets(
    "last_rate", Decimal("4.75"), unit=_A_METRE
)
pitch_fee = clause.defines(day, "pitch_fee", Decimal, unit=DOLLARS)(en="pitch fee").by(
    s1("a part of a square metre counts as a whole one").makes(
        tiers(rounded(stall.floor_area, how="up"), (6, FIRST_RATE), (15, NEXT_RATE), LAST_RATE)
    )
)

FREE_UP_TO = s2("beyond $200.00")(en="takings free of the levy").sets(
    "free_up_to", Decimal("200.00"), unit=DOLLARS
)
LOW_UP_TO = s2("up to $1,000.00")(en="takings at the lower rate").sets(
    "low_up_to", Decimal("1000.00"), unit=DOLLARS
)
LOW_LEVY = s2("1.5%")(en="lower rate of the levy").sets("low_levy", percent(Decimal("1.5")))
HIGH_LEVY = s2("2.25%")(en="higher rate of the levy").sets("high_levy", percent(Decimal("2.25")))
levy = clause.defines(day, "turnover_levy", Decimal, unit=DOLLARS)(en="turnover levy").by(
    s3("Growers pay no turnover levy").makes(0, when=trader.kind.is_(TraderKind.GROWER)),
    otherwise=s2("1.5% of what is taken on the day").makes(
        tiers(day.turnover, (FREE_UP_TO, 0), (LOW_UP_TO, LOW_LEVY), HIGH_LEVY)
    ),
)

MOST_CHARGED = s4("up to $120.00 for a day")(en="most that is charged for a day").sets(
    "most_charged", Decimal("120.00"), unit=DOLLARS
)
charge = clause.defines(day, "charge", Decimal, unit=DOLLARS, places=2)(en="charge for the day").by(
    s4("rounded to the nearest half dollar, a quarter upwards").makes(
        rounded(
            least(pitch_fee.of(day) + levy.of(day), MOST_CHARGED), Decimal("0.50"), how="half_up"
        )
    )
)

DAYS_TO_PAY = s5("within 5 working days")(en="time for paying").sets(
    "days_to_pay", 5, unit=("", "working days")
)
_pay_by = day.on.plus_working_days(DAYS_TO_PAY, WORKING_DAYS)
s5("paid within 5 working days after the day of trading")(
    en="the charge is paid within 5 working days"
).demands(day, day.paid_on <= _pay_by)

LATE_SHARE = s6("1.5% of the charge more for each working day of delay")(
    en="added for each working day of delay"
).sets("late_share", percent(Decimal("1.5")))
MOST_LATE_SHARE = s6("up to a quarter of the charge")(en="most that is added").sets(
    "most_late_share", percent(25)
)
_days_late = greatest(0, _pay_by.working_days_until(day.paid_on, WORKING_DAYS))
late_fee = clause.defines(day, "late_fee", Decimal, unit=DOLLARS, places=2)(en="late fee").by(
    s6("half cents count in full").makes(
        rounded(
            charge.of(day) * least(LATE_SHARE * _days_late, MOST_LATE_SHARE),
            Decimal("0.01"),
            how="half_up",
        )
    )
)
