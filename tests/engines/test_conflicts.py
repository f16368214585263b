"""Rules that contradict each other, and rules that hold for a time, under every engine.

The directive is made up: a station is large or small by two rules that overlap.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Final

import pytest
from attrs import evolve

from policy_rules.answers import Conflict, ConflictError, Decision, Outcome, Status
from policy_rules.facts import Attestation, Exemption, Facts
from policy_rules.language import (
    AS_OF,
    Clause,
    Directive,
    Modality,
    count,
    each,
    some,
    subject,
    total,
)
from policy_rules.language.rules import Provision
from policy_rules.police import Bureau, CriminalCase, Officer, Station, Task
from policy_rules.policy import EngineName, LoadedDirective, Policy, load
from tests.support.present import EVERY_ENGINE
from tests.support.writing import at, defining, says

SAYS: Final[dict[str, Any]] = {"quote": "应当", "zh": "应当", "en": "must"}
LABELS: Final[dict[str, Any]] = {"zh": "数", "en": "number"}
ISSUED: Final = date(2020, 1, 1)

station = subject(Station)
bureau = subject(Bureau)
task = subject(Task)
case = subject(CriminalCase)
officer = each(Officer, station_id=station)

size = defining(station, "size", int)(**LABELS).by(
    at("1/1")("大").makes(3, when=station.officers >= 10),
    at("1/2")("中").makes(2, when=station.pilot),
    otherwise=at("1/3")("小").makes(1),
)


def directive(*provisions: Provision) -> LoadedDirective:
    """A directive of one clause."""
    sentences = {f"1/{number}": "" for number in range(1, 10)}
    return load(
        Directive(
            id="made-up", number="试", zh="试", en="made up", issued=ISSUED, sentences=sentences,
            clauses=[Clause(heading="1", zh="一", en="one", provisions=provisions)],
        )
    )  # fmt: skip


@pytest.fixture(params=EVERY_ENGINE)
def engine(request: pytest.FixtureRequest) -> EngineName:
    """Each engine in turn."""
    name: EngineName = request.param
    return name


def findings(policy: Policy, *stations: Station, **lists: Any) -> list[tuple[str, str]]:
    """The subject and status of every finding."""
    report = policy.audit(Facts(stations=stations, **lists))
    return [(each.subject, str(each.status)) for each in report]


# Conflicts


def test_a_decision_in_conflict_names_both_rules(engine: EngineName) -> None:
    policy = directive(size).policy(as_of=ISSUED, engine=engine)
    with pytest.raises(ConflictError) as error:
        policy.decide(Station(id="S", officers=12, pilot=True), "size")
    assert str(error.value) == (
        "stations/S: 1/1 and 1/2 both apply and give `size` different values"
    )
    assert [str(cite) for cite in error.value.cites] == ["1/1", "1/2"]
    assert (error.value.subject, error.value.name) == ("stations/S", "size")


@pytest.mark.parametrize(
    ("fact", "value", "cites"),
    [
        (Station(id="S", officers=12, pilot=False), 3, ["1/1"]),
        (Station(id="S", officers=9, pilot=True), 2, ["1/2"]),
        (Station(id="S", officers=9, pilot=False), 1, ["1/3"]),
    ],
)
def test_no_conflict_where_one_rule_applies(
    engine: EngineName, fact: Station, value: int, cites: list[str]
) -> None:
    answer = directive(size).policy(as_of=ISSUED, engine=engine).decide(fact, "size")
    assert (answer.value, list(map(str, answer.cites)), answer.conflict) == (value, cites, None)


@pytest.mark.parametrize(
    ("fact", "needed"),
    [
        (Station(id="S", officers=12), ("stations/S.pilot",)),
        (Station(id="S", pilot=True), ("stations/S.officers",)),
        (Station(id="S"), ("stations/S.officers", "stations/S.pilot")),
        (Station(id="S", officers=9), ("stations/S.pilot",)),
    ],
)
def test_a_conflict_that_may_come_is_undetermined(
    engine: EngineName, fact: Station, needed: tuple[str, ...]
) -> None:
    answer = directive(size).policy(as_of=ISSUED, engine=engine).decide(fact, "size")
    assert (answer.value, answer.cites, answer.needs) == (None, (), needed)


def test_an_audit_goes_on_past_a_conflict(engine: EngineName) -> None:
    rule = says("1/4", **SAYS).demands(station, size.of(station) >= 2)
    policy = directive(size, rule).policy(as_of=ISSUED, engine=engine)
    both = Station(id="A", officers=12, pilot=True)
    report = policy.audit(Facts(stations=[both, Station(id="B", officers=9, pilot=True)]))
    assert [(each.subject, each.status) for each in report] == [
        ("stations/A", Status.CONFLICT),
        ("stations/B", Status.SATISFIED),
    ]
    in_conflict, settled = report.decisions
    cites = tuple(rule.cite for rule in size.rules)
    assert in_conflict.conflict == Conflict("stations/A", "size", cites)
    assert in_conflict.as_json() == {
        "subject": "stations/A", "name": "size", "value": None, "cites": [],
        "conflict": ["1/1", "1/2"], "needs": [],
    }  # fmt: skip
    assert settled.as_json()["conflict"] == []
    first = next(iter(report))
    assert (first.needs, first.shortfall, first.actual) == ((), None, None)
    assert [each.subject for each in report.worst()] == ["stations/A"]


def test_a_requirement_that_does_not_apply_has_no_conflict(engine: EngineName) -> None:
    rule = says("1/4", **SAYS).demands(station, size.of(station) >= 2, applies=~station.pilot)
    policy = directive(size, rule).policy(as_of=ISSUED, engine=engine)
    assert findings(policy, Station(id="A", officers=12, pilot=True)) == [
        ("stations/A", "not_applicable")
    ]


def test_where_a_rule_applies_can_be_in_conflict(engine: EngineName) -> None:
    rule = says("1/4", **SAYS).demands(station, station.beds >= 2, applies=size.of(station) >= 2)
    policy = directive(size, rule).policy(as_of=ISSUED, engine=engine)
    assert findings(policy, Station(id="A", officers=12, pilot=True, beds=3)) == [
        ("stations/A", "conflict")
    ]


def test_a_conflict_reaches_what_rests_on_it(engine: EngineName) -> None:
    double = defining(station, "double", int)(**LABELS).by(
        at("1/4")("倍").makes(size.of(station) * 2)
    )
    policy = directive(size, double).policy(as_of=ISSUED, engine=engine)
    with pytest.raises(ConflictError) as error:
        policy.decide(Station(id="S", officers=12, pilot=True), "double")
    assert str(error.value) == (
        "stations/S: 1/1 and 1/2 both apply and give `size` different values"
    )


kind = defining(task, "kind", int)(**LABELS).by(
    at("1/1")("甲").makes(1, when=task.quota),
    at("1/2")("乙").makes(2, when=task.branch_duty),
    otherwise=at("1/3")("丙").makes(0),
)


def test_a_verdict_in_conflict(engine: EngineName) -> None:
    forbidden = says("1/4", **SAYS).forbids(task, kind.of(task) >= 2)
    policy = directive(kind, forbidden).policy(as_of=ISSUED, engine=engine)
    verdict = policy.check(Task(id="T", quota=True, branch_duty=True))
    assert (verdict.outcome, verdict.needs, verdict.reasons) == (Outcome.CONFLICT, (), ())
    assert not verdict.permitted
    assert policy.check(Task(id="T", quota=True, branch_duty=False)).permitted


def test_a_certain_prohibition_goes_before_a_conflict(engine: EngineName) -> None:
    policy = directive(
        kind,
        says("1/4", **SAYS).forbids(task, kind.of(task) >= 2),
        says("1/5", **SAYS).forbids(task, task.quota),
    ).policy(as_of=ISSUED, engine=engine)
    verdict = policy.check(Task(id="T", quota=True, branch_duty=True))
    assert verdict.outcome is Outcome.PROHIBITED
    assert [str(reason.cite) for reason in verdict.reasons] == ["1/5"]


def test_the_first_of_two_conflicts_is_named(engine: EngineName) -> None:
    member = each(Station, size, bureau_id=bureau)
    largest = defining(bureau, "large", int)(**LABELS).by(
        at("1/4")("大").makes(count(member, member.size >= 3))
    )
    policy = directive(size, largest).policy(as_of=ISSUED, engine=engine)
    facts = Facts(
        bureaus=[Bureau(id="B")],
        stations=[
            Station(id=name, bureau_id="B", officers=12, pilot=True) for name in ("Z", "A", "M")
        ],
        complete=["stations"],
    )
    with pytest.raises(ConflictError, match="stations/A: 1/1 and 1/2"):
        policy.decide(Bureau(id="B"), "large", facts)


def test_members_of_which_nothing_is_asked_need_nothing(engine: EngineName) -> None:
    """Of a partial list that is only counted, whosever its members are."""
    rule = says("1/4", **SAYS).demands(bureau, count(each(Officer)) >= 5)
    policy = directive(rule).policy(as_of=ISSUED, engine=engine)
    facts = Facts(bureaus=[Bureau(id="B")], officers=[Officer(id="M")])
    (found,) = policy.audit(facts)
    assert (str(found.status), found.needs) == ("undetermined", ("complete.officers",))


def test_members_that_cannot_count_need_nothing_and_contradict_nothing(engine: EngineName) -> None:
    """A station in conflict, among those of a date that has not come; the list is partial."""
    member = each(Station, bureau_id=bureau)
    sizes = total(member, size.of(member), where=date(2019, 1, 1) > AS_OF)
    rule = says("1/4", **SAYS).demands(bureau, sizes >= 5)
    policy = directive(size, rule).policy(as_of=ISSUED, engine=engine)
    station_ = Station(id="S", bureau_id="B", officers=12, pilot=True)
    (found,) = policy.audit(Facts(bureaus=[Bureau(id="B")], stations=[station_]))
    assert (str(found.status), found.needs) == ("undetermined", ("complete.stations",))


# Values and rules that hold for a time


LEAST = says("1/1", quote="10人", **LABELS).sets(
    "least", 10, since={date(2021, 1, 1): 12, date(2022, 7, 1): 15}
)


@pytest.mark.parametrize(
    ("as_of", "required"),
    [
        (ISSUED, 10),
        (date(2020, 12, 31), 10),
        (date(2021, 1, 1), 12),
        (date(2022, 6, 30), 12),
        (date(2022, 7, 1), 15),
    ],
)
def test_the_value_of_the_day_applies(engine: EngineName, as_of: date, required: int) -> None:
    rule = says("1/1", **SAYS).demands(station, station.officers >= LEAST)
    policy = directive(rule).policy(as_of=as_of, engine=engine)
    (found,) = policy.audit(Facts(stations=[Station(id="S", officers=11)]))
    assert found.required == required
    assert found.status is (Status.SATISFIED if required <= 11 else Status.BREACHED)


def test_a_value_that_is_not_there_yet_is_needed(engine: EngineName) -> None:
    later = at("1/1")("数")("数", "number").sets("later", since={date(2021, 1, 1): 3})
    rules = directive(says("1/1", **SAYS).demands(station, station.officers >= later))
    (open_,) = rules.policy(as_of=ISSUED, engine=engine).audit(
        Facts(stations=[Station(id="S", officers=3)])
    )
    assert (open_.status, open_.needs, open_.required) == (
        Status.UNDETERMINED, ("parameters.later",), None,
    )  # fmt: skip
    held = rules.policy(as_of=date(2021, 1, 1), engine=engine)
    assert findings(held, Station(id="S", officers=3)) == [("stations/S", "satisfied")]


@pytest.mark.parametrize(
    ("as_of", "status"),
    [
        (date(2020, 5, 31), "not_applicable"),
        (date(2020, 6, 1), "breached"),
        (date(2020, 6, 30), "breached"),
        (date(2020, 7, 1), "not_applicable"),
        (date(2019, 12, 31), "not_applicable"),
    ],
)
def test_a_requirement_holds_while_it_is_valid(
    engine: EngineName, as_of: date, status: str
) -> None:
    rule = says("1/1", **SAYS).demands(station, station.pilot)
    shown = says("1/2", **SAYS).attests(station)
    validity: dict[str, Any] = {"valid_from": date(2020, 6, 1), "valid_until": date(2020, 6, 30)}
    policy = directive(evolve(rule, **validity), evolve(shown, **validity)).policy(
        as_of=as_of, engine=engine
    )
    denied = Attestation(id="A", subject_id="S", cite="1/2", holds=False)
    assert findings(policy, Station(id="S", pilot=False), attestations=[denied]) == [
        ("stations/S", status), ("stations/S", status),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("as_of", "outcome"),
    [
        (date(2019, 12, 31), Outcome.NOT_APPLICABLE),
        (date(2020, 5, 31), Outcome.PERMITTED),
        (date(2020, 6, 1), Outcome.PROHIBITED),
    ],
)
def test_a_prohibition_holds_from_its_day(
    engine: EngineName, as_of: date, outcome: Outcome
) -> None:
    rule = says("1/1", **SAYS).forbids(task, task.quota)
    policy = directive(evolve(rule, valid_from=date(2020, 6, 1))).policy(as_of=as_of, engine=engine)
    assert policy.check(Task(id="T", quota=True)).outcome is outcome


@pytest.mark.parametrize(("as_of", "value"), [(date(2020, 5, 31), 2), (date(2020, 6, 1), 1)])
def test_a_rule_of_a_definition_holds_until_its_day(
    engine: EngineName, as_of: date, value: int
) -> None:
    first, second = size.rules
    until = evolve(size, rules=(first, evolve(second, valid_until=date(2020, 5, 31))))
    policy = directive(until).policy(as_of=as_of, engine=engine)
    assert policy.decide(Station(id="S", officers=3, pilot=True), "size").value == value


def test_no_rule_of_a_definition_is_valid(engine: EngineName) -> None:
    """Then it has no value, and no fact would give it one."""
    only = defining(station, "size", int)(**LABELS).by(at("1/1")("一").makes(1))
    rule = evolve(only.rules[0], valid_from=date(2020, 6, 1))
    made = evolve(only, rules=(rule,))
    policy = directive(made).policy(as_of=ISSUED, engine=engine)
    answer = policy.decide(Station(id="S"), "size")
    assert (answer.value, answer.cites, answer.needs) == (None, (), ())


# Modality and due dates


def due(day: date, modality: Modality = Modality.MUST) -> LoadedDirective:
    """A directive whose one obligation is due on a day."""
    by = says("1/1", quote="以前", **LABELS).sets("by", day)
    return directive(says("1/1", **SAYS, modality=modality).demands(station, station.pilot, due=by))


UNMET: Final = Station(id="S", pilot=False)


@pytest.mark.parametrize(
    ("modality", "as_of", "status"),
    [
        (Modality.MUST, date(2020, 6, 29), "pending"),
        (Modality.MUST, date(2020, 6, 30), "pending"),
        (Modality.MUST, date(2020, 7, 1), "breached"),
        (Modality.MUST_NOT, date(2020, 7, 1), "breached"),
        (Modality.TARGET, date(2020, 6, 30), "pending"),
        (Modality.TARGET, date(2020, 7, 1), "missed"),
        (Modality.IN_PRINCIPLE, date(2020, 6, 30), "pending"),
        (Modality.IN_PRINCIPLE, date(2020, 7, 1), "deviates"),
    ],
)
def test_what_is_unmet_comes_to(
    engine: EngineName, modality: Modality, as_of: date, status: str
) -> None:
    policy = due(date(2020, 6, 30), modality).policy(as_of=as_of, engine=engine)
    (found,) = policy.audit(Facts(stations=[UNMET]))
    assert (str(found.status), found.due, found.retroactive) == (status, date(2020, 6, 30), False)
    assert found.zh == f"应当：{found.status.zh}，期限2020年6月30日"
    assert found.en == f"must: {found.status.en}, due 2020-06-30"
    assert findings(policy, Station(id="S", pilot=True)) == [("stations/S", "satisfied")]


def test_a_target_without_a_date_is_pending(engine: EngineName) -> None:
    rule = says("1/1", **SAYS, modality=Modality.TARGET).demands(station, station.pilot)
    policy = directive(rule).policy(as_of=date(2030, 1, 1), engine=engine)
    assert findings(policy, UNMET) == [("stations/S", "pending")]


def test_a_due_date_before_the_directive_is_flagged(engine: EngineName) -> None:
    policy = due(date(2019, 12, 31)).policy(as_of=ISSUED, engine=engine)
    (found,) = policy.audit(Facts(stations=[UNMET]))
    assert (found.status, found.retroactive) == (Status.BREACHED, True)
    assert found.as_json()["retroactive"] is True
    assert found.zh == "应当：不符合，期限2019年12月31日（早于文件成文日期）"
    assert found.en == "must: breached, due 2019-12-31 (before the directive was issued)"


def test_a_due_date_can_be_put_off(engine: EngineName) -> None:
    policy = due(date(2019, 12, 31)).policy(
        as_of=ISSUED, parameters={"by": date(2020, 1, 1)}, engine=engine
    )
    assert findings(policy, UNMET) == [("stations/S", "pending")]


# Exemptions


def held(
    cite: str, subject: str, since: date | None = None, until: date | None = None
) -> Exemption:
    """An exemption, valid for a time."""
    return Exemption(id="E1", cite=cite, subject=subject, valid_from=since, valid_until=until)


@pytest.mark.parametrize(
    ("exemption", "status"),
    [
        (held("1/1", "stations/S"), "exempt"),
        (held("1/1", "stations/T"), "deviates"),
        (held("1/2", "stations/S"), "deviates"),
        (held("1/1", "stations/S", since=date(2020, 6, 1)), "exempt"),
        (held("1/1", "stations/S", since=date(2020, 6, 2)), "deviates"),
        (held("1/1", "stations/S", until=date(2020, 6, 1)), "exempt"),
        (held("1/1", "stations/S", until=date(2020, 5, 31)), "deviates"),
    ],
)
def test_an_exemption_on_a_finding(engine: EngineName, exemption: Exemption, status: str) -> None:
    principle = Modality.IN_PRINCIPLE
    rules = directive(
        says("1/1", **SAYS, modality=principle).demands(station, station.officers >= 3),
        says("1/2", **SAYS, modality=principle).demands(station, station.pilot),
    )
    policy = rules.policy(as_of=date(2020, 6, 1), exemptions=[exemption], engine=engine)
    found, other = policy.audit(Facts(stations=[Station(id="S", officers=2, pilot=True)]))
    assert (str(found.status), found.shortfall) == (status, 1)
    assert found.exemption == (exemption if status == "exempt" else None)
    assert found.as_json()["exemption"] == (exemption.id if status == "exempt" else None)
    assert other.status is Status.SATISFIED, "what is satisfied stays so"
    unknown, _ = policy.audit(Facts(stations=[Station(id="S")]))
    assert unknown.status is Status.UNDETERMINED


def forbidding() -> LoadedDirective:
    """A task of a quota is in principle not given, on the day that it starts."""
    return directive(
        says("1/1a", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(
            task, task.quota, on=task.starts_on
        ),
        says("1/1b", **SAYS).forbids(task, task.branch_duty),
    )


@pytest.mark.parametrize(
    ("exemption", "starts", "outcome"),
    [
        (held("1/1", "tasks/T"), None, "permitted"),
        (held("1/1a", "tasks/T"), None, "permitted"),
        (held("1/1a", "tasks/U"), None, "exemption_needed"),
        (held("1/1a", "tasks/T", since=date(2020, 6, 1)), date(2020, 6, 1), "permitted"),
        (held("1/1a", "tasks/T", since=date(2020, 6, 1)), date(2020, 5, 31), "exemption_needed"),
        (held("1/1a", "tasks/T", until=date(2020, 6, 1)), None, "undetermined"),
    ],
)
def test_an_exemption_on_a_verdict(
    engine: EngineName, exemption: Exemption, starts: date | None, outcome: str
) -> None:
    policy = forbidding().policy(as_of=ISSUED, exemptions=[exemption], engine=engine)
    verdict = policy.check(Task(id="T", quota=True, branch_duty=False, starts_on=starts))
    assert str(verdict.outcome) == outcome
    exempt = outcome == "permitted"
    reasons = [(str(r.cite), r.strength, r.exemption) for r in verdict.reasons]
    expected = [("1/1a", "in_principle", exemption.id if exempt else None)]
    assert reasons == ([] if outcome == "undetermined" else expected)
    assert verdict.needs == (("tasks/T.starts_on",) if outcome == "undetermined" else ())


def test_an_exemption_beside_a_strict_rule(engine: EngineName) -> None:
    policy = forbidding().policy(as_of=ISSUED, exemptions=[held("1/1", "tasks/T")], engine=engine)
    verdict = policy.check(Task(id="T", quota=True, branch_duty=True))
    assert verdict.outcome is Outcome.PROHIBITED
    assert [(str(r.cite), r.strength, r.exemption) for r in verdict.reasons] == [
        ("1/1a", "in_principle", "E1"),
        ("1/1b", "must_not", None),
    ]


def test_an_exemption_that_displaces_while_another_rule_is_open(engine: EngineName) -> None:
    policy = forbidding().policy(as_of=ISSUED, exemptions=[held("1/1", "tasks/T")], engine=engine)
    verdict = policy.check(Task(id="T", quota=True))
    assert (verdict.outcome, verdict.needs) == (Outcome.UNDETERMINED, ("tasks/T.branch_duty",))
    assert [r.exemption for r in verdict.reasons] == ["E1"]


# Steps and exceptions


def test_steps_where_a_rule_has_an_exception(engine: EngineName) -> None:
    report = says("1/1", **SAYS).step("report", task.reported_on.is_known())
    rules = directive(
        says("1/1", **SAYS).needs(task, report, on=task.starts_on),
        says("1/1", **SAYS).excepts("1/1", task.quota),
    )
    policy = rules.policy(as_of=ISSUED, engine=engine)
    assert policy.check(Task(id="T", quota=True, starts_on=ISSUED)).permitted
    waiting = policy.check(Task(id="T", quota=False, starts_on=date(2020, 2, 1)))
    assert (waiting.outcome, waiting.missing_steps) == (Outcome.AWAITING, ("report",))
    begun = policy.check(Task(id="T", quota=False, starts_on=ISSUED))
    assert [str(reason.cite) for reason in begun.reasons] == ["1/1"]
    unknown = policy.check(Task(id="T", starts_on=ISSUED))
    assert (unknown.outcome, unknown.needs) == (Outcome.UNDETERMINED, ("tasks/T.quota",))


def test_steps_that_never_apply(engine: EngineName) -> None:
    report = says("1/1", **SAYS).step("report", task.quota)
    rule = says("1/1", **SAYS).needs(task, report, applies=station_of_none(), on=task.starts_on)
    policy = directive(rule).policy(as_of=ISSUED, engine=engine)
    assert policy.check(Task(id="T")).permitted


def station_of_none() -> Any:
    """A condition that the date settles: false while the parameter's day is to come."""
    day = says("1/1", quote="日", **LABELS).sets("day", date(2100, 1, 1))
    return (says("1/1", quote="三", **LABELS).sets("other", 3) > 4) | (day <= ISSUED)


def test_answers_of_both_engines_are_equal_by_what_they_say() -> None:
    rule = says("1/4", **SAYS).demands(station, some(officer))
    loaded = directive(size, rule, says("1/5", **SAYS).forbids(case, case.simple))
    one, other = (loaded.policy(as_of=ISSUED, engine=name) for name in ("python", "interpreter"))
    fact, facts = Station(id="S", officers=3, pilot=True), Facts(stations=[UNMET])
    answer: Decision = one.decide(fact, "size")
    assert answer == other.decide(fact, "size")
    assert hash(answer) == hash(other.decide(fact, "size"))
    assert answer != one.check(CriminalCase(id="A", simple=True))
    assert list(one.audit(facts)) == list(other.audit(facts))
    assert repr(answer) == repr(other.decide(fact, "size"))
