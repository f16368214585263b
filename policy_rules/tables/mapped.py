"""From the tables of a database, as users have them, to where the rules read facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from attrs import frozen
from sqlglot import exp

from ..engines.sql.databases import DIALECTS
from ..engines.sql.dialects import (
    SQL_NULL,
    Dialect,
    Feature,
    cast,
    is_given,
    number,
    sql_or,
    united,
)
from ..engines.sql.sources import (
    Source,
    codes_text,
    given_column,
    mask_of,
    type_of_column,
    year_column,
)
from ..facts import Fact, FactError, Fault, FieldSpec, Kind, fields_of
from ..facts.checks import nearest
from ..facts.faults import FaultCode
from ..formats import mapping as mappings
from ..formats.decoding import repeated
from ..formats.forms import Forms, forms_of
from ..formats.mapping import ColumnMapping
from .conversions import converted, given_by_year
from .mapped_tables import MeantTable, tables_meant
from .reading import Converted, Reading, Unconvertible
from .schema import Column, Schema
from .texts import raw_of

_GIVEN: Final = FieldSpec(name="given", kind=Kind.BOOLEAN, zh="已知", en="known at all")


@frozen
class MappedSource(Source):
    """Tables that are read through conversions.

    `name` is the table's. By what the rules call a column, `written` is its own name, `raw` what
    it holds before it is converted, `converted` the conversion, and `forms` those it is read in.
    `read_from` names the table or query, `unused` the columns that give nothing. Where several give
    the facts of a class, `parts` are they.
    """

    name: str
    written: Mapping[str, str]
    raw: Mapping[str, exp.Expression]
    converted: Mapping[str, Converted]
    forms: Mapping[str, Forms]
    read_from: str
    unused: tuple[str, ...]
    further: tuple[MappedSource, ...] = ()

    @property
    def parts(self) -> tuple[MappedSource, ...]:
        """The tables by themselves."""
        return self.further or (self,)


def sources(
    mapping: mappings.Mapping | None,
    schema: Schema,
    classes: Iterable[type[Fact]],
    years: Iterable[int],
    dialect: str | Dialect,
) -> dict[type[Fact], MappedSource]:
    """Find the tables of each class, and say how their columns give what the rules read.

    Columns that a mapping does not name are looked for by the names and labels of fields. `years`
    are those whose numbers are read. Classes that have no table are left out. Raises `FactError`
    with everything that is wrong.
    """
    faults: list[Fault] = []
    found = sources_found(mapping, schema, classes, years, dialect, faults)
    if faults:
        raise FactError(faults)
    return found


def sources_found(
    mapping: mappings.Mapping | None,
    schema: Schema,
    classes: Iterable[type[Fact]],
    years: Iterable[int],
    dialect: str | Dialect,
    faults: list[Fault],
) -> dict[type[Fact], MappedSource]:
    """The same, with what is wrong in `faults`; of a column that is wrong nothing is known."""
    said = mappings.Mapping(source="mapping") if mapping is None else mapping
    wanted = tuple(classes)
    own = DIALECTS[dialect] if isinstance(dialect, str) else dialect
    if Feature.MAPPED_TABLES in own.unsupported:
        faults.append(_not_mapped(own))
        return {}
    read = frozenset(years)
    found: dict[type[Fact], MappedSource] = {}
    missing: set[type[Fact]] = set()
    for cls in wanted:
        count = len(faults)
        meant = tables_meant(cls, mapping, schema, own, faults)
        if meant:
            parts = [_Reading(cls, each, said, read, own, faults).source() for each in meant]
            alone = len(parts) == 1 and not (own.inlines and _is_converted(parts[0]))
            found[cls] = parts[0] if alone else _together(cls, parts, own)
        elif len(faults) > count or said.tables.get(cls):
            missing.add(cls)  # which is told of already
    for cls in said.complete:
        if cls in wanted and cls not in found and cls not in missing:
            faults.append(_whole_but_absent(cls, said))
    if not found and not missing and not faults:
        faults.append(_nothing(wanted))
    return found


def _is_converted(source: MappedSource) -> bool:
    """Whether some column is not simply what the table holds."""
    return not all(isinstance(each, exp.Column) for each in source.columns.values())


def _together(cls: type[Fact], parts: Sequence[MappedSource], dialect: Dialect) -> MappedSource:
    """The rows of the tables as those of one that has the columns as the rules read them."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    types = {name: dialect.type(type_of_column(cls, name)) for name in names}
    blocks: list[exp.Query] = []
    for part in parts:
        # Each of its type, since several that are NULL are of none.
        columns = [
            exp.Alias(
                this=cast(part.columns.get(name, SQL_NULL).copy(), types[name]),
                alias=dialect.identifier(name),
            )
            for name in names
        ]
        blocks.append(exp.Select(expressions=columns).from_(part.relation.copy()))
    read = {name: exp.Column(this=dialect.identifier(name)) for name in names}
    rows = united(blocks)
    if dialect.inlines:
        # What has an offset is left by itself: a conversion is then not written, and worked out,
        # again wherever its field is read.
        whole = exp.Select(expressions=[each.copy() for each in read.values()])
        rows = whole.from_(_subquery(rows, "rows_of_all")).offset(0)
    alone = parts[0] if len(parts) == 1 else None
    return MappedSource(
        relation=_subquery(rows, "together"),
        columns=read,
        name=cls.collection if alone is None else alone.name,
        written={} if alone is None else alone.written,
        raw={},
        converted={},
        forms={},
        read_from="; ".join(part.read_from for part in parts),
        unused=(),
        further=tuple(parts),
    )


def _subquery(rows: exp.Query, name: str) -> exp.Expression:
    return exp.Subquery(this=rows, alias=exp.TableAlias(this=exp.to_identifier(name)))


def _whole_but_absent(cls: type[Fact], mapping: mappings.Mapping) -> Fault:
    return Fault(
        place=f"{mapping.source}: complete",
        code=FaultCode.MISSING_TABLE,
        zh=f"`{cls.collection}`（{cls.zh}）标为完整，但没有它的表；"
        "请说明其表，或从 complete 中删去",
        en=f"expected a table for `{cls.collection}`, whose list is said to be whole, found none; "
        "name its table, or remove it from `complete`",
    )


def _nothing(classes: Iterable[type[Fact]]) -> Fault:
    names = ", ".join(f"`{cls.collection}`" for cls in classes)
    return Fault(
        place="database",
        code=FaultCode.MISSING_TABLE,
        zh=f"应有名为下列之一的表或视图：{names}，实际没有；"
        "请改名、建视图，或给出映射，其中可用 `query`",
        en=f"expected tables or views named as any of {names}, found none; "
        "rename them, make views, or give a mapping, in which a `query` does as well",
    )


def _not_mapped(dialect: Dialect) -> Fault:
    return Fault(
        place="database",
        code=FaultCode.MISSING_TABLE,
        zh=f"`{dialect.name}` 应读规则形式的表，实际给了要换算的表；"
        "它没有换算文本所用的函数，请在其中建规则形式的视图",
        en=f"expected tables in the rules' own form for `{dialect.name}`, found some to convert; "
        "it lacks the functions that convert texts, so make views in that form",
    )


class _Reading:
    """How the columns of one table give the fields of a class; what is wrong goes to `faults`."""

    def __init__(
        self,
        cls: type[Fact],
        meant: MeantTable,
        mapping: mappings.Mapping,
        years: Collection[int],
        dialect: Dialect,
        faults: list[Fault],
    ) -> None:
        self.cls, self.meant, self.mapping = cls, meant, mapping
        self.table, self.place = meant.table, meant.place
        self.years, self.dialect, self.faults = years, dialect, faults
        self.listed = meant.said is not None
        said = {} if meant.said is None else meant.said.columns
        self.taken = {name.lower() for column in said.values() for name in column.columns}
        self.columns: dict[str, exp.Expression] = {}
        self.written: dict[str, str] = {}
        self.raw: dict[str, exp.Expression] = {}
        self.converted: dict[str, Converted] = {}
        self.forms: dict[str, Forms] = {}
        self.kept: dict[exp.Expression, str] = {}

    def source(self) -> MappedSource:
        """The table as a source."""
        for spec in fields_of(self.cls).values():
            said = self.mapping.column(self.cls, spec, self.meant.said)
            if said.constant is not None:
                self.columns[spec.name] = self._constant(spec, said.constant)
            elif spec.kind is Kind.BY_YEAR:
                self._by_year(spec, said)
            elif (column := self._column(spec, said)) is not None:
                self._add(spec.name, spec, column, said)
            elif spec.kind is Kind.ID and not said.columns:
                self._expect(
                    FaultCode.MISSING_COLUMN,
                    spec.name,
                    f"{self.cls.zh}的编号一列，实际没有；请在映射中说明是哪一列",
                    f"a column for the id of each {self.cls.en}, found none; "
                    "say in the mapping which one it is",
                )
        return MappedSource(
            relation=self._relation(),
            columns=self.columns,
            name=self.place,
            written=self.written,
            raw=self.raw,
            converted=self.converted,
            forms=self.forms,
            read_from=self.meant.read_from,
            unused=tuple(self._unused()),
        )

    def _relation(self) -> exp.Expression:
        """The table, with what is worked out beside its columns."""
        if not self.kept:
            return self.meant.relation
        columns: list[exp.Expr] = [*dict.fromkeys(self.raw.values())]
        columns += [exp.alias_(each.copy(), name) for each, name in self.kept.items()]
        read = exp.select(*columns).from_(self.meant.relation.copy())
        return read.subquery(self._free("given"))

    def _keep(self, expression: exp.Expression) -> exp.Expression:
        """What is worked out beside the columns, once for each row."""
        name = self.kept.get(expression)
        if name is None:
            name = self.kept[expression] = self._free(f"said_{len(self.kept) + 1}")
        return exp.column(name)

    def _free(self, wanted: str) -> str:
        """A name that no column of the table has."""
        while self.table.column(wanted) is not None:
            wanted += "_"
        return wanted

    def _constant(self, spec: FieldSpec, value: object) -> exp.Expression:
        """The value of a field in all rows, in the form in which rules read it."""
        match value:
            case bool():
                return self.dialect.boolean(value)
            case int():
                return cast(number(value), self.dialect.type(type_of_column(self.cls, spec.name)))
            case datetime():
                return self.dialect.moment(value)
            case date():
                return self.dialect.day(value)
            case frozenset() if spec.kind is Kind.CHOICES:
                return cast(number(mask_of(value)), self.dialect.whole)
            case frozenset():
                return self.dialect.text(codes_text(value))
            case _:
                return self.dialect.text(str(getattr(value, "value", value)))

    def _unused(self) -> Iterator[str]:
        """The columns that give nothing. In a query, every one of which was written, none may."""
        used = {name.lower() for name in self.written.values()} | self.taken
        for column in self.table.columns:
            if column.name.lower() in used:
                continue
            if self.meant.must_use_all and not self._of_a_year(column):
                near = nearest(column.name, fields_of(self.cls))
                zh = f"是否为 `{near[0]}`？请改正" if near else "请改名、删去，或在映射中写明"
                en = f"did you mean `{near[0]}`?" if near else "rename it, map it or leave it out"
                self._expect(
                    FaultCode.UNKNOWN_HEADING,
                    column.name,
                    f"给出{self.cls.zh}某一字段的列，实际没有这样的字段；{zh}",
                    f"a column that gives a field of the {self.cls.en}, found none of that name; "
                    f"{en}",
                )
            yield column.name

    def _of_a_year(self, column: Column) -> bool:
        """Whether a column has the number of a year, which no rule may read now."""
        return any(
            column in (found for _, found in self._own_years(spec))
            for spec in fields_of(self.cls).values()
            if spec.kind is Kind.BY_YEAR
        )

    def _column(self, spec: FieldSpec, said: ColumnMapping) -> Column | None:
        if said.column is not None:
            return self._named(said.column)
        found: dict[str, Column] = {}
        for word in (spec.name, spec.zh, spec.en):
            column = None if word.lower() in self.taken else self._meant(word)
            if column is not None:
                found.setdefault(column.name, column)
        first, *others = found.values() or (None,)
        if first is not None:
            self.faults += [
                repeated(self.place, other.name, first.name) for other in others if other
            ]
        return first

    def _meant(self, name: str) -> Column | None:
        """The column of a name. That there are several is a fault."""
        first, *others = self.table.meant_by(name) or (None,)
        if first is not None:
            self.faults += [repeated(self.place, other.name, first.name) for other in others]
        return first

    def _named(self, name: str) -> Column | None:
        column = self._meant(name)
        if column is None:
            near = nearest(name, [column.name for column in self.table.columns])
            self._expect(
                FaultCode.MISSING_COLUMN,
                name,
                "一列，实际没有；" + (f"是否为 `{near[0]}`？请改正映射" if near else "请改正映射"),
                "a column of that name, found none; "
                + (f"did you mean `{near[0]}`? " if near else "")
                + "correct the mapping",
            )
        return column

    def _by_year(self, spec: FieldSpec, said: ColumnMapping) -> None:
        columns: dict[int, Column] = {}
        for year, name in said.years.items():
            if (column := self._named(name)) is not None:
                columns[year] = column
        whole = None if said.years else self._column(spec, said)
        if whole is not None:
            self._all_years(spec, whole, said)
            return
        if not said.columns:
            for year, column in self._own_years(spec):
                first = columns.setdefault(year, column)
                if first is not column:
                    self.faults.append(repeated(self.place, column.name, first.name))
        for year, column in columns.items():
            if year in self.years:
                self._add(year_column(spec.name, year), spec, column, said)
        known = self.table.column(given_column(spec.name))
        if known is not None and not said.columns:
            self._add(given_column(spec.name), _GIVEN, known, said)
        elif columns:
            there = [is_given(raw_of(column)) for column in columns.values()]
            self.raw.update({column.name: raw_of(column) for column in columns.values()})
            self.columns[given_column(spec.name)] = self.dialect.flag(sql_or(*there))

    def _all_years(self, spec: FieldSpec, column: Column, said: ColumnMapping) -> None:
        """One column that gives the numbers of all years as a text."""
        for year in sorted(self.years):
            self._add(year_column(spec.name, year), spec, column, said, (year,))
        name = given_column(spec.name)
        reading = self._reading(spec, column, said, tuple(sorted(self.years)))
        with suppress(Unconvertible):  # which is told of where a year is added
            found = given_by_year(reading)
            self._put(name, column, found, reading.forms)
            no = self.dialect.boolean(False)
            self.columns[name] = exp.Coalesce(this=found.value, expressions=[no])

    def _own_years(self, spec: FieldSpec) -> Iterator[tuple[int, Column]]:
        form = re.compile(rf"{re.escape(spec.name)}_([0-9]{{4}})", re.IGNORECASE)
        for column in self.table.columns:
            match = form.fullmatch(column.name)
            if match is not None and column.name.lower() not in self.taken:
                yield int(match[1]), column

    def _add(
        self,
        name: str,
        spec: FieldSpec,
        column: Column,
        said: ColumnMapping,
        years: tuple[int, ...] = (),
    ) -> None:
        reading = self._reading(spec, column, said, years)
        try:
            found = converted(reading)
        except Unconvertible as error:
            self._expect(
                FaultCode.WRONG_SHAPE,
                column.name,
                f"{error.zh}，实为 {column.type}；请改用其他列或视图，或在映射中用 `query`",
                f"{error.en} for the {spec.en}, found {column.type}; "
                "name another column, make a view, or give a `query` in the mapping",
            )
            found = Converted(SQL_NULL, SQL_NULL)
        self._put(name, column, found, reading.forms)

    def _reading(
        self, spec: FieldSpec, column: Column, said: ColumnMapping, years: tuple[int, ...]
    ) -> Reading:
        forms = forms_of(spec, said, self.mapping.zone)
        return Reading(forms, column, self.dialect, self._keep, years, by_name=not self.listed)

    def _put(self, name: str, column: Column, found: Converted, forms: Forms) -> None:
        self.columns[name], self.converted[name], self.forms[name] = found.value, found, forms
        self.raw[name], self.written[name] = raw_of(column), column.name

    def _expect(self, code: FaultCode, field: str, zh: str, en: str) -> None:
        self.faults.append(
            Fault(place=self.place, field=field, code=code, zh=f"应有{zh}", en=f"expected {en}")
        )
