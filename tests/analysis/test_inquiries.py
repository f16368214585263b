"""What to find out first: by hand, and with random rules and facts, against what engines answer."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import given, settings

import policy_rules as pr
from policy_rules.analysis.inquiries import Inquiry, inquiry
from policy_rules.policy import Answer, Policy
from policy_rules.testing.choosing import Chooser, shuffled
from policy_rules.testing.comparing import answers_of
from policy_rules.testing.strategies import chosen
from tests.support.asking import again, errand, outcome, policy_of
from tests.support.learning import settled

POLICY = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
_MOST_ASKED = 4
# An undetermined answer, what is enough, and the answer once that is given.
Settled = tuple[Answer, tuple[str, ...], Answer]


def found(answer: Answer, policy: Policy = POLICY) -> Inquiry:
    """The inquiry about an answer, all of which the solver could say."""
    made = inquiry(policy, answer)
    assert made.why == ("", "")
    return made


def alone(of: Inquiry) -> dict[str, Any]:
    """What single facts may settle alone, with a value that does, in their order."""
    return {
        need: [(str(way.outcome), *way.values) for way in each.alone]
        for each in of.first
        if each.alone
        for need in each.needs
    }


def about(station: pr.Station, cite: str, *, whole: bool = False) -> Inquiry:
    """The inquiry about one finding on a station."""
    facts = pr.Facts(stations=[station], complete=["officers"] if whole else [])
    (finding,) = (each for each in POLICY.audit(facts) if str(each.cite) == cite)
    return found(finding)


def test_a_pilot_is_settled_alone_and_any_other_needs_its_strength() -> None:
    station = pr.Station(id="S1")
    made = found(POLICY.decide(station, "duty_mode", pr.Facts(stations=[station])))
    assert alone(made) == {"stations/S1.pilot": [("three_teams_one_room", True)]}
    assert made.first[0].needs == ("stations/S1.pilot",)
    assert made.enough == (("stations/S1.officers", "stations/S1.pilot"),)
    assert not made.more


def test_who_assists_may_and_nothing_less_than_all_is_enough() -> None:
    """With `assist` neither sentence of 3.1 applies; with `lead` both have to be gone through."""
    verdict = POLICY.check(pr.CriminalCase(id="A1", simple=True))
    made = found(verdict)
    assert alone(made) == {"cases/A1.role": [("permitted", pr.CaseRole.ASSIST)]}
    assert made.enough == (verdict.needs,)


def test_what_is_needed_need_not_be_found_out_where_something_else_is_enough() -> None:
    """What a pilot sets up does not hang on its strength; that of a whole roster can be counted."""
    assert about(pr.Station(id="S1"), "5.1/1b").enough == (
        ("stations/S1.pilot", "stations/S1.units"),
    )
    assert about(pr.Station(id="S1"), "5.1/3b").enough == (
        ("complete.officers", "stations/S1.pilot"),
    )


def test_what_an_attestation_says_is_not_found_out_here() -> None:
    """Of 4.5/2a it can only become known that it does not apply."""
    made = about(pr.Station(id="S1"), "4.5/2a")
    assert alone(made) == {"stations/S1.mediation_station": [("not_applicable", False)]}
    assert made.enough == ()


def test_a_parameter_that_the_text_leaves_open_may_settle_it_alone() -> None:
    """Of a case of another special kind it hangs on nothing but which other kinds are left out."""
    case = pr.CriminalCase(
        id="A1", role=pr.CaseRole.LEAD, causation_clear=True, simple=True, means=frozenset(),
        complex=False, place_codes=frozenset({"350304"}), category=pr.CaseCategory.OTHER,
    )  # fmt: skip
    made = found(POLICY.check(case))
    assert alone(made) == {
        "parameters.other_excluded_categories": [("exemption_needed",), ("permitted",)]
    }
    assert made.enough == (("parameters.other_excluded_categories",),)


def test_the_values_that_settle_are_told() -> None:
    """Of twelve officers the least that is no fewer; of a setting every value that is not urban."""
    station = pr.Station(id="S1", pilot=False)
    made = found(POLICY.decide(station, "duty_mode", pr.Facts(stations=[station])))
    assert alone(made) == {"stations/S1.officers": [("two_teams_one_room", 12), ("zoned", 0)]}
    assert alone(about(pr.Station(id="S1"), "4.1/5a")) == {
        "stations/S1.setting": [("not_applicable", pr.Setting.TOWNSHIP, pr.Setting.RURAL)]
    }


def test_a_settled_answer_asks_for_nothing() -> None:
    station = pr.Station(id="S1", pilot=True)
    assert inquiry(POLICY, POLICY.decide(station, "duty_mode")) == Inquiry(first=())


def test_many_needs_of_one_field_are_found_out_together() -> None:
    """Of twenty officers of a zoned station neither the role nor the zone is known: one is known to
    deviate, or not to, by both, and both are asked of all at once."""
    officers = [pr.Officer(id=f"O{place}", station_id="S1") for place in range(20)]
    facts = pr.Facts(
        stations=[pr.Station(id="S1", pilot=False, officers=10)], officers=officers,
        complete=["stations", "officers"],
    )  # fmt: skip
    (finding,) = (each for each in POLICY.audit(facts) if str(each.cite) == "5.1/3b")
    made = found(finding)
    assert [len(each.needs) for each in made.first] == [20, 20]
    assert made.enough == (tuple(need for each in made.first for need in each.needs),)


def settlements(choose: Chooser) -> list[Settled]:
    """Undetermined answers, each with a least set, and what it becomes once that is given."""
    directive, setting, facts = errand(choose)
    policy = policy_of(directive, setting)
    listed = []
    open_ = [each for each in answers_of(policy, facts) if outcome(each) is None and each.needs]
    for answer in shuffled(choose, open_)[:_MOST_ASKED]:
        for enough in inquiry(policy, answer).enough[:2]:
            given_all = settled(choose, directive.rules, setting, facts, enough)
            if given_all is not None:
                then, more = given_all
                listed.append((answer, enough, again(policy_of(directive, then), more, answer)))
    return listed


@settings(max_examples=8)
@given(chosen(settlements))
def test_what_is_enough_settles_the_answer(
    of: list[tuple[Answer, tuple[str, ...], Answer]],
) -> None:
    """Whatever is found of a least set, the interpreter answers; what may settle it alone has been
    put to it, or else there had been an error."""
    for answer, enough, then in of:
        assert outcome(then) is not None, (answer, enough)
