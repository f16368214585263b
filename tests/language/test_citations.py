"""Citations stand in the order of the text."""

from __future__ import annotations

from policy_rules import Cite


def test_headings_are_in_the_order_of_their_numbers() -> None:
    """The tenth heading comes after the second, which texts would put the other way round."""
    written = ["2/1", "2.1/1", "2.1/1a", "2.1/1b", "2.1/2", "2.1/10", "2.10/1", "10.1/1"]
    cites = [Cite.parse(text) for text in written]
    assert sorted(cites, key=str) != cites
    assert sorted(cites) == cites
