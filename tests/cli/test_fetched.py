"""Commands that fetch the facts of tables: what they say is what they say of a document."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import duckdb
import pytest

from policy_rules.cli import fetched, main
from tests.cli.test_tables import AS_OF, DOCUMENT, STATIONS, TOWNSHIPS, database, parquet

STATION: Final = "stations/350302540000"
COMMANDS: Final = {
    "explain one": ["explain", "--subject", STATION, "--cite", "2.1/1b", "--lang", "zh"],
    "explain as JSON": ["explain", "--subject", STATION, "--name", "duty_mode", "--format", "json"],
    "sensitivity": ["sensitivity", "--lang", "en"],
    "sensitivity as JSON": ["sensitivity", "--format", "json"],
    "calendar": ["calendar", "--subject", STATION, "--lang", "en"],
    "calendar for an office": ["calendar", "--format", "ics"],
    "how to": ["how-to", "--subject", STATION, "--goal", "duty_mode=zoned", "--lang", "en"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_tables_are_answered_for_as_a_document_is(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word for word; where the facts were read from is said on standard error."""
    name, *options = COMMANDS[command]
    stations = sorted(DOCUMENT["stations"], key=lambda each: str(each["id"]))
    document = tmp_path / "facts.json"
    facts = {"stations": stations, "townships": DOCUMENT["townships"], "complete": ["stations"]}
    document.write_text(json.dumps(facts), "utf-8")
    wanted = main([name, str(document), *AS_OF, *options])
    meant = capsys.readouterr().out
    tables = database(tmp_path / "facts.duckdb", STATIONS + TOWNSHIPS)
    assert main([name, tables, *AS_OF, *options, "--whole", "stations"]) == wanted
    shown = capsys.readouterr()
    assert shown.out == meant
    assert "stations" in shown.err


def test_what_is_wrong_in_tables_is_said_before_anything_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tables = parquet(tmp_path / "facts", STATIONS.replace("'350302540000'", "'350304540000'"))
    arguments = ["explain", tables, "--subject", STATION, "--lang", "en"]
    assert main(arguments) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "350304540000" in shown.err
    assert main(["explain", database(tmp_path / "f.duckdb", TOWNSHIPS), *arguments[2:]]) == 2
    assert "--subject" in capsys.readouterr().err


def test_too_many_facts_are_not_fetched(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A part of them can be chosen."""
    many = tmp_path / "townships.parquet"
    with duckdb.connect() as connection:
        connection.execute(
            f"COPY (SELECT 'T' || range AS id FROM range(100_001)) TO '{many}' (FORMAT parquet)"
        )
    assert main(["calendar", str(many), *AS_OF, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.strip() == (
        "townships.parquet: this command fetches the facts, 100000 at most, found 100001; choose a "
        "part with `where` in a mapping, such as a county, ask about one fact that belongs to a "
        "known body, or use `audit`, `check` or `decide`"
    )


def test_of_too_many_facts_those_around_the_body_of_the_subject_are_fetched(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """S1 is of B1, and an officer of an unknown station may be its own; S3 is of no bureau."""
    tables = database(
        tmp_path / "facts.duckdb",
        "CREATE TABLE bureaus AS FROM (VALUES ('B1'), ('B2')) made(id);"
        "CREATE TABLE stations AS FROM (VALUES ('S1', 'B1'), ('S2', 'B2'), ('S3', NULL)) "
        "made(id, bureau_id);"
        "CREATE TABLE officers AS FROM (VALUES ('O1', 'S1', 'community'), ('O2', 'S2', 'chief'), "
        "('O3', NULL, 'chief')) made(id, station_id, role);",
    )

    def explained(station: str) -> tuple[int, str, str]:
        subject = ["--subject", station, "--cite", "2.1/1b", "--whole", "officers"]
        status = main(["explain", tables, *AS_OF, *subject, "--lang", "en"])
        shown = capsys.readouterr()
        return status, shown.out, shown.err

    status, said, _ = explained("stations/S1")
    assert "may count: officers O3" in said
    monkeypatch.setattr(fetched, "_MOST", 5)
    assert explained("stations/S1")[:2] == (status, said)
    for station, fault in (("stations/S3", "5 at most, found 8"), ("stations/S4", "no fact")):
        status, said, error = explained(station)
        assert (status, said) == (2, "")
        assert fault in error
