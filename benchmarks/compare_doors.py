"""Compare what every door makes of the same cells, and print every difference.

    python -m benchmarks.compare_doors --rows 200000 --seed 1 --processes 2

The cells are drawn in all documented spellings, in wrong ones and in random ones, with a mapping
and without one, and written to CSV files, workbooks, Parquet files and tables of DuckDB. Exits with
1 if a door reads a cell otherwise than it was meant, or than another door does. PostgreSQL and
Spark are compared in the same way by `tests/external/test_doors.py`.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

import duckdb

from policy_rules.police import POLICE
from policy_rules.testing.choosing import Seeded
from tests.support.doors import by_every_door, drawn_cells

_ROWS: Final = 100


def batch(seed: str) -> tuple[int, list[str]]:
    """So many rows of every class, and what is unlike."""
    count, found = 0, []
    connection = duckdb.connect()
    connection.execute("SET threads = 1")
    for mapped in (False, True):
        for fact_class in POLICE.classes:
            name = f"{seed}/{mapped}/{fact_class.collection}"
            cells = drawn_cells(Seeded(name), fact_class, _ROWS, mapped=mapped)
            with TemporaryDirectory() as directory:
                different = by_every_door(cells, Path(directory), connection)
            count += len(cells.rows)
            found += [f"{name}: {line}" for line in different]
    return count, found


def seeds(seed: int, rows: int) -> Iterator[str]:
    """The seeds of as many batches as it takes."""
    for number in range(-(-rows // (2 * _ROWS * len(POLICE.classes)))):
        yield f"{seed}/{number}"


def main() -> int:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rows", type=int, default=10_000, help="how many at least a door")
    parser.add_argument("--seed", type=int, default=1, help="another seed draws other cells")
    parser.add_argument("--processes", type=int, default=2)
    given = parser.parse_args()
    start = time.perf_counter()
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(given.processes) as pool:
        for count, found in pool.map(batch, seeds(given.seed, given.rows)):
            total["rows"] += count
            total["different"] += len(found)
            print(*found, sep="\n", end="\n" if found else "")
    print(
        f"{total['rows']:,} rows through each of 4 doors in {time.perf_counter() - start:,.0f} s: "
        f"{total['different']:,} cells different"
    )
    return 1 if total["different"] else 0


if __name__ == "__main__":
    sys.exit(main())
