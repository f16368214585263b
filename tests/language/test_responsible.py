"""Who answers for a rule: the body that its sentence names, or as the text is read."""

from __future__ import annotations

from datetime import date

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.language import RuleTypeError, Unnamed
from policy_rules.policy import LoadedDirective
from policy_rules.testing.made_up import Colour, Office
from policy_rules.testing.random_facts import container
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.writing import says

PUTIAN = pr.load("putian-2019-52")


def body(cite: str, fact: pr.Fact, **readings: str) -> str | None:
    """Who answers for a finding of 莆政办〔2019〕52号."""
    policy = PUTIAN.policy(as_of=date(2019, 9, 1), readings=readings)
    (found,) = {each.as_json()["responsible"] for each in policy.audit(container([fact]))
                if str(each.cite) == cite}  # fmt: skip
    return None if found is None else str(found)


@pytest.mark.parametrize(
    ("cite", "fact", "named"),
    [
        # 派出所要将辖区每周发案情况…通报
        ("5.2/3a", pr.Station(id="S"), "station"),
        # 市、县（区）局机关每年安排一定数量的民警到派出所锻炼
        ("2.1/6", pr.Bureau(id="B"), "headquarters"),
        # 属地党委政府要将派出所用房建设纳入…
        ("4.1/1a", pr.Bureau(id="B"), "local_government"),
        # 完成全市公安机关勤务工作调整
        ("5.1/4", pr.Station(id="S"), "bureau"),
    ],
)
def test_what_a_sentence_names_holds_however_it_is_read(
    cite: str, fact: pr.Fact, named: str
) -> None:
    assert body(cite, fact) == named
    assert body(cite, fact, who_answers="bureau") == named


@pytest.mark.parametrize(
    ("cite", "fact", "by_data", "by_bureau"),
    [
        ("4.3/1a", pr.Station(id="S"), "station", "bureau"),
        ("2.1/1a", pr.Bureau(id="B"), "bureau", "bureau"),
        ("5.2/1", pr.Township(id="T"), "township", "township"),
    ],
)
def test_where_nobody_is_named_it_is_a_reading(
    cite: str, fact: pr.Fact, by_data: str, by_bureau: str
) -> None:
    assert body(cite, fact) == by_data
    assert body(cite, fact, who_answers="bureau") == by_bureau


def test_without_such_a_reading_it_is_left_open() -> None:
    named = says("1/1", **SAYS).demands(office, office.open, responsible=Colour.RED)
    left = says("1/2", **SAYS).demands(office, office.large)
    made = directive(named, left)
    first, second = made.policy(as_of=DAY).audit(container([O(open=False)]))
    assert (first.responsible, second.responsible) == (Colour.RED, None)
    policy = made.policy(as_of=DAY)
    assert "responsible: red" in policy.explain(first, "en")
    assert "responsible" not in policy.explain(second, "en")


def test_an_agreement_has_one_too() -> None:
    rule = says("1/1", **SAYS).agrees(office, office.desks, office.floors, responsible=Colour.RED)
    policy = directive(rule).policy(as_of=DAY)
    (answer,) = policy.agreements_of(container([O(desks=1, floors=2)]))
    assert answer.responsible is Colour.RED
    assert "responsible: red" in policy.explain(answer, "en")


def test_what_is_no_body_is_refused() -> None:
    with pytest.raises(RuleTypeError, match="a body of the vocabulary"):
        says("1/1", **SAYS).demands(office, office.open, responsible="council")  # type: ignore[arg-type]
    reading = PUTIAN.rules.readings["who_answers"]
    with pytest.raises(RuleTypeError, match="has no option `elsewhere`"):
        Unnamed(reading=reading, bodies={"elsewhere": {}})
    with pytest.raises(RuleTypeError, match="a body for each class"):
        Unnamed(reading=reading, bodies={"bureau": {Office: "council"}})  # type: ignore[dict-item]
    with pytest.raises(RuleTypeError, match="who answers"):
        evolve(PUTIAN.rules.directive, unnamed=reading)  # type: ignore[arg-type]


def test_the_directive_in_one_language_keeps_it() -> None:
    english = evolve(PUTIAN.rules.directive, languages=("en",))
    rules = LoadedDirective(pr.language.load(english)).rules
    assert rules.directive.unnamed is not None
    assert rules.directive.unnamed.reading is rules.readings["who_answers"]
