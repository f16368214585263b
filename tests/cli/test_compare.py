"""`compare`: two documents of answers, as they were written."""

from __future__ import annotations

import json
from itertools import permutations
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import policy_rules as pr
from policy_rules.cli import main
from policy_rules.cli.answers_read import answers_in, differing_in_files
from policy_rules.report import compared

HEAD = {"format": 1, "directive": "d", "as_of": "2021-01-01", "readings": {}}


def finding(status: str, shortfall: int | None, name: str | None = "一所") -> dict[str, Any]:
    return {
        "subject": "stations/S", "cite": "4.2/5", "status": status, "shortfall": shortfall,
        "actual": 1, "required": 2, "met_on": None, "name": name,
    }  # fmt: skip


def written(path: Path, content: object) -> str:
    path.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return str(path)


@pytest.fixture
def two(tmp_path: Path) -> tuple[str, str]:
    old = {**HEAD, "findings": [finding("breached", 1)]}
    new = {**HEAD, "as_of": "2021-06-01", "findings": [finding("satisfied", 0)]}
    return written(tmp_path / "old.json", old), written(tmp_path / "new.json", new)


def test_what_is_shown(
    two: tuple[str, str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "140")
    assert main(["compare", *two, "--lang", "zh"]) == 1
    shown = capsys.readouterr().out
    assert "已消除 1 项。" in shown
    assert "除数据外，两次还有不同：基准日期 2021-01-01 → 2021-06-01。" in shown
    assert "不符合（1 / 2）" in shown
    assert "数据或基准日期" in shown
    assert main(["compare", *two, "--lang", "en"]) == 1
    assert "1 closed." in capsys.readouterr().out


def test_nothing_has_changed(two: tuple[str, str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["compare", two[0], two[0], "--lang", "en"]) == 0
    shown = capsys.readouterr().out
    assert "Nothing has changed." in shown
    assert "only the facts differ" in shown


def test_it_is_json_and_a_page_too(two: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "c.json"
    assert main(["compare", *two, "--output", str(output)]) == 1
    told = json.loads(output.read_text("utf-8"))
    assert [each["turn"] for each in told["turned"]] == ["closed"]
    page = tmp_path / "c.html"
    assert main(["compare", *two, "--output", str(page)]) == 1
    assert "一所 S" in page.read_text("utf-8")


def test_it_is_a_workbook_too(two: tuple[str, str], tmp_path: Path) -> None:
    output = tmp_path / "c.xlsx"
    assert main(["compare", *two, "--lang", "zh", "--output", str(output)]) == 1
    book = openpyxl.load_workbook(output)
    assert book.sheetnames == ["两次结果对比", "核查"]
    heads, row = book["核查"].iter_rows(values_only=True)
    assert dict(zip(heads, row, strict=True)) == {
        "变化": "已消除", "对象": "一所 S", "条款或事项": "4.2/5",
        "原来": "不符合（1 / 2）", "现在": "符合（1 / 2）", "原因": "数据或基准日期",
    }  # fmt: skip
    assert main(["compare", *two, "--format", "xlsx"]) == 2


FACTS = {
    "as_of": "2020-12-31",
    "stations": [
        {
            "id": "S1", "name": "一所", "pilot": False, "officers": 10, "auxiliaries": 4,
            "community_officers": 5,
        }
    ],
}  # fmt: skip


@pytest.fixture
def audited(tmp_path: Path) -> Path:
    """The same facts audited under each way of counting strength, in every form."""
    facts = written(tmp_path / "facts.json", FACTS)
    for option in ("sworn", "sworn_and_auxiliary"):
        for ending in (".json", ".parquet"):
            output = str(tmp_path / f"{option}{ending}")
            given = ["--reading", f"strength_counts={option}", "--output", output]
            assert main(["audit", facts, *given]) == 1
    return tmp_path


def test_answers_in_parquet_know_what_they_rest_on(
    audited: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Five of ten are enough, five of fourteen are not: 6 are 40%. Both files say under which
    reading, so that JSON, Parquet and the two together give one comparison of the findings."""
    capsys.readouterr()
    told = []
    for one in (".json", ".parquet"):
        for other in (".json", ".parquet"):
            paths = [f"{audited}/sworn{one}", f"{audited}/sworn_and_auxiliary{other}"]
            assert main(["compare", *paths, "--format", "json"]) == 1
            made = json.loads(capsys.readouterr().out)
            said = [
                (each["turn"], (each["after"] or each["before"])["cite"], each["why"])
                for each in made["turned"]
                if each["kind"] == "findings"
            ]
            told.append((made["causes"], said))
    assert all(each == told[0] for each in told)
    causes, said = told[0]
    assert causes == [
        {
            "what": "readings", "name": "strength_counts",
            "before": "sworn", "after": "sworn_and_auxiliary",
        }
    ]  # fmt: skip
    facts, reading = {"what": "facts", "name": ""}, {"what": "readings", "name": "strength_counts"}
    assert ("opened", "2.1/1b", [facts, reading]) in said


@pytest.fixture
def years(tmp_path: Path) -> list[str]:
    """Three audits as Parquet: of other facts, one station more, on a later day."""
    made = []
    for at, (day, beds, stations) in enumerate(
        [("2021-06-01", 9, 3), ("2021-06-01", 10, 2), ("2022-06-01", 9, 3)]
    ):
        facts = {
            "stations": [
                {"id": f"S{n}", "setting": "urban", "officers": 10, "beds": beds + n, "zones": n}
                for n in range(stations)
            ],
            "cases": [{"id": "A", "role": "lead", "simple": beds == 9, "causation_clear": True,
                       "means": []}],
            "complete": ["stations"],
        }  # fmt: skip
        path = written(tmp_path / f"{at}.json", facts)
        for command in ("audit", "check", "decide"):
            output = str(tmp_path / f"{command}_{at}.parquet")
            assert main([command, path, "--as-of", day, "--output", output]) in (0, 1)
        made.append(str(at))
    return made


@pytest.mark.parametrize("command", ["audit", "check", "decide"])
def test_rows_that_the_database_finds_differ_as_all_do(
    years: list[str], command: str, tmp_path: Path
) -> None:
    """What is fetched of two files gives the comparison that all of their rows give."""
    rules = pr.load("putian-2019-52").rules
    turned = 0
    for old, new in permutations(years, 2):
        paths = [str(tmp_path / f"{command}_{at}.parquet") for at in (old, new)]
        (before, after), wholes = differing_in_files(*paths)
        found = compared(before, after, rules, wholes).as_json()
        assert found == compared(answers_in(paths[0]), answers_in(paths[1]), rules).as_json()
        turned += len(found["turned"])
    assert turned


def test_decisions_and_readings_are_said_in_words(
    audited: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Ten officers work in zones; with four auxiliaries they are fourteen, and have two teams."""
    monkeypatch.setenv("COLUMNS", "300")
    capsys.readouterr()
    paths = [str(audited / f"{name}.json") for name in ("sworn", "sworn_and_auxiliary")]
    assert main(["compare", *paths, "--lang", "zh"]) == 1
    shown = capsys.readouterr().out
    assert "（strength_counts） “" in shown
    (line,) = (each for each in shown.splitlines() if " 勤务模式 " in each)
    assert line.split() == [
        "结果改变", "派出所", "S1", "勤务模式", "按片划责", "两队一室", "数据或strength_counts",
    ]  # fmt: skip


def test_parquet_that_is_no_answers(
    audited: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = tmp_path / "other.parquet"
    with duckdb.connect() as connection:
        connection.execute(f"COPY (SELECT 1 AS a) TO '{other}' (FORMAT parquet)")
    broken = written(tmp_path / "broken.parquet", "PAR1")
    sound = str(audited / "sworn.parquet")
    capsys.readouterr()
    assert main(["compare", str(other), sound, "--lang", "en"]) == 2
    assert "expected answers, found something else" in capsys.readouterr().err
    assert main(["compare", broken, str(tmp_path / "none.parquet"), "--lang", "en"]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 2


@pytest.mark.parametrize(
    ("content", "en"),
    [
        ("{", "it cannot be read as JSON"),
        ("[]", "expected answers, found something else"),
        ({**HEAD, "format": 9}, "expected answers in format 1, found 9"),
        ({**HEAD, "findings": [{"subject": 1}]}, "one of the two is damaged (KeyError: 'status')"),
        ({**HEAD, "findings": [finding("fine", 1)]}, "one of the two is damaged (ValueError"),
        ({**HEAD, "findings": 5}, "one of the two is damaged (TypeError"),
    ],
)
def test_what_cannot_be_compared(
    content: object, en: str, two: tuple[str, str], tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:  # fmt: skip
    bad = written(tmp_path / "bad.json", content)
    assert main(["compare", two[0], bad, "--lang", "en"]) == 2
    shown = capsys.readouterr()
    assert en in shown.err
    assert shown.out == ""
