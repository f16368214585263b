"""The cases written by hand from the text, on every engine."""

from __future__ import annotations

from functools import cache

import pytest

import policy_rules as pr
from policy_rules.policy import EngineName
from policy_rules.testing.cases import Case, Runner, read_cases
from tests.support.places import CASES
from tests.support.present import EVERY_ENGINE

PUTIAN = pr.load("putian-2019-52")
# Those that share a policy stand together, since an engine writes once what they ask of it.
_SETTING = ("as_of", "readings", "parameters", "exemptions")
ALL = sorted(read_cases(CASES), key=lambda case: str([case.content.get(part) for part in _SETTING]))


@cache
def runner(engine: EngineName) -> Runner:
    """What runs all cases on an engine."""
    return Runner(PUTIAN, engine)


@pytest.mark.parametrize("engine", EVERY_ENGINE)
@pytest.mark.parametrize("case", ALL, ids=str)
def test_the_answers_are_those_that_the_text_demands(case: Case, engine: EngineName) -> None:
    """Nothing differs from what was derived by hand."""
    assert runner(engine).differences(case) == []


def test_each_case_has_a_name_of_its_own() -> None:
    """A failing case can be found by its name."""
    names = [str(case) for case in ALL]
    assert len(set(names)) == len(names)


def test_each_case_tests_a_sentence_that_is_there() -> None:
    """A case names a sentence of the directive, and says how its answers follow."""
    sentences = pr.load("putian-2019-52").rules.directive.sentences
    for case in ALL:
        assert case.sentence.rstrip("abc") in sentences, str(case)
        assert case.why.strip(), str(case)
