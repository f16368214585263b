"""The lock of the one writer: on a file, and gone when the process ends, however it ends."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from time import monotonic, sleep
from typing import Final
from weakref import WeakSet

if sys.platform == "win32":
    import msvcrt

    def _lock(descriptor: int) -> None:
        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)

    def _unlock(descriptor: int) -> None:
        """Nothing: it is gone when the file is closed."""

else:
    import fcntl

    def _lock(descriptor: int) -> None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(descriptor: int) -> None:
        # To close the file is not enough: a child that was just forked has a copy of it.
        fcntl.flock(descriptor, fcntl.LOCK_UN)


class HeldError(Exception):
    """Somebody else holds the lock."""


class Lock:
    """The lock of a file, held from now until `release`. Raises HeldError at once, or OSError."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("ab", buffering=0)
        try:
            _lock(self._file.fileno())
        except (BlockingIOError, PermissionError):
            self._file.close()
            raise HeldError from None
        except BaseException:
            self._file.close()
            raise
        _HELD.add(self)

    def release(self) -> None:
        """Let others have it; a second time does nothing."""
        if not self._file.closed:
            _unlock(self._file.fileno())
            self._file.close()

    def forget(self) -> None:
        """Have no part in it, in a child whose parent goes on holding it."""
        self._file.close()


def held_within(path: Path, seconds: float) -> Lock:
    """The lock of a file, as soon as nobody else holds it.

    It is asked for again and again: no system lets a process wait for a lock that long and no
    longer. Raises HeldError where somebody still holds it after so many seconds, or OSError.
    """
    until = monotonic() + seconds
    pause = _SHORTEST
    while True:
        try:
            return Lock(path)
        except HeldError:
            if monotonic() >= until:
                raise
        sleep(pause)
        pause = min(2 * pause, _LONGEST)


# Those who wait for a batch of another process are soon there, and cost little meanwhile.
_SHORTEST: Final = 0.0001
_LONGEST: Final = 0.005

_HELD: WeakSet[Lock] = WeakSet()


def _let_go() -> None:
    for lock in _HELD:
        lock.forget()


if hasattr(os, "register_at_fork"):
    # A child would hold it as well, even when its parent has ended.
    os.register_at_fork(after_in_child=_let_go)
