"""The lists of the text in the head of an audit: the same of documents and of tables."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

import duckdb
import pytest

from policy_rules.cli import main
from tests.support.command_line import write

AS_OF: Final = ["--as-of", "2020-01-01"]
STATIONS: Final[list[dict[str, Any]]] = [
    {"id": "S1", "name": "黄石派出所", "pilot": True, "setting": "urban"},
    {"id": "S2", "name": "度尾派出所", "pilot": None, "setting": "rural"},
]
SHOWN: Final = {
    "zh": [
        "文件所列名单（不计入核查结果）",
        "各年放假和调休安排 1.1/2 已知 2020 年（缺 2019 年；参数 holidays）",
        "文件列名的无房所、危房所 4.1/2 应有12个，已知2个（未找到：凤凰山所、东峤所、榜头所、"
        "萩芦所、大洋所、梧塘所、东海所、十八列岛边防所、新度所、平海所；派出所名单不全）",
        "城区试点派出所 4.2/3 应有10个，已知1个（派出所名单不全）",
        "其他试点派出所 4.2/4 应有11个，已知0个（另有1个未定；派出所名单不全）",
        "改革试点派出所 5.1/1 应有21个，已知1个（另有1个未定；派出所名单不全）",
    ],
    "en": [
        "Lists that the text speaks of (apart)",
        "days off and days worked in exchange, by year 1.1/2 "
        "known for 2020 (unknown: 2019; parameter holidays)",
        "stations named as without premises or in dangerous ones 4.1/2 2 of 12 known "
        "(not found: Fenghuangshan, Dongqiao, Bangtou, Qiulu, Dayang, Wutang, Donghai, "
        "Shibaliedao, Xindu, Pinghai; list of stations partial)",
        "urban pilot stations 4.2/3 1 of 10 known (list of stations partial)",
        "other pilot stations 4.2/4 0 of 11 known (1 more undetermined; list of stations partial)",
        "pilot stations of the reform 5.1/1 1 of 21 known "
        "(1 more undetermined; list of stations partial)",
    ],
}
HOLIDAYS: Final = ["--set", 'holidays={"2020": {}}']


@pytest.fixture
def document(tmp_path: Path) -> str:
    """Two of the city's stations."""
    return write(tmp_path / "facts.json", {"stations": STATIONS})


@pytest.fixture
def tables(tmp_path: Path) -> str:
    """The same in a database."""
    path = tmp_path / "facts.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE stations(id TEXT, name TEXT, pilot BOOLEAN, setting TEXT)")
        rows = [tuple(each.values()) for each in STATIONS]
        connection.executemany("INSERT INTO stations VALUES (?, ?, ?, ?)", rows)
    return str(path)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("source", ["document", "tables"])
def test_an_audit_begins_with_them(
    source: str,
    lang: str,
    request: pytest.FixtureRequest,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    facts = request.getfixturevalue(source)
    main(["audit", facts, *AS_OF, *HOLIDAYS, "--lang", lang, "--worst", "0"])
    shown = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    title, *rows = SHOWN[lang]
    head = shown[shown.index(title) : shown.index({"zh": "逐条汇总（据数据判定）",
                                                  "en": "By rule: measured"}[lang])]  # fmt: skip
    assert [row for row in rows if row not in head] == []
    assert len(head) == 1 + 2 + 7 + 1, "title, headings, the lists that matter to stations, a blank"


def test_json_has_all_of_them(
    document: str, tables: str, capsys: pytest.CaptureFixture[str]
) -> None:
    told = {}
    for facts in (document, tables):
        main(["audit", facts, *AS_OF, "--format", "json"])
        told[facts] = json.loads(capsys.readouterr().out)["lists"]
    assert told[document] == told[tables]
    assert [each["cite"] for each in told[document]] == [
        "0/1", "1.1/2", "3.1/2", "4.1/2", "4.2/3", "4.2/4", "4.4/2", "4.5/2", "4.5/2", "5.1/1",
    ]  # fmt: skip
    assert told[document][-1] == {
        "cite": "5.1/1", "collection": "stations", "parameter": None, "extent": "open",
        "expected": 21, "found": 1, "undetermined": 1, "partial": True, "there": [], "missing": [],
        "repeated": [], "zh": "改革试点派出所", "en": "pilot stations of the reform",
    }  # fmt: skip
    main(["decide", document, *AS_OF, "--format", "json"])
    assert "lists" not in json.loads(capsys.readouterr().out), "only an audit asks for them"


def test_a_whole_list_is_said_to_be_short(
    tables: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "400")
    main(["audit", tables, *AS_OF, "--whole", "stations", "--lang", "en", "--worst", "0"])
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert "pilot stations of the reform 5.1/1 1 of 21 known (1 more undetermined)" in lines


def test_lists_that_matter_to_nothing_in_the_data_are_not_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cases = write(tmp_path / "cases.json", {"cases": [{"id": "A", "category": "ordinary"}]})
    main(["audit", cases, *AS_OF, "--lang", "en"])
    shown = capsys.readouterr().out
    assert "other categories" in shown
    assert "pilot stations" not in shown
    townships = write(tmp_path / "townships.json", {"townships": [{"id": "T"}]})
    main(["audit", townships, *AS_OF, "--lang", "en"])
    assert "Lists that the text speaks of" not in capsys.readouterr().out


@pytest.mark.parametrize("source", ["document", "tables"])
def test_before_the_directive_was_in_force_there_are_none(
    source: str, request: pytest.FixtureRequest, capsys: pytest.CaptureFixture[str]
) -> None:
    audit = ["audit", request.getfixturevalue(source), "--as-of", "2019-07-15"]
    main([*audit, "--lang", "en"])
    assert "Lists that the text speaks of" not in capsys.readouterr().out
    main([*audit, "--format", "json"])
    assert json.loads(capsys.readouterr().out)["lists"] == []
