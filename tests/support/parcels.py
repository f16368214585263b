"""A made-up directive of numbers that need not be whole: what parcels cost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from policy_rules.facts import Fact, Unit, decimal, fact, identity, integer
from policy_rules.language import RATIONAL, Clause, Directive, percent, rounded, subject
from policy_rules.language.sentences import fingerprints

TEXT = """
1/1 包裹每件收费105.48元。
1/2 超过三件的，减收12.5%，其余三件各担一份。
1/3 按件数与重量各万分之一计分，不低于90分。
1/4 保价费为声明价值的千分之五，四舍五入到分；退费为声明价值减每件五分。
"""
YUAN = ("元", "yuan")


@fact(collection="parcels", zh="包裹", en="parcel")
class Parcel(Fact):
    """What is charged for."""

    id: str = identity()
    pieces: int | None = integer(
        zh="件数", en="pieces", unit=Unit("件", "pieces"), maximum=2_000_000, meaning="Pieces."
    )
    grams: int | None = integer(
        zh="克数", en="grams", unit=Unit("克", "grams"), maximum=2_000_000, meaning="Weight."
    )

    worth: Decimal | None = decimal(
        zh="声明价值",
        en="declared value",
        unit=Unit(*YUAN),
        places=2,
        minimum=Decimal("-0.50"),
        meaning="What the sender says that it is worth.",
    )


clause = Clause("1", "收费", "Charges")
s1, s2, s3, s4 = clause.sentences(4)
parcel = subject(Parcel)

PRICE = s1("每件收费105.48元")("每件收费", "charge for a piece").sets(
    "price", Decimal("105.48"), unit=YUAN
)
DISCOUNT = s2("减收12.5%")("减收比例", "discount").sets("discount", percent(Decimal("12.5")))

charge = clause.defines(parcel, "charge", RATIONAL, unit=YUAN)("收费", "charge").by(
    s1("每件收费105.48元").makes(PRICE * parcel.pieces)
)
discount = clause.defines(parcel, "discounted", RATIONAL, unit=YUAN)("减收额", "discount").by(
    s2("超过三件的，减收12.5%").makes(DISCOUNT * charge.of(parcel), when=parcel.pieces > 3),
    otherwise=s2("其余三件各担一份").makes(parcel.pieces / 3),
)
score = clause.defines(parcel, "score", RATIONAL)("得分", "score").by(
    s3("各万分之一计分").makes(
        Fraction(1, 10_000) * parcel.pieces + Fraction(1, 10_000) * parcel.grams
    )
)
s3.a("不低于90分")("得分不低于90分", "a parcel scores 90 or more").demands(
    parcel, score.of(parcel) >= 90
)

premium = clause.defines(parcel, "premium", Decimal, unit=YUAN, places=2)("保价费", "premium").by(
    s4("声明价值的千分之五，四舍五入到分").makes(
        rounded(percent(Decimal("0.5")) * parcel.worth, Decimal("0.01"), how="half_up")
    )
)
refund = clause.defines(parcel, "refund", Decimal, unit=YUAN, places=3)("退费", "refund").by(
    s4("声明价值减每件五分").makes(parcel.worth - Decimal("0.05") * parcel.pieces)
)

PARCELS = Directive(
    id="parcels", number="例〔2019〕1号", zh="包裹收费", en="Charges for parcels",
    issued=date(2019, 1, 1), clauses=[clause], sentences=fingerprints(TEXT),
    fact_classes=(Parcel,),
)  # fmt: skip
