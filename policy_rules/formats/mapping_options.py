"""Reading what a mapping says of one field: its column, and how its values are written."""

from __future__ import annotations

import re
from collections import abc
from collections.abc import Sequence
from typing import Final

from ..facts import Fault, FieldSpec, Kind, Labelled
from ..facts.checks import nearest, settled
from ..facts.faults import FaultCode, quoted, shown, unlike
from .date_forms import DateForm, date_form
from .decoding import repeated, unknown_word
from .json_values import json_value
from .mapping import CodesFrom, ColumnMapping

_CODED: Final = frozenset({Kind.CHOICE, Kind.CHOICES})
_SETS: Final = frozenset({Kind.CHOICES, Kind.CODES})
_TIMES: Final = frozenset({Kind.DATE, Kind.MOMENT})
# Each option of a column with the kinds of field that take it.
_OPTIONS: Final = {
    "column": frozenset(Kind),
    "constant": frozenset(Kind) - {Kind.ID, Kind.BY_YEAR},
    "codes": _CODED,
    "codes_from": _CODED,
    "yes": frozenset({Kind.BOOLEAN}),
    "no": frozenset({Kind.BOOLEAN}),
    "date": _TIMES,
    "separator": _SETS,
    "unknown": frozenset(Kind),
    "none": frozenset(Kind),
}
_OF_CODE_TABLE: Final = ("table", "code", "member", "where")
_UNKNOWN: Final = frozenset({"unknown", "不详"})
_YEAR: Final = re.compile("[0-9]{4}")


class OptionsOfField:
    """Reading what a mapping says of one field; what is wrong is added to `faults`."""

    def __init__(
        self,
        spec: FieldSpec,
        place: str,
        word: str,
        code_tables: abc.Mapping[str, abc.Mapping[str, object]],
        faults: list[Fault],
    ) -> None:
        self.spec, self.place, self.word = spec, place, word
        self.code_tables, self.faults = code_tables, faults

    def read(self, said: object) -> ColumnMapping:
        """Read the name of a column, or a table of options."""
        if is_name(said):
            return ColumnMapping(column=str(said))
        if isinstance(said, abc.Mapping):
            by_year = self.spec.kind is Kind.BY_YEAR and "column" not in said
            return self._by_year(said) if by_year else self._options(said)
        self._expect("一个列名，或一组选项", "the name of a column, or a table of options", said)
        return ColumnMapping()

    def _by_year(self, said: abc.Mapping[str, object]) -> ColumnMapping:
        years: dict[int, str] = {}
        for year, column in said.items():
            if year == "unknown":
                continue
            if not _YEAR.fullmatch(year):
                self._expect("年份，如 2019", "years such as 2019", year)
            elif not is_name(column):
                self._expect(f" {year} 年的列名", f"the name of the column of {year}", column)
            elif column in years.values():
                self._add(repeated(self.place, str(column), str(column)))
            else:
                years[int(year)] = str(column)
        return ColumnMapping(years=years, unknown=self._unknown(said))

    def _options(self, said: abc.Mapping[str, object]) -> ColumnMapping:
        taken = [option for option, kinds in _OPTIONS.items() if self.spec.kind in kinds]
        if not self.spec.may_be_none:
            taken.remove("none")
        for option in said:
            if option not in _OPTIONS:
                self._add(
                    unknown_word(f"{self.place}.{self.word}", option, taken, "选项", "option")
                )
            elif option not in taken:
                self._unsuitable(option, taken)
        given = {option: said[option] for option in taken if option in said}
        if "constant" in given:
            return self._constant(given)
        column = given.get("column")
        if column is not None and not is_name(column):
            self._expect("列名", "the name of a column", column)
            column = None
        yes, no = self._yes_no(given)
        codes = self._codes(given["codes"]) if "codes" in given else None
        unknown = self._unknown(given)
        none = self._texts("none", given["none"]) if "none" in given else frozenset[str]()
        meant = sorted(unknown & (yes | no | none | frozenset(codes or ())))
        if meant:
            self._expect(
                "`unknown` 中没有另有含义的文字",
                "nothing in `unknown` that stands for something else too",
                meant[0],
            )
        return ColumnMapping(
            column=str(column) if column else None,
            codes=codes,
            codes_from=self._codes_from(given["codes_from"]) if "codes_from" in given else None,
            dates=self._dates(given["date"]) if "date" in given else (),
            separator=self._separator(given["separator"]) if "separator" in given else None,
            yes=yes,
            no=no,
            unknown=unknown,
            none=none,
        )

    def _constant(self, given: abc.Mapping[str, object]) -> ColumnMapping:
        others = [option for option in given if option != "constant"]
        if others:
            self._expect(
                f"单独的 `constant`，没有 `{others[0]}`",
                f"`constant` alone, without `{others[0]}`",
                given[others[0]],
            )
        value = json_value(self.spec, given["constant"])
        found: list[Fault] = []
        constant = settled(self.spec, value, self.place, found)
        self.faults += [
            Fault(place=self.place, field=self.word, code=each.code, zh=each.zh, en=each.en)
            for each in found
        ]
        return ColumnMapping(constant=constant)

    def _unsuitable(self, option: str, taken: Sequence[str]) -> None:
        allowed = ", ".join(f"`{each}`" for each in taken)
        self._add(
            Fault(
                place=self.place,
                field=self.word,
                code=FaultCode.UNKNOWN_SETTING,
                zh=f"{self.spec.zh}没有选项 `{option}`；可用的有 {allowed}，请删去或改正",
                en=f"expected an option of the {self.spec.en}, found `{option}`; "
                f"remove it, or use one of {allowed}",
            )
        )

    def _codes(self, given: object) -> dict[str, str | None] | None:
        table = self.code_tables.get(given) if isinstance(given, str) else given
        if table is None and isinstance(given, str):
            self._add(
                unknown_word(
                    f"{self.place}.{self.word}", given, self.code_tables, "代码表", "code table"
                )
            )
            return None
        if not isinstance(table, abc.Mapping) or not table:
            self._expect(
                "代码表的名称，或非空的代码表", "a code table that is not empty, or its name", table
            )
            return None
        choices = self.spec.choices
        assert choices is not None
        codes: dict[str, str | None] = {}
        for code, target in table.items():
            member = member_of(target, choices)
            if member is None:
                self._add(leads_nowhere(self.place, self.word, code, target, choices))
            else:
                codes[code.strip()] = member or None
        return codes

    def _codes_from(self, given: object) -> CodesFrom | None:
        if not isinstance(given, abc.Mapping):
            self._expect(
                "一张代码表的 `table`、`code` 和 `member`",
                "the `table`, `code` and `member` of a code table",
                given,
            )
            return None
        place = f"{self.place}.{self.word}.codes_from"
        for word in given:
            if word not in _OF_CODE_TABLE:
                self._add(unknown_word(place, word, _OF_CODE_TABLE, "选项", "option"))
        for word in _OF_CODE_TABLE:
            needed = word != "where" or word in given
            if needed and not is_name(given.get(word)):
                self._expect(f"`codes_from` 的 `{word}`", f"`{word}` in `codes_from`",
                             given.get(word))  # fmt: skip
                return None
        names = {word: str(given[word]) for word in _OF_CODE_TABLE if word in given}
        return CodesFrom(**names)

    def _dates(self, given: object) -> tuple[DateForm, ...]:
        listed = given if isinstance(given, (list, tuple)) and given else [given]
        forms = []
        for written in listed:
            form = date_form(written) if isinstance(written, str) else None
            if form is None or (self.spec.kind is Kind.MOMENT and not form.has_time):
                moment = self.spec.kind is Kind.MOMENT
                example = "yyyymmddhhmmss" if moment else "yyyymmdd"
                self._expect(
                    f"日期{'和时间' if moment else ''}的写法，如 `{example}`",
                    f"how a date{' and time' if moment else ''} is written, such as `{example}`",
                    written,
                )
            else:
                forms.append(form)
        return tuple(dict.fromkeys(forms))

    def _separator(self, given: object) -> str | None:
        if isinstance(given, str) and given.strip() and not any(map(str.isalnum, given)):
            return given.strip()
        self._expect(
            "分隔符，如 `,`（不能是空白、字母或数字）",
            "a separator such as `,` (no blank, letter or digit)",
            given,
        )
        return None

    def _yes_no(self, given: abc.Mapping[str, object]) -> tuple[frozenset[str], frozenset[str]]:
        yes, no = (
            self._texts(option, given[option]) if option in given else frozenset[str]()
            for option in ("yes", "no")
        )
        if ("yes" in given) != ("no" in given):
            other = "no" if "yes" in given else "yes"
            self._expect(f"同时有 `yes` 和 `no`，缺 `{other}`", f"`{other}` as well", None)
        elif both := sorted(yes & no):
            self._expect("`yes` 和 `no` 没有相同的文字", "nothing both `yes` and `no`", both[0])
        return yes, no

    def _unknown(self, given: abc.Mapping[str, object]) -> frozenset[str]:
        # A blank says nothing anyway.
        return (
            self._texts("unknown", given["unknown"]) - {""} if "unknown" in given else frozenset()
        )

    def _texts(self, option: str, given: object) -> frozenset[str]:
        texts = texts_of(given)
        if texts is None or (option != "unknown" and not texts):
            self._expect(f"`{option}` 的文字的列表", f"a list of texts for `{option}`", given)
            return frozenset()
        return texts

    def _expect(self, zh: str, en: str, found: object) -> None:
        code = FaultCode.WRONG_SETTING
        self._add(unlike(self.place, found, zh, en, field=self.word, code=code))

    def _add(self, fault: Fault) -> None:
        self.faults.append(fault)


def is_name(given: object) -> bool:
    """Whether something is a text that is not blank."""
    return isinstance(given, str) and bool(given.strip())


def texts_of(given: object) -> frozenset[str] | None:
    """Texts, one or a list of them, without blanks around them; None for anything else."""
    listed = given if isinstance(given, (list, tuple)) else [given]
    texts = frozenset(each.strip() for each in listed if isinstance(each, str))
    return texts if all(isinstance(each, str) for each in listed) else None


def member_of(target: object, choices: type[Labelled]) -> str | None:
    """The English value of the member that is spelt so, "" for unknown, None where none is."""
    if not isinstance(target, str):
        return None
    if target.strip() in _UNKNOWN:
        return ""
    member = choices.spellings().get(target.strip())
    return None if member is None else str(member.value)


def leads_nowhere(
    place: str, field: str, code: str, target: object, choices: type[Labelled]
) -> Fault:
    """The fault of a code that stands for no member."""
    zh = "、".join(f"`{member.value}`（{member.zh}）" for member in choices)
    en = ", ".join(f"`{member.value}`" for member in choices)
    found_zh, found_en = shown(target)
    spellings = [each for each in choices.spellings() if isinstance(each, str)]
    near = nearest(target, spellings) if isinstance(target, str) else []
    do_zh = f"是否为 `{near[0]}`？请改正" if near else "请改正，不详则填 `unknown`"
    do_en = (
        f"did you mean `{near[0]}`? correct it"
        if near
        else "correct it, or write `unknown` for what says nothing"
    )
    return Fault(
        place=place,
        field=field,
        code=FaultCode.UNREADABLE_VALUE,
        zh=f"代码 {quoted(code)} 应对应下列之一：{zh}，实为{found_zh}；{do_zh}",
        en=f"expected code {quoted(code)} to stand for one of {en}, found {found_en}; {do_en}",
    )
