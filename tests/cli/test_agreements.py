"""Doubtful data at the command line: shown apart, and in the exit status only where it is named."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import duckdb
import pytest

from policy_rules.cli import main
from tests.support.command_line import write

OWN: Final = ["--directive", "tests.support.agreeing:DIRECTIVE", "--as-of", "2020-01-01"]
STATION: Final = {"id": "S", "name": "甲派出所", "officers": 3}
OFFICERS: Final = [{"id": "O1", "station_id": "S"}, {"id": "O2", "station_id": "S"}]


@pytest.fixture
def document(tmp_path: Path) -> str:
    """A station with three officers by its number, two by the roster."""
    given = {"stations": [STATION], "officers": OFFICERS, "complete": ["officers"]}
    return write(tmp_path / "facts.json", given)


@pytest.fixture
def tables(tmp_path: Path) -> str:
    """The same in a database."""
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(
            "CREATE TABLE stations AS SELECT 'S' AS id, '甲派出所' AS name, 3 AS officers"
        )
        connection.execute(
            "CREATE TABLE officers AS SELECT 'O' || n AS id, 'S' AS station_id FROM range(2) t(n)"
        )
    return str(path)


@pytest.mark.parametrize(
    ("lang", "tally", "title", "row"),
    [
        (
            "zh",
            "数据存疑 1",
            "数据存疑（共 1 项）",
            "甲派出所 S   1/1    民警数与花名册一致      3        2",
        ),
        (
            "en",
            "1 inconsistent",
            "Doubtful data (all 1)",
            "甲派出所 S   1/1    the number of officers and the roster agree       3        2",
        ),
    ],
)
def test_they_are_shown_apart(
    document: str, lang: str, tally: str, title: str, row: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", document, *OWN, "--lang", lang]) == 0, "nothing is breached"
    shown = capsys.readouterr().out
    lines = [line.strip() for line in shown.splitlines()]
    assert tally in lines
    after = lines[lines.index(title) :]
    assert " ".join(after[3].split()) == " ".join(row.split())
    main(["audit", document, *OWN, "--lang", lang, "--worst", "0"])
    assert title not in capsys.readouterr().out


@pytest.mark.parametrize("source", ["document", "tables"])
@pytest.mark.parametrize("form", ["table", "json"])
def test_they_set_the_status_where_they_are_named(
    source: str, form: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = request.getfixturevalue(source)
    whole = ["--whole", "officers"] if source == "tables" else []
    audit = ["audit", facts, *OWN, *whole, "--format", form]
    assert main(audit) == 0
    assert "inconsistent" in capsys.readouterr().out
    assert main([*audit, "--fail-on", "inconsistent"]) == 1
    assert main([*audit, "--fail-on", "breached"]) == 0
    capsys.readouterr()


@pytest.mark.parametrize("source", ["document", "tables"])
def test_they_are_a_list_of_their_own_in_json(
    source: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = request.getfixturevalue(source)
    whole = ["--whole", "officers"] if source == "tables" else []
    main(["audit", facts, *OWN, *whole, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    assert [each["cite"] for each in told["findings"]] == ["1/2"]
    (agreement,) = told["agreements"]
    keys = ("subject", "cite", "status", "first", "second", "needs")
    assert {key: agreement[key] for key in keys} == {
        "subject": "stations/S", "cite": "1/1", "status": "inconsistent", "first": 3, "second": 2,
        "needs": [],
    }  # fmt: skip


def test_they_are_explained(document: str, capsys: pytest.CaptureFixture[str]) -> None:
    explain = ["explain", document, *OWN, "--subject", "stations/S"]
    for more in ([], ["--cite", "1/1"]):
        assert main([*explain, *more, "--lang", "en"]) == 0
        shown = " ".join(capsys.readouterr().out.split())
        assert "the number of officers and the roster agree: inconsistent (3 and 2)" in shown
        assert (
            "sworn officers are officers on the roster (sworn officers: 3 officers;" in shown
            or ("officers on the roster: 2" in shown)
        )
    assert main([*explain, "--fail-on", "inconsistent"]) == 1
    capsys.readouterr()


def test_watching_tells_what_changes(
    document: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    event = {"id": "1", "update": {"stations/S": {"officers": 2}}}
    events = tmp_path / "events.jsonl"
    events.write_text(json.dumps(event) + "\n", "utf-8")
    assert main(["watch", document, "--events", str(events), *OWN, "--lang", "en"]) == 0
    shown = " ".join(capsys.readouterr().out.split())
    assert "inconsistent (3 and 2) → consistent [1/1]" in shown


def test_the_directive_lists_its_form(capsys: pytest.CaptureFixture[str]) -> None:
    named = ["directive", "--directive", "tests.support.agreeing:DIRECTIVE"]
    main([*named, "--lang", "en"])
    assert "should agree" in capsys.readouterr().out
    main([*named, "--format", "json"])
    told = json.loads(capsys.readouterr().out)
    (sentences,) = (clause["sentences"] for clause in told["clauses"])
    assert [rule["form"] for each in sentences for rule in each["rules"]] == ["agree", "require"]


COLUMNS: Final = [
    "collection", "id", "cite", "status", "first", "second", "needs", "responsible",
]  # fmt: skip
ROW: Final = ("stations", "S", "1/1", "inconsistent", 3, 2, "", "")


@pytest.mark.parametrize("failing", [None, "inconsistent"])
def test_they_are_written_to_a_table_of_their_own(
    failing: str | None, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Beside that of the findings, in one transaction, and counted all the same."""
    audit = ["audit", tables, *OWN, "--whole", "officers", "--into", "found", "--lang", "en"]
    more = [] if failing is None else ["--fail-on", failing]
    assert main([*audit, *more]) == (failing is not None)
    told = capsys.readouterr().err
    assert "written to found: 1 rows\nwritten to found_agreements: 1 rows\n" in told
    with duckdb.connect(tables) as connection:
        found = connection.execute("SELECT * FROM found_agreements")
        assert [each[0] for each in found.description or ()] == COLUMNS
        assert found.fetchall() == [ROW]
        findings = connection.execute("SELECT id, cite, status FROM found")
        assert findings.fetchall() == [("S", "1/2", "satisfied")]


def test_they_are_written_to_a_file_of_their_own(
    tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    output = tmp_path / "found.parquet"
    assert main(["audit", tables, *OWN, "--whole", "officers", "--output", str(output)]) == 0
    assert "found_agreements.parquet" in capsys.readouterr().err
    found = duckdb.read_parquet(str(tmp_path / "found_agreements.parquet"))
    assert (found.columns, found.fetchall()) == (COLUMNS, [ROW])
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "facts.duckdb", "found.parquet", "found_agreements.parquet",
    ]  # fmt: skip


def test_with_no_table_to_ask_about_they_have_their_columns(tmp_path: Path) -> None:
    tables, output = tmp_path / "facts.duckdb", tmp_path / "found.parquet"
    with duckdb.connect(str(tables)) as connection:
        connection.execute("CREATE TABLE officers (id TEXT, station_id TEXT)")
    assert main(["audit", str(tables), *OWN, "--output", str(output)]) == 0
    found = duckdb.read_parquet(str(tmp_path / "found_agreements.parquet"))
    assert (found.columns, found.fetchall()) == (COLUMNS, [])


def test_what_they_are_written_to_is_there_already(
    tables: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Refused before anything is answered; nothing is written then."""
    with duckdb.connect(tables) as connection:
        connection.execute("CREATE TABLE found_agreements (id TEXT)")
    assert main(["audit", tables, *OWN, "--into", "found", "--lang", "en"]) == 2
    assert capsys.readouterr().err.splitlines() == [
        "--into found_agreements: there is a table or view of that name; give another, or drop it "
        "first"
    ]
    long = "f" * 60
    assert main(["audit", tables, *OWN, "--into", long, "--lang", "en"]) == 2
    assert f"--into {long}_agreements: expected a name" in capsys.readouterr().err
    assert main(["decide", tables, *OWN, "--into", long]) == 0, "it writes no agreements"
    capsys.readouterr()
    (tmp_path / "found_agreements.parquet").mkdir()
    output = tmp_path / "found.parquet"
    assert main(["audit", tables, *OWN, "--output", str(output), "--lang", "en"]) == 2
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"--output {tmp_path / 'found_agreements.parquet'}: ")
    assert not output.exists()
