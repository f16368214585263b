"""Related facts that share a field with the subject, on every engine; values derived by hand."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest

from policy_rules.facts import Fact
from policy_rules.language import (
    RuleTypeError,
    count,
    each,
    every,
    greatest,
    none,
    some,
    subject,
    the,
    total,
)
from policy_rules.language.expressions import Expression
from policy_rules.police import Station
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Clerk, Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, O, directive, office, value_is
from tests.support.present import COMPILED

ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
# Clerks of the office's colour, whether or not they are of the office.
alike = each(Clerk, colour=office.colour)
RED: Final = O(colour=Colour.RED)


def clerk(name: str, colour: Colour | None, **more: Any) -> Clerk:
    return Clerk(id=name, colour=colour, **more)


def told(
    value: Expression, fact: Fact, facts: list[Fact], whole: bool = True, type_: Any = bool
) -> tuple[Any, tuple[str, ...]]:
    """What every engine says of an expression over a fact, and what it needs."""
    made = directive(value_is(type_, value, subject(type(fact))))
    around = container([fact, *facts], [Clerk, Claim, Office] if whole else [])
    found = {
        (answer.value, answer.needs)
        for answer in (
            made.policy(as_of=DAY, engine=engine).decide(fact, "told", around) for engine in ENGINES
        )
    }
    (answer,) = found
    return answer


ONE, TWO = clerk("a", Colour.RED, files=2), clerk("b", Colour.GREEN, files=3)
OPEN: Final = clerk("c", None, files=4)


@pytest.mark.parametrize(
    ("asked", "fact", "facts", "whole", "value", "needs"),
    [
        (count(alike) <= 1, RED, [ONE, TWO], True, True, ()),
        (count(alike) >= 2, RED, [ONE, TWO], True, False, ()),
        (count(alike) >= 1, RED, [ONE], False, True, ()),
        (count(alike) >= 2, RED, [ONE], False, None, ("complete.clerks",)),
        # Of either side unknown: the member may count.
        (count(alike) >= 2, RED, [ONE, OPEN], True, None, ("clerks/c.colour",)),
        (count(alike) >= 3, RED, [ONE, TWO, OPEN], True, None, ("clerks/c.colour",)),
        (count(alike) >= 1, O(), [ONE, TWO], True, None, ("offices/O.colour",)),
        (count(alike) >= 1, O(), [OPEN], True, None, ("clerks/c.colour", "offices/O.colour")),
        (count(alike) >= 1, O(), [], True, False, ()),
        (count(alike) >= 1, O(), [], False, None, ("complete.clerks",)),
        (some(alike, alike.files >= 2), RED, [ONE, TWO], True, True, ()),
        (some(alike, alike.files >= 3), RED, [ONE, TWO], True, False, ()),
        (none(alike, alike.files >= 3), RED, [ONE, TWO], True, True, ()),
        (every(alike, alike.files <= 2), RED, [ONE, TWO], True, True, ()),
        (every(alike, alike.files <= 1), RED, [ONE, TWO], True, False, ()),
        (every(alike, alike.files <= 3), RED, [ONE, TWO, OPEN], True, None, ("clerks/c.colour",)),
        (total(alike, alike.files) >= 2, RED, [ONE, TWO], False, True, ()),
        (total(alike, alike.files).is_(2), RED, [ONE, TWO], True, True, ()),
        (greatest(alike, alike.files, otherwise=9).is_(2), RED, [ONE, TWO], True, True, ()),
        (greatest(alike, alike.files, otherwise=9).is_(9), RED, [TWO], True, True, ()),
    ],
)
def test_facts_that_share_a_choice(
    asked: Expression, fact: Fact, facts: list[Fact], whole: bool, value: Any, needs: Any
) -> None:
    assert told(asked, fact, facts, whole) == (value, needs)


of_office = each(Clerk, office_id=office, colour=office.colour)
as_founded = each(Clerk, since=office.founded)
as_many = each(Claim, amount=office.desks)
reds = each(Clerk, colour=Colour.RED)
claim = subject(Claim)
same_office = each(Clerk, office_id=claim.office_id)
of_the_clerks_office = each(Claim, office_id=the(Clerk, claim.clerk_id).office_id)


@pytest.mark.parametrize(
    ("asked", "fact", "facts", "value", "needs"),
    [
        # A link and an equal field: b is of another colour, c of another office.
        (count(of_office), RED, [clerk("a", Colour.RED, office_id="O"),
         clerk("b", Colour.GREEN, office_id="O"), clerk("c", Colour.RED, office_id="P"),
         Office(id="P")], 1, ()),
        (count(as_founded), O(founded=DAY), [Clerk(id="a", since=DAY),
         Clerk(id="b", since=date(2018, 1, 1))], 1, ()),
        (count(as_many), O(desks=3), [Claim(id="x", amount=3), Claim(id="y", amount=4)], 1, ()),
        (count(reds), O(), [ONE, TWO], 1, ()),
        # A reference that both have, and one that is reached by another.
        (count(same_office), Claim(id="x", office_id="O"), [O(),
         clerk("a", None, office_id="O"), clerk("b", None, office_id="P"), Office(id="P")], 1, ()),
        (count(same_office), Claim(id="x"), [clerk("b", None, office_id="P"), Office(id="P")],
         None, ("claims/x.office_id",)),
        (count(of_the_clerks_office), Claim(id="x", clerk_id="a"), [
            O(), clerk("a", None, office_id="O"), Claim(id="y", office_id="O"),
         ], None, ("claims/x.office_id",)),
        (count(of_the_clerks_office), Claim(id="x", office_id="P"), [O(), Office(id="P")],
         None, ("claims/x.clerk_id",)),
    ],
)  # fmt: skip
def test_facts_that_share_other_fields(
    asked: Expression, fact: Fact, facts: list[Fact], value: Any, needs: Any
) -> None:
    assert told(asked, fact, facts, type_=int) == (value, needs)


# Of one's own colour, or (a senior) hired on the day on which the office was founded.
anyone = each(Clerk)
EITHER: Final = anyone.colour.is_(office.colour) | (
    anyone.senior & anyone.since.is_(office.founded)
)
FOUNDED: Final = O(colour=Colour.RED, founded=DAY)


@pytest.mark.parametrize(
    ("asked", "fact", "facts", "whole", "value", "needs"),
    [
        (count(anyone, EITHER), FOUNDED, [
            clerk("a", Colour.RED, senior=False, since=DAY),
            clerk("b", Colour.GREEN, senior=True, since=DAY),
            clerk("c", Colour.RED, senior=True, since=DAY),  # by both, and one clerk all the same
            clerk("d", Colour.GREEN, senior=True, since=date(2018, 1, 1)),
            clerk("e", Colour.GREEN, senior=False, since=DAY),
        ], True, 3, ()),
        (total(anyone, anyone.files, where=EITHER), FOUNDED, [
            clerk("a", Colour.RED, senior=True, since=DAY, files=2),
            clerk("b", Colour.GREEN, senior=True, since=DAY, files=3),
        ], True, 5, ()),
        # What is not asked for, since another branch or a condition has settled it.
        (count(anyone, EITHER), FOUNDED, [clerk("a", Colour.RED)], True, 1, ()),
        (count(anyone, EITHER), FOUNDED, [clerk("a", None, senior=False)], True, None,
         ("clerks/a.colour",)),
        (count(anyone, EITHER), FOUNDED, [clerk("a", Colour.GREEN, senior=True)], True, None,
         ("clerks/a.since",)),
        (count(anyone, EITHER), O(founded=DAY), [
            clerk("a", Colour.GREEN, senior=True, since=DAY),
            clerk("b", Colour.GREEN, senior=False, since=DAY),
        ], True, None, ("offices/O.colour",)),
        (count(anyone, EITHER) >= 1, O(founded=DAY), [
            clerk("a", Colour.GREEN, senior=True, since=DAY),
        ], False, True, ()),
        # Of the office's day nothing is known: only what is senior may count by it.
        (count(anyone, EITHER), RED, [
            clerk("a", Colour.RED, senior=True, since=DAY),
            clerk("b", Colour.GREEN, senior=False, since=DAY),
        ], True, 1, ()),
        # Of which one alternative joins by nothing.
        (count(anyone, anyone.colour.is_(office.colour) | anyone.senior), RED, [
            clerk("a", Colour.RED, senior=False),
            clerk("b", Colour.GREEN, senior=True),
            clerk("c", Colour.GREEN, senior=False),
        ], True, 2, ()),
        (count(anyone, anyone.senior & EITHER), FOUNDED, [
            clerk("a", Colour.RED, senior=False, since=DAY),
            clerk("b", None, senior=False),
            clerk("c", Colour.RED, senior=True),
        ], True, 1, ()),
    ],
)  # fmt: skip
def test_facts_that_share_one_of_two_fields(
    asked: Expression, fact: Fact, facts: list[Fact], whole: bool, value: Any, needs: Any
) -> None:
    type_ = bool if isinstance(value, bool) else int
    assert told(asked, fact, facts, whole, type_) == (value, needs)


def test_members_within_members() -> None:
    """For each clerk of the office, the claims of as many pieces as the clerk has files."""
    mates = each(Clerk, office_id=office)
    claims = each(Claim, amount=mates.files)
    facts: list[Fact] = [
        clerk("a", Colour.RED, office_id="O", files=2),
        clerk("b", Colour.RED, office_id="O", files=3),
        Claim(id="x", amount=2),
        Claim(id="y", amount=2),
        Claim(id="z", amount=4),
    ]
    assert told(count(mates, count(claims) >= 2), O(), facts, type_=int) == (1, ())
    assert told(total(mates, count(claims)), O(), facts, type_=int) == (2, ())


def test_the_compiled_engine_looks_them_up() -> None:
    """It does not try each fact of the class for each subject."""
    policy = directive(value_is(int, count(alike))).policy(as_of=DAY)
    policy.decide(RED, "told")
    engine: Any = policy._engine
    looked_up = [text for text in engine._module.functions if "'colour'" in text]
    assert looked_up != []
    assert all("facts.related(fact_class" in text for text in looked_up)


def test_types_are_checked_when_they_are_built() -> None:
    with pytest.raises(RuleTypeError, match="cannot compare choice of Colour with integer"):
        each(Clerk, colour=office.desks)
    with pytest.raises(RuleTypeError, match="clerk has no field `town`"):
        each(Clerk, town=office.motto)
    with pytest.raises(RuleTypeError, match="refer to different things: clerks and offices"):
        each(Clerk, office_id=claim.clerk_id)
    with pytest.raises(RuleTypeError, match="a related fact has one link"):
        each(Claim, office_id=office, clerk_id=subject(Clerk))
    with pytest.raises(RuleTypeError, match="`senior` of clerk does not refer to a office"):
        each(Clerk, senior=office)
    with pytest.raises(RuleTypeError, match="compare the number of one year"):
        each(Station, grades=subject(Station).grades)
