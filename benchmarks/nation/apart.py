"""Work in a process of its own, so that the memory it takes at most is that of the work alone."""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import TypeVar

_T = TypeVar("_T")


def apart(work: Callable[..., _T], *given: object) -> _T:
    """What a function of a module gives, called in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *given).result()


def most_memory() -> float:
    """The gigabytes that this process has held at most; Linux counts in kilobytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most * (1024 if sys.platform == "linux" else 1) / 1e9
