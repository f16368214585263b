"""The command line on tables: Parquet and DuckDB, what is written, and what can be wrong."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import pytest

from policy_rules.cli import main, on_tables
from policy_rules.cli.locations import file_of, shown_name
from tests.support.command_line import LeapDay, told_in_words, write

AS_OF = ["--as-of", "2019-09-01"]

# Community officers are at least 40% of the strength: of 34 that is 13.6, so 14; of 12, 5.
# S3 lies in another city, and how many officers it has is unknown.
STATIONS = """
    CREATE TABLE stations AS FROM (VALUES
        ('350304540000', '黄石派出所', 'urban', true, 34, 5),
        ('350302540000', '榜头派出所', 'rural', false, 12, 5),
        ('110101540000', '外地派出所', 'rural', false, NULL, NULL)
    ) AS t(id, name, setting, pilot, officers, community_officers);
"""
# A township's patrol has 20 to 50 members.
TOWNSHIPS = """
    CREATE TABLE townships AS FROM (VALUES
        ('T1', '甲镇', 19), ('T2', '乙镇', 20), ('T3', '丙镇', 17), ('T4', '丁镇', 17),
        ('T5', '戊镇', NULL)
    ) AS t(id, name, patrol_members);
"""
# A complex case is not to be led; who assists is not concerned; of A3 nothing is known.
CASES = """
    CREATE TABLE cases AS FROM (VALUES
        ('A1', true, true, 1, '=<350304>', true, 'ordinary', 'lead'),
        ('A2', NULL, NULL, NULL, NULL, NULL, NULL, 'assist'),
        ('A3', NULL, NULL, NULL, NULL, NULL, NULL, NULL)
    ) AS t(id, causation_clear, simple, means, place_codes, complex, category, role);
"""
EXEMPTIONS = """
    CREATE TABLE exemptions AS FROM (VALUES ('E1', '3.1/2', 'cases/A1'))
    AS t(id, cite, subject);
"""
# The same as a document.
DOCUMENT: dict[str, Any] = {
    "stations": [
        {
            "id": "350304540000", "name": "黄石派出所", "setting": "urban", "pilot": True,
            "officers": 34, "community_officers": 5,
        },
        {
            "id": "350302540000", "name": "榜头派出所", "setting": "rural", "pilot": False,
            "officers": 12, "community_officers": 5,
        },
        {"id": "110101540000", "name": "外地派出所", "setting": "rural", "pilot": False},
    ],
    "townships": [
        {"id": "T1", "name": "甲镇", "patrol_members": 19},
        {"id": "T2", "name": "乙镇", "patrol_members": 20},
        {"id": "T3", "name": "丙镇", "patrol_members": 17},
        {"id": "T4", "name": "丁镇", "patrol_members": 17},
        {"id": "T5", "name": "戊镇"},
    ],
    "cases": [
        {
            "id": "A1", "causation_clear": True, "simple": True, "means": ["image"],
            "place_codes": ["350304"], "complex": True, "category": "ordinary", "role": "lead",
        },
        {"id": "A2", "role": "assist"},
        {"id": "A3"},
    ],
}  # fmt: skip
ALL = STATIONS + TOWNSHIPS + CASES
OUTSIDE = (
    "warning: the ids of 1 stations do not begin with 3503, so that they lie outside the "
    "directive's place; they are answered for all the same"
)
AS_OF_SAID = "as of 2019-09-01 (from --as-of)"


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and however wide its terminal is."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "100")


@contextmanager
def connected(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """A connection that is closed at the end, so that the command finds the file free."""
    connection = duckdb.connect(str(path))
    try:
        yield connection
    finally:
        connection.close()


def database(path: Path, script: str = ALL) -> str:
    """A DuckDB file with tables; its path."""
    with connected(path) as connection:
        connection.execute(script)
    return str(path)


def parquet(directory: Path, script: str = ALL, **names: str) -> str:
    """A directory with a Parquet file for each table, under other names where given."""
    directory.mkdir(exist_ok=True)
    with duckdb.connect() as connection:
        connection.execute(script)
        for (table,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall():
            file = directory / f"{names.get(table, table)}.parquet"
            connection.execute(f"COPY {table} TO '{file}' (FORMAT parquet)")
    return str(directory)


def rows(path: Path, query: str) -> list[tuple[Any, ...]]:
    """The rows of a query on a DuckDB file."""
    with connected(path) as connection:
        return connection.execute(query).fetchall()


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines on standard error of a command that is refused."""
    assert main(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err.splitlines()


# What is shown


def test_an_audit_is_summarised_in_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """By rule, then the gaps: T3 and T4 lack 3 of 20 alike, T1 lacks 1."""
    facts = parquet(tmp_path / "facts", TOWNSHIPS)
    assert main(["audit", facts, *AS_OF]) == 1
    shown = capsys.readouterr()
    assert shown.err == ""
    lines = [" ".join(line.split()) for line in shown.out.splitlines()]
    assert AS_OF_SAID in lines
    assert "1 satisfied, 3 breached, 1 undetermined" in lines
    assert "Worst gaps (all 3)" in lines
    gaps = lines[lines.index("Worst gaps (all 3)") :]
    assert gaps[3].startswith("丙镇, 丁镇 5.2/1")
    assert gaps[3].endswith("breached 17 20 3")
    (second,) = (line for line in gaps if line.startswith("甲镇 T1 5.2/1"))
    assert second.endswith("breached 19 20 1")


def test_how_many_gaps_are_shown(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = parquet(tmp_path / "facts", TOWNSHIPS)
    main(["audit", facts, *AS_OF, "--worst", "1", "--lang", "zh"])
    shown = capsys.readouterr().out
    assert "差距较大的问题（共 3 项，列前 2 项，按相差数占标准的比例排序）" in shown
    assert "丙镇、丁镇" in shown
    assert "甲镇" not in shown
    main(["audit", facts, *AS_OF, "--worst", "0"])
    assert "Worst gaps" not in capsys.readouterr().out


def test_requests_are_counted_and_the_first_against_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more facts than are shown one by one."""
    monkeypatch.setattr(on_tables, "_MOST_FETCHED", 0)
    assert main(["check", database(tmp_path / "facts.duckdb", CASES), *AS_OF]) == 1
    shown = capsys.readouterr().out
    assert "1 permitted, 1 exemption needed, 1 undetermined\n" in shown
    assert "Not permitted: cases (all 2)" in shown
    assert "criminal case A1   exemption needed   3.1/2 in principle, a station does not" in shown
    assert "criminal case A3   undetermined       needed: " in shown
    assert "criminal case A2" not in shown


def test_decisions_are_counted_by_value(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A pilot has three teams; another of 12 officers has two; S3 may have any."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setattr(on_tables, "_MOST_FETCHED", 0)
    facts = database(tmp_path / "facts.ddb", STATIONS)
    assert main(["decide", facts, *AS_OF, "--name", "duty_mode"]) == 1
    shown = capsys.readouterr()
    assert shown.err == f"{OUTSIDE}\n"
    (line,) = (line for line in shown.out.splitlines() if line.startswith("police station"))
    assert " ".join(line.split()) == (
        "police station duty mode three teams and one room (1), two teams and one room (1) 1"
    )


@pytest.mark.parametrize("command", ["decide", "check", "audit"])
def test_nothing_to_say(
    command: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Tables in which the directive has nothing to answer, few rows or many."""
    script = "CREATE TABLE attestations AS SELECT 'X1' AS id, '2.1/2c' AS cite"
    facts = database(tmp_path / "facts.duckdb", script)
    said = {
        "decide": "the data have no fact of which anything is decided",
        "check": "the data have no requests",
        "audit": "the data have no fact to audit",
    }
    for most in (1_000, 0):
        monkeypatch.setattr(on_tables, "_MOST_FETCHED", most)
        assert main([command, facts, *AS_OF]) == 0
        assert said[command] in capsys.readouterr().out


@pytest.mark.parametrize("command", ["decide", "check", "audit"])
def test_the_document_of_answers_is_that_of_the_same_facts(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """But for what no column says."""
    facts = parquet(tmp_path / "facts")
    status = main([command, facts, *AS_OF, "--format", "json"])
    shown = capsys.readouterr()
    read_from = [f"{name} read from main.{name}\n" for name in ("stations", "cases", "townships")]
    assert shown.err == f"{OUTSIDE}\n{AS_OF_SAID}\n{''.join(read_from)}"
    found = json.loads(shown.out)
    document = write(tmp_path / "facts.json", DOCUMENT)
    assert main([command, document, *AS_OF, "--format", "json"]) == status
    expected = json.loads(capsys.readouterr().out)
    assert list(found) == list(expected)
    for kind in ("decisions", "verdicts", "findings"):
        for answer in expected[kind]:
            if kind == "findings":
                for name in ("met_on", "periods", "name", "bodies"):
                    del answer[name]

        def identity(answer: dict[str, Any]) -> str:
            return f"{answer['subject']} {answer.get('name')} {answer.get('cite')}"

        assert sorted(found[kind], key=identity) == sorted(expected[kind], key=identity)
    assert {key: found[key] for key in ("directive", "as_of", "readings")} == {
        key: expected[key] for key in ("directive", "as_of", "readings")
    }


def test_the_date_is_today_where_nothing_else_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("policy_rules.cli.inputs.date", LeapDay)
    main(["audit", parquet(tmp_path / "facts", TOWNSHIPS)])
    assert "as of 2024-02-29 (today)\n" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("command", "script", "status"),
    [
        ("check", "CREATE TABLE cases AS SELECT 'A' AS id, 'assist' AS role", 0),
        ("check", CASES, 1),
        ("audit", "CREATE TABLE townships AS SELECT 'T' AS id, 20 AS patrol_members", 0),
        ("audit", "CREATE TABLE townships AS SELECT 'T' AS id, 19 AS patrol_members", 1),
        ("audit", "CREATE TABLE townships AS SELECT 'T' AS id", 1),
        ("audit", "CREATE TABLE cases AS SELECT 'A' AS id, 'assist' AS role", 0),
        ("audit", "CREATE TABLE cases AS SELECT 'A' AS id", 1),
        ("decide", "CREATE TABLE stations AS SELECT 'S' AS id", 1),
    ],
)
@pytest.mark.parametrize("output", ["table", "json", "parquet", "into"])
def test_exit_status(
    command: str,
    script: str,
    status: int,
    output: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    options = {
        "table": [],
        "json": ["--format", "json"],
        "parquet": ["--output", str(tmp_path / "answers.parquet")],
        "into": ["--into", "answers"],
    }[output]
    facts = database(tmp_path / "facts.duckdb", script)
    assert main([command, facts, *AS_OF, *options]) == status
    assert bool(capsys.readouterr().out) == (output in ("table", "json"))


# Whole lists, exemptions, stations elsewhere


def test_whole_lists(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """S1 has 2 officers and names one: that differs only where no other can be missing."""
    script = """
        CREATE TABLE stations AS SELECT 'S1' AS id, 2 AS officers;
        CREATE TABLE officers AS SELECT 'P1' AS id, 'S1' AS station_id;
    """
    facts = database(tmp_path / "facts.duckdb", script)

    def status(*options: str) -> str:
        own = ["--directive", "tests.support.agreeing:DIRECTIVE"]
        main(["audit", facts, *own, *AS_OF, "--format", "json", *options])
        (found,) = json.loads(capsys.readouterr().out)["agreements"]
        return str(found["status"])

    assert status() == "undetermined"
    assert status("--whole", "stations") == "undetermined"
    assert status("--whole", "officers") == "inconsistent"
    assert status("--whole", "派出所，民警") == "inconsistent"
    assert status("--whole", "stations", "--whole", "officers") == "inconsistent"
    mapping = tmp_path / "county.toml"
    mapping.write_text('complete = ["officers"]', "utf-8")
    assert status("--mapping", str(mapping)) == "inconsistent"


def test_exemptions_are_read_from_their_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = parquet(tmp_path / "facts", CASES + EXEMPTIONS)
    main(["check", facts, *AS_OF, "--format", "json"])
    first, *_ = json.loads(capsys.readouterr().out)["verdicts"]
    assert (first["subject"], first["outcome"]) == ("cases/A1", "permitted")
    assert first["reasons"][0]["exemption"] == "E1"


def test_exemptions_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    script = CASES + EXEMPTIONS.replace("'3.1/2'", "CAST(NULL AS TEXT)")
    (line,) = refused(capsys, "check", parquet(tmp_path / "facts", script), *AS_OF)
    assert line.startswith("exemptions: E1.cite: expected ")
    script = CASES + EXEMPTIONS.replace("3.1/2", "9.9/9")
    (line,) = refused(capsys, "check", parquet(tmp_path / "others", script), *AS_OF)
    assert line.startswith("exemptions/E1.cite: expected the citation of an in-principle rule, ")
    script = CASES + EXEMPTIONS.replace("('E1'", "('E1', '3.1/2', 'cases/A1'), ('E1'")
    (line,) = refused(capsys, "check", parquet(tmp_path / "twice", script), *AS_OF)
    assert line.startswith("exemptions.id: expected an id that is unique among `exemptions`")


def test_facts_elsewhere_are_told_of(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = parquet(tmp_path / "facts", STATIONS)
    main(["decide", facts, *AS_OF, "--lang", "zh"])
    assert capsys.readouterr().err == (
        "警告：1 个派出所的编号不以 3503 开头，不在文件适用的地区，仍一并回答\n"
    )
    main(["decide", facts, *AS_OF, "--set", "city_codes=1101"])
    assert capsys.readouterr().err == OUTSIDE.replace("1 st", "2 st").replace("3503", "1101") + "\n"
    # Letters occur in the second half of an organisation code; a bureau's id is one too.
    script = """
        CREATE TABLE stations AS FROM (VALUES ('35030454000A'), ('11010154000A')) AS t(id);
        CREATE TABLE bureaus AS FROM (VALUES ('350304000000'), ('110101000000')) AS t(id);
    """
    main(["decide", database(tmp_path / "letters.duckdb", script), *AS_OF])
    assert sorted(capsys.readouterr().err.splitlines()) == [
        OUTSIDE.replace("stations", "bureaus"),
        OUTSIDE,
    ]
    # What is no organisation code says nothing of a place.
    other = database(tmp_path / "facts.duckdb", "CREATE TABLE stations AS SELECT 'S1' AS id")
    main(["decide", other, *AS_OF])
    assert capsys.readouterr().err == ""


# Where tables are


def test_one_parquet_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    parquet(tmp_path / "facts", TOWNSHIPS, townships="乡镇街道")
    assert main(["audit", str(tmp_path / "facts" / "乡镇街道.parquet"), *AS_OF]) == 1
    assert "1 satisfied, 3 breached, 1 undetermined\n" in capsys.readouterr().out


def test_parquet_in_parts(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """As Spark writes it: a directory that is called as a file is; and names with odd letters."""
    directory = tmp_path / "it's [1]*"
    parts = directory / "townships.parquet"
    parts.mkdir(parents=True)
    with duckdb.connect() as connection:
        connection.execute(TOWNSHIPS)
        for number, condition in enumerate(("id < 'T3'", "id >= 'T3'")):
            file = str(parts / f"part-{number}.parquet").replace("'", "''")
            connection.execute(
                f"COPY (FROM townships WHERE {condition}) TO '{file}' (FORMAT parquet)"
            )
    for facts in (directory, parts):
        assert main(["audit", str(facts), *AS_OF]) == 1
        assert "1 satisfied, 3 breached, 1 undetermined\n" in capsys.readouterr().out


def test_a_url_of_duckdb(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the root, or from where the command is run."""
    database(tmp_path / "facts 1.duckdb", TOWNSHIPS)
    monkeypatch.chdir(tmp_path)
    root = str(tmp_path).lstrip("/")
    for url in (
        f"duckdb:///{root}/facts%201.duckdb",
        f"duckdb:////{root}/facts%201.duckdb",
        "duckdb:///facts%201.duckdb",
    ):
        assert main(["audit", url, *AS_OF]) == 1
        assert "1 satisfied, 3 breached, 1 undetermined\n" in capsys.readouterr().out
    assert file_of("duckdb:///nowhere/facts.duckdb") == Path("nowhere/facts.duckdb")


def test_a_mapping_of_parquet_and_of_csv(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same mapping says how a table is called with what qualifies it, and its columns."""
    mapping = tmp_path / "county.toml"
    mapping.write_text(
        '[townships]\ntable = "GA.T_XZ"\n[townships.columns]\n'
        'id = "XZDM"\npatrol_members = "ZZXLRS"\n',
        "utf-8",
    )
    script = "CREATE TABLE t AS SELECT 'T1' AS XZDM, 19 AS ZZXLRS"
    facts = parquet(tmp_path / "facts", script, t="GA.T_XZ")
    sheets = tmp_path / "sheets"
    sheets.mkdir()
    (sheets / "GA.T_XZ.csv").write_text("XZDM,ZZXLRS\nT1,19\n", "utf-8")
    for given in (facts, str(sheets)):
        assert main(["audit", given, *AS_OF, "--mapping", str(mapping)]) == 1
        assert "1 breached\n" in capsys.readouterr().out


# What is written


def test_findings_as_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    output = tmp_path / "it's [1].parquet"
    output.write_text("old", "utf-8")
    facts = parquet(tmp_path / "facts", TOWNSHIPS)
    assert main(["audit", facts, *AS_OF, "--output", str(output)]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    beside = tmp_path / "it's [1]_agreements.parquet"
    assert shown.err == (
        f"{AS_OF_SAID}\ntownships read from main.townships\nwritten to {output}: 5 rows\n"
        f"written to {beside}: 0 rows\n"
    )
    assert duckdb.read_parquet(str(tmp_path / "it*_agreements.parquet")).fetchall() == []
    found = duckdb.read_parquet(str(tmp_path / "it?s ?1?.parquet")).order("id")
    assert list(zip(found.columns, map(str, found.types), strict=True)) == [
        ("collection", "VARCHAR"), ("id", "VARCHAR"), ("cite", "VARCHAR"), ("status", "VARCHAR"),
        ("actual", "BIGINT"), ("required", "BIGINT"), ("shortfall", "BIGINT"), ("due", "DATE"),
        ("exemption", "VARCHAR"), ("needs", "VARCHAR"), ("responsible", "VARCHAR"),
    ]  # fmt: skip
    assert [row[:7] + row[9:10] for row in found.fetchall()] == [
        ("townships", "T1", "5.2/1", "breached", 19, 20, 1, ""),
        ("townships", "T2", "5.2/1", "satisfied", 20, 20, 0, ""),
        ("townships", "T3", "5.2/1", "breached", 17, 20, 3, ""),
        ("townships", "T4", "5.2/1", "breached", 17, 20, 3, ""),
        ("townships", "T5", "5.2/1", "undetermined", None, 20, None,
         "townships/T5.patrol_members"),
    ]  # fmt: skip
    assert {path.name for path in tmp_path.iterdir()} == {"facts", output.name, beside.name}


def test_decisions_as_parquet(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Values of every type are texts: a choice, a set, a number."""
    output = tmp_path / "answers.parquet"
    facts = parquet(tmp_path / "facts", STATIONS)
    assert main(["decide", facts, *AS_OF, "--output", str(output)]) == 1
    found = duckdb.read_parquet(str(output)).filter(
        "name IN ('duty_mode', 'teams', 'strength') AND id <> '110101540000'"
    )
    assert sorted(found.project("id, name, value, cites, needs").fetchall()) == [
        ("350302540000", "duty_mode", "two_teams_one_room", "5.1/2", ""),
        ("350302540000", "strength", "12", "2.1/1", ""),
        ("350302540000", "teams", "community case command", "5.1/2", ""),
        ("350304540000", "duty_mode", "three_teams_one_room", "5.1/1", ""),
        ("350304540000", "strength", "34", "2.1/1", ""),
        ("350304540000", "teams", "community case patrol command", "5.1/1", ""),
    ]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_numbers_that_need_not_be_whole(
    lang: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """As JSON has them: 105.48 yuan a piece; an eighth less from four on, else a third of each."""
    monkeypatch.setattr(on_tables, "_MOST_FETCHED", 0)
    script = "CREATE TABLE parcels AS FROM (VALUES (4, 20.10), (2, 3.0), (3, 0.25), (0, -0.5), "
    script += "(NULL, NULL)) AS t(pieces, worth);"
    script += "ALTER TABLE parcels ADD COLUMN id TEXT; UPDATE parcels SET id = 'P' || pieces;"
    script += "UPDATE parcels SET id = 'P' WHERE pieces IS NULL;"
    facts, output = parquet(tmp_path / "facts", script), tmp_path / "answers.parquet"
    options = [*AS_OF, "--directive", "tests.support.parcels:PARCELS"]
    assert main(["decide", facts, *options, "--output", str(output)]) == 1
    found = duckdb.read_parquet(str(output)).filter("name <> 'score'")
    assert sorted(found.project("id, name, value").fetchall()) == [
        ("P", "charge", None), ("P", "discounted", None),
        ("P", "premium", None), ("P", "refund", None),
        ("P0", "charge", "0"), ("P0", "discounted", "0"),
        ("P0", "premium", "0"), ("P0", "refund", "-0.5"),  # -0.0025
        ("P2", "charge", "210.96"), ("P2", "discounted", "2/3"),
        ("P2", "premium", "0.02"), ("P2", "refund", "2.9"),  # 0.015 is as near to both
        ("P3", "charge", "316.44"), ("P3", "discounted", "1"),
        ("P3", "premium", "0"), ("P3", "refund", "0.1"),
        ("P4", "charge", "421.92"), ("P4", "discounted", "52.74"),
        ("P4", "premium", "0.1"), ("P4", "refund", "19.9"),
    ]  # fmt: skip
    capsys.readouterr()
    assert main(["decide", facts, *options, "--lang", lang]) == 1
    yuan = "元" if lang == "zh" else " yuan"
    assert f"421.92{yuan} (1)" in capsys.readouterr().out


def test_verdicts_back_into_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "facts.duckdb"
    facts = database(path, CASES)
    assert main(["check", facts, *AS_OF, "--into", "审核结果", "--lang", "zh"]) == 1
    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == (
        "基准日期 2019-09-01（取自 --as-of）\n刑事案件取自 main.cases\n已写入 审核结果：3 行\n"
    )
    query = "SELECT collection, id, outcome, reasons, missing_steps FROM 审核结果 ORDER BY id"
    assert rows(path, query) == [
        ("cases", "A1", "exemption_needed", "3.1/2", ""),
        ("cases", "A2", "permitted", "", ""),
        ("cases", "A3", "undetermined", "", ""),
    ]
    assert refused(capsys, "check", facts, *AS_OF, "--into", "审核结果") == [
        "--into 审核结果: there is a table or view of that name; give another, or drop it first"
    ]


def test_into_a_schema(tmp_path: Path) -> None:
    path = tmp_path / "facts.duckdb"
    facts = database(path, f"{TOWNSHIPS} CREATE SCHEMA audit;")
    assert main(["audit", facts, *AS_OF, "--into", "audit.townships"]) == 1
    assert rows(path, "SELECT COUNT(*) FROM audit.townships") == [(5,)]


def test_answers_to_nothing_have_their_columns(tmp_path: Path) -> None:
    output = tmp_path / "answers.parquet"
    facts = parquet(tmp_path / "facts", TOWNSHIPS)
    assert main(["check", facts, *AS_OF, "--output", str(output)]) == 0
    found = duckdb.read_parquet(str(output))
    assert found.fetchall() == []
    assert found.columns == [
        "collection", "id", "outcome", "reasons", "missing_steps", "exemptions", "needs",
    ]  # fmt: skip


def test_a_file_that_is_only_read_stays_as_it_is(tmp_path: Path) -> None:
    """And nothing is left beside it."""
    path = tmp_path / "kept" / "facts.duckdb"
    path.parent.mkdir()
    facts = database(path)
    content = path.read_bytes()
    assert main(["audit", facts, *AS_OF]) == 1
    assert path.read_bytes() == content
    assert [each.name for each in path.parent.iterdir()] == ["facts.duckdb"]


# What is wrong

REFUSED: dict[str, tuple[list[str], str, str]] = {
    "engine": (
        ["audit", "PARQUET", "--engine", "python"],
        "--engine python: tables are answered by the engine `sql` alone; leave --engine out, or "
        "give JSON, CSV or Excel",
        "--engine python：表只能由引擎 `sql` 回答；请去掉 --engine，或给出 JSON、CSV 或 Excel",
    ),
    "whole list": (
        ["audit", "PARQUET", "--whole", "townshps"],
        '--whole: there is no list "townshps"; did you mean `townships`? there are ',
        '--whole：没有列表 "townshps"；是否指 `townships`？现有 ',
    ),
    "whole list without a table": (
        ["audit", "PARQUET", "--whole", "officers"],
        "--whole officers: there is no table of officers; add one, or leave this out",
        "--whole officers：没有民警的表；请补上该表，或去掉此项",
    ),
    "into Parquet": (
        ["audit", "PARQUET", "--into", "answers"],
        "--into: facts is Parquet, and no database to write back to; use --output NAME.parquet",
        "--into：facts 是 Parquet，没有可写回的数据库；请改用 --output 文件名.parquet",
    ),
    "into no name": (
        ["audit", "DUCKDB", "--into", "a b"],
        "--into a b: expected a name for a new table, such as `findings` or `audit.findings`, of "
        "letters, digits and underscores, at most 63 bytes each; correct it",
        "--into a b：应为新表的名称，如 `findings` 或 `audit.findings`，每段至多 63 个字节，"
        "由文字、数字和下划线组成；请改正",
    ),
    "into and output": (
        ["audit", "DUCKDB", "--into", "answers", "--output", "answers.txt"],
        "--output --into: they exclude each other; give one of them",
        "--output --into：两个选项不能同时使用；请只保留一个",
    ),
    "JSON as Parquet": (
        ["audit", "DUCKDB", "--format", "json", "--output", "answers.parquet"],
        "--output answers.parquet: a file in .parquet goes with --format parquet; add it, or give "
        "another name",
        "--output answers.parquet：.parquet 文件应配合 --format parquet；请加上，或换一个名称",
    ),
    "output among the facts": (
        ["audit", "PARQUET", "--output", "PARQUET/answers.parquet"],
        "it cannot be written (it holds the facts that are read)",
        "无法写入（是所读取的数据）",
    ),
    "another command": (
        ["template", "missing.xlsx", "--for", "PARQUET"],
        "facts: tables (Parquet, DuckDB or a database) do not go with this command; give it JSON, "
        "CSV or Excel",
        "facts：表（Parquet、DuckDB 或数据库）不用于此命令；请给出 JSON、CSV 或 Excel",
    ),
    "a document with whole lists": (
        ["audit", "JSON", "--whole", "stations"],
        "--whole: it goes with tables only; a document names its whole lists in `complete`",
        "--whole：只用于表；文档中的完整列表由其 `complete` 写明",
    ),
    "a document into a table": (
        ["audit", "JSON", "--into", "answers"],
        "--into: it goes with a DuckDB file or a database only; use --output",
        "--into：只用于 DuckDB 文件或数据库；请改用 --output",
    ),
    "a document with a mapping": (
        ["audit", "JSON", "--mapping", "MAPPING"],
        "facts.json: expected a directory of CSV files or an Excel workbook to go with a mapping",
        "facts.json：映射用于 CSV 目录和 Excel 工作簿，实为其他文件；请去掉映射",
    ),
    "no mapping": (
        ["audit", "PARQUET", "--mapping", "nowhere.toml"],
        "nowhere.toml: expected something that can be read, found an error",
        "nowhere.toml：无法读取（",
    ),
    "no Parquet": (
        ["audit", "nowhere.parquet"],
        "nowhere.parquet: expected Parquet files or a DuckDB file, found nothing; check the path",
        "nowhere.parquet：应为 Parquet 文件、目录或 DuckDB 文件，实际不存在；请检查路径",
    ),
    "no DuckDB": (
        ["audit", "nowhere.duckdb", "--into", "answers"],
        "nowhere.duckdb: expected Parquet files or a DuckDB file, found nothing; check the path",
        "nowhere.duckdb：应为 Parquet 文件、目录或 DuckDB 文件，实际不存在；请检查路径",
    ),
    "another database": (
        ["audit", "mysql://root:secret@host/db"],
        "mysql://root@host/db: expected a URL that begins with `postgresql://` or `duckdb://`, "
        'found "mysql"; correct it',
        "mysql://root@host/db：应为以 `postgresql://` 或 `duckdb://` 开头的地址，"
        '实为 "mysql"；请改正',
    ),
    "not DuckDB": (
        ["audit", "OTHER.duckdb"],
        "other.duckdb: expected a DuckDB file, found one that cannot be opened (",
        "other.duckdb：应为 DuckDB 文件，无法打开（",
    ),
    "not Parquet": (
        ["audit", "OTHER.parquet"],
        "stations.parquet: expected a Parquet file, found an error (",
        "stations.parquet：应为 Parquet 文件，此处有误（",
    ),
}  # fmt: skip


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("of", REFUSED)
def test_what_is_refused(
    of: str,
    lang: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """One clear line, and nothing on standard output."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.duckdb").write_bytes(b"nothing of the kind " * 1000)
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "stations.parquet").write_bytes(b"nothing of the kind " * 1000)
    (tmp_path / "county.toml").write_text("", "utf-8")
    given = {
        "PARQUET": parquet(tmp_path / "facts", TOWNSHIPS),
        "DUCKDB": database(tmp_path / "facts.duckdb", TOWNSHIPS),
        "JSON": write(tmp_path / "facts.json", DOCUMENT),
        "MAPPING": "county.toml",
        "OTHER.duckdb": "other.duckdb",
        "OTHER.parquet": "other/stations.parquet",
        "PARQUET/answers.parquet": "facts/answers.parquet",
    }
    arguments, english, chinese = REFUSED[of]
    command = [given.get(argument, argument) for argument in arguments]
    (line,) = refused(capsys, *command, "--lang", lang)
    expected = english if lang == "en" else chinese
    assert expected in (
        told_in_words(line, "zh" if lang == "zh" else "en") if "json" in command else line
    )


def test_every_fault_of_a_directory(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Of options and files together."""
    facts = parquet(tmp_path / "facts", TOWNSHIPS, townships="township")
    (tmp_path / "facts" / "officers.csv").write_text("id\nP1\n", "utf-8")
    (tmp_path / "facts" / "cases.parquet").write_bytes(b"nothing")
    lines = refused(capsys, "audit", facts, "--as-of", "now", "--whole", "x")
    assert [line.partition(":")[0] for line in lines] == [
        "--as-of", "--whole", "facts", "cases.parquet", "township.parquet",
    ]  # fmt: skip
    assert lines[2] == (
        "facts: expected Parquet files only, found CSV files too (such as `officers.csv`); "
        "put each kind in a directory of its own"
    )
    assert lines[4] == (
        'township.parquet: expected a known collection as its name, found "township"; '
        "did you mean `townships`? correct it"
    )


def test_every_fault_of_what_tables_hold(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is answered; nothing is written either."""
    script = """
        CREATE TABLE townships AS FROM (VALUES ('T1', 19), ('T1', -1)) AS t(id, patrol_members);
        CREATE TABLE stations AS FROM (VALUES ('S1', 'city')) AS t(id, setting);
    """
    facts = database(tmp_path / "facts.duckdb", script)
    lines = refused(capsys, "audit", facts, *AS_OF, "--into", "answers")
    assert [line.partition(":")[0] for line in lines] == [
        "stations.setting (S1)", "townships.patrol_members (T1)", "townships.id",
    ]  # fmt: skip
    assert rows(tmp_path / "facts.duckdb", "SELECT table_name FROM duckdb_tables()") == [
        ("stations",), ("townships",),
    ]  # fmt: skip
    lines = refused(capsys, "audit", facts, *AS_OF, "--lang", "zh")
    assert lines[0].startswith("stations.setting（S1）：应为")


def test_every_fault_of_what_tables_there_are(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping = tmp_path / "county.toml"
    mapping.write_text('[stations]\ntable = "T_PCS"\n[officers]\ntable = "T_MJ"\n', "utf-8")
    facts = database(tmp_path / "facts.duckdb", TOWNSHIPS)
    options = ["--mapping", str(mapping), "--whole", "cases"]
    lines = refused(capsys, "audit", facts, *AS_OF, *options)
    assert [line.partition(",")[0] for line in lines] == [
        "--whole cases: there is no table of cases; add one",
        "county.toml: stations.table: expected a table or view",
        "county.toml: officers.table: expected a table or view",
    ]


def test_a_file_that_another_program_has_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = database(tmp_path / "facts.duckdb", TOWNSHIPS)
    script = (
        f"import duckdb, sys\nconnection = duckdb.connect({facts!r})\n"
        "print('open', flush=True)\nsys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", script], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"open\n"
        (english,) = refused(capsys, "audit", facts, *AS_OF)
        (chinese,) = refused(capsys, "audit", facts, *AS_OF, "--lang", "zh")
        other.communicate()
    assert english.startswith("facts.duckdb: another program has the file open (")
    assert english.endswith("; close it there and try again")
    assert chinese.startswith("facts.duckdb：文件已被其他程序打开（")


@pytest.mark.parametrize(
    ("module", "facts", "extra"),
    [
        ("duckdb", "facts.duckdb", "sql"),
        ("sqlglot", "facts.duckdb", "sql"),
        ("psycopg", "postgresql://me:secret@nowhere/db?password=secret", "postgres"),
    ],
)
def test_what_is_not_installed(
    module: str,
    facts: str,
    extra: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    database(tmp_path / "facts.duckdb", TOWNSHIPS)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setitem(sys.modules, module, None)
    place = facts.replace(":secret", "").partition("?")[0]
    assert refused(capsys, "audit", facts) == [
        f"{place}: expected `{module}` for reading it, found it missing; "
        f"install `policy-rules[{extra}]`"
    ]
    assert refused(capsys, "audit", facts, "--lang", "zh") == [
        f"{place}：读取它需要 `{module}`，实际没有；请安装 `policy-rules[{extra}]`"
    ]


def test_what_fails_while_it_is_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A view that cannot be read: the first line of what the database says, and its name."""
    script = """
        CREATE TABLE t AS SELECT 'T1' AS id, 'x' AS n;
        CREATE VIEW townships AS SELECT id, CAST(n AS BIGINT) AS patrol_members FROM t;
    """
    facts = database(tmp_path / "facts.duckdb", script)
    (line,) = refused(capsys, "audit", facts, *AS_OF)
    assert line.startswith("facts.duckdb: the database could not answer (Conversion Error: ")
    assert line.endswith("); see to that and try again")


def test_an_interrupt(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DuckDB turns it into an error of its own."""

    def interrupted(_: object) -> None:
        raise RuntimeError("Query interrupted")

    monkeypatch.setattr("policy_rules.tables.on_tables.FoundTables.wrong", interrupted)
    assert main(["audit", parquet(tmp_path / "facts", TOWNSHIPS), *AS_OF]) == 130
    shown = capsys.readouterr()
    assert (shown.out, shown.err.strip()) == ("", "interrupted")


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("postgresql://me:a:b@c@host:5432/db", "postgresql://me@host:5432/db"),
        ("postgresql://host/db?user=me&password=x", "postgresql://host/db"),
        ("postgres://me@host/db", "postgres://me@host/db"),
        ("some/where/facts.duckdb", "facts.duckdb"),
    ],
)
def test_no_password_is_shown(url: str, shown: str) -> None:
    assert shown_name(url) == shown
