"""Case files as tests of pytest, in a project of somebody who has only the library."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

ROOMS: Final = Path(__file__).parents[2] / "examples" / "reading_rooms.toml"
SETTINGS: Final = "[pytest]\npolicy_rules_directive = {}\npolicy_rules_cases = cases/*.toml\n"


@pytest.fixture
def project(pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch) -> pytest.Pytester:
    """The cases of the reading rooms, and what a project says to have them run."""
    monkeypatch.syspath_prepend(ROOMS.parent)
    pytester.makeconftest('pytest_plugins = ["policy_rules.testing.pytest_plugin"]')
    pytester.makeini(SETTINGS.format("reading_rooms:DIRECTIVE"))
    pytester.mkdir("cases").joinpath("rooms.toml").write_text(ROOMS.read_text("utf-8"), "utf-8")
    pytester.path.joinpath("other.toml").write_text("no = 'case file'", "utf-8")
    return pytester


def test_each_case_runs_on_each_engine(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("-v")
    result.assert_outcomes(passed=2)
    result.stdout.fnmatch_lines(
        [
            "*three thousand volumes are enough for the first class [[]python[]] PASSED*",
            "*three thousand volumes are enough for the first class [[]interpreter[]] PASSED*",
        ]
    )


def test_what_differs_is_said_with_the_derivation(project: pytest.Pytester) -> None:
    file = project.path / "cases" / "rooms.toml"
    text = file.read_text("utf-8").replace('value = "first"', 'value = "second"')
    file.write_text(text, "utf-8")
    result = project.runpytest_inprocess("-o", "policy_rules_engines=python")
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(
        ["1.1/1: 3000册以上: the number itself is included", "*is 'first', expected 'second'"]
    )
    result.stdout.no_fnmatch_line("*Traceback*")


def test_a_case_file_with_faults_is_no_test(project: pytest.Pytester) -> None:
    (project.path / "cases" / "rooms.toml").write_text("[[case]]\nnome = 'x'\n", "utf-8")
    result = project.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*nome*"])


def test_the_directive_has_to_be_named(project: pytest.Pytester) -> None:
    project.makeini(SETTINGS.format(""))
    result = project.runpytest_inprocess()
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*name the directive in the setting `policy_rules_directive`*"])


def test_slips_that_no_case_notices(project: pytest.Pytester) -> None:
    result = project.runpytest_inprocess("--mutants", "-o", "policy_rules_engines=python")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(
        [
            "* slips in the rules are noticed by no case:",
            "  1.2/2: step `village_agreement` is dropped",
        ]
    )
    # What the one case does notice: the first class with one volume more.
    result.stdout.no_fnmatch_line("*`first_class_stock`: 3000 becomes 3001*")
