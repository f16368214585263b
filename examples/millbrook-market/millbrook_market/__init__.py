"""The market by-law of Millbrook, a made-up town, as amended in 2025.

The text is our own, so it comes with the rules: `bylaw.md` and `amendment.md`. Of a text that is
not your own, keep the fingerprints alone: `print(fingerprints(TEXT))`.
"""

from datetime import date
from importlib.resources import files

from policy_rules.language import Amendment, Directive, Transition, amended
from policy_rules.language.sentences import fingerprints

from . import (
    a2025_3,
    c1_general,
    c2_stalls,
    c3_licences,
    c4_deposit,
    c5_fees,
    c6_waste,
    c7_trading,
    c8_inspections,
)
from .vocabulary import MARKET

TEXT = files(__name__).joinpath("bylaw.md").read_text("utf-8")
AMENDING_TEXT = files(__name__).joinpath("amendment.md").read_text("utf-8")

ISSUED = Directive(
    id="millbrook-market",
    number="By-law 4 of 2024",
    en="Millbrook Market By-law (made up)",
    languages=["en"],
    issuer=("", "Millbrook town council"),
    issued=date(2024, 2, 12),
    in_force_from=date(2024, 4, 1),
    vocabulary=MARKET,
    clauses=[
        c1_general.clause,
        c2_stalls.clause,
        c3_licences.clause,
        c4_deposit.clause,
        c5_fees.clause,
        c6_waste.clause,
        c7_trading.clause,
        c8_inspections.clause,
    ],
    sentences=fingerprints(TEXT),
)
AMENDMENT = Amendment(
    id="by-law-3-of-2025",
    number="By-law 3 of 2025",
    en="Millbrook Market (Amendment) By-law (made up)",
    issued=date(2025, 5, 12),
    in_force=date(2025, 7, 1),
    transition=Transition.PENDING_EXCEPTED,
    sentences=fingerprints(AMENDING_TEXT),
    clauses=[a2025_3.clause],
)
DIRECTIVE = amended(ISSUED, AMENDMENT)
