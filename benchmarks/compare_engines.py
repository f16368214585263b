"""Compare an engine with the interpreter on random questions, and print every difference.

    python benchmarks/compare_engines.py --answers 1000000 --seed 1
    python benchmarks/compare_engines.py --engine durable --answers 200000 --processes 1

Half of the answers are about the directive of Putian, half about random directives over made-up
and real classes of facts. Each is compared in full: value, outcome or status, citations, needs,
numbers, reasons, missing steps, periods, readings, exemptions and words. Exits with 1 if any
differ.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from itertools import repeat
from typing import Final

import policy_rules as pr
from policy_rules.engines import ENGINES
from policy_rules.language import amended, load
from policy_rules.policy import EngineName, LoadedDirective
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.comparing import compared
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_exemptions, random_facts, random_setting
from tests.support.random_amendments import random_amendment

PUTIAN = "putian-2019-52"
REFERENCE: Final = "interpreter"
BATCH = 5000
AMENDED_FROM: Final = date(2019, 9, 1)


def differences(
    directive: LoadedDirective, choose: Chooser, engine: EngineName
) -> tuple[int, list[str]]:
    """Compare the answers of one policy on a few containers of facts."""
    rules = directive.rules
    setting = random_setting(choose, rules)
    containers = [
        random_facts(choose, rules, setting.as_of, known=choose.chance(15)) for _ in range(6)
    ]
    held = random_exemptions(choose, rules, containers[0], setting.as_of)
    one, other = (
        directive.policy(
            as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
            exemptions=held, engine=each,
        )
        for each in (REFERENCE, engine)
    )  # fmt: skip
    number, found = 0, []
    for facts in containers:
        compared_, unlike = compared(one, other, facts)
        number += compared_
        found += unlike
    return number, found


def batch(seed: str, engine: EngineName) -> tuple[Counter[str], list[str]]:
    """At least `BATCH` answers, half of each kind, and the differences with what repeats them."""
    counts: Counter[str] = Counter()
    found = []
    for kind in (PUTIAN, "random"):
        turn = 0
        while counts[kind] < BATCH // 2:
            turn += 1
            name = f"{seed}/{kind}/{turn}"
            choose = Seeded(name)
            try:
                if kind == PUTIAN:
                    directive = pr.load(PUTIAN)
                else:
                    written = random_directive(choose, choose.pick(VOCABULARIES))
                    if choose.chance(25):
                        rules = load(written)
                        written = amended(written, random_amendment(choose, rules, AMENDED_FROM))
                    directive = LoadedDirective(load(written))
                number, unlike = differences(directive, choose, engine)
            except NotImplementedError:  # SQL refuses what it cannot say
                number, unlike = 1, []
                counts["refused"] += 1
            except Exception as error:  # an engine that fails is a difference too
                number, unlike = 1, [f"{type(error).__name__}: {error}"]
            counts[kind] += number
            found += [f"{name}: {line}" for line in unlike]
    return counts, found


def batches(seed: int, answers: int) -> Iterator[str]:
    """The seeds of as many batches as it takes."""
    for number in range(-(-answers // BATCH)):
        yield f"{seed}/{number}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--engine", choices=[name for name in ENGINES if name != REFERENCE], default="python"
    )
    parser.add_argument("--answers", type=int, default=100_000, help="how many to compare at least")
    parser.add_argument("--seed", type=int, default=1, help="another seed asks other questions")
    parser.add_argument("--processes", type=int, default=os.cpu_count())
    given = parser.parse_args()
    start = time.perf_counter()
    counts: Counter[str] = Counter()
    different = 0
    with ProcessPoolExecutor(given.processes) as pool:
        seeds = batches(given.seed, given.answers)
        for number, found in pool.map(batch, seeds, repeat(given.engine)):
            counts += number
            different += len(found)
            for line in found:
                print(line)
            if sys.stderr.isatty():
                print(f"\r{counts.total():,}", end="\r", file=sys.stderr)
    seconds = time.perf_counter() - start
    print(
        f"{counts[PUTIAN] + counts['random']:,} answers of {given.engine} and {REFERENCE} compared"
        f" in {seconds:,.0f} s"
        f" ({counts[PUTIAN]:,} of {PUTIAN}, {counts['random']:,} of random directives):"
        f" {different:,} different"
        + (f"; {counts['refused']:,} directives refused" if counts["refused"] else "")
    )
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
