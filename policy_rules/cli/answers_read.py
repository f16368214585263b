"""Answers that were written, read again: documents of answers in JSON, and rows in Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from ..answers import ANSWERS_FORMAT
from ..engines.columns import AGREEMENT, DECISION, FINDING, VERDICT
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..report import answers_of_rows
from .answer_rows import row_columns
from .locations import PARQUET, agreements_file, shown_name

_KINDS: Final = {
    "findings": FINDING, "agreements": AGREEMENT, "verdicts": VERDICT, "decisions": DECISION,
}  # fmt: skip


def answers_in(path: str) -> Mapping[str, Any]:
    """The answers in a file; with those of Parquet, the agreements in the file beside it.

    Raises FactError for what is none, or of another format.
    """
    if Path(path).suffix.lower() != PARQUET:
        return _of_format(path, _json(path))
    head, rows = _parquet(path)
    beside = agreements_file(path)
    if Path(beside).is_file():
        rows |= _parquet(beside)[1]
    return answers_of_rows(_of_format(path, head), rows)


def answers_of_runs(database: str, table: str, *runs: str) -> list[Mapping[str, Any]]:
    """The answers of runs that were written into a table of a database, in the order asked for.

    Raises FactError for a database, a table or a run that is not there, or of another format.
    """
    from .locations import are_tables, is_parquet

    if not are_tables(database) or is_parquet(database) or Path(database).is_dir():
        raise _fault(
            database,
            "应为 DuckDB 文件或数据库的地址；请改正",
            "expected a DuckDB file or the URL of a database; correct it",
        )
    from .runs import runs_in

    found = []
    for head, parts in runs_in(database, table, runs):
        rows = {}
        for names, of_part in parts:
            if (kind := next(_kinds_of(names), None)) is not None:
                rows[kind] = [dict(zip(names, row, strict=True)) for row in of_part]
        found.append(answers_of_rows(_of_format(database, head), rows))
    return found


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


def _parquet(path: str) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """What a Parquet file of answers rests on, and its rows by their kind."""
    if find_spec("duckdb") is None:
        zh = "读 Parquet 需要 `duckdb`，实际没有；请安装 `policy-rules[sql]`"
        en = "Parquet is read by `duckdb`, which is not there; install `policy-rules[sql]`"
        raise _fault(path, zh, en)
    from . import databases

    with databases.parquet_answers(path) as (head, names, rows):
        kind = next(_kinds_of(names), None)
        if not head or kind is None:
            raise _fault(path, *_OTHER)
        return json.loads(head), {kind: [dict(zip(names, row, strict=True)) for row in rows]}


def _kinds_of(names: list[str]) -> Iterator[str]:
    """The kind of answers that have these columns among theirs."""
    return (kind for kind, columns in _KINDS.items() if row_columns(columns).keys() <= {*names})


_OTHER: Final = (
    "不是回答；应为 `audit --format json` 或 `--format parquet` 所写的文件",
    "expected answers, found something else; give a file that `audit --format json` or "
    "`--format parquet` wrote",
)


def _of_format(path: str, found: Any) -> Mapping[str, Any]:
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
