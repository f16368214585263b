"""What FACTS name, a document or tables, and what is needed for reading tables."""

from __future__ import annotations

import os
import re
from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from ..facts import FactError, Fault
from ..facts.faults import FaultCode, quoted
from .addresses import is_address, is_sound, scheme_of, shown_address

# The column of answers that were written run by run: which run they are of.
RUN: Final = "run"
PARQUET: Final = ".parquet"
_DATABASES: Final = frozenset({".duckdb", ".ddb"})
_POSTGRES: Final = frozenset({"postgresql", "postgres"})
_DUCKDB: Final = "duckdb"


def are_tables(facts: str) -> bool:
    """Whether FACTS are Parquet files, a DuckDB file or the address of a database."""
    if is_address(facts):
        return True
    location = Path(facts)
    if location.suffix.lower() in (PARQUET, *_DATABASES):
        return True
    return bool(facts) and bool(parquet_files(location))


def are_readable(facts: str) -> bool:
    """Whether FACTS are tables.

    Raises FactError for an address of another form or system, and where what reads it is missing.
    """
    if not are_tables(facts):
        return False
    if is_address(facts):
        _check_address(facts)
    if is_postgres(facts):
        _check_installed(facts, "postgres", "psycopg", "duckdb", "sqlglot")
    else:
        _check_installed(facts, "sql", "duckdb", "sqlglot")
    return True


def _check_address(facts: str) -> None:
    if is_postgres(facts) and is_sound(facts):
        return
    if is_postgres(facts) or not scheme_of(facts):
        raise FactError([unlike_url(facts)])
    if scheme_of(facts) != _DUCKDB:
        raise FactError([_unknown_scheme(facts)])


def _check_installed(facts: str, extra: str, *modules: str) -> None:
    for module in modules:
        try:
            import_module(module)
        except ImportError as error:
            raise FactError([_missing(facts, module, extra)]) from error


def is_postgres(facts: str) -> bool:
    """Whether FACTS are the URL of a database of PostgreSQL."""
    return scheme_of(facts) in _POSTGRES


def is_parquet(path: str) -> bool:
    """Whether a file has a name for Parquet."""
    return Path(path).suffix.lower() == PARQUET


def agreements_table(name: str) -> str:
    """The table that agreements are written to, beside that of the findings."""
    return f"{name}_agreements"


def runs_table(name: str) -> str:
    """The table of runs, beside that of their answers."""
    return f"{name}_runs"


def agreements_file(output: str) -> str:
    """The file that agreements are written to, beside that of the findings."""
    stem, ending = os.path.splitext(output)
    return f"{stem}_agreements{ending}"


def parquet_fault(output: str | None) -> Fault | None:
    """What keeps Parquet from being written where facts are no tables."""
    try:
        import_module("duckdb")
    except ImportError:
        return Fault(
            place=f"--output {output}",
            code=FaultCode.WRONG_USAGE,
            zh="写 Parquet 需要 `duckdb`，实际没有；请安装 `policy-rules[sql]`",
            en="expected `duckdb` for writing Parquet, found it missing; install "
            "`policy-rules[sql]`",
        )
    return None


def parquet_files(location: Path) -> list[Path]:
    """The Parquet files of a directory; what Spark writes is a directory that is called as one."""
    try:
        return sorted(
            path
            for path in location.iterdir()
            if path.suffix.lower() == PARQUET and not path.name.startswith(".")
        )
    except (OSError, ValueError):
        return []


def shown_name(facts: str) -> str:
    """What FACTS are called in messages: never with a password."""
    return shown_address(facts) if is_address(facts) else Path(facts).name or facts


def file_of(facts: str) -> Path:
    """The DuckDB file that FACTS are, or a URL names: from the root, or from where it is run."""
    if scheme_of(facts) != _DUCKDB:
        return Path(facts)
    path = unquote(re.sub("^[^/?#]*|[?#].*$", "", facts.partition("://")[2]))
    from_root = Path(re.sub("^/+", "/", path))
    return from_root if path.startswith("//") or from_root.exists() else Path(path.lstrip("/"))


def unlike_url(facts: str) -> Fault:
    """The fault of an address that is no URL, or one that can be read in several ways."""
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh="应为如 `postgresql://用户@服务器:5432/数据库` 的地址，实为其他写法；"
        "请改正，特殊字符应写作 %40 等",
        en="expected a URL such as `postgresql://user@host:5432/db`, found something else; "
        "correct it, and write special characters as %40 and the like",
    )


def _unknown_scheme(facts: str) -> Fault:
    found = quoted(scheme_of(facts))
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"应为以 `postgresql://` 或 `duckdb://` 开头的地址，实为 {found}；请改正",
        en="expected a URL that begins with `postgresql://` or `duckdb://`, found "
        f"{found}; correct it",
    )


def _missing(facts: str, module: str, extra: str) -> Fault:
    return Fault(
        place=shown_name(facts),
        code=FaultCode.UNREADABLE_FILE,
        zh=f"读取它需要 `{module}`，实际没有；请安装 `policy-rules[{extra}]`",
        en=f"expected `{module}` for reading it, found it missing; install `policy-rules[{extra}]`",
    )
