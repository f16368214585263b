"""How rules are run: one protocol, several engines, equal answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..language import Regime
from .exemptions import Exemptions
from .incremental import Bounds, Keep, KeptAggregate
from .interpreter import Interpreter
from .protocol import Engine, UnavailableEngineError
from .python import CompiledRegimes, PythonEngine


def _durable(regime: Regime, exemptions: Exemptions, compiled: CompiledRegimes) -> Engine:
    from .durable import DurableEngine  # imported when it is chosen, like durable-rules itself

    return DurableEngine(regime, exemptions)


def _sql(regime: Regime, exemptions: Exemptions, compiled: CompiledRegimes) -> Engine:
    try:
        from .sql.engine import SqlEngine
    except ImportError as error:
        missing = error.name or "duckdb"
        raise UnavailableEngineError(
            (
                f"引擎 `sql` 需要 `{missing}`，尚未安装；请安装 `policy-rules[sql]`，"
                "或改用 `python`",
                f"engine `sql` needs `{missing}`, which is not installed; install "
                "`policy-rules[sql]`, or use `python`",
            )
        ) from error
    return SqlEngine(regime, exemptions)


ENGINES: Final[Mapping[str, Callable[[Regime, Exemptions, CompiledRegimes], Engine]]] = {
    "python": PythonEngine,
    "interpreter": lambda regime, exemptions, _: Interpreter(regime, exemptions),
    "durable": _durable,
    "sql": _sql,
}

__all__ = [
    "ENGINES",
    "Bounds",
    "CompiledRegimes",
    "Engine",
    "Exemptions",
    "Keep",
    "KeptAggregate",
    "PythonEngine",
    "UnavailableEngineError",
]
