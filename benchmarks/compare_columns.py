"""Compare the rows of DuckDB with the answers of the python engine, and print every difference.

    python -m benchmarks.compare_columns --answers 10000000 --seed 1 --processes 2

The facts are those of made-up nations, more or less of them unknown, with lists that are whole and
lists that are not, under any readings. Compared in full are the duty modes of stations, the
verdicts on cases and on tasks, and the findings under 2.1. Exits with 1 if any differ.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import count, islice
from typing import Any, Final, TypeAlias

from attrs import frozen
from duckdb import DuckDBPyConnection

from policy_rules import (
    Agreement,
    Bureau,
    CriminalCase,
    Decision,
    Facts,
    Finding,
    Officer,
    Policy,
    Posting,
    Station,
    Task,
    Transfer,
    Verdict,
    load,
    on,
)
from policy_rules.answers import plain
from policy_rules.engines.columns import FINDING
from policy_rules.engines.sql.decoding import words
from policy_rules.policy import Answer
from policy_rules.tables.queries import Queries, Question
from policy_rules.testing.choosing import Chooser, Seeded

from .contestants.ours import DIRECTIVE
from .nation.making import AS_OF, make_nation
from .nation.opening import opened
from .nation.reading import facts_in
from .nation.recipes import NUMBERS

Row: TypeAlias = tuple[Any, ...]

CLAUSE: Final = "2.1"
CLASSES: Final = (Bureau, Station, Officer, CriminalCase, Task, Transfer, Posting)
SCALE: Final = 0.1
REQUESTS: Final = 50_000  # cases, and as many tasks, about one nation
_DAYS: Final = (AS_OF, AS_OF, date(2019, 9, 1), date(2020, 1, 1))
_AT_ONCE: Final = 10_000
_BATCHES: Final = 4  # for each process at a time


@frozen
class Nation:
    """How a made-up nation is drawn, and what a policy is asked about it.

    Of a hundred values so many are `unknown`, and of a hundred references so many (`unlinked`);
    `whole` says that the lists are.
    """

    seed: int
    scale: float
    unknown: float
    unlinked: float
    whole: bool
    as_of: date
    readings: Mapping[str, str]


def drawn(choose: Chooser, scale: float) -> Nation:
    """A nation of a scale or smaller, and a policy, by chance."""
    # An officer of an unknown station may be on any roster, so that every roster needs them all.
    linked = choose.chance(75)
    return Nation(
        seed=choose.number(1, 2**31),
        scale=scale if linked else scale / 20,
        unknown=choose.pick((3, 20, 40)),
        unlinked=0 if linked else choose.pick((0.1, 2)),
        whole=choose.chance(60),
        as_of=choose.pick(_DAYS),
        readings={
            name: choose.pick(reading.options).name
            for name, reading in load(DIRECTIVE).rules.readings.items()
            if choose.chance(30)
        },
    )


def batch(
    seed: str, scale: float = SCALE, requests: int = REQUESTS
) -> tuple[Counter[str], list[str]]:
    """The answers compared about one nation, by question, and the differences."""
    nation = drawn(Seeded(seed), scale)
    at_scale_1 = round(requests / nation.scale)
    with opened(threads=1) as connection:
        make_nation(
            connection, scale=nation.scale, seed=nation.seed, unknown=nation.unknown,
            unlinked=nation.unlinked, of=CLASSES,
            numbers={**NUMBERS, CriminalCase: at_scale_1, Task: at_scale_1},
        )  # fmt: skip
        policy = load(DIRECTIVE).policy(as_of=nation.as_of, readings=nation.readings)
        whole = CLASSES if nation.whole else ()
        lists: dict[str, Any] = {of.collection: facts_in(connection, of) for of in CLASSES}
        facts = Facts(**lists, complete=[each.collection for each in whole])
        queries = on(policy, connection, complete=whole).queries
        counts: Counter[str] = Counter()
        found: list[str] = []
        for question, answers in asked(policy, facts, queries):
            number, different = compared(answers, rows_of(connection, queries.sql(question)))
            counts[question.name] += number
            found += [f"{question.name}: {each} in {nation}" for each in different]
    return counts, found


def asked(
    policy: Policy, facts: Facts, queries: Queries
) -> Iterator[tuple[Question, Iterator[Answer]]]:
    """What is asked of the tables, each with the answers that an engine gives."""
    name = "duty_mode"
    stations, cases, tasks = (facts.all(of) for of in (Station, CriminalCase, Task))
    yield queries.decision(Station, name), (policy.decide(each, name, facts) for each in stations)
    yield queries.verdict(CriminalCase), (policy.check(each, facts) for each in cases)
    yield queries.verdict(Task), (policy.check(each, facts) for each in tasks)
    for of in CLASSES:
        duties = [each for each in policy.rules.requirements_of(of) if each.cite.clause == CLAUSE]
        if duties:
            audit = policy.auditor(of, duties)
            findings = (finding for each in facts.all(of) for finding in audit(each, facts))
            yield queries.findings_under(of, duties), findings


def rows_of(connection: DuckDBPyConnection, sql: str) -> Iterator[Row]:
    """The rows of a query, a few at a time."""
    result = connection.execute(sql)
    while rows := result.fetchmany(_AT_ONCE):
        yield from rows


def compared(answers: Iterable[Answer], rows: Iterable[Row]) -> tuple[int, list[str]]:
    """How many answers there are, and each that the rows do not give, or give differently."""
    expected = {_identity(row): row for row in map(in_columns, answers)}
    number = len(expected)
    found = []
    for row in rows:
        wanted = expected.pop(_identity(row), None)
        # What is needed is named in any order.
        if row != wanted and (
            wanted is None or row[:-1] != wanted[:-1] or words(row[-1]) != words(wanted[-1])
        ):
            found.append(f"{row}, expected {wanted}")
    found += [f"no row, expected {wanted}" for wanted in expected.values()]
    return number, found


def in_columns(answer: Answer) -> Row:
    """An answer as the row that says the same."""
    match answer:
        case Decision():
            conflict = "" if answer.conflict is None else str(answer.conflict)
            value = plain(answer.value)
            return answer.fact.id, value, _text(answer.cites), conflict, _text(answer.needs)
        case Verdict():
            reasons = [each.cite for each in answer.reasons if each.exemption is None]
            exemptions = [f"{each.cite}={each.exemption}" for each in answer.reasons
                          if each.exemption is not None]  # fmt: skip
            return (
                answer.fact.id, str(answer.outcome), _text(reasons), _text(answer.missing_steps),
                _text(exemptions), _text(answer.needs),
            )  # fmt: skip
        case Finding():
            return (
                answer.fact.id, str(answer.cite), str(answer.status), answer.actual,
                answer.required, answer.shortfall, answer.due,
                "" if answer.exemption is None else answer.exemption.id, _text(answer.needs),
            )  # fmt: skip
        case Agreement():
            return (
                answer.fact.id, str(answer.cite), str(answer.status), answer.first, answer.second,
                _text(answer.needs),
            )  # fmt: skip


def _identity(row: Row) -> Row:
    """The fact, and of a finding, which alone has nine columns, the rule."""
    return row[:2] if len(row) == len(FINDING) else row[:1]


def _text(words_: Iterable[object]) -> str:
    return " ".join(map(str, words_))


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.compare_columns", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("--answers", type=int, default=1_000_000, help="how many to compare")
    parser.add_argument("--seed", type=int, default=1, help="another seed makes other facts")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    given = parser.parse_args()
    start = time.perf_counter()
    counts: Counter[str] = Counter()
    different = 0
    with ProcessPoolExecutor(given.processes) as pool:
        seeds = (f"{given.seed}/{number}" for number in count())
        while counts.total() < given.answers:
            for numbers, found in pool.map(batch, islice(seeds, _BATCHES * given.processes)):
                counts += numbers
                different += len(found)
                for line in found:
                    print(line)
                if sys.stderr.isatty():
                    print(f"\r{counts.total():,}", end="\r", file=sys.stderr)
    seconds = time.perf_counter() - start
    for name, number in counts.items():
        print(f"{name}: {number:,}")
    print(
        f"{counts.total():,} answers of DuckDB and the python engine compared"
        f" in {seconds:,.0f} s: {different:,} different"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
