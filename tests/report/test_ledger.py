"""The ledger, carried through four inspections: what people wrote stays, no row is lost.

One bureau with three stations. By 4.1/5 an urban station has a bed for each officer; by 4.2/5 each
station has a workstation by 2021-12-31. What is asked of each row was worked out by hand.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import openpyxl
import pytest

import policy_rules as pr
from policy_rules.report import Inspection, inspected, new_ledger, updated_ledger

URBAN = pr.Setting.URBAN
BEDS, DESKS = "4.1/5a", "4.2/5"


def station(id_: str, name: str, beds: int | None) -> pr.Station:
    return pr.Station(
        id=id_, name=name, bureau_id="B", setting=URBAN, officers=10, beds=beds, pilot=False
    )


def workstation(id_: str, of: str, on: date) -> pr.Workstation:
    functions = frozenset(pr.WorkstationFunction)
    return pr.Workstation(id=id_, station_id=of, opened_on=on, functions=functions)


def made(
    as_of: date, stations: Iterable[pr.Station], workstations: Iterable[pr.Workstation] = ()
) -> Inspection:
    facts = pr.Facts(
        bureaus=[pr.Bureau(id="B", name="甲分局")],
        stations=stations,
        workstations=workstations,
        complete=["stations", "workstations"],
    )
    return inspected(pr.load("putian-2019-52").policy(as_of=as_of).audit(facts), readings=False)


FIRST = made(date(2021, 6, 1), [station("S1", "一所", 4), station("S2", "二所", 9)])
# S1 has beds now; S2 has fewer. S3 is new. Nobody has a workstation, and its day has come.
SECOND = made(
    date(2022, 1, 10),
    [station("S1", "一所", 10), station("S2", "二派出所", 8), station("S3", "=三所", 10)],
)
# S1 lost beds again; S2 is closed; S3 opened its workstation, late.
THIRD = made(
    date(2022, 3, 1),
    [station("S1", "一所", 7), station("S3", "=三所", 10)],
    [workstation("W", "S3", date(2022, 2, 1))],
)
# Of S1 nobody knows the beds any more.
FOURTH = made(
    date(2022, 6, 1),
    [station("S1", "一所", None), station("S3", "=三所", 10)],
    [workstation("W", "S3", date(2022, 2, 1)), workstation("V", "S1", date(2022, 5, 5))],
)


def opened(content: bytes) -> Any:
    return openpyxl.load_workbook(BytesIO(content))


def saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def rows(content: bytes) -> dict[str, dict[str, Any]]:
    """Each row by its heading, by what it is known by; of the rules that are looked at."""
    sheet = opened(content)["整改台账"]
    heads = [cell.value for cell in sheet[1]]
    listed = [
        dict(zip(heads, values, strict=True))
        for values in sheet.iter_rows(min_row=2, values_only=True)
        if values[heads.index("问题编号")]
    ]
    return {
        row["问题编号"]: row
        for row in listed
        if row["问题编号"].endswith((f" {BEDS}", f" {DESKS}"))
    }


def told(content: bytes, key: str, *headings: str) -> list[Any]:
    row = rows(content)[key]
    return [
        value.date() if hasattr(value, "date") else value
        for value in (row[heading] for heading in headings)
    ]


def with_cell(content: bytes, key: str, heading: str, value: object) -> bytes:
    book = opened(content)
    sheet = book["整改台账"]
    heads = [cell.value for cell in sheet[1]]
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, heads.index("问题编号") + 1).value == key:
            cell = sheet.cell(row, heads.index(heading) + 1)
            cell.number_format = "General"  # which a date changes
            cell.value = value
    return saved(book)


@pytest.fixture(scope="module")
def four() -> list[bytes]:
    """The ledger after each inspection, with what people enter in between."""
    one = new_ledger(FIRST, "zh")
    one = with_cell(one, f"stations/S1 {BEDS}", "整改措施", "添置六张床")
    one = with_cell(one, f"stations/S1 {BEDS}", "责任人", "张三")
    one = with_cell(one, f"stations/S2 {BEDS}", "整改时限", date(2021, 12, 31))
    two = updated_ledger(one, "台账.xlsx", SECOND, "zh")
    two = with_cell(two, f"stations/S3 {DESKS}", "整改措施", "=1+1")
    three = updated_ledger(two, "台账.xlsx", THIRD, "zh")
    return [one, two, three, updated_ledger(three, "台账.xlsx", FOURTH, "zh")]


def test_the_first_has_what_is_open(four: list[bytes]) -> None:
    # 4.2/5 is not yet due in June 2021.
    assert set(rows(four[0])) == {f"stations/S1 {BEDS}", f"stations/S2 {BEDS}"}
    assert told(
        four[0], f"stations/S1 {BEDS}",
        "县（区）", "责任单位", "对象", "文件要求", "标准", "现状", "差额", "问题等级", "状态",
        "发现日期",
    ) == [
        "甲分局", "一所", "一所", "城区派出所备勤床位达到民警一人一张（“城区所一人一张床”）",
        "不少于10张", "4张", "差6张", "不符合",
        "新增", date(2021, 6, 1),
    ]  # fmt: skip


def test_the_second_closes_renames_and_adds(four: list[bytes]) -> None:
    assert told(four[1], f"stations/S1 {BEDS}", "状态", "销号日期", "整改措施", "责任人") == [
        "已销号", date(2022, 1, 10), "添置六张床", "张三",
    ]  # fmt: skip
    assert told(four[1], f"stations/S2 {BEDS}", "状态", "对象", "现状", "整改时限") == [
        "逾期未整改", "二派出所", "8张", date(2021, 12, 31),
    ]  # fmt: skip
    # Due on 2021-12-31: ten days over.
    key = f"stations/S3 {DESKS}"
    assert told(four[1], key, "状态", "对象", "期限", "逾期天数", "发现日期") == [
        "新增", "=三所", date(2021, 12, 31), 10, date(2022, 1, 10),
    ]  # fmt: skip


def test_the_third_opens_again_and_follows_who_is_gone(four: list[bytes]) -> None:
    key = f"stations/S1 {BEDS}"
    assert told(four[2], key, "状态", "销号日期", "现状", "责任人", "发现日期") == [
        "重新出现", None, "7张", "张三", date(2021, 6, 1),
    ]  # fmt: skip
    # What is said of a closed station is what was said last.
    assert told(four[2], f"stations/S2 {BEDS}", "状态", "对象", "现状") == [
        "数据中已无此对象", "二派出所", "8张",
    ]  # fmt: skip
    # Met late: closed on the day on which it was met.
    assert told(four[2], f"stations/S3 {DESKS}", "状态", "销号日期") == [
        "已销号", date(2022, 2, 1),
    ]  # fmt: skip
    # S1 has no workstation: 60 days after 2021-12-31.
    assert told(four[2], f"stations/S1 {DESKS}", "状态", "逾期天数") == ["逾期未整改", 60]


def test_the_fourth_does_not_close_what_nobody_knows(four: list[bytes]) -> None:
    assert told(four[3], f"stations/S1 {BEDS}", "状态", "销号日期") == ["无法判定", None]
    assert told(four[3], f"stations/S1 {DESKS}", "状态", "销号日期") == [
        "已销号", date(2022, 5, 5),
    ]  # fmt: skip
    assert told(four[3], f"stations/S3 {DESKS}", "状态", "销号日期") == [
        "已销号", date(2022, 2, 1),
    ]  # fmt: skip


def test_no_row_is_lost_and_numbers_run_on(four: list[bytes]) -> None:
    keys: set[str] = set()
    for content in four:
        assert keys <= set(rows(content))
        keys = set(rows(content))
        sheet = opened(content)["整改台账"]
        numbers = [row[0] for row in sheet.iter_rows(min_row=2, values_only=True) if row[0]]
        assert numbers == list(range(1, len(numbers) + 1))


def test_every_change_is_noted(four: list[bytes]) -> None:
    log = opened(four[3])["变更记录"]
    of = [
        (row[0].date(), row[3])
        for row in log.iter_rows(min_row=2, values_only=True)
        if row[1] == f"stations/S1 {BEDS}"
    ]
    assert of == [
        (date(2021, 6, 1), "新增"),
        (date(2022, 1, 10), "状态：新增 → 已销号"),
        (date(2022, 1, 10), "现状：4张 → 10张"),
        (date(2022, 1, 10), "问题等级：不符合 → 符合"),
        (date(2022, 3, 1), "状态：已销号 → 重新出现"),
        (date(2022, 3, 1), "销号日期：2022-01-10 → —"),
        (date(2022, 3, 1), "现状：10张 → 7张"),
        (date(2022, 3, 1), "问题等级：符合 → 不符合"),
        (date(2022, 6, 1), "状态：重新出现 → 无法判定"),
        (date(2022, 6, 1), "现状：7张 → —"),
        (date(2022, 6, 1), "问题等级：不符合 → 无法判定"),
    ]


def test_what_begins_as_a_formula_is_text(four: list[bytes]) -> None:
    sheet = opened(four[3])["整改台账"]
    heads = [cell.value for cell in sheet[1]]
    names = [row[heads.index("对象")] for row in sheet.iter_rows(min_row=2)]
    assert {cell.data_type for cell in names if cell.value == "=三所"} == {"s"}


def test_what_no_cell_can_hold_is_replaced() -> None:
    of = made(date(2021, 6, 1), [station("S1", "一\x1b所", 4)])
    assert told(new_ledger(of, "zh"), f"stations/S1 {BEDS}", "对象") == ["一\ufffd所"]


def test_what_people_add_stays() -> None:
    """Columns and sheets of their own, and rows in another order."""
    book = opened(new_ledger(FIRST, "zh"))
    sheet = book["整改台账"]
    sheet.cell(1, sheet.max_column + 1).value = "备注"
    last, place = sheet.max_row, sheet.max_column
    for row in range(2, last + 1):
        sheet.cell(row, place).value = f"第{row}行"
    sheet.move_range(f"A2:{sheet.cell(2, place).coordinate}", rows=last, cols=0)
    book.create_sheet("会议记录")["A1"] = "已研究"
    moved = sheet.cell(last + 2, place).value
    after = opened(updated_ledger(saved(book), "台账.xlsx", SECOND, "zh"))
    assert after["会议记录"]["A1"].value == "已研究"
    assert after["整改台账"].cell(last + 2, place).value == moved == "第2行"


def test_merged_cells_are_taken_apart() -> None:
    """Clerks merge the county of several rows, and what they write for all of them."""
    book = opened(new_ledger(FIRST, "zh"))
    sheet = book["整改台账"]
    sheet["O2"] = "一并整改"
    sheet.merge_cells("B2:B3")
    sheet.merge_cells("O2:O3")
    after = updated_ledger(saved(book), "台账.xlsx", SECOND, "zh")
    for key in (f"stations/S1 {BEDS}", f"stations/S2 {BEDS}"):
        assert told(after, key, "县（区）", "整改措施") == ["甲分局", "一并整改"]


def test_a_day_that_became_a_text_is_the_day() -> None:
    """As WPS leaves it where a cell was formatted as text, or its format was cleared."""
    key = f"stations/S1 {BEDS}"
    for text in ("2021-06-01", "2021/6/1", "2021.6.1", "2021年6月1日", "20210601", 44348):
        written = with_cell(new_ledger(FIRST, "zh"), key, "发现日期", text)
        after = updated_ledger(written, "台账.xlsx", SECOND, "zh")
        assert told(after, key, "发现日期") == [date(2021, 6, 1)]


def test_rows_and_notes_that_people_add_stay_theirs() -> None:
    """A problem that they found themselves, and a note below in a column of their own."""
    book = opened(new_ledger(FIRST, "zh"))
    sheet = book["整改台账"]
    own, note = sheet.max_row + 1, sheet.max_row + 3
    sheet.cell(own, 4).value, sheet.cell(own, 15).value = "三所", "自查：更换门锁"
    sheet.cell(1, 20).value, sheet.cell(note, 20).value = "备注", "本页由督察支队填写"
    after = opened(updated_ledger(saved(book), "台账.xlsx", SECOND, "zh"))["整改台账"]
    heads = [cell.value for cell in after[1]]
    assert [cell.value for cell in after[own] if cell.value] == ["三所", "自查：更换门锁"]
    assert [cell.value for cell in after[note] if cell.value] == ["本页由督察支队填写"]
    assert after.cell(note + 1, heads.index("状态") + 1).value == "新增"
    assert after.auto_filter.ref == f"A1:T{after.max_row}"


def test_what_is_not_done_by_the_day_promised_is_overdue() -> None:
    """4.1/5 has no date of its own: ten days before 2022-01-10 people promised to be done."""
    key = f"stations/S2 {BEDS}"
    for day, expected in (
        (date(2021, 12, 31), ["逾期未整改", 10]),
        ("2021.12.31", ["逾期未整改", 10]),
        (date(2022, 1, 10), ["未整改", None]),
        ("年底前", ["未整改", None]),
    ):
        promised = with_cell(new_ledger(FIRST, "zh"), key, "整改时限", day)
        after = updated_ledger(promised, "台账.xlsx", SECOND, "zh")
        assert told(after, key, "状态", "逾期天数") == expected


def history(content: bytes, key: str, on: date) -> list[str]:
    """What is noted of a problem on a day."""
    log = opened(content)["变更记录"]
    noted = list(log.iter_rows(min_row=2, values_only=True))
    return [change for day, of, _, change in noted if (day.date(), of) == (on, key)]


def without_row(content: bytes, key: str) -> bytes:
    book = opened(content)
    sheet = book["整改台账"]
    (row,) = (each[0].row for each in sheet.iter_rows() if key in [cell.value for cell in each])
    sheet.delete_rows(row)
    return saved(book)


def test_a_row_that_was_deleted_comes_back(four: list[bytes]) -> None:
    one, two, three, _ = four
    # S1 had six beds too few until the second inspection, S2 is closed at the third.
    first, second = f"stations/S1 {BEDS}", f"stations/S2 {BEDS}"
    after = updated_ledger(without_row(one, first), "台账.xlsx", SECOND, "zh")
    assert told(after, first, "状态", "发现日期", "销号日期", "整改措施") == [
        "已销号", date(2021, 6, 1), date(2022, 1, 10), None,
    ]  # fmt: skip
    assert history(after, first, date(2022, 1, 10)) == [
        "此行曾被删去，现予恢复", "状态：新增 → 已销号",
    ]  # fmt: skip
    assert rows(after).keys() == rows(two).keys()
    # What is closed and deleted was closed when it was.
    after = updated_ledger(without_row(two, first), "台账.xlsx", SECOND, "zh")
    assert told(after, first, "状态", "销号日期") == ["已销号", date(2022, 1, 10)]
    # Of a station that is gone, the history knows the name.
    after = updated_ledger(without_row(two, second), "台账.xlsx", THIRD, "zh")
    assert told(after, second, "状态", "对象") == [
        "数据中已无此对象", "二派出所 四（一）第五句a",
    ]  # fmt: skip
    assert rows(after).keys() == rows(three).keys()


def test_what_people_write_of_the_state_closes_nothing_and_is_noted(four: list[bytes]) -> None:
    key, on = f"stations/S2 {BEDS}", date(2022, 1, 10)
    by_hand = with_cell(four[0], key, "状态", "基本完成")
    by_hand = with_cell(by_hand, key, "销号日期", date(2021, 7, 1))
    after = updated_ledger(by_hand, "台账.xlsx", SECOND, "zh")
    assert told(after, key, "状态", "销号日期") == ["逾期未整改", None]
    assert history(after, key, on)[:3] == [
        "手工填写的状态“基本完成”未采用：由核查决定",
        "手工填写的销号日期“2021-07-01”未采用：由核查决定",
        "状态：新增 → 逾期未整改",
    ]
    # Closed by hand, and never found so: it is not there *again*.
    by_hand = with_cell(after, key, "状态", "已销号")
    again = updated_ledger(by_hand, "台账.xlsx", SECOND, "zh")
    assert told(again, key, "状态", "销号日期") == ["逾期未整改", None]


@pytest.mark.parametrize(
    ("written", "closed"),
    [
        (date(2021, 9, 1), date(2021, 9, 1)),
        # The first inspection found it open on 2021-06-01, the second was on 2022-01-10.
        (date(2021, 5, 1), date(2022, 1, 10)),
        (date(2022, 2, 1), date(2022, 1, 10)),
    ],
)
def test_the_day_that_people_wrote_is_taken_where_it_is_put_right(
    written: date, closed: date
) -> None:
    key = f"stations/S1 {BEDS}"
    by_hand = with_cell(new_ledger(FIRST, "zh"), key, "销号日期", written)
    after = updated_ledger(by_hand, "台账.xlsx", SECOND, "zh")
    assert told(after, key, "状态", "销号日期") == ["已销号", closed]
    noted = [each for each in history(after, key, date(2022, 1, 10)) if "手工" in each]
    assert len(noted) == (written != closed)


def test_where_the_history_is_gone_the_rows_say_how_they_stood(four: list[bytes]) -> None:
    book = opened(four[1])
    del book["变更记录"]
    after = updated_ledger(saved(book), "台账.xlsx", THIRD, "zh")
    assert rows(after) == rows(four[2])


def test_a_promise_of_before_it_came_back_does_not_count() -> None:
    """Promised by 2021-09-30, put right by 2022-01-10, and there again on 2022-03-01."""
    key = f"stations/S1 {BEDS}"
    promised = with_cell(new_ledger(FIRST, "zh"), key, "整改时限", date(2021, 9, 30))
    again = updated_ledger(
        updated_ledger(promised, "台账.xlsx", SECOND, "zh"), "台账.xlsx", THIRD, "zh"
    )
    assert told(again, key, "状态", "逾期天数") == ["重新出现", None]
    still = made(date(2022, 6, 1), [station("S1", "一所", 7)])
    assert told(updated_ledger(again, "台账.xlsx", still, "zh"), key, "状态", "逾期天数") == [
        "未整改", None,
    ]  # fmt: skip
    # What is promised anew counts: by 2022-05-01, 31 days before.
    anew = with_cell(again, key, "整改时限", date(2022, 5, 1))
    assert told(updated_ledger(anew, "台账.xlsx", still, "zh"), key, "状态", "逾期天数") == [
        "逾期未整改", 31,
    ]  # fmt: skip


def test_what_a_filter_hid_is_shown() -> None:
    """It hid by what the rows said before; what people hide themselves stays hidden."""
    book = opened(new_ledger(FIRST, "zh"))
    sheet = book["整改台账"]
    sheet.row_dimensions[2].hidden = True
    after = opened(updated_ledger(saved(book), "台账.xlsx", SECOND, "zh"))["整改台账"]
    assert after.row_dimensions[2].hidden
    sheet.auto_filter.add_filter_column(12, ["未整改"])
    after = opened(updated_ledger(saved(book), "台账.xlsx", SECOND, "zh"))["整改台账"]
    assert not after.row_dimensions[2].hidden
    assert after.auto_filter.ref == f"A1:S{after.max_row}"
    assert after.auto_filter.filterColumn == []


def test_headings_may_be_broken_into_lines() -> None:
    book = opened(new_ledger(FIRST, "zh"))
    book["整改台账"]["R1"] = "销号\n日期"
    after = updated_ledger(saved(book), "台账.xlsx", SECOND, "zh")
    assert opened(after)["整改台账"]["R1"].value == "销号\n日期"


def test_what_an_update_would_lose_is_refused() -> None:
    content = BytesIO(new_ledger(FIRST, "zh"))
    with ZipFile(content, "a") as parts:
        parts.writestr("xl/media/image1.png", b"")
    with pytest.raises(pr.FactError, match="it holds pictures, which an update cannot keep"):
        updated_ledger(content.getvalue(), "l.xlsx", SECOND, "zh")


def test_the_language_of_a_ledger_is_its_own() -> None:
    english = new_ledger(FIRST, "en")
    after = opened(updated_ledger(english, "l.xlsx", SECOND, "zh"))
    assert after.sheetnames == ["ledger", "history", "about"]


def damaged(change: Any) -> bytes:
    book = opened(new_ledger(FIRST, "zh"))
    change(book)
    return saved(book)


def no_heading(book: Any) -> None:
    book["整改台账"]["M1"] = "情况"


def same_twice(book: Any) -> None:
    sheet = book["整改台账"]
    sheet["S3"] = sheet["S2"].value


def without_key(book: Any) -> None:
    book["整改台账"]["S2"] = None


def own_state(book: Any) -> None:
    book["整改台账"]["M2"] = "基本完成"
    del book["变更记录"]


def renamed(book: Any) -> None:
    book["整改台账"].title = "台账2"


def own_column(book: Any) -> None:
    book["整改台账"]["T1"] = "责任 人"


def found_never(book: Any) -> None:
    book["整改台账"]["N2"] = "去年"


def title_above(book: Any) -> None:
    book["整改台账"].insert_rows(1)
    book["整改台账"]["A1"] = "派出所整改台账"


def other_key(book: Any) -> None:
    sheet = book["整改台账"]
    sheet["S2"] = sheet["S2"].value.upper()


@pytest.mark.parametrize(
    ("change", "zh"),
    [
        (title_above, "台账.xlsx 整改台账：列名在第2行，应在第1行；请删去上面的行"),
        (other_key, '状态和发现日期须留空），实为 "STATIONS/S1 4.1/5A"'),
        (own_column, "台账.xlsx 整改台账：第1行有2列名为“责任人”；请将自己增加的列改名"),
        (no_heading, "台账.xlsx 整改台账：第1行没有列名“状态”；请恢复"),
        (same_twice, "问题编号：应为不与其他行重复，实为"),
        (without_key, '（自己增加的行，状态和发现日期须留空），实为 ""；请改正'),
        (own_state, '台账.xlsx 整改台账 第2行，状态：应为新增、未整改、逾期未整改、'),
        (renamed, "台账.xlsx：没有工作表“整改台账”；请恢复其名称"),
        (found_never, '发现日期：应为日期，实为 "去年"；请改正'),
    ],
)  # fmt: skip
def test_a_damaged_ledger_is_refused(change: Any, zh: str) -> None:
    with pytest.raises(pr.FactError) as error:
        updated_ledger(damaged(change), "台账.xlsx", SECOND, "zh")
    assert zh in "\n".join(fault.text("zh") for fault in error.value.faults)
    assert "行" not in "\n".join(fault.text("en").partition(":")[0] for fault in error.value.faults)


def test_all_that_is_wrong_is_said_at_once() -> None:
    def both(book: Any) -> None:
        own_state(book)
        found_never(book)

    with pytest.raises(pr.FactError) as error:
        updated_ledger(damaged(both), "台账.xlsx", SECOND, "zh")
    assert [fault.field for fault in error.value.faults] == ["状态", "发现日期"]


def test_what_is_no_workbook_and_an_earlier_day_are_refused() -> None:
    with pytest.raises(pr.FactError, match="no Excel workbook, or a damaged one"):
        updated_ledger(b"no workbook", "l.xlsx", SECOND, "zh")
    with pytest.raises(pr.FactError, match="this inspection is of 2021-06-01, which is earlier"):
        updated_ledger(new_ledger(SECOND, "zh"), "l.xlsx", FIRST, "zh")
