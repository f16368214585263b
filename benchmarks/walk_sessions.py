"""Walk sessions at random, and print every step after which one is not what a fresh audit says.

    python benchmarks/walk_sessions.py --steps 100000 --seed 1
    python benchmarks/walk_sessions.py --directive putian-2019-52 --steps 1000 --processes 1

Each walk is of a session over a random directive, or over the one that is named, and over random
facts. A step adds, changes or removes facts, alone or several together, says that a list is whole,
or goes to another date. After each, the view kept from what the session told, and its own answers,
are compared in full with a fresh policy's on the same facts. Exits with 1 if any differ.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from itertools import repeat
from typing import Final

import policy_rules as pr
from policy_rules.engines import ENGINES
from policy_rules.policy import EngineName
from policy_rules.testing.choosing import Seeded
from tests.support.session_walks import Walk

STEPS: Final = 25
"""How many steps a walk takes: what random facts can come to, they have come to by then."""


def walk(seed: str, directive: str | None, engine: EngineName) -> tuple[int, str | None]:
    """One walk: the steps that it took, and what was different, with what repeats it."""
    choose = Seeded(seed)
    taken = 0
    try:
        going = Walk(choose, None if directive is None else pr.load(directive), engine)
        going.compare()
        while taken < STEPS:
            going.step(choose)
            taken += 1
    except Exception as error:  # a session that fails is a difference too
        return taken, f"{seed}, step {taken + 1}: {type(error).__name__}: {error}"
    return taken, None


def walks(seed: int, steps: int) -> Iterator[str]:
    """The seeds of as many walks as it takes."""
    for number in range(-(-steps // STEPS)):
        yield f"{seed}/{number}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--steps", type=int, default=10_000, help="how many to take at least")
    parser.add_argument("--seed", type=int, default=1, help="another seed walks elsewhere")
    parser.add_argument("--directive", help="its name; random ones without it")
    parser.add_argument("--engine", choices=list(ENGINES), default="python")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    given = parser.parse_args()
    start = time.perf_counter()
    taken = number = different = 0
    with ProcessPoolExecutor(given.processes) as pool:
        seeds = walks(given.seed, given.steps)
        ways = pool.map(walk, seeds, repeat(given.directive), repeat(given.engine), chunksize=8)
        for steps, difference in ways:
            taken += steps
            number += 1
            if difference is not None:
                different += 1
                print(difference)
            if sys.stderr.isatty():
                print(f"\r{taken:,}", end="\r", file=sys.stderr)
    seconds = time.perf_counter() - start
    print(
        f"{taken:,} steps of {number:,} sessions on {given.engine} over "
        f"{given.directive or 'random directives'} in {seconds:,.0f} s: {different:,} different"
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
