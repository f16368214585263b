"""The command line: what it shows, and with which exit status it ends."""

import json
from pathlib import Path
from typing import Any

import pytest

from policy_rules.cli import languages, main
from tests.support.command_line import LATE, MIXED, SOUND, LeapDay, write
from tests.support.places import GOLDEN, ROOT


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


@pytest.fixture
def late(tmp_path: Path) -> str:
    """A document of what was late, lacking or denied."""
    return write(tmp_path / "late.json", LATE)


VIEWS = {
    "help": ["--help"],
    "decide_help": ["decide", "--help"],
    "check_help": ["check", "--help"],
    "audit_help": ["audit", "--help"],
    "explain_help": ["explain", "--help"],
    "directive_help": ["directive", "--help"],
    "sql_help": ["sql", "--help"],
    "sensitivity_help": ["sensitivity", "--help"],
    "decide": ["decide", "FACTS"],
    "decide_name": ["decide", "FACTS", "--name", "duty_mode"],
    "check": ["check", "FACTS"],
    "audit": ["audit", "FACTS", "--worst", "4"],
    "audit_late": ["audit", "LATE", "--worst", "6"],
    "audit_changed": [
        "audit", "FACTS", "--worst", "0", "--reading", "strength_counts=sworn_and_auxiliary",
        "--set", "county_share=1/2", "--set", "three_teams=community,处警巡逻队",
    ],
    "audit_before": ["audit", "FACTS", "--as-of", "2019-07-15"],
    "explain": ["explain", "FACTS", "--subject", "stations/S1", "--cite", "2.1/1b"],
    "directive": ["directive"],
    "coverage": ["directive", "--coverage", "--as-of", "2019-09-01"],
    "readings": ["directive", "--readings"],
    "facts": ["directive", "--facts"],
    "oddities": ["directive", "--oddities"],
    "parameters": ["directive", "--parameters", "--as-of", "2019-09-01"],
    "sensitivity": ["sensitivity", "FACTS", "--first", "3"],
}  # fmt: skip
SHOWN = [
    *((view, "en", 80) for view in VIEWS),
    *((view, "zh", 80) for view in VIEWS if "help" not in view),
    ("audit", "zh", 140),
    ("audit", "en", 140),
    ("check", "en", 140),
    ("coverage", "en", 140),
    ("coverage", "zh", 140),
    ("audit", "zh", 50),
]


@pytest.mark.parametrize(("view", "lang", "columns"), SHOWN)
def test_what_is_shown(
    view: str,
    lang: str,
    columns: int,
    mixed: str,
    late: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Word for word. To keep a change, delete the golden, run the test, and read what it wrote."""
    monkeypatch.setenv("COLUMNS", str(columns))
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8")
    documents = {"FACTS": mixed, "LATE": late}
    main([documents.get(argument, argument) for argument in VIEWS[view]])
    shown = capsys.readouterr().out
    golden = GOLDEN / "cli" / f"{view}.{lang}.{columns}.txt"
    if not golden.exists():
        golden.write_text(shown, "utf-8")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert shown == golden.read_text("utf-8")


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize(
    "view",
    [
        "decide", "check", "audit", "sensitivity", "directive", "coverage", "readings",
        "facts", "oddities", "parameters",
    ],
)  # fmt: skip
def test_no_line_is_wider_than_the_terminal(
    view: str,
    lang: str,
    columns: int,
    mixed: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(columns))
    main([*(mixed if part == "FACTS" else part for part in VIEWS[view]), "--lang", lang])
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if cell_len(line) > columns or line != line.rstrip()] == []
    assert not any("\x1b" in line for line in lines)


STATION = {"id": "S1", "pilot": True}
# Measured, nothing is wrong; no one has attested anything of it.
SOUND_BUREAU = {
    "id": "B1", "officers": 0, "seconded": {"2018": 1}, "organ_officers": {"2017": 5, "2018": 5},
    "station_assessed": {"2018": 0}, "organ_assessed": {"2018": 0},
    "township_secondments": {"2018": 1},
}  # fmt: skip
AUDIT_OF_A_BUREAU = ["audit", "--set", "secondment_number=1"]
STATUSES: dict[str, tuple[list[str], dict[str, Any], int]] = {
    "nothing at all": (["audit"], {}, 0),
    "nothing to decide": (["decide"], {"cases": [{"id": "A1"}]}, 0),
    "no requests": (["check"], {"stations": [STATION]}, 0),
    "decided": (["decide", "--name", "duty_mode"], {"stations": [STATION]}, 0),
    "undecided": (["decide", "--name", "duty_mode"], {"stations": [{"id": "S1"}]}, 1),
    "not in force": (["decide", "--as-of", "2019-07-15"], {"stations": [{"id": "S1"}]}, 0),
    "permitted": (["check"], {"cases": SOUND["cases"]}, 0),
    "undetermined request": (["check"], {"cases": [{"id": "A1"}]}, 1),
    "prohibited": (["check"], {"cases": [MIXED["cases"][0]]}, 1),
    "exempt": (
        ["check"],
        {"cases": [MIXED["cases"][1]], "exemptions": MIXED["exemptions"]},
        0,
    ),
    "awaiting": (["check"], {"tasks": MIXED["tasks"]}, 1),
    "undetermined attestations": (
        AUDIT_OF_A_BUREAU,
        {"bureaus": [SOUND_BUREAU], "complete": ["events"]},
        0,
    ),
    "denied attestation": (
        AUDIT_OF_A_BUREAU,
        {
            "bureaus": [SOUND_BUREAU],
            "attestations": [{"id": "X", "subject_id": "B1", "cite": "2.1/2c", "holds": False}],
        },
        1,
    ),
    "pending": (
        AUDIT_OF_A_BUREAU,
        {
            "bureaus": [SOUND_BUREAU | {"township_secondments": {"2018": 0}}],
            "complete": ["events"],
        },
        0,
    ),
    "undetermined finding": (["audit"], {"townships": [{"id": "T1"}]}, 1),
    "breached": (["audit"], {"townships": [{"id": "T1", "patrol_members": 19}]}, 1),
    "satisfied": (["audit"], {"townships": [{"id": "T1", "patrol_members": 20}]}, 0),
    "an audit takes in requests": (["audit"], {"cases": [MIXED["cases"][0]]}, 1),
    "explained": (["explain", "--subject", "cases/A1"], {"cases": SOUND["cases"]}, 0),
    "explained prohibition": (
        ["explain", "--subject", "cases/A1"],
        {"cases": [MIXED["cases"][0]]},
        1,
    ),
    "nothing to explain": (
        ["explain", "--subject", "attestations/X"],
        {"attestations": [{"id": "X"}]},
        0,
    ),
}


@pytest.mark.parametrize("output", ["table", "json"])
@pytest.mark.parametrize("of", STATUSES)
def test_exit_status(
    of: str, output: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (command, *options), document, expected = STATUSES[of]
    path = write(tmp_path / "facts.json", {"as_of": "2019-09-01"} | document)
    assert main([command, path, *options, "--format", output]) == expected
    assert capsys.readouterr().out


def test_checking_a_text(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = tmp_path / "text.md"
    text.write_text("`5.1/2` 其他警力12人以上（含12人）的\n`9.9/1` 新的一句\n", "utf-8")
    assert main(["directive", "--check-text", str(text)]) == 1
    shown = capsys.readouterr().out
    assert "5.1/2  its words differ, or it is not found\n" in shown
    assert "9.9/1  is not a sentence of the directive that was modelled\n" in shown
    assert "2.1/2a  does not contain  “只增不减”\n" in shown
    assert main(["directive", "--check-text", str(text), "--format", "json"]) == 1
    answer = json.loads(capsys.readouterr().out)
    assert answer["agrees"] is False
    assert answer["added"] == ["9.9/1"]
    assert {"cite": "2.1/2a", "quote": "只增不减"} in answer["absent"]


def test_a_text_with_two_lines_for_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = tmp_path / "text.md"
    text.write_text("`5.1/2` 其他警力12人以上（含12人）的\n`5.1/2` 其他警力8人以上的\n", "utf-8")
    for lang, words in (
        ("en", "has lines that differ; keep one of them"),
        ("zh", "有内容不同的两行；请只保留一行"),
    ):
        assert main(["directive", "--check-text", str(text), "--lang", lang]) == 1
        assert f"5.1/2  {words}\n" in capsys.readouterr().out
    assert main(["directive", "--check-text", str(text), "--format", "json"]) == 1
    assert json.loads(capsys.readouterr().out)["contradicting"] == ["5.1/2"]


@pytest.mark.skipif(
    not (ROOT.parent / "shared" / "DIRECTIVE.md").exists(), reason="the official text is elsewhere"
)
def test_the_official_text_agrees(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["directive", "--check-text", str(ROOT.parent / "shared" / "DIRECTIVE.md")]) == 0
    assert "all agree" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("option", "documented", "said"),
    [
        ("2020-01-01", "2019-09-01", "as of 2020-01-01 (from --as-of)"),
        (None, "2019-09-01", "as of 2019-09-01 (from the document)"),
        (None, None, "as of 2024-02-29 (today)"),
    ],
)
def test_the_date_is_never_hidden(
    option: str | None,
    documented: str | None,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("policy_rules.cli.inputs.date", LeapDay)
    path = write(tmp_path / "facts.json", {"as_of": documented})
    options = [] if option is None else ["--as-of", option]
    main(["audit", path, *options])
    assert said in capsys.readouterr().out
    main(["audit", path, *options, "--format", "json"])
    shown = capsys.readouterr()
    assert shown.err == f"{said}\n"
    assert json.loads(shown.out)["as_of"] in said


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_MESSAGES": "en_GB.UTF-8"}, "en"),
        ({"LANG": "en_GB.UTF-8", "LC_MESSAGES": "", "LC_ALL": "zh"}, "zh"),
        ({"LANG": "C"}, "en"),
    ],
)
def test_the_language_is_the_locale_s(environment: dict[str, str], expected: str) -> None:
    assert languages.default_language(environment) == expected
