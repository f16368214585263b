"""Two accounts of one thing: whether they agree, apart from every breach."""

from __future__ import annotations

import pickle
from datetime import date
from typing import Final

import pytest

import policy_rules as pr
from policy_rules.answers import Consistency
from policy_rules.facts import Facts
from policy_rules.language import RuleTypeError, count, each
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Colour, Office
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.present import EVERY_ENGINE
from tests.support.writing import says

clerks = each(Clerk, office_id=office)
DESKS: Final = says("1/1", quote="字", zh="桌数与人数一致", en="desks and clerks agree").agrees(
    office, office.desks, count(clerks), applies=~office.large
)
FLAGS: Final = says("1/2", **SAYS).agrees(office, office.open, office.large)
FOUNDED: Final = says("1/3", **SAYS).agrees(office, office.founded, date(2019, 7, 1))
COLOURS: Final = says("1/4", **SAYS).agrees(office, office.colours, frozenset({Colour.RED}))


def facts(fact: Office, number: int, *, whole: bool = True) -> Facts:
    """An office with so many clerks."""
    others = [fact, *(Clerk(id=f"C{n}", office_id="O") for n in range(number))]
    return Facts(others=others, complete=[Clerk] if whole else [])


COUNTS: Final = [
    # large, desks, clerks, whole; the status, what both say, what it needs
    (False, 2, 2, True, "consistent", 2, 2, []),
    (False, 3, 2, True, "inconsistent", 3, 2, []),
    (False, 1, 2, True, "inconsistent", 1, 2, []),
    # Of a list that is not whole there are at least two: that is more than one, and may be three.
    (False, 1, 2, False, "inconsistent", 1, None, []),
    (False, 3, 2, False, "undetermined", 3, None, ["complete.clerks"]),
    (False, None, 2, True, "undetermined", None, 2, ["offices/O.desks"]),
    (True, 3, 2, True, "not_applicable", None, None, []),
    (None, 3, 2, True, "undetermined", 3, 2, ["offices/O.large"]),
]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_number_and_a_list(engine: EngineName) -> None:
    policy = directive(DESKS).policy(as_of=DAY, engine=engine)
    for large, desks, clerks_, whole, status, first, second, needs in COUNTS:
        given = facts(O(large=large, desks=desks), clerks_, whole=whole)
        (answer,) = policy.agreements_of(given)
        told = (str(answer.status), answer.first, answer.second, list(answer.needs))
        assert told == (status, first, second, needs), (large, desks, clerks_, whole)
        assert list(policy.audit(given)) == [], "it is no finding"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_values_of_every_kind_that_can_be_compared(engine: EngineName) -> None:
    policy = directive(FLAGS, FOUNDED, COLOURS).policy(as_of=DAY, engine=engine)

    def statuses(fact: Office) -> list[str]:
        return [str(each.status) for each in policy.agreements_of(facts(fact, 0))]

    same = O(open=True, large=True, founded=date(2019, 7, 1), colours={Colour.RED})
    other = O(open=True, large=False, founded=date(2019, 7, 2), colours={Colour.RED, Colour.BLUE})
    assert statuses(same) == ["consistent"] * 3
    assert statuses(other) == ["inconsistent"] * 3
    assert statuses(O()) == ["undetermined"] * 3
    numbers = {(each.first, each.second) for each in policy.agreements_of(facts(other, 0))}
    assert numbers == {(None, None)}, "only whole numbers stand in the answer itself"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_agreement_that_rests_on_definitions_in_conflict(engine: EngineName) -> None:
    size = chosen("size", int, [(office.open, 1), (office.large, 2)], 0)
    rule = says("1/9", **SAYS).agrees(office, size.of(office), office.desks)
    policy = directive(size, rule).policy(as_of=DAY, engine=engine)
    (answer,) = policy.agreements_of(facts(O(open=True, large=True, desks=1), 0))
    assert (answer.status, answer.needs) == (Consistency.CONFLICT, ())


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_before_the_directive_is_in_force(engine: EngineName) -> None:
    policy = directive(DESKS).policy(as_of=date(2019, 7, 15), engine=engine)
    (answer,) = policy.agreements_of(facts(O(large=False, desks=3), 2))
    assert answer.status is Consistency.NOT_APPLICABLE
    assert "2019-07-16" in policy.explain(answer, "en")


def test_as_json_and_in_words() -> None:
    policy = directive(DESKS).policy(as_of=DAY)
    given = facts(O(large=False, desks=3), 2)
    (answer,) = policy.agreements_of(given)
    assert answer.as_json() == {
        "subject": "offices/O",
        "cite": "1/1",
        "status": "inconsistent",
        "first": 3,
        "second": 2,
        "responsible": None,
        "name": None,
        "bodies": {},
        "heading": "1",
        "quote": "字",
        "needs": [],
        "zh": "桌数与人数一致：数据存疑（3件，2件）",
        "en": "desks and clerks agree: inconsistent (3 and 2)",
    }
    assert policy.audit(given).as_json()["agreements"] == [answer.as_json()]
    assert (answer.cite, answer.readings) == (pr.Cite.parse("1/1"), {})
    assert policy.explain(answer, "zh").splitlines() == [
        "办事处（offices/O）：桌数与人数一致：数据存疑（3件，2件）［第一部分第一句“字”］",
        "  ✓ 适用条件",
        "    ✓ 非大型",
        "  ✗ 两处应一致",
        "    ✗ 桌数等于办事员数（桌数为3件；办事员数为2个）",
        "      ✓ 计入：办事员 C0、C1",
    ]
    assert policy.explain(answer, "en").splitlines()[0] == (
        "office (offices/O): desks and clerks agree: inconsistent (3 and 2) [1 sentence 1: “字”]"
    )
    (open_,) = policy.agreements_of(facts(O(large=None, desks=3), 2))
    assert "still needed" in policy.explain(open_, "en")


def test_none_of_it_is_wrong() -> None:
    assert not any(each.standing.wrong or each.standing.unmet for each in Consistency)
    assert all(each.standing.gravity is None for each in Consistency)


IN_A_MODULE: Final = directive(DESKS).rules.directive


def test_it_can_be_pickled_and_explained_again() -> None:
    policy = pr.load(IN_A_MODULE).policy(as_of=DAY)
    (answer,) = policy.agreements_of(facts(O(large=False, desks=3), 2))
    again = pickle.loads(pickle.dumps(answer))
    assert again == answer
    assert again.readings == answer.readings
    assert policy.explain(again, "en") == policy.explain(answer, "en")


def test_accounts_of_different_kinds_cannot_agree() -> None:
    with pytest.raises(RuleTypeError, match="cannot compare integer with boolean"):
        says("1/1", **SAYS).agrees(office, office.desks, office.open)


def test_an_exception_to_it() -> None:
    excepted = says("1/2", **SAYS).excepts("1/1", office.open)
    policy = directive(DESKS, excepted).policy(as_of=DAY)
    (answer,) = policy.agreements_of(facts(O(large=False, desks=3, open=True), 2))
    assert answer.status is Consistency.NOT_APPLICABLE
