"""Try `how_to` on random subjects: `python -m benchmarks.ways [NUMBER]`.

Each way was put to the interpreter and to the python engine when it was found. What is tried here
besides: that no single change, nor any of some pairs of changes, does for less.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from itertools import combinations, islice
from statistics import median
from time import perf_counter
from typing import Any

from attrs import field, frozen

import policy_rules as pr
from policy_rules.analysis.how_to import Advice, Result, how_to
from policy_rules.answers import Outcome, Status
from policy_rules.facts import Fact, Facts, Kind, fields_of, is_none
from policy_rules.facts.fields import known_fields
from policy_rules.facts.vocabulary import known_with
from policy_rules.language import load
from policy_rules.language.rules import Requirement
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import container, random_facts, values_of

_PAIRS = 200
_FREE = (Kind.BOOLEAN, Kind.INTEGER, Kind.DECIMAL, Kind.CHOICE, Kind.CHOICES, Kind.DATE)
_UNMET = (Status.BREACHED, Status.DEVIATES, Status.MISSED, Status.PENDING)
_REFUSED = (Outcome.PROHIBITED, Outcome.EXEMPTION_NEEDED, Outcome.AWAITING)


@frozen
class Trial:
    """A subject that is not as it should be, and what is aimed at."""

    policy: Policy
    subject: Fact
    goal: str
    facts: Facts
    may_change: tuple[str, ...] | None


@frozen
class Tried:
    """What came of many trials; `cheaper` are those for which something was found for less."""

    results: Counter[str] = field(factory=Counter)
    seconds: list[float] = field(factory=list)
    cheaper: list[tuple[Trial, Advice]] = field(factory=list)


def trials(choose: Chooser, own: LoadedDirective | None) -> Iterator[Trial]:
    """What is prohibited or breached of random facts, under a directive or a random one."""
    directive = own or LoadedDirective(load(random_directive(choose, depth=2)))
    in_force = directive.rules.directive.in_force_from
    as_of = in_force.replace(year=in_force.year + choose.number(0, 2))
    if not directive.rules.directive.in_force(as_of):
        return
    policy = directive.policy(as_of=as_of)
    facts = random_facts(choose, directive.rules, as_of, known=choose.chance(50), most=3)
    for subject in facts:
        for goal in _unreached(policy, subject, facts):
            fields = tuple(
                f"{each.collection}.{name}"
                for each in facts.classes()
                for name, spec in fields_of(each).items()
                if spec.kind in _FREE
            )
            yield Trial(policy, subject, goal, facts, choose.pick([fields, None]))


def _unreached(policy: Policy, subject: Fact, facts: Facts) -> Iterator[str]:
    try:
        asked = policy.rules.verdict_rules_of(type(subject))
        if asked and policy.check(subject, facts).outcome in _REFUSED:
            yield "permitted"
        duties = policy.rules.requirements_of(type(subject))
        for finding in policy.auditor(type(subject), duties)(subject, facts):
            if isinstance(finding.rule, Requirement) and finding.status in _UNMET:
                yield str(finding.cite)
    except pr.ConflictError:
        return


def tried(many: Iterator[Trial]) -> Tried:
    """Seek a way for each, and something that costs less."""
    found = Tried()
    for trial in many:
        begun = perf_counter()
        advice = how_to(
            trial.policy, trial.subject, trial.goal, trial.facts, may_change=trial.may_change
        )
        found.seconds.append(perf_counter() - begun)
        found.results[advice.result.value] += 1
        if trial.may_change and advice.result is not Result.OPEN and _cheaper(trial, advice):
            found.cheaper.append((trial, advice))
    return found


def _cheaper(trial: Trial, advice: Advice) -> bool:
    """Whether fewer changes reach the aim; of more than one only some pairs are tried."""
    most = int(advice.ways[0].cost) - 1 if advice.ways else 2
    asked = list(_changes(trial))
    many: Iterator[tuple[tuple[Fact, str, Any], ...]] = iter(())
    if most >= 1:
        many = ((each,) for each in asked)
    for changes in many:
        if _reached(trial, advice, changes):
            return True
    pairs = combinations(asked, 2) if most >= 2 else iter(())
    step = max(1, len(asked) * (len(asked) - 1) // 2 // _PAIRS)
    return any(_reached(trial, advice, pair) for pair in islice(pairs, 0, None, step))


def _changes(trial: Trial) -> Iterator[tuple[Fact, str, Any]]:
    policy, allowed = trial.policy, trial.may_change or ()
    for fact in trial.facts:
        for name, values in values_of(policy.rules, type(fact), policy.as_of).items():
            if f"{fact.collection}.{name}" not in allowed:
                continue
            for value in values:
                if value != getattr(fact, name) and not _passed(value, policy.as_of):
                    yield fact, name, value


def _passed(value: object, as_of: date) -> bool:
    if is_none(value) or not isinstance(value, date):
        return False
    return (value.date() if isinstance(value, datetime) else value) < as_of


def _reached(trial: Trial, advice: Advice, changes: tuple[tuple[Fact, str, Any], ...]) -> bool:
    made: dict[str, Fact] = {}
    for fact, name, value in changes:
        of = made.get(fact.key, fact)
        made[fact.key] = type(fact)(
            **{**{n: _plain(v) for n, v in known_fields(of).items()}, name: value}
        )
    facts = container(
        [made.get(each.key, each) for each in trial.facts],
        [cls for cls in known_with(trial.policy.rules.directive.classes)
         if trial.facts.is_complete(cls)],
    )  # fmt: skip
    subject = made.get(trial.subject.key, trial.subject)
    try:
        return advice.goal.reached(trial.policy, subject, facts, ())
    except pr.ConflictError:
        return False


def _plain(value: Any) -> Any:
    return dict(value) if hasattr(value, "items") else value


def some_trials(number: int, seed: str, own: LoadedDirective | None = None) -> Iterator[Trial]:
    """So many trials, from random facts one after the other."""
    seeds = (Seeded(f"{seed}{place}") for place in range(50 * number))
    return islice((each for choose in seeds for each in trials(choose, own)), number)


def main() -> int:
    """Try the directive of Putian and random ones, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ways", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=1_000)
    number = parser.parse_args().number
    status = 0
    for name, own in (("putian-2019-52", pr.load("putian-2019-52")), ("random", None)):
        found = tried(some_trials(number, name, own))
        seconds = sorted(found.seconds)
        print(
            f"{name}: {len(seconds)} subjects, {dict(found.results)}; median "
            f"{median(seconds) * 1000:.0f} ms, 95% {seconds[len(seconds) * 95 // 100] * 1000:.0f} "
            f"ms, most {seconds[-1] * 1000:.0f} ms; cheaper: {len(found.cheaper)}"
        )
        for trial, advice in found.cheaper[:5]:
            print("  ", trial.subject, trial.goal, advice.as_json())
        status |= bool(found.cheaper)
    return status


if __name__ == "__main__":
    sys.exit(main())
