"""Three questions as an expert would write them for DuckDB, over the tables of the nation.

They answer as of the nation's date, with the officers' list whole and without exemptions, in the
columns of the engine's answers: `id, value, cites, conflict, needs` of a decision, `id, outcome,
reasons, missing_steps, needs` of a verdict. Several are separated by a space, and none is the
empty text; a decision that is undetermined has no value (NULL).

SQL's own logic is that of the rules: an unknown comparison is NULL, and AND, OR and NOT are those
of Kleene. A set of choices is the sum of the bits of its members, in the order of its class.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from .making import AS_OF

STEPS: Final = (
    "report_necessity",
    "report_feasibility",
    "report_operability",
    "guarantee_personnel",
    "guarantee_funds",
    "guarantee_equipment",
    "public_order_review",
    "municipal_committee_approval",
)
# By the sum of the bits of the steps that are missing.
MISSING_STEPS: Final = tuple(
    " ".join(step for place, step in enumerate(STEPS) if missing & 1 << place)
    for missing in range(1 << len(STEPS))
)

_DUTY_MODE: Final = """
WITH rosters AS (
    SELECT station_id, count(*) AS listed
    FROM officers
    WHERE station_id IN (SELECT id FROM stations WHERE officers IS NULL)
    GROUP BY station_id
), strengths AS (
    SELECT id, pilot,
        CASE
            WHEN officers IS NOT NULL THEN officers >= 12
            WHEN listed >= 12 THEN true
            -- An officer whose station is unknown may be on any roster.
            WHEN NOT EXISTS (FROM officers WHERE station_id IS NULL) THEN false
        END AS strong
    FROM stations LEFT JOIN rosters ON station_id = id
)
SELECT id,
    CASE
        WHEN pilot THEN 'three_teams_one_room'
        WHEN NOT pilot AND strong THEN 'two_teams_one_room'
        WHEN NOT pilot AND NOT strong THEN 'zoned'
    END AS value,
    CASE
        WHEN pilot THEN '5.1/1'
        WHEN NOT pilot AND strong THEN '5.1/2'
        WHEN NOT pilot AND NOT strong THEN '5.1/3'
        ELSE ''
    END AS cites,
    '' AS conflict,
    CASE
        WHEN pilot OR (NOT pilot AND strong IS NOT NULL) THEN ''
        WHEN pilot IS NOT NULL THEN 'stations/' || id || '.officers'
        WHEN strong IS NOT NULL THEN 'stations/' || id || '.pilot'
        ELSE 'stations/' || id || '.officers stations/' || id || '.pilot'
    END AS needs
FROM strengths
"""

# Codes have six digits and stand in order, so that the first and the last tell of all.
_CASE_SCOPE: Final = """
WITH conditions AS (
    SELECT *,
        role = 'lead' AS leads,
        NOT (causation_clear AND simple AND means <= 1) AS beyond,
        place_codes <> '='
            AND NOT (starts_with(place_codes, '=<3503') AND substr(place_codes, -7, 4) = '3503')
            OR complex OR category NOT IN ('ordinary', 'other') AS grave
    FROM cases
), rules AS (
    SELECT *, leads AND beyond AS out_of_scope, leads AND grave AS not_to_lead
    FROM conditions
)
SELECT id,
    CASE
        WHEN out_of_scope THEN 'prohibited'
        WHEN out_of_scope IS NULL THEN 'undetermined'
        WHEN not_to_lead THEN 'exemption_needed'
        WHEN not_to_lead IS NULL THEN 'undetermined'
        ELSE 'permitted'
    END AS outcome,
    CASE
        WHEN out_of_scope AND not_to_lead THEN '3.1/1 3.1/2'
        WHEN out_of_scope THEN '3.1/1'
        WHEN not_to_lead THEN '3.1/2'
        ELSE ''
    END AS reasons,
    '' AS missing_steps,
    CASE
        WHEN out_of_scope OR (NOT out_of_scope AND not_to_lead IS NOT NULL) THEN ''
        ELSE replace(
            concat_ws(' ',
                CASE WHEN category IS NULL AND grave IS NULL THEN '@.category' END,
                CASE WHEN causation_clear IS NULL AND beyond IS NULL THEN '@.causation_clear' END,
                CASE WHEN complex IS NULL AND grave IS NULL THEN '@.complex' END,
                CASE WHEN means IS NULL AND beyond IS NULL THEN '@.means' END,
                CASE WHEN place_codes IS NULL AND grave IS NULL THEN '@.place_codes' END,
                CASE WHEN role IS NULL THEN '@.role' END,
                CASE WHEN simple IS NULL AND beyond IS NULL THEN '@.simple' END
            ),
            '@', 'cases/' || id
        )
    END AS needs
FROM rules
"""

# In what is needed, `@` stands for the key until the names of the fields are put together.
_TASK_ADMISSION: Final = f"""
WITH conditions AS (
    SELECT *,
        quota AND issuer = 'police_branch' AS set_by_branch,
        report_sections = 7 AND reported_on <= DATE '{AS_OF}' AS reported,
        reviewed_by = 'public_order' AND review_level = issuer_level
            AND reviewed_on >= reported_on AND reviewed_on <= DATE '{AS_OF}' AS reviewed,
        approved_by = 'municipal_committee' AND approved_on >= reviewed_on
            AND approved_on <= DATE '{AS_OF}' AND approved_on <= starts_on AS approved,
        starts_on <= DATE '{AS_OF}' AS begun,
        assignee = 'officer' AND NOT within_statutory_duty AS outside_duty
    FROM tasks
), admissions AS (
    SELECT *,
        set_by_branch OR branch_duty AS applies,
        NOT (reported AND guarantees = 7 AND reviewed AND approved) AS lacking
    FROM conditions
), steps AS (
    SELECT *,
        applies AND lacking AS missing,
        CASE WHEN applies AND lacking THEN
            CASE WHEN reported_on > DATE '{AS_OF}' THEN 7
                ELSE coalesce(7 - report_sections, 0) END
            + 8 * coalesce(7 - guarantees, 0)
            + CASE WHEN NOT reviewed THEN 64 ELSE 0 END
            + CASE WHEN NOT approved THEN 128 ELSE 0 END
        ELSE 0 END AS missing_bits
    FROM admissions
), rules AS (
    SELECT *, outside_duty OR (missing AND begun) AS prohibited FROM steps
), outcomes AS (
    SELECT *,
        CASE
            WHEN prohibited THEN 'prohibited'
            WHEN prohibited IS NULL THEN 'undetermined'
            WHEN missing THEN 'awaiting'
            WHEN missing IS NULL THEN 'undetermined'
            ELSE 'permitted'
        END AS outcome
    FROM rules
)
SELECT id, outcome,
    CASE
        WHEN missing AND begun AND outside_duty THEN '3.3/3 3.4/1'
        WHEN missing AND begun THEN '3.3/3'
        WHEN outside_duty THEN '3.4/1'
        ELSE ''
    END AS reasons,
    CASE WHEN missing_bits = 0 THEN '' ELSE {[*MISSING_STEPS]}[1 + missing_bits] END
        AS missing_steps,
    CASE
        WHEN outcome <> 'undetermined' THEN ''
        ELSE replace(concat_ws(' ', {{needs}}), '@', 'tasks/' || id)
    END AS needs
FROM outcomes
"""
_OF_STEPS: Final = "missing IS NULL AND lacking IS NULL"
_OF_ADMISSION: Final = "missing IS NULL AND applies IS NULL"
# When a task that is undetermined needs a field that is unknown.
_NEEDED_BY_TASKS: Final = {
    "approved_by": _OF_STEPS,
    "approved_on": _OF_STEPS,
    "assignee": "outside_duty IS NULL",
    "branch_duty": _OF_ADMISSION,
    "guarantees": _OF_STEPS,
    "issuer": f"{_OF_ADMISSION} AND set_by_branch IS NULL",
    "issuer_level": _OF_STEPS,
    "quota": f"{_OF_ADMISSION} AND set_by_branch IS NULL",
    "report_sections": _OF_STEPS,
    "reported_on": _OF_STEPS,
    "review_level": _OF_STEPS,
    "reviewed_by": _OF_STEPS,
    "reviewed_on": _OF_STEPS,
    "starts_on": f"(({_OF_STEPS}) OR missing IS DISTINCT FROM false)",
    "within_statutory_duty": "outside_duty IS NULL",
}

BY_HAND: Final[Mapping[str, str]] = {
    "duty_mode": _DUTY_MODE,
    "case_scope": _CASE_SCOPE,
    "task_admission": _TASK_ADMISSION.format(
        needs=", ".join(
            f"CASE WHEN {field} IS NULL AND {needed} THEN '@.{field}' END"
            for field, needed in _NEEDED_BY_TASKS.items()
        )
    ),
}
