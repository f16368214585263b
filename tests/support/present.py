"""The engines that can be chosen here: durable-rules cannot be built everywhere.

Where it is installed its engine is tested: one that is there and cannot be imported is an error,
never a reason to skip.
"""

from __future__ import annotations

from importlib import import_module
from importlib.metadata import PackageNotFoundError, version
from typing import Final

import pytest

from policy_rules.engines import ENGINES
from policy_rules.policy import EngineName


def _why_not() -> str:
    try:
        version("durable-rules")
    except PackageNotFoundError:
        return "durable-rules is not installed (the extra `durable`)"
    import_module("durable_rules_engine")
    return ""


WHY_NO_DURABLE: Final = _why_not()
needs_durable = pytest.mark.skipif(bool(WHY_NO_DURABLE), reason=WHY_NO_DURABLE)

# Those that are compared with the interpreter; to write the queries of `sql` takes it longer.
QUICK: Final[tuple[EngineName, ...]] = ("python",) if WHY_NO_DURABLE else ("python", "durable")
COMPILED: Final[tuple[EngineName, ...]] = (*QUICK, "sql")

EVERY_ENGINE: Final = [
    pytest.param(name, marks=needs_durable) if name == "durable" else name for name in ENGINES
]
