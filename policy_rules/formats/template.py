"""The clerk's workbook: a sheet for each list, to be filled in, which reads back as facts.

Above the headings, where no list begins yet for its reader, stand what each column asks for and an
example. What is still needed of facts that are known is coloured and says what for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import chain
from typing import TYPE_CHECKING, Final

from attrs import field, frozen

from ..facts import Exemption, Fact, FactError, Fault, FieldSpec, Kind
from ..facts.faults import FaultCode
from ..facts.specs import EARLIEST, LATEST
from ..render.wording import Language, pick
from .drawn_cells import (
    AS_TEXT,
    HEADING_FILL,
    INPUT_FILL,
    LINE_HEIGHT,
    NEEDED_FILL,
    cell_at,
    comment,
    fill,
    heighten,
    keep_out,
    let_in,
    lines,
    protect,
    put,
    text_width,
    unlocked,
)
from .filling_in import example_of, heading_of, note_of
from .validations import validation_of, validation_of_choice
from .workbook_parts import MOST_COLUMNS, MOST_ROWS, column_letters
from .written_cells import NONE_WORD, YES_NO, written_cell

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell.cell import Cell
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.worksheet import Worksheet

# Which rows of a sheet hold what, and where the columns of fields begin.
NOTES_ROW: Final = 1
EXAMPLE_ROW: Final = 2
HEADINGS_ROW: Final = 3
FIRST_ROW: Final = 4
FIRST_COLUMN: Final = 2
# What Excel takes as the name of a sheet.
_LONGEST_NAME: Final = 31
_NOT_IN_NAMES: Final = frozenset("[]:*?/\\'")
# How far down ids are offered that are still to be filled in.
_MOST_OFFERED: Final = 2000
_NARROWEST: Final = 14
_WIDEST: Final = 30
_COVER_WIDTHS: Final = (70, 16)
_A4: Final = 9
_TITLE_SIZE: Final = 14
_GREY: Final = "7F7F7F"
_GENERAL: Final = "General"
_DAY: Final = "yyyy-mm-dd"
_FORMATS: Final = {
    Kind.INTEGER: _GENERAL,
    Kind.DECIMAL: _GENERAL,
    Kind.BOOLEAN: _GENERAL,
    Kind.CHOICE: _GENERAL,
    Kind.DATE: _DAY,
    Kind.MOMENT: f"{_DAY} hh:mm:ss",
}
_AS_OF: Final = FieldSpec(
    name="as_of",
    kind=Kind.DATE,
    zh="基准日期",
    en="as of",
    minimum=EARLIEST,
    maximum=LATEST,
    meaning="The day as of which the data are.",
    meaning_zh="数据截至哪一天",
)


@frozen(kw_only=True)
class Known:
    """What is known already: facts to fill in, and what is still `needed` of them.

    `others` are facts that belong to someone else and are only referred to. `needed` has, by what
    it is (`stations/S1.officers`, `complete.stations`), what it is
    needed for, in words.
    """

    facts: Sequence[Fact] = ()
    others: Sequence[Fact] = ()
    exemptions: Sequence[Exemption] = ()
    as_of: date | None = None
    whole: frozenset[str] = frozenset()
    needed: Mapping[str, Sequence[str]] = field(factory=dict)


@frozen(kw_only=True)
class Template:
    """What a workbook asks for: the `title` on its cover, and the `columns` of each class.

    `classes` are all that there are, by the names of their collections.
    """

    title: str
    columns: Mapping[type[Fact], Sequence[FieldSpec]]
    classes: Mapping[str, type[Fact]]
    lang: Language

    def workbook(self, known: Known) -> Workbook:
        """The workbook, filled in with what is known.

        Raises FactError for values that no cell can hold.
        """
        from openpyxl import Workbook

        book = Workbook()
        cover = book.worksheets[0]
        cover.title = pick(self.lang, "设置", "document")
        faults: list[Fault] = []
        missing: dict[str, int] = {}
        for cls in self.columns:
            name = sheet_name(cls, self.lang)
            sheet = book.create_sheet(name)
            if marked := _List(self, known, cls).fill(sheet, faults):
                sheet.sheet_properties.tabColor = NEEDED_FILL
                missing[name] = marked
        if faults:
            raise FactError(faults)
        _fill_cover(cover, self, known, missing)
        return book


def sheet_name(cls: type[Fact], lang: Language) -> str:
    """What the sheet of a class is called, so that it is read as such."""
    names = (pick(lang, cls.zh, cls.en), cls.zh, cls.en)
    return next((name for name in names if _names_a_sheet(name)), cls.collection)


def _names_a_sheet(name: str) -> bool:
    return len(name) <= _LONGEST_NAME and _NOT_IN_NAMES.isdisjoint(name)


def _fill_cover(
    sheet: Worksheet, template: Template, known: Known, missing: Mapping[str, int]
) -> None:
    """Write how to fill in, the date, and which lists are whole; how much is `missing` in each.

    What is in the first column alone is no setting, and for the reader's eye.
    """
    from openpyxl.styles import Alignment, Font
    from openpyxl.worksheet.properties import PageSetupProperties

    lang = template.lang
    protect(sheet)
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_setup.fitToHeight = 0  # as many pages as there are
    sheet.page_setup.paperSize = _A4
    for letter, width in zip("AB", _COVER_WIDTHS, strict=True):
        sheet.column_dimensions[letter].width = width
    row = 0

    def line(text: str, *, bold: bool = False, size: int = 11) -> Cell:
        """The cell beside a new line."""
        nonlocal row
        row += 1
        cell = cell_at(sheet, row, 1)
        put(cell, text)
        cell.font = Font(bold=bold, size=size)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        height = LINE_HEIGHT * size / 11 * lines(text, _COVER_WIDTHS[0] * 11 / size) + 4
        sheet.row_dimensions[row].height = height
        return cell_at(sheet, row, 2)

    line(template.title, bold=True, size=_TITLE_SIZE)
    for zh, en in _guide(known, missing, NONE_WORD[lang]):
        line(pick(lang, zh, en))
    _as_of(sheet, line(pick(lang, _AS_OF.zh, _AS_OF.en), bold=True), known, lang)
    zh = "下列各表是否完整、没有遗漏？完整的填“是”："
    en = "Is each list whole, with nothing left out? If so, say yes:"
    line(pick(lang, zh, en), bold=True)
    title = pick(lang, "是否完整", "is it whole")
    note = pick(lang, "没有遗漏填“是”；不填按不完整处理。", "Yes where nothing is left out.")
    choice = validation_of_choice(YES_NO[lang], lang, title, note)
    for cls in template.columns:
        if cls is not Exemption:
            _whole_list(line(sheet_name(cls, lang)), cls, known, choice, lang)
    sheet.add_data_validation(choice)


def _guide(known: Known, missing: Mapping[str, int], none: str) -> Iterable[tuple[str, str]]:
    yield (
        "每张工作表填一类，一行一个；列名上方有填写说明和示例，示例不会被读入。",
        "Each sheet is a list, with one thing in a row. Above the headings stand what each column "
        "asks for and an example, which is not read.",
    )
    yield (
        f"不知道的留空；确知没有的，在说明允许的列填“{none}”。请勿改动列名和工作表名。",
        f"Leave empty what is not known; {none} says that there is none, where a column takes it. "
        "Leave the headings and the names of the sheets as they are.",
    )
    yield (
        "各表之间用编号引用，同一表内编号不得重复；粘贴时请只粘贴数值。",
        "Lists refer to each other by ids, each of which is given once in its list. Paste values "
        "only.",
    )
    if missing:
        in_zh = "、".join(f"{name} {number} 处" for name, number in missing.items())
        in_en = ", ".join(f"{number} in {name}" for name, number in missing.items())
        yield (
            f"黄色单元格是作出判定还缺的数据，批注写明用于哪一条：{in_zh}。",
            f"Yellow cells are still needed, and their comments say for which rule: {in_en}.",
        )
    if known.others:
        yield (
            "灰色的行属于其他单位，仅供引用，不需填写。",
            "Grey rows belong to others and are only referred to: fill in nothing there.",
        )


def _as_of(sheet: Worksheet, cell: Cell, known: Known, lang: Language) -> None:
    let_in(cell, _DAY, INPUT_FILL)
    cell.value = known.as_of
    name = pick(lang, _AS_OF.zh, _AS_OF.en)
    rule = validation_of(_AS_OF, {}, lang, name, note_of(_AS_OF, {}, lang))
    rule.add(cell.coordinate)
    sheet.add_data_validation(rule)


def _whole_list(
    cell: Cell, cls: type[Fact], known: Known, choice: DataValidation, lang: Language
) -> None:
    let_in(cell, _GENERAL, INPUT_FILL)
    if cls.collection in known.whole:
        put(cell, YES_NO[lang][0])
    choice.add(cell.coordinate)
    if uses := known.needed.get(f"complete.{cls.collection}"):
        _mark_needed(cell, uses, lang)


class _List:
    """The sheet of a class."""

    def __init__(self, template: Template, known: Known, cls: type[Fact]) -> None:
        self.lang, self.classes, self.known, self.cls = (
            template.lang, template.classes, known, cls,
        )  # fmt: skip
        self.specs = [*template.columns[cls]]
        self.headings = [heading_of(cls, spec, self.lang) for spec in self.specs]
        self.notes = [note_of(spec, self.classes, self.lang) for spec in self.specs]
        self.wanting: dict[str, list[str]] = {}
        for need in known.needed:
            named = need.removesuffix(f".{_year_of(need)}")
            self.wanting.setdefault(named, []).append(need)
        letters = column_letters(FIRST_COLUMN)
        # Ids are the first fields of all classes.
        self.ids = {
            of.collection: f"'{sheet_name(of, self.lang)}'!"
            f"${letters}${FIRST_ROW}:${letters}${_MOST_OFFERED}"
            for of in template.columns
        }

    def fill(self, sheet: Worksheet, faults: list[Fault]) -> int:
        """Write its headings with all that stands above them, and the facts that are known.

        Give how many cells of it are still needed.
        """
        words = {
            NOTES_ROW: ("填写说明", "what to fill in"),
            EXAMPLE_ROW: ("示例（不读入）", "example (not read)"),
            HEADINGS_ROW: ("序号", "No."),
        }
        for row, (zh, en) in words.items():
            put(cell_at(sheet, row, 1), pick(self.lang, zh, en))
        sheet.column_dimensions["A"].width = _NARROWEST
        for at, spec in enumerate(self.specs):
            self._column(sheet, at, spec)
        marked = self._facts(sheet, faults)
        self._above(sheet)
        sheet.freeze_panes = cell_at(sheet, FIRST_ROW, FIRST_COLUMN + 1)
        protect(sheet)
        sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", _A4
        sheet.print_title_rows = f"{NOTES_ROW}:{HEADINGS_ROW}"
        sheet.print_title_cols = f"A:{column_letters(FIRST_COLUMN)}"
        # Rows can only be removed where no cell of theirs is protected.
        after = FIRST_COLUMN + len(self.specs)
        rest = sheet.column_dimensions[column_letters(after)]
        rest.min, rest.max = after, MOST_COLUMNS
        for dimension in (sheet.column_dimensions["A"], rest):
            dimension.protection = unlocked()
        return marked

    def _column(self, sheet: Worksheet, at: int, spec: FieldSpec) -> None:
        column = FIRST_COLUMN + at
        letters, heading, note = column_letters(column), self.headings[at], self.notes[at]
        number_format = _FORMATS.get(spec.kind, AS_TEXT)
        dimension = sheet.column_dimensions[letters]
        wanted = max(text_width(heading) + 3, text_width(note) / 6)
        dimension.width = min(max(_NARROWEST, wanted), _WIDEST)
        dimension.number_format = number_format
        dimension.protection = unlocked()
        put(cell_at(sheet, NOTES_ROW, column), note)
        example = cell_at(sheet, EXAMPLE_ROW, column)
        example.number_format = number_format
        put(example, example_of(self.cls, spec, self.classes, self.lang))
        put(cell_at(sheet, HEADINGS_ROW, column), heading)
        rule = validation_of(spec, self.ids, self.lang, heading, note)
        rule.add(f"{letters}{FIRST_ROW}:{letters}{MOST_ROWS}")
        sheet.add_data_validation(rule)

    def _above(self, sheet: Worksheet) -> None:
        """Give the rows above the facts their looks, and a height at which all can be read."""
        from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

        line = Side(style="thin", color=_GREY)
        for row in (NOTES_ROW, EXAMPLE_ROW, HEADINGS_ROW):
            texts = []
            for column in range(1, FIRST_COLUMN + len(self.specs)):
                cell = cell_at(sheet, row, column)
                width = sheet.column_dimensions[column_letters(column)].width
                texts.append((str(cell.value or ""), width))
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                cell.font = Font(color=_GREY, size=10, italic=row == EXAMPLE_ROW)
                if row == HEADINGS_ROW:
                    cell.font = Font(bold=True)
                    cell.fill = PatternFill("solid", fgColor=HEADING_FILL)
                    cell.border = Border(bottom=line, top=line)
            heighten(sheet, row, texts)

    def _facts(self, sheet: Worksheet, faults: list[Fault]) -> int:
        known = self.known
        marked = 0
        others = {fact.key for fact in known.others}
        given: Iterable[Fact] = chain(known.facts, known.others, known.exemptions)
        mine = [fact for fact in given if type(fact) is self.cls]
        for number, fact in enumerate(mine):
            serial = cell_at(sheet, FIRST_ROW + number, 1)
            let_in(serial, _GENERAL)
            serial.value = number + 1
            for at, spec in enumerate(self.specs):
                cell = cell_at(sheet, FIRST_ROW + number, FIRST_COLUMN + at)
                let_in(cell, _FORMATS.get(spec.kind, AS_TEXT))
                self._value(cell, fact, spec, faults)
                if fact.key in others:
                    keep_out(cell)
                elif needs := self.wanting.get(f"{fact.key}.{spec.name}"):
                    self._wanted(cell, needs)
                    marked += 1
                dimension = sheet.column_dimensions[column_letters(FIRST_COLUMN + at)]
                wanted = text_width(str(cell.value or "")) + 2
                dimension.width = max(dimension.width, min(wanted, _WIDEST))
        return marked

    def _value(self, cell: Cell, fact: Fact, spec: FieldSpec, faults: list[Fault]) -> None:
        value = getattr(fact, spec.name)
        if value is not None:
            written = written_cell(spec, value, self.lang)
            if written is None:
                faults.append(_not_written(fact, spec))
            put(cell, written)

    def _wanted(self, cell: Cell, needs: Sequence[str]) -> None:
        uses = dict.fromkeys(use for need in needs for use in self.known.needed[need])
        years = [year for need in needs if (year := _year_of(need))]
        _mark_needed(cell, [*uses], self.lang, years)


def _year_of(need: str) -> str:
    """The year of which a number is needed: no field is called like it."""
    last = need.rpartition(".")[2]
    return last if last.isdecimal() else ""


def _not_written(fact: Fact, spec: FieldSpec) -> Fault:
    return Fault(
        place=fact.key,
        field=spec.name,
        code=FaultCode.UNREADABLE_VALUE,
        zh="此值写入单元格后读不回来（如控制字符、过长的文字）；请改正",
        en="expected a value that a cell can hold, found one that would not be read back as it is, "
        "such as a control character or a text that is too long; correct it",
    )


def _mark_needed(
    cell: Cell, uses: Sequence[str], lang: Language, years: Sequence[str] = ()
) -> None:
    between = pick(lang, "、", ", ")
    named, all_uses = between.join(years), between.join(uses)
    of_zh, of_en = (f"{named} 年，", f"of {named}, ") if years else ("", "")
    fill(cell, NEEDED_FILL)
    comment(cell, pick(lang, f"需要填写：{of_zh}用于 {all_uses}", f"needed: {of_en}for {all_uses}"))
