"""What was changed in a journal behind its back is found, by whoever knows how it is made."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from policy_rules.journal import Journal, JournalError, JournalReader

_BODIES = ["一", "two", "3" * 50, "", "five", "six"]


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


def parts(path: Path) -> list[bytes]:
    """The first line of the entries, then each entry as it stands there."""
    heading, rest = (path / "entries").read_bytes().split(b"\n", 1)
    found = [heading + b"\n"]
    while rest:
        line = rest.split(b"\n", 1)[0]
        length = len(line) + sum(map(int, line.split()[2:])) + 69
        found.append(rest[:length])
        rest = rest[length:]
    return found


Change = Callable[[list[bytes]], list[bytes]]


def change(path: Path, made: Change) -> None:
    """Write the entries anew."""
    (path / "entries").write_bytes(b"".join(made(parts(path))))


def sealed_anew(entries: list[bytes]) -> list[bytes]:
    """Entries with all digests computed anew, as somebody does who knows how."""
    heading, *others = entries
    digest = sha256(heading).digest()
    found = [heading]
    for each in others:
        text = each[:-65]
        digest = sha256(digest + text).digest()
        found.append(text + digest.hex().encode() + b"\n")
    return found


def faults(path: Path) -> list[str]:
    """What `verify` finds, in English, without the name of the folder and what to do."""
    with JournalReader(path) as reader:
        return [
            en.removeprefix(f"`{path}`: ").partition(";")[0] for _, en in reader.verify().faults
        ]


def changed(number: int) -> str:
    return (
        f"entry {number} is not what was appended: "
        "it was changed, or one before it was removed or put in"
    )


_CUT = "6 entries were acknowledged, and not all are there: it was copied while in use, or lost its"
_SNAPSHOT = "the snapshot is not what was written, or the entry it is after was changed"


def test_a_journal_that_nobody_touched() -> None:
    """The changes below are all that is wrong with the others."""
    with journal_of_six() as path:
        change(path, lambda each: each)
        assert len(parts(path)) == 7
        assert parts(path) == sealed_anew(parts(path))
        assert faults(path) == []


@given(st.data())
def test_any_byte_of_an_entry(data: st.DataObject) -> None:
    """The entry is named, what is before it is given out, and it and what is after it are not."""
    number = data.draw(st.integers(1, 6))
    with journal_of_six() as path:
        entries = parts(path)
        there = bytearray(entries[number])
        place = data.draw(st.integers(0, len(there) - 1))
        there[place] ^= data.draw(st.integers(1, 255))
        entries[number] = bytes(there)
        change(path, lambda _: entries)
        first, *rest = faults(path)
        assert first in (changed(number), f"entry {number} is there no longer")
        assert rest in ([], [_SNAPSHOT] if number == 4 else [])
        given_out = []
        with JournalReader(path) as reader:
            with pytest.raises(JournalError, match=rf"`{path}`: entry {number} is"):
                given_out += [entry.body for entry in reader.entries()]
            before = iter(reader.entries())
            assert [next(before).body for _ in range(number - 1)] == _BODIES[: number - 1]


@pytest.mark.parametrize(
    ("made", "found"),
    [
        (lambda e: [e[0], *e[2:]], [_CUT, changed(1)]),
        (lambda e: [*e[:3], *e[4:], e[3]], [changed(3), _SNAPSHOT]),
        (lambda e: [*e[:5], e[6]], [_CUT, changed(5)]),
        (lambda e: e[:6], [_CUT]),
        (lambda e: [*e[:6], e[6][:-1]], [_CUT]),
        (lambda e: e[:1], [_CUT]),
        (lambda e: [*e[:4], e[3], *e[4:]], [changed(4), _SNAPSHOT]),
        (lambda e: [*e[:2], e[3], e[2], *e[4:]], [changed(2)]),
        (lambda e: [e[0][:-2] + b"!\n", *e[1:]], [changed(1)]),
        (lambda e: [*e[:5], e[5].replace(b"five", b"FIVE"), e[6]], [changed(5)]),
        (
            lambda e: sealed_anew([*e[:2], e[2].replace(b"two", b"TWO"), *e[3:]]),
            ["entry 6 is not the one that was acknowledged", _SNAPSHOT],
        ),
        (
            lambda e: sealed_anew([*e[:6], e[6].replace(b"six", b"SIX")]),
            ["entry 6 is not the one that was acknowledged"],
        ),
    ],
)
def test_what_else_can_be_done_to_the_entries(made: Change, found: list[str]) -> None:
    """Removed, put in, exchanged, cut off; even where the digests were computed anew."""
    with journal_of_six() as path:
        change(path, made)
        told = faults(path)
        assert len(told) == len(found)
        assert all(map(str.startswith, told, found)), told


def resealed(line: bytes) -> bytes:
    """A line that ends with its seal, sealed again."""
    text = line[: -len(line.split(b" ")[-1])]
    return text + sha256(text).hexdigest().encode() + b"\n"


def chunk(content: bytes, kept: bytes) -> Callable[[bytes], bytes]:
    """What puts another chunk in the place of one."""

    def put(snapshot: bytes) -> bytes:
        there = zlib.compress(kept, 3)
        assert there in snapshot
        return snapshot.replace(there, content)

    return put


@pytest.mark.parametrize(
    "made",
    [
        lambda s: s[:-1],
        lambda s: s + b"\n",
        lambda s: b"",
        lambda s: b"4 0\n" + s,
        lambda s: s[: s.index(b"\n") + 1],
        lambda s: b"3" + s[1:],
        lambda s: resealed(b"3" + s[1 : s.index(b"\n") + 1]) + s[s.index(b"\n") + 1 :],
        lambda s: s.replace(b"T", b"S", 1),
        chunk(zlib.compress(b"a chunK", 3), b"a chunk"),
        chunk(bytes(20), b"and another"),
        lambda s: s.replace(b"\n15 ", b"\n999999999999999999 ").replace(b"\n19 ", b"\n1 "),
        lambda s: s[: s.rindex(b"end")] + b"end " + b"0" * 64 + b"\n",
    ],
)
def test_what_can_be_done_to_the_snapshot(made: Callable[[bytes], bytes]) -> None:
    """Nothing of it is given out that is not what was written."""
    with journal_of_six() as path:
        file = path / "snapshot"
        file.write_bytes(made(file.read_bytes()))
        assert faults(path) == [_SNAPSHOT]
        with JournalReader(path) as reader, pytest.raises(JournalError, match="the snapshot is"):
            list(reader.latest_snapshot().chunks)  # type: ignore[union-attr]  # there is one


def test_an_older_snapshot_is_not_put_in_the_place_of_a_newer_one() -> None:
    """Nor is one taken that is not there any more."""
    with journal_of_six() as path:
        old = (path / "snapshot").read_bytes()
        with Journal(path) as journal:
            journal.snapshot(["newer"])
        (path / "snapshot").write_bytes(old)
        assert faults(path) == [_SNAPSHOT]
        (path / "snapshot").unlink()
        assert faults(path) == ["its `snapshot` is missing, so that it is only a part of a journal"]
        with pytest.raises(JournalError, match="its `snapshot` is missing"):
            Journal(path)


def test_the_digest_of_the_whole_can_be_kept_elsewhere() -> None:
    """It shows what the folder cannot: that all was computed anew, or taken back."""
    with journal_of_six() as path, JournalReader(path) as reader:
        found = reader.verify()
        assert found.entries == 6
        assert found.digest == list(reader.entries())[-1].digest
        change(path, lambda e: [*e[:4], e[4].replace(b"kind", b"KIND"), *e[5:]])
        found = reader.verify()
        assert found.entries == 3
        assert found.digest == next(reader.entries(2)).digest


def test_a_change_in_the_middle_is_found_when_it_is_read() -> None:
    """Opening looks at the last entry only, so that it takes the same time for any journal."""
    with journal_of_six() as path:
        change(path, lambda e: [*e[:2], e[2].replace(b"two", b"TWO"), *e[3:]])
        with Journal(path) as journal:
            assert journal.append("kind", "seven").number == 7
            assert [entry.body for entry in journal.entries(after=2)] == [*_BODIES[2:], "seven"]
            for kind in (None, "kind"):
                with pytest.raises(JournalError, match="entry 2 is not what was appended"):
                    list(journal.entries(kind=kind))


@pytest.mark.parametrize(
    ("made", "message"),
    [
        (lambda e: [*e[:6], e[6].replace(b"six", b"SIX")], "entry 6 is not what was appended"),
        (lambda e: e[:6], "6 entries were acknowledged, and not all are there"),
        (lambda e: sealed_anew([*e[:6], e[6].replace(b"six", b"SIX")]), "not the one that was ack"),
    ],
)
def test_a_journal_with_another_end_is_not_written(made: Change, message: str) -> None:
    """What would be chained to it could not be trusted; it can still be read."""
    with journal_of_six() as path:
        change(path, made)
        before = {each: each.read_bytes() for each in path.iterdir()}
        with pytest.raises(JournalError, match=message):
            Journal(path)
        assert {each: each.read_bytes() for each in path.iterdir()} == before
        with JournalReader(path) as reader:
            assert reader.verify().entries == 6 - ("ack" not in message[-5:])


def test_what_another_program_appends_is_found() -> None:
    """While the journal is open; nothing is written after it, and reopening cuts it off."""
    with journal_of_six() as path:
        with Journal(path) as journal:
            with (path / "entries").open("ab") as file:
                file.write(b"7 0 something else")
            with pytest.raises(JournalError, match="another program has changed it"):
                journal.append("kind", "seven")
            with pytest.raises(JournalError, match="an earlier write failed"):
                journal.append("kind", "seven")
        with Journal(path) as journal:
            assert journal.append("kind", "seven").number == 7
            assert journal.verify().whole
