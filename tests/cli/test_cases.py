"""`cases`: what cases show of the parts of conditions, what they owe, and what cannot be."""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from policy_rules.cli import main
from policy_rules.language import Clause, Directive, subject
from policy_rules.testing.cases import read_cases
from policy_rules.testing.made_up import CLASSES, Office
from tests.support.writing import says

office = subject(Office)
_FLOORS = says("1/3", zh="层数", en="floors").leaves_open("most_floors", int)
# Of an open office, five desks; of each, three desks at least that are not more than nine.
RULES = Directive(
    id="desks", number="1", zh="例", en="made up", issued=date(2019, 7, 16),
    sentences={f"1/{place}": "" for place in range(1, 4)}, fact_classes=CLASSES,
    clauses=[
        Clause(
            heading="1", zh="章", en="clause",
            provisions=[
                says("1/1").demands(office, office.desks >= 5, applies=office.open),
                says("1/2").demands(
                    office, (office.desks >= 3) & ((office.desks >= 2) | office.large)
                ),
                says("1/3").demands(office, (office.floors <= _FLOORS) | office.large),
            ],
        )
    ],
)  # fmt: skip
NAMED: Final = f"{__name__}:RULES"
# Two of the four: where it is open, five desks are enough, and four are not.
CASES: Final = """
as_of = 2020-01-01

[[case]]
name = "five desks"
sentence = "1/1"
why = "five are five"
facts = { offices = [{ id = "O", open = true, desks = 5 }, { id = "P", open = true, desks = 4 }] }
finding = [
  { subject = "offices/O", cite = "1/1", status = "satisfied" },
  { subject = "offices/P", cite = "1/1", status = "breached" },
]
"""


@pytest.fixture
def cases(tmp_path: Path) -> str:
    """The case file."""
    file = tmp_path / "cases.toml"
    file.write_text(CASES, "utf-8")
    return str(file)


def asked(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str]:
    """The exit status, and what was written."""
    status = main(["cases", *arguments, "--directive", NAMED])
    return status, capsys.readouterr().out


def missing(told: str) -> dict[tuple[str, str, str, bool], dict[str, Any]]:
    """What cases do not show, by rule, place, part and whether it has to hold."""
    return {
        (each["cite"], each["place"], each["part"], each["holds"]): each
        for each in json.loads(told)["missing"]
    }


# By hand: a departure before the baseline takes the station below it only if somebody left from the
# baseline on and by then, which nobody can. The solver does not compare the days of two transfers.
NEVER_BELOW: Final = {
    ("2.1/2a", "must, transfer", "baseline = year_start", False),
    ("2.1/2a", "must, transfer", "(year(transfer.on) == year(as_of))", False),
    ("2.1/2a", "must, transfer", "baseline = since_issue", False),
    ("2.1/2a", "must, transfer", "(transfer.on >= baseline_day)", False),
}


def test_our_own_cases_are_enough(capsys: pytest.CaptureFixture[str]) -> None:
    """Of the directive: what no case shows cannot be, whatever the facts, the day and the reading.

    `transfer_minutes` is left open by the text; the length of time changes nothing of it.
    """
    main(["cases", "tests/cases", "--set", "transfer_minutes=5", "--format", "json"])
    told = capsys.readouterr().out
    found = missing(told)
    assert [key for key, each in found.items() if each["result"] == "owed"] == []
    assert {key for key, each in found.items() if each["result"] == "open"} == NEVER_BELOW
    assert len(found) < 40 < 1000 < json.loads(told)["met"]


def test_what_is_owed_and_what_cannot_be(capsys: pytest.CaptureFixture[str], cases: str) -> None:
    """By hand: where there are not two desks there are not three, which is decisive alone; so that
    fewer than two never decide, nor does being large. Of closed offices, and of three desks, there
    is no case."""
    status, told = asked(capsys, cases, "--format", "json")
    found = missing(told)
    assert status == 1
    of_two = {key: each["result"] for key, each in found.items() if key[0] in ("1/1", "1/2")}
    assert of_two == {
        ("1/1", "applies", "office.open", False): "owed",
        ("1/2", "must", "(office.desks >= 3)", True): "owed",
        ("1/2", "must", "(office.desks >= 3)", False): "owed",
        ("1/2", "must", "(office.desks >= 2)", True): "owed",
        ("1/2", "must", "(office.desks >= 2)", False): "impossible",
        ("1/2", "must", "office.large", True): "impossible",
        ("1/2", "must", "office.large", False): "impossible",
    }
    assert (json.loads(told)["obligations"], json.loads(told)["met"]) == (14, 3)
    (office_,) = found["1/1", "applies", "office.open", False]["facts"]["offices"]
    assert office_["open"] is False


def test_what_the_text_leaves_open_can_be_set(
    capsys: pytest.CaptureFixture[str], cases: str
) -> None:
    floors = [("1/3", "must", "(office.floors <= most_floors)", holds) for holds in (True, False)]
    _, told = asked(capsys, cases, "--format", "json")
    found = missing(told)
    assert [found[each]["result"] for each in floors] == ["open", "open"]
    assert found[floors[0]]["en"] == "the text leaves open `most_floors`: set it"
    _, told = asked(capsys, cases, "--format", "json", "--set", "most_floors=4")
    found = missing(told)
    assert [found[each]["result"] for each in floors] == ["owed", "owed"]
    (high,) = found[floors[1]]["facts"]["offices"]
    assert high["floors"] > 4


def test_cases_that_are_owed_are_read_and_fail(
    capsys: pytest.CaptureFixture[str], cases: str, tmp_path: Path
) -> None:
    """Until somebody has derived what is expected from the text."""
    owed = tmp_path / "owed.toml"
    assert asked(capsys, cases, "--output", str(owed)) == (1, "")
    written = list(read_cases(owed))
    assert [each.sentence for each in written][:3] == ["1/1", "1/2", "1/2"]
    assert {each.why for each in written} == {"TO BE DERIVED FROM THE TEXT"}
    text = CASES + re.sub('"TO BE DERIVED FROM THE TEXT"', '"satisfied"', owed.read_text("utf-8"))
    Path(cases).write_text(text, "utf-8")
    _, told = asked(capsys, cases, "--format", "json", "--set", "most_floors=4")
    assert {each["result"] for key, each in missing(told).items() if key[0] != "1/3"} == {
        "impossible"
    }


def test_it_is_said_in_both_languages(
    capsys: pytest.CaptureFixture[str], cases: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    _, told = asked(capsys, cases, "--lang", "en")
    lines = told.splitlines()
    assert lines[0] == (
        "parts of conditions have to decide in 14 ways: 3 shown by cases, 3 proved impossible, "
        "4 owed, 4 open"
    )
    (line,) = [each for each in lines if each.startswith("1/1")]
    assert line.split()[1:5] == ["applies", "office.open", "not", "hold"]
    _, told = asked(capsys, cases, "--lang", "zh")
    assert "用例已证明 3 处" in told
    assert "文件未规定 `most_floors`：请用 --set 设定" in told


def test_what_is_not_there(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file, and then no solver."""
    assert main(["cases", "nowhere", "--directive", NAMED, "--lang", "en"]) == 2
    assert "found no `nowhere`" in capsys.readouterr().err
    for name in [each for each in sys.modules if each.startswith("policy_rules.analysis.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.delitem(sys.modules, "policy_rules.testing.condition_search", raising=False)
    monkeypatch.setitem(sys.modules, "z3", None)
    assert main(["cases", "tests/cases", "--lang", "en"]) == 2
    written = capsys.readouterr()
    assert written.out == ""
    assert "install `policy-rules[analysis]`" in written.err
