"""Counts and sums that the caller keeps up to date (incremental maintenance) and supplies."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TypeAlias

from attrs import frozen

from ..language.expressions import AdditiveNode, Variable

Number: TypeAlias = int | Fraction
Bounds: TypeAlias = tuple[Number, Number | None]


@frozen(eq=False)
class KeptAggregate:
    """A count or sum, and the functions generated for it.

    `subject` is the variable that it takes from around it, if any. `bounds` gives the least and
    the greatest that it can be, of the subject's fact and the facts; `contribution` gives what one
    member certainly adds, and whether it can add no more, of the subject's fact, the member and the
    facts.
    """

    node: AdditiveNode
    subject: Variable | None
    bounds: Callable[..., Bounds]
    contribution: Callable[..., tuple[Number, bool]]


Keep: TypeAlias = Callable[[KeptAggregate], Callable[..., Bounds]]
