"""8 Inspections: how often, and what follows from them."""

from datetime import date
from typing import Final

from policy_rules.language import TRUE, Clause, Recurrence, each, held, latest, subject

from .vocabulary import Inspection, Stall, TradingDay

clause = Clause("8", en="Inspections", label=("", "cl 8"))
s1, s2 = clause.sentences(2)
# Before any inspection: a stall without one has failed none, and passed none.
NO_DAY: Final = date(1900, 1, 1)

stall, day = subject(Stall), subject(TradingDay)

QUARTERLY = s1("at least once in each quarter")(en="how often stalls are inspected").sets(
    "inspected_every", Recurrence("FREQ=MONTHLY;INTERVAL=3")
)
inspection = each(Inspection, stall_id=stall)
s1("Each stall is inspected at least once in each quarter")(
    en="each stall is inspected once in each quarter"
).demands(
    stall,
    held(inspection, TRUE, on=inspection.on, every=QUARTERLY).called(en="an inspection"),
)

inspection_of_day = each(Inspection, stall_id=day.stall_id)
_by_then = inspection_of_day.on <= day.on
_last_failed, _last_passed = (
    latest(inspection_of_day, inspection_of_day.on, counted & _by_then, otherwise=NO_DAY)
    for counted in (~inspection_of_day.passed, inspection_of_day.passed)
)
s2("A stall that failed its latest inspection does not trade until it has passed another")(
    en="a stall that failed its latest inspection does not trade until it has passed another"
).forbids(day, _last_failed > _last_passed, on=day.on)
