"""Answers that are written into the same tables night after night, and compared."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Final

import duckdb
import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.language import Clause, Directive, count, each, subject
from policy_rules.language.fingerprints import fingerprint_of
from policy_rules.police import CaseRole, CriminalCase, Officer, Station, Township

# So that a night takes little: rules of a patrol, a station, a request, and of two accounts.
_clause = Clause("1", "一", "one")
_s1, _s2, _s3, _s4 = _clause.sentences(4)
_township, _station, _case = subject(Township), subject(Station), subject(CriminalCase)
_s1("20人")("巡逻队", "patrol").demands(_township, _township.patrol_members >= 20)
_s2("社区民警")("社区民警", "community officers").demands(
    _station, _station.community_officers * 5 >= _station.officers * 2
)
_s3("主办")("不主办", "does not lead").forbids(_case, _case.role.is_(CaseRole.LEAD))
_s4("相符")("民警数与花名册一致", "the number and the roster agree").agrees(
    _station,
    _station.officers,
    count(each(Officer, station_id=_station)).called("花名册", "roster"),
)
NIGHTLY = Directive(
    id="nightly", number="试", zh="试行", en="made up", issued=date(2019, 1, 1),
    sentences={f"1/{place}": "" for place in range(1, 5)}, clauses=[_clause],
)  # fmt: skip
OWN: Final = ["--directive", f"{__name__}:NIGHTLY"]

TABLES = """
    CREATE TABLE stations AS FROM (VALUES
        ('350304540000', '黄石派出所', true, 34, 5), ('350302540000', '榜头派出所', false, 12, 5)
    ) AS t(id, name, pilot, officers, community_officers);
    CREATE TABLE cases AS FROM (VALUES ('A1', true, 'ordinary', 'lead')) AS
        t(id, complex, category, role);
"""
# A patrol has 20 members at least: 19 and 17 are too few.
TOWNSHIPS = """
    CREATE TABLE townships AS FROM (VALUES ('T1', '甲镇', 19), ('T2', '乙镇', 20),
        ('T3', '丙镇', 17)) AS t(id, name, patrol_members);
"""


def sql(path: Path, script: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(path)) as connection:
        return connection.execute(script).fetchall()


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute(TABLES + TOWNSHIPS)
    return path


def night(facts: Path, run: str, *options: str, as_of: str = "2019-09-01") -> int:
    return main(
        ["audit", str(facts), "--as-of", as_of, "--into", "findings", "--run", run,
         "--fail-on", "breached", "--lang", "en", *(options or OWN)]
    )  # fmt: skip


def test_four_nights_are_kept_and_compared(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert night(facts, "2019-09-01") == 1
    told = capsys.readouterr().err
    assert "written to findings: " in told
    first = sql(facts, "SELECT COUNT(*) FROM findings")[0][0]
    sql(facts, "UPDATE townships SET patrol_members = 20 WHERE id = 'T1'")
    assert night(facts, "2019-09-02", as_of="2019-09-02") == 1
    sql(facts, "UPDATE townships SET patrol_members = 25 WHERE id = 'T3'")
    sql(facts, "UPDATE stations SET community_officers = 14")
    assert night(facts, "2019-09-03", as_of="2019-09-03") == 0
    sql(facts, "UPDATE townships SET patrol_members = 12 WHERE id = 'T2'")
    assert night(facts, "2019-09-04", as_of="2019-09-04") == 1
    capsys.readouterr()
    counts = sql(facts, "SELECT run, COUNT(*) FROM findings GROUP BY run ORDER BY run")
    assert [run for run, _ in counts] == [f"2019-09-0{number}" for number in (1, 2, 3, 4)]
    assert {number for _, number in counts} == {first}

    def compared(old: str, new: str) -> tuple[int, dict[str, object]]:
        given = ["compare", old, new, "--from", str(facts), "--table", "findings"]
        status = main([*given, "--format", "json"])
        found: dict[str, object] = json.loads(capsys.readouterr().out)
        return status, found

    status, found = compared("2019-09-01", "2019-09-02")
    assert status == 1
    text = json.dumps(found)
    assert "townships/T1" in text
    assert "townships/T3" not in text
    status, found = compared("2019-09-02", "2019-09-02")
    assert status == 0
    status, found = compared("2019-09-02", "2019-09-03")
    assert status == 1
    assert "townships/T3" in json.dumps(found)
    assert "stations/350304540000" in json.dumps(found)
    status, found = compared("2019-09-03", "2019-09-04")
    assert status == 1
    assert "townships/T2" in json.dumps(found)


def test_a_night_that_is_run_again_takes_the_place_of_the_first(facts: Path) -> None:
    assert night(facts, "n1") == 1
    rows = sql(facts, "SELECT COUNT(*) FROM findings")
    sql(facts, "UPDATE townships SET patrol_members = 20")
    assert night(facts, "n1") == 1
    assert sql(facts, "SELECT COUNT(*) FROM findings") == rows
    assert sql(facts, "SELECT run FROM findings_runs") == [("n1",)]
    query = "SELECT DISTINCT status FROM findings WHERE collection = 'townships'"
    assert sql(facts, query) == [("satisfied",)]


def test_what_is_told_of_a_run(facts: Path) -> None:
    assert night(facts, "n1", "--reading", "case_scope_covers=any_handling") == 1
    (told,) = sql(facts, "SELECT run, directive, fingerprint, as_of, head FROM findings_runs")
    run, directive, fingerprint, as_of, head = told
    rules = pr.load("putian-2019-52").rules
    assert (run, directive, str(as_of)) == ("n1", "putian-2019-52", "2019-09-01")
    assert fingerprint == fingerprint_of(rules)
    assert json.loads(str(head))["readings"]["case_scope_covers"] == "any_handling"
    assert sql(facts, "SELECT COUNT(*) FROM findings_runs WHERE ran_at <= now()") == [(1,)]


def test_agreements_have_their_runs(facts: Path) -> None:
    """A list of three officers, where the number says 34."""
    sql(facts, "CREATE TABLE officers AS FROM (VALUES ('P1', '350304540000')) AS t(id, station_id)")
    for run in ("n1", "n2"):
        assert night(facts, run, "--whole", "officers", *OWN) == 1
    query = "SELECT run, status FROM findings_agreements WHERE status = 'inconsistent' ORDER BY run"
    found = sql(facts, query)
    assert ("n1", "inconsistent") in found
    assert [run for run, _ in found].count("n1") == [run for run, _ in found].count("n2")


def test_requests_are_compared_too(facts: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for run, role, status in (("n1", "lead", 1), ("n2", "assist", 0)):
        sql(facts, f"UPDATE cases SET role = '{role}'")
        check = ["check", str(facts), "--as-of", "2019-09-01", "--into", "outcomes", *OWN]
        assert main([*check, "--run", run]) == status
    capsys.readouterr()
    given = ["--from", str(facts), "--table", "outcomes", "--format", "json"]
    assert main(["compare", "n1", "n2", *given]) == 1
    assert "cases/A1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--run", "n1"], "--run: it goes with --into; add it"),
        (["--into", "f", "--run", "a b"], "--run a b: expected an id of 1 to 64 letters"),
        (["--into", "townships", "--run", "n1"], "there is a table of that name without a column"),
    ],
)
def test_what_is_refused(
    arguments: list[str], said: str, facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ["audit", str(facts), "--as-of", "2019-09-01", "--lang", "en"]
    assert main([*given, *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


def test_a_table_that_was_written_without_runs(
    facts: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["audit", str(facts), "--as-of", "2019-09-01", "--into", "findings", *OWN]) == 1
    assert night(facts, "n1") == 2
    assert "which --run did not write; give another" in capsys.readouterr().err


def test_runs_that_are_not_there(
    facts: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    night(facts, "n1")
    for given, said in (
        (["--from", str(facts)], "--from and --table go together; give both"),
        (["--from", str(facts), "--table", "findings"], "has no run `n0`; there are n1"),
        (["--from", str(facts), "--table", "stations"], "no table `stations` with a column `run`"),
        (["--from", str(tmp_path), "--table", "f"], "expected a DuckDB file or the URL"),
    ):
        assert main(["compare", "n0", "n1", *given, "--lang", "en"]) == 2
        assert said in capsys.readouterr().err


def test_documents_have_no_runs(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document = tmp_path / "facts.json"
    document.write_text("{}", "utf-8")
    assert main(["audit", str(document), "--run", "n1", "--lang", "en"]) == 2
    assert "--run: it goes with --into, of a DuckDB file or a database" in capsys.readouterr().err
