"""The command line: the JSON that it gives, with the options that change the answers."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from command_line import MIXED, run, write

from policy_rules.cli import main


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and however wide its terminal is."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@pytest.fixture
def mixed(tmp_path: Path) -> str:
    """A document with something of everything."""
    return write(tmp_path / "facts.json", MIXED)


Asked = Callable[..., Any]


@pytest.fixture
def asked(capsys: pytest.CaptureFixture[str]) -> Asked:
    """Run a command that gives JSON."""

    def ask(*arguments: str) -> Any:
        main([*arguments, "--format", "json"])
        return json.loads(capsys.readouterr().out)

    return ask


def test_json_of_decisions(mixed: str, asked: Asked) -> None:
    answer = asked("decide", mixed, "--name", "duty_mode")
    assert answer == {
        "directive": "putian-2019-52",
        "as_of": "2019-09-01",
        "readings": {
            "case_scope_covers": "leading",
            "population_standard": "at_most_5000",
            "strength_counts": "sworn",
        },
        "decisions": [
            {
                "subject": "stations/S1",
                "name": "duty_mode",
                "value": "three_teams_one_room",
                "cites": ["5.1/1"],
                "conflict": [],
                "needs": [],
            },
            {
                "subject": "stations/S2",
                "name": "duty_mode",
                "value": "zoned",
                "cites": ["5.1/3"],
                "conflict": [],
                "needs": [],
            },
            {
                "subject": "stations/S3",
                "name": "duty_mode",
                "value": None,
                "cites": [],
                "conflict": [],
                "needs": ["stations/S3.pilot"],
            },
        ],
        "verdicts": [],
        "findings": [],
    }


def test_json_of_verdicts(mixed: str, asked: Asked) -> None:
    answer = asked("check", mixed)
    assert list(answer) == ["directive", "as_of", "readings", "decisions", "verdicts", "findings"]
    assert (answer["decisions"], answer["findings"]) == ([], [])
    prohibited, exempt, permitted, undetermined, awaiting = answer["verdicts"]
    reason = prohibited["reasons"][0]
    assert prohibited == {
        "subject": "cases/A1",
        "outcome": "prohibited",
        "reasons": [
            {
                "cite": "3.1/2",
                "strength": "in_principle",
                "exemption": None,
                "zh": reason["zh"],
                "en": reason["en"],
            }
        ],
        "missing_steps": [],
        "needs": [],
    }
    assert (exempt["outcome"], exempt["reasons"][0]["exemption"]) == ("permitted", "E1")
    assert permitted["outcome"] == "permitted"
    assert undetermined["outcome"] == "undetermined"
    assert undetermined["needs"]
    assert awaiting["outcome"] == "awaiting"
    assert awaiting["missing_steps"][0] == "report_feasibility"


def test_json_of_an_audit(mixed: str, asked: Asked) -> None:
    answer = asked("audit", mixed)
    assert answer["decisions"]
    assert answer["verdicts"]
    of = {(each["subject"], each["cite"]): each for each in answer["findings"]}
    finding = of["stations/S1", "2.1/1b"]
    assert finding == {
        "subject": "stations/S1",
        "cite": "2.1/1b",
        "status": "breached",
        "actual": 5,
        "required": 14,
        "shortfall": 9,
        "due": None,
        "retroactive": False,
        "exemption": None,
        "needs": [],
        "zh": finding["zh"],
        "en": finding["en"],
    }
    assert of["stations/S1", "5.1/4"]["due"] == "2019-06-30"
    assert {each["status"] for each in answer["findings"]} == {
        "satisfied", "breached", "deviates", "pending", "not_applicable", "undetermined",
    }  # fmt: skip


def test_json_of_an_explanation(mixed: str, asked: Asked) -> None:
    answer = asked("explain", mixed, "--subject", "stations/S1", "--name", "duty_mode")
    (decision,) = answer["decisions"]
    assert decision["value"] == "three_teams_one_room"
    assert "5.1 sentence 1" in decision["explanation"]
    answer = asked("explain", mixed, "--subject", "stations/S1", "--cite", "2.1/1", "--lang", "zh")
    assert [each["name"] for each in answer["decisions"]] == ["strength", "community_strength"]
    assert [each["cite"] for each in answer["findings"]] == ["2.1/1b"]
    assert "二（一）第一句" in answer["findings"][0]["explanation"]
    answer = asked("explain", mixed, "--subject", "cases/A1", "--cite", "3.1/1")
    assert [each["outcome"] for each in answer["verdicts"]] == ["prohibited"]


def test_json_of_the_directive(asked: Asked) -> None:
    answer = asked("directive")
    assert answer["issued"] == "2019-07-16"
    assert answer["clauses"][0]["heading"] == "2.1"
    rule = answer["clauses"][0]["sentences"][0]["rules"][0]
    assert (rule["cite"], rule["form"], rule["name"]) == ("2.1/1", "define", "strength")
    (rows,) = asked("directive", "--coverage").values()
    of = {row["cite"]: row for row in rows}
    assert of["5.1/3"] == {
        "cite": "5.1/3",
        "rules": ["5.1/3a", "5.1/3b", "duty_mode", "teams"],
        "excuse": None,
    }
    assert of["2.1/7"]["excuse"]["kind"] == "qualitative"
    readings = asked("directive", "--readings")["readings"]
    assert [each["default"] for each in readings] == ["leading", "at_most_5000", "sworn"]
    parameters = {p["name"]: p for p in asked("directive", "--parameters")["parameters"]}
    assert parameters["county_share"]["value"] == "2/5"
    assert parameters["secondment_number"]["value"] is None


def test_both_engines(mixed: str, asked: Asked) -> None:
    assert asked("audit", mixed, "--engine", "interpreter") == asked("audit", mixed)


def test_parameters_of_every_type(mixed: str, asked: Asked) -> None:
    values = [
        "two_team_strength=8", "county_share=3/7", "changeover=2020-06-30", "city_codes=3503",
        "three_teams=community，打击办案队", "college_or_above=bachelor",
    ]  # fmt: skip
    options = [part for value in values for part in ("--set", value)]
    answer = asked("audit", mixed, *options)
    decisions = {(each["subject"], each["name"]): each["value"] for each in answer["decisions"]}
    assert decisions["stations/S2", "duty_mode"] == "two_teams_one_room"
    assert decisions["stations/S1", "teams"] == ["community", "case"]
    dues = {each["due"] for each in answer["findings"] if each["cite"] == "5.1/4"}
    assert dues == {"2020-06-30"}


def test_a_directive_of_one_s_own(tmp_path: Path, mixed: str) -> None:
    (tmp_path / "mine.py").write_text(
        "from policy_rules.directives.putian_2019_52 import DIRECTIVE as OURS\n", "utf-8"
    )
    ran = run("decide", mixed, "--directive", "mine:OURS", "--name", "duty_mode", cwd=tmp_path)
    assert ran.status == 1
    assert "three teams and one room" in ran.out
