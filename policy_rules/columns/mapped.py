"""From the tables of a database, as users have them, to where the rules read facts."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from attrs import frozen
from sqlglot import exp

from ..engines.sql.dialects import (
    DIALECTS,
    NULL,
    Dialect,
    cast,
    either,
    is_given,
    number,
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
from ..formats import mapping as mappings
from ..formats.decoding import repeated
from ..formats.mapping import ColumnMapping
from ..formats.presets import Preset
from .conversions import Converted, Unconvertible, converted, raw_of
from .schema import Column, Schema
from .tables_meant import MeantTable, tables_meant

_GIVEN: Final = FieldSpec(name="given", kind=Kind.BOOLEAN, zh="已知", en="known at all")


@frozen
class MappedSource(Source):
    """Tables that are read through conversions.

    `name` is the table's, `written` are the names of its columns by what the rules call them, and
    `raw` what these hold before it is converted. Where `says` holds, a column says something, so
    that NULL would be a loss. `forms` are the conventions that the texts of columns follow.
    `read_from` names the table or query, `unused` the columns that give nothing. Where several give
    the facts of a class, `parts` are they.
    """

    name: str
    written: Mapping[str, str]
    raw: Mapping[str, exp.Expression]
    says: Mapping[str, exp.Expression]
    forms: Mapping[str, Preset]
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
    said = mappings.Mapping(source="mapping") if mapping is None else mapping
    wanted = tuple(classes)
    own = DIALECTS[dialect] if isinstance(dialect, str) else dialect
    read = frozenset(years)
    faults: list[Fault] = []
    found: dict[type[Fact], MappedSource] = {}
    missing: set[type[Fact]] = set()
    for cls in wanted:
        count = len(faults)
        meant = tables_meant(cls, mapping, schema, own, faults)
        if meant:
            parts = [_Reading(cls, each, said, read, own, faults).source() for each in meant]
            found[cls] = parts[0] if len(parts) == 1 else _together(cls, parts, own)
        elif len(faults) > count or said.tables.get(cls):
            missing.add(cls)  # which is told of already
    for cls in said.complete:
        if cls in wanted and cls not in found and cls not in missing:
            faults.append(_whole_but_absent(cls, said))
    if not found and not missing and not faults:
        faults.append(_nothing(wanted))
    if faults:
        raise FactError(faults)
    return found


def _together(cls: type[Fact], parts: Sequence[MappedSource], dialect: Dialect) -> MappedSource:
    """The rows of several tables as those of one."""
    names = tuple(dict.fromkeys(name for part in parts for name in part.columns))
    types = {name: dialect.type(type_of_column(cls, name)) for name in names}
    blocks: list[exp.Query] = []
    for part in parts:
        # Each of its type, since several that are NULL are of none.
        columns = [
            exp.Alias(
                this=cast(part.columns.get(name, NULL).copy(), types[name]),
                alias=dialect.identifier(name),
            )
            for name in names
        ]
        blocks.append(exp.Select(expressions=columns).from_(part.relation.copy()))
    alias = exp.TableAlias(this=exp.to_identifier("together"))
    return MappedSource(
        relation=exp.Subquery(this=united(blocks), alias=alias),
        columns={name: exp.Column(this=dialect.identifier(name)) for name in names},
        name=cls.collection,
        written={},
        raw={},
        says={},
        forms={},
        read_from="; ".join(part.read_from for part in parts),
        unused=(),
        further=tuple(parts),
    )


def _whole_but_absent(cls: type[Fact], mapping: mappings.Mapping) -> Fault:
    return Fault(
        place=f"{mapping.source}: complete",
        zh=f"`{cls.collection}`（{cls.zh}）标为完整，但没有它的表；"
        "请说明其表，或从 complete 中删去",
        en=f"expected a table for `{cls.collection}`, whose list is said to be whole, found none; "
        "name its table, or remove it from `complete`",
    )


def _nothing(classes: Iterable[type[Fact]]) -> Fault:
    names = ", ".join(f"`{cls.collection}`" for cls in classes)
    return Fault(
        place="database",
        zh=f"应有名为下列之一的表或视图：{names}，实际没有；请改名、建视图，或给出映射",
        en=f"expected tables or views named as any of {names}, found none; "
        "rename them, make views, or give a mapping",
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
        self.says: dict[str, exp.Expression] = {}
        self.forms: dict[str, Preset] = {}

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
                if said.preset is not None and said.preset.pattern is not None:
                    self.forms[spec.name] = said.preset
            elif spec.kind is Kind.ID and not said.columns:
                self._expect(
                    spec.name,
                    f"{self.cls.zh}的编号一列，实际没有；请在映射中说明是哪一列",
                    f"a column for the id of each {self.cls.en}, found none; "
                    "say in the mapping which one it is",
                )
        return MappedSource(
            relation=self.meant.relation,
            columns=self.columns,
            name=self.place,
            written=self.written,
            raw=self.raw,
            says=self.says,
            forms=self.forms,
            read_from=self.meant.read_from,
            unused=tuple(self._unused()),
        )

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
            column = self.table.column(word)
            if column is not None and column.name.lower() not in self.taken:
                found.setdefault(column.name, column)
        first, *others = found.values() or (None,)
        if first is not None:
            self.faults += [
                repeated(self.place, other.name, first.name) for other in others if other
            ]
        return first

    def _named(self, name: str) -> Column | None:
        column = self.table.column(name)
        if column is None:
            near = nearest(name, [column.name for column in self.table.columns])
            self._expect(
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
            self._expect(
                whole.name,
                f"每年一列，如 `{year_column(spec.name, 2019)}`，实为一列；"
                "请拆分，或在映射中按年份说明各列",
                f"a column for each year, such as `{year_column(spec.name, 2019)}`, found one; "
                "split it, or say in the mapping which columns are those of which years",
            )
        if not said.columns:
            columns = dict(self._own_years(spec))
        for year, column in columns.items():
            if year in self.years:
                self._add(year_column(spec.name, year), spec, column, said)
        known = self.table.column(given_column(spec.name))
        if known is not None and not said.columns:
            self._add(given_column(spec.name), _GIVEN, known, said)
        elif columns:
            self.columns[given_column(spec.name)] = self.dialect.flag(
                either(*(is_given(raw_of(column)) for column in columns.values()))
            )

    def _own_years(self, spec: FieldSpec) -> Iterator[tuple[int, Column]]:
        form = re.compile(rf"{re.escape(spec.name)}_([0-9]{{4}})", re.IGNORECASE)
        for column in self.table.columns:
            match = form.fullmatch(column.name)
            if match is not None and column.name.lower() not in self.taken:
                yield int(match[1]), column

    def _add(self, name: str, spec: FieldSpec, column: Column, said: ColumnMapping) -> None:
        ready = not self.listed and column.name.lower() == name
        try:
            found = converted(spec, column, said, self.dialect, ready)
        except Unconvertible as error:
            self._expect(
                column.name,
                f"{error.zh}，实为 {column.type}；请改用其他列或视图",
                f"{error.en} for the {spec.en}, found {column.type}; "
                "name another column, or make a view",
            )
            found = Converted(NULL, NULL)
        self.columns[name], self.says[name] = found.value, found.says
        self.raw[name], self.written[name] = raw_of(column), column.name

    def _expect(self, field: str, zh: str, en: str) -> None:
        self.faults.append(
            Fault(place=self.place, field=field, zh=f"应有{zh}", en=f"expected {en}")
        )
