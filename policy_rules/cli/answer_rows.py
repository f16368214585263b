"""Answers as rows: the columns of each kind, and what an answer says in them.

Tables give the same columns, from the database that they are in (`answered_rows`).
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final

from ..answers import Decision, Verdict
from ..engines.columns import AGREEMENT, CONFLICT_MARK, DECISION, FINDING
from ..engines.sql.ranges import OF_WIDE, measures_are_wide
from ..facts import FactError, Fault
from ..facts.faults import FaultCode
from ..language import RuleSet
from ..language.rules import AgreementRule
from ..policy import Answer, Policy
from ..render.wording import Language, pick
from .output import csv_chunks, write_together

# Findings and agreements have the body that is responsible.
OF_BODIES: Final = (FINDING, AGREEMENT)
_TYPES: Final = {
    "actual": "bigint", "required": "bigint", "shortfall": "bigint", "due": "date",
    "first": "bigint", "second": "bigint",
}  # fmt: skip
_WIDE: Final = "decimal(38,0)"
# Of the texts, those that may say nothing at all; another is then empty.
AMENDED: Final = "amended_by"
_MAY_BE_NULL: Final = frozenset({"value", AMENDED})

Row = Sequence[Any]
# Rows, with the names and types of their columns, by the file that they are for.
Files = Mapping[str, tuple[Mapping[str, str], Iterable[Row]]]


def row_columns(kind: Sequence[str]) -> dict[str, str]:
    """The columns of answers of a kind, of all classes together, each with its type."""
    own = ("id", "name", *DECISION[1:]) if kind is DECISION else kind
    return {name: _TYPES.get(name, "text") for name in ("collection", *own)}


def typed_columns(policy: Policy, kind: Sequence[str]) -> dict[str, str]:
    """The same with room for all that a policy measures, which may be beyond 64 bits."""
    columns = row_columns(kind)
    if kind in OF_BODIES and measures_are_wide(policy.regime, bool(policy.exemptions)):
        columns |= {name: _WIDE for name, type_ in columns.items() if type_ == "bigint"}
    return columns


def written_columns(policy: Policy, kind: Sequence[str]) -> dict[str, str]:
    """The columns in which answers of a kind are written, each with its type in a database."""
    responsible = {"responsible": "text"} if kind in OF_BODIES else {}
    amended = {AMENDED: "text"} if policy.rules.reached else {}
    return {**typed_columns(policy, kind), **responsible, **amended}


def has_agreements(rules: RuleSet) -> bool:
    """Whether a directive says of two accounts that they should be the same."""
    return any(isinstance(each, AgreementRule) for each in rules.rules)


def write_csv(files: Files, head: str = "") -> None:
    """Write rows as CSV, all files as a whole or none of them; it has no place for a `head`."""
    write_together({file: csv_chunks(names, rows) for file, (names, rows) in files.items()})


def write_parquet(files: Files, head: str) -> None:
    """Write rows of documents as Parquet, all files as a whole or none of them.

    The `head` says what they rest on, as JSON.
    """
    from . import databases  # only where it is asked for

    given = [(columns, _with_room(file, columns, rows)) for file, (columns, rows) in files.items()]
    with databases.with_rows(given) as (database, tables):
        queries = [f"SELECT * FROM {table}" for table in tables]
        types = [columns for columns, _ in files.values()]
        named = zip(files, queries, types, strict=True)
        databases.write_parquet(database, {file: ([sql], of) for file, sql, of in named}, head)


def _with_room(file: str, columns: Mapping[str, str], rows: Iterable[Row]) -> Iterator[Row]:
    """The same rows. Raises FactError for a number of more digits than a decimal has."""
    for row in rows:
        for name, cell in zip(columns, row, strict=True):
            if isinstance(cell, int) and abs(cell) > OF_WIDE:
                raise FactError([_too_large(file, name, cell)])
        yield row


def _too_large(file: str, name: str, number: int) -> Fault:
    digits = len(str(abs(number)))
    return Fault(
        place=f"--output {file}",
        field=name,
        code=FaultCode.WRONG_USAGE,
        zh=f"Parquet 中的数至多 38 位，实有 {digits} 位；请改为写出 CSV 或 JSON",
        en=f"expected a number of at most 38 digits for Parquet, found one of {digits}; "
        "write CSV or JSON",
    )


ROW_FORMS: Final[Mapping[str, Callable[[Files, str], None]]] = MappingProxyType(
    {"csv": write_csv, "parquet": write_parquet}
)


def tell_written(where: str, number: int, lang: Language) -> None:
    """Say on standard error how many rows were written to a file or table."""
    zh, en = f"已写入 {where}：{number} 行", f"written to {where}: {number} rows"
    print(pick(lang, zh, en), file=sys.stderr)


def rows_of(answers: Iterable[Answer], columns: Iterable[str]) -> Iterator[Row]:
    """What answers of one kind say in the columns of that kind."""
    names = tuple(columns)
    for answer in answers:
        said = _said(answer)
        yield [_cell(name, said.get(name)) for name in names]


def _said(answer: Answer) -> Mapping[str, Any]:
    said = answer.as_json() | {"collection": answer.fact.collection, "id": answer.fact.id}
    match answer:
        case Decision(conflict=found) if found is not None:
            cites = ",".join(map(str, found.cites))
            said["conflict"] = f"{CONFLICT_MARK}{found.subject}.{found.name}={cites}"
        case Verdict(reasons=reasons):
            said["reasons"] = [str(each.cite) for each in reasons if each.exemption is None]
            said["exemptions"] = [f"{each.cite}={each.exemption}" for each in reasons
                                  if each.exemption is not None]  # fmt: skip
    return said


def _cell(name: str, value: Any) -> Any:
    if name in _TYPES or (value is None and name in _MAY_BE_NULL):
        return value
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case list():
            return " ".join(value)
        case _:
            return str(value)
