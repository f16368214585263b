"""Shares and their colours: what counts as met, and where colours begin."""

from __future__ import annotations

from fractions import Fraction

import pytest

from policy_rules.answers import Status
from policy_rules.report import Colour, Colours, Share


@pytest.mark.parametrize(
    ("status", "expected"),
    [
        (Status.SATISFIED, Share(1, 0, 0)),
        (Status.EXEMPT, Share(1, 0, 0)),
        (Status.BREACHED, Share(0, 1, 0)),
        (Status.DEVIATES, Share(0, 1, 0)),
        (Status.MISSED, Share(0, 1, 0)),
        (Status.UNDETERMINED, Share(0, 0, 1)),
        (Status.CONFLICT, Share(0, 0, 1)),
        (Status.PENDING, Share(0, 0, 0)),
        (Status.NOT_APPLICABLE, Share(0, 0, 0)),
    ],
)
def test_what_each_status_counts_as(status: Status, expected: Share) -> None:
    assert Share().with_status(status) == expected


def test_every_status_has_been_said() -> None:
    for status in Status:
        share = Share().with_status(status, 3)
        assert share.asked in (0, 3)


def test_the_share_met_is_of_what_is_settled() -> None:
    share = Share(met=2, unmet=1, open=3)
    assert (share.judged, share.asked) == (3, 6)
    assert (share.value, share.known) == (Fraction(2, 3), Fraction(1, 2))
    assert (Share().value, Share().known) == (None, None)
    assert (Share(open=2).value, Share(open=2).known) == (None, Fraction(0))


@pytest.mark.parametrize(
    ("share", "colour"),
    [
        (Share(9, 1, 0), Colour.GREEN),
        (Share(89, 11, 0), Colour.YELLOW),
        (Share(6, 4, 0), Colour.YELLOW),
        (Share(59, 41, 0), Colour.RED),
        (Share(0, 5, 0), Colour.RED),
        # Half is known: enough; less is not, however good what is known looks.
        (Share(5, 0, 5), Colour.GREEN),
        (Share(5, 0, 6), Colour.GREY),
        (Share(0, 0, 0), Colour.GREY),
    ],
)
def test_where_the_colours_begin(share: Share, colour: Colour) -> None:
    assert Colours().of(share) is colour


def test_the_colours_can_be_set() -> None:
    strict = Colours(green=Fraction(1), yellow=Fraction(95, 100), known=Fraction(1))
    assert strict.of(Share(99, 1, 0)) is Colour.YELLOW
    assert strict.of(Share(99, 0, 1)) is Colour.GREY
    assert Colours(known=Fraction(0)).of(Share(1, 0, 99)) is Colour.GREEN
    with pytest.raises(ValueError, match=r"expected a part of a whole, .* found 90"):
        Colours(green=90)  # type: ignore[arg-type]  # per cent, which a caller may try
    with pytest.raises(ValueError, match="expected yellow to begin at green or below"):
        Colours(green=Fraction(1, 2))
