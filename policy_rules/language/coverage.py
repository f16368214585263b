"""What can be shown of a group of conditions when a directive is loaded, without a prover.

The conditions are tried with their smallest parts settled one after the other, each as all that it
can be, until the conditions are settled. Parts that are equal are one part; others are taken to be
independent unless their form shows otherwise. So "shown" is always right, and "not shown" may only
mean that the parts hang together in a way that this does not see.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping
from typing import Final, TypeAlias

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

# How many times parts are settled before it is given up: some tenths of a second.
MOST_SETTLED: Final = 20_000
_Part: TypeAlias = tuple[object, ...]
_World: TypeAlias = Mapping[_Part, object]
# Whether a condition holds; or, where that is not settled, a part on which it hangs.
_Test: TypeAlias = Callable[[_World], bool | _Part]


class GivenUpError(Exception):
    """There are more combinations than are looked through."""


class _Parts:
    """The independent parts of some conditions, and the values that each can take."""

    def __init__(self) -> None:
        self.values: dict[_Part, tuple[object, ...]] = {}

    def compiled(self, node: Node) -> _Test:
        match node:
            case Noted():
                return self.compiled(node.item)
            case Not():
                return _negated(self.compiled(node.item))
            case And():
                return _joined([self.compiled(item) for item in node.items], settles=False)
            case Or():
                return _joined([self.compiled(item) for item in node.items], settles=True)
            case Constant():
                return lambda world: bool(node.value)
            case ReadingIs():
                options = [each.name for each in node.reading.options]
                return self._part(("reading", node.reading.name), options, {node.option})
            case Comparison(op="==" | "!=", right=Constant(value=value)) if node.left.type.choices:
                equal = self._part(key(node.left), node.left.type.choices, {value})
                return equal if node.op == "==" else _negated(equal)
            case Contains(container=Constant(value=members)) if node.member.type.choices:
                return self._part(key(node.member), node.member.type.choices, members)
            case Comparison(op="<" | ">" | "!="):
                opposite = Comparison(NEGATED[node.op], node.left, node.right)
                return _negated(self.compiled(opposite))
            case _:
                return self._part(key(node), (False, True), {True})

    def _part(self, name: _Part, values: Iterable[object], wanted: Container[object]) -> _Test:
        """The part has one of the values that are wanted."""
        self.values.setdefault(name, tuple(values))
        return lambda world: world[name] in wanted if name in world else name


def _negated(test: _Test) -> _Test:
    def negated(world: _World) -> bool | _Part:
        found = test(world)
        return not found if isinstance(found, bool) else found

    return negated


def _joined(tests: Iterable[_Test], *, settles: bool) -> _Test:
    """What one of the tests settles where it `settles` so, and else all of them together."""
    listed = tuple(tests)

    def joined(world: _World) -> bool | _Part:
        open_part: _Part | None = None
        for test in listed:
            found = test(world)
            if found is settles:
                return settles
            if not isinstance(found, bool):
                open_part = open_part or found
        return open_part or not settles

    return joined


def _always(parts: _Parts, test: _Test) -> bool:
    """Whether the test holds, whatever the parts are. Raises GivenUpError beyond the limit."""
    waiting: list[dict[_Part, object]] = [{}]
    for _ in range(MOST_SETTLED):
        if not waiting:
            return True
        world = waiting.pop()
        found = test(world)
        if found is False:
            return False
        if found is not True:
            waiting.extend({**world, found: value} for value in parts.values[found])
    raise GivenUpError


def covers_everything(conditions: Iterable[Node]) -> bool:
    """Whether, with everything known, at least one of the conditions is shown to hold.

    Raises GivenUpError where there are too many combinations to look through.
    """
    parts = _Parts()
    return _always(parts, _joined(map(parts.compiled, conditions), settles=True))


def never_both(one: Node, other: Node) -> bool:
    """Whether two conditions are shown never to hold together."""
    parts = _Parts()
    both = _joined(map(parts.compiled, (one, other)), settles=False)
    try:
        return _always(parts, _negated(both))
    except GivenUpError:
        return False
