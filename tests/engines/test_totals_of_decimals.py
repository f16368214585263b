"""Totals, means and extremes of decimals of related facts, on every engine; derived by hand."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.facts import Fact
from policy_rules.language import (
    RATIONAL,
    Clause,
    RuleTypeError,
    average,
    by_choice,
    count,
    each,
    first_known,
    greatest,
    least,
    percent,
    rounded,
    tiers,
    total,
)
from policy_rules.language.decimals import places_of
from policy_rules.language.expressions import Definition, Expression, as_node, at_least
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, LABELS, O, directive, office, value_is
from tests.support.present import COMPILED
from tests.support.writing import at, says

ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
claims = each(Claim, office_id=office)
SUM: Final = total(claims, claims.fee, claims.urgent)
MEAN: Final = average(claims, claims.fee, claims.urgent, otherwise=Decimal("0.5"))
MOST: Final = greatest(claims, claims.fee, claims.urgent, otherwise=0)
FEWEST: Final = least(claims, claims.fee, claims.urgent, otherwise=Decimal("0.125"))
LIST: Final = "complete.claims"


def claim(name: str, fee: str | None, urgent: bool | None = True, of: str | None = "O") -> Claim:
    given = fee if fee is None else Decimal(fee)
    return Claim(id=name, office_id=of, fee=given, urgent=urgent)


TWO: Final = [claim("a", "2.50"), claim("b", "0.10")]
OPEN, MAYBE, LOOSE = claim("c", None), claim("d", "9", None), claim("e", "3", True, None)
NONE: Final = Claim(id="f", office_id="O", fee=pr.NONE, urgent=True)
EACH: Final = (SUM, MEAN, MOST, FEWEST)
LISTS: Final[list[tuple[list[Claim], tuple[str | None, ...]]]] = [
    (TWO, ("2.6", "1.3", "2.5", "0.1")),
    ([], ("0", "0.5", "0", "0.125")),
    ([*TWO, NONE], ("2.6", "1.3", "2.5", "0.1")),  # none does not enter
    ([*TWO, claim("g", "1", False)], ("2.6", "1.3", "2.5", "0.1")),
    ([*TWO, claim("g", "0.05")], ("2.65", "53/60", "2.5", "0.05")),
    ([*TWO, OPEN], (None, None, None, None)),
    ([*TWO, MAYBE], (None, None, None, "0.1")),  # 9 is not the least
    ([*TWO, LOOSE], (None, None, None, "0.1")),
]


def told(
    value: Expression, facts: list[Claim], whole: bool = True, type_: Any = bool,
    fact: Fact | None = None, *more: Definition,
) -> tuple[Any, tuple[str, ...]]:  # fmt: skip
    """What every engine says of an expression over an office, and what it needs."""
    fact = fact or O()
    made = directive(*more, value_is(type_, value))
    around = container([fact, *facts], [Clerk, Claim] if whole else [])
    found = {
        (answer.as_json()["value"], answer.needs)
        for answer in (
            made.policy(as_of=DAY, engine=engine).decide(fact, "told", around) for engine in ENGINES
        )
    }
    (answer,) = found
    return answer


@pytest.mark.parametrize(("facts", "values"), LISTS)
def test_values(facts: list[Claim], values: tuple[str | None, ...]) -> None:
    found = [told(each, facts, True, RATIONAL)[0] for each in EACH]
    assert tuple(found) == values
    assert {told(each, facts, False, RATIONAL)[0] for each in EACH} == {None}


@pytest.mark.parametrize(
    ("asked", "facts", "whole", "value", "needs"),
    [
        (Decimal("2.6") <= SUM, TWO, True, True, ()),
        (Decimal("2.6") < SUM, TWO, True, False, ()),
        (Decimal("2.6") <= SUM, TWO, False, True, ()),  # more can only add to it
        (Decimal("2.61") <= SUM, TWO, False, None, (LIST,)),
        (Decimal("2.6") <= SUM, [*TWO, OPEN], True, True, ()),
        (Decimal("2.6") >= SUM, [*TWO, OPEN], True, None, ("claims/c.fee",)),
        (Decimal("2.59") >= SUM, [*TWO, OPEN], True, False, ()),
        (Decimal("2.6") >= SUM, [*TWO, LOOSE], True, None, ("claims/e.office_id",)),
        (SUM >= 0, [], False, True, ()),
        (Fraction(1, 3) <= SUM, [], False, None, (LIST,)),
        (SUM * 2 > 5, TWO, True, True, ()),
        (SUM * 2 > 5, TWO, False, None, (LIST,)),  # no direct comparison
        (Decimal("2.5") <= MOST, TWO, False, True, ()),
        (Decimal("2.5") < MOST, TWO, False, None, (LIST,)),
        (MOST < 9, [*TWO, MAYBE], True, None, ("claims/d.urgent",)),
        (MOST <= 9, [*TWO, MAYBE], True, True, ()),
        (MOST >= 0, [MAYBE], True, True, ()),  # 9, or 0 of none
        (Decimal("0.1") >= FEWEST, TWO, False, True, ()),
        (Decimal("0.1") > FEWEST, TWO, False, None, (LIST,)),
        (Decimal("0.125") <= FEWEST, [MAYBE], True, True, ()),  # 9, or 0.125 of none
        (Fraction(1, 8) < FEWEST, [MAYBE], True, None, ("claims/d.urgent",)),
        (MEAN.is_(Decimal("1.3")), TWO, True, True, ()),
        (MEAN >= 0, TWO, False, None, (LIST,)),
    ],
)
def test_bounds_settle_a_direct_comparison(
    asked: Expression, facts: list[Claim], whole: bool, value: Any, needs: tuple[str, ...]
) -> None:
    assert told(asked, facts, whole) == (value, needs)


OPEN_RATE: Final = says("1/1").leaves_open("open_rate", Decimal)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (total(claims, claims.fee * Fraction(1, 3) + claims.fee), "52/15"),  # 2.6 * 4/3
        (total(claims, first_known(claims.fee, Decimal("0.5"))), "2.6"),
        (total(claims, first_known(claims.fee * OPEN_RATE, claims.fee * Fraction(1, 7))), "13/35"),
        (greatest(claims, claims.fee / 3, otherwise=office.rent / 7), "5/6"),
        (average(claims, claims.fee / 7, otherwise=office.rent / office.floors), "13/70"),
        (greatest(claims, count(claims), otherwise=Fraction(1, 2)), "2"),
        (total(claims, rounded(claims.fee / office.floors, Decimal("0.01"), how="up")), "0.88"),
        (
            total(claims, by_choice(office.colour, {Colour.RED: claims.fee}, otherwise=1)),
            "2.6",
        ),
        (least(claims, greatest(claims.fee, Fraction(1, 6)), otherwise=1), "1/6"),
    ],
)  # fmt: skip
def test_exact_expressions(value: Expression, expected: str) -> None:
    fact = O(rent=Decimal("1.5"), floors=3, colour=Colour.RED)
    assert told(value, TWO, True, RATIONAL, fact) == (expected, ())


def test_an_open_parameter_is_needed() -> None:
    asked = total(claims, greatest(claims.fee * OPEN_RATE, 0))
    assert told(asked, TWO, True, RATIONAL) == (None, ("parameters.open_rate",))
    assert told(asked, [], True, RATIONAL) == ("0", ())


def _defined(places: int | None, value: Expression, otherwise: Any = None) -> Definition:
    if otherwise is None:
        return evolve(value_is(RATIONAL, value), name="sum", places=places)
    made = Clause("1", "章", "clause").defines(office, "sum", Decimal, places=places)(**LABELS)
    return made.by(
        at("1/1")("字").makes(value, when=office.open), otherwise=at("1/2")("字").makes(otherwise)
    )


@pytest.mark.parametrize("places", [2, None])
def test_bounds_go_through_a_definition(places: int | None) -> None:
    always = _defined(places, SUM)
    of = always.of(office)
    for whole, expected in ((True, (True, False, True)), (False, (True, None, None))):
        asked = (Decimal("2.6") <= of, Decimal("2.6") < of, of.is_(Decimal("2.60")))
        found = tuple(told(each, TWO, whole, bool, None, always)[0] for each in asked)
        assert found == expected
    chosen = _defined(places, SUM, Decimal("2.5"))
    of = chosen.of(office)
    for fact, whole, settled in (
        (O(open=True), False, (True, None)),
        (O(open=False), False, (False, False)),
        (O(), True, (None, None)),
    ):
        compared = (Decimal("2.6") <= of, Decimal("2.6") < of)
        assert tuple(told(each, TWO, whole, bool, fact, chosen)[0] for each in compared) == settled
    least_rent = first_known(office.rent, of)
    assert told(least_rent >= 2, TWO, False, bool, O(open=True), chosen) == (True, ())
    assert told(least_rent >= 2, TWO, False, bool, O(rent=1), chosen) == (False, ())
    by_colour = by_choice(office.colour, {Colour.RED: of, Colour.BLUE: 7}, otherwise=count(claims))
    for colour, expected_ in ((Colour.RED, True), (Colour.BLUE, True), (Colour.GREEN, True)):
        fact = O(open=True, colour=colour)
        assert told(by_colour >= 2, TWO, False, bool, fact, chosen) == (expected_, ())


def test_values_that_databases_cannot_gather_exactly_are_refused() -> None:
    per_floor = claims.fee / office.floors
    message = "`(claim.fee / office.floors)` may end after any number of places"
    for build in (
        lambda: total(claims, per_floor),
        lambda: average(claims, per_floor, otherwise=0),
        lambda: least(claims, per_floor, otherwise=0),
        lambda: least(claims, claims.fee, otherwise=office.rent / office.floors),
        lambda: total(claims, greatest(MEAN, 0)),
        lambda: total(claims, _defined(None, SUM).of(office)),
    ):
        with pytest.raises(RuleTypeError, match="may end after any number of places"):
            build()
    with pytest.raises(RuleTypeError) as error:
        total(claims, per_floor)
    assert message in str(error.value)
    with pytest.raises(RuleTypeError, match="may be negative, so its total has no bounds"):
        total(claims, each(Office).rent)


def test_after_how_many_places_they_end() -> None:
    assert [places_of(as_node(each)) for each in EACH] == [2, None, 2, 3]
    assert at_least(as_node(SUM), 0)


def test_words_have_all_places() -> None:
    made = directive(_defined(2, SUM), value_is(bool, Decimal("2.6") <= SUM))
    policy = made.policy(as_of=DAY)
    facts = container([O(), *TWO], [Clerk, Claim])
    said = policy.explain(policy.decide(O(), "told", facts), lang="en")
    assert "at least 2.60 yuan" in said
    assert "urgent: 2.60 yuan" in said
    assert "fee 2.50 yuan" in said
    assert "2.60元" in policy.explain(policy.decide(O(), "told", facts), lang="zh")


# A tenth of the first 1, half of what is beyond: 0.1 + 0.75 of 2.50, 0.01 of 0.10.
IN_TIERS: Final = tiers(claims.fee, (1, percent(10)), percent(50))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_total_of_tiers(engine: EngineName) -> None:
    """What is worked out for each bracket is never negative, however it is written."""
    made = directive(value_is(Fraction, total(claims, IN_TIERS)))
    policy = made.policy(as_of=DAY, engine=engine)
    assert policy.decide(O(), "told", container([O(), *TWO], [Claim])).value == Fraction("0.86")
    assert policy.decide(O(), "told", container([O(), *TWO, OPEN], [Claim])).value is None


@pytest.mark.parametrize(
    ("value", "bound", "is_shown"),
    [
        (greatest(office.desks, 7) - 7, 0, True),
        (greatest(office.desks, 7) - 7, 1, False),
        (greatest(office.desks, 7) - 6, 1, True),
        (least(greatest(office.desks, 3), 7) - 3, 0, True),
        (least(greatest(office.desks, 3), 2) - 3, 0, False),
        (office.desks - 1, 0, False),
        (greatest(office.desks, 7) - Fraction(13, 2), 0, True),
        ((greatest(office.desks, 7) - Fraction(13, 2)) * 1, 0, True),
        # Half of a half is less than either.
        ((office.desks + Fraction(1, 2)) * Fraction(1, 2) - Fraction(1, 2), 0, False),
    ],
)  # fmt: skip
def test_what_is_shown_never_to_be_negative(value: Expression, bound: int, is_shown: bool) -> None:
    assert at_least(as_node(value), bound) is is_shown
