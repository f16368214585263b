"""What is left of a log whose writers are killed; as a program, this is one of the writers."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import count, groupby
from pathlib import Path
from random import Random

from policy_rules.decision_log import Checkpoint, DecisionLog, read_checkpoint
from tests.support.decision_logs import POLICY, appointment, case
from tests.support.killing_processes import acknowledge, killed, ready, times_to_kill, turns
from tests.support.places import ROOT

_TOGETHER = 4


def test_nothing_acknowledged_is_lost_when_a_writer_is_killed(tmp_path: Path) -> None:
    """One log, many kills: what was acknowledged is there, with what it hides."""
    path = tmp_path / "log"
    random = Random(18)
    kept: dict[int, str] = {}
    checkpoints: list[Checkpoint] = []
    least = 2 * times_to_kill(5)
    for turn in turns(5, lambda: len(kept) > least):
        for line in killed(Path(__file__), (str(path), f"W{turn}"), random, longest=0.2):
            acknowledged, _, call = line.partition(" ")
            kept[int(acknowledged)] = call
        with DecisionLog(path) as log:
            assert log.verify(*checkpoints[-5:]).faults == ()
            checkpoints.append(log.checkpoint())
            entries = {each.index: each for each in log.entries()}
            assert {*kept} <= {*entries}
            for index, call in kept.items():
                assert entries[index].record["correlation_id"] == call
            for entry in entries.values():
                of_person = '"collection":"appointments"' in entry.text
                assert len(entry.disclosures) == 4 * of_person
    assert len(kept) > least, "hardly anything was acknowledged"


def test_several_processes_lose_and_interleave_nothing(tmp_path: Path) -> None:
    """Four at once: each entry that one acknowledged is its own, and batches are whole."""
    path = tmp_path / "log"
    path_of_python = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    batches = int(os.environ.get("POLICY_RULES_BATCHES", 12))
    writers = [
        subprocess.Popen(
            (sys.executable, __file__, str(path), f"W{number}", str(batches)),
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": path_of_python},
        )
        for number in range(_TOGETHER)
    ]
    kept: dict[int, str] = {}
    for writer in writers:
        told, _ = writer.communicate(timeout=200)
        assert writer.returncode == 0
        for line in told.splitlines()[1:]:
            index, _, call = line.partition(" ")
            assert int(index) not in kept
            kept[int(index)] = call
    with DecisionLog(path) as log:
        assert log.verify().faults == ()
        records = [each.record for each in log.entries()]
        answers = {i: r["correlation_id"] for i, r in enumerate(records) if r["kind"] == "answers"}
        assert answers == kept
        assert len(kept) == _TOGETHER * sum(1 + number % 5 for number in range(batches))
        # a batch stands together, and those of one writer in their order
        for one in range(_TOGETHER):
            own = [int(call.split()[1]) for call in answers.values() if call[:2] == f"W{one}"]
            assert own == [number for number in range(batches) for _ in range(1 + number % 5)]
        stretches = [call for call, _ in groupby(answers.values())]
        assert len(stretches) == len({*stretches})
        assert read_checkpoint(str(log.checkpoint())).size == len(records)


def _write(path: str, name: str, batches: str = "") -> None:
    with DecisionLog(path) as log:
        for number in range(int(batches)) if batches else count():
            requests = [
                (appointment if place % 2 else case)(number * 10 + place)
                for place in range(1 + number % 5)
            ]
            call = f"{name} {number}"
            for index in log.add(POLICY, map(POLICY.check, requests), correlation_id=call):
                acknowledge(f"{index} {call}")


if __name__ == "__main__":
    ready()
    _write(*sys.argv[1:])
