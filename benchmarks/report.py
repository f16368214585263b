"""The figures as a page of Markdown: what is printed is what the documentation includes."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final

from attrs import frozen

from .auditing import OFFICERS, STATIONS, Audited
from .contestants import PEERS, QUESTIONS
from .inputs import NUMBER
from .timing import Timed

PAGE: Final = Path(__file__).parents[1] / "docs" / "_generated" / "benchmarks.md"


@frozen
class Figures:
    """All that was measured, and on what."""

    machine: str
    rounds: int
    runs: int
    answers: Mapping[str, Sequence[Timed]]
    skipped: Mapping[str, str]
    starting: Mapping[str, float]
    audit: Audited


def machine() -> str:
    """The interpreter, the processors and the versions of the peers; no name of the machine."""
    python = f"{platform.python_implementation()} {platform.python_version()}"
    peers = ", ".join(f"{name} {version(name)}" for name in PEERS if _installed(name))
    system = f"{python}, {platform.system()}, {os.cpu_count()} processors"
    return f"{system}; {peers}" if peers else system


def _installed(name: str) -> bool:
    try:
        version(name)
    except PackageNotFoundError:
        return False
    return True


def page(figures: Figures) -> str:
    """The whole page."""
    lines = [
        f"Made by `make bench` ({figures.machine}). All contestants gave the same answers to the "
        f"same {NUMBER:,} made-up, fully known inputs of each question before anything was timed. "
        f"Medians of {figures.rounds} interleaved rounds in one process; the ratio is to the "
        "hand-written function that returns the value alone. What an engine takes instead of facts "
        "(flat numbers, JSON text) is made beforehand and not timed.",
        "",
    ]
    for question, timed in figures.answers.items():
        lines += [f"**{QUESTIONS[question]}**", "", *_answers(timed), ""]
    for name, reason in figures.skipped.items():
        lines += [f"Skipped: {name} cannot be imported here (`{_one_line(reason)}`).", ""]
    lines += [
        f"**Starting**, median of {figures.runs} fresh processes, bytecode written",
        "",
        *_table(
            ("step", "ms above bare Python"),
            [
                (name, f"({ms:.0f} in all)" if name == "bare Python" else f"{ms:.0f}")
                for name, ms in figures.starting.items()
            ],
        ),
        "",
        f"**Audit** of a made-up city of {STATIONS} stations and {OFFICERS:,} officers, engine "
        f"`python`: {figures.audit.auditing * 1e3:.0f} ms for {figures.audit.findings:,} findings, "
        f"after {figures.audit.making * 1e3:.0f} ms of making the facts.",
        "",
    ]
    return "\n".join(lines)


def _answers(timed: Sequence[Timed]) -> list[str]:
    base = next(each.median for each in timed if each.contestant.bare)
    rows = [
        (each.contestant.name, f"{each.median:.2f}", f"{each.median / base:.1f}")
        for each in sorted(timed, key=lambda each: each.median)
    ]
    return _table(("engine and use", "µs", "times"), rows)


def _table(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in (heading, *rows)) for place in range(len(heading))]

    def line(row: Sequence[str]) -> str:
        cells = [row[0].ljust(widths[0])]
        cells += [cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True)]
        return "| " + " | ".join(cells) + " |"

    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return [line(heading), "| " + " | ".join(rule) + " |", *map(line, rows)]


def _one_line(reason: str) -> str:
    return " ".join(reason.split()).rpartition("/")[2]
