"""Bad options and usage: every kind with its message, status 2 and nothing on standard output."""

import sys
from fractions import Fraction
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.formats.choices import parameter_value
from policy_rules.language import BOOLEAN, DATE, RATIONAL, TEXT, TEXTS, Parameter, Type, choice_of
from policy_rules.police import DutyMode
from tests.support.command_line import MIXED, run, write


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines on standard error of a command that is refused."""
    assert main(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err.splitlines()


RULES = pr.load("putian-2019-52").rules
_READINGS = ", ".join(f"`{name}`" for name in RULES.readings)
_DECISIONS = ", ".join(
    f"`{name}`" for name in dict.fromkeys(each.name for each in RULES.definitions.values())
)
_STATION = ", ".join(f"`{name}`" for name in RULES.named(pr.Station))
OPTIONS: dict[str, tuple[list[str], list[str]]] = {
    "date": (
        ["audit", "FACTS", "--as-of", "2019-02-30"],
        [
            "--as-of: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, "
            'found "2019-02-30"'
        ],
    ),
    "date in another form": (
        ["audit", "FACTS", "--as-of", "20190901"],
        [
            "--as-of: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, "
            'found "20190901"'
        ],
    ),
    "reading": (
        ["audit", "FACTS", "--reading", "strength=sworn"],
        [
            '--reading: there is no reading "strength"; did you mean `strength_counts`? '
            f"there are {_READINGS}"
        ],
    ),
    "option of a reading": (
        ["audit", "FACTS", "--reading", "strength_counts=all"],
        [
            '--reading strength_counts: there is no option "all"; '
            "there are `sworn`, `sworn_and_auxiliary`"
        ],
    ),
    "form of a reading": (
        ["audit", "FACTS", "--reading", "strength_counts"],
        ['--reading: expected NAME=OPTION, found "strength_counts"'],
    ),
    "a reading twice": (
        ["audit", "FACTS", *["--reading", "strength_counts=sworn"] * 2],
        ["--reading: `strength_counts` is given more than once; keep one"],
    ),
    "whole number": (
        ["audit", "FACTS", "--set", "two_team_strength=12.0"],
        ['--set two_team_strength: expected a whole number, found "12.0"'],
    ),
    "number out of bounds": (
        ["audit", "FACTS", "--set", "two_team_strength=0"],
        ["--set: parameter `two_team_strength` is 1 or more, found 0"],
    ),
    "huge parameter": (
        ["audit", "FACTS", "--set", "two_team_strength=1" + "0" * 5000],
        [
            '--set two_team_strength: expected a whole number, found "1' + "0" * 59 + '…"',
        ],
    ),
    "a share that is not in per cent": (
        ["audit", "FACTS", "--set", "county_share=40"],
        [
            "--set county_share: expected a share such as 2/5, 0.4 or 40%, in per cent where it is "
            'above 1, found "40"'
        ],
    ),
    "parameter that is a fraction": (
        ["audit", "FACTS", "--set", "county_share=2/0"],
        [
            "--set county_share: expected a whole number, a fraction, a decimal or a percentage "
            'such as 2/5, 0.4 or 40%, found "2/0"'
        ],
    ),
    "parameter that is a date": (
        ["audit", "FACTS", "--set", "changeover=soon"],
        ['--set changeover: expected a date such as 2019-09-01, found "soon"'],
    ),
    "parameter that is a set": (
        ["audit", "FACTS", "--set", "three_teams=community,dogs"],
        [
            "--set three_teams: expected one or more of `community`, `case`, `patrol`, "
            '`command`, separated by commas, or `-` for none, found "community,dogs"'
        ],
    ),
    "empty parameter": (
        ["audit", "FACTS", "--set", "three_teams="],
        [
            "--set three_teams: expected one or more of `community`, `case`, `patrol`, "
            '`command`, separated by commas, or `-` for none, found ""'
        ],
    ),
    "engine": (
        ["audit", "FACTS", "--engine", "pyhton"],
        [
            '--engine: there is no engine "pyhton"; did you mean `python`? '
            "there are `python`, `interpreter`, `durable`, `sql`"
        ],
    ),
    "directive": (
        ["audit", "FACTS", "--directive", "putian-2020-1"],
        [
            "--directive: no directive `putian-2020-1`; there is `putian-2019-52`, "
            "and your own as `module:NAME`"
        ],
    ),
    "module": (
        ["directive", "--directive", "nowhere:MINE"],
        [
            "--directive: no module `nowhere` for `nowhere:MINE`; it is looked for among what is "
            "installed, on PYTHONPATH, and by the command line where it is run"
        ],
    ),
    "subject": (
        ["explain", "FACTS", "--subject", "stations/S9"],
        ['--subject: there is no fact "stations/S9"; did you mean `stations/S3`?'],
    ),
    "subject without its collection": (
        ["explain", "FACTS", "--subject", "A1"],
        ['--subject: there is no fact "A1"; did you mean `cases/A1`?'],
    ),
    "subject like none": (
        ["explain", "FACTS", "--subject", "?"],
        ['--subject: there is no fact "?"; give a key of the document, such as `collection/ID`'],
    ),
    "decision": (
        ["decide", "FACTS", "--name", "duty_mod"],
        [
            '--name: there is no decision "duty_mod"; did you mean `duty_mode`? there are '
            f"{_DECISIONS}"
        ],
    ),
    "decision of the subject": (
        ["explain", "FACTS", "--subject", "stations/S1", "--name", "needs_admission"],
        [
            '--name: there is no decision of a police station "needs_admission"; '
            f"there are {_STATION}"
        ],
    ),
    "citation": (
        ["explain", "FACTS", "--subject", "cases/A1", "--cite", "5.1/1"],
        [
            '--cite: there is no rule for a criminal case with the citation "5.1/1"; '
            "did you mean `3.1/1`? there are `3.1/1`, `3.1/2`, `3.1/2a`"
        ],
    ),
    "name and citation": (
        ["explain", "FACTS", "--subject", "S", "--name", "a", "--cite", "b"],
        ["--name --cite: they exclude each other; give one of them"],
    ),
    "two views": (
        ["directive", "--coverage", "--check-text", "FACTS"],
        ["--coverage --check-text: they exclude each other; give one of them"],
    ),
    "no text": (
        ["directive", "--check-text", "/nowhere.md"],
        [
            "/nowhere.md: expected something that can be read, found an error "
            "(No such file or directory); check the path and its permissions"
        ],
    ),
    "output in no directory": (
        ["check", "FACTS", "--output", "/nowhere/answers.txt"],
        [
            "--output /nowhere/answers.txt: it cannot be written (its directory does not exist); "
            "check the path and its permissions"
        ],
    ),
    "output to a directory": (
        ["directive", "--output", "/"],
        [
            "--output /: it cannot be written (it is a directory); "
            "check the path and its permissions"
        ],
    ),
    "output where nothing can be": (
        ["check", "FACTS", "--output", "/proc/answers.txt"],
        [
            "--output /proc/answers.txt: it cannot be written (No such file or directory); "
            "check the path and its permissions"
        ],
    ),
    "output of another kind": (
        ["audit", "FACTS", "--output", "answers.pdf"],
        [
            "--output answers.pdf: this command writes nothing as .pdf; give a name in one of "
            ".txt .json .csv .parquet .html .htm .docx .xlsx"
        ],
    ),
    "output of a form that another command writes": (
        ["check", "FACTS", "--output", "answers.html"],
        [
            "--output answers.html: this command writes nothing as .html; give a name in one of "
            ".txt .json .csv .parquet"
        ],
    ),
    "output whose name ends as nothing does": (
        ["decide", "FACTS", "--output", "answers.jsno"],
        [
            "--output answers.jsno: this command writes nothing as .jsno; give a name in one of "
            ".txt .json .csv .parquet"
        ],
    ),
    "rows under another name": (
        ["decide", "FACTS", "--format", "csv", "--output", "answers.txt"],
        ["--output answers.txt: csv goes into a file in .csv; give another name"],
    ),
    "rows where there is no file": (
        ["audit", "FACTS", "--format", "csv"],
        ["--output: csv goes into a file; name one with --output NAME.csv"],
    ),
    "output in a form that its name does not promise": (
        ["audit", "FACTS", "--format", "html", "--output", "answers.json"],
        ["--output answers.json: html goes into a file in .html .htm; give another name"],
    ),
    "output in JSON under another name": (
        ["audit", "FACTS", "--format", "table", "--output", "answers.json"],
        [
            "--output answers.json: a file in .json goes with --format json; "
            "add it, or give another name"
        ],
    ),
    "output of what is not for a terminal": (
        ["audit", "FACTS", "--format", "docx"],
        ["--output: docx goes into a file; name one with --output NAME.docx"],
    ),
    "output of a directive in Parquet": (
        ["directive", "--output", "answers.parquet"],
        [
            "--output answers.parquet: this command writes nothing as .parquet; give a name in one "
            "of .txt .json"
        ],
    ),
    "everything at once": (
        ["check", "FACTS", "--as-of", "now", "--engine", "x", "--reading", "a=b", "--set", "=1"],
        [
            "--as-of: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, "
            'found "now"',
            '--engine: there is no engine "x"; there are `python`, `interpreter`, `durable`, `sql`',
            f'--reading: there is no reading "a"; there are {_READINGS}',
            '--set: expected PARAMETER=VALUE, found "=1"',
        ],
    ),
    "no command": (
        [],
        [
            "usage: policy-rules [OPTIONS] COMMAND [ARGS]...",
            "help: policy-rules --help",
            "Missing command.",
        ],
    ),
    "unknown command": (
        ["nothing"],
        [
            "usage: policy-rules [OPTIONS] COMMAND [ARGS]...",
            "help: policy-rules --help",
            "No such command 'nothing'.",
        ],
    ),
    "no document": (
        ["audit"],
        [
            "usage: policy-rules audit [OPTIONS] FACTS",
            "help: policy-rules audit --help",
            "Missing argument 'FACTS'.",
        ],
    ),
}
CHINESE: dict[str, tuple[list[str], str]] = {
    "date": (
        ["audit", "FACTS", "--as-of", "now"],
        '--as-of：应为 1900-01-01 至 2199-12-31 的日期，如 2019-09-01，实为 "now"',
    ),
    "reading": (
        ["audit", "FACTS", "--reading", "strength=sworn"],
        '--reading：没有口径 "strength"；是否指 `strength_counts`？现有 ' + _READINGS,
    ),
    "number": (
        ["audit", "FACTS", "--set", "two_team_strength=x"],
        '--set two_team_strength：应为整数，实为 "x"',
    ),
    "number out of bounds": (
        ["audit", "FACTS", "--set", "two_team_strength=0"],
        "--set：参数 `two_team_strength` 应不小于 1，实为 0",
    ),
    "set": (
        ["audit", "FACTS", "--set", "three_teams=x"],
        "--set three_teams：应为用逗号分隔的 `community`, `case`, `patrol`, `command`，"
        '没有的写“无”，实为 "x"',
    ),
    "engine": (
        ["audit", "FACTS", "--engine", "x"],
        '--engine：没有引擎 "x"；现有 `python`, `interpreter`, `durable`, `sql`',
    ),
    "directive": (
        ["audit", "FACTS", "--directive", "x"],
        "--directive：没有文件 `x`；现有 `putian-2019-52`，自己的写作 `module:NAME`",
    ),
    "subject": (
        ["explain", "FACTS", "--subject", "A1"],
        '--subject：没有事实 "A1"；是否指 `cases/A1`？',
    ),
    "decision": (
        ["explain", "FACTS", "--subject", "stations/S1", "--name", "x"],
        f'--name：没有关于派出所的认定事项 "x"；现有 {_STATION}',
    ),
    "output": (
        ["audit", "FACTS", "--output", "/"],
        "--output /：无法写入（是目录）；请检查路径和权限",
    ),
    "two views": (
        ["directive", "--readings", "--check-text", "x"],
        "--readings --check-text：两个选项不能同时使用；请只保留一个",
    ),
    "no command": ([], "缺少命令"),
    "unknown command": (["nothing"], "没有此命令"),
    "no document": (["audit"], "缺少 FACTS"),
    "no subject": (["explain", "FACTS"], "缺少选项 `--subject`"),
    "two documents": (["audit", "FACTS", "FACTS"], "参数过多"),
    "unknown option": (["audit", "FACTS", "--wrost", "3"], "没有选项 `--wrost`"),
    "format": (
        ["audit", "FACTS", "--format", "xml"],
        "`--format` 应为 table 或 json 或 csv 或 parquet 或 html 或 docx 或 xlsx 或 report-json",
    ),
    "how many": (["audit", "FACTS", "--worst", "-1"], "`--worst` 应为不小于 0 的整数"),
    "no value": (
        ["audit", "FACTS", "--worst"],
        "选项 `--worst` 的用法有误：它后面应有一个值，或者不应有值",
    ),
}


@pytest.fixture
def facts(tmp_path: Path) -> str:
    """A sound document."""
    return write(tmp_path / "facts.json", MIXED)


@pytest.mark.parametrize("of", OPTIONS)
def test_options(of: str, facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments, expected = OPTIONS[of]
    given = [facts if argument == "FACTS" else argument for argument in arguments]
    assert refused(capsys, *given) == expected


@pytest.mark.parametrize("of", CHINESE)
def test_options_in_chinese(
    of: str, facts: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments, expected = CHINESE[of]
    given = [facts if argument == "FACTS" else argument for argument in arguments]
    monkeypatch.setenv("LANG", "zh_CN.UTF-8")
    assert refused(capsys, *given)[-1] == expected


def test_modules_that_fail(tmp_path: Path, facts: str) -> None:
    (tmp_path / "broken.py").write_text("DIRECTIVE = 1 / 0\n", "utf-8")
    (tmp_path / "faulty.py").write_text(
        "from attrs import evolve\n"
        "from policy_rules.directives.putian_2019_52 import DIRECTIVE as OURS\n"
        "DIRECTIVE = evolve(OURS, sentences={})\n"
        "NONE = 1\n",
        "utf-8",
    )
    ran = run("audit", facts, "--directive", "broken:DIRECTIVE", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"--directive broken:DIRECTIVE {tmp_path / 'broken.py'}:1: its module fails "
        "(ZeroDivisionError: division by zero)\n"
    )
    ran = run("audit", facts, "--directive", "faulty:DIRECTIVE", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")
    lines = ran.err.splitlines()
    assert lines
    assert all(line.startswith("--directive faulty:DIRECTIVE") for line in lines)
    ran = run("audit", facts, "--directive", "faulty:NONE", cwd=tmp_path)
    assert (ran.status, ran.out) == (2, "")


@pytest.mark.parametrize("command", ["audit", "explain", "watch", "directive"])
def test_a_module_that_ends_the_program(
    command: str,
    tmp_path: Path,
    facts: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing was answered, whatever status it wants; nor read, which an own class may break."""

    def unread(*_: object, **__: object) -> None:
        raise AssertionError("read without the classes of its directive")

    monkeypatch.setattr("policy_rules.cli.inputs.read", unread)
    (tmp_path / "ending.py").write_text("import sys\nsys.exit(0)\n", "utf-8")
    monkeypatch.chdir(tmp_path)
    more = {"explain": [facts, "--subject", "x/y"], "watch": [facts, "--events", "x"]}
    arguments = [*more.get(command, [facts] if command == "audit" else [])]
    told = refused(capsys, command, *arguments, "--directive", "ending:DIRECTIVE")
    place = f"--directive ending:DIRECTIVE {tmp_path / 'ending.py'}:2"
    assert f"{place}: its module fails (SystemExit: 0)" in told


def _parameter(kind: Type) -> Parameter:
    return Parameter("p", kind, (), "5.1/1", "q", "参数", "parameter")


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        (BOOLEAN, "是", True),
        (BOOLEAN, "no", False),
        (BOOLEAN, "1", None),
        (TEXT, "任意 text", "任意 text"),
        (TEXTS, "3503，3504", frozenset({"3503", "3504"})),
        (TEXTS, "", None),
        (DATE, "2019-13-01", None),
        (choice_of(DutyMode), "两队一室", DutyMode.TWO_TEAMS_ONE_ROOM),
        (choice_of(DutyMode), "none", None),
    ],
)
def test_values_of_types_that_no_parameter_has_yet(kind: Type, text: str, expected: object) -> None:
    assert parameter_value(_parameter(kind), text) == expected


def test_an_engine_that_cannot_be_imported(
    facts: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The option is at fault, not the document."""
    monkeypatch.setitem(sys.modules, "durable_rules_engine", None)
    options = ["--engine", "durable", "--as-of", "2018-01-02"]
    (line,) = refused(capsys, "check", facts, *options)
    assert line.startswith("--engine: engine `durable` needs durable-rules, which cannot be ")
    assert "install `policy-rules[durable]`" in line
    assert line.endswith("or use `python`")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2/5", Fraction(2, 5)),
        ("0.4", Fraction(2, 5)),
        ("40%", Fraction(2, 5)),
        ("４０％", Fraction(2, 5)),
        (" 12.5% ", Fraction(1, 8)),
        ("-0.1", Fraction(-1, 10)),
        ("1", Fraction(1)),
        ("2/0", None),
        ("2/5%", None),
        (".4", None),
        ("4e-1", None),
        ("40%%", None),
        ("1,5", None),
        ("四成", None),
        ("", None),
    ],
)
def test_a_share_in_all_its_spellings(text: str, expected: Fraction | None) -> None:
    assert parameter_value(_parameter(RATIONAL), text) == expected


def test_a_share_that_is_set_in_per_cent(facts: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = []
    for share in ("2/5", "0.4", "40%"):
        assert main(["audit", facts, "--format", "json", "--set", f"community_share={share}"]) == 1
        shown.append(capsys.readouterr().out)
    assert shown[0] == shown[1] == shown[2]
