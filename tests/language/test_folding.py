"""What is said twice, or follows from what is said beside it, is said once after folding."""

from __future__ import annotations

from datetime import date
from operator import eq, ge, le, ne
from typing import Any, Final

import pytest

from policy_rules.facts import Fact
from policy_rules.facts.fields import day, fact, identity
from policy_rules.language import subject
from policy_rules.language.expressions import Comparison, Constant, Node, all_of, any_of
from policy_rules.language.folding import folded
from policy_rules.language.none_values import guarded


@fact(collection="loans", zh="借款", en="loan")
class Loan(Fact):
    """A loan: that it ends, or was paid, on no day is known."""

    id: str = identity()
    ends_on: date | None = day(zh="止", en="end", meaning="", may_be_none=True)
    paid_on: date | None = day(zh="还", en="paid", meaning="", may_be_none=True)


loan: Final[Any] = subject(Loan)
OPERATORS: Final = {"<=": le, ">=": ge, "==": eq, "!=": ne}
DAY: Final = date(2020, 1, 1)


def value(node: Node) -> Any:
    """What a constant, or a comparison of two, comes to."""
    if isinstance(node, Constant):
        return node.value
    assert isinstance(node, Comparison)
    return OPERATORS[node.op](value(node.left), value(node.right))


def said(node: Node) -> str:
    """The node after folding, where nothing is derived."""
    return str(folded(guarded(node), value, lambda derived: derived))


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        # None stands beyond all days: what is at most a day is one.
        (loan.ends_on <= DAY, "(loan.ends_on <= 2020-01-01)"),
        (loan.ends_on.is_(DAY), "(loan.ends_on == 2020-01-01)"),
        # What is at least a day may stand for none.
        (loan.ends_on >= DAY, "(~(loan.ends_on is none) & (loan.ends_on >= 2020-01-01))"),
        # The negation holds of none too.
        (~loan.ends_on.is_(DAY), "~(loan.ends_on == 2020-01-01)"),
        # Another field's comparison says nothing of this one.
        (
            all_of(loan.ends_on >= DAY, loan.paid_on <= DAY),
            "(~(loan.ends_on is none) & (loan.ends_on >= 2020-01-01)"
            " & (loan.paid_on <= 2020-01-01))",
        ),
        (
            all_of(loan.ends_on >= DAY, loan.ends_on <= DAY),
            "((loan.ends_on >= 2020-01-01) & (loan.ends_on <= 2020-01-01))",
        ),
        # The same twice, in inner junctions too.
        (
            any_of(loan.ends_on.is_(DAY), any_of(loan.ends_on.is_(DAY))),
            "(loan.ends_on == 2020-01-01)",
        ),
        # Of alternatives none implies another.
        (
            any_of(~loan.ends_on.is_none(), loan.ends_on <= DAY),
            "(~(loan.ends_on is none) | (loan.ends_on <= 2020-01-01))",
        ),
    ],
)
def test_what_is_known_to_be_there_is_not_asked_again(condition: Node, expected: str) -> None:
    assert said(condition) == expected
