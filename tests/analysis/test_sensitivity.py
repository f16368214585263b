"""Which answers hang on how the text is read: the same as asking everything again."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.analysis import sensitivity
from policy_rules.answers import Agreement, Decision, Finding, QuestionError, Verdict
from policy_rules.facts import Fact
from policy_rules.language import RuleSet, load
from policy_rules.language.expressions import Definition
from policy_rules.language.rules import Rule
from policy_rules.policy import Answer, EngineName, LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import answers_of, concluded
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import (
    Setting,
    random_exemptions,
    random_facts,
    random_setting,
)
from policy_rules.testing.strategies import chosen
from tests.support.asking import PUTIAN
from tests.support.present import EVERY_ENGINE

DAY = date(2019, 9, 1)
STATION = pr.Station(id="S1", pilot=False, officers=9, auxiliaries=6)
CASE = pr.CriminalCase(
    id="A1", role=pr.CaseRole.ASSIST, causation_clear=False, simple=True, means=set()
)
FACTS = pr.Facts(stations=[STATION], cases=[CASE])

INTERPRETER: list[EngineName] = ["interpreter"]
ALL: list[EngineName] = ["interpreter", "python"]
Scene = tuple[LoadedDirective, Setting, pr.Facts, tuple[pr.Exemption, ...], EngineName, int]


def scene(choose: Chooser) -> Scene:
    """A policy on a random directive, or on this one, with exemptions; and facts."""
    # To compile this directive so often would take long.
    directive, engines = PUTIAN, INTERPRETER
    if choose.chance(80):
        directive, engines = LoadedDirective(load(random_directive(choose, depth=2))), ALL
    setting = random_setting(choose, directive.rules)
    facts = random_facts(choose, directive.rules, setting.as_of, most=3)
    held = random_exemptions(choose, directive.rules, facts, setting.as_of)
    return directive, setting, facts, held, choose.pick(engines), choose.pick([0, sensitivity._FEW])


def asked_again(of: Scene, policy: Policy) -> list[tuple[str, str, Answer, Answer]]:
    """What differs when every question is asked again under every other option."""
    directive, setting, facts, held, engine, _ = of
    found = []
    for effect in pr.sensitivity(policy, pr.Facts()).summary():  # in the order of the text
        for option in effect.changes:
            other = directive.policy(
                as_of=setting.as_of, readings={**policy.readings, effect.reading.name: option},
                parameters=setting.parameters, exemptions=held, engine=engine,
            )  # fmt: skip
            pairs = zip(answers_of(policy, facts), answers_of(other, facts), strict=True)
            found += [
                (effect.reading.name, option, one, two)
                for one, two in pairs
                if concluded(one) != concluded(two)
            ]
    return found


@settings(max_examples=15)
@given(chosen(scene))
def test_it_is_what_asking_everything_again_finds(of: Scene) -> None:
    """Every change is found, with its before and after, and nothing else."""
    directive, setting, facts, held, engine, few = of
    policy = directive.policy(
        as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
        exemptions=held, engine=engine,
    )  # fmt: skip
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sensitivity, "_FEW", few)
        found = pr.sensitivity(policy, facts)
    assert [tuple(each) for each in found] == asked_again(of, policy)
    for effect in found.summary():
        for option in effect.changes:
            changes = found.of(effect.reading.name, option)
            assert len(changes) == effect.changes[option] <= effect.answers
            assert sum(each.turned for each in changes) == effect.turned[option]


@settings(max_examples=20)
@given(chosen(scene))
def test_only_what_rests_on_a_reading_is_asked(of: Scene) -> None:
    """As many answers are compared as come from rules that can rest on it."""
    directive, setting, facts, *_ = of
    policy = directive.policy(as_of=setting.as_of, engine="interpreter")
    answers = list(answers_of(policy, facts))
    for effect in pr.sensitivity(policy, facts).summary():
        resting = directive.rules.resting_on(effect.reading)
        asked = [
            each
            for each in answers
            if any(rule in resting for rule in rules_of(directive.rules, each))
        ]
        assert effect.answers == len(asked)


def rules_of(rules: RuleSet, answer: Answer) -> Sequence[Rule | Definition]:
    """The rules or the definition that an answer is from."""
    match answer:
        case Decision():
            return [answer.definition]
        case Verdict():
            return rules.verdict_rules_of(type(answer.fact))
        case Finding() | Agreement():
            return [answer.rule]


def row(change: Any) -> tuple[Any, ...]:
    """A change in short."""
    reading, option, before, after = change
    return reading, option, said(before), said(after)


def said(answer: Answer) -> tuple[str, str]:
    """What an answer is about, and what it comes to."""
    match answer:
        case Decision():
            return answer.name, str(answer.value)
        case Verdict():
            return answer.subject, str(answer.outcome)
        case Finding() | Agreement():
            return str(answer.cite), str(answer.status)


def test_what_changes_with_before_and_after() -> None:
    policy = PUTIAN.policy(as_of=DAY)
    found = pr.sensitivity(policy, FACTS)
    changes = {row(each) for each in found.of("strength_counts", "sworn_and_auxiliary")}
    assert (
        "strength_counts", "sworn_and_auxiliary",
        ("duty_mode", "zoned"), ("duty_mode", "two_teams_one_room"),
    ) in changes  # fmt: skip
    assert [row(each) for each in found.of("case_scope_covers", "any_handling")] == [
        (
            "case_scope_covers", "any_handling",
            ("cases/A1", "permitted"), ("cases/A1", "prohibited"),
        )
    ]  # fmt: skip
    assert all(each.turned for each in found.of("case_scope_covers", "any_handling"))


def test_a_reading_on_which_nothing_changes_is_listed() -> None:
    """With what rests on it, and without."""
    effects = {
        each.reading.name: each
        for each in pr.sensitivity(PUTIAN.policy(as_of=DAY), FACTS).summary()
    }
    assert set(effects) == set(PUTIAN.rules.readings)
    assert (effects["grade_two_years"].answers, effects["grade_two_years"].matters) == (1, False)
    assert (effects["patrol_band"].answers, effects["patrol_band"].matters) == (0, False)
    assert effects["case_scope_covers"].matters
    assert effects["patrol_band"].changes == {"band": 0}


def test_readings_are_in_the_order_of_the_text() -> None:
    summary = pr.sensitivity(PUTIAN.policy(as_of=DAY), FACTS).summary()
    order = list(PUTIAN.rules.directive.sentences)
    places = [order.index(each.reading.cite) for each in summary]
    assert places == sorted(places)


def test_a_reading_that_is_set_is_where_it_starts_from() -> None:
    policy = PUTIAN.policy(as_of=DAY, readings={"case_scope_covers": "any_handling"})
    found = pr.sensitivity(policy, FACTS)
    assert [row(each) for each in found.of("case_scope_covers", "leading")] == [
        ("case_scope_covers", "leading", ("cases/A1", "prohibited"), ("cases/A1", "permitted"))
    ]
    (effect,) = (e for e in found.summary() if e.reading.name == "case_scope_covers")
    assert (effect.taken, dict(effect.changes)) == ("any_handling", {"leading": 1})


def test_numbers_that_differ_are_a_change_that_does_not_turn_it() -> None:
    """An officer for 5000 people or 3000: one is short by more, and short all the same."""
    station = pr.Station(
        id="S1", setting=pr.Setting.URBAN, community_officers=1, resident_population=60000
    )
    found = pr.sensitivity(PUTIAN.policy(as_of=DAY), pr.Facts(stations=[station]))
    of = {said(each.before)[0]: each for each in found.of("population_standard", "urban_3000")}
    change = of["2.1/3"]
    assert isinstance(change.before, Finding)
    assert isinstance(change.after, Finding)
    assert (change.before.required, change.after.required) == (12, 20)
    assert not change.turned
    assert of["population_per_officer"].turned


def test_before_it_is_in_force_nothing_changes() -> None:
    found = pr.sensitivity(PUTIAN.policy(as_of=date(2019, 7, 15)), FACTS)
    assert len(found) == 0
    assert not any(each.matters for each in found.summary())


def test_both_answers_can_be_explained() -> None:
    found = pr.sensitivity(PUTIAN.policy(as_of=DAY), FACTS)
    for reading, option, before, after in found:
        other = PUTIAN.policy(as_of=DAY, readings={reading: option})
        assert found.policy.explain(before)
        assert other.explain(after)


def test_through_gives_the_facts_to_ask_about() -> None:
    policy = PUTIAN.policy(as_of=DAY)
    seen: list[Fact] = []

    def cases_only(facts: pr.Facts) -> list[Fact]:
        seen.extend(facts.all(pr.CriminalCase))
        return list(seen)

    found = pr.sensitivity(policy, FACTS, cases_only)
    assert seen == [CASE]
    assert {each.before.subject for each in found} == {"cases/A1"}


# The engine `sql` writes all its queries anew for each of the readings.
@pytest.mark.parametrize("engine", [each for each in EVERY_ENGINE if each != "sql"])
def test_every_engine_finds_the_same(engine: EngineName) -> None:
    def found(name: EngineName) -> dict[str, Any]:
        return pr.sensitivity(PUTIAN.policy(as_of=DAY, engine=name), FACTS).as_json()

    assert found(engine) == found("python")


def test_few_facts_are_asked_about_as_many_are(monkeypatch: pytest.MonkeyPatch) -> None:
    policy = PUTIAN.policy(as_of=DAY)
    few = pr.sensitivity(policy, FACTS).as_json()
    monkeypatch.setattr(sensitivity, "_FEW", 0)
    assert pr.sensitivity(policy, FACTS).as_json() == few


def test_as_json() -> None:
    found = pr.sensitivity(PUTIAN.policy(as_of=DAY), FACTS)
    as_json = found.as_json()
    assert json.loads(json.dumps(as_json)) == as_json
    assert list(as_json) == ["format", "directive", "as_of", "readings", "summary", "changes"]
    assert len(as_json["changes"]) == len(found)
    (summed,) = (each for each in as_json["summary"] if each["reading"] == "case_scope_covers")
    assert summed == {
        "reading": "case_scope_covers",
        "cite": "3.1/1",
        "zh": "“办理”是否包括协办？",
        "en": "does handling (办理) include assisting?",
        "taken": "leading",
        "answers": 1,
        "changes": {"any_handling": 1},
        "turned": {"any_handling": 1},
    }
    (change,) = (each for each in as_json["changes"] if each["reading"] == "case_scope_covers")
    assert (change["option"], change["kind"]) == ("any_handling", "verdict")
    assert (change["before"]["outcome"], change["after"]["outcome"]) == ("permitted", "prohibited")


def test_what_is_not_facts_is_refused() -> None:
    facts: Any = {"stations": []}
    with pytest.raises(QuestionError, match="`facts` is a `Facts`"):
        pr.sensitivity(PUTIAN.policy(as_of=DAY), facts)


def test_a_change_is_worded_as_the_answer_is() -> None:
    # 2.1/4: of the villages, which are so many in all, none is covered.
    policy = PUTIAN.policy(as_of=date(2019, 9, 16))
    facts = pr.Facts(stations=[pr.Station(id="S1", villages_covered=0)])
    (asked,) = [each for each in policy.audit(facts) if str(each.cite) == "2.1/4"]
    assert "达标0个" in asked.zh
    changes = [tuple(each) for each in pr.sensitivity(policy, facts)]
    found = {
        answer.zh
        for _, _, *both in changes
        for answer in both
        if isinstance(answer, pr.Finding) and str(answer.cite) == "2.1/4"
    }
    assert found == {asked.zh}
