"""`new` writes a package that works: its own tests pass, and the command line audits by it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.command_line import run
from tests.support.places import ROOT


@pytest.mark.parametrize(
    ("more", "languages"),
    [([], ["zh", "en"]), (["--language", "en"], ["en"]), (["--language", "zh"], ["zh"])],
)
def test_a_new_package_works(tmp_path: Path, more: list[str], languages: list[str]) -> None:
    """Its own tests and its own facts, without being installed; `make wheels` installs one."""
    target = tmp_path / "pack"
    written = run("new", "my-city-2024-5", "--output", str(target), "--lang", "en", *more)
    assert (written.status, written.err) == (0, "")
    assert written.out.splitlines() == [
        f"written to {target}; next:",
        f"  cd {target}",
        "  pip install -e '.[test]' && pytest",
        "  policy-rules audit facts.json --directive my-city-2024-5",
    ]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(target), str(ROOT)])}
    tested = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"],
        cwd=target, env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert tested.returncode == 0, tested.stdout
    audited = subprocess.run(
        [sys.executable, "-m", "policy_rules.cli", "audit", "facts.json", "--lang", "en",
         "--directive", "my_city_2024_5:DIRECTIVE"],
        cwd=target, env=environment, capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert audited.returncode == 1, audited.stderr
    assert "1 satisfied, 1 breached" in audited.stdout
    asked = "from my_city_2024_5 import DIRECTIVE; print(*DIRECTIVE.languages)"
    told = subprocess.run(
        [sys.executable, "-c", asked], env=environment, capture_output=True, text=True
    )
    assert told.stdout.split() == languages
    written_in = "".join(file.read_text("utf-8") for file in target.glob("my_city_2024_5/*.py"))
    assert (re.search("[一-鿿]", written_in) is not None) == ("zh" in languages)
    assert ("body cameras" in written_in) == ("en" in languages)


@pytest.mark.parametrize("name", ["", "A", "5-city", "my_city", "city-", "市", "a/b", "../x"])
def test_names_that_cannot_be(name: str, tmp_path: Path) -> None:
    refused = run("new", name, "--output", str(tmp_path / "x"), "--lang", "en")
    assert (refused.status, refused.out) == (2, "")
    assert "expected small letters, digits and hyphens" in refused.err
    assert not (tmp_path / "x").exists()


def test_what_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    refused = run("new", "city-1", "--output", str(tmp_path), "--lang", "zh")
    assert refused.status == 2
    assert "应为尚不存在或空的目录" in refused.err
    assert [each.name for each in tmp_path.iterdir()] == ["mine.txt"]
