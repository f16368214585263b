"""What commands say that ask a solver, where none is installed."""

from __future__ import annotations

from ..facts import Fault
from ..facts.faults import FaultCode


def no_solver(command: str) -> Fault:
    """The solver is missing, and how to install it."""
    return Fault(
        place=command,
        code=FaultCode.WRONG_USAGE,
        zh="求解需要 `z3-solver`，实际没有；请安装 `policy-rules[analysis]`",
        en="expected the solver `z3-solver`, found it missing; install `policy-rules[analysis]`",
    )
