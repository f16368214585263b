"""Expressions with other parts in the place of some of theirs."""

from __future__ import annotations

from collections.abc import Callable
from operator import is_
from typing import Any, TypeVar, cast

from attrs import Attribute, evolve, fields

from .expressions import Expression, Variable

_N = TypeVar("_N", bound=Expression)


def rewritten(
    node: _N,
    replace: Callable[[Expression], Expression | None],
    variable: Callable[[Variable], Variable] = lambda same: same,
) -> _N:
    """The expression with what `replace` gives for its parts; the same one if that is nothing."""
    found = replace(node)
    if found is not None:
        return cast(_N, found)
    changed: dict[str, object] = {}
    for member in _members(node):
        value = getattr(node, member.name)
        new: object = value
        if isinstance(value, Expression):
            new = rewritten(value, replace, variable)
        elif isinstance(value, Variable):
            new = variable(value)
        elif isinstance(value, tuple) and all(isinstance(each, Expression) for each in value):
            items = tuple(rewritten(each, replace, variable) for each in value)
            new = value if all(map(is_, items, value)) else items
        if new is not value:
            changed[member.name] = new
    return cast(_N, evolve(cast(Any, node), **changed)) if changed else node


def _members(node: Any) -> tuple[Attribute[Any], ...]:
    """The members of a node; every node is an attrs class, which its common superclass is not."""
    return tuple(fields(type(node)))


def with_variable(node: _N, old: Variable, new: Variable) -> _N:
    """The expression with one variable in the place of another, which others may be linked to."""
    known = {old: new}

    def variable(of: Variable) -> Variable:
        if of not in known:
            linked = of.of and variable(of.of)
            known[of] = of if linked is of.of else evolve(of, of=linked)
        return known[of]

    return rewritten(node, lambda _: None, variable)
