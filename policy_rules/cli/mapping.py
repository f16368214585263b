"""`mapping init` and `mapping check`: write a first mapping of tables, or say what one reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from attrs import frozen

from ..facts import Exemption, Fact, FactError, Fault, FieldSpec, Kind, fields_of
from ..facts.faults import FaultCode, grouped
from ..facts.specs import EARLIEST, LATEST
from ..formats.mapping_files import read_mapping
from ..render.wording import Language, pick
from .bilingual import BilingualGroup
from .inputs import loaded_directive
from .locations import are_readable, parquet_files, shown_name
from .options import DIRECTIVE, LANG, OUTPUT, SPOKEN, Options, with_options
from .output import ascii_only, json_chunks, output_fault, table_chunks, write
from .progress import Watch

if TYPE_CHECKING:
    from rich.console import RenderableType

    from ..tables.mapped import MappedSource


@click.group(
    cls=BilingualGroup,
    no_args_is_help=False,
    short=(
        "写出表的初步映射，或查看映射读取什么。",
        "Write a first mapping of tables, or see what one reads.",
    ),
    zh="""为现有的表写出初步映射，或查看一个映射从表中读取什么。

    TABLES 是 Parquet 文件或其目录、DuckDB 文件，或数据库的地址。
    """,
    en="""Write a first mapping of the tables that there are, or see what one reads from them.

    TABLES are a Parquet file or a directory of them, a DuckDB file, or the URL of a database.
    """,
)
@SPOKEN
def mapping() -> None:
    pass


@mapping.command(
    short=(
        "按名称、标签和注释写出的初步映射。",
        "A first mapping, from names, labels and comments.",
    ),
    zh="""为 TABLES 写出初步映射：一个 TOML 文件，其中各列按名称、标签和注释与字段对应，
    没有找到的写在注释里。请逐行核对。

    \b
    示例：
      policy-rules mapping init postgresql://audit@db.example/ga --output ga.toml

    退出状态：0；2 输入或用法有误，标准输出没有内容。
    """,
    en="""Write a first mapping of TABLES: a TOML file in which columns are matched to fields by
    name, label and comment, and what was not found stands in comments. Go through every line.

    \b
    Example:
      policy-rules mapping init postgresql://audit@db.example/ga --output ga.toml

    Exit status: 0; 2 bad input or usage, with nothing on standard output.
    """,
)
@click.argument("tables", metavar="TABLES")
@with_options(LANG, DIRECTIVE, OUTPUT, forms=("toml",))
def init(options: Options, tables: str) -> int:
    """Write a first mapping of the tables that there are."""
    from .databases import opened

    classes = _classes(options, tables)
    with ExitStack() as stack:
        files = parquet_files(Path(tables)) or [Path(tables)]
        database = stack.enter_context(opened(tables, [file.stem for file in files], False))
        from ..tables.first_mapping import first_mapping
        from ..tables.on_tables import system_of

        system = system_of(database.connection)
        text = first_mapping(
            system.schema(()), system.comments(), classes, shown_name(tables), options.lang
        )
    write([text], options.output, exactly=options.output is not None)
    return 0


@mapping.command(
    "check",
    short=("每类事实读自何处，有什么错误。", "What each class is read from, and what is wrong."),
    zh="""列出 MAPPING 从 TABLES 中读取什么：每类事实读自哪个表或查询，哪些列没有用到，
    哪些字段未知，数据中有什么错误。

    \b
    示例：
      policy-rules mapping check ga.toml postgresql://audit@db.example/ga

    退出状态：0 数据没有错误；1 有错误；2 映射与表不符，或用法有误，标准输出没有内容。
    """,
    en="""Show what MAPPING reads from TABLES: from which table or query each class, which
    columns give nothing, which fields are unknown, and what is wrong in the data.

    \b
    Example:
      policy-rules mapping check ga.toml postgresql://audit@db.example/ga

    Exit status: 0 nothing wrong in the data; 1 something is; 2 the mapping does not fit the tables,
    or bad usage, with nothing on standard output.
    """,
)
@click.argument("mapping_file", metavar="MAPPING")
@click.argument("tables", metavar="TABLES")
@with_options(LANG, DIRECTIVE, OUTPUT)
def check_mapping(options: Options, mapping_file: str, tables: str) -> int:
    """Show what each class is read from, what gives nothing, and what is wrong in the data."""
    from .databases import opened
    from .table_inputs import names_of_tables

    classes = _classes(options, tables)
    given = read_mapping(mapping_file, classes)
    with ExitStack() as stack:
        names = names_of_tables((*classes, Exemption), given)
        database = stack.enter_context(opened(tables, names, False))
        from ..tables.binding import bound
        from ..tables.data_checks import faults_of_data
        from ..tables.mapped import sources
        from ..tables.on_tables import system_of

        system = system_of(database.connection)
        faults: list[Fault] = []
        with Watch(options.lang) as watch:
            watch.stage("检查数据表", "checking the tables")
            listed = (*classes, Exemption)
            found = bound(given, system, listed, faults)
            years = range(EARLIEST.year, LATEST.year + 1)
            try:
                read = sources(found.mapping, found.schema, listed, years, system.dialect)
            except FactError as error:
                raise FactError([*faults, *error.faults]) from None
            if faults:
                raise FactError(faults)
            faults += faults_of_data(system.rows, read, system.dialect, given.complete)
    rows = [_Row.of(cls, source) for cls, source in read.items()]
    if options.format == "json":
        shown = {"mapping": given.source, "tables": shown_name(tables)}
        lists = {
            "classes": (row.as_json() for row in rows),
            "faults": (fault.as_json() for fault in grouped(faults)),
        }
        write(json_chunks(shown, lists, ascii_only=ascii_only(options.output)), options.output)
    else:
        write(table_chunks([*_parts(rows, faults, options.lang)], options.output), options.output)
    return int(bool(faults))


def _classes(options: Options, tables: str) -> tuple[type[Fact], ...]:
    """The classes of facts that a directive knows. Raises FactError for options that are wrong."""
    faults = [
        fault
        for fault in [output_fault(options.output, options.format, options.forms, tables)]
        if fault
    ]
    loaded = loaded_directive(options.directive, faults)
    if not are_readable(tables):
        faults.append(
            Fault(
                place=shown_name(tables),
                code=FaultCode.WRONG_USAGE,
                zh="应为 Parquet、DuckDB 文件或数据库的地址；请改正",
                en="expected Parquet, a DuckDB file or the URL of a database; correct it",
            )
        )
    if loaded is None or faults:
        raise FactError(faults)
    return loaded.rules.directive.classes


@frozen
class _Row:
    """A class with the tables that it is read from, and what they do not give."""

    cls: type[Fact]
    parts: Sequence[MappedSource]
    given: Sequence[FieldSpec]
    unknown: Sequence[FieldSpec]

    @classmethod
    def of(cls, fact_class: type[Fact], source: MappedSource) -> _Row:
        """What a source of a class gives."""
        specs = fields_of(fact_class).values()
        given = [spec for spec in specs if _gives(source, spec)]
        return cls(fact_class, source.parts, given, [each for each in specs if each not in given])

    def as_json(self) -> dict[str, Any]:
        """The same as JSON has it."""
        return {
            "collection": self.cls.collection,
            "read_from": [
                {"table": part.read_from, "unused": [*part.unused]} for part in self.parts
            ],
            "fields": [spec.name for spec in self.given],
            "unknown": [spec.name for spec in self.unknown],
        }


def _gives(source: MappedSource, spec: FieldSpec) -> bool:
    if spec.kind is not Kind.BY_YEAR:
        return spec.name in source.columns
    from ..engines.sql.sources import given_column

    return given_column(spec.name) in source.columns


def _parts(
    rows: Iterable[_Row], faults: Sequence[Fault], lang: Language
) -> Iterator[RenderableType]:
    from ..render.tables import line

    for row in rows:
        yield line(f"{row.cls.collection} {pick(lang, row.cls.zh, row.cls.en)}", "bold")
        for part in row.parts:
            yield line(f"  {pick(lang, '取自', 'read from')} {part.read_from}")
            if part.unused:
                listed = pick(lang, "、", ", ").join(part.unused)
                yield line(f"    {pick(lang, '未用到的列：', 'unused columns: ')}{listed}", "dim")
        labels = [pick(lang, spec.zh, spec.en) for spec in row.unknown]
        if labels:
            listed = pick(lang, "、", ", ").join(labels)
            yield line(
                f"  {pick(lang, '没有列的字段：', 'fields without a column: ')}{listed}", "dim"
            )
    shown = grouped(faults)
    if not shown:
        yield line(pick(lang, "数据无误", "nothing is wrong in the data"), "green")
        return
    number = len(shown)
    yield line(
        pick(lang, f"数据中有 {number} 类问题：", f"what is wrong in the data ({number}):"), "bold"
    )
    yield from (line(f"  {fault.text(lang)}") for fault in shown)
