"""What is said of very many facts at once: numbers by body and by region, and no single finding.

It is made of counts, such as a database gives, so that it takes the memory of its bodies alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TypeAlias

from attrs import evolve, frozen

from ..answers import Consistency, Outcome, Status
from ..engines.lists import ListCoverage
from ..facts import Fact, Labelled
from ..language.rules import AttestationRule
from ..policy import Duty, Policy
from .colours import Colour, Colours
from .shares import Share

# How many findings of one status there are under a rule on the facts of a body, given by its id;
# None for those that belong to none.
Counted: TypeAlias = "tuple[str | None, Duty, Status, int]"


@frozen(eq=False)
class Placed:
    """A body, or a `region` of bodies where `body` is None, with how its duties are met.

    `place` is its rank, None where too little is known of it; `foremost` the rule under which most
    of what it does not meet falls. `colours` counts the bodies of a region by how they stand.
    """

    body: Fact | None
    region: Labelled | None
    share: Share
    attested: Share
    colour: Colour
    place: int | None
    foremost: Duty | None
    colours: Mapping[Colour, int]


@frozen(eq=False)
class Spread:
    """How the duties under one rule are met: in all, and in each region by its value."""

    rule: Duty
    share: Share
    regions: Mapping[str, Share]


@frozen(eq=False, kw_only=True)
class Overview:
    """How very many facts stand under a policy, by the bodies of the largest class and regions.

    `numbers` are those of the facts by class; `spreads` has each rule under which anything is
    settled, in the order of the text. Regions and bodies are ranked, the best first.
    """

    policy: Policy
    colours: Colours
    body_class: type[Fact]
    numbers: Mapping[type[Fact], int]
    statuses: Mapping[Status, int]
    share: Share
    attested: Share
    regions: tuple[Placed, ...]
    bodies: tuple[Placed, ...]
    spreads: tuple[Spread, ...]
    outcomes: Mapping[Outcome, int]
    agreements: Mapping[Consistency, int]
    lists: tuple[ListCoverage, ...]

    @property
    def as_of(self) -> date:
        """The date for which it was made."""
        return self.policy.as_of


def overview(
    policy: Policy,
    bodies: Iterable[Fact],
    counted: Iterable[Counted],
    *,
    numbers: Mapping[type[Fact], int],
    outcomes: Mapping[Outcome, int],
    agreements: Mapping[Consistency, int],
    lists: Sequence[ListCoverage] = (),
    colours: Colours | None = None,
) -> Overview:
    """Gather an overview of counts of findings; `bodies` are all those of the largest class."""
    colours = colours or Colours()
    directive = policy.rules.directive
    of_bodies = {each.id: _Sum() for each in bodies}
    known = {each.id: each for each in bodies}
    of_regions: dict[Labelled | None, _Sum] = {}
    total, statuses = _Sum(), Counter[Status]()
    by_rule: dict[Duty, dict[Labelled | None, Share]] = {}

    def region_of(id_: str | None) -> Labelled | None:
        return None if id_ is None or directive.region_of is None else directive.region_of(id_)

    for id_, rule, status, number in counted:
        region = region_of(id_)
        sums = [total, of_regions.setdefault(region, _Sum())]
        if id_ is not None:
            sums.append(of_bodies.setdefault(id_, _Sum()))
        for each in sums:
            each.add(rule, status, number)
        if not isinstance(rule, AttestationRule):
            statuses[status] += number
            shares = by_rule.setdefault(rule, {})
            shares[region] = shares.get(region, Share()).with_status(status, number)
    body_class = directive.bodies[0]
    make = body_class
    placed = [
        each.placed(known.get(id_) or make(id=id_), region_of(id_), colours)  # type: ignore[call-arg]
        for id_, each in of_bodies.items()
    ]
    found = Counter((each.region, each.colour) for each in placed)
    regions = [
        each.placed(None, region, colours, {of: n for (at, of), n in found.items() if at is region})
        for region, each in of_regions.items()
        if region is not None
    ]
    order = {rule.cite: place for place, rule in enumerate(policy.rules.rules)}
    return Overview(
        policy=policy,
        colours=colours,
        body_class=body_class,
        numbers=numbers,
        statuses=statuses,
        share=total.share,
        attested=total.attested,
        regions=_ranked(regions),
        bodies=_ranked(placed),
        spreads=tuple(
            _spread(rule, shares)
            for rule, shares in sorted(by_rule.items(), key=lambda each: order[each[0].cite])
            if any(share.judged for share in shares.values())
        ),
        outcomes=outcomes,
        agreements=agreements,
        lists=tuple(lists),
    )


def _spread(rule: Duty, shares: Mapping[Labelled | None, Share]) -> Spread:
    whole = Share()
    for each in shares.values():
        whole = whole.with_share(each)
    named = {str(region.value): share for region, share in shares.items() if region is not None}
    return Spread(rule, whole, named)


class _Sum:
    """What the findings on one body, one region or everything come to."""

    def __init__(self) -> None:
        self.share = Share()
        self.attested = Share()
        self.unmet: Counter[Duty] = Counter()

    def add(self, rule: Duty, status: Status, number: int) -> None:
        if isinstance(rule, AttestationRule):
            self.attested = self.attested.with_status(status, number)
            return
        self.share = self.share.with_status(status, number)
        if status.standing.gravity is not None:
            self.unmet[rule] += number

    def placed(
        self,
        body: Fact | None,
        region: Labelled | None,
        colours: Colours,
        inner: Mapping[Colour, int] | None = None,
    ) -> Placed:
        colour = colours.of(self.share)
        return Placed(
            body=body,
            region=region,
            share=self.share,
            attested=self.attested,
            colour=colour,
            place=None if colour is Colour.GREY else 1,
            foremost=self.unmet.most_common(1)[0][0] if self.unmet else None,
            colours=inner or {},
        )


def _ranked(found: Iterable[Placed]) -> tuple[Placed, ...]:
    """The best first; those of which too little is known, last. Equal shares have one rank."""

    def by_share(each: Placed) -> tuple[bool, Fraction, str]:
        of = each.body.id if each.body is not None else str(each.region)
        return each.place is None, -(each.share.value or Fraction(0)), of

    placed: list[Placed] = []
    for number, each in enumerate(sorted(found, key=by_share), 1):
        alike = placed and placed[-1].share.value == each.share.value
        place = None if each.place is None else placed[-1].place if alike else number
        placed.append(evolve(each, place=place))
    return tuple(placed)
