"""What is left of a journal whose writer is killed; as a program, this is the writer.

No kill can show what a loss of power does: the system still writes what the process gave it. For
that, see the entries that are cut short in `test_damage.py`.
"""

from __future__ import annotations

import json
import sys
from itertools import count
from pathlib import Path
from random import Random

from policy_rules.journal import Entry, Journal
from tests.support.killing_processes import acknowledge, killed, ready, times_to_kill, turns

_CHUNKS = 12


def test_nothing_acknowledged_is_lost_when_the_writer_is_killed(tmp_path: Path) -> None:
    """One file, many kills: what was acknowledged is there, and all that is there is whole."""
    path = tmp_path / "a.journal"
    random = Random(4)
    kept: dict[int, str] = {}
    newest = more = 0
    least = 2 * times_to_kill(30)

    def enough() -> bool:
        return newest > 0 and more > 0 and len(kept) > least

    for turn in turns(30, enough):
        for line in killed(Path(__file__), (str(path), str(turn)), random, longest=0.2):
            what, number, *digest = line.split()
            if what == "entries":
                kept[int(number)] = digest[0]
            newest = max(newest, int(number) if what == "snapshot" else 0)
        with Journal(path) as journal:
            assert journal.verify().faults == ()
            there = list(journal.entries())
            found = {entry.number: entry.digest for entry in there}
            assert kept.items() <= found.items()
            more += len(there) > max(kept, default=0)
            assert_batches_are_whole(there)
            assert_snapshot_is_whole(journal, newest)
            added = journal.append("one", json.dumps([0, 1, "after the kill"]))
            kept[added.number] = added.digest
    assert newest, "no snapshot was acknowledged"
    assert len(kept) > least, "hardly anything was acknowledged"
    assert more, "no kill came between writing and acknowledging"


def test_a_journal_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    """The writer is killed while it creates journals: each that is there can be used."""
    random = Random(5)
    for turn in range(max(times_to_kill(30) // 5, 1)):
        folder = tmp_path / str(turn)
        folder.mkdir()
        acknowledged = killed(Path(__file__), ("create", str(folder)), random, longest=0.05)
        journals = sorted(folder.glob("*.journal"), key=lambda path: int(path.stem))
        assert len(acknowledged) <= len(journals) <= len(acknowledged) + 1
        with Journal(folder / f"{len(acknowledged)}.journal") as begun:
            begun.append("one", "")
        for path in journals:
            with Journal(path) as journal:
                assert journal.verify().whole


def assert_batches_are_whole(entries: list[Entry]) -> None:
    expected = 0, 1
    for entry in entries:
        place, size, _ = json.loads(entry.body)
        if place == 0:
            assert expected[0] in (0, expected[1]), "a batch was left unfinished"
            expected = 0, size
        assert (place, size) == expected
        expected = place + 1, size
    assert not entries or expected[0] == expected[1], "the last batch was left unfinished"


def assert_snapshot_is_whole(journal: Journal, at_least: int) -> None:
    snapshot = journal.latest_snapshot()
    number = snapshot.number if snapshot else 0
    assert number >= at_least
    if snapshot:
        assert [chunk.split()[:2] for chunk in snapshot.chunks] == [
            [str(number), str(place)] for place in range(_CHUNKS)
        ]


def _batch(size: int, text: str) -> list[tuple[str, str]]:
    return [("batch", json.dumps([place, size, text])) for place in range(size)]


def _write(path: str, seed: str) -> None:
    random = Random(seed)
    with Journal(path) as journal:
        last = journal.append("one", json.dumps([0, 1, ""])).number
        while True:
            choice = random.random()
            text = "文" * random.randrange(500)
            if choice < 0.5:
                entry = journal.append("one", json.dumps([0, 1, text]))
            elif choice < 0.9:
                *_, entry = journal.append_all(_batch(random.randrange(1, 60), text))
            else:
                noise = f"{random.getrandbits(200_000):x}"
                journal.snapshot(f"{last} {place} {noise}" for place in range(_CHUNKS))
                acknowledge(f"snapshot {last}")
                continue
            last = entry.number
            acknowledge(f"entries {entry.number} {entry.digest}")


def _create(folder: str) -> None:
    for number in count():
        with Journal(Path(folder, f"{number}.journal")):
            acknowledge(str(number))


if __name__ == "__main__":
    ready()
    if sys.argv[1] == "create":
        _create(sys.argv[2])
    else:
        _write(sys.argv[1], sys.argv[2])
