"""What a finding measures where a reading asks for less, and agreements beside a rule."""

from __future__ import annotations

from datetime import date

import pytest

import policy_rules as pr
from policy_rules.language import Clause, Directive, DirectiveError, count, each, set_of, subject
from policy_rules.police import Officer, Role, Setting, Station
from policy_rules.policy import EngineName
from tests.support.present import EVERY_ENGINE

STATION = subject(Station)
OFFICER = each(Officer, station_id=STATION)


def clause_of(letter: str = "a") -> Clause:
    """A band of which one reading takes the lower end only, and an agreement beside it."""
    clause = Clause("1", "一", "one")
    (s1,) = clause.sentences(1)
    band = s1.reading("band", default="minimum")("有上限吗？", "is there an upper end?").options(
        minimum=("没有", "no"), band=("有", "yes"), why=("试行", "made up")
    )
    s1("2至5人")("民警2至5人", "there are 2 to 5 officers").demands(
        STATION, (STATION.officers >= 2) & (band.is_("minimum") | (STATION.officers <= 5))
    )
    getattr(s1, letter)("人数")("人数一致", "the numbers agree").agrees(
        STATION, STATION.officers, count(OFFICER).called("名单人数", "officers listed")
    )
    others = s1("等")("其他类别", "other settings").leaves_open("others", set_of(Setting))
    s1("等")("属于所列", "is listed").decides(
        STATION, "listed", STATION.setting.is_(Setting.URBAN) | STATION.setting.is_in(others)
    )
    return clause


def directive_of(clause: Clause) -> Directive:
    """A directive of that clause alone."""
    return Directive(
        id="made-up",
        number="试",
        zh="试行",
        en="made up",
        issued=date(2019, 1, 1),
        sentences={"1/1": ""},
        clauses=[clause],
    )


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_the_comparison_that_a_reading_asks_for_is_measured(engine: EngineName) -> None:
    directive = pr.load(directive_of(clause_of()))
    facts = pr.Facts(stations=[pr.Station(id="S", officers=7)])
    policy = directive.policy(as_of=date(2019, 9, 1), readings={"band": "band"}, engine=engine)
    (finding,) = policy.audit(facts)
    assert (finding.actual, finding.required, finding.shortfall) == (7, 5, 2)
    policy = directive.policy(as_of=date(2019, 9, 1), engine=engine)
    (finding,) = policy.audit(facts)
    assert str(finding.status) == "satisfied"
    assert (finding.actual, finding.required) == (7, 2)


def test_an_agreement_has_a_letter_beside_a_rule_that_has_none() -> None:
    directive = pr.load(directive_of(clause_of()))
    assert [str(rule.cite) for rule in directive.rules.rules] == ["1/1", "1/1a"]
    with pytest.raises(DirectiveError, match="the letters of its rules are b; expected a, b"):
        pr.load(directive_of(clause_of("b")))


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_set_that_the_text_leaves_open_can_be_empty(engine: EngineName) -> None:
    directive = pr.load(directive_of(clause_of()))
    station = pr.Station(id="S", setting=Setting.RURAL)
    asked: list[tuple[dict[str, object], bool | None]] = [
        ({}, None),
        ({"others": set()}, False),
        ({"others": {Setting.RURAL}}, True),
    ]
    for parameters, expected in asked:
        policy = directive.policy(as_of=date(2019, 9, 1), parameters=parameters, engine=engine)
        assert policy.decide(station, "listed").value is expected
    with pytest.raises(pr.ChoiceError):
        directive.policy(as_of=date(2019, 9, 1), parameters={"others": {Role.CHIEF}})
