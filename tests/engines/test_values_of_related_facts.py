"""The greatest, least, latest, earliest and mean of related facts, on every engine.

Values and needs are derived by hand.
"""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any, Final

import pytest

from policy_rules.facts import Fact
from policy_rules.language import (
    DATE,
    INTEGER,
    RATIONAL,
    RuleTypeError,
    average,
    count,
    each,
    earliest,
    greatest,
    latest,
    least,
    subject,
    total,
)
from policy_rules.language.expressions import Expression, Parameter
from policy_rules.policy import EngineName
from policy_rules.testing.made_up import Claim, Clerk
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, O, directive, office, value_is
from tests.support.present import COMPILED

clerks = each(Clerk, office_id=office)
claims_of = each(Claim, clerk_id=clerks)
most = greatest(clerks, clerks.files, clerks.senior, otherwise=2)
fewest = least(clerks, clerks.files, clerks.senior, otherwise=7)
last_day = latest(clerks, clerks.since, clerks.senior, otherwise=date(2019, 1, 1))
first_day = earliest(clerks, clerks.since, clerks.senior, otherwise=office.founded)
mean = average(clerks, clerks.files, clerks.senior, otherwise=Fraction(1, 2))
ENGINES: Final[tuple[EngineName, ...]] = ("interpreter", *COMPILED)
LIST: Final = "complete.clerks"


def clerk(name: str, files: int | None, senior: bool | None = True, of: str | None = "O") -> Clerk:
    return Clerk(id=name, office_id=of, files=files, senior=senior)


def since(name: str, day: date | None, senior: bool | None = True, of: str | None = "O") -> Clerk:
    return Clerk(id=name, office_id=of, since=day, senior=senior)


def told(
    value: Expression, facts: list[Fact], whole: bool, type_: Any = bool, fact: Fact | None = None
) -> tuple[Any, tuple[str, ...]]:
    """What every engine says of an expression over an office, and what it needs."""
    fact = fact or O()
    made = directive(value_is(type_, value, subject(type(fact))))
    around = container([fact, *facts], [Clerk, Claim] if whole else [])
    found = {
        (answer.value, answer.needs)
        for answer in (
            made.policy(as_of=DAY, engine=engine).decide(fact, "told", around) for engine in ENGINES
        )
    }
    (answer,) = found
    return answer


FIVE, THREE = clerk("a", 5), clerk("b", 3)
OPEN, MAYBE, LOOSE = clerk("c", None), clerk("d", 7, None), clerk("e", 7, True, None)
FEW_MAYBE: Final = clerk("g", 1, None)


@pytest.mark.parametrize(
    ("asked", "facts", "whole", "value", "needs"),
    [
        (most >= 5, [FIVE, THREE], True, True, ()),
        (most >= 6, [FIVE, THREE], True, False, ()),
        (most >= 5, [FIVE, THREE], False, True, ()),  # more can only add to it
        (most >= 6, [FIVE, THREE], False, None, (LIST,)),
        (most.is_(2), [clerk("a", 5, False)], True, True, ()),  # none counts
        (most.is_(2), [clerk("a", 5, False)], False, None, (LIST,)),
        (most >= 2, [], False, None, (LIST,)),  # another may have less than what is said of none
        (most.is_(2), [], True, True, ()),
        (most >= 5, [FIVE, MAYBE], True, True, ()),
        (most <= 7, [FIVE, MAYBE], True, True, ()),
        (most <= 6, [FIVE, MAYBE], True, None, ("clerks/d.senior",)),
        (most >= 2, [MAYBE], True, True, ()),  # 7, or 2 where it does not count
        (most >= 3, [MAYBE], True, None, ("clerks/d.senior",)),
        (most >= 2, [FEW_MAYBE], True, None, ("clerks/g.senior",)),  # 1, or 2
        (most <= 2, [FEW_MAYBE], True, True, ()),
        (most <= 7, [LOOSE], True, True, ()),
        (most >= 3, [LOOSE], True, None, ("clerks/e.office_id",)),
        (most <= 7, [LOOSE, MAYBE], True, True, ()),
        (most <= 6, [LOOSE, FIVE], True, None, ("clerks/e.office_id",)),
        (most >= 5, [FIVE, OPEN], True, True, ()),
        (most <= 5, [FIVE, OPEN], True, None, ("clerks/c.files",)),
        (most >= 0, [OPEN], True, None, ("clerks/c.files",)),
        (fewest <= 3, [FIVE, THREE], True, True, ()),
        (fewest <= 2, [FIVE, THREE], True, False, ()),
        (fewest <= 3, [FIVE, THREE], False, True, ()),
        (fewest >= 3, [FIVE, THREE], False, None, (LIST,)),
        (fewest.is_(7), [], True, True, ()),
        (fewest >= 1, [FIVE, FEW_MAYBE], True, True, ()),
        (fewest >= 2, [FIVE, FEW_MAYBE], True, None, ("clerks/g.senior",)),
        (fewest >= 1, [FEW_MAYBE], True, True, ()),  # 1, or 7
        (fewest <= 6, [FEW_MAYBE], True, None, ("clerks/g.senior",)),
        (fewest <= 7, [LOOSE, clerk("h", 1, True, None)], True, True, ()),
        (fewest <= 5, [FIVE, OPEN], True, True, ()),
        (fewest >= 0, [FIVE, OPEN], True, None, ("clerks/c.files",)),
    ],
)
def test_the_bounds_of_the_greatest_and_the_least_settle_a_direct_comparison(
    asked: Expression, facts: list[Fact], whole: bool, value: Any, needs: tuple[str, ...]
) -> None:
    assert told(asked, facts, whole) == (value, needs)


MAY, JUNE = since("a", date(2018, 5, 1)), since("b", date(2018, 6, 1))
JULY_MAYBE: Final = since("d", date(2018, 7, 1), None)
FOUNDED: Final = O(founded=date(2017, 1, 1))


@pytest.mark.parametrize(
    ("asked", "fact", "facts", "whole", "value", "needs"),
    [
        (last_day >= date(2018, 6, 1), O(), [MAY, JUNE], False, True, ()),
        (last_day >= date(2018, 6, 2), O(), [MAY, JUNE], True, False, ()),
        (last_day <= date(2018, 6, 1), O(), [MAY, JUNE], False, None, (LIST,)),
        (last_day <= date(2018, 7, 1), O(), [MAY, JULY_MAYBE], True, True, ()),
        (last_day < date(2018, 7, 1), O(), [MAY, JULY_MAYBE], True, None, ("clerks/d.senior",)),
        (last_day.is_(date(2019, 1, 1)), O(), [], True, True, ()),
        (first_day <= date(2018, 5, 1), O(), [MAY, JUNE], False, True, ()),
        (first_day.is_(date(2018, 5, 1)), O(), [MAY, JUNE], True, True, ()),
        # What it is of none matters only where perhaps none counts.
        (first_day <= date(2018, 1, 1), O(), [since("a", None)], True, None, ("clerks/a.since",)),
        (first_day <= date(2017, 1, 1), FOUNDED, [], True, True, ()),
        (first_day <= date(2017, 1, 1), O(), [], True, None, ("offices/O.founded",)),
        (
            first_day <= date(2018, 1, 1), O(), [JULY_MAYBE], True, None,
            ("clerks/d.senior", "offices/O.founded"),
        ),
        (first_day <= date(2018, 7, 1), FOUNDED, [JULY_MAYBE], True, True, ()),
        (
            first_day <= date(2018, 1, 1), O(), [], False, None,
            ("complete.clerks", "offices/O.founded"),
        ),
    ],
)  # fmt: skip
def test_the_bounds_of_the_latest_and_the_earliest_day(
    asked: Expression, fact: Fact, facts: list[Fact], whole: bool, value: Any, needs: Any
) -> None:
    assert told(asked, facts, whole, fact=fact) == (value, needs)


@pytest.mark.parametrize(
    ("facts", "whole", "value", "needs"),
    [
        ([FIVE, THREE], True, 4, ()),
        ([FIVE, THREE, clerk("z", 2)], True, Fraction(10, 3), ()),
        ([], True, Fraction(1, 2), ()),
        ([FIVE, THREE], False, None, (LIST,)),
        ([FIVE, MAYBE], True, None, ("clerks/d.senior",)),
        ([FIVE, LOOSE], True, None, ("clerks/e.office_id",)),
        ([FIVE, OPEN], True, None, ("clerks/c.files",)),
    ],
)
def test_a_mean_is_exact_or_unknown(
    facts: list[Fact], whole: bool, value: Any, needs: tuple[str, ...]
) -> None:
    assert told(mean, facts, whole, RATIONAL) == (value, needs)


@pytest.mark.parametrize(
    ("asked", "facts", "value"),
    [
        (mean >= 4, [FIVE, THREE], True),
        (mean > 4, [FIVE, THREE], False),
        (mean * 3 >= 10, [FIVE, THREE, clerk("z", 2)], True),
        (mean * 3 > 10, [FIVE, THREE, clerk("z", 2)], False),
        (mean <= Fraction(1, 2), [], True),
        (mean < Fraction(1, 2), [], False),
        (average(clerks, clerks.files, otherwise=office.desks) >= 3, [], None),
    ],
)
def test_a_mean_is_compared_exactly(asked: Expression, facts: list[Fact], value: Any) -> None:
    assert told(asked, facts, True)[0] is value


def test_exact_values() -> None:
    """As values of their own, for arithmetic and definitions: known where the bounds meet."""
    assert told(most + fewest, [FIVE, THREE], True, int) == (8, ())
    assert told(most, [FIVE, MAYBE], True, int) == (None, ("clerks/d.senior",))
    assert told(most, [FIVE, clerk("d", 4, None)], True, int) == (5, ())  # it cannot matter
    assert told(last_day, [MAY, JUNE], True, DATE) == (date(2018, 6, 1), ())
    assert told(last_day.plus_years(1), [MAY], False, DATE) == (None, (LIST,))


def test_of_all_facts_of_a_class() -> None:
    """Without a link: the same for every office."""
    everyone = each(Clerk)
    of_all = greatest(everyone, everyone.files, otherwise=0)
    assert told(of_all, [FIVE, LOOSE], True, int) == (7, ())
    assert told(least(everyone, everyone.files, otherwise=0), [FIVE], True, int) == (5, ())


def test_of_members_with_bounds_of_their_own() -> None:
    """The values are counts: the list of claims is partial, so each has a lower bound only."""
    busiest = greatest(clerks, count(claims_of), otherwise=0)
    idlest = least(clerks, count(claims_of), otherwise=0)
    facts = [FIVE, THREE, *(Claim(id=f"x{n}", clerk_id="a") for n in range(3))]
    around = container([O(), *facts], [Clerk])
    for asked, value in ((busiest >= 3, True), (busiest >= 4, None), (idlest <= 0, None)):
        made = directive(value_is(bool, asked))
        for engine in ENGINES:
            policy = made.policy(as_of=DAY, engine=engine)
            assert policy.decide(O(), "told", around).value is value
    assert told(busiest, facts, True, int) == (3, ())
    assert told(idlest <= 0, facts, True) == (True, ())


def test_types_are_checked_when_they_are_built() -> None:
    with pytest.raises(RuleTypeError, match="there is no greatest: say what it is then"):
        greatest(clerks, clerks.files)
    with pytest.raises(RuleTypeError, match="`greatest` is of numbers, `latest` of dates"):
        greatest(clerks, clerks.since, otherwise=date(2019, 1, 1))
    with pytest.raises(RuleTypeError, match="`least` is of numbers, `earliest` of dates"):
        earliest(clerks, clerks.files, otherwise=0)
    with pytest.raises(RuleTypeError, match="what it is otherwise must be date, found integer"):
        latest(clerks, clerks.since, otherwise=0)
    with pytest.raises(
        RuleTypeError, match="what is averaged must be integer or rational, found date"
    ):
        average(clerks, clerks.since, otherwise=0)


def test_what_is_the_value_and_what_it_is_otherwise_may_be_one_expression() -> None:
    """The same node in both places: of none, it is asked for."""
    desks = office.desks
    assert told(greatest(clerks, desks, otherwise=desks), [], True, int) == (
        None,
        ("offices/O.desks",),
    )


OPEN_NUMBER: Final = Parameter(
    name="open_number", type=INTEGER, values=(), cite="1/1", quote="字", zh="事", en="thing"
)


@pytest.mark.parametrize(
    "value",
    [
        greatest(clerks, clerks.files, OPEN_NUMBER >= 1, otherwise=0),
        least(clerks, OPEN_NUMBER, otherwise=0),
        total(clerks, clerks.files, OPEN_NUMBER >= 1),
    ],
)
def test_what_the_text_leaves_open_is_needed(value: Expression) -> None:
    """Of the one clerk it is unknown whether he counts, or with what, until the number is set."""
    assert told(value, [FIVE], True, int) == (None, ("parameters.open_number",))
    assert told(value, [], True, int) == (0, ())


def test_a_mean_of_what_the_text_leaves_open() -> None:
    value = average(clerks, clerks.files, OPEN_NUMBER >= 1, otherwise=0)
    assert told(value, [FIVE], True, RATIONAL) == (None, ("parameters.open_number",))
    value = average(clerks, OPEN_NUMBER, otherwise=0)
    assert told(value, [FIVE], True, RATIONAL) == (None, ("parameters.open_number",))
