"""What a log has on record, asked again: by the same rules, by others, with facts that are gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from made_up_amendment import DIRECTIVE as AMENDED
from reading_rooms import DIRECTIVE as READING_ROOMS

import policy_rules as pr
from policy_rules.decision_log import Choices, DecisionLog, Replayed, Standing, replayed
from policy_rules.language import (
    Clause,
    Directive,
    Recurrence,
    WorkCalendar,
    count,
    each,
    subject,
)
from policy_rules.language.exemptions import exemption_faults
from policy_rules.language.sentences import fingerprints
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_exemptions, random_facts, random_setting
from policy_rules.testing.strategies import chosen
from tests.support.decision_logs import POLICY, appointment, case

AS_RECORDED = Choices(readings={}, parameters={})
DIRECTIVE = pr.load("putian-2019-52")


def again(
    log: DecisionLog, directive: LoadedDirective = DIRECTIVE, choices: Choices = AS_RECORDED
) -> list[Replayed]:
    return list(replayed(log, lambda _: directive, choices))


@pytest.fixture
def log(tmp_path: Path) -> Iterator[DecisionLog]:
    with DecisionLog(tmp_path / "log") as made:
        yield made


def standings(found: list[Replayed]) -> list[str]:
    return [str(each.standing) for each in found]


def test_everything_that_a_policy_rests_on_is_taken_from_the_record(log: DecisionLog) -> None:
    """Readings, parameters of every type, exemptions and related facts."""
    facts = pr.Facts(
        stations=[pr.Station(id="S1", name="黄石派出所", pilot=False)],
        officers=[pr.Officer(id=f"P{number}", station_id="S1") for number in range(13)],
        cases=[evolve_case("S1")],
        transfers=[
            pr.Transfer(id="T1", station_id="S1", direction=pr.Direction.OUT, on=date(2022, 3, 1))
        ],
        complete=["officers", "transfers"],
    )
    policy = DIRECTIVE.policy(
        as_of=date(2022, 4, 1),
        readings={"strength_counts": "sworn_and_auxiliary"},
        parameters={
            "rotation_training_period": Recurrence("FREQ=YEARLY"),
            "community_share": "1/2"
            and pr.load("putian-2019-52").rules.parameters["community_share"].at(date(2022, 4, 1)),
            "holidays": WorkCalendar([2021], [date(2021, 10, 1)]),
        },
        exemptions=[pr.Exemption(id="E1", cite="3.1/2", subject="cases/A9", authority="市局")],
    )
    answers = [
        *policy.decisions_of(facts),
        *policy.verdicts_of(facts),
        *policy.audit(facts),
        *policy.agreements_of(facts),
    ]
    log.add(policy, answers)
    log.add(policy, answers, facts=facts)
    found = again(log)
    assert len(found) == 2 * len(answers)
    assert {each.standing for each in found} == {Standing.SAME}
    verdict = next(each for each in found if each.kind == "verdicts")
    assert verdict.before["outcome"] == "permitted"
    assert verdict.before["reasons"][0]["exemption"] == "E1"


def evolve_case(station: str) -> pr.CriminalCase:
    """A case with a place in another city."""
    made = case(9, {"350102"})
    return pr.CriminalCase(
        id=made.id, station_id=station, role=made.role, category=made.category,
        complex=made.complex, causation_clear=made.causation_clear, simple=made.simple,
        means=made.means, place_codes=made.place_codes,
    )  # fmt: skip


def test_other_choices_give_other_answers(log: DecisionLog) -> None:
    helper = pr.CriminalCase(id="A1", role=pr.CaseRole.ASSIST, causation_clear=False)
    log.add(POLICY, [POLICY.check(helper), POLICY.check(case(2))])
    read = Choices(readings={"case_scope_covers": "any_handling"}, parameters={})
    first, second = again(log, choices=read)
    assert (first.standing, second.standing) == (Standing.DIFFERENT, Standing.SAME)
    assert first.before["outcome"] == "permitted"
    assert first.after is not None
    assert first.after["outcome"] == "prohibited"
    assert first.index == 2
    unknown = Choices(readings={"no_such": "x"}, parameters={})
    third, _ = again(log, choices=unknown)
    assert third.standing is Standing.NOT_REPLAYED
    assert third.why is not None
    assert "no reading `no_such`" in third.why[1]


def test_what_an_amendment_answers_otherwise(log: DecisionLog) -> None:
    facts = pr.Facts(stations=[pr.Station(id="S1", name="黄石派出所", pilot=False, officers=14)])
    (station,) = facts.all(pr.Station)
    log.add(POLICY, [POLICY.decide(station, "duty_mode", facts)])
    log.add(POLICY, [POLICY.check(appointment(1))])
    amended = pr.load(AMENDED)
    modes, post = again(log, amended)
    assert modes.before["value"] == "two_teams_one_room"
    assert modes.after is not None
    # 12 officers became 15: with 14 it is zoned
    assert (modes.standing, modes.after["value"]) == (Standing.DIFFERENT, "zoned")
    assert post.standing is Standing.SAME


TEXT = "1/1 Each station has two beds.\n"


def _directive(*, of_officers: bool) -> LoadedDirective:
    clause = Clause("1", "Beds", "Beds")
    (s1,) = clause.sentences(1)
    station = subject(pr.Station)
    officer = each(pr.Officer, station_id=station)
    needed = count(officer) if of_officers else 2
    s1("has two beds")("Beds", "beds").demands(station, station.beds >= needed)
    return pr.load(
        Directive(
            id="beds",
            number="1",
            en="Beds",
            languages=("en",),
            issued=date(2020, 1, 1),
            clauses=[clause],
            sentences=fingerprints(TEXT),
        )
    )


def test_rules_that_rest_on_other_facts_than_are_on_record(log: DecisionLog) -> None:
    """Of a list that was whole, only what was asked for is on record: it is not taken for whole."""
    facts = pr.Facts(
        stations=[pr.Station(id="S1", beds=2)],
        officers=[pr.Officer(id=f"P{number}", station_id="S1") for number in range(3)],
        complete=["officers"],
    )
    before = _directive(of_officers=False).policy(as_of=date(2022, 4, 1))
    (finding,) = before.audit(facts)
    log.add(before, [finding])
    log.add(before, [finding], facts=facts)
    alone, whole = again(log, _directive(of_officers=True))
    assert alone.standing is Standing.NOT_REPLAYED
    assert alone.why is not None
    assert "rest on facts that are not on record (officers.station_id)" in alone.why[1]
    assert whole.standing is Standing.DIFFERENT
    assert whole.after is not None
    assert (whole.before["status"], whole.after["status"]) == ("satisfied", "breached")
    gone = again(log)  # the rule is not there any more
    assert standings(gone) == ["different", "different"]
    assert gone[0].after is None


def test_what_was_erased_is_not_guessed(log: DecisionLog) -> None:
    facts = pr.Facts(
        stations=[pr.Station(id="S1", name="黄石派出所", pilot=False)],
        officers=[
            pr.Officer(id=f"officer-{number}", station_id="S1", role=pr.Role.COMMUNITY)
            for number in range(12)
        ],
        complete=["officers"],
    )
    (station,) = facts.all(pr.Station)
    decided = POLICY.decide(station, "duty_mode", facts)
    assert str(decided.value) == "two_teams_one_room"
    log.add(POLICY, [decided])
    log.add(POLICY, POLICY.audit(facts), facts=facts)
    log.erase_fact("officers/officer-3")
    found = again(log)
    # With eleven, it would be zoned: nobody is told so.
    assert found[0].standing is Standing.NOT_REPLAYED
    assert {each.standing for each in found} == {Standing.SAME, Standing.NOT_REPLAYED}
    own = [each for each in found if "subject" not in each.before]
    assert own
    assert {each.standing for each in own} == {Standing.NOT_REPLAYED}


def test_facts_that_cannot_be_read_any_more(log: DecisionLog) -> None:
    """A directive whose vocabulary has no such class."""
    log.add(POLICY, [POLICY.check(case(2))])
    (found,) = again(log, pr.load(READING_ROOMS))
    assert found.standing is Standing.NOT_REPLAYED
    assert found.why is not None


def _drawn(choose: Chooser) -> tuple[Policy, pr.Facts]:
    """The directive of Putian or a random one, with random facts, choices and exemptions."""
    directive = DIRECTIVE
    if choose.chance(60):
        directive = pr.load(random_directive(choose, choose.pick(VOCABULARIES)))
    setting = random_setting(choose, directive.rules)
    facts = random_facts(choose, directive.rules, setting.as_of, known=choose.chance(15))
    exemptions = random_exemptions(choose, directive.rules, facts, setting.as_of)
    policy = directive.policy(
        as_of=setting.as_of,
        readings=setting.readings,
        parameters=setting.parameters,
        exemptions=[] if exemption_faults(directive.rules, exemptions) else exemptions,
    )
    return policy, facts


@settings(max_examples=10)
@given(chosen(_drawn))
def test_what_is_on_record_of_an_answer_is_enough_to_give_it_again(
    drawn: tuple[Policy, pr.Facts],
) -> None:
    """The facts that each answer rests on, and the whole of them, alike."""
    policy, facts = drawn
    answers = [
        *policy.decisions_of(facts),
        *policy.verdicts_of(facts),
        *policy.audit(facts),
        *policy.agreements_of(facts),
    ]
    with TemporaryDirectory() as folder, DecisionLog(Path(folder, "log")) as log:
        log.add(policy, answers)
        log.add(policy, answers, facts=facts)
        assert log.verify().faults == ()
        found = list(replayed(log, lambda _: LoadedDirective(policy.rules), AS_RECORDED))
        assert len(found) == 2 * len(answers)
        assert [each for each in found if each.standing is not Standing.SAME] == []


def test_a_body_that_others_name_and_nobody_gave(log: DecisionLog) -> None:
    """It is no fact of its own, beside which references would have to lead somewhere."""
    facts = pr.Facts(
        events=[
            pr.Event(id="E1", station_id="elsewhere"),
            pr.Event(id="E2", station_id="somewhere", for_event_id="E1"),
        ]
    )
    log.add(POLICY, POLICY.audit(facts))
    assert {each.standing for each in again(log)} == {Standing.SAME}
