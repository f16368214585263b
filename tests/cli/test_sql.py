"""The command `sql`: what it writes is run on DuckDB, and refused where it must be."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from policy_rules.cli import main
from policy_rules.engines.sql.lowering import NotLoweredError

VIEWS = ("--only", "stations_duty_mode", "--only", "stations_in_review_period")


def script(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """What the command writes for DuckDB."""
    assert main(["sql", "--dialect", "duckdb", *arguments]) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    return shown.out


def test_tables_and_views_answer(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    """In an empty database, with a reading and a parameter; a file holds the same."""
    chosen = ("--tables", "--as-of", "2020-06-30", *VIEWS, "--whole", "officers")
    written = script(capsys, *chosen)
    assert "-- whole lists: officers" in written
    output = tmp_path / "views.sql"
    assert main(["sql", "--dialect", "duckdb", *chosen, "--output", str(output)]) == 0
    assert output.read_text("utf-8") == written
    with duckdb.connect() as connection:
        connection.execute(written)
        connection.execute("INSERT INTO stations (id, pilot, officers) VALUES ('S1', FALSE, 12)")
        rows = connection.execute("SELECT id, value, cites FROM stations_duty_mode").fetchall()
    assert rows == [("S1", "two_teams_one_room", "5.1/2")]
    assert "parameter two_team_strength = 13" in script(
        capsys, "--set", "two_team_strength=13", *VIEWS
    )


def test_one_row_says_for_which_day_the_views_answer(capsys: pytest.CaptureFixture[str]) -> None:
    """Of several days; as of one that was not asked for there are no rows."""
    days = ("--day", "2022-06-30", "--day", "2020-06-30")
    with duckdb.connect() as connection:
        connection.execute(script(capsys, "--tables", *days, *VIEWS))
        connection.execute("INSERT INTO stations (id, pilot, officers) VALUES ('S1', FALSE, 12)")

        def in_review() -> list[object]:
            found = connection.execute("SELECT value FROM stations_in_review_period").fetchall()
            return [value for (value,) in found]

        assert in_review() == []
        connection.execute("INSERT INTO policy_rules_as_of VALUES ('2020-06-30')")
        assert in_review() == [True]
        connection.execute("UPDATE policy_rules_as_of SET as_of = '2022-06-30'")
        assert in_review() == [False]
        connection.execute("UPDATE policy_rules_as_of SET as_of = '2021-01-01'")
        assert in_review() == []
        listed = connection.execute("SELECT * FROM policy_rules_days ORDER BY as_of").fetchall()
        assert [str(day) for (day,) in listed] == ["2020-06-30", "2022-06-30"]


def test_a_rule_that_no_sql_says_is_named(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> str:
        raise NotLoweredError("a number beyond 38 digits, in `n`")

    monkeypatch.setattr("policy_rules.tables.views.to_sql", refuse)
    assert main(["sql", "--dialect", "duckdb", "--lang", "en"]) == 2
    assert "no SQL says this rule: a number beyond 38 digits, in `n`" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--dialect", "db2"], "--dialect db2: no SQL dialect `db2`; there are `duckdb`, "),
        (["--dialect", "duckdb", "--only", "none"], "--only: no view `none`; there are "),
        (["--dialect", "duckdb", "--whole", "none"], '--whole: there is no list "none"; '),
        (["--dialect", "duckdb", "--day", "2020"], "--day: "),
        (
            ["--dialect", "duckdb", "--day", "2020-01-01", "--as-of", "2020-01-01"],
            "--as-of --day: they exclude each other",
        ),
        (["--dialect", "duckdb", "--directive", "none"], "--directive: "),
        (["--dialect", "duckdb", "--output", "views.csv"], "--output views.csv: "),
    ],
)
def test_what_is_wrong_is_said(
    arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """With nothing on standard output."""
    assert main(["sql", *arguments, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert said in shown.err
