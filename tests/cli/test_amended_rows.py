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
