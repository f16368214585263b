"""Reading a mapping, a TOML file, with everything that is wrong in it."""

from __future__ import annotations

import os
import re
import sys
from collections import abc
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final

from ..facts import FACT_CLASSES, Exemption, Fact, FactError, Fault, FieldSpec, Kind, Labelled
from ..facts.checks import nearest
from ..facts.faults import quoted, shown
from .date_forms import DateForm, date_form
from .decoding import collection_words, field_words, repeated, unknown_word
from .mapping import ColumnMapping, Mapping, TableMapping
from .presets import PRESETS, Preset
from .text_files import text_of

_SETTINGS: Final = ("presets", "complete", "codes")
_OF_TABLE: Final = ("table", "columns")
_CODED: Final = frozenset({Kind.CHOICE, Kind.CHOICES})
_SETS: Final = frozenset({Kind.CHOICES, Kind.CODES})
_TIMES: Final = frozenset({Kind.DATE, Kind.MOMENT})
# Each option of a column with the kinds of field that take it; `column` goes with all.
_OPTIONS: Final = {
    "column": frozenset(Kind),
    "codes": _CODED,
    "yes": frozenset({Kind.BOOLEAN}),
    "no": frozenset({Kind.BOOLEAN}),
    "date": _TIMES,
    "separator": _SETS,
}
# Two fields of such a kind cannot mean the same column.
_OF_THEIR_OWN: Final = frozenset({Kind.INTEGER, Kind.DATE, Kind.MOMENT, Kind.BOOLEAN})
_UNKNOWN: Final = frozenset({"unknown", "不详"})
_YEAR: Final = re.compile("[0-9]{4}")


def read_mapping(path: str | os.PathLike[str], extra_classes: Iterable[type[Fact]] = ()) -> Mapping:
    """Read a mapping from a TOML file.

    `extra_classes` are the fact classes that a directive adds. Raises `FactError` with everything
    that is wrong, each with its place.
    """
    # Only who has a mapping needs it.
    if sys.version_info >= (3, 11):
        import tomllib
    else:
        import tomli as tomllib

    location = Path(path)
    faults: list[Fault] = []
    text = text_of(location, location.name, faults)
    if text is None:
        raise FactError(faults)
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        faults.append(
            Fault(
                place=location.name,
                zh=f"应为 TOML，此处有误（{error}）；请改正，含中文或空格的名称应加引号",
                en=f"expected TOML, found an error ({error}); correct it, "
                "and put names that hold Chinese or blanks in quotation marks",
            )
        )
        raise FactError(faults) from None
    return parse_mapping(given, location.name, extra_classes)


def parse_mapping(
    given: abc.Mapping[str, object],
    source: str = "mapping",
    extra_classes: Iterable[type[Fact]] = (),
) -> Mapping:
    """Take a mapping as Python has it after loading TOML. Raises `FactError` as `read_mapping`."""
    faults: list[Fault] = []
    words = collection_words((*FACT_CLASSES, *extra_classes, Exemption))
    tables: dict[type[Fact], TableMapping] = {}
    owners: dict[type[Fact], str] = {}
    code_tables = _tables_of_codes(given.get("codes", {}), source, faults)
    for word, section in given.items():
        if word in _SETTINGS:
            continue
        place, cls = f"{source}: {word}", words.get(word)
        if cls is None:
            known = (*words, *_SETTINGS)
            faults.append(unknown_word(source, word, known, "设置或列表", "setting or collection"))
        elif cls in tables:
            faults.append(repeated(source, word, owners[cls]))
        elif isinstance(section, abc.Mapping):
            owners[cls] = word
            tables[cls] = _table(cls, section, place, code_tables, faults)
        else:
            faults.append(_expected_table(place, section))
    _refuse_shared_tables(tables, source, faults)
    presets = [
        PRESETS[name]
        for name in _named(given.get("presets", ()), PRESETS, f"{source}: presets", faults)
    ]
    del words[Exemption.collection], words[Exemption.zh], words[Exemption.en]
    complete = [
        words[name]
        for name in _named(given.get("complete", ()), words, f"{source}: complete", faults)
    ]
    if faults:
        raise FactError(faults)
    return Mapping(source=source, presets=tuple(presets), complete=tuple(complete), tables=tables)


def _named(
    given: object, known: abc.Mapping[str, Preset | type[Fact]], place: str, faults: list[Fault]
) -> list[str]:
    """Give the known ones of a list of names."""
    if not isinstance(given, (list, tuple)):
        zh, en = shown(given)
        faults.append(
            Fault(
                place=place,
                zh=f"应为名称的列表，实为{zh}；请改正",
                en=f"expected a list of names, found {en}; correct it",
            )
        )
        return []
    found = []
    for position, name in enumerate(given):
        if isinstance(name, str) and name in known:
            found.append(name)
        else:
            faults.append(unknown_word(f"{place}[{position}]", name, known, "名称", "name"))
    return found


def _tables_of_codes(
    given: object, source: str, faults: list[Fault]
) -> dict[str, abc.Mapping[str, object]]:
    place = f"{source}: codes"
    if not isinstance(given, abc.Mapping):
        faults.append(_expected_table(place, given))
        return {}
    found = {}
    for name, codes in given.items():
        if isinstance(codes, abc.Mapping):
            found[name] = codes
        else:
            faults.append(_expected_table(f"{place}.{name}", codes))
    return found


def _table(
    cls: type[Fact],
    section: abc.Mapping[str, object],
    place: str,
    code_tables: abc.Mapping[str, abc.Mapping[str, object]],
    faults: list[Fault],
) -> TableMapping:
    faults += [
        unknown_word(place, word, _OF_TABLE, "设置", "setting")
        for word in section
        if word not in _OF_TABLE
    ]
    table = section.get("table")
    if table is not None and not _is_name(table):
        faults.append(_expected_name(place, "table", table, "表或视图", "table or view"))
        table = None
    given = section.get("columns", {})
    if not isinstance(given, abc.Mapping):
        faults.append(_expected_table(f"{place}.columns", given))
        given = {}
    words = field_words(cls)
    columns: dict[str, ColumnMapping] = {}
    owners: dict[str, str] = {}
    for word, said in given.items():
        spec = words.get(word)
        if spec is None:
            faults.append(unknown_word(f"{place}.columns", word, words, "字段", "field"))
        elif spec.name in owners:
            faults.append(repeated(f"{place}.columns", word, owners[spec.name]))
        else:
            owners[spec.name] = word
            column = _Column(spec, f"{place}.columns", word, code_tables, faults).read(said)
            columns[spec.name] = column
    _refuse_shared_columns(cls, columns, owners, f"{place}.columns", faults)
    return TableMapping(table=str(table) if table else None, columns=columns)


class _Column:
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
        if _is_name(said):
            return ColumnMapping(column=str(said))
        if isinstance(said, abc.Mapping):
            by_year = self.spec.kind is Kind.BY_YEAR and "column" not in said
            return self._by_year(said) if by_year else self._options(said)
        self._expect("一个列名，或一组选项", "the name of a column, or a table of options", said)
        return ColumnMapping()

    def _by_year(self, said: abc.Mapping[str, object]) -> ColumnMapping:
        years: dict[int, str] = {}
        for year, column in said.items():
            if not _YEAR.fullmatch(year):
                self._expect("年份，如 2019", "years such as 2019", year)
            elif not _is_name(column):
                self._expect(f" {year} 年的列名", f"the name of the column of {year}", column)
            elif column in years.values():
                self._add(repeated(self.place, str(column), str(column)))
            else:
                years[int(year)] = str(column)
        return ColumnMapping(years=years)

    def _options(self, said: abc.Mapping[str, object]) -> ColumnMapping:
        taken = [option for option, kinds in _OPTIONS.items() if self.spec.kind in kinds]
        for option in said:
            if option not in _OPTIONS:
                self._add(
                    unknown_word(f"{self.place}.{self.word}", option, taken, "选项", "option")
                )
            elif option not in taken:
                self._unsuitable(option, taken)
        given = {option: said[option] for option in taken if option in said}
        column = given.get("column")
        if column is not None and not _is_name(column):
            self._expect("列名", "the name of a column", column)
            column = None
        yes, no = self._yes_no(given)
        return ColumnMapping(
            column=str(column) if column else None,
            codes=self._codes(given["codes"]) if "codes" in given else None,
            dates=self._dates(given["date"]) if "date" in given else (),
            separator=self._separator(given["separator"]) if "separator" in given else None,
            yes=yes,
            no=no,
        )

    def _unsuitable(self, option: str, taken: Sequence[str]) -> None:
        allowed = ", ".join(f"`{each}`" for each in taken)
        self._add(
            Fault(
                place=self.place,
                field=self.word,
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
        spellings = choices.spellings()
        codes: dict[str, str | None] = {}
        for code, target in table.items():
            if isinstance(target, str) and target in _UNKNOWN:
                codes[code.strip()] = None
            elif isinstance(target, str) and (member := spellings.get(target)) is not None:
                codes[code.strip()] = str(member.value)
            else:
                self._leads_nowhere(code, target, choices)
        return codes

    def _leads_nowhere(self, code: str, target: object, choices: type[Labelled]) -> None:
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
        self._add(
            Fault(
                place=self.place,
                field=self.word,
                zh=f"代码 {quoted(code)} 应对应下列之一：{zh}，实为{found_zh}；{do_zh}",
                en=f"expected code {quoted(code)} to stand for one of {en}, "
                f"found {found_en}; {do_en}",
            )
        )

    def _dates(self, given: object) -> tuple[DateForm, ...]:
        form = date_form(given) if isinstance(given, str) else None
        if form is None or (self.spec.kind is Kind.MOMENT and not form.has_time):
            moment = self.spec.kind is Kind.MOMENT
            example = "yyyymmddhhmmss" if moment else "yyyymmdd"
            self._expect(
                f"日期{'和时间' if moment else ''}的写法，如 `{example}`",
                f"how a date{' and time' if moment else ''} is written, such as `{example}`",
                given,
            )
            return ()
        return (form,)

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

    def _texts(self, option: str, given: object) -> frozenset[str]:
        listed = given if isinstance(given, (list, tuple)) else [given]
        texts = frozenset(each.strip() for each in listed if isinstance(each, str))
        if not texts or "" in texts or not all(isinstance(each, str) for each in listed):
            self._expect(f"`{option}` 的文字的列表", f"a list of texts for `{option}`", given)
        return texts

    def _expect(self, zh: str, en: str, found: object) -> None:
        found_zh, found_en = shown(found)
        self._add(
            Fault(
                place=self.place,
                field=self.word,
                zh=f"应为{zh}，实为{found_zh}；请改正",
                en=f"expected {en}, found {found_en}; correct it",
            )
        )

    def _add(self, fault: Fault) -> None:
        self.faults.append(fault)


def _is_name(given: object) -> bool:
    return isinstance(given, str) and bool(given.strip())


def _refuse_shared_tables(
    tables: abc.Mapping[type[Fact], TableMapping], source: str, faults: list[Fault]
) -> None:
    # In a database one table can hold several classes only through views; so a copied line.
    owners: dict[str, type[Fact]] = {}
    for cls, table in tables.items():
        if table.table is None:
            continue
        first = owners.setdefault(table.table.lower(), cls)
        if first is not cls:
            faults.append(
                Fault(
                    place=f"{source}: {cls.collection}",
                    field="table",
                    zh=f"{quoted(table.table)} 已是 `{first.collection}` 的表；请改正，"
                    "一表含两类时请为每类建一个视图",
                    en=f"expected a table of its own, found {quoted(table.table)}, which is that "
                    f"of `{first.collection}`; correct it, or make a view for each of the two",
                )
            )


def _refuse_shared_columns(
    cls: type[Fact],
    columns: abc.Mapping[str, ColumnMapping],
    owners: abc.Mapping[str, str],
    place: str,
    faults: list[Fault],
) -> None:
    specs = {spec.name: spec for spec in field_words(cls).values()}
    seen: dict[tuple[str, Kind], str] = {}
    for name, column in columns.items():
        kind = specs[name].kind
        if kind not in _OF_THEIR_OWN or column.column is None or column.yes:
            continue
        first = seen.setdefault((column.column.lower(), kind), name)
        if first != name:
            faults.append(
                Fault(
                    place=place,
                    field=owners[name],
                    zh=f"列 {quoted(column.column)} 已作 `{owners[first]}`；请改正",
                    en=f"expected a column of its own, found {quoted(column.column)}, which is "
                    f"that of `{owners[first]}`; correct it",
                )
            )


def _expected_table(place: str, found: object) -> Fault:
    zh, en = shown(found)
    return Fault(
        place=place,
        zh=f"应为 TOML 的表，实为{zh}；请改正",
        en=f"expected a table of TOML, found {en}; correct it",
    )


def _expected_name(place: str, word: str, found: object, zh: str, en: str) -> Fault:
    found_zh, found_en = shown(found)
    return Fault(
        place=place,
        field=word,
        zh=f"应为{zh}的名称，实为{found_zh}；请改正",
        en=f"expected the name of a {en}, found {found_en}; correct it",
    )
