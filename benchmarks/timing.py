"""How one answer is timed: interleaved rounds in one process, and the median of the rounds.

In every round each contestant answers a stretch of the inputs, in an order that changes from round
to round, so that what else the machine does falls on all alike. Garbage collection stays on, as it
is in use, but what exists before the rounds is set aside, so that nobody pays for another's
objects. The time of an empty loop is taken off.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Sequence
from random import Random
from statistics import median
from time import perf_counter
from typing import Any, Final

from attrs import frozen

from .contestants import Contestant
from .inputs import SEED

_STRETCH_SECONDS: Final = 0.004
_LEAST_STRETCH: Final = 10


@frozen
class Timed:
    """The median time of one answer, in microseconds."""

    contestant: Contestant
    median: float


def timed(contestants: Sequence[Contestant], rounds: int) -> list[Timed]:
    """Time contestants against each other, in `rounds` rounds."""
    stretches = [_stretch(contestant) for contestant in contestants]
    order = list(range(len(contestants)))
    random = Random(SEED)
    seconds: list[list[float]] = [[] for _ in contestants]
    gc.collect()
    gc.freeze()
    for number in range(rounds):
        random.shuffle(order)
        for place in order:
            contestant, length = contestants[place], stretches[place]
            start = number * length % max(1, len(contestant.inputs) - length + 1)
            inputs = contestant.inputs[start : start + length]
            taken = _loop(contestant.ask, inputs) - _empty_loop(inputs)
            seconds[place].append(taken / length)
    gc.unfreeze()
    return [
        Timed(contestant, median(each) * 1e6)
        for contestant, each in zip(contestants, seconds, strict=True)
    ]


def _loop(ask: Callable[[Any], Any], inputs: Sequence[Any]) -> float:
    start = perf_counter()
    for each in inputs:
        ask(each)
    return perf_counter() - start


def _empty_loop(inputs: Sequence[Any]) -> float:
    start = perf_counter()
    for _ in inputs:
        pass
    return perf_counter() - start


def _stretch(contestant: Contestant) -> int:
    """How many inputs take a few milliseconds; asking them all first warms everything up."""
    inputs = contestant.inputs
    for each in inputs:
        contestant.ask(each)
    each_takes = _loop(contestant.ask, inputs) / len(inputs)
    return min(len(inputs), max(_LEAST_STRETCH, int(_STRETCH_SECONDS / each_takes)))
