"""Made-up inputs: the same seeded, fully known ones for every contestant.

Each is a `document`, as a caller would have it after reading JSON and dates, and a `flat` form of
numbers and truth values for the engines that cannot take sets or dates. Flattening is not timed,
which favours those engines.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, Final

from attrs import frozen

AS_OF: Final = date(2019, 9, 1)
# As what is written by hand reads the text: acts of any day, no other category of cases.
AS_BY_HAND: Final[dict[str, Any]] = {
    "readings": {"before_issue": "judge"},
    "parameters": {"other_excluded_categories": frozenset()},
}
NUMBER: Final = 2_000
SEED: Final = 52

MEANS: Final = ("image", "forensic", "technical", "undercover", "financial", "other")
CATEGORIES: Final = ("ordinary", "terrorism", "mass_economic", "organised_crime")
SECTIONS: Final = ("necessity", "feasibility", "operability")
GUARANTEES: Final = ("personnel", "funds", "equipment")
ISSUERS: Final = ("police_branch", "party", "government", "other")
LEVELS: Final = ("county", "municipal")


@frozen
class Input:
    """One station, case or task, in both forms."""

    document: dict[str, Any]
    flat: dict[str, bool | int]


@frozen
class Inputs:
    """What the contestants are asked about, by question."""

    duty_mode: Sequence[Input]
    case: Sequence[Input]
    task: Sequence[Input]


def made_up(number: int = NUMBER, seed: int = SEED) -> Inputs:
    """The inputs of all questions; the same for the same number and seed."""
    random = Random(seed)
    return Inputs(
        [_station(random, place) for place in range(number)],
        [_case(random, place) for place in range(number)],
        [_task(random, place) for place in range(number)],
    )


def _likely(random: Random, share: float) -> bool:
    return random.random() < share


def _station(random: Random, place: int) -> Input:
    pilot, officers = _likely(random, 0.3), random.randint(0, 30)
    return Input(
        {"id": f"S{place}", "pilot": pilot, "officers": officers},
        {"pilot": pilot, "officers": officers},
    )


def _case(random: Random, place: int) -> Input:
    clear, simple = _likely(random, 0.8), _likely(random, 0.8)
    means = [name for name in MEANS if _likely(random, 0.5 if name == "image" else 0.06)]
    codes = [f"3503{random.randint(0, 99):02}" for _ in range(random.randint(1, 3))]
    if _likely(random, 0.2):
        codes[random.randrange(len(codes))] = f"{random.randint(110000, 350299)}"
    complex_, lead = _likely(random, 0.15), _likely(random, 0.8)
    category = "ordinary" if _likely(random, 0.8) else random.choice(CATEGORIES[1:])
    # A code stands in several places where there are fewer than three.
    places = {f"place{n + 1}": int(codes[n % len(codes)]) for n in range(3)}
    return Input(
        {
            "id": f"C{place}",
            "causation_clear": clear,
            "simple": simple,
            "means": means,
            "place_codes": codes,
            "complex": complex_,
            "category": category,
            "role": "lead" if lead else "assist",
        },
        {
            "clear": clear,
            "simple": simple,
            **{name: name in means for name in MEANS},
            **places,
            "complex": complex_,
            "ordinary": category == "ordinary",
            "lead": lead,
        },
    )


def _task(random: Random, place: int) -> Input:
    issuer, issuer_level = random.choice(ISSUERS), random.choice(LEVELS)
    within, branch, quota = _likely(random, 0.8), _likely(random, 0.6), _likely(random, 0.5)
    officer = _likely(random, 0.7)
    sections = [name for name in SECTIONS if _likely(random, 0.9)]
    guarantees = [name for name in GUARANTEES if _likely(random, 0.9)]
    by_public_order, by_committee = _likely(random, 0.85), _likely(random, 0.85)
    level = issuer_level if _likely(random, 0.9) else random.choice(LEVELS)
    reported = AS_OF - timedelta(random.randint(-3, 60))
    reviewed = reported + timedelta(random.randint(-2, 20))
    approved = reviewed + timedelta(random.randint(-2, 20))
    starts = approved + timedelta(random.randint(-5, 40))
    return Input(
        {
            "id": f"T{place}",
            "issuer": issuer,
            "issuer_level": issuer_level,
            "within_statutory_duty": within,
            "branch_duty": branch,
            "quota": quota,
            "assignee": "officer" if officer else "auxiliary",
            "report_sections": sections,
            "guarantees": guarantees,
            "reviewed_by": "public_order" if by_public_order else "other",
            "review_level": level,
            "approved_by": "municipal_committee" if by_committee else "other",
            "reported_on": reported,
            "reviewed_on": reviewed,
            "approved_on": approved,
            "starts_on": starts,
        },
        {
            "from_branch": issuer == "police_branch",
            "issuer_level": LEVELS.index(issuer_level),
            "within": within,
            "branch_duty": branch,
            "quota": quota,
            "officer": officer,
            **{name: name in sections for name in SECTIONS},
            **{name: name in guarantees for name in GUARANTEES},
            "by_public_order": by_public_order,
            "review_level": LEVELS.index(level),
            "by_committee": by_committee,
            "reported_on": reported.toordinal(),
            "reviewed_on": reviewed.toordinal(),
            "approved_on": approved.toordinal(),
            "starts_on": starts.toordinal(),
        },
    )
