"""4 Deposit: how much it is, what is kept of it, and when the rest is paid back."""

from decimal import Decimal

from policy_rules.language import AS_OF, Clause, count, each, least, subject, the

from .c1_general import WORKING_DAYS
from .c2_stalls import hot_food
from .c3_licences import last_day
from .vocabulary import DOLLARS, Inspection, Licence, Stall

clause = Clause("4", en="Deposit", label=("", "cl 4"))
s1, s2, s3 = clause.sentences(3)
licence = subject(Licence)
inspection = each(Inspection, stall_id=licence.stall_id)
_last_day = last_day.of(licence)

DEPOSIT = s1("$150.00")(en="deposit").sets("deposit", Decimal("150.00"), unit=DOLLARS)
HOT_FOOD_DEPOSIT = s1("$400.00 for a hot-food stall")(en="deposit for a hot-food stall").sets(
    "hot_food_deposit", Decimal("400.00"), unit=DOLLARS
)
deposit = clause.defines(licence, "deposit", Decimal, unit=DOLLARS)(en="deposit").by(
    s1("$400.00 for a hot-food stall").makes(
        HOT_FOOD_DEPOSIT, when=hot_food.of(the(Stall, licence.stall_id))
    ),
    otherwise=s1("$150.00").makes(DEPOSIT),
)

KEPT_FOR_EACH = s2("$35.50 for each inspection")(en="kept for each failed inspection").sets(
    "kept_for_each", Decimal("35.50"), unit=DOLLARS
)
failed = count(
    inspection,
    ~inspection.passed & (inspection.on >= licence.starts_on) & (inspection.on <= _last_day),
).called(en="failed inspections")
kept = clause.defines(licence, "kept", Decimal, unit=DOLLARS)(en="kept of the deposit").by(
    s2("but never more than the deposit").makes(least(KEPT_FOR_EACH * failed, deposit.of(licence)))
)

DAYS_TO_REFUND = s3("within 15 working days")(en="time for paying back").sets(
    "days_to_refund", 15, unit=("", "working days")
)
_refund_by = _last_day.plus_working_days(DAYS_TO_REFUND, WORKING_DAYS)
# Until its last day, a licence asks for no calendar of the year to come.
_is_over = (_last_day < AS_OF) & (_refund_by < AS_OF)
s3.a("The rest is paid back")(en="the rest of the deposit is paid back").demands(
    licence,
    licence.refunded >= deposit.of(licence) - kept.of(licence),
    applies=_is_over,
)
s3.b("within 15 working days after the last day of the licence")(
    en="the deposit is paid back in time"
).demands(licence, licence.refunded_on <= _refund_by, applies=_is_over)
