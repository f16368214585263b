"""The ledger under a directive that is amended twice, through four inspections.

A station with fewer officers than a minimum is zoned, and has a zone. The minimum is 12; from 2021
on it is 14; from 2022 on two zones are asked for, by a sentence of the later document.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any, Final

import openpyxl
import pytest

import policy_rules as pr
from policy_rules.language import amended
from policy_rules.police import DutyMode
from policy_rules.report import Inspection, inspected, new_ledger, updated_ledger
from tests.support.amending import (
    BASE,
    LEAST,
    SAYS,
    amendment,
    change,
    mode,
    replace,
    second,
    station,
)  # fmt: skip
from tests.support.writing import says

_TWO: Final = says("latest:1/2", **SAYS).demands(
    station, station.zones >= 2, applies=mode.of(station).is_(DutyMode.ZONED)
)
DIRECTIVE: Final = pr.load(
    amended(
        amended(BASE, amendment(change(LEAST, 14, cite="later:1/1", quote="十四人"))),
        second(replace("1/5a", _TWO)),
    )
)
OLD, NEW = "1/5a", "latest:1/2"


def made(as_of: date, stations: Iterable[tuple[str, str, int, int]]) -> Inspection:
    facts = pr.Facts(
        stations=[
            pr.Station(id=id_, name=name, pilot=False, officers=officers, zones=zones)
            for id_, name, officers, zones in stations
        ],
        complete=["stations"],
    )
    return inspected(DIRECTIVE.policy(as_of=as_of).audit(facts), readings=False)


INSPECTIONS: Final = (
    # S2 has 13 officers, which is no zoned station yet.
    made(date(2020, 6, 1), [("S1", "一所", 10, 0), ("S2", "二所", 13, 0), ("S3", "三所", 9, 0)]),
    # S1 has another name, and a zone; S3 is closed.
    made(date(2021, 2, 1), [("S1", "新一所", 10, 1), ("S2", "二所", 13, 0)]),
    # Nothing but the directive has changed.
    made(date(2022, 3, 1), [("S1", "新一所", 10, 1), ("S2", "二所", 13, 0)]),
    made(date(2022, 9, 1), [("S1", "新一所", 10, 2), ("S2", "二所", 13, 1)]),
)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def noted(content: bytes, key: str, measure: str) -> bytes:
    """The ledger with what a person enters in a row."""
    book = opened(content)
    sheet = book["整改台账"]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, heads.index("问题编号") + 1).value == key:
            sheet.cell(row, heads.index("整改措施") + 1).value = measure
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def told(content: bytes) -> dict[str, tuple[Any, ...]]:
    """Of each row the subject, the state, since when, until when, and what people wrote."""
    heads, *rows = opened(content)["整改台账"].iter_rows(values_only=True)
    wanted = ("对象", "状态", "发现日期", "销号日期", "整改措施")
    listed = [dict(zip(heads, row, strict=True)) for row in rows]
    return {
        row["问题编号"]: tuple(
            value.date() if hasattr(value, "date") else value
            for value in (row[name] for name in wanted)
        )
        for row in listed
        if row["问题编号"]
    }


@pytest.fixture(scope="module")
def four() -> list[bytes]:
    first, second_, third, fourth = INSPECTIONS
    one = new_ledger(first, "zh")
    one = noted(one, f"stations/S1 {OLD}", "划一个警务区")
    one = noted(one, f"stations/S3 {OLD}", "撤并")
    two = updated_ledger(one, "台账.xlsx", second_, "zh")
    two = noted(two, f"stations/S2 {OLD}", "待研究")
    three = updated_ledger(two, "台账.xlsx", third, "zh")
    return [one, two, three, updated_ledger(three, "台账.xlsx", fourth, "zh")]


FIRST_DAY, SECOND_DAY = date(2020, 6, 1), date(2021, 2, 1)
THIRD_DAY, FOURTH_DAY = date(2022, 3, 1), date(2022, 9, 1)
CLOSED: Final = ("新一所", "已销号", FIRST_DAY, SECOND_DAY, "划一个警务区")
GONE: Final = ("三所", "数据中已无此对象", FIRST_DAY, None, "撤并")


def test_what_is_asked_of_each_row(four: list[bytes]) -> None:
    assert told(four[0]) == {
        f"stations/S1 {OLD}": ("一所", "新增", FIRST_DAY, None, "划一个警务区"),
        f"stations/S3 {OLD}": ("三所", "新增", FIRST_DAY, None, "撤并"),
    }
    assert told(four[1]) == {
        f"stations/S1 {OLD}": CLOSED,
        f"stations/S3 {OLD}": GONE,
        f"stations/S2 {OLD}": ("二所", "新增", SECOND_DAY, None, "待研究"),
    }
    # The sentence is no longer there: what was closed stays so, what was open is asked no more.
    no_more = ("二所", "不再适用", SECOND_DAY, None, "待研究")
    assert told(four[2]) == {
        f"stations/S1 {OLD}": CLOSED,
        f"stations/S3 {OLD}": GONE,
        f"stations/S2 {OLD}": no_more,
        f"stations/S1 {NEW}": ("新一所", "新增", THIRD_DAY, None, None),
        f"stations/S2 {NEW}": ("二所", "新增", THIRD_DAY, None, None),
    }
    assert told(four[3]) == {
        f"stations/S1 {OLD}": CLOSED,
        f"stations/S3 {OLD}": GONE,
        f"stations/S2 {OLD}": no_more,
        f"stations/S1 {NEW}": ("新一所", "已销号", THIRD_DAY, FOURTH_DAY, None),
        f"stations/S2 {NEW}": ("二所", "未整改", THIRD_DAY, None, None),
    }


def test_the_history_of_each_row(four: list[bytes]) -> None:
    log = opened(four[3])["变更记录"]
    history: dict[str, list[tuple[date, str]]] = {}
    for day, key, _, what in log.iter_rows(min_row=2, values_only=True):
        history.setdefault(key, []).append((day.date(), what))
    states = {
        key: [(day, what) for day, what in found if what == "新增" or what.startswith("状态")]
        for key, found in history.items()
    }
    assert states == {
        f"stations/S1 {OLD}": [(FIRST_DAY, "新增"), (SECOND_DAY, "状态：新增 → 已销号")],
        f"stations/S3 {OLD}": [(FIRST_DAY, "新增"), (SECOND_DAY, "状态：新增 → 数据中已无此对象")],
        f"stations/S2 {OLD}": [(SECOND_DAY, "新增"), (THIRD_DAY, "状态：新增 → 不再适用")],
        f"stations/S1 {NEW}": [(THIRD_DAY, "新增"), (FOURTH_DAY, "状态：新增 → 已销号")],
        f"stations/S2 {NEW}": [(THIRD_DAY, "新增"), (FOURTH_DAY, "状态：新增 → 未整改")],
    }
    assert (SECOND_DAY, "对象：一所 → 新一所") in history[f"stations/S1 {OLD}"]
