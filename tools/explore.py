"""Try new random examples of every property, for so many minutes: `make explore MINUTES=60`.

Each round runs all tests that use Hypothesis, with a hash seed and a seed of examples of its own.
A property that fails is told of once, with what repeats it, and left out of the rounds that follow.
No round begins when the time is over. The status is 1 where something failed.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from random import SystemRandom
from typing import Final

_MOST: Final = 2**32 - 1  # of a hash seed


def explored(minutes: float) -> int:
    """Run rounds until the time is over, and give how many properties failed."""
    seeds = SystemRandom()
    failed: list[str] = []
    end = time.monotonic() + 60 * minutes
    number = 0
    while time.monotonic() < end:
        number += 1
        hashes, examples = seeds.randint(0, _MOST), seeds.randint(0, _MOST)
        ran = _round(hashes, examples, failed)
        lines = ran.stdout.splitlines()
        print(f"round {number}, hash seed {hashes}, examples {examples}: {lines[-1]}", flush=True)
        new = [line.split()[1] for line in lines if line.startswith(("FAILED ", "ERROR "))]
        if ran.returncode not in (0, 1) or bool(new) is not bool(ran.returncode):
            raise SystemExit(f"{ran.stdout}{ran.stderr}pytest ended with {ran.returncode}")
        if new:
            print(ran.stdout)
        for test in new:
            print(
                f"repeat with: PYTHONHASHSEED={hashes} {sys.executable} -m pytest "
                f"--hypothesis-seed={examples} '{test}'",
                flush=True,
            )
        failed += new
    print(f"{number} rounds; {len(failed)} properties failed", *failed, sep="\n")
    return len(failed)


def _round(hashes: int, examples: int, without: list[str]) -> subprocess.CompletedProcess[str]:
    # On a build server the examples are always the same; here they are new everywhere.
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        [
            sys.executable, "-m", "pytest", "-m", "hypothesis and not external", "-q",
            "--numprocesses", "auto", "--dist", "worksteal", "--tb", "short",
            f"--hypothesis-seed={examples}", *(f"--deselect={each}" for each in without), "tests",
        ],
        env={**environment, "PYTHONHASHSEED": str(hashes)},
        capture_output=True,
        text=True,
        check=False,
    )  # fmt: skip


if __name__ == "__main__":
    raise SystemExit(1 if explored(float(sys.argv[1])) else 0)
