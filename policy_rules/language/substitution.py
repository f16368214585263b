"""Substitution: an expression with some of its parts replaced."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any, TypeVar, cast

from attrs import evolve

from .expressions import Expression, Variable
from .trees import attributes

_N = TypeVar("_N", bound=Expression)
Part = Callable[[Expression], Expression]


def with_parts(
    node: _N, part: Part, variable: Callable[[Variable], Variable] = lambda same: same
) -> _N:
    """The node with what `part` gives for each node under it; the same one where that is it."""
    changed: dict[str, object] = {}
    for each in attributes(node):
        value = getattr(node, each.name)
        new: object = value
        if isinstance(value, Expression):
            new = part(value)
        elif isinstance(value, Variable):
            new = variable(value)
        elif type(value) is tuple and value and isinstance(value[0], Expression):
            items = tuple(map(part, value))
            new = value if all(map(is_, items, value)) else items
        if new is not value:
            changed[each.name] = new
    return cast(_N, evolve(cast(Any, node), **changed)) if changed else node


def rewritten(
    node: _N,
    replace: Callable[[Expression], Expression | None],
    variable: Callable[[Variable], Variable] = lambda same: same,
) -> _N:
    """The expression with what `replace` gives for its parts; the same one if that is nothing."""

    def part(node: Expression) -> Expression:
        found = replace(node)
        return with_parts(node, part, variable) if found is None else found

    return cast(_N, part(node))


def with_variable(node: _N, old: Variable, new: Variable) -> _N:
    """The expression with one variable in the place of another, which others may be linked to."""
    known = {old: new}

    def variable(of: Variable) -> Variable:
        if of not in known:
            linked = of.of and variable(of.of)
            known[of] = of if linked is of.of else evolve(of, of=linked)
        return known[of]

    return rewritten(node, lambda _: None, variable)
