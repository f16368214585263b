"""Bad documents: every kind with its message, status 2 and an empty standard output."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from policy_rules.cli import main
from tests.support.command_line import told_in_words, write


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")


def refused(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """The lines on standard error of a command that is refused."""
    assert main(list(arguments)) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return shown.err.splitlines()


def station(**fields: object) -> dict[str, Any]:
    """A document with one station."""
    return {"stations": [{"id": "S1"} | fields]}


_COUNT = (
    "facts.json: stations[0].officers: expected a whole number from 0 to 10000000, found {}; "
    "give the count of sworn officers, or leave it out if unknown"
)
_DATE = (
    "{}: expected a date from 1900-01-01 to 2199-12-31, found {}; "
    "give a date such as 2019-07-16, or leave it out if unknown"
)
DOCUMENTS: dict[str, tuple[object, list[str]]] = {
    "wrong type": (station(officers="12"), [_COUNT.format('"12"')]),
    "fraction": (station(officers=12.0), [_COUNT.format("12.0")]),
    "number as yes": (
        station(pilot=1),
        [
            "facts.json: stations[0].pilot: expected true or false, found 1; "
            "give either, or leave it out if unknown"
        ],
    ),
    "negative count": (station(officers=-1), [_COUNT.format("-1")]),
    "NaN": (station(officers=float("nan")), [_COUNT.format("NaN")]),
    "infinity": (station(officers=float("-inf")), [_COUNT.format("-inf")]),
    "huge number": (
        b'{"stations": [{"id": "S1", "officers": 1' + b"0" * 5000 + b"}]}",
        [_COUNT.format("a number too large to show")],
    ),
    "unknown choice": (
        station(setting="city"),
        [
            "facts.json: stations[0].setting: expected one of `urban`, `township`, `rural`, "
            'found "city"; correct it, or leave it out if unknown'
        ],
    ),
    "unknown member": (
        station(units=["case", "dogs"]),
        [
            "facts.json: stations[0].units: expected one of `community`, `case`, `patrol`, "
            '`command`, found "dogs"; correct it, or leave it out if unknown'
        ],
    ),
    "duplicate id": (
        {"stations": [{"id": "S1"}, {"id": "S1"}]},
        [
            "facts.json: stations[1].id: expected an id that is unique among `stations`, "
            'found "S1" again; correct it or remove the repetition'
        ],
    ),
    "dangling reference": (
        station() | {"officers": [{"id": "P1", "station_id": "S2"}]},
        [
            "facts.json: officers[0].station_id: expected the id of one of the given `stations`, "
            'found "S2"; correct it, or add what it refers to'
        ],
    ),
    "bad date": (
        {"transfers": [{"id": "C1", "on": "2019-02-30"}]},
        [_DATE.format("facts.json: transfers[0].on", '"2019-02-30"')],
    ),
    "bad date of the document": (
        {"as_of": "yesterday"},
        [_DATE.format("facts.json: as_of", '"yesterday"')],
    ),
    "unknown field": (
        station(oficers=12),
        [
            'facts.json: stations[0]: expected a known field, found "oficers"; '
            "did you mean `officers`? correct it"
        ],
    ),
    "unknown collection": (
        {"station": []},
        [
            'facts.json: expected a known collection, found "station"; '
            "did you mean `stations`? correct it"
        ],
    ),
    "no id": (
        {"stations": [{}]},
        ["facts.json: stations[0].id: expected the id, found nothing; give it"],
    ),
    "a key twice": (
        b'{"stations": [{"id": "S1", "id": "S2"}]}',
        ['facts.json: stations[0]: expected "id" once, found it given twice; keep one of them'],
    ),
    "truncated": (
        b'{"stations": [{"id": "S1"',
        [
            "facts.json: expected JSON, found an error at 1:26 (Expecting ',' delimiter); "
            "correct it, or export it again if it is cut off"
        ],
    ),
    "empty file": (
        b"",
        ["facts.json: expected a JSON object, found an empty file; export it again"],
    ),
    "a list": (b"[]", ["facts.json: expected an object, found a list; give a facts document"]),
    "wrong encoding": (
        b'{"stations": "\xff\xfe"}',
        [
            "facts.json: expected text in UTF-8 or GB18030, found something else in line 1 "
            "(bytes FF FE 22 7D); correct the line, or export the file again as UTF-8"
        ],
    ),
    "too deep": (
        b"[" * 100_000,
        ["facts.json: expected a facts document, found too deep a nesting; correct it"],
    ),
    "exemption from a strict rule": (
        {"exemptions": [{"id": "E1", "cite": "5.1/2", "subject": "stations/S1"}]},
        [
            "facts.json: exemptions[0].cite: expected the citation of an in-principle rule, or "
            'of a sentence with one, found "5.1/2"; there are '
            "2.1/5, 2.1/5a, 2.2/2, 2.2/2c, 2.2/2f, 3.1/2, 5.1/3, 5.1/3b"
        ],
    ),
    "exemption for nothing": (
        {"exemptions": [{"id": "E1", "cite": "5.1/3", "subject": "S1"}]},
        [
            "facts.json: exemptions[0].subject: expected the key of a fact that the citation is "
            'about, such as `stations/A1`, found "S1"; correct it'
        ],
    ),
    "all at once": (
        {"as_of": "x", "stations": [{"id": "S1", "officers": -1}, {"id": "S1", "oficers": 1}]},
        [
            _DATE.format("facts.json: as_of", '"x"'),
            _COUNT.format("-1"),
            'facts.json: stations[1]: expected a known field, found "oficers"; '
            "did you mean `officers`? correct it",
            "facts.json: stations[1].id: expected an id that is unique among `stations`, "
            'found "S1" again; correct it or remove the repetition',
        ],
    ),
}


@pytest.mark.parametrize("of", DOCUMENTS)
@pytest.mark.parametrize("command", ["decide", "check", "audit", "explain"])
def test_documents(
    of: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    content, expected = DOCUMENTS[of]
    path = tmp_path / "facts.json"
    path.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    target = tmp_path / "answers.txt"
    options = ["--subject", "stations/S1"] if command == "explain" else []
    for more in ([], ["--output", str(target)]):
        assert refused(capsys, command, str(path), *options, *more) == expected
    told = refused(capsys, command, str(path), *options, "--format", "json")
    assert list(map(told_in_words, told)) == expected
    assert not target.exists()


def test_places(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    missing = str(tmp_path / "missing.json")
    assert refused(capsys, "audit", missing) == [
        f"{missing}: expected a JSON file or a directory of CSV files, found nothing; "
        "check the path"
    ]
    empty = tmp_path / "empty"
    empty.mkdir()
    assert refused(capsys, "audit", str(empty)) == [
        "empty: expected CSV files such as `bureaus.csv`, found none; check the path"
    ]
    table = tmp_path / "stations.csv"
    table.write_text("id\nS1\n", "utf-8")
    assert refused(capsys, "audit", str(table)) == [
        "stations.csv: expected a JSON file or a directory of CSV files, found a single CSV file; "
        "give the directory that it is in"
    ]
    (empty / "派出所.csv").write_bytes("编号,民警数\nS1,-1\nS1,十\n".encode("gb18030"))
    assert refused(capsys, "audit", str(empty)) == [
        "派出所.csv, 民警数 (2 times): expected a whole number from 0 to 10000000, found -1 "
        '(row 2), "十" (row 3); give the count of sworn officers, or leave it out if unknown',
        "派出所.csv row 3, 编号: expected an id that is unique among `stations`, "
        'found "S1" again; correct it or remove the repetition',
    ]


def test_the_language_of_messages_is_the_option_s(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path / "facts.json", station(officers=-1))
    expected = [
        "facts.json: stations[0].officers：应为 0 至 10000000 的整数，实为 -1；"
        "请填民警数（人），不详则不填"
    ]
    assert refused(capsys, "audit", path, "--lang", "zh") == expected
    assert refused(capsys, "audit", path, "--lang=zh") == expected


def test_a_wrong_heading_is_told_once(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A register whose ids are headed `code`: one line, not one for each row."""
    rows = "".join(f"{number},甲\n" for number in range(1_352))
    (tmp_path / "stations.csv").write_text(f"code,name\n{rows}", "utf-8")
    officers = "".join(f"P{number},{number}\n" for number in range(1_352))
    (tmp_path / "officers.csv").write_text(f"id,station_id\n{officers}", "utf-8")
    (tmp_path / "document.json").write_text('{"complete": ["stations", "officers"]}', "utf-8")
    assert refused(capsys, "audit", str(tmp_path)) == [
        "stations.csv: expected the headings in rows 1 to 10, with a column `编号` or `id`, found "
        'none; nearest is row 1: "code", "name"; correct the headings, or say in a mapping how '
        "the columns are called"
    ]


def test_what_every_row_lacks_is_told_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = ",甲\n" * 4_135
    (tmp_path / "stations.csv").write_text(f"id,name\n{rows}", "utf-8")
    assert refused(capsys, "audit", str(tmp_path)) == [
        "stations.csv, id (4,135 times: rows 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …): "
        "expected the id, found nothing; give it",
    ]
    (told,) = [
        json.loads(line) for line in refused(capsys, "audit", str(tmp_path), "--format=json")
    ]
    assert told["code"] == "missing_value"
    assert told["count"] == 4_135
    assert told["values"] == [{"value": None, "count": 4_135, "at": [*range(2, 12)]}]


@pytest.mark.parametrize(
    ("arguments", "codes"),
    [
        (["audit"], ["wrong_usage"]),
        (["audit", "FACTS", "--nothing"], ["wrong_usage"]),
        (["audit", "FACTS", "--as-of", "now", "--engine", "x"], ["wrong_usage"] * 2),
        (["explain", "FACTS", "--subject", "stations/S9"], ["wrong_usage"]),
        (["calendar", "missing.json"], ["unreadable_file"]),
        (["watch", "FACTS", "--events", "missing.jsonl"], ["unreadable_file"]),
        (["audit", "missing.duckdb"], ["unreadable_file"]),
        (["directive", "--document", "x"], ["wrong_usage"]),
        (["sensitivity", "FACTS", "--reading", "x=y"], ["wrong_usage"]),
    ],
)
def test_every_command_tells_faults_as_json(
    arguments: list[str], codes: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write(tmp_path / "facts.json", station())
    given = [facts if each == "FACTS" else each for each in arguments]
    told = [json.loads(line) for line in refused(capsys, *given, "--format", "json")]
    assert [each["code"] for each in told] == codes
    assert all(each["zh"] and each["en"] for each in told)


# Attestations and exemptions that hit nothing.
_ATTESTED = [("S1", "1.1/2A"), ("S1", "1.1/2a "), ("S1", "99/1"), ("stations/S1", "1.1/2a")]
_EXEMPTED = [("cases/A1", "9.9/9"), ("A1", "3.1/2"), ("cases/A1", "3.1/2")]


def places(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[str]:
    """Where the faults are of a command that refuses its facts."""
    return [line.partition(": expected")[0] for line in refused(capsys, *arguments)]


@pytest.mark.parametrize("command", ["decide", "check", "audit", "calendar", "sensitivity"])
def test_attestations_and_exemptions_in_json(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    attested = [
        {"id": f"A{number}", "证明对象编号": subject, "cite": cite, "holds": False}
        for number, (subject, cite) in enumerate(_ATTESTED)
    ]
    exempted = [
        {"id": f"E{number}", "subject": subject, "cite": cite}
        for number, (subject, cite) in enumerate(_EXEMPTED)
    ]
    facts = write(
        tmp_path / "facts.json", station() | {"attestations": attested, "exemptions": exempted}
    )
    assert places(capsys, command, facts) == [
        "facts.json: exemptions[0].cite",
        "facts.json: exemptions[1].subject",
        "facts.json: attestations[0].cite",
        "facts.json: attestations[2].cite",
        "facts.json: attestations[3].证明对象编号",
    ]


@pytest.mark.parametrize("tolerate", [[], ["--tolerate"]])
def test_statements_that_do_not_say_of_what(
    tolerate: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A form that is not filled in yet states nothing."""
    folder = tmp_path / "facts"
    folder.mkdir()
    (folder / "stations.csv").write_text("id\nS1\n", "utf-8")
    (folder / "证明.csv").write_text(
        "编号,证明对象编号,条款,已落实\nA1,S1,,否\nA2,,4.5/2a,是\nA3,S1,4.5/2a,\nA4,,,\n", "utf-8"
    )
    assert refused(capsys, "audit", str(folder), *tolerate) == [
        "证明.csv row 2, 条款: expected the citation of what is attested, found nothing; give it",
        "证明.csv row 3, 证明对象编号: expected the id of what the attestation is about, found "
        "nothing; give it",
    ]


@pytest.mark.parametrize("command", ["decide", "check", "audit", "calendar", "sensitivity"])
@pytest.mark.parametrize("workbook", [False, True])
def test_attestations_and_exemptions_in_sheets(
    command: str, workbook: bool, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Texts are trimmed, so that the second attestation is right."""
    attested = [
        [f"A{number}", subject, cite, "no"] for number, (subject, cite) in enumerate(_ATTESTED)
    ]
    exempted = [[f"E{number}", *each] for number, each in enumerate(_EXEMPTED)]
    sheets = {
        "stations": [["id"], ["S1"]],
        "attestations": [["编号", "证明对象编号", "条款", "已落实"], *attested],
        "exemptions": [["id", "subject", "cite"], *exempted],
    }
    of_attestations, of_exemptions = "attestations.csv", "exemptions.csv"
    facts = tmp_path / "facts"
    if workbook:
        facts = tmp_path / "facts.xlsx"
        made = Workbook()
        made.remove(made.worksheets[0])
        for name, rows in sheets.items():
            sheet = made.create_sheet(name)
            for row in rows:
                sheet.append(row)
        made.save(facts)
        of_attestations = "facts.xlsx: attestations"
        of_exemptions = "facts.xlsx: exemptions"
    else:
        facts.mkdir()
        for name, rows in sheets.items():
            text = "".join(",".join(row) + "\n" for row in rows)
            (facts / f"{name}.csv").write_text(text, "utf-8")
    assert places(capsys, command, str(facts)) == [
        f"{of_exemptions} row 2, cite",
        f"{of_exemptions} row 3, subject",
        f"{of_attestations} row 2, 条款",
        f"{of_attestations} row 4, 条款",
        f"{of_attestations} row 5, 证明对象编号",
    ]


@pytest.mark.parametrize("command", ["decide", "check", "audit", "calendar", "sensitivity"])
def test_going_on_in_spite_of_what_is_wrong(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The head says how many, a file which; the status is 1 even where nothing else is wrong."""
    facts = write(tmp_path / "facts.json", station(name=5) | {"officers": [{"id": "P 1"}]})
    assert main([command, facts]) == 2
    faults = tmp_path / "faults.jsonl"
    capsys.readouterr()
    assert main([command, facts, "--tolerate", "--faults", str(faults)]) == 1
    assert (
        "tolerated: 1 values are taken as unknown, 1 rows are left out" in capsys.readouterr().out
    )
    told = [json.loads(line) for line in faults.read_text("utf-8").splitlines()]
    assert [each["place"] for each in told] == [
        "facts.json: stations[0]", "facts.json: officers[0]",
    ]  # fmt: skip
    assert main([command, facts, "--tolerate", "--format", "json"]) == 1
    shown = json.loads(capsys.readouterr().out)["tolerated"]
    assert (shown["values"], shown["rows"]) == (1, 1)
    assert [each["place"] for each in shown["faults"]] == [each["place"] for each in told]


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--faults", "f.jsonl"], "--faults f.jsonl: it goes with --tolerate"),
        (["--tolerate", "--faults", "f.xlsx"], "--faults f.xlsx: nothing is written as .xlsx"),
        (["--tolerate", "--faults", "/nowhere/f.jsonl"], "--faults /nowhere/f.jsonl: it cannot be"),
        (["--tolerate", "--faults", "facts.json"], "--faults facts.json: it cannot be written (it"),
        (
            ["--tolerate", "--faults", "f.txt", "--output", "./f.txt"],
            "--faults f.txt: it is the file of --output",
        ),
    ],
)
def test_files_of_faults_that_cannot_be(
    options: list[str],
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path / "facts.json", station())
    assert main(["audit", "facts.json", "--lang", "en", *options]) == 2
    assert capsys.readouterr().err.startswith(said)


def test_a_file_of_faults_that_is_full(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    facts = write(tmp_path / "facts.json", station(name=5))
    assert main(["audit", facts, "--tolerate", "--faults", "/dev/full", "--lang", "en"]) == 2
    assert capsys.readouterr().err.startswith("--faults /dev/full: it cannot be written (No space")


def test_totals_where_rows_are_lost(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """There may be more of all but what is undetermined, which the right data may settle."""
    cases: list[dict[str, Any]] = [
        {"id": "A1", "simple": False, "role": "lead"}, {"id": "A2", "role": "assist"}, {"id": "A3"},
    ]  # fmt: skip

    stations = [{"id": f"S{n}", "pilot": True, "units": ["case"]} for n in range(1, 5)]

    def shown(*arguments: str, **lost: object) -> str:
        lists = {"stations": stations, "cases": cases}
        content = {of: [*rows, lost[of]] if of in lost else rows for of, rows in lists.items()}
        facts = write(tmp_path / "facts.json", content)
        assert main([*arguments, facts, "--tolerate", "--as-of", "2022-04-01"]) == 1
        return capsys.readouterr().out

    of_values = shown("check", cases={"id": "A4", "complex": "maybe"})
    assert "\n1 permitted, 1 prohibited, 2 undetermined\n" in of_values
    assert "totals" not in of_values
    rows = {"cases": {"id": "A 4"}}
    least = "at least 1 permitted, at least 1 prohibited, 1 undetermined"
    assert least in shown("check", **rows)
    assert "totals are “at" in shown("check", **rows)
    audited = shown("audit", **rows)
    assert least in audited
    assert "at least 4 breached" in audited
    assert re.search(r"\n\d+ of at least \d+ are undetermined", audited)
    assert "Worst gaps (at least 4)" in audited
    chinese = shown("audit", "--lang", "zh", **rows)
    assert "不符合 至少 4" in chinese
    assert "差距较大的问题（至少 4 项）" in chinese
    # Only of the lists of which rows are lost are all that there are not known.
    assert "all 4 stations" in shown("calendar", **rows)
    assert "at least 4" in shown("calendar", stations={"id": "S 5"})
