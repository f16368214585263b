"""A directive that is amended: up to the day before as it was, and from that day on changed."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from attrs import evolve

import policy_rules as pr
from policy_rules.answers import plain
from policy_rules.language import (
    Modality,
    Recurrence,
    amended,
    each,
    held,
)
from policy_rules.language.expressions import Held, Periods
from policy_rules.language.rewriting import expressions_of
from policy_rules.language.sentences import coverage
from policy_rules.language.trees import walk
from policy_rules.police import DutyMode, Station
from policy_rules.policy import EngineName, LoadedDirective
from tests.support.amending import (
    BASE,
    BEFORE,
    FROM,
    LABELS,
    LEAST,
    OPEN,
    SAYS,
    add,
    always,
    amendment,
    branch,
    change,
    changed,
    large,
    mode,
    on,
    repeal,
    replace,
    rule,
    second,
    station,
    task,
)
from tests.support.writing import at, defining, says

ENGINES: tuple[EngineName, ...] = ("python", "interpreter")
LATER = date(2022, 1, 1)
DAYS = (BEFORE, FROM)


def value(directive: LoadedDirective, name: str, day: date, **fields: Any) -> object:
    """A decision about a station, on which the engines agree; with the sentences it rests on."""
    answers = [
        on(directive, day, engine).decide(Station(id="S", **fields), name) for engine in ENGINES
    ]
    assert answers[0] == answers[1]
    return plain(answers[0].value), *map(str, answers[0].cites)


def status(directive: LoadedDirective, cite: str, day: date, **fields: Any) -> str:
    """A finding about a station, on which the engines agree."""
    facts = pr.Facts(stations=[Station(id="S", **fields)], complete=["events"])
    found = []
    for engine in ENGINES:
        (answer,) = [f for f in on(directive, day, engine).audit(facts) if str(f.cite) == cite]
        found.append(answer)
    assert found[0] == found[1]
    return str(found[0].status)


def verdict(directive: LoadedDirective, day: date, **fields: Any) -> pr.Verdict:
    """A verdict on a task, on which the engines agree."""
    answers = [on(directive, day, engine).check(pr.Task(id="T", **fields)) for engine in ENGINES]
    assert answers[0] == answers[1]
    return answers[0]


def reasons(directive: LoadedDirective, day: date, **fields: Any) -> list[str]:
    """The citations that speak against a task that is reported on."""
    given = {"within_statutory_duty": True, "starts_on": FROM, **fields}
    return [str(reason.cite) for reason in verdict(directive, day, **given).reasons]


# Parameters


def test_a_value_holds_from_the_day_on() -> None:
    """Up to the day before the directive's own does, and the rule keeps its citation."""
    directive = changed(change(LEAST, 15, cite="later:1/1", quote="十五人"))
    assert value(directive, "mode", BEFORE, officers=12) == ("two_teams_one_room", "1/1")
    assert value(directive, "mode", FROM, officers=14) == ("zoned", "1/2")
    assert value(directive, "mode", FROM, officers=15) == ("two_teams_one_room", "1/1")
    assert status(directive, "1/5a", BEFORE, officers=14, zones=0) == "not_applicable"
    assert status(directive, "1/5a", FROM, officers=14, zones=0) == "breached"


def test_where_a_value_is_from_is_known() -> None:
    """Unless it is the directive's own, or the user's."""
    directive = changed(change("least", 15, cite="later:1/1", quote="十五人"))
    found = directive.rules.parameters["least"]
    by = on(directive, FROM).regime.amended_by(found)
    assert by is not None
    assert (by.since, by.cite, by.quote) == (FROM, "later:1/1", "十五人")
    assert on(directive, BEFORE).regime.amended_by(found) is None
    chosen = directive.policy(as_of=FROM, parameters={"least": 9}).regime
    assert (chosen.value(found), chosen.amended_by(found)) == (9, None)


def test_a_number_that_was_left_open_is_set() -> None:
    directive = changed(change(OPEN, 2, cite="later:1/1", quote="两间"))
    assert status(directive, "1/5b", BEFORE, rooms=1) == "undetermined"
    assert status(directive, "1/5b", FROM, rooms=1) == "breached"
    assert status(directive, "1/5b", FROM, rooms=2) == "satisfied"


def test_a_set_is_a_value_too() -> None:
    cities = says("1/7", quote="市", **LABELS).sets("cities", {"3503"})
    codes = says("later:1/3", **SAYS).forbids(task, task.quota & cities.includes({"3501"}))
    directive = load_twice(
        amendment(add(codes)),
        second(change(cities, {"3503", "3501"}, cite="latest:1/1", quote="市")),
    )
    assert reasons(directive, FROM, quota=True, branch_duty=True) == []
    assert reasons(directive, LATER, quota=True, branch_duty=True) == ["later:1/3"]


# Rules


def replacing(cite: str = "later:1/1") -> Any:
    """A requirement for another one."""
    return says(cite, **SAYS).demands(station, station.zones >= 2)


def test_a_rule_is_replaced() -> None:
    directive = changed(replace("1/5a", replacing()))
    assert [status(directive, "1/5a", day, officers=3, zones=1) for day in DAYS] == [
        "satisfied", "not_applicable",
    ]  # fmt: skip
    assert [status(directive, "later:1/1", day, officers=3, zones=1) for day in DAYS] == [
        "not_applicable", "breached",
    ]  # fmt: skip
    old = next(each for each in directive.rules.rules if str(each.cite) == "1/5a")
    assert (old.valid_until, old.ended_by and str(old.ended_by.cite)) == (BEFORE, "later:1/1")


def test_a_sentence_is_replaced_with_all_its_rules() -> None:
    directive = changed(replace("1/5", replacing()))
    for cite in ("1/5a", "1/5b"):
        assert status(directive, cite, FROM, officers=3, zones=1) == "not_applicable"


def test_a_rule_of_another_form_can_take_its_place() -> None:
    directive = changed(replace("1/5a", says("later:1/1", **SAYS).attests(station)))
    assert status(directive, "later:1/1", FROM) == "undetermined"


def test_a_rule_is_added() -> None:
    """Also one that begins later than the amendment does."""
    last = evolve(replacing("later:1/2"), valid_from=LATER)
    directive = changed(add(replacing("later:1/1")), add(last))
    assert [status(directive, "later:1/1", day, zones=1) for day in DAYS] == [
        "not_applicable", "breached",
    ]  # fmt: skip
    assert [status(directive, "later:1/2", day, zones=1) for day in (FROM, LATER)] == [
        "not_applicable", "breached",
    ]  # fmt: skip


def test_a_rule_is_repealed() -> None:
    directive = changed(repeal("1/6", cite="later:1/1", **SAYS))
    assert [status(directive, "1/6", day) for day in DAYS] == ["undetermined", "not_applicable"]


def test_a_prohibition_and_steps_are_repealed() -> None:
    directive = changed(
        repeal("2/1", cite="later:1/1", **SAYS), repeal("2/3", cite="later:1/2", **SAYS)
    )
    task_ = {"quota": True, "branch_duty": False, "within_statutory_duty": False}
    assert reasons(directive, BEFORE, **task_ | {"starts_on": BEFORE}) == ["2/1", "2/3"]
    assert reasons(directive, FROM, **task_) == []


def test_an_exception_is_replaced_added_and_repealed() -> None:
    other = says("later:1/1", **SAYS).excepts("2/1", task.within_statutory_duty)
    for directive, expected in (
        (changed(repeal("2/2", cite="later:1/1", **SAYS)), ["2/1"]),
        (changed(replace("2/2", other)), []),
        (changed(replace("2/2", says("later:1/1", **SAYS).excepts("2/1", ~task.quota))), ["2/1"]),
    ):
        assert reasons(directive, BEFORE, quota=True, branch_duty=True) == []
        assert reasons(directive, FROM, quota=True, branch_duty=True) == expected
    directive = changed(add(other))
    assert reasons(directive, BEFORE, quota=True, branch_duty=False) == ["2/1"]
    assert reasons(directive, FROM, quota=True, branch_duty=False) == []


def test_an_exception_is_repealed_alone_or_with_its_sentence() -> None:
    """Its citation is also that of the sentence, with the other rules that stand there."""
    lenient = says("later:1/1", **SAYS).excepts("2/1", task.branch_duty)
    first = amendment(
        repeal(branch, cite="later:1/2", **SAYS),
        add(lenient),
        add(says("later:1/1a", **SAYS).demands(task, task.quota)),
    )
    alone = load_twice(first, second(repeal(lenient, cite="latest:1/1", **SAYS)))
    whole = load_twice(first, second(repeal("later:1/1", cite="latest:1/1", **SAYS)))
    for directive, expected in ((alone, "breached"), (whole, "not_applicable")):
        assert reasons(directive, FROM, quota=True, branch_duty=True) == []
        assert reasons(directive, LATER, quota=True, branch_duty=True) == ["2/1"]
        facts = pr.Facts(tasks=[pr.Task(id="T", quota=False)])
        (finding,) = on(directive, LATER).audit(facts)
        assert str(finding.status) == expected


def test_an_exemption_is_from_the_rule_it_names() -> None:
    """One from a rule that was replaced does not reach the new one."""
    new = says("later:1/1", **SAYS, modality=Modality.IN_PRINCIPLE).forbids(task, task.quota)
    directive = changed(replace("2/1", new))
    assert directive.rules.in_principle().keys() == {
        pr.Cite.parse("2/1"),
        pr.Cite.parse("later:1/1"),
    }
    fact = pr.Task(id="T", quota=True, within_statutory_duty=True, branch_duty=False)
    for cite, before, after in (
        ("2/1", "permitted", "exemption_needed"),
        ("later:1/1", "exemption_needed", "permitted"),
    ):
        held_ = pr.Exemption(id="X", cite=cite, subject="tasks/T")
        for day, expected in ((BEFORE, before), (FROM, after)):
            policy = directive.policy(as_of=day, exemptions=[held_])
            assert str(policy.check(fact).outcome) == expected


# Definitions


def test_a_rule_of_a_definition_is_replaced() -> None:
    new = rule(station.officers < LEAST, DutyMode.THREE_TEAMS_ONE_ROOM, "later:1/1")
    directive = changed(replace("1/2", new, of=mode))
    assert value(directive, "mode", BEFORE, officers=3) == ("zoned", "1/2")
    assert value(directive, "mode", FROM, officers=3) == ("three_teams_one_room", "later:1/1")
    assert value(directive, "mode", FROM, officers=13) == ("two_teams_one_room", "1/1")
    assert value(directive, "mode", FROM) == (None,)


def test_a_rule_of_a_definition_is_added_and_repealed() -> None:
    directive = changed(
        add(rule(station.officers >= 30, True, "later:1/1"), of=large),
        repeal("1/3", cite="later:1/2", of=large, **SAYS),
    )
    assert value(directive, "large", BEFORE, pilot=True, officers=3) == (True, "1/3")
    assert value(directive, "large", BEFORE, pilot=False) == (False, "1/4")
    assert value(directive, "large", FROM, pilot=True, officers=3) == (False, "1/4")
    assert value(directive, "large", FROM, officers=30) == (True, "later:1/1")
    policy = on(directive, BEFORE)
    assert policy.decide(Station(id="S"), "large").needs == ("stations/S.pilot",)


def test_what_holds_otherwise_is_replaced() -> None:
    """Twice, and a rule is added between: each holds where none of the rules of its days does."""
    directive = load_twice(
        amendment(replace("1/4", of=large, otherwise=always(True, "later:1/1"))),
        second(
            replace("later:1/1", of=large, otherwise=always(False, "latest:1/1")),
            add(rule(station.officers >= 30, True, "latest:1/2"), of=large),
        ),
    )
    assert value(directive, "large", BEFORE, pilot=False, officers=40) == (False, "1/4")
    assert value(directive, "large", FROM, pilot=False, officers=40) == (True, "later:1/1")
    assert value(directive, "large", LATER, pilot=False, officers=3) == (False, "latest:1/1")
    assert value(directive, "large", LATER, pilot=False, officers=40) == (True, "latest:1/2")
    for day, needed in ((BEFORE, ["pilot"]), (LATER, ["officers", "pilot"])):
        answers = [on(directive, day, each_).decide(Station(id="S"), "large") for each_ in ENGINES]
        assert answers[0] == answers[1]
        assert list(answers[0].needs) == [f"stations/S.{name}" for name in needed]


def test_rules_cover_what_held_otherwise() -> None:
    """And the other way round."""
    directive = load_twice(
        amendment(replace("1/4", rule(~station.pilot, False, "later:1/1"), of=large)),
        second(
            repeal("later:1/1", cite="latest:1/1", of=large, **SAYS),
            add(of=large, otherwise=always(True, "latest:1/2")),
        ),
    )
    assert value(directive, "large", BEFORE, pilot=False) == (False, "1/4")
    assert value(directive, "large", FROM, pilot=False) == (False, "later:1/1")
    assert value(directive, "large", LATER, pilot=False) == (True, "latest:1/2")


def test_a_definition_that_nothing_uses_can_be_repealed() -> None:
    """Its decision then has neither a value nor needs, as before the directive."""
    directive = changed(
        repeal("1/3", cite="later:1/1", of=large, **SAYS),
        repeal("1/4", cite="later:1/1", of=large, **SAYS),
    )
    assert value(directive, "large", BEFORE, pilot=True) == (True, "1/3")
    decision = on(directive, FROM).decide(Station(id="S"), "large")
    assert (decision.value, decision.cites, decision.needs) == (None, (), ())


small = defining(station, "small", bool)("小所", "small").by(
    rule(station.officers < 5, True, "later:1/1"), otherwise=always(False, "later:1/1")
)


@pytest.mark.parametrize("last", [True, False])
def test_a_definition_is_added_with_a_rule_that_uses_it(last: bool) -> None:
    """In whichever order they are written."""
    uses = says("later:1/2", **SAYS).demands(station, ~small.of(station))
    changes = [add(small), add(uses)]
    directive = changed(*(changes if last else changes[::-1]))
    assert value(directive, "small", BEFORE, officers=3) == (None,)
    assert value(directive, "small", FROM, officers=3) == (True, "later:1/1")
    assert [status(directive, "later:1/2", day, officers=3) for day in DAYS] == [
        "not_applicable", "breached",
    ]  # fmt: skip


# Again


def load_twice(first: Any, then: Any) -> LoadedDirective:
    """The directive amended by two documents."""
    return pr.load(amended(amended(BASE, first), then))


def test_a_directive_is_amended_again() -> None:
    """Rules written against the directive as issued follow what the first document changed."""
    uses = says("latest:1/2", **SAYS).demands(
        station, (station.rooms >= LEAST) & mode.of(station).is_(DutyMode.ZONED)
    )
    directive = load_twice(
        amendment(change(LEAST, 15, cite="later:1/1", quote="十五人")),
        second(change(LEAST, 18, cite="latest:1/1", quote="十八人"), add(uses)),
    )
    assert value(directive, "mode", FROM, officers=15) == ("two_teams_one_room", "1/1")
    assert value(directive, "mode", LATER, officers=17) == ("zoned", "1/2")
    assert status(directive, "latest:1/2", LATER, officers=17, rooms=17) == "breached"
    assert status(directive, "latest:1/2", LATER, officers=17, rooms=18) == "satisfied"


def test_an_amendment_can_itself_be_amended() -> None:
    directive = load_twice(
        amendment(add(replacing())),
        second(repeal("later:1/1", cite="latest:1/1", **SAYS)),
    )
    days = (BEFORE, FROM, LATER)
    assert [status(directive, "later:1/1", day, zones=1) for day in days] == [
        "not_applicable", "breached", "not_applicable",
    ]  # fmt: skip


def test_amending_with_nothing_changes_nothing() -> None:
    directive = amended(BASE, amendment())
    assert [clause.provisions for clause in directive.clauses[:2]] == [
        clause.provisions for clause in BASE.clauses
    ]
    assert directive.numbers == {"later": "试〔2020〕8号"}
    assert pr.load(directive).rules.parameters == pr.load(BASE).rules.parameters


# What recurs

event = each(pr.Event, station_id=station)


def recurring(every: Any, cite: str = "later:1/1") -> Any:
    """A meeting in each period."""
    return says(cite, **SAYS).demands(
        station,
        held(event, event.kind.is_(pr.EventKind.JOINT_MEETING), on=event.on, every=every).called(
            "会", "a meeting"
        ),
    )


EVERY = says("later:1/1", quote="每月", **LABELS).sets("every", Recurrence("FREQ=MONTHLY"))


def periods(directive: LoadedDirective, day: date) -> list[str]:
    """The periods that lack a meeting."""
    facts = pr.Facts(stations=[Station(id="S")], complete=["events"])
    found = [
        [str(period) for f in on(directive, day, engine).audit(facts) for period in f.periods]
        for engine in ENGINES
    ]
    assert found[0] == found[1]
    return found[0]


def test_what_recurs_is_judged_from_the_day_of_its_rule() -> None:
    directive = changed(add(recurring(EVERY)))
    assert periods(directive, date(2021, 1, 31)) == []
    assert periods(directive, date(2021, 2, 1)) == ["2021-01-01/2021-01-31"]


def test_what_recurs_more_often_is_judged_so_from_that_day() -> None:
    weekly = Recurrence("FREQ=WEEKLY")
    directive = load_twice(
        amendment(add(recurring(EVERY))),
        second(change(EVERY, weekly, cite="latest:1/1", quote="每周")),
    )
    assert len(periods(directive, date(2021, 12, 31))) == 11
    assert periods(directive, date(2022, 1, 9)) == []
    assert periods(directive, date(2022, 1, 10)) == ["2022-01-03/2022-01-09"]
    own = directive.policy(as_of=date(2022, 1, 10), parameters={"every": weekly})
    (finding,) = [f for f in own.audit(pr.Facts(stations=[Station(id="S")], complete=["events"]))
                  if str(f.cite) == "later:1/1"]  # fmt: skip
    assert finding.required == 53


def test_what_recurs_outside_a_duty_is_judged_from_the_beginning() -> None:
    """In a definition, an exception, or where a duty applies: nobody has fallen short of these."""
    met = recurring(EVERY).must
    other = defining(station, "met", bool)("开会", "met").by(
        rule(met, True, "later:1/2"), otherwise=always(False, "later:1/2")
    )
    spared = says("later:1/4", **SAYS).excepts("later:1/3", met)
    within = held(event, met, on=event.on, every=EVERY).called("会", "a meeting")
    both = says("later:1/5", **SAYS).demands(station, within | met)
    directive = changed(add(other), add(replacing("later:1/3")), add(spared), add(both))
    (duty,) = [found for found in directive.rules.rules if str(found.cite) == "later:1/5"]
    nodes = [node for part in expressions_of(duty) for node in walk(part)]
    assert {node.since for node in nodes if isinstance(node, Held | Periods)} == {FROM}
    assert value(directive, "met", FROM) == (None,)
    assert status(directive, "later:1/3", FROM, zones=0) == "breached"


# Sentences


def test_the_coverage_lists_the_sentences_of_the_amendment() -> None:
    directive = changed(
        change(LEAST, 15, cite="later:1/1", quote="十五人"),
        replace("1/5a", replacing("later:1/2")),
        repeal("1/6", cite="later:1/3", **SAYS),
        add(at("later:1/4").background("背景", "background")),
        replace("1/4", of=large, otherwise=always(True, "later:1/5")),
    )
    rows = {row.cite: row for row in coverage(directive.rules)}
    assert [rows[f"later:1/{n}"].rules for n in range(1, 6)] == [
        ("least",), ("later:1/2",), ("1/6",), (), ("large",),
    ]  # fmt: skip
    assert [cite for cite, row in rows.items() if row.bare and ":" in cite] == [
        "later:1/6", "later:1/7",
    ]  # fmt: skip
