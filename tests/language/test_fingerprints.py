"""The fingerprint of a directive: of what its rules say, whoever asks."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import date, timedelta
from typing import Any

from attrs import evolve

import policy_rules as pr
from policy_rules.language.fingerprints import _Writing, fingerprint_of
from policy_rules.language.rules import Requirement
from policy_rules.testing.mutants import mutants
from tests.support.places import ROOT

RULES = pr.load("putian-2019-52").rules


def test_it_does_not_depend_on_the_process() -> None:
    program = (
        "import policy_rules as pr\n"
        "from policy_rules.language.fingerprints import fingerprint_of\n"
        "print(fingerprint_of(pr.load('putian-2019-52').rules))"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            (sys.executable, "-c", program), capture_output=True, text=True, env=environment,
            check=True,
        )  # fmt: skip
        assert ran.stdout.strip() == fingerprint_of(RULES)


def test_each_small_slip_in_a_rule_changes_it() -> None:
    found = {fingerprint_of(RULES)}
    number = 1
    for mutant in mutants(RULES.directive):
        found.add(fingerprint_of(mutant.rules))
        number += 1
        if number == 40:
            break
    assert len(found) == number


def test_words_dates_and_sentences_are_part_of_it() -> None:
    rule = next(each for each in RULES.rules if isinstance(each, Requirement))
    reworded = evolve(rule, en=rule.en + "!")
    others = [
        evolve(RULES, rules=(reworded, *(each for each in RULES.rules if each is not rule))),
        evolve(RULES, directive=evolve(RULES.directive, in_force_until=date(2030, 1, 1))),
        evolve(RULES, directive=evolve(RULES.directive, sentences={})),
        evolve(RULES, readings={}),
    ]
    assert len({fingerprint_of(each) for each in (RULES, *others)}) == 5


def test_a_value_of_any_other_kind_is_written_by_its_kind_and_its_text() -> None:
    written: Any = _Writing().plain(timedelta(days=1))
    assert written == ["timedelta", "1 day, 0:00:00"]
