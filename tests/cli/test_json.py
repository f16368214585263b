"""The command line: the JSON that it gives, with the options that change the answers."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.formats.directive_json import parameter_json
from policy_rules.language import regime
from policy_rules.language.fingerprints import fingerprint_of
from tests.support.command_line import MIXED, run, write

RULES = pr.load("putian-2019-52").rules


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
        "format": 1,
        "directive": "putian-2019-52",
        "fingerprint": fingerprint_of(RULES),
        "as_of": "2019-09-01",
        "readings": {name: each.default for name, each in RULES.readings.items()},
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
        "agreements": [],
    }


def test_json_of_verdicts(mixed: str, asked: Asked) -> None:
    answer = asked("check", mixed)
    assert list(answer) == [
        "format", "directive", "fingerprint", "as_of", "readings", "decisions", "verdicts",
        "findings", "agreements",
    ]  # fmt: skip
    assert (answer["decisions"], answer["findings"]) == ([], [])
    needing, exempt, permitted, undetermined, awaiting = answer["verdicts"]
    reason = needing["reasons"][0]
    assert needing == {
        "subject": "cases/A1",
        "outcome": "exemption_needed",
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
        "met_on": None,
        "retroactive": False,
        "periods": [],
        "exemption": None,
        "responsible": "station",
        "name": "黄石派出所",
        "bodies": {
            "bureaus": {"id": "B1", "name": "荔城分局"},
            "stations": {"id": "S1", "name": "黄石派出所"},
        },
        "heading": "2.1",
        "quote": finding["quote"],
        "modality": "must",
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
    assert [each["outcome"] for each in answer["verdicts"]] == ["exemption_needed"]


def test_json_of_the_directive(asked: Asked) -> None:
    answer = asked("directive")
    assert {key: answer[key] for key in ("issued", "printed", "public", "issuer_zh")} == {
        "issued": "2019-07-16",
        "printed": "2019-07-17",
        "public": True,
        "issuer_zh": "莆田市人民政府办公室",
    }
    for name in ("issuer", "authority", "addressees", "copied_to"):
        assert answer[f"{name}_zh"]
        assert answer[f"{name}_en"]
    sentences = {
        sentence["cite"]: sentence["rules"]
        for clause in answer["clauses"]
        for sentence in clause["sentences"]
    }
    assert sentences["5.1/4"][0] == {
        "cite": "5.1/4",
        "form": "require",
        "modality": "must",
        "responsible": "bureau",
        "name": None,
        "quote": "2019年6月底前，完成全市公安机关勤务工作调整",
        "zh": "实际勤务模式与应实行的模式一致",
        "en": "the duty mode in use is the one laid down",
        "value_zh": None,
        "value_en": None,
        "valid_from": None,
        "valid_until": None,
        "ended_by": None,
        "ends": None,
        "attested": False,
        "reads": ["stations.duty_mode_in_use", "stations.duty_mode"],
        "parameters": ["changeover"],
        "readings": ["strength_counts"],
    }
    pilots = next(rule for rule in sentences["5.1/1"] if rule["name"] == "duty_mode")
    assert (pilots["form"], pilots["quote"]) == ("define", "21个派出所实行“三队一室”")
    assert (pilots["value_zh"], pilots["value_en"]) == ("三队一室", "three teams and one room")
    excuse = next(rule for rule in sentences["2.1/7"] if rule["form"] == "excuse")
    assert (excuse["quote"], excuse["reads"], excuse["attested"]) == ("", [], False)
    assert [rule["attested"] for rule in sentences["3.3/1"]] == [True, True]
    assert sentences["2.1/7"][0]["reads"] == ["stations.officers", "officers"]


def test_json_of_the_coverage(asked: Asked) -> None:
    (rows,) = asked("directive", "--coverage").values()
    assert len(rows) == 78
    of = {row["cite"]: row for row in rows}
    assert of["5.1/3"] == {
        "cite": "5.1/3",
        "rules": ["5.1/3a", "5.1/3b", "5.1/3c", "duty_mode", "teams"],
        "excuse": None,
    }
    assert of["2.1/7"]["excuse"]["kind"] == "qualitative"


def test_json_of_the_readings(asked: Asked) -> None:
    readings, rulings = asked("directive", "--readings").values()
    of = {each["name"]: each for each in readings}
    assert of["strength_counts"]["default"] == "sworn"
    assert of["population_standard"]["decisions"] == ["population_per_officer"]
    assert of["population_standard"]["rules"] == ["2.1/3", "2.1/4"]
    assert of["case_scope_covers"]["decisions"] == []
    for each in readings:
        assert each["default"] in [option["name"] for option in each["options"]]
        # One says who answers, which is no part of what rules come to.
        assert each["decisions"] or each["rules"] or each["name"] == "who_answers"
    (whole,) = (each for each in rulings if each["cites"] == ["5.1/2"])
    assert whole["taken_en"] == "no: from 12 officers on, it is two teams and one room"


def test_json_of_the_oddities(asked: Asked) -> None:
    (oddities,) = asked("directive", "--oddities").values()
    assert len(oddities) == 23
    (late,) = (each for each in oddities if each["cites"] == ["5.1/4"])
    assert list(late) == ["cites", "zh", "en", "treatment_zh", "treatment_en"]
    assert "before the date of the document" in late["en"]


def test_json_of_the_parameters(asked: Asked) -> None:
    (listed,) = asked("directive", "--parameters").values()
    parameters = {each["name"]: each for each in listed}
    assert parameters["county_share"]["value"] == "0.4"
    assert parameters["secondment_number"]["value"] is None


def test_json_of_the_sensitivity(mixed: str, asked: Asked) -> None:
    answer = asked("sensitivity", mixed)
    assert list(answer) == [
        "format", "directive", "fingerprint", "as_of", "readings", "summary", "changes",
    ]  # fmt: skip
    assert answer["readings"]["case_scope_covers"] == "leading"
    (change,) = (each for each in answer["changes"] if each["reading"] == "case_scope_covers")
    assert (change["kind"], change["option"]) == ("verdict", "any_handling")
    assert change["before"]["subject"] == change["after"]["subject"] == "cases/A3"
    assert (change["before"]["outcome"], change["after"]["outcome"]) == (
        "permitted", "undetermined",
    )  # fmt: skip
    other = asked("sensitivity", mixed, "--reading", "case_scope_covers=any_handling")
    assert other["readings"]["case_scope_covers"] == "any_handling"
    (back,) = (each for each in other["changes"] if each["reading"] == "case_scope_covers")
    assert (back["option"], back["before"], back["after"]) == (
        "leading", change["after"], change["before"],
    )  # fmt: skip
    named = {(each["reading"], option) for each in answer["summary"] for option in each["changes"]}
    assert {(each["reading"], each["option"]) for each in answer["changes"]} <= named


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


def test_a_share_that_is_whole_is_a_text() -> None:
    share = next(each for each in RULES.parameters.values() if each.name == "county_share")
    chosen = regime(RULES, date(2019, 9, 1), parameters={"county_share": 1})
    assert parameter_json(share, chosen)["value"] == "1"


def test_json_of_the_classes_of_facts(asked: Asked) -> None:
    (classes,) = asked("directive", "--facts").values()
    by_name = {each["collection"]: each for each in classes}
    assert list(by_name)[:2] == ["bureaus", "stations"]
    assert list(by_name)[-1] == "exemptions"
    assert (by_name["stations"]["class"], by_name["stations"]["zh"]) == ("Station", "派出所")
    fields = {each["name"]: each for each in by_name["stations"]["fields"]}
    assert fields["pilot"]["kind"] == "boolean"
    assert "5.1/1" in fields["pilot"]["read_by"]
    assert fields["officers"]["unit_zh"] == "人"
    assert fields["bureau_id"]["target"] == "bureaus"
    assert [each["value"] for each in fields["terrain"]["choices"]] == [
        "ordinary", "mountain", "island",
    ]  # fmt: skip
