"""Amendments that hold for acts from a day on: each act is judged by the rules of its day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import duckdb
import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.facts import Fact, act_day_of, day, fact, identity, integer
from policy_rules.language import (
    DEADLINE,
    Amendment,
    Clause,
    Directive,
    DirectiveError,
    Modality,
    Transition,
    amended,
    count,
    each,
    load,
    subject,
    the,
)
from policy_rules.language.changes import Change
from policy_rules.language.rules import Provision
from policy_rules.police import Award, Incident, IncidentKind, Station, Task
from policy_rules.policy import EngineName, LoadedDirective
from tests.support.amending import add, change, repeal, replace
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, says

ISSUED, FROM, AGAIN = date(2019, 1, 1), date(2021, 1, 1), date(2022, 1, 1)
BEFORE, AFTER = date(2020, 12, 31), date(2021, 6, 1)
OLD, NEW = date(2020, 6, 1), date(2021, 3, 1)

task, station, award, incident = map(subject, (Task, Station, Award, Incident))
home = the(Station, task.station_id)

LEAST = at("1/1")("十二人")("下限", "minimum").sets("least", 12)
MOST = at("1/2")("十名")("上限", "maximum").sets("most", 10)
YEARS = at("1/9")("一年")("年数", "years").sets("years", 1)

strong = defining(station, "strong", bool)("警力充足", "strong").by(
    at("1/3")("应当").makes(True, when=station.officers >= LEAST),
    at("1/3")("应当").makes(False, when=station.officers < LEAST),
)
admitted = defining(task, "admitted", bool)("须准入", "to be admitted").by(
    at("1/4")("应当").makes(True, when=task.branch_duty),
    otherwise=at("1/4")("应当").makes(False),
)
weak = says("1/5").forbids(task, task.quota & ~strong.of(home), on=task.starts_on)
steps = says("1/6").needs(
    task,
    says("1/6").step("report", task.reported_on <= task.starts_on),
    says("1/6").step("review", task.reviewed_on <= task.starts_on),
    on=task.starts_on,
    applies=admitted.of(task),
)
winners = says("1/7").demands(award, award.winners <= MOST)
calls = says("1/8").demands(incident, incident.kind.is_(IncidentKind.POLICE))
strength = says("1/10").demands(station, strong.of(station))

BASE = Directive(
    id="made-up", number="试〔2019〕1号", zh="试", en="made up", issued=ISSUED,
    sentences={f"1/{number}": "" for number in range(1, 11)},
    clauses=[Clause("1", "一", "one", [strong, admitted, weak, steps, winners, calls, strength])],
)  # fmt: skip
BY_DAY, ALL, PENDING = (
    Transition.ACTS_FROM_ITS_DAY,
    Transition.ALL_ACTS,
    Transition.PENDING_EXCEPTED,
)


def document(*changes: Change, **given: Any) -> Amendment:
    """A document that makes these changes, for acts from 2021 on."""
    made = Amendment(
        id="later", number="试〔2020〕8号", zh="改", en="amends", issued=date(2020, 11, 1),
        in_force=FROM, sentences={f"1/{number}": "" for number in range(1, 8)}, changes=changes,
    )  # fmt: skip
    return evolve(made, **given)


def second(*changes: Change, **given: Any) -> Amendment:
    """Another, for acts from 2022 on."""
    given = {"issued": date(2021, 11, 1), **given}
    return document(*changes, id="latest", number="试〔2021〕9号", in_force=AGAIN, **given)


def changed(*documents: Amendment, of: Directive = BASE) -> LoadedDirective:
    """The directive as these documents leave it."""
    for one in documents:
        of = amended(of, one)
    return LoadedDirective(load(of))


def instead(old: Provision, new: Provision) -> Directive:
    """The directive with another provision in the place of one."""
    (clause,) = BASE.clauses
    provisions = [new if each is old else each for each in clause.provisions]
    return evolve(BASE, clauses=[clause.with_provisions(provisions)])


RAISED = change(LEAST, 15, cite="later:1/1", quote="十五人")
UP = changed(document(RAISED))


def quota(officers: int | None, starts_on: date | None, **fields: Any) -> tuple[Task, pr.Facts]:
    """A task that is forbidden at a station that is not strong, and the station."""
    given = {"quota": True, "branch_duty": False, **fields}
    made = Task(id="T", station_id="S", starts_on=starts_on, **given)
    return made, pr.Facts(stations=[Station(id="S", officers=officers)], tasks=[made])


def outcome(
    directive: LoadedDirective, as_of: date, asked: tuple[Task, pr.Facts], engine: Any = "python"
) -> str:
    """What a task comes to."""
    return str(directive.policy(as_of=as_of, engine=engine).check(*asked).outcome)


# An act is judged by the rules of its own day


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_act_of_before_stays_as_it_was(engine: EngineName) -> None:
    """14 officers are strong until the end of 2020, whenever it is asked; then they are not."""
    for as_of in (BEFORE, FROM, AFTER):
        assert outcome(UP, as_of, quota(14, BEFORE), engine) == "permitted"
        assert outcome(UP, as_of, quota(11, BEFORE), engine) == "prohibited"
        assert outcome(UP, as_of, quota(14, FROM), engine) == "prohibited"
        assert outcome(UP, as_of, quota(15, FROM), engine) == "permitted"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_one_list_of_acts_from_both_sides(engine: EngineName) -> None:
    """In one audit; what is no act is judged as of the policy's date."""
    stations = [Station(id="S", officers=14)]
    days = {"T1": OLD, "T2": BEFORE, "T3": FROM, "T4": NEW}
    tasks = [
        Task(id=id_, station_id="S", quota=True, branch_duty=False, starts_on=on)
        for id_, on in days.items()
    ]
    facts = pr.Facts(stations=stations, tasks=tasks)
    for as_of, of_station in ((BEFORE, "satisfied"), (FROM, "breached"), (AFTER, "breached")):
        report = UP.policy(as_of=as_of, engine=engine).audit(facts)
        assert {each.fact.id: str(each.outcome) for each in report.verdicts} == {
            "T1": "permitted", "T2": "permitted", "T3": "prohibited", "T4": "prohibited",
        }  # fmt: skip
        assert [str(f.status) for f in report if str(f.cite) == "1/10"] == [of_station]


def test_the_same_in_tables() -> None:
    """Views on a database judge each row by its own day, too."""
    connection = duckdb.connect()
    connection.execute("create table stations(id text, officers integer)")
    connection.execute("insert into stations values ('S', 14)")
    connection.execute(
        "create table tasks(id text, station_id text, quota boolean, branch_duty boolean, "
        "starts_on date)"
    )
    connection.execute(
        "insert into tasks select 'T' || i, 'S', true, false, date '2020-12-29' + i::integer "
        "from range(6) r(i)"
    )
    found = pr.on(UP.policy(as_of=AFTER), connection).verdicts(Task).fetchall()
    assert {id_: str(outcome) for id_, outcome, *_ in found} == {
        **{f"T{i}": "permitted" for i in range(3)},
        **{f"T{i}": "prohibited" for i in range(3, 6)},
    }


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("officers", "expected", "needs"),
    [
        (11, "prohibited", []),
        (14, "undetermined", ["tasks/T.starts_on"]),
        (15, "permitted", []),
        (None, "undetermined", ["stations/S.officers", "tasks/T.starts_on"]),
    ],
)
def test_where_the_day_is_unknown_each_regime_is_asked(
    engine: EngineName, officers: int | None, expected: str, needs: list[str]
) -> None:
    """What they agree on settles it; else the day is needed."""
    verdict = UP.policy(as_of=AFTER, engine=engine).check(*quota(officers, None))
    assert (str(verdict.outcome), list(verdict.needs)) == (expected, needs)


def test_needs_are_those_of_the_rules_of_its_day() -> None:
    """What only the other rules ask for is not needed."""
    new = says("later:1/1").forbids(task, task.quota & task.within_statutory_duty)
    directive = changed(document(replace("1/5", new)))
    policy = directive.policy(as_of=AFTER)
    asked, facts = quota(None, OLD)
    assert policy.check(asked, facts).needs == ("stations/S.officers",)
    asked, facts = quota(None, NEW)
    assert policy.check(asked, facts).needs == ("tasks/T.within_statutory_duty",)
    asked, facts = quota(None, None)
    assert policy.check(asked, facts).needs == (
        "stations/S.officers", "tasks/T.starts_on", "tasks/T.within_statutory_duty",
    )  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_an_act_to_come(engine: EngineName) -> None:
    """It is judged by the rules that were issued by the policy's date and hold on its own."""
    unissued, issued = date(2020, 10, 31), date(2020, 11, 1)
    assert outcome(UP, unissued, quota(14, NEW), engine) == "permitted"
    assert outcome(UP, issued, quota(14, NEW), engine) == "prohibited"
    verdict = UP.policy(as_of=unissued, engine=engine).check(*quota(14, None))
    assert (str(verdict.outcome), verdict.needs) == ("permitted", ())


def test_a_value_that_the_user_sets_is_that_of_all_days() -> None:
    for on, officers, expected in (
        (OLD, 19, "prohibited"), (OLD, 20, "permitted"), (NEW, 19, "prohibited"),
    ):  # fmt: skip
        policy = UP.policy(as_of=AFTER, parameters={"least": 20})
        assert str(policy.check(*quota(officers, on)).outcome) == expected


# Transitions


def test_all_acts() -> None:
    """Those of before come under the new rules, once they are in force, and not earlier."""
    directive = changed(document(RAISED, transition=ALL))
    assert outcome(directive, BEFORE, quota(14, OLD)) == "permitted"
    assert outcome(directive, FROM, quota(14, OLD)) == "prohibited"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("reported", "reviewed", "starts", "expected"),
    [
        (BEFORE, FROM, NEW, "permitted"),  # begun under the old rules
        (FROM, BEFORE, NEW, "permitted"),  # whichever step was the first
        (FROM, FROM, NEW, "prohibited"),
        (OLD, OLD, BEFORE, "permitted"),
        (BEFORE, None, NEW, "permitted"),
        (FROM, None, NEW, "undetermined"),
        (None, None, BEFORE, "permitted"),
    ],
)
def test_pending_acts(
    engine: EngineName,
    reported: date | None,
    reviewed: date | None,
    starts: date,
    expected: str,
) -> None:
    """The first dated step before the amendment's day, the act's own on or after it."""
    directive = changed(document(RAISED, transition=PENDING))
    asked = quota(14, starts, reported_on=reported, reviewed_on=reviewed)
    assert outcome(directive, AFTER, asked, engine) == expected
    # What all rules agree on does not ask when it began.
    assert outcome(directive, AFTER, quota(11, starts), engine) == "prohibited"


TWICE = change("least", 18, cite="latest:1/1", quote="十八人")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize(
    ("first", "then", "begun", "starts", "least"),
    [
        (BY_DAY, BY_DAY, OLD, OLD, 12),
        (BY_DAY, BY_DAY, OLD, NEW, 15),
        (BY_DAY, BY_DAY, OLD, AGAIN, 18),
        (PENDING, BY_DAY, OLD, NEW, 12),
        (PENDING, BY_DAY, OLD, AGAIN, 18),
        (BY_DAY, PENDING, NEW, AGAIN, 15),
        (PENDING, PENDING, OLD, AGAIN, 12),
        (PENDING, PENDING, NEW, AGAIN, 15),
        (PENDING, PENDING, AGAIN, AGAIN, 18),
        (BY_DAY, ALL, OLD, OLD, 18),
        (ALL, BY_DAY, OLD, OLD, 15),
        (ALL, BY_DAY, OLD, AGAIN, 18),
        (ALL, ALL, OLD, OLD, 18),
    ],
)
def test_two_amendments(
    engine: EngineName,
    first: Transition,
    then: Transition,
    begun: date,
    starts: date,
    least: int,
) -> None:
    """An act that the later one reaches is judged by the directive as that one left it."""
    directive = changed(document(RAISED, transition=first), second(TWICE, transition=then))
    for officers, expected in ((least, "permitted"), (least - 1, "prohibited")):
        asked = quota(officers, starts, reported_on=begun, reviewed_on=begun)
        assert outcome(directive, date(2022, 6, 1), asked, engine) == expected


def test_of_some_days_the_rules_that_can_be_theirs_agree() -> None:
    """An act of unknown day: 11 is too few by all three, 18 enough; an act of 2021 is of two."""
    directive = changed(document(RAISED), second(TWICE))
    policy = directive.policy(as_of=date(2022, 6, 1))
    for officers, expected in ((11, "prohibited"), (12, "undetermined"), (18, "permitted")):
        assert str(policy.check(*quota(officers, None)).outcome) == expected


# Rules that begin and end, definitions, exceptions, duties


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_rules_that_are_replaced_added_and_repealed(engine: EngineName) -> None:
    new = says("later:1/1").forbids(task, task.quota & task.branch_duty)
    added = says("later:1/2").forbids(task, ~task.within_statutory_duty)
    gone = repeal("1/6", cite="later:1/3", quote="废止", zh="不再须报告", en="no report")
    policy = changed(document(replace("1/5", new), add(added), gone)).policy(
        as_of=AFTER, engine=engine
    )
    fields = {"within_statutory_duty": False, "branch_duty": True}
    old = policy.check(*quota(11, OLD, **fields))
    assert [str(reason.cite) for reason in old.reasons] == ["1/5"]
    assert old.needs == ()  # the strict reason certainly holds
    later = policy.check(*quota(11, NEW, **fields))
    assert [str(reason.cite) for reason in later.reasons] == ["later:1/1", "later:1/2"]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_definitions_of_acts_are_by_the_day_of_the_act(engine: EngineName) -> None:
    """Asked for themselves, and in the steps that rest on them."""
    also = at("later:1/1")("应当").makes(True, when=task.quota)
    policy = changed(document(add(also, of=admitted))).policy(as_of=AFTER, engine=engine)

    def decided(on: date | None, **fields: Any) -> tuple[object, list[str], list[str]]:
        asked, facts = quota(20, on, **fields)
        answer = policy.decide(asked, "admitted", facts)
        return answer.value, [str(each) for each in answer.cites], list(answer.needs)

    assert decided(OLD) == (False, ["1/4"], [])
    assert decided(NEW) == (True, ["later:1/1"], [])
    assert decided(None) == (None, [], ["tasks/T.starts_on"])
    assert decided(None, quota=False) == (False, ["1/4"], [])
    assert decided(None, branch_duty=True)[0] is True
    for on, missing in ((OLD, ()), (NEW, ("report", "review"))):
        asked, facts = quota(20, on, reported_on=date(2022, 1, 1), reviewed_on=date(2022, 1, 1))
        assert policy.check(asked, facts).missing_steps == missing


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_holds_otherwise_is_of_the_day_too(engine: EngineName) -> None:
    """One that is replaced holds in all other cases of its time."""
    directive = changed(
        document(add(of=admitted, otherwise=at("later:1/1")("应当").makes(True), old="1/4"))
    )
    policy = directive.policy(as_of=AFTER, engine=engine)
    found = {
        (on, duty): policy.decide(*_of(quota(20, on, branch_duty=duty), "admitted")).value
        for on in (OLD, NEW, None)
        for duty in (True, False)
    }
    assert found == {
        (OLD, True): True, (OLD, False): False, (NEW, True): True, (NEW, False): True,
        (None, True): None, (None, False): None,
    }  # fmt: skip


def _of(asked: tuple[Task, pr.Facts], name: str) -> tuple[Task, str, pr.Facts]:
    return asked[0], name, asked[1]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_value_of_a_definition_of_acts(engine: EngineName) -> None:
    """It is that of the day."""
    bound = defining(task, "bound", int)("限", "bound").by(
        at("1/3")("应当").makes(LEAST, when=task.quota),
        otherwise=at("1/3")("应当").makes(LEAST + 1),
    )
    (clause,) = BASE.clauses
    base = evolve(BASE, clauses=[clause.with_provisions((*clause.provisions, bound))])
    policy = changed(document(RAISED), of=base).policy(as_of=AFTER, engine=engine)
    for on, is_quota, value in (
        (OLD, True, 12), (NEW, True, 15), (OLD, False, 13), (NEW, False, 16),
    ):  # fmt: skip
        asked, facts = quota(1, on, quota=is_quota)
        assert policy.decide(asked, "bound", facts).value == value


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_exceptions_begin_and_end_with_the_day(engine: EngineName) -> None:
    exception = says("later:1/1").excepts("1/5", task.branch_duty)
    policy = changed(document(add(exception))).policy(as_of=AFTER, engine=engine)
    days = {"reported_on": OLD, "reviewed_on": OLD}
    found = [
        str(policy.check(*quota(11, on, branch_duty=True, **days)).outcome) for on in (OLD, NEW)
    ]
    assert found == ["prohibited", "permitted"]
    assert str(policy.check(*quota(11, None, branch_duty=True, **days)).outcome) == "undetermined"


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_duties_of_what_took_place(engine: EngineName) -> None:
    """At most ten winners until the end of 2020, then twelve, however late it is asked."""
    twelve = change(MOST, 12, cite="later:1/1", quote="十二名")
    policy = changed(document(twelve)).policy(as_of=AFTER, engine=engine)
    awards = [
        Award(id=f"{on}-{winners}", winners=winners, on=on)
        for on in (BEFORE, FROM)
        for winners in (10, 11, 12, 13)
    ]
    report = policy.audit(pr.Facts(awards=awards))
    found = {each.fact.id: (str(each.status), each.required) for each in report}
    assert found == {
        "2020-12-31-10": ("satisfied", 10), "2020-12-31-11": ("breached", 10),
        "2020-12-31-12": ("breached", 10), "2020-12-31-13": ("breached", 10),
        "2021-01-01-10": ("satisfied", 12), "2021-01-01-11": ("satisfied", 12),
        "2021-01-01-12": ("satisfied", 12), "2021-01-01-13": ("breached", 12),
    }  # fmt: skip
    unknown = [Award(id=str(winners), winners=winners) for winners in (10, 11, 13)]
    report = policy.audit(pr.Facts(awards=unknown))
    assert [(str(each.status), list(each.needs)) for each in report] == [
        ("satisfied", []), ("undetermined", ["awards/11.on"]), ("breached", []),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_the_day_of_a_moment(engine: EngineName) -> None:
    """The last second of a day is of that day."""
    gone = repeal("1/8", cite="later:1/1", quote="废止", zh="不再", en="no longer")
    policy = changed(document(gone)).policy(as_of=AFTER, engine=engine)
    calls = [
        Incident(id=id_, kind=IncidentKind.NON_POLICE, received_at=at)
        for id_, at in (
            ("A", datetime(2020, 12, 31, 23, 59, 59)),
            ("B", datetime(2021, 1, 1)),
            ("C", None),
        )
    ]
    report = policy.audit(pr.Facts(incidents=calls))
    assert {each.fact.id: str(each.status) for each in report} == {
        "A": "breached", "B": "not_applicable", "C": "undetermined",
    }  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_date_on_which_a_rule_rests(engine: EngineName) -> None:
    """An exemption is to be valid one year after the start, and by the new rules two."""
    later = says("1/5", modality=Modality.IN_PRINCIPLE).forbids(
        task, task.quota, on=task.starts_on.plus_years(YEARS)
    )
    directive = changed(
        document(change(YEARS, 2, cite="later:1/1", quote="两年")), of=instead(weak, later)
    )
    for on, valid_on, exempted in (
        (OLD, date(2021, 6, 1), True), (OLD, date(2022, 6, 1), False),
        (NEW, date(2022, 3, 1), False), (NEW, date(2023, 3, 1), True),
    ):  # fmt: skip
        held = pr.Exemption(
            id="X", cite="1/5", subject="tasks/T", valid_from=valid_on, valid_until=valid_on
        )
        policy = directive.policy(as_of=AFTER, engine=engine, exemptions=[held])
        verdict = policy.check(*quota(11, on))
        assert [reason.exemption for reason in verdict.reasons] == ["X" if exempted else None]


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_accounts_that_should_agree(engine: EngineName) -> None:
    """Of the acts of the days on which somebody asks."""
    alike = says("later:1/1").agrees(award, award.winners, MOST)
    policy = changed(document(add(alike))).policy(as_of=BEFORE, engine=engine)
    awards = [Award(id=str(on), winners=9, on=on) for on in (OLD, NEW, None)]
    facts = pr.Facts(awards=awards)
    found = {each.fact.id: str(each.status) for each in policy.agreements_of(facts)}
    assert found == {
        str(OLD): "not_applicable", str(NEW): "inconsistent", "None": "undetermined",
    }  # fmt: skip


# What is said


def test_explanations_name_the_rules_that_an_act_is_judged_by() -> None:
    """In both languages, and only those."""
    policy = UP.policy(as_of=AFTER)
    old, new = (policy.check(*quota(11, on)) for on in (OLD, NEW))
    assert policy.explain(old, "en").splitlines()[3].strip() == (
        "✓ by the rules before 试〔2020〕8号 amended them from 2021-01-01"
    )
    assert policy.explain(new, "en").splitlines()[3].strip() == (
        "✓ by the rules as amended by 试〔2020〕8号 from 2021-01-01"
    )
    assert policy.explain(old, "zh").splitlines()[3].strip() == (
        "✓ 适用试〔2020〕8号修改前的规定（2021年1月1日之前）"
    )
    assert policy.explain(new, "zh").splitlines()[3].strip() == (
        "✓ 适用试〔2020〕8号修改后的规定（自2021年1月1日起）"
    )
    unknown = policy.check(*quota(14, None))
    assert policy.explain(unknown, "zh").count("行为的日期不详，各时期的规定均可能适用") == 1
    assert policy.explain(unknown, "en").count("by the rules") == 2


def test_rules_that_are_not_of_its_day_are_not_listed() -> None:
    gone = repeal("1/5", cite="later:1/1", quote="废止", zh="不再", en="no longer")
    policy = changed(document(gone)).policy(as_of=AFTER)
    old, new = (policy.explain(policy.check(*quota(20, on)), "en") for on in (OLD, NEW))
    assert "✓ must [1 sentence 5: “应当”]" in old
    assert "✓ must: no longer holds [1 sentence 5: “应当”]" not in old
    assert "✓ must [1 sentence 5: “应当”]" not in new
    assert "✓ must: no longer holds [1 sentence 5: “应当”]" in new


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_answers_name_the_amendments_whose_rules_they_come_from(engine: EngineName) -> None:
    """Where the day of an act says which; where it is unknown, nobody knows."""
    directive = changed(document(RAISED), second(TWICE))
    policy = directive.policy(as_of=date(2022, 6, 1), engine=engine)
    for on, expected in (
        (OLD, ()), (NEW, ("later",)), (AGAIN, ("later", "latest")), (None, None),
    ):  # fmt: skip
        verdict = policy.check(*quota(14, on))
        assert (verdict.judged_by_its_day, verdict.amended_by) == (True, expected)
        told = verdict.as_json()["amended_by"]
        assert told == (None if expected is None else list(expected))
    station_s = Station(id="S", officers=14)
    decision = policy.decide(station_s, "strong")
    assert (decision.judged_by_its_day, decision.amended_by) == (False, None)
    assert "amended_by" not in decision.as_json()
    assert "amended_by" not in next(iter(policy.audit(pr.Facts(stations=[station_s])))).as_json()


# What is checked


def test_by_when_acts_are_to_meet_a_duty_cannot_change_with_the_day() -> None:
    """The rule is to be replaced instead."""
    end = at("1/9")("年底")("期限", "date due").sets("end", date(2020, 12, 31))
    later = says("1/7").demands(award, award.winners <= MOST, due=end)
    change_ = change(end, date(2021, 12, 31), cite="later:1/1", quote="两年")
    base = instead(winners, later)
    with pytest.raises(DirectiveError) as error:
        load(amended(base, document(change_)))
    assert [fault.text() for fault in error.value.faults] == [
        "1/7: an amendment changes by when acts are to meet it; replace the rule by another"
    ]
    load(amended(base, document(change_, transition=ALL)))


def test_the_day_of_an_act_is_a_date_of_it() -> None:
    """Each class of acts names one; others have none."""
    spec = act_day_of(Task)
    assert spec is not None
    assert spec.name == "starts_on"
    assert act_day_of(Station) is None
    for name in ("amount", "on"):
        with pytest.raises(TypeError, match=f"`Act` has no field `{name}` that is a date"):

            @fact(collection="acts", zh="行为", en="act", act_day=name)
            class Act(Fact):
                id: str = identity()
                amount: int | None = integer(
                    zh="数", en="amount", unit=pr.facts.Unit("个", "pieces"), meaning="A number."
                )
                begins: date | None = day(zh="日", en="day", meaning="A day.")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_duties_whose_measure_is_not_one_bound(engine: EngineName) -> None:
    """Where both sides change, or it is no comparison, a finding measures nothing."""
    sizes = says("1/7").demands(award, award.winners - MOST <= 0)
    policy = changed(
        document(change(MOST, 12, cite="later:1/1", quote="十二名")), of=instead(winners, sizes)
    ).policy(as_of=AFTER, engine=engine)
    awards = [Award(id=str(on), winners=11, on=on) for on in (OLD, NEW)]
    assert [(str(f.status), f.required) for f in policy.audit(pr.Facts(awards=awards))] == [
        ("breached", None), ("satisfied", None),
    ]  # fmt: skip


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_two_amendments_leave_as_it_is_stays_one(engine: EngineName) -> None:
    """A definition that the second does not touch is that of the first; so is another act's."""
    again = change(MOST, 12, cite="latest:1/1", quote="十二名")
    policy = changed(document(RAISED), second(again)).policy(as_of=date(2022, 6, 1), engine=engine)
    for on, expected in ((OLD, "permitted"), (NEW, "prohibited"), (AGAIN, "prohibited")):
        assert str(policy.check(*quota(14, on)).outcome) == expected
    names = {each.name for each in policy.rules.definitions.values() if each.inner}
    assert {"strong__0", "strong__1"} <= names
    assert "strong__2" not in names
    assert policy.rules.named(Station) == ("strong",)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_other_acts_that_a_rule_counts_are_by_their_own_day(engine: EngineName) -> None:
    """A station counts the tasks to be admitted: each by the rules of its day."""
    counted = each(Task, admitted, station_id=station)
    few = says("1/10").demands(station, count(counted, counted.admitted) <= 1)
    also = at("later:1/1")("应当").makes(True, when=task.quota)
    policy = changed(document(add(also, of=admitted)), of=instead(strength, few)).policy(
        as_of=AFTER, engine=engine
    )
    tasks = [
        Task(id=str(place), station_id="S", quota=True, branch_duty=False, starts_on=on)
        for place, on in enumerate((OLD, OLD, NEW, NEW))
    ]
    facts = pr.Facts(stations=[Station(id="S")], tasks=tasks, complete=["tasks"])
    (finding,) = [f for f in policy.audit(facts) if str(f.cite) == "1/10"]
    assert (finding.actual, str(finding.status)) == (2, "breached")


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_other_acts_that_a_rule_on_acts_counts(engine: EngineName) -> None:
    """They are not judged by the day of the act that is asked about."""
    counted = each(Task, admitted, station_id=task.station_id)
    few = says("1/5").forbids(
        task, task.quota & (count(counted, counted.admitted) > 1), on=task.starts_on
    )
    also = at("later:1/1")("应当").makes(True, when=task.quota)
    policy = changed(document(add(also, of=admitted)), of=instead(weak, few)).policy(
        as_of=AFTER, engine=engine
    )
    dates: dict[str, Any] = {"reported_on": OLD, "reviewed_on": OLD}
    tasks = [
        Task(id=str(place), station_id="S", quota=True, branch_duty=False, starts_on=on, **dates)
        for place, on in enumerate((OLD, NEW, NEW))
    ]
    facts = pr.Facts(stations=[Station(id="S")], tasks=tasks, complete=["tasks"])
    found = [str(policy.check(asked, facts).outcome) for asked in tasks]
    assert found == ["prohibited", "prohibited", "prohibited"]
    facts = pr.Facts(stations=[Station(id="S")], tasks=tasks[:2], complete=["tasks"])
    assert [str(policy.check(asked, facts).outcome) for asked in tasks[:2]] == ["permitted"] * 2


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_what_is_asked_by_a_deadline_is_kept_within_the_rule(engine: EngineName) -> None:
    """Of an award of 2020, one by the day it is due is enough; of one of 2021, two are needed."""
    until = at("1/9")("年底前")("期限", "deadline").sets("until", date(2022, 12, 31))
    tasks = each(Task)
    in_time = count(tasks, tasks.starts_on <= DEADLINE)
    least = at("1/2")("一项")("数", "number").sets("number", 0)
    rule = says("1/7").demands(award, award.winners >= least * in_time, due=until)
    base = evolve(
        BASE,
        clauses=[Clause("1", "一", "one", [strong, admitted, weak, steps, rule, calls, strength])],
    )
    made = LoadedDirective(
        load(amended(base, document(change("number", 1, cite="later:1/1", quote="一项"))))
    )
    policy = made.policy(as_of=date(2023, 1, 1), engine=engine)
    facts = pr.Facts(
        tasks=[Task(id="T", starts_on=date(2022, 5, 1))],
        awards=[Award(id="old", on=OLD, winners=0), Award(id="new", on=NEW, winners=0)],
        complete=["tasks", "awards"],
    )
    report = policy.audit(facts)
    found = {each_.subject: str(each_.status) for each_ in report if str(each_.cite) == "1/7"}
    assert found == {"awards/old": "satisfied", "awards/new": "breached"}


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_a_rule_that_has_ended_contradicts_a_later_one_about_an_earlier_act(
    engine: EngineName,
) -> None:
    """Not of one day, but of one act: the ended rule still holds for those before the change."""
    both = defining(task, "admitted", bool)("须准入", "to be admitted").by(
        at("1/4")("应当").makes(True, when=task.branch_duty),
        evolve(at("1/9")("应当").makes(False, when=task.quota), valid_from=date(2021, 2, 1)),
        otherwise=at("1/8")("应当").makes(False),
    )
    (clause,) = BASE.clauses
    written = evolve(BASE, clauses=[clause.with_provisions([both])])
    gone = repeal("1/4", cite="later:1/1", of=both, quote="应当", zh="应当", en="must")
    directive = changed(document(gone), of=written)
    policy = directive.policy(as_of=date(2021, 6, 1), engine=engine)
    old = Task(id="T", branch_duty=True, quota=True, starts_on=OLD)
    (decision,) = policy.decisions_of(pr.Facts(tasks=[old]))
    assert decision.conflict is not None
    assert [str(cite) for cite in decision.conflict.cites] == ["1/4", "1/9"]
