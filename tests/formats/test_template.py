"""The clerk's workbook: what it asks, what it holds back, and that it reads back as it was."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from policy_rules import load
from policy_rules.facts import NONE, Exemption, Fact, FactError, Facts, Kind, fields_of, is_none
from policy_rules.formats import Document, read
from policy_rules.formats.filling_in import heading_of, note_of
from policy_rules.formats.headings import Recognition
from policy_rules.formats.template import Known, Template, sheet_name
from policy_rules.formats.written_cells import written_cell
from policy_rules.police import POLICE, Posting, Station, Task
from policy_rules.render.wording import Language
from policy_rules.testing.choosing import Chooser
from policy_rules.testing.made_up import CLASSES, Claim
from policy_rules.testing.named_values import plain_values
from policy_rules.testing.random_facts import container, random_fact, random_facts, references
from policy_rules.testing.strategies import chosen

PUTIAN = load("putian-2019-52")
AS_OF = date(2021, 6, 1)
LISTED: tuple[type[Fact], ...] = (*POLICE.classes, Exemption)
BOTH: tuple[Language, ...] = ("zh", "en")
in_both = pytest.mark.parametrize("lang", BOTH)
every_class = pytest.mark.parametrize("cls", LISTED, ids=lambda cls: cls.collection)


def template(classes: Iterable[type[Fact]] = LISTED, lang: Language = "zh") -> Template:
    """A workbook that asks for every field of some classes."""
    listed = [*classes]
    return Template(
        title="数据填报表",
        columns={cls: [*fields_of(cls).values()] for cls in listed},
        classes={cls.collection: cls for cls in listed},
        lang=lang,
    )


def saved(book: Workbook, folder: str | Path) -> Path:
    """The workbook as a file."""
    file = Path(folder, "book.xlsx")
    book.save(file)
    return file


def read_back(
    known: Known, classes: Iterable[type[Fact]] = LISTED, lang: Language = "zh"
) -> Document:
    """What a workbook with what is known is read as."""
    listed = [*classes]
    with TemporaryDirectory() as folder:
        return read(saved(template(listed, lang).workbook(known), folder), listed)


def sheet_of(book: Workbook, name: str) -> Worksheet:
    """A sheet by its name."""
    sheet = book[name]
    assert isinstance(sheet, Worksheet)
    return sheet


# Whole workbooks take long; what cells hold is tried more often below.
@settings(max_examples=15)
@given(chosen(lambda choose: (choose, random_facts(choose, PUTIAN.rules, AS_OF, most=3))))
def test_it_reads_back_as_it_was(of: tuple[Chooser, Facts]) -> None:
    choose, facts = of
    exemptions = [Exemption(id="E1", cite="3.1/2", subject="cases/A1", valid_from=AS_OF)]
    if "cases" in facts.complete or any(each.collection == "cases" for each in facts):
        exemptions = []  # it names a case that is not there
    known = Known(facts=[*facts], exemptions=exemptions, as_of=AS_OF, whole=facts.complete)
    found = read_back(known, lang=choose.pick(BOTH))
    assert found.facts == facts
    assert found.exemptions == tuple(exemptions)
    assert found.as_of == AS_OF
    assert found.notes == ()


def _made_up(choose: Chooser) -> Facts:
    """Facts with decimals, with what is known to be none, and references among themselves."""
    ids = {cls: [f"{cls.collection[0]}{n}" for n in range(2)] for cls in CLASSES}
    return container(
        random_fact(
            choose, cls, id_, plain_values(cls, AS_OF), unknown=20, references=references(cls, ids)
        )
        for cls in CLASSES
        for id_ in ids[cls]
    )


@settings(max_examples=40)
@given(chosen(lambda choose: (choose, _made_up(choose))))
def test_decimals_and_what_is_none_read_back(of: tuple[Chooser, Facts]) -> None:
    choose, facts = of
    found = read_back(Known(facts=[*facts]), CLASSES, choose.pick(BOTH))
    assert found.facts == facts
    for cls in CLASSES:
        for there, fact in zip(found.facts.all(cls), facts.all(cls), strict=True):
            for name in fields_of(cls):
                assert is_none(getattr(there, name)) == is_none(getattr(fact, name))


@settings(max_examples=30)
@given(st.lists(st.text(min_size=1, max_size=30), min_size=1, max_size=5))
def test_texts_read_back_or_are_refused(texts: list[str]) -> None:
    stations = [
        Station(id=f"S{number}", name=text) for number, text in enumerate(texts) if text.strip()
    ]
    spec = fields_of(Station)["name"]
    able = [each for each in stations if written_cell(spec, each.name, "zh") is not None]
    found = read_back(Known(facts=able), [Station])
    assert found.facts.all(Station) == tuple(able)
    if len(able) < len(stations):
        with pytest.raises(FactError):
            template([Station]).workbook(Known(facts=stations))


@pytest.mark.parametrize(
    "text",
    [
        "=1+1", "+8613800000000", "-5", "@SUM(A1)", '="0012"', "'quoted", " 两端有空格 ", "无",
        "０１２", "第一行\n第二行", "a\tb", "注：无", "2019-07-16", "1.50", "-",
    ],
)  # fmt: skip
def test_a_text_is_a_text(text: str, tmp_path: Path) -> None:
    station = Station(id="S1", name=text)
    book = template([Station]).workbook(Known(facts=[station]))
    file = saved(book, tmp_path)
    assert read(file, [Station]).facts.all(Station) == (station,)
    cell = sheet_of(load_workbook(file), "派出所").cell(4, 3)
    assert cell.data_type == "s"
    assert cell.number_format == "@"
    if str(cell.value).startswith(("=", "+", "-", "@")) and len(text) > 1:
        assert cell.quotePrefix


@pytest.mark.parametrize(
    ("cls", "field", "value", "cell"),
    [
        (Station, "pilot", True, "是"),
        (Station, "pilot", False, "否"),
        (Station, "officers", 14, 14),
        (Station, "grades", {2018: 1, 2019: 2}, "2018:1;2019:2"),
        (Station, "grades", {}, "无"),
        (Station, "units", frozenset(), "无"),
        (Station, "relocated_on", date(2020, 1, 15), date(2020, 1, 15)),
        # Excel counts days from a 29 February 1900 that there was not, other programs do not.
        (Station, "relocated_on", date(1900, 1, 15), "1900-01-15"),
        (Posting, "until_date", NONE, "无"),
        (Task, "reviewed_by", "none", "无"),
        (Claim, "fee", Decimal("2.50"), 2.5),
        (Claim, "heard_at", datetime(2020, 1, 15, 8, 30), datetime(2020, 1, 15, 8, 30)),
    ],
)
def test_how_a_value_is_written(cls: type[Fact], field: str, value: object, cell: object) -> None:
    given: dict[str, Any] = {"id": "X1", field: value}
    fact = cls(**given)
    assert written_cell(fields_of(cls)[field], getattr(fact, field), "zh") == cell


def test_what_no_cell_holds_is_refused() -> None:
    stations = [Station(id="S1", name="\x07"), Station(id="S2", name="x" * 32_768)]
    with pytest.raises(FactError) as caught:
        template([Station]).workbook(Known(facts=stations))
    assert [(fault.place, fault.field) for fault in caught.value.faults] == [
        ("stations/S1", "name"),
        ("stations/S2", "name"),
    ]


@every_class
@in_both
def test_headings_are_those_that_are_read(cls: type[Fact], lang: Language) -> None:
    known = Recognition(cls, None)
    for name, spec in fields_of(cls).items():
        heading = heading_of(cls, spec, lang)
        assert known.field(heading) == name
        assert heading.startswith(spec.zh if lang == "zh" else spec.en)


def test_headings_have_units() -> None:
    specs = fields_of(Station)
    named = [heading_of(Station, specs[name], "zh") for name in ("id", "villages", "pilot", "name")]
    assert named == ["编号（必填）", "村（格）数（个）", "改革试点（是/否）", "名称"]
    assert heading_of(Station, specs["beds"], "en") == "on-call beds (beds)"


@every_class
def test_every_column_says_in_chinese_what_it_asks(cls: type[Fact]) -> None:
    classes = {each.collection: each for each in LISTED}
    for spec in fields_of(cls).values():
        note = note_of(spec, classes, "zh")
        assert note.startswith(f"{spec.meaning_zh}。")
        assert note.endswith("。")
        if spec.kind not in (Kind.ID, Kind.TEXT):
            assert len(note) > len(spec.meaning_zh) + 1, "it does not say how it is written"


def test_notes() -> None:
    def note(cls: type[Fact], name: str, lang: Language = "zh") -> str:
        return note_of(fields_of(cls)[name], {"stations": Station}, lang)

    assert note(Station, "beds") == "供备勤民警使用的床位数。整数，单位：张。"
    assert note(Station, "grades") == (
        "各年度评定的派出所等级，1 级最高，5 级最低。每年一个数，如 2019:5;2020:5，1 至 5。"
        "没有则填“无”。"
    )
    assert note(Task, "station_id") == "接受任务的派出所。填“派出所”表中的编号。"
    assert note(Posting, "until_date") == (
        "结束工作的日期；没有表示不设期限。日期，如 2020-01-15。没有则填“无”。"
    )
    # What nobody has said in Chinese is said in English.
    assert note(Claim, "amount").startswith("Amount. 整数，单位：")
    assert note(Station, "beds", "en") == "Beds for officers on call. A whole number of beds."


@in_both
def test_examples_are_not_read_but_could_be(lang: Language, tmp_path: Path) -> None:
    book = template(lang=lang).workbook(Known())
    assert len(read(saved(book, tmp_path), LISTED).facts) == 0
    for cls in LISTED:
        sheet = sheet_of(book, sheet_name(cls, lang))
        for column, spec in enumerate(fields_of(cls).values(), 2):
            example = sheet.cell(2, column).value
            assert example is not None, f"{cls.collection}.{spec.name}"
            # Of what it exempts, the meaning has an example, which names nothing here.
            if spec.name not in ("subject", "cite", "subject_id"):
                sheet.cell(4, column).value = example
        if cls is Exemption:
            sheet.delete_rows(4)
    found = read(saved(book, tmp_path), LISTED).facts
    assert [len(found.all(cls)) for cls in POLICE.classes] == [1] * len(POLICE.classes)
    for fact in found:
        known = [name for name in fields_of(type(fact)) if getattr(fact, name) is None]
        assert set(known) <= {"cite", "subject_id"}


def _validations(sheet: Worksheet) -> Mapping[str, Any]:
    """The rules for what is entered, by the headings of their columns."""
    found = {}
    for rule in sheet.data_validations.dataValidation:
        (column,) = {each.min_col for each in rule.sqref.ranges}
        found[str(sheet.cell(3, column).value)] = rule
    return found


def test_what_can_be_entered() -> None:
    book = template().workbook(Known())
    rules = _validations(sheet_of(book, "派出所"))
    assert rules["城乡类别"].formula1 == '"城区,乡镇,农村"'
    assert rules["改革试点（是/否）"].formula1 == '"是,否"'
    assert rules["改革试点（是/否）"].showErrorMessage
    officers = rules["民警数（人）"]
    assert (officers.type, officers.formula1, officers.formula2) == ("whole", "0", "10000000")
    assert (officers.showErrorMessage, officers.errorStyle) == (True, "stop")
    # Several of them can be given, or what is offered: neither is refused.
    assert not rules["已设队室"].showErrorMessage
    assert rules["所属公安局"].formula1 == "'公安局'!$B$4:$B$2000"
    assert not rules["所属公安局"].showErrorMessage
    moved = rules["搬迁日期"]
    # 1900-01-01 is the second day after 1899-12-30; 2199-12-31 is 109571 days after it.
    assert (moved.type, moved.formula1, moved.formula2) == ("date", "2", "109574")
    postings = _validations(sheet_of(book, "新警分配"))
    assert postings["结束日期"].errorStyle == "warning"
    assert str(moved.sqref) == "O4:O1048576"
    assert all(rule.prompt and len(rule.prompt) <= 255 for rule in rules.values())


def test_headings_are_protected_and_cells_are_not() -> None:
    book = template([Station]).workbook(Known(facts=[Station(id="S1")]))
    sheet = sheet_of(book, "派出所")
    assert sheet.protection.sheet
    assert not sheet.protection.deleteRows
    assert sheet.freeze_panes == "C4"
    for row, locked in ((1, True), (2, True), (3, True), (4, False)):
        assert {cell.protection.locked for cell in sheet[row][1:]} == {locked}
    dimension = sheet.column_dimensions["B"]
    assert not dimension.protection.locked
    assert dimension.number_format == "@"
    cover = sheet_of(book, "设置")
    assert cover.protection.sheet
    opened = [row[0].value for row in cover.iter_rows() if not row[1].protection.locked]
    assert opened == ["基准日期", "派出所"]


def test_what_is_needed_is_marked() -> None:
    needed = {
        "stations/S1.officers": ["2.1/1b", "勤务模式"],
        "stations/S1.grades.2018": ["6.2/1"],
        "stations/S1.grades.2019": ["6.2/1"],
        "complete.stations": ["2.1/1a"],
        "parameters.most_days_owed": ["6.3/2"],
    }
    known = Known(facts=[Station(id="S1", name="黄石派出所")], needed=needed)
    for lang, summed, said in (
        ("zh", "用于哪一条：派出所 2 处。",
         ["需要填写：用于 2.1/1b、勤务模式", "需要填写：2018、2019 年，用于 6.2/1",
          "需要填写：用于 2.1/1a"]),
        ("en", "for which rule: 2 in police station.",
         ["needed: for 2.1/1b, 勤务模式", "needed: of 2018, 2019, for 6.2/1",
          "needed: for 2.1/1a"]),
    ):  # fmt: skip
        book = template([Station], "zh" if lang == "zh" else "en").workbook(known)
        marked = [
            cell
            for name in reversed(book.sheetnames)
            for row in sheet_of(book, name).iter_rows()
            for cell in row
            if cell.comment
        ]
        assert [cell.comment.text for cell in marked if cell.comment] == said
        assert {cell.fill.fgColor.rgb for cell in marked} == {"00FFF2CC"}
        told = [str(text) for (text, *_) in sheet_of(book, book.sheetnames[0]).values]
        assert any(text.endswith(summed) for text in told)


def test_what_is_of_others_stays_as_it_is() -> None:
    known = Known(facts=[Station(id="S1")], others=[Station(id="S2", name="别处派出所")])
    needed = {"stations/S2.officers": ["2.1/1b"]}
    known = evolve(known, needed=needed)
    sheet = sheet_of(template([Station]).workbook(known), "派出所")
    assert [cell.comment for row in sheet.iter_rows() for cell in row if cell.comment] == []
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["S1", "S2"]
    assert [sheet.cell(row, 3).protection.locked for row in (4, 5)] == [False, True]


@pytest.mark.parametrize(
    ("answer", "whole"),
    [
        ("是", {"stations"}),
        ("否", set()),
        (None, set()),
        ("yes", {"stations"}),
        (True, {"stations"}),
    ],
)
def test_whether_a_list_is_whole(answer: object, whole: set[str], tmp_path: Path) -> None:
    book = template([Station]).workbook(Known())
    cover = sheet_of(book, "设置")
    (row,) = (row for row in cover.iter_rows() if row[0].value == "派出所")
    row[1].value = answer  # type: ignore[assignment]  # what a cell can hold
    assert read(saved(book, tmp_path), [Station]).facts.complete == whole


def test_an_unreadable_answer_is_a_fault(tmp_path: Path) -> None:
    book = template([Station]).workbook(Known())
    cover = sheet_of(book, "设置")
    (row,) = (row for row in cover.iter_rows() if row[0].value == "派出所")
    row[1].value = "大概"
    with pytest.raises(FactError) as caught:
        read(saved(book, tmp_path), [Station])
    assert caught.value.text("zh") == (
        'book.xlsx: complete.派出所：应为是或否，实为 "大概"；请填是或否'
    )


def test_whole_lists_can_be_named_in_both_ways(tmp_path: Path) -> None:
    book = template([Station, Posting]).workbook(Known(whole=frozenset({"stations"})))
    sheet_of(book, "设置").append(["完整列表", "新警分配"])
    found = read(saved(book, tmp_path), [Station, Posting])
    assert found.facts.complete == {"stations", "postings"}


def test_long_or_odd_names_of_sheets() -> None:
    class Odd:
        zh, en, collection = "甲/乙", "x" * 32, "odd_ones"

    assert sheet_name(Odd, "zh") == "odd_ones"  # type: ignore[arg-type]  # it is asked no more
    assert sheet_name(Station, "en") == "police station"
