"""What can be shown of a group of conditions when a directive is loaded, without a prover.

The conditions are tried under every combination of what their smallest parts can be, taking the
parts to be independent unless their form shows otherwise. So "shown" is always right, and "not
shown" may only mean that the parts hang together in a way that this does not see.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from itertools import product
from typing import Final

from .expressions import (
    NEGATED,
    And,
    Comparison,
    Constant,
    Contains,
    Node,
    Not,
    Noted,
    Or,
    ReadingIs,
)
from .trees import key

_MOST_COMBINATIONS: Final = 4096
_Part = tuple[object, ...]
_Test = Callable[[Mapping[_Part, object]], bool]


class _Parts:
    """The independent parts of some conditions, and the values that each can take."""

    def __init__(self) -> None:
        self.values: dict[_Part, tuple[object, ...]] = {}

    def part(self, name: _Part, values: Iterable[object]) -> _Part:
        self.values.setdefault(name, tuple(values))
        return name

    def compiled(self, node: Node) -> _Test:
        match node:
            case Noted():
                return self.compiled(node.item)
            case Not():
                inner = self.compiled(node.item)
                return lambda world: not inner(world)
            case And():
                tests = [self.compiled(item) for item in node.items]
                return lambda world: all(test(world) for test in tests)
            case Or():
                tests = [self.compiled(item) for item in node.items]
                return lambda world: any(test(world) for test in tests)
            case Constant():
                return lambda world: bool(node.value)
            case ReadingIs():
                options = [each.name for each in node.reading.options]
                name = self.part(("reading", node.reading.name), options)
                return lambda world: world[name] == node.option
            case Comparison(op="==" | "!=", right=Constant(value=value)) if node.left.type.choices:
                name = self.part(key(node.left), node.left.type.choices)
                equal = node.op == "=="
                return lambda world: (world[name] is value) == equal
            case Contains(container=Constant(value=members)) if node.member.type.choices:
                name = self.part(key(node.member), node.member.type.choices)
                return lambda world: world[name] in members
            case Comparison(op="<" | ">" | "!="):
                opposite = Comparison(NEGATED[node.op], node.left, node.right)
                return self.compiled(Not(opposite))
            case _:
                name = self.part(key(node), (False, True))
                return lambda world: bool(world[name])


def _always(condition: Callable[[list[bool]], bool], conditions: Iterable[Node]) -> bool:
    parts = _Parts()
    tests = [parts.compiled(each) for each in conditions]
    combinations = 1
    for values in parts.values.values():
        combinations *= len(values)
    if combinations > _MOST_COMBINATIONS:
        return False
    worlds = (
        dict(zip(parts.values, values, strict=True)) for values in product(*parts.values.values())
    )
    return all(condition([test(world) for test in tests]) for world in worlds)


def covers_everything(conditions: Iterable[Node]) -> bool:
    """Whether, with everything known, at least one of the conditions is shown to hold."""
    return _always(any, conditions)


def never_both(one: Node, other: Node) -> bool:
    """Whether two conditions are shown never to hold together."""
    return _always(lambda held: not all(held), (one, other))
