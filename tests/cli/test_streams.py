"""Standard streams that are closed, full or no longer read; and Ctrl-C at any moment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from policy_rules.cli import main
from tests.support.command_line import MIXED, write
from tests.support.places import ROOT

COMMANDS = {
    "decide": (["decide", "facts.json"], 1),
    "check": (["check", "facts.json", "--format", "json"], 1),
    "audit": (["audit", "facts.json"], 1),
    "explain": (["explain", "facts.json", "--subject", "stations/S1", "--name", "duty_mode"], 0),
    "calendar": (["calendar", "facts.json", "--format", "ics"], 0),
    "sensitivity": (["sensitivity", "facts.json"], 0),
    "watch": (["watch", "facts.json", "--events", "events.jsonl"], 0),
    "directive": (["directive", "--readings"], 0),
    "help": (["--help"], 0),
    "version": (["--version"], 0),
}
each_command = pytest.mark.parametrize(
    ("arguments", "status"), COMMANDS.values(), ids=COMMANDS.keys()
)
REFUSED = "nope.json: expected a JSON file or a directory of CSV files, found nothing; "


@pytest.fixture(scope="module")
def directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the commands find what they read."""
    made = tmp_path_factory.mktemp("streams")
    write(made / "facts.json", MIXED)
    (made / "events.jsonl").touch()
    return made


def shell(directory: Path, arguments: list[str], streams: str) -> tuple[int, str, str]:
    """Run a command whose streams a shell has connected."""
    script = f'exec "$0" -m policy_rules.cli "$@" {streams}'
    ran = subprocess.run(
        ["sh", "-c", script, sys.executable, *arguments],
        cwd=directory,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    return ran.returncode, ran.stdout.decode(), ran.stderr.decode()


@each_command
def test_standard_output_is_closed(directory: Path, arguments: list[str], status: int) -> None:
    ended, _, told = shell(directory, arguments, ">&-")
    assert ended == 2
    assert "cannot write (Bad file descriptor)" in told.splitlines()[-1]
    assert "Traceback" not in told


@each_command
def test_standard_output_is_full(directory: Path, arguments: list[str], status: int) -> None:
    ended, _, told = shell(directory, arguments, ">/dev/full")
    assert ended == 2
    assert "cannot write (No space left on device)" in told.splitlines()[-1]
    assert "Traceback" not in told


@each_command
def test_nobody_reads(directory: Path, arguments: list[str], status: int) -> None:
    """The pipe is closed before anything is written."""
    reading, writing = os.pipe()
    os.close(reading)
    with subprocess.Popen(
        [sys.executable, "-m", "policy_rules.cli", *arguments],
        cwd=directory,
        stdout=writing,
        stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": str(ROOT), "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8"},
    ) as process:
        os.close(writing)
        assert process.stderr is not None
        said = process.stderr.read().decode()
    assert process.returncode in (0, status)
    assert [line for line in said.splitlines() if not line.startswith(("as of ", "1.3/1b, "))] == []


@each_command
def test_nothing_is_said_or_typed(
    directory: Path,
    arguments: list[str],
    status: int,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Neither is needed: the answers are those of every day."""
    monkeypatch.chdir(directory)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    assert main(arguments) == status
    usual = capsys.readouterr().out
    assert shell(directory, arguments, "<&- 2>/dev/full") == (status, usual, "")


@pytest.mark.parametrize("streams", ["2>/dev/full", "2>&-", ">&- 2>&- <&-", "<&- 2>&-"])
def test_a_refusal_that_nobody_hears(directory: Path, streams: str) -> None:
    assert shell(directory, ["audit", "nope.json"], streams) == (2, "", "")
    assert shell(directory, ["audit"], streams) == (2, "", "")


def test_a_refusal_needs_no_standard_output(directory: Path) -> None:
    ended, _, told = shell(directory, ["audit", "nope.json"], ">&-")
    assert (ended, told) == (2, f"{REFUSED}check the path\n")


def test_a_file_does_not_take_the_place_of_a_closed_stream(directory: Path) -> None:
    """Each stream that is closed leaves its number to the next file that is opened."""
    arguments = ["check", "facts.json", "--output", "answers.txt"]
    assert shell(directory, arguments, "")[0] == 1
    usual = (directory / "answers.txt").read_bytes()
    (directory / "answers.txt").unlink()
    assert shell(directory, arguments, "<&- >&- 2>&-") == (1, "", "")
    assert (directory / "answers.txt").read_bytes() == usual


def test_events_from_a_closed_standard_input(directory: Path) -> None:
    arguments = ["watch", "facts.json", "--events", "-"]
    assert shell(directory, arguments, "<&-") == (
        2,
        "",
        "--events -: standard input is closed; connect it, or name a file\n",
    )
    assert shell(directory, [*arguments, "--lang", "zh"], "<&-")[2] == (
        "--events -：标准输入已关闭；请接上输入，或给出文件名\n"
    )


def test_events_from_a_standard_input_that_cannot_be_read(directory: Path) -> None:
    ended, _, told = shell(directory, ["watch", "facts.json", "--events", "-"], "0>/dev/null")
    assert ended == 2
    assert told.startswith("--events -: expected something that can be read, found an error (")


# Ctrl-C

# The tests may run in the background, where a shell has all programs ignore Ctrl-C.
_INTERRUPTED_WHILE = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
{before}
from policy_rules.cli import main
sys.exit(main())
"""
# What is in the middle of something when Ctrl-C comes.
_IMPORTS = """
class Finder:
    def find_spec(self, name, path, target=None):
        if name == {name!r}:
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
"""
_FINALIZER = """
import time, policy_rules.cli.run as running
class Last:
    def __del__(self):
        os.kill(os.getpid(), signal.SIGINT)
        [None for _ in range(1000)]
def run(given):
    Last()
    time.sleep(20)
running.run = run
"""
_DATABASE = """
import policy_rules.cli.check as command
def asked(*_):
    import duckdb
    connection = duckdb.connect()
    os.kill(os.getpid(), signal.SIGINT)
    connection.execute("SELECT sum(a.range * b.range) FROM range(9999999) a, range(9999999) b")
command.asked = asked
"""
_REFUSED = """
import policy_rules.cli.check as command
from policy_rules.facts import FactError, Fault
from policy_rules.facts.faults import FaultCode
def asked(*_):
    try:
        os.kill(os.getpid(), signal.SIGINT)
        [None for _ in range(1000)]
    except KeyboardInterrupt as error:
        raise FactError([Fault(place="a", code=FaultCode.OTHER, zh="b", en="c")]) from error
command.asked = asked
"""


@pytest.mark.parametrize(
    "before",
    [
        *(
            _IMPORTS.format(name=f"policy_rules.{name}")
            for name in ("cli.run", "answers", "facts", "cli.group", "session", "policy")
        ),
        _IMPORTS.format(name="policy_rules.directives.putian_2019_52"),
        _IMPORTS.format(name="attrs"),
        _FINALIZER,
        _DATABASE,
        _REFUSED,
    ],
)
def test_an_interrupt_in_the_middle(directory: Path, before: str) -> None:
    command = [sys.executable, "-c", _INTERRUPTED_WHILE.format(before=before)]
    ran = subprocess.run(
        [*command, "check", "facts.json", "--lang", "zh"],
        cwd=directory,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
        check=False,
    )
    assert (ran.returncode, ran.stdout, ran.stderr.decode().strip()) == (130, b"", "已中断")


def test_an_interrupt_that_the_shell_has_it_ignore(directory: Path) -> None:
    """As in the background of a shell without job control."""
    before = _IMPORTS.format(name="policy_rules.session")
    ignoring = f"import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\n{before}"
    command = [sys.executable, "-c", _INTERRUPTED_WHILE.format(before=ignoring)]
    ran = subprocess.run(
        [*command, "--version"],
        cwd=directory,
        capture_output=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert (ran.returncode, ran.stderr) == (0, b"")


def test_importing_is_light() -> None:
    """What comes before the first line of the command line takes hardly any time."""
    code = (
        "import policy_rules.cli, sys;"
        "print(sorted(n for n in sys.modules if n.startswith('policy')))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        check=True,
    )
    modules = "['policy_rules', 'policy_rules.cli', 'policy_rules.cli.languages', "
    assert ran.stdout == f"{modules}'policy_rules.cli.process']\n"
