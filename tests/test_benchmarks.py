"""The contestants of the benchmarks answer alike; nothing here is timed."""

from benchmarks.contestants import MODULES, QUESTIONS, line_up
from benchmarks.disagreements import disagreements
from benchmarks.inputs import made_up


def test_contestants_agree() -> None:
    present, skipped = line_up(made_up(number=150, seed=11))
    assert {"hand-written", "policy_rules"}.isdisjoint(skipped)
    assert skipped.keys() <= MODULES.keys()
    assert {contestant.question for contestant in present} == set(QUESTIONS)
    assert disagreements(present) == []


def test_inputs_are_the_same_each_time() -> None:
    assert made_up(number=20) == made_up(number=20)


def test_every_outcome_occurs() -> None:
    present, _ = line_up(made_up(number=500))
    for question, outcomes in {
        "duty_mode": {"three_teams_one_room", "two_teams_one_room", "zoned"},
        "case": {"permitted", "prohibited"},
        "task": {"permitted", "awaiting", "prohibited"},
    }.items():
        bare = next(each for each in present if each.question == question and each.bare)
        assert {bare.read(bare.ask(each))[0] for each in bare.inputs} == outcomes
