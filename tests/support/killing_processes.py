"""Killing a process at random moments, and looking at what it left, again and again.

A program that is to be killed calls `ready` when it has imported what it needs, and `acknowledge`
for each thing that it has been promised is kept. `killed` runs it once and gives what it had
acknowledged when it was killed; what that has to mean is for the test to say. How often a test
kills, the environment variable `POLICY_RULES_KILLS` can say: the test suite has time for few only.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from random import Random

from tests.support.places import ROOT

_READY = "ready"


def times_to_kill(otherwise: int) -> int:
    """How often a test kills: what the environment says, or else this."""
    return int(os.environ.get("POLICY_RULES_KILLS", otherwise))


def turns(otherwise: int, enough: Callable[[], bool]) -> Iterator[int]:
    """Numbers of turns to kill: so many, and up to twenty times as many where not enough came of
    them, since a program gets little done on a machine that is busy.
    """
    times = times_to_kill(otherwise)
    for turn in range(20 * times):
        if turn >= times and enough():
            return
        yield turn


def ready() -> None:
    """Say that the time to be killed begins; called by the program that is killed."""
    acknowledge(_READY)


def acknowledge(line: str) -> None:
    """Say that something is done; called by the program that is killed."""
    # One write, so that a kill leaves a line whole or not there.
    os.write(1, f"{line}\n".encode())


def killed(program: Path, arguments: Sequence[str], random: Random, longest: float) -> list[str]:
    """Run a Python program, kill it at most `longest` seconds after it is ready (a time chosen by
    `random`), and give the lines that it acknowledged.

    Raises AssertionError where it ended by itself.
    """
    path = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    with subprocess.Popen(
        (sys.executable, str(program), *arguments),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": path},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        first = process.stdout.readline()
        # Short times are as likely as long ones: much happens while a file is opened.
        time.sleep(longest * random.random() ** 2)
        process.kill()
        lines = process.stdout.read().decode().splitlines(keepends=True)
        errors = process.stderr.read().decode()
    assert first.decode() == f"{_READY}\n", errors
    assert not errors, errors
    return [line.rstrip("\n") for line in lines if line.endswith("\n")]
