"""The command line: files, terminals of all kinds, conflicts, and what goes wrong."""

import json
import os
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from policy_rules.cli import check, main
from tests.support.command_line import MIXED, run, write
from tests.support.places import ROOT


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


_CONFLICTING = """
from datetime import date
from policy_rules.police import Station
from policy_rules.language import Clause, Directive, subject

clause = Clause("1", "一", "one")
s1, s2, s3, s4 = clause.sentences(4)
station = subject(Station)
size = clause.defines(station, "size", int)("规模", "size").by(
    s1("大").makes(3, when=station.officers >= 10),
    s2("中").makes(2, when=station.pilot),
    otherwise=s3("小").makes(1),
)
s4("大")("够大", "is big").demands(station, size.of(station) >= 2)
MINE = Directive(
    id="mine", number="试", zh="试行", en="made up", issued=date(2019, 1, 1),
    sentences={f"1/{number}": "" for number in range(1, 5)},
    clauses=[clause],
)
"""


def test_conflicts_are_shown_and_set_the_status(tmp_path: Path) -> None:
    (tmp_path / "mine.py").write_text(_CONFLICTING, "utf-8")
    path = write(tmp_path / "facts.json", {key: MIXED[key] for key in ("as_of", "stations")})
    own = ["--directive", "mine:MINE"]
    ran = run("decide", path, *own, cwd=tmp_path)
    assert (ran.status, ran.err) == (1, "")
    assert "黄石派出所 S1              size       conflict       1/1 1/2" in ran.out
    ran = run("decide", path, *own, "--format", "json", cwd=tmp_path)
    assert json.loads(ran.out)["decisions"][0] == {
        "subject": "stations/S1",
        "name": "size",
        "value": None,
        "cites": [],
        "conflict": ["1/1", "1/2"],
        "needs": [],
    }
    ran = run("audit", path, *own, cwd=tmp_path)
    assert (ran.status, ran.err) == (1, "")
    assert "Worst gaps (all 2)" in ran.out
    tables = str(tmp_path / "facts.duckdb")
    with duckdb.connect(tables) as connection:
        connection.execute("CREATE TABLE stations AS SELECT 'S1' AS id, 14 AS officers, TRUE pilot")
    for of in (path, tables):
        for named, status in (("conflict", 1), ("breached,missed", 0)):
            ran = run("decide", of, *own, "--fail-on", named, cwd=tmp_path)
            assert ran.status == status, (of, named)
    ran = run("explain", path, *own, "--subject", "stations/S1", cwd=tmp_path)
    assert (ran.status, ran.err) == (1, "")
    assert "1 sentence 2" in ran.out


def test_output_is_written_whole_and_kept_if_not(
    mixed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "answers.json"
    assert main(["check", mixed, "--format", "json", "--output", str(target)]) == 1
    assert capsys.readouterr().out == ""
    kept = target.read_text("utf-8")
    assert len(json.loads(kept)["verdicts"]) == 5
    target.chmod(0o640)
    bad = write(tmp_path / "bad.json", {"stations": [{"id": "S1", "officers": -1}]})
    assert main(["check", bad, "--format", "json", "--output", str(target)]) == 2
    assert target.read_text("utf-8") == kept
    link = tmp_path / "link.txt"
    link.symlink_to(target)
    assert main(["check", mixed, "--lang", "zh", "--output", str(link)]) == 1
    assert link.is_symlink()
    assert "须报批豁免" in target.read_text("utf-8")
    assert target.stat().st_mode & 0o777 == 0o640
    assert sorted(os.listdir(tmp_path)) == ["answers.json", "bad.json", "facts.json", "link.txt"]


def test_a_device_is_written_to_and_not_replaced(mixed: str) -> None:
    assert main(["check", mixed, "--output", os.devnull]) == 1
    assert not Path(os.devnull).is_file()


def test_a_pipe_can_be_named(mixed: str) -> None:
    command = [sys.executable, "-m", "policy_rules.cli", "audit", mixed, "--output", "/dev/stdout"]
    done = subprocess.run(command, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert done.stdout.decode().startswith("莆政办")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "gbk", "utf-8"])
def test_any_encoding_of_the_terminal(encoding: str, mixed: str) -> None:
    environment = {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    process = [sys.executable, "-m", "policy_rules.cli", "check", mixed, "--lang", "zh"]
    for options in ([], ["--format", "json"]):
        ran = subprocess.run(
            [*process, *options],
            capture_output=True,
            env=os.environ | environment | {"PYTHONPATH": str(ROOT)},
            check=False,
        )
        assert ran.returncode == 1
        assert b"Traceback" not in ran.stderr
        if options:
            reasons = json.loads(ran.stdout.decode("utf-8"))["verdicts"][0]["reasons"]
            assert "原则上" in reasons[0]["zh"]
        else:
            assert ("可以实施" in ran.stdout.decode(encoding)) is (encoding in ("gbk", "utf-8"))


def test_the_c_locale(mixed: str) -> None:
    ran = run("audit", mixed, LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert ran.status == 1
    assert "Traceback" not in ran.err


def test_a_reader_that_has_seen_enough(mixed: str) -> None:
    command = f"'{sys.executable}' -m policy_rules.cli audit '{mixed}' --format json | head -n 1"
    ran = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8"},
        check=False,
    )
    assert ran.stdout == b"{\n"
    assert ran.stderr == b"as of 2019-09-01 (from the document)\n"


def test_colour_only_where_there_is_a_terminal(mixed: str, tmp_path: Path) -> None:
    assert "\x1b[" not in run("check", mixed).out
    assert "\x1b[" in run("check", mixed, FORCE_COLOR="1", TERM="xterm-256color").out
    target = tmp_path / "answers.txt"
    run("check", mixed, "--output", str(target), FORCE_COLOR="1", TERM="xterm-256color")
    assert "\x1b[" not in target.read_text("utf-8")


@pytest.mark.parametrize(
    ("raised", "status", "message"),
    [
        (KeyboardInterrupt(), 130, "interrupted"),
        (OSError(28, "No space left on device"), 2, "cannot write (No space left on device)"),
        (KeyError("x"), 2, "internal error (test_output.py:"),
    ],
)
def test_no_traceback_reaches_the_user(
    raised: BaseException,
    status: int,
    message: str,
    mixed: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(*_: object) -> None:
        raise raised

    monkeypatch.setattr(check, "asked", fail)
    assert main(["check", mixed]) == status
    shown = capsys.readouterr()
    assert shown.out == ""
    assert message in shown.err
    assert "Traceback" not in shown.err


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("policy-rules ")


def test_the_library_does_without_the_terminal() -> None:
    code = (
        "import sys, datetime, policy_rules as pr\n"
        "pr.load('putian-2019-52').policy(as_of=datetime.date(2019, 9, 1))\n"
        "print([name for name in ('click', 'rich') if name in sys.modules])\n"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    assert ran.stdout == "[]\n"


@pytest.mark.parametrize("as_directory", [False, True])
def test_the_facts_are_not_overwritten_by_the_answers(
    as_directory: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = tmp_path / ("stations.csv" if as_directory else "facts.json")
    content = "id,pilot\nS,true\n" if as_directory else '{"stations": [{"id": "S"}]}'
    facts.write_text(content, "utf-8")
    read = tmp_path if as_directory else facts
    assert main(["audit", str(read), "--output", str(facts), "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "it holds the facts that are read" in shown.err
    assert facts.read_text("utf-8") == content
