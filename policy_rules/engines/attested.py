"""Obligations that rest on an attestation: looked up, not computed, alike for every engine."""

from __future__ import annotations

from datetime import date

from ..answers import Status
from ..facts import Attestation, Fact, Facts
from ..language.rules import AttestationRule
from .conditions import met_or_not, unmet
from .kleene import Truth


def attested(
    rule: AttestationRule, applies: Truth, fact: Fact, facts: Facts, as_of: date
) -> Status:
    """How a fact stands to the rule by the latest attestation that counts on the date.

    Of two on the same day a denial prevails; one without a date counts as the oldest. What no one
    has attested is undetermined.
    """
    status = met_or_not(applies, _holds(rule, fact, facts, as_of) if applies else None)
    return unmet(rule.modality, False, False) if status is Status.BREACHED else status


def _holds(rule: AttestationRule, fact: Fact, facts: Facts, as_of: date) -> Truth:
    cite = str(rule.cite)
    counting = [
        (each.on or date.min, not each.holds)
        for each in facts.related(Attestation, "subject_id", fact.id)
        if each.cite == cite and each.holds is not None and (each.on is None or each.on <= as_of)
    ]
    return None if not counting else not max(counting)[1]
