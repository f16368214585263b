"""How deep expressions stand within each other: asked first, since all readers of them recurse."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, TypeVar

from .checking import name_of
from .expressions import Definition, Derived, Node
from .rewriting import derived_of, expressions_of, nodes_of
from .rules import Rule, RuleException
from .trees import children

_P = TypeVar("_P", bound=Definition | Rule | RuleException)

# The reader that goes deepest takes five calls for a level, and Python allows a thousand in all.
MOST_LEVELS: Final = 120
MOST_LEVELS_IN_ALL: Final = 240
# To go into a definition takes as many calls as this many levels.
_OF_A_DEFINITION: Final = 3


def too_deep(provisions: Iterable[_P]) -> Iterator[tuple[_P, str, str]]:
    """The provisions that no reader could go through, with what is wrong in English and Chinese."""
    depths = _Depths()
    for provision in provisions:
        if len(nodes_of(provision)) < MOST_LEVELS and not derived_of(provision):
            continue  # where the nodes are few, they cannot be deep
        try:
            for part in expressions_of(provision):
                depths.of(part, MOST_LEVELS, MOST_LEVELS_IN_ALL)
        except _TooDeepError as error:
            name = name_of(provision)
            yield provision, f"{name}: {error.en}", f"{name}：{error.zh}"


class _TooDeepError(Exception):
    """There are more levels than may be."""

    en = (
        f"more than {MOST_LEVELS} expressions stand within each other; "
        "define a part of them under a name of its own"
    )
    zh = f"表达式嵌套超过 {MOST_LEVELS} 层；请将其中一部分另行定义"


class _TooDeepInAllError(_TooDeepError):
    """There are more with those of the definitions that are used."""

    en = (
        f"more than {MOST_LEVELS_IN_ALL} expressions stand within each other, with those of the "
        "definitions that it uses; let fewer of them build on each other"
    )
    zh = f"连同所用定义，表达式嵌套超过 {MOST_LEVELS_IN_ALL} 层；请减少逐层引用的定义"


class _Depths:
    def __init__(self) -> None:
        self._of_definitions: dict[Definition, int] = {}

    def of(self, node: Node, left: int, left_in_all: int) -> int:
        """How many levels there are, with those of the definitions that are used.

        Raises _TooDeepError where more than are left.
        """
        if not left:
            raise _TooDeepError
        if left_in_all <= 0:
            raise _TooDeepInAllError
        levels = 0
        if isinstance(node, Derived):
            inside = left_in_all - _OF_A_DEFINITION
            levels = self._of_definition(node.definition, inside) + _OF_A_DEFINITION - 1
        for child in children(node):
            levels = max(levels, self.of(child, left - 1, left_in_all - 1))
        return levels + 1

    def _of_definition(self, definition: Definition, left_in_all: int) -> int:
        known = self._of_definitions.get(definition)
        if known is None:
            # Definitions that need each other are a fault of their own.
            self._of_definitions[definition] = 0
            parts = expressions_of(definition)
            known = max((self.of(part, MOST_LEVELS, left_in_all) for part in parts), default=0)
            self._of_definitions[definition] = known
        if known > left_in_all:
            raise _TooDeepInAllError
        return known
