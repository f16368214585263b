"""Which FACTS are tables, rather than a document, and what they are called in messages."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

PARQUET: Final = ".parquet"
_DATABASES: Final = frozenset({".duckdb", ".ddb"})
_URL: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+://")
_PASSWORD: Final = re.compile(r"(://[^:/@]*):.*@")


def are_tables(facts: str) -> bool:
    """Whether FACTS are Parquet files, a DuckDB file or the URL of a database."""
    if is_url(facts):
        return True
    location = Path(facts)
    if location.suffix.lower() in (PARQUET, *_DATABASES):
        return True
    return bool(parquet_files(location))


def is_url(facts: str) -> bool:
    """Whether FACTS are a URL."""
    return _URL.match(facts) is not None


def is_parquet(path: str) -> bool:
    """Whether a file has a name for Parquet."""
    return Path(path).suffix.lower() == PARQUET


def parquet_files(location: Path) -> list[Path]:
    """The Parquet files of a directory; what Spark writes is a directory that is called as one."""
    try:
        return sorted(
            path
            for path in location.iterdir()
            if path.suffix.lower() == PARQUET and not path.name.startswith(".")
        )
    except OSError:
        return []


def shown_name(facts: str) -> str:
    """What FACTS are called in messages: never with a password."""
    if not is_url(facts):
        return Path(facts).name or facts
    return _PASSWORD.sub(r"\1@", facts).partition("?")[0]


def file_of(url: str) -> Path:
    """The file that a URL of DuckDB names: from the root, or else from where the command is run."""
    path = unquote(urlsplit(url).path)
    from_root = Path(re.sub("^/+", "/", path))
    return from_root if path.startswith("//") or from_root.exists() else Path(path.lstrip("/"))
