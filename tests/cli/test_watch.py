"""The command `watch`: what it shows of each event, keeps, skips and refuses."""

import json
import os
import subprocess
import sys
from io import BytesIO, TextIOWrapper
from pathlib import Path
from typing import Any

import pytest

from policy_rules.cli import main
from tests.support.command_line import told_in_words, write
from tests.support.places import EXAMPLES, GOLDEN, ROOT

EXAMPLE = EXAMPLES / "putian"
FACTS: dict[str, Any] = {
    "as_of": "2019-09-01",
    "bureaus": [{"id": "B1", "name": "荔城分局"}],
    "stations": [
        {
            "id": "S1", "name": "黄石派出所", "bureau_id": "B1", "pilot": True, "officers": 12,
            "setting": "urban", "community_officers": 5,
        },
        {"id": "S2", "name": "[red]\x1b梧塘\n派出所", "pilot": False, "officers": 8},
    ],
    "exemptions": [{"id": "E1", "cite": "3.1/2", "subject": "cases/A1"}],
    "complete": ["workstations", "transfers"],
}  # fmt: skip
CASE = {
    "id": "A1", "station_id": "S1", "causation_clear": True, "simple": True, "means": [],
    "place_codes": ["350304", "350102"], "complex": False, "category": "ordinary", "role": "lead",
}  # fmt: skip
# Each outcome, what is exempt, prohibited and falls due; what comes, goes, and does not matter.
EVENTS: list[dict[str, Any]] = [
    {"id": "1", "at": "2019-08-20", "update": {"stations/S2": {"officers": 12}}},
    {"id": "2", "at": "2019-08-19T07:45", "update": {"stations/S2": {"officers": 30}}},
    {"id": "1", "update": {"stations/S2": {"officers": 9}}},
    {"id": "3", "add": {"cases": [CASE, CASE | {"id": "A2", "complex": True}]}},
    {"id": "4", "update": {"cases/A2": {"complex": False, "place_codes": ["350304"]}}},
    {"id": "5", "remove": ["cases/A2"]},
    {"id": "6", "update": {"stations/S3": {"officers": 6}}},
    {"id": "7", "update": {"officers/P1": {"role": "case"}}},
    {"id": "8", "add": {"stations": [{"id": "S3", "pilot": None}]}},
    {"事件编号": "9", "修改": {"派出所/S2": {"改革试点": True}}},
    {"id": "10", "update": {"stations/S1": {"name": "黄石派出所"}}},
    {"id": "11", "as_of": "2020-01-01"},
]  # fmt: skip


@pytest.fixture(autouse=True)
def english(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine speaks, and however wide its terminal is."""
    for name in ("LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("COLUMNS", "80")


@pytest.fixture
def facts(tmp_path: Path) -> str:
    """A document of two stations."""
    return write(tmp_path / "facts.json", FACTS)


def stream(path: Path, *events: object) -> str:
    """Write events as lines, a text as it is, and give their path."""
    lines = [each if isinstance(each, str) else json.dumps(each) for each in events]
    path.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    return str(path)


def feed(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    """Have the command find this on standard input."""
    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(content), "ascii"))


SHOWN = [(view, lang) for view in ("watch", "watch_example", "watch_only") for lang in ("zh", "en")]


@pytest.mark.parametrize(("view", "lang"), [*SHOWN, ("watch_help", "en")])
def test_what_is_shown(
    view: str, lang: str, facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Word for word. To keep a change, delete the golden, run the test, and read what it wrote."""
    events = stream(tmp_path / "events.jsonl", *EVENTS)
    command = {
        "watch": ["watch", facts, "--events", events, "--lang", lang],
        "watch_example": [
            "watch", str(EXAMPLE / "facts.json"), "--events", str(EXAMPLE / "events.jsonl"),
            "--lang", lang,
        ],
        "watch_only": [
            "watch", facts, "--events", events, "--lang", lang, "--only", "5.1", "--only",
            "cases/A2",
        ],
        "watch_help": ["watch", "--help"],
    }[view]  # fmt: skip
    assert main(command) == 0
    shown = capsys.readouterr()
    assert shown.err == ""
    golden = GOLDEN / "cli" / f"{view}.{lang}.80.txt"
    if not golden.exists():
        golden.write_text(shown.out, "utf-8", newline="")
        pytest.fail(f"{golden.name} was not there; read what was written before you keep it")
    assert shown.out == golden.read_bytes().decode("utf-8")


@pytest.mark.parametrize("columns", [40, 80, 140])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_line_is_wider_than_the_terminal(
    lang: str, columns: int, facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    """Nor does a name in the facts disturb it."""
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", str(columns))
    events = stream(tmp_path / "events.jsonl", *EVENTS)
    assert main(["watch", facts, "--events", events, "--lang", lang]) == 0
    shown = capsys.readouterr().out
    assert [line for line in shown.splitlines() if cell_len(line) > columns] == []
    assert "\x1b" not in shown


def test_as_json_lines(facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An object for each event, with all its changes; what still waits, on standard error."""
    events = stream(tmp_path / "events.jsonl", *EVENTS)
    assert main(["watch", facts, "--events", events, "--format", "json"]) == 0
    shown = capsys.readouterr()
    assert shown.err == (
        "as of 2019-09-01 (from the document)\nevents that still wait: 1\n  7: officers/P1\n"
    )
    told = [json.loads(line) for line in shown.out.splitlines()]
    assert [list(each) for each in told] == [
        ["event", "outcome", "waits_for", "woken", "changes"]
    ] * len(EVENTS)
    assert [(each["event"], each["outcome"]) for each in told] == [
        ("1", "applied"), ("2", "overtaken"), ("1", "repeated"), ("3", "applied"),
        ("4", "applied"), ("5", "applied"), ("6", "waiting"), ("7", "waiting"), ("8", "applied"),
        ("9", "applied"), ("10", "applied"), ("11", "applied"),
    ]  # fmt: skip
    assert told[6]["waits_for"] == ["stations/S3"]
    assert told[8]["woken"] == ["6"]
    modes = [each for each in told[0]["changes"] if each["name"] == "duty_mode"]
    assert [(each["before"]["value"], each["after"]["value"]) for each in modes] == [
        ("zoned", "two_teams_one_room")
    ]
    due = {each["name"]: each["fell_due"] for each in told[-1]["changes"] if each["fell_due"]}
    assert due["4.2/3"] == "2019-12-31"
    case = next(each for each in told[3]["changes"] if each["kind"] == "verdict")
    assert case["after"]["reasons"][0]["exemption"] == "E1"


def test_only_what_concerns_it(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A decision, a fact, a collection, a citation, a sentence or a heading."""
    events = stream(tmp_path / "events.jsonl", EVENTS[0], EVENTS[3])
    for only, concerned in [
        ("duty_mode", {("stations/S2", "duty_mode")}),
        ("cases/A2", {("cases/A2", ""), ("cases/A2", "3.1/2a")}),
        ("cases", {(f"cases/{each}", of) for each in ("A1", "A2") for of in ("", "3.1/2a")}),
        ("5.1/2", {("stations/S2", "duty_mode"), ("stations/S2", "5.1/2")}),
    ]:
        command = ["watch", facts, "--events", events, "--format", "json", "--only", only]
        assert main(command) == 0
        lines = map(json.loads, capsys.readouterr().out.splitlines())
        changes = [change for line in lines for change in line["changes"]]
        found = {(change["subject"], change["name"]) for change in changes}
        assert concerned <= found, only
        assert only == "5.1/2" or concerned == found


def test_a_line_that_cannot_be_applied_is_told_and_skipped(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Blank lines are no events; those after a bad one are applied; the status says so."""
    lines = [
        '{"id": "1", "add": {"stations": [{"id": "S1"}]}, "as_of": "2019-12-01"}',
        "",
        "  ",
        '{"id": "2", "update": {"stations/S1": {"officers": "x", "pilott": true}}}',
        "{",
        '{"update": {}}',
        '{"id": "3", "update": {"stations/S1": {"pilot": false}}}',
    ]
    events = stream(tmp_path / "events.jsonl", *lines)
    command = ["watch", facts, "--events", events, "--only", "duty_mode"]
    assert main([*command, "--lang", "zh"]) == 2
    shown = capsys.readouterr()
    assert shown.err == (
        "events.jsonl 第 1 行: stations/S1：该条已经存在；请用 `update` 修改，或先删去\n"
        "events.jsonl 第 4 行: update stations/S1.officers：应为 0 至 10000000 的整数，"
        '实为 "x"；请填民警数（人），不详则不填\n'
        'events.jsonl 第 4 行: update stations/S1：没有名为 "pilott" 的字段；'
        "是否为 `pilot`？请改正\n"
        "events.jsonl 第 5 行：应为 JSON，第 1 行第 2 列有误（缺少双引号中的键名）；"
        "请改正，如文件不完整请重新导出\n"
        "events.jsonl 第 6 行.id：缺少事件编号；请填写，同一编号只生效一次\n"
    )
    assert shown.out.endswith("3\n  黄石派出所 S1：勤务模式：三队一室 → 两队一室 [5.1/2]\n")
    assert "2019-09-01" in shown.out
    assert main(command) == 2
    assert "events.jsonl line 6.id: expected the id of the event" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", "unreadable_file"),
        ("[]", "wrong_shape"),
        ({"id": "1", "ad": {}}, "unknown_heading"),
        ({"id": "1", "add": []}, "wrong_shape"),
        ({"id": "1", "add": {"station": []}}, "unknown_collection"),
        ({"id": "1", "add": {"stations": [{"id": "S1"}]}}, "duplicate_id"),
        ({"id": "1", "update": {"stations": {}}}, "unreadable_value"),
        ({"id": "1", "update": {"stations/S1": {"id": "S2"}}}, "wrong_usage"),
        ({"id": "1", "update": {"stations/S1": {"oficers": 1}}}, "unknown_heading"),
        ({"id": "1", "remove": ["stations/a b"]}, "unreadable_value"),
        ({"id": "1", "complete": ["towns"]}, "unknown_collection"),
        ({"update": {}}, "missing_value"),
    ],
)
def test_kinds_of_faults_of_events(
    line: object, code: str, facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    events = stream(tmp_path / "events.jsonl", line)
    assert main(["watch", facts, "--events", events, "--format", "json"]) == 2
    told = [json.loads(each) for each in capsys.readouterr().err.splitlines() if each[0] == "{"]
    assert [each["code"] for each in told] == [code]


# Each would wait for ever, or could not be written into a journal.
_UNFIT = [
    r'{"id": "1", "update": {"stations/S1/x": {"officers": 3}}}',
    r'{"id": "2", "update": {"stations/S\ud800": {"officers": 3}}}',
    r'{"id": "3", "remove": ["stations/\u001b[31m"]}',
    r'{"id": "4", "update": {"stations/S9": {"name": "\ud800"}}}',
    r'{"id": "5", "add": {"officers": [{"id": "P1", "station_id": "a/b"}]}}',
    r'{"id": "6\udfff", "update": {"stations/S1": {"officers": 3}}}',
    r'{"id": "7", "update": {"stations/S1": {"\ud800": 3}}}',
]


@pytest.mark.parametrize("kept", [False, True])
def test_what_can_never_apply_is_refused_and_the_watch_goes_on(
    kept: bool, facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """At once, with its line; what comes after it is read, with a journal and without."""
    good = '{"id": "8", "update": {"stations/S2": {"officers": 12}}}'
    events = stream(tmp_path / "events.jsonl", *_UNFIT, good)
    command = ["watch", facts, "--events", events, "--format", "json"]
    assert main(command + ["--journal", str(tmp_path / "a.journal")] * kept) == 2
    shown = capsys.readouterr()
    assert [json.loads(line)["event"] for line in shown.out.splitlines()] == ["8"]
    lines = [told_in_words(line) for line in shown.err.splitlines() if line.startswith("{")]
    assert [line.split()[2].rstrip(":.id") for line in lines] == list("1234567")
    assert lines[0] == (
        'events.jsonl line 1: "stations/S1/x".id: expected a text of 1 to 64 characters without '
        'white space, slashes or invisible characters, found "S1/x"; correct it'
    )
    assert all(line.isprintable() for line in lines)
    assert "still wait" not in shown.err


def test_what_had_waited_and_cannot_be_applied_is_told(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """With the line that it came with, when what it waited for has come."""
    events = stream(
        tmp_path / "events.jsonl",
        {"id": "1", "add": {"officers": [{"id": "P1", "station_id": "S3"}]}},
        {"id": "2", "add": {"officers": [{"id": "P1"}]}},
        {"id": "3", "add": {"stations": [{"id": "S3"}]}},
        {"id": "4", "update": {"stations/S3": {"pilot": True}}},
    )
    command = ["watch", facts, "--events", events]
    why = (
        "officers/P1: expected an id that is not there yet, found it given; `update` it, or remove "
        "it first\n"
    )
    assert main(command) == 2
    shown = capsys.readouterr()
    assert shown.err == (f"events.jsonl line 1: event 1 had waited and cannot be applied: {why}")
    assert "still wait" not in shown.out
    assert main([*command, "--lang", "zh"]) == 2
    told = "events.jsonl 第 1 行：事件 1 等到所涉事实后仍不能生效："
    chinese = capsys.readouterr().err
    assert main([*command, "--format", "json"]) == 2
    of_json = [line for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [json.loads(line)["code"] for line in of_json] == ["duplicate_id"]
    why = "officers/P1：该条已经存在；请用 `update` 修改，或先删去\n"
    assert chinese == told + why


def test_a_file_in_other_encodings(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """As for facts: UTF-8 with a mark, or GB18030; and lines that end as in Windows."""
    path = tmp_path / "events.jsonl"
    line = '{"事件编号": "1", "修改": {"派出所/S1": {"改革试点": false}}}\r\n'
    for encoding in ("utf-8-sig", "gb18030"):
        path.write_bytes((line * 2).encode(encoding))
        command = ["watch", facts, "--events", str(path), "--format", "json"]
        assert main(command) == 0
        told = [json.loads(each) for each in capsys.readouterr().out.splitlines()]
        assert [each["outcome"] for each in told] == ["applied", "repeated"]


def test_standard_input(
    facts: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is UTF-8 whatever the terminal speaks, with or without a mark; what is not is skipped."""
    line = '{"事件编号": "1", "修改": {"派出所/S1": {"改革试点": false}}}\n'
    feed(monkeypatch, line.encode("utf-8-sig") + b"\xcf\n" + line.replace("1", "2").encode())
    assert main(["watch", facts, "--events", "-", "--format", "json"]) == 2
    shown = capsys.readouterr()
    assert [json.loads(each)["event"] for each in shown.out.splitlines()] == ["1", "2"]
    assert list(map(told_in_words, shown.err.splitlines()[1:])) == [
        "standard input line 2: expected text in UTF-8, found something else; correct it"
    ]
    feed(monkeypatch, b"[]\n")
    assert main(["watch", facts, "--events", "-", "--lang", "zh"]) == 2
    assert capsys.readouterr().err.startswith("标准输入 第 1 行：应为一个对象")


def started(*arguments: str) -> "subprocess.Popen[bytes]":
    """The command in a process of its own, to be talked to."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"}
    return subprocess.Popen(
        [sys.executable, "-m", "policy_rules.cli", *arguments],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment,
    )  # fmt: skip


def test_each_event_is_answered_as_it_comes(facts: str) -> None:
    """Before the next line is written, and before standard input ends."""
    with started("watch", facts, "--events", "-", "--format", "json") as command:
        assert command.stdin
        assert command.stdout
        for number in ("1", "2"):
            command.stdin.write(b'{"id": "%s"}\n' % number.encode())
            command.stdin.flush()
            assert json.loads(command.stdout.readline())["event"] == number
        command.stdin.close()
        assert command.wait() == 0


def test_a_reader_that_has_seen_enough_ends_it(facts: str) -> None:
    """Quietly, though events still come."""
    with started("watch", facts, "--events", "-", "--format", "json") as command:
        assert command.stdin
        assert command.stdout
        assert command.stderr
        command.stdin.write(b'{"id": "0"}\n')
        command.stdin.flush()
        command.stdout.readline()
        command.stdout.close()
        try:
            for number in range(1, 1000):
                command.stdin.write(b'{"id": "%d"}\n' % number)
                command.stdin.flush()
        except BrokenPipeError:
            pass
        assert command.wait() == 0
        assert command.stderr.read() == b"as of 2019-09-01 (from the document)\n"


# Kept in a journal


def test_a_session_is_begun_in_a_journal_and_taken_up(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The second run goes on where the first ended: facts, date, what was seen and what waits."""
    journal = str(tmp_path / "county.journal")
    first = stream(tmp_path / "first.jsonl", *EVENTS[:2], EVENTS[7], {"id": "d", "as_of":
                                                                      "2019-09-05"})  # fmt: skip
    command = ["watch", "--journal", journal, "--format", "json"]
    assert main([*command, facts, "--events", first]) == 0
    assert capsys.readouterr().err == (
        f"a session begins in {journal} with the 3 facts of {facts}\n"
        "as of 2019-09-01 (from the document)\nevents that still wait: 1\n  7: officers/P1\n"
    )
    second = stream(
        tmp_path / "second.jsonl", EVENTS[0], {"id": "p", "add": {"officers": [{"id": "P1"}]}}
    )
    assert main([*command, "--events", second]) == 0
    shown = capsys.readouterr()
    assert shown.err == (
        f"the session in {journal} goes on with its 3 facts\nas of 2019-09-05 (from the journal)\n"
    )
    told = [json.loads(line) for line in shown.out.splitlines()]
    assert [(each["outcome"], each["woken"]) for each in told] == [
        ("repeated", []), ("applied", ["7"]),
    ]  # fmt: skip
    assert main([*command, "--lang", "zh", "--events", second, "--as-of", "2019-09-05"]) == 0
    assert capsys.readouterr().err.splitlines() == [
        f"接续 {journal} 中的会话：4 条事实", "基准日期 2019-09-05（取自日志）",
    ]  # fmt: skip


def test_exemptions_can_be_given_to_a_session_that_is_taken_up(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A journal holds facts, and exemptions are part of the policy: a document has them alone."""
    journal = str(tmp_path / "county.journal")
    nothing = stream(tmp_path / "nothing.jsonl")
    command = ["watch", "--journal", journal, "--lang", "zh", "--events"]
    assert main([*command, nothing, facts]) == 0
    assert capsys.readouterr().err == f"在 {journal} 中开始会话：{facts} 的 3 条事实\n"
    alone = write(tmp_path / "exemptions.json", {"exemptions": FACTS["exemptions"]})
    case = stream(tmp_path / "case.jsonl", {"id": "1", "add": {"cases": [CASE]}})
    assert main([*command, case, alone]) == 0
    shown = capsys.readouterr()
    assert shown.err == f"接续 {journal} 中的会话：3 条事实，豁免批准取自 {alone}\n"
    assert "豁免批准 E1" in shown.out
    assert main([*command, nothing, alone, "--lang", "en"]) == 0
    assert capsys.readouterr().err == (
        f"the session in {journal} goes on with its 4 facts and the exemptions of {alone}\n"
    )


def test_what_a_journal_does_not_allow(
    facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Each is said with what to do, and nothing is begun or changed."""
    events = stream(tmp_path / "events.jsonl", EVENTS[0])
    journal = str(tmp_path / "county.journal")
    command = ["watch", "--events", events, "--journal", journal]

    def refused(*arguments: str) -> str:
        assert main([*command, *arguments]) == 2
        shown = capsys.readouterr()
        assert shown.out == ""
        return shown.err

    assert refused() == (f"--journal {journal}: it holds no session yet; give FACTS to begin one\n")
    assert not Path(journal).exists()
    assert refused("--lang", "zh") == (
        f"--journal {journal}：其中尚无会话；请给出 FACTS 以开始一个\n"
    )
    assert main([*command, facts]) == 0
    capsys.readouterr()
    assert refused(facts) == (
        f"{facts} --journal {journal}: the journal holds a session with its own facts; leave FACTS "
        "out, give a document of exemptions only, or give another journal\n"
    )
    assert refused("--as-of", "2019-09-02") == (
        f"--as-of --journal {journal}: the session is as of 2019-09-01, not 2019-09-02; leave "
        "--as-of out, and advance the session with an event that has `as_of`\n"
    )
    assert refused(facts, "--journal", facts) == (
        f"--journal: `{facts}`: expected a journal, found a file; give another path\n"
    )


# Bad options

BAD: dict[str, tuple[list[str], list[str]]] = {
    "no facts": (
        ["--events", "EVENTS"],
        [
            "usage: policy-rules watch [OPTIONS] [FACTS]", "help: policy-rules watch --help",
            "Missing argument 'FACTS'.",
        ],
    ),
    "no facts, in Chinese": (
        ["--events", "EVENTS", "--lang", "zh"],
        [
            "用法：policy-rules watch [OPTIONS] [FACTS]", "帮助：policy-rules watch --help",
            "缺少 FACTS",
        ],
    ),
    "no events": (
        ["FACTS", "--lang", "zh"],
        [
            "用法：policy-rules watch [OPTIONS] [FACTS]", "帮助：policy-rules watch --help",
            "缺少选项 `--events`",
        ],
    ),
    "several faults": (
        ["FACTS", "--events", "nowhere.jsonl", "--only", "duty_mod", "--only", "stations/S1",
         "--only", "§", "--engine", "pyton", "--as-of", "today"],
        [
            "--as-of: expected a date from 1900-01-01 to 2199-12-31 such as 2019-09-01, found "
            '"today"',
            '--engine: there is no engine "pyton"; did you mean `python`?',
            "--events nowhere.jsonl: expected something that can be read, found an error (No such "
            "file or directory); check the path and its permissions",
            "--only: expected a key such as `tasks/B1`, a collection, a decision or a citation, "
            'found "duty_mod"; did you mean `duty_mode`?',
            "--only: expected a key such as `tasks/B1`, a collection, a decision or a citation, "
            'found "§"; correct it',
        ],
    ),
    "in Chinese": (
        ["FACTS", "--events", "EVENTS", "--only", "duty_mod", "--only", "§", "--lang", "zh"],
        [
            "--only：应为如 `tasks/B1` 的键、列表、认定事项或条款，实为 \"duty_mod\"；"
            "是否指 `duty_mode`？",
            "--only：应为如 `tasks/B1` 的键、列表、认定事项或条款，实为 \"§\"；请改正",
        ],
    ),
}  # fmt: skip


@pytest.mark.parametrize("of", BAD)
def test_what_is_refused(
    of: str, facts: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before any event is applied, and all at once."""
    options, message = BAD[of]
    paths = {"FACTS": facts, "EVENTS": stream(tmp_path / "events.jsonl", *EVENTS)}
    assert main(["watch", *(paths.get(option, option) for option in options)]) == 2
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert len(lines) == len(message)
    for line, words in zip(lines, message, strict=True):
        assert line.startswith(words)
