"""Which parts of a query PostgreSQL is told to keep: those whose columns would grow too large."""

from __future__ import annotations

import pytest
import sqlglot
from sqlglot import exp

import policy_rules as pr
from policy_rules.engines.sql.keeping import kept_parts, kept_texts
from policy_rules.language.expressions import Definition, Expression
from policy_rules.policy import LoadedDirective
from tests.support.chosen_values import chosen
from tests.support.made_up_rules import DAY, directive, office


def part(text: str) -> exp.Query:
    found = sqlglot.parse_one(text, dialect="postgres")
    assert isinstance(found, exp.Query)
    return found


def tripled(steps: int, first: str = "SELECT id, n FROM given") -> list[tuple[str, exp.Query]]:
    """Parts, each of which reads a column of the one before three times."""
    parts = [("p0", part(first))]
    for step in range(1, steps + 1):
        parts.append((f"p{step}", part(f"SELECT id, n + n * n AS n FROM p{step - 1}")))
    return parts


def test_a_column_that_multiplies_is_kept_where_it_becomes_large() -> None:
    """n + n * n is 5 expressions with plain columns, then 2 + 3 times as many: 17, 53, 161, 485,
    1,457. That is kept, and read as a plain column by what follows."""
    assert kept_parts(tripled(5)) == frozenset()
    assert kept_parts(tripled(6)) == {"p6"}
    assert kept_parts(tripled(11)) == {"p6"}
    assert kept_parts(tripled(12)) == {"p6", "p12"}


def test_what_is_gathered_is_worked_out_once() -> None:
    parts = tripled(4)
    parts.append(("g", part("SELECT id, MAX(n) AS n FROM p4 GROUP BY id")))
    parts += [
        ("p5", part("SELECT t.id, g.n + g.n * g.n AS n FROM p4 AS t LEFT JOIN g ON t.id = g.id"))
    ]
    parts += [("p6", part("SELECT id, n + n * n AS n FROM p5"))]
    assert kept_parts(parts) == frozenset()


def test_of_several_sources_each_column_is_of_its_own() -> None:
    parts = tripled(5)
    joined = (
        "SELECT t.id, o.n + o.n * o.n AS n, t.m FROM given AS t LEFT JOIN p5 AS o ON t.id = o.id"
    )
    assert kept_parts([*parts, ("j", part(joined))]) == {"j"}
    other = "SELECT t.id, t.n + t.n * t.n AS n FROM given AS t LEFT JOIN p5 AS o ON t.id = o.id"
    assert kept_parts([*parts, ("j", part(other))]) == frozenset()
    both = "SELECT id, n FROM p5 UNION ALL SELECT id, n FROM given"
    last = ("l", part("SELECT id, n + n * n AS n FROM u"))
    assert kept_parts([*parts, ("u", part(both)), last]) == {"l"}


def chain(length: int) -> LoadedDirective:
    made: list[Definition] = []
    before: Expression = office.desks
    for place in range(length):
        made.append(chosen(f"d{place}", int, [(before >= 5, before + 1)], before))
        before = made[-1].of(office)
    return directive(*made)


@pytest.mark.parametrize(("dialect", "kept"), [("postgres", True), ("spark", False)])
def test_definitions_that_build_on_each_other_are_kept(dialect: str, kept: bool) -> None:
    policy = chain(8).policy(as_of=DAY)
    printed = pr.to_sql(policy, dialect, only=["offices_d7"])
    assert ("MATERIALIZED" in printed) is kept


def test_what_texts_say_is_kept_where_much_reads_it() -> None:
    """A newcomer's charge, in tables of texts, took DuckDB minutes to plan for five rows."""
    texts = (
        "p0",
        part("SELECT CASE WHEN s = 'yes' THEN 1 END AS c FROM (SELECT t AS s FROM u) AS g"),
    )
    assert kept_texts([texts, *tripled(11)[1:]]) == {"p0"}
    assert kept_texts([texts, *tripled(2)[1:]]) == frozenset()
    assert kept_texts(tripled(11)) == frozenset()
