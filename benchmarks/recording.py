"""What keeping a record of decisions costs: `python -m benchmarks.recording [--quick]`.

Checks are added to a log one by one and in groups, and a proof is made in a log of many entries.
What a disk takes is part of it, so the figures are of the machine and of its disk.
"""

from __future__ import annotations

import argparse
import sys
from datetime import date
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

import policy_rules as pr
from policy_rules.decision_log import inclusion_text
from policy_rules.journal import Journal

from .report import machine

GROUPS = (1, 10, 100, 1000)
POLICY = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))


def main() -> int:
    """Print the cost of recording, of proving and of verifying."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.recording", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="a small log: to see that it runs")
    parser.add_argument("--folder", help="on which disk; by default where temporary files are")
    given = parser.parse_args()
    print(machine())
    with TemporaryDirectory(dir=given.folder) as folder:
        for words, requests in (("cases", _cases()), ("appointments, 4 personal", _posts())):
            print(f"microseconds for each check that is added ({words}), and of the processor:")
            answers = [POLICY.check(each) for each in requests]
            with pr.DecisionLog(Path(folder, words)) as log:
                for group in GROUPS:
                    figures = _added(log, answers, group, 5 if given.quick else 50)
                    print("  {:>5} together  {:8.1f} {:8.1f}".format(group, *figures))
        _proved(Path(folder, "many"), 10_000 if given.quick else 1_000_000)
    return 0


def _cases() -> list[pr.CriminalCase]:
    return [
        pr.CriminalCase(
            id=f"A{number}", role=pr.CaseRole.LEAD, category=pr.CaseCategory.ORDINARY,
            complex=False, causation_clear=True, simple=True, means={pr.Means.IMAGE},
            place_codes={"350302"},
        )
        for number in range(max(GROUPS))
    ]  # fmt: skip


def _posts() -> list[pr.Appointment]:
    return [
        pr.Appointment(
            id=f"R{number}", officer_id=f"P{number}", post=pr.Post.CHIEF, on=date(2022, 3, 1),
            education=pr.Education.COLLEGE, birth_date=date(1980, 1, 1),
            service_since=date(2010, 1, 1),
        )
        for number in range(max(GROUPS))
    ]  # fmt: skip


def _added(
    log: pr.DecisionLog, answers: list[pr.Verdict], group: int, times: int
) -> tuple[float, float]:
    """The median of the time for one answer among so many that are added together.

    And that of the processor: what is left is the disk, and what else the machine does.
    """
    taken, worked = [], []
    for _ in range(times):
        start, began = perf_counter(), process_time()
        log.add(POLICY, answers[:group])
        taken.append((perf_counter() - start) / group)
        worked.append((process_time() - began) / group)
    return median(taken) * 1e6, median(worked) * 1e6


def _proved(path: Path, entries: int) -> None:
    """What a proof takes in a log of many entries, and how large it is."""
    with pr.DecisionLog(path, origin="example.org/log") as log:
        log.add(POLICY, [POLICY.check(_cases()[0])])
        text = log.entry(2).text
    # As another writer would: entries alone, of which the tree is made when it is opened.
    with Journal(path) as journal:
        for first in range(3, entries, 50_000):
            number = min(50_000, entries - first)
            journal.append_all([("answers", text)] * number)
    start = perf_counter()
    with pr.DecisionLog(path) as log:
        print(f"{entries:,} entries; tree made again in {perf_counter() - start:.1f} s")
        start = perf_counter()
        to = log.checkpoint()
        seconds = perf_counter() - start
        proofs = []
        taken = []
        for index in range(0, entries, entries // 100):
            start = perf_counter()
            proofs.append(inclusion_text(index, log.inclusion(index), to))
            taken.append(perf_counter() - start)
        largest = max(len(each.encode()) for each in proofs)
        print(
            f"checkpoint {seconds * 1e6:.0f} µs; proof {median(taken) * 1e6:.0f} µs, at most "
            f"{largest} bytes with its checkpoint"
        )
        start = perf_counter()
        found = log.verify(to)
        assert found.whole, found.faults
        print(f"verified in {perf_counter() - start:.1f} s")


if __name__ == "__main__":
    sys.exit(main())
