"""What is made or worked out once of its arguments, as long as anyone still has them."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar, cast
from weakref import WeakKeyDictionary, WeakValueDictionary

_P = ParamSpec("_P")
_V = TypeVar("_V")
_K = TypeVar("_K", bound=Hashable)


def once_for_each(work_out: Callable[[_K], _V]) -> Callable[[_K], _V]:
    """The function, which is called once for each object, as long as that is there.

    Definitions are made of others: what follows from them is asked for in many places.
    """
    known: WeakKeyDictionary[_K, _V] = WeakKeyDictionary()

    @wraps(work_out)
    def worked_out(of: _K) -> _V:
        found = known.get(of)
        if found is None:
            found = known[of] = work_out(of)
        return found

    return worked_out


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
