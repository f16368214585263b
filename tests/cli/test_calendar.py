"""The command `calendar`: what it shows, writes and refuses; and setting how often."""

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from policy_rules.cli import main
from tests.support.command_line import run, write
from tests.support.places import GOLDEN, ROOT

DUTIES = ["--directive", "tests.support.duties:DIRECTIVE"]
# Each status that something due can have but for a conflict, and names that could do harm.
FACTS: dict[str, Any] = {
    "as_of": "2019-11-15",
    "city": {"id": "C", "name": "莆田市"},
    "bureaus": [{"id": "B1", "name": "荔城分局"}, {"id": "B2"}],
    "stations": [
        {
            "id": "S1", "name": "黄石派出所", "bureau_id": "B1", "pilot": True, "beds": 0,
            "relaxation_room": False,
        },
        {
            "id": "S2", "name": "新度派出所", "bureau_id": "B1", "pilot": False,
            "smart_area_completed_on": "2019-10-20",
        },
        {"id": "S3", "name": "[red]\x1b梧塘\n派出所", "bureau_id": "B2", "pilot": True},
        {"id": "S4", "bureau_id": "B2"},
    ],
    "events": [
        {"id": "E1", "station_id": "S1", "kind": "thought_analysis", "on": "2019-11-11"}
    ],
    "exemptions": [{"id": "X1", "cite": "1.1/3", "subject": "stations/S1"}],
    "complete": ["events", "workstations"],
}  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and however wide its terminal is."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    """A document with something due."""
    return write(tmp_path / "facts.json", FACTS)


VIEWS = {
    "calendar_help": ["calendar", "--help"],
    "calendar": ["calendar", "FACTS", *DUTIES, "--from", "2019-10-31", "--until", "2019-12-31"],
    "calendar_station": [
        "calendar", "FACTS", *DUTIES, "--subject", "stations/S1", "--from", "2019-06-01",
        "--until", "2019-08-31", "--set", "drill_period=monthly",
    ],
    "calendar_bureau": [
        "calendar", "FACTS", *DUTIES, "--subject", "bureaus/B1", "--from", "2019-12-31",
        "--until", "2019-12-31", "--as-of", "2020-02-01",
    ],
    "calendar_nothing": [
        "calendar", "FACTS", *DUTIES, "--subject", "cities/C", "--from", "2019-12-01",
    ],
    "calendar_ics": [
        "calendar", "FACTS", *DUTIES, "--subject", "stations/S1", "--from", "2019-06-01",
        "--until", "2019-12-31", "--format", "ics",
    ],
    "recurrences": ["directive", *DUTIES, "--parameters", "--as-of", "2019-09-01"],
}  # fmt: skip
SHOWN = [
    *((view, "en") for view in VIEWS),
    *((view, "zh") for view in VIEWS if "help" not in view),
]


@pytest.mark.parametrize(("view", "lang"), SHOWN)
def test_what_is_shown(
    view: str, lang: str, facts: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Word for word. To keep a change, delete the golden, run the test, and read what it wrote."""
    monkeypatch.setenv("LANG", "zh_CN.UTF-8" if lang == "zh" else "en_GB.UTF-8")
    assert main([facts if argument == "FACTS" else argument for argument in VIEWS[view]]) == 0
    shown = capsys.readouterr().out
    golden = GOLDEN / "cli" / f"{view}.{lang}.80.txt"
    if not golden.exists():
        golden.write_text(shown, "utf-8", newline="")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert shown == golden.read_bytes().decode("utf-8")


@pytest.mark.parametrize("columns", [40, 60, 80, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(
    lang: str, columns: int, facts: str, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(columns))
    assert main(["calendar", facts, *DUTIES, "--lang", lang, "--from", "2019-06-01"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line for line in lines if cell_len(line) > columns or line != line.rstrip()] == []
    assert not any("\x1b" in line for line in lines)


def test_all_of_several_are_counted_and_some_are_named(
    facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    main(["calendar", facts, *DUTIES, "--from", "2019-11-19", "--until", "2019-11-30"])
    shown = capsys.readouterr().out
    assert "all 4 stations" in shown
    main(["calendar", facts, *DUTIES, "--subject", "bureaus/B1", "--until", "2019-11-19"])
    shown = capsys.readouterr().out
    assert "黄石派出所, 新度派出所" in shown
    assert "all" not in shown


def test_what_was_met_late_has_its_day(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = {"id": "S1", "smart_area_completed_on": "2020-03-09"}
    path = write(tmp_path / "late.json", {"as_of": "2020-04-01", "stations": [station]})
    main(["calendar", path, *DUTIES, "--from", "2019-12-31", "--until", "2019-12-31"])
    first, second = re.findall(r".*(?:met late|2020-03-09).*\n", capsys.readouterr().out)
    assert first.index("met late") == second.index("2020-03-09")


def days(facts: str, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[str, str]:
    """The first and the last day that are asked for."""
    assert main(["calendar", facts, *DUTIES, "--format", "json", *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    return answer["from"], answer["until"]


def test_the_days_are_those_of_a_year_by_default(
    facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert days(facts, capsys) == ("2019-11-15", "2020-11-14")
    assert days(facts, capsys, "--as-of", "2020-02-29") == ("2020-02-29", "2021-02-27")
    assert days(facts, capsys, "--from", "2019-09-01") == ("2019-09-01", "2020-08-31")
    assert days(facts, capsys, "--until", "2019-11-15") == ("2019-11-15", "2019-11-15")
    assert days(facts, capsys, "--from", "2199-06-01") == ("2199-06-01", "2199-12-31")


def test_as_json(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--subject", "stations/S1", "--from", "2019-11-30", "--until", "2019-11-30"]
    assert main(["calendar", facts, *DUTIES, *options, "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert shown.err == "as of 2019-11-15 (from the document)\n"
    answer = json.loads(shown.out)
    lists = {name: answer.pop(name) for name in ("due", "without_period")}
    assert len(answer.pop("fingerprint")) == 64
    assert answer == {
        "format": 1,
        "directive": "duties",
        "as_of": "2019-11-15",
        "readings": {},
        "from": "2019-11-30",
        "until": "2019-11-30",
        "subject": "stations/S1",
    }
    assert [(due["period"], due["cite"], due["status"]) for due in lists["due"]] == [
        ("2019-11-01/2019-11-30", "1.2/1b", "met")
    ]
    assert [(due["cite"], due["needs"]) for due in lists["without_period"]] == [
        ("1.2/3", ["parameters.drill_period"])
    ]


def test_the_file_is_the_same_wherever_it_goes(facts: str, tmp_path: Path) -> None:
    command = ["calendar", facts, *DUTIES, "--lang", "zh", "--format", "ics"]
    target = tmp_path / "calendar.ics"
    ran = run(*command, "--output", str(target), cwd=ROOT)
    assert (ran.status, ran.out) == (0, "")
    written = target.read_bytes()
    assert written.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert b"\r\r" not in written
    assert Calendar.from_ical(written).to_ical() == written
    # A terminal that does not speak UTF-8 gets the file as it is: it is meant for a calendar.
    ran = run(*command, cwd=ROOT, PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert ran.out.encode() == written
    assert ran.status == 0
    # What goes to a device is not changed either.
    assert run(*command, "--output", os.devnull, cwd=ROOT).status == 0


def test_what_is_left_out_of_the_file_is_said(
    facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["calendar", facts, *DUTIES, "--format", "ics"]
    main(command)
    assert capsys.readouterr().err == (
        "as of 2019-11-15 (from the document)\n"
        "1.2/3: no period is set, so they are not in it; set one with --set PARAMETER=monthly or "
        "the like (see directive --parameters)\n"
    )
    main([*command, "--lang", "zh"])
    assert capsys.readouterr().err == (
        "基准日期 2019-11-15（取自数据）\n"
        "1.2/3 未定周期，未列入；可用 --set 参数=每月 等设定（见 directive --parameters）\n"
    )
    main([*command, "--set", "drill_period=yearly"])
    assert capsys.readouterr().err == "as of 2019-11-15 (from the document)\n"


@pytest.mark.parametrize(
    ("written", "rule"),
    [
        ("daily", "FREQ=DAILY"),
        ("Weekly", "FREQ=WEEKLY"),
        (" monthly ", "FREQ=MONTHLY"),
        ("quarterly", "FREQ=MONTHLY;INTERVAL=3"),
        ("half-yearly", "FREQ=MONTHLY;INTERVAL=6"),
        ("yearly", "FREQ=YEARLY"),
        ("每日", "FREQ=DAILY"),
        ("每周", "FREQ=WEEKLY"),
        ("每月", "FREQ=MONTHLY"),
        ("每季度", "FREQ=MONTHLY;INTERVAL=3"),
        ("每半年", "FREQ=MONTHLY;INTERVAL=6"),
        ("每年", "FREQ=YEARLY"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "FREQ=MONTHLY;BYMONTHDAY=15"),
        ("freq=weekly;byday=mo,fr", "FREQ=WEEKLY;BYDAY=MO,FR"),
    ],
)
def test_how_often_can_be_set(
    written: str, rule: str, facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    command = ["calendar", facts, *DUTIES, "--format", "json", "--from", "2020-01-01"]
    assert main([*command, "--set", f"drill_period={written}"]) == 0
    due = json.loads(capsys.readouterr().out)["due"]
    assert {each["every"] for each in due if each["cite"] == "1.2/3"} == {rule}


_OFTEN = (
    "expected how often: daily, weekly, monthly, quarterly, half-yearly, yearly, or a rule of "
    "RFC 5545 such as `FREQ=WEEKLY;BYDAY=TU,TH`, found"
)
BAD: dict[str, tuple[list[str], str]] = {
    "no word": (["--set", "drill_period=often"], f'--set drill_period: {_OFTEN} "often"'),
    "a rule that ends": (
        ["--set", "drill_period=FREQ=WEEKLY;COUNT=3"],
        f'--set drill_period: {_OFTEN} "FREQ=WEEKLY;COUNT=3"',
    ),
    "a day that never comes": (
        ["--set", "drill_period=FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"],
        f'--set drill_period: {_OFTEN} "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"',
    ),
    "days": (
        ["--from", "2019-9-1", "--until", "soon"],
        '--from: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, found "2019-9-1"'
        '\n--until: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, found "soon"',
    ),
    "backwards": (
        ["--until", "2019-09-01"],
        "--from --until: the first day, 2019-11-15, is after the last, 2019-09-01; correct one of "
        "them",
    ),
    "subject": (
        ["--subject", "S1"],
        '--subject: there is no fact "S1"; did you mean `stations/S1`?',
    ),
    "format": (
        ["--format", "xls"],
        "Invalid value for '--format': 'xls' is not one of 'table', 'json', 'ics'.",
    ),
    "output": (
        ["--output", "FACTS", "--format", "ics"],
        "--output FACTS: it cannot be written (it holds the facts that are read); check the path "
        "and its permissions",
    ),
}


@pytest.mark.parametrize("of", BAD)
def test_what_is_refused(of: str, facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    options, message = BAD[of]
    given = [facts if option == "FACTS" else option for option in options]
    assert main(["calendar", facts, *DUTIES, *given]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.endswith(f"{message.replace('FACTS', facts)}\n")
    assert Path(facts).read_text("utf-8").startswith('{"as_of"')


def test_what_is_refused_in_chinese(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    for options, message in (
        (
            ["--set", "drill_period=经常"],
            "--set drill_period：应为周期：每日、每周、每月、每季度、每半年、每年，或 RFC 5545 "
            '的规则，如 `FREQ=WEEKLY;BYDAY=TU,TH`，实为 "经常"',
        ),
        (
            ["--until", "2019-09-01"],
            "--from --until：起始日期 2019-11-15 晚于截止日期 2019-09-01；请改正其一",
        ),
        (["--format", "xls"], "`--format` 应为 table 或 json 或 ics"),
    ):
        assert main(["calendar", facts, *DUTIES, "--lang", "zh", *options]) == 2
        assert capsys.readouterr().err.endswith(f"{message}\n")


def test_before_the_directive_nothing_is_due(
    facts: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["calendar", facts, *DUTIES, "--as-of", "2019-07-15"]) == 0
    shown = capsys.readouterr().out
    assert "before 2019-07-16, when it was issued: nothing applies" in shown
    assert shown.endswith("nothing falls due\n")


@pytest.mark.parametrize("engine", ["python", "interpreter"])
def test_the_directive_of_putian(
    engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = {"id": "S1", "name": "黄石派出所", "pilot": True, "setting": "urban"}
    document = {"as_of": "2019-09-01", "stations": [station], "complete": ["workstations"]}
    path = write(tmp_path / "facts.json", document)
    options = ["--until", "2021-12-31", "--format", "json", "--engine", engine]
    assert main(["calendar", path, *options]) == 0
    answer = json.loads(capsys.readouterr().out)
    deadlines = {
        (due["cite"], due["due"]): (due["modality"], due["status"])
        for due in answer["due"]
        if due["kind"] == "deadline"
    }
    assert deadlines["4.2/3", "2019-12-31"] == ("must", "open")
    assert deadlines["4.2/5", "2021-12-31"] == ("must", "open")
    assert deadlines["4.4/2b", "2021-12-31"][0] == "target"
    assert deadlines["4.1/2c", "2019-12-31"][0] == "must"
    assert ("4.2/4", "2020-12-31") not in deadlines
    study = [due["due"] for due in answer["due"] if due["cite"] == "1.1/2b"]
    assert study[:3] == ["2019-09-03", "2019-09-05", "2019-09-10"]
    quarters = [due["period"] for due in answer["due"] if due["cite"] == "1.2/2b"]
    assert quarters[0] == "2019-10-01/2019-12-31"
    assert {due["cite"] for due in answer["without_period"]} == {
        "1.3/1b", "1.3/1c", "5.2/3b", "6.4/1a",
    }  # fmt: skip
