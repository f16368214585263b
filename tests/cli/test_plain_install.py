"""The command line after a plain install: what needs an extra says in one line which.

All commands run one after the other in a process that finds none of the extras' modules.
"""

import configparser
import json
import subprocess
import sys

import pytest

from tests.support.command_line import MIXED, write
from tests.support.places import ROOT

_PLAIN = """
import io, json, sys
from contextlib import redirect_stderr, redirect_stdout
from importlib.abc import MetaPathFinder

EXTRAS = {"duckdb", "sqlglot", "psycopg", "openpyxl", "durable", "durable_rules_engine"}

class Plain(MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name.partition(".")[0] in EXTRAS | {"hypothesis", "pandas", "pyarrow"}:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Plain())
from policy_rules.cli import main

ran = []
for arguments in json.load(sys.stdin):
    written = io.BytesIO()
    out = io.TextIOWrapper(written, "utf-8")
    with redirect_stdout(out), redirect_stderr(io.StringIO()) as err:
        status = main(arguments)
    out.flush()
    ran.append((status, written.getvalue().decode(), err.getvalue()))
json.dump(ran, sys.stdout)
"""

ANSWERING = ("decide", "check", "audit")
OTHERS = ("explain", "calendar", "sensitivity", "watch")
_MORE = {"explain": ["--subject", "stations/S1"], "watch": ["--events", "events.jsonl"]}


def asked(command: str, facts: str, *options: str) -> list[str]:
    """A command with what it cannot do without."""
    return [command, facts, *_MORE.get(command, ()), *options]


def missing(shown: str, module: str, extra: str) -> tuple[str, str]:
    """What is said of tables, in English and Chinese."""
    return (
        f"{shown}: expected `{module}` for reading it, found it missing; "
        f"install `policy-rules[{extra}]`",
        f"{shown}：读取它需要 `{module}`，实际没有；请安装 `policy-rules[{extra}]`",
    )


_PARQUET = missing("x.parquet", "duckdb", "sql")
_EXCEL = (
    "x.xlsx: expected openpyxl for reading an Excel workbook, found it missing; "
    "install `policy-rules[excel]`",
    "x.xlsx：读取 Excel 工作簿需要 openpyxl，实际没有；请安装 `policy-rules[excel]`",
)
_ENGINES = {
    "sql": (
        "--engine: engine `sql` needs `duckdb`, which is not installed; install "
        "`policy-rules[sql]`, "
        "or use `python`",
        "--engine：引擎 `sql` 需要 `duckdb`，尚未安装；请安装 `policy-rules[sql]`，或改用 `python`",
    ),
    "durable": (
        "--engine: engine `durable` needs durable-rules, which cannot be imported here (No module "
        "named 'durable_rules_engine'); install `policy-rules[durable]`, which needs a C compiler "
        "and a Python below 3.13, or use `python`",
        "--engine：引擎 `durable` 需要 durable-rules，此处无法导入（No module named "
        "'durable_rules_engine'）；请安装 `policy-rules[durable]`（需要 C 编译器，"
        "Python 低于 3.13），或改用 `python`",
    ),
}

REFUSED: list[tuple[list[str], tuple[str, str]]] = [
    *(
        (asked(command, facts, *options), said)
        for command in ANSWERING
        for facts, said in (
            ("x.parquet", _PARQUET),
            ("x.duckdb", missing("x.duckdb", "duckdb", "sql")),
            ("parts", missing("parts", "duckdb", "sql")),
            ("duckdb:///x", missing("duckdb:///x", "duckdb", "sql")),
            ("postgresql://u:pw@h/db", missing("postgresql://u@h/db", "psycopg", "postgres")),
        )
        for options in ([], ["--format", "json"], ["--output", "answers.parquet"])
    ),
    *(
        ([*command, facts], said)
        for command in (["mapping", "init"], ["mapping", "check", "county.toml"])
        for facts, said in (
            ("x.parquet", _PARQUET),
            ("postgresql://u:pw@h/db", missing("postgresql://u@h/db", "psycopg", "postgres")),
        )
    ),
    (asked("audit", "x.duckdb", "--into", "t"), missing("x.duckdb", "duckdb", "sql")),
    *((asked(command, "x.xlsx"), _EXCEL) for command in (*ANSWERING, *OTHERS)),
    *(
        (asked(command, "facts.json", "--engine", engine), said)
        for command in (*ANSWERING, *OTHERS)
        for engine, said in _ENGINES.items()
    ),
    (
        asked("audit", "facts.json", "--output", "x.parquet"),
        (
            "--output x.parquet: expected `duckdb` for writing Parquet, found it missing; install "
            "`policy-rules[sql]`",
            "--output x.parquet：写 Parquet 需要 `duckdb`，实际没有；请安装 `policy-rules[sql]`",
        ),
    ),
]
WORKS: list[tuple[list[str], int]] = [
    *((asked(command, "facts.json"), 1) for command in (*ANSWERING, "explain")),
    *((asked(command, "facts.json"), 0) for command in ("calendar", "sensitivity", "watch")),
    (asked("calendar", "facts.json", "--format", "ics"), 0),
    (["directive"], 0),
    (["--help"], 0),
    (["--version"], 0),
]


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[tuple[int, str, str]]]:
    """What each run left behind: those refused in English and in Chinese, and those that work."""
    directory = tmp_path_factory.mktemp("plain")
    write(directory / "facts.json", MIXED)
    for name in ("x.parquet", "x.duckdb", "x.xlsx", "events.jsonl", "parts/stations.parquet"):
        (directory / name).parent.mkdir(exist_ok=True)
        (directory / name).touch()
    runs = {
        "en": [[*arguments, "--lang", "en"] for arguments, _ in REFUSED],
        "zh": [[*arguments, "--lang", "zh"] for arguments, _ in REFUSED],
        "works": [arguments for arguments, _ in WORKS],
    }
    told = subprocess.run(
        [sys.executable, "-c", _PLAIN],
        input=json.dumps([each for group in runs.values() for each in group]),
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=directory,
        env={"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"},
        check=True,
    )
    assert not list(directory.glob("answers*"))
    results = iter(json.loads(told.stdout))
    return {name: [tuple(next(results)) for _ in group] for name, group in runs.items()}


@pytest.mark.parametrize("number", range(len(REFUSED)), ids=[" ".join(each) for each, _ in REFUSED])
def test_one_line_says_what_to_install(
    number: int, ran: dict[str, list[tuple[int, str, str]]]
) -> None:
    arguments, said = REFUSED[number]
    for lang, expected in zip(("en", "zh"), said, strict=True):
        status, out, told = ran[lang][number]
        assert (status, out) == (2, "")
        if "json" in arguments:
            fault = json.loads(told)
            told = fault["place"] + {"en": ": ", "zh": "："}[lang] + fault[lang] + "\n"
        assert told == f"{expected}\n"


@pytest.mark.parametrize("number", range(len(WORKS)), ids=[" ".join(each) for each, _ in WORKS])
def test_all_else_works(number: int, ran: dict[str, list[tuple[int, str, str]]]) -> None:
    status, out, _ = ran["works"][number]
    assert status == WORKS[number][1]
    assert out


def test_what_a_plain_install_has() -> None:
    """Packages whose wheels run anywhere, which `make wheels` holds; another is a decision."""
    declared = configparser.ConfigParser()
    declared.read(ROOT / "setup.cfg", "utf-8")
    needed = declared["options"]["install_requires"].split("\n")
    names = {each.partition(";")[0].strip() for each in needed} - {""}
    assert names == {"attrs", "click", "icalendar", "python-dateutil", "rich", "tomli"}
