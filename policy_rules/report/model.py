"""What an inspection report says, as plain values that every output reads."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from attrs import frozen

from ..analysis.sensitivity import Effect
from ..answers import Agreement, Consistency, Finding, Outcome, Status, Verdict
from ..calendar import Due
from ..engines.lists import ListCoverage
from ..facts import Fact, Facts, Place
from ..language import Cite
from ..policy import Duty, Policy
from .colours import Colour, Colours
from .shares import Share


@frozen(eq=False)
class Ranked:
    """One body among those of its class.

    `share` is of what was measured, of the body itself and all that belongs to it; `attested` of
    what rests on attestations. `place` is its rank; None where too little is known of it. `gaps`
    is the number of its problems that are still open, and `worst` the gravest of them.
    """

    body: Fact
    within: Fact | None
    share: Share
    attested: Share
    colour: Colour
    place: int | None
    gaps: int
    worst: Finding | None


@frozen(eq=False)
class Gap:
    """A duty that a fact does not meet, or met late, with the bodies that it belongs to.

    `overdue` is how many days its date has passed (until it was met, where it was).
    """

    finding: Finding
    place: Place
    overdue: int | None


@frozen(eq=False)
class Problem:
    """One rule with what falls short of it: what is still `open`, and what was met `late`."""

    rule: Duty
    open: tuple[Gap, ...]
    late: tuple[Gap, ...]


@frozen(eq=False)
class Indicator:
    """How the duties under one rule are met in each body of the largest class, by its key."""

    rule: Duty
    shares: Mapping[str, Share]


@frozen(eq=False)
class Missing:
    """A field that is not known of some facts of one body, and how many findings want it.

    `keys` are those of the facts; none of a parameter or of a list that is not whole. `body` is the
    largest one that they belong to; None where that is nobody of those that are compared.
    """

    body: Fact | None
    collection: str
    name: str
    keys: tuple[str, ...]
    cites: tuple[Cite, ...]
    findings: int


@frozen(eq=False, kw_only=True)
class Inspection:
    """What a report says of some facts under a policy, or of those `within` one body.

    `statuses` counts the findings that were measured, `attestations` those that rest on
    attestations; `classes` are those of the bodies that are compared, the largest first, and
    `ranking` has their bodies, the best first. `soon` gives what falls due within so many days,
    `lists` how much of the lists that the text speaks of the data have.
    """

    policy: Policy
    facts: Facts
    within: Fact | None
    colours: Colours
    classes: tuple[type[Fact], ...]
    findings: tuple[Finding, ...]
    statuses: Mapping[Status, int]
    attestations: Mapping[Status, int]
    share: Share
    attested: Share
    ranking: tuple[tuple[Ranked, ...], ...]
    indicators: tuple[Indicator, ...]
    problems: tuple[Problem, ...]
    denied: tuple[Problem, ...]
    doubtful: tuple[tuple[Agreement, Place], ...]
    agreements: Mapping[Consistency, int]
    soon: Mapping[int, tuple[Due, ...]]
    missing: tuple[Missing, ...]
    verdicts: tuple[Verdict, ...]
    outcomes: Mapping[Outcome, int]
    readings: tuple[Effect, ...] | None
    lists: tuple[ListCoverage, ...]

    @property
    def as_of(self) -> date:
        """The date for which it was made."""
        return self.policy.as_of
