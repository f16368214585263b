"""Rows and JSON of tables say by whose rules an act is judged, as answers on documents do."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from policy_rules.cli import main
from tests.support.command_line import write

OWN: Final = ["--directive", "tests.support.amending:AMENDED", "--as-of", "2021-06-01"]
TASKS: Final[list[dict[str, Any]]] = [
    {"id": "new", "quota": True, "starts_on": "2021-01-01"},
    {"id": "old", "quota": True, "starts_on": "2020-12-31"},
    {"id": "open", "quota": True, "starts_on": None},
]
BY: Final = {"new": ["later"], "old": [], "open": None}


@pytest.fixture
def tables(tmp_path: Path) -> str:
    """A task of after the amendment, one of before, and one without a day; and a station."""
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE tasks (id TEXT, quota BOOLEAN, starts_on DATE)")
        for each in TASKS:
            connection.execute("INSERT INTO tasks VALUES (?, ?, ?)", list(each.values()))
        connection.execute("CREATE TABLE stations AS SELECT 'S' AS id, 12 AS officers")
    return str(path)


def test_in_the_rows(tables: str) -> None:
    assert main(["check", tables, *OWN, "--into", "verdicts"]) == 1
    assert main(["audit", tables, *OWN, "--into", "findings"]) in (0, 1)
    assert main(["decide", tables, *OWN, "--into", "decisions"]) in (0, 1)
    with duckdb.connect(tables) as connection:
        found = connection.execute("SELECT id, amended_by FROM verdicts ORDER BY id")
        # A text that is empty, by the rules of none; no text, where the day is not known.
        assert found.fetchall() == [("new", "later"), ("old", ""), ("open", None)]
        for table in ("findings", "decisions"):  # of a station, which is no act
            found = connection.execute(f"SELECT DISTINCT id, amended_by FROM {table}")
            assert found.fetchall() == [("S", None)]


def test_a_night_by_an_amended_directive_follows_others(
    tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """And others follow it: the table has the column from the first night on."""
    issued = ["--directive", "tests.support.amending:BASE", "--as-of", "2021-06-01"]
    for run, of in (("1", issued), ("2", OWN), ("3", issued)):
        night = ["check", tables, *of, "--into", "verdicts", "--run", run]
        assert main([*night, "--fail-on", "conflict"]) == 0
    with duckdb.connect(tables) as connection:
        found = connection.execute("SELECT run, id, amended_by FROM verdicts ORDER BY run, id")
        assert found.fetchall() == [
            ("1", "new", None), ("1", "old", None), ("1", "open", None),
            ("2", "new", "later"), ("2", "old", ""), ("2", "open", None),
            ("3", "new", None), ("3", "old", None), ("3", "open", None),
        ]  # fmt: skip
    capsys.readouterr()
    compared = ["compare", "1", "2", "--from", tables, "--table", "verdicts", "--lang", "en"]
    assert main(compared) == 1
    assert "these differ: the rules of the directive" in capsys.readouterr().out
    assert main([*compared[:1], "1", "3", *compared[3:]]) == 0
    assert "only the facts differ" in capsys.readouterr().out


def test_in_json_as_of_a_document(
    tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    station = {"id": "S", "officers": 12}
    document = write(tmp_path / "facts.json", {"tasks": TASKS, "stations": [station]})
    said = []
    for facts in (tables, document):
        main(["check", facts, *OWN, "--format", "json"])
        verdicts = json.loads(capsys.readouterr().out)["verdicts"]
        said.append(sorted(verdicts, key=lambda each: str(each["subject"])))
    of_tables, of_document = said
    assert [each["amended_by"] for each in of_tables] == list(BY.values())
    assert of_tables == of_document
