"""2 Stalls: their size, hot-food stalls, and what is asked of them."""

from datetime import date
from decimal import Decimal

from policy_rules.language import Clause, subject

from .vocabulary import CYLINDERS, METRES, SQUARE_METRES, Size, Stall

clause = Clause("2", en="Stalls", label=("", "cl 2"))
s1, s2, s3, s4, s5, s6 = clause.sentences(6)
stall = subject(Stall)

SMALL_UP_TO = s1("up to 6 square metres")(en="most area of a small stall").sets(
    "small_up_to", 6, unit=SQUARE_METRES
)
MEDIUM_UP_TO = s1("up to 15 square metres")(en="most area of a medium stall").sets(
    "medium_up_to", 15, unit=SQUARE_METRES
)
size = clause.defines(stall, "size", Size)(en="size of the stall").by(
    s1("up to 6 square metres is small").makes(Size.SMALL, when=stall.floor_area <= SMALL_UP_TO),
    s1("up to 15 square metres is medium").makes(
        Size.MEDIUM, when=(stall.floor_area > SMALL_UP_TO) & (stall.floor_area <= MEDIUM_UP_TO)
    ),
    otherwise=s1("any other is large").makes(Size.LARGE),
)

hot_food = s2("A stall at which food is cooked")(en="hot-food stall").decides(
    stall, "hot_food", stall.cooks
)
_hot_food = hot_food.of(stall)

CYLINDERS_PER_EXTINGUISHER = s3("for every two gas cylinders")(
    en="gas cylinders for each fire extinguisher"
).sets("cylinders_per_extinguisher", 2, unit=CYLINDERS)
s3.a("one fire extinguisher for every two gas cylinders")(
    en="a hot-food stall has a fire extinguisher for every two gas cylinders",
).demands(
    stall,
    stall.extinguishers >= stall.gas_cylinders / CYLINDERS_PER_EXTINGUISHER,
    applies=_hot_food,
)
s3.b("in any case at least one")(en="a hot-food stall has at least one fire extinguisher").demands(
    stall, stall.extinguishers >= 1, applies=_hot_food
)

LEAST_PASSAGE = s4("at least 1.20 metres")(en="least width of the passage").sets(
    "least_passage", Decimal("1.20"), unit=METRES
)
s4("at least 1.20 metres is kept free")(en="a passage is kept free in front of a stall").demands(
    stall, stall.passage >= LEAST_PASSAGE
)

ELECTRIC_BY = s5("By 31 December 2024")(en="end of the time for going over").sets(
    "electric_by", date(2024, 12, 31)
)
s5.target("should have gone over to electric cooking")(
    en="a hot-food stall cooks by electricity"
).demands(stall, stall.electric, applies=_hot_food, due=ELECTRIC_BY)

s6.qualitative(en="there is no measure of what pleases the eye")
