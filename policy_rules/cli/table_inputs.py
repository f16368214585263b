"""From the options and the tables of FACTS to a policy on them that can be asked."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING, Any, Final

from attrs import evolve, frozen

from ..facts import NO_FACTS, Exemption, Fact, FactError, Fault, fields_of
from ..facts.faults import FaultCode
from ..formats import Document, Mapping
from ..formats.choices import unknown_name
from ..formats.decoding import collection_words
from ..language import RuleSet
from ..policy import LoadedDirective, Policy
from ..render.wording import Language, pick
from .answer_rows import has_agreements
from .databases import Database, opened
from .faults_shown import faults_as_json, tolerated_words
from .inputs import Asked, Chosen, chosen, dated, policy_of
from .locations import RUN, agreements_table, runs_table
from .options import Options
from .output import write
from .progress import Watch

if TYPE_CHECKING:
    from ..tables.on_tables import OnTables
    from ..tables.queries import Question
    from ..tables.schema import Schema

_RUN_ID: Final = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_LISTED: Final = re.compile("[,，、;；]")
_ENGINE: Final = "sql"
_LONGEST_NAME: Final = 63


@frozen
class AskedOfTables:
    """A policy on the tables of a database, and why it is as of its date."""

    asked: Asked
    tables: OnTables
    database: Database

    def of_columns(self, columns: Sequence[str]) -> list[Question]:
        """The questions whose answers have these columns."""
        return [each for each in self.tables.queries.questions.values() if each.columns == columns]

    def sql(self, question: Question) -> str:
        """The query that answers a question."""
        return self.tables.queries.sql(question)

    def rows(self, sql: str) -> Iterator[Sequence[Any]]:
        """The rows of a query, a few at a time."""
        return self.database.stream(sql)

    @property
    def for_documents(self) -> Policy:
        """The same policy, for facts that were fetched."""
        policy = self.asked.policy
        return LoadedDirective(policy.rules).policy(
            as_of=policy.as_of,
            readings=policy.readings,
            parameters=policy.regime.parameters,
            exemptions=policy.exemptions,
            lost=self.asked.document.tolerated.lost,
        )

    def read_from(self, lang: Language) -> list[str]:
        """What the facts of each class are read from, in a line each."""
        return [
            pick(lang, f"{cls.zh}取自 {where}", f"{cls.collection} read from {where}")
            for cls, where in self.tables.read_from.items()
        ]

    def tell(self, lang: Language) -> None:
        """Say on standard error what the answers rest on, where they themselves cannot say it."""
        lines = [self.asked.as_of_words(lang), *self.read_from(lang)]
        if tolerated := self.asked.document.tolerated:
            lines.append(tolerated_words(tolerated, lang))
        for each in lines:
            print(each, file=sys.stderr)


@contextmanager
def asked_of_tables(
    options: Options,
    facts: str,
    check: Callable[[RuleSet], Iterable[Fault]] = lambda _: (),
    *,
    with_agreements: bool = False,
) -> Iterator[AskedOfTables]:
    """Open the tables, see whether they and the options are sound, and put the policy on them.

    `with_agreements`: where answers are written, agreements are, beside what the options name.
    Raises FactError with all faults: of the options, of the mapping, of what tables and columns
    there are, and then of what they hold. Nothing has been answered by then.
    """
    picked = chosen(options, facts, check, with_agreements=with_agreements)
    loaded, faults = picked.loaded, picked.faults
    faults += _engine_faults(options) + _output_faults(options) + _sheet_faults(options)
    tables = [] if options.into is None else [options.into]
    if with_agreements and loaded is not None and has_agreements(loaded.rules):
        # Where what the options name is wrong, so is what stands beside it: that is told once.
        tables += [agreements_table(name) for name in tables if _is_name(name)]
    if options.run is not None:
        tables += [runs_table(options.into)] if options.into and _is_name(options.into) else []
    faults += [_unlike_name(name) for name in tables if not _is_name(name)]
    classes = loaded.rules.directive.classes if loaded else ()
    whole = whole_lists(options.whole, classes, faults)
    with ExitStack() as stack:
        database = None
        try:
            names = names_of_tables((*classes, Exemption), picked.mapping)
            writing = options.into is not None
            database = stack.enter_context(opened(facts, names, writing))
        except FactError as error:
            # Files that the directive or a mapping names would be refused for want of it.
            faults += error.faults if loaded and (picked.mapping or not options.mapping) else ()
        if loaded is None or database is None or faults:
            raise FactError(faults)
        with Watch(options.lang) as watch:
            watch.stage("检查数据表", "checking the tables")
            ask = _on(options, facts, database, loaded, picked, whole, tables)
        _warn_of_others(ask, options.lang)
        yield ask


def _on(
    options: Options,
    facts: str,
    database: Database,
    loaded: LoadedDirective,
    picked: Chosen,
    whole: Sequence[type[Fact]],
    into: Sequence[str],
) -> AskedOfTables:
    from ..tables.on_tables import found_tables, system_of

    system = system_of(database.connection)
    schema = system.schema(())
    mapping = picked.mapping
    faults = [_whole_but_absent(cls) for cls in whole if not _has_table(schema, cls, mapping)]
    if options.run is None:
        faults += [_taken_name(name) for name in into if _taken(schema, name)]
    else:
        faults += [_without_runs(name) for name in into if not _can_have_runs(schema, name)]
    exemptions: tuple[Exemption, ...] = ()
    try:
        if _has_table(schema, Exemption, mapping):
            exemptions = tuple(_exemptions(database, mapping))
    except FactError as error:
        faults += error.faults
    as_of, source = dated(picked.as_of, None)
    try:
        policy = policy_of(loaded, picked, as_of, exemptions, _ENGINE, facts)
    except FactError as error:
        faults += error.faults
        # The tables are looked at for what is wrong in them all the same.
        policy = policy_of(loaded, picked, as_of, (), _ENGINE, facts)
    found = found_tables(policy, database.connection, mapping, whole)
    faults += found.faults
    wrong = found.wrong()
    faults += found.faults_of(exemptions)
    if faults or (wrong and not options.tolerate):
        raise FactError([*faults, *found.told(wrong)])
    tables = found.tolerant(wrong)
    if options.faults is not None:
        write(faults_as_json(tables.each_fault()), options.faults, option="--faults")
    document = Document(
        source=facts, as_of=None, facts=NO_FACTS, exemptions=exemptions, tolerated=tables.tolerated
    )
    return AskedOfTables(Asked(tables.policy, document, source), tables, database)


def names_of_tables(classes: Iterable[type[Fact]], mapping: Mapping | None) -> list[str]:
    """What the tables can be called that are looked for."""
    names = [name for cls in classes for name in _names_of(cls, mapping)]
    said = [] if mapping is None else [each for of in mapping.tables.values() for each in of]
    if any(table.query is not None for table in said):
        from ..tables.user_queries import tables_read

        names += [name for table in said if table.query for name in tables_read(table.query)]
    names += [
        column.codes_from.table
        for table in said
        for column in table.columns.values()
        if column.codes_from is not None
    ]
    return names


def _names_of(cls: type[Fact], mapping: Mapping | None) -> tuple[str, ...]:
    if mapping is None or not mapping.tables:
        return (cls.collection, cls.zh)
    return tuple(
        name
        for said in mapping.tables.get(cls, ())
        if said.query is None
        for name in ((cls.collection, cls.zh) if said.table is None else (said.table,))
    )


def _has_table(schema: Schema, cls: type[Fact], mapping: Mapping | None) -> bool:
    if mapping is not None and mapping.tables:
        return cls in mapping.tables
    return any(table.current for name in _names_of(cls, None) for table in schema.named(name))


def _taken(schema: Schema, name: str) -> bool:
    return any(table.current or "." in name for table in schema.named(name))


def _can_have_runs(schema: Schema, name: str) -> bool:
    """Whether a table is not there yet, or was written run by run."""
    there = [table for table in schema.named(name) if table.current or "." in name]
    return all(RUN in {column.name.lower() for column in table.columns} for table in there)


def _exemptions(database: Database, mapping: Mapping | None) -> Iterator[Exemption]:
    """The exemptions that a table holds; they are part of the policy."""
    from ..tables.binding import bound
    from ..tables.data_checks import faults_of_data
    from ..tables.mapped import sources
    from ..tables.on_tables import system_of

    system = system_of(database.connection)
    faults: list[Fault] = []
    found = bound(mapping, system, [Exemption], faults)
    if not faults:
        listed = sources(found.mapping, found.schema, [Exemption], (), system.dialect)
        faults += faults_of_data(system.rows, listed, system.dialect)
    if faults:
        raise FactError(faults)
    source = listed[Exemption]
    names = [name for name in fields_of(Exemption) if name in source.columns]
    columns = ", ".join(system.dialect.sql(source.columns[name]) for name in names)
    for row in system.rows(f"SELECT {columns} FROM {system.dialect.sql(source.relation)}"):
        try:
            yield Exemption(**dict(zip(names, row, strict=True)))
        except FactError as error:
            place = f"{source.name}: {row[names.index('id')]}"
            faults += [evolve(each, place=place) for each in error.faults]
    if faults:
        raise FactError(faults)


def _warn_of_others(ask: AskedOfTables, lang: Language) -> None:
    """Say on standard error how many facts are not of the directive's own place."""
    from .outside import outside

    for cls, number, prefixes in outside(ask.asked.policy, ask.tables, ask.database):
        codes = pick(lang, "、", ", ").join(prefixes)
        zh = f"警告：{number} 个{cls.zh}的编号不以 {codes} 开头，不在文件适用的地区，仍一并回答"
        en = (
            f"warning: the ids of {number} {cls.collection} do not begin with {codes}, so that "
            "they lie outside the directive's place; they are answered for all the same"
        )
        print(pick(lang, zh, en), file=sys.stderr)


def _engine_faults(options: Options) -> list[Fault]:
    if options.engine in (None, _ENGINE):
        return []
    return [
        Fault(
            place=f"--engine {options.engine}",
            code=FaultCode.WRONG_USAGE,
            zh="表只能由引擎 `sql` 回答；请去掉 --engine，或给出 JSON、CSV 或 Excel",
            en="tables are answered by the engine `sql` alone; leave --engine out, or give JSON, "
            "CSV or Excel",
        )
    ]


def _sheet_faults(options: Options) -> list[Fault]:
    given = [
        ("--ignore-sheet", bool(options.ignore_sheets)),
        ("--skip-totals", options.skip_totals),
    ]
    return [
        Fault(
            place=name,
            code=FaultCode.WRONG_USAGE,
            zh="只用于文档（CSV、Excel 等），不用于表；请去掉",
            en="it goes with documents (CSV, Excel and the like), not with tables; leave it out",
        )
        for name, is_given in given
        if is_given
    ]


def _output_faults(options: Options) -> list[Fault]:
    faults = []
    if options.run is not None and options.into is None:
        zh, en = "只与 --into 合用；请加上", "it goes with --into; add it"
        faults.append(Fault(place="--run", code=FaultCode.WRONG_USAGE, zh=zh, en=en))
    if options.run is not None and not _RUN_ID.fullmatch(options.run):
        zh = "应为 1 至 64 个字母、数字或 . _ : - 组成的编号，如 2026-11-30；请改正"
        en = "expected an id of 1 to 64 letters, digits or . _ : -, such as 2026-11-30; correct it"
        place = f"--run {options.run}"
        faults.append(Fault(place=place, code=FaultCode.WRONG_USAGE, zh=zh, en=en))
    if options.into is not None and (options.output is not None or options.format != "table"):
        one = "--format" if options.output is None else "--output"
        faults.append(
            Fault(
                place=f"{one} --into",
                code=FaultCode.WRONG_USAGE,
                zh="两个选项不能同时使用；请只保留一个",
                en="they exclude each other; give one of them",
            )
        )
    return faults


def _is_name(name: str) -> bool:
    parts = name.split(".")
    return len(parts) <= len(("schema", "table")) and all(
        part.isidentifier() and len(part.encode()) <= _LONGEST_NAME for part in parts
    )


def whole_lists(
    given: Iterable[str], classes: Sequence[type[Fact]], faults: list[Fault]
) -> list[type[Fact]]:
    """The classes whose lists `--whole` says are complete."""
    words = collection_words(classes)
    found = []
    for word in (part.strip() for each in given for part in _LISTED.split(each)):
        if word in words:
            found.append(words[word])
        else:
            known = [cls.collection for cls in classes]
            faults.append(unknown_name("--whole", "列表", "list", word, known))
    return list(dict.fromkeys(found))


def _whole_but_absent(cls: type[Fact]) -> Fault:
    return Fault(
        place=f"--whole {cls.collection}",
        code=FaultCode.WRONG_USAGE,
        zh=f"没有{cls.zh}的表；请补上该表，或去掉此项",
        en=f"there is no table of {cls.collection}; add one, or leave this out",
    )


def _unlike_name(name: str) -> Fault:
    return Fault(
        place=f"--into {name}",
        code=FaultCode.WRONG_USAGE,
        zh=f"应为新表的名称，如 `findings` 或 `audit.findings`，每段至多 {_LONGEST_NAME} "
        "个字节，由文字、数字和下划线组成；请改正",
        en="expected a name for a new table, such as `findings` or `audit.findings`, of "
        f"letters, digits and underscores, at most {_LONGEST_NAME} bytes each; correct it",
    )


def _without_runs(name: str) -> Fault:
    return Fault(
        place=f"--into {name}",
        code=FaultCode.WRONG_USAGE,
        zh=f"已有同名的表，而其中没有 `{RUN}` 列，不是用 --run 写入的；请换一个名称",
        en=f"there is a table of that name without a column `{RUN}`, which --run did not write; "
        "give another",
    )


def _taken_name(name: str) -> Fault:
    return Fault(
        place=f"--into {name}",
        code=FaultCode.WRONG_USAGE,
        zh="已有同名的表或视图；请换一个名称，或先删除它",
        en="there is a table or view of that name; give another, or drop it first",
    )
