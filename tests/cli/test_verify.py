"""`verify`: what is proved and what is not, and facts that other commands read."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest

from policy_rules.cli import main
from policy_rules.language import Clause, Directive, subject
from policy_rules.testing.made_up import CLASSES, Office
from tests.support.writing import defining, quoted, says

office = subject(Office)
# An office with five desks has two grades; and desks are asked for that nobody may have.
BROKEN = Directive(
    id="broken", number="1", zh="例", en="made up", issued=date(2019, 7, 16),
    sentences={f"1/{place}": "" for place in range(1, 5)}, fact_classes=CLASSES,
    clauses=[
        Clause(
            heading="1", zh="章", en="clause",
            provisions=[
                defining(office, "grade", int)("等级", "grade").by(
                    quoted("1/1").makes(1, when=office.desks >= 5),
                    quoted("1/2").makes(2, when=office.desks <= 5),
                    otherwise=quoted("1/3").makes(3),
                ),
                says("1/4").demands(office, office.desks >= 12, applies=office.open),
            ],
        )
    ],
)  # fmt: skip
NAMED = f"{__name__}:BROKEN"


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status, and what was written."""
    status = main(["verify", *arguments])
    return status, capsys.readouterr().out


def test_what_holds_ends_with_zero(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the directive of the tutorial all is proved."""
    status, told = asked(
        capsys, "--directive", "reading_rooms:DIRECTIVE", "--format", "json", "--lang", "en"
    )
    results = json.loads(told)["results"]
    assert status == 0
    assert {each["result"] for each in results} == {"proved"}
    assert len(results) == len({(e["property"], *e["cites"], e["name"]) for e in results}) > 20


def test_a_counterexample_is_a_document_that_other_commands_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """An office with exactly five desks is in conflict, whatever engine is asked."""
    status, told = asked(capsys, "--directive", NAMED, "--format", "json")
    assert status == 1
    refuted = [e for e in json.loads(told)["results"] if e["result"] == "refuted"]
    (found,) = [each for each in refuted if each["property"] == "consistent"]
    assert found["cites"] == ["1/1", "1/2", "1/3"]
    assert found["facts"]["offices"][0]["desks"] == 5
    document = tmp_path / "found.json"
    document.write_text(json.dumps(found["facts"]), "utf-8")
    assert main(["decide", str(document), "--directive", NAMED, "--format", "json"]) == 1
    (decision,) = json.loads(capsys.readouterr().out)["decisions"]
    assert (decision["value"], decision["subject"]) == (None, found["subject"])


def test_what_is_refuted_is_said_in_both_languages(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The table names the sentences, the property and the office."""
    monkeypatch.setenv("COLUMNS", "200")
    status, english = asked(capsys, "--directive", NAMED, "--lang", "en")
    assert status == 1
    (line,) = [each for each in english.splitlines() if each.startswith("1/1 1/2 1/3 grade")]
    assert "free of conflict" in line
    assert "2019-07-16" in line
    _, chinese = asked(capsys, "--directive", NAMED, "--lang", "zh")
    assert "已推翻（2）" in chinese
    assert "可满足" in next(each for each in chinese.splitlines() if each.startswith("1/4"))


def test_without_the_solver_it_is_said_what_to_install(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else needs it."""
    for name in [each for each in sys.modules if each.startswith("policy_rules.analysis.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "z3", None)
    assert main(["verify", "--lang", "en"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "install `policy-rules[analysis]`" in written.err
