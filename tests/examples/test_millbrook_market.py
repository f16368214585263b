"""The package of another subject: built, installed from its wheel, tested and asked by its name.

All of it in processes of its own, where the library is installed and the package is found only
where its wheel was put: a vocabulary that is loaded here would be there for all other tests.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import pytest

from policy_rules.policy import EngineName
from tests.support.places import EXAMPLES
from tests.support.present import EVERY_ENGINE

PACKAGE: Final = EXAMPLES / "millbrook-market"
NAME: Final = "millbrook-market"


def run(*command: str | Path, installed: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python, with what was installed in a folder."""
    environment = dict(os.environ, PYTHONDONTWRITEBYTECODE="1")
    if installed is not None:
        environment["PYTHONPATH"] = str(installed)
    return subprocess.run(
        [sys.executable, *map(str, command)], cwd=PACKAGE, env=environment, capture_output=True,
        text=True, encoding="utf-8",
    )  # fmt: skip


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder in which the package is installed from its wheel."""
    scratch = tmp_path_factory.mktemp("millbrook")
    source, target = scratch / "source", scratch / "installed"
    shutil.copytree(PACKAGE, source)  # what a build leaves among the sources
    alone = ("--quiet", "--no-index", "--no-deps")
    wheels = ("-m", "pip", "wheel", *alone, "--no-build-isolation", "--wheel-dir", scratch, source)
    built = run(*wheels)
    assert built.returncode == 0, built.stderr
    (wheel,) = scratch.glob("*.whl")
    put = run("-m", "pip", "install", *alone, "--target", target, wheel)
    assert put.returncode == 0, put.stderr
    return target


@pytest.mark.parametrize("engine", EVERY_ENGINE)
def test_its_cases_on_every_engine(installed: Path, engine: EngineName) -> None:
    ran = run("-m", "pytest", "-q", "tests", "-k", f"test_case and {engine}", installed=installed)
    assert ran.returncode == 0, ran.stdout
    assert "skipped" not in ran.stdout


def test_its_text(installed: Path) -> None:
    """Each sentence has its rules or the reason why not, and each quotation stands in its own."""
    others = "not test_case and not slip"
    ran = run("-m", "pytest", "-q", "tests", "-k", others, installed=installed)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.mutants
def test_its_cases_notice_every_slip(installed: Path) -> None:
    ran = run("-m", "pytest", "-q", "tests", "-k", "slip", installed=installed)
    assert ran.returncode == 0, ran.stdout


@pytest.mark.parametrize("facts", ["facts.json", "csv"])
def test_the_command_line_knows_it_by_its_name(installed: Path, facts: str) -> None:
    """From JSON as from CSV: what is said of the facts that come with it."""
    asked = ("--directive", NAME, "--set", "working_days=working_days.json", "--format", "json")
    ran = run("-m", "policy_rules.cli", "check", facts, *asked, installed=installed)
    assert ran.returncode == 1, ran.stderr  # not everything is permitted
    verdicts = {each["subject"]: each for each in json.loads(ran.stdout)["verdicts"]}
    assert {subject: each["outcome"] for subject, each in verdicts.items()} == {
        "licences/L1": "permitted",
        "licences/L2": "permitted",
        "licences/L3": "prohibited",  # under 18, for a school, and a hot-food stall
        "trading_days/D1": "permitted",  # a grower with poultry, on a Sunday
        "trading_days/D2": "exemption_needed",  # alcohol
    }
    assert [each["cite"] for each in verdicts["licences/L3"]["reasons"]] == ["3/1"]


def test_an_explanation_cites_as_the_town_does(installed: Path) -> None:
    asked = ("--directive", NAME, "--lang", "en", "--subject", "licences/L3")
    ran = run("-m", "policy_rules.cli", "explain", "facts.json", *asked, installed=installed)
    shown = " ".join(ran.stdout.split())
    assert "[cl 3(1): “No licence is granted to an applicant" in shown, ran.stderr
    assert "rules that do not apply (2): cl 4(3)(a), cl 4(3)(b)" in shown


def test_tables_cite_as_the_town_does(installed: Path) -> None:
    asked = ("facts.json", "--directive", NAME, "--lang", "en")
    listed = run("-m", "policy_rules.cli", "directive", "--facts", *asked[1:], installed=installed)
    assert "cl 7(6)" in listed.stdout, listed.stderr
    decided = run("-m", "policy_rules.cli", "decide", *asked, installed=installed)
    assert re.search(r"turnover levy +0 dollars +cl 5\(3\)\s", decided.stdout), decided.stderr
    audited = run("-m", "policy_rules.cli", "audit", *asked, installed=installed)
    assert "cl 3(5), cl 4(3)(a)," in " ".join(audited.stdout.split()), audited.stdout
