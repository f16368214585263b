"""What must hold of any directive and any document that amends it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

from attrs import evolve
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.language import Amendment, amended, load
from policy_rules.policy import Answer, LoadedDirective
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import compared, said
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import (
    Setting,
    random_exemptions,
    random_facts,
    random_setting,
)
from policy_rules.testing.strategies import chosen
from tests.support.asking import PUTIAN, by_question, policy_of
from tests.support.random_amendments import random_amendment

DAY = timedelta(days=1)


class Scene(NamedTuple):
    """A directive, what amends it, and a day, readings, parameters and facts to ask about."""

    directive: LoadedDirective
    amendment: Amendment
    setting: Setting
    facts: pr.Facts
    exemptions: tuple[pr.Exemption, ...]

    @property
    def amended(self) -> LoadedDirective:
        """The directive as amended."""
        return LoadedDirective(load(amended(self.directive.rules.directive, self.amendment)))

    def on(self, day: date) -> Setting:
        """The setting on another day."""
        return Setting(day, self.setting.readings, self.setting.parameters)


def scene(choose: Chooser) -> Scene:
    """One time in four of the directive of Putian, else of a random one, itself amended or not."""
    directive = PUTIAN
    if choose.chance(75):
        directive = LoadedDirective(load(random_directive(choose, depth=2)))
    if choose.chance(30):
        first = random_amendment(choose, directive.rules, date(2019, 8, 1), "first")
        directive = LoadedDirective(load(amended(directive.rules.directive, first)))
    in_force = choose.pick([date(2019, 9, 1), date(2019, 9, 16), date(2020, 3, 1)])
    amendment = random_amendment(choose, directive.rules, in_force)
    changed = load(amended(directive.rules.directive, amendment))
    setting = random_setting(choose, changed)
    facts = random_facts(choose, directive.rules, in_force, most=3)
    held = random_exemptions(choose, directive.rules, facts, in_force)
    return Scene(directive, amendment, setting, facts, held)


def without_due(answer: Answer) -> tuple[object, ...]:
    """All that an answer says, but for by when what does not apply would be due."""
    if isinstance(answer, pr.Finding) and answer.status is pr.Status.NOT_APPLICABLE:
        return answer.subject, answer.cite, answer.status, answer.needs, answer.readings
    return said(answer)


@settings(max_examples=6)
@given(chosen(scene))
def test_an_amendment_changes_no_answer_before_its_day(of: Scene) -> None:
    """Every answer that there was is the same in all its parts; the new ones are of new rules."""
    for day in (of.amendment.in_force - DAY, of.directive.rules.directive.issued):
        before = by_question(policy_of(of.directive, of.on(day), of.exemptions), of.facts)
        after = by_question(policy_of(of.amended, of.on(day), of.exemptions), of.facts)
        for question, answer in before.items():
            assert without_due(after[question]) == without_due(answer)
        for question in after.keys() - before.keys():
            assert question[1] in ("finding", "agreement")
            assert question[2].startswith("amending:")
            answer = after[question]
            assert isinstance(answer, pr.Finding | pr.Agreement)
            assert str(answer.status) == "not_applicable"


@settings(max_examples=8)
@given(chosen(scene))
def test_amending_with_nothing_changes_no_answer(of: Scene) -> None:
    """On any day."""
    nothing = of._replace(amendment=evolve(of.amendment, changes=()))
    for day in (of.setting.as_of, of.amendment.in_force):
        one = policy_of(of.directive, of.on(day), of.exemptions)
        other = policy_of(nothing.amended, of.on(day), of.exemptions)
        assert compared(one, other, of.facts)[1] == []


@settings(max_examples=6)
@given(chosen(scene))
def test_engines_agree_on_a_directive_that_is_amended(of: Scene) -> None:
    """Around the day, and long after it."""
    changed = of.amended
    for day in (of.amendment.in_force - DAY, of.amendment.in_force, date(2021, 2, 28)):
        one, other = (
            changed.policy(
                as_of=day, readings=of.setting.readings, parameters=of.setting.parameters,
                exemptions=of.exemptions, engine=engine,
            )
            for engine in ("interpreter", "python")
        )  # fmt: skip
        assert compared(one, other, of.facts)[1] == []


@settings(max_examples=8)
@given(chosen(scene))
def test_every_answer_under_an_amendment_has_an_explanation(of: Scene) -> None:
    """In both languages; an answer of a rule of the amendment names the document."""
    policy = policy_of(of.amended, of.on(of.amendment.in_force), of.exemptions)
    number = of.amendment.number
    for answer in by_question(policy, of.facts).values():
        zh, en = policy.explain(answer, "zh"), policy.explain(answer, "en")
        assert len(zh.splitlines()) == len(en.splitlines())
        if isinstance(answer, pr.Finding) and answer.cite.document == of.amendment.id:
            assert f"［{number}第一部分第" in zh
            assert f"[{number}, 1 sentence" in en
