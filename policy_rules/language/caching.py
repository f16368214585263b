"""What is made once of its arguments: the last few of all, and each that anyone still has."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast
from weakref import WeakValueDictionary

_P = ParamSpec("_P")
_V = TypeVar("_V")


def made_once(make: Callable[_P, _V]) -> Callable[_P, _V]:
    """The function, which gives the same object for the same arguments.

    Answers are told by the very rules that they come from. So what is in use is not made again,
    however many others are made in between.
    """
    in_use: WeakValueDictionary[tuple[Hashable, ...], _V] = WeakValueDictionary()

    @lru_cache(maxsize=32)
    @wraps(make)
    def made(*given: _P.args, **named: _P.kwargs) -> _V:
        key = (*given, *named.items())
        known = in_use.get(key)
        return in_use.setdefault(key, make(*given, **named)) if known is None else known

    return cast("Callable[_P, _V]", made)
