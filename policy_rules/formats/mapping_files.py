"""Reading a mapping, a TOML file, with everything that is wrong in it."""

from __future__ import annotations

import os
import re
import sys
from collections import abc
from collections.abc import Iterable, Iterator
from typing import Final

from ..arguments import public
from ..facts import Exemption, Fact, FactError, Fault, Kind, known_with, loaded_presets
from ..facts.faults import FaultCode, quoted, unlike
from ..facts.presets import Preset
from .decoding import collection_words, field_words, repeated, unknown_word
from .mapping import DEFAULT_ZONE, ColumnMapping, Mapping, TableMapping
from .mapping_options import OptionsOfField, is_name, texts_of
from .text_files import location_of, text_of

_SETTINGS: Final = ("presets", "complete", "ignore_sheets", "unknown", "zone", "codes")
_OF_TABLE: Final = ("table", "where", "query", "heading_row", "columns")
_OF_ZONES: Final = re.compile("UTC|[A-Za-z]+(/[A-Za-z0-9_+-]+)+")
# What a table can have as a text, with what is expected.
_TEXTS: Final = {
    "table": ("表或视图的名称", "the name of a table or view"),
    "where": ("SQL 条件，如 `JGLB = '2'`", "a condition of SQL such as `JGLB = '2'`"),
    "query": ("SQL 查询，如 `SELECT …`", "a query of SQL such as `SELECT …`"),
}
# Two fields of such a kind cannot mean the same column.
_OF_THEIR_OWN: Final = frozenset({Kind.INTEGER, Kind.DECIMAL, Kind.DATE, Kind.MOMENT, Kind.BOOLEAN})


@public
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

    faults: list[Fault] = []
    location = location_of(path, faults)
    text = None if location is None else text_of(location, location.name, faults)
    if location is None or text is None:
        raise FactError(faults)
    try:
        given = tomllib.loads(text)
    except RecursionError:
        zh = "应为对照文件，实际嵌套过深；请改正"
        en = "expected a mapping, found too deep a nesting; correct it"
        faults.append(Fault(place=location.name, code=FaultCode.UNREADABLE_FILE, zh=zh, en=en))
        raise FactError(faults) from None
    except ValueError as error:  # what is no TOML, or a number of more digits than Python reads
        faults.append(
            Fault(
                place=location.name,
                code=FaultCode.UNREADABLE_FILE,
                zh=f"应为 TOML，此处有误（{error}）；请改正，含中文或空格的名称应加引号",
                en=f"expected TOML, found an error ({error}); correct it, "
                "and put names that hold Chinese or blanks in quotation marks",
            )
        )
        raise FactError(faults) from None
    return parse_mapping(given, location.name, extra_classes)


@public
def parse_mapping(
    given: abc.Mapping[str, object],
    source: str = "mapping",
    extra_classes: Iterable[type[Fact]] = (),
) -> Mapping:
    """Take a mapping as Python has it after loading TOML. Raises `FactError` as `read_mapping`."""
    faults: list[Fault] = []
    if not isinstance(given, abc.Mapping):
        raise FactError([_expected_table(source, given)])
    words = collection_words((*known_with(extra_classes), Exemption))
    tables: dict[type[Fact], tuple[TableMapping, ...]] = {}
    owners: dict[type[Fact], str] = {}
    code_tables = _tables_of_codes(given.get("codes", {}), source, faults)
    for word, section in given.items():
        if word in _SETTINGS:
            continue
        cls = words.get(word)
        if cls is None:
            known = (*words, *_SETTINGS)
            faults.append(unknown_word(source, word, known, "设置或列表", "setting or collection"))
        elif cls in tables:
            faults.append(repeated(source, word, owners[cls]))
        else:
            owners[cls] = word
            tables[cls] = tuple(_tables(cls, section, f"{source}: {word}", code_tables, faults))
    _refuse_shared_tables(tables, faults)
    known_presets = loaded_presets()
    presets = [
        known_presets[name]
        for name in _named(given, "presets", known_presets, source, ("预设", "preset"), faults)
    ]
    del words[Exemption.collection], words[Exemption.zh], words[Exemption.en]
    complete = [
        words[name]
        for name in _named(given, "complete", words, source, ("列表", "collection"), faults)
    ]
    unknown = texts_of(given.get("unknown", ""))
    if unknown is None:
        faults.append(
            _expected(source, "unknown", given["unknown"], "文字的列表", "a list of texts")
        )
    zone = given.get("zone", DEFAULT_ZONE)
    if not _is_zone(zone):
        zh, en = "时区，如 `Asia/Shanghai`", "a time zone such as `Asia/Shanghai`"
        faults.append(_expected(source, "zone", zone, zh, en))
    ignored = given.get("ignore_sheets", ())
    if not isinstance(ignored, (list, tuple)) or not all(map(is_name, ignored)):
        zh, en = '工作表名称的列表，如 ["填表说明"]', 'a list of names of sheets such as ["Notes"]'
        faults.append(_expected(source, "ignore_sheets", ignored, zh, en))
        ignored = ()
    if faults:
        raise FactError(faults)
    return Mapping(
        source=source,
        presets=tuple(presets),
        complete=tuple(complete),
        unknown=(unknown or frozenset()) - {""},
        zone=str(zone),
        ignore_sheets=tuple(str(name).strip() for name in ignored),
        tables=tables,
    )


def _is_zone(given: object) -> bool:
    if not isinstance(given, str) or not _OF_ZONES.fullmatch(given):
        return False
    # It has the zones of the world with it where a system has not.
    from dateutil.tz import gettz

    return gettz(given) is not None


def _named(
    mapping: abc.Mapping[str, object],
    setting: str,
    known: abc.Mapping[str, Preset | type[Fact]],
    source: str,
    words: tuple[str, str],
    faults: list[Fault],
) -> list[str]:
    """Give the known ones of a list of names, which are `words`."""
    given, place = mapping.get(setting, ()), f"{source}: {setting}"
    if not isinstance(given, (list, tuple)):
        faults.append(unlike(place, given, "名称的列表", "a list of names"))
        return []
    found = []
    for position, name in enumerate(given):
        if isinstance(name, str) and name in known:
            found.append(name)
        else:
            faults.append(unknown_word(f"{place}[{position}]", name, known, *words))
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


def _tables(
    cls: type[Fact],
    section: object,
    place: str,
    code_tables: abc.Mapping[str, abc.Mapping[str, object]],
    faults: list[Fault],
) -> Iterator[TableMapping]:
    """What a section says: of one table, or of several whose rows are all of the class."""
    if isinstance(section, abc.Mapping):
        yield _table(cls, section, place, code_tables, faults)
    elif isinstance(section, list) and section:
        for position, each in enumerate(section):
            yield from _tables(cls, each, f"{place}[{position}]", code_tables, faults)
    else:
        faults.append(_expected_table(place, section))


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
    given_texts = {word: section[word] for word in _TEXTS if word in section}
    for word, text in given_texts.items():
        if not is_name(text):
            faults.append(_expected(place, word, text, *_TEXTS[word]))
    if "query" in given_texts and len(given_texts) > 1:
        other = next(word for word in given_texts if word != "query")
        zh, en = f"单独的 `query`，没有 `{other}`", f"`query` alone, without `{other}`"
        faults.append(_expected(place, other, given_texts[other], zh, en))
    heading_row = section.get("heading_row")
    if heading_row is not None and (type(heading_row) is not int or heading_row < 1):
        zh = "列名所在行的行号，如 3"
        en = "the number of the row that holds the headings, such as 3"
        faults.append(_expected(place, "heading_row", heading_row, zh, en))
        heading_row = None
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
            options = OptionsOfField(spec, f"{place}.columns", word, code_tables, faults)
            columns[spec.name] = options.read(said)
    _refuse_shared_columns(cls, columns, owners, f"{place}.columns", faults)
    texts = {word: text.strip() for word, text in given_texts.items() if isinstance(text, str)}
    return TableMapping(**texts, heading_row=heading_row, columns=columns, place=place)


def _refuse_shared_tables(
    tables: abc.Mapping[type[Fact], tuple[TableMapping, ...]], faults: list[Fault]
) -> None:
    """A table whose every row would be two facts: most likely a line that was copied."""
    owners: dict[str, TableMapping] = {}
    for table in (each for listed in tables.values() for each in listed):
        if table.table is None:
            continue
        first = owners.setdefault(table.table.lower(), table)
        if first is not table and first.where == table.where:
            faults.append(
                Fault(
                    place=table.place,
                    field="table",
                    code=FaultCode.REPEATED_NAME,
                    zh=f"{quoted(table.table)} 已用于 `{_section(first)}`；请改正，"
                    "或用 `where` 写明各取哪些行，一行含两项事实时用 `query`",
                    en=f"expected a table of its own, found {quoted(table.table)}, which is that "
                    f"of `{_section(first)}`; correct it, or say with `where` which rows each "
                    "has, or give a `query` where a row holds two facts",
                )
            )


def _section(table: TableMapping) -> str:
    return table.place.rpartition(": ")[2]


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
                    code=FaultCode.REPEATED_NAME,
                    zh=f"列 {quoted(column.column)} 已作 `{owners[first]}`；请改正",
                    en=f"expected a column of its own, found {quoted(column.column)}, which is "
                    f"that of `{owners[first]}`; correct it",
                )
            )


def _expected_table(place: str, found: object) -> Fault:
    return unlike(place, found, " TOML 的表", "a table of TOML")


def _expected(place: str, word: str, found: object, zh: str, en: str) -> Fault:
    return unlike(place, found, zh, en, field=word, code=FaultCode.WRONG_SETTING)
