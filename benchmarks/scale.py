"""Audit a made-up nation on DuckDB: `python -m benchmarks.scale [--scale S] [--quick]`."""

from __future__ import annotations

import argparse
import os
import platform
import sys
from collections.abc import Iterator, Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from attrs import frozen

from .nation.apart import apart
from .nation.auditing import Answered, Audited, audited, made
from .nation.making import AS_OF
from .nation.racing import CLAUSES, MODEL, Race, checked_twice, raced
from .report import PAGE

GROWTH: Final = (0.1, 0.3, 1.0)
ROUNDS: Final = 11
_QUICK_SCALE: Final = 0.002
_NAMED: Final = ("stations", "officers", "tasks", "cases")
_PACKAGES: Final = ("duckdb", "polars")


@frozen
class Figures:
    """What was measured: audits of nations from small to large, and on the largest the rest."""

    facts: Sequence[Mapping[str, int]]
    audits: Sequence[Audited]
    races: Mapping[str, Race]
    twice: Answered
    rounds: int


def measured(scales: Sequence[float], rounds: int, directory: Path) -> Figures:
    """Measure everything, each step in a process of its own, with files in a directory."""
    facts, audits = [], []
    for place, scale in enumerate(scales):
        print(f"the nation at scale {scale:g}: making, auditing", file=sys.stderr)
        database, answers = directory / f"{place}.duckdb", directory / f"{place}"
        answers.mkdir()
        facts.append(apart(made, database, scale))
        audits.append(apart(audited, database, answers))
    print("against SQL and polars by hand", file=sys.stderr)
    races = apart(raced, database, directory, rounds)
    print("twice the tasks", file=sys.stderr)
    return Figures(facts, audits, races, apart(checked_twice, database, directory), rounds)


def page(figures: Figures) -> str:
    """The figures as a page of Markdown."""
    facts, audit, twice = figures.facts[-1], figures.audits[-1], figures.twice
    named = ", ".join(f"{facts[name]:,} {name}" for name in _NAMED)
    lines = [
        f"Made by `make bench-scale` ({_machine()}). A made-up nation of {named}, "
        f"{sum(facts.values()):,} facts in all, in a DuckDB file, as of {AS_OF}. Three of a "
        "hundred values are unknown, but of the references none. Each step ran in a process of its "
        "own.",
        "",
        f"**The audit by every clause**: {audit.answers:,} answers in {audit.seconds:.1f} s "
        f"({audit.answers / audit.seconds:,.0f} a second), written to Parquet files; the process "
        f"held {audit.memory:.1f} GB at most.",
        "",
        "| answers | questions | rows | seconds | rows a second |",
        "|---|---:|---:|---:|---:|",
        *(
            f"| {kind} | {part.questions} | {part.rows:,} | {part.seconds:.1f} "
            f"| {part.rows / part.seconds:,.0f} |"
            for kind, part in audit.parts.items()
        ),
        "",
        f"**Task checks**: {twice.rows:,} in {twice.seconds:.1f} s "
        f"({twice.rows / twice.seconds:,.0f} a second), written to a Parquet file.",
        "",
        "**Against what is written by hand**, the same answers in the same columns, checked before "
        "anything was timed, into a table in memory; medians of at least "
        f"{figures.rounds} interleaved rounds. Throughput is that of the {MODEL}, by the clock "
        "and by the time of all processors.",
        "",
        "| answers | rows | made by | seconds | processors' | throughput | by processors |",
        "|---|---:|---|---:|---:|---:|---:|",
        *_raced(figures.races),
        "",
        *_not_raced(figures.races),
        "**How the audit grows**",
        "",
        "| stations | facts | answers | seconds | answers a second | GB at most |",
        "|---:|---:|---:|---:|---:|---:|",
        *(
            f"| {made_['stations']:,} | {sum(made_.values()):,} | {each.answers:,} "
            f"| {each.seconds:.1f} | {each.answers / each.seconds:,.0f} | {each.memory:.1f} |"
            for made_, each in zip(figures.facts, figures.audits, strict=True)
        ),
        "",
    ]
    return "\n".join(lines)


def _raced(races: Mapping[str, Race]) -> Iterator[str]:
    for clause, race in races.items():
        model = race.raced[0]
        for each in race.raced:
            yield (
                f"| {clause} | {race.rows:,} | {each.name} | {each.seconds:.3f} "
                f"| {each.processors:.3f} | {model.seconds / each.seconds:.2f} "
                f"| {model.processors / each.processors:.2f} |"
            )


def _not_raced(races: Mapping[str, Race]) -> Iterator[str]:
    if not any("polars" in each.name for race in races.values() for each in race.raced):
        yield from ("Skipped: polars is not installed.", "")


def _machine() -> str:
    """The interpreter, the processors and the versions of packages; no name of the machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    packages = ", ".join(f"{name} {of}" for name in _PACKAGES if (of := _version(name)))
    return f"{python}, {platform.system()}, {os.cpu_count()} processors; {packages}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the tables, and write them where the documentation quotes them."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scale", description=__doc__)
    parser.add_argument(
        "--scale", type=float, default=1.0, help="of the largest nation; 1 is 54,000 stations"
    )
    parser.add_argument(
        "--quick", action="store_true", help="tiny, nothing written: to see that it runs"
    )
    given = parser.parse_args(arguments)
    scales = [_QUICK_SCALE] if given.quick else [given.scale * share for share in GROWTH]
    with TemporaryDirectory() as directory:
        figures = measured(scales, 1 if given.quick else ROUNDS, Path(directory))
    different = [f"{clause}: {name}" for clause in CLAUSES
                 for name in figures.races[clause].different]  # fmt: skip
    if different:
        print(f"not timed, since others than {MODEL} differ:", *different,
              sep="\n  ", file=sys.stderr)  # fmt: skip
        return 1
    written = page(figures)
    print(written)
    if not given.quick:
        file = PAGE.with_name("scale.md")
        file.write_text(written, encoding="utf-8")
        print(f"written to {file.relative_to(file.parents[2])}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
