"""Write the example documents: `facts.json` here, and the part of it in `../putian_csv`.

Real are the city, the five bureaus, the fourteen stations that the directive names, the district
of each and the premises that the directive states. Everything else is made up, so that every kind
of answer occurs; see README.md. The seed is fixed: the script writes the same files every time.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from putian_requests import (
    APPOINTMENTS,
    ATTESTATIONS,
    CASES,
    EXEMPTIONS,
    POSTINGS,
    TASKS,
    TRANSFERS,
)
from putian_stations import (
    AS_OF,
    BUREAUS,
    CITY,
    COMPLETE,
    HANJIANG,
    OFFICERS,
    ROSTERS,
    STATIONS,
    WORKPLACES_UNKNOWN,
    ZONED,
    Row,
)

from policy_rules.facts import Bureau, Exemption, Fact, Officer, Station, fields_of
from policy_rules.facts.labelled import Labelled

HERE = Path(__file__).parent
PERSONAL = ("education", "birth_date", "service_since")
LEADERS_AND_CLERKS = ("chief", "instructor", "clerk")


def roster(station_id: str, roles: Mapping[str | None, int], draw: random.Random) -> list[Row]:
    """The officers of a station, in the order of its roles; dates and education are drawn."""
    rows: list[Row] = []
    for role in (role for role, number in roles.items() for _ in range(number)):
        born = date(1970, 1, 1) + timedelta(days=draw.randrange(9_000))
        service = born.replace(year=born.year + 22 + draw.randrange(3), month=8, day=1)
        station = min(service + timedelta(days=365 * draw.randrange(1, 12)), date(2019, 6, 30))
        row: Row = {"id": f"{station_id}-{len(rows) + 1:02d}", "station_id": station_id}
        if station_id not in WORKPLACES_UNKNOWN:
            row["workplace_id"] = station_id
        if role is not None:
            row["role"] = role
        row["education"] = draw.choice(("college", "bachelor", "bachelor", "postgraduate"))
        row["birth_date"] = born.isoformat()
        row["service_since"] = service.isoformat()
        row["station_since"] = station.isoformat()
        if station_id in ZONED and role not in LEADERS_AND_CLERKS:
            row["zone"] = f"第{len(rows) % ZONED[station_id] + 1}警务区"
        rows.append(row)
    return rows


def document() -> Row:
    """The whole facts document."""
    draw = random.Random(52)
    officers = [row for name, roles in ROSTERS.items() for row in roster(name, roles, draw)]
    # What is laid down of single officers, and what their appointments say of them.
    for row in officers:
        row.update(OFFICERS.get(row["id"], {}))
        for appointment in APPOINTMENTS:
            if appointment["officer_id"] == row["id"]:
                row.update({name: appointment.get(name) for name in PERSONAL})
    officers = [{name: row[name] for name in row if row[name] is not None} for row in officers]
    return {
        "as_of": AS_OF,
        "city": CITY,
        "bureaus": BUREAUS,
        "stations": STATIONS,
        "officers": officers,
        "cases": CASES,
        "tasks": TASKS,
        "transfers": TRANSFERS,
        "appointments": APPOINTMENTS,
        "postings": POSTINGS,
        "attestations": ATTESTATIONS,
        "exemptions": EXEMPTIONS,
        "complete": COMPLETE,
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


def write_csv(facts: Row, directory: Path) -> None:
    """One bureau's part of the document, as its files would come: in two encodings."""
    stations = [row for row in facts["stations"] if row["bureau_id"] == HANJIANG]
    ids = {row["id"] for row in stations}
    parts: list[tuple[type[Fact], list[Row], str]] = [
        (Bureau, [row for row in facts["bureaus"] if row["id"] == HANJIANG], "utf-8-sig"),
        (Station, stations, "utf-8-sig"),
        (Officer, [row for row in facts["officers"] if row["station_id"] in ids], "gb18030"),
        (
            Exemption,
            [row for row in facts["exemptions"] if row["subject"].partition("/")[2] in ids],
            "gb18030",
        ),
    ]
    for cls, rows, encoding in parts:
        (directory / f"{cls.zh}.csv").write_bytes(as_csv(cls, rows).encode(encoding))
    heading = {"as_of": facts["as_of"], "complete": ["stations", "officers"]}
    (directory / "document.json").write_text(json.dumps(heading) + "\n", encoding="utf-8")


def main() -> None:
    """Write the files."""
    facts = document()
    (HERE / "facts.json").write_text(as_json(facts), encoding="utf-8")
    write_csv(facts, HERE.parent / "putian_csv")


if __name__ == "__main__":
    main()
