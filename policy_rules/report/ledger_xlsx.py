"""The ledger as an Excel workbook: written for the first time, and brought up to date.

To bring one up to date, the workbook itself is changed: what people added (rows in another order,
columns, sheets, widths) stays. A ledger that has lost what its rows are known by is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Any, Final
from zipfile import ZipFile

from attrs import field, frozen

from ..arguments import public
from ..facts import FactError, Fault
from ..facts.faults import FaultCode, found
from ..formats.date_forms import DAYS
from ..formats.drawn_cells import FORMULAS, Looks, heighten
from ..language import Cite
from ..render.wording import Language, pick
from .ledger import Entry, Kept, Key, Seen, State, entries
from .model import Inspection
from .sheets import printable, workbooks

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

_SHEET: Final = ("整改台账", "ledger")
_LOG: Final = ("变更记录", "history")
_ABOUT: Final = ("说明", "about")
_FORMAT: Final = 1
_LAST_ROW: Final = 5000
# In how many rows headings are looked for that are not in the first.
_LOOKED_AT: Final = 10


@frozen
class _Column:
    """A column: its headings, how wide it is, and how it is filled in; people's are not."""

    zh: str
    en: str
    wide: int
    seen: str = ""
    is_date: bool = False
    headings: tuple[str, str] = field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "headings", (self.zh, self.en))


_NUMBER = _Column("序号", "no.", 6)
_SUBJECT = _Column("对象", "subject", 22, "subject")
_CLAUSE = _Column("条款", "sentence", 16, "clause")
_PROMISED = _Column("整改时限", "to be done by", 12, is_date=True)
_STATE = _Column("状态", "state", 12)
_FOUND = _Column("发现日期", "found on", 12, is_date=True)
_CLOSED = _Column("销号日期", "closed on", 12, is_date=True)
_KEY = _Column("问题编号", "problem", 26)
_COLUMNS: Final = (
    _NUMBER,
    _Column("县（区）", "county", 20, "county"),
    _Column("责任单位", "responsible", 18, "responsible"),
    _SUBJECT,
    _CLAUSE,
    _Column("文件要求", "the words", 34, "asks"),
    _Column("标准", "required", 22, "required"),
    _Column("现状", "actual", 10, "actual"),
    _Column("差额", "gap", 10, "gap"),
    _Column("问题等级", "grade", 14, "level"),
    _Column("期限", "due", 12, "due", is_date=True),
    _Column("逾期天数", "days overdue", 9, "overdue"),
    _STATE,
    _FOUND,
    _Column("整改措施", "measures", 34),
    _PROMISED,
    _Column("责任人", "person", 12),
    _CLOSED,
    _KEY,
)
# Of which columns a change is noted, besides the state.
_NOTED: Final = ("subject", "required", "actual", "level")
_PEOPLE: Final = ("整改措施", _PROMISED.zh, "责任人")
# What workbooks hold besides cells and openpyxl does not keep, by how the part's name begins.
_NOT_KEPT: Final = {
    "xl/media/": ("图片", "pictures"),
    "xl/cellimages": ("单元格内的图片", "pictures in cells"),
    "xl/vbaProject": ("宏", "macros"),
    "xl/threadedComments/": ("会话式批注", "threaded comments"),
}
_INK: Final = {
    State.NEW: "FBE4E2",
    State.REOPENED: "FBE4E2",
    State.OVERDUE: "FBE4E2",
    State.OPEN: "FDF0D7",
    State.CLOSED: "E3F4EA",
    State.UNSETTLED: "ECEEF1",
    State.NOT_ASKED: "ECEEF1",
    State.GONE: "ECEEF1",
}


@public
def new_ledger(inspection: Inspection, lang: Language) -> bytes:
    """A ledger of all problems that are open. Raises FactError without the extra `excel`."""
    openpyxl = workbooks()
    book = openpyxl.Workbook()
    sheet: Worksheet = book.active
    sheet.title = pick(lang, *_SHEET)
    log = book.create_sheet(pick(lang, *_LOG))
    log.append([pick(lang, *each) for each in _LOG_HEADINGS])
    for letter, wide in zip("ABCD", (12, 26, 40, 40), strict=True):
        log.column_dimensions[letter].width = wide
    log.freeze_panes = "A2"
    book.create_sheet(pick(lang, *_ABOUT))
    _lay_out(sheet, lang)
    _fill(book, inspection, {}, lang)
    return _saved(book)


@public
def updated_ledger(content: bytes, name: str, inspection: Inspection, lang: Language) -> bytes:
    """A ledger brought up to date after another inspection; `name` is that of its file.

    Raises FactError, with all that is wrong, for a ledger that cannot be followed.
    """
    openpyxl = workbooks()
    faults: list[Fault] = []
    try:
        book = openpyxl.load_workbook(BytesIO(content))
    except Exception as error:  # whatever openpyxl meets in a damaged file
        zh, en = "不是 Excel 工作簿，或已损坏", "it is no Excel workbook, or a damaged one"
        raise FactError([_fault(name, zh, en)]) from error
    for zh, en in _not_kept(content):
        zh, en = (
            f"工作簿中有{zh}，更新时无法保留；请将其移到另一个文件",
            f"it holds {en}, which an update cannot keep; move them to another file",
        )
        faults.append(_fault(name, zh, en))
    sheets = [sheet for sheet in book.worksheets if sheet.title in _SHEET]
    if not sheets:
        zh = f"没有工作表“{_SHEET[0]}”；请恢复其名称"
        en = f"there is no sheet `{_SHEET[0]}` or `{_SHEET[1]}`; restore its name"
        raise FactError([_fault(name, zh, en)])
    sheet = sheets[0]
    spoken: Language = "zh" if sheet.title == _SHEET[0] else "en"
    places = _places(sheet, name, faults)
    before = {}
    last = _last_inspection(book)
    if len(places) == len(_COLUMNS):
        _take_apart(sheet, places)
        _show_filtered(sheet)
        before = _before(sheet, places, _history(book), (last, inspection.as_of), name, faults)
    if last is not None and inspection.as_of < last:
        faults.append(
            _fault(
                name,
                f"台账已更新至 {last}，本次核查的基准日期 {inspection.as_of} 更早；请用更晚的日期",
                f"it is up to date as of {last}, and this inspection is of {inspection.as_of}, "
                "which is earlier; give a later date",
            )
        )
    if faults:
        raise FactError(faults)
    _fill(book, inspection, before, spoken)
    return _saved(book)


def _fault(place: str, zh: str, en: str) -> Fault:
    return Fault(place=place, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en)


# Reading


def _not_kept(content: bytes) -> Iterator[tuple[str, str]]:
    with ZipFile(BytesIO(content)) as parts:
        names = parts.namelist()
    for start, words in _NOT_KEPT.items():
        if any(each.startswith(start) for each in names):
            yield words


def _places(sheet: Worksheet, name: str, faults: list[Fault]) -> dict[str, int]:
    """In which column each heading stands, by its Chinese name."""
    there = _headings(sheet, 1)
    for row in range(2, min(sheet.max_row, _LOOKED_AT) + 1):
        if not any(there.values()) and all(_headings(sheet, row).values()):
            zh = f"列名在第{row}行，应在第1行；请删去上面的行"
            en = f"the headings are in row {row}, expected in row 1; delete the rows above"
            faults.append(_fault(f"{name} {sheet.title}", zh, en))
            return {}
    spoken: Language = "zh" if sheet.title == _SHEET[0] else "en"
    for column in _COLUMNS:
        heading = pick(spoken, *column.headings)
        if not there[column.zh]:
            zh, en = (
                f"第1行没有列名“{heading}”；请恢复",
                f"row 1 has no heading `{heading}`; restore it",
            )
        elif len(there[column.zh]) > 1:
            zh, en = (
                f"第1行有{len(there[column.zh])}列名为“{heading}”；请将自己增加的列改名",
                f"row 1 has the heading `{heading}` {len(there[column.zh])} times; rename the "
                "column that was added",
            )
        else:
            continue
        faults.append(_fault(f"{name} {sheet.title}", zh, en))
    return {zh: columns[0] for zh, columns in there.items() if len(columns) == 1}


def _headings(sheet: Worksheet, row: int) -> dict[str, list[int]]:
    """In which columns of a row each heading stands, however it is spaced or broken into lines."""
    texts = [
        ("".join(str(cell.value or "").split()), at) for at, cell in enumerate(sheet[row], start=1)
    ]
    return {
        each.zh: [at for text, at in texts if text in {"".join(h.split()) for h in each.headings}]
        for each in _COLUMNS
    }


def _take_apart(sheet: Worksheet, places: Mapping[str, int]) -> None:
    """Make rows of merged cells again: what people wrote for several holds of each of them."""
    people = {places[zh] for zh in _PEOPLE}
    for area in list(sheet.merged_cells.ranges):
        columns = range(area.min_col, area.max_col + 1)
        if area.max_row == 1 or not set(places.values()).intersection(columns):
            continue
        value = sheet.cell(area.min_row, area.min_col).value
        sheet.unmerge_cells(str(area))
        if area.min_col in people:
            for row in range(area.min_row, area.max_row + 1):
                sheet.cell(row, area.min_col).value = value


def _show_filtered(sheet: Worksheet) -> None:
    """Show what a filter hides: it was made for what the rows said before."""
    if sheet.auto_filter.filterColumn:
        sheet.auto_filter.filterColumn = []
        for row in range(2, sheet.max_row + 1):
            sheet.row_dimensions[row].hidden = False


@frozen(kw_only=True)
class _Logged:
    """What the history says of a problem: what it is, how it stands, and since when."""

    what: str
    state: State
    found_on: date
    opened_on: date
    closed_on: date | None


def _history(book: Any) -> dict[Key, _Logged]:
    """How each problem stood at the last inspection, whatever became of its row since."""
    log = next((each for each in book.worksheets if each.title in _LOG), None)
    changes = [] if log is None else log.iter_rows(min_row=2, max_col=4, values_only=True)
    noted = [
        (day, key, str(what or ""), state)
        for day, key, what, state in (
            (_day(on), _key(of), what, _turned_to(change)) for on, of, what, change in changes
        )
        if isinstance(day, date) and key is not None and state is not None
    ]
    history: dict[Key, _Logged] = {}
    for day, key, what, state in sorted(noted, key=lambda each: each[0]):
        was = history.get(key)
        history[key] = _Logged(
            what=what or (was.what if was else ""),
            state=state,
            found_on=was.found_on if was else day,
            opened_on=was.opened_on if was and state is not State.REOPENED else day,
            closed_on=day if state is State.CLOSED else None,
        )
    return history


def _turned_to(change: object) -> State | None:
    """The state that a note in the history speaks of, if it speaks of one."""
    text = str(change or "")
    was, _, now = text.rpartition(_TO)
    return _state(now if was.startswith(_STATE.headings) else text)


def _before(
    sheet: Worksheet,
    places: Mapping[str, int],
    history: Mapping[Key, _Logged],
    between: tuple[date | None, date],
    name: str,
    faults: list[Fault],
) -> dict[Key, tuple[int, Kept, _Logged | None]]:
    """The rows that there are, by what they are known by, in their order, then (as row 0) those
    that were taken out; `between` are the days of the last inspection and of this one.
    """
    before: dict[Key, tuple[int, Kept, _Logged | None]] = {}
    for number in range(2, sheet.max_row + 1):
        values = {zh: sheet.cell(number, place).value for zh, place in places.items()}
        if all(_is_blank(values[column.zh]) for column in (_KEY, _STATE, _FOUND)):
            continue  # a row that people added, which is theirs
        row = f"{name} {sheet.title} row {number}"
        key = _key(values[_KEY.zh])
        logged = None if key is None else history.get(key)
        state = _state(values[_STATE.zh]) if logged is None else logged.state
        found_on, closed_on, promised = (
            _day(values[column.zh]) for column in (_FOUND, _CLOSED, _PROMISED)
        )
        wrong = [
            _in_row(row, column, values[column.zh], expected)
            for column, is_wrong, expected in (
                (_KEY, key is None, _KEYED),
                (_KEY, key in before, ("不与其他行重复", "other than in all other rows")),
                (_STATE, state is None, _states()),
                (_FOUND, not isinstance(found_on, date), ("日期", "a date")),
                (_CLOSED, isinstance(closed_on, str), ("日期或空白", "a date, or nothing")),
            )
            if is_wrong
        ]
        faults += wrong
        if not wrong and key is not None and state is not None and isinstance(found_on, date):
            before[key] = (
                number,
                Kept(
                    state=state,
                    found_on=found_on,
                    closed_on=_closing(closed_on, state, logged, between),
                    promised=_promise(promised, logged),
                ),
                logged,
            )
    for key, logged in history.items():
        if key in before:
            continue
        kept = Kept(
            state=logged.state,
            found_on=logged.found_on,
            closed_on=logged.closed_on,
            promised=None,
        )
        before[key] = (0, kept, logged)
    return before


def _closing(
    written: date | str | None,
    state: State,
    logged: _Logged | None,
    between: tuple[date | None, date],
) -> date | None:
    """When a problem was closed; of one that is open, when people wrote that it was, since the last
    inspection: where this one finds it put right, that is the day.
    """
    last, as_of = between
    if not isinstance(written, date):
        return logged.closed_on if logged else None
    believed = state is State.CLOSED or (last is not None and last < written <= as_of)
    return written if believed else None


def _promise(written: date | str | None, logged: _Logged | None) -> date | None:
    """By when people want to be done, if they wrote it of the problem as it is there now."""
    if not isinstance(written, date) or (logged and written < logged.opened_on):
        return None
    return written


# The days of 2000 to 2099 as numbers, which they become where a cell's format is cleared.
_SERIALS: Final = range(36526, 73051)


def _is_blank(value: object) -> bool:
    return value is None or not str(value).strip()


def _in_row(row: str, column: _Column, value: object, expected: tuple[str, str]) -> Fault:
    return Fault(
        place=row,
        field=column.zh,
        code=FaultCode.WRONG_SHAPE,
        found=found("" if value is None else str(value)),
        zh=f"应为{expected[0]}，实为{{found}}；请改正",
        en=f"expected {expected[1]}, found {{found}}; correct it",
    )


_KEYED: Final = (
    "对象和条款，如 列表/编号 4.2/5（自己增加的行，状态和发现日期须留空）",
    "a key and a citation (in a row that you added: nothing here, and no state or day found)",
)


def _states() -> tuple[str, str]:
    return "、".join(each.zh for each in State), ", ".join(each.en for each in State)


def _key(value: object) -> Key | None:
    subject, _, cite = str(value or "").strip().rpartition(" ")
    if not (subject.partition("/")[0].islower() and "/" in subject):
        return None
    try:
        return subject, str(Cite.parse(cite))
    except ValueError:
        return None


def _state(value: object) -> State | None:
    said = str(value or "").strip()
    return next((each for each in State if said in (each.zh, each.en)), None)


def _day(value: object) -> date | str | None:
    """A day that a cell has; what is none, as a text."""
    if _is_blank(value):
        return None
    if isinstance(value, int) and value in _SERIALS:
        from openpyxl.utils.datetime import from_excel

        value = from_excel(value)
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    moments = (form.moment(str(value).strip()) for form in DAYS)
    return next((each.date() for each in moments if each is not None), str(value))


def _last_inspection(book: Any) -> date | None:
    for sheet in book.worksheets:
        if sheet.title in _ABOUT:
            for label, value, *_ in sheet.iter_rows(values_only=True, min_col=1, max_col=2):
                if label in _AS_OF:
                    day = _day(value)
                    return day if isinstance(day, date) else None
    return None


# Writing

_AS_OF: Final = ("基准日期", "as of")
_TO: Final = " → "
_TEXT: Final = "text"
_LOG_HEADINGS: Final = (
    ("日期", "date"), ("问题编号", "problem"), ("对象和条款", "subject and sentence"),
    ("变更", "change"),
)  # fmt: skip


def _fill(
    book: Any,
    inspection: Inspection,
    before: Mapping[Key, tuple[int, Kept, _Logged | None]],
    lang: Language,
) -> None:
    """Fill in what the inspection says, append what is new, and note what has changed."""
    from openpyxl.utils import get_column_letter

    sheet = next(each for each in book.worksheets if each.title in _SHEET)
    places = _places(sheet, "", [])
    kept = {key: each for key, (_, each, _) in before.items()}
    # New rows come after all that anybody has written, in whatever column.
    last = max(cell.row for cell in sheet._cells.values() if not _is_blank(cell.value))
    log = next((each for each in book.worksheets if each.title in _LOG), None)
    if log is None:
        log = book.create_sheet(pick(lang, *_LOG))
        log.append([pick(lang, *each) for each in _LOG_HEADINGS])
    looks = _looks()
    at = log.max_row  # to ask for it, openpyxl goes through all cells
    for entry in entries(inspection, kept, lang):
        row, _, logged = before.get(entry.key, (0, None, None))
        if not row:
            last = row = last + 1
            if logged is not None and entry.seen is None:
                _set(sheet.cell(row, places[_SUBJECT.zh]), logged.what)
        changed = list(_changes(sheet, row, places, entry, kept.get(entry.key), lang))
        _write_row(sheet, row, places, entry, looks, lang)
        words = (sheet.cell(row, places[column.zh]).value for column in (_SUBJECT, _CLAUSE))
        what = " ".join(str(each) for each in words if each)
        for change in changed:
            at += 1
            for place, value in enumerate(
                (inspection.as_of, " ".join(entry.key), what, change), start=1
            ):
                _set(log.cell(at, place), value)
    for number, row in enumerate(sorted(_rows(sheet, places)), start=1):
        sheet.cell(row, places[_NUMBER.zh]).value = number
    wide = max(cell.column for cell in sheet[1] if not _is_blank(cell.value))
    sheet.auto_filter.ref = f"A1:{get_column_letter(wide)}{max(last, 2)}"
    _tell(book, inspection, lang)


def _rows(sheet: Worksheet, places: Mapping[str, int]) -> Iterator[int]:
    for row in range(2, sheet.max_row + 1):
        if sheet.cell(row, places[_KEY.zh]).value:
            yield row


def _changes(
    sheet: Worksheet,
    row: int,
    places: Mapping[str, int],
    entry: Entry,
    kept: Kept | None,
    lang: Language,
) -> Iterator[str]:
    """What is different from the row before, in words."""
    if kept is None:
        yield pick(lang, entry.state.zh, entry.state.en)
        return
    cells = {zh: sheet.cell(row, place).value for zh, place in places.items()}
    if not cells[_KEY.zh]:
        yield pick(lang, "此行曾被删去，现予恢复", "this row had been taken out, and is back")
    else:
        yield from _by_hand(cells, entry, kept, lang)
    pairs = []
    if entry.state is not kept.state:
        one, other = (pick(lang, each.zh, each.en) for each in (kept.state, entry.state))
        pairs.append((_STATE, one, other))
    if kept.state is State.CLOSED and kept.closed_on is not None and entry.closed_on is None:
        pairs.append((_CLOSED, str(kept.closed_on), ""))
    if entry.seen is not None and cells[_KEY.zh]:
        for column in _COLUMNS:
            if column.seen in _NOTED:
                was = str(cells[column.zh] or "")
                pairs.append((column, was, str(_said(entry.seen, column) or "")))
    for column, was, now in pairs:
        if was != now:
            heading = pick(lang, f"{column.zh}：", f"{column.en}: ")
            yield f"{heading}{was or '—'}{_TO}{now or '—'}"


def _by_hand(
    cells: Mapping[str, object], entry: Entry, kept: Kept, lang: Language
) -> Iterator[str]:
    """What people wrote in columns that inspections fill in, where this one says otherwise."""
    state, day = cells[_STATE.zh], _day(cells[_CLOSED.zh])
    ours = (kept.state, entry.state)
    was_closed = kept.closed_on if kept.state is State.CLOSED else None
    written = [
        (_STATE, state, _is_blank(state) or _state(state) in ours),
        (_CLOSED, day, day is None or day in (was_closed, entry.closed_on)),
    ]
    for column, value, is_ours in written:
        if not is_ours:
            yield pick(
                lang,
                f"手工填写的{column.zh}“{value}”未采用：由核查决定",
                f"`{value}`, written by hand as {column.en}, is not taken: inspections decide it",
            )


def _said(seen: Seen, column: _Column) -> object:
    return getattr(seen, column.seen)


def _looks() -> Looks:
    """How cells of the rows look: texts, the number of a row, and each state."""
    from openpyxl.styles import Alignment, PatternFill

    looks: dict[str, dict[str, object]] = {
        str(state): {"fill": PatternFill("solid", fgColor=ink)} for state, ink in _INK.items()
    }
    looks[_TEXT] = {"alignment": Alignment(vertical="top", wrap_text=True)}
    looks[_NUMBER.en] = {"alignment": Alignment(horizontal="center", vertical="top")}
    return Looks(looks)


def _write_row(
    sheet: Worksheet,
    row: int,
    places: Mapping[str, int],
    entry: Entry,
    looks: Looks,
    lang: Language,
) -> None:
    values: dict[str, object] = {
        _STATE.zh: pick(lang, entry.state.zh, entry.state.en),
        _FOUND.zh: entry.found_on,
        _CLOSED.zh: entry.closed_on,
        _KEY.zh: " ".join(entry.key),
    }
    if entry.seen is not None:
        values |= {each.zh: _said(entry.seen, each) for each in _COLUMNS if each.seen}
    for heading, value in values.items():
        _set(sheet.cell(row, places[heading]), value)
    for heading in (*values, *_PEOPLE):
        looks.give(sheet.cell(row, places[heading]), _TEXT)
    looks.give(sheet.cell(row, places[_NUMBER.zh]), _NUMBER.en)
    looks.give(sheet.cell(row, places[_STATE.zh]), str(entry.state))
    _show_whole(sheet, row, places.values())


def _show_whole(sheet: Worksheet, row: int, columns: Iterable[int]) -> None:
    """Make a row high enough for its texts, where nobody has made it higher."""
    from openpyxl.utils import get_column_letter

    was = sheet.row_dimensions[row].height or 0
    widths = [(at, sheet.column_dimensions[get_column_letter(at)].width) for at in columns]
    heighten(sheet, row, ((str(sheet.cell(row, at).value or ""), wide) for at, wide in widths))
    sheet.row_dimensions[row].height = max(sheet.row_dimensions[row].height, was)


def _set(cell: Any, value: object) -> None:
    """A value of a cell; a text is a text, whatever it begins with, without what no cell holds."""
    cell.value = printable(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        if value.startswith(FORMULAS):
            cell.quotePrefix = True
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"


def _lay_out(sheet: Worksheet, lang: Language) -> None:
    """Headings, widths, and what may be entered."""
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation
    from openpyxl.worksheet.properties import PageSetupProperties

    for place, column in enumerate(_COLUMNS, start=1):
        cell = sheet.cell(1, place)
        cell.value = pick(lang, *column.headings)
        cell.font = Font(bold=True, color="FFFFFF")
        people = column.zh in _PEOPLE
        cell.fill = PatternFill("solid", fgColor="A86500" if people else "1F4E8C")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(place)].width = column.wide
        if column.is_date and people:
            days = DataValidation(
                type="date", operator="greaterThan", formula1="DATE(2000,1,1)", allow_blank=True
            )
            days.error = pick(lang, "请填日期，如 2022-06-30", "a date, such as 2022-06-30")
            days.showErrorMessage = True
            sheet.add_data_validation(days)
            letter = get_column_letter(place)
            days.add(f"{letter}2:{letter}{_LAST_ROW}")
    sheet.row_dimensions[1].height = 30
    sheet.freeze_panes = "E2"
    sheet.sheet_view.zoomScale = 90
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 8
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.print_title_rows = "1:1"


def _tell(book: Any, inspection: Inspection, lang: Language) -> None:
    """What the ledger is of, and how it is kept."""
    about = next((each for each in book.worksheets if each.title in _ABOUT), None)
    about = about or book.create_sheet(pick(lang, *_ABOUT))
    directive = inspection.policy.rules.directive
    title = pick(lang, directive.zh, directive.en)
    lines: list[tuple[str, object]] = [
        (pick(lang, "文件", "directive"), f"{directive.number} {title}"),
        (pick(lang, *_AS_OF), inspection.as_of),
        (pick(lang, "格式", "format"), _FORMAT),
        (pick(lang, "填写", "to fill in"), pick(
            lang,
            "整改措施、整改时限、责任人由责任单位填写，更新时保留；其余各列由核查填写。"
            "可以增加列、调整行序；请勿改动“问题编号”和列名。",
            "measures, to be done by, person: theirs who are responsible, and kept. All other "
            "columns are filled in by inspections. Columns can be added and rows moved; leave "
            "`problem` and the headings as they are.",
        )),
    ]  # fmt: skip
    for number, (label, value) in enumerate(lines, start=1):
        _set(about.cell(number, 1), label)
        _set(about.cell(number, 2), value)
    about.column_dimensions["A"].width, about.column_dimensions["B"].width = 12, 100


def _saved(book: Any) -> bytes:
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()
