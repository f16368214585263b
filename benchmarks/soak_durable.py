"""Ask one process on engine `durable` for hours: the rate, and that memory does not grow.

    python benchmarks/soak_durable.py --evaluations 200000

Decisions, verdicts and audits of made-up facts, every hundredth for another of more dates than
policies are kept for, so that policies and rule sets come and go. Each is asked for each date
beforehand, so that what is kept on purpose is there when memory is first measured. Every thousandth
answer is compared with that of the interpreter, and every ten thousandth evaluation meets an error
in the middle. Exits with 1 if an answer differs, or if memory has grown by more than 10 MB.
"""

from __future__ import annotations

import argparse
import gc
import sys
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any, Final, TypeAlias

import policy_rules as pr
from policy_rules.facts import Fact
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.comparing import said
from policy_rules.testing.random_facts import random_facts

DIRECTIVE: Final = pr.load("putian-2019-52")
DATES: Final = tuple(date(2019, 9, 1) + timedelta(days=day) for day in range(80))
MOST_GROWTH: Final = 10.0
CONTAINERS: Final = 12
Ask: TypeAlias = Callable[[pr.Policy], Any]


class Failing(frozenset[str]):
    """A set that cannot be looked through."""

    def __iter__(self) -> Iterator[str]:
        raise ValueError("made to fail")


def resident() -> float:
    """The memory that the process holds, in MB."""
    gc.collect()
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * 4096 / 1e6


def questions(seed: int) -> list[Ask]:
    """What is asked, in turn."""
    made: list[Ask] = []
    for number in range(CONTAINERS):
        facts = random_facts(Seeded(f"{seed}/{number}"), DIRECTIVE.rules, DATES[0], known=True)
        made += [audit_of(fact, facts) for fact in facts]
        for fact in facts:
            if isinstance(fact, pr.Station):
                made.append(decision_on(fact, facts))
            if DIRECTIVE.rules.verdict_rules_of(type(fact)):
                made.append(verdict_on(fact, facts))
    return made


def audit_of(fact: Fact, facts: pr.Facts) -> Ask:
    """The findings on one of the facts."""
    return lambda policy: policy.audit(facts, through=lambda _: [fact])


def decision_on(station: pr.Station, facts: pr.Facts) -> Ask:
    """The duty mode of a station."""
    return lambda policy: policy.decide(station, "duty_mode", facts)


def verdict_on(request: Fact, facts: pr.Facts) -> Ask:
    """The verdict on a request."""
    return lambda policy: policy.check(request, facts)


def told(answer: Any) -> list[Any]:
    """All that an answer, or a report, says."""
    return [said(each) for each in answer] if isinstance(answer, pr.Report) else [said(answer)]


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--evaluations", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    random = Random(given.seed)
    asked = questions(given.seed)
    broken = pr.CriminalCase(id="broken", means=frozenset(), place_codes=frozenset())
    object.__setattr__(broken, "place_codes", Failing())
    for day in DATES:
        for ask in asked:
            ask(DIRECTIVE.policy(as_of=day, engine="durable"))
    first = held = resident()
    print(f"{len(asked) * len(DATES):>9,} beforehand   {held:7.1f} MB", flush=True)
    different = errors = 0
    start = time.perf_counter()
    for number in range(1, given.evaluations + 1):
        day = DATES[number // 100 % len(DATES) if number % 100 == 0 else 0]
        policy = DIRECTIVE.policy(as_of=day, engine="durable")
        ask = random.choice(asked)
        answer = ask(policy)
        if number % 1000 == 0:
            interpreter = DIRECTIVE.policy(as_of=day, engine="interpreter")
            different += told(answer) != told(ask(interpreter))
        if number % 10_000 == 0:
            try:
                policy.check(broken)
            except pr.EngineError:
                errors += 1
        if number % max(1, given.evaluations // 10) == 0:
            held = resident()
            rate = number / (time.perf_counter() - start)
            print(f"{number:>9,} evaluations  {held:7.1f} MB  {rate:,.0f} a second", flush=True)
    grown = held - first
    print(f"{different} different, {errors} errors met, memory grown by {grown:+.1f} MB")
    return 1 if different or grown > MOST_GROWTH else 0


if __name__ == "__main__":
    sys.exit(main())
