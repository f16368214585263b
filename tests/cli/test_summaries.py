"""An audit shows the same of the same facts, whether they are a document or stand in tables."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import duckdb
import pytest

from policy_rules.cli import main, on_tables
from tests.support.places import EXAMPLES

DIRECTORY = EXAMPLES / "putian_csv"
WHEN = ["--as-of", "2022-04-01"]


@pytest.fixture(scope="module")
def tables(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The example's files as tables of texts, whole where its settings say so."""
    path = tmp_path_factory.mktemp("tables") / "example.duckdb"
    with duckdb.connect(str(path)) as connection:
        for file in DIRECTORY.glob("*.csv"):
            heads, *rows = csv.reader(_text(file).splitlines())
            columns = ", ".join(f'"{each}" VARCHAR' for each in heads)
            connection.execute(f'CREATE TABLE "{file.stem}" ({columns})')
            marks = ", ".join("?" for _ in heads)
            filled = [[cell or None for cell in row] for row in rows]
            connection.executemany(f'INSERT INTO "{file.stem}" VALUES ({marks})', filled)
    return str(path)


def _text(file: Path) -> str:
    """Offices write some in UTF-8, some in GB 18030."""
    content = file.read_bytes()
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030")


@pytest.fixture
def whole() -> list[str]:
    document = json.loads((DIRECTORY / "document.json").read_text("utf-8"))
    return ["--whole", ",".join(document["complete"])]


def shown(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """What an audit shows below its caption."""
    assert main(["audit", *arguments, *WHEN]) == 1
    lines = capsys.readouterr().out.splitlines()
    return lines[lines.index("") :]


def test_documents_and_tables_show_the_same(
    tables: str, whole: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """With what was met late after what is open, the periods that lack something, and needs."""
    of_tables = shown(capsys, tables, *whole, "--lang", "zh")
    assert of_tables == shown(capsys, str(DIRECTORY), "--lang", "zh")
    assert any("2022年3月1日" in line for line in of_tables)


@pytest.mark.parametrize("command", ["decide", "check"])
def test_answers_on_documents_and_tables_are_shown_alike(
    command: str, tables: str, whole: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    """All of them, with what they need and why; the rows of tables by their ids."""
    lines = []
    for facts in ([tables, *whole], [str(DIRECTORY)]):
        assert main([command, *facts, *WHEN, "--lang", "zh"]) == 1
        shown = capsys.readouterr().out.splitlines()[2:]
        lines.append([line for line in shown if "取自" not in line])
    assert sorted(lines[0]) == sorted(lines[1])
    told = {"decide": "大洋派出所", "check": "萩芦派出所调动 C10"}
    assert any(told[command] in line for line in lines[0])


STATIONS = [
    ("350302540000", "一所", "350302000000", "urban", 10, 10),
    ("350303540000", "二所", "350303000000", "urban", 9, 5),
    ("350303550000", "三所", "350303000000", "rural", 9, 5),
    ("350303560000", "四所", "350303000000", "urban", 9, 5),
    ("350303570000", "五所", "350303000000", None, 9, 5),
]
NAMES = "id", "name", "bureau_id", "setting", "officers", "beds"
ATTESTED = [
    ("X1", "350302540000", "4/1", False),
    ("X2", "350303540000", "4/1", False),
    ("X3", "350303540000", "1.1/2a", False),
    ("X4", "350303550000", "1.1/2a", True),
]


def test_very_many_facts_are_summed_up_by_the_database_alike(
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Where nothing is late and nothing recurs, of which columns do not say when."""
    monkeypatch.setattr(on_tables, "_MOST_FETCHED", 0)
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE stations (id TEXT, name TEXT, bureau_id TEXT, setting TEXT, "
            "officers INT, beds INT); "
            "CREATE TABLE attestations (id TEXT, subject_id TEXT, cite TEXT, holds BOOLEAN)"
        )
        connection.executemany("INSERT INTO stations VALUES (?, ?, ?, ?, ?, ?)", STATIONS)
        connection.executemany("INSERT INTO attestations VALUES (?, ?, ?, ?)", ATTESTED)
    document = tmp_path / "facts.json"
    stations = [dict(zip(NAMES, each, strict=True)) for each in STATIONS]
    attestations = [
        dict(zip(("id", "subject_id", "cite", "holds"), each, strict=True)) for each in ATTESTED
    ]
    document.write_text(json.dumps({"stations": stations, "attestations": attestations}))
    given = ["--lang", "zh", "--worst", "5"]
    of_tables = shown(capsys, str(path), *given)
    assert of_tables == shown(capsys, str(document), *given)
    # Of four with fewer beds than officers, two are urban, one is not, and one may be.
    assert any(line.startswith("二所、四所 ") and " 4.1/5a " in line for line in of_tables)
    assert "经佐证材料确认未落实的事项（共 2 项）" in of_tables
    assert any(line.startswith("4/1 ") and line.endswith("一所、二所") for line in of_tables)
