"""Runs: answers that are written into the same tables night after night, each under an id.

Beside the table of answers stands one of runs: when each was, of which directive, by which rules,
as of which date, and the head of a document of answers, which says what else they rest on.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timezone
from typing import Any, Final, NamedTuple

from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..installed import installed_version
from ..language.fingerprints import fingerprint_of
from .answer_rows import AMENDED
from .answers_shown import json_head
from .databases import Database, literal, opened, quoted_name
from .inputs import Asked
from .locations import RUN, agreements_table, runs_table, shown_name

_COLUMNS: Final = {
    RUN: "TEXT",
    "ran_at": "TIMESTAMP",
    "directive": "TEXT",
    "fingerprint": "TEXT",
    "library": "TEXT",
    "as_of": "DATE",
    "head": "TEXT",
}


class Part(NamedTuple):
    """The answers of a run in one table: their columns, and the relation that has them alone."""

    columns: list[str]
    relation: str


def rows_of_run(
    relation: str, run: str, columns: Mapping[str, str], queries: Iterator[str]
) -> Iterator[str]:
    """The statements that put the rows of a run in the place of those that it had.

    The first query is of no rows, for the types of a table that is not there yet. It has a column
    for what only runs of an amended directive have, so that these can follow others.
    """
    amended = "" if AMENDED in columns else f", CAST(NULL AS TEXT) AS {AMENDED}"
    id_ = f"CAST({literal(run)} AS TEXT) AS {RUN}"
    names = ", ".join((RUN, *columns))
    yield (
        f"CREATE TABLE IF NOT EXISTS {relation} AS "
        f"SELECT {id_}, answers.*{amended} FROM ({next(queries)}) AS answers"
    )
    yield f"DELETE FROM {relation} WHERE {RUN} = {literal(run)}"
    for query in queries:
        yield (
            f"INSERT INTO {relation} ({names}) "
            f"SELECT {id_}, {', '.join(columns)} FROM ({query}) AS answers"
        )


def told_of_run(table: str, run: str, asked: Asked) -> Iterator[str]:
    """The statements that say what a run was."""
    relation = quoted_name(runs_table(table))
    policy = asked.policy
    now = datetime.now(timezone.utc).replace(tzinfo=None)
    said = {
        RUN: run,
        "ran_at": now.isoformat(sep=" ", timespec="seconds"),
        "directive": policy.rules.directive.id,
        "fingerprint": fingerprint_of(policy.rules),
        "library": installed_version() or "",
        "as_of": policy.as_of.isoformat(),
        "head": json.dumps(json_head(asked), ensure_ascii=False),
    }
    columns = ", ".join(f"{name} {type_}" for name, type_ in _COLUMNS.items())
    values = ", ".join(f"CAST({literal(said[name])} AS {_COLUMNS[name]})" for name in said)
    yield f"CREATE TABLE IF NOT EXISTS {relation} ({columns})"
    yield f"DELETE FROM {relation} WHERE {RUN} = {literal(run)}"
    yield f"INSERT INTO {relation} ({', '.join(said)}) VALUES ({values})"


def only_run(relation: str, run: str) -> str:
    """The rows of a run alone, as a relation."""
    return f"(SELECT * FROM {relation} WHERE {RUN} = {literal(run)})"


@contextmanager
def runs_in(
    facts: str, table: str, runs: Sequence[str]
) -> Iterator[tuple[Callable[[str], Iterable[Sequence[Any]]], list[tuple[Any, list[Part]]]]]:
    """What gives the rows of a query, and the head and the relations of answers of each run.

    Raises FactError for a database that cannot be read, a table without runs, and a run that it
    does not have.
    """
    with opened(facts, (), False) as database:
        names = _names_of_columns(database)
        if (columns := names.get(table.lower())) is None or RUN not in columns:
            raise _wrong(
                facts,
                f"没有表 `{table}`，或其中没有 `{RUN}` 列；请给出用 --run 写入的表",
                f"there is no table `{table}` with a column `{RUN}`; give one that --run wrote",
            )
        told = quoted_name(runs_table(table))
        query = f"SELECT {RUN}, head, fingerprint FROM {told} ORDER BY ran_at"
        heads = {
            run: json.loads(head) | {"fingerprint": fingerprint}
            for run, head, fingerprint in database.stream(query)
        }
        found = []
        for run in runs:
            if run not in heads:
                listed = ", ".join(heads) or "-"
                raise _wrong(
                    facts,
                    f"`{table}` 中没有运行 `{run}`；现有 {listed}",
                    f"`{table}` has no run `{run}`; there are {listed}",
                )
            parts = [
                Part([name for name in own if name != RUN], only_run(quoted_name(each), run))
                for each in (table, agreements_table(table))
                if (own := names.get(each.lower()))
            ]
            found.append((heads[run], parts))
        yield database.stream, found


def _names_of_columns(database: Database) -> dict[str, list[str]]:
    """The columns of each table, by its name as it is asked for."""
    from ..tables.on_tables import system_of

    found: dict[str, list[str]] = {}
    for table in system_of(database.connection).schema(()).tables:
        columns = [column.name for column in table.columns]
        found.setdefault(".".join(table.parts[-2:]).lower(), columns)
        if table.current:
            found[table.parts[-1].lower()] = columns
    return found


def _wrong(facts: str, zh: str, en: str) -> FactError:
    place = shown_name(facts)
    return FactError([Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en)])
