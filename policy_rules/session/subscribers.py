"""Who is told of changes, of which, and in which order."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from typing import TypeAlias

from ..answers import QuestionError
from .changes import Change

Callback: TypeAlias = Callable[[tuple[Change, ...]], object]


class Subscribers:
    """Functions to be called with the changes of each transaction, in the order they applied."""

    def __init__(self) -> None:
        self._subscribed: dict[int, tuple[Callback, frozenset[str] | None]] = {}
        self._number = 0
        self._untold: deque[tuple[Change, ...]] = deque()
        self._telling = False

    def add(self, callback: Callback, only: Iterable[str] | None) -> Callable[[], None]:
        """Call a function from now on; gives what ends it."""
        if not callable(callback):
            raise QuestionError(f"what is told of changes is a function, found {callback!r}")
        chosen = None if only is None else frozenset(only)
        self._number += 1
        number = self._number
        self._subscribed[number] = (callback, chosen)

        def end() -> None:
            self._subscribed.pop(number, None)

        return end

    def tell(self, changes: tuple[Change, ...]) -> None:
        """Call all; the first error that one of them raises is raised when all were called."""
        if not changes or not self._subscribed:
            return
        self._untold.append(changes)
        if self._telling:  # one that is told has changed the session: that is told in its turn
            return
        self._telling = True
        failed: Exception | None = None
        try:
            while self._untold:
                told = self._untold.popleft()
                for callback, only in tuple(self._subscribed.values()):
                    own = told if only is None else tuple(c for c in told if c.concerns(only))
                    try:
                        if own:
                            callback(own)
                    except Exception as error:
                        failed = failed or error
        finally:
            self._telling = False
        if failed is not None:
            raise failed
