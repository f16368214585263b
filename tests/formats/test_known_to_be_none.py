"""Known to be none, through every door: JSON, CSV, workbooks, tables."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest

import policy_rules as pr
from policy_rules.facts import FactError, fields_of, is_none
from policy_rules.formats import parse_mapping, read
from policy_rules.formats.cells import cell_value
from policy_rules.formats.forms import forms_of
from policy_rules.formats.json_values import json_row
from policy_rules.language import subject
from policy_rules.testing.made_up import CLASSES, Claim, Clerk, Colour
from tests.support.made_up_rules import DAY, directive
from tests.support.writing import says

FIELDS = ("until", "wage", "colour")
GIVEN = {"id": "K", **dict.fromkeys(FIELDS, "none")}


def test_a_fact_holds_what_is_none() -> None:
    clerk = Clerk(**GIVEN)  # type: ignore[arg-type]  # as JSON gives it
    assert clerk == Clerk(id="K", until=pr.NONE, wage=pr.NONE, colour=pr.NONE)
    assert all(getattr(clerk, name) == pr.NONE for name in FIELDS)
    assert all(is_none(getattr(clerk, name)) for name in FIELDS)
    assert clerk.until != date(9999, 12, 30)
    assert repr(clerk) == "Clerk(id='K', until=NONE, wage=NONE, colour=NONE)"
    assert json_row(clerk) == GIVEN
    claim = Claim(id="C", fee=pr.NONE, heard_at=pr.NONE, note=pr.NONE)
    assert json_row(claim) == {"id": "C", "fee": "none", "heard_at": "none", "note": ""}
    assert Claim(id="C", note="none").note == "none"
    assert not is_none("")
    assert not is_none(None)


def test_a_field_that_is_not_declared_so_refuses_it() -> None:
    with pytest.raises(FactError, match="expected a value, since this field") as raised:
        Clerk(id="K", since=pr.NONE)
    assert "应为一个值" in raised.value.text("zh")
    with pytest.raises(FactError, match="and write `none` if there is none"):
        Clerk(id="K", until="never")  # type: ignore[arg-type]  # that is what is tested


@pytest.mark.parametrize("word", ["无", "-", "none", "－"])
def test_in_cells(word: str) -> None:
    specs = {**fields_of(Clerk), **fields_of(Claim)}
    for name in (*FIELDS, "fee", "heard_at"):
        assert cell_value(forms_of(specs[name]), word) == pr.NONE, name
    if word in ("无", "-"):
        assert cell_value(forms_of(specs["note"]), word) == ""
    assert cell_value(forms_of(specs["since"]), "无") == "无"  # for the field to refuse


MAPPING = parse_mapping(
    {
        "clerks": {
            "columns": {
                "until": {"column": "until", "none": ["9999-12-31"]},
                "wage": {"column": "wage", "none": "-1"},
            }
        }
    },
    "own.toml",
    CLASSES,
)


def test_a_mapping_says_what_means_none_in_a_database() -> None:
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE clerks AS SELECT * FROM (VALUES ('A', DATE '9999-12-31', -1, 'none'), "
        "('B', DATE '2020-01-01', 3, 'red'), ('C', NULL, NULL, NULL)) t(id, until, wage, colour)"
    )
    clerk = subject(Clerk)
    labels: dict[str, Any] = {"quote": "字", "zh": "事", "en": "thing"}
    policy = directive(
        says("1/1", **labels).demands(clerk, clerk.until.is_none()),
        says("1/2", **labels).demands(clerk, ~(clerk.wage >= 0)),
        says("1/3", **labels).demands(clerk, ~clerk.colour.is_in({Colour.RED})),
    ).policy(as_of=DAY)
    on = pr.on(policy, connection, mapping=MAPPING)
    assert on.faults() == []
    rows = on.findings(Clerk).order("id, cite").fetchall()
    assert [(row[0], row[2]) for row in rows] == [
        *[("A", "satisfied")] * 3,
        *[("B", "breached")] * 3,
        *[("C", "undetermined")] * 3,
    ]


def test_only_what_can_be_none_takes_the_option() -> None:
    with pytest.raises(FactError, match="expected an option of the since, found `none`"):
        parse_mapping(
            {"clerks": {"columns": {"since": {"column": "since", "none": ["-"]}}}},
            "own.toml",
            CLASSES,
        )


OF_TASKS = parse_mapping(
    {"tasks": {"columns": {"reviewed_on": {"column": "审核日期", "none": "9999-12-31"}}}},
    "own.toml",
)


def test_in_a_workbook_and_a_csv_file(tmp_path: Path) -> None:
    """As a word, and as a date of Excel that a mapping names."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "任务"
    sheet.append(["编号", "报告日期", "审核日期"])
    sheet.append(["T1", "无", datetime(9999, 12, 31)])
    sheet.append(["T2", datetime(2020, 1, 1), None])
    book.save(tmp_path / "tasks.xlsx")
    folder = tmp_path / "csv"
    folder.mkdir()
    rows = "id,reported_on,审核日期\nT1,-,9999-12-31\nT2,2020-01-01,\n"
    (folder / "tasks.csv").write_text(rows, "utf-8")
    one = pr.Task(id="T1", reported_on=pr.NONE, reviewed_on=pr.NONE)
    other = pr.Task(id="T2", reported_on=date(2020, 1, 1))
    for path in (tmp_path / "tasks.xlsx", folder):
        assert read(path, mapping=OF_TASKS).facts.all(pr.Task) == (one, other)


def test_as_a_constant_of_a_mapping() -> None:
    mapping = parse_mapping({"postings": {"columns": {"until_date": {"constant": "none"}}}}, "own")
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE postings AS SELECT 'P' AS id, TRUE AS to_station,"
        " DATE '2020-01-01' AS from_date"
    )
    policy = pr.load("putian-2019-52").policy(as_of=date(2022, 4, 1))
    on = pr.on(policy, connection, mapping=mapping)
    assert [row[1:3] for row in on.verdicts(pr.Posting).fetchall()] == [("permitted", "")]


@pytest.mark.parametrize("value", [Decimal("9.01"), Decimal("9.00")])
def test_a_decimal_beyond_its_bounds_is_no_none(value: Decimal) -> None:
    if value > 9:
        with pytest.raises(FactError):
            Claim(id="C", fee=value)
    else:
        assert not is_none(Claim(id="C", fee=value).fee)
