"""Values on which every engine agrees: what is in conflict, and shares that are whole."""

from __future__ import annotations

from fractions import Fraction
from typing import Final

import pytest

from policy_rules.answers import ConflictError
from policy_rules.facts import Facts
from policy_rules.language import RATIONAL, each, total
from policy_rules.language.expressions import Expression, Parameter
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Office
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, O, directive, office, value_is
from tests.support.present import EVERY_ENGINE

clerks = each(Clerk, office_id=office)
TWO_CLERKS: Final = Facts(
    others=[
        O(open=True, large=True),
        Clerk(id="a", office_id="O", files=2, senior=True),
        Clerk(id="b", office_id="O", files=3, senior=False),
    ],
    complete=[Clerk],
)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_totals_of_one_value_under_two_conditions_are_in_conflict(engine: EngineName) -> None:
    """Both rules apply. The first sums 2 and 3 files, the second the 2 of the senior clerk."""
    files = clerks.files  # one node, which both totals hold
    all_files, senior_files = total(clerks, files), total(clerks, files, clerks.senior)
    handled = chosen("handled", int, [(office.open, all_files), (office.large, senior_files)], 0)
    policy = directive(handled).policy(as_of=DAY, engine=engine)
    with pytest.raises(ConflictError) as error:
        policy.decide(TWO_CLERKS.named(Office, "O"), "handled", TWO_CLERKS)
    assert [str(cite) for cite in error.value.cites] == ["1/1", "1/2"]


SHARE: Final = Parameter(
    name="share", type=RATIONAL, values=((None, 1),), cite="1/1", quote="字", zh="事", en="thing"
)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("value", "told"),
    [
        (office.desks / 2, "3"),  # 6 over 2
        (office.desks / 4, "3/2"),
        (office.desks, "6"),  # a whole number where a share is defined
        (SHARE, "1"),
        (Fraction(1, 2) * office.desks, "3"),
    ],
)
def test_a_share_is_a_text_also_where_it_is_whole(
    engine: EngineName, value: Expression, told: str
) -> None:
    policy = directive(value_is(RATIONAL, value)).policy(as_of=DAY, engine=engine)
    answer = policy.decide(O(desks=6), "told")
    assert answer.as_json()["value"] == told
    assert answer.value == Fraction(told)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_whole_numbers_among_shares_are_texts_too(engine: EngineName) -> None:
    """One rule gives a whole number, the other a share; without desks there is none."""
    half = chosen("half", RATIONAL, [(office.open, office.desks)], office.desks / 2)
    policy = directive(half).policy(as_of=DAY, engine=engine)
    given = O(desks=6, open=True), O(desks=6, open=False), O(open=True)
    found = [policy.decide(fact, "half").as_json()["value"] for fact in given]
    assert found == ["6", "3", None]
