"""How the tests run: properties, what they are told of a terminal, and which are measured.

On a build server (where `CI` is set) they try the same examples every time, so that a build fails
only for what was changed; elsewhere they try new ones. A failure prints what repeats it.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

pytest_plugins = ["pytester"]

# As wide as where there is no terminal, wherever the tests are started.
os.environ["COLUMNS"] = "80"

_COMMON = settings(
    deadline=None,  # the first example compiles the rules, which takes longer than the others
    print_blob=True,
    max_examples=100,
    # A random directive is large on purpose.
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
settings.register_profile("new examples", _COMMON)
settings.register_profile("same examples", _COMMON, derandomize=True)
settings.load_profile("same examples" if os.environ.get("CI") else "new examples")

# What is to reach every line of the language, the engines and the policy: their own tests, and
# those of what asks more of them. To measure takes more than twice the time, so that no others are.
_HERE: Final = Path(__file__).parent
_MEASURED: Final = [
    _HERE / path
    for path in (
        "analysis", "engines", "language", "policy", "render",
        "cli/test_amended_rows.py",
        "tables/test_agreements.py", "tables/test_found.py", "tables/test_on_tables.py",
    )
]  # fmt: skip


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Leave all others unread where only what is measured runs: to read them takes a while."""
    measured = config.getoption("markexpr").startswith("measured")
    return (
        True
        if measured and collection_path.is_file() and not _is_measured(collection_path)
        else None
    )


@cache
def _is_measured(path: Path) -> bool:
    return any(path.is_relative_to(each) for each in _MEASURED)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is measured, before the marks are chosen from."""
    for item in items:
        if _is_measured(item.path) and item.get_closest_marker("long") is None:
            item.add_marker("measured")
