"""Facts fetched from tables: those that the rules read, of all tables or around one body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import partial
from typing import Final

import duckdb
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.engines.sql.loading import load
from policy_rules.engines.sql.reading import classes_of
from policy_rules.facts import Belonging, Fact
from policy_rules.formats import read
from policy_rules.language import load as load_directive
from policy_rules.police import POLICE
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.tables.on_tables import OnTables, on
from policy_rules.tables.queries import years_read
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.comparing import said
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_facts, random_setting
from policy_rules.testing.strategies import chosen
from tests.support.comparing_rows import rows_compared
from tests.support.places import EXAMPLES

PUTIAN: Final = pr.load("putian-2019-52")
AS_OF: Final = date(2020, 12, 31)


def tables_of(
    policy: Policy,
    facts: pr.Facts,
    classes: Sequence[type[Fact]],
    connection: duckdb.DuckDBPyConnection | None = None,
) -> OnTables:
    """A database with a table for each list that has facts or is whole."""
    connection = connection or duckdb.connect()
    for cls in classes:
        if facts.all(cls) or facts.is_complete(cls):
            load(connection, cls.collection, cls, facts.all(cls), years_read(policy))
    return on(policy, connection, complete=[cls for cls in classes if facts.is_complete(cls)])


def _drawn(choose: Chooser) -> tuple[Policy, pr.Facts]:
    """The directive of Putian or a random one, with random facts, some of them said to be none."""
    directive = PUTIAN
    if choose.chance(50):
        made = random_directive(choose, choose.pick(VOCABULARIES))
        directive = LoadedDirective(load_directive(made))
    setting = random_setting(choose, directive.rules)
    policy = directive.policy(
        as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters
    )
    return policy, random_facts(choose, directive.rules, setting.as_of, known=choose.chance(15))


@settings(max_examples=3)
@given(chosen(_drawn))
def test_facts_that_are_fetched_give_the_answers_of_the_tables(
    drawn: tuple[Policy, pr.Facts],
) -> None:
    policy, facts = drawn
    if not len(facts):
        return
    tables = tables_of(policy, facts, classes_of(policy.regime))
    fetched = tables.facts.everything()
    assert tables.facts.numbers() == {cls: len(facts.all(cls)) for cls in tables.queries.sources}
    _, differences = rows_compared(tables, policy, fetched)
    assert differences == []


@settings(max_examples=8)
@given(chosen(_drawn))
def test_facts_belong_to_the_same_bodies_in_tables(drawn: tuple[Policy, pr.Facts]) -> None:
    policy, facts = drawn
    if not any(map(facts.all, POLICE.classes)):
        return
    connection = duckdb.connect()
    tables = tables_of(policy, facts, POLICE.classes, connection)
    belonging = facts.belonging((pr.Bureau,))
    placing = tables.placing(pr.Bureau)
    for cls in tables.queries.sources:
        if placing.has_place(cls):
            rows = connection.execute(placing.places(cls)).fetchall()
            expected = {fact.id: belonging.of(fact)[0] for fact in facts.all(cls)}
            assert dict(rows) == {
                id_: None if body is None else body.id for id_, body in expected.items()
            }


def _of_body(belonging: Belonging, body: Fact, facts: pr.Facts) -> list[Fact]:
    return [each for each in facts if body in belonging.of(each)]


def test_around_a_bureau_of_the_example_stands_all_that_is_asked() -> None:
    """Findings on what belongs to a bureau are those among all facts."""
    facts = read(EXAMPLES / "putian" / "facts.json").facts
    policy = PUTIAN.policy(as_of=AS_OF)
    tables = tables_of(policy, facts, POLICE.classes)
    whole = tables.facts.everything()
    among_all = Counter(map(said, policy.audit(whole)))
    classes = PUTIAN.rules.directive.bodies
    for body in tables.facts.all(pr.Bureau)[:2]:
        around = tables.facts.around(body)
        report = policy.audit(around, partial(_of_body, around.belonging(classes), body))
        assert Counter(map(said, report)) <= among_all
        assert len(report) == sum(
            body in whole.belonging(classes).of(each.fact) for each in policy.audit(whole)
        )


def test_who_may_belong_stands_around_too() -> None:
    """An officer whose station is unknown may be of any, and so is around every bureau; one of
    another bureau's station is not; a station that one of the officers came from is."""
    facts = pr.Facts(
        bureaus=[pr.Bureau(id="B1"), pr.Bureau(id="B2")],
        stations=[
            pr.Station(id="S1", bureau_id="B1", officers=10),
            pr.Station(id="S2", bureau_id="B2", officers=10),
        ],
        officers=[
            pr.Officer(id="O1", station_id="S1"),
            pr.Officer(id="O2", station_id="S2"),
            pr.Officer(id="O3"),
        ],
        transfers=[pr.Transfer(id="T1", officer_id="O1", station_id="S2")],
        complete=["stations"],
    )
    tables = tables_of(PUTIAN.policy(as_of=AS_OF), facts, POLICE.classes)
    around = tables.facts.around(pr.Bureau(id="B1"))
    assert sorted(each.key for each in around) == [
        "bureaus/B1",
        "bureaus/B2",
        "officers/O1",
        "officers/O3",
        "stations/S1",
        "stations/S2",
        "transfers/T1",
    ]
    assert around.complete == {"stations"}
    of_officer = tables.facts.around_body_of("officers/O1", [pr.Bureau])
    assert of_officer is not None
    assert {each.key for each in of_officer} == {each.key for each in around}
    assert tables.facts.around_body_of("officers/O3", [pr.Bureau]) is None
