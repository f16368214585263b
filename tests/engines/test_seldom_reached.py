"""What few rules come to, on every engine: values derived by hand."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, Final

import pytest

from policy_rules.facts import NO_FACTS
from policy_rules.language import (
    RATIONAL,
    WorkCalendar,
    by_choice,
    count,
    first_known,
    rounded,
    total,
)
from policy_rules.language.expressions import Constant, Noted, as_node, at_least
from policy_rules.language.rails import rails
from policy_rules.language.recurrences import Recurrence
from policy_rules.language.units import places_shown, unit_of
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Colour, Office
from tests.engines.test_totals_of_decimals import MEAN, MOST, SUM, TWO, claims, told
from tests.support.made_up_rules import DAY, LABELS, SAYS, O, directive, office
from tests.support.present import COMPILED
from tests.support.writing import at, defining, quoted, says

ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
RED = Colour.RED
BY_SUM: Final = by_choice(office.colour, {RED: SUM}, otherwise=Decimal("0.5"))
BY_MEAN: Final = by_choice(office.colour, {RED: MEAN}, otherwise=1)


@pytest.mark.parametrize(
    ("asked", "colour", "whole", "value"),
    [
        # 2.50 and 0.10 are 2.60 at least.
        (Decimal("2.6") <= BY_SUM, RED, False, True),
        (Decimal("2.61") <= BY_SUM, RED, False, None),
        (Decimal("2.61") <= BY_SUM, RED, True, False),
        (Decimal("0.51") <= BY_SUM, Colour.BLUE, False, False),
        # 1.30 on average.
        (Decimal("1.3") <= BY_MEAN, RED, True, True),
        (Decimal("1.3") < BY_MEAN, RED, True, False),
        (Decimal("1.3") < BY_MEAN, RED, False, None),
        (BY_MEAN >= 1, Colour.BLUE, False, True),
    ],
)
def test_decimals_of_a_choice(asked: Any, colour: Colour, whole: bool, value: Any) -> None:
    assert told(asked, TWO, whole, fact=O(colour=colour))[0] is value


def test_a_total_of_more_than_64_bits() -> None:
    """2.60 times ten to the seventeenth, and to the nineteenth in hundredths."""
    great = total(claims, claims.fee * Constant(10**17), claims.urgent)
    assert told(great >= 26 * 10**16, TWO, False)[0] is True
    assert told(great > 26 * 10**16, TWO)[0] is False


def test_a_due_date_of_each_fact_can_rest_on_a_reading() -> None:
    reading = at("1/1").reading("strict", default="yes")("严？", "strict?").options(
        yes=("是", "yes"), no=("否", "no"), why=("从严", "strictly")
    )  # fmt: skip
    rule = says("1/1", **SAYS).demands(
        office, office.open | reading.is_("no"), due=office.founded.plus_years(1)
    )
    made = directive(rule)
    for engine in ENGINES:
        policy = made.policy(as_of=DAY, engine=engine)
        (finding,) = policy.auditor(Office, policy.rules.requirements_of(Office))(
            O(open=False, founded=date(2010, 1, 1)), NO_FACTS
        )
        assert (str(finding.status), finding.readings) == ("breached", {"strict": "yes"})


def test_how_they_are_written() -> None:
    fee: Any = claims.fee
    assert str(as_node(fee.is_none())) == "(claim.fee is none)"
    assert str(as_node(MOST)).startswith("greatest(claim.fee of claim where")
    assert at_least(as_node(MOST), 0)
    noted = Noted(as_node(office.open), "1/1", "字", "注", "noted")
    assert rails(noted).true is not None


def test_what_has_no_unit() -> None:
    weekly = says("1/1", **SAYS).sets("weekly", Recurrence("FREQ=WEEKLY;BYDAY=MO"))
    calendar = says("1/2", **SAYS).sets("calendar", WorkCalendar({2019}, (), ()))
    assert unit_of(as_node(weekly.without(calendar))) == ("", "")


def test_the_places_of_what_is_rounded() -> None:
    assert places_shown(as_node(rounded(claims.fee / 3, Decimal("0.1"), how="up"))) == 1


def test_bounds_of_a_choice_that_are_no_decimals() -> None:
    """2.60 in all, as a definition of which it is not said how many places it has."""
    paid = defining(office, "paid", RATIONAL)(**LABELS).by(quoted("1/1").makes(SUM))
    looked_up = by_choice(office.colour, {RED: paid.of(office)}, otherwise=MEAN)
    for bound, value in ((Decimal("2.6"), True), (Decimal("2.61"), None)):
        assert told(looked_up >= bound, TWO, False, bool, O(colour=RED), paid)[0] is value


def test_bounds_of_whole_numbers_where_others_are_not() -> None:
    """Two claims at least, where the mean fee is not known."""
    number = defining(office, "number", int)(**LABELS).by(quoted("1/1").makes(count(claims)))
    either = by_choice(office.colour, {RED: number.of(office)}, otherwise=MEAN)
    for bound, value in ((Decimal("1.5"), True), (Decimal("2.5"), None)):
        assert told(either >= bound, TWO, False, bool, O(colour=RED), number)[0] is value
    paid = defining(office, "paid", RATIONAL)(**LABELS).by(quoted("1/1").makes(SUM))
    later = first_known(MEAN, paid.of(office))
    for bound, value in ((Decimal("2.6"), True), (Decimal("2.7"), None)):
        assert told(later >= bound, TWO, False, bool, O(), paid)[0] is value
