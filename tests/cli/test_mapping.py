"""The command `mapping`: a first mapping from a schema, and what one reads from tables."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from policy_rules.cli import main
from policy_rules.formats import ColumnMapping, read_mapping
from policy_rules.police import Incident, Officer, Station, Township

SCHEMA = """
    CREATE SCHEMA GA;
    CREATE TABLE GA.T_PCS (PCSDM VARCHAR, MC VARCHAR, MJS INTEGER, "城乡 类别" INTEGER, SD VARCHAR,
        BQRQ INTEGER, BZ VARCHAR);
    COMMENT ON TABLE GA.T_PCS IS '派出所基本信息表';
    COMMENT ON COLUMN GA.T_PCS.PCSDM IS '编号';
    COMMENT ON COLUMN GA.T_PCS.MJS IS '民警数（人）：含所领导';
    COMMENT ON COLUMN GA.T_PCS.BQRQ IS '搬迁日期';
    COMMENT ON COLUMN GA.T_PCS.SD IS '是否试点';
    CREATE TABLE officers (id VARCHAR, station_id VARCHAR, grade INTEGER);
    CREATE TABLE GA.T_JQ (JQBH VARCHAR, LB VARCHAR, JJSJ VARCHAR);
    COMMENT ON COLUMN GA.T_JQ.JQBH IS '编号';
    COMMENT ON COLUMN GA.T_JQ.LB IS '类别';
    COMMENT ON COLUMN GA.T_JQ.JJSJ IS '接警时间';
    CREATE VIEW GA.V_OTHER AS SELECT 1 AS a, 2 AS b;
"""


def database(path: Path, *scripts: str) -> str:
    with duckdb.connect(str(path)) as made:
        for script in scripts:
            made.execute(script)
    return str(path)


def parquet(query: str, file: Path) -> None:
    duckdb.execute(f"COPY ({query}) TO '{file}' (FORMAT parquet)")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines on standard error of a command that is refused."""
    assert main(["mapping", *arguments, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    return shown.err.splitlines()


def test_a_first_mapping(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA)
    assert main(["mapping", "init", facts, "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    file = tmp_path / "first.toml"
    assert main(["mapping", "init", facts, "--lang", "en", "--output", str(file)]) == 0
    assert file.read_text("utf-8") == shown
    mapping = read_mapping(file)
    assert {cls: table.table for cls, (table,) in mapping.tables.items()} == {
        Station: "GA.T_PCS",
        Officer: "officers",
        Incident: "GA.T_JQ",
    }
    (stations,) = mapping.tables[Station]
    assert {name: said.column for name, said in stations.columns.items()} == {
        "id": "PCSDM",
        "officers": "MJS",
        "setting": "城乡 类别",
        "relocated_on": "BQRQ",
    }
    # What the types leave open is there to be filled in.
    assert stations.columns["setting"].codes == {"1": "urban", "2": "township", "3": "rural"}
    assert [form.written for form in stations.columns["relocated_on"].dates] == ["yyyymmdd"]
    (incidents,) = mapping.tables[Incident]
    assert incidents.columns["kind"] == ColumnMapping(column="LB")
    assert [form.written for form in incidents.columns["received_at"].dates] == ["yyyymmddhhmmss"]
    # What was not found stands in comments: fields, columns, tables, classes.
    lines = shown.splitlines()
    assert 'officers = "MJS"  # sworn officers, INTEGER, 民警数（人）：含所领导' in lines
    assert '# pilot = { column = "", yes = ["1"], no = ["0"] }  # pilot' in lines
    assert "#   SD VARCHAR 是否试点" in lines
    assert "#   GA.V_OTHER: a, b" in lines
    assert "#   [townships]  township" in lines


def test_a_first_mapping_in_chinese(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA)
    assert main(["mapping", "init", facts, "--lang", "zh"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("# facts.duckdb 的初步映射，由表和列的名称、注释得出。")
    assert "#   [townships]  乡镇街道" in lines
    assert "# 未用到的列：" in lines


def test_a_first_mapping_of_names_that_cannot_be_seen(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It can be read, and of two tables means that of the current schema."""
    file = str(tmp_path / "odd.duckdb")
    with duckdb.connect(file) as connection:
        connection.execute(
            "CREATE SCHEMA a; CREATE TABLE a.stations(id TEXT); CREATE TABLE stations(id TEXT);"
            'CREATE TABLE "t\x1b[31m"("a\nb" TEXT); COMMENT ON COLUMN stations.id IS \'x\ny\''
        )
    assert main(["mapping", "init", file]) == 0
    mapping = tmp_path / "mapping.toml"
    mapping.write_text(capsys.readouterr().out, "utf-8")
    (stations,) = read_mapping(mapping).tables[Station]
    assert stations.table == "stations"


def test_a_first_mapping_of_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """And of Parquet files, whatever they are called."""
    facts = database(tmp_path / "empty.duckdb")
    file = tmp_path / "first.toml"
    assert main(["mapping", "init", facts, "--output", str(file)]) == 0
    assert read_mapping(file).tables == {}
    parts = tmp_path / "parts"
    parts.mkdir()
    parquet("SELECT 'T1' AS 编号, 20 AS ZZ", parts / "乡镇街道.parquet")
    parquet("SELECT 1 AS x", parts / "GA.other.parquet")
    assert main(["mapping", "init", str(parts), "--output", str(file)]) == 0
    (table,) = read_mapping(file).tables[Township]
    assert table.table == "乡镇街道"
    assert capsys.readouterr().out == ""


MAPPING = """\
unknown = ["/"]
[stations]
table = "GA.T_PCS"
[stations.columns]
id = "PCSDM"
officers = "MJS"
[[townships]]
query = "SELECT DM AS id, RS AS patrol_members FROM GA.T_XZ"
[[townships]]
table = "GA.T_JD"
"""
TABLES = """
    INSERT INTO GA.T_PCS (PCSDM, MJS) VALUES ('S1', 20), ('S2', 7), ('S2', 7);
    CREATE TABLE GA.T_XZ AS SELECT 'T1' AS DM, 20 AS RS;
    CREATE TABLE GA.T_JD AS SELECT 'T2' AS id, '三十' AS 专职巡逻队人数, grades_2019: 3;
"""


def test_what_a_mapping_reads(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA, TABLES)
    mapping = tmp_path / "ga.toml"
    mapping.write_text(MAPPING, "utf-8")
    assert main(["mapping", "check", str(mapping), facts, "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)
    faults = shown.pop("faults")
    stations, townships = shown.pop("classes")
    assert shown == {"mapping": "ga.toml", "tables": "facts.duckdb"}
    assert stations["read_from"] == [
        {"table": "GA.T_PCS", "unused": ["MC", "城乡 类别", "SD", "BQRQ", "BZ"]}
    ]
    assert stations["fields"] == ["id", "officers"]
    assert {"beds", "grades"} <= {*stations["unknown"]}
    assert townships == {
        "collection": "townships",
        "read_from": [
            {"table": "query (GA.T_XZ)", "unused": []},
            {"table": "GA.T_JD", "unused": ["grades_2019"]},
        ],
        "fields": ["id", "patrol_members"],
        "unknown": ["name", "bureau_id"],
    }
    places = [(fault["place"], fault["field"]) for fault in faults]
    assert places == [("GA.T_PCS", "PCSDM"), ("GA.T_JD", "专职巡逻队人数")]


def test_what_a_mapping_reads_in_words(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA, TABLES)
    mapping = tmp_path / "ga.toml"
    mapping.write_text(MAPPING, "utf-8")
    assert main(["mapping", "check", str(mapping), facts, "--lang", "zh"]) == 1
    shown = capsys.readouterr().out.replace("\n", "")
    assert (
        "townships 乡镇街道  取自 query (GA.T_XZ)  取自 GA.T_JD    未用到的列：grades_2019" in shown
    )
    assert "没有列的字段：名称" in shown
    assert "数据中有 2 类问题：" in shown
    mapping.write_text('[townships]\nquery = "SELECT DM AS id FROM GA.T_XZ"\n')
    assert main(["mapping", "check", str(mapping), facts, "--lang", "en"]) == 0
    assert capsys.readouterr().out.endswith("nothing is wrong in the data\n")


def test_a_mapping_that_does_not_fit(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA)
    mapping = tmp_path / "ga.toml"
    mapping.write_text(
        '[stations]\nquery = "SELECT x FROM GA.T_PCS"\n[officers]\ntable = "T_MJ"\n', "utf-8"
    )
    assert refused(capsys, "check", str(mapping), facts) == [
        "ga.toml: stations.query: expected SQL that the database takes, found it refused (Binder "
        'Error: Referenced column "x" not found in FROM clause!); correct it',
        'ga.toml: officers.table: expected a table or view, found none named "T_MJ"; '
        "did you mean `T_JQ`? correct it",
    ]
    document = tmp_path / "facts.json"
    document.write_text("{}")
    for command in (["check", str(mapping)], ["init"]):
        assert refused(capsys, *command, str(document)) == [
            "facts.json: expected Parquet, a DuckDB file or the URL of a database; correct it"
        ]
    assert refused(capsys, "check", str(tmp_path / "none.toml"), facts)[0].startswith("none.toml")


def test_an_audit_says_what_it_read(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = database(tmp_path / "facts.duckdb", SCHEMA, TABLES)
    mapping = tmp_path / "ga.toml"
    mapping.write_text('[townships]\nquery = "SELECT DM AS id FROM GA.T_XZ"\n', "utf-8")
    given = ["audit", facts, "--mapping", str(mapping), "--as-of", "2020-06-30"]
    assert main([*given, "--lang", "en"]) == 1
    assert "townships read from query (GA.T_XZ)\n" in capsys.readouterr().out
    assert main([*given, "--lang", "zh"]) == 1
    assert "乡镇街道取自 query (GA.T_XZ)\n" in capsys.readouterr().out
    # A file that the mapping does not name is not passed over in silence.
    parts = tmp_path / "parts"
    parts.mkdir()
    parquet("SELECT 'T1' AS DM", parts / "GA.T_XZ.parquet")
    assert main(["audit", str(parts), *given[2:]]) == 1
    capsys.readouterr()
    parquet("SELECT 'S1' AS id", parts / "stations.parquet")
    assert main(["audit", str(parts), *given[2:], "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("stations.parquet: expected a known collection")
