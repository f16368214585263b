"""Texts, as far as rules can tell them apart.

Rules ask whether a text is one that they name, and how it begins and ends. So a text that no rule
names is as any other with the same beginnings and ends among those that are asked for: finitely
many classes stand for all texts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from functools import lru_cache
from itertools import product
from typing import Final

import z3
from attrs import frozen

from ...facts import FieldSpec
from ...language.expressions import (
    AllStartWith,
    Constant,
    EndsWith,
    NamedIn,
    Node,
    SomeStartWith,
    StartsWith,
)
from ...language.types import TEXT, TEXTS
from .terms import InexpressibleError, Term, Text, both, either

_MOST: Final = 2000
_DIGITS: Final = 24


@frozen(cache_hash=True)
class Class:
    """Texts that begin and end alike: one that rules name, or any of those that they do not.

    They begin and end with nothing else that is asked for: `unlike` are those beginnings and ends.
    """

    begins: str
    ends: str
    named: bool
    unlike: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    def text(self, number: int, pattern: str | None) -> str | None:
        """One of its texts that fits a pattern, or None where there is none that is seen to."""
        return _text_of(self, number, pattern)


@lru_cache(maxsize=10_000)
def _text_of(of: Class, number: int, pattern: str | None) -> str | None:
    if of.named:
        return of.begins if not of.begins or _fits(pattern, of.begins) else None
    for middle in _middles(number):
        made = f"{of.begins}{middle}{of.ends}"
        others, ends = of.unlike
        if _fits(pattern, made) and not (made.startswith(others) or made.endswith(ends)):
            return made
    return None


def _middles(number: int) -> Iterable[str]:
    yield f"x{number}"
    for digit in "9876543210":
        for length in range(1, _DIGITS):
            yield str(number).rjust(length, digit)


def _fits(pattern: str | None, text: str) -> bool:
    return pattern is None or re.fullmatch(pattern, text) is not None


class Texts:
    """The classes of texts that some expressions can tell apart."""

    def __init__(self, nodes: Iterable[Node]) -> None:
        named: set[str] = {""}
        begins, ends = {""}, {""}
        for node in nodes:
            match node:
                case Constant() if node.type == TEXT:
                    named.add(node.value)
                case Constant() if node.type == TEXTS:
                    named |= set(node.value)
            match node:
                case AllStartWith() | SomeStartWith() | StartsWith():
                    begins |= _constants(node.prefix)
                case EndsWith():
                    ends |= _constants(node.suffix)
                case NamedIn():
                    names = _constants(node.names)
                    ends |= names | {word + name for word in node.before_names for name in names}
        if len(begins) * len(ends) > _MOST:
            raise InexpressibleError(
                "须区分的文字种类过多", "there are too many kinds of texts to be told apart"
            )
        open_ = (
            Class(
                b, e, named=False,
                unlike=(
                    tuple(each for each in sorted(begins) if not b.startswith(each)),
                    tuple(each for each in sorted(ends) if not e.endswith(each)),
                ),
            )
            for b, e in product(sorted(begins), sorted(ends))
        )  # fmt: skip
        self.classes = [*(Class(each, "", named=True) for each in sorted(named)), *open_]
        self._places = {each.begins: place for place, each in enumerate(self.classes) if each.named}

    def constant(self, text: str) -> Text:
        """A text that rules name."""
        return Text(z3.IntVal(self._places[text]), z3.IntVal(0))

    def where(self, of: Term, holds: Callable[[str], bool]) -> Term:
        """The class of a text is one of those of whose texts something holds."""
        places = [place for place, each in enumerate(self.classes) if holds(example(each))]
        return _among(of, places)

    def allowed(self, spec: FieldSpec) -> list[int]:
        """The classes that the texts of a field can belong to."""
        empty = spec.may_be_empty
        return [
            place
            for place, each in enumerate(self.classes)
            if (empty if each.named and not each.begins else each.text(1, spec.pattern) is not None)
        ]

    def possible(self, text: Text, spec: FieldSpec) -> Term:
        """What holds of a text of a field."""
        named = _among(text.of, (p for p, each in enumerate(self.classes) if each.named))
        there = _among(text.of, self.allowed(spec))
        return z3.And(text.number >= 0, z3.Implies(named, text.number == 0), there)


def _among(of: Term, places: Iterable[int]) -> Term:
    """The class of a text is one of some, which are told by where they begin and end."""
    runs: list[list[int]] = []
    for place in places:
        if runs and runs[-1][1] == place - 1:
            runs[-1][1] = place
        else:
            runs.append([place, place])
    return either(
        *(of == first if first == last else both(of >= first, of <= last) for first, last in runs)
    )


def example(of: Class) -> str:
    """One of the texts of a class."""
    text = of.text(1, None)
    assert text is not None
    return text


def _constants(node: Node) -> set[str]:
    if not isinstance(node, Constant):
        raise InexpressibleError(
            "文字的开头或结尾须为常数", f"how texts begin or end is no constant: `{node}`"
        )
    return {node.value} if isinstance(node.value, str) else set(node.value)
