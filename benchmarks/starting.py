"""What importing the library and loading the directive take above bare Python."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

ROOT: Final = Path(__file__).parents[1]

_PROGRAMS: Final = {
    "bare Python": "pass",
    "`import attrs`": "import attrs",
    "`import policy_rules`": "import policy_rules",
    "and `load` of the directive": ("import policy_rules; policy_rules.load('putian-2019-52')"),
    "and a first decision": (
        "from datetime import date; import policy_rules as pr;"
        "pr.load('putian-2019-52').policy(as_of=date(2019, 9, 1))"
        ".decide(pr.Station(id='S', pilot=False, officers=12), 'duty_mode')"
    ),
}


def starting(runs: int) -> dict[str, float]:
    """Median milliseconds of fresh processes, all but the first above bare Python.

    The first run of each is not counted: it writes the bytecode, which an installed library has.
    """
    seconds: dict[str, list[float]] = {name: [] for name in _PROGRAMS}
    with TemporaryDirectory() as cache:
        environment = {**os.environ, "PYTHONPYCACHEPREFIX": cache}
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        for run in range(runs + 1):
            for name, program in _PROGRAMS.items():
                start = perf_counter()
                subprocess.run(
                    [sys.executable, "-c", program], check=True, cwd=ROOT, env=environment
                )
                if run:
                    seconds[name].append(perf_counter() - start)
    medians = {name: median(each) * 1e3 for name, each in seconds.items()}
    bare = medians["bare Python"]
    return {name: each if name == "bare Python" else each - bare for name, each in medians.items()}
