"""How much of what is asked is met, and of how much that is known."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from fractions import Fraction

from attrs import frozen

from ..answers import Finding, Status
from ..arguments import public


@frozen
class Share:
    """How many duties that apply are `met`, are `unmet`, and are `open` for want of data.

    What is not yet due is none of these; what is exempt is met.
    """

    met: int = 0
    unmet: int = 0
    open: int = 0

    @property
    def judged(self) -> int:
        """How many are settled."""
        return self.met + self.unmet

    @property
    def asked(self) -> int:
        """How many there are in all."""
        return self.judged + self.open

    @property
    def value(self) -> Fraction | None:
        """The part of what is settled that is met; None where nothing is."""
        return Fraction(self.met, self.judged) if self.judged else None

    @property
    def known(self) -> Fraction | None:
        """The part of all that is settled; None where there is nothing."""
        return Fraction(self.judged, self.asked) if self.asked else None

    def with_status(self, status: Status, number: int = 1) -> Share:
        """The share with findings of a status as well."""
        said = status.standing
        if status is Status.PENDING or status is Status.NOT_APPLICABLE:
            return self
        if said.truth is None:
            return Share(self.met, self.unmet, self.open + number)
        if said.truth:
            return Share(self.met + number, self.unmet, self.open)
        return Share(self.met, self.unmet + number, self.open)

    def with_share(self, other: Share) -> Share:
        """The share of both together."""
        return Share(self.met + other.met, self.unmet + other.unmet, self.open + other.open)


@public
def share_of(findings: Iterable[Finding]) -> Share:
    """The share that some findings come to."""
    share = Share()
    for status, number in Counter(each.status for each in findings).items():
        share = share.with_status(status, number)
    return share
