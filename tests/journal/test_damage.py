"""Of what was acknowledged nothing is lost without a word: copies in part, damage, backups."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from policy_rules.journal import Entry, Journal, JournalError, JournalReader
from tests.support.damaging import Damage, damaged_copies, flip, times_to_damage, truncate

_FILES = ("entries", "head", "snapshot")


@pytest.fixture
def in_use(tmp_path: Path) -> Iterator[Journal]:
    """A journal that is open, with single entries, batches and a snapshot among them."""
    with Journal(tmp_path / "a.journal") as journal:
        for number in range(12):
            journal.append("one", f"第 {number} 条")
            journal.append_all([("batch", "text" * number)] * (number % 4))
            if number == 5:
                journal.snapshot(["a state", "of two chunks"])
        yield journal


def held(journal: JournalReader) -> tuple[list[Entry], int, list[str]]:
    """All that a journal gives out."""
    snapshot = journal.latest_snapshot()
    assert snapshot is not None
    return list(journal.entries()), snapshot.number, list(snapshot.chunks)


@pytest.mark.parametrize("damage", [flip, truncate])
def test_damage_is_refused_or_loses_nothing(
    damage: Damage, in_use: Journal, tmp_path: Path
) -> None:
    """Any bit and any end of any file; and what can be written again goes on as it was."""
    entries, number, chunks = held(in_use)
    refused = harmless = 0
    times = times_to_damage(60)
    for copy in damaged_copies(tmp_path / "a.journal", damage, Random(7), times):
        try:
            with JournalReader(copy) as reader:
                whole = reader.verify().whole
                try:
                    assert held(reader) == (entries, number, chunks)
                except JournalError:
                    assert not whole
                    raise
                assert whole
            with Journal(copy) as journal:
                assert held(journal) == (entries, number, chunks)
                assert journal.append("one", "more").number == len(entries) + 1
            with JournalReader(copy) as reader:
                assert held(reader)[0][:-1] == entries
                assert reader.verify().whole
        except JournalError:
            refused += 1
        else:
            harmless += 1
    assert refused > times / 3
    assert harmless > times / 20  # of the head, each half alone says what was acknowledged


@pytest.mark.parametrize("place", [0, 4096])
def test_either_half_of_the_head_may_be_lost(place: int, in_use: Journal, tmp_path: Path) -> None:
    """As when the power goes while it is written: the other one leads to all that was said."""
    entries, _, _ = held(in_use)
    copy = shutil.copytree(tmp_path / "a.journal", tmp_path / "copy")
    head = bytearray((copy / "head").read_bytes())
    head[place] ^= 1
    (copy / "head").write_bytes(head)
    with JournalReader(copy) as reader:
        assert list(reader.entries()) == entries
        assert reader.verify().whole
    with Journal(copy) as journal:
        assert list(journal.entries()) == entries
    assert (copy / "head").read_bytes().count(b"\n") == 2
    head = bytearray((copy / "head").read_bytes())
    assert head[place] in b"0123456789"


@pytest.mark.parametrize("missing", _FILES)
def test_a_part_that_is_copied_is_refused(missing: str, in_use: Journal, tmp_path: Path) -> None:
    """It never looks like a journal that holds less; only the lock is of no account."""
    copy = shutil.copytree(tmp_path / "a.journal", tmp_path / "copy")
    (copy / "lock").unlink()
    with Journal(copy) as journal:
        assert held(journal) == held(in_use)
    (copy / missing).unlink()
    with pytest.raises(JournalError, match=f"its `{missing}` is missing, so that it is only a par"):
        Journal(copy)
    for name in _FILES:
        alone = tmp_path / f"{name} alone"
        alone.mkdir()
        shutil.copy(tmp_path / "a.journal" / name, alone)
        with pytest.raises(JournalError):
            Journal(alone)


@pytest.mark.parametrize("snapshot", [False, True])
@pytest.mark.parametrize("first", _FILES)
def test_what_is_copied_while_it_is_written(
    first: str, snapshot: bool, in_use: Journal, tmp_path: Path
) -> None:
    """One file after the other, and a write between: all that was said before, or refused."""
    path, copy = tmp_path / "a.journal", tmp_path / "copy"
    entries, _, _ = held(in_use)
    copy.mkdir()
    shutil.copy(path / first, copy)
    in_use.append("one", "between")
    if snapshot:
        in_use.snapshot(["another state"])
    for name in _FILES:
        if name != first:
            shutil.copy(path / name, copy)
    if snapshot or first == "entries":
        with pytest.raises(JournalError, match=r"not all are there|the snapshot is not"):
            Journal(copy)
    else:
        with Journal(copy) as journal:
            assert held(journal) == held(in_use)
            assert held(journal)[0][:-1] == entries
            assert journal.verify().whole


@pytest.mark.parametrize("rest", [b"", b"\0", b"what was never acknowledged"])
def test_the_end_of_what_was_not_acknowledged_may_be_missing(
    rest: bytes, in_use: Journal, tmp_path: Path
) -> None:
    """As after a loss of power, at any length: of a batch that was not whole nothing is left."""
    path = tmp_path / "a.journal"
    before = shutil.copytree(path, tmp_path / "before")
    entries = list(in_use.entries())
    in_use.append_all([("batch", "one"), ("batch", "two")])
    after = (path / "entries").read_bytes()
    start = (before / "entries").stat().st_size
    for end in range(start, len(after) + 1, 7):
        copy = shutil.copytree(before, tmp_path / f"copy {end}")
        (copy / "entries").write_bytes(after[:end] + rest)
        with Journal(copy) as journal:
            assert journal.verify().whole
            assert list(journal.entries()) == entries
            assert journal.append("one", "on").number == len(entries) + 1
    copy = shutil.copytree(before, tmp_path / "whole")
    (copy / "entries").write_bytes(after + rest)
    with JournalReader(copy) as reader:  # nobody was told
        assert list(reader.entries()) == entries
    with Journal(copy) as journal:
        assert list(journal.entries()) == list(in_use.entries())
        assert journal.verify().whole


# Backups


def test_a_backup_of_a_journal_in_use(in_use: Journal, tmp_path: Path) -> None:
    """From the journal itself or from a reader: a journal of its own, with the same in it."""
    copy = tmp_path / "copy"
    in_use.backup(copy)
    with Journal(copy) as journal:
        assert held(journal) == held(in_use)
        assert journal.append("one", "more").number == len(held(in_use)[0]) + 1
    with JournalReader(copy) as reader:
        reader.backup(tmp_path / "again")
        with JournalReader(tmp_path / "again") as again:
            assert held(again) == held(reader)
            assert again.verify() == reader.verify()
    with Journal(tmp_path / "empty") as journal:
        journal.backup(tmp_path / "empty copy")
    with Journal(tmp_path / "empty copy") as journal:
        assert list(journal.entries()) == []


def test_a_backup_appears_whole_or_not_at_all(in_use: Journal, tmp_path: Path) -> None:
    """Not over something that is there, and not of what is damaged."""
    with pytest.raises(JournalError) as caught:
        in_use.backup(tmp_path / "a.journal")
    assert str(caught.value) == (
        f"`{tmp_path / 'a.journal'}`: it is there already; give a path where nothing is"
    )
    with pytest.raises(JournalError, match="its folder is not there"):
        in_use.backup(tmp_path / "nowhere" / "copy")
    for copy in damaged_copies(tmp_path / "a.journal", flip, Random(8), 12):
        with JournalReader(copy) as reader:
            if not reader.verify().whole:
                with pytest.raises(JournalError):
                    reader.backup(tmp_path / "copy")
    assert [each.name for each in tmp_path.iterdir()] == ["a.journal"]


def test_a_backup_by_another_process_while_this_one_writes(tmp_path: Path) -> None:
    """It has all that was acknowledged before the call, and is a journal like any other."""
    path = tmp_path / "a.journal"
    program = (
        "import sys; from policy_rules.journal import JournalReader\n"
        "reader = JournalReader(sys.argv[1])\n"
        "for number, _ in enumerate(sys.stdin):\n"
        "    reader.backup(f'{sys.argv[1]}-{number}'); print(flush=True)"
    )
    with (
        Journal(path) as journal,
        subprocess.Popen(
            (sys.executable, "-c", program, path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process,
    ):
        assert process.stdin is not None
        assert process.stdout is not None
        for number in range(5):
            journal.append("one", f"before {number}")
            journal.snapshot([f"state {number}"] * 20)
            acknowledged = list(journal.entries())
            process.stdin.write(b"\n")
            process.stdin.flush()
            for _ in range(10):
                journal.append_all([("batch", "meanwhile" * 50)] * 10)
                journal.snapshot([f"meanwhile {number}"] * 20)
            process.stdout.readline()
            with Journal(Path(f"{path}-{number}")) as copy:
                assert copy.verify().whole
                entries = list(copy.entries())
                assert entries[: len(acknowledged)] == acknowledged
                assert entries == list(journal.entries())[: len(entries)]
                snapshot = copy.latest_snapshot()
                assert snapshot is not None
                assert len(acknowledged) <= snapshot.number <= len(entries)
        process.stdin.close()
        assert not process.wait()
