"""The tree that expressions are: what is under a node, what it speaks of, and which are equal.

All of it follows from the attributes of the node's class.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from operator import attrgetter
from typing import Any, cast, get_args
from weakref import WeakKeyDictionary

from attrs import Attribute as Field
from attrs import fields

from .expressions import (
    Attribute,
    Constant,
    Derived,
    Expression,
    Node,
    Noted,
    Parameter,
    ReadingIs,
    Variable,
    as_node,
)

_ATTRIBUTES: dict[type, tuple[Field[Any], ...]] = {}


def attributes(node: Expression) -> tuple[Field[Any], ...]:
    """What a node is made of, in the order in which it is written: children, key, substitution and
    folding follow from it."""
    kind = type(node)
    found = _ATTRIBUTES.get(kind)
    if found is None:
        found = _ATTRIBUTES[kind] = tuple(fields(cast(Any, kind)))
    return found


def children(node: Node) -> tuple[Node, ...]:
    """The nodes directly under a node, in the order in which they are written."""
    kind = type(node)
    under = _UNDER.get(kind)
    if under is None:
        under = _UNDER[kind] = _under(node)
    return under(node)


def _under(node: Node) -> Callable[[Any], tuple[Node, ...]]:
    """What gives the children of a node of this class, as the types of its attributes say.

    Trees are walked several times while a directive is loaded, so that is found out once a class.
    """
    said = {each.name: str(each.type) for each in attributes(node)}
    nodes = {each.__name__ for each in get_args(Node)} | {"Node"}
    single = [name for name, type_ in said.items() if set(type_.split(" | ")) <= nodes]
    listed = [name for name, type_ in said.items() if type_ == "tuple[Node, ...]"]
    if listed:
        (name,) = listed
        assert not single
        return attrgetter(name)
    if len(single) == 1:
        (name,) = single
        return lambda each: (getattr(each, name),)
    return attrgetter(*single) if single else lambda _: ()


_UNDER: dict[type, Callable[[Any], tuple[Node, ...]]] = {}


def variables(node: Expression) -> Iterator[Variable]:
    """The variables that a node speaks of itself."""
    kind = type(node)
    names = _VARIABLES.get(kind)
    if names is None:
        said = [each.name for each in attributes(node) if str(each.type) == "Variable"]
        names = _VARIABLES[kind] = tuple(said)
    for name in names:
        yield getattr(node, name)


_VARIABLES: dict[type, tuple[str, ...]] = {}


def walk(node: Node) -> Iterator[Node]:
    """The node and everything under it, parents first."""
    waiting = [node]
    while waiting:
        each = waiting.pop()
        yield each
        waiting.extend(reversed(children(each)))


_KEYS: WeakKeyDictionary[Node, tuple[object, ...]] = WeakKeyDictionary()


def key(node: Node) -> tuple[object, ...]:
    """Equal for two nodes exactly when they say the same of the same facts."""
    match node:
        case Constant():
            return ("constant", type(node.value), node.value)
        case Parameter():
            return ("parameter", node.name, node.amended_times)
        case ReadingIs():
            return ("reading", node.reading.name, node.option)
        case Attribute():
            return ("attribute", node.of, node.spec.name)
        case Derived():
            return ("derived", node.of, node.definition.name)
        case Noted():
            return key(node.item)
        case _:
            found = _KEYS.get(node)
            if found is None:
                own = [_keyed(getattr(node, f.name)) for f in attributes(node) if f.eq]
                found = _KEYS[node] = (type(node).__name__, *own)
            return found


def _keyed(value: object) -> object:
    if isinstance(value, Expression):
        return key(as_node(value))
    return tuple(map(_keyed, value)) if type(value) is tuple else value
