"""Exact numbers: how they are given in rules and how they are written."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_rules.language import RATIONAL, RuleTypeError, percent
from policy_rules.language.exact import MOST_PLACES, number_text, number_words
from policy_rules.language.expressions import Constant, lift
from tests.support.made_up_rules import office
from tests.support.writing import says


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (Fraction(10548, 25), "421.92"),
        (Fraction("105.48"), "105.48"),
        (Fraction(1, 8), "0.125"),
        (Fraction(-1, 2), "-0.5"),
        (Fraction(-7, 4), "-1.75"),
        (Fraction(1, 3), "1/3"),
        (Fraction(-5, 6), "-5/6"),
        (Fraction(4), "4"),
        (Fraction(1000), "1000"),
        (-12, "-12"),
        (0, "0"),
        (Fraction(1, 10**36), "0." + "0" * 35 + "1"),
        (Fraction(1, 10**37), f"1/{10**37}"),
        (Fraction(3, 2**37), f"3/{2**37}"),
    ],
)
def test_a_number_is_a_decimal_where_that_ends(number: int | Fraction, text: str) -> None:
    assert number_text(number) == text


@given(st.fractions())
def test_what_is_written_is_the_number(number: Fraction) -> None:
    text = number_text(number)
    assert Fraction(text) == number
    assert ("/" in text) == (10**MOST_PLACES % number.denominator != 0)


def test_decimals_in_rules_are_exact() -> None:
    price = says("1/1").sets("price", Decimal("105.48"), since={date(2020, 1, 1): Decimal("1e2")})
    assert (price.type, price.values) == (
        RATIONAL,
        ((None, Fraction(2637, 25)), (date(2020, 1, 1), Fraction(100))),
    )
    assert str(office.desks * Decimal("0.1")) == "(office.desks * 0.1)"
    three = lift(Decimal("3.00"))
    assert isinstance(three, Constant)
    assert (three.value, type(three.value)) == (3, int)


def test_shares_in_per_cent() -> None:
    assert percent(40) == Fraction(2, 5)
    assert percent(Decimal("12.5")) == Fraction(1, 8)
    assert percent(Fraction(100, 3)) == Fraction(1, 3)
    with pytest.raises(RuleTypeError, match=r'write a whole number, `Decimal\("12.5"\)`'):
        percent(12.5)  # type: ignore[arg-type]


ROUND = 'round with `rounded(x, to=1, how="half_up")`'
QUOTIENT = 'round a quotient: `rounded(x / y, how="down")`'
REFUSED: list[tuple[Callable[[], object], str]] = [
    (lambda: round(office.desks / 2), f"`round` is not for rules: {ROUND}"),
    (lambda: round(office.desks / 2, 1), f"`round` is not for rules: {ROUND}"),
    (lambda: math.floor(office.desks / 2), f"`math.floor` is not for rules: {ROUND}"),
    (lambda: math.ceil(office.desks / 2), f"`math.ceil` is not for rules: {ROUND}"),
    (lambda: math.trunc(office.desks / 2), f"`math.trunc` is not for rules: {ROUND}"),
    (lambda: int(office.desks), f"`int` is not for rules: {ROUND}"),
    (lambda: range(office.desks), f"`int` is not for rules: {ROUND}"),
    (
        lambda: float(office.desks),
        "`float` is not for rules: numbers in rules are exact: write `x`",
    ),
    (lambda: office.desks // 5, f"`//` is not for rules: {QUOTIENT}"),
    (lambda: 5 // office.desks, f"`//` is not for rules: {QUOTIENT}"),
    (lambda: divmod(office.desks, 5), f"`divmod` is not for rules: {QUOTIENT}"),
    (lambda: office.desks % 5, "`%` is not for rules: there is no remainder in rules"),
    (lambda: office.desks**2, "`**` is not for rules: multiply: `x * x`"),
    (lambda: -office.desks, "`-x` is not for rules: subtract: `0 - x`"),
    (lambda: +office.desks, "`+x` is not for rules: write `x`"),
    (lambda: abs(office.desks), "`abs` is not for rules: write `greatest(x, 0 - x)`"),
    (lambda: "a" in office.places, "`in` is not for rules: ask with `x.is_in(xs)`, `xs.has(x)`"),
    (lambda: list(office.places), "`in` is not for rules: ask with `x.is_in(xs)`, `xs.has(x)`"),
    (lambda: office.places[0], "`in` is not for rules: ask with `x.is_in(xs)`, `xs.has(x)`"),
    (lambda: lift(Decimal("NaN")), "Decimal('NaN') is no number"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "message"), REFUSED)
def test_what_python_has_and_rules_have_not(written: Callable[[], object], message: str) -> None:
    with pytest.raises(RuleTypeError) as error:
        written()
    assert str(error.value) == message
    assert error.value.zh


def test_a_literal_can_be_divided() -> None:
    assert str(12 / office.floors) == "(12 / office.floors)"


@pytest.mark.parametrize(
    ("value", "at_least", "said"),
    [
        (0, 0, "0"), (999, 0, "999"), (1_000, 0, "1,000"), (-1_234_567, 0, "-1,234,567"),
        (Fraction(123_456, 100), 0, "1,234.56"), (Fraction(-1, 2), 0, "-0.5"),
        (1_000, 2, "1,000.00"), (Fraction(10_000, 3), 0, "10000/3"),
    ],
)  # fmt: skip
def test_from_a_thousand_on_in_groups_of_three(
    value: int | Fraction, at_least: int, said: str
) -> None:
    assert number_words(value, at_least) == said
