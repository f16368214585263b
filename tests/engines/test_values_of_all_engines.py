"""Values on which every engine agrees: what is in conflict, and shares that are whole."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Final

import pytest

import policy_rules as pr
from policy_rules.answers import ConflictError
from policy_rules.facts import Facts
from policy_rules.language import RATIONAL, each, percent, total
from policy_rules.language.expressions import Expression, Parameter
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Office
from policy_rules.testing.random_facts import container
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, O, directive, office, value_is
from tests.support.parcels import PARCELS, Parcel
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining

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
        (office.desks / 4, "1.5"),
        (office.desks / 9, "2/3"),
        (Decimal("105.48") * office.desks, "632.88"),
        (percent(Decimal("12.5")) * (office.desks - 7), "-0.125"),
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


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("pieces", "grams", "score", "status"),
    [
        (400_000, 500_000, "90", "satisfied"),  # (400,000 + 500,000) / 10,000
        (400_000, 499_999, "89.9999", "breached"),
        (2_000_000, 2_000_000, "400", "satisfied"),
        (None, 500_000, None, "undetermined"),
    ],
)
def test_scores_of_ten_thousandths(
    engine: EngineName, pieces: int | None, grams: int, score: str | None, status: str
) -> None:
    """The score is held against 90 in whole numbers, of which the products are large."""
    policy = pr.load(PARCELS).policy(as_of=DAY, engine=engine)
    parcel = Parcel(id="P", pieces=pieces, grams=grams)
    assert policy.decide(parcel, "score").as_json()["value"] == score
    (finding,) = policy.audit(container([parcel])).findings
    assert str(finding.status) == status


def test_money_is_written_as_money() -> None:
    """Four pieces at 105.48 are 421.92; an eighth of that is 52.74. One piece: a third."""
    policy = pr.load(PARCELS).policy(as_of=DAY)
    four, one = Parcel(id="P", pieces=4), Parcel(id="Q", pieces=1)
    charge, discounted = policy.decide(four, "charge"), policy.decide(four, "discounted")
    assert [each.as_json()["value"] for each in (charge, discounted)] == ["421.92", "52.74"]
    assert policy.decide(one, "discounted").as_json()["value"] == "1/3"
    assert "charge is 105.48 yuan × pieces" in policy.explain(charge, lang="en")
    assert "parcels/P): 421.92 yuan" in policy.explain(charge, lang="en")
    assert "收费为105.48元 × 件数" in policy.explain(charge, lang="zh")
    assert "discount is 12.5% of charge" in policy.explain(discounted, lang="en")
    assert "减收额为收费的12.5%" in policy.explain(discounted, lang="zh")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_share_that_is_set_to_a_whole_number(engine: EngineName) -> None:
    """By the policy or by its author, it is a number of the same type on every engine."""
    open_ = at("1/1")("比例")("比例", "a share").leaves_open("share", Fraction)
    policy = directive(value_is(RATIONAL, open_)).policy(
        as_of=DAY, parameters={"share": 5}, engine=engine
    )
    assert type(policy.decide(O(), "told").value) is Fraction
    turned = at("1/1")("比例")("比例", "a share").sets(
        "share", Fraction(1, 2), since={date(2019, 1, 1): 1}
    )
    policy = directive(value_is(RATIONAL, turned)).policy(as_of=DAY, engine=engine)
    decision = policy.decide(O(), "told")
    assert (type(decision.value), decision.as_json()["value"]) == (Fraction, "1")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_value_that_depends_on_a_reading(engine: EngineName) -> None:
    """The rules of its options cover everything, and the answer names the reading."""
    week = (
        at("1/1")
        .reading("week", default="calendar")("问题", "the question")
        .options(
            calendar=("自然周", "calendar"),
            working=("工作周", "working"),
            why=("未说明", "not said"),
        )
    )
    hours = defining(office, "told", int)("小时", "hours").by(
        at("1/1")("字").makes(40, when=week.is_("calendar")),
        at("1/2")("字").makes(30, when=week.is_("working")),
    )
    made = directive(hours)
    for option, expected in (("calendar", 40), ("working", 30)):
        policy = made.policy(as_of=DAY, readings={"week": option}, engine=engine)
        decision = policy.decide(O(), "told")
        assert (decision.value, decision.readings) == (expected, {"week": option})
