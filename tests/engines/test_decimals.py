"""Decimals in rules: fields of them, and definitions of so many places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import duckdb
import pytest

import policy_rules as pr
from policy_rules.language import (
    RATIONAL,
    Clause,
    RuleTypeError,
    average,
    each,
    first_known,
    greatest,
    percent,
    rounded,
    subject,
    tiers,
)
from policy_rules.language.decimals import places_of
from policy_rules.language.expressions import Constant, Expression, Noted, as_node, at_least
from policy_rules.language.rails import fraction
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Clerk, Office
from tests.support.made_up_rules import DAY, LABELS, O, decided, directive, office, told, value_is
from tests.support.parcels import PARCELS, Parcel, premium, refund
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, says

RENT = office.rent
CLERKS = each(Clerk, office_id=office)

VALUES: list[tuple[Expression, Office, str | None]] = [
    (RENT, O(rent=Decimal("5.25")), "5.25"),
    (RENT, O(rent=Decimal("-0.00")), "0"),
    (RENT, O(rent=5), "5"),
    (RENT, O(), None),
    (RENT + Decimal("0.05"), O(rent=Decimal("5.25")), "5.3"),
    (RENT - office.desks, O(rent=Decimal("-2.99"), desks=9), "-11.99"),
    (RENT * office.desks, O(rent=Decimal("0.01"), desks=9), "0.09"),
    (RENT / office.floors, O(rent=Decimal("0.01"), floors=3), "1/300"),
    (greatest(RENT, office.desks), O(rent=Decimal("5.01"), desks=5), "5.01"),
    (greatest(RENT, office.desks), O(rent=Decimal("4.99"), desks=5), "5"),
    (first_known(RENT, office.desks / 2), O(desks=5), "2.5"),
    (first_known(RENT, office.desks / 2), O(rent=Decimal("0.01"), desks=5), "0.01"),
    (rounded(RENT, Decimal("0.1"), how="half_even"), O(rent=Decimal("5.25")), "5.2"),
    (rounded(RENT, how="up"), O(rent=Decimal("-2.01")), "-3"),
    (tiers(RENT, (1, percent(10)), percent(50)), O(rent=Decimal("1.25")), "0.225"),
]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(("value", "fact", "expected"), VALUES)
def test_values(engine: EngineName, value: Expression, fact: Office, expected: str | None) -> None:
    policy = directive(value_is(RATIONAL, value)).policy(as_of=DAY, engine=engine)
    assert policy.decide(fact, "told").as_json()["value"] == expected


CONDITIONS: list[tuple[Expression, Office, bool | None]] = [
    (Decimal("5.25") <= RENT, O(rent=Decimal("5.25")), True),
    (Decimal("5.25") < RENT, O(rent=Decimal("5.25")), False),
    (Decimal("5.245") < RENT, O(rent=Decimal("5.25")), True),
    (RENT.is_(office.desks), O(rent=Decimal("5.00"), desks=5), True),
    (RENT * 3 > 16, O(rent=Decimal("5.34")), True),
    (RENT * 3 > 16, O(rent=Decimal("5.33")), False),
    (RENT < 0, O(), None),
    (RENT.is_known(), O(), False),
    (RENT.is_known(), O(rent=0), True),
]


@pytest.mark.parametrize(("condition", "fact", "truth"), CONDITIONS)
def test_conditions(condition: Expression, fact: Office, truth: bool | None) -> None:
    assert told(condition, fact)[0] is truth


def test_what_is_needed_is_the_field() -> None:
    assert told(RENT > 1, O())[1] == ("offices/O.rent",)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("worth", "pieces", "due", "back"),
    [
        ("20.10", 4, "0.1", "19.9"),  # 0.1005; 0.20 less
        ("3", 2, "0.02", "2.9"),  # 0.015 is as near to both
        ("2.99", 2, "0.01", "2.89"),  # 0.01495
        ("-0.50", 0, "0", "-0.5"),  # -0.0025
        ("10000000", 2_000_000, "50000", "9900000"),
    ],
)
def test_money(engine: EngineName, worth: str, pieces: int, due: str, back: str) -> None:
    policy = pr.load(PARCELS).policy(as_of=DAY, engine=engine)
    parcel = Parcel(id="P", worth=Decimal(worth), pieces=pieces)
    assert policy.decide(parcel, "premium").as_json()["value"] == due
    assert policy.decide(parcel, "refund").as_json()["value"] == back
    assert policy.decide(parcel, "refund").value == Fraction(back)


def test_in_tables_money_is_a_decimal() -> None:
    """One exact column, and no denominator; of a number that may never end there are two."""
    connection = duckdb.connect()
    connection.execute("CREATE TABLE parcels AS SELECT 'P' AS id, 4 AS pieces, 20.10 AS worth")
    on = pr.on(pr.load(PARCELS).policy(as_of=DAY), connection)
    for name, places, value in (("premium", 2, "0.10"), ("refund", 3, "19.900")):
        found = on.decisions(Parcel, name)
        assert found.columns == ["id", "value", "cites", "conflict", "needs"]
        assert str(found.types[1]) == f"DECIMAL(38,{places})"
        assert str(found.fetchall()[0][1]) == value
    charge = on.decisions(Parcel, "charge")
    assert charge.columns == ["id", "value", "denominator", "cites", "conflict", "needs"]
    before = pr.on(pr.load(PARCELS).policy(as_of=date(2018, 1, 1)), connection)
    early = before.decisions(Parcel, "premium")
    assert (str(early.types[1]), early.fetchall()[0][1]) == ("DECIMAL(38,2)", None)


def test_rules_of_different_denominators_give_one_decimal() -> None:
    """5/2, 0.25, and a whole number: three rules, of which a query knows the divisor late."""
    with_places = directive(
        _defined(
            [
                (office.open, rounded(office.desks / 2, Fraction(1, 2), how="up")),
                (office.large, RENT),
            ],
            office.desks,
        )
    )  # fmt: skip
    for fact, expected in (
        (O(open=True, large=False, desks=5), Fraction(5, 2)),
        (O(open=False, large=True, rent=Decimal("0.25"), desks=5), Fraction(1, 4)),
        (O(open=False, large=False, desks=5), 5),
        (O(open=False, large=False), None),
    ):
        assert decided(with_places, fact).value == expected


def _defined(rules: list[tuple[Expression, Expression]], otherwise: Expression) -> Any:
    made = Clause("1", "章", "clause").defines(office, "told", Decimal, places=2)(**LABELS)
    return made.by(
        *(at("1/1")("字").makes(value, when=when) for when, value in rules),
        otherwise=at("1/2")("字").makes(otherwise),
    )


PLACES: list[tuple[Expression, int | None]] = [
    (office.desks, 0), (RENT, 2), (RENT + office.desks, 2), (RENT * RENT, 4),
    (RENT * Decimal("0.125"), 5), (RENT / 2, None), (RENT * Fraction(1, 3), None),
    (rounded(RENT / 3, Decimal("0.01"), how="up"), 2),
    (rounded(RENT, Fraction(1, 3), how="up"), None),
    (greatest(RENT, Decimal("0.001")), 3), (first_known(RENT, office.desks / 2), None),
    (tiers(RENT, (1, percent(10)), percent(Decimal("2.5"))), 5),
    (says("1/1").sets("price", Decimal("1.5")), None),
    (average(CLERKS, CLERKS.files, otherwise=0), None),
    (Constant(Fraction(1, 4)), 2), (refund.of(subject(Parcel)), 3),
    (Noted(as_node(RENT), "1/1", "字", "事", "thing"), 2),
]  # fmt: skip


@pytest.mark.parametrize(("value", "places"), PLACES)
def test_after_how_many_places_a_number_ends(value: Expression, places: int | None) -> None:
    assert places_of(as_node(value)) == places


def test_a_value_of_more_places_than_its_definition_has_is_refused() -> None:
    with pytest.raises(RuleTypeError) as error:
        _defined([(office.open, RENT * Decimal("0.1"))], office.desks)
    assert str(error.value) == (
        "1/1: `told` has 2 decimal places, `(office.rent * 0.1)` may have more: round it with "
        '`rounded(…, Decimal("0.01"), how=…)`'
    )
    assert (premium.places, refund.places) == (2, 3)


@pytest.mark.parametrize(("type_", "places"), [(int, 2), (Decimal, 0), (Decimal, 13)])
def test_places_that_a_definition_cannot_have(type_: type, places: int) -> None:
    with pytest.raises(RuleTypeError, match="`places` are 1 to 12"):
        Clause("1", "章", "clause").defines(office, "told", type_, places=places)


def test_what_of_them_is_shown_not_to_be_negative() -> None:
    assert not at_least(as_node(RENT), 0)
    assert at_least(as_node(subject(Parcel).pieces), 0)


def test_fractions_over_a_divisor_in_common_stay_small() -> None:
    """Of three over one divisor that is not known beforehand, it is written once, not thrice."""
    left, under = fraction(as_node((1 + RENT / office.floors) + (office.desks / office.floors) * 2))
    assert str(under) == "(100 * office.floors)"
    assert "* office.floors) * office.floors" not in str(left)
    over, constant = fraction(as_node(Fraction(1, 6) * office.desks + Fraction(1, 4)))
    assert (str(over), str(constant)) == ("((office.desks * 2) + 3)", "12")


OPEN_PRICE = says("1/1").leaves_open("open_price", Decimal)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_open_parameter_is_needed(engine: EngineName) -> None:
    value = rounded(OPEN_PRICE * office.desks, Decimal("0.01"), how="half_up")
    policy = directive(value_is(RATIONAL, value)).policy(as_of=DAY, engine=engine)
    answer = policy.decide(O(desks=3), "told")
    assert (answer.value, answer.needs) == (None, ("parameters.open_price",))
    given = {"open_price": Decimal("0.105")}
    policy = directive(value_is(RATIONAL, value)).policy(as_of=DAY, engine=engine, parameters=given)
    assert policy.decide(O(desks=3), "told").as_json()["value"] == "0.32"  # 0.315


def test_large_products_of_few_digits_each() -> None:
    """What databases make of literals and of years has 32 bits; the product needs more."""
    years = office.founded.year() * 2_000_000
    assert told(years > 4_000_000_000, O(founded=DAY))[0] is True
    assert told(greatest(years, 3) * rounded(years / 7, 10, how="down") > 0, O(founded=DAY))[0]
    steps = rounded(office.founded.year() / 2, 100, how="up")
    assert told(steps * 10_000_000 > 11_000_000_000, O(founded=DAY))[0] is False
    assert told(first_known(office.desks, office.founded.year()) * 10**9 > 1, O(founded=DAY))[0]
