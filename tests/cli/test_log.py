"""`log` and `--record`: what goes on record, and what is said of it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from policy_rules.cli import main
from policy_rules.decision_log import DecisionLog
from policy_rules.decision_log.merkle import Hasher, grew
from policy_rules.decision_log.reading import DecisionLogReader
from tests.support.command_line import MIXED, write
from tests.support.decision_logs import POLICY, case, log_of
from tests.support.places import ROOT

EXAMPLES = ROOT / "examples"


@pytest.fixture
def log(tmp_path: Path) -> str:
    """A record of 14 entries."""
    log_of(tmp_path / "log").close()
    return str(tmp_path / "log")


def lines_of(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_answers_go_on_record_before_they_are_shown(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write(tmp_path / "facts.json", MIXED)
    record = str(tmp_path / "record")
    for command in ("check", "decide", "audit"):
        ran = [command, facts, "--record", record, "--correlation-id", f"{command} 1"]
        assert main([*ran, "--format", "json", "--lang", "en"]) == 1
        shown = json.loads(capsys.readouterr().out)
        with DecisionLogReader(record) as reader:
            told = [
                each.revealed()
                for each in reader.entries()
                if each.record.get("correlation_id") == f"{command} 1"
            ]
        for kind in ("decisions", "verdicts", "findings", "agreements"):
            assert [one for each in told for one in each["answers"].get(kind, ())] == shown[kind]
    assert main(["log", "verify", record, "--lang", "en"]) == 0
    assert lines_of(capsys)[0].endswith("nothing found changed (no checkpoint given)")
    assert main(["log", "replay", record, "--lang", "en"]) == 0
    assert lines_of(capsys)[0].endswith("the same, 0 different, 0 not asked again")


def test_what_cannot_go_on_record_is_not_answered(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    facts = write(tmp_path / "facts.json", MIXED)
    (tmp_path / "file").touch()
    for given, said in (
        (["--record", str(tmp_path / "file")], "expected a journal, found a file"),
        (["--record", str(tmp_path / "log"), "--tolerate"], "it does not go with --tolerate"),
        (["--correlation-id", "7"], "--correlation-id: it goes with --record; add it"),
    ):
        assert main(["check", facts, *given, "--lang", "en"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err
    assert main(["check", "x.duckdb", "--record", "log", "--lang", "en"]) == 2
    assert "it goes with JSON, CSV and Excel" in capsys.readouterr().err


def test_a_checkpoint_that_was_kept(
    log: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = str(tmp_path / "kept")
    assert main(["log", "checkpoint", log, "--output", kept]) == 0
    origin, size, _ = Path(kept).read_text("utf-8").splitlines()
    assert (origin, size) == ("test.example/log", "14")
    with DecisionLog(log) as writing:
        writing.add(POLICY, [POLICY.check(case(50))])
    capsys.readouterr()
    assert main(["log", "verify", log, "--checkpoint", kept, "--lang", "en"]) == 0
    assert lines_of(capsys) == ["16 entries, nothing was changed"]
    assert main(["log", "verify", log, "--checkpoint", kept, "--lang", "zh"]) == 0
    assert lines_of(capsys) == ["16 条，没有改动"]

    log_of(tmp_path / "other", 20).close()
    assert main(["log", "verify", str(tmp_path / "other"), "--checkpoint", kept]) == 1
    out, err = capsys.readouterr()
    assert "its first 14 entries are not those of the checkpoint" in err
    assert out == "22 entries\n"
    prove = ["log", "prove", str(tmp_path / "other"), "3", "--checkpoint", kept]
    assert main(prove) == 2
    assert "it is none of this record" in capsys.readouterr().err


def test_a_proof_is_checked_by_a_page_of_python_alone(log: str, tmp_path: Path) -> None:
    entry, proof, kept = (str(tmp_path / name) for name in ("entry", "proof", "kept"))
    assert main(["log", "checkpoint", log, "--output", kept]) == 0
    prove = ["log", "prove", log, "13", "--checkpoint", kept, "--output", proof]
    assert main(prove) == 0
    assert main(["log", "show", log, "13", "--reveal", "education", "--output", entry]) == 0

    def checked() -> subprocess.CompletedProcess[str]:
        # isolated, so that the library cannot be imported
        page = (sys.executable, "-I", str(EXAMPLES / "verify_entry.py"), entry, proof)
        return subprocess.run(page, capture_output=True, text=True, check=False)

    ran = checked()
    assert ran.returncode == 0, ran.stderr
    first, *_, last = ran.stdout.splitlines()
    assert first == "education: college"
    assert last == "is entry 13 of test.example/log, which had 14 entries then"
    assert "1980" not in ran.stdout
    text = Path(entry).read_text("utf-8")
    Path(entry).write_text(text.replace("permitted", "forbidden"), "utf-8")
    assert checked().returncode == 1
    Path(entry).write_text(text + "WyJzYWx0IiwgImEiLCAiYiJd\n", "utf-8")
    assert "something is disclosed" in checked().stderr
    Path(entry).write_text(text, "utf-8")
    Path(proof).write_text(Path(proof).read_text("utf-8").replace("index 13", "index 12"), "utf-8")
    assert checked().returncode == 1
    Path(proof).write_text("something else\n\na\n1\nb\n", "utf-8")
    assert checked().returncode == 1


def test_the_page_follows_sm3(tmp_path: Path) -> None:
    log = str(tmp_path / "log")
    if main(["log", "init", log, "--hash", "sm3", "--origin", "test.example/sm3"]) == 2:
        pytest.skip("this Python's OpenSSL has no SM3")
    with DecisionLog(log) as writing:
        writing.add(POLICY, [POLICY.check(case(50))])
        assert writing.verify().whole
    entry, proof = str(tmp_path / "entry"), str(tmp_path / "proof")
    assert main(["log", "prove", log, "2", "--output", proof]) == 0
    assert main(["log", "show", log, "2", "--output", entry]) == 0
    page = (sys.executable, "-I", str(EXAMPLES / "verify_entry.py"), entry, proof)
    assert subprocess.run((*page, "sm3"), capture_output=True, check=False).returncode == 0
    assert subprocess.run(page, capture_output=True, check=False).returncode == 1


@pytest.mark.parametrize("kind", ["ed25519", "sm2"])
def test_a_checkpoint_is_signed_by_any_program(
    kind: str, log: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    if shutil.which("openssl") is None:
        pytest.skip("there is no openssl here")
    key = str(tmp_path / "key.pem")
    how = ("ed25519",) if kind == "ed25519" else ("EC", "-pkeyopt", "ec_paramgen_curve:SM2")
    made = ("openssl", "genpkey", "-algorithm", *how, "-out", key)
    if subprocess.run(made, capture_output=True, check=False).returncode:
        pytest.skip(f"this OpenSSL has no {kind}")
    signer = f"{sys.executable} {EXAMPLES / 'sign_checkpoint.py'} {key} test.example"
    signed = tmp_path / "signed"
    assert main(["log", "checkpoint", log, "--signer", signer, "--output", str(signed)]) == 0
    body, _, line = signed.read_text("utf-8").partition("\n\n")
    assert body.split("\n")[:2] == ["test.example/log", "14"]
    assert line.startswith("— test.example ")
    assert main(["log", "verify", log, "--checkpoint", str(signed)]) == 0
    assert main(["log", "prove", log, "3", "--checkpoint", str(signed)]) == 0
    assert line.strip() in capsys.readouterr().out
    # Whoever has the public key checks what was signed.
    public, other = str(tmp_path / "public.pem"), tmp_path / "other"
    subprocess.run(("openssl", "pkey", "-in", key, "-pubout", "-out", public), check=True)
    checking = f"{sys.executable} {EXAMPLES / 'check_checkpoint.py'} {public}"
    by_name = ["log", "verify", log, "--lang", "en", "--verifier", f"{checking} test.example"]
    assert main([*by_name, "--checkpoint", str(signed)]) == 0
    assert main([*by_name[:-1], f"{checking} other", "--checkpoint", str(signed)]) == 1
    assert "no signature of other under it holds" in capsys.readouterr().err
    other.write_text(signed.read_text("utf-8").replace("\n14\n", "\n13\n"), "utf-8")
    assert main([*by_name, "--checkpoint", str(other)]) == 1
    assert "its signatures do not hold" in capsys.readouterr().err
    other.write_text(f"{body}\n", "utf-8")
    assert main([*by_name, "--checkpoint", str(other)]) == 1
    assert "it is not signed" in capsys.readouterr().err


def test_a_verifier_that_cannot_be_asked(
    log: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["log", "verify", log, "--verifier", "true", "--lang", "en"]) == 2
    assert "it needs a --checkpoint to check" in capsys.readouterr().err
    signed = tmp_path / "signed"
    with DecisionLogReader(log) as reader:
        signed.write_text(f"{reader.checkpoint()}\n— test.example AAAA\n", "utf-8")
    asked = ["log", "verify", log, "--checkpoint", str(signed), "--lang", "en", "--verifier"]
    assert main([*asked, "no-such-program"]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "it cannot be run (No such file or directory)" in err


def test_a_signer_that_signs_nothing(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    for signer, said in (
        (f"{sys.executable} -c 1", "it wrote no line of a signature (exit status 0)"),
        ("no-such-program", "it cannot be run (No such file or directory)"),
        ('"', "it cannot be run (No closing quotation)"),
    ):
        assert main(["log", "checkpoint", log, "--signer", signer, "--lang", "en"]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert said in err


def test_that_the_record_only_grew(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    from base64 import b64decode

    with DecisionLogReader(log) as reader:
        earlier, later = reader.checkpoint(5), reader.checkpoint(14)
    assert main(["log", "consistency", log, "5", "14"]) == 0
    path = [b64decode(line) for line in lines_of(capsys)]
    assert grew(Hasher("sha256"), 5, earlier.root, 14, path, later.root)
    assert main(["log", "consistency", log, "5", "99", "--lang", "en"]) == 2
    assert "it does not have 99 entries; it has 14" in capsys.readouterr().err


def test_what_is_erased(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "show", log, "13", "--reveal", "all"]) == 0
    assert len(lines_of(capsys)) == 5
    assert main(["log", "erase", log, "13", "--field", "birth_date", "--lang", "en"]) == 0
    assert capsys.readouterr().err == "erased 1 values\n"
    assert main(["log", "erase", log, "--fact", "officers/P9", "--lang", "en"]) == 0
    assert capsys.readouterr().err == "erased 1 values\n"
    assert main(["log", "show", log, "13", "--reveal", "all"]) == 0
    assert len(lines_of(capsys)) == 4
    for wrong in ([], ["3", "--fact", "officers/P1"], ["--fact", "a/b", "--field", "c"]):
        assert main(["log", "erase", log, *wrong, "--lang", "en"]) == 2
        assert "give N, with --field or not, or --fact" in capsys.readouterr().err
    assert main(["log", "erase", "nothing", "1", "--lang", "en"]) == 2
    assert not Path("nothing").exists()


def test_export_as_entries(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "export", log, "--after", "12"]) == 0
    told = [json.loads(line) for line in lines_of(capsys)]
    assert [each["index"] for each in told] == [12, 13]
    assert "_sd" in told[1]["input"]["subject"]
    assert main(["log", "export", log, "--after", "13", "--reveal"]) == 0
    (revealed,) = map(json.loads, lines_of(capsys))
    assert revealed["input"]["subject"]["officer_id"] == "P11"


def test_export_as_decision_log_of_opa(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "export", log, "--shape", "opa"]) == 0
    told = [json.loads(line) for line in lines_of(capsys)]
    assert len(told) == 12
    event = told[1]
    assert event["decision_id"] == "test.example/log/3"
    assert event["path"] == "putian-2019-52/verdicts"
    assert event["result"]["verdicts"][0]["outcome"] == "permitted"
    assert event["input"]["as_of"] == "2022-04-01"
    assert event["input"]["subject"] == {
        "collection": "appointments", "id": "R1", "post": "chief", "on": "2022-03-01",
    }  # fmt: skip
    assert event["erased"] == ["/input/subject"]
    assert event["custom"] == {"correlation_id": "call 1"}
    assert event["timestamp"].endswith("Z")


def test_what_would_be_answered_otherwise(log: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["log", "replay", log, "--lang", "zh"]) == 0
    assert lines_of(capsys) == ["12 项回答：12 项相同，0 项不同，0 项不能重放"]
    # Before the day of issue nothing applies.
    assert main(["log", "replay", log, "--as-of", "2019-07-01", "--lang", "en"]) == 1
    first, *others = lines_of(capsys)
    assert first == "12 answers: 0 the same, 12 different, 0 not asked again"
    assert others[0] == "entry 2  cases/A0: permitted → not_applicable"
    assert main(["log", "erase", log, "13", "--lang", "en"]) == 0
    capsys.readouterr()
    assert main(["log", "replay", log, "--format", "json", "--after", "12"]) == 1
    (told,) = map(json.loads, lines_of(capsys))
    assert told["index"] == 13
    assert told["standing"] == "not_replayed"
    assert told["why"]["en"].startswith("personal fields that it rests on were erased")
    assert told["before"]["outcome"] == "permitted"
    assert main(["log", "replay", log, "--reading", "no_such=x", "--lang", "en"]) == 2
    assert main(["log", "replay", log, "--directive", "no-such", "--lang", "en"]) == 2


def test_what_is_no_record(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nothing = str(tmp_path / "nothing")
    for command in (["checkpoint"], ["verify"], ["export"], ["replay"]):
        assert main(["log", *command, nothing, "--lang", "en"]) == 2
        assert f"{nothing}: there is no such folder" in capsys.readouterr().err
    assert main(["log", "init", str(tmp_path), "--lang", "en"]) == 2
    assert "it is there already" in capsys.readouterr().err
    (tmp_path / "bad").write_text("a\nb\nc\n", "utf-8")
    (tmp_path / "short").write_text("a\n1\nYQ==\n", "utf-8")
    log_of(tmp_path / "log", 0).close()
    for name, said in (
        ("bad", "expected a checkpoint"),
        ("short", "is 32 bytes in base64"),
        ("none", "it cannot be read (No such file or directory)"),
    ):
        given = ["--checkpoint", str(tmp_path / name), "--lang", "en"]
        assert main(["log", "verify", str(tmp_path / "log"), *given]) == 2
        assert said in capsys.readouterr().err
    there = str(tmp_path / "log")
    assert main(["log", "checkpoint", there, "--output", str(tmp_path), "--lang", "en"]) == 2
    assert "it is a directory" in capsys.readouterr().err
