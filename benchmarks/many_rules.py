"""What findings cost as rules grow and findings do not: `python -m benchmarks.many_rules`.

A made-up directive of 100 to 800 duties, every other one on how many members a fact has of some
kind, over as many facts as make the same number of findings. Preparing (from rules to the text of a
query, once for a policy) and running (all rows of the query, into a table) stand apart, in seconds
of the processors, so that it matters little what else the machine does. Each size has a process of
its own, and DuckDB 1.5 GB.
"""

from __future__ import annotations

import argparse
from datetime import date, timedelta
from statistics import median
from time import process_time
from typing import Final

import duckdb
from attrs import frozen

from policy_rules.language import Clause, Directive, count, each, load, subject
from policy_rules.language.sentences import fingerprints
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.tables.on_tables import on
from policy_rules.testing.made_up import CLASSES, Clerk, Office

from .nation.apart import apart, most_memory

RULES: Final = (100, 200, 400, 800)
FINDINGS: Final = 800_000
AS_OF: Final = date(2022, 4, 1)
_TABLES: Final = """
    CREATE TABLE offices AS
        SELECT 'O' || i AS id, CASE i % 9 WHEN 0 THEN NULL ELSE i % 3 > 0 END AS open,
            CASE i % 8 WHEN 0 THEN NULL ELSE i % 7 END AS desks,
            DATE '2000-01-01' + (i % 997)::INT AS founded
        FROM range({offices}) made(i);
    CREATE TABLE clerks AS
        SELECT 'C' || i AS id, 'O' || (i // 4) AS office_id,
            CASE i % 50 WHEN 0 THEN NULL ELSE DATE '2000-01-01' + (i % 991)::INT END AS since
        FROM range(4 * {offices}) made(i);
"""


@frozen
class Asked:
    """What it took to ask for all findings: seconds, and the most gigabytes that were held."""

    preparing: float
    running: float
    memory: float
    letters: int


def policy_of(rules: int) -> Policy:
    """As many duties, each with a day of its own."""
    clause = Clause("1", "办事处", "Offices")
    office = subject(Office)
    clerk = each(Clerk, office_id=office)
    for place, sentence in enumerate(clause.sentences(rules)):
        before = date(2000, 1, 1) + timedelta(days=place)
        must = office.founded >= before
        if place % 2:
            must = count(clerk, where=clerk.since >= before) >= office.desks
        said = sentence("办事处")(f"第{place}项", f"item {place}")
        said.demands(office, must, applies=office.open)
    text = "".join(f"1/{place} 办事处\n" for place in range(1, rules + 1))
    return LoadedDirective(
        load(
            Directive(
                id="many-rules", number="1", zh="办事处", en="Offices", issued=date(2020, 1, 1),
                clauses=[clause], sentences=fingerprints(text), fact_classes=CLASSES,
            )
        )
    ).policy(as_of=AS_OF)  # fmt: skip


def asked(rules: int, findings: int, rounds: int) -> Asked:
    """Ask for all findings, of as many rules."""
    connection = duckdb.connect()
    connection.execute("SET memory_limit = '1500MB'; SET enable_progress_bar = false")
    connection.execute(_TABLES.format(offices=findings // rules))
    preparing, running = [], []
    for _ in range(rounds):
        policy = policy_of(rules)
        start = process_time()
        tables = on(policy, connection, complete=[Clerk])
        query = tables.queries.sql(tables.queries.findings(Office))
        preparing.append(process_time() - start)
        start = process_time()
        connection.execute(f"CREATE OR REPLACE TABLE found AS {query}")
        running.append(process_time() - start)
    counted = connection.execute("SELECT COUNT(*), COUNT(DISTINCT cite) FROM found").fetchall()
    if counted != [(findings // rules * rules, rules)]:
        raise RuntimeError(f"expected {findings:,} findings under {rules} rules, found {counted}")
    return Asked(median(preparing), median(running), most_memory(), len(query))


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--findings", type=int, default=FINDINGS)
    parser.add_argument("--rounds", type=int, default=3)
    given = parser.parse_args()
    print("| rules | preparing, s | running, s | GB at most | letters of SQL |")
    print("|---:|---:|---:|---:|---:|")
    for rules in RULES:
        one = apart(asked, rules, given.findings, given.rounds)
        print(
            f"| {rules} | {one.preparing:.2f} | {one.running:.2f} | {one.memory:.2f} "
            f"| {one.letters:,} |",
            flush=True,
        )


if __name__ == "__main__":
    main()
