"""Between what a number lies that some formulas speak of."""

from __future__ import annotations

from fractions import Fraction
from typing import Any, Final

import z3

from .terms import Term
from .worlds import Span

# A number that can be so great, in steps, is taken to have no bound.
_ENDLESS: Final = 2**62


def span_of(solver: Any, term: Term, steps: int, given: Term) -> Span:
    """The least and the greatest that a term can be, of which so many steps make one.

    What the solver does not find out in time is no bound.
    """
    solver.push()
    solver.add(given)
    least, greatest = (_end(solver, term, steps, sign) for sign in (-1, 1))
    solver.pop()
    return None if least is None else -least, greatest


def _end(solver: Any, term: Term, steps: int, sign: int) -> Fraction | None:
    """The greatest that a term can be, or its negative: a step that doubles, then halves."""

    def reached(number: int) -> bool:
        at = Fraction(sign * number, steps)
        bound = z3.RealVal(f"{at.numerator}/{at.denominator}") if z3.is_real(term) else int(at)
        return bool(solver.check(term >= bound if sign > 0 else term <= bound) != z3.unsat)

    found, step = -_ENDLESS, 1
    if solver.check() == z3.sat:
        value = solver.model().eval(term, model_completion=True)
        share = value.as_fraction() if z3.is_real(term) else Fraction(value.as_long())
        found = sign * int(share * steps)
    if reached(_ENDLESS):
        return None
    while reached(found + step):
        found, step = found + step, step * 2
    while step > 1:
        step //= 2
        if reached(found + step):
            found += step
    return Fraction(found, steps)
