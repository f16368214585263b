"""What inspection reports and explanations cost: `python -m benchmarks.reports`.

Of the example, and of a made-up city of 100 stations and 3,000 officers with its requests. Seconds
are those of the processor, so that it matters little what else the machine does.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from time import process_time
from typing import Any, Final, TypeVar

from policy_rules import CriminalCase, Facts, Status, Task, load
from policy_rules.formats import read, to_json
from policy_rules.policy import Policy
from policy_rules.report import REPORT_FORMS, inspected

from .auditing import AS_OF, OFFICERS, STATIONS, city
from .contestants.ours import DIRECTIVE
from .inputs import SEED, made_up
from .report import PAGE, machine
from .starting import ROOT

EXAMPLE: Final = ROOT / "examples" / "putian" / "facts.json"
_REQUESTS: Final = 50
_T = TypeVar("_T")


def city_with_requests() -> Facts:
    """The made-up city, with cases and tasks of its stations."""
    random, made, without = Random(SEED), made_up(_REQUESTS), city()

    def of_a_station(document: dict[str, Any]) -> dict[str, Any]:
        return {**document, "station_id": f"S{random.randrange(STATIONS)}"}

    return Facts(
        **without.collections,
        cases=[CriminalCase(**of_a_station(each.document)) for each in made.case],
        tasks=[Task(**of_a_station(each.document)) for each in made.task],
        complete=without.complete,
    )


def steps(policy: Policy, make: Callable[[], Facts]) -> tuple[dict[str, float], dict[str, int]]:
    """The seconds of each step from new facts on, and how many there are of what."""
    seconds: dict[str, float] = {}

    def timed(name: str, work: Callable[[], _T]) -> _T:
        gc.collect()
        start = process_time()
        made = work()
        seconds[name] = process_time() - start
        return made

    facts = make()
    report = timed("audit", lambda: policy.audit(facts))
    timed("inspected, without other readings", lambda: inspected(report, readings=False))
    whole = timed("inspected, with other readings", lambda: inspected(report))
    page = timed("page, HTML", lambda: REPORT_FORMS["html"].inspection(whole, "zh", (), {}))
    timed("document, DOCX", lambda: REPORT_FORMS["docx"].inspection(whole, "zh", (), {}))
    timed("ledger, XLSX", lambda: REPORT_FORMS["xlsx"].inspection(whole, "zh", (), {}))
    again = make()  # of which nothing has been worked out yet
    asked = [each for each in policy.audit(again) if each.status is not Status.NOT_APPLICABLE]
    timed("explained in Chinese", lambda: [policy.explain(each, "zh") for each in asked])
    timed("explained in English", lambda: [policy.explain(each, "en") for each in asked])
    return seconds, {"findings": len(report), "explained": len(asked), "bytes": len(page)}


def command(document: Path, directory: Path) -> float:
    """The seconds of a process that reads a document, audits it, and writes the page."""
    output = directory / "report.html"
    audit = ["audit", str(document), "--as-of", str(AS_OF), "--output", str(output)]
    before = os.times()
    # Status 1 says that the facts fall short of the directive.
    done = subprocess.run(
        [sys.executable, "-m", "policy_rules.cli", *audit],
        cwd=ROOT, check=False, capture_output=True,
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode())
    after = os.times()
    return (
        after.children_user
        + after.children_system
        - (before.children_user + before.children_system)
    )


def measured(rounds: int) -> list[str]:
    """The tables of the example and the city."""
    lines: list[str] = []
    policy = load(DIRECTIVE).policy(as_of=AS_OF)
    inputs: dict[str, Callable[[], Facts]] = {
        "The example, 14 stations": lambda: read(EXAMPLE).facts,
        f"A made-up city of {STATIONS} stations and {OFFICERS:,} officers": city_with_requests,
    }
    for name, make in inputs.items():
        print(f"timing: {name}", file=sys.stderr)
        all_rounds = [steps(policy, make) for _ in range(rounds + 1)][1:]
        counts = all_rounds[0][1]
        with TemporaryDirectory() as directory:
            document = Path(directory) / "facts.json"
            document.write_text(json.dumps(to_json(make())), encoding="utf-8")
            commands = [command(document, Path(directory)) for _ in range(rounds + 1)][1:]
        rows = {each: median(found[each] for found, _ in all_rounds) for each in all_rounds[0][0]}
        rows["the whole command, from JSON to the page"] = median(commands)
        lines += [
            f"**{name}**: {counts['findings']:,} findings, of which {counts['explained']:,} "
            f"apply and are explained; the page has {counts['bytes'] / 1e6:.1f} MB.",
            "",
        ]
        lines += ["| step | s of the processor | ms an answer |", "|---|---:|---:|"]
        for step, taken in rows.items():
            each = taken / counts["explained"] * 1e3
            said = f"{each:.2f}" if step.startswith("explained") else ""
            lines.append(f"| {step} | {taken:.2f} | {said} |")
        lines.append("")
    return lines


def _rounds(number: int) -> str:
    return f"{number} round{'' if number == 1 else 's'}"


def main(arguments: list[str] | None = None) -> int:
    """Measure, print, and write the page that the documentation includes."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.reports", description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="after one that is not counted")
    parser.add_argument("--write", action="store_true", help="write the page of the documentation")
    given = parser.parse_args(arguments)
    page = [
        f"Made by `python -m benchmarks.reports --write` ({machine()}). Medians of "
        f"{_rounds(given.rounds)} after one that is not counted; what is compiled of the rules is "
        "there, what is worked out of the facts is not. The command starts anew each time.",
        "",
        *measured(given.rounds),
    ]
    print("\n".join(page))
    if given.write:
        PAGE.with_name("reports.md").write_text("\n".join(page), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
