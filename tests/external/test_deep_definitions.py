"""Definitions that build on each other, and what gathers over related facts, on real databases.

A database that puts the parts of a query into each other plans such a query longer than anybody
waits, for one row: PostgreSQL stops a statement of these tests after half a minute.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.language import (
    DATE,
    RATIONAL,
    Type,
    average,
    count,
    each,
    earliest,
    greatest,
    latest,
    least,
    load,
    total,
)
from policy_rules.language.expressions import Definition, Expression
from policy_rules.policy import EngineName, LoadedDirective, Policy
from policy_rules.tables.on_tables import OnTables, on
from policy_rules.tables.queries import years_read
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.made_up import CLASSES, Claim, Clerk, Office
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import random_facts
from tests.support.chosen_values import chosen
from tests.support.comparing_rows import rows_compared
from tests.support.made_up_rules import DAY, LABELS, directive, office
from tests.support.writing import defining, quoted

from .tables import load_postgres, load_spark, said

pytestmark = pytest.mark.external

clerks = each(Clerk, office_id=office)
of_clerk = each(Claim, clerk_id=clerks)
alike = each(Clerk, colour=office.colour)


def always(name: str, type_: Type | type, value: Expression) -> Definition:
    return defining(office, name, type_)(**LABELS).by(quoted("1/1", "字").makes(value))


def deep() -> LoadedDirective:
    """A chain, of which each link reads the one before three times; bands of an exact score."""
    made: list[Definition] = []
    before: Expression = office.desks
    for place in range(12):
        made.append(chosen(f"d{place}", int, [(before >= 5, before + 1)], before))
        before = made[-1].of(office)
    score: Expression = Fraction(1, 10) * office.desks
    for weight in range(2, 9):
        score = score + Fraction(weight, 10) * (office.floors if weight % 2 else office.desks)
    made.append(always("score", RATIONAL, score))
    of = made[-1].of(office)
    bands = [((of >= 6 * band) & (of < 6 * band + 6), band) for band in (4, 3, 2, 1)]
    made.append(chosen("grade", int, [(of >= 30, 5), *bands], 0))
    return directive(*made)


def gathering() -> LoadedDirective:
    """What the related facts come to, within each other and joined by equal fields."""
    return directive(
        always("most", int, greatest(clerks, clerks.files, clerks.senior, otherwise=office.desks)),
        always("fewest", int, least(clerks, clerks.files, clerks.senior, otherwise=2)),
        always("last", DATE, latest(clerks, clerks.since, otherwise=office.founded)),
        always("first", DATE, earliest(clerks, clerks.since, clerks.senior, otherwise=DAY)),
        always("mean", RATIONAL, average(clerks, clerks.files, otherwise=Fraction(1, 2))),
        always("busy", int, count(clerks, count(of_clerk, of_clerk.urgent) >= 1)),
        always("claims", int, total(clerks, count(of_clerk))),
        always("busiest", bool, greatest(clerks, count(of_clerk), otherwise=0) >= 2),
        always("alike", int, count(alike, alike.files >= 1)),
        always("best_alike", bool, greatest(alike, alike.files, otherwise=0) >= office.desks),
    )


def compared(
    of: LoadedDirective,
    load: Callable[[pr.Facts, Policy], Any],
    loads: int,
    names: Iterable[str] = (),
) -> None:
    """All answers on some loads of random facts, or those of some names, and the reference's."""
    policy, reference = (of.policy(as_of=DAY, engine=engine) for engine in ENGINES)
    for turn in range(loads):
        facts = said(random_facts(Seeded(f"deep{turn}"), policy.rules, DAY, most=12))
        whole = [each for each in CLASSES if facts.is_complete(each)]
        tables: OnTables = on(policy, load(facts, policy), complete=whole)
        asked = [tables.queries.decision(Office, name) for name in names] or None
        _, different = rows_compared(tables, reference, facts, questions=asked)
        assert different[:3] == []


ENGINES: Final[tuple[EngineName, ...]] = ("python", "interpreter")


def random_deep(seed: str) -> LoadedDirective:
    """A directive of expressions within each other."""
    return LoadedDirective(load(random_directive(Seeded(seed), CLASSES, depth=3)))


@pytest.mark.parametrize("made", [deep, gathering, *(partial(random_deep, s) for s in "ab")])
def test_postgres(connection: psycopg.Connection[Any], made: Callable[[], LoadedDirective]) -> None:
    connection.execute("SET statement_timeout = '30s'")

    def loaded(facts: pr.Facts, policy: Policy) -> psycopg.Connection[Any]:
        for each_class in CLASSES:  # those of which there are none have no table
            connection.execute(f"DROP TABLE IF EXISTS {each_class.collection}".encode())
        load_postgres(connection, facts, years_read(policy))
        return connection

    compared(made(), loaded, 3)


@pytest.mark.parametrize(
    ("made", "names"),
    [(deep, ["d4", "grade"]), (gathering, ["last", "mean", "alike"])],
)
def test_spark(
    spark: SparkSession,
    tmp_path: Path,
    made: Callable[[], LoadedDirective],
    names: list[str],
) -> None:
    def loaded(facts: pr.Facts, policy: Policy) -> SparkSession:
        load_spark(spark, facts, tmp_path, years_read(policy))
        return spark

    compared(made(), loaded, 1, names)
