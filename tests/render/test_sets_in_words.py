"""Closed sets in words: what a value is that is not in one (FOUND 2.7), and large ones (2.12)."""

from __future__ import annotations

import pytest

import policy_rules as pr
from policy_rules.testing.made_up import Colour
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.writing import says

FEW = frozenset({Colour.RED, Colour.BLUE})


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "✗ colour is one of red, blue (it is green)"),
        ("zh", "✗ 颜色属于红、蓝（实为绿）"),
    ],
)
def test_what_is_not_in_a_closed_set_is_said(lang: str, expected: str) -> None:
    rule = says("1/1", **SAYS).forbids(office, ~office.colour.is_in(FEW))
    policy = directive(rule).policy(as_of=DAY)
    shown = policy.explain(policy.check(O(colour=Colour.GREEN)), "zh" if lang == "zh" else "en")
    assert expected in [line.strip() for line in shown.splitlines()]


@pytest.mark.parametrize(
    ("lang", "expected"),
    [
        ("en", "✓ colours lack red (given: green, blue)"),
        ("zh", "✓ 诸色不包含红（实为绿、蓝）"),
    ],
)
def test_what_a_set_has_is_said_where_it_lacks_one(lang: str, expected: str) -> None:
    """As of a negated `is_in` that holds."""
    rule = says("1/1", **SAYS).demands(office, ~office.colours.has(Colour.RED))
    policy = directive(rule).policy(as_of=DAY)
    (finding,) = policy.audit(pr.Facts(others=[O(colours={Colour.GREEN, Colour.BLUE})]))
    shown = policy.explain(finding, "zh" if lang == "zh" else "en")
    assert expected in [line.strip() for line in shown.splitlines()]


def test_a_large_set_is_said_by_a_few_and_its_number() -> None:
    codes = frozenset(f"{n:04}" for n in range(2_000))
    rule = says("1/1", **SAYS).forbids(office, ~office.places.within(codes))
    policy = directive(rule).policy(as_of=DAY)
    verdict = policy.check(O(places={"9999"}))
    for lang, few in (
        ("en", "0000, 0001, 0002, 0003, 0004 and others, 2,000 in all"),
        ("zh", "0000、0001、0002、0003、0004等 2,000 项"),
    ):
        shown = policy.explain(verdict, "zh" if lang == "zh" else "en")
        assert few in shown
        assert "9999" in shown
        assert len(shown) < 500


def test_a_set_that_can_be_read_is_said_whole() -> None:
    codes = frozenset(f"{n:04}" for n in range(20))
    rule = says("1/1", **SAYS).forbids(office, ~office.places.within(codes))
    policy = directive(rule).policy(as_of=DAY)
    shown = policy.explain(policy.check(O(places={"9999"})), "en")
    assert all(code in shown for code in codes)
    assert "in all" not in shown
