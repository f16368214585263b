"""Values of fields as people and programs write them in cells, rightly and wrongly.

It is written down apart from what reads them (`formats/forms.py`), so that it can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from policy_rules.facts import NONE, FieldSpec, Kind, Labelled, is_none
from policy_rules.formats import ColumnMapping
from policy_rules.language.exact import number_text
from policy_rules.testing.choosing import Chooser, some_of

AS_USUAL: Final = ColumnMapping()
UNREADABLE: Final = "unreadable"
# What a cell means that is written at random: it is for the doors to agree.
ANYTHING: Final = "anything"
_LETTERS: Final = "0123456789011-/.:;、|=<>'\"+年月日 无是否TtFfEeS１Ａ；，\u3000\xa0\u200b\ufffd甲"
_WIDE: Final = str.maketrans(
    "".join(map(chr, range(0x21, 0x7F))), "".join(map(chr, range(0xFF01, 0xFF5F)))
)
_YES: Final = ("true", "TRUE", "True", "yes", "t", "T", "y", "1", "是", "有", "√", "✓")
_NO: Final = ("false", "FALSE", "No", "f", "n", "N", "0", "否", "无", "×", "✗")
_BLANKS: Final = ("", "", " ", "\u3000", "\xa0 ", "\t", " \n")
# What no field takes that is no text.
_NEVER: Final = ("??", "\ufffd", "3.5E+11", "#N/A", "NULL", "不详", "a;b;c", "<3>", "1;;2")
_WRONG: Final[dict[Kind, Sequence[str]]] = {
    Kind.ID: ("a b", "S/1", "3.50304E+11", "3.50304e11", "350304540000.0", "S\u200b1", "x" * 65,
              "S\ufffd1", "S\u202e1", "#REF!", "#NAME?", "=A1", '=T("S1")', "=A1\n+B1"),
    Kind.TEXT: ("\ufffd", "甲\ufffd所", "#REF!", "########"),
    Kind.BOOLEAN: ("2", "maybe", "对不对", "-1", "1.0", "是否", "tr ue", "-"),
    Kind.INTEGER: ("十四", "14人", "1,000", "14.5", "1e3", "--1", "无", "-", "1 4", "0x1F", "14.",
                   "9" * 19, "-1", "99999999999"),
    Kind.DECIMAL: ("十四", "14元", "1,000.00", "1e3", "1.5E+1", "--1", "无", "-", "1 4", "14.",
                   ".5", "1.5.0", "0.000000000000000001", "9" * 19, "99999999999", "-99999999999",
                   "¥1.50", "NaN", "1/2"),
    Kind.DATE: ("2019-02-29", "2019-13-01", "2019-7-32", "20190230", "16/7/2019", "2019-07",
                "43662", "2019年7月", "1899-12-31", "2200-01-01", "2019-07-16 25:00", "00000000",
                "9999-12-31", "无"),
    Kind.MOMENT: ("2019-07-16", "20190716", "2019-07-16 8", "2019-07-16 24:00:00", "8:30",
                  "2019-02-29 08:30", "2019-07-16 08:60", "2019-07-16T08:30+15:00",
                  "1899-12-31 23:59"),
    Kind.CHOICE: ("9", "none of them", "URBAN AREA", "-"),
    Kind.CHOICES: ("=<9>", "9", "image,forensic", "1;2", "no such thing", "7", "{}", "[]"),
    Kind.CODES: ("35030", "3503042", "35030A", "350304,350102", "=<35>", "=<350304", "3.5E+05",
                 "350304;", "<350304>"),
    Kind.BY_YEAR: ("2018", "2018:", "2018:1;2018:2", "18:1", "2018=1", "2018:1.5", "2018:x",
                   "1899:1", "2018:1;"),
}  # fmt: skip


def cell(
    choose: Chooser, spec: FieldSpec, values: Sequence[Any], column: ColumnMapping = AS_USUAL
) -> tuple[str | None, Any]:
    """A cell for a field, and what it means: a value, None, `UNREADABLE` or `ANYTHING`.

    `column` is what a mapping says of the field.
    """
    turn = choose.number(1, 12)
    if turn == 1:
        return choose.pick((None, *_BLANKS)), False if "" in column.no else None
    if turn == 2:
        letters = (choose.pick(_LETTERS) for _ in range(choose.number(1, 12)))
        return "".join(letters), ANYTHING
    if turn == 3 and column.unknown:
        return dressed(choose, spec, choose.pick(sorted(column.unknown))), None
    if turn <= 4:
        # With words and forms of its own a mapping may take what is else taken by none.
        own = column.codes is not None or column.yes or column.dates or column.separator
        wrong = unreadable(choose, spec)
        return wrong, ANYTHING if own or column.unknown else UNREADABLE
    value = choose.pick(values)
    return dressed(choose, spec, spelt(choose, spec, value, column)), value


def unreadable(choose: Chooser, spec: FieldSpec) -> str:
    """A text that no field of this kind takes, some of them near to one that it does."""
    kind = Kind.ID if spec.kind is Kind.REFERENCE else spec.kind
    wrong: list[str] = [*_WRONG[kind], *(() if kind in (Kind.ID, Kind.TEXT) else _NEVER)]
    if spec.none is not None or spec.may_be_empty:
        wrong = [each for each in wrong if each not in ("无", "-")]
    return choose.pick(wrong)


def dressed(choose: Chooser, spec: FieldSpec, text: str) -> str:
    """A text as some programs and input methods leave it, which means the same."""
    turn = choose.number(1, 12)
    if turn == 1 and '"' not in text:
        return f'="{text}"'
    if turn == 2:
        return f"'{text}"
    if turn == 3 and spec.kind is not Kind.TEXT:
        return text.translate(_WIDE)
    if turn == 4:
        return f"{choose.pick(_BLANKS)}{text}{choose.pick(_BLANKS)}"
    return text


def spelt(choose: Chooser, spec: FieldSpec, value: Any, column: ColumnMapping = AS_USUAL) -> str:
    """A value in one of its spellings."""
    if is_none(value):
        words: list[str] = sorted(column.none) or ["无", "-", str(NONE)]
        return choose.pick(words)
    match spec.kind:
        case Kind.BOOLEAN:
            own = sorted((column.yes if value else column.no) - {""})
            return choose.pick(own or (_YES if value else _NO))
        case Kind.INTEGER:
            return choose.pick((str(value), str(value), f"{value}.0", f"{value}.00", f"+{value}"))
        case Kind.DECIMAL:
            whole, plain = f"{value:.{spec.places}f}", number_text(Fraction(value))
            signed = plain if value < 0 else f"+{plain}"
            return choose.pick((whole, plain, f"{whole}00", signed))
        case Kind.DATE | Kind.MOMENT:
            if column.dates:
                return _as_form(choose.pick(column.dates).written, value)
            return _day(choose, value) if spec.kind is Kind.DATE else _moment(choose, value)
        case Kind.CHOICE:
            return _member(choose, value, column)
        case Kind.CHOICES:
            members = sorted(value, key=str)
            return _listed(choose, [_member(choose, each, column) for each in members], column)
        case Kind.CODES:
            if choose.chance(20):
                return "=" + "".join(f"<{code}>" for code in sorted(value))
            return _listed(choose, sorted(value), column)
        case Kind.BY_YEAR:
            colon = choose.pick((":", "：", " : "))
            return _listed(choose, [f"{year}{colon}{number}" for year, number in value.items()])
        case _:
            return str(value) or choose.pick(("无", "-"))


def _member(choose: Chooser, member: Labelled, column: ColumnMapping) -> str:
    codes = [code for code, of in (column.codes or {}).items() if of == member.value]
    return str(choose.pick(codes or (member.value, member.zh, member.en)))


def _listed(choose: Chooser, members: Sequence[str], column: ColumnMapping = AS_USUAL) -> str:
    if not members:
        return choose.pick(("无", "-"))
    numbers = any(":" in each or "：" in each for each in members)
    again = [] if numbers else some_of(choose, members, 10)
    usual = (";", "；", "、", "|", "; ", " 、 ")
    between = choose.pick(usual if column.separator is None else (column.separator,))
    return between.join([*members, *again])


def _as_form(form: str, value: date) -> str:
    """A date, or date and time, as a form such as `d/m/yyyy hh:mm` has it."""
    time = (value.hour, value.minute, value.second) if isinstance(value, datetime) else (0, 0, 0)
    text, months = "", 0
    for match in _PARTS.finditer(form):
        part = match[0]
        months += part.startswith("m")
        numbers = {"y": value.year, "m": value.month if months < 2 else time[1], "d": value.day,
                   "h": time[0], "s": time[2]}  # fmt: skip
        text += f"{numbers[part[0]]:0{len(part)}}" if part[0] in numbers else part
    return text


_PARTS: Final = re.compile("yyyy|mm?|dd?|hh?|ss|.")


def _day(choose: Chooser, day: date) -> str:
    return choose.pick(
        (
            day.isoformat(),
            f"{day:%Y/%m/%d}",
            f"{day.year}-{day.month}-{day.day}",
            f"{day.year}.{day.month}.{day.day}",
            f"{day.year}年{day.month}月{day.day}日",
            f"{day:%Y%m%d}",
            f"{day} 00:00:00",
            f"{day.year}/{day.month}/{day.day} 0:00",
            f"{day}T00:00:00.000",
            f"{day:%Y%m%d}083000",
            f"{day} 09:15:00+08",
        )
    )


def _moment(choose: Chooser, moment: datetime) -> str:
    texts = [
        moment.isoformat(),
        moment.isoformat(" "),
        f"{moment}.123456",
        f"{moment:%Y/%m/%d} {moment.hour}:{moment:%M:%S}",
        f"{moment:%Y%m%d%H%M%S}",
        f"{moment.isoformat()}+08:00",
        f"{moment}+08",
        f"{moment - timedelta(hours=8)} Z",
        f"{(moment - timedelta(hours=13, minutes=30)).isoformat()}-05:30",
    ]
    if not moment.second:
        texts += [f"{moment:%Y-%m-%d %H:%M}", f"{moment:%Y年%m月%d日}T{moment:%H:%M}"]
    return choose.pick(texts)
