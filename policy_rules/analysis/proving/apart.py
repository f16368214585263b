"""A solver apart from all others: what these were asked before makes no difference to it.

Solvers of one context share their terms. A term has a number there from when it was first met, and
a solver takes terms in the order of their numbers: so it finds now these facts, now others.
"""

from __future__ import annotations

from typing import Any

import z3

from .terms import Term


class Solver:
    """What z3's solver does, of terms and values of the common context, in a context of its own."""

    def __init__(self, resources: int) -> None:
        self._context = z3.Context()
        self._solver = z3.SimpleSolver(ctx=self._context)
        self._solver.set("rlimit", resources)

    def add(self, *terms: Term) -> None:
        """Say what holds."""
        self._solver.add(*(each.translate(self._context) for each in terms))

    def check(self, *terms: Term) -> Any:
        """Whether it can, all of these with it."""
        return self._solver.check(*(each.translate(self._context) for each in terms))

    def model(self) -> Any:
        """The values for which it does."""
        return self._solver.model().translate(z3.main_ctx())

    def unsat_core(self) -> list[str]:
        """The names of what it was asked last that cannot be together."""
        return [str(each) for each in self._solver.unsat_core()]
