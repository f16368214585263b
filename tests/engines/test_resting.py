"""Which readings an answer names: those of nodes that decided it, and no others."""

from __future__ import annotations

from datetime import date
from typing import Final

import pytest
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.facts import Facts
from policy_rules.language import count, each, first_known, load, subject
from policy_rules.language.expressions import Expression
from policy_rules.policy import EngineName, LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import answers_of, concluded
from policy_rules.testing.made_up import Claim, Clerk
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import random_facts, random_setting
from policy_rules.testing.strategies import chosen as chosen_by
from tests.support.chosen_values import chosen, forbidden, open_to_reading, stepped
from tests.support.made_up_rules import DAY, O, directive, must, office, value_is
from tests.support.present import EVERY_ENGINE

PUTIAN: Final = pr.load("putian-2019-52")
READING: Final = open_to_reading("wide", "narrow", "broad")
OTHER: Final = open_to_reading("late", "early", "tardy")
NARROW, BROAD = READING.is_("narrow"), READING.is_("broad")
EARLY: Final = OTHER.is_("early")
clerks = each(Clerk, office_id=office)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_pilot_has_its_mode_whatever_counts_as_strength(engine: EngineName) -> None:
    """5.1: membership decides first; the strength, of which the reading is, is not asked for."""
    policy = pr.load("putian-2019-52").policy(as_of=date(2019, 9, 1), engine=engine)
    pilot = policy.decide(pr.Station(id="S", pilot=True, officers=14), "duty_mode")
    assert pilot.readings == {}
    assert "strength_counts" not in policy.explain(pilot)
    other = policy.decide(pr.Station(id="S", pilot=False, officers=14), "duty_mode")
    assert other.readings == {"strength_counts": "sworn"}
    assert "strength_counts" in policy.explain(other)
    unknown = policy.decide(pr.Station(id="S"), "duty_mode")
    assert unknown.readings == {"strength_counts": "sworn"}


OPEN, SHUT = O(open=True, desks=3), O(open=False, desks=3)


@pytest.mark.parametrize(
    ("value", "opened", "shut"),
    [
        (office.open & NARROW, ["wide"], []),  # closed, it is false whatever is taken
        (office.open | NARROW, [], ["wide"]),
        (~(office.open & NARROW), ["wide"], []),
        (office.open & NARROW & EARLY, ["late", "wide"], []),
        (BROAD & office.open, ["wide"], []),
        # Of two that are false the one of fewer readings decides, else the first.
        (BROAD & ~EARLY, ["wide"], ["wide"]),
        (BROAD & (office.desks >= 4), [], []),
        ((NARROW & EARLY) | (office.open & EARLY), ["late"], ["late", "wide"]),
        (NARROW.is_(office.open), ["wide"], ["wide"]),
        (office.large & NARROW, ["wide"], ["wide"]),  # open in `large`: the reading could settle it
        (office.large & BROAD, ["wide"], ["wide"]),
        (first_known(office.open, NARROW), [], []),
        (first_known(office.large, NARROW), ["wide"], ["wide"]),
    ],
)
def test_one_part_of_a_condition_decides(
    value: Expression, opened: list[str], shut: list[str]
) -> None:
    policy = directive(value_is(bool, value)).policy(as_of=DAY)
    assert list(policy.decide(OPEN, "told").readings) == opened
    assert list(policy.decide(SHUT, "told").readings) == shut


def test_definitions_rest_on_what_decides_between_their_rules() -> None:
    """Shut, the second rule gives the value: the first is false, whatever is taken."""
    rules = [(office.open & NARROW, 1), (~office.open, 2)]
    policy = directive(chosen("grade", int, rules, 3)).policy(as_of=DAY)
    assert [policy.decide(each, "grade").value for each in (OPEN, SHUT)] == [1, 2]
    assert [list(policy.decide(each, "grade").readings) for each in (OPEN, SHUT)] == [["wide"], []]


def test_members_that_are_not_counted_rest_on_what_keeps_them_out() -> None:
    policy = directive(value_is(int, count(clerks, clerks.senior & NARROW))).policy(as_of=DAY)
    for senior, readings in ((True, ["wide"]), (False, []), (None, ["wide"])):
        facts = Facts(others=[OPEN, Clerk(id="a", office_id="O", senior=senior)], complete=[Clerk])
        assert list(policy.decide(OPEN, "told", facts).readings) == readings


def test_findings_rest_on_where_they_apply_and_on_each_thing_required() -> None:
    """What is not required there rests on nothing else; of what is, any part can be reported."""
    asked = must((office.desks >= 5) & NARROW, applies=office.open).policy(as_of=DAY)
    (opened,), (shut,) = asked.audit(Facts(others=[OPEN])), asked.audit(Facts(others=[SHUT]))
    assert (str(opened.status), list(opened.readings)) == ("breached", ["wide"])
    assert (str(shut.status), list(shut.readings)) == ("not_applicable", [])
    before = must(NARROW).policy(as_of=date(2019, 1, 1))
    (none,) = before.audit(Facts(others=[OPEN]))
    assert none.readings == {}


def test_verdicts_rest_on_what_decides_each_prohibition() -> None:
    """Of an urgent claim it is asked how the text is read; of another one it is not."""
    claim = subject(Claim)
    policy = directive(forbidden(claim.urgent & NARROW, claim)).policy(as_of=DAY)
    urgent = policy.check(Claim(id="C", urgent=True))
    assert (str(urgent.outcome), list(urgent.readings)) == ("prohibited", ["wide"])
    other = policy.check(Claim(id="C", urgent=False))
    assert (str(other.outcome), list(other.readings)) == ("permitted", [])


def test_verdicts_rest_on_steps_where_they_are_needed() -> None:
    """That a step is obtained in one reading only matters to an urgent claim."""
    claim = subject(Claim)
    group = stepped(claim.urgent, NARROW & (claim.amount >= 1), claim, claim.on)
    policy = directive(group).policy(as_of=DAY)
    later = date(2030, 1, 1)
    for amount, outcome, readings in ((1, "permitted", ["wide"]), (0, "awaiting", [])):
        found = policy.check(Claim(id="C", urgent=True, amount=amount, on=later))
        assert (str(found.outcome), list(found.readings)) == (outcome, readings)
    calm = policy.check(Claim(id="C", urgent=False, on=later))
    assert (str(calm.outcome), list(calm.readings)) == ("permitted", [])


def test_nothing_is_read_before_the_directive_is_in_force() -> None:
    policy = directive(value_is(bool, NARROW)).policy(as_of=date(2019, 1, 1))
    assert policy.decide(OPEN, "told").readings == {}


def read_in_another_way(choose: Chooser) -> tuple[str, Policy, Policy, list[pr.Facts]]:
    """A reading, two policies that differ in it alone, and facts."""
    made_up = LoadedDirective(load(random_directive(choose, depth=2)))
    directive = made_up if made_up.rules.readings and choose.chance(80) else PUTIAN
    setting = random_setting(choose, directive.rules)
    name = choose.pick(sorted(directive.rules.readings))
    options = directive.rules.readings[name].options
    policies = [
        directive.policy(
            as_of=setting.as_of, readings={**setting.readings, name: option.name},
            parameters=setting.parameters,
        )
        for option in options[:2]
    ]  # fmt: skip
    facts = [random_facts(choose, directive.rules, setting.as_of, most=3) for _ in range(2)]
    return name, policies[0], policies[1], facts


@settings(max_examples=15)
@given(chosen_by(read_in_another_way))
def test_what_does_not_name_a_reading_is_the_same_under_its_other_options(
    of: tuple[str, Policy, Policy, list[pr.Facts]],
) -> None:
    name, one, other, given_facts = of
    for facts in given_facts:
        for first, second in zip(answers_of(one, facts), answers_of(other, facts), strict=True):
            if name not in first.readings:
                assert concluded(first) == concluded(second)
                assert name not in second.readings
