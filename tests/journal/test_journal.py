"""Writing a journal and reading it: order, batches, snapshots, several threads and processes."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import datetime, timezone
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_rules.journal import Entry, Journal, JournalError, JournalReader

_TEXTS = st.text()
_BATCHES = st.lists(st.lists(st.tuples(st.sampled_from("abc") | _TEXTS, _TEXTS), max_size=6))


def contents(reader: JournalReader, after: int = 0, kind: str | None = None) -> list[str]:
    """The texts of the entries."""
    return [entry.body for entry in reader.entries(after, kind)]


@given(_BATCHES, st.integers(0, 20))
def test_what_was_appended_is_read_back(batches: list[list[tuple[str, str]]], after: int) -> None:
    """Any text, in order, before and after the journal is opened again."""
    given_in = [each for batch in batches for each in batch]
    with TemporaryDirectory() as folder:
        path = Path(folder, "日志 #1?.journal")
        with Journal(path) as journal:
            acknowledged = [entry for batch in batches for entry in journal.append_all(batch)]
            assert list(journal.entries()) == acknowledged
        assert [(entry.kind, entry.body) for entry in acknowledged] == given_in
        assert [entry.number for entry in acknowledged] == [*range(1, len(given_in) + 1)]
        with Journal(path) as again, JournalReader(path) as reader:
            for each in (again, reader):
                assert list(each.entries()) == acknowledged
                assert list(each.entries(after)) == acknowledged[after:]
                assert list(each.entries(after, "a")) == [
                    entry for entry in acknowledged[after:] if entry.kind == "a"
                ]
                assert each.verify().faults == ()


@given(st.lists(st.lists(_TEXTS), min_size=1, max_size=4))
def test_a_snapshot_is_read_back(snapshots: list[list[str]]) -> None:
    """The latest one only, with the number of the entry it is after; the entries stay."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.journal")
        with Journal(path) as journal:
            for chunks in snapshots:
                journal.append("kind", "body")
                journal.snapshot(chunks)
        with JournalReader(path) as reader:
            snapshot = reader.latest_snapshot()
            assert snapshot is not None
            assert snapshot.number == len(snapshots)
            assert list(snapshot.chunks) == snapshots[-1]
            assert contents(reader) == ["body"] * len(snapshots)
            assert reader.verify().faults == ()


def test_an_entry_says_when_it_was_written(tmp_path: Path) -> None:
    """In UTC, the same for a whole batch."""
    before = datetime.now(timezone.utc)
    with Journal(tmp_path / "a.journal") as journal:
        first, second = journal.append_all([("kind", "one"), ("kind", "two")])
    assert first.at == second.at
    assert first.at.endswith("Z")
    written = datetime.fromisoformat(first.at.replace("Z", "+00:00"))
    assert before <= written <= datetime.now(timezone.utc)


def test_the_digest_is_what_the_documentation_says(tmp_path: Path) -> None:
    """Anyone can compute it from the file: the digest before, and the entry as it stands there."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal:
        first = journal.append("种类", "内\n容")
        second, third = journal.append_all([("", ""), ("k", "b")])
    heading, text = (path / "entries").read_bytes().split(b"\n", 1)
    assert len(first.at) == 27
    one = f"1 0 6 27 7\n种类\n{first.at}\n内\n容\n".encode()
    start = sha256(heading + b"\n").digest()
    assert first.digest == sha256(start + one).hexdigest()
    two = f"2 1 0 27 0\n\n{second.at}\n\n".encode()
    assert second.digest == sha256(bytes.fromhex(first.digest) + two).hexdigest()
    three = f"3 0 1 27 1\nk\n{third.at}\nb\n".encode()
    assert third.digest == sha256(bytes.fromhex(second.digest) + three).hexdigest()
    digests = (each.digest.encode() + b"\n" for each in (first, second, third))
    assert text == b"".join(a + b for a, b in zip((one, two, three), digests, strict=True))


def test_an_empty_journal(tmp_path: Path) -> None:
    """Nothing is in it, and nothing is wrong with it."""
    with Journal(tmp_path / "a.journal") as journal:
        assert list(journal.entries()) == []
        assert journal.latest_snapshot() is None
        assert journal.append_all([]) == ()
        found = journal.verify()
        assert (found.entries, found.whole) == (0, True)
        heading = (tmp_path / "a.journal" / "entries").read_bytes()
        assert found.digest == sha256(heading).hexdigest()
        journal.snapshot(["before the first"])
        snapshot = journal.latest_snapshot()
        assert snapshot is not None
        assert (snapshot.number, list(snapshot.chunks)) == (0, ["before the first"])
        assert journal.verify().whole


def test_entries_are_those_of_the_time_of_the_call(tmp_path: Path) -> None:
    """Appending while reading does not go on for ever."""
    with Journal(tmp_path / "a.journal") as journal:
        journal.append_all([("kind", "x" * 5_000)] * 500)
        for entry in journal.entries():
            journal.append("kind", f"after {entry.number}")
        assert contents(journal, after=998) == ["after 499", "after 500"]


def test_a_closed_journal_is_one_folder(tmp_path: Path) -> None:
    """It can be moved and copied; there is nothing beside it, and what is in it is told."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal, JournalReader(path) as reader:
        journal.append("kind", "body")
        journal.snapshot(["state"])
        assert contents(reader) == ["body"]
    assert [each.name for each in tmp_path.iterdir()] == ["a.journal"]
    assert {each.name for each in path.iterdir()} == {"entries", "head", "snapshot", "lock"}
    assert not (path / "lock").stat().st_size
    path.rename(tmp_path / "copy")
    with JournalReader(tmp_path / "copy") as copy:
        assert contents(copy) == ["body"]


class _Interrupted(Exception):
    pass


def _failing() -> Iterator[str]:
    yield "new" * 100_000
    raise _Interrupted


def test_a_snapshot_that_fails_leaves_the_one_before(tmp_path: Path) -> None:
    """What its iterator raises passes through, and the journal goes on."""
    with Journal(tmp_path / "a.journal") as journal:
        journal.snapshot(["old"])
        journal.append("kind", "one")
        with pytest.raises(_Interrupted):
            journal.snapshot(_failing())
        snapshot = journal.latest_snapshot()
        assert snapshot is not None
        assert (snapshot.number, list(snapshot.chunks)) == (0, ["old"])
        assert journal.append("kind", "two").number == 2
        assert journal.verify().whole


def test_a_snapshot_can_be_made_of_what_the_journal_holds(tmp_path: Path) -> None:
    """Its iterator may read the journal, and not write it."""
    with Journal(tmp_path / "a.journal") as journal:
        journal.append_all([("kind", "one"), ("kind", "two")])
        journal.snapshot(entry.body for entry in journal.entries())
        for write in (
            lambda: journal.append("kind", "three"),
            lambda: journal.snapshot([]),
            journal.close,
        ):
            with pytest.raises(JournalError, match="a snapshot is being written"):
                journal.snapshot(str(write()) for _ in range(1))
        snapshot = journal.latest_snapshot()
        assert snapshot is not None
        assert list(snapshot.chunks) == ["one", "two"]
        assert contents(journal) == ["one", "two"]


def test_a_snapshot_that_is_replaced_while_it_is_read(tmp_path: Path) -> None:
    """What is read is never a mixture: the old one is read to its end, or not begun."""
    path = tmp_path / "a.journal"
    with Journal(path) as journal, JournalReader(path) as reader:
        journal.snapshot(["old 1", "old 2"])
        begun, other = reader.latest_snapshot(), reader.latest_snapshot()
        assert begun is not None
        assert other is not None
        assert next(begun.chunks) == "old 1"
        journal.snapshot(["new 1", "new 2"])
        assert list(begun.chunks) == ["old 2"]
        with pytest.raises(JournalError, match="replaced before it was read; read the latest one"):
            next(other.chunks)


def test_writers_and_readers_in_threads(tmp_path: Path) -> None:
    """Batches of several threads are not mixed, and readers see whole batches only."""
    path = tmp_path / "a.journal"
    seen: list[list[Entry]] = []
    with Journal(path) as journal, JournalReader(path) as reader:

        def write(name: str) -> None:
            for _ in range(40):
                journal.append_all([(name, "body")] * 5)
                journal.snapshot([name] * 5)

        def read() -> None:
            while len(seen) < 100 or any(each.is_alive() for each in writers):
                seen.append(list(reader.entries()))
                assert reader.verify().faults == ()

        writers = [Thread(target=write, args=(name,)) for name in ("a", "b", "c")]
        readers = [Thread(target=read) for _ in range(2)]
        for thread in writers + readers:
            thread.start()
        for thread in writers + readers:
            thread.join()
        everything = list(journal.entries())
    assert len(everything) == 600
    assert all(
        len({each.kind for each in everything[start : start + 5]}) == 1
        for start in range(0, 600, 5)
    )
    for entries in seen:
        assert len(entries) % 5 == 0
        assert entries == everything[: len(entries)]


def test_another_process_reads_while_this_one_writes(tmp_path: Path) -> None:
    """An auditor sees what was acknowledged, and the writer goes on."""
    path = tmp_path / "a.journal"
    program = (
        "import sys; from policy_rules.journal import JournalReader; "
        "reader = JournalReader(sys.argv[1]); "
        "print(reader.verify().entries, [each.body for each in reader.entries()])"
    )
    with Journal(path) as journal:
        for number in (1, 2):
            journal.append("kind", "body")
            read = subprocess.run(
                (sys.executable, "-c", program, path), capture_output=True, text=True, check=True
            )
            assert read.stdout == f"{number} {['body'] * number}\n"
        assert journal.append("kind", "body").number == 3
        assert journal.verify().whole


def test_the_library_alone_does_not_load_the_journal() -> None:
    """Who needs no journal does not pay for it."""
    program = "import sys, policy_rules; print('policy_rules.journal' in sys.modules)"
    ran = subprocess.run((sys.executable, "-c", program), capture_output=True, text=True)
    assert ran.stdout == "False\n", ran.stderr
