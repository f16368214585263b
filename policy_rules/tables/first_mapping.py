"""A first mapping of a database, made from its schema, for somebody to go through."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from attrs import frozen

from ..facts import Fact, FieldSpec, Kind, fields_of, loaded_classes, loaded_presets
from ..facts.faults import Language
from .comments import Comments
from .schema import Column, Family, Schema, Table

# What is often put after what a table is of, and a unit or an explanation in brackets.
_ABOUT_TABLES: Final = re.compile("(基本)?(信息|情况|登记|数据|明细)?表$")
_ASIDE: Final = re.compile("[（(【\\[].*?[)）】\\]]")
_ENDS: Final = re.compile("[，,；;：:。]")
_BETWEEN: Final = re.compile("[\\s_-]+")
# A table of a class is known by its name, or else by so many of its columns.
_ENOUGH: Final = 3
_TEXTS: Final = (Family.TEXT, Family.NAMED)


@frozen
class _Match:
    """A table with the columns that were found for the fields of a class."""

    cls: type[Fact]
    table: Table
    named: bool
    columns: tuple[tuple[FieldSpec, Column], ...]

    @property
    def rank(self) -> tuple[bool, int]:
        return self.named, len(self.columns)


def first_mapping(
    schema: Schema, comments: Comments, classes: Iterable[type[Fact]], source: str, lang: Language
) -> str:
    """The text of a mapping: what names, labels and comments tell, and the rest as comments.

    `source` is what the database is called.
    """
    writing = _Writing(schema, comments, lang)
    return "".join(f"{_in_toml(line)}\n" for line in writing.lines(tuple(classes), source))


class _Writing:
    def __init__(self, schema: Schema, comments: Comments, lang: Language) -> None:
        self.schema, self.comments, self.lang = schema, comments, lang

    def lines(self, classes: Sequence[type[Fact]], source: str) -> Iterator[str]:
        yield from self._head(source)
        matches = list(self._matches(classes))
        found = {match.cls: match for match in matches}
        for cls in classes:
            if cls in found:
                yield from self._section(found[cls])
        others = [table for table in self.schema.tables if table not in [m.table for m in matches]]
        if others:
            zh = "未用到的表；如有一类的数据在其中，请照上面的样子为它写一节："
            en = "Tables that are not used. If one has facts of a class, write a section for it:"
            yield from ("", f"# {self._pick(zh, en)}")
            yield from (self._described(table) for table in others)
        missing = [cls for cls in classes if cls not in found]
        if missing:
            zh, en = "没有找到表的类：", "Classes for which no table was found:"
            yield from ("", f"# {self._pick(zh, en)}")
            yield from (f"#   [{cls.collection}]  {self._pick(cls.zh, cls.en)}" for cls in missing)

    def _pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def _head(self, source: str) -> Iterator[str]:
        yield (
            f"# {self._pick(f'{source} 的初步映射，', f'A first mapping of {source}, ')}"
            + self._pick(
                "由表和列的名称、注释得出。请逐行核对，补上代码的含义，删去不对的行。",
                "made from names and comments. Go through every line,",
            )
        )
        if self.lang != "zh":
            yield "# add what codes stand for, and remove what is wrong."
        check = f"policy-rules mapping check FILE {source}"
        yield f"# {self._pick('核对：', 'Then: ')}{check}"
        yield ""
        presets = [*loaded_presets()]
        zh, en = f"国家和行业标准（{'、'.join(presets)}）", f"of {', '.join(presets)}"
        yield f"presets = []   # {self._pick(zh, en)}"
        one = loaded_classes()[0].collection
        zh, en = f"完整的列表，如 {one}", f"lists that are whole, such as {one}"
        yield f"complete = []  # {self._pick(zh, en)}"
        zh, en = '表示不详的文字，如 "00000000"', 'texts for unknown, such as "00000000"'
        yield f"unknown = []   # {self._pick(zh, en)}"

    def _matches(self, classes: Sequence[type[Fact]]) -> Iterator[_Match]:
        """The tables of classes, the surest first, no table and no class twice."""
        all_ = [self._match(cls, table) for cls in classes for table in self.schema.tables]
        likely = [each for each in all_ if each.named or len(each.columns) >= _ENOUGH]
        taken: list[Table | type[Fact]] = []
        by_rank = sorted(likely, key=lambda each: (each.rank, each.table.current), reverse=True)
        for match in by_rank:
            if match.cls not in taken and match.table not in taken:
                taken += [match.cls, match.table]
                yield match

    def _match(self, cls: type[Fact], table: Table) -> _Match:
        comment = _ABOUT_TABLES.sub("", _plain(self._comment(table)))
        named = not {_plain(table.name), comment}.isdisjoint(
            map(_plain, (cls.collection, cls.zh, cls.en))
        )
        found: dict[str, tuple[FieldSpec, Column]] = {}
        for column in table.columns:
            words = {_plain(column.name), _plain(self._comment(table, column))} - {""}
            for spec in fields_of(cls).values():
                if spec.name in found or spec.kind is Kind.BY_YEAR:
                    continue
                if not words.isdisjoint(map(_plain, (spec.name, spec.zh, spec.en))):
                    found[spec.name] = spec, column
                    break
        return _Match(cls, table, named, tuple(found.values()))

    def _comment(self, table: Table, column: Column | None = None) -> str:
        key = table.parts, "" if column is None else column.name
        return " ".join(self.comments.get(key, "").split())

    def _section(self, match: _Match) -> Iterator[str]:
        cls, table = match.cls, match.table
        yield ""
        yield f"[{cls.collection}]  # {self._pick(cls.zh, cls.en)}"
        comment = self._comment(table)
        yield f"table = {_quoted(_name(table))}" + (f"  # {comment}" if comment else "")
        yield f"[{cls.collection}.columns]"
        known = {spec.name for spec, _ in match.columns}
        for spec, column in match.columns:
            said = f"{spec.name} = {self._said(spec, column)}"
            words = [self._pick(spec.zh, spec.en), column.type, self._comment(table, column)]
            yield f"{said}  # {', '.join(filter(None, words))}"
        if "id" not in known:
            zh, en = "编号：请写明是哪一列", "the id: say which column it is"
            yield f'# id = ""  # {self._pick(zh, en)}'
        for spec in fields_of(cls).values():
            if spec.name not in known and spec.kind is not Kind.ID:
                yield f"# {spec.name} = {_empty(spec)}  # {self._pick(spec.zh, spec.en)}"
        used = {column.name for _, column in match.columns}
        unused = [column for column in table.columns if column.name not in used]
        if unused:
            yield f"# {self._pick('未用到的列：', 'Columns that are not used:')}"
            for column in unused:
                words = [column.name, column.type, self._comment(table, column)]
                yield f"#   {' '.join(filter(None, words))}"

    def _said(self, spec: FieldSpec, column: Column) -> str:
        """The column, with what its type leaves open to be filled in."""
        name = _quoted(column.name)
        coded = column.family not in (Family.BOOLEAN, Family.DATE, Family.MOMENT, Family.LIST)
        match spec.kind:
            case Kind.DATE if column.family in (Family.WHOLE, Family.NUMBER):
                return f'{{ column = {name}, date = "yyyymmdd" }}'
            case Kind.MOMENT if column.family in (*_TEXTS, Family.WHOLE, Family.NUMBER):
                return f'{{ column = {name}, date = "yyyymmddhhmmss" }}'
            case Kind.CHOICE if coded and column.family not in _TEXTS:
                assert spec.choices is not None
                codes = ", ".join(
                    f'"{place}" = {_quoted(str(member.value))}'
                    for place, member in enumerate(spec.choices, 1)
                )
                return f"{{ column = {name}, codes = {{ {codes} }} }}"
            case _:
                return name

    def _described(self, table: Table) -> str:
        columns = ", ".join(column.name for column in table.columns)
        comment = self._comment(table)
        words = f" ({comment})" if comment else ""
        return f"#   {_name(table)}{words}: {columns}"


def _plain(text: str) -> str:
    """A name or comment as it is compared."""
    bare = _ENDS.split(_ASIDE.sub("", text).strip())[0]
    return _BETWEEN.sub("", bare).lower()


def _in_toml(line: str) -> str:
    """A line without what TOML does not take: what cannot be seen in names and comments."""
    return "".join(each if each.isprintable() else f"\\U{ord(each):08x}" for each in line)


def _name(table: Table) -> str:
    return table.name if table.current else ".".join(table.parts[-2:])


def _quoted(text: str) -> str:
    """A text as TOML has it."""
    return json.dumps(text, ensure_ascii=False)


def _empty(spec: FieldSpec) -> str:
    """What is to be filled in for a field that was not found."""
    if spec.kind is Kind.BOOLEAN:
        return '{ column = "", yes = ["1"], no = ["0"] }'
    if spec.kind is Kind.DATE:
        return '{ column = "", date = "yyyymmdd" }'
    if spec.kind is Kind.MOMENT:
        return '{ column = "", date = "yyyymmddhhmmss" }'
    if spec.kind is Kind.BY_YEAR:
        return '{ "2019" = "" }'
    if spec.choices is not None:
        codes = ", ".join(f'"" = {_quoted(str(member.value))}' for member in spec.choices)
        return f'{{ column = "", codes = {{ {codes} }} }}'
    return '""'
