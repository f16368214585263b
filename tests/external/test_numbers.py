"""Rounding, brackets and decimals on a real PostgreSQL and a real Spark: as derived by hand."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import psycopg
import pytest
from attrs import evolve
from pyspark.sql import SparkSession

import policy_rules as pr
from policy_rules.facts import Fact, known_fields
from policy_rules.policy import Policy
from policy_rules.tables.on_tables import on
from policy_rules.testing.made_up import Claim, Office
from policy_rules.testing.random_facts import container
from tests.engines import test_decimals, test_numbers, test_totals_of_decimals
from tests.support.comparing_rows import rows_compared
from tests.support.made_up_rules import DAY, directive, value_is
from tests.support.parcels import PARCELS, Parcel

from .tables import load_postgres, load_spark

pytestmark = pytest.mark.external

VALUES: Final = [
    *((value, type_) for value, type_, _, _ in test_numbers.VALUES),
    *((value, pr.language.RATIONAL) for value, _, _ in test_decimals.VALUES),
]
GIVEN: Final = [
    *(known_fields(fact) for _, _, fact, _ in test_numbers.VALUES),
    *(known_fields(fact) for _, fact, _ in test_decimals.VALUES),
]
OFFICES: Final[list[Fact]] = [
    Office(**{**each, "id": f"O{place}"}) for place, each in enumerate(GIVEN)
]
# Each expression once, as a definition of its own.
MADE: Final = {str(value): (value, type_) for value, type_ in VALUES}
DEFINED: Final = [
    evolve(value_is(type_, value), name=f"told{place}")
    for place, (value, type_) in enumerate(MADE.values())
]
WORTHS: Final = ("20.10", "3", "2.99", "-0.50", "10000000", "0.25")
PARCELS_GIVEN: Final[list[Fact]] = [
    *(Parcel(id=f"P{n}", worth=Decimal(worth), pieces=n) for n, worth in enumerate(WORTHS)),
    Parcel(id="P", pieces=2_000_000, grams=2_000_000),
]


# Totals, means and extremes of decimals, and their bounds; of each office another list.
TOTALS: Final = [
    *(value_is(pr.language.RATIONAL, of) for of in test_totals_of_decimals.EACH),
    value_is(pr.language.BOOLEAN, Decimal("2.6") <= test_totals_of_decimals.SUM),
]
TOTALLED: Final = [evolve(of, name=f"told{place}") for place, of in enumerate(TOTALS)]
LISTS: Final = [
    listed
    for listed, _ in test_totals_of_decimals.LISTS
    if test_totals_of_decimals.NONE not in listed  # which tables say by a mapping
]
MEMBERS: Final[list[Fact]] = [
    *(Office(id=f"O{place}") for place in range(len(LISTS))),
    *(
        Claim(**known_fields(claim) | {"id": f"{claim.id}{place}", "office_id": f"O{place}"})
        for place, listed in enumerate(LISTS)
        for claim in listed
    ),
]


def policies(of: Any) -> tuple[Policy, Policy]:
    return of.policy(as_of=DAY), of.policy(as_of=DAY, engine="interpreter")


def agree(of: Any, facts: pr.Facts, connection: Any) -> None:
    policy, reference = policies(of)
    tables = on(policy, connection, complete=[Claim])
    compared, different = rows_compared(tables, reference, facts)
    assert different[:3] == []
    assert compared


def test_postgres(connection: psycopg.Connection[Any]) -> None:
    for of, listed in (
        (directive(*DEFINED), OFFICES),
        (directive(*TOTALLED), MEMBERS),
        (pr.load(PARCELS), PARCELS_GIVEN),
    ):
        facts = container(listed, [Claim])
        load_postgres(connection, facts)
        agree(of, facts, connection)


def test_spark(spark: SparkSession, tmp_path: Path) -> None:
    """Some of the expressions: to plan them all takes minutes."""
    few = DEFINED[10:60:5]
    for place, (of, listed) in enumerate(
        (
            (directive(*few), OFFICES),
            (directive(*TOTALLED), MEMBERS),
            (pr.load(PARCELS), PARCELS_GIVEN),
        )
    ):
        (tmp_path / str(place)).mkdir()
        facts = container(listed, [Claim])
        load_spark(spark, facts, tmp_path / str(place))
        agree(of, facts, spark)


def test_money_is_a_decimal(connection: psycopg.Connection[Any]) -> None:
    load_postgres(connection, container(PARCELS_GIVEN))
    on_tables = on(pr.load(PARCELS).policy(as_of=DAY), connection)
    sql = on_tables.queries.sql(on_tables.queries.decision(Parcel, "refund"))
    rows = connection.execute(f"SELECT id, value FROM ({sql}) AS a ORDER BY id".encode()).fetchall()
    assert [str(value) for _, value in rows if value is not None][:2] == ["20.100", "2.950"]
