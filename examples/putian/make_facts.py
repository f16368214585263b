"""Write the example documents: `facts.json` here, and the part of it in `../putian_csv`.

Real are the city, the five bureaus, the fourteen stations that the directive names, the district
of each, the townships' names, and which stations the directive says had no premises or dangerous
ones. Everything else is made up, so that every kind of answer occurs; see README.md. The seed is
fixed: the script writes the same files every time.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from putian_events import EVENTS
from putian_officers import rosters
from putian_places import AS_OF, BUREAUS, CITY, COMMITTEES, COMPLETE, HANJIANG, TOWNSHIPS, Row
from putian_records import ATTESTATIONS, AWARDS, INCIDENTS, SELECTIONS
from putian_requests import (
    APPOINTMENTS,
    CASES,
    EXEMPTIONS,
    POSTINGS,
    TASKS,
    TRANSFERS,
)
from putian_stations import STATIONS
from putian_support import MEDIATORS, SUPPORT, WORKSTATIONS

from policy_rules.facts import Attestation, Exemption, Fact, fields_of
from policy_rules.facts.labelled import Labelled
from policy_rules.police import Bureau, Event, Officer, Station, Township, Transfer, Workstation

HERE = Path(__file__).parent
# The files of the CSV directory with their encodings, as different programs would write them.
CSV_FILES: dict[type[Fact], str] = {
    Bureau: "utf-8-sig",
    Station: "utf-8-sig",
    Officer: "gb18030",
    Transfer: "utf-8-sig",
    Workstation: "utf-8-sig",
    Township: "gb18030",
    Event: "gb18030",
    Attestation: "utf-8-sig",
    Exemption: "gb18030",
}


def document() -> Row:
    """The whole facts document."""
    return {
        "as_of": AS_OF,
        "complete": COMPLETE,
        "city": CITY,
        "bureaus": BUREAUS,
        "stations": [row | SUPPORT[row["id"]] for row in STATIONS],
        "townships": TOWNSHIPS,
        "committees": COMMITTEES,
        "workstations": WORKSTATIONS,
        "mediators": MEDIATORS,
        "cases": CASES,
        "tasks": TASKS,
        "transfers": TRANSFERS,
        "appointments": APPOINTMENTS,
        "postings": POSTINGS,
        "incidents": INCIDENTS,
        "awards": AWARDS,
        "selections": SELECTIONS,
        "exemptions": EXEMPTIONS,
        "attestations": ATTESTATIONS,
        "officers": rosters(APPOINTMENTS),
        "events": EVENTS,
    }


def as_json(facts: Row) -> str:
    """JSON with one fact on a line, so that a change shows as the line of its fact."""
    entries = []
    for name, value in facts.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            rows = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in value)
            entries.append(f' "{name}": [\n{rows}\n ]')
        else:
            entries.append(f' "{name}": {json.dumps(value, ensure_ascii=False)}')
    return "{\n" + ",\n".join(entries) + "\n}\n"


def as_csv(cls: type[Fact], rows: Iterable[Row]) -> str:
    """CSV under Chinese headings; only the columns that some row fills."""
    rows = list(rows)
    specs = [spec for name, spec in fields_of(cls).items() if any(name in row for row in rows)]
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(spec.zh for spec in specs)
    for row in rows:
        table.writerow(cell(row.get(spec.name), spec.choices) for spec in specs)
    return text.getvalue()


def cell(value: Any, choices: type[Labelled] | None) -> str:
    """A value as a Chinese user would type it; an empty cell is unknown."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Mapping):
        return ";".join(f"{year}:{number}" for year, number in value.items())
    if isinstance(value, list):
        return "、".join(cell(member, choices) for member in value) or "无"
    if choices is not None:
        return choices.parse(value).zh
    return "无" if value == "" else str(value)


def of_the_bureau(facts: Row) -> dict[type[Fact], list[Row]]:
    """One bureau's part of the document: its facts, and what points to one of them."""
    found: dict[type[Fact], list[Row]] = {}
    ids = {HANJIANG}
    for cls in CSV_FILES:
        found[cls] = [row for row in facts[cls.collection] if _belongs(cls, row, ids)]
        if cls is Station:
            ids |= {row["id"] for row in found[cls]}
    return found


def _belongs(cls: type[Fact], row: Row, ids: set[str]) -> bool:
    if cls is Township:  # known by its division code alone
        return str(row["id"]).startswith(HANJIANG[:6])
    if cls is Exemption:
        return row["subject"].partition("/")[2] in ids
    return any(row.get(name) in ids for name in ("id", "bureau_id", "station_id", "subject_id"))


def write_csv(facts: Row, directory: Path) -> None:
    """One bureau's part of the document, as its files would come: in two encodings."""
    for cls, rows in of_the_bureau(facts).items():
        (directory / f"{cls.zh}.csv").write_bytes(as_csv(cls, rows).encode(CSV_FILES[cls]))
    whole = [name for name in COMPLETE if name in {cls.collection for cls in CSV_FILES}]
    heading = {"as_of": facts["as_of"], "complete": whole}
    (directory / "document.json").write_text(json.dumps(heading) + "\n", encoding="utf-8")


def main() -> None:
    """Write the files."""
    facts = document()
    (HERE / "facts.json").write_text(as_json(facts), encoding="utf-8")
    write_csv(facts, HERE.parent / "putian_csv")


if __name__ == "__main__":
    main()
