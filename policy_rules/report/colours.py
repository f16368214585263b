"""Red, yellow, green and grey: how a share stands, by a rule that is stated and can be set."""

from __future__ import annotations

from fractions import Fraction

from attrs import field, frozen

from ..facts import Labelled
from .shares import Share


class Colour(Labelled):
    """How a share stands."""

    GREEN = ("green", "绿", "green")
    YELLOW = ("yellow", "黄", "yellow")
    RED = ("red", "红", "red")
    GREY = ("grey", "灰", "grey")


def _part(instance: object, attribute: object, value: object) -> None:
    if not isinstance(value, Fraction | int) or isinstance(value, bool) or not 0 <= value <= 1:
        raise ValueError(f"expected a part of a whole, such as Fraction(9, 10), found {value!r}")


@frozen(kw_only=True)
class Colours:
    """From which share of what is settled on it is green, or yellow; else it is red.

    Where less than `known` of all that is asked is settled, it is grey, whatever the share. These
    are the office's own: no directive sets them. Raises ValueError for what is no part of a whole,
    or where yellow would begin above green.
    """

    green: Fraction = field(default=Fraction(9, 10), validator=_part)
    yellow: Fraction = field(default=Fraction(6, 10), validator=_part)
    known: Fraction = field(default=Fraction(1, 2), validator=_part)

    def __attrs_post_init__(self) -> None:
        if self.yellow > self.green:
            raise ValueError(
                f"expected yellow to begin at green or below, found {self.yellow} above "
                f"{self.green}"
            )

    def of(self, share: Share) -> Colour:
        """The colour of a share."""
        value, known = share.value, share.known
        if value is None or known is None or known < self.known:
            return Colour.GREY
        if value >= self.green:
            return Colour.GREEN
        return Colour.YELLOW if value >= self.yellow else Colour.RED
