"""The same three questions in polars, over the Parquet files of the nation.

The answers are those of the SQL in `by_hand`, in the same columns.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import polars as pl
from polars import coalesce, col, concat_str, lit, when

from .by_hand import MISSING_STEPS
from .making import AS_OF

_NONE: Final = lit("")
_AS_OF: Final = lit(AS_OF)


def duty_mode(directory: Path) -> pl.LazyFrame:
    """The duty mode of each station: `id, value, cites, conflict, needs`."""
    officers = pl.scan_parquet(directory / "officers.parquet").select("station_id")
    rosters = officers.drop_nulls().group_by("station_id").len("listed")
    unlinked = officers.select(unlinked=col("station_id").is_null().any())
    # An officer whose station is unknown may be on any roster.
    listed_strong = (
        when(col("listed") >= 12)
        .then(lit(True))
        .when(~col("unlinked"))
        .then(lit(False))
    )  # fmt: skip
    pilot, strong = col("pilot"), col("strong")
    return (
        pl.scan_parquet(directory / "stations.parquet")
        .select("id", "pilot", "officers")
        .join(rosters, left_on="id", right_on="station_id", how="left")
        .join(unlinked, how="cross")
        .with_columns(strong=coalesce(col("officers") >= 12, listed_strong))
        .select(
            "id",
            value=when(pilot)
            .then(lit("three_teams_one_room"))
            .when(~pilot & strong)
            .then(lit("two_teams_one_room"))
            .when(~pilot & ~strong)
            .then(lit("zoned")),
            cites=when(pilot)
            .then(lit("5.1/1"))
            .when(~pilot & strong)
            .then(lit("5.1/2"))
            .when(~pilot & ~strong)
            .then(lit("5.1/3"))
            .otherwise(_NONE),
            conflict=_NONE,
            needs=_needs(
                "stations",
                ~(pilot | (~pilot & strong.is_not_null())).fill_null(False),
                {"officers": strong.is_null(), "pilot": pilot.is_null()},
            ),
        )
    )


def case_scope(directory: Path) -> pl.LazyFrame:
    """The verdict on each case: `id, outcome, reasons, missing_steps, needs`."""
    codes = col("place_codes")
    # Codes have six digits and stand in order, so that the first and the last tell of all.
    in_the_city = (codes == "=") | (
        codes.str.starts_with("=<3503") & (codes.str.slice(-7, 4) == "3503")
    )
    conditions = {
        "leads": col("role") == "lead",
        "beyond": ~(col("causation_clear") & col("simple") & (col("means") <= 1)),
        "grave": ~in_the_city | col("complex") | ~col("category").is_in(["ordinary", "other"]),
    }
    out_of_scope, not_to_lead = col("leads") & col("beyond"), col("leads") & col("grave")
    beyond_open, grave_open = col("beyond").is_null(), col("grave").is_null()
    needed = {
        "category": grave_open,
        "causation_clear": beyond_open,
        "complex": grave_open,
        "means": beyond_open,
        "place_codes": grave_open,
        "role": lit(True),
        "simple": beyond_open,
    }
    undetermined = out_of_scope.is_null() | (~out_of_scope & not_to_lead.is_null())
    return (
        pl.scan_parquet(directory / "cases.parquet")
        .with_columns(**conditions)
        .select(
            "id",
            outcome=when(out_of_scope)
            .then(lit("prohibited"))
            .when(undetermined)
            .then(lit("undetermined"))
            .when(not_to_lead)
            .then(lit("exemption_needed"))
            .otherwise(lit("permitted")),
            reasons=when(out_of_scope & not_to_lead)
            .then(lit("3.1/1 3.1/2"))
            .when(out_of_scope)
            .then(lit("3.1/1"))
            .when(not_to_lead)
            .then(lit("3.1/2"))
            .otherwise(_NONE),
            missing_steps=_NONE,
            needs=_needs("cases", undetermined, needed),
        )
    )


def task_admission(directory: Path) -> pl.LazyFrame:
    """The verdict on each task: `id, outcome, reasons, missing_steps, needs`."""
    conditions = {
        "set_by_branch": col("quota") & (col("issuer") == "police_branch"),
        "reported": (col("report_sections") == 7) & (col("reported_on") <= _AS_OF),
        "reviewed": (col("reviewed_by") == "public_order")
        & (col("review_level") == col("issuer_level"))
        & (col("reviewed_on") >= col("reported_on"))
        & (col("reviewed_on") <= _AS_OF),
        "approved": (col("approved_by") == "municipal_committee")
        & (col("approved_on") >= col("reviewed_on"))
        & (col("approved_on") <= _AS_OF)
        & (col("approved_on") <= col("starts_on")),
        "begun": col("starts_on") <= _AS_OF,
        "outside_duty": (col("assignee") == "officer") & ~col("within_statutory_duty"),
    }
    applies = col("set_by_branch") | col("branch_duty")
    lacking = ~(col("reported") & (col("guarantees") == 7) & col("reviewed") & col("approved"))
    missing, outside_duty = col("missing"), col("outside_duty")
    begun_without = missing & col("begun")
    prohibited = outside_duty | begun_without
    missing_bits = (
        when(col("reported_on") > _AS_OF)
        .then(7)
        .otherwise((7 - col("report_sections")).fill_null(0))
        + 8 * (7 - col("guarantees")).fill_null(0)
        + when(~col("reviewed")).then(64).otherwise(0)
        + when(~col("approved")).then(128).otherwise(0)
    )
    of_steps = missing.is_null() & col("lacking").is_null()
    of_admission = missing.is_null() & col("applies").is_null()
    needed = {
        "approved_by": of_steps,
        "approved_on": of_steps,
        "assignee": outside_duty.is_null(),
        "branch_duty": of_admission,
        "guarantees": of_steps,
        "issuer": of_admission & col("set_by_branch").is_null(),
        "issuer_level": of_steps,
        "quota": of_admission & col("set_by_branch").is_null(),
        "report_sections": of_steps,
        "reported_on": of_steps,
        "review_level": of_steps,
        "reviewed_by": of_steps,
        "reviewed_on": of_steps,
        "starts_on": of_steps | missing.fill_null(True),
        "within_statutory_duty": outside_duty.is_null(),
    }
    return (
        pl.scan_parquet(directory / "tasks.parquet")
        .with_columns(**conditions)
        .with_columns(applies=applies, lacking=lacking)
        .with_columns(missing=col("applies") & col("lacking"))
        .with_columns(
            outcome=when(prohibited)
            .then(lit("prohibited"))
            .when(prohibited.is_null())
            .then(lit("undetermined"))
            .when(missing)
            .then(lit("awaiting"))
            .when(missing.is_null())
            .then(lit("undetermined"))
            .otherwise(lit("permitted"))
        )
        .select(
            "id",
            "outcome",
            reasons=when(begun_without & outside_duty)
            .then(lit("3.3/3 3.4/1"))
            .when(begun_without)
            .then(lit("3.3/3"))
            .when(outside_duty)
            .then(lit("3.4/1"))
            .otherwise(_NONE),
            missing_steps=lit(pl.Series(MISSING_STEPS)).gather(
                when(missing).then(missing_bits).otherwise(0)
            ),
            needs=_needs("tasks", col("outcome") == "undetermined", needed),
        )
    )


def _needs(collection: str, open_: pl.Expr, needed: Mapping[str, pl.Expr]) -> pl.Expr:
    """The fields that are unknown and needed, where something is open."""
    names = [
        when(col(field).is_null() & condition).then(lit(f"@.{field}"))
        for field, condition in needed.items()
    ]
    listed = concat_str(names, separator=" ", ignore_nulls=True)
    key = concat_str(lit(f"{collection}/"), "id")
    return when(open_).then(listed.str.replace_all("@", key, literal=True)).otherwise(_NONE)


WITH_POLARS: Final[Mapping[str, Callable[[Path], pl.LazyFrame]]] = {
    "duty_mode": duty_mode,
    "case_scope": case_scope,
    "task_admission": task_admission,
}
