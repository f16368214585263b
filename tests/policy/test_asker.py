"""Questions that are bound to a class of facts: the same answers, without one for each fact."""

from __future__ import annotations

from datetime import date

import pytest

from policy_rules import (
    CaseCategory,
    CaseRole,
    CriminalCase,
    DutyMode,
    Exemption,
    Facts,
    Means,
    Officer,
    QuestionError,
    Station,
    load,
)
from policy_rules.policy import EngineName, Policy
from tests.support.present import EVERY_ENGINE

AS_OF = date(2022, 4, 1)
PUTIAN = load("putian-2019-52")


@pytest.fixture(params=EVERY_ENGINE)
def policy(request: pytest.FixtureRequest) -> Policy:
    """The directive on each engine in turn."""
    engine: EngineName = request.param
    return PUTIAN.policy(as_of=AS_OF, engine=engine)


def test_a_decision_by_its_part(policy: Policy) -> None:
    ask = policy.asker(Station, "duty_mode")
    part = ask(Station(id="S", pilot=False, officers=12))
    assert part.value is DutyMode.TWO_TEAMS_ONE_ROOM
    assert list(map(str, part.cites)) == ["5.1/2"]
    assert part.needs == ()
    assert ask(Station(id="S")).needs == ("stations/S.officers", "stations/S.pilot")


def test_with_the_facts_around(policy: Policy) -> None:
    station = Station(id="S", pilot=False)
    roster = [Officer(id=f"O{number}", station_id="S") for number in range(12)]
    around = Facts(stations=[station], officers=roster)
    ask = policy.asker(Station, "duty_mode")
    assert ask(station).value is None
    assert ask(station, around).value is DutyMode.TWO_TEAMS_ONE_ROOM


def test_a_verdict_by_its_part(policy: Policy) -> None:
    case = CriminalCase(id="A", role=CaseRole.LEAD, causation_clear=False)
    ask = policy.asker(CriminalCase)
    part, verdict = ask(case), policy.check(case)
    assert [str(reason.cite) for reason in part.reasons] == ["3.1/1"]
    assert (part.outcome, part.needs) == (verdict.outcome, verdict.needs)
    unknown = ask(CriminalCase(id="A"))
    assert unknown.needs == policy.check(CriminalCase(id="A")).needs != ()


def test_a_verdict_with_an_exemption() -> None:
    exemption = Exemption(
        id="E",
        cite="3.1/2",
        subject="cases/A",
        authority="市公安局",
        reason="r",
    )
    policy = PUTIAN.policy(as_of=AS_OF, exemptions=[exemption])
    case = CriminalCase(
        id="A", role=CaseRole.LEAD, causation_clear=True, simple=True, means={Means.IMAGE},
        complex=True, category=CaseCategory.ORDINARY, place_codes={"350302"},
    )  # fmt: skip
    part = policy.asker(CriminalCase)(case)
    assert part.permitted
    assert [reason.exemption for reason in part.reasons] == ["E"]


def test_before_the_directive(policy: Policy) -> None:
    early = PUTIAN.policy(as_of=date(2019, 1, 1), engine=policy.engine)
    assert early.asker(Station, "duty_mode")(Station(id="S", pilot=True)).value is None
    part = early.asker(CriminalCase)(CriminalCase(id="A"))
    assert str(part.outcome) == "not_applicable"


def test_what_is_not_asked_about_is_refused(policy: Policy) -> None:
    ask = policy.asker(Station, "duty_mode")
    check = policy.asker(CriminalCase)
    officer = Officer(id="O")
    for bound, name in ((ask, "Station"), (check, "CriminalCase")):
        with pytest.raises(QuestionError, match=f"bound to {name} is asked about .*Officer"):
            bound(officer)
    with pytest.raises(QuestionError, match="`facts` is a `Facts`, found 5"):
        ask(Station(id="S"), 5)
    with pytest.raises(QuestionError, match="`facts` is a `Facts`, found None"):
        check(CriminalCase(id="A"), None)


def test_there_must_be_something_to_ask() -> None:
    policy = PUTIAN.policy(as_of=AS_OF)
    with pytest.raises(QuestionError, match="did you mean `duty_mode`"):
        policy.asker(Station, "duty_mood")
    with pytest.raises(QuestionError, match="is not a request"):
        policy.asker(Station)
