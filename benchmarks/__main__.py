"""Run the benchmarks: `python -m benchmarks [--quick]`."""

from __future__ import annotations

import argparse
import sys

from .auditing import audited
from .contestants import QUESTIONS, line_up
from .disagreements import disagreements
from .inputs import NUMBER, made_up
from .report import PAGE, Figures, machine, page
from .starting import starting
from .timing import timed


def main() -> int:
    """Compare, print the tables, and write them where the documentation quotes them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--quick", action="store_true", help="few rounds, nothing written: to see that it runs"
    )
    quick = parser.parse_args().quick
    rounds, runs = (5, 3) if quick else (101, 20)

    present, skipped = line_up(made_up(NUMBER))
    found = disagreements(present)
    if found:
        print("not timed, since the answers differ:", *found[:10], sep="\n  ", file=sys.stderr)
        return 1
    print(f"all gave the same answers to {NUMBER:,} inputs of each question", file=sys.stderr)
    answers = {}
    for question in QUESTIONS:
        print(f"timing: {QUESTIONS[question]}", file=sys.stderr)
        asked = [contestant for contestant in present if contestant.question == question]
        answers[question] = timed(asked, rounds)
    print("timing: starting, and the audit of a city", file=sys.stderr)
    figures = Figures(machine(), rounds, runs, answers, skipped, starting(runs), audited(5))
    written = page(figures)
    print(written)
    if not quick:
        PAGE.parent.mkdir(parents=True, exist_ok=True)
        PAGE.write_text(written, encoding="utf-8")
        print(f"written to {PAGE.relative_to(PAGE.parents[2])}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
