"""Sessions, by hand on the directive of Putian: what changes, why, who is told, what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.answers import Decision, Finding, Verdict
from policy_rules.facts import Fact
from policy_rules.facts.faults import FaultCode
from policy_rules.language import subject
from policy_rules.policy import Answer, EngineName
from policy_rules.session import counts, questions
from policy_rules.session.questions import Asking
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.comparing import all_said, answers_of
from tests.support.found import LABELS, directive
from tests.support.session_walks import Walk
from tests.support.writing import at, defining

PUTIAN = pr.load("putian-2019-52")
DAY = date(2019, 9, 1)
MISSING = pr.Station(id="X", officers=1)
ENGINES: tuple[EngineName, ...] = ("python", "interpreter")


def session(*facts: Fact, engine: EngineName = "python", as_of: date = DAY) -> pr.Session:
    """A session that begins without facts, and is given these."""
    made = pr.Session(PUTIAN.policy(as_of=as_of, engine=engine))
    made.add(*facts)
    return made


def value(answer: Answer | None) -> object:
    """What an answer comes to."""
    match answer:
        case Decision():
            return answer.value
        case Verdict():
            return answer.outcome
        case Finding():
            return answer.status
        case _:
            return None


def told(changes: tuple[pr.Change, ...]) -> dict[tuple[str, str], tuple[object, object]]:
    """What changes say, by subject and name."""
    return {(c.subject, c.name): (value(c.before), value(c.after)) for c in changes}


def one(changes: tuple[pr.Change, ...], subject: str, name: str) -> pr.Change:
    """The change of one conclusion."""
    (found,) = (c for c in changes if (c.subject, c.name) == (subject, name))
    return found


# What changes


@pytest.mark.parametrize("engine", ENGINES)
def test_the_strength_of_a_station_decides_its_mode(engine: EngineName) -> None:
    """警力12人以上（含12人）: two teams and one room; 警力在12人以下: by zone."""
    made = session(engine=engine)
    added = made.add(pr.Station(id="S", pilot=False, officers=12))
    mode = one(added, "stations/S", "duty_mode")
    assert (mode.before, value(mode.after)) == (None, pr.DutyMode.TWO_TEAMS_ONE_ROOM)
    assert (mode.kind, [str(cite) for cite in mode.cites]) == ("decision", ["5.1/2"])
    assert mode.because == ("stations/S",)
    changed = made.update("stations/S", officers=11)
    mode = one(changed, "stations/S", "duty_mode")
    assert value(mode.before) is pr.DutyMode.TWO_TEAMS_ONE_ROOM
    assert value(mode.after) is pr.DutyMode.ZONED
    assert [str(cite) for cite in mode.cites] == ["5.1/3"]
    assert told(changed)["stations/S", "5.1/2"][1] is pr.Status.NOT_APPLICABLE
    assert told(changed)["stations/S", "5.1/3a"][0] is pr.Status.NOT_APPLICABLE
    assert ("stations/S", "5.1/1b") not in told(changed)  # of pilot stations
    assert made.update("stations/S", officers=11) == ()


@pytest.mark.parametrize("engine", ENGINES)
def test_an_officer_who_moves_changes_both_stations(engine: EngineName) -> None:
    """Where no number is given, strength is counted from the roster."""
    officers = [pr.Officer(id=f"O{place}", station_id="A") for place in range(12)]
    made = session(pr.Station(id="A", pilot=False), pr.Station(id="B", pilot=False), *officers,
                   engine=engine)  # fmt: skip
    assert made.decide("stations/A", "strength").value is None
    assert ("stations/A", "strength") in told(made.complete(pr.Officer))
    moved = made.update("officers/O0", station_id="B")
    assert told(moved)["stations/A", "strength"] == (12, 11)
    assert told(moved)["stations/B", "strength"] == (0, 1)
    two, zoned = pr.DutyMode.TWO_TEAMS_ONE_ROOM, pr.DutyMode.ZONED
    assert told(moved)["stations/A", "duty_mode"] == (two, zoned)
    assert one(moved, "stations/A", "duty_mode").because == ("officers/O0",)
    removed = made.remove("officers/O0")
    assert told(removed)["stations/B", "strength"] == (1, 0)
    assert {subject for subject, _ in told(removed)} == {"stations/B", "officers/O0"}


def test_a_conclusion_that_lost_its_support_goes() -> None:
    """What is gone has no conclusions; and what it supported is unknown again."""
    made = session(pr.Station(id="S"), pr.Officer(id="O", station_id="S"))
    made.complete(pr.Officer)
    assert made.decide("stations/S", "strength").value == 1
    made.update("officers/O", station_id=None)
    assert made.decide("stations/S", "strength").needs == ("stations/S.officers",)
    gone = made.remove("officers/O", "stations/S")
    assert all(change.after is None for change in gone)
    assert {change.subject for change in gone} == {"stations/S", "officers/O"}
    strength = one(gone, "stations/S", "strength")
    assert strength.answer is strength.before
    assert strength.fell_due is None
    assert made.answers == ()
    assert len(made.facts) == 0
    assert [subject for subject, _ in told(made.add(pr.Station(id="S", officers=3)))] != []
    assert made.decide("stations/S", "strength").value == 3


def test_the_verdict_on_a_task() -> None:
    """属专业警种部门职责任务的: it needs what 3.3/3 asks before it begins."""
    task = pr.Task(
        id="T1", issuer=pr.Issuer.PARTY, within_statutory_duty=True, branch_duty=False, quota=False,
        starts_on=date(2019, 10, 1), report_sections=frozenset(), guarantees=frozenset(),
        reviewed_on=date(2019, 9, 2), approved_on=date(2019, 9, 2),
    )  # fmt: skip
    made = session(task)
    assert made.check("tasks/T1").outcome is pr.Outcome.PERMITTED
    assert made.check(task).outcome is pr.Outcome.PERMITTED
    verdict = one(made.update(task, branch_duty=True), "tasks/T1", "")
    assert (verdict.kind, verdict.name) == ("verdict", "")
    assert (value(verdict.before), value(verdict.after)) == (
        pr.Outcome.PERMITTED, pr.Outcome.AWAITING,
    )  # fmt: skip
    assert [str(cite) for cite in verdict.cites] == ["3.3/3"]  # the rule of the missing steps
    assert verdict.concerns(["3.3"])
    begun = one(made.advance(date(2019, 10, 1)), "tasks/T1", "")
    assert value(begun.after) is pr.Outcome.PROHIBITED
    assert [str(cite) for cite in begun.cites] == ["3.3/3"]


def test_an_attestation_that_is_withdrawn() -> None:
    """The latest says what holds; when only that changes, the finding does."""
    made = session(pr.City(id="350300"), pr.City(id="350400"))
    added = made.add(pr.Attestation(id="A", subject_id="350300", cite="3.3/1a", holds=True,
                                    on=date(2019, 8, 1)))  # fmt: skip
    assert told(added) == {
        ("cities/350300", "3.3/1a"): (pr.Status.UNDETERMINED, pr.Status.SATISFIED)
    }
    denied = made.update("attestations/A", holds=False)
    assert told(denied) == {("cities/350300", "3.3/1a"): (pr.Status.SATISFIED, pr.Status.BREACHED)}
    assert one(denied, "cities/350300", "3.3/1a").because == ("attestations/A",)
    moved = made.update("attestations/A", subject_id="350400")
    assert told(moved) == {
        ("cities/350300", "3.3/1a"): (pr.Status.BREACHED, pr.Status.UNDETERMINED),
        ("cities/350400", "3.3/1a"): (pr.Status.UNDETERMINED, pr.Status.BREACHED),
    }


def test_an_attestation_counts_from_its_day() -> None:
    """One of 2 September says nothing on the first."""
    made = session(pr.City(id="350300"))
    assert made.add(pr.Attestation(id="A", subject_id="350300", cite="3.3/1a", holds=True,
                                   on=date(2019, 9, 2))) == ()  # fmt: skip
    assert told(made.advance(date(2019, 9, 2)))["cities/350300", "3.3/1a"] == (
        pr.Status.UNDETERMINED, pr.Status.SATISFIED,
    )  # fmt: skip


def test_an_exemption_ends() -> None:
    """原则上: who is not divided by zone deviates on the day after the last one it covers."""
    exemption = pr.Exemption(
        id="E", cite="5.1/3b", subject="stations/S", valid_until=date(2019, 9, 30)
    )
    made = pr.Session(PUTIAN.policy(as_of=DAY, exemptions=[exemption]))
    made.add(pr.Station(id="S", pilot=False, officers=3),
             pr.Officer(id="O", station_id="S", role=pr.Role.COMMUNITY, zone=""))  # fmt: skip
    made.complete(pr.Officer)
    assert ("stations/S", "5.1/3b") not in told(made.advance(date(2019, 9, 30)))
    ended = one(made.advance(date(2019, 10, 1)), "stations/S", "5.1/3b")
    assert (value(ended.before), value(ended.after)) == (pr.Status.EXEMPT, pr.Status.DEVIATES)
    assert ended.fell_due is None


def test_what_a_change_says_as_json() -> None:
    """All keys are there; what there is not is null."""
    made = session(pr.Station(id="S", pilot=False, officers=12))
    (mode,) = (c for c in made.update("stations/S", officers=11) if c.name == "duty_mode")
    written = mode.as_json()
    assert (written["before"]["value"], written["after"]["value"]) == (
        "two_teams_one_room", "zoned",
    )  # fmt: skip
    del written["before"], written["after"]
    assert written == {
        "subject": "stations/S", "kind": "decision", "name": "duty_mode", "cites": ["5.1/3"],
        "because": ["stations/S"], "fell_due": None,
    }  # fmt: skip
    (gone,) = (c for c in made.remove("stations/S") if c.name == "duty_mode")
    assert gone.as_json()["after"] is None
    (new,) = (c for c in made.add(pr.Station(id="S", pilot=True)) if c.name == "duty_mode")
    assert new.as_json()["before"] is None


def test_advancing_reports_the_deadlines_that_fell_due() -> None:
    """2019年底前: on the last day of 2019 there is still time, on the first of 2020 none."""
    station = pr.Station(id="D", name="东峤派出所", setting=pr.Setting.URBAN, pilot=True,
                         premises=pr.Premises.NONE)  # fmt: skip
    made = session(station)
    made.complete(pr.Workstation)
    on_the_day = made.advance(date(2019, 12, 31))
    assert [change for change in on_the_day if change.fell_due] == []
    after = made.advance(date(2020, 1, 1))
    due = {change.name: change for change in after if change.fell_due}
    assert sorted(due) == ["4.1/2c", "4.2/3"]
    for change in due.values():
        assert (value(change.before), value(change.after)) == (
            pr.Status.PENDING, pr.Status.BREACHED,
        )  # fmt: skip
        assert change.fell_due == date(2019, 12, 31)
        assert change.because == ()
        assert change.as_json()["fell_due"] == "2019-12-31"
    assert (made.policy.as_of, made.findings("stations/D")[0].subject) == (
        date(2020, 1, 1), "stations/D",
    )  # fmt: skip
    back = made.advance(date(2019, 12, 31))
    assert value(one(back, "stations/D", "4.2/3").after) is pr.Status.PENDING
    assert one(back, "stations/D", "4.2/3").fell_due is None


def test_before_the_directive_nothing_is_asked_of_anyone() -> None:
    """It is of 16 July 2019: an advance over that day bears upon every finding."""
    made = session(pr.Station(id="S", officers=10, community_officers=1), as_of=date(2019, 7, 15))
    assert {each.status for each in made.findings("stations/S")} == {pr.Status.NOT_APPLICABLE}
    changed = made.advance(date(2019, 7, 16))
    assert told(changed)["stations/S", "2.1/1b"] == (
        pr.Status.NOT_APPLICABLE, pr.Status.BREACHED,
    )  # fmt: skip


def test_what_the_policy_was_built_with_stays_when_the_date_changes() -> None:
    """Readings, parameters, exemptions and the engine."""
    exemption = pr.Exemption(id="E", cite="5.1/3b", subject="stations/S")
    policy = PUTIAN.policy(
        as_of=DAY, readings={"strength_counts": "sworn_and_auxiliary"},
        parameters={"two_team_strength": 20}, exemptions=[exemption], engine="interpreter",
    )  # fmt: skip
    made = pr.Session(policy)
    made.add(pr.Station(id="S", pilot=False, officers=12, auxiliaries=7),
             pr.Officer(id="O", station_id="S", role=pr.Role.COMMUNITY, zone=""))  # fmt: skip
    made.complete(pr.Officer)
    made.advance(date(2019, 9, 2))
    assert made.decide("stations/S", "strength").value == 19
    assert made.decide("stations/S", "duty_mode").value is pr.DutyMode.ZONED
    statuses = {str(each.cite): each.status for each in made.findings("stations/S")}
    assert statuses["5.1/3b"] is pr.Status.EXEMPT
    assert made.policy.engine == "interpreter"


# Transactions


def test_a_transaction_applies_together() -> None:
    """Within it the answers are those before it; the order of what refers does not matter."""
    made = session(pr.Station(id="A", pilot=False, officers=12))
    with made.transaction() as changing:
        changing.add(pr.Officer(id="O", station_id="B"))
        changing.add(pr.Station(id="B", pilot=False))
        changing.update("stations/A", officers=11)
        changing.update("stations/A", auxiliaries=3)
        changing.complete(pr.Officer, "stations")
        assert made.decide("stations/A", "strength").value == 12
        assert changing.changes == ()
    assert told(changing.changes)["stations/A", "strength"] == (12, 11)
    assert told(changing.changes)["stations/B", "strength"] == (None, 1)
    assert made.facts.complete == {"officers", "stations"}
    found = made.facts.get(pr.Station, "A")
    assert found == pr.Station(id="A", pilot=False, officers=11, auxiliaries=3)


def test_a_transaction_that_comes_to_nothing_tells_nobody() -> None:
    """What is changed back, added and removed, or said before, changes nothing."""
    made = session(pr.Station(id="A", officers=12))
    made.complete("stations")
    heard: list[object] = []
    made.subscribe(heard.append)
    with made.transaction() as changing:
        changing.update("stations/A", officers=11)
        changing.update("stations/A", officers=12)
        changing.add(pr.Station(id="B"))
        changing.remove("stations/B")
        changing.complete(pr.Station)
    assert (changing.changes, heard) == ((), [])
    with made.transaction():
        pass
    assert heard == []


def test_a_transaction_that_fails_applies_nothing_and_tells_nobody() -> None:
    """Whether it is refused at its end, within, or the block raises something of its own."""
    made = session(pr.Station(id="A", officers=12), pr.Officer(id="O", station_id="A"))
    before = made.facts
    heard: list[object] = []
    made.subscribe(heard.append)
    with pytest.raises(pr.FactError), made.transaction() as changing:  # noqa: PT012
        changing.update("stations/A", officers=3)
        changing.update("officers/O", station_id="Z")
    with pytest.raises(pr.FactError), made.transaction() as changing:  # noqa: PT012
        changing.update("stations/A", officers=3)
        changing.update("stations/A", officers=-3)
    with pytest.raises(KeyError), made.transaction() as changing:  # noqa: PT012
        changing.update("stations/A", officers=3)
        raise KeyError
    assert (made.facts, heard) == (before, [])
    assert made.decide("stations/A", "strength").value == 12
    assert changing.changes == ()


def test_facts_that_were_given_stay_as_they_were() -> None:
    """What `facts` gives does not change when the session does."""
    made = session(pr.Station(id="A", officers=12))
    before = made.facts
    made.update("stations/A", officers=3)
    made.add(pr.Station(id="B"))
    assert before == pr.Facts(stations=[pr.Station(id="A", officers=12)])
    assert made.facts == pr.Facts(
        stations=[pr.Station(id="A", officers=3), pr.Station(id="B")]
    )  # fmt: skip
    assert repr(made) == (
        "<session of <policy putian-2019-52 as of 2019-09-01, engine python>: 2 facts>"
    )


def test_what_engines_see_of_the_facts() -> None:
    """A session's memory answers as `Facts` do."""
    memory = session(pr.Station(id="A", officers=12))._conclusions.memory
    assert repr(memory) == "<facts of a session: 1>"
    assert list(memory) == [pr.Station(id="A", officers=12)]
    assert dict(memory.collections) == {"stations": (pr.Station(id="A", officers=12),)}
    assert memory == memory
    assert memory != pr.Facts(stations=[pr.Station(id="A", officers=12)])
    assert len({memory, memory}) == 1


# What is refused


WITHIN = "a transaction is open: its own changes go through it, others wait for its end"
NO_SUCH = "expected a fact that is there, found none; correct the id, or add it"


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (lambda s: s.add(pr.Station(id="S")),
         "stations/S: expected an id that is not there yet, found it given; `update` it, or remove "
         "it first"),
        (lambda s: s.add(pr.Station(id="N"), pr.Station(id="N")),
         "stations/N: expected an id that is not there yet, found it given; `update` it, or remove "
         "it first"),
        (lambda s: s.add(pr.Exemption(id="E", cite="5.1/3b", subject="stations/S")),
         "session: expected a fact of a class that the directive speaks of, found an exemption, "
         "which is part of a policy; correct it"),
        (lambda s: s.add("x"),
         'session: expected a fact of a class that the directive speaks of, found "x"; correct it'),
        (lambda s: s.update("stations/X", officers=1), f"stations/X: {NO_SUCH}"),
        (lambda s: s.update(MISSING, officers=1), f"stations/X: {NO_SUCH}"),
        (lambda s: s.remove("stations/X"), f"stations/X: {NO_SUCH}"),
        (lambda s: s.decide("stations/X", "strength"), f"stations/X: {NO_SUCH}"),
        (lambda s: s.check("tasks/X"), f"tasks/X: {NO_SUCH}"),
        (lambda s: s.findings("stations/X"), f"stations/X: {NO_SUCH}"),
        (lambda s: s.update("stations/S", oficers=1),
         "stations/S.oficers: expected a field of a police station, found another name; did you "
         "mean `officers`? correct it"),
        (lambda s: s.update("stations/S", zzzz=1),
         "stations/S.zzzz: expected a field of a police station, found another name; correct it"),
        (lambda s: s.update("stations/S", officers=-1),
         "stations/S.officers: expected a whole number from 0 to 10000000, found -1; give the "
         "count of sworn officers, or leave it out if unknown"),
        (lambda s: s.update("stations/S", id="T"),
         "stations/S.id: expected the same id, found another; remove the fact and add it again"),
        (lambda s: s.update("station/S", officers=1),
         'session: expected a key such as `bureaus/ID`, found "station/S"; did you mean '
         "`stations`? correct it"),
        (lambda s: s.update("stations", officers=1),
         'session: expected a key such as `bureaus/ID`, found "stations"; correct it'),
        (lambda s: s.remove("stations/"),
         'session: expected a key such as `bureaus/ID`, found "stations/"; correct it'),
        (lambda s: s.remove(3),
         "session: expected a fact of a class that the directive speaks of, found 3; correct it"),
        (lambda s: s.remove("stations/S"),
         'officers/O.station_id: expected the id of one of the given `stations`, found "S"; '
         "correct it, or add what it refers to"),
        (lambda s: s.update("officers/O", station_id="Z"),
         'officers/O.station_id: expected the id of one of the given `stations`, found "Z"; '
         "correct it, or add what it refers to"),
        (lambda s: s.complete("station", "officers"),
         'complete: expected a known collection, found "station"; did you mean `stations`? '
         "correct it"),
        (lambda s: s.complete("zzzz"),
         'complete: expected a known collection, found "zzzz"; correct it or remove it'),
    ],
)  # fmt: skip
def test_what_is_refused(wrong: Callable[[pr.Session], object], expected: str) -> None:
    """In one line, with what to do; and nothing has changed."""
    made = session(pr.Station(id="S", officers=12), pr.Station(id="T"),
                   pr.Officer(id="O", station_id="S"))  # fmt: skip
    before = made.facts
    with pytest.raises(pr.FactError) as refused:
        wrong(made)
    assert str(refused.value) == expected
    assert all(fault.zh for fault in refused.value.faults)
    assert all(fault.code is not FaultCode.OTHER for fault in refused.value.faults)
    assert made.facts == before


def test_what_was_named_before_there_was_any_such_list() -> None:
    """An empty list says nothing; once it holds any, or is whole, what is named has to be there."""
    made = session(pr.Officer(id="O", station_id="S"), pr.Officer(id="P", station_id="T"))
    with pytest.raises(pr.FactError) as refused:
        made.add(pr.Station(id="S"))
    assert str(refused.value) == (
        'officers/P.station_id: expected the id of one of the given `stations`, found "T"; '
        "correct it, or add what it refers to"
    )
    with pytest.raises(pr.FactError):
        made.complete("stations")
    with made.transaction() as changing:
        changing.add(pr.Station(id="S"))
        changing.update("officers/P", station_id="S")
    assert len(made.facts) == 3
    made.remove("officers/O", "officers/P")
    made.remove("stations/S")
    assert made.add(pr.Officer(id="O", station_id="elsewhere")) != ()


@pytest.mark.parametrize(
    "within",
    [
        lambda s: s.add(MISSING),
        lambda s: s.transaction().__enter__(),
        lambda s: s.advance(date(2020, 1, 1)),
        lambda s: s.apply([{"id": "1", "add": {"stations": [{"id": "X"}]}}]),
    ],
)
def test_one_transaction_at_a_time(within: Callable[[pr.Session], object]) -> None:
    """Its own changes go through what the block is given."""
    made = session()
    with made.transaction() as changing:
        changing.add(pr.Station(id="S"))
        with pytest.raises(RuntimeError) as refused:
            within(made)
    assert str(refused.value) == WITHIN
    assert [fact.key for fact in made.facts] == ["stations/S"]
    assert made.policy.as_of == DAY


def test_questions_that_the_directive_does_not_answer() -> None:
    """What is not defined, and what is no request; and two rules that contradict each other."""
    made = session(pr.Station(id="S"))
    with pytest.raises(pr.QuestionError) as refused:
        made.decide("stations/S", "duty_mod")
    with pytest.raises(pr.QuestionError) as same:
        made.policy.decide(pr.Station(id="S"), "duty_mod")
    assert str(refused.value) == str(same.value)
    with pytest.raises(pr.QuestionError) as no_request:
        made.check("stations/S")
    with pytest.raises(pr.QuestionError) as same:
        made.policy.check(pr.Station(id="S"))
    assert str(no_request.value) == str(same.value)


def test_two_rules_that_contradict_each_other() -> None:
    """Who asks gets the error that the policy gives; who listens is told of the conflict."""
    station = subject(pr.Station)
    grade = defining(station, "grade", int)(**LABELS).by(
        at("1/1")("字").makes(1, when=station.officers >= 10),
        at("1/2")("字").makes(2, when=station.pilot),
        otherwise=at("1/3")("字").makes(3),
    )
    made = pr.Session(directive(grade).policy(as_of=DAY))
    made.add(pr.Station(id="S", officers=9, pilot=True))
    assert made.decide("stations/S", "grade").value == 2
    (change,) = made.update("stations/S", officers=10)
    assert isinstance(change.after, Decision)
    assert change.after.conflict is not None
    with pytest.raises(pr.ConflictError) as refused:
        made.decide("stations/S", "grade")
    assert str(refused.value) == (
        "stations/S: 1/1 and 1/2 both apply and give `grade` different values"
    )


# Why


def test_an_answer_is_explained_while_it_is_true() -> None:
    """As the policy explains it; of one that is past it is said so."""
    made = session(pr.Station(id="S", pilot=False, officers=12))
    mode = made.decide("stations/S", "duty_mode")
    assert made.explain(mode) == made.policy.explain(mode)
    assert "5.1 sentence 2" in made.explain(mode)
    finding = made.findings("stations/S")[0]
    assert made.explain(finding, "zh") == made.policy.explain(finding, "zh")
    made.update("stations/S", officers=11)
    with pytest.raises(pr.QuestionError) as past:
        made.explain(mode)
    assert str(past.value) == (
        "the answer about stations/S is not what the session concludes now; explain the present one"
    )
    assert "5.1 sentence 3" in made.explain(made.decide("stations/S", "duty_mode"))
    made.remove("stations/S")
    with pytest.raises(pr.QuestionError):
        made.explain(mode)


def test_an_explanation_is_of_the_facts_as_they_are_now() -> None:
    """Nothing that was worked out for an earlier one is left."""
    made = session(pr.Station(id="S"), pr.Officer(id="O1", station_id="S"))
    assert "at least 1" in made.explain(made.decide("stations/S", "strength"))
    made.add(pr.Officer(id="O2", station_id="S"))
    assert "at least 2" in made.explain(made.decide("stations/S", "strength"))


def test_whose_a_fact_is_follows_what_it_refers_to() -> None:
    made = session(pr.Bureau(id="B"), pr.Bureau(id="C"), pr.Station(id="S", bureau_id="B"))

    def bureau() -> str:
        body, _ = made.findings("stations/S")[0].bodies
        assert body is not None
        return body.id

    assert bureau() == "B"
    made.update("stations/S", bureau_id="C")
    assert bureau() == "C"


# Being told


@pytest.mark.parametrize(
    ("only", "names"),
    [
        (None, None),
        ("stations/S", None),
        ("officers", []),
        ("stations/T", []),
        ("duty_mode", ["duty_mode"]),
        ("5.1/3a", ["5.1/3a"]),
        ("5.1/3", ["duty_mode", "teams", "5.1/3a", "5.1/3b"]),
        ("5.1", ["duty_mode", "teams", "5.1/2", "5.1/3a", "5.1/3b"]),
        (["strength", "5.1/2"], ["strength", "5.1/2"]),
    ],
)
def test_a_subscriber_is_told_of_what_it_asked_for(only: Any, names: list[str] | None) -> None:
    """A fact, a collection, a decision, a rule, a sentence, a heading; or all."""
    made = session(pr.Station(id="S", pilot=False, officers=12))
    heard: list[tuple[pr.Change, ...]] = []
    made.subscribe(heard.append, only=only)
    changed = made.update("stations/S", officers=11)
    if names is None:
        assert heard == [changed]
    else:
        assert [change.name for changes in heard for change in changes] == names
    assert all(heard)  # nobody is called for nothing


def test_collections_are_told_apart() -> None:
    """Two of them change at once, and each subscriber hears of its own."""
    made = session(pr.Station(id="S"), pr.Officer(id="O", station_id="S"))
    heard: dict[str, set[str]] = {"stations": set(), "officers": set()}

    def hear(changes: tuple[pr.Change, ...], of: str) -> None:
        heard[of].update(change.subject for change in changes)

    for collection in heard:
        made.subscribe(partial(hear, of=collection), only=collection)
    made.remove("officers/O")
    assert heard == {"stations": {"stations/S"}, "officers": {"officers/O"}}


def test_subscribers_are_told_in_their_order_until_they_end_it() -> None:
    """In the order in which they came; to end it twice does nothing."""
    made = session(pr.Station(id="S", officers=1))
    heard: list[str] = []
    end_first = made.subscribe(lambda _: heard.append("first"))
    made.subscribe(lambda _: heard.append("second"))
    made.update("stations/S", officers=2)
    assert heard == ["first", "second"]
    end_first()
    end_first()
    made.update("stations/S", officers=3)
    assert heard == ["first", "second", "second"]


def test_a_subscriber_may_change_the_session() -> None:
    """All are told of the first change before any is told of what it brought about."""
    made = session(pr.Station(id="S", pilot=False, officers=12))
    heard: list[tuple[str, object]] = []

    def zone(changes: tuple[pr.Change, ...]) -> None:
        heard.append(("zone", value(made.decide("stations/S", "duty_mode"))))
        if any(value(change.after) is pr.DutyMode.ZONED for change in changes):
            made.update("stations/S", zones=3)

    made.subscribe(zone)
    made.subscribe(lambda changes: heard.append(("other", changes[0].name)))
    changed = made.update("stations/S", officers=11)
    assert heard == [
        ("zone", pr.DutyMode.ZONED), ("other", "strength"),
        ("zone", pr.DutyMode.ZONED), ("other", "5.1/3a"),
    ]  # fmt: skip
    assert "zones" not in {change.name for change in changed}
    statuses = {str(each.cite): each.status for each in made.findings("stations/S")}
    assert statuses["5.1/3a"] is pr.Status.SATISFIED


def test_an_error_of_a_subscriber_comes_after_all_were_told() -> None:
    """The first one; the change has applied, and the next is told as ever."""
    made = session(pr.Station(id="S", officers=1))
    heard: list[str] = []

    def fail(text: str) -> Callable[[object], None]:
        def failing(_: object) -> None:
            heard.append(text)
            raise ValueError(text)

        return failing

    ends = [made.subscribe(fail("one")), made.subscribe(fail("two"))]
    made.subscribe(lambda _: heard.append("three"))
    with pytest.raises(ValueError, match="one"):
        made.update("stations/S", officers=2)
    assert heard == ["one", "two", "three"]
    assert made.decide("stations/S", "strength").value == 2
    for end in ends:
        end()
    made.update("stations/S", officers=3)
    assert heard == ["one", "two", "three", "three"]


# What is evaluated


def test_only_what_depends_on_a_change_is_evaluated(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 300 stations, one is asked about, with its bureau, and its officers where rules say so."""
    stations = [
        pr.Station(id=f"S{place}", bureau_id=f"B{place % 5}", pilot=False, officers=12)
        for place in range(300)
    ]
    made = session(
        *(pr.Bureau(id=f"B{place}", officers=2000) for place in range(5)),
        *stations,
        *(pr.Officer(id=f"O{place}", station_id=f"S{place % 300}") for place in range(600)),
    )
    asked: list[tuple[str, int]] = []
    answers = Asking.answers

    def counted(self: Asking, fact: Fact, questions: int, memory: Any) -> Any:
        asked.append((fact.key, questions.bit_count()))
        return answers(self, fact, questions, memory)

    monkeypatch.setattr(Asking, "answers", counted)

    def asked_by(change: Callable[[], object]) -> set[str]:
        asked.clear()
        change()
        assert len(asked) == 2 * len({key for key, _ in asked})  # before, and after
        return {key for key, _ in asked}

    of_station = {"stations/S7", "bureaus/B2"}
    assert asked_by(lambda: made.update("stations/S7", officers=11)) == of_station
    assert asked_by(lambda: made.update("stations/S7", zones=2)) == {"stations/S7"}
    # Of its seventy, the one on zones, and whether the two accounts of them agree.
    assert asked == [("stations/S7", 2)] * 2
    # eligibility of officers rests on their station's terrain, and on its grades
    officers = {"officers/O7", "officers/O307"}
    island = asked_by(lambda: made.update("stations/S7", terrain=pr.Terrain.ISLAND))
    assert officers <= island <= {"stations/S7", *officers}
    # names are compared with the list of 4.1 only
    assert asked_by(lambda: made.update("stations/S7", name="甲")) <= {"stations/S7", "cities/C"}
    assert asked_by(lambda: made.update("officers/O7", zone="一")) == {"stations/S7"}
    moved = asked_by(lambda: made.update("officers/O7", station_id="S8"))
    assert moved == {"officers/O7", "stations/S7", "stations/S8", "bureaus/B2", "bureaus/B3"}
    assert all_said(made.answers) == all_said(answers_of(made.policy, made.facts))


def test_counts_are_not_counted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """A change of one of 2,000 officers of a station reads the list no more than a small one."""
    read: list[int] = []

    def of(officers: int) -> int:
        made = session(pr.Station(id="S", pilot=False), pr.Bureau(id="B"))
        of_station: dict[str, Any] = {"station_id": "S", "workplace_id": "S", "zone": "一"}
        made.add(
            *(
                pr.Officer(id=f"O{place}", role=pr.Role.CLERK, **of_station)
                for place in range(officers)
            )
        )
        made.complete(pr.Officer)
        made.update("officers/O1", role=pr.Role.CHIEF)
        memory = type(made._conclusions.memory)
        related, everyone = memory.related, memory.all
        with monkeypatch.context() as patch:
            patch.setattr(memory, "related", lambda *a: seen(related(*a)))
            patch.setattr(memory, "all", lambda *a: seen(everyone(*a)))
            read.clear()
            made.update("officers/O1", role=pr.Role.COMMUNITY)
            made.update("officers/O1", zone="二")
        assert made.decide("stations/S", "community_strength").value == 1
        return sum(read)

    def seen(facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        read.append(len(facts))
        return facts

    assert of(2_000) == of(20)


def test_ever_other_fields_do_not_have_ever_more_compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond a number of sets of questions they are put together singly, with equal answers."""
    for module in (questions, counts):
        monkeypatch.setattr(module, "MOST_SETS", 3)
    walked = Walk(Seeded("sets"), PUTIAN)
    for step in range(12):
        walked.step(Seeded(f"sets {step}"))
    every = sum(len(walked.session._conclusions.questions.of(cls)) for cls in walked.classes)
    assert len(walked.session._conclusions._asking._asked) <= 3 + every


def test_what_is_nothing_of_the_directive_is_not_subscribed_to() -> None:
    """It would never be told; what was perhaps meant is said."""
    asked = session(pr.Station(id="A", officers=12))
    with pytest.raises(pr.FactError) as refused:
        asked.subscribe(print, only=["duty_mod", "9.9/1", "stations/A", "2.1"])
    first, second = str(refused.value).splitlines()
    assert first.startswith("only: expected a key such as `tasks/B1`")
    assert first.endswith('found "duty_mod"; did you mean `duty_mode`?')
    assert 'found "9.9/1"' in second


@pytest.mark.parametrize(
    ("wrong", "expected"),
    [
        (lambda: pr.Session(5), "a session is of a policy, found 5"),  # type: ignore[arg-type]
        (
            lambda: pr.Session(PUTIAN.policy(as_of=date(2019, 9, 1)), []),  # type: ignore[arg-type]
            "`facts` is a `Facts`, found []",
        ),
        (
            lambda: session(pr.Station(id="A")).explain("yes"),  # type: ignore[arg-type]
            "what is explained is an answer, found 'yes'",
        ),
    ],
)
def test_what_is_of_another_kind_is_refused(wrong: Callable[[], object], expected: str) -> None:
    """By one line that says what is expected."""
    with pytest.raises(pr.QuestionError) as refused:
        wrong()
    assert str(refused.value) == expected
