"""Compare random policies: `python -m benchmarks.changes [NUMBER]`.

Of each pair, one of an amended directive in half of the cases, the regions are put to random facts:
where an engine's answer changes, and only there, a region says so, and as it says.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from typing import Any

import policy_rules as pr
from policy_rules.analysis.differences import Question, differences
from policy_rules.answers import Outcome, Status
from policy_rules.facts import Fact, Facts
from policy_rules.language import amended, load
from policy_rules.policy import LoadedDirective, Policy
from policy_rules.testing.choosing import Seeded
from policy_rules.testing.random_directives import random_directive
from policy_rules.testing.random_facts import random_facts, random_setting
from tests.support.random_amendments import random_amendment


def answer_of(policy: Policy, question: Question, fact: Fact, facts: Facts) -> Any:
    """What an engine says to a question; None where it settles nothing."""
    known = policy.rules
    try:
        match question.kind:
            case "decision":
                if question.name not in known.named(type(fact)):
                    return None
                return policy.decide(fact, question.name, facts).value
            case "finding":
                rules = [r for r in known.requirements_of(type(fact))
                         if str(r.cite) == question.name and policy.regime.holds(r)]  # fmt: skip
                found = policy.auditor(type(fact), rules)(fact, facts) if rules else []
                status = found[0].status if found else Status.NOT_APPLICABLE
                return None if status in (Status.UNDETERMINED, Status.CONFLICT) else status
        if not known.verdict_rules_of(type(fact)):
            return Outcome.NOT_APPLICABLE
        outcome = policy.check(fact, facts).outcome
    except pr.ConflictError:
        return None
    return None if outcome in (Outcome.UNDETERMINED, Outcome.CONFLICT) else outcome


def a_pair(seed: str) -> tuple[Policy, Policy, Seeded]:
    """Two policies of a random directive, of which one may be amended."""
    choose = Seeded(seed)
    made = random_directive(choose, depth=1)
    rules = load(made)
    settings = [random_setting(choose, rules) for _ in range(2)]
    other = LoadedDirective(rules)
    if choose.chance(50):
        amendment = random_amendment(choose, rules, date(2019, 9, 1))
        other = LoadedDirective(load(amended(rules.directive, amendment)))
        settings[1] = random_setting(choose, other.rules)
    policies = [
        each.policy(
            as_of=setting.as_of, readings=setting.readings, parameters=setting.parameters,
            engine="interpreter",
        )
        for each, setting in zip((LoadedDirective(rules), other), settings, strict=True)
    ]  # fmt: skip
    return policies[0], policies[1], choose


def wrong_on_random_facts(seed: str, rounds: int) -> tuple[list[object], int, int]:
    """The answers that change otherwise than the regions say; how many do as they say, and how many
    changes are open."""
    one, other, choose = a_pair(seed)
    found = differences(one, other)
    open_ = {(each.question.subject, each.question.name) for each in found.open}
    wrong: list[object] = []
    seen = 0
    for _ in range(rounds):
        facts = random_facts(choose, other.rules, other.as_of, known=True, most=3)
        for question in found.questions:
            of = question.subject, question.name
            if of in open_:
                continue
            regions = [each for each in found if (each.question.subject, each.question.name) == of]
            affected = [(each, found.affected(each, facts)) for each in regions]
            for fact in facts.all(question.subject.fact_class):
                before, after = (answer_of(each, question, fact, facts) for each in (one, other))
                if before is None or after is None:
                    continue
                told = [each for each, facts_ in affected if fact in facts_]
                seen += before != after
                right = bool(told) == (before != after) and all(
                    each.before.comes_to in ("", before) and each.after.comes_to in ("", after)
                    for each in told
                )
                if not right:
                    wrong.append((seed, question.name, fact.key, before, after, facts))
    return wrong, seen, len(found.open)


def main() -> int:
    """Compare so many pairs, and say what came of it."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.changes", description=__doc__)
    parser.add_argument("number", nargs="?", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=100)
    given = parser.parse_args()
    wrong, seen, open_ = list[object](), 0, 0
    for place in range(given.number):
        found = wrong_on_random_facts(f"pair {place}", given.rounds)
        wrong, seen, open_ = [*wrong, *found[0]], seen + found[1], open_ + found[2]
    print(f"{given.number} pairs: {seen} changes seen, {len(wrong)} wrong, {open_} open")
    for each in wrong[:5]:
        print("  ", each)
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
