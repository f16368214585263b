"""How conditions become events and rules of durable-rules, and what of them does not.

What an expression comes to is compared with what the other engines make of it.
"""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.engines.durable import encoding
from policy_rules.engines.durable.cutting import MOST_ALTERNATIVES
from policy_rules.engines.durable.lowering import Lowered, lowered
from policy_rules.facts import Fact
from policy_rules.language import (
    AS_OF,
    count,
    each,
    first_known,
    some,
    subject,
)
from policy_rules.language.expressions import Expression, Node, all_of, any_of
from policy_rules.testing.comparing import compared
from policy_rules.testing.made_up import Clerk, Colour, Office
from tests.support.found import LABELS, SAYS, decided, directive, found
from tests.support.present import QUICK, needs_durable
from tests.support.writing import at, defining, says

DAY = date(2019, 9, 1)
office = subject(Office)


def value(expression: Expression, fact: Fact, *others: Fact) -> bool | None:
    """What an expression comes to for a fact, as a condition and as a value, on every engine."""
    no = at("1/2")("应当").makes(False)
    held = at("1/1")("应当").makes(True, when=expression)
    given = at("1/3")("应当").makes(expression)
    of = subject(type(fact))
    made = directive(
        defining(of, "held", bool)(**LABELS).by(held, otherwise=no),
        defining(of, "given", bool)(**LABELS).by(given),
    )
    answers = [decided(made, name, DAY, [fact, *others]).value for name in ("held", "given")]
    assert answers[0] is answers[1]
    truth: bool | None = answers[0]
    return truth


@needs_durable
def test_unknown_passes_no_test_by_accident() -> None:
    """Each comparison, as it is written for durable-rules, fails on an unknown field."""
    for expression in (
        office.desks < 4, office.desks <= 4, office.desks.is_not(4), office.desks.is_(4),
        office.desks >= -4, office.founded < DAY, office.colour.is_not(Colour.RED),
        office.open, ~office.open, ~office.places.has("3503"), office.motto.is_not(""),
        office.checked_at < datetime(2019, 1, 1), office.desks * 2 <= office.floors * 5,
        office.desks / 2 < office.floors + 1, office.visits.in_year(-1) < 4,
    ):  # fmt: skip
        assert value(expression, Office(id="O")) is None, expression
        rules = lowered(expression)
        for alternative in (*rules.true, *rules.false):
            assert any(not passes(test, encoding.UNKNOWN) for test in alternative), expression


def passes(test: Any, found: int) -> bool:
    """Whether a number passes a test."""
    compare = {"==": int.__eq__, "!=": int.__ne__, "<": int.__lt__, "<=": int.__le__,
               ">": int.__gt__, ">=": int.__ge__}  # fmt: skip
    return compare[test.op](found, test.constant)


# Values


@needs_durable
@pytest.mark.parametrize("bound", [12, 2**31 - 3, 2**31 - 2, 2**31, 2**63, 10**30])
def test_numbers_of_any_size_are_compared_exactly(
    bound: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The limits of 32 and 64 bits are none: not of the rule's number, nor of the fact's."""
    if bound >= 2**63:  # a column of the engine `sql` holds what the field declares, and no more
        monkeypatch.setattr("tests.support.found._ENGINES", ("interpreter", *QUICK))
    for number in (bound - 1, bound, bound + 1):
        fact = Office(id="O")
        object.__setattr__(fact, "desks", number)  # no field of the vocabulary is so great
        object.__setattr__(fact, "floors", bound)
        assert value(office.desks >= bound, fact) is (number >= bound)
        assert value(office.desks < bound, fact) is (number < bound)
        assert value(office.desks.is_(bound), fact) is (number == bound)
        assert value(office.desks > office.floors, fact) is (number > bound)
        assert value(office.desks.is_not(office.floors), fact) is (number != bound)
        assert value((-1) * office.desks <= -bound, fact) is (number >= bound)


@needs_durable
def test_dates_moments_shares_and_texts_are_compared_exactly() -> None:
    """What durable-rules has no values for is compared as what it has."""
    fact = Office(
        id="O", founded=date(2019, 2, 28), checked_at=datetime(2019, 9, 1, 8, 0, 1), desks=1,
        floors=3, motto="a b", colour=Colour.BLUE,
    )  # fmt: skip
    assert value(office.founded >= date(2019, 2, 28), fact) is True
    assert value(office.founded > date(2019, 2, 28), fact) is False
    assert value(office.founded.plus_years(1) > office.founded, fact) is True
    assert value(office.founded.plus_years(0).is_(office.founded), fact) is True
    assert value(office.checked_at > datetime(2019, 9, 1, 8), fact) is True
    assert value(office.checked_at.is_(datetime(2019, 9, 1, 8)), fact) is False
    assert value(office.desks / 3 < office.floors / 8, fact) is True
    assert value(office.motto.is_("a b"), fact) is True
    assert value(office.motto.is_not("a  b"), fact) is True
    other = Clerk(id="C", office_id="O", colour=Colour.RED)
    assert value(some(each(Clerk, office_id=office), office.colour.is_(Colour.BLUE)), fact, other)


# Conditions that are too wide


def wide(number: int) -> Node:
    """A condition of many parts, each an alternative of two."""
    parts = (
        any_of(office.desks.is_(n % 9), (office.floors > n % 7) & office.open)
        for n in range(number)
    )
    return all_of(*parts)


@needs_durable
@pytest.mark.parametrize("number", [3, 30, 90])
def test_a_condition_too_wide_is_cut(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Into parts of an event each; it comes to what it came to whole."""
    events: list[Lowered] = []

    def kept(node: Node) -> Lowered:
        events.append(lowered(node))
        return events[-1]

    monkeypatch.setattr("policy_rules.engines.durable.chain.lowered", kept)
    for condition in (wide(number), ~wide(number)):
        for fact in (
            Office(id="O", desks=0, floors=9, open=True), Office(id="O", desks=0, open=False),
        ):  # fmt: skip
            events.clear()
            value(condition, fact)
            assert max(each.rules for each in events) <= MOST_ALTERNATIVES + 1
            assert (len(events) > 10) is (number > 3)


@needs_durable
def test_truths_are_compared_whatever_they_are_made_of() -> None:
    """Conditions compared, known or else another one, and known at all: cut to single fields."""
    both, either = office.open & office.large, office.open | office.large
    facts = [Office(id="O", open=a, large=b) for a in (None, False, True) for b in (None, True)]
    for fact in facts:
        known = fact.open is True or fact.large is True or None not in (fact.open, fact.large)
        assert value(either.is_known(), fact) is known
        same = value(both.is_(either), fact)
        assert same is (fact.open == fact.large if None not in (fact.open, fact.large) else None)
        settled = fact.open is False or None not in (fact.open, fact.large)
        joined = value(both.is_(either) | both.is_known(), fact)
        assert joined is (True if same or settled else same)
        first = value(first_known(both, office.large), fact)
        assert first is ((fact.open and fact.large) if settled else fact.large)


@needs_durable
def test_what_can_be_known_in_many_ways_is_computed() -> None:
    """Each `first_known` in a comparison doubles the ways; from a few on, it is not asked."""
    parts = [first_known(office.desks, office.floors) for _ in range(6)]
    total: Any = parts[0]
    for more in parts[1:]:
        total = total + more
    assert value(total >= 12, Office(id="O", floors=2)) is True
    assert value(total >= 12, Office(id="O", desks=1)) is False
    assert value(total >= 12, Office(id="O")) is None
    assert value(~(total > 12).is_known(), Office(id="O")) is True


@needs_durable
def test_what_one_event_cannot_carry_is_computed() -> None:
    """An event has some 250 fields at most; a condition that is not to be cut can read more."""
    parts: list[Any] = [office.visits.in_year(-year) for year in range(1, 257)]
    while len(parts) > 1:
        parts = [one + other for one, other in zip(parts[::2], parts[1::2], strict=True)]
    (total,) = parts
    condition = (first_known(total, office.desks) >= 3) & (office.large | office.open)
    assert value(condition, Office(id="O", desks=3, large=True)) is True
    assert value(condition, Office(id="O", desks=3)) is None


@needs_durable
def test_a_condition_is_asked_for_each_rule_that_it_is_of() -> None:
    """Also where it stands in a rule that does not apply, for which it is not asked."""
    shared = office.large & office.open
    of = directive(
        says("1/1", **SAYS).demands(office, shared, applies=date(2000, 1, 1) > AS_OF),
        says("1/2", **SAYS).demands(office, shared, applies=office.desks > 3),
        says("1/3", **SAYS).demands(office, office.desks > 3, applies=shared),
        says("1/4", **SAYS).demands(office, shared),
    )
    for fact in (
        Office(id="O", desks=1, large=True, open=True), Office(id="O", desks=4, large=True),
        Office(id="O", desks=1, large=False), Office(id="O", large=True, open=True),
    ):  # fmt: skip
        facts = pr.Facts(others=[fact])
        one, other = (of.policy(as_of=DAY, engine=name) for name in ("interpreter", "durable"))
        assert compared(one, other, facts) == (4, [])


@needs_durable
def test_what_a_rule_demands_is_not_asked_where_it_does_not_apply() -> None:
    """Also where it fills rule sets of its own, none of which then gets an event."""
    ruled = says("1/1", **SAYS).demands(office, wide(90), applies=office.large)
    for fact, status in (
        (Office(id="O", large=False), pr.Status.NOT_APPLICABLE),
        (Office(id="O", large=True, desks=0), pr.Status.UNDETERMINED),
        (Office(id="O", large=True, desks=0, open=False), pr.Status.BREACHED),
    ):
        assert found(directive(ruled), DAY, [fact]).status is status


# Chains of definitions


@needs_durable
def test_a_definition_is_posted_to_the_next_and_read_of_other_facts_too() -> None:
    """What is derived of the subject comes from the chain; of another fact, from its own rules."""
    size = defining(office, "size", int)(**LABELS).by(
        at("1/1")("应当").makes(3, when=office.large),
        otherwise=at("1/2")("应当").makes(
            first_known(office.desks, count(each(Clerk, office_id=office)))
        ),
    )
    great = defining(office, "great", bool)(**LABELS).by(
        at("1/3")("应当").makes(size.of(office) >= 2)
    )
    member = each(Office, great)
    among = defining(office, "among", bool)(**LABELS).by(
        at("1/4")("应当").makes(some(member, member.great) & great.of(office))
    )
    of = directive(size, great, among)
    clerks = [Clerk(id=f"C{n}", office_id="O") for n in range(2)]
    for fact, expected in (
        (Office(id="O", large=True), True), (Office(id="O", large=False), True),
        (Office(id="O", large=False, desks=1), False), (Office(id="O"), None),
    ):  # fmt: skip
        answer = decided(of, "great", DAY, [fact, *clerks], [Clerk])
        assert (answer.value, bool(answer.needs)) == (expected, expected is None)
        assert decided(of, "among", DAY, [fact, *clerks], [Clerk, Office]).value is expected


@needs_durable
def test_a_count_can_lead_back_to_the_fact_before_its_definition_is_settled() -> None:
    """What is then asked of the fact is worked out there, and not taken to be unknown."""
    great = defining(office, "great", bool)(**LABELS).by(
        at("1/1")("应当").makes(True, when=office.desks > 3),
        otherwise=at("1/2")("应当").makes(False),
    )
    large = defining(office, "roomy", bool)(**LABELS).by(at("1/3")("应当").makes(office.floors > 3))
    member = each(Office, great, large)
    demands = (
        some(member, member.great), great.of(office), some(member, member.roomy), large.of(office)
    )  # fmt: skip
    rules = (
        says(f"1/{number}", **SAYS).demands(office, must) for number, must in enumerate(demands, 4)
    )
    of = directive(great, large, *rules)
    for fact in (Office(id="O", desks=4), Office(id="O", floors=4), Office(id="O", floors=1)):
        facts = pr.Facts(others=[fact])
        one, other = (of.policy(as_of=DAY, engine=name) for name in ("interpreter", "durable"))
        assert compared(one, other, facts) == (6, [])


@needs_durable
@pytest.mark.parametrize(("desks", "expected"), [(2, False), (3, True), (4, False), (None, None)])
def test_a_number_can_be_tested_twice(desks: int | None, expected: bool | None) -> None:
    """For being one number, and for a bound that this number meets."""
    fact = Office(id="O", desks=desks)
    assert value(office.desks.is_(3) & (office.desks <= 5), fact) is expected
    assert value(office.desks.is_(3) & (office.desks > 3), fact) is (
        None if desks is None else False
    )


@needs_durable
def test_the_first_known_of_shares_and_of_truths() -> None:
    """A share as a whole, whichever it is; a truth among others in one condition."""
    share = first_known(office.desks / 3, office.floors / 8) >= Fraction(1, 2)
    assert value(share, Office(id="O", desks=2)) is True
    assert value(share, Office(id="O", desks=1, floors=8)) is False
    assert value(share, Office(id="O", floors=4)) is True
    assert value(share, Office(id="O")) is None
    truth = first_known(office.open, office.large) & (office.desks >= 1)
    assert value(truth, Office(id="O", open=True, large=False, desks=1)) is True
    assert value(truth, Office(id="O", large=False)) is False
    assert value(truth, Office(id="O", desks=1)) is None
