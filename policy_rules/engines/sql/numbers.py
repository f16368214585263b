"""What SQL's own functions would make otherwise: the greatest of values, and rounding."""

from __future__ import annotations

from collections.abc import Sequence

from sqlglot import exp

from ...language.expressions import ExtremeOf, Rounded, at_least
from ...language.rails import fraction
from .context import Context
from .dialects import SQL_NULL, atom, case, equal, is_null, number, sql_and, sql_or
from .places import RowScope
from .ranges import OF_BIGINT

_SIMPLE = exp.Column | exp.Literal


def extreme(context: Context, node: ExtremeOf, scope: RowScope) -> exp.Expression:
    """The greatest or least of values; NULL where one is, which GREATEST would pass over."""
    values = [context.value(item, scope) for item in node.items]
    if any(value is SQL_NULL for value in values):
        return SQL_NULL
    named = _as_columns(context, scope, node.pick, values)
    (first, *others) = named
    chosen = (exp.Greatest if node.pick == "greatest" else exp.Least)(
        this=first, expressions=others, ignore_nulls=True
    )
    return case([(sql_or(*map(is_null, named)), SQL_NULL)], chosen)


def rounded(context: Context, node: Rounded, scope: RowScope) -> exp.Expression:
    """A number rounded to a multiple of a whole one: of its magnitude, by the rest of division.

    So that it does not matter what a database makes of the division of negative numbers.
    """
    over, under = fraction(node.in_steps)
    parts = [context.value(each, scope) for each in (over, under)]
    if any(part is SQL_NULL for part in parts):
        return SQL_NULL
    above, below = _as_columns(context, scope, "rounded", parts)
    positive = at_least(over, 0)
    size = above if positive else exp.Abs(this=above)
    (rest,) = _as_columns(context, scope, "rest", [exp.Mod(this=size, expression=below)])
    multiple = exp.Paren(this=exp.Sub(this=atom(size), expression=rest))
    wide = context.widths.largest(over) > OF_BIGINT
    divided = context.dialect.whole_part(multiple, below, wide=wide)
    (whole,) = _as_columns(context, scope, "whole", [divided])
    half = exp.Paren(this=exp.Sub(this=below, expression=rest))  # the double of a rest may be large
    more, exact = exp.GT(this=rest, expression=half), equal(rest, half)
    match node.how:
        case "down":
            next_: exp.Expression | None = None
        case "up":
            next_ = exp.GT(this=rest, expression=number(0))
        case "half_up":
            next_ = sql_or(more, exact)
        case "half_even":  # pragma: no branch - the match is exhaustive
            odd = equal(exp.Mod(this=whole, expression=number(2)), number(1))
            next_ = sql_or(more, sql_and(exact, odd))
    found = whole
    if next_ is not None:
        step = case([(next_, number(1))], number(0))
        found = exp.Paren(this=exp.Add(this=whole, expression=step))
    if node.steps_of != 1:
        found = exp.Paren(this=exp.Mul(this=found, expression=number(node.steps_of)))
    if positive:
        return found
    below_zero = exp.LT(this=above, expression=number(0))
    return case([(below_zero, exp.Neg(this=found))], found)


def _as_columns(
    context: Context, scope: RowScope, wanted: str, values: Sequence[exp.Expression]
) -> list[exp.Expression]:
    """Values that are to be read more than once."""
    return [
        each if isinstance(each, _SIMPLE) else scope.relation.add(wanted, each) for each in values
    ]
