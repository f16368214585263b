"""The made-up nation of the benchmarks, and the answers that others give on it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest
from duckdb import DuckDBPyConnection

from benchmarks.inputs import AS_BY_HAND
from benchmarks.nation.by_hand import BY_HAND
from benchmarks.nation.making import AS_OF, COMPLETE, YEARS, make_nation, write_parquet
from benchmarks.nation.reading import facts_in
from policy_rules import CriminalCase, Decision, Facts, Officer, Station, Task, Verdict, load
from policy_rules.engines.sql.sources import columns_of
from policy_rules.facts import Fact
from policy_rules.police import POLICE

ASKED = {"duty_mode": Station, "case_scope": CriminalCase, "task_admission": Task}
TYPES = {
    "text": "VARCHAR",
    "boolean": "BOOLEAN",
    "bigint": "BIGINT",
    "date": "DATE",
    "timestamp": "TIMESTAMP",
}


def nation(
    scale: float, seed: int = 1, threads: int = 2, unknown: float = 3.0, unlinked: float = 0.1
) -> DuckDBPyConnection:
    connection = duckdb.connect(config={"threads": threads})
    make_nation(connection, scale=scale, seed=seed, unknown=unknown, unlinked=unlinked)
    return connection


@pytest.fixture(scope="module")
def small() -> Iterator[DuckDBPyConnection]:
    with nation(1 / 32) as connection:
        yield connection


def one(connection: DuckDBPyConnection, sql: str) -> Any:
    [(value,)] = connection.execute(sql).fetchall()
    return value


def everything(connection: DuckDBPyConnection) -> list[list[Any]]:
    return [connection.execute(f"FROM {name} ORDER BY ALL").fetchall() for name in COMPLETE]


def test_tables_have_the_columns_that_the_engine_reads(small: DuckDBPyConnection) -> None:
    for fact_class in POLICE.classes:
        described = small.execute(f"DESCRIBE {fact_class.collection}").fetchall()
        wanted = columns_of(fact_class, YEARS).items()
        assert [row[:2] for row in described] == [(name, TYPES[type_]) for name, type_ in wanted]


def test_numbers(small: DuckDBPyConnection) -> None:
    # 54,000 / 32 is 1,687.5, and 5,000,000 / 32 is 156,250.
    assert one(small, "SELECT count(*) FROM stations") == 1_688
    assert one(small, "SELECT count(*) FROM tasks") == 156_250
    assert one(small, "SELECT count(*) FROM cases") == 156_250
    # 600,000, 2,000,000 and 1,000,000 at scale 1, more or less.
    assert 18_000 < one(small, "SELECT count(*) FROM officers") < 19_500
    assert 59_000 < one(small, "SELECT count(*) FROM events") < 66_000
    assert 27_500 < one(small, "SELECT count(*) FROM attestations") < 33_500
    # One bureau of a hundred, with 1,688 stations between them.
    assert one(small, "SELECT count(*) FROM stations WHERE id LIKE '3503%'") == 17


def test_rosters(small: DuckDBPyConnection) -> None:
    small.execute(
        "CREATE OR REPLACE TEMP VIEW listed AS SELECT any_value(officers) AS officers,"
        " count(o.id) AS roster FROM stations s JOIN officers o ON o.station_id = s.id"
        " GROUP BY s.id"
    )
    assert one(small, "SELECT max(roster) FROM listed") <= 60
    assert one(small, "SELECT min(roster) FROM listed") >= 2
    assert 10 < one(small, "SELECT avg(roster) FROM listed") < 12
    off = "SELECT sum((abs(officers - roster) = {})::INT) / count(*) FROM listed"
    assert 0.955 < one(small, off.format(0)) < 0.985
    assert 0.01 < one(small, off.format(1)) < 0.03
    assert 0.005 < one(small, "SELECT 1 - count(officers) / count(*) FROM listed") < 0.02


@pytest.mark.parametrize(
    ("column", "table", "share"),
    [("quota", "tasks", 0.03), ("starts_on", "tasks", 0.03), ("station_id", "tasks", 0.001),
     ("means", "cases", 0.03), ("grades_given", "stations", 0)],
)  # fmt: skip
def test_unknown(small: DuckDBPyConnection, column: str, table: str, share: float) -> None:
    found = one(small, f"SELECT 1 - count({column}) / count(*) FROM {table}")
    assert found == pytest.approx(share, rel=0.25)


def test_every_row_is_a_fact_and_references_lead_to_facts() -> None:
    with nation(0.0005, unknown=10, unlinked=5) as connection:
        lists: dict[str, Any] = {
            fact_class.collection: list(facts_in(connection, fact_class))
            for fact_class in POLICE.classes
        }
        facts = Facts(**lists, complete=COMPLETE)  # refuses what leads nowhere
        total = " + ".join(f"(SELECT count(*) FROM {name})" for name in COMPLETE)
        assert len(facts) == one(connection, f"SELECT {total}")


def test_the_seed_alone_gives_the_rows() -> None:
    with (
        nation(0.0002, threads=1) as one_thread,
        nation(0.0002, threads=4) as four_threads,
        nation(0.0002, seed=2) as another_seed,
    ):
        rows = everything(one_thread)
        assert rows == everything(four_threads)
        pairs = zip(rows, everything(another_seed), strict=True)
        assert [mine != other for mine, other in pairs] == [name != "cities" for name in COMPLETE]


@pytest.fixture(scope="module", params=[0.0, 1.0])
def unclear(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[DuckDBPyConnection, Path]]:
    """A nation of which much is unknown, with and without officers of unknown stations."""
    directory = tmp_path_factory.mktemp("nation")
    with nation(0.004, unknown=30, unlinked=request.param) as connection:
        for name in ("cases", "tasks"):
            connection.execute(f"DELETE FROM {name} WHERE substr(id, 2)::INT >= 600")
        write_parquet(connection, directory)
        yield connection, directory


def test_what_is_written_by_hand_answers_as_the_interpreter(
    unclear: tuple[DuckDBPyConnection, Path],
) -> None:
    connection, _ = unclear
    policy = load("putian-2019-52").policy(as_of=AS_OF, engine="interpreter", **AS_BY_HAND)
    facts = Facts(
        stations=facts_in(connection, Station), officers=facts_in(connection, Officer),
        complete=["officers"],
    )  # fmt: skip
    for question, fact_class in ASKED.items():
        found = set(connection.execute(BY_HAND[question]).fetchall())
        asked: list[Fact] = list(facts_in(connection, fact_class))
        if fact_class is Station:
            expected = {_decided(policy.decide(fact, question, facts=facts)) for fact in asked}
        else:
            expected = {_checked(policy.check(fact)) for fact in asked}
        assert found == expected
        assert len(found) == len(asked)


def _decided(answer: Decision) -> tuple[Any, ...]:
    value = None if answer.value is None else str(answer.value)
    assert answer.conflict is None
    return answer.fact.id, value, _joined(answer.cites), "", _joined(answer.needs)


def _checked(answer: Verdict) -> tuple[Any, ...]:
    reasons = _joined(reason.cite for reason in answer.reasons)
    steps, needs = _joined(answer.missing_steps), _joined(answer.needs)
    return answer.fact.id, str(answer.outcome), reasons, steps, needs


def _joined(parts: Any) -> str:
    return " ".join(map(str, parts))


def test_polars_answers_as_what_is_written_by_hand(
    unclear: tuple[DuckDBPyConnection, Path],
) -> None:
    pytest.importorskip("polars", reason="polars is installed for the benchmarks only")
    from benchmarks.nation.with_polars import WITH_POLARS

    connection, directory = unclear
    for question in ASKED:
        found = WITH_POLARS[question](directory).collect().rows()
        assert sorted(found, key=str) == sorted(
            connection.execute(BY_HAND[question]).fetchall(), key=str
        )
