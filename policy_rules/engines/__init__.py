"""How rules are run: one protocol, several engines, equal answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..language import Regime
from .exemptions import Exemptions
from .keeping import Bounds, Keep, KeptAggregate
from .protocol import Engine, UnavailableEngineError
from .python import CompiledRegimes, PythonEngine
from .reference import Interpreter


def _durable(regime: Regime, exemptions: Exemptions, compiled: CompiledRegimes) -> Engine:
    from .durable import DurableEngine  # imported when it is chosen, like durable-rules itself

    return DurableEngine(regime, exemptions)


ENGINES: Final[Mapping[str, Callable[[Regime, Exemptions, CompiledRegimes], Engine]]] = {
    "python": PythonEngine,
    "interpreter": lambda regime, exemptions, _: Interpreter(regime, exemptions),
    "durable": _durable,
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
