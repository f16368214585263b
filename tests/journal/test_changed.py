"""What was changed in a journal behind its back is found, and cannot be done by accident."""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from shutil import copyfile
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_rules.journal import Journal, JournalError, JournalReader

_BODIES = ["一", "two", "3" * 50, "", "five", "six"]
_COLUMNS = ("kind", "at", "body", "digest")


@contextmanager
def journal_of_six() -> Iterator[Path]:
    """A closed journal with six entries, and a snapshot after the fourth."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "a.journal")
        with Journal(path) as journal:
            journal.append_all(("kind", body) for body in _BODIES[:4])
            journal.snapshot(["a chunk", "and another"])
            journal.append_all(("kind", body) for body in _BODIES[4:])
        yield path


def change(path: Path, *statements: str, values: tuple[object, ...] = ()) -> None:
    """Change the database as somebody could who knows it: no trigger is in the way."""
    with closing(sqlite3.connect(path)) as connection, connection:
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"
        ).fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement, values)
        for _, sql in triggers:
            connection.execute(sql)


def faults(path: Path) -> list[str]:
    """What `verify` finds, in English, without the name of the file and what to do."""
    with JournalReader(path) as reader:
        return [
            en.removeprefix(f"`{path}`: ").partition(";")[0] for _, en in reader.verify().faults
        ]


def changed(number: int) -> str:
    return (
        f"entry {number} is not what was appended: "
        "it was changed, or one before it was removed or put in"
    )


_SNAPSHOT = "the snapshot is not what was written, or the entry it is after was changed"


def test_a_journal_that_nobody_touched() -> None:
    """The changes below are all that is wrong with the others."""
    with journal_of_six() as path:
        change(path)
        assert faults(path) == []


@given(st.data())
def test_any_byte_of_an_entry(data: st.DataObject) -> None:
    """The entry is named, what is before it is given out, and it and what is after it are not."""
    number = data.draw(st.integers(1, 6))
    column = data.draw(st.sampled_from(_COLUMNS))
    with journal_of_six() as path:
        with closing(sqlite3.connect(path)) as connection:
            ((found,),) = connection.execute(
                f"SELECT CAST({column} AS BLOB) FROM entries WHERE number = {number}"
            )
        bytes_then = bytearray(found or b"?")
        place = data.draw(st.integers(0, len(bytes_then) - 1))
        bytes_then[place] ^= data.draw(st.integers(1, 255))
        as_it_was = "BLOB" if column == "digest" else "TEXT"
        change(
            path,
            f"UPDATE entries SET {column} = CAST(? AS {as_it_was}) WHERE number = {number}",
            values=(bytes(bytes_then),),
        )
        first, *rest = faults(path)
        assert first == changed(number)
        assert rest == ([_SNAPSHOT] if column == "digest" and number == 4 else [])
        given_out = []
        with (
            JournalReader(path) as reader,
            pytest.raises(JournalError, match=rf"`{path}`: entry {number} is not what was"),
        ):
            given_out += [entry.body for entry in reader.entries()]
        with JournalReader(path) as reader:
            before = iter(reader.entries())
            assert [next(before).body for _ in range(number - 1)] == _BODIES[: number - 1]


def moved(number: int, to: int) -> str:
    return f"UPDATE entries SET number = {to} WHERE number = {number}"


def copied(number: int, to: int) -> str:
    return (
        f"INSERT INTO entries SELECT {to}, kind, at, body, digest FROM entries "
        f"WHERE number = {number}"
    )


@pytest.mark.parametrize(
    ("statements", "found"),
    [
        (["DELETE FROM entries WHERE number = 1"], ["entry 1 is there no longer"]),
        (["DELETE FROM entries WHERE number IN (3, 5)"], ["entry 3 is there no longer"]),
        (["DELETE FROM entries WHERE number = 6"], ["entry 6 is there no longer"]),
        (
            ["DELETE FROM entries"],
            ["entry 1 is there no longer", "entry 4 is there no longer"],
        ),
        (
            ["DELETE FROM entries WHERE number = 6", "UPDATE sqlite_sequence SET seq = 4"],
            ["the last entry has to be 4, found 5"],
        ),
        (["DELETE FROM sqlite_sequence"], ["the last entry has to be 0, found 6"]),
        (["DELETE FROM entries WHERE number = 5", moved(6, 5)], [changed(5)]),
        ([copied(6, 7)], [changed(7)]),
        ([moved(6, 7), moved(5, 6), moved(4, 5), copied(3, 4)], [changed(4), _SNAPSHOT]),
        (
            [moved(2, 9), moved(3, 2), moved(9, 3), "UPDATE sqlite_sequence SET seq = 6"],
            [changed(2)],
        ),
        (["UPDATE entries SET body = CAST(body AS BLOB) WHERE number = 2"], [changed(2)]),
        (["UPDATE entries SET digest = CAST(hex(digest) AS TEXT)"], [changed(1), _SNAPSHOT]),
        (["UPDATE snapshots SET number = 5"], [_SNAPSHOT]),
        (["UPDATE snapshots SET number = 9"], ["entry 9 is there no longer"]),
        (["UPDATE snapshots SET at = '2019-01-01'"], [_SNAPSHOT]),
        (["UPDATE snapshots SET chunks = 1"], [_SNAPSHOT]),
        (["UPDATE snapshots SET chunks = 'two'"], [_SNAPSHOT]),
        (["UPDATE snapshots SET digest = zeroblob(32)"], [_SNAPSHOT]),
        (["DELETE FROM chunks WHERE position = 2"], [_SNAPSHOT]),
        (["UPDATE chunks SET digest = zeroblob(32) WHERE position = 2"], [_SNAPSHOT]),
        (["UPDATE chunks SET content = zeroblob(20)"], [_SNAPSHOT]),
        (["UPDATE snapshots SET at = CAST(x'ff' AS TEXT)"], [_SNAPSHOT]),
        (
            ["DROP TABLE chunks", "CREATE TABLE chunks (position, content, digest)"],
            [_SNAPSHOT, "its tables or triggers were changed"],
        ),
    ],
)
def test_what_else_can_be_done_to_it(statements: list[str], found: list[str]) -> None:
    """Removed, put in, exchanged, of another type; the snapshot likewise."""
    with journal_of_six() as path:
        change(path, *statements)
        assert faults(path) == found


def test_another_text_in_a_snapshot() -> None:
    """A chunk that is well compressed and not what was written is not given out."""
    with journal_of_six() as path:
        change(path, "UPDATE chunks SET content = ?", values=(zlib.compress(b"a chunK"),))
        with JournalReader(path) as reader:
            snapshot = reader.latest_snapshot()
            assert snapshot is not None
            with pytest.raises(JournalError, match="the snapshot is not what was written"):
                next(snapshot.chunks)


def test_the_digest_of_the_whole_can_be_kept_elsewhere() -> None:
    """It shows what the chain cannot: that everything was computed anew."""
    with journal_of_six() as path, JournalReader(path) as reader:
        found = reader.verify()
        assert found.entries == 6
        assert found.digest == list(reader.entries())[-1].digest
        change(path, "UPDATE entries SET body = 'x' WHERE number = 4")
        found = reader.verify()
        assert found.entries == 3
        assert found.digest == next(reader.entries(2)).digest


def test_a_change_in_the_middle_is_found_when_it_is_read() -> None:
    """Opening looks at the last entry only, so that it takes the same time for any journal."""
    with journal_of_six() as path:
        change(path, "UPDATE entries SET body = 'x' WHERE number = 2")
        with Journal(path) as journal:
            assert journal.append("kind", "seven").number == 7
            assert [entry.body for entry in journal.entries(after=2)] == [*_BODIES[2:], "seven"]
            for kind in (None, "kind"):
                with pytest.raises(JournalError, match="entry 2 is not what was appended"):
                    list(journal.entries(kind=kind))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entries SET body = 'x' WHERE number = 6",
        "DELETE FROM entries WHERE number = 6",
    ],
)
def test_a_journal_with_another_end_is_not_written(statement: str) -> None:
    """What would be chained to it could not be trusted; it can still be read."""
    with journal_of_six() as path:
        change(path, statement)
        with pytest.raises(JournalError, match="restore a copy; `verify` of a `JournalReader`"):
            Journal(path)
        with JournalReader(path) as reader:
            assert reader.verify().entries == 5


@pytest.mark.parametrize(
    ("statement", "message"),
    [
        ("UPDATE entries SET body = 'x'", "entries are not changed"),
        ("DELETE FROM entries WHERE number = 6", "entries are not removed"),
        ("INSERT OR REPLACE INTO entries VALUES (6, '', '', '', '')", "entries are appended"),
        ("INSERT INTO entries VALUES (8, '', '', '', '')", "entries are appended"),
    ],
)
def test_the_database_itself_only_appends(statement: str, message: str) -> None:
    """Other programs are refused too."""
    with (
        journal_of_six() as path,
        closing(sqlite3.connect(path)) as connection,
        pytest.raises(sqlite3.IntegrityError, match=message),
    ):
        connection.execute(statement)


@pytest.mark.parametrize("name", ["entries_stay", "entries_are_kept", "entries_follow"])
def test_a_trigger_that_is_gone(name: str) -> None:
    """What keeps the entries is part of what is verified."""
    with journal_of_six() as path:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute(f"DROP TRIGGER {name}")
        assert faults(path) == ["its tables or triggers were changed"]


@given(st.data())
def test_the_end_of_the_write_ahead_file_may_be_missing_or_wrong(data: st.DataObject) -> None:
    """As after a loss of power: what is left is the batches up to one of them, whole."""
    sizes = data.draw(st.lists(st.integers(1, 40), min_size=1, max_size=5))
    ends = [sum(sizes[:each]) for each in range(len(sizes) + 1)]
    with TemporaryDirectory() as folder:
        path, copy = Path(folder, "a.journal"), Path(folder, "b.journal")
        with Journal(path) as journal:
            for size in sizes:
                journal.append_all([("kind", "text" * 40)] * size)
            everything = list(journal.entries())
            copyfile(path, copy)
            ahead = Path(f"{path}-wal").read_bytes()
        cut = data.draw(st.integers(0, len(ahead)))
        rest = bytes(len(ahead) - cut) if data.draw(st.booleans()) else b""
        Path(f"{copy}-wal").write_bytes(ahead[:cut] + rest)
        with Journal(copy) as left:
            assert left.verify().whole
            entries = list(left.entries())
            assert entries == everything[: len(entries)]
            assert len(entries) in ends
            assert cut < len(ahead) or entries == everything
            assert left.append("kind", "body").number == len(entries) + 1
