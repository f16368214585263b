"""Provisions taken apart and put together again, with other parts."""

from __future__ import annotations

from operator import is_
from typing import Any, Final, TypeAlias

import pytest

import policy_rules as pr
from policy_rules.language import count, each, subject, the
from policy_rules.language.expressions import Constant, Definition, Node
from policy_rules.language.rewriting import expressions_of, places_of, rules_of, with_expressions
from policy_rules.language.rules import Excuse, Rule, RuleException
from policy_rules.language.substitution import with_variable
from policy_rules.testing.made_up import Clerk, Office

Obliging: TypeAlias = Rule | Definition | RuleException

PROVISIONS: Final = list(rules_of(pr.load("putian-2019-52").rules.directive))


def with_parts(provision: Obliging, parts: tuple[Node, ...]) -> Obliging:
    """The provision with other expressions; it is not one that has none."""
    changed = with_expressions(provision, parts)
    assert not isinstance(changed, Excuse)
    return changed


def test_every_kind_of_provision_is_among_them() -> None:
    assert {type(each).__name__ for each in PROVISIONS} == {
        "AgreementRule", "AttestationRule", "Definition", "Prohibition", "Requirement",
        "RuleException", "Steps",
    }  # fmt: skip


@pytest.mark.parametrize("provision", PROVISIONS, ids=lambda each: type(each).__name__)
def test_expressions_come_to_stand_where_they_were(provision: Obliging) -> None:
    """Others take the places of all of them, and they those of the others again."""
    parts = expressions_of(provision)
    places = list(places_of(provision))
    assert len(places) == len(parts)
    others = tuple(Constant(number) for number in range(len(parts)))
    changed = with_parts(provision, others)
    assert all(map(is_, expressions_of(changed), others))
    assert list(places_of(changed)) == places
    assert all(map(is_, expressions_of(with_parts(changed, parts)), parts))


def test_what_is_linked_to_a_variable_follows_it() -> None:
    """A fact that a clerk refers to is then that of the other clerk; the subject stays."""
    office = subject(Office)
    clerk, other = each(Clerk, office_id=office), each(Clerk)
    counted = count(clerk, clerk.senior & the(Office, clerk.office_id).open & office.large)
    changed = with_variable(counted, counted.member, other._variable)
    assert changed.member is other._variable
    together: Any = changed.where
    senior, of_the_clerk, large = together.items
    assert senior.of is other._variable
    assert of_the_clerk.of.of is other._variable
    assert of_the_clerk.of.via == "office_id"
    assert large.of is office._variable
