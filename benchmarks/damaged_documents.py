"""Random documents, damaged at random: `python -m benchmarks.damaged_documents 10000 [seed]`.

Each is read with tolerance, and no answer may be settled otherwise than with the right data.
"""

from __future__ import annotations

import sys
from collections import Counter

import policy_rules as pr
from policy_rules.facts import FACT_CLASSES, Fact
from policy_rules.formats import InputError, parse, to_json
from policy_rules.language import load
from policy_rules.policy import LoadedDirective
from policy_rules.testing.choosing import Chooser, Seeded
from policy_rules.testing.damage import damaged, settled_answers
from policy_rules.testing.random_directives import VOCABULARIES, random_directive
from policy_rules.testing.random_facts import random_exemptions, random_facts, random_setting

PUTIAN = pr.load("putian-2019-52")


def compared(choose: Chooser) -> Counter[str]:
    """Damage one document, and count what came of it; AssertionError for a settled answer that is
    not the right one."""
    directive = PUTIAN
    if choose.chance(60):
        written = random_directive(choose, choose.pick(VOCABULARIES), depth=2)
        directive = LoadedDirective(load(written))
    rules = directive.rules
    setting = random_setting(choose, rules)
    facts = random_facts(choose, rules, setting.as_of, known=choose.chance(30), most=4)
    exemptions = random_exemptions(choose, rules, facts, setting.as_of)
    given = {
        "readings": setting.readings, "parameters": setting.parameters, "exemptions": exemptions
    }  # fmt: skip
    extra = rules.directive.fact_classes
    classes: dict[str, type[Fact]] = {cls.collection: cls for cls in (*FACT_CLASSES, *extra)}
    document = to_json(facts)
    dirty = damaged(choose, document, classes)
    try:
        read = parse(dirty, extra_classes=extra, tolerate=True)
    except InputError:
        return Counter(refused=1)
    policy = directive.policy(as_of=setting.as_of, **given)  # type: ignore[arg-type]  # as given
    careful = directive.policy(as_of=setting.as_of, lost=read.tolerated.lost, **given)  # type: ignore[arg-type]  # as given
    right = {(key, name): outcome for key, name, outcome in settled_answers(policy, facts)}
    try:
        found = list(settled_answers(careful, read.facts))
    except pr.FactError:
        return Counter(refused=1)
    for key, name, outcome in found:
        expected = right.get((key, name))
        if expected != outcome:
            raise AssertionError(
                f"{key} {name}: {outcome}, and with the right data {expected}\n"
                f"{document}\n{dirty}\n{read.tolerated}"
            )
    return Counter(read=1, settled=len(found), right=len(right), faults=len(read.tolerated.faults))


def main() -> None:
    """Compare so many documents."""
    number, seed = int(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "0"
    counts: Counter[str] = Counter()
    for place in range(number):
        try:
            counts += compared(Seeded(f"{seed}/{place}"))
        except AssertionError as error:
            print(f"document {seed}/{place}: {error}")
            counts["wrong"] += 1
    print(dict(counts))


if __name__ == "__main__":
    main()
