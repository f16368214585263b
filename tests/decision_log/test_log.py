"""A log of decisions: what an entry says, what it hides, and what proofs show of it."""

from __future__ import annotations

import gc
import hashlib
import json
import shutil
import time
from base64 import urlsafe_b64decode
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest

import policy_rules as pr
from policy_rules.decision_log import DecisionLog, DecisionLogReader, read_checkpoint
from policy_rules.decision_log.merkle import Hasher, grew, includes
from policy_rules.journal import Journal, JournalError
from policy_rules.language.fingerprints import fingerprint_of
from tests.support.decision_logs import POLICY, appointment, case, log_of

SHA256 = Hasher("sha256")


def test_an_entry_says_what_was_asked_and_answered(tmp_path: Path) -> None:
    at = datetime(2022, 4, 1, 8, 30, tzinfo=timezone(timedelta(hours=8)))
    with DecisionLog(tmp_path / "log", origin="test.example/log") as log:
        verdict = POLICY.check(case(1, {"350102"}))
        assert log.add(POLICY, [verdict], correlation_id="call 7", at=at) == (2,)
        first, policy, answers = (each.record for each in log.entries())
    assert first == {
        "kind": "log", "format": 1, "origin": "test.example/log", "hash": "sha256",
    }  # fmt: skip
    assert policy["kind"] == "policy"
    assert policy["directive"] == "putian-2019-52"
    assert policy["as_of"] == "2022-04-01"
    assert policy["fingerprint"] == fingerprint_of(POLICY.rules)
    assert policy["readings"]["case_scope_covers"] == "leading"
    assert (policy["engine"], policy["parameters"], policy["exemptions"]) == ("python", {}, [])
    assert answers["at"] == "2022-04-01T00:30:00.000000Z"
    assert answers["correlation_id"] == "call 7"
    (said,) = answers["answers"]["verdicts"]
    assert said == verdict.as_json()
    assert said["outcome"] == "exemption_needed"
    assert answers["policy"]["index"] == 1
    assert answers["input"]["paths"] == []
    assert answers["input"]["facts"] == {"format": 1}
    assert answers["input"]["subject"]["place_codes"] == ["350102"]


def test_personal_values_are_beside_the_entry(tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "log") as log:
        (index,) = log.add(POLICY, [POLICY.check(appointment(5))])
        entry = log.entry(index)
        row = entry.record["input"]["subject"]
        digests = row.pop("_sd")
        assert row == {
            "collection": "appointments", "id": "R5", "post": "chief", "on": "2022-03-01",
        }  # fmt: skip
        hidden = ["P5", "1980-01-06", "2010-01-01", "college"]
        # quoted, since a digest has any two letters by chance
        assert not [value for value in hidden if f'"{value}"' in entry.text]
        # as RFC 9901 says, in words of Python's own library
        disclosed = {}
        for each in entry.disclosures:
            digest = hashlib.sha256(each.encode()).digest()
            assert digest in [urlsafe_b64decode(d + "=") for d in digests]
            salt, name, value = json.loads(urlsafe_b64decode(each + "=" * (-len(each) % 4)))
            assert len(urlsafe_b64decode(salt + "==")) == 16
            disclosed[name] = value
        assert sorted(disclosed.values()) == sorted(hidden)
        assert entry.revealed()["input"]["subject"] == {**row, **disclosed}
        some = entry.revealed(["education"])["input"]["subject"]
        assert some["education"] == "college"
        assert len(some["_sd"]) == 3


def test_what_names_a_person_is_hidden_wherever_it_stands(tmp_path: Path) -> None:
    """The subject of an answer, what it needs, a reference, the subject of an exemption."""
    officer = pr.Officer(id="officer-77", station_id="S1", education=pr.Education.COLLEGE)
    station = pr.Station(id="S1", name="黄石派出所")
    facts = pr.Facts(stations=[station], officers=[officer], complete=["officers"])
    exemption = pr.Exemption(
        id="E1", cite="2.2/2f", subject="officers/officer-77", reason="officer-77 is ill"
    )
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1), exemptions=[exemption])
    report = policy.audit(facts)
    with DecisionLog(tmp_path / "log") as log:
        log.add(policy, report.findings, facts=facts)
        log.add(policy, policy.decisions_of(facts), facts=facts)
        assert log.verify().whole
        assert not [each.index for each in log.entries() if "officer-77" in each.text]
        shown = [json.dumps(each.revealed(), ensure_ascii=False) for each in log.entries()]
        assert len([text for text in shown if '"officers/officer-77"' in text]) >= 3
        assert any("officers/officer-77." in text for text in shown)
        decided = [each for each in log.entries() if '"decisions"' in each.text]
        names = {a["name"] for each in decided for a in each.record["answers"]["decisions"]}
        assert "duty_mode" in names


def test_facts_of_many_answers_are_one_entry(tmp_path: Path) -> None:
    station = pr.Station(id="S1", name="黄石派出所", officers=14, pilot=False)
    facts = pr.Facts(stations=[station], complete=["stations"])
    report = POLICY.audit(facts)
    with DecisionLog(tmp_path / "log") as log:
        (first,) = log.add(POLICY, report.findings, facts=facts)
        (second,) = log.add(POLICY, POLICY.decisions_of(facts), facts=facts)
        assert (first, second) == (3, 4)
        kinds = [each.record["kind"] for each in log.entries()]
        assert kinds == ["log", "policy", "facts", "answers", "answers"]
        assert log.entry(2).record["facts"]["complete"] == ["stations"]
        assert log.entry(4).record["input"]["index"] == 2
        said = log.entry(3).record["answers"]["findings"]
        assert said == [each.as_json() for each in report.findings]


def test_the_facts_that_an_answer_rests_on(tmp_path: Path) -> None:
    """Those to which its rules lead, those that may be among them, and no others."""
    facts = pr.Facts(
        stations=[pr.Station(id="S1"), pr.Station(id="S2")],
        officers=[
            pr.Officer(id="P1", station_id="S1"),
            pr.Officer(id="P2", station_id="S2"),
            pr.Officer(id="P3"),
        ],
        cases=[case(1)],
        complete=["stations", "officers"],
    )
    decision = POLICY.decide(facts.named(pr.Station, "S1"), "duty_mode", facts)
    with DecisionLog(tmp_path / "log") as log:
        (index,) = log.add(POLICY, [decision])
        given = log.entry(index).revealed()["input"]
    assert [each["id"] for each in given["facts"]["stations"]] == ["S1"]
    assert [each["id"] for each in given["facts"]["officers"]] == ["P1", "P3"]
    assert given["facts"]["complete"] == ["officers"]
    assert "cases" not in given["facts"]
    assert "officers.station_id" in given["paths"]


def test_what_is_erased_cannot_be_shown_and_every_proof_holds(tmp_path: Path) -> None:
    with log_of(tmp_path / "log") as log:
        before, last = log.checkpoint(), log.entry(13)
        assert len(last.disclosures) == 4
        assert log.erase(13, ["birth_date"]) == 1
        assert log.erase(13, ["birth_date"]) == 0
        row = log.entry(13).revealed()["input"]["subject"]
        assert "birth_date" not in row
        assert row["education"] == "college"
        assert log.erase(3) == 4
        assert log.entry(3).disclosures == ()
        assert log.checkpoint() == before
        assert log.verify(before).whole
        leaf = SHA256.leaf(log.entry(13).text.encode())
        assert includes(SHA256, leaf, 13, 14, log.inclusion(13), before.root)
        kept = (tmp_path / "log" / "personal").read_bytes()
        assert last.disclosures[0].encode() in kept or last.disclosures[1].encode() in kept


def test_all_that_is_told_of_a_person_can_be_erased(tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "log") as log:
        facts = pr.Facts(
            officers=[
                pr.Officer(id="officer-1", education=pr.Education.COLLEGE),
                pr.Officer(id="officer-2"),
            ],
            appointments=[
                pr.Appointment(id="R1", officer_id="officer-1", education=pr.Education.COLLEGE)
            ],
            complete=["officers"],
        )
        report = POLICY.audit(facts)
        log.add(POLICY, report.findings, facts=facts)
        log.add(POLICY, report.verdicts, facts=facts)
        assert [each.index for each in log.entries() if "officer-1" in str(each.revealed())]
        assert log.erase_fact("officers/officer-1") > 0
        assert not [each.index for each in log.entries() if "officer-1" in str(each.revealed())]
        assert [each.index for each in log.entries() if "officer-2" in str(each.revealed())]
        assert log.verify().whole
        assert log.erase_fact("officers/officer-1") == 0


def test_a_log_grows_and_its_checkpoints_hold(tmp_path: Path) -> None:
    checkpoints = []
    with log_of(tmp_path / "log", 0) as log:
        for number in range(9):
            log.add(POLICY, [POLICY.check(case(number))])
            checkpoints.append(read_checkpoint(str(log.checkpoint())))
        last = checkpoints[-1]
        for each in checkpoints:
            path = log.consistency(each.size)
            assert grew(SHA256, each.size, each.root, last.size, path, last.root)
            assert log.checkpoint(each.size) == each
        assert log.verify(*checkpoints).faults == ()
    with DecisionLog(tmp_path / "log") as log:
        assert log.origin == "test.example/log"
        assert log.size == 11
        log.add(POLICY, [POLICY.check(case(20))])
        assert log.verify(*checkpoints).whole
    with DecisionLogReader(tmp_path / "log") as reader:
        assert reader.size == 13  # and its policy, once more
        assert reader.verify(*checkpoints).whole


def test_the_tree_is_made_again(tmp_path: Path) -> None:
    with log_of(tmp_path / "log") as log:
        before = log.checkpoint()
    tree = tmp_path / "log" / "tree"
    tree.unlink()
    with (
        DecisionLogReader(tmp_path / "log") as reader,
        pytest.raises(JournalError, match="its `tree` is not whole"),
    ):
        reader.checkpoint()
    with DecisionLog(tmp_path / "log") as log:
        assert log.checkpoint() == before
    tree.write_bytes(tree.read_bytes()[:-32] + bytes(32))
    with DecisionLog(tmp_path / "log") as log:
        assert "its `tree` is not that of the entries" in log.verify(before).faults[0][1]


def test_a_part_of_a_copy_is_refused(tmp_path: Path) -> None:
    with log_of(tmp_path / "log") as log:
        kept = log.checkpoint()
    shutil.copytree(tmp_path / "log", tmp_path / "copy")
    (tmp_path / "copy" / "personal").unlink()
    with DecisionLogReader(tmp_path / "copy") as reader:
        assert reader.verify(kept).whole  # all is erased
        assert reader.entry(3).disclosures == ()


def test_what_is_no_log_is_refused(tmp_path: Path) -> None:
    with Journal(tmp_path / "a.journal") as journal:
        journal.append("session", "{}")
    for door in (DecisionLog, DecisionLogReader):
        with pytest.raises(JournalError, match="expected a log of decisions, found another"):
            door(tmp_path / "a.journal")
    with pytest.raises(JournalError, match="there is no such folder"):
        DecisionLogReader(tmp_path / "nothing")
    with Journal(tmp_path / "later") as journal:
        journal.append("log", '{"kind":"log","format":2,"origin":"a","hash":"sha256"}')
    with pytest.raises(JournalError, match="its format is 2"):
        DecisionLogReader(tmp_path / "later")


def test_what_was_settled_when_a_log_began_is_not_changed(tmp_path: Path) -> None:
    log_of(tmp_path / "log", 0).close()
    with pytest.raises(JournalError, match=r"`origin` is `test\.example/log`, not `another`"):
        DecisionLog(tmp_path / "log", origin="another")
    with pytest.raises(JournalError, match="`hash_name` is `sha256`, not `sm3`"):
        DecisionLog(tmp_path / "log", hash_name="sm3")
    with pytest.raises(JournalError, match="this Python has no hash `md17`"):
        DecisionLog(tmp_path / "other", hash_name="md17")
    for wrong in ("", " a", "a\nb", "a+b"):
        with pytest.raises(JournalError, match="`origin` is a line of text"):
            DecisionLog(tmp_path / "other", origin=wrong)
    assert not list(tmp_path.glob("other/tree"))


def test_a_log_without_a_name_gets_one_of_its_own(tmp_path: Path) -> None:
    with DecisionLog(tmp_path / "a") as one, DecisionLog(tmp_path / "b") as other:
        assert one.origin != other.origin
        assert one.origin.startswith("policy-rules/")


def test_answers_of_another_policy_or_other_facts_are_refused(tmp_path: Path) -> None:
    other = pr.load("putian-2019-52").policy(as_of=date(2021, 4, 1))
    with DecisionLog(tmp_path / "log") as log:
        with pytest.raises(ValueError, match="expected an answer that <policy putian-2019-52 as"):
            log.add(POLICY, [other.check(case(1))])
        with pytest.raises(ValueError, match="expected an answer that was given with <Facts"):
            log.add(POLICY, [POLICY.check(case(1))], facts=pr.Facts(cases=[case(1)]))
        assert log.add(POLICY, []) == ()
        assert log.size == 1


def test_an_entry_that_is_not_there(tmp_path: Path) -> None:
    with log_of(tmp_path / "log", 0) as log:
        for wrong in (1, -1):
            with pytest.raises(JournalError, match=f"no entry {wrong}; they are 0 to 0"):
                log.entry(wrong)
            with pytest.raises(JournalError, match=f"no entry {wrong}; they are 0 to 0"):
                log.inclusion(wrong)
        with pytest.raises(JournalError, match="does not have 2 entries; it has 1"):
            log.checkpoint(2)
        with pytest.raises(JournalError, match="does not have 2 entries; it has 1"):
            log.consistency(2)


def test_facts_that_another_gives_up_stay_with_the_answer(tmp_path: Path) -> None:
    """Equal facts are written once, also where the first of them are gone before the next write."""

    with DecisionLog(tmp_path / "log") as log:
        answered = [pr.Facts(cases=[case(7)])]
        (first,) = log.add(
            POLICY, [POLICY.check(answered[0].all(pr.CriminalCase)[0], answered[0])],
            facts=answered[0],
        )  # fmt: skip
        # While one writes, another comes with equal facts; then nobody has the first any more.
        again = pr.Facts(cases=[case(7)])
        verdict = POLICY.check(again.all(pr.CriminalCase)[0], again)
        with log._turn, ThreadPoolExecutor(1) as thread:
            log._is_writing = True
            waiting = thread.submit(log.add, POLICY, [verdict], facts=again)
            while not log._turn.wait_for(lambda: log._queue, 0.01):
                pass
            answered.clear()
            gc.collect()
            log._is_writing = False
            log._turn.notify_all()
            log._turn.wait_for(waiting.done, 10)
        (second,) = waiting.result()
        assert log.entry(second).record["input"] == log.entry(first).record["input"]
        assert log.verify().faults == ()


def test_threads_share_the_time_of_the_disk(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What comes while somebody writes is written together, and each gets its own indexes."""
    batches = []

    def slow(journal: Journal, entries: list[tuple[str, str]]) -> object:
        batches.append(len(entries))
        time.sleep(0.02)
        return written(journal, entries)

    written = Journal.append_all
    facts = pr.Facts(cases=[case(7)])
    among = POLICY.check(facts.named(pr.CriminalCase, "A7"), facts)
    with DecisionLog(tmp_path / "log") as log:
        monkeypatch.setattr(Journal, "append_all", slow)

        def some(number: int) -> list[int]:
            found = []
            for turn in range(4):
                call = f"{number} {turn}"
                alone = log.add(POLICY, [POLICY.check(case(turn))], correlation_id=call)
                found += [*alone, *log.add(POLICY, [among], facts=facts, correlation_id=call)]
            return found

        with ThreadPoolExecutor(8) as threads:
            added = list(threads.map(some, range(8)))
        monkeypatch.undo()
        assert log.verify().faults == ()
        records = [each.record for each in log.entries()]
        kinds = [each["kind"] for each in records]
        assert (kinds.count("policy"), kinds.count("facts"), kinds.count("answers")) == (1, 1, 64)
        for number, indexes in enumerate(added):
            calls = [records[index]["correlation_id"] for index in indexes]
            assert calls == [f"{number} {turn}" for turn in range(4) for _ in range(2)]
    assert len(batches) < 64  # each call by itself, where none waited for another


def test_what_cannot_be_written_is_told_to_all_that_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(journal: Journal, entries: list[tuple[str, str]]) -> object:
        raise JournalError(("磁盘已满", "the disk is full"))

    with DecisionLog(tmp_path / "log") as log:
        with monkeypatch.context() as patched:
            patched.setattr(Journal, "append_all", full)

            def refused(number: int) -> str:
                with pytest.raises(JournalError) as caught:
                    log.add(POLICY, [POLICY.check(case(number))])
                return str(caught.value)

            with ThreadPoolExecutor(4) as threads:
                assert {*threads.map(refused, range(12))} == {"the disk is full"}
        # and nothing of it is there
        assert log.size == 1
        assert log.add(POLICY, [POLICY.check(case(1))]) == (2,)
        assert log.verify().faults == ()


def test_facts_of_a_session_are_not_taken_for_those_that_stay(tmp_path: Path) -> None:
    facts = pr.Facts(stations=[pr.Station(id="S1", pilot=True)])
    with pr.Session(POLICY, facts) as session, DecisionLog(tmp_path / "log") as log:
        (station,) = session.facts.all(pr.Station)
        decision = session.decide(station, "duty_mode")
        assert log.add(POLICY, [decision]) == (2,)
        with pytest.raises(ValueError, match="expected facts that do not change"):
            log.add(POLICY, [decision], facts=decision.surroundings)
