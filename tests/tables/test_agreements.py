"""Agreements as rows: the columns, one rule alone, and the same as the engine says."""

from __future__ import annotations

from typing import Final

import duckdb
import pytest

from policy_rules.answers import QuestionError
from policy_rules.language import count, each
from policy_rules.tables.on_tables import on
from policy_rules.tables.views import to_sql
from policy_rules.testing.made_up import Claim, Clerk, Office
from policy_rules.testing.random_facts import container
from tests.support.comparing_rows import rows_compared
from tests.support.made_up_rules import DAY, SAYS, O, directive, office
from tests.support.writing import says

clerks = each(Clerk, office_id=office)
POLICY: Final = directive(
    says("1/1a", **SAYS).agrees(office, office.desks, count(clerks)),
    says("1/1b", **SAYS).agrees(office, office.open, office.large),
).policy(as_of=DAY)


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    """An office of three desks and two clerks."""
    made = duckdb.connect()
    made.execute("CREATE TABLE offices (id TEXT, desks BIGINT, open BOOLEAN, large BOOLEAN)")
    made.execute("INSERT INTO offices VALUES ('O', 3, TRUE, TRUE), ('P', NULL, TRUE, NULL)")
    made.execute(
        "CREATE TABLE clerks AS SELECT 'C' || n AS id, 'O' AS office_id FROM range(2) t(n)"
    )
    return made


def test_a_row_for_each_fact_and_rule(connection: duckdb.DuckDBPyConnection) -> None:
    tables = on(POLICY, connection, complete=[Clerk])
    agreements = tables.agreements(Office)
    assert agreements.columns == ["id", "cite", "status", "first", "second", "needs"]
    assert agreements.order("id, cite").fetchall() == [
        ("O", "1/1a", "inconsistent", 3, 2, ""),
        ("O", "1/1b", "consistent", None, None, ""),
        ("P", "1/1a", "undetermined", None, 0, "offices/P.desks"),
        ("P", "1/1b", "undetermined", None, None, "offices/P.large"),
    ]
    one = tables.agreements(Office, "1/1b").order("id")
    assert [row[1:3] for row in one.fetchall()] == [
        ("1/1b", "consistent"), ("1/1b", "undetermined"),
    ]  # fmt: skip
    everything = tables.agreements().order("id, cite")
    assert everything.columns == ["collection", *agreements.columns]
    assert everything.fetchall()[0] == ("offices", "O", "1/1a", "inconsistent", 3, 2, "")
    with pytest.raises(QuestionError, match="no agreement under `1/2`"):
        tables.agreements(Office, "1/2")
    with pytest.raises(QuestionError, match="no findings on offices; there are agreements"):
        tables.findings(Office)
    with pytest.raises(QuestionError, match="there is no table of claims"):
        tables.agreements(Claim)


def test_the_rows_say_what_the_engine_says(connection: duckdb.DuckDBPyConnection) -> None:
    facts = [
        O(desks=3, open=True, large=True), Office(id="P", open=True),
        *(Clerk(id=f"C{n}", office_id="O") for n in range(2)),
    ]  # fmt: skip
    tables = on(POLICY, connection, complete=[Clerk])
    assert rows_compared(tables, POLICY, container(facts, [Clerk])) == (4, [])


@pytest.mark.parametrize("dialect", ["duckdb", "postgres", "spark", "oracle", "mysql", "tsql"])
def test_every_dialect_prints_them(dialect: str) -> None:
    printed = to_sql(POLICY, dialect, only=["offices_agreements"])
    assert "1/1a" in printed
    assert "inconsistent" in printed
