"""Which sentences bear on one another, by what their rules read."""

from __future__ import annotations

from typing import Final

import policy_rules as pr
from policy_rules.analysis.interactions import Interaction, interactions
from policy_rules.language import Cite

FOUND: Final = {
    (str(each.first), str(each.second)): each
    for each in interactions(pr.load("putian-2019-52").rules)
}


def test_what_two_sentences_read() -> None:
    assert FOUND["2.1/5", "6.1/2"] == Interaction(
        Cite.parse("2.1/5"), Cite.parse("6.1/2"), ("officers.station_since",), (), ()
    )
    assert FOUND["3.1/1", "3.1/2"].fields == ("cases.complex", "cases.role", "cases.simple")
    assert FOUND["4.2/3", "5.1/1"].fields == ("stations.pilot",)


def test_a_parameter_in_common() -> None:
    assert FOUND["2.1/7", "6.1/2"].parameters == ("exchange_terrain",)


def test_a_decision_that_the_other_rests_on() -> None:
    assert FOUND["2.1/1", "5.1/2"].decisions == ("strength",)
    assert FOUND["3.3/2", "3.3/3"].decisions == ("needs_admission",)


def test_sentences_that_have_nothing_in_common() -> None:
    """Not by ids and references, nor where attestations alone tell."""
    assert ("1.1/2", "2.1/1") not in FOUND
    assert ("4.3/1", "4.4/1") not in FOUND
    assert ("2.1/7", "5.4/1") not in FOUND


def test_pairs_are_in_the_order_of_the_text_and_once() -> None:
    pairs = [(each.first, each.second) for each in FOUND.values()]
    assert pairs == sorted(pairs)
    assert all(first < second for first, second in pairs)
