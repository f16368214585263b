"""How rules are run: one protocol, several engines, equal answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from ..language import Regime
from .exemptions import Exemptions
from .protocol import Engine
from .python import CompiledRegimes, PythonEngine
from .reference import Interpreter

ENGINES: Final[Mapping[str, Callable[[Regime, Exemptions, CompiledRegimes], Engine]]] = {
    "python": PythonEngine,
    "interpreter": lambda regime, exemptions, _: Interpreter(regime, exemptions),
}

__all__ = ["ENGINES", "CompiledRegimes", "Engine", "Exemptions"]
