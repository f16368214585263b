"""What the by-law demands, on every engine; no sentence is left out, and no slip goes unnoticed."""

from importlib.util import find_spec
from pathlib import Path

import pytest
from millbrook_market import AMENDING_TEXT, AMENDMENT, DIRECTIVE, TEXT

import policy_rules as pr
from policy_rules.language.sentences import check_text, coverage
from policy_rules.policy import EngineName
from policy_rules.testing.cases import Case, Runner, read_cases
from policy_rules.testing.killing import survivors

RULES = pr.load(DIRECTIVE)
CASES = [*read_cases(Path(__file__).parent / "cases")]
# The engines, and the module that each needs besides the library.
ENGINES: dict[EngineName, str] = {
    "interpreter": "",
    "python": "",
    "durable": "durable",
    "sql": "sqlglot",
}
RUNNERS = {engine: Runner(RULES, engine) for engine in ENGINES}
# What no case can notice, with the reason.
EQUIVALENT = {
    "5/4: parameter `most_charged`: 120 becomes 12001/100": "it is rounded to half dollars",
    "5/4: parameter `most_charged`: 120 becomes 11999/100": "it is rounded to half dollars",
}


@pytest.fixture(params=ENGINES)
def runner(request: pytest.FixtureRequest) -> Runner:
    """What runs cases on an engine, where what it needs is installed."""
    engine: EngineName = request.param
    if ENGINES[engine] and find_spec(ENGINES[engine]) is None:
        pytest.skip(f"the engine `{engine}` needs `{ENGINES[engine]}`")
    return RUNNERS[engine]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_case(case: Case, runner: Runner) -> None:
    assert runner.differences(case) == []


def test_every_sentence_has_a_rule_or_an_excuse() -> None:
    assert [each.cite for each in coverage(RULES.rules) if not (each.rules or each.excuses)] == []


@pytest.mark.parametrize(("text", "document"), [(TEXT, ""), (AMENDING_TEXT, AMENDMENT.id)])
def test_every_quotation_stands_in_its_sentence(text: str, document: str) -> None:
    assert check_text(RULES.rules, text, document).agrees


def test_no_small_slip_goes_unnoticed() -> None:
    assert {str(mutant) for mutant in survivors(DIRECTIVE, CASES)} == set(EQUIVALENT)
