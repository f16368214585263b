"""Answers that were written, read again: documents of answers in JSON, and rows in Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from ..answers import ANSWERS_FORMAT
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..report import Answers, Whole, answers_of_rows
from .differing_rows import Answered, Rows, by_column, differing, kinds_of
from .locations import agreements_file, is_parquet, shown_name

if TYPE_CHECKING:  # DuckDB is imported where it is asked for
    from .databases import ParquetAnswers


def answers_in(path: str) -> Answers:
    """The answers in a file; with those of Parquet, the agreements in the file beside it.

    Raises FactError for what is none, or of another format.
    """
    if not is_parquet(path):
        return _of_format(path, _json(path))
    with _in_parquet([path]) as (rows, [(head, parts)]):
        found = {}
        for each in parts:
            query = f"SELECT {', '.join(each.columns)} FROM {each.relation} ORDER BY {each.place}"
            found[each.kind] = [by_column(each.columns, row) for row in rows(query)]
        return answers_of_rows(head, found)


def differing_in_files(*paths: str) -> tuple[list[Answers], tuple[Whole, Whole]]:
    """Of two Parquet files of answers, those that differ, and what each speaks of at all.

    Raises FactError for what is none, or of another format.
    """
    with _in_parquet(paths) as (rows, sides):
        return _differing(rows, sides)


def differing_in_runs(
    database: str, table: str, *runs: str
) -> tuple[list[Answers], tuple[Whole, Whole]]:
    """The same of two runs that were written into a table of a database.

    Raises FactError for a database, a table or a run that is not there, or of another format.
    """
    from .locations import are_tables

    if not are_tables(database) or is_parquet(database) or Path(database).is_dir():
        raise _fault(
            database,
            "应为 DuckDB 文件或数据库的地址；请改正",
            "expected a DuckDB file or the URL of a database; correct it",
        )
    from .runs import runs_in

    with runs_in(database, table, runs) as (rows, found):
        sides = [
            (_of_format(database, head), [
                Answered(relation, kind, columns)
                for columns, relation in parts
                if (kind := next(kinds_of(columns), None)) is not None
            ])
            for head, parts in found
        ]  # fmt: skip
        return _differing(rows, sides)


def _differing(
    rows: Rows, sides: Sequence[tuple[Answers, list[Answered]]]
) -> tuple[list[Answers], tuple[Whole, Whole]]:
    heads = [head for head, _ in sides]
    found, wholes = differing(rows, [parts for _, parts in sides])
    return [answers_of_rows(*each) for each in zip(heads, found, strict=True)], wholes


@contextmanager
def _in_parquet(
    paths: Sequence[str],
) -> Iterator[tuple[Rows, list[tuple[Answers, list[Answered]]]]]:
    """What gives the rows of a query, and of each file its head and relations."""
    if find_spec("duckdb") is None:
        zh = "读 Parquet 需要 `duckdb`，实际没有；请安装 `policy-rules[sql]`"
        en = "Parquet is read by `duckdb`, which is not there; install `policy-rules[sql]`"
        raise _fault(paths[0], zh, en)
    from . import databases

    beside = [agreements_file(path) for path in paths]
    listed = [*paths, *(each for each in beside if Path(each).is_file())]
    with databases.parquet_answers(listed) as (rows, answers):
        of_file = dict(zip(listed, answers, strict=True))
        faults: list[Fault] = []
        sides = []
        for path, other in zip(paths, beside, strict=True):
            try:
                head = _head(path, of_file[path])
                parts = [
                    _answered(each, of_file[each]) for each in (path, other) if each in of_file
                ]
                sides.append((head, parts))
            except FactError as error:
                faults += error.faults
        if faults:
            raise FactError(faults)
        yield rows, sides


def _head(path: str, found: ParquetAnswers) -> Answers:
    if not found.head:
        raise _fault(path, *_OTHER)
    return _of_format(path, json.loads(found.head))


def _answered(path: str, found: ParquetAnswers) -> Answered:
    from .databases import PLACE

    kind = next(kinds_of(found.columns), None)
    if kind is None:
        raise _fault(path, *_OTHER)
    return Answered(found.relation, kind, found.columns, PLACE)


def _json(path: str) -> Any:
    try:
        return json.loads(Path(path).read_text("utf-8-sig"))
    except (OSError, ValueError, RecursionError) as error:
        reason = str(getattr(error, "strerror", None) or error)
        raise _fault(
            path,
            f"无法作为 JSON 读取（{reason}）；应为 `audit --format json` 所写的回答",
            f"it cannot be read as JSON ({reason}); expected answers as `audit --format json` "
            "writes them",
        ) from error


_OTHER: Final = (
    "不是回答；应为 `audit --format json` 或 `--format parquet` 所写的文件",
    "expected answers, found something else; give a file that `audit --format json` or "
    "`--format parquet` wrote",
)


def _of_format(path: str, found: Any) -> Answers:
    if not isinstance(found, dict) or not {"format", "directive", "as_of"} <= found.keys():
        raise _fault(path, *_OTHER)
    if found["format"] != ANSWERS_FORMAT:
        raise _fault(
            path,
            f"回答的格式应为 {ANSWERS_FORMAT}，实为 {found['format']!r}；请用写它的版本比较",
            f"expected answers in format {ANSWERS_FORMAT}, found {found['format']!r}; compare them "
            "with the version that wrote them",
        )
    return found


def _fault(path: str, zh: str, en: str) -> FactError:
    place = shown_name(path)
    return FactError([Fault(place=place, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)])
