"""Rows of a list that are no facts: totals, notes, repeated headings, titles of groups."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final, NamedTuple

from ..facts import Kind
from .forms import TOTAL
from .headings import Beside, Headings, folded

_FIRST_CELLS: Final = 3
_TOTAL: Final = f"{TOTAL}|(?:grand|sub)?-?totals?|average"
_TOTAL_CELL: Final = re.compile(rf"\W*(?:{_TOTAL}|计|sum|[∑σ])\W*")
# With a number behind or the name of what it sums before; 合计派出所 is a name.
_TOTAL_WITH: Final = re.compile(
    rf"(?:{_TOTAL})[:(].*|(?:{_TOTAL})[0-9.]+.?|共[0-9]+.{{1,4}}|.+(?:合计|总计|小计|共计)\W*"
    r"|全[国省市县区局]\W*"
)
_NOTE: Final = (
    "附?注[0-9一二三四五六七八九十]?|备注|附注|说明|填表说明|填报说明|注意|注意事项|提示|其中|(?:资料|数据)来源"
    "|(?:填表|填报|制表|统计|报送|上报|编制)(?:人|人员|单位|部门|日期|时间|机关)?|(?:填表|制表)人?签[字名]"
    "|(?:审核|复核|审批|核准|校对|经办|批准|主管|联系|负责)(?:人|人员|日期|单位|电话|领导)?"
    "|(?:审核|复核|审批)意见|(?:单位|部门|主管|分管)?(?:负责人|领导)(?:签[字名])?|签[字名]|盖章"
    "|(?:单位)?公章|联系(?:电话|方式)|电话|日期|例|示例|样例|填写示例|notes?|remarks?|preparedby"
    "|checkedby|reviewedby|approvedby|source|e\\.g\\.|example"
)
_NOTE_BEFORE: Final = re.compile(rf"[*※(]*(?:{_NOTE})[)]?:.*")
_NOTE_CELL: Final = re.compile(
    "注|附注|备注|说明|其中|填表说明|填表人|填报人|制表人?|审核人?|复核人?|负责人|单位负责人|联系人"
    "|示例|样例|例|[(]?(?:盖章|空白|以下空白|以下无正文)[)]?|第[0-9]+页.*"
)
# Of the id alone, as a set that is empty is written 无, and dots stand for what goes on.
_NO_ID: Final = re.compile(r"无|暂无|没有|空|无此情况|nil|none|n/a|\W+")
# What no id holds, so that a row of nothing else is text for the reader.
_IS_PROSE: Final = re.compile(
    "[,.，。、；;：:！!？?“”《》…].*[一-鿿]|[一-鿿].*[,，。、；;：:！!？?“”《》…]"
)
_IS_TITLE: Final = re.compile(".*(?:表|名单|花名册|清单|台账|名册|目录|附件[0-9]*)(?:[(].*[)])?")
_IS_DAY: Final = re.compile(
    "(?:[0-9]{4}|[〇一二三四五六七八九零○]{4})年[0-9一二三四五六七八九十]{1,3}月(?:.{1,3}日)?"
)
_CHINESE: Final = re.compile("[一-鿿]")
_COUNTED: Final = re.compile("[(<]?([0-9]+)[)>]?")
_STEMS: Final = tuple(zip("甲乙丙丁戊己", "abcdef", strict=True))


class Aside(NamedTuple):
    """A row that is no fact: what it is, in both languages, and the cell that says so."""

    zh: str
    en: str
    at: int
    text: str


def aside_of(cells: Sequence[object], headings: Headings, ids_are_chinese: bool) -> Aside | None:
    """Say that a row is no fact, if it is none, by whole cells and by what stands before a colon.

    `ids_are_chinese` says that ids of rows that hold more are in Chinese, so that a row of a
    single Chinese cell can be a fact too.
    """
    first: list[tuple[int, str]] = []
    for at, cell in enumerate(cells):
        if cell is None or isinstance(cell, Beside) or not (text := str(cell).strip()):
            continue
        if not first and at in headings.serial and text.isdigit():
            continue
        first.append((at, text))
        if len(first) == _FIRST_CELLS:
            break
    if not first:
        return None
    at, text = first[0]
    plain = folded(text)
    for of, each in first:
        if _TOTAL_CELL.fullmatch(plain if of == at else folded(each)):
            return _total(of, each)
    id_at = headings.id_at
    id_ = cells[id_at] if id_at < len(cells) else None
    id_text = "" if id_ is None or isinstance(id_, Beside) else folded(str(id_))
    # The name of a person can end like that, where the id is in another column.
    if _TOTAL_WITH.fullmatch(plain) and (at == id_at or not id_text):
        return _total(at, text)
    if _NOTE_BEFORE.fullmatch(plain) or _NOTE_CELL.fullmatch(plain):
        return Aside("说明", "a note", at, text)
    if id_text and id_text == folded(headings.texts[id_at]):
        return Aside("重复的列名", "the headings again", id_at, str(id_).strip())
    if _NO_ID.fullmatch(id_text):
        return Aside("说明", "a note", id_at, str(id_).strip())
    if len(first) == 1 and at == id_at and len(headings.words) > 1:
        if _IS_PROSE.search(text) or _IS_TITLE.fullmatch(plain) or _IS_DAY.fullmatch(plain):
            return Aside("说明", "a note", at, text)
        if _CHINESE.search(text) and not ids_are_chinese:
            return Aside("分组标题", "the title of a group", at, text)
    return None


def numbers_of_columns(cells: Sequence[object], headings: Headings) -> Aside | None:
    """Say that the row below the headings only numbers the columns: 甲 乙 1 2 3."""
    texts = [
        "" if cell is None or isinstance(cell, Beside) else folded(str(cell)) for cell in cells
    ]
    if len(texts) < _FIRST_CELLS:
        return None
    stems = 0
    while stems < min(len(texts), len(_STEMS)) and texts[stems] in _STEMS[stems]:
        stems += 1
    numbers = [match[1] if (match := _COUNTED.fullmatch(each)) else "" for each in texts[stems:]]
    if numbers != [str(number) for number in range(1, len(numbers) + 1)]:
        return None
    kinds = [headings.words[of.key].kind for each in headings.columns for of in each]
    numbers_too = (Kind.ID, Kind.REFERENCE, Kind.INTEGER, Kind.DECIMAL)
    if stems or any(kind not in numbers_too for kind in kinds):
        return Aside("列号", "the numbers of the columns", 0, str(cells[0]))
    return None


def _total(at: int, text: str) -> Aside:
    return Aside("合计", "a total", at, text)
