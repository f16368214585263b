"""6 Waste: what is paid for it."""

from decimal import Decimal

from policy_rules.language import Clause, greatest, rounded, subject, the

from .vocabulary import DOLLARS, KILOGRAMS, Stall, TradingDay

clause = Clause("6", en="Waste", label=("", "cl 6"))
s1, s2 = clause.sentences(2)
day = subject(TradingDay)
_CENT = Decimal("0.01")

FREE_WASTE = s1("beyond 10 kilograms")(en="waste that costs nothing").sets(
    "free_waste", 10, unit=KILOGRAMS
)
A_KILOGRAM = s1("$0.18 is paid for each kilogram")(en="price of a kilogram").sets(
    "waste_rate", Decimal("0.18"), unit=DOLLARS
)
full_levy = clause.defines(day, "full_waste_levy", Decimal, unit=DOLLARS, places=2)(
    en="waste levy in full"
).by(
    s1("parts of a cent being dropped").makes(
        rounded(A_KILOGRAM * greatest(0, day.waste - FREE_WASTE), _CENT, how="down")
    )
)
waste_levy = clause.defines(day, "waste_levy", Decimal, unit=DOLLARS, places=2)(en="waste levy").by(
    s2("half of that; of half a cent, the even cent is taken").makes(
        rounded(full_levy.of(day) / 2, _CENT, how="half_even"),
        when=the(Stall, day.stall_id).composts,
    ),
    otherwise=s1("is paid for each kilogram").makes(full_levy.of(day)),
)
