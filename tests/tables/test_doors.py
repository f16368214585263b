"""What the same cells mean, through whichever door they come: CSV, Excel, Parquet, DuckDB.

PostgreSQL and Spark are compared in tests/external; `benchmarks/compare_doors.py` draws more rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import duckdb
import pytest
from hypothesis import given, settings

import policy_rules as pr
from policy_rules.engines.sql.dialects import SQL_FALSE, SQL_NULL
from policy_rules.facts import Fact, Kind
from policy_rules.formats import cells, forms, read
from policy_rules.police import POLICE
from policy_rules.tables import conversions, reading, texts, times
from policy_rules.tables.reading import Converted, Reading
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.random_facts import random_facts
from policy_rules.testing.strategies import chosen
from tests.support.comparing_rows import rows_compared
from tests.support.doors import (
    Cells,
    by_csv,
    by_duckdb,
    by_every_door,
    drawn_cells,
    load_duckdb,
    unlike,
    write_csv,
    written_cells,
)
from tests.support.parcels import Parcel

PUTIAN: Final = pr.load("putian-2019-52")
DAY: Final = date(2020, 6, 30)
# A class of the made-up ones for what no police class has: decimals.
EVERY: Final[tuple[type[Fact], ...]] = (*POLICE.classes, Parcel)


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    opened = duckdb.connect()
    opened.execute("SET threads = 1")
    yield opened
    opened.close()


def differences(of: Cells, connection: duckdb.DuckDBPyConnection) -> list[str]:
    """What is unlike through any door."""
    with TemporaryDirectory() as directory:
        return by_every_door(of, Path(directory), connection)


def some_cells(choose: Chooser) -> Cells:
    """A few rows of any class, with a mapping or without one."""
    fact_class = choose.pick(EVERY)
    return drawn_cells(choose, fact_class, choose.number(1, 4), mapped=choose.chance(50))


@settings(max_examples=15)
@given(chosen(some_cells))
def test_every_door_reads_the_same(connection: duckdb.DuckDBPyConnection, of: Cells) -> None:
    assert differences(of, connection) == []


@pytest.mark.parametrize("mapped", [False, True])
@pytest.mark.parametrize("fact_class", EVERY)
def test_every_field_through_every_door(
    connection: duckdb.DuckDBPyConnection, fact_class: type[Fact], mapped: bool
) -> None:
    of = drawn_cells(Seeded(fact_class.collection), fact_class, 60, mapped=mapped)
    assert differences(of, connection) == []


@settings(max_examples=1)
@given(chosen(lambda choose: (choose, random_facts(choose, PUTIAN.rules, DAY, most=4))))
def test_answers_after_every_door(
    connection: duckdb.DuckDBPyConnection, drawn: tuple[Chooser, pr.Facts]
) -> None:
    """The same facts, and the same decisions, verdicts and findings."""
    choose, facts = drawn
    policy = PUTIAN.policy(as_of=DAY)
    whole = [each for each in POLICE.classes if facts.is_complete(each)]
    with TemporaryDirectory() as folder:
        directory = Path(folder)
        for fact_class in POLICE.classes:
            of = written_cells(choose, fact_class, facts.all(fact_class))
            load_duckdb(of, connection)
            write_csv(of, directory)
        names = ", ".join(f'"{each.collection}"' for each in whole)
        Path(directory, "document.json").write_text(f'{{"complete": [{names}]}}', "utf-8")
        document = read(directory)
    for fact_class in POLICE.classes:
        assert document.facts.all(fact_class) == facts.all(fact_class)
    tables = pr.on(policy, connection, complete=whole)
    assert tables.faults() == []
    asked = [tables.queries.verdict(each) for each in (pr.CriminalCase, pr.Task, pr.Transfer)]
    asked.append(tables.queries.decision(pr.Station, "duty_mode"))
    asked += [tables.queries.findings(pr.Station, cite) for cite in ("2.1/1", "4.1/5")]
    assert rows_compared(tables, policy, facts, questions=asked)[1][:3] == []
    for fact_class in POLICE.classes:
        connection.execute(f"DROP TABLE {fact_class.collection}")


# Each breaks one door, in the ways in which doors were broken.


def _trusting(kind: Kind) -> Callable[[pytest.MonkeyPatch], None]:
    """What a column holds is taken as it stands."""

    def trust(of: Reading) -> Converted:
        return Converted(of.as_text(), SQL_FALSE)

    return lambda patch: patch.setitem(conversions._CONVERSIONS, kind, trust)


def _in_tables(name: str, value: Any) -> Callable[[pytest.MonkeyPatch], None]:
    return lambda patch: patch.setattr(conversions, name, value)


def _not_folded(text: Any, *_: Any, **__: Any) -> Any:
    return text


BREAKS: Final[Mapping[str, Callable[[pytest.MonkeyPatch], None]]] = {
    "choices in tables are trusted": _trusting(Kind.CHOICE),
    "codes in tables are trusted": _trusting(Kind.CODES),
    "ids in tables are trusted": _trusting(Kind.ID),
    "references in tables are trusted": _trusting(Kind.REFERENCE),
    "texts in tables are trusted": _trusting(Kind.TEXT),
    "tables are not folded": lambda patch: patch.setattr(reading, "folded", _not_folded),
    "numbers in tables have no bounds": _in_tables("within", lambda value, *_: value),
    "lost digits are an id in tables": _in_tables("NUMBER_LIKE", "never"),
    "errors of spreadsheets pass in tables": _in_tables("NO_VALUE", "never"),
    "formulas are an id in tables": _in_tables("FORMULA", "never"),
    "damaged texts pass in tables": _in_tables("DAMAGE", "never"),
    "decimals are no whole numbers in tables": _in_tables("WHOLE", "[0-9]{1,18}"),
    "years may be repeated in tables": _in_tables(
        "_naming", lambda year, of: f".*{year} *: *{of}.*x"
    ),
    "cells are only trimmed": lambda patch: patch.setattr(
        cells, "folded", lambda text, _: text.strip()
    ),
    "a yes is a no in cells": lambda patch: patch.setattr(
        forms, "_BOOLEANS", {**forms._BOOLEANS, "√": False}
    ),
    "dates in tables are written in one way": lambda patch: patch.setattr(
        times, "_time_in", _first_form_only(times._time_in)
    ),
    "an apostrophe stays in tables": lambda patch: patch.setattr(texts, "APOSTROPHE", "~"),
}


def _first_form_only(read_: Callable[..., Any]) -> Callable[..., Any]:
    def time_in(said: Any, form: Any, *more: Any) -> Any:
        return read_(said, form, *more) if "offset" not in form.parts else SQL_NULL

    return time_in


@pytest.mark.parametrize("break_", BREAKS.values(), ids=BREAKS.keys())
def test_a_door_that_is_broken_is_found(
    break_: Callable[[pytest.MonkeyPatch], None],
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    break_(monkeypatch)
    assert any(
        is_found(drawn_cells(Seeded("breaks"), fact_class, 60), connection)
        for fact_class in (pr.Transfer, pr.CriminalCase, pr.Officer, pr.Committee)
    )


def is_found(of: Cells, connection: duckdb.DuckDBPyConnection) -> bool:
    """Whether one of the doors has read a cell otherwise, or could not."""
    with TemporaryDirectory() as directory:
        try:
            found = {"csv": by_csv(of, Path(directory)), "duckdb": by_duckdb(of, connection)}
        except (duckdb.Error, LookupError, ValueError):  # what is not checked may not even be read
            return True
    return bool(unlike(of, found))
