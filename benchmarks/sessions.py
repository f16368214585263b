"""What a change costs in sessions of different sizes: `python -m benchmarks.sessions`.

A made-up nation of 54,000 stations and 600,000 officers, against a part of it with 500 stations.
Half of the stations give their number of officers; that of the others is counted from the roster.
"""

from __future__ import annotations

import argparse
import gc
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Final

from attrs import frozen

from policy_rules import Bureau, Facts, Officer, Session, Station, load
from policy_rules.facts import known_fields
from policy_rules.journal.folder import flush

from .auditing import AS_OF, officer, station
from .contestants.ours import DIRECTIVE
from .inputs import SEED
from .report import PAGE, machine

STATIONS: Final = 54_000
OFFICERS: Final = 600_000
SMALL: Final = 500
_STATIONS_OF_A_BUREAU: Final = 18


@frozen
class Built:
    """A session, and the seconds that its facts and it took."""

    session: Session
    stations: int
    officers: int
    making: float
    building: float


def nation(stations: int, officers: int) -> Facts:
    """So many stations and officers; the same each time."""
    random = Random(SEED)
    bureaus = [Bureau(id=f"B{n}") for n in range(stations // _STATIONS_OF_A_BUREAU + 1)]
    made = [
        Station(
            **{
                **known_fields(station(random, number)),
                "bureau_id": f"B{number // _STATIONS_OF_A_BUREAU}",
                "officers": random.randint(4, 20) if number % 2 else None,
            }
        )
        for number in range(stations)
    ]
    return Facts(
        bureaus=bureaus,
        stations=made,
        officers=[
            Officer(**{**known_fields(officer(random, number, stations)), "workplace_id": None})
            for number in range(officers)
        ],
        complete=["bureaus", "stations", "officers"],
    )


def built(stations: int, journal: Path | None = None) -> Built:
    """A session over so many stations."""
    officers = stations * OFFICERS // STATIONS
    start = perf_counter()
    facts = nation(stations, officers)
    made = perf_counter()
    session = Session(load(DIRECTIVE).policy(as_of=AS_OF), facts, journal)
    return Built(session, stations, officers, made - start, perf_counter() - made)


def _changes(of: Built, random: Random) -> dict[str, Callable[[], object]]:
    session = of.session

    def one_station(parity: int) -> str:
        return f"stations/S{random.randrange(of.stations // 2) * 2 + parity}"

    def one_officer() -> str:
        return f"officers/O{random.randrange(of.officers)}"

    return {
        "a station's beds": lambda: session.update(one_station(1), beds=random.randint(0, 60)),
        "a station's number of officers": lambda: session.update(
            one_station(1), officers=random.randint(4, 20)
        ),
        "a station's population": lambda: session.update(
            one_station(0), resident_population=random.randint(2_000, 120_000)
        ),
        "an officer's days of training": lambda: session.update(
            one_officer(), training_days={2019: random.randint(10, 20)}
        ),
        "an officer's post": lambda: session.update(
            one_officer(), role=random.choice(("community", "case", "patrol"))
        ),
        "an officer moves to another station": lambda: session.update(
            one_officer(), station_id=f"S{random.randrange(of.stations)}"
        ),
        "a new officer": lambda: session.add(
            Officer(id=f"new{random.getrandbits(60)}", station_id=one_station(0)[9:])
        ),
    }


def costs(of: Built, times: int) -> dict[str, list[float]]:
    """Microseconds of each kind of change, each made so many times; the kinds take turns."""
    changes = _changes(of, Random(SEED))
    for change in changes.values():  # what is compiled when first met
        for _ in range(20):
            change()
    gc.collect()
    gc.freeze()
    found: dict[str, list[float]] = {name: [] for name in changes}
    for _ in range(times):
        for name, change in changes.items():
            start = perf_counter()
            change()
            found[name].append((perf_counter() - start) * 1e6)
    gc.unfreeze()
    return found


def flushes(directory: Path, times: int) -> list[float]:
    """Microseconds of what a journal asks of the disk for one change, and nothing else."""
    found = []
    with (
        (directory / "end").open("wb", buffering=0) as end,
        (directory / "place").open("wb", buffering=0) as place,
    ):
        for _ in range(times):
            start = perf_counter()
            end.write(bytes(200))
            flush(end.fileno())
            place.seek(0)
            place.write(bytes(200))
            flush(place.fileno())
            found.append((perf_counter() - start) * 1e6)
    return found


def _resident() -> str:
    """Megabytes that the process has held at most; Linux counts in kilobytes."""
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return f"{most / (1024 if sys.platform == 'linux' else 1024**2):,.0f} MB"


def main() -> int:
    """Measure, print, and write the page that the documentation includes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.sessions", description=__doc__)
    parser.add_argument("--times", type=int, default=2_000, help="changes of each kind")
    parser.add_argument("--stations", type=int, default=STATIONS, help="of the large session")
    parser.add_argument("--write", action="store_true", help="write the page of the documentation")
    given = parser.parse_args()
    in_small = costs(built(SMALL), given.times)
    with TemporaryDirectory() as directory:
        kept = built(SMALL, Path(directory) / "journal")
        with_journal = costs(kept, given.times)
        kept.session.close()
        disk = flushes(Path(directory), given.times)
    large = built(given.stations)
    memory = _resident()
    in_large = costs(large, given.times)
    page = [
        f"Made by `python -m benchmarks.sessions --write` ({machine()}).",
        "",
        f"A session of {large.stations:,} stations and {large.officers:,} officers: its facts "
        f"were made in {large.making:.1f} s and the session built in {large.building:.1f} s; the "
        f"process held {memory} at most, and {_resident()} after all changes. A change with all "
        "the conclusions that it changed, in µs, at the median (and the 99th of a hundred), of "
        f"{given.times:,} of each kind:",
        "",
        f"| a change of | {SMALL:,} stations | {large.stations:,} stations | times | "
        f"{SMALL:,}, with a journal |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {name} | {_both(in_small[name])} | {_both(found)} | "
            f"{median(found) / median(in_small[name]):.2f} | {_both(with_journal[name])} |"
            for name, found in in_large.items()
        ),
        "",
        "With a journal the disk is flushed twice before a change is acknowledged: once for the "
        "change, and once for the head, which says that it was acknowledged. Two such flushes "
        f"alone took {_both(disk)} µs.",
        "",
    ]
    print("\n".join(page))
    if given.write:
        PAGE.with_name("sessions.md").write_text("\n".join(page), encoding="utf-8")
    return 0


def _both(found: list[float]) -> str:
    return f"{median(found):,.0f} ({quantiles(found, n=100)[98]:,.0f})"


if __name__ == "__main__":
    sys.exit(main())
