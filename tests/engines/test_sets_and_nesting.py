"""Sets that overlap, aggregates within aggregates, values given from outside: on every engine.

Values and needs are derived by hand.
"""

from __future__ import annotations

from typing import Any, Final

import pytest

from policy_rules.engines.sql.lowering import NotLoweredError
from policy_rules.facts import Fact
from policy_rules.language import (
    RuleTypeError,
    average,
    count,
    each,
    empty,
    every,
    first_known,
    greatest,
    none,
    some,
    subject,
    total,
)
from policy_rules.language.expressions import Expression
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, O, directive, office, value_is
from tests.support.present import COMPILED

ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
RED, GREEN, BLUE = Colour
claim = subject(Claim)
clerks = each(Clerk, office_id=office)
claims = each(Claim, clerk_id=clerks)


def told(
    value: Expression,
    fact: Fact,
    facts: list[Fact] = [],  # noqa: B006 - read only
    complete: tuple[type[Fact], ...] = (Office, Clerk, Claim),
    type_: Any = bool,
) -> tuple[Any, tuple[str, ...]]:
    """What every engine says of an expression over a fact, and what it needs."""
    made = directive(value_is(type_, value, subject(type(fact))))
    around = container([fact, *facts], complete)
    found = {
        (answer.value, answer.needs)
        for answer in (
            made.policy(as_of=DAY, engine=engine).decide(fact, "told", around) for engine in ENGINES
        )
    }
    (answer,) = found
    return answer


@pytest.mark.parametrize(
    ("asked", "fact", "value", "needs"),
    [
        (office.colours.overlaps({RED, GREEN}), O(colours={GREEN, BLUE}), True, ()),
        (office.colours.any_in({RED}), O(colours={GREEN, BLUE}), False, ()),
        (office.colours.overlaps({RED}), O(colours=set()), False, ()),
        (office.colours.overlaps(empty(Colour)), O(colours={RED}), False, ()),
        (office.colours.overlaps({RED}), O(), None, ("offices/O.colours",)),
        # Unknown as soon as one side is, even where the other has no member.
        (office.colours.overlaps(empty(Colour)), O(), None, ("offices/O.colours",)),
        (~office.colours.overlaps({RED}), O(colours={GREEN}), True, ()),
        (office.places.overlaps({"3503", "3504"}), O(places={"3504", "1101"}), True, ()),
        (office.places.overlaps({"3503"}), O(places={"3504"}), False, ()),
        (office.places.overlaps({"3503"}), O(places=set()), False, ()),
        (office.places.overlaps({"3503"}), O(), None, ("offices/O.places",)),
    ],
)
def test_sets_that_overlap(asked: Expression, fact: Fact, value: Any, needs: Any) -> None:
    assert told(asked, fact) == (value, needs)


def test_sets_of_two_facts_overlap() -> None:
    near = each(Claim, office_id=office)
    facts: list[Fact] = [
        Claim(id="x", office_id="O", colours={RED}),
        Claim(id="y", office_id="O", colours={GREEN, BLUE}),
    ]
    asked = count(near, near.colours.overlaps(office.colours))
    assert told(asked, O(colours={RED, GREEN}), facts, type_=int) == (2, ())
    assert told(asked, O(colours={BLUE}), facts, type_=int) == (1, ())
    assert told(asked, O(), facts, type_=int) == (None, ("offices/O.colours",))


def test_two_columns_of_codes_are_refused_by_sql_in_words() -> None:
    made = directive(value_is(bool, office.places.overlaps(office.places)))
    assert made.policy(as_of=DAY).decide(O(places={"3503"}), "told").value is True
    with pytest.raises(NotLoweredError, match="two sets of codes compared with each other"):
        made.policy(as_of=DAY, engine="sql").decide(O(places={"3503"}), "told")


def test_types_of_sets_are_checked() -> None:
    with pytest.raises(RuleTypeError, match="the left set must be"):
        office.colours.overlaps({"3503"})
    with pytest.raises(RuleTypeError, match="is not a set"):
        office.desks.overlaps(office.floors)


A, B = Clerk(id="a", office_id="O", files=2), Clerk(id="b", office_id="O", files=5)
CLAIMS: Final[list[Fact]] = [
    Claim(id="x", clerk_id="a", amount=3, urgent=True),
    Claim(id="y", clerk_id="a", amount=4, urgent=False),
    Claim(id="z", clerk_id="b", amount=9, urgent=False),
]
ALL: Final = (Office, Clerk, Claim)


@pytest.mark.parametrize(
    ("asked", "facts", "complete", "value", "needs"),
    [
        # Of a: two claims, one of them urgent; of b: one claim.
        (count(clerks, count(claims) >= 2), [A, B, *CLAIMS], ALL, 1, ()),
        (count(clerks, some(claims, claims.urgent)), [A, B, *CLAIMS], ALL, 1, ()),
        (count(clerks, none(claims)), [A, B, *CLAIMS], ALL, 0, ()),
        (count(clerks, every(claims, claims.amount > clerks.files)), [A, B, *CLAIMS], ALL, 2, ()),
        (total(clerks, total(claims, claims.amount)), [A, B, *CLAIMS], ALL, 16, ()),
        (total(clerks, count(claims, claims.amount >= 4)), [A, B, *CLAIMS], ALL, 2, ()),
        (greatest(clerks, total(claims, claims.amount), otherwise=0), [A, B, *CLAIMS], ALL, 9, ()),
        # The greatest amount of each clerk is 4 and 9, of which the greater counts.
        (greatest(clerks, greatest(claims, claims.amount, otherwise=0), otherwise=0),
         [A, B, *CLAIMS], ALL, 9, ()),
        (count(clerks, average(claims, claims.amount, otherwise=0) > 4), [A, B, *CLAIMS], ALL, 1,
         ()),
        # The list of claims may hold more: whoever has two has at least that.
        (count(clerks, count(claims) >= 2), [A, *CLAIMS[:2]], (Office, Clerk), 1, ()),
        (count(clerks, count(claims) >= 2), [A, B, *CLAIMS], (Office, Clerk), None,
         ("complete.claims",)),
        (count(clerks, count(claims, claims.urgent) >= 1), [A, Claim(id="w", clerk_id="a")], ALL,
         None, ("claims/w.urgent",)),
        (count(clerks, count(claims) >= 1), [A, Claim(id="w")], ALL, None, ("claims/w.clerk_id",)),
    ],
)  # fmt: skip
def test_aggregates_within_aggregates(
    asked: Expression, facts: list[Fact], complete: Any, value: Any, needs: Any
) -> None:
    assert told(asked, O(), facts, complete, int) == (value, needs)


@pytest.mark.parametrize(
    ("fact", "facts", "complete", "value", "needs"),
    [
        (O(desks=7), [A, B], ALL, 7, ()),  # what is given outweighs the list
        (O(desks=0), [A, B], ALL, 0, ()),
        (O(), [A, B], ALL, 2, ()),
        (O(), [A, B], (Office,), None, ("offices/O.desks",)),  # it alone settles the matter
    ],
)
def test_a_value_that_may_be_given_from_outside(
    fact: Fact, facts: list[Fact], complete: Any, value: Any, needs: Any
) -> None:
    worked_out = first_known(office.desks, count(clerks))
    assert told(worked_out, fact, facts, complete, int) == (value, needs)


@pytest.mark.parametrize(("fact", "value"), [(O(desks=7), True), (O(desks=1), False), (O(), True)])
def test_the_bounds_of_what_is_worked_out_serve_where_nothing_is_given(
    fact: Fact, value: bool
) -> None:
    """Two clerks are on a list that may hold more: at least two there are."""
    assert told(first_known(office.desks, count(clerks)) >= 2, fact, [A, B], (Office,)) == (
        value,
        (),
    )


def test_what_is_always_known_is_never_needed() -> None:
    """Of what stands for an unknown number, and of what is worked out of it, nothing is needed."""
    floors = first_known(office.floors, 1)
    assert told(floors + office.desks, O(), type_=int) == (None, ("offices/O.desks",))
    assert told(floors * 2 + office.desks, O(desks=3), type_=int) == (5, ())
    assert told((floors >= 3) & office.open, O(floors=5)) == (None, ("offices/O.open",))
    assert told((floors >= 3) & office.open, O()) == (False, ())
