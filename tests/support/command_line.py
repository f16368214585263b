"""Running the command line within a test, and documents small enough to follow by eye."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

from policy_rules.facts import Fault
from policy_rules.render.wording import Language
from tests.support.places import ROOT

# Every outcome of a request, and most statuses of a finding.
MIXED: dict[str, Any] = {
    "as_of": "2019-09-01",
    "bureaus": [{"id": "B1", "name": "荔城分局", "officers": 40, "seconded": {"2018": 0}}],
    "stations": [
        {
            "id": "S1", "name": "黄石派出所", "bureau_id": "B1", "setting": "urban", "pilot": True,
            "officers": 34, "community_officers": 5, "resident_population": 61000, "villages": 28,
            "villages_covered": 28, "units": ["community", "case", "patrol", "command"],
            "duty_mode_in_use": "two_teams_one_room", "leader_posts": 5,
        },
        {
            "id": "S2", "name": "[red]\x1b梧塘\n派出所", "bureau_id": "B1", "pilot": False,
            "officers": 8, "zones": 0, "duty_mode_in_use": "zoned", "leader_posts": 1,
        },
        {"id": "S3", "bureau_id": "B1", "officers": 12},
    ],
    "officers": [
        {"id": "P1", "station_id": "S2", "role": "community", "zone": ""},
        {"id": "P2", "station_id": "S1", "role": "case"},
    ],
    "cases": [
        {
            "id": "A1", "station_id": "S1", "causation_clear": True, "simple": True,
            "means": ["image"], "place_codes": ["350304"], "complex": True,
            "category": "ordinary", "role": "lead",
        },
        {
            "id": "A2", "station_id": "S1", "causation_clear": True, "simple": True,
            "means": ["image"], "place_codes": ["350304"], "complex": True,
            "category": "ordinary", "role": "lead",
        },
        {"id": "A3", "station_id": "S1", "role": "assist"},
        {"id": "A4"},
    ],
    "tasks": [
        {
            "id": "T1", "branch_duty": True, "quota": False, "issuer": "police_branch",
            "issuer_level": "county", "within_statutory_duty": True, "assignee": "officer",
            "report_sections": ["necessity"], "reported_on": "2019-08-01", "guarantees": [],
            "reviewed_by": "none", "approved_by": "none", "starts_on": "2019-12-01",
        }
    ],
    "city": {"id": "350300", "name": "莆田市"},
    "attestations": [
        {"id": "X1", "subject_id": "350300", "cite": "3.3/1a", "holds": True, "on": "2019-08-01"},
        {"id": "X2", "subject_id": "B1", "cite": "2.1/2c", "holds": False, "on": "2019-08-01"},
    ],
    "exemptions": [{"id": "E1", "cite": "3.1/2", "subject": "cases/A2"}],
    "complete": ["officers"],
}  # fmt: skip

# Deadlines that have passed, what recurs, statements that something is lacking, and officers.
LATE: dict[str, Any] = {
    "as_of": "2020-02-01",
    "stations": [
        {
            "id": "S1", "name": "度尾派出所", "premises": "adequate", "relocated_on": "2020-01-09",
            "smart_enforcement_area": False,
        },
        {"id": "S2", "name": "榜头派出所", "premises": "dangerous"},
        {"id": "S3", "name": "新度派出所", "premises": "dangerous"},
        {"id": "S4", "name": "白沙派出所"},
    ],
    "officers": [{"id": f"P{number}", "station_id": "S1"} for number in range(1, 6)],
    "events": [
        {"id": f"E{number}", "station_id": "S1", "kind": "thought_analysis", "on": day}
        for number, day in enumerate(("2019-08-28", "2019-09-28", "2019-10-28", "2019-12-28"))
    ],
    "attestations": [
        {"id": f"X{number}", "subject_id": f"S{number}", "cite": "4/1", "holds": False}
        for number in range(1, 5)
    ]
    + [{"id": "Y1", "subject_id": "S1", "cite": "4.2/2", "holds": False}],
    "complete": ["stations", "officers", "events"],
}  # fmt: skip

# Nothing wrong: an undetermined attestation (the bureau's 2.1/2c) sets no status.
SOUND: dict[str, Any] = {
    "as_of": "2019-09-01",
    "city": {"id": "350300"},
    "cases": [{"id": "A1", "role": "assist"}],
}


class Ran(NamedTuple):
    """What a run of the command left behind."""

    status: int
    out: str
    err: str


def run(*arguments: str, cwd: Path | None = None, **environment: str) -> Ran:
    """Run the command in a process of its own, without a terminal, in English."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("LC_", "PYTHON", "COV")) and name not in ("LANG", "COLUMNS")
    }
    ran = subprocess.run(
        [sys.executable, "-m", "policy_rules.cli", *arguments],
        capture_output=True,
        cwd=cwd,
        env=kept | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "LANG": "C.UTF-8"} | environment,
        check=False,
    )
    return Ran(ran.returncode, ran.stdout.decode(), ran.stderr.decode())


class LeapDay(date):
    """A clock that stands still: tests of what happens today must not end on another day."""

    @classmethod
    def today(cls) -> LeapDay:
        return cls(2024, 2, 29)


def write(path: Path, document: object) -> str:
    """Write a facts document and give its path."""
    path.write_text(json.dumps(document, ensure_ascii=False), "utf-8")
    return str(path)


def told_in_words(line: str, lang: Language = "en") -> str:
    """The line to read that says the same as a fault in JSON."""
    told = json.loads(line)
    assert list(told)[:5] == ["place", "field", "code", "zh", "en"]
    return Fault(**{key: told[key] for key in ("place", "field", "code", "zh", "en")}).text(lang)
