"""The command line on a real PostgreSQL: what is read, written back, and refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import duckdb
import psycopg
import pytest

from policy_rules.cli import main

from .postgres_server import Database

pytestmark = pytest.mark.external

AS_OF: Final = ["--as-of", "2019-09-01"]
# A township's patrol has 20 to 50 members. A complex case is not to be led; who assists is not
# concerned; of A3 nothing is known. One of the stations lies in another city.
TABLES: Final = """
    DROP SCHEMA public CASCADE; CREATE SCHEMA public;
    CREATE TABLE townships (id text, name text, patrol_members integer);
    INSERT INTO townships VALUES ('T1', '甲镇', 19), ('T2', '乙镇', 20), ('T3', '丙镇', NULL);
    CREATE TABLE cases (id text, place_codes text, complex boolean, role text);
    INSERT INTO cases VALUES ('A1', '=<350304>', true, 'lead'), ('A2', NULL, NULL, 'assist'),
        ('A3', NULL, NULL, NULL);
    CREATE TABLE stations (id text, pilot boolean);
    INSERT INTO stations VALUES ('350304540000', true), ('110101540000', true);
    CREATE TABLE exemptions (id text, cite text, subject text);
"""
OUTSIDE: Final = (
    "warning: the ids of 1 stations do not begin with 3503, so that they lie outside the "
    "directive's place; they are answered for all the same\n"
)


@pytest.fixture
def url(database: Database) -> str:
    """The URL of a database with the tables, and nothing else."""
    database.psql(TABLES)
    return database.dsn


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and however wide its terminal is."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """The line on standard error of a command that is refused, apart from the warning."""
    assert main(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    (line,) = shown.err.removeprefix(OUTSIDE).splitlines()
    return line


def test_what_is_shown(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", url, *AS_OF]) == 1
    shown = capsys.readouterr()
    assert shown.err == OUTSIDE
    lines = [" ".join(line.split()) for line in shown.out.splitlines()]
    (patrols,) = (line for line in lines if line.startswith("5.2/1 a township"))
    assert patrols.endswith(" 1 1 1")
    (gap,) = (line for line in lines if line.startswith("甲镇 T1 5.2/1"))
    assert gap.endswith("breached 19 20 1")
    assert main(["check", url, *AS_OF]) == 1
    shown = capsys.readouterr()
    # Of A1 3.1/2 asks for an exemption, and whether 3.1/1 prohibits it is not known.
    assert "1 permitted, 2 undetermined\n" in shown.out
    assert main(["decide", url, *AS_OF, "--name", "duty_mode"]) == 0
    assert capsys.readouterr().out.count("three teams and one room") == 2


def test_facts_are_fetched_and_explained(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    """In words, as those of a document are."""
    arguments = ["--subject", "townships/T1", "--cite", "5.2/1", "--lang", "en"]
    assert main(["explain", url, *AS_OF, *arguments]) == 1
    shown = capsys.readouterr()
    assert "public.townships" in shown.err
    assert "19" in shown.out
    assert "20" in shown.out
    assert main(["sensitivity", url, *AS_OF, "--format", "json"]) == 0


def test_answers_as_json_and_as_parquet(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same as the plain client would see; the empty text is not NULL, and NULL not empty."""
    output = tmp_path / "findings.parquet"
    assert main(["audit", url, *AS_OF, "--output", str(output)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err.startswith(f"{OUTSIDE}as of 2019-09-01 (from --as-of)\n")
    assert "public.townships\n" in shown.err
    assert shown.err.splitlines()[-2].startswith(f"written to {output}: ")
    found = duckdb.read_parquet(str(output)).filter("collection = 'townships'").order("id")
    assert [row[1:10] for row in found.fetchall()] == [
        ("T1", "5.2/1", "breached", 19, 20, 1, None, "", ""),
        ("T2", "5.2/1", "satisfied", 20, 20, 0, None, "", ""),
        ("T3", "5.2/1", "undetermined", None, 20, None, None, "", "townships/T3.patrol_members"),
    ]
    assert list(map(str, found.types))[4:8] == ["BIGINT", "BIGINT", "BIGINT", "DATE"]
    assert main(["audit", url, *AS_OF, "--format", "json"]) == 1
    findings: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["findings"]
    (number,) = duckdb.read_parquet(str(output)).aggregate("COUNT(*)").fetchall()
    assert number == (len(findings),)


def test_answers_back_into_the_database(
    url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """All or nothing, and never over a table that is there."""
    assert main(["check", url, *AS_OF, "--into", "审核结果"]) == 1
    assert capsys.readouterr().err.endswith("written to 审核结果: 3 rows\n")
    written = database.psql('SELECT collection, id, outcome, reasons FROM "审核结果" ORDER BY id;')
    # 3.1/2 asks for an exemption; 3.1/1, which is strict, may be a reason too.
    assert written.splitlines() == [
        "cases,A1,undetermined,3.1/2",
        "cases,A2,permitted,",
        "cases,A3,undetermined,",
    ]
    line = refused(capsys, "check", url, *AS_OF, "--into", "审核结果")
    assert line.startswith("--into 审核结果: there is a table or view of that name; ")
    database.psql("CREATE SCHEMA audit;")
    assert main(["audit", url, *AS_OF, "--into", "audit.findings"]) == 1
    assert int(database.psql("SELECT COUNT(*) FROM audit.findings;")) > 0
    capsys.readouterr()
    line = refused(capsys, "audit", url, *AS_OF, "--into", "nowhere.findings")
    assert 'the database could not answer (schema "nowhere" does not exist' in line


def test_nights_are_kept_and_compared(
    url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    database.psql("CREATE SCHEMA nights;")
    for run, members in (("n1", 19), ("n2", 20), ("n2", 20)):
        database.psql(f"UPDATE townships SET patrol_members = {members} WHERE id = 'T1';")
        assert main(["audit", url, *AS_OF, "--into", "nights.findings", "--run", run]) == 1
    counts = "SELECT run, COUNT(*) FROM nights.findings GROUP BY run ORDER BY run;"
    (first, number), (second, other) = (
        line.split(",") for line in database.psql(counts).splitlines()
    )
    assert (first, second) == ("n1", "n2")
    assert number == other
    assert database.psql("SELECT run FROM nights.findings_runs ORDER BY run;").split() == [
        "n1", "n2",
    ]  # fmt: skip
    capsys.readouterr()
    given = ["--from", url, "--table", "nights.findings", "--format", "json"]
    assert main(["compare", "n1", "n2", *given]) == 1
    assert "townships/T1" in capsys.readouterr().out
    assert main(["compare", "n2", "n2", *given]) == 0


def test_a_blank_behind_an_id_is_no_part_of_it(
    url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """`char(16)` is filled with blanks, and a blank stands behind some references: 8 and 6."""
    database.psql("""
        DROP TABLE stations; CREATE TABLE stations (id char(16), pilot boolean);
        INSERT INTO stations VALUES ('350304540000', false);
        CREATE TABLE officers (id text, station_id varchar(16));
        INSERT INTO officers
            SELECT 'P' || i, '350304540000' || CASE WHEN i > 8 THEN ' ' ELSE '' END
            FROM generate_series(1, 14) AS numbers(i);
    """)
    given = [url, *AS_OF, "--whole", "officers", "--name", "strength", "--format", "json"]
    assert main(["decide", *given]) == 0
    (decision,) = json.loads(capsys.readouterr().out)["decisions"]
    assert (decision["subject"], decision["value"]) == ("stations/350304540000", 14)


def test_exemptions_are_read(
    url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    database.psql(
        "INSERT INTO exemptions VALUES ('E1', '3.1/2', 'cases/A1');"
        "UPDATE cases SET role = 'lead', complex = false, place_codes = '=<110101>' "
        "WHERE id = 'A1'; ALTER TABLE cases ADD causation_clear boolean, ADD simple boolean,"
        "ADD means bigint, ADD category text;"
        "UPDATE cases SET causation_clear = true, simple = true, means = 1, category = 'ordinary'"
        " WHERE id = 'A1';"
    )
    main(["check", url, *AS_OF, "--format", "json"])
    verdicts = json.loads(capsys.readouterr().out)["verdicts"]
    (outcome,) = (each["outcome"] for each in verdicts if each["subject"] == "cases/A1")
    assert outcome == "permitted"


def test_what_cannot_be_reached(
    url: str, database: Database, capsys: pytest.CaptureFixture[str]
) -> None:
    """One line each, and never a password."""
    absent = f"postgresql://postgres:secret@127.0.0.1:1/{database.name}"
    line = refused(capsys, "audit", absent, *AS_OF)
    place = f"postgresql://postgres@127.0.0.1:1/{database.name}"
    assert line.startswith(f"{place}: it cannot be reached (connection failed")
    assert "secret" not in line
    line = refused(capsys, "audit", url.rpartition("/")[0] + "/nowhere", *AS_OF, "--lang", "zh")
    assert "无法连接（" in line
    assert 'database "nowhere" does not exist' in line
    line = refused(capsys, "audit", "postgresql://postgres:100%secret@127.0.0.1/db", *AS_OF)
    assert "expected a URL such as `postgresql://user@host:5432/db`" in line
    assert "secret" not in line


def test_who_may_not_connect(
    url: str, connection: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """The server of the tests asks for no passwords; it says what is wrong in the same way."""
    connection.execute("DROP ROLE IF EXISTS stranger")
    connection.execute("CREATE ROLE stranger NOLOGIN")
    line = refused(capsys, "audit", url.replace("postgres@", "stranger:secret@"), *AS_OF)
    assert "it cannot be reached (connection failed: " in line
    assert "stranger" in line
    assert "secret" not in line


def test_rights_that_are_missing(
    url: str, connection: psycopg.Connection[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    """A role that may read writes nothing."""
    connection.execute("DROP ROLE IF EXISTS reader")
    connection.execute("CREATE ROLE reader LOGIN")
    connection.execute("GRANT USAGE ON SCHEMA public TO reader")
    connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader")
    reader = url.replace("postgres@", "reader@")
    assert main(["check", reader, *AS_OF]) == 1
    capsys.readouterr()
    line = refused(capsys, "check", reader, *AS_OF, "--into", "answers")
    assert "the database could not answer (permission denied for schema public" in line
    connection.execute("DROP OWNED BY reader")
    connection.execute("DROP ROLE reader")
